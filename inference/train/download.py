"""An address and a sha256 -> the file, whole: fetched on from where it stopped, checked, moved into place."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter


class DownloadFailed(Exception):
    """The file could not be had; the message is one sentence that says what to do."""


def fetch(
    url: str,
    target: Path,
    *,
    sha256: str | None,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
    attempts: int = 5,
    timeout_s: float = 30.0,
) -> Path:
    """Download a file unless it is there already; an interrupted one goes on from `target.part`.

    Args:
        url: http or https.
        target: where it goes; its folder is made.
        sha256: hex; None accepts any content.
        progress: called with bytes done, and the total where the server says it.
        attempts: tries, with growing pauses; what arrived stays between them.
        timeout_s: to connect, and between two pieces.

    Raises:
        DownloadFailed: the server refuses, the network fails too often, or the sha256 differs.
    """
    if target.exists() and (sha256 is None or sha256_of(target) == sha256):
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    patience = Retrying(
        stop=stop_after_attempt(attempts),
        wait=wait_exponential_jitter(multiplier=0.2, max=20, jitter=0.5),
        retry=retry_if_exception_type(httpx.TransportError),
        reraise=True,
    )
    try:
        with httpx.Client(timeout=timeout_s, follow_redirects=True) as client:
            patience(_fetch_on, client, url, part, progress)
    except httpx.HTTPStatusError as error:
        raise DownloadFailed(
            f"{url} answers {error.response.status_code}; check the address, or give a path instead."
        ) from error
    except httpx.HTTPError as error:
        raise DownloadFailed(
            f"{url} cannot be reached ({type(error).__name__}); run the command again to go on."
        ) from error
    if sha256 is not None and (found := sha256_of(part)) != sha256:
        part.unlink()
        raise DownloadFailed(
            f"{url} gave a file whose sha256 is {found[:12]}..., not {sha256[:12]}...; it was thrown away."
        )
    part.replace(target)
    return target


def sha256_of(path: Path) -> str:
    """Of a file, hex."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _fetch_on(client: httpx.Client, url: str, part: Path, progress: Callable[[int, int | None], None]) -> None:
    have = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={have}-"} if have else {}
    with client.stream("GET", url, headers={**headers, "Accept-Encoding": "identity"}) as answer:
        if have and answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            return  # all of it had arrived
        answer.raise_for_status()
        if answer.status_code != httpx.codes.PARTIAL_CONTENT:
            have = 0  # the server starts again
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length else None
        with part.open("ab" if have else "wb") as out:
            for piece in answer.iter_bytes():
                out.write(piece)
                have += len(piece)
                progress(have, total)
