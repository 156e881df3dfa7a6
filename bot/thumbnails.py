"""The `Pictures` port: a product and the number of its picture in; a URL that Slack may load, or a JPEG, out.

One machine's adapter is here: the source's own public picture, else a stable signed URL that this bot serves itself.
One contract suite, `tests/bot/test_pictures_contract.py`, runs over every adapter.
"""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.catalogue import Catalogue, Catalogues, Opened
from indexing.addresses import is_public
from indexing.product import Product
from indexing.product_pictures import ProductPictures
from indexing.settings import FetchSettings
from indexing.store import NoCatalogue, StoreUnavailable, WrongModel
from inference.decoding import PictureDecoder

THUMBNAIL_PX = 512
KEPT = 512
"""Thumbnails kept in memory: some 15 MB."""
_SHOWN_BY_SLACK = (".jpg", ".jpeg", ".png", ".gif")
_ID = "x{}"
"""Product ids are written as base64 in a path; the letter keeps an empty one apart from no segment."""


class Pictures(Protocol):
    """Shows a catalogue's pictures to Slack. Thread-safe."""

    def url(self, opened: Opened, product: Product, picture: int) -> str:
        """Where Slack may load a PNG, JPEG or GIF of it, also a year from now; empty where it cannot."""
        ...

    def urls(self, opened: Opened, shown: Sequence[tuple[Product, int]]) -> list[str]:
        """`url` of each product and picture of an answer, in order; all together in the patience of who waits."""
        ...

    def thumbnail(self, opened: Opened, product: Product, picture: int, *, px: int) -> bytes | None:
        """A JPEG no side of which is longer than `px`; None where the picture is gone or cannot be read."""
        ...

    def close(self) -> None: ...


class OwnPictures:
    """See `Pictures`. Reads files and links, and serves thumbnails under the bot's public address, if it has one."""

    def __init__(
        self, catalogues: Catalogues, decoder: PictureDecoder, fetch: FetchSettings, *, public_url: str, key_file: Path
    ) -> None:
        """Read the key that signs URLs, or make one.

        Args:
            catalogues: whose products are shown.
            decoder: makes thumbnails in child processes.
            fetch: limits of reading pictures.
            public_url: where `routes` can be reached from outside, without a slash at the end; empty for nowhere.
            key_file: 32 random bytes; URLs stay good as long as it does.
        """
        self._catalogues = catalogues
        self._decoder = decoder
        self._fetch = fetch
        self._public_url = public_url.rstrip("/")
        self._key = _key(key_file)
        self._readers: dict[str, ProductPictures] = {}
        self._kept: OrderedDict[tuple[str, str, int, int], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def url(self, opened: Opened, product: Product, picture: int) -> str:
        """See `Pictures.url`."""
        if not 0 <= picture < len(product.pictures):
            return ""
        own = product.pictures[picture]
        if is_public_picture(own):
            return own
        if not self._public_url:
            return ""
        version = hashlib.sha256(own.encode()).hexdigest()[:8]  # another picture gets another URL
        path = f"{opened.name}/{_packed(product.id)}/{picture}-{version}.jpg"
        return f"{self._public_url}/thumbnails/{quote(path)}?s={self._signature(path)}"

    def urls(self, opened: Opened, shown: Sequence[tuple[Product, int]]) -> list[str]:
        """See `Pictures.urls`."""
        return [self.url(opened, product, picture) for product, picture in shown]

    def thumbnail(self, opened: Opened, product: Product, picture: int, *, px: int) -> bytes | None:
        """See `Pictures.thumbnail`."""
        generation = opened.store.generation
        key = (generation.name, product.id, picture, px)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            folder = generation.pictures_folder
            if folder not in self._readers:
                self._readers[folder] = ProductPictures(folder, self._fetch, self._decoder)
            reader = self._readers[folder]
        jpeg = reader.thumbnail(product, picture, px=px)
        if jpeg is not None:
            with self._lock:
                self._kept[key] = jpeg
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return jpeg

    def close(self) -> None:
        """Hold nothing; the decoder is its owner's."""

    def routes(self) -> list[Route]:
        """What serves the signed URLs."""
        return [Route("/thumbnails/{path:path}", self._serve, methods=["GET", "HEAD"])]

    async def _serve(self, request: Request) -> Response:
        path = request.path_params["path"]
        if not hmac.compare_digest(self._signature(path), request.query_params.get("s", "")):
            return Response("This link is not signed by Looksee.", status_code=403, media_type="text/plain")
        catalogue, packed, name = path.split("/")
        opened = await run_in_threadpool(_opened, self._catalogues.named(catalogue))
        product_id = _unpacked(packed)
        product = opened.store.products([product_id]).get(product_id) if opened else None
        jpeg = None
        if opened and product:
            picture = int(name.split("-")[0])
            jpeg = await run_in_threadpool(self.thumbnail, opened, product, picture, px=THUMBNAIL_PX)
        if jpeg is None:
            return Response("This picture is not in the catalogue any more.", status_code=404, media_type="text/plain")
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
        return Response(jpeg, media_type="image/jpeg", headers=headers)

    def _signature(self, path: str) -> str:
        digest = hmac.new(self._key, path.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:18]).decode()


def _opened(catalogue: Catalogue | None) -> Opened | None:
    try:
        return catalogue.opened() if catalogue else None
    except (NoCatalogue, StoreUnavailable, WrongModel):
        return None


def is_public_picture(uri: str) -> bool:
    """True for a link to a PNG, JPEG or GIF on the public internet, as far as the link tells."""
    try:
        parts = urlsplit(uri)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or "." not in host or not uri.isprintable() or len(uri) > 3000:
        return False
    if not parts.path.lower().endswith(_SHOWN_BY_SLACK) or quote(uri, safe="%/:=&?~#+!$,;'@()*[]") != uri:
        return False
    try:
        return is_public(host)
    except ValueError:  # a name, which Slack will look up
        return not host.endswith((".local", ".internal", ".lan", ".localhost", ".test"))


def _packed(product_id: str) -> str:
    return _ID.format(base64.urlsafe_b64encode(product_id.encode()).decode().rstrip("="))


def _unpacked(packed: str) -> str:
    text = packed[1:]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def _key(file: Path) -> bytes:
    """The key in the file, made once, whole, by whichever process comes first."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mine = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):
            os.link(mine, file)
        mine.unlink()
    return file.read_bytes()
