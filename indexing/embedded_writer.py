"""Rows in, one generation's SQLite file filled out: each call of `write` is one durable transaction."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple

import msgspec
import numpy as np

from indexing.checked_rows import checked_rows
from indexing.embedded_schema import (
    ADD_LEXICAL,
    FACET_NUMBERS,
    INSERT_TEXTS,
    KINDS,
    REMOVE_LEXICAL,
    read_meta,
    write_meta,
)
from indexing.generation import BuildRefused, Calibration, Generation, Reject, Row, RowHashes
from indexing.lexical import exact_names_of, terms_of, texts_of
from indexing.packed import pack


class EmbeddedWriter:
    """The `GenerationWriter` of the embedded store."""

    def __init__(self, connection: sqlite3.Connection, *, release: Callable[[], None]):
        """Take a connection to an unfinished generation's file, and what gives the build lock back."""
        begun = read_meta(connection)
        if begun is None:
            raise BuildRefused("This index file was never begun; run `looksee index` again.")
        self._connection = connection
        self._release = release
        self._generation = begun
        self._spellings = {
            (field, spelling): code
            for code, field, spelling in connection.execute("SELECT code, field, spelling FROM spellings")
        }
        # A fresh build indexes its texts once, at the end; a clone has an index, which is kept up row by row.
        self._is_indexed = connection.execute("SELECT 1 FROM meta WHERE key = 'indexed'").fetchone() is not None

    @property
    def generation(self) -> Generation:
        """See `GenerationWriter.generation`."""
        return self._generation

    def known(self) -> Iterator[tuple[str, RowHashes, tuple[tuple[str, str], ...]]]:
        """See `GenerationWriter.known`."""
        pictures: dict[int, list[tuple[str, str]]] = {}
        asked = "SELECT number, sha256, etag FROM vectors WHERE kind = ? ORDER BY number, picture"
        for number, sha256, etag in self._connection.execute(asked, (KINDS["picture"],)):
            pictures.setdefault(number, []).append((sha256, etag))
        rows = self._connection.execute("SELECT number, id, facts, pictures FROM products ORDER BY id").fetchall()
        for number, product_id, facts, hashed in rows:
            yield product_id, RowHashes(facts, hashed), tuple(pictures.get(number, ()))

    def write(self, rows: Sequence[Row]) -> list[Reject]:
        """See `GenerationWriter.write`."""
        good, refused = checked_rows(rows, self._generation.dim)
        if not good:
            return refused
        vectors = [vector for row in good for vector in (*(p.embedding for p in row.pictures), row.words)]
        packed = iter(pack(np.asarray(vectors, dtype=np.float32)))
        with self._transaction():
            self._remove([row.product.id for row in good])
            for row in good:
                number = self._add(row)
                blobs = [
                    (number, KINDS["picture"], p.index, p.sha256, p.etag, next(packed).tobytes()) for p in row.pictures
                ]
                blobs.append((number, KINDS["words"], 0, "", "", next(packed).tobytes()))
                self._connection.executemany("INSERT INTO vectors VALUES (?, ?, ?, ?, ?, ?)", blobs)
        return refused

    def delete(self, ids: Sequence[str]) -> None:
        """See `GenerationWriter.delete`."""
        with self._transaction():
            self._remove(ids)

    def finish(self, calibration: Calibration) -> Generation:
        """See `GenerationWriter.finish`."""
        connection = self._connection
        with self._transaction():
            if not self._is_indexed:
                connection.execute("INSERT INTO lexical (lexical) VALUES ('rebuild')")
            connection.execute("INSERT INTO lexical (lexical) VALUES ('optimize')")
            connection.execute("INSERT INTO near_terms (near_terms) VALUES ('rebuild')")
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('indexed', '1')")
            products = connection.execute("SELECT count(*) FROM products").fetchone()[0]
            vectors = connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
            self._generation = msgspec.structs.replace(
                self._generation, products=products, vectors=vectors, is_complete=True, calibration=calibration
            )
            write_meta(connection, self._generation)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with contextlib.suppress(sqlite3.OperationalError):
            # Readers then need no -wal and no -shm file. Somebody who looks at the file at this moment holds it; it is
            # as good with them.
            connection.execute("PRAGMA journal_mode = DELETE")
        return self._generation

    def close(self) -> None:
        """See `GenerationWriter.close`."""
        self._connection.close()
        self._release()

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._connection)

    def _remove(self, ids: Sequence[str]) -> None:
        for product_id in ids:
            found = self._connection.execute("SELECT number FROM products WHERE id = ?", (product_id,)).fetchone()
            if not found:
                continue
            if self._is_indexed:
                self._connection.execute(REMOVE_LEXICAL, found)
            for table in ("products", "vectors", "names", "texts"):
                self._connection.execute(f"DELETE FROM {table} WHERE number = ?", found)  # noqa: S608 our own names

    def _add(self, row: Row) -> int:
        product = row.product
        price = product.price
        facets = [
            self._spelling(number, str(getattr(product, field)).strip()) for field, number in FACET_NUMBERS.items()
        ]
        values = (
            product.id,
            msgspec.json.encode(product),
            row.hashes.facts,
            row.hashes.pictures,
            price.minor if price else None,
            price.currency if price else "",
            product.availability == "in_stock",
            *facets,
        )
        cursor = self._connection.execute(
            "INSERT INTO products (id, json, facts, pictures, price_minor, currency, in_stock, brand, color, category, "
            "material) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        number = int(cursor.lastrowid or 0)
        texts = texts_of(product)
        self._connection.execute(INSERT_TEXTS, (number, *astuple(texts)))
        if self._is_indexed:
            self._connection.execute(ADD_LEXICAL, (number,))
        names = [(name, number) for name in exact_names_of(product)]
        self._connection.executemany("INSERT INTO names VALUES (?, ?)", names)
        # Padding lets even a three-letter word share a trigram with its misspelling.
        terms = [(term, f"  {term} ") for term in sorted(terms_of(texts))]
        self._connection.executemany("INSERT OR IGNORE INTO terms (term, padded) VALUES (?, ?)", terms)
        return number

    def _spelling(self, field: int, spelling: str) -> int:
        key = (field, spelling)
        if key not in self._spellings:
            cursor = self._connection.execute("INSERT INTO spellings (field, spelling) VALUES (?, ?)", key)
            self._spellings[key] = int(cursor.lastrowid or 0)
        return int(self._spellings[key])


class _Transaction:
    """All or nothing, and on the disk when it ends."""

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")
