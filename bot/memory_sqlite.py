"""The `Memory` port in one SQLite file: several threads and several processes of one machine may share it."""

import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from bot.memory import (
    MOST_RECENT,
    MOST_SAVED,
    QUESTION_LIFETIME_S,
    Claim,
    MemoryUnavailable,
    Person,
    Place,
    Preferences,
    QuestionKey,
    Recent,
    Saved,
    Thread,
    Turn,
    Verdict,
    Workspace,
)
from bot.query import Query

_TABLES = """
CREATE TABLE IF NOT EXISTS questions (
  enterprise TEXT, team TEXT, channel TEXT, thread TEXT, app TEXT, ts TEXT, revision TEXT, user TEXT NOT NULL,
  holder TEXT NOT NULL, lease_until_s REAL NOT NULL, attempt INTEGER NOT NULL, received_s REAL NOT NULL,
  payload BLOB, PRIMARY KEY (enterprise, team, channel, thread, app, ts, revision)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS questions_open ON questions (lease_until_s) WHERE payload IS NOT NULL;
CREATE TABLE IF NOT EXISTS threads (
  enterprise TEXT, team TEXT, channel TEXT, thread TEXT, version INTEGER NOT NULL, turns BLOB NOT NULL,
  touched_s REAL NOT NULL, PRIMARY KEY (enterprise, team, channel, thread)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS saved (
  enterprise TEXT, team TEXT, user TEXT, product TEXT, catalogue TEXT NOT NULL, touched_s REAL NOT NULL,
  PRIMARY KEY (enterprise, team, user, product)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS searches (
  enterprise TEXT, team TEXT, user TEXT, query BLOB, touched_s REAL NOT NULL,
  PRIMARY KEY (enterprise, team, user, query)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS verdicts (
  enterprise TEXT, team TEXT, user TEXT, channel TEXT, thread TEXT, ts TEXT, verdict TEXT NOT NULL,
  touched_s REAL NOT NULL, PRIMARY KEY (enterprise, team, user, channel, thread, ts)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS preferences (
  enterprise TEXT, team TEXT, user TEXT, chosen BLOB NOT NULL, touched_s REAL NOT NULL,
  PRIMARY KEY (enterprise, team, user)) WITHOUT ROWID;
"""
_OF_A_PERSON = ("saved", "searches", "verdicts", "preferences", "questions")
_OF_A_WORKSPACE = (*_OF_A_PERSON, "threads")
_KEPT_FOR_A_TIME = ("threads", "searches", "verdicts")
"""What a person saved and chose stays until they take it back."""
_QUESTION = "enterprise = ? AND team = ? AND channel = ? AND thread = ? AND app = ? AND ts = ? AND revision = ?"
_PERSON = "enterprise = ? AND team = ? AND user = ?"
_PLACE = "enterprise = ? AND team = ? AND channel = ? AND thread = ?"
_FIELDS = "enterprise, team, channel, thread, app, ts, revision, user, holder, attempt, payload, received_s"
T = TypeVar("T")


