"""A run's rows in, one gzip file of JSON lines out; and the file as a `Source`, where the index is built.

The first line says where the rows come from; each other one is a product whose pictures are in S3, or a reject.
"""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from indexing.generation import Reject
from indexing.product import Product
from indexing.sources.files import count_lines, opened
from indexing.sources.source import BadSource, Listed, SourceDescription, SourceRow


class _Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    row: int
    product: Product | None = None
    reject: Reject | None = None


def write_rows(path: Path, about: SourceDescription, rows: Iterable[SourceRow]) -> None:
    """Write a run's rows; the file appears whole or not at all."""
    encoder, pending = msgspec.json.Encoder(), path.with_name(f".{path.name}.part")
    with gzip.open(pending, "wb", compresslevel=5) as file:
        file.write(encoder.encode(about) + b"\n")
        for row in rows:
            line = (
                _Line(row=row.row, reject=row) if isinstance(row, Reject) else _Line(row=row.row, product=row.product)
            )
            file.write(encoder.encode(line) + b"\n")
    pending.replace(path)


@dataclass(frozen=True)
class RunRows:
    """A `Source` of what `write_rows` wrote."""

    path: Path

    @property
    def folder(self) -> Path | None:
        return None

    def describe(self) -> SourceDescription:
        return self._about

    def expected_rows(self) -> int | None:
        return count_lines(self.path) - 1

    def rows(self) -> Iterator[SourceRow]:
        decoder = msgspec.json.Decoder(_Line)
        with opened(self.path) as file:
            next(iter(file), b"")
            for text in file:
                line = decoder.decode(text)
                if line.reject is not None:
                    yield line.reject
                elif line.product is not None:
                    yield Listed(row=line.row, product=line.product)

    @cached_property
    def _about(self) -> SourceDescription:
        with opened(self.path) as file:
            try:
                return msgspec.json.decode(next(iter(file), b""), type=SourceDescription)
            except msgspec.MsgspecError as error:
                raise BadSource(f"{self.path} is no file of a run; start `looksee aws encode` again.") from error
