"""A product in, the texts and codes that a lexical index holds out; words asked in, the terms to ask for out.

Both stores read products through this module, so that they find by the same texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexing.product import Product
from indexing.wording import LITTLE_WORDS, folded, is_japanese

_GTINS = ("gtin", "gtin8", "gtin12", "gtin13", "gtin14", "ean", "ean13", "upc", "isbn", "jan", "barcode")
CODE_ATTRIBUTES = frozenset((*_GTINS, "sku", "mpn", "asin", "item_id", "model_number", "part_number"))
"""Attributes that name one article; their values are found whole and by their beginning."""

_CJK = r"\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f々ー"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
MOST_TERMS = 32
"""Terms of a question that are asked for; what a shopper writes is shorter."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What a product says, by the weight that it has."""

    title: str
    titles: str
    brand: str
    category: str
    color: str
    material: str
    attributes: str
    description: str
    codes: str
    pairs: str
    """Pairs of neighbouring Japanese characters of all of the above, and single ones, parted by spaces."""


def codes_of(product: Product) -> tuple[str, ...]:
    """What names this product alone, folded: its id, SKU, GTIN and the like."""
    named = (value for key, value in product.attributes.items() if key.lower().replace(" ", "_") in CODE_ATTRIBUTES)
    return tuple(dict.fromkeys(code for code in map(folded, (product.id, *named)) if code))


def exact_names_of(product: Product) -> tuple[str, ...]:
    """Its codes and its whole titles, folded: who asks for one of these asks for this product."""
    titles = (folded(title) for title in (product.title, *product.titles.values()))
    return tuple(dict.fromkeys((*codes_of(product), *(title for title in titles if title))))


def texts_of(product: Product) -> Texts:
    """The product's texts, folded to the forms that terms have."""
    attributes = " ".join(product.attributes.values())
    titles = " ".join(dict.fromkeys(title for title in product.titles.values() if title != product.title))
    said = (product.title, titles, product.brand, product.category, product.color, product.material, attributes)
    everything = " ".join((*said, product.description))
    pairs = " ".join(_pairs(folded(everything))) if is_japanese(everything) else ""
    return Texts(
        title=folded(product.title),
        titles=folded(titles),
        brand=folded(product.brand),
        category=folded(product.category),
        color=folded(product.color),
        material=folded(product.material),
        attributes=folded(attributes),
        description=folded(product.description),
        codes=" ".join(codes_of(product)),
        pairs=pairs,
    )


def terms_of(texts: Texts) -> set[str]:
    """Words of the short texts: what a slip of the finger is corrected to."""
    short = (texts.title, texts.titles, texts.brand, texts.category, texts.color, texts.material)
    return {run for text in short for run in _RUN.findall(text) if 3 <= len(run) <= 24 and not is_japanese(run)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Words asked, as terms."""

    whole: str
    """All of it, folded: may be a code or a title."""
    words: tuple[str, ...]
    pairs: tuple[str, ...]
    code: tuple[str, ...]
    """Runs of what looks like the beginning of a code (it has a digit and no spaces); else empty."""

    def __bool__(self) -> bool:
        return bool(self.words or self.pairs or self.code)


def asked_of(text: str) -> Asked:
    """What a shopper wrote, as terms to ask for; whatever syntax it holds is only text."""
    whole = folded(text)
    runs = _RUN.findall(whole)
    words = [run for run in runs if not is_japanese(run)]
    meant = [word for word in words if word not in LITTLE_WORDS and (len(word) > 1 or word.isdigit())] or words
    pairs = [pair for run in runs if is_japanese(run) for pair in asked_pairs(run)]
    is_code = " " not in whole and any(character.isdigit() for character in whole) and len(whole) >= 3
    return Asked(
        whole,
        tuple(dict.fromkeys(meant))[:MOST_TERMS],
        tuple(dict.fromkeys(pairs))[:MOST_TERMS],
        tuple(words) if is_code and not pairs else (),
    )


_PARTICLES = frozenset("がのをにではもとなへや")


def asked_pairs(run: str) -> list[str]:
    """Pairs of a Japanese run, without those that only join a word and a particle; what is left alone comes alone."""
    kept = [i for i in range(len(run) - 1) if not _joins_a_particle(run[i], run[i + 1])]
    inside = {j for i in kept for j in (i, i + 1)}
    alone = [c for i, c in enumerate(run) if i not in inside and (c not in _PARTICLES or len(run) == 1)]
    return [run[i : i + 2] for i in kept] + alone


def _joins_a_particle(first: str, second: str) -> bool:
    return any(
        ours in _PARTICLES and not "\u3041" <= other <= "\u309f" for ours, other in ((first, second), (second, first))
    )


def _pairs(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        if is_japanese(run):
            yield from run
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def is_slip(word: str, term: str) -> bool:
    """True where the term is the word but for a slip of the finger: 1 edit up to 5 letters, 2 above."""
    most = 0 if len(word) < 3 else 1 if len(word) <= 5 else 2
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
