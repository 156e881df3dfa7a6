"""A catalogue's rows in, the same rows with their pictures in our own bucket out: copied in parallel, each once.

A copy is called by its content, for example `catalogues/shop/8c/8ccb5859.1f0e9d8c7b6a5948.jpg`. So nothing is copied
twice, a name never means another picture, and whoever has seen one need not look at it again.
"""

import hashlib
import mimetypes
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

import msgspec

from indexing.fetch import Fetcher, NotFetched
from indexing.generation import Reject
from indexing.sources.source import Listed, SourceRow

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

WORKERS = 32
"""Copies at the same time: S3 takes 3,500 a second under one prefix, and each waits some 50 ms."""
_WINDOW = 512
"""Rows whose pictures are on their way."""


class Picture(Protocol):
    """A picture where the source has it."""

    @property
    def tag(self) -> str:
        """16 hex digits that say what it holds."""
        ...

    def copy(self, s3: "S3Client", bucket: str, key: str) -> None: ...


class Origin(Protocol):
    """Where the relative paths of a source's pictures lead."""

    def find(self, path: str) -> Picture:
        """The picture at a path.

        Raises:
            NotFetched: it is not there, or may not be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class _File:
    data: bytes
    content_type: str

    @property
    def tag(self) -> str:
        return hashlib.sha256(self.data).hexdigest()[:16]

    def copy(self, s3: "S3Client", bucket: str, key: str) -> None:
        s3.put_object(Bucket=bucket, Key=key, Body=self.data, ContentType=self.content_type)


class FileOrigin:
    """Pictures in a folder, read within the limits of a `Fetcher`."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def find(self, path: str) -> Picture:
        """See `Origin.find`."""
        return _File(self._fetcher.fetch(path).data, _type_of(path))


@dataclass(frozen=True, slots=True)
class _Object:
    bucket: str
    key: str
    tag: str

    def copy(self, s3: "S3Client", bucket: str, key: str) -> None:
        # Within AWS: no byte of it comes here.
        s3.copy_object(Bucket=bucket, Key=key, CopySource={"Bucket": self.bucket, "Key": self.key})


class BucketOrigin:
    """Pictures under a prefix of a bucket. What is there is listed once, 1,000 names a request."""

    def __init__(self, s3: "S3Client", bucket: str, prefix: str, *, max_bytes: int) -> None:
        self._bucket, self._prefix, self._max_bytes = bucket, prefix, max_bytes
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        listed = (found for page in pages for found in page.get("Contents", []))
        self._there = {found["Key"].removeprefix(prefix): (found["ETag"], found["Size"]) for found in listed}

    def find(self, path: str) -> Picture:
        """See `Origin.find`."""
        if path not in self._there:
            raise NotFetched(f"The picture is not in s3://{self._bucket}/{self._prefix}.")
        etag, size = self._there[path]
        if size > self._max_bytes:
            raise NotFetched(f"The file is larger than {self._max_bytes / 1e6:.0f} MB.")
        tag = hashlib.sha256(f"{etag} {size}".encode()).hexdigest()[:16]
        return _Object(self._bucket, self._prefix + path, tag)


class CopyCounts(msgspec.Struct, kw_only=True):
    """What copying came to, so far; a picture of several products counts once."""

    rows: int = 0
    rejected_rows: int = 0
    copied: int = 0
    there: int = 0
    """Copied by an earlier run."""
    links: int = 0
    """http(s) pictures stay where they are; the index task reads them."""
    missing: int = 0


@dataclass(frozen=True, slots=True)
class _Refused:
    reason: str


@dataclass(frozen=True, slots=True)
class _Placed:
    uri: str
    was_there: bool


