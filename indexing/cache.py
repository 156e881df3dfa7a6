"""Embeddings by what was encoded (a picture's sha256, a text's) and by model, kept in one SQLite file between builds.

A kill -9 loses at most what the last, unfinished batch had encoded. Vectors are kept as f16, and `as_kept` gives a
fresh one the same rounding, so that a resumed build equals an unbroken one.
"""

import hashlib
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from inference.encoder import Embedding

_TABLES = """
CREATE TABLE IF NOT EXISTS embeddings (model_id TEXT, key TEXT, vector BLOB NOT NULL, PRIMARY KEY (model_id, key))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pictures (uri TEXT PRIMARY KEY, etag TEXT NOT NULL, sha256 TEXT NOT NULL) WITHOUT ROWID;
"""


class CacheBusy(Exception):
    """The cache file cannot be opened or written; the message says why and what to do."""


class Seen(NamedTuple):
    """What was behind a picture's URI the last time."""

    etag: str
    sha256: str


class EmbeddingCache:
    """Embeddings of one model. Thread-safe."""

    def __init__(self, path: Path, model_id: str, dim: int) -> None:
        """Open the file, or make it; one that is damaged is put aside, for it can be made again.

        Raises:
            CacheBusy: the folder cannot be written.
        """
        self._model_id, self._dim = model_id, dim
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                self._db = _opened(path)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                path.replace(path.with_suffix(".damaged"))
                for left in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
                    left.unlink(missing_ok=True)
                self._db = _opened(path)
        except (OSError, sqlite3.OperationalError) as error:
            raise CacheBusy(f"{path} cannot be opened ({error}); check the data folder's rights and space.") from error

    def pictures(self, sha256s: Sequence[str]) -> dict[str, Embedding]:
        """Those that are there, by the picture's sha256."""
        return self._get("p", sha256s)

    def texts(self, texts: Sequence[str]) -> dict[str, Embedding]:
        """Those that are there, by text."""
        by_key = {_text_key(text): text for text in texts}
        return {by_key[key]: vector for key, vector in self._get("t", list(by_key)).items()}

    def seen(self, uris: Sequence[str]) -> dict[str, Seen]:
        """What is known of pictures by URI, where the embedding is there too."""
        found: dict[str, Seen] = {}
        with self._lock:
            for uri in uris:
                row = self._db.execute(
                    "SELECT etag, sha256 FROM pictures WHERE uri = ? AND EXISTS "
                    "(SELECT 1 FROM embeddings WHERE model_id = ? AND key = 'p' || sha256)",
                    (uri, self._model_id),
                ).fetchone()
                if row:
                    found[uri] = Seen(*row)
        return found

    def keep(
        self,
        *,
        pictures: Mapping[str, Embedding] | None = None,
        texts: Mapping[str, Embedding] | None = None,
        seen: Mapping[str, Seen] | None = None,
    ) -> None:
        """Keep vectors by sha256 and by text, and what was behind URIs, in one transaction."""
        vectors = [(f"p{sha256}", vector) for sha256, vector in (pictures or {}).items()]
        vectors += [(f"t{_text_key(text)}", vector) for text, vector in (texts or {}).items()]
        rows = [(self._model_id, key, vector.astype("<f2").tobytes()) for key, vector in vectors]
        links = [(uri, *what) for uri, what in (seen or {}).items()]
        try:
            with self._lock, self._db:
                self._db.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", rows)
                self._db.executemany("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?)", links)
        except sqlite3.OperationalError as error:
            raise CacheBusy(
                f"The embedding cache cannot be written ({error}); make room in the data folder."
            ) from error

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _get(self, kind: str, keys: Sequence[str]) -> dict[str, Embedding]:
        found: dict[str, Embedding] = {}
        with self._lock:
            for key in keys:
                row = self._db.execute(
                    "SELECT vector FROM embeddings WHERE model_id = ? AND key = ?", (self._model_id, kind + key)
                ).fetchone()
                if row and len(row[0]) == 2 * self._dim:
                    found[key] = unit(np.frombuffer(row[0], dtype="<f2").astype(np.float32))
        return found


def as_kept(vector: NDArray[np.float32]) -> Embedding:
    """A fresh vector as the cache would give it back: rounded to f16, unit length.

    Raises:
        ValueError: it is not finite, or zero.
    """
    return unit(vector.astype("<f2").astype(np.float32))


def unit(vector: NDArray[np.float32]) -> Embedding:
    """The vector at unit length.

    Raises:
        ValueError: it is not finite, or zero.
    """
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0:
        raise ValueError("a vector is zero or not finite")
    return np.asarray(vector / np.float32(length), dtype=np.float32)


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.executescript(_TABLES)
    except BaseException:
        db.close()
        raise
    return db


def _text_key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
