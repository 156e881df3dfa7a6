"""Unit vectors in, two small integers a number out (12 bits), and back.

A vector is turned by a fixed rotation, so that no number of it is much larger than the others, and is kept as a coarse
plane (int8) and a residual plane (4 bits): 37.5 % of float32, and cosines within about 1e-4.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from inference.encoder import Embedding, Embeddings

COARSE_LEVELS = 127
RESIDUAL_LEVELS = 15


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
    spread: NDArray[np.float32] = np.kron(np.eye(dim // block, dtype=np.float32), _hadamard(block))
    return spread * _signs(dim)[:, None]


def rotated(query: Embedding) -> Embedding:
    """`query @ rotation(dim)` for one vector, float32 (dim,), without reading a matrix of dim * dim numbers."""
    block = _block(len(query))
    outer = _hadamard(1 << block.bit_length() // 2)
    inner = _hadamard(block // len(outer))
    spread: Embedding = outer @ (query * _signs(len(query))).reshape(-1, len(outer), len(inner)) @ inner
    return spread.reshape(-1)


def pack(vectors: Embeddings) -> NDArray[np.uint8]:
    """Vectors, float32 (n, dim), finite and not zero, made unit and packed: uint8 (n, bytes_per_vector)."""
    count, dim = vectors.shape
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    spread = (vectors / norms) @ rotation(dim)
    scales = (np.abs(spread).max(axis=1, keepdims=True) / COARSE_LEVELS).astype(np.float32)
    coarse = np.rint(spread / scales)
    left = spread / scales - coarse  # -0.5 to 0.5
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
    return unit_rows(*planes(packed, dim)) @ rotation(dim).T


def planes(packed: NDArray[np.uint8], dim: int) -> tuple[NDArray[np.float32], NDArray[np.int8], NDArray[np.uint8]]:
    """Packed vectors, uint8 (n, bytes_per_vector), as scales (n,), coarse (n, dim), residual (n, half of dim)."""
    scales = packed[:, :4].copy().view(np.float32)[:, 0]
    return scales, packed[:, 4 : 4 + dim].view(np.int8), packed[:, 4 + dim :]


def unit_rows(scales: NDArray[np.float32], coarse: NDArray[np.int8], residual: NDArray[np.uint8]) -> Embeddings:
    """Both planes as unit float32 rows (n, dim), still rotated."""
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
