"""A source in, what a build would find in it out: how it was understood, counts, first rejects, a sheet of pictures.

Nothing is written and no encoder is needed: this is `looksee index SOURCE --dry-run`.
"""

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import msgspec
from PIL import Image

from indexing.fetch import Fetcher, NotFetched
from indexing.generation import Reject
from indexing.product import Product
from indexing.settings import IndexSettings
from indexing.sources.reading import read_rows
from indexing.sources.source import Source, SourceDescription, SourceRow
from inference.decoding import PictureDecoder
from inference.images import UnreadablePhoto

_SHEET_COLUMNS, _SHEET_ROWS, _TILE_PX, _GAP_PX = 6, 4, 160, 8
_SHOWN = 10


class SourceCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a source; always `read == products + rejected`."""

    description: SourceDescription
    read: int
    products: int
    rejected: int
    pictures: int
    """Picture URIs that the products name."""
    missing_pictures: int
    """Picture files that are not there or may not be read, and pictures that the source names in vain. Links are not
    asked."""
    without_picture: int
    """Products that name no picture."""
    priced: dict[str, int]
    """Products with a price, by currency."""
    first_products: tuple[Product, ...]
    first_rejects: tuple[Reject, ...]
    """Rows and pictures, the first of each reason."""
    sheet: bytes
    """A JPEG with the first pictures that can be read; empty where none can."""


class _Tally:
    """Counts while the rows go by."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.read = self.products = self.rejected = self.pictures = self.missing = self.without_picture = 0
        self.priced: Counter[str] = Counter()
        self.first: list[Product] = []
        self.rejects: dict[str, Reject] = {}
        """The first of each reason; names in quotes make no other reason."""
        self.sheet_uris: list[str] = []
        self._fetcher = fetcher

    def add(self, row: SourceRow) -> None:
        if isinstance(row, Reject):
            self._reject(row)
            return
        product = row.product
        self.read += 1
        self.products += 1
        self.pictures += len(product.pictures)
        self.without_picture += not product.pictures
        if product.price:
            self.priced[product.price.currency] += 1
        for uri in product.pictures:
            if reason := self._fetcher.problem_of(uri):
                self._reject(Reject(row=row.row, product_id=product.id, reason=reason, picture=uri))
        if len(self.first) < _SHOWN:
            self.first.append(product)
        if product.pictures and len(self.sheet_uris) < 2 * _SHEET_COLUMNS * _SHEET_ROWS:
            self.sheet_uris.append(product.pictures[0])

    def _reject(self, reject: Reject) -> None:
        self.rejects.setdefault(re.sub(r"'[^']*'|\d+", "", reject.reason), reject)
        if reject.picture:
            self.missing += 1
        else:
            self.read += 1
            self.rejected += 1


def check_source(source: Source, *, settings: IndexSettings, limit: int | None = None) -> SourceCheck:
    """Read a source to its end, or its first `limit` rows, and change nothing.

    Raises:
        BadSource: it cannot be used, or breaks off.
    """
    impatient = replace(settings.fetch, attempts=1)
    with Fetcher(impatient, folder=source.folder) as fetcher:
        tally = _Tally(fetcher)
        for row in read_rows(source, limit):
            tally.add(row)
        sheet = _sheet(_thumbnails(fetcher, tally.sheet_uris))
    return SourceCheck(
        description=source.describe(),
        read=tally.read,
        products=tally.products,
        rejected=tally.rejected,
        pictures=tally.pictures,
        missing_pictures=tally.missing,
        without_picture=tally.without_picture,
        priced=dict(tally.priced.most_common()),
        first_products=tuple(tally.first),
        first_rejects=tuple(itertools.islice(tally.rejects.values(), _SHOWN)),
        sheet=sheet,
    )


def _thumbnails(fetcher: Fetcher, uris: list[str]) -> Iterator[bytes]:
    with PictureDecoder() as decoder:
        for uri in uris:
            try:
                yield decoder.thumbnail(fetcher.fetch(uri).data, _TILE_PX)
            except (NotFetched, UnreadablePhoto):
                continue  # the next ones fill the sheet; the build tells why


def _sheet(thumbnails: Iterator[bytes]) -> bytes:
    """A contact sheet as JPEG."""
    tiles = [Image.open(io.BytesIO(jpeg)) for jpeg in itertools.islice(thumbnails, _SHEET_COLUMNS * _SHEET_ROWS)]
    if not tiles:
        return b""
    step = _TILE_PX + _GAP_PX
    columns = min(len(tiles), _SHEET_COLUMNS)
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * step + _GAP_PX, rows * step + _GAP_PX), "white")
    for place, tile in enumerate(tiles):
        left, top = _GAP_PX + place % columns * step, _GAP_PX + place // columns * step
        sheet.paste(tile, (left + (_TILE_PX - tile.width) // 2, top + (_TILE_PX - tile.height) // 2))
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=85)
    return file.getvalue()
