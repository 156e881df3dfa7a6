"""A query's photos and liked products in; their vectors, and what they show, out: products, types of thing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from bot.query import PhotoRef, Query
from indexing.product import Product
from indexing.ranking import SAME_PICTURE, unit
from indexing.store import Near, Probe, VectorKind, VectorProbe, VectorStore
from inference.encoder import Embeddings

ASKED_FOR_A_TYPE = 5
"""Nearest products that must agree for one type of thing to be meant."""
VOTERS = 20
"""Nearest products that vote for the types that a photo may show."""
LEAST_VOTES = 0.03
"""Share of the votes under which a type is none of a photo's."""
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


def photo_length(photos: Sequence[PhotoRef], views: int) -> float:
    """Mean length that the embeddings of so many views had before it was made 1; 0 where it was not told."""
    told = [length for photo in photos for length in photo.lengths[:views]]
    return float(np.mean(told)) if told else 0.0


def wanted_types(query: Query, store: VectorStore) -> Mapping[str, float]:
    """The types, case-folded, that the words name; else those of the liked products and of the photos; each 0 to 1.

    What is named or liked counts 1, a photo's types as much as its nearest products vote for them. A photo alone is
    answered by its looks. Where words or conditions join it, "this in red", what was shown is still wanted first of
    all; the one more question that tells its type is asked only then.
    """
    if query.types:
        return dict.fromkeys(query.types, 1.0)
    liked_products = store.products(query.likes).values() if query.likes else ()
    types = dict.fromkeys((product.facet("category") for product in liked_products), 1.0)
    if query.photos and (query.words or query.negatives or query.filters):
        for nearest in _nearest(query.photos, store):
            types = {**_votes(nearest), **types}
    return {kind: share for kind, share in types.items() if kind}


def shown_in(photos: Sequence[PhotoRef], store: VectorStore) -> tuple[Product, ...]:
    """The products nearest to photos, of the types that they agree on: what "cheaper" and "taller" are measured by.

    Raises:
        StoreUnavailable: no answer within the timeout.
    """
    found: dict[str, Product] = {}
    for nearest in _nearest(photos, store):
        products = [product for product, _ in nearest[:ASKED_FOR_A_TYPE]]
        types = _own(nearest) or agreed_types([product.facet("category") for product in products])
        found |= {each.id: each for each in products if not types or each.facet("category") in types}
    return tuple(found.values())


def near_photos(photos: Sequence[PhotoRef], store: VectorStore) -> list[Product]:
    """The products nearest to photos, whatever their types."""
    return [product for nearest in _nearest(photos, store) for product, _ in nearest]


def _nearest(photos: Sequence[PhotoRef], store: VectorStore) -> list[list[tuple[Product, float]]]:
    """For each photo the products nearest to any view of it, with their cosines, nearest first."""
    seen = len(store.generation.calibration.zooms)
    views = [[VectorProbe(vector=row, against="picture") for row in photo.embeddings[:seen]] for photo in photos]
    probes = tuple(view for views_of_one in views for view in views_of_one)
    found = store.candidates(Probe(vectors=probes, k=VOTERS))
    lists = iter(found.vectors)
    return [_joined([next(lists) for _ in views_of_one], found.products) for views_of_one in views]


def _joined(views: Sequence[Sequence[Near]], products: Mapping[str, Product]) -> list[tuple[Product, float]]:
    best: dict[str, float] = {}
    for near in (each for view in views for each in view):
        best[near.product_id] = max(near.score, best.get(near.product_id, -1.0))
    nearest = sorted(best, key=lambda product_id: (-best[product_id], product_id))[:VOTERS]
    return [(products[product_id], best[product_id]) for product_id in nearest]


def _own(nearest: Sequence[tuple[Product, float]]) -> list[str]:
    """The types of products whose very picture the photo is."""
    return [product.facet("category") for product, cosine in nearest if cosine >= SAME_PICTURE]


def _votes(nearest: Sequence[tuple[Product, float]]) -> dict[str, float]:
    """Types with their shares of the votes of the nearest: the nth counts 1/n."""
    if own := _own(nearest):
        return dict.fromkeys(own, 1.0)
    shares = _shares([product.facet("category") for product, _ in nearest])
    return {kind: share for kind, share in shares.items() if share >= LEAST_VOTES}


def _shares(nearest: Sequence[str]) -> dict[str, float]:
    votes: defaultdict[str, float] = defaultdict(float)
    for place, kind in enumerate(nearest, 1):
        votes[kind] += 1 / place
    total = sum(votes.values())
    return {kind: each / total for kind, each in votes.items()}


def agreed_types(nearest: Sequence[str]) -> list[str]:
    """The types that the nearest products agree on: the nth counts 1/n.

    Args:
        nearest: the type of each, nearest first.
    """
    return [kind for kind, share in _shares(nearest).items() if kind and share >= AGREEING]
