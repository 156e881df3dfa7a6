"""A product and its encoded pictures in, a `Row` ready to be written out: its hashes, and the text of its words."""

import hashlib
import re
from collections.abc import Iterable

import msgspec

from indexing.product import Product
from indexing.wording import head_component

_encoder = msgspec.json.Encoder(order="deterministic")
_PLAIN_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_QUESTION_WORDS = 6


def words_of(product: Product) -> str:
    """What a shopper would call the product, for its `words` vector (the prompt is put around it later).

    Title first; then brand, colour, material and category, each unless it is said already. CLIP reads the first 77
    tokens, so the description stays with the lexical index.
    """
    said = product.title
    for fact in (product.brand, product.color, product.material, product.category):
        if fact and fact.casefold() not in said.casefold():
            said = f"{said}, {fact}"
    return said


def question_for(product: Product) -> str:
    """A question that finds the product, to be tried: its colour and type, "red mug", else the start of its title.

    Plain words, which stand between double quotes in any shell; empty where the product has none.
    """
    typical = f"{head_component(product.color)} {product.category.lower()}"
    said = typical if product.color.strip() and product.category.strip() else product.title or product.category
    return " ".join(_PLAIN_WORD.findall(said)[:_QUESTION_WORDS])


def facts_hash(product: Product) -> str:
    """sha256 (hex) of all that the catalogue says of a product, its picture URIs included."""
    return hashlib.sha256(_encoder.encode(product)).hexdigest()


def pictures_hash(sha256s: Iterable[str]) -> str:
    """sha256 (hex) over the sha256 of each picture that was encoded, in order."""
    return hashlib.sha256("\n".join(sha256s).encode()).hexdigest()
