"""Files and links of a message in, `PhotoRef`s out: fetched from Slack's host only, decoded in a child, encoded."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.conversation import MOST_PHOTOS
from bot.photo_errors import (
    LinkRefused,
    NotAPhoto,
    PhotoElsewhere,
    PhotoError,
    PhotoGone,
    PhotoLate,
    PhotoNeedsScope,
    PhotoOutOfReach,
    PhotoTooLarge,
)
from bot.query import PhotoRef
from indexing.fetch import Fetcher, NotFetched
from inference.decoding import PictureDecoder
from inference.encoder import Encoder, Pixels, encode_with_lengths
from inference.images import MAX_BYTES, UnreadablePhoto

log = logging.getLogger(__name__)

File = Mapping[str, Any]
_THUMBNAILS = ("thumb_1024", "thumb_960", "thumb_720", "thumb_480", "thumb_360")
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".heif", ".bmp", ".tif", ".tiff")
_TIMEOUT_S = 8.0
_MOST_HOPS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What came of the photos of a message."""

    photos: tuple[PhotoRef, ...] = ()
    errors: tuple[Exception, ...] = ()
    """One for each file or link that could not be used."""


class Photos:
    """Reads what people send. Thread-safe."""

    def __init__(self, decoder: PictureDecoder, links: Fetcher, *, base_url: str, is_local: bool) -> None:
        """Open nothing yet.

        Args:
            decoder: opens strangers' pictures in child processes.
            links: reads links to pictures, safely.
            base_url: of Slack's Web API; photos come from its host and the hosts under it, and nowhere else.
            is_local: a Slack on this machine is not asked for through a proxy.
        """
        self._decoder = decoder
        self._links = links
        self._host = urlsplit(base_url)
        self._http = httpx.Client(timeout=_TIMEOUT_S, follow_redirects=False, trust_env=not is_local)

    def look(
        self,
        client: WebClient,
        files: Sequence[File],
        links: Sequence[str],
        encoder: Encoder,
        *,
        team: str,
        zooms: Sequence[float] = (1.0,),
    ) -> Looked:
        """Fetch, decode and encode the first five photos.

        Args:
            client: of the workspace.
            files: as Slack tells them.
            links: in the words of the message.
            encoder: of the generation that will be asked.
            team: the workspace.
            zooms: at which each photo is looked at; `Calibration.zooms`.

        Raises:
            EncoderUnavailable, DecoderUnavailable: none of them can be looked at now.
        """
        found: list[tuple[str, str, list[Pixels]]] = []
        errors: list[Exception] = []
        for file in files[:MOST_PHOTOS]:
            try:
                data, pixels = self._picture_of_file(client, file, encoder.picture_px, zooms)
                found.append((str(file.get("id", "")), hashlib.sha256(data).hexdigest(), pixels))
            except (PhotoError, UnreadablePhoto) as error:
                errors.append(error)
        for link in links[: MOST_PHOTOS - len(found)]:
            try:
                data, pixels = self._picture_of_link(link, encoder.picture_px, zooms)
                found.append(("", hashlib.sha256(data).hexdigest(), pixels))
            except (PhotoError, UnreadablePhoto) as error:
                if urlsplit(link).path.lower().endswith(_PICTURE_ENDINGS):
                    errors.append(error)  # any other link may have been meant for people
        for problem in errors:
            log.info("a photo cannot be used", extra={"reason": type(problem).__name__})
        if not found:
            return Looked(errors=tuple(errors))
        rows, lengths = encode_with_lengths(encoder, [pixels for _id, _sha256, seen in found for pixels in seen])
        rows, lengths = rows.reshape(len(found), len(zooms), -1), lengths.reshape(len(found), len(zooms))
        photos = tuple(
            PhotoRef.of(own, long, sha256=sha256, model_id=encoder.model_id, team=team, file_id=file_id)
            for (file_id, sha256, _seen), own, long in zip(found, rows, lengths, strict=True)
        )
        return Looked(photos=photos, errors=tuple(errors))

    def close(self) -> None:
        """Give connections back."""
        self._http.close()

    def _picture_of_file(
        self, client: WebClient, file: File, px: int, zooms: Sequence[float]
    ) -> tuple[bytes, list[Pixels]]:
        file = self._visible(client, file)
        thumbnails = [str(file[name]) for name in _THUMBNAILS if file.get(name)]
        kind = str(file.get("mimetype", ""))
        if not kind.startswith("image/") and kind not in {"", "application/octet-stream"}:
            raise NotAPhoto
        if int(file.get("size") or 0) > MAX_BYTES:
            if not thumbnails:
                raise PhotoTooLarge
            data = self._download(client, thumbnails[0])
            return data, self._decoder.views(data, px, zooms)
        data = self._download(client, str(file.get("url_private_download") or file.get("url_private") or ""))
        try:
            return data, self._decoder.views(data, px, zooms)
        except UnreadablePhoto:
            if not kind.startswith("image/"):
                raise NotAPhoto from None
            if not thumbnails:
                raise
            # Slack could read what we cannot (a rare HEIC, a raw photo): its own rendition stands in.
            return data, self._decoder.views(self._download(client, thumbnails[0]), px, zooms)

    def _visible(self, client: WebClient, file: File) -> File:
        """The file as Slack tells it to those who may see it.

        Raises:
            PhotoError: it is gone, elsewhere, or not for us.
        """
        if file.get("file_access") == "check_file_info":  # from a shared channel: told by name only
            try:
                file = client.files_info(file=str(file["id"]))["file"]
            except SlackApiError as error:
                raise _of_code(str(error.response.get("error"))) from error
        if file.get("mode") in {"tombstone", "hidden_by_limit"} or file.get("file_access") == "file_not_found":
            raise PhotoGone
        if file.get("file_access") == "access_denied":
            raise PhotoOutOfReach
        if file.get("is_external") or file.get("mode") == "external":
            raise PhotoElsewhere
        return file

    def _download(self, client: WebClient, url: str) -> bytes:
        """The bytes behind a private link of Slack's; the token goes to Slack's host only.

        Raises:
            PhotoError: they cannot be had.
        """
        for _hop in range(_MOST_HOPS):
            if not self._is_slacks(url):
                raise PhotoElsewhere
            try:
                with self._http.stream("GET", url, headers={"Authorization": f"Bearer {client.token}"}) as response:
                    if response.is_redirect:
                        url = urljoin(url, response.headers.get("Location", ""))
                        continue
                    return _received(response)
            except httpx.HTTPError as error:
                raise PhotoLate from error
        raise PhotoLate

    def _is_slacks(self, url: str) -> bool:
        parts = urlsplit(url)
        netloc, ours = parts.netloc.lower(), self._host.netloc.lower()
        return parts.scheme == self._host.scheme and (netloc == ours or netloc.endswith(f".{ours}"))

    def _picture_of_link(self, link: str, px: int, zooms: Sequence[float]) -> tuple[bytes, list[Pixels]]:
        try:
            data = self._links.fetch_url(link).data
        except NotFetched as error:
            raise LinkRefused from error
        return data, self._decoder.views(data, px, zooms)


def _received(response: httpx.Response) -> bytes:
    if response.status_code in {404, 410}:
        raise PhotoGone
    if response.status_code in {401, 403}:
        raise PhotoNeedsScope
    if response.status_code != 200:
        raise PhotoLate
    data = bytearray()
    for part in response.iter_bytes():
        data += part
        if len(data) > MAX_BYTES:
            raise PhotoTooLarge
    is_page = response.headers.get("content-type", "").startswith("text/html")  # and no file of that text
    if is_page and data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise PhotoNeedsScope  # Slack's sign-in page, with status 200: the app may not read files
    return bytes(data)


def _of_code(code: str) -> PhotoError:
    if code in {"file_not_found", "file_deleted"}:
        return PhotoGone()
    if code == "missing_scope":
        return PhotoNeedsScope()
    return PhotoLate() if code in {"ratelimited", "internal_error", "fatal_error"} else PhotoOutOfReach()
