"""A product and its encoded pictures in, a `Row` ready to be written out: its hashes, and the text of its words."""

import hashlib
from collections.abc import Iterable

import msgspec

from indexing.product import Product

_encoder = msgspec.json.Encoder(order="deterministic")


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


def facts_hash(product: Product) -> str:
    """sha256 (hex) of all that the catalogue says of a product, its picture URIs included."""
    return hashlib.sha256(_encoder.encode(product)).hexdigest()


def pictures_hash(sha256s: Iterable[str]) -> str:
    """sha256 (hex) over the sha256 of each picture that was encoded, in order."""
    return hashlib.sha256("\n".join(sha256s).encode()).hexdigest()
