"""Packed vectors in; a query in, the exact nearest rows of thousands out.

Up to `IN_MEMORY_ROWS` rows are unpacked and multiplied as float32. Above that the coarse plane is scanned with SIMD,
and every row that could still be among the nearest, by the error that coarse cosines have, is scored again with both
planes. Of a large scan, the signs of the numbers tell first which rows can be near at all, where they tell it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexing.dots import HAS_SIMD, differing, dots
from indexing.packed import COARSE_LEVELS, bytes_per_vector, planes, rotated, rotation, unit_rows
from inference.encoder import Embedding, Embeddings

IN_MEMORY_ROWS = 5_000
"""Rows up to which plain float32 is as fast as the planes (`benchmarks/store.py`)."""
SIGNED_ROWS = 20_000
"""Rows from which their signs are looked at first."""
SURE = 4.5
"""Standard deviations of a coarse cosine, or of one by signs, that a row is given the benefit of."""
MOST_RESCORED = 8192
CHUNK_ROWS = 4096
SAMPLED = 8
"""One row of so many tells whether the signs of all are worth a look."""
MOST_LEFT = 1 / 8
"""Share of the rows that the signs may leave over; to gather more of them takes as long as to scan all."""
FIRST_SCORED = 512
"""Rows that are scored to learn how near the nearest are."""
ROUNDED_TO_0 = 0.01
"""Share of a row's numbers that are 0 in the coarse plane, so that their sign says nothing."""


class Scan:
    """All vectors of one kind of a generation, ready to be searched. Frozen after construction: thread-safe."""

    def __init__(
        self, packed: Sequence[bytes], owners: NDArray[np.int64], dim: int, *, in_memory: int = IN_MEMORY_ROWS
    ):
        """Take n packed vectors; `owners`, int64 (n,), says for each the product it belongs to."""
        self._dim = dim
        self.owners = owners
        rows = np.frombuffer(b"".join(packed), dtype=np.uint8).reshape(len(packed), bytes_per_vector(dim))
        self._is_small = not HAS_SIMD or len(packed) <= in_memory
        if self._is_small:
            self._floats = np.empty((len(rows), dim), dtype=np.float32)
            for at in range(0, len(rows), CHUNK_ROWS):
                self._floats[at : at + CHUNK_ROWS] = unit_rows(*planes(rows[at : at + CHUNK_ROWS], dim))
        else:
            scales, coarse, residual = planes(rows, dim)
            self._scales = scales.copy()
            self._largest_scale = self._scales.max()
            self._coarse = np.ascontiguousarray(coarse)
            self._residual = np.ascontiguousarray(residual)
            self._signs = signs(self._coarse) if len(rows) >= SIGNED_ROWS else None

    def __len__(self) -> int:
        return len(self.owners)

    def vectors(self, rows: NDArray[np.int64]) -> Embeddings:
        """The vectors of some rows, float32 (len(rows), dim), unit length."""
        return self._exact(rows) @ rotation(self._dim).T

    def nearest(
        self, query: Embedding, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
        """The k nearest owners, each once by its best row; best first, equals by owner.

        Args:
            query: float32 (dim,), unit length.
            k: owners wanted.
            allowed: by owner number, True where it may come back; None allows all.

        Returns:
            owners int64 (m,), their rows int64 (m,), cosines float32 (m,), m = min(k, owners allowed).
        """
        rows = None if allowed is None else np.flatnonzero(allowed[self.owners])
        if k <= 0 or not len(self) or (rows is not None and not len(rows)):
            return np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.float32)
        turned = rotated(query)
        if rows is None and not self._is_small:
            rows = self._possible(turned, k)
        if self._is_small:
            scores, slack = self._float_scores(turned, rows), np.float32(1e-6)
        else:
            scores, slack = self._coarse_scores(turned, rows)
        owners = self.owners if rows is None else self.owners[rows]
        picked = _within_reach(scores, owners, k, slack)
        picked_rows = picked if rows is None else rows[picked]
        exact = scores[picked] if self._is_small else dots(self._exact(picked_rows), turned)
        return _best_by_owner(self.owners[picked_rows], picked_rows, exact, k)

    def _possible(self, turned: Embedding, k: int) -> NDArray[np.int64] | None:
        """The rows that can be among those of the k nearest owners, by their signs; None where these leave too many."""
        if self._signs is None:
            return None
        query = signs(turned[None])[0]
        few = differing(self._signs[::SAMPLED], query)
        wanted = -(-k // SAMPLED)
        most = self._most_differing(turned, few, wanted, every=SAMPLED)
        if most is None or (few <= most).mean() > MOST_LEFT:
            return None
        differ = differing(self._signs, query)
        most = self._most_differing(turned, differ, k)
        rows = np.flatnonzero(differ <= most) if most is not None else None
        return None if rows is None or len(rows) > MOST_LEFT * len(self) else rows

    def _most_differing(
        self, turned: Embedding, differ: NDArray[np.float32], k: int, *, every: int = 1
    ) -> np.float32 | None:
        """How many signs a row may have unlike the query and still be as near as the k-th owner of those scored here.

        Of two unit vectors that were turned at random, each sign differs with the probability angle / pi.
        """
        first = every * _highest(-differ, min(max(FIRST_SCORED, 4 * k), len(differ)))
        scores, slack = self._coarse_scores(turned, first)
        order = np.argsort(-scores, kind="stable")
        owners = np.sort(np.unique(self.owners[first][order], return_index=True)[1])
        if len(owners) < k:
            return None
        step = np.abs(turned).max() / COARSE_LEVELS
        least = (scores[order][owners[k - 1]] - slack) * step
        share = np.arccos(np.clip(least, -1, 1)) / np.pi + ROUNDED_TO_0
        deviation = np.sqrt(max(share * (1 - share), 1 / self._dim) / self._dim)
        return np.float32(self._dim * (share + SURE * deviation))

    def _float_scores(self, turned: Embedding, rows: NDArray[np.int64] | None) -> NDArray[np.float32]:
        if rows is None:
            return dots(self._floats, turned)
        if len(rows) * 4 < len(self):
            return dots(self._floats[rows], turned)
        return dots(self._floats, turned)[rows]

    def _coarse_scores(
        self, turned: Embedding, rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.float32], np.float32]:
        """Coarse cosines in units of the query's step, and how far under the k-th a row can be and still be nearer."""
        step = np.abs(turned).max() / COARSE_LEVELS
        query = np.rint(turned / step).astype(np.int8)
        gathers = rows is not None and len(rows) * 4 < len(self)
        planes = self._coarse[rows] if gathers else self._coarse
        scales = self._scales[rows] if gathers else self._scales
        scores = dots(planes, query)
        scores *= scales
        if rows is not None and not gathers:
            scores = scores[rows]
        deviation = np.sqrt((self._largest_scale**2 + step**2) / 12)  # of the row and of the query, rounded uniformly
        return scores, np.float32(2 * SURE * deviation / step)

    def _exact(self, rows: NDArray[np.int64]) -> Embeddings:
        if self._is_small:
            return self._floats[rows]
        return unit_rows(self._scales[rows], self._coarse[rows], self._residual[rows])


