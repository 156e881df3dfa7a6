"""Words that name no type in, the kinds of thing that they may mean out: "to boil water in" -> kettle.

Words of what is done with a thing, and names that a table of synonyms has for it, point at kinds; each counts its
rarity among them. What is meant is never certain: it lifts products of a kind, it shuts none out.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from indexing.coverage import says_type
from indexing.lexical import edits
from indexing.product import Product
from indexing.purpose_words import PURPOSES
from indexing.wording import contains_phrase, folded, is_japanese, stem, words_of
from inference.train.words import KINDS_EN

CLEAR = 0.3
"""Share from which a kind is meant clearly enough to be looked for by its name."""
MOST_NAMES = 6
"""Kinds meant alike that are still worth naming; more say only what is done there, "on the beach"."""
MORE = 0.2
"""Share by which another kind must be meant more than the one that is named: "a pillow for the sofa" is no sofa."""
LEAST_OF_A_SLIP = 6
"""Letters of a type's name, or of what was written, from which one letter may be amiss."""
UNKNOWN = 0.5
"""What a word counts that points at no kind, beside one that points at a single one."""
OTHER_HEAD = 2.0
"""What a kind's share is divided by where a compound ends in a word of no kind: car tyres are no toy car."""
_VAGUE_TEXT = (
    "put use let get take go make keep thing stuff place new old good bit lot day way home help person people "
    "set pair couple pack piece bunch somewhere anywhere"
)
VAGUE = frozenset(_VAGUE_TEXT.split())
_NOUNS = "もの物やつ用をがにではと、。 "
"""Characters of Japanese that say little beside others."""


@lru_cache(maxsize=2048)
def meant(text: str) -> Mapping[str, float]:
    """The kinds that words may mean, by plain name, the likeliest first, each with its share of the words, 0 to 1."""
    points = _japanese(folded(text)) if is_japanese(text) else _english(text)
    ranked = sorted(points.items(), key=lambda pair: (-pair[1], pair[0]))
    return MappingProxyType({kind: share for kind, share in ranked if share > 0})


def names_meant(text: str) -> tuple[str, ...]:
    """The kinds that are meant clearly; none where words point everywhere."""
    shares = meant(text)
    most = max(shares.values(), default=0.0)
    clear = tuple(kind for kind, share in shares.items() if share == most >= CLEAR)
    return clear if len(clear) <= MOST_NAMES else ()


def serves(text: str, product: Product) -> float:
    """How much of the words means the product's kind, 0 to 1."""
    own = _kinds_said(product.category, product.title)
    return max((share for kind, share in meant(text).items() if kind in own), default=0.0)


def names_type(text: str, product: Product) -> bool:
    """True where the words name the product's type, but for a slip of the finger, and mean it; see `says_type`."""
    is_named = says_type(text, product) or _ends_with_slip(text, product.category)
    return is_named and not means_another(text, product)


@lru_cache(maxsize=4096)
def _ends_with_slip(text: str, category: str) -> bool:
    """True for "black hamer", "fyring pan", but not "books" for boots: short words are as likely others."""
    wanted = words_of(category)
    asked = words_of(text)[-len(wanted) :] if wanted else ()
    return len(asked) == len(wanted) > 0 and all(
        word == own or (max(len(word), len(own)) >= LEAST_OF_A_SLIP and edits(word, own, 1) <= 1)
        for word, own in zip(asked, wanted, strict=True)
    )


def means_another(text: str, product: Product) -> bool:
    """True where words that name the product's type clearly mean another kind: "to put a candle in" is a lantern."""
    if is_japanese(text):
        return False  # its table holds no names, so a named kind has no share to compare
    kinds = _kinds_said(product.category, product.title)
    # "A table by the bed" is no table lamp: the word that it shares with one is the thing itself.
    begun = tuple(f"{kind} " for kind in kinds) if says_type(text, product) else ()
    shares = {kind: share for kind, share in meant(text).items() if not kind.startswith(begun)}
    most = max(shares.values(), default=0.0)
    if most < CLEAR:
        return False
    own = [shares.get(kind, 0.0) for kind in kinds]
    is_known = bool(own) or not contains_phrase(text, product.category)  # else "paddle" for "puddle", a slip
    return is_known and most - max(own, default=0.0) > MORE