class Copier:
    """Copies the pictures of rows. Use it in one thread; it has its own for copying.

    Args:
        origin: where relative paths lead; None where the source has links only.
        s3: a client of the target's account.
        bucket: our own.
        prefix: of the copies' keys, with a slash at the end.
    """

    def __init__(self, origin: Origin | None, s3: "S3Client", bucket: str, prefix: str) -> None:
        """Look what is there."""
        self._origin, self._s3, self._bucket, self._prefix = origin, s3, bucket, prefix
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        self._there = {found["Key"] for page in pages for found in page.get("Contents", [])}
        self._placed: dict[str, _Placed | _Refused] = {}
        self._underway: dict[str, Future[_Placed | _Refused]] = {}
        self.counts = CopyCounts()

    @property
    def uris(self) -> list[str]:
        """All pictures that are in the bucket now and belong to rows that were given out, each once."""
        return sorted({placed.uri for placed in self._placed.values() if isinstance(placed, _Placed)})

    def rows(self, rows: Iterable[SourceRow], advance: Callable[[], None] = lambda: None) -> Iterator[SourceRow]:
        """Give each row again once its pictures are in the bucket; those that cannot be copied become rejects.

        Raises:
            ClientError, BotoCoreError: S3 refuses, or is away.
        """
        waiting: deque[SourceRow] = deque()
        with ThreadPoolExecutor(WORKERS, "looksee-copy") as pool:
            try:
                for row in rows:
                    if isinstance(row, Listed):
                        self._start(row, pool)
                    waiting.append(row)
                    if len(waiting) > _WINDOW:
                        yield from self._finished(waiting.popleft(), advance)
                while waiting:
                    yield from self._finished(waiting.popleft(), advance)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _start(self, row: Listed, pool: ThreadPoolExecutor) -> None:
        for path in row.product.pictures:
            if "://" not in path and path not in self._placed and path not in self._underway:
                self._underway[path] = pool.submit(self._place, path)

    def _place(self, path: str) -> _Placed | _Refused:
        """In a thread of the pool: the copy's address."""
        if self._origin is None:
            return _Refused("The source has no picture folder, and the picture is not a link.")
        try:
            picture = self._origin.find(path)
        except NotFetched as error:
            return _Refused(str(error))
        key = self._prefix + _named(path, picture.tag)
        was_there = key in self._there
        if not was_there:
            picture.copy(self._s3, self._bucket, key)
        return _Placed(f"s3://{self._bucket}/{key}", was_there)

    def _finished(self, row: SourceRow, advance: Callable[[], None]) -> Iterator[SourceRow]:
        advance()
        if isinstance(row, Reject):
            self.counts.rejected_rows += not row.picture
            self.counts.rows += not row.picture
            self.counts.missing += bool(row.picture)
            yield row
            return
        self.counts.rows += 1
        pictures = []
        for path in row.product.pictures:
            if "://" in path:
                self.counts.links += 1
                pictures.append(path)
                continue
            if path in self._underway:
                self._placed[path] = self._underway.pop(path).result()
                self._count(self._placed[path])
            placed = self._placed[path]
            if isinstance(placed, _Refused):
                self.counts.missing += 1
                yield Reject(row=row.row, product_id=row.product.id, reason=placed.reason, picture=path)
            else:
                pictures.append(placed.uri)
        yield Listed(row=row.row, product=msgspec.structs.replace(row.product, pictures=tuple(pictures)))

    def _count(self, placed: _Placed | _Refused) -> None:
        if isinstance(placed, _Placed):
            self.counts.there += placed.was_there
            self.counts.copied += not placed.was_there


def _named(path: str, tag: str) -> str:
    """A key of plain characters: `8c/a b.jpg` is `8c/a-b.TAG.jpg`."""
    pure = PurePosixPath(path)
    parts = [part for part in (*pure.parent.parts, pure.stem) if part not in {"/", ".."}]
    name = re.sub(r"[^\w./-]", "-", "/".join(parts), flags=re.ASCII)
    return f"{name}.{tag}{re.sub(r'[^.a-z0-9]', '', pure.suffix.lower())}"


def _type_of(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
