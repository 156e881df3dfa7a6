"""The `Source` port: a catalogue as a shop keeps it in, rows out, one at a time, each a product or a reason why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

from indexing.generation import Reject
from indexing.product import Product


class BadSource(Exception):
    """The source as a whole cannot be used; the message is one sentence that says what to do."""


class NoListing(BadSource):
    """A file that can be read and holds no products, such as a program's settings."""


class BadRow(Exception):
    """One row cannot be used; the message is one sentence for the catalogue's keeper."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A row that is a product."""

    row: int
    """1-based number of the row in the source; a header is not counted."""
    product: Product


SourceRow: TypeAlias = Listed | Reject
"""A `Reject` whose `picture` is empty is a row; one that names a picture comes beside the row it belongs to."""


class SourceDescription(msgspec.Struct, frozen=True, kw_only=True):
    """How a source was understood, for people."""

    kind: str
    """`Google Merchant feed`, `CSV`, `folder of pictures` and so on."""
    location: str
    columns: tuple[tuple[str, str], ...] = ()
    """(field of `Product`, column of the source), in the fields' order; a field may have several columns."""
    unused: tuple[str, ...] = ()
    """Columns that become attributes."""
    notes: tuple[str, ...] = ()
    """What was decided on the way, one sentence each."""
    unread: tuple[str, ...] = ()
    """Why a file that lies beside the listing, and should perhaps be it, is not read: one sentence each."""


class Source(Protocol):
    """A catalogue that can be read, more than once."""

    @property
    def folder(self) -> Path | None:
        """Relative picture URIs are relative to it; None where the source has links only."""
        ...

    def describe(self) -> SourceDescription: ...

    def expected_rows(self) -> int | None:
        """About how many rows there are, for a progress bar; None where that is as long to find out as to read."""
        ...

    def rows(self) -> Iterator[SourceRow]:
        """All rows in the source's order.

        Raises:
            BadSource: it breaks off in the middle, so that rows would be missing unseen.
        """
        ...
