"""A path or link in, a `Source` out: the kind of catalogue is found by looking."""

import re
import shutil
import tempfile
import weakref
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from indexing.fetch import Fetcher, NotFetched
from indexing.settings import FetchSettings
from indexing.sources.abo import BerkeleyObjects, find_listings
from indexing.sources.files import head
from indexing.sources.folder import PicturesOnly
from indexing.sources.json_records import JsonDocument, JsonLines
from indexing.sources.listing import Listing, Records, listing_of
from indexing.sources.merchant import MerchantXml
from indexing.sources.pictures import PICTURE_SUFFIXES, PictureFolder
from indexing.sources.source import BadSource, NoListing, Source
from indexing.sources.tables import Table

_LISTING_NAME = re.compile(r"\.(csv|tsv|json|jsonl|ndjson|xml)(\.gz)?$", re.IGNORECASE)
_SUFFIXES = "CSV, TSV, JSON, JSON lines or XML"
_LARGEST_FEED_BYTES = 500_000_000
_LONGEST_DOWNLOAD_S = 900.0


def open_source(
    location: str | Path, *, images: Path | None = None, currency: str = "USD", fetch: FetchSettings | None = None
) -> Source:
    """Find out what kind of catalogue lies at a place.

    Args:
        location: a folder in ABO's layout, a folder with a listing, a folder of pictures, a file, or a link to a file.
        images: the folder of the pictures, where it is not the source's own.
        currency: ISO 4217 of prices that name none.
        fetch: how a link is fetched; safe defaults.

    Raises:
        BadSource: nothing there, or nothing that can be read as a catalogue.
    """
    if images is not None and not images.is_dir():
        raise BadSource(f"{images} is no folder; name the folder that holds the pictures.")
    text = str(location)
    if text.startswith(("http://", "https://")):
        return _linked(text, images, currency, fetch or FetchSettings())
    if re.match(r"[a-z0-9]+://", text):
        raise BadSource(
            f"{text.split('://')[0]}:// sources cannot be read here; copy the catalogue to a folder and name that."
        )
    path = Path(text).expanduser()
    if path.is_dir():
        return _folder(path, images, currency)
    if not path.is_file():
        raise BadSource(f"{path} is not there; name a folder, or a {_SUFFIXES} file.")
    if path.name.startswith("listings_") and find_listings(path.parent):
        return BerkeleyObjects(root=_abo_root(path.parent), listings=(path,), currency=currency, images=images)
    if path.suffix.lower() in PICTURE_SUFFIXES:
        raise BadSource(f"{path} is a single picture; name the folder that holds it.")
    return _file(path, text, images, currency)


def _folder(root: Path, images: Path | None, currency: str) -> Source:
    if listings := find_listings(root):
        return BerkeleyObjects(root=_abo_root(root), listings=listings, currency=currency, images=images)
    pictures = PictureFolder(images or root)
    candidates, notes, problems = [], [], []
    for path in sorted(root.iterdir()):
        if path.is_file() and _LISTING_NAME.search(path.name):
            try:
                candidates.append(_listing(path, str(root), pictures, currency, may_scan=True))
            except NoListing as none:
                notes.append(f"{path.name} is no listing of products: {none}")
            except BadSource as bad:
                problems.append(f"{path.name} cannot be read as a listing of products: {bad}")
    if candidates:
        return replace(_richest(candidates, root), unread=tuple(problems))
    if problems and pictures.paths:  # pictures alone would take the place of the products that it was to name
        raise BadSource(f"{problems[0]} If the pictures are the whole catalogue, move the file out of {root}.")
    if pictures.paths:
        return PicturesOnly(pictures=pictures, location=str(root), notes=tuple(notes))
    if problems or notes:
        raise BadSource((problems or notes)[0])
    raise BadSource(f"{root} holds neither a {_SUFFIXES} listing nor pictures; name the folder that does.")


def _richest(candidates: list[Listing], root: Path) -> Listing:
    """The listing that tells most of its products; two that tell as much are a question for the keeper."""
    ranked = sorted(candidates, key=lambda listing: -len(listing.columns.shown))
    if len(ranked) > 1 and len(ranked[0].columns.shown) == len(ranked[1].columns.shown):
        names = " and ".join(listing.records.path.name for listing in ranked[:2])
        raise BadSource(
            f"{root} holds several listings, among them {names}; name the one to index and --images {root}."
        )
    return ranked[0]


def _file(path: Path, location: str, images: Path | None, currency: str) -> Listing:
    return _listing(path, location, PictureFolder(images or path.parent), currency, may_scan=images is not None)


def _listing(path: Path, location: str, pictures: PictureFolder | None, currency: str, *, may_scan: bool) -> Listing:
    return listing_of(_records(path), location=location, currency=currency, pictures=pictures, may_scan=may_scan)


def _records(path: Path) -> Records:
    """The reader for a file, by what it begins with; its name decides between JSON and JSON lines only."""
    start = head(path).lstrip("\ufeff \t\r\n")
    if not start:
        raise BadSource(f"{path} is empty; it needs a row for each product.")
    if _is_binary(start):
        raise BadSource(f"{path} is not a text file; save the catalogue as {_SUFFIXES}.")
    if start.startswith("<"):
        return MerchantXml(path)
    if start.startswith("["):
        return JsonDocument(path)
    if start.startswith("{"):
        is_lines = re.search(r"\.(jsonl|ndjson)(\.gz)?$", path.name.lower()) or _begins_with_an_object_a_line(start)
        return JsonLines(path) if is_lines else JsonDocument(path)
    return Table(path)


def _is_binary(start: str) -> bool:
    """True for archives, workbooks, PDFs; a stray control character makes no text binary."""
    strange = sum(char < " " and char not in "\t\r\n\f" for char in start)
    return start.startswith(("%PDF", "PK\x03\x04")) or strange > 0.05 * len(start)


def _begins_with_an_object_a_line(start: str) -> bool:
    """True where the first of several lines is a JSON object of its own."""
    first, newline, rest = start.partition("\n")
    try:
        orjson.loads(first)
    except ValueError:
        return False
    return bool(newline and rest.strip())


def _linked(url: str, images: Path | None, currency: str, fetch: FetchSettings) -> Source:
    name = Path(urlsplit(url).path).name or "feed"
    try:
        with Fetcher(replace(fetch, max_bytes=_LARGEST_FEED_BYTES, deadline_s=_LONGEST_DOWNLOAD_S)) as fetcher:
            data = fetcher.fetch_url(url).data
    except NotFetched as error:
        raise BadSource(f"{_without_secrets(url)} cannot be read: {error}") from error
    folder = Path(tempfile.mkdtemp(prefix="looksee-feed-"))
    path = folder / re.sub(r"[^\w.-]", "_", name)
    path.write_bytes(data)
    pictures = PictureFolder(images) if images else None
    try:
        listing = _listing(path, _without_secrets(url), pictures, currency, may_scan=images is not None)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(listing, shutil.rmtree, folder, ignore_errors=True)
    return listing


def _without_secrets(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host, query="", fragment="").geturl()


def _abo_root(folder: Path) -> Path:
    """The root of an ABO tree from its listings folder or from itself."""
    for place in (folder, *folder.parents[:2]):
        if (place / "images").is_dir() or (place / "listings").is_dir():
            return place
    return folder
