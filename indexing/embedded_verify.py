"""A generation's file in, the problems found with it out, one sentence each."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from indexing.embedded_schema import KINDS, open_readable, read_meta
from indexing.embedded_store import EmbeddedStore
from indexing.generation import Generation
from indexing.store import NoCatalogue, Probe, StoreUnavailable, VectorKind, VectorProbe, VectorStore

SAME = 0.999
"""Cosine from which a vector has found itself."""


def problems_of(file: Path, *, sample: int) -> list[str]:
    """See `Generations.verify`."""
    try:
        with closing(EmbeddedStore(file)) as store, closing(open_readable(file)) as connection:
            problems = _count_problems(connection, store.generation)
            ids = [row[0] for row in connection.execute("SELECT id FROM products ORDER BY id")]
            step = max(len(ids) // max(sample, 1), 1)
            return problems + unfound(store, ids[::step][:sample])
    except (NoCatalogue, StoreUnavailable) as error:
        return [str(error)]
    except sqlite3.Error:
        return [f"The index {file.stem} is damaged; index the source again."]


def unfound(store: VectorStore, ids: list[str]) -> list[str]:
    """Products that do not come first when their own vector is asked; equals of the first count as first."""
    problems = []
    kinds: tuple[VectorKind, ...] = ("picture", "words")
    for kind in kinds:
        for product_id, vectors in store.vectors(ids, kind=kind).items():
            if not vectors[0].any():
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


def _count_problems(connection: sqlite3.Connection, said: Generation) -> list[str]:
    problems = []
    sound = connection.execute("PRAGMA quick_check").fetchone()[0]
    if sound != "ok":
        problems.append(f"SQLite finds the file damaged: {sound}.")
    products = _count(connection, "SELECT count(*) FROM products")
    if products != said.products:
        problems.append(f"The index holds {products} products where it says {said.products}.")
    vectors = _count(connection, "SELECT count(*) FROM vectors")
    if vectors != said.vectors:
        problems.append(f"The index holds {vectors} vectors where it says {said.vectors}.")
    words = _count(connection, f"SELECT count(DISTINCT number) FROM vectors WHERE kind = {KINDS['words']}")  # noqa: S608
    if words != products:
        problems.append(f"{products - words} products have no vector for their words.")
    texts = _count(connection, "SELECT count(*) FROM texts")
    if texts != products:
        problems.append(f"{texts} products can be found by words where the index holds {products}.")
    stored = read_meta(connection)
    if stored is not None and not products:
        problems.append("The index is empty.")
    return problems


def _count(connection: sqlite3.Connection, question: str) -> int:
    return int(connection.execute(question).fetchone()[0])
