"""Vectors packed into 12 bits a number, and the nearest of them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from indexing.packed import bytes_per_vector, pack, rotated, rotation, unpack
from indexing.scan import Scan

DIM = 96


def clustered(count: int, dim: int = DIM, seed: int = 1) -> NDArray[np.float32]:
    """Unit vectors in groups of some twenty, with one number that dwarfs the others, as CLIP's have."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(count // 20, 1), dim))
    vectors = centres[random.integers(len(centres), size=count)] + 0.5 * random.normal(size=(count, dim))
    vectors[:, 3] += 12
    units: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return units


def scan_of(vectors: NDArray[np.float32], owners: NDArray[np.int64] | None = None, *, in_memory: int) -> Scan:
    numbers = np.arange(len(vectors), dtype=np.int64) if owners is None else owners
    return Scan([row.tobytes() for row in pack(vectors)], numbers, vectors.shape[1], in_memory=in_memory)


@pytest.mark.parametrize("dim", [1, 7, 32, 96, 512, 640, 1024])
def test_a_packed_vector_comes_back_nearly_as_it_was(dim: int) -> None:
    vectors = clustered(50, dim) if dim > 3 else np.ones((50, dim), dtype=np.float32)

    packed = pack(vectors)
    back = unpack(packed, dim)

    assert packed.shape == (50, bytes_per_vector(dim))
    assert np.einsum("nd,nd->n", vectors, back) == pytest.approx(1.0, abs=1e-4)
    assert np.linalg.norm(back, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_packed_vector_is_under_two_fifths_of_float32() -> None:
    assert bytes_per_vector(1024) <= 0.4 * 4 * 1024


@pytest.mark.parametrize("dim", [32, 96, 640])
def test_the_rotation_keeps_lengths_and_angles(dim: int) -> None:
    assert rotation(dim) @ rotation(dim).T == pytest.approx(np.eye(dim), abs=1e-5)


@pytest.mark.parametrize("in_memory", [0, 10_000], ids=["planes", "floats"])
@pytest.mark.parametrize("kept", [1.0, 0.5, 0.1, 0.002])
def test_the_nearest_are_those_of_an_exact_search(in_memory: int, kept: float) -> None:
    vectors, random = clustered(4000), np.random.default_rng(2)
    allowed = random.random(4000) < kept
    scan = scan_of(vectors, in_memory=in_memory)

    shared = 0.0
    for query in clustered(50, seed=3):
        exact = np.where(allowed, vectors @ query, -9)
        wanted = np.argsort(-exact)[: min(10, int(allowed.sum()))]
        owners, rows, scores = scan.nearest(query, 10, None if kept == 1 else allowed)
        assert scores == pytest.approx(vectors[rows] @ query, abs=3e-4)
        assert len(owners) == len(wanted)
        shared += len(set(owners.tolist()) & set(wanted.tolist())) / len(wanted)
    assert shared / 50 >= 0.99


@pytest.mark.parametrize("in_memory", [0, 10_000], ids=["planes", "floats"])
def test_an_owner_of_many_rows_comes_once_by_its_best(in_memory: int) -> None:
    vectors = clustered(1000)
    owners = np.repeat(np.arange(4, dtype=np.int64), 250)

    found, rows, scores = scan_of(vectors, owners, in_memory=in_memory).nearest(vectors[600], 10)

    assert sorted(found.tolist()) == [0, 1, 2, 3]
    assert (found[0], rows[0]) == (2, 600)
    assert scores[0] == pytest.approx(1.0, abs=1e-3)
    best = np.maximum.reduceat(vectors @ vectors[600], [0, 250, 500, 750])
    assert scores == pytest.approx(best[found], abs=3e-4)


@pytest.mark.parametrize("in_memory", [0, 10_000], ids=["planes", "floats"])
def test_many_equal_rows_come_in_the_order_of_their_owners(in_memory: int) -> None:
    vectors = np.repeat(clustered(1), 300, axis=0)

    owners, _, _ = scan_of(vectors, in_memory=in_memory).nearest(vectors[0], 5)

    assert owners.tolist() == [0, 1, 2, 3, 4]


def test_nothing_is_found_in_nothing() -> None:
    empty = scan_of(np.zeros((0, DIM), dtype=np.float32), in_memory=10)
    some = scan_of(clustered(5), in_memory=10)

    assert len(empty.nearest(clustered(1)[0], 5)[0]) == 0
    assert len(some.nearest(clustered(1)[0], 0)[0]) == 0
    assert len(some.nearest(clustered(1)[0], 5, np.zeros(5, dtype=np.bool_))[0]) == 0


def test_two_threads_find_what_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = clustered(3_001)
    scan = scan_of(vectors, in_memory=100)
    alone = scan.nearest(vectors[7], 20)
    monkeypatch.setattr("indexing.dots.SHARED_ROWS", 1_000)

    shared = scan.nearest(vectors[7], 20)

    for ours, theirs in zip(shared, alone, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("dim", [1, 6, 7, 96, 512, 640, 1024])
def test_one_query_is_turned_as_the_vectors_were(dim: int) -> None:
    (query,) = clustered(1, max(dim, 4))[:, :dim]

    assert rotated(query) == pytest.approx(query @ rotation(dim), abs=1e-6)


@pytest.mark.parametrize("dim", [96, 512])
@pytest.mark.parametrize("pictures", [1, 3])
def test_a_look_at_the_signs_first_loses_none_of_the_nearest(
    monkeypatch: pytest.MonkeyPatch, dim: int, pictures: int
) -> None:
    vectors = clustered(6_000, dim)
    owners = np.arange(6_000, dtype=np.int64) // pictures
    plain = scan_of(vectors, owners, in_memory=100)
    monkeypatch.setattr("indexing.scan.SIGNED_ROWS", 1_000)
    signed = scan_of(vectors, owners, in_memory=100)

    for query in clustered(40, dim, seed=3):
        for ours, theirs in zip(signed.nearest(query, 10), plain.nearest(query, 10), strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_the_signs_leave_few_rows_where_the_nearest_stand_out_and_are_not_asked_where_none_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("indexing.scan.SIGNED_ROWS", 1_000)
    random = np.random.default_rng(4)
    kinds = np.repeat(random.normal(size=(40, 512)), 100, axis=0)
    vectors = (kinds + 0.5 * random.normal(size=(4_000, 512))).astype(np.float32)[random.permutation(4_000)]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    stranger = random.normal(size=512).astype(np.float32)
    scan = scan_of(vectors, in_memory=100)

    left = scan._possible(rotated(vectors[5]), 10)

    assert left is not None
    assert len(left) < 200
    assert scan._possible(rotated(stranger / np.linalg.norm(stranger)), 10) is None
