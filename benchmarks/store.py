"""Sizes in, the embedded store's speed, recall and bytes out: `python -m benchmarks.store [--products N] [--dim D]`.

Vectors are clustered and synthetic, with noise as large as what parts the clusters allows; recall is against an exact
float32 search of the same vectors. Two plain ways are timed beside the store on the same vectors: float32 with
BLAS, and float16 in numpy.
"""

import argparse
import itertools
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.clusters import clustered, rows
from indexing.embedded import EmbeddedGenerations
from indexing.embedded_store import EmbeddedStore
from indexing.generation import Calibration, Row
from indexing.packed import bytes_per_vector
from indexing.store import Filters, Probe, VectorProbe

FILTERS = {
    "": Filters(),
    "filter_50": Filters(in_stock=True),
    "filter_1": Filters(any_of=(("brand", ("rare",)),)),
}
WORDS = ("red bakoba", "modern white lakoba", "bakobn", "large garden tukoba", "SKU-000012", "navy oak")
ROWS_A_WRITE = 1000
BLAS_RESTS_S = 0.3
"""Its threads look for more work for a while after each call, and would be measured with the store."""


def measure(products: int, dim: int, *, questions: int = 100) -> dict[str, float]:
    """Build and ask a catalogue with one picture a product; milliseconds unless the name says otherwise."""
    vectors = clustered(products, dim)
    asked = questions_near(vectors, questions)
    measured: dict[str, float] = {"products": products, "dim": dim}
    with tempfile.TemporaryDirectory() as folder:
        generations = EmbeddedGenerations(Path(folder))
        began = time.perf_counter()
        _build(generations, vectors, dim)
        measured["build_s"] = time.perf_counter() - began
        began = time.perf_counter()
        with closing(generations.open()) as store:
            measured["open_s"] = time.perf_counter() - began
            measured["disk_mb"] = store.generation.size_bytes / 1e6
            measured["vector_bytes_of_f32"] = bytes_per_vector(dim) / (4 * dim)
            for name, filters in FILTERS.items():
                measured |= _prefixed(name or "knn", _nearest(store, vectors, asked, filters))
            measured |= _prefixed("words", _times(_asks_words(store), WORDS * 5))
            measured |= _prefixed("hybrid", _times(_asks_both(store, asked[0]), WORDS * 5))
    measured |= _prefixed("f32_blas", _times(lambda query: np.argpartition(-(vectors @ query), 10), asked[:20]))
    if products <= 20_000:  # half a second a question at 150,000
        halves = vectors.astype(np.float16)
        plain = _times(lambda query: np.argpartition(-(halves @ query.astype(np.float16)), 10), asked[:5])
        measured |= _prefixed("f16_numpy", plain)
    return {name: round(value, 4) for name, value in measured.items()}


def questions_near(vectors: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Unit vectors near some of the given ones, none of them the same: float32 (count, dim)."""
    random = np.random.default_rng(3)
    dim = vectors.shape[1]
    noise = 0.5 * random.standard_normal((count, dim), dtype=np.float32) / np.float32(np.sqrt(dim))
    asked = vectors[random.integers(len(vectors), size=count)] + noise
    units: NDArray[np.float32] = asked / np.linalg.norm(asked, axis=1, keepdims=True)
    return units


def recall_at_10(found: Sequence[str], exact: NDArray[np.float32], allowed: NDArray[np.bool_]) -> float:
    """Share of the ten truly nearest that were found; `exact` is the cosine of each product, in order."""
    scores = np.where(allowed, exact, -9)
    wanted = {f"p{i:08}" for i in np.argpartition(-scores, 10)[:10] if allowed[i]}
    return len(wanted & set(found[:10])) / max(len(wanted), 1)


def allowed_by(filters: Filters, products: int) -> NDArray[np.bool_]:
    """Which products of `benchmarks.clusters` pass one of `FILTERS`."""
    numbers = np.arange(products)
    if filters.in_stock:
        numbers = numbers[numbers % 2 == 1]
    elif filters:
        numbers = numbers[numbers % 100 == 50]
    allowed = np.zeros(products, dtype=np.bool_)
    allowed[numbers] = True
    return allowed


def _build(generations: EmbeddedGenerations, vectors: NDArray[np.float32], dim: int) -> None:
    writer = generations.begin(model_id="bench-000000", dim=dim, prompt="{}", source="synthetic", update=False)
    for batch in _batches(vectors):
        writer.write(batch)
    built = writer.finish(Calibration())
    writer.close()
    generations.promote(built.name)


def _batches(vectors: NDArray[np.float32]) -> Iterator[list[Row]]:
    made = rows(vectors)
    while batch := list(itertools.islice(made, ROWS_A_WRITE)):
        yield batch


def _nearest(
    store: EmbeddedStore, vectors: NDArray[np.float32], asked: NDArray[np.float32], filters: Filters
) -> dict[str, float]:
    """Ask all first and check afterwards: BLAS, which checks, would take the other core and the caches meanwhile."""
    probes = [Probe(vectors=(VectorProbe(vector=q, against="picture"),), filters=filters, k=10) for q in asked]
    found: list[list[str]] = []

    def ask(probe: Probe) -> None:
        (near,) = store.candidates(probe).vectors
        found.append([n.product_id for n in near])

    time.sleep(BLAS_RESTS_S)
    percentiles = _times(ask, probes)
    allowed = allowed_by(filters, len(vectors))
    recalls = [recall_at_10(ids, vectors @ q, allowed) for ids, q in zip(found, asked, strict=True)]
    return {**percentiles, "recall": sum(recalls) / len(recalls)}


def _asks_words(store: EmbeddedStore) -> Callable[[str], object]:
    return lambda words: store.candidates(Probe(words=words))


def _asks_both(store: EmbeddedStore, query: NDArray[np.float32]) -> Callable[[str], object]:
    vectors = (VectorProbe(vector=query, against="picture"), VectorProbe(vector=query, against="words"))
    return lambda words: store.candidates(Probe(vectors=vectors, words=words))


def _times(ask: Callable[..., object], questions: Sequence[object] | NDArray[np.float32]) -> dict[str, float]:
    times = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - began)
    return _percentiles(times)


def _percentiles(seconds: Sequence[float]) -> dict[str, float]:
    p50, p99 = np.quantile(seconds, [0.5, 0.99]) * 1e3
    return {"p50": float(p50), "p99": float(p99)}


def _prefixed(prefix: str, values: dict[str, float]) -> dict[str, float]:
    return {f"{prefix}_{name}": value for name, value in values.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, nargs="*", default=[1639, 10_000, 150_000])
    parser.add_argument("--dim", type=int, default=1024)
    chosen = parser.parse_args()
    for size in chosen.products:
        print(json.dumps(measure(size, chosen.dim)))
