"""A store and some of its products in, those that do not find themselves out, one sentence each."""

from collections.abc import Sequence

import numpy as np

from indexing.store import Near, Probe, VectorKind, VectorProbe, VectorStore

SAME = 0.999
"""Cosine from which a vector has found itself."""
TOGETHER = 20
"""Vectors asked at a time: a store that is far answers them in one round trip."""
KINDS: tuple[VectorKind, ...] = ("picture", "words")


def unfound(store: VectorStore, ids: Sequence[str]) -> list[str]:
    """Products that do not come first when their own vector is asked; equals of the first count as first."""
    problems = []
    for kind in KINDS:
        asked = []
        for product_id, vectors in store.vectors(ids, kind=kind).items():
            if np.isfinite(vectors[0]).all() and vectors[0].any():
                asked.append((product_id, VectorProbe(vector=vectors[0], against=kind)))
            else:
                problems.append(f"The {kind} vector of the product {product_id} is damaged.")
        for at in range(0, len(asked), TOGETHER):
            some = asked[at : at + TOGETHER]
            lists = store.candidates(Probe(vectors=tuple(probe for _, probe in some), k=10)).vectors
            for (product_id, _), near in zip(some, lists, strict=True):
                if not _finds(near, product_id):
                    problems.append(f"The product {product_id} does not find itself by its own {kind} vector.")
    return problems


def _finds(near: Sequence[Near], product_id: str) -> bool:
    own = next((n.score for n in near if n.product_id == product_id), -1.0)
    is_first = bool(near) and np.isclose(own, near[0].score, atol=1e-4) and own >= SAME
    # Dozens of equal pictures crowd one another out of ten; the score says that they are equals.
    return is_first or bool(near and near[-1].score >= SAME)
