"""A query's photos and liked products in; their vectors, and the types of thing that they show, out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from bot.query import PhotoRef, Query
from indexing.ranking import SAME_PICTURE, unit
from indexing.store import Near, Probe, VectorKind, VectorProbe, VectorStore
from inference.encoder import Embeddings

ASKED_FOR_A_TYPE = 5
"""Nearest products that tell what type of thing is meant."""
AGREEING = 0.5
"""Share of their votes from which a type is the photo's."""


def liked(query: Query, store: VectorStore, kind: VectorKind) -> Embeddings | None:
    """One vector for each liked product that has any of the kind, float32 (n, dim); None where none has."""
    found = store.vectors(query.likes, kind=kind).values() if query.likes else ()
    rows = [unit(vectors.mean(axis=0)) for vectors in found if len(vectors)]
    return np.stack(rows) if rows else None


def photo_views(photos: Sequence[PhotoRef]) -> tuple[Embeddings, ...]:
    """The photos whole, then their other views: float32 (photos, dim) each; as many as the shortest photo has."""
    return tuple(np.stack(rows) for rows in zip(*(photo.embeddings for photo in photos), strict=False))


def wanted_types(query: Query, store: VectorStore) -> frozenset[str]:
    """The types, case-folded, that the words name; else those of the liked products and of the photos.

    A photo's are those that its nearest products agree on. A photo alone is answered by its looks. Where words or
    conditions join it, "this in red", what was shown is still wanted first of all; the one more question that tells
    its type is asked only then.
    """
    if query.types:
        return frozenset(query.types)
    types = {product.facet("category") for product in store.products(query.likes).values()} if query.likes else set()
    if query.photos and (query.words or query.negatives or query.filters):
        types |= _photo_types(query.photos, store)
    return frozenset(filter(None, types))


def _photo_types(photos: tuple[PhotoRef, ...], store: VectorStore) -> set[str]:
    views = [[VectorProbe(vector=row, against="picture") for row in photo.embeddings] for photo in photos]
    probes = tuple(view for views_of_one in views for view in views_of_one)
    nearest = store.candidates(Probe(vectors=probes, k=ASKED_FOR_A_TYPE))
    types = {product_id: product.facet("category") for product_id, product in nearest.products.items()}
    lists = iter(nearest.vectors)
    return {kind for views_of_one in views for kind in _agreed([next(lists) for _ in views_of_one], types)}


def _agreed(views: Sequence[Sequence[Near]], types: Mapping[str, str]) -> list[str]:
    """What the nearest to any view of a photo agree on."""
    best: dict[str, float] = {}
    for near in (each for view in views for each in view):
        best[near.product_id] = max(near.score, best.get(near.product_id, -1.0))
    nearest = sorted(best, key=lambda product_id: (-best[product_id], product_id))[:ASKED_FOR_A_TYPE]
    own = [types[product_id] for product_id in nearest if best[product_id] >= SAME_PICTURE]
    return own or agreed_types([types[product_id] for product_id in nearest])  # own: the catalogue's own picture


def agreed_types(nearest: Sequence[str]) -> list[str]:
    """The types that the nearest products agree on: the nth counts 1/n.

    Args:
        nearest: the type of each, nearest first.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    for place, kind in enumerate(nearest, 1):
        votes[kind] += 1 / place
    return [kind for kind, share in votes.items() if kind and share >= AGREEING * sum(votes.values())]
