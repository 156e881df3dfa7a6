"""A picture's URI in, its bytes out: a file, http(s) from public addresses, our own bucket in S3; else `NotFetched`."""

import email.utils
import logging
import os
import stat
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
import tenacity

from indexing.addresses import PrivateAddress, PublicTransport
from indexing.settings import FetchSettings

_MOST_HOPS = 5
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK = 1 << 16
NAMED_BY_CONTENT = "named-by-content"
"""Stands for the ETag of what lies in our own bucket."""
USER_AGENT = "Looksee"

logging.getLogger("httpx").setLevel(logging.WARNING)  # its INFO lines hold whole links, which may hold keys


class NotFetched(Exception):
    """The bytes cannot be had; the message is one sentence that says why.

    `is_temporary` tells whether a later try may succeed.
    """

    def __init__(self, reason: str, *, is_temporary: bool = False) -> None:
        super().__init__(reason)
        self.is_temporary = is_temporary


class _TryAgain(NotFetched):
    """The server is busy or away; `pause_s` is what it asked for, if it did."""

    def __init__(self, reason: str, *, pause_s: float = 0.0) -> None:
        super().__init__(reason, is_temporary=True)
        self.pause_s = pause_s


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What lies behind a URI."""

    data: bytes
    """Empty where `is_unchanged`."""
    etag: str = ""
    """The server's ETag; of a file its size and time of change. Empty where there is none."""
    content_type: str = ""
    """Lower case, without parameters; empty for files."""
    final_url: str = ""
    """After redirects; of a file its path."""
    is_unchanged: bool = False
    """True where the ETag given is still the one: nothing was read."""


