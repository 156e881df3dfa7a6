"""Rejects in, a JSON lines file out: what was not indexed, and why, for the catalogue's keeper."""

from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from indexing.generation import Reject


class RejectsFile:
    """One file a generation, written anew by each run of a build; counts rows and pictures apart."""

    def __init__(self, path: Path) -> None:
        """Open the file for writing."""
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = path.open("wb")
        self.rows = 0
        """Rows that were refused whole."""
        self.pictures = 0
        """Pictures that were refused beside a row that was kept."""

    def add(self, reject: Reject) -> None:
        """Write one reject."""
        self._file.write(msgspec.json.encode(reject) + b"\n")
        if reject.picture:
            self.pictures += 1
        else:
            self.rows += 1

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
