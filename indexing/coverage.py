"""What was asked and a product in, how much of it the product's own words say out."""

from functools import lru_cache

from indexing.lexical import is_slip
from indexing.product import Product
from indexing.wording import is_japanese, words_of


@lru_cache(maxsize=16384)
def is_near(word: str, other: str) -> bool:
    """True for the same word, a compound of it, or a slip of the finger in it."""
    if word == other:
        return True
    if min(len(word), len(other)) < 4 or is_japanese(word):
        return False
    return word in other or other in word or is_slip(word, other)


def text_of(product: Product) -> str:
    """All that the catalogue says in words of a product that a shopper would ask by."""
    said = (product.title, *product.titles.values(), product.brand, product.color, product.category, product.material)
    return " · ".join((*said, *product.attributes.values(), product.description))


def coverage(asked: str, product: Product) -> float:
    """How much of what was asked the product's own words say, 0 to 1; slips of the finger count as said."""
    wanted = words_of(asked)
    if not wanted:
        return 0.0
    said = set(words_of(text_of(product)))
    return sum(word in said or any(is_near(word, other) for other in said) for word in wanted) / len(wanted)
