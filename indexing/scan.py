"""Unit vectors in, two small integers a number out (12 bits); a query in, the exact nearest rows of thousands out.

A vector is turned by a fixed rotation, so that no number of it is much larger than the others, and is kept as a coarse
plane (int8) and a residual plane (4 bits): 37.5 % of float32, and cosines within about 1e-4. Up to `IN_MEMORY_ROWS`
rows are unpacked and multiplied as float32. Above that the coarse plane is scanned with SIMD, and every row that could
still be among the nearest, by the error that coarse cosines have, is scored again with both planes.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inference.encoder import Embedding, Embeddings

try:
    import numkong

    HAS_SIMD = True
except ImportError:  # no wheel for this machine: float32 and BLAS serve every size, with more memory
    HAS_SIMD = False

Plane: TypeAlias = NDArray[np.float32] | NDArray[np.int8]

IN_MEMORY_ROWS = 5_000
"""Rows up to which plain float32 is as fast as the planes (`benchmarks/store.py`)."""
COARSE_LEVELS = 127
RESIDUAL_LEVELS = 15
SURE = 4.5
"""Standard deviations of a coarse cosine that a row is given the benefit of."""
MOST_RESCORED = 8192
CHUNK_ROWS = 4096
SHARED_ROWS = 20_000
"""Rows from which two threads share a scan."""


def bytes_per_vector(dim: int) -> int:
    """Size of a packed vector: a float32 scale, dim int8, dim 4-bit numbers."""
    return 4 + dim + (dim + 1) // 2


@lru_cache(maxsize=4)
def rotation(dim: int) -> NDArray[np.float32]:
    """A fixed orthonormal matrix, float32 (dim, dim), that spreads every number over many: signs, then Hadamard.

    Models of the CLIP family have one or two numbers ten times larger than the rest; unrotated, they would take all of
    the coarse plane's levels. The matrix is the same on every machine: its signs come from a fixed recurrence.
    """
    block = _block(dim)
    turned: NDArray[np.float32] = np.kron(np.eye(dim // block, dtype=np.float32), _hadamard(block))
    return turned * _signs(dim)[:, None]


def rotated(query: Embedding) -> Embedding:
    """`query @ rotation(dim)` for one vector, float32 (dim,), without reading a matrix of dim * dim numbers."""
    block = _block(len(query))
    outer = _hadamard(1 << block.bit_length() // 2)
    inner = _hadamard(block // len(outer))
    turned: Embedding = outer @ (query * _signs(len(query))).reshape(-1, len(outer), len(inner)) @ inner
    return turned.reshape(-1)


def pack(vectors: Embeddings) -> NDArray[np.uint8]:
    """Vectors, float32 (n, dim), finite and not zero, made unit and packed: uint8 (n, bytes_per_vector)."""
    count, dim = vectors.shape
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    turned = (vectors / norms) @ rotation(dim)
    scales = (np.abs(turned).max(axis=1, keepdims=True) / COARSE_LEVELS).astype(np.float32)
    coarse = np.rint(turned / scales)
    left = turned / scales - coarse  # -0.5 to 0.5
    residual = np.clip(np.rint((left + 0.5) * RESIDUAL_LEVELS), 0, RESIDUAL_LEVELS).astype(np.uint8)
    if dim % 2:
        residual = np.concatenate([residual, np.zeros((count, 1), dtype=np.uint8)], axis=1)
    packed = np.empty((count, bytes_per_vector(dim)), dtype=np.uint8)
    packed[:, :4] = scales.view(np.uint8)
    packed[:, 4 : 4 + dim] = coarse.astype(np.int8).view(np.uint8)
    packed[:, 4 + dim :] = residual[:, ::2] << 4 | residual[:, 1::2]
    return packed


def unpack(packed: NDArray[np.uint8], dim: int) -> Embeddings:
    """Packed vectors as they were, float32 (n, dim), unit length; cosines within about 1e-4."""
    return _turned(*_planes(packed, dim)) @ rotation(dim).T


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
                self._floats[at : at + CHUNK_ROWS] = _turned(*_planes(rows[at : at + CHUNK_ROWS], dim))
        else:
            scales, coarse, residual = _planes(rows, dim)
            self._scales = scales.copy()
            self._largest_scale = self._scales.max()
            self._coarse = np.ascontiguousarray(coarse)
            self._residual = np.ascontiguousarray(residual)

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
        if self._is_small:
            scores, slack = self._float_scores(turned, rows), np.float32(1e-6)
        else:
            scores, slack = self._coarse_scores(turned, rows)
        owners = self.owners if rows is None else self.owners[rows]
        picked = _within_reach(scores, owners, k, slack)
        picked_rows = picked if rows is None else rows[picked]
        exact = scores[picked] if self._is_small else _dots(self._exact(picked_rows), turned)
        return _best_by_owner(self.owners[picked_rows], picked_rows, exact, k)

    def _float_scores(self, turned: Embedding, rows: NDArray[np.int64] | None) -> NDArray[np.float32]:
        if rows is None:
            return _dots(self._floats, turned)
        if len(rows) * 4 < len(self):
            return _dots(self._floats[rows], turned)
        return _dots(self._floats, turned)[rows]

    def _coarse_scores(
        self, turned: Embedding, rows: NDArray[np.int64] | None
    ) -> tuple[NDArray[np.float32], np.float32]:
        """Coarse cosines in units of the query's step, and how far under the k-th a row can be and still be nearer."""
        step = np.abs(turned).max() / COARSE_LEVELS
        query = np.rint(turned / step).astype(np.int8)
        gathers = rows is not None and len(rows) * 4 < len(self)
        planes = self._coarse[rows] if gathers else self._coarse
        scales = self._scales[rows] if gathers else self._scales
        scores = _dots(planes, query)
        scores *= scales
        if rows is not None and not gathers:
            scores = scores[rows]
        deviation = np.sqrt((self._largest_scale**2 + step**2) / 12)  # of the row and of the query, rounded uniformly
        return scores, np.float32(2 * SURE * deviation / step)

    def _exact(self, rows: NDArray[np.int64]) -> Embeddings:
        if self._is_small:
            return self._floats[rows]
        return _turned(self._scales[rows], self._coarse[rows], self._residual[rows])