class SqliteMemory:
    """See `Memory`. The file is readable by its owner only, and what is deleted is overwritten (`secure_delete`)."""

    def __init__(self, file: Path, *, retention_days: float = 30.0, now_s: Callable[[], float] = time.time) -> None:
        """Open the file, made if it is new.

        Raises:
            MemoryUnavailable: it cannot be opened.
        """
        self._file = file
        self._retention_s = retention_days * 24 * 3600
        self._now_s = now_s
        self._threads = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its -wal and -shm the same mode
        except OSError as error:
            raise MemoryUnavailable(f"{file} cannot be opened for writing") from error
        with self._writing() as connection:
            for statement in _TABLES.strip().split(";\n"):
                connection.execute(statement)

    def claim(self, key: QuestionKey, *, user: str, payload: Mapping[str, Any], lease_s: float) -> Claim | None:
        """See `Memory.claim`."""
        now_s, holder = self._now_s(), secrets.token_hex(8)
        with self._writing() as connection:
            row = (*_of_question(key), user, holder, now_s + lease_s, 1, now_s, msgspec.json.encode(payload))
            done = connection.execute(f"INSERT OR IGNORE INTO questions VALUES ({_marks(13)})", row)
            if not done.rowcount:
                return None
        return Claim(key=key, user=user, holder=holder, attempt=1, payload=payload, received_s=now_s)

    def renew(self, claim: Claim, *, lease_s: float) -> bool:
        """See `Memory.renew`."""
        statement = f"UPDATE questions SET lease_until_s = ? WHERE {_QUESTION} AND holder = ? AND payload IS NOT NULL"
        with self._writing() as connection:
            until_s = self._now_s() + lease_s
            done = connection.execute(statement, (until_s, *_of_question(claim.key), claim.holder))
            return bool(done.rowcount)

    def finish(self, claim: Claim) -> None:
        """See `Memory.finish`."""
        statement = f"UPDATE questions SET payload = NULL, user = '' WHERE {_QUESTION} AND holder = ?"
        with self._writing() as connection:
            connection.execute(statement, (*_of_question(claim.key), claim.holder))

    def take_expired(self, *, lease_s: float, most: int) -> list[Claim]:
        """See `Memory.take_expired`."""
        now_s = self._now_s()
        look = "payload IS NOT NULL AND lease_until_s <= ?"
        if not self._reading(lambda c: c.execute(f"SELECT 1 FROM questions WHERE {look} LIMIT 1", (now_s,)).fetchone()):
            return []  # nobody is kept from writing where there is nothing to take
        order = f"SELECT {_FIELDS} FROM questions WHERE {look} ORDER BY ts LIMIT ?"
        change = f"UPDATE questions SET holder = ?, lease_until_s = ?, attempt = attempt + 1 WHERE {_QUESTION}"
        with self._writing() as connection:
            taken = []
            for row in connection.execute(order, (now_s, most)).fetchall():
                holder = secrets.token_hex(8)
                connection.execute(change, (holder, now_s + lease_s, *row[:7]))
                taken.append(_claim(row, holder))
            return taken

    def has_earlier(self, key: QuestionKey) -> bool:
        """See `Memory.has_earlier`."""
        earlier = f"{_PLACE} AND app = ? AND (ts, revision) < (?, ?)"
        statement = f"SELECT 1 FROM questions WHERE {earlier} AND payload IS NOT NULL LIMIT 1"
        asked = (*_of_place(key.place), key.app, key.ts, key.revision)
        return self._reading(lambda connection: connection.execute(statement, asked).fetchone()) is not None

    def thread(self, place: Place) -> Thread:
        """See `Memory.thread`."""
        statement = f"SELECT version, turns FROM threads WHERE {_PLACE}"
        row = self._reading(lambda connection: connection.execute(statement, _of_place(place)).fetchone())
        return Thread(version=row[0], turns=msgspec.json.decode(row[1], type=tuple[Turn, ...])) if row else Thread()

    def put_thread(self, place: Place, thread: Thread) -> bool:
        """See `Memory.put_thread`."""
        turns, now_s = msgspec.json.encode(thread.turns), self._now_s()
        with self._writing() as connection:
            if thread.version == 0:
                row = (*_of_place(place), 1, turns, now_s)
                done = connection.execute(f"INSERT OR IGNORE INTO threads VALUES ({_marks(7)})", row)
            else:
                statement = f"UPDATE threads SET version = ?, turns = ?, touched_s = ? WHERE {_PLACE} AND version = ?"
                change = (thread.version + 1, turns, now_s, *_of_place(place), thread.version)
                done = connection.execute(statement, change)
            return bool(done.rowcount)

    def preferences(self, person: Person) -> Preferences:
        """See `Memory.preferences`."""
        statement = f"SELECT chosen FROM preferences WHERE {_PERSON}"
        row = self._reading(lambda connection: connection.execute(statement, _of_person(person)).fetchone())
        return msgspec.json.decode(row[0], type=Preferences) if row else Preferences()

    def prefer(self, person: Person, preferences: Preferences) -> None:
        """See `Memory.prefer`."""
        self._put("preferences", (*_of_person(person), msgspec.json.encode(preferences), self._now_s()))

    def save(self, person: Person, saved: Saved) -> None:
        """See `Memory.save`."""
        self._put("saved", (*_of_person(person), saved.product, saved.catalogue, self._now_s()))
        self._keep_newest("saved", "product", person, MOST_SAVED)

    def unsave(self, person: Person, product: str) -> None:
        """See `Memory.unsave`."""
        with self._writing() as connection:
            connection.execute(f"DELETE FROM saved WHERE {_PERSON} AND product = ?", (*_of_person(person), product))

    def saved(self, person: Person) -> list[Saved]:
        """See `Memory.saved`."""
        statement = f"SELECT product, catalogue, touched_s FROM saved WHERE {_PERSON} ORDER BY touched_s DESC"
        rows = self._reading(lambda connection: connection.execute(statement, _of_person(person)).fetchall())
        return [Saved(product=product, catalogue=catalogue, saved_s=at_s) for product, catalogue, at_s in rows]

    def searched(self, person: Person, recent: Recent) -> None:
        """See `Memory.searched`."""
        self._put("searches", (*_of_person(person), msgspec.json.encode(recent.query), self._now_s()))
        self._keep_newest("searches", "query", person, MOST_RECENT)

    def recent(self, person: Person) -> list[Recent]:
        """See `Memory.recent`."""
        statement = f"SELECT query, touched_s FROM searches WHERE {_PERSON} ORDER BY touched_s DESC"
        rows = self._reading(lambda connection: connection.execute(statement, _of_person(person)).fetchall())
        return [Recent(query=msgspec.json.decode(query, type=Query), asked_s=at_s) for query, at_s in rows]

    def judge(self, person: Person, place: Place, ts: str, verdict: Verdict) -> None:
        """See `Memory.judge`."""
        self._put("verdicts", (*_of_person(person), place.channel, place.thread, ts, verdict, self._now_s()))

    def forget(self, person: Person) -> None:
        """See `Memory.forget`."""
        workspace = _of_workspace(person.workspace)
        look = "SELECT channel, thread, turns FROM threads WHERE enterprise = ? AND team = ?"
        change = f"UPDATE threads SET version = version + 1, turns = ? WHERE {_PLACE}"
        with self._writing() as connection:
            for channel, thread, encoded in connection.execute(look, workspace).fetchall():
                turns = msgspec.json.decode(encoded, type=tuple[Turn, ...])
                others = tuple(turn for turn in turns if turn.user != person.user)
                if not others:
                    connection.execute(f"DELETE FROM threads WHERE {_PLACE}", (*workspace, channel, thread))
                elif len(others) < len(turns):
                    connection.execute(change, (msgspec.json.encode(others), *workspace, channel, thread))
            for table in _OF_A_PERSON:
                connection.execute(f"DELETE FROM {table} WHERE {_PERSON}", _of_person(person))
        self._overwrite_log()

    def uninstall(self, workspace: Workspace) -> None:
        """See `Memory.uninstall`."""
        with self._writing() as connection:
            for table in _OF_A_WORKSPACE:
                where = "enterprise = ? AND team = ?" if workspace.team else "enterprise = ?"
                names = _of_workspace(workspace) if workspace.team else (workspace.enterprise,)
                connection.execute(f"DELETE FROM {table} WHERE {where}", names)
        self._overwrite_log()

    def clean(self) -> None:
        """See `Memory.clean`."""
        now_s = self._now_s()
        with self._writing() as connection:
            connection.execute("DELETE FROM questions WHERE received_s < ?", (now_s - QUESTION_LIFETIME_S,))
            for table in _KEPT_FOR_A_TIME:
                connection.execute(f"DELETE FROM {table} WHERE touched_s < ?", (now_s - self._retention_s,))
        self._overwrite_log()

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._opened:
                connection.close()
            self._opened.clear()
        self._threads = threading.local()

    def _put(self, table: str, row: tuple[Any, ...]) -> None:
        with self._writing() as connection:
            connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({_marks(len(row))})", row)

    def _keep_newest(self, table: str, name: str, person: Person, most: int) -> None:
        newest = f"SELECT {name} FROM {table} WHERE {_PERSON} ORDER BY touched_s DESC LIMIT ?"
        with self._writing() as connection:
            row = (*_of_person(person), *_of_person(person), most)
            connection.execute(f"DELETE FROM {table} WHERE {_PERSON} AND {name} NOT IN ({newest})", row)

    def _overwrite_log(self) -> None:
        """Empty the write-ahead log: deleted words stay in it otherwise until it is used again."""
        with self._translated():
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _reading(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        with self._translated():
            return ask(self._connection())

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that has the write lock from the start, so that two never have to give way to each other."""
        with self._turn, self._translated():  # threads queue here: SQLite would have them sleep and try again
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise MemoryUnavailable(f"the memory {self._file.name} cannot be used") from error

    def _connection(self) -> sqlite3.Connection:
        """This thread's own connection."""
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._file, timeout=10.0, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA secure_delete = ON").fetchall()
            self._threads.connection = connection
            with self._lock:
                self._opened.append(connection)
        return connection


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _of_workspace(workspace: Workspace) -> tuple[str, str]:
    return workspace.enterprise, workspace.team


def _of_person(person: Person) -> tuple[str, str, str]:
    return *_of_workspace(person.workspace), person.user


def _of_place(place: Place) -> tuple[str, str, str, str]:
    return *_of_workspace(place.workspace), place.channel, place.thread


def _of_question(key: QuestionKey) -> tuple[str, ...]:
    return *_of_place(key.place), key.app, key.ts, key.revision


def _claim(row: tuple[Any, ...], holder: str) -> Claim:
    enterprise, team, channel, thread, app, ts, revision, user, _holder, attempt, payload, received_s = row
    place = Place(Workspace(enterprise, team), channel, thread)
    return Claim(
        key=QuestionKey(place, app, ts, revision),
        user=user,
        holder=holder,
        attempt=attempt + 1,
        payload=msgspec.json.decode(payload),
        received_s=received_s,
    )