class Fetcher:
    """Reads files and links within the limits of its settings. Thread-safe; close it, or use it in a `with`."""

    def __init__(self, settings: FetchSettings | None = None, *, folder: Path | None = None) -> None:
        """Open nothing yet.

        Args:
            settings: limits; safe defaults.
            folder: what relative paths are relative to; None refuses files.
        """
        self.settings = settings or FetchSettings()
        self._folder = os.path.realpath(folder) if folder else ""
        self._stopped = threading.Event()
        self._objects: Callable[[str], bytes] | None = None
        transport = (
            httpx.HTTPTransport(trust_env=False)
            if self.settings.allow_private_addresses
            else PublicTransport(max_connections=2 * self.settings.concurrency)
        )
        self._client = httpx.Client(
            transport=transport,
            trust_env=False,  # a proxy would resolve names itself, unchecked
            follow_redirects=True,
            max_redirects=_MOST_HOPS,
            timeout=self.settings.timeout_s,
            headers={"User-Agent": USER_AGENT, "Accept": "image/*,*/*;q=0.5", "Accept-Encoding": "identity"},
        )

    def fetch(self, uri: str, *, etag: str = "") -> Fetched:
        """Read a link, or a file under the folder.

        Args:
            uri: http(s), s3 of the settings' bucket, or a path relative to the folder.
            etag: the ETag of an earlier `Fetched`: where it is still the one, nothing is read.

        Raises:
            NotFetched: missing, refused, too large, or away even after patient retries.
        """
        if uri.startswith(("http://", "https://")):
            return self.fetch_url(uri, etag=etag)
        if self._is_own_object(uri):
            return self._read_object(uri, etag)
        return self._read_file(uri, etag)

    def key(self, uri: str) -> str:
        """What names these bytes beyond this source: the link, or the whole path."""
        return uri if "://" in uri or not self._folder else f"{self._folder}/{uri}"

    def fetch_url(self, url: str, *, etag: str = "") -> Fetched:
        """Read a link: busy servers are asked again, with growing pauses, `Retry-After` honoured.

        Raises:
            NotFetched: not http(s), not public, an error of the server's, too large, too slow.
        """
        retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self.settings.attempts) | tenacity.stop_when_event_set(self._stopped),
            wait=self._pause,
            retry=tenacity.retry_if_exception(self._is_worth_another_try),
            sleep=tenacity.sleep_using_event(self._stopped),
            reraise=True,
        )
        return retrying(self._fetch_once, url, etag)

    def stop(self) -> None:
        """Let waiting retries give up at once."""
        self._stopped.set()

    def close(self) -> None:
        self.stop()
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _is_worth_another_try(self, error: BaseException) -> bool:
        return isinstance(error, _TryAgain) and error.pause_s <= self.settings.longest_pause_s

    def _pause(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.pause_s if isinstance(error, _TryAgain) else 0.0
        return asked + tenacity.wait_random_exponential(multiplier=0.5, max=self.settings.longest_pause_s)(state)

    def _fetch_once(self, url: str, etag: str) -> Fetched:
        deadline = time.monotonic() + self.settings.deadline_s
        headers = {"If-None-Match": etag} if etag else {}
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                return self._received(response, etag, deadline)
        except PrivateAddress as error:
            raise NotFetched(f"The link leads to an address that is not public ({_host(url)}).") from error
        except httpx.TooManyRedirects as error:
            raise NotFetched(f"The link redirects more than {_MOST_HOPS} times.") from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, ValueError) as error:
            raise NotFetched("The link is not a valid http(s) address, or redirects to something else.") from error
        except httpx.TimeoutException as error:
            raise _TryAgain(f"{_host(url)} gave no answer in {self.settings.timeout_s:g} seconds.") from error
        except httpx.TransportError as error:
            raise _TryAgain(f"{_host(url)} cannot be reached: {str(error) or type(error).__name__}.") from error

    def _received(self, response: httpx.Response, etag: str, deadline: float) -> Fetched:
        host, status = response.url.host, response.status_code
        content_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        final_url = str(response.url)
        if status == httpx.codes.NOT_MODIFIED and etag:
            return Fetched(data=b"", etag=etag, content_type=content_type, final_url=final_url, is_unchanged=True)
        if status in _BUSY:
            raise _TryAgain(
                f"{host} answered with status {status}.", pause_s=_retry_after(response.headers.get("Retry-After", ""))
            )
        if status != httpx.codes.OK:
            raise NotFetched(f"{host} answered with status {status}.")
        announced = response.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > self.settings.max_bytes:
            raise NotFetched(self._too_large())
        parts, size = [], 0
        for part in response.iter_bytes(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > self.settings.max_bytes:
                raise NotFetched(self._too_large())
            if time.monotonic() > deadline:
                raise NotFetched(f"{host} takes longer than {self.settings.deadline_s:g} seconds.", is_temporary=True)
        return Fetched(
            data=b"".join(parts),
            etag=response.headers.get("ETag", ""),
            content_type=content_type,
            final_url=final_url,
        )

    def file_tag(self, uri: str) -> str:
        """What stands for a file's ETag, without reading it; empty where `fetch` would refuse it."""
        if self._is_own_object(uri):
            return NAMED_BY_CONTENT
        try:
            return _tag(self._checked(uri)[1])
        except NotFetched:
            return ""

    def problem_of(self, uri: str) -> str:
        """Why a file cannot be fetched, without reading it; empty where it can, and for links, which are not asked."""
        if uri.startswith(("http://", "https://")) or self._is_own_object(uri):
            return ""
        try:
            self._checked(uri)
        except NotFetched as error:
            return str(error)
        return ""

    def _is_own_object(self, uri: str) -> bool:
        bucket = self.settings.picture_bucket
        return bool(bucket) and uri.startswith(f"s3://{bucket}/")

    def _read_object(self, uri: str, etag: str) -> Fetched:
        if etag == NAMED_BY_CONTENT:
            return Fetched(data=b"", etag=etag, final_url=uri, is_unchanged=True)
        if self._objects is None:
            try:
                from inference.s3 import reader  # boto3 is an extra, and half a second that most builds do not need
            except ModuleNotFoundError as error:
                raise NotFetched(
                    "Pictures in S3 are read with boto3; pip install -e '.[aws]' in the checkout brings it."
                ) from error
            self._objects = reader(most_bytes=self.settings.max_bytes)
        try:
            return Fetched(data=self._objects(uri), etag=NAMED_BY_CONTENT, final_url=uri)
        except FileNotFoundError as error:
            raise NotFetched("The picture is not in the bucket.") from error
        except OSError as error:
            raise NotFetched(f"The picture cannot be fetched: {error}.", is_temporary=True) from error

    def _read_file(self, uri: str, etag: str) -> Fetched:
        path, found = self._checked(uri)
        tag = _tag(found)
        if tag == etag:
            return Fetched(data=b"", etag=tag, final_url=path, is_unchanged=True)
        if found.st_size > self.settings.max_bytes:
            raise NotFetched(self._too_large())
        try:
            return Fetched(data=Path(path).read_bytes(), etag=tag, final_url=path)
        except OSError as error:
            raise NotFetched(f"The file cannot be read: {_said(error)}.") from error

    def _checked(self, uri: str) -> tuple[str, os.stat_result]:
        """The file that a URI means, if it may be read. Plain strings: an update asks this for every picture it has."""
        if "://" in uri or uri.startswith("data:"):
            raise NotFetched(f"Pictures from {uri.split(':')[0]}: addresses cannot be read; use http(s) or a file.")
        if not self._folder:
            raise NotFetched("The source has no picture folder, and the picture is not a link.")
        try:
            path = _resolved(f"{self._folder}/{uri}" if not uri.startswith("/") else uri)
            if not (self.settings.allow_outside_files or path.startswith(f"{self._folder}/")):
                raise NotFetched("The file lies outside the picture folder.")
            found = os.stat(path)  # noqa: PTH116 - see above
        except FileNotFoundError as error:
            raise NotFetched("The file is not there.") from error
        except (OSError, ValueError) as error:  # a zero byte, a name too long, a loop of links, no permission
            raise NotFetched(f"The file cannot be read: {_said(error)}.") from error
        if not stat.S_ISREG(found.st_mode):
            raise NotFetched("This is not a file.")
        return path, found

    def _too_large(self) -> str:
        return f"The file is larger than {self.settings.max_bytes / 1e6:.0f} MB."


def _resolved(path: str) -> str:
    """The file that a path means, symlinks followed; folders are resolved once, for a catalogue names each often.

    A link that is swapped while a build runs could slip through; who can do that can write to the folder anyway.
    """
    folder, _, name = path.rpartition("/")
    if name in {"", ".", ".."} or os.path.islink(path):  # noqa: PTH114 - see `_checked`
        return os.path.realpath(path)
    return f"{_resolved_folder(folder)}/{name}"


@lru_cache(maxsize=4096)
def _resolved_folder(folder: str) -> str:
    return os.path.realpath(folder)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "the link"
    except ValueError:
        return "the link"


def _said(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).lower()


def _tag(found: os.stat_result) -> str:
    return f"{found.st_size:x}-{found.st_mtime_ns:x}"


def _retry_after(value: str) -> float:
    """Seconds that a server asks for, as a number or as a date; 0 where it does not say."""
    if value.strip().isdigit():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return 0.0
    return max(moment.timestamp() - time.time(), 0.0)
