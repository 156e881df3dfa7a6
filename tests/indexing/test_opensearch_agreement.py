"""Both stores are asked 1,000 questions at 10,000 products, through the same ranking, and must agree."""

import itertools
import uuid
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.clusters import clustered, products, rows
from indexing.embedded import EmbeddedGenerations
from indexing.generation import Calibration, Generations
from indexing.opensearch import OpenSearchGenerations
from indexing.product import Product
from indexing.ranking import Signals, fuse, probe_of
from indexing.store import Filters, VectorStore
from tests.indexing.opensearch_server import local_settings

pytestmark = [pytest.mark.live, pytest.mark.timeout(1800)]

PRODUCTS, DIM = 10_000, 128
QUESTIONS = {"photo": 400, "words": 300, "mixed": 300}
WEIGHTS = Calibration()


def vectors(seed: int) -> NDArray[np.float32]:
    return clustered(PRODUCTS, DIM, seed=seed)


def filled(generations: Generations) -> VectorStore:
    writer = generations.begin(model_id="bench-000000", dim=DIM, prompt="{}", source="synthetic", update=False)
    made = rows(vectors(7), vectors(8))
    while batch := list(itertools.islice(made, 1000)):
        assert writer.write(batch) == []
    built = writer.finish(WEIGHTS)
    writer.close()
    generations.promote(built.name)
    return generations.open()


@pytest.fixture(scope="module")
def stores(
    opensearch_urls: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[VectorStore, VectorStore]]:
    """The embedded store and OpenSearch, both with the same catalogue."""
    embedded = EmbeddedGenerations(tmp_path_factory.mktemp("agreement"))
    remote = OpenSearchGenerations(local_settings(opensearch_urls), f"agreement-{uuid.uuid4().hex[:8]}")
    with closing(filled(embedded)) as ours, closing(filled(remote)) as theirs:
        yield ours, theirs


def questions(kind: str) -> Iterator[tuple[Signals, Filters]]:
    """Questions of a kind: about known products, blurred; every fifth with a filter."""
    random = np.random.default_rng(5)
    pictures, words = vectors(7), vectors(8)
    described = list(products(PRODUCTS))
    for i in range(QUESTIONS[kind]):
        number = int(random.integers(PRODUCTS))
        filters = Filters(currency="USD", max_price_minor=20_000, in_stock=True) if i % 5 == 0 else Filters()
        text = wording(described[number], i) if kind != "photo" else ""
        yield (
            Signals(
                photos=blurred(pictures[number], random)[None] if kind != "words" else None,
                words=blurred(words[number], random) if kind != "photo" else None,
                text=text,
            ),
            filters,
        )


def wording(product: Product, i: int) -> str:
    """How a shopper would ask for the product: now exactly, now with a slip of the finger."""
    kind = product.title.lower().split()[-1]
    slipped = kind[0] + kind[2] + kind[1] + kind[3:]
    return [f"{product.color} {kind}", kind, f"{product.color} {slipped}", f"{product.material} {kind}"][i % 4].strip()


def blurred(vector: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    moved = vector + 0.5 * random.standard_normal(DIM).astype(np.float32) / np.float32(np.sqrt(DIM))
    unit: NDArray[np.float32] = moved / np.linalg.norm(moved)
    return unit


@pytest.mark.parametrize(("kind", "least_overlap"), [("photo", 0.99), ("words", 0.9), ("mixed", 0.9)])
def test_both_stores_answer_alike(
    stores: tuple[VectorStore, VectorStore], kind: str, least_overlap: float, capsys: pytest.CaptureFixture[str]
) -> None:
    overlap, firsts, differences = 0.0, 0, []
    for signals, filters in questions(kind):
        ours, theirs = (
            [
                ranked.product.id
                for ranked in fuse(store.candidates(probe_of(signals, WEIGHTS, filters=filters)), signals, WEIGHTS)[:10]
            ]
            for store in stores
        )
        shared = len(set(ours) & set(theirs)) / max(len(ours), len(theirs), 1)
        overlap += shared
        firsts += ours[:1] == theirs[:1]
        if shared < 1:
            differences.append(f"{signals.text or 'a photo'}: {sorted(set(ours) ^ set(theirs))}")
    count = QUESTIONS[kind]
    with capsys.disabled():
        print(f"\n{kind}: overlap {overlap / count:.4f}, same first {firsts / count:.4f}, {len(differences)} differ")
        print("\n".join(differences[:5]))
    assert overlap / count >= least_overlap
    assert firsts / count >= 0.95
