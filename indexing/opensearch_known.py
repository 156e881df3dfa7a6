"""A sample of an OpenSearch generation in, where it answers known questions otherwise than the embedded store out.

The sample goes into an embedded store of its own for a moment. The questions are its own: titles and vectors. Both
stores answer from the sample only, so that the lists can be held against each other whatever the catalogue's size.
"""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from indexing.embedded import EmbeddedGenerations
from indexing.generation import Calibration, PictureVector, Row, RowHashes
from indexing.opensearch_store import OpenSearchStore
from indexing.store import Near, Probe, VectorProbe, VectorStore

QUESTIONS = 10
LEAST_OVERLAP = 0.9
SAME_SCORE = 2e-3
"""Cosines of f16 and of f32 vectors differ by less."""


def disagreements(store: OpenSearchStore, ids: Sequence[str]) -> list[str]:
    """Problems, one sentence each; empty where both stores answer alike.

    Args:
        store: reads the generation.
        ids: products of it.

    Raises:
        StoreUnavailable: no answer in time.
    """
    rows = _rows_of(store, ids)
    if not rows:
        return []
    sampled = store.of_only(frozenset(row.product.id for row in rows))
    with tempfile.TemporaryDirectory(prefix="looksee-verify-") as folder:
        generations = EmbeddedGenerations(Path(folder))
        about = store.generation
        writer = generations.begin(
            model_id=about.model_id, dim=about.dim, prompt=about.prompt, source="sample", update=False
        )
        with closing(writer):
            writer.write(rows)
            built = writer.finish(Calibration())
        with closing(generations.open(built.name)) as reference:
            shares = [_shares(sampled, reference, row, len(rows)) for row in rows[:QUESTIONS]]
    problems = []
    for name, found in zip(("photos", "words"), zip(*shares, strict=True), strict=True):
        share = sum(found) / len(found)
        if share < LEAST_OVERLAP:
            problems.append(f"Known questions by {name} are answered {share:.0%} as the embedded store answers them.")
    return problems


def _rows_of(store: OpenSearchStore, ids: Sequence[str]) -> list[Row]:
    products = store.products(ids)
    pictures, words = store.vectors(ids, kind="picture"), store.vectors(ids, kind="words")
    return [
        Row(
            product=product,
            hashes=RowHashes("", ""),
            pictures=tuple(
                PictureVector(index=i, sha256="", embedding=vector) for i, vector in enumerate(pictures.get(name, ()))
            ),
            words=words[name][0],
        )
        for name, product in products.items()
        if name in words
    ]


def _shares(ours: VectorStore, reference: VectorStore, row: Row, sampled: int) -> tuple[float, float]:
    """How much of the reference's answers to a product's vectors, and to its title, ours holds too; 0 to 1."""
    vectors = [VectorProbe(vector=row.words, against="words")]
    vectors += [VectorProbe(vector=picture.embedding, against="picture") for picture in row.pictures[:1]]
    near = Probe(vectors=tuple(vectors), k=10)
    lists = list(zip(ours.candidates(near).vectors, reference.candidates(near).vectors, strict=True))
    said = Probe(words=row.product.title, k=sampled)
    mine, theirs = ours.candidates(said), reference.candidates(said)
    by_words = [_overlap(_names(mine.lexical), _names(theirs.lexical)), _overlap({*mine.exact}, {*theirs.exact})]
    return sum(_as_near(found, wanted) for found, wanted in lists) / len(lists), min(by_words)


def _as_near(found: Sequence[Near], wanted: Sequence[Near]) -> float:
    """Share of a list that is as near as the wanted one; equals in another order are as good."""
    if not wanted:
        return float(not found)
    return min(sum(n.score >= wanted[-1].score - SAME_SCORE for n in found) / len(wanted), 1.0)


def _names(near: Sequence[Near]) -> set[str]:
    return {n.product_id for n in near}


def _overlap(ours: set[str], theirs: set[str]) -> float:
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0
