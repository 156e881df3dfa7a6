"""A store and some of its products in, those that do not find themselves out, one sentence each."""

from collections.abc import Sequence

import numpy as np

from indexing.store import Probe, VectorKind, VectorProbe, VectorStore

SAME = 0.999
"""Cosine from which a vector has found itself."""
KINDS: tuple[VectorKind, ...] = ("picture", "words")


def unfound(store: VectorStore, ids: Sequence[str]) -> list[str]:
    """Products that do not come first when their own vector is asked; equals of the first count as first."""
    problems = []
    for kind in KINDS:
        for product_id, vectors in store.vectors(ids, kind=kind).items():
            if not np.isfinite(vectors[0]).all() or not vectors[0].any():
                problems.append(f"The {kind} vector of the product {product_id} is damaged.")
                continue
            probe = Probe(vectors=(VectorProbe(vector=vectors[0], against=kind),), k=10)
            (near,) = store.candidates(probe).vectors
            own = next((n.score for n in near if n.product_id == product_id), -1.0)
            is_first = bool(near) and np.isclose(own, near[0].score, atol=1e-4) and own >= SAME
            # Dozens of equal pictures crowd one another out of ten; the score says that they are equals.
            if not is_first and not (near and near[-1].score >= SAME):
                problems.append(f"The product {product_id} does not find itself by its own {kind} vector.")
    return problems