def signs(rows: NDArray[np.int8] | NDArray[np.float32]) -> NDArray[np.uint8]:
    """Which numbers are 0 or more, a bit each: uint8 (n, dim / 8), rounded up."""
    return np.packbits(rows >= 0, axis=1)


def _within_reach(
    scores: NDArray[np.float32], owners: NDArray[np.int64], k: int, slack: np.float32
) -> NDArray[np.int64]:
    """Rows whose score is at most `slack` under that of the k-th owner."""
    wanted = 2 * k + 16
    while wanted < len(scores):
        top = _highest(scores, wanted)
        firsts = np.sort(np.unique(owners[top], return_index=True)[1])
        if len(firsts) >= k:
            within = np.flatnonzero(scores >= scores[top[firsts[k - 1]]] - slack)
            if len(within) > MOST_RESCORED:
                within = within[np.argsort(-scores[within], kind="stable")[:MOST_RESCORED]]
            return within
        wanted *= 4
    return np.arange(len(scores), dtype=np.int64)


def _highest(scores: NDArray[np.float32], wanted: int) -> NDArray[np.int64]:
    """Rows of the highest scores, highest first; of many, most are left out by the highest of each few first."""
    few = len(scores) // (8 * wanted)
    if few > 1:
        highest = scores[: len(scores) // few * few].reshape(few, -1).max(axis=0)
        least = np.partition(highest, len(highest) - wanted)[len(highest) - wanted]
        rows = np.flatnonzero(scores >= least)
    else:
        rows = np.argpartition(scores, len(scores) - wanted)[len(scores) - wanted :]
    ordered: NDArray[np.int64] = rows[np.argsort(-scores[rows], kind="stable")[:wanted]]
    return ordered


def _best_by_owner(
    owners: NDArray[np.int64], rows: NDArray[np.int64], scores: NDArray[np.float32], k: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    rounded = np.round(np.clip(scores, -1, 1), 6).astype(np.float32)  # the last digits depend on how BLAS cut the rows
    order = np.lexsort((rows, owners, -rounded))
    firsts = np.sort(np.unique(owners[order], return_index=True)[1])[:k]
    chosen = order[firsts]
    return owners[chosen], rows[chosen], rounded[chosen]
