"""Rows and a query in, a number for each row out: by SIMD where there is a wheel for it, on two threads at most."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from inference.encoder import Embedding

try:
    import numkong

    HAS_SIMD = True
except ImportError:  # no wheel for this machine: float32 and BLAS serve every size, with more memory
    HAS_SIMD = False

Plane: TypeAlias = NDArray[np.float32] | NDArray[np.int8]
Rows = TypeVar("Rows", bound=NDArray[Any])

SHARED_ROWS = 20_000
"""Rows from which two threads share a scan."""


def dots(rows: Plane, query: Plane) -> Embedding:
    """The dot product of each row with the query, float32 (n,).

    Not by BLAS, which would take every core and wait for those that are busy, while a bot that encodes a photo beside
    it has none to spare (25 ms in place of .3 were measured on two busy cores). From `SHARED_ROWS` on, two threads
    halve the time; below, handing over costs more than it saves.
    """
    if not HAS_SIMD or not len(rows):
        return np.asarray(rows @ query, dtype=np.float32)
    return _shared(_dots, rows, query)


def differing(signs: NDArray[np.uint8], query: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How many bits of each row, uint8 (n, b), differ from the query's, uint8 (b,): float32 (n,)."""
    return _shared(_differing, signs, query)


def _shared(work: Callable[[Rows, Rows], Embedding], rows: Rows, query: Rows) -> Embedding:
    if len(rows) < SHARED_ROWS:
        return work(rows, query)
    halves = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    return np.concatenate(list(_threads().map(work, halves, (query, query))))


def _dots(rows: Plane, query: Plane) -> Embedding:
    return np.asarray(numkong.dot(rows, np.broadcast_to(query, rows.shape), out_dtype="float32"))


def _differing(signs: NDArray[np.uint8], query: NDArray[np.uint8]) -> Embedding:
    found = numkong.hamming(signs, np.broadcast_to(query, signs.shape), dtype="uint1")
    return np.asarray(found, dtype=np.float32)


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    """Started by the first large scan; numkong gives Python's lock back while it computes."""
    return ThreadPoolExecutor(2, thread_name_prefix="scan")
