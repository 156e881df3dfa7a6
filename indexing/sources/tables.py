"""CSV and TSV files in, records out; the delimiter and the encoding are found by looking."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from indexing.sources.columns import Record
from indexing.sources.files import count_lines, encoding_of, head, opened
from indexing.sources.source import BadRow, BadSource

_DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}
_LONGEST_CELL = 1_000_000
_ENCODINGS = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp932": "Shift JIS", "latin-1": "Latin-1"}

csv.field_size_limit(_LONGEST_CELL)


@dataclass(frozen=True)
class Table:
    """A delimited text file with a header."""

    path: Path

    @property
    def kind(self) -> str:
        return "TSV" if self.delimiter == "\t" else "CSV"

    @cached_property
    def encoding(self) -> str:
        return encoding_of(self.path)

    @cached_property
    def delimiter(self) -> str:
        """The one that cuts the first lines into the same number of cells, the more the better."""
        lines = head(self.path).splitlines()[:20]
        return max(_DELIMITERS, key=lambda d: _evenness(lines, d))

    @property
    def notes(self) -> tuple[str, ...]:
        return (f"{_ENCODINGS[self.encoding]} text, cells separated by {_DELIMITERS[self.delimiter]}.",)

    @cached_property
    def header(self) -> tuple[str, ...]:
        with opened(self.path) as file:
            text = io.TextIOWrapper(file, self.encoding, newline="")
            cells = next(csv.reader(text, delimiter=self.delimiter), [])
        header = tuple(cell.strip() for cell in cells)
        if not any(header):
            raise BadSource(f"{self.path} is empty; it needs a header line and a line for each product.")
        return tuple(name or f"column {place}" for place, name in enumerate(header, 1))

    def expected_rows(self) -> int | None:
        return max(count_lines(self.path) - 1, 0)

    def records(self) -> Iterator[Record | BadRow]:
        """Each row under its header; a row that does not fit it is a `BadRow`."""
        header = self.header
        with opened(self.path) as file:
            text = io.TextIOWrapper(file, self.encoding, newline="")
            rows = csv.reader(text, delimiter=self.delimiter)
            next(rows, None)
            while True:
                try:
                    cells = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield BadRow(f"The row cannot be read: {error}.")
                    continue
                if not any(cell.strip() for cell in cells):
                    continue  # an empty line is no row
                if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
                    yield BadRow(
                        f"The row has {len(cells)} cells, the header {len(header)}; quote cells with the separator."
                    )
                else:
                    yield dict(zip(header, cells, strict=False))


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    try:
        rows = list(islice(csv.reader(lines, delimiter=delimiter), 20))
    except csv.Error:
        return (0, 0)
    widths = [len(row) for row in rows if row]
    width = widths[0] if widths else 0
    return (sum(w == width for w in widths), width) if width > 1 else (0, 0)
