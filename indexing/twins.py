"""A ranked list and picture vectors in, the list without products that are another one listed twice out."""

from collections.abc import Mapping, Sequence

from indexing.product import Product
from indexing.ranking import Ranked
from indexing.wording import words_of
from inference.encoder import Embeddings

SAME_LOOK = 0.99
"""Cosine from which two products of the same words and colour are one product listed twice."""


def twins(ranked: Sequence[Ranked], seen: Sequence[Product] = ()) -> tuple[str, ...]:
    """Ids among the ranked and the seen that share their words and colour with another: one product listed twice?"""
    by_words: dict[tuple[frozenset[str], str], list[str]] = {}
    for product in (*seen, *(r.product for r in ranked)):
        by_words.setdefault((frozenset(words_of(product.title)), product.facet("color")), []).append(product.id)
    return tuple(product_id for ids in by_words.values() if len(ids) > 1 for product_id in ids)


def collapse(ranked: Sequence[Ranked], vectors: Mapping[str, Embeddings], seen: Sequence[Product] = ()) -> list[Ranked]:
    """The ranked without those that are another one, or one already seen, listed twice.

    Args:
        ranked: best first.
        vectors: picture vectors, (n, dim), of `twins(ranked, seen)`.
        seen: products shown before.
    """
    kept: list[Ranked] = []
    before = [product for product in seen if product.id in vectors]
    for entry in ranked:
        product = entry.product
        if product.id in vectors and any(_is_twin(product, other, vectors) for other in before):
            continue
        kept.append(entry)
        before.append(product)
    return kept


def _is_twin(product: Product, other: Product, vectors: Mapping[str, Embeddings]) -> bool:
    if product.id == other.id or other.id not in vectors:
        return False
    same_words = set(words_of(product.title)) == set(words_of(other.title))
    if not same_words or product.facet("color") != other.facet("color"):
        return False
    ours, theirs = vectors[product.id], vectors[other.id]
    return bool(len(ours) and len(theirs) and float((ours @ theirs.T).max()) >= SAME_LOOK)
