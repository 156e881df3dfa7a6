"""An image URL or an uploaded file -> its bytes, checked as Slack checks a block's images: PNG, JPEG or GIF only."""

import asyncio
import io
import ipaddress
import socket
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
from PIL import Image

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 100_000_000
MOST_KEPT = 256
TIMEOUT_S = 8.0
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif"}


class BadImage(Exception):
    """The image cannot be used in a block."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked image: its bytes and its real content type."""

    content: bytes
    content_type: str
    width_px: int
    height_px: int


def checked(content: bytes) -> Picture:
    """Return a picture after decoding it whole.

    Raises:
        BadImage: not a PNG, JPEG or GIF, too large, or broken.
    """
    try:
        with Image.open(io.BytesIO(content), formats=list(_TYPES)) as image:
            width_px, height_px = image.size
            small_enough = width_px * height_px <= MOST_PIXELS
            if small_enough:
                image.draft("RGB", (64, 64))  # an eighth of a JPEG's size is enough to see that it is whole
                image.load()
            kind = image.format or ""
    except Exception as error:  # a decoder may raise anything for hostile bytes
        raise BadImage("not a readable PNG, JPEG or GIF") from error
    if not small_enough:
        raise BadImage("too many pixels")
    return Picture(content, _TYPES[kind], width_px, height_px)


class Pictures:
    """Loads the images that blocks name, and keeps the last few hundred for the page.

    Args:
        public_base: URLs that begin with it are the app's own and may be local; any other local URL is refused.
    """

    def __init__(self, public_base: str | None) -> None:
        self._public_base = public_base.rstrip("/") + "/" if public_base else None
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._http = httpx.AsyncClient(trust_env=False, timeout=TIMEOUT_S)
        self.internet: dict[str, bytes] = {}
        """Pages of a pretended internet: URL to bytes. Tests fill it."""

    async def load(self, url: str) -> Picture:
        """Return the picture behind a URL.

        Raises:
            BadImage: it cannot be reached from the outside, is too large, or is not a PNG, JPEG or GIF.
        """
        kept = self._kept.get(url)
        if kept is None:
            kept = await asyncio.to_thread(checked, await self._fetched(url))
            self._kept[url] = kept
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(url)
        return kept

    async def can_load(self, url: str) -> bool:
        """Return whether `load` gives a picture."""
        try:
            await self.load(url)
        except BadImage:
            return False
        return True

    def forget(self) -> None:
        """Load every picture anew from now on."""
        self._kept.clear()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _fetched(self, url: str) -> bytes:
        for _hop in range(4):
            if url in self.internet:
                return self.internet[url]
            try:
                address, headers, extensions = await self._address(url)
                async with self._http.stream("GET", address, headers=headers, extensions=extensions) as response:
                    if response.is_redirect:
                        url = urljoin(url, response.headers["location"])
                        continue
                    if not response.is_success:
                        raise BadImage(f"HTTP {response.status_code}")
                    content = bytearray()
                    async for piece in response.aiter_bytes():
                        content += piece
                        if len(content) > MOST_BYTES:
                            raise BadImage("too large")
                    return bytes(content)
            except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
                raise BadImage("cannot be reached") from error
        raise BadImage("too many redirects")

    async def _address(self, url: str) -> tuple[str, dict[str, str], dict[str, str]]:
        """Return where to connect: the app's own server as it is, everything else by its one public address."""
        if self._public_base and url.startswith(self._public_base):
            return url, {}, {}
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadImage("not a web address")
        found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, None, type=socket.SOCK_STREAM)
        address = str(found[0][4][0])
        if not ipaddress.ip_address(address).is_global:
            raise BadImage("not a public address")
        literal = f"[{address}]" if ":" in address else address
        port = f":{parts.port}" if parts.port else ""
        pinned = parts._replace(netloc=literal + port).geturl()
        return pinned, {"Host": parts.netloc.rsplit("@", 1)[-1]}, {"sni_hostname": parts.hostname}
