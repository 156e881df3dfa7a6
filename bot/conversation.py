"""The query so far and a message in, the next query, or a command, out. Pure; no model, no Slack."""

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from bot.conversation_filters import filtered, filters_of
from bot.conversation_subject import is_aside, kept_of
from bot.conversation_words import joined_negatives, joined_words
from bot.grammar import read
from bot.grammar_kinds import kinds_named, types_named
from bot.grammar_money import repriced
from bot.grammar_reading import Command, Reading
from bot.grammar_words import Lexicon
from bot.query import PhotoRef, Query
from indexing.product import Product
from indexing.store import Filters, VectorStore
from indexing.wording import folded, is_japanese

MOST_PHOTOS = 5
MOST_PLACES = 10
"""Products that a bare number may point at; a greater one is a price."""
MOST_VALUES = 2000
"""Facet values a field that the grammar learns from the live catalogue."""


_CURRENCY_ALONE = re.compile(
    r"\s*(?:in\s+)?([a-z]{3,7}|円|ドル|ユーロ)(?:\s+(?:then|please|instead)|だと|なら|では|で)?[.!?？。]*\s*",
    re.IGNORECASE,
)
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
        The next query (empty where the message says nothing to look for), or what it asks of the conversation itself: a
        `Command`, `UNHAPPY` also where it says nothing that could be changed.
    """
    reading = _pointing(read(_spoken(message.text, previous), context.lexicon), context.shown)
    language = _language(message, previous)
    if reading.command is Command.MORE:
        return more(previous, context) if previous else Command.HELP
    if reading.command and not message.photos:
        return reading.command
    base = kept_of(previous, reading, context.lexicon, has_photos=bool(message.photos))
    if previous and not base.is_empty and is_aside(reading, context.lexicon):
        reading = dataclasses.replace(reading, words="")
    if base.is_empty and previous and reading.same:
        base = Query(filters=filters_of(previous.filters, reading.same))
    points_nowhere = bool(reading.likes) and not any(abs(place or 1) <= len(context.shown) for place in reading.likes)
    if not (base.is_empty or message.photos or reading.words) and (points_nowhere or not reading.has_condition):
        return Command.UNHAPPY  # the same answer again would not help
    query = msgspec.structs.replace(_applied(base, reading, message, context), language=language)
    before = msgspec.structs.replace(base, latest=query.latest, language=query.language)
    if previous and reading.lifted and query == before:  # nothing to lift: "other colours?" are further on
        return more(previous, context)
    return query


def _spoken(text: str, previous: Query | None) -> str:
    """A bare number under an answer is a place in it or a price: "2" -> "number 2", "50" -> "under 50"."""
    if previous is None:
        return text
    if currency := _CURRENCY_ALONE.fullmatch(text):
        return repriced(text, currency.group(1), previous.filters)
    found = re.fullmatch(r"\s*(\d{1,5})\s*(?:番)?[.!?]*\s*", text)
    if found is None or (number := int(found.group(1))) == 0:
        return text
    return f"number {number}" if number <= MOST_PLACES else f"under {number}"


def _pointing(reading: Reading, shown: tuple[Product, ...]) -> Reading:
    """The first of those shown that is blue is pointed at by "like the blue one"; where none is, blue is wanted."""
    if reading.like_the is None:
        return reading
    field, values = reading.like_the
    meant = {folded(value) for value in values}
    place = next((n for n, product in enumerate(shown, 1) if product.facet(field) in meant), None)
    if place:
        return dataclasses.replace(reading, likes=(place,))
    return dataclasses.replace(reading, wanted={**reading.wanted, field: values})


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
    words = joined_words("" if is_new_like else base.words, reading, context.lexicon)
    negatives = joined_negatives(base.negatives, reading)
    is_cheapest_first = (base.is_cheapest_first or reading.is_cheapest_first) and not reading.is_dearer
    return msgspec.structs.replace(
        base,
        words=words,
        types=tuple(sorted(map(folded, types_named(words, context.lexicon)))),
        photos=photos,
        negatives=negatives,
        refused_things=tuple(text for text in negatives if text in {*base.refused_things, *reading.refused_things}),
        filters=filters,
        firm=tuple(dict.fromkeys((*base.firm, *(_conditions(reading) if reading.is_firm else ())))),
        latest=tuple(key for key in _conditions(reading) if ":" in key),
        likes=likes,
        is_cheapest_first=is_cheapest_first,
    )


def _conditions(reading: Reading) -> Iterator[str]:
    """Keys of the conditions that a message says."""
    if reading.price or reading.is_cheaper or reading.is_dearer:
        yield "price"
    if reading.in_stock:
        yield "stock"
    yield from (f"any:{field}" for field in reading.wanted)
    yield from (f"none:{field}" for field in reading.unwanted)


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
