"""Amazon Berkeley Objects in a bucket in, the `Source` that it is in a folder out: metadata is copied, no picture."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from indexing.sources.abo import IMAGE_FOLDERS, IMAGE_TABLES, LISTING_FOLDERS, BerkeleyObjects
from indexing.sources.source import BadSource

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def open_bucket(uri: str, s3: "S3Client", mirror: Path, *, currency: str = "USD") -> tuple[BerkeleyObjects, str, str]:
    """Read a catalogue in ABO's layout from S3, for example `s3://amazon-berkeley-objects`.

    Args:
        uri: the root of the layout.
        s3: a client that may list and read it.
        mirror: a folder for the listings; files that are there and have not changed are not copied again.
        currency: ISO 4217 of prices that name none.

    Returns:
        The source, whose pictures are relative; the bucket and the prefix that they are relative to.

    Raises:
        BadSource: nothing there in that layout.
    """
    parts = urlsplit(uri)
    bucket, root = parts.netloc, f"{parts.path.strip('/')}/".lstrip("/")
    listings = next(filter(None, (_listings(s3, bucket, f"{root}{_folder(name)}") for name in LISTING_FOLDERS)), [])
    if not listings:
        raise BadSource(f"{uri} holds no listings_*.json.gz; name the root of a catalogue in ABO's layout.")
    copied = tuple(_mirrored(s3, bucket, key, root, mirror) for key in listings)
    for name in IMAGE_TABLES:
        if _has(s3, bucket, f"{root}{name}"):
            _mirrored(s3, bucket, f"{root}{name}", root, mirror)
            break
    else:
        raise BadSource(f"{uri} lacks images/metadata/images.csv.gz, which says where the pictures are.")
    pictures = next(
        (f"{root}{_folder(name)}" for name in IMAGE_FOLDERS if _has(s3, bucket, f"{root}{_folder(name)}")), root
    )
    source = BerkeleyObjects(root=mirror, listings=copied, currency=currency, images=mirror, location=uri.rstrip("/"))
    return source, bucket, pictures


def _folder(name: str) -> str:
    return "" if name == "." else f"{name}/"


def _listings(s3: "S3Client", bucket: str, prefix: str) -> list[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{prefix}listings_", Delimiter="/")
    keys = (found["Key"] for page in pages for found in page.get("Contents", []))
    return sorted(key for key in keys if key.endswith((".json", ".json.gz")))


def _has(s3: "S3Client", bucket: str, prefix: str) -> bool:
    return bool(s3.list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1).get("Contents"))


def _mirrored(s3: "S3Client", bucket: str, key: str, root: str, mirror: Path) -> Path:
    """A file's copy, whose ETag lies beside it."""
    path = mirror / key.removeprefix(root)
    tag = path.with_name(f".{path.name}.etag")
    etag = s3.head_object(Bucket=bucket, Key=key)["ETag"]
    if not (path.is_file() and tag.is_file() and tag.read_text() == etag):
        path.parent.mkdir(parents=True, exist_ok=True)
        pending = path.with_name(f".{path.name}.part")
        pending.write_bytes(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
        pending.replace(path)
        tag.write_text(etag)
    return path
