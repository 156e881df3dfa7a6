"""A product in, the texts and names that a lexical index holds out; words asked in, the terms to ask for out.

Both stores index and ask through this module and score alike, so that they find the same products: BM25 without its
counts of repetition and length (k1 = 0), which tell little in texts as short as a shop's. A word counts its rarity
where any text says it, and twice that again where a short text does.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from indexing.pattern_names import patterns_named
from indexing.product import Product
from indexing.wording import LITTLE_WORDS, folded, is_japanese

_GTINS = ("gtin", "gtin8", "gtin12", "gtin13", "gtin14", "ean", "ean13", "upc", "isbn", "jan", "barcode")
CODE_ATTRIBUTES = frozenset((*_GTINS, "sku", "mpn", "asin", "item_id", "model_number", "part_number"))
"""Attributes that name one article; their values are found whole and by their beginning."""

SHORT_COUNTS = 2.0
"""Times its rarity that a word counts in a short text, beside the once that it counts in any."""
PAIR_COUNTS = 2.0
"""Times its rarity that a pair of Japanese characters counts."""
SLIP_COUNTS = 8.0
"""What a word counts that a product says but for a slip of the finger; its rarity is not known."""
CODE_COUNTS = 1_000.0
"""What a name counts that begins with the code asked: more than any words."""
MOST_TERMS = 32
"""Terms of a question that are asked for; what a shopper writes is shorter."""
MOST_NEAR_TERMS = 20
"""Corrections of one misspelt word that are asked for."""

_CJK = r"\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f々ー"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_PARTICLES = frozenset("がのをにではもとなへや")


@dataclass(frozen=True, slots=True)
class Texts:
    """What a product says, as terms parted by spaces."""

    short: str
    """Title, titles, brand, category, colour, material."""
    rest: str
    """Attributes, description, codes."""
    pairs: str
    """Pairs of neighbouring Japanese characters of all of them, and single ones."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words asked, as terms."""

    whole: str
    """All of it, folded: may be a code or a title."""
    words: tuple[str, ...]
    pairs: tuple[str, ...]
    is_code: bool
    """It looks like the beginning of a code: it has a digit, no spaces, three characters or more."""

    def __bool__(self) -> bool:
        return bool(self.words or self.pairs or self.is_code)


def exact_names_of(product: Product) -> tuple[str, ...]:
    """What names this product alone, folded: its id, SKU, GTIN and the like, and its whole titles."""
    titles = (folded(title) for title in (product.title, *product.titles.values()))
    return tuple(dict.fromkeys((*_codes_of(product), *(title for title in titles if title))))


def texts_of(product: Product) -> Texts:
    """The product's texts as terms."""
    titles = dict.fromkeys((product.title, *product.titles.values()))
    short = folded(" ".join((*titles, product.brand, product.category, product.color, product.material)))
    rest = folded(" ".join((*product.attributes.values(), product.description, *_codes_of(product))))
    return Texts(short=" ".join(_words(short)), rest=" ".join(_words(rest)), pairs=" ".join(_pairs(f"{short} {rest}")))


def terms_of(texts: Texts) -> set[str]:
    """Words of the short texts: what a slip of the finger is corrected to."""
    return {word for word in texts.short.split() if 3 <= len(word) <= 24}


def asked_of(text: str) -> Asked:
    """What a shopper wrote, and other names of its patterns, as terms to ask for; syntax in it is only text."""
    whole = folded(text)
    words = list(_words(whole))
    meant = [word for word in words if word not in LITTLE_WORDS and (len(word) > 1 or word.isdigit())] or words
    said = " ".join((whole, *(name for pattern in patterns_named(text) for name in pattern.usual)))
    meant += [word for word in _words(said[len(whole) :]) if word not in LITTLE_WORDS]
    pairs = [pair for run in _RUN.findall(said) if is_japanese(run) for pair in asked_pairs(run)]
    return Asked(
        whole,
        tuple(dict.fromkeys(meant))[:MOST_TERMS],
        tuple(dict.fromkeys(pairs))[:MOST_TERMS],
        " " not in whole and 3 <= len(whole) <= 100 and any(character.isdigit() for character in whole),
    )


def asked_pairs(run: str) -> list[str]:
    """Pairs of a Japanese run, without those that only join a word and a particle; what is left alone comes alone."""
    kept = [i for i in range(len(run) - 1) if not _joins_a_particle(run[i], run[i + 1])]
    inside = {j for i in kept for j in (i, i + 1)}
    alone = [c for i, c in enumerate(run) if i not in inside and (c not in _PARTICLES or len(run) == 1)]
    return [run[i : i + 2] for i in kept] + alone


def rarity(held_by: int, products: int) -> float:
    """What a term counts that so many of the products hold: BM25's inverse document frequency, as Lucene has it."""
    return math.log(1 + (products - held_by + 0.5) / (held_by + 0.5))


def most_edits(word: str) -> int:
    """Slips of the finger that a word may have: none under 3 letters, 1 up to 5, else 2."""
    return 0 if len(word) < 3 or word.isdigit() else 1 if len(word) <= 5 else 2


def is_slip(word: str, term: str) -> bool:
    """True where the term is the word but for a slip of the finger."""
    most = most_edits(word)
    return edits(word, term, most) <= most


def edits(word: str, term: str, most: int) -> int:
    """Letters put in, left out, replaced, or swapped with their neighbour; `most + 1` for more than `most`."""
    if abs(len(word) - len(term)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(term) + 1))
    for i, ours in enumerate(word, 1):
        here = [i]
        for j, theirs in enumerate(term, 1):
            cost = min(above[j] + 1, here[j - 1] + 1, above[j - 1] + (ours != theirs))
            if i > 1 and j > 1 and ours == term[j - 2] and word[i - 2] == theirs:
                cost = min(cost, before[j - 2] + 1)
            here.append(cost)
        if min(here) > most:
            return most + 1
        before, above = above, here
    return above[-1]


def _codes_of(product: Product) -> tuple[str, ...]:
    named = (value for key, value in product.attributes.items() if key.lower().replace(" ", "_") in CODE_ATTRIBUTES)
    return tuple(dict.fromkeys(code for code in map(folded, (product.id, *named)) if code))


def _words(text: str) -> Iterator[str]:
    """Runs of letters and digits of a folded text, without accents; Japanese ones are left out."""
    for run in _RUN.findall(text):
        if not is_japanese(run):
            yield run if run.isascii() else _plain(run)


def _plain(run: str) -> str:
    parts = unicodedata.normalize("NFKD", run)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))


def _pairs(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if is_japanese(run):
            yield from run
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def _joins_a_particle(first: str, second: str) -> bool:
    return any(
        ours in _PARTICLES and not "\u3041" <= other <= "\u309f" for ours, other in ((first, second), (second, first))
    )
