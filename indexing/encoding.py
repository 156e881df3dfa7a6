"""Pictures and texts in, vectors out: in batches, each thing once, through the cache, and patient with the encoder."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import tenacity

from indexing.cache import EmbeddingCache, as_kept
from inference.encoder import Embedding, Embeddings, Encoder, EncoderUnavailable, Pixels

T = TypeVar("T")


class BatchEncoder:
    """Encodes what the cache does not have. Used from one thread; the vectors are as the cache keeps them."""

    def __init__(
        self, encoder: Encoder, cache: EmbeddingCache, *, batch: int, text_batch: int, stopped: threading.Event
    ) -> None:
        """Put the parts together.

        Args:
            encoder: makes the vectors.
            cache: has those of earlier builds, and gets the new ones.
            batch: pictures a call of the encoder, at most.
            text_batch: the same for texts.
            stopped: set where nobody waits any more.
        """
        self.pictures_encoded = 0
        self._encoder, self._cache, self._batch, self._text_batch = encoder, cache, batch, text_batch
        self._retrying = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(8) | tenacity.stop_when_event_set(stopped),
            wait=tenacity.wait_random_exponential(multiplier=1, max=60),
            retry=tenacity.retry_if_exception_type(EncoderUnavailable),
            sleep=tenacity.sleep_using_event(stopped),
            reraise=True,
        )

    def pictures(self, pixels_by_sha256: Mapping[str, Pixels]) -> dict[str, Embedding]:
        """Vectors by sha256; those that the model cannot place (not finite, or zero) are left out.

        Raises:
            EncoderUnavailable: no answer, however patiently asked.
        """
        known = self._cache.pictures(list(pixels_by_sha256))  # by another row, a moment ago
        missing = {sha256: pixels for sha256, pixels in pixels_by_sha256.items() if sha256 not in known}
        found = self._encoded(missing, self._encoder.encode_pictures, self._batch)
        self._cache.keep(pictures=found)
        self.pictures_encoded += len(missing)
        return known | found

    def texts(self, texts: Sequence[str]) -> dict[str, Embedding]:
        """Vectors by text, the prompt being the caller's; those that the model cannot place are left out.

        Raises:
            EncoderUnavailable: no answer, however patiently asked.
        """
        known = self._cache.texts(texts)
        missing = {text: text for text in texts if text not in known}
        found = self._encoded(missing, self._encoder.encode_texts, self._text_batch)
        self._cache.keep(texts=found)
        return known | found

    def _encoded(
        self, things: Mapping[str, T], encode: Callable[[Sequence[T]], Embeddings], batch: int
    ) -> dict[str, Embedding]:
        found = {}
        keys = list(things)
        for start in range(0, len(keys), batch):
            part = keys[start : start + batch]
            vectors = self._retrying(encode, [things[key] for key in part])  # (len(part), dim)
            for key, vector in zip(part, vectors, strict=True):
                try:
                    found[key] = as_kept(vector)
                except ValueError:
                    continue  # the caller says which picture or product it was
        return found
