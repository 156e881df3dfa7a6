"""Embeddings are kept by what was encoded and by model; a damaged cache is put aside."""

from pathlib import Path

import numpy as np
import pytest

from indexing.cache import CacheBusy, EmbeddingCache, Seen, as_kept, unit


def vector(seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return unit(np.random.default_rng(seed).normal(size=8).astype(np.float32))


def test_a_vector_comes_back_as_the_fresh_one_was_rounded(tmp_path: Path) -> None:
    fresh = as_kept(vector(1))
    with EmbeddingCache(tmp_path / "c.sqlite", "m-1", 8) as cache:
        cache.keep(pictures={"a": fresh}, texts={"a mug": fresh})
    with EmbeddingCache(tmp_path / "c.sqlite", "m-1", 8) as cache:
        assert np.array_equal(cache.pictures(["a", "b"])["a"], fresh)
        assert np.array_equal(cache.texts(["a mug", "a bowl"])["a mug"], fresh)
    assert float(fresh @ vector(1)) == pytest.approx(1.0, abs=1e-6)


def test_another_model_sees_nothing_of_it(tmp_path: Path) -> None:
    with EmbeddingCache(tmp_path / "c.sqlite", "m-1", 8) as cache:
        cache.keep(pictures={"a": vector(1)}, seen={"a.png": Seen("tag", "a")})
    with EmbeddingCache(tmp_path / "c.sqlite", "m-2", 8) as cache:
        assert cache.pictures(["a"]) == {}
        assert cache.seen(["a.png"]) == {}


def test_a_uri_is_known_while_its_embedding_is(tmp_path: Path) -> None:
    with EmbeddingCache(tmp_path / "c.sqlite", "m-1", 8) as cache:
        cache.keep(seen={"a.png": Seen("tag", "a"), "b.png": Seen("tag", "b")}, pictures={"a": vector(1)})
        assert cache.seen(["a.png", "b.png", "c.png"]) == {"a.png": ("tag", "a")}


def test_a_damaged_cache_is_put_aside_and_made_again(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"this is no database, " * 500)
    with EmbeddingCache(path, "m-1", 8) as cache:
        cache.keep(pictures={"a": vector(1)})
        assert cache.pictures(["a"])
    assert path.with_suffix(".damaged").is_file()


def test_a_cache_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").mkdir()
    with pytest.raises(CacheBusy, match="cannot be opened"):
        EmbeddingCache(tmp_path / "c.sqlite", "m-1", 8)


@pytest.mark.parametrize("bad", [np.zeros(8), np.full(8, np.nan), np.full(8, 1e-9)])
def test_a_vector_without_a_direction_is_refused(bad: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
    with pytest.raises(ValueError, match="zero or not finite"):
        as_kept(bad.astype(np.float32))
