"""The query so far and a message in, the next query, or a command, out. Pure; no model, no Slack."""

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import msgspec

from bot.grammar import read
from bot.grammar_kinds import kinds_named, spelt
from bot.grammar_money import PriceRange
from bot.grammar_patterns import HELLO_ALONE
from bot.grammar_reading import Command, Reading
from bot.grammar_words import Lexicon
from bot.query import PhotoRef, Query
from indexing.product import FacetField, Product
from indexing.store import Facets, Filters, VectorStore
from indexing.wording import is_japanese, words_of

MOST_PHOTOS = 5
MOST_SOFT_WORDS = 3
"""Of a sentence without a condition that stay beside the subject: "does it have a lid?"."""
MOST_OF_A_NOUN = 2
MOST_VALUES = 2000
"""Facet values a field that the grammar learns from the live catalogue."""


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
    base = _base(previous, reading, message, context.lexicon)
    if previous and not base.is_empty and _is_aside(reading, context.lexicon):
        reading = dataclasses.replace(reading, words="")
    return msgspec.structs.replace(_applied(base, reading, message, context), language=language)


def more(previous: Query, context: Context) -> Query:
    """The next page of a query whose last answer is in the context."""
    shown = tuple(product.id for product in context.shown)
    seen = tuple(dict.fromkeys((*previous.seen, *shown)))
    return msgspec.structs.replace(previous, page=previous.page + 1, seen=seen)


def reads_as_refinement(text: str, lexicon: Lexicon | None = None) -> bool:
    """True where a reply in a thread, which mentions nobody, is meant for us: "cheaper", "in blue?", もっと見る.

    Args:
        text: plain text.
        lexicon: of the live catalogue, where it is at hand: its types and brands are then known words too.
    """
    reading = read(text, lexicon or _PLAIN)
    if HELLO_ALONE.fullmatch(text.strip()):
        return False
    if reading.command:
        return reading.command is not Command.THANKS
    plain = text.strip()
    if _CHATTER.search(plain) and not (reading.price or reading.is_cheaper or reading.likes or reading.is_new):
        return False
    if reading.is_new or reading.has_condition:
        return len(plain) <= _LONGEST_REPLY
    if reading.is_addition:
        return (0 < len(words_of(reading.words)) <= 5 and bool(_ASKING.match(plain))) or _says_looks(reading)
    return bool(lexicon) and _names_known(reading.words, lexicon)


_LONGEST_REPLY = 120
_CHATTER = re.compile(
    r"\b(?:lol|haha|thanks|thank\s+you|thx|i'?ll|i\s+will|we\s+(?:should|will|could|can)|we'll|let'?s|tomorrow|yesterday|meeting|"
    r"i\s+(?:think|guess|bought|ordered|already|was|am\s+not|love|agree|know)|he|she|they\s+(?:said|told)|love\s+(?:it|this|them|that)|"
    r"not\s+(?:sure|now|today|really|yet|bad|for\s+me)|no\s+(?:problem|worries|idea|thanks|way)|good\s+(?:point|morning|idea)|"
    r"what\s+do\s+you\s+(?:think|all\s+think)|who|why|when)\b|ありがと|なるほど|了解|わかりました|いいね|ですね$|思います",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^\s*(?:but|with|without|in|only|just|maybe|make|more|less|a\s+(?:bit|little)|slightly|even|same|for|from|something|anything|rather|もっと|もう少し|もうちょっと)",
    re.IGNORECASE,
)
_PLAIN = Lexicon(Facets(values={}, prices={"USD": (0, 0)}, in_stock=0, total=0))


def _says_looks(reading: Reading) -> bool:
    return bool(reading.words) and len(reading.words.split()) <= 3 and reading.is_addition


def _names_known(words: str, lexicon: Lexicon | None) -> bool:
    """True for a short phrase whose last word is a type of the catalogue: "blue lamps"."""
    tokens = words.split()
    if not tokens or len(tokens) > 4 or lexicon is None:
        return False
    return any(lexicon.find(" ".join(tokens[i:]), "category") for i in range(len(tokens)))


def _language(message: Message, previous: Query | None) -> str:
    if is_japanese(message.text):
        return "ja"
    if re.search(r"[a-z]{2}", message.text, re.IGNORECASE):
        return "en"
    return previous.language if previous else message.language


def _base(previous: Query | None, reading: Reading, message: Message, lexicon: Lexicon) -> Query:
    """What of the query so far still holds: all, unless the message brings another photo or names another thing."""
    if previous is None or (previous.is_empty and not previous.is_cheapest_first):
        return Query()
    kept = msgspec.structs.replace(previous, page=0, seen=())
    if message.photos:
        # A new photo is a new subject, but "like this, but in red" after words goes on with the conditions.
        points_at_it = 0 in reading.likes and not reading.words
        return msgspec.structs.replace(kept, photos=(), likes=()) if points_at_it else Query()
    if not reading.words:
        return kept
    if named := kinds_named(reading.words, lexicon):
        if reading.is_cheapest_first and previous.words:
            return Query()  # "what's the cheapest teapot?" is asked of all teapots
        return kept if not previous.words or named & kinds_named(previous.words, lexicon) else Query()
    if _is_aside(reading, lexicon) or (reading.is_chatty and not reading.is_new):
        return kept
    if reading.is_new and not reading.is_addition:
        return Query()
    if reading.is_addition or not previous.words or _same_subject(previous.words, reading.words):
        return kept
    return Query()