@lru_cache(maxsize=16384)
def _kinds_said(category: str, title: str) -> frozenset[str]:
    """The kinds that a product is by its type or by its title."""
    return _kinds_of(category).union(kind for kind in PURPOSES if contains_phrase(title, kind))


@lru_cache(maxsize=4096)
def _kinds_of(category: str) -> frozenset[str]:
    """The kinds that a catalogue's type is, by any name or by the end of the plain one: "Boot" -> rain boot."""
    own = _plain(category)
    if own in _PLAIN:
        return frozenset((_PLAIN[own],))  # a ring is no stacking ring
    return frozenset(
        kind
        for plain, kind in _PLAIN.items()
        if own and (own in _NAMES[kind] or f" {own}".endswith(f" {plain}") or plain.endswith(f" {own}"))
    )


def _plain(name: str) -> str:
    return " ".join(words_of(name))


def _names_of(kind: str) -> frozenset[str]:
    """The kind's own name and every synonym that the table of names has."""
    groups = (frozenset((name, *others.split(", "))) for name, others in KINDS_EN.items())
    return frozenset(_plain(name) for name in frozenset((kind,)).union(*(group for group in groups if kind in group)))


_NAMES = {kind: _names_of(kind) for kind in PURPOSES}
_PLAIN = {_plain(kind): kind for kind in PURPOSES}


@lru_cache(maxsize=8192)
def _root(word: str) -> str:
    """An English word without the endings of its verb: frying, fries, fried -> fri or fry, at both sides the same."""
    plain = stem(word)
    for ending in ("ing", "ed"):
        rest = plain.removesuffix(ending)
        if rest != plain and len(rest) >= 3 and any(vowel in rest for vowel in "aeiouy"):
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "ls" else rest.removesuffix("e")
    return plain.removesuffix("e") if len(plain) > 3 else plain


def _roots(text: str) -> Iterator[str]:
    yield from (_root(word) for word in words_of(text) if word not in VAGUE)


_WORDS: dict[str, frozenset[str]] = {
    kind: frozenset(root for text in (uses, *_NAMES[kind]) for root in _roots(text))
    for kind, (uses, _) in PURPOSES.items()
}
_PARTS: dict[str, tuple[str, ...]] = {kind: tuple(parts.split(", ")) for kind, (_, parts) in PURPOSES.items() if parts}
_KNOWN = Counter(root for words in _WORDS.values() for root in words)
_KNOWN_PARTS = Counter(part for parts in _PARTS.values() for part in parts)


def _rarity(held_by: int) -> float:
    return math.log(1 + len(PURPOSES) / held_by)


def _english(text: str) -> dict[str, float]:
    roots = list(_roots(text))
    asked = set(roots)
    total = sum(_rarity(_KNOWN[root]) if root in _KNOWN else UNKNOWN * _rarity(1) for root in asked)
    known = [root for root in asked if root in _KNOWN]
    is_compound = len(words_of(text)) == len(text.split()) > 1
    if is_compound and roots and roots[-1] not in _KNOWN:
        total *= OTHER_HEAD
    return {
        kind: sum(_rarity(_KNOWN[root]) for root in known if root in words) / total
        for kind, words in _WORDS.items()
        if any(root in words for root in known)
    }


def _japanese(text: str) -> dict[str, float]:
    """By the characters of the text that a kind's words cover, each counting its rarity."""
    found: dict[str, float] = {}
    length = sum(character not in _NOUNS for character in text)
    for kind, parts in _PARTS.items():
        said = [part for part in parts if part in text]
        longest = [part for part in said if not any(part != other and part in other for other in said)]
        if longest:
            own = sum(len(part) * _rarity(_KNOWN_PARTS[part]) for part in longest)
            rest = max(length - sum(map(len, longest)), 0) * UNKNOWN * _rarity(1)
            found[kind] = own / (own + rest)
    return found
