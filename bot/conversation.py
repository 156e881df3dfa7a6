"""The query so far and a message in, the next query, or a command, out. Pure; no model, no Slack."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from bot.conversation_filters import filtered
from bot.conversation_subject import is_aside, is_same_subject, kept_of
from bot.grammar import read
from bot.grammar_kinds import kinds_named, types_named
from bot.grammar_reading import Command, Reading
from bot.grammar_words import Lexicon
from bot.query import PhotoRef, Query
from indexing.product import Product
from indexing.store import Filters, VectorStore
from indexing.wording import folded, is_japanese, words_of

MOST_PHOTOS = 5
MOST_VALUES = 2000
"""Facet values a field that the grammar learns from the live catalogue."""


_POINTS_ONLY = re.compile(r"(?:これ|それ|あれ|この|その|写真|画像|photo|picture|image|thing|one|\W)+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What somebody sent."""

    text: str = ""
    """Plain text: without Slack's mentions, with its escapes undone."""
    photos: tuple[PhotoRef, ...] = ()
    """Encoded already; those after the fifth are left out."""
    language: str = "en"
    """The person's, for a message whose words do not tell."""


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a message is read against."""

    lexicon: Lexicon
    shown: tuple[Product, ...] = ()
    """The products of the last answer in the thread, in order: "the second" is one of them."""


def lexicon_of(store: VectorStore) -> Lexicon:
    """The names of the live catalogue's facet values; make it once a generation and keep it."""
    return Lexicon(store.facets(Filters(), top=MOST_VALUES))


def refine(previous: Query | None, message: Message, context: Context) -> Query | Command:
    """Read a message as the next turn of a conversation.

    A message that only says conditions, or begins like an addition, refines the query so far; one that names another
    thing starts a new one. "Show more" gives the query's next page.

    Returns:
        The next query (empty where the message says nothing to look for), or what it asks of the conversation itself:
        `Command.BACK`, `START_OVER`, `HELP`, `THANKS`.
    """
    reading = read(message.text, context.lexicon)
    language = _language(message, previous)
    if reading.command is Command.MORE:
        return more(previous, context) if previous else Command.HELP
    if reading.command and not message.photos:
        return reading.command
    base = kept_of(previous, reading, context.lexicon, has_photos=bool(message.photos))
    if previous and not base.is_empty and is_aside(reading, context.lexicon):
        reading = dataclasses.replace(reading, words="")
    return msgspec.structs.replace(_applied(base, reading, message, context), language=language)


def names_a_thing(text: str, lexicon: Lexicon) -> bool:
    """True where a message says by itself what is looked for; not "find this", "in blue", これある？."""
    reading = read(text, lexicon)
    if reading.command or not reading.words or _POINTS_ONLY.fullmatch(reading.words):
        return False
    return bool(kinds_named(reading.words, lexicon)) or not (reading.is_chatty or reading.is_addition)


def more(previous: Query, context: Context) -> Query:
    """The next page of a query whose last answer is in the context."""
    shown = tuple(product.id for product in context.shown)
    seen = tuple(dict.fromkeys((*previous.seen, *shown)))
    return msgspec.structs.replace(previous, page=previous.page + 1, seen=seen)


def _language(message: Message, previous: Query | None) -> str:
    if is_japanese(message.text):
        return "ja"
    if re.search(r"[a-z]{2}", message.text, re.IGNORECASE):
        return "en"
    return previous.language if previous else message.language


def _applied(base: Query, reading: Reading, message: Message, context: Context) -> Query:
    photos = message.photos[:MOST_PHOTOS] or base.photos
    likes, photos = _liked(base, reading, context, photos, has_new_photo=bool(message.photos))
    is_new_like = bool(likes) and likes != base.likes
    # What was picked has its own colour, material and type; price, brand and stock still hold.
    kept = tuple(pair for pair in base.filters.any_of if pair[0] == "brand")
    before = msgspec.structs.replace(base.filters, any_of=kept) if is_new_like else base.filters
    filters = filtered(before, reading, context.shown)
    words = _words("" if is_new_like else base.words, reading)
    is_cheapest_first = (base.is_cheapest_first or reading.is_cheapest_first) and not reading.is_dearer
    return msgspec.structs.replace(
        base,
        words=words,
        types=tuple(sorted(map(folded, types_named(words, context.lexicon)))),
        photos=photos,
        negatives=tuple(dict.fromkeys((*base.negatives, *reading.negatives))),
        filters=filters,
        firm=tuple(dict.fromkeys((*base.firm, *_firm(reading)))),
        likes=likes,
        is_cheapest_first=is_cheapest_first,
    )


def _firm(reading: Reading) -> Iterator[str]:
    """Keys of the conditions that a message says must be."""
    if not reading.is_firm:
        return
    if reading.price or reading.is_cheaper or reading.is_dearer:
        yield "price"
    if reading.in_stock:
        yield "stock"
    yield from (f"any:{field}" for field in reading.wanted)
    yield from (f"none:{field}" for field in reading.unwanted)


def _words(before: str, reading: Reading) -> str:
    if not reading.words:
        return before
    if not before or is_same_subject(before, reading.words):
        return reading.words if len(words_of(reading.words)) >= len(words_of(before)) else before
    if is_japanese(reading.words):
        return f"{reading.words} {before}"
    # "bigger" goes before the noun, "with a lid" after it
    is_tail = re.match(r"(?:with|for|on|that|which|made|and)\b", reading.words, re.IGNORECASE)
    return f"{before} {reading.words}" if is_tail else f"{reading.words} {before}"


def _liked(
    base: Query, reading: Reading, context: Context, photos: tuple[PhotoRef, ...], *, has_new_photo: bool
) -> tuple[tuple[str, ...], tuple[PhotoRef, ...]]:
    """The products that the message points at, and the photos that still count."""
    if not reading.likes or has_new_photo:
        return base.likes, photos
    if reading.likes == (0,) and photos:
        return base.likes, photos  # "like this": the photo is already there
    places = [place or 1 for place in reading.likes]
    picked = [context.shown[p - 1 if p > 0 else p].id for p in places if context.shown and abs(p) <= len(context.shown)]
    if not picked:
        return base.likes, photos
    return tuple(dict.fromkeys(picked)), ()  # what was picked says more than the photo that led to it
