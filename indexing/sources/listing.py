"""A file of records, its columns and a folder of pictures in, products out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Protocol

import msgspec

from indexing.generation import Reject
from indexing.product import Product
from indexing.sources.columns import Columns, Record, guess_columns, strings
from indexing.sources.files import encoding_of, opened
from indexing.sources.merchant import KIND, merchant_columns
from indexing.sources.pictures import PictureFolder
from indexing.sources.records import product_of
from indexing.sources.source import BadRow, BadSource, Listed, SourceDescription, SourceRow
from indexing.sources.text import plain

SAMPLE = 200
"""Rows looked at to guess the columns."""
_LONGEST_TEXT_BYTES = 100_000


class Records(Protocol):
    """A file whose rows are records."""

    @property
    def path(self) -> Path: ...

    @property
    def kind(self) -> str: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    def expected_rows(self) -> int | None: ...

    def records(self) -> Iterator[Record | BadRow]: ...


@dataclass(frozen=True, kw_only=True)
class _Claims:
    """What the rows name themselves, which is then nobody else's."""

    ids: frozenset[str]
    pictures: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A `Source` made of records.

    Pictures come from its columns, else from files named by the id; those in folders named like the product follow.
    """

    records: Records
    columns: Columns
    location: str
    currency: str
    pictures: PictureFolder | None = None
    """Where relative paths lead; None where the source came over the network without pictures."""
    may_scan: bool = False
    """True where the folder was named by the keeper, so that files may be looked for in it."""
    kind: str = ""
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def folder(self) -> Path | None:
        return self.pictures.root if self.pictures else None

    def expected_rows(self) -> int | None:
        return self.records.expected_rows()

    def describe(self) -> SourceDescription:
        notes = [*self.records.notes, *self.notes]
        if "id" not in self.columns.of:
            notes.append(f"No column holds an id: {self.columns.of['title']!r} is taken for it.")
        if "price" in self.columns.of and "currency" not in self.columns.of:
            notes.append(f"Prices that name no currency are read as {self.currency} (LOOKSEE_CURRENCY changes it).")
        if self.columns.slugs:
            notes.append("Hyphens and underscores in names are read as spaces.")
        if self._may_look:
            if not self.columns.pictures:
                notes.append("Pictures are the files named by a product's id.")
            if self._has_folders_named:
                notes.append("Pictures in a folder named like a product are that product's.")
            if held_out := self.pictures.held_out if self.pictures else ():
                notes.append(f"Left out as test pictures of a data set: {', '.join(held_out)}.")
        elif not self.columns.pictures:
            notes.append("No column holds pictures; name a folder with --images if files are named by id.")
        return SourceDescription(
            kind=self.kind or self.records.kind,
            location=self.location,
            columns=self.columns.shown,
            unused=self.columns.unused,
            notes=tuple(notes),
            unread=self.unread,
        )

    def rows(self) -> Iterator[SourceRow]:
        for number, record in enumerate(self.records.records(), 1):
            if isinstance(record, BadRow):
                yield Reject(row=number, product_id="", reason=str(record))
                continue
            try:
                product = product_of(record, self.columns, currency=self.currency)
            except BadRow as bad:
                yield Reject(row=number, product_id=self._raw(record, "id"), reason=str(bad))
                continue
            yield Listed(row=number, product=self._complete(product, record))

    @property
    def _may_look(self) -> bool:
        return self.may_scan and self.pictures is not None

    def _complete(self, product: Product, record: Record) -> Product:
        """The product with its pictures found and its description read, where a cell names a file."""
        if self.pictures is None:
            return product
        places = [uri if "://" in uri else self.pictures.place(uri, may_look=self.may_scan) for uri in product.pictures]
        if self._may_look:
            if not places:
                places += self.pictures.named(product.id, self._claims.ids)
            names = (product.id, product.title, self._raw(record, "title"))
            places += [p for p in self.pictures.in_folder_named(names) if p not in self._claims.pictures]
        return msgspec.structs.replace(
            product, pictures=tuple(dict.fromkeys(places)), description=self._description(product.description)
        )

    def _description(self, text: str) -> str:
        """The text of the file that a cell names, or the cell."""
        if self.pictures is None or not text.lower().endswith((".txt", ".md")):
            return text
        path = (self.pictures.root / text.replace("\\", "/").lstrip("/")).resolve()
        is_ours = path.is_relative_to(self.pictures.root.resolve()) and path.is_file()
        if not is_ours or path.stat().st_size > _LONGEST_TEXT_BYTES:
            return text
        with opened(path) as file:
            return plain(file.read().decode(encoding_of(path), "replace"))

    def _raw(self, record: Record, name: str) -> str:
        found = strings(record.get(self.columns.of.get(name, "")))
        return found[0].strip() if found else ""

    @cached_property
    def _claims(self) -> _Claims:
        """Read once ahead: ids, and pictures that rows name, are not given to other products."""
        ids: set[str] = set()
        named: set[str] = set()
        for record in self.records.records():
            if isinstance(record, BadRow):
                continue
            ids.add(self._raw(record, "id").casefold())
            if self.pictures:
                uris = [uri for column in self.columns.pictures for uri in strings(record.get(column))]
                named.update(self.pictures.place(uri) for uri in uris if "://" not in uri)
        return _Claims(ids=frozenset(ids), pictures=frozenset(named))

    @cached_property
    def _has_folders_named(self) -> bool:
        records = (record for record in self.records.records() if not isinstance(record, BadRow))
        names = (self._raw(record, name) for record in islice(records, SAMPLE) for name in ("id", "title"))
        return bool(self.pictures and self.pictures.in_folder_named(names))


def listing_of(
    records: Records, *, location: str, currency: str, pictures: PictureFolder | None, may_scan: bool
) -> Listing:
    """Look at the first rows, guess the columns, and make a source of the file.

    Raises:
        BadSource: no rows, or no column that could be a product's title or id.
    """
    sample = [record for record in islice(records.records(), SAMPLE) if not isinstance(record, BadRow)]
    if not sample:
        raise BadSource(f"{location} holds no rows that can be read; it needs a line or object for each product.")
    headers = tuple(dict.fromkeys(column for record in sample for column in record))
    merchant = merchant_columns(headers)
    columns = merchant or guess_columns(sample)
    if "title" not in columns.of:
        shown = ", ".join(headers[:12]) or "none"
        raise BadSource(f"{location} has no column for a product's title; name one `title`. Its columns: {shown}.")
    return Listing(
        records=records,
        columns=columns,
        location=location,
        currency=currency,
        pictures=pictures,
        may_scan=may_scan,
        kind=KIND if merchant else "",
        notes=(f"{records.kind}.",) if merchant and records.kind != KIND else (),
    )
