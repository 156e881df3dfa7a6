"""A picture's URI in, its sha256 and (where its embedding is not known yet) its pixels out: fetch, hash, decode."""

import hashlib
from dataclasses import dataclass, replace

from indexing.cache import EmbeddingCache, Seen
from indexing.fetch import Fetched, Fetcher, NotFetched
from inference.decoding import PictureDecoder
from inference.encoder import Pixels
from inference.images import UnreadablePhoto


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPicture:
    """A picture that can be indexed."""

    sha256: str
    etag: str
    pixels: Pixels | None
    """None where the cache has the embedding of this sha256."""
    problem: str = ""
    """Why the picture of the last time stands in for it; empty where it is the one of now."""
    is_as_seen: bool = False
    """True where nothing has changed since the cache noted its ETag."""

    def without_pixels(self) -> "ReadPicture":
        """The same, for the long wait until its row is complete."""
        return replace(self, pixels=None) if self.pixels is not None else self


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedPicture:
    """A picture that cannot be indexed, and why, in one sentence."""

    reason: str


class PictureReader:
    """Reads pictures for one model. Thread-safe."""

    def __init__(self, fetcher: Fetcher, decoder: PictureDecoder, cache: EmbeddingCache, picture_px: int) -> None:
        """Put the parts together; they stay the caller's to close."""
        self._fetcher, self._decoder, self._cache, self._px = fetcher, decoder, cache, picture_px

    def glance(self, uri: str, seen: Seen | None) -> ReadPicture | None:
        """A file, or an object of our own bucket, as it was when it was encoded; None where `read` must look. Fast."""
        if seen is None or uri.startswith(("http://", "https://")):
            return None
        if self._fetcher.file_tag(uri) != seen.etag:
            return None
        return ReadPicture(sha256=seen.sha256, etag=seen.etag, pixels=None, is_as_seen=True)

    def read(self, uri: str, seen: Seen | None) -> ReadPicture | RefusedPicture:
        """Fetch a picture, unless it is what was seen; decode it, unless its embedding is known."""
        try:
            fetched = self._fetcher.fetch(uri, etag=seen.etag if seen else "")
        except NotFetched as error:
            if seen and error.is_temporary:  # a server that is down takes no picture out of the index
                problem = f"{error} The picture of the last time stays."
                return ReadPicture(sha256=seen.sha256, etag=seen.etag, pixels=None, problem=problem, is_as_seen=True)
            return RefusedPicture(reason=str(error))
        if fetched.is_unchanged and seen:
            return ReadPicture(sha256=seen.sha256, etag=fetched.etag, pixels=None, is_as_seen=True)
        return self._decoded(fetched)

    def pixels(self, uri: str) -> Pixels | None:
        """A picture for the encoder, whatever is known of it; None where it cannot be read."""
        try:
            return self._decoder.prepare(self._fetcher.fetch(uri).data, self._px)
        except (NotFetched, UnreadablePhoto):
            return None

    def _decoded(self, fetched: Fetched) -> ReadPicture | RefusedPicture:
        sha256 = hashlib.sha256(fetched.data).hexdigest()
        if self._cache.pictures([sha256]):
            return ReadPicture(sha256=sha256, etag=fetched.etag, pixels=None)
        try:
            pixels = self._decoder.prepare(fetched.data, self._px)
        except UnreadablePhoto as error:
            return RefusedPicture(reason=str(error))
        return ReadPicture(sha256=sha256, etag=fetched.etag, pixels=pixels)
