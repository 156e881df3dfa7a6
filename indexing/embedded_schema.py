"""A path in, a SQLite connection to one generation's file out, with the tables that such a file has."""

import sqlite3
from pathlib import Path

import msgspec

from indexing.generation import Generation
from indexing.product import FacetField
from indexing.store import VectorKind

FORMAT = 2
"""Goes up when an older Looksee could not read a file written now."""
PAGE_BYTES = 16384
KINDS: dict[VectorKind, int] = {"picture": 0, "words": 1}
FACET_NUMBERS: dict[FacetField, int] = {"brand": 0, "color": 1, "category": 2, "material": 3}
_COLUMNS = "short, rest, pairs"

TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE products (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json BLOB NOT NULL, facts TEXT NOT NULL, pictures TEXT NOT NULL,
  price_minor INTEGER, currency TEXT NOT NULL, in_stock INTEGER NOT NULL,
  brand INTEGER NOT NULL, color INTEGER NOT NULL, category INTEGER NOT NULL, material INTEGER NOT NULL);
CREATE TABLE spellings (code INTEGER PRIMARY KEY, field INTEGER NOT NULL, spelling TEXT NOT NULL,
  UNIQUE (field, spelling));
CREATE TABLE vectors (number INTEGER NOT NULL, kind INTEGER NOT NULL, picture INTEGER NOT NULL, sha256 TEXT NOT NULL,
  etag TEXT NOT NULL, packed BLOB NOT NULL);
CREATE INDEX vectors_of ON vectors (number);
CREATE TABLE names (name TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (name, number)) WITHOUT ROWID;
CREATE INDEX names_of ON names (number);
CREATE TABLE texts (number INTEGER PRIMARY KEY, {_COLUMNS});
CREATE VIRTUAL TABLE lexical USING fts5({_COLUMNS}, content='texts', content_rowid='number',
  tokenize="porter unicode61 remove_diacritics 2");
CREATE TABLE terms (number INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, padded TEXT NOT NULL);
CREATE VIRTUAL TABLE near_terms USING fts5(padded, content='terms', content_rowid='number', tokenize='trigram');
"""
# The lexical tables keep no copy of their texts ('content='); a fresh build fills them once, in `finish`.

INSERT_TEXTS = "INSERT INTO texts VALUES (?, ?, ?, ?)"
ADD_LEXICAL = f"INSERT INTO lexical (rowid, {_COLUMNS}) SELECT number, {_COLUMNS} FROM texts WHERE number = ?"  # noqa: S608
REMOVE_LEXICAL = (
    f"INSERT INTO lexical (lexical, rowid, {_COLUMNS}) SELECT 'delete', number, {_COLUMNS} FROM texts WHERE number = ?"  # noqa: S608
)


def create(file: Path) -> sqlite3.Connection:
    """A new generation's file with its tables, open for writing."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    _prepare(connection)
    connection.execute("BEGIN")
    for statement in TABLES.split(";\n"):
        connection.execute(statement)
    connection.execute("COMMIT")
    return connection


def open_writable(file: Path) -> sqlite3.Connection:
    """An unfinished generation's file, open for writing."""
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    _prepare(connection)
    return connection


def open_readable(file: Path, *, is_finished: bool = True) -> sqlite3.Connection:
    """A generation's file for reading. A finished one never changes, so that no lock is taken."""
    mode = "immutable=1" if is_finished else "mode=ro"
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?{mode}", uri=True, check_same_thread=False)
    connection.execute("PRAGMA mmap_size = 1073741824")
    return connection


def read_meta(connection: sqlite3.Connection) -> Generation | None:
    """What the file says of its generation; None where it was never begun, or by another version of Looksee."""
    made_by = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
    if not made_by or bytes(made_by[0]) != str(FORMAT).encode():
        return None
    found = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    return msgspec.json.decode(found[0], type=Generation) if found else None


def write_meta(connection: sqlite3.Connection, generation: Generation) -> None:
    """Say in the file what its generation is."""
    values = [("generation", msgspec.json.encode(generation)), ("format", str(FORMAT).encode())]
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -65536")