def _block(dim: int) -> int:
    return dim & -dim  # the largest power of two that divides dim


@lru_cache(maxsize=16)
def _hadamard(size: int) -> NDArray[np.float32]:
    """Orthonormal, symmetric, float32 (size, size), size a power of two."""
    hadamard = np.ones((1, 1), dtype=np.float32)
    while len(hadamard) < size:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    hadamard /= np.sqrt(np.float32(size))
    return hadamard


@lru_cache(maxsize=4)
def _signs(dim: int) -> NDArray[np.float32]:
    bits = np.random.PCG64(20261124).random_raw(dim)
    return np.where(bits >> np.uint64(63), 1, -1).astype(np.float32)


def _dots(rows: Plane, query: Plane) -> Embedding:
    """The dot product of each row with the query, float32 (n,).

    Not by BLAS, which would take every core and wait for those that are busy, while a bot that encodes a photo beside
    it has none to spare (25 ms in place of .3 were measured on two busy cores). From `SHARED_ROWS` on, two threads
    halve the time; below, handing over costs more than it saves.
    """
    if not HAS_SIMD or not len(rows):
        return np.asarray(rows @ query, dtype=np.float32)
    if len(rows) < SHARED_ROWS:
        return _simd_dots(rows, query)
    halves = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    return np.concatenate(list(_threads().map(_simd_dots, halves, (query, query))))


def _simd_dots(
    rows: NDArray[np.float32] | NDArray[np.int8], query: NDArray[np.float32] | NDArray[np.int8]
) -> Embedding:
    return np.asarray(numkong.dot(rows, np.broadcast_to(query, rows.shape), out_dtype="float32"))


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    """Started by the first large scan; numkong gives Python's lock back while it computes."""
    return ThreadPoolExecutor(2, thread_name_prefix="scan")


def _planes(packed: NDArray[np.uint8], dim: int) -> tuple[NDArray[np.float32], NDArray[np.int8], NDArray[np.uint8]]:
    scales = packed[:, :4].copy().view(np.float32)[:, 0]
    return scales, packed[:, 4 : 4 + dim].view(np.int8), packed[:, 4 + dim :]


def _turned(scales: NDArray[np.float32], coarse: NDArray[np.int8], residual: NDArray[np.uint8]) -> Embeddings:
    """Both planes as unit float32 rows, still rotated."""
    count, dim = coarse.shape
    left = np.empty((count, residual.shape[1], 2), dtype=np.float32)
    left[:, :, 0] = residual >> 4
    left[:, :, 1] = residual & 15
    rows = left.reshape(count, -1)[:, :dim]
    rows /= RESIDUAL_LEVELS
    rows -= 0.5
    rows += coarse
    rows *= scales[:, None]
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))  # a damaged row stays zero
    return np.ascontiguousarray(rows)


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
