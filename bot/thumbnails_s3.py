"""The `Pictures` port over a bucket and CloudFront: a thumbnail is stored once, and has one signed URL for years.

S3's own presigned URLs end with the credentials that made them, after hours; a message in Slack stays. CloudFront's
signed URLs end when they say so, and are the same each time, so that Slack loads a picture once. Without CloudFront
the bot shows pictures as on one machine: under its public address, or as one sheet in the thread.
"""

import hashlib
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from bot.catalogue import Opened
from bot.thumbnails import THUMBNAIL_PX, OwnPictures, is_public_picture
from indexing.product import Product
from indexing.settings import BadSetting

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

log = logging.getLogger(__name__)

GOOD_FOR_YEARS = 10
"""A URL ends on the first of January that many years on: it changes once a year, and lasts nine years at least."""
PATIENCE_S = 2.5
"""How long an answer waits for thumbnails that are not stored yet; those that come later are there the next time."""
_REMEMBERED = 50_000
"""Keys known to be in the bucket: some 10 MB."""
_ABSENT = frozenset({"404", "NoSuchKey", "NotFound", "403", "AccessDenied"})
"""S3's answers for an object that is not there: 403 to those who may not list the bucket."""


class CloudFrontUrls:
    """Signs addresses of one distribution. Thread-safe."""

    def __init__(self, address: str, *, key_id: str, private_key: str, now_s: Callable[[], float] = time.time) -> None:
        """Read the key.

        Args:
            address: of the distribution, without a slash at the end.
            key_id: CloudFront's id of the public key.
            private_key: RSA, PEM.
            now_s: the clock, in seconds since 1970.

        Raises:
            BadSetting: the key cannot be read.
        """
        try:
            key = serialization.load_pem_private_key(private_key.encode(), password=None)
        except ValueError as error:
            raise BadSetting("LOOKSEE_PICTURE_KEY is no PEM key; run `looksee aws deploy`, which makes one.") from error
        if not isinstance(key, rsa.RSAPrivateKey):
            raise BadSetting("LOOKSEE_PICTURE_KEY is no RSA key, and CloudFront knows it as one.")
        self._address = address
        self._key = key
        self._now_s = now_s
        self._signer = CloudFrontSigner(key_id, self._signature)

    def url(self, name: str) -> str:
        """The address of an object, good for years; the same for the same object until the year ends."""
        year = datetime.fromtimestamp(self._now_s(), UTC).year + GOOD_FOR_YEARS
        until = datetime(year, 1, 1, tzinfo=UTC)
        return str(self._signer.generate_presigned_url(f"{self._address}/{name}", date_less_than=until))

    def _signature(self, policy: bytes) -> bytes:
        return self._key.sign(policy, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - CloudFront knows no other


class BucketPictures:
    """See `Pictures`."""

    def __init__(
        self, own: OwnPictures, s3: "S3Client", bucket: str, urls: CloudFrontUrls, *, patience_s: float = PATIENCE_S
    ) -> None:
        """Start threads that store thumbnails.

        Args:
            own: reads pictures and makes thumbnails of them.
            s3: a client with short timeouts.
            bucket: what the distribution serves `thumbnails/` of.
            urls: of the distribution.
            patience_s: how long an answer waits for thumbnails that are not stored yet.
        """
        self._own = own
        self._s3 = s3
        self._bucket = bucket
        self._urls = urls
        self._patience_s = patience_s
        self._stored: OrderedDict[str, None] = OrderedDict()
        self._underway: dict[str, Future[bool]] = {}
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(8, "thumbnails")

    def url(self, opened: Opened, product: Product, picture: int) -> str:
        """See `Pictures.url`."""
        return self.urls(opened, [(product, picture)])[0]

    def urls(self, opened: Opened, shown: Sequence[tuple[Product, int]]) -> list[str]:
        """See `Pictures.urls`."""
        until_s = time.monotonic() + self._patience_s
        found = [self._begun(opened, product, picture) for product, picture in shown]
        return [each if isinstance(each, str) else self._ended(*each, until_s) for each in found]

    def thumbnail(self, opened: Opened, product: Product, picture: int, *, px: int) -> bytes | None:
        """See `Pictures.thumbnail`."""
        return self._own.thumbnail(opened, product, picture, px=px)

    def close(self) -> None:
        """Store no more."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _begun(self, opened: Opened, product: Product, picture: int) -> "str | tuple[str, Future[bool]]":
        """The URL where nothing needs to be done for it; else the object's name and the storing of it."""
        if not 0 <= picture < len(product.pictures):
            return ""
        if is_public_picture(product.pictures[picture]):
            return product.pictures[picture]
        name = _name(opened.name, product, picture)
        with self._lock:
            if name in self._stored:
                self._stored.move_to_end(name)
                return self._urls.url(name)
            if name not in self._underway:
                self._underway[name] = self._threads.submit(self._store, opened, product, picture, name)
            return name, self._underway[name]

    def _ended(self, name: str, storing: "Future[bool]", until_s: float) -> str:
        try:
            is_there = storing.result(max(until_s - time.monotonic(), 0.0))
        except TimeoutError:
            log.info("a thumbnail is late")
            return ""
        return self._urls.url(name) if is_there else ""

    def _store(self, opened: Opened, product: Product, picture: int, name: str) -> bool:
        """Put a thumbnail into the bucket unless it is there; False where there is none."""
        is_there = False
        try:
            is_there = self._is_there(name) or self._put(opened, product, picture, name)
        except (ClientError, BotoCoreError) as error:
            log.warning("a thumbnail cannot be stored", extra={"reason": type(error).__name__})
        finally:
            with self._lock:
                del self._underway[name]
                if is_there:
                    self._stored[name] = None
                    while len(self._stored) > _REMEMBERED:
                        self._stored.popitem(last=False)
        return is_there

    def _is_there(self, name: str) -> bool:
        try:
            self._s3.head_object(Bucket=self._bucket, Key=name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in _ABSENT:
                return False
            raise
        return True

    def _put(self, opened: Opened, product: Product, picture: int, name: str) -> bool:
        jpeg = self._own.thumbnail(opened, product, picture, px=THUMBNAIL_PX)
        if jpeg is None:
            return False
        self._s3.put_object(
            Bucket=self._bucket,
            Key=name,
            Body=jpeg,
            ContentType="image/jpeg",
            CacheControl="public, max-age=31536000, immutable",
        )
        return True


def _name(catalogue: str, product: Product, picture: int) -> str:
    """Names product and picture, tells neither, and is another one where the picture's address is another one."""
    told = "\0".join((product.id, str(picture), product.pictures[picture]))
    return f"thumbnails/{catalogue}/{hashlib.sha256(told.encode()).hexdigest()[:40]}.jpg"
