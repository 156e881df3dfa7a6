"""What was asked and a product in, what the product's own words say of it out."""

import re
from functools import lru_cache

from indexing.lexical import is_slip
from indexing.pattern_names import patterns_named
from indexing.product import FACET_FIELDS, Product
from indexing.wording import contains_phrase, ends_with_phrase, folded, is_japanese, words_of


@lru_cache(maxsize=16384)
def is_near(word: str, other: str) -> bool:
    """True for the same word, a compound of it, or a slip of the finger in it."""
    if word == other:
        return True
    if min(len(word), len(other)) < _SHORTEST or is_japanese(word):
        return False
    return word in other or other in word or (is_slip(word, other) and not _is_another_word(word, other))


_SHORTEST = 4
"""Letters of a word in which a slip can be told."""


def _is_another_word(word: str, other: str) -> bool:
    """True for two of the shortest words with another letter at an end: "golf" and "gold", not "pimk" and "pink"."""
    is_short = len(word) == len(other) == _SHORTEST
    return is_short and sorted(word) != sorted(other) and (word[0], word[-1]) != (other[0], other[-1])


def text_of(product: Product) -> str:
    """All that the catalogue says in words of a product that a shopper would ask by."""
    said = (product.title, *product.titles.values(), product.brand, product.color, product.category, product.material)
    return " · ".join((*said, *product.attributes.values(), product.description))


def coverage(asked: str, product: Product) -> float:
    """How much of what was asked the product's own words say, 0 to 1; slips of the finger count as said."""
    wanted = words_of(asked)
    if not wanted:
        return 0.0
    text = text_of(product)
    said = set(words_of(text))
    for pattern in patterns_named(asked):
        if any(contains_phrase(text, other) for other in pattern.others):
            said.update(words_of(pattern.word))
    return sum(word in said or any(is_near(word, other) for other in said) for word in wanted) / len(wanted)


def says_type(text: str, product: Product) -> bool:
    """True where the words name the product's type: "a red mug with a lid", `Mug`; but not "mug rack".

    Types are told in one language; in Japanese a whole word of the product's Japanese title counts as one.
    """
    if not text:
        return False
    if is_japanese(text):
        named = set(folded(product.title_in("ja")).split())
        return any(asked.endswith(word) for asked in folded(text).split() for word in named if is_japanese(word))
    return bool(product.category) and _ends_with_type(text, product.category)


@lru_cache(maxsize=4096)
def _ends_with_type(text: str, category: str) -> bool:
    return ends_with_phrase(_HEAD.split(text, maxsplit=1)[0], category)


_HEAD = re.compile(
    r"\s+(?:with|without|for|in|on|of|to|that|which|like|from|by|under|over|at|and|or)\s+|[,.;!?()]", re.IGNORECASE
)
"""Where the thing itself ends: "mug with a lid", "lamp for the desk"."""


def contradicts(product: Product, negative: str) -> bool:
    """True where the product's facts say what is not wanted: "leather" in its material, "striped" in its title.

    A title that says "without a handle" does not say "handle". One that says "striped" says "stripes".
    """
    wanted = words_of(negative)
    patterns = (named for named in patterns_named(negative) if words_of(named.word) == wanted)
    others = (name for named in patterns for name in named.others)
    return any(_says(product, said) for said in (negative, *_as_adjectives(negative), *others))


def _as_adjectives(negative: str) -> tuple[str, ...]:
    """What is said of a thing that has these: stripes -> striped, checks -> checked, dots -> dotted."""
    words = words_of(negative)
    if len(words) != 1 or len(words[0]) < 3 or is_japanese(words[0]):
        return ()
    (word,) = words
    return (f"{word}d",) if word.endswith("e") else (f"{word}ed", f"{word}{word[-1]}ed")


def _says(product: Product, negative: str) -> bool:
    if not words_of(negative):
        return False
    facts = [*(product.facet(field) for field in FACET_FIELDS), *product.attributes.values()]
    if any(contains_phrase(fact, negative) for fact in facts):
        return True
    if is_japanese(negative):
        return any(
            contains_phrase(text, negative) and f"{negative}なし" not in text for text in product.titles.values()
        )
    title = folded(product.title)
    denied = any(f"{word} {folded(negative).removeprefix('a ')}" in title for word in ("without", "without a", "no"))
    return contains_phrase(title, negative) and not denied
