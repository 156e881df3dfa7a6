"""A generation's file in, the problems found with it out, one sentence each."""

import sqlite3
from contextlib import closing
from pathlib import Path

from indexing.embedded_schema import KINDS, open_readable, read_meta
from indexing.embedded_store import EmbeddedStore
from indexing.generation import Generation
from indexing.self_check import unfound
from indexing.store import NoCatalogue, StoreUnavailable


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