def _is_aside(reading: Reading, lexicon: Lexicon) -> bool:
    """True where the words that are left name nothing: a condition was said in a sentence, or only chatter."""
    if not reading.words or kinds_named(reading.words, lexicon):
        return False
    if reading.is_only_chatter or (reading.has_condition and not (reading.is_addition or _is_noun(reading))):
        return True
    return reading.is_chatty and len(words_of(reading.words)) > MOST_SOFT_WORDS


def _is_noun(reading: Reading) -> bool:
    """True for the rest of a bare phrase, "blue basketballs" or 青い花瓶: what it names may be in no table."""
    if (reading.is_chatty and not reading.is_new) or reading.is_cheapest_first or reading.in_stock is not None:
        return False
    if is_japanese(reading.words):
        return not re.fullmatch(r"[ぁ-んー\s]+", reading.words)
    return reading.is_new or len(words_of(reading.words)) <= MOST_OF_A_NOUN


def _same_subject(before: str, now: str) -> bool:
    """True where both name the same thing: "mugs", "mug with a lid"."""
    ours, theirs = set(words_of(before)), set(words_of(now))
    return bool(ours & theirs) and (ours <= theirs or theirs <= ours or len(ours & theirs) * 2 >= len(ours | theirs))


def _applied(base: Query, reading: Reading, message: Message, context: Context) -> Query:
    photos = message.photos[:MOST_PHOTOS] or base.photos
    likes, photos = _liked(base, reading, context, photos, has_new_photo=bool(message.photos))
    is_new_like = bool(likes) and likes != base.likes
    # What was picked has its own colour, material and type; price, brand and stock still hold.
    kept = tuple(pair for pair in base.filters.any_of if pair[0] == "brand")
    before = msgspec.structs.replace(base.filters, any_of=kept) if is_new_like else base.filters
    filters = _priced(_switched(_faceted(before, reading), reading), reading, context)
    words = _words("" if is_new_like else base.words, reading)
    is_cheapest_first = (base.is_cheapest_first or reading.is_cheapest_first) and not reading.is_dearer
    return msgspec.structs.replace(
        base,
        words=spelt(words, context.lexicon) if is_cheapest_first else words,  # price decides only within a known type
        photos=photos,
        negatives=tuple(dict.fromkeys((*base.negatives, *reading.negatives))),
        filters=filters,
        likes=likes,
        is_cheapest_first=is_cheapest_first,
    )


def _words(before: str, reading: Reading) -> str:
    if not reading.words:
        return before
    if not before or _same_subject(before, reading.words):
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


def _faceted(filters: Filters, reading: Reading) -> Filters:
    chosen: dict[FacetField, tuple[str, ...]] = dict(filters.any_of)
    refused: dict[FacetField, tuple[str, ...]] = dict(filters.none_of)
    for lifted in reading.lifted:
        for table in (chosen, refused):
            table.pop(lifted, None)  # type: ignore[call-overload]
    for name, values in reading.wanted.items():
        chosen[name] = values
        kept = tuple(value for value in refused.get(name, ()) if value not in values)
        refused = {**{k: v for k, v in refused.items() if k != name}, **({name: kept} if kept else {})}
    for name, values in reading.unwanted.items():
        refused[name] = tuple(dict.fromkeys((*refused.get(name, ()), *values)))
        still = tuple(value for value in chosen.get(name, ()) if value not in values)
        chosen = {**{k: v for k, v in chosen.items() if k != name}, **({name: still} if still else {})}
    return msgspec.structs.replace(filters, any_of=tuple(chosen.items()), none_of=tuple(refused.items()))


def _switched(filters: Filters, reading: Reading) -> Filters:
    if "price" in reading.lifted:
        filters = msgspec.structs.replace(filters, currency="", min_price_minor=None, max_price_minor=None)
    return filters if reading.in_stock is None else msgspec.structs.replace(filters, in_stock=reading.in_stock)


def _priced(filters: Filters, reading: Reading, context: Context) -> Filters:
    if reading.price:
        return _bounded(filters, reading.price)
    if not (reading.is_cheaper or reading.is_dearer):
        return filters
    middle = _middle_price(context.shown)
    if middle is None:
        return filters
    currency, minor = middle
    if reading.is_cheaper:
        return _bounded(filters, PriceRange(currency, None, minor - 1))
    return _bounded(filters, PriceRange(currency, minor + 1, None))


def _bounded(filters: Filters, price: PriceRange) -> Filters:
    """The filters with these bounds; "at least 20" after "under 40" keeps both where they fit together."""
    low, high = price.low, price.high
    if filters.currency == price.currency:
        before_low, before_high = filters.min_price_minor, filters.max_price_minor
        if low is None and before_low is not None and (high is None or before_low < high):
            low = before_low
        if high is None and before_high is not None and (low is None or low < before_high):
            high = before_high
    return msgspec.structs.replace(filters, currency=price.currency, min_price_minor=low, max_price_minor=high)


def _middle_price(shown: Sequence[Product]) -> tuple[str, int] | None:
    """Currency and median price of the products shown; None where none has a price."""
    prices = [product.price for product in shown if product.price]
    if not prices:
        return None
    currency = prices[0].currency
    return currency, int(median([price.minor for price in prices if price.currency == currency]))
