"""A data folder and a catalogue's name in, its generations out: built, verified, promoted, rolled back, pruned.

`DATA/catalogues/NAME/CURRENT` names the live generation on its first line and the one before it on its second; it is
replaced in one step, so that a reader sees the old pair or the new one.
"""

import fcntl
import logging
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from indexing.embedded_schema import create, open_readable, open_writable, read_meta, write_meta
from indexing.embedded_store import EmbeddedStore
from indexing.embedded_verify import problems_of
from indexing.embedded_writer import EmbeddedWriter
from indexing.generation import BuildRefused, Generation
from indexing.store import NoCatalogue, nothing_indexed

log = logging.getLogger(__name__)


class EmbeddedGenerations:
    """The `Generations` of the embedded store: one SQLite file each."""

    def __init__(self, data_dir: Path, catalogue: str = "default"):
        """Use `data_dir/catalogues/catalogue`, made private to its owner.

        Raises:
            ValueError: the name cannot be a folder's.
        """
        if not re.fullmatch(r"[\w][\w.-]{0,63}", catalogue):
            raise ValueError(f"{catalogue!r} cannot name a catalogue; use letters, digits, - and _, 64 at most.")
        self._catalogue = catalogue
        self._root = data_dir / "catalogues" / catalogue
        self._files = self._root / "generations"
        for folder in (data_dir, data_dir / "catalogues", self._root, self._files):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._read: dict[tuple[str, int, int], Generation] = {}

    def live(self) -> Generation | None:
        """See `Generations.live`. Cheap: a file of two lines is read, and what it names only when it is new."""
        name, _ = self._current()
        file = self._file(name)
        return self._described(file, name) if name and file.is_file() else None

    def all(self) -> list[Generation]:
        """See `Generations.all`."""
        live, _ = self._current()
        found = [self._described(file, live) for file in sorted(self._files.glob("*.sqlite"))]
        return [generation for generation in found if generation is not None]

    def open(self, name: str | None = None) -> EmbeddedStore:
        """See `Generations.open`."""
        chosen = name or self._current()[0]
        if not chosen:
            raise nothing_indexed(self._catalogue, self._filled())
        return EmbeddedStore(self._file(chosen))

    def begin(
        self, *, model_id: str, dim: int, prompt: str, source: str, update: bool, pictures_folder: str = ""
    ) -> EmbeddedWriter:
        """See `Generations.begin`."""
        release = self._lock(f"process {os.getpid()}, begun {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, of {source}")
        try:
            for half in self._files.glob("*.part*"):  # a clone or a new file that a kill cut short
                half.unlink()
            unfinished = [g for g in self.all() if not g.is_complete]
            same = [g for g in unfinished if (g.model_id, g.dim, g.source) == (model_id, dim, source)]
            if same:
                name = same[-1].name
            else:
                begun = self._named(model_id, dim=dim, prompt=prompt, source=source, folder=pictures_folder)
                live = self.live() if update else None
                is_kin = live is not None and (live.model_id, live.dim) == (model_id, dim)
                self._start(begun, clone_of=live if is_kin else None)
                name = begun.name
            return EmbeddedWriter(open_writable(self._file(name)), release=release)
        except BaseException:
            release()
            raise

    def verify(self, name: str, *, sample: int = 100) -> list[str]:
        """See `Generations.verify`."""
        return problems_of(self._file(name), sample=sample)

    def promote(self, name: str) -> Generation:
        """See `Generations.promote`."""
        generation = self._described(self._file(name), name) if self._file(name).is_file() else None
        if generation is None or not generation.is_complete:
            what = "does not exist" if generation is None else "is not finished; run the same `looksee index` again"
            raise BuildRefused(f"The index {name} {what}.")
        live, previous = self._current()
        if live != name:
            self._point(name, live or previous)
        return generation

    def rollback(self) -> Generation:
        """See `Generations.rollback`."""
        live, previous = self._current()
        if not previous or not self._file(previous).is_file():
            raise BuildRefused(
                "There is no earlier index to go back to; `looksee generations list` shows those there are."
            )
        self._point(previous, live)
        found = self.live()
        if found is None:
            self._point(live, previous)
            raise BuildRefused(f"The earlier index {previous} cannot be read; the present one stays.")
        return found

    def prune(self, keep: int) -> list[str]:
        """See `Generations.prune`. An unfinished one goes too, unless a build is filling it."""
        try:
            release = self._lock("prune")
        except BuildRefused:
            release = None
        try:
            others = [g for g in self.all() if not g.is_live and (g.is_complete or release is not None)]
            complete = [g for g in others if g.is_complete]
            kept = {g.name for g in complete[max(len(complete) - max(keep, 0), 0) :]}
            removed = [g.name for g in others if g.name not in kept]
            for name in removed:
                for suffix in ("", "-wal", "-shm"):
                    self._file(name).with_name(f"{name}.sqlite{suffix}").unlink(missing_ok=True)
            return removed
        finally:
            if release is not None:
                release()

    def _filled(self) -> list[str]:
        """Names of the catalogues in which something is live."""
        return sorted(current.parent.name for current in self._root.parent.glob("*/CURRENT"))

    def _file(self, name: str) -> Path:
        if name and not re.fullmatch(r"[\w.-]+", name):
            raise NoCatalogue(f"{name!r} is no index's name; `looksee generations list` shows those there are.")
        return self._files / f"{name}.sqlite"

    def _current(self) -> tuple[str, str]:
        try:
            live, previous, *_ = [*(self._root / "CURRENT").read_text(encoding="utf-8").split("\n"), "", ""]
        except FileNotFoundError:
            return "", ""
        return live.strip(), previous.strip()

    def _point(self, live: str, previous: str) -> None:
        fresh = self._root / "CURRENT.new"
        with fresh.open("w", encoding="utf-8") as file:
            file.write(f"{live}\n{previous}\n")
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._root / "CURRENT")
        _sync_folder(self._root)

    def _described(self, file: Path, live: str) -> Generation | None:
        """What a file says of its generation, remembered until the file changes; None where it cannot be read."""
        stat = file.stat()
        key = file.stem, stat.st_mtime_ns, stat.st_size
        if key not in self._read or not self._read[key].is_complete:
            try:
                with closing(open_readable(file, is_finished=False)) as connection:
                    found = read_meta(connection)
            except (sqlite3.Error, msgspec.DecodeError):
                log.warning("an index file cannot be read", extra={"generation": file.stem})
                return None
            if found is None:
                return None
            self._read[key] = found
        size = sum(part.stat().st_size for part in (file, file.with_name(f"{file.name}-wal")) if part.is_file())
        return msgspec.structs.replace(self._read[key], is_live=file.stem == live, size_bytes=size)

    def _named(self, model_id: str, *, dim: int, prompt: str, source: str, folder: str) -> Generation:
        now = datetime.now(UTC).replace(microsecond=0)
        name = ""
        while not name or self._file(name).exists():
            name = f"{now:%Y%m%d-%H%M%S}-{re.sub(r'[^A-Za-z0-9.-]+', '-', model_id)}"
            now += timedelta(seconds=1)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        return Generation(
            name=name,
            catalogue=self._catalogue,
            model_id=model_id,
            dim=dim,
            prompt=prompt,
            created=created,
            source=source,
            pictures_folder=folder,
        )

    def _start(self, begun: Generation, *, clone_of: Generation | None) -> None:
        """Make the file under another name first: a kill in between leaves nothing that looks begun."""
        part = self._files / f"{begun.name}.part"
        if clone_of is None:
            connection = create(part)
        else:
            with closing(open_readable(self._file(clone_of.name))) as source, closing(sqlite3.connect(part)) as target:
                source.backup(target)
            connection = open_writable(part)
        with closing(connection):
            write_meta(connection, begun)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute("PRAGMA journal_mode = DELETE")
        part.replace(self._file(begun.name))
        _sync_folder(self._files)

    def _lock(self, who: str) -> Callable[[], None]:
        """Take the build lock, which ends with the process that holds it; what gives it back comes back.

        Raises:
            BuildRefused: another build holds it.
        """
        file = os.open(self._root / "build.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(file, 1000, 0).decode("utf-8", "replace").strip() or "unknown"
            os.close(file)
            sentence = (
                f"Another build of the catalogue {self._catalogue} is running ({holder}); wait until it has ended."
            )
            raise BuildRefused(sentence) from error
        os.ftruncate(file, 0)
        os.pwrite(file, who.encode(), 0)
        return lambda: os.close(file)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
