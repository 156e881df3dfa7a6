"""Probes in, candidates out, from one generation's SQLite file: the embedded adapter of the `VectorStore` port."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexing.checked_rows import checked_probe
from indexing.embedded_columns import Columns
from indexing.embedded_lexicon import Lexicon
from indexing.embedded_schema import KINDS, open_readable, read_meta
from indexing.generation import Generation
from indexing.lexical import asked_of
from indexing.product import Product
from indexing.scan import IN_MEMORY_ROWS, Scan
from indexing.store import Candidates, Facets, Filters, Near, NoCatalogue, Probe, StoreUnavailable, VectorKind
from inference.encoder import Embeddings

MOST_REMEMBERED = 20_000
"""Decoded products that are kept; then the memory of them starts anew."""


class EmbeddedStore:
    """Reads one finished generation. Thread-safe: columns and vectors are frozen, connections are lent one a call."""

    def __init__(self, file: Path, *, in_memory: int = IN_MEMORY_ROWS):
        """Open a generation's file.

        Raises:
            NoCatalogue: there is no such file, or it was never finished.
            StoreUnavailable: the file cannot be read.
        """
        if not file.is_file():
            raise NoCatalogue(f"There is no index {file.stem}; `looksee generations list` names those there are.")
        self._file = file
        self._idle: list[sqlite3.Connection] = []
        self._is_closed = False
        self._lock = threading.Lock()
        self._remembered: dict[str, Product] = {}
        with self._lent() as connection:
            generation = read_meta(connection)
            if generation is None:
                raise NoCatalogue(f"The index {file.stem} was made by another version; run `looksee index` again.")
            if not generation.is_complete:
                raise NoCatalogue(f"The index {file.stem} is not finished; run the same `looksee index` again.")
            self._generation = msgspec.structs.replace(generation, size_bytes=file.stat().st_size)
            self._columns = Columns(connection)
            self._lexicon = Lexicon(self._columns.positions, len(self._columns.ids))
            self._scans: dict[VectorKind, Scan] = {}
            self._pictures: dict[VectorKind, NDArray[np.int64]] = {}
            for kind in KINDS:
                self._scans[kind], self._pictures[kind] = self._scan(connection, kind, in_memory)

    @property
    def generation(self) -> Generation:
        """See `VectorStore.generation`."""
        return self._generation

    def candidates(self, probe: Probe) -> Candidates:
        """See `VectorStore.candidates`."""
        vectors = [checked_probe(asked.vector, self._generation.dim) for asked in probe.vectors]
        mask = self._columns.mask(probe.filters, probe.exclude)
        with self._lent() as connection:
            lists = tuple(
                self._near(vector, asked.against, probe.k, mask)
                for vector, asked in zip(vectors, probe.vectors, strict=True)
            )
            lexical, exact = self._lexical(connection, probe, mask)
            named = dict.fromkeys(near.product_id for near in (*(n for near in lists for n in near), *lexical))
            products = self._read(connection, [*named, *exact])
        return Candidates(vectors=lists, lexical=lexical, exact=exact, products=products)

    def products(self, ids: Sequence[str]) -> dict[str, Product]:
        """See `VectorStore.products`."""
        with self._lent() as connection:
            return self._read(connection, ids)

    def vectors(self, ids: Sequence[str], *, kind: VectorKind = "picture") -> dict[str, Embeddings]:
        """See `VectorStore.vectors`."""
        wanted = [self._columns.position_of[i] for i in ids if i in self._columns.position_of]
        scan = self._scans[kind]
        rows = np.flatnonzero(np.isin(scan.owners, wanted))
        found: dict[str, Embeddings] = {}
        for position in sorted(set(wanted)):
            own = rows[scan.owners[rows] == position]
            own = own[np.argsort(self._pictures[kind][own], kind="stable")]
            if len(own):
                found[self._columns.ids[position]] = scan.vectors(own)
        return found

    def facets(self, filters: Filters, *, top: int = 100) -> Facets:
        """See `VectorStore.facets`."""
        return self._columns.facets(filters, top)

    def close(self) -> None:
        """See `VectorStore.close`; a call that is under way ends first."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _near(
        self, vector: NDArray[np.float32], kind: VectorKind, k: int, mask: NDArray[np.bool_] | None
    ) -> tuple[Near, ...]:
        owners, rows, scores = self._scans[kind].nearest(vector, k, mask)
        pictures = self._pictures[kind][rows]
        return tuple(
            Near(product_id=self._columns.ids[owner], score=score, picture=picture)
            for owner, score, picture in zip(owners.tolist(), scores.tolist(), pictures.tolist(), strict=True)
        )

    def _lexical(
        self, connection: sqlite3.Connection, probe: Probe, mask: NDArray[np.bool_] | None
    ) -> tuple[tuple[Near, ...], tuple[str, ...]]:
        asked = asked_of(probe.words)
        if not asked.whole or probe.k <= 0:
            return (), ()
        columns = self._columns
        named = connection.execute("SELECT number FROM names WHERE name = ?", (asked.whole,)).fetchall()
        exact = sorted(int(columns.positions[number]) for (number,) in named)
        exact = [position for position in exact if mask is None or mask[position]]
        if not asked:
            return (), tuple(columns.ids[position] for position in exact)
        scores = np.round(self._lexicon.scores(connection, asked), 3)
        if mask is not None:
            scores[~mask] = 0
        best = _highest(scores, probe.k)
        near = tuple(
            Near(product_id=columns.ids[position], score=score)
            for position, score in zip(best.tolist(), scores[best].tolist(), strict=True)
        )
        return near, tuple(columns.ids[position] for position in exact)

    def _read(self, connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Product]:
        found = {product_id: self._remembered[product_id] for product_id in ids if product_id in self._remembered}
        missing = [product_id for product_id in dict.fromkeys(ids) if product_id not in found]
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered = {}
        for product_id in missing:
            row = connection.execute("SELECT json FROM products WHERE id = ?", (product_id,)).fetchone()
            if row:
                found[product_id] = self._remembered[product_id] = msgspec.json.decode(row[0], type=Product)
        return found

    def _scan(self, connection: sqlite3.Connection, kind: VectorKind, in_memory: int) -> tuple[Scan, NDArray[np.int64]]:
        rows = connection.execute(
            "SELECT number, picture, packed FROM vectors WHERE kind = ?", (KINDS[kind],)
        ).fetchall()
        numbers = np.array([row[0] for row in rows], dtype=np.int64)
        rows = [row for row, is_there in zip(rows, np.isin(numbers, self._columns.numbers), strict=True) if is_there]
        owners = self._columns.positions[np.array([row[0] for row in rows], dtype=np.int64)]
        pictures = np.array([row[1] for row in rows], dtype=np.int64)
        return Scan([row[2] for row in rows], owners, self._generation.dim, in_memory=in_memory), pictures

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._is_closed:
                raise StoreUnavailable("This index was closed; ask again.")
            connection = self._idle.pop() if self._idle else None
        is_sound = False
        try:
            connection = connection or open_readable(self._file)
            yield connection
            is_sound = True
        except (sqlite3.Error, msgspec.DecodeError) as error:
            message = f"The index {self._file.stem} is damaged; run `looksee generations rollback` or index again."
            raise StoreUnavailable(message) from error
        finally:
            with self._lock:
                keeps = is_sound and not self._is_closed
                if keeps and connection is not None:
                    self._idle.append(connection)
            if not keeps and connection is not None:
                connection.close()


def _highest(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Places of the k highest scores above 0, highest first; equals in their order."""
    places = np.flatnonzero(scores > 0)
    if len(places) > k:
        least = np.partition(scores[places], len(places) - k)[len(places) - k]
        places = places[scores[places] >= least]
    return places[np.argsort(-scores[places], kind="stable")][:k]
