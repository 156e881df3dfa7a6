"""A model folder -> the `Encoder` port: texts and pictures to unit vectors, with ONNX Runtime in this process."""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from inference.encoder import Embedding, Embeddings, EncoderUnavailable, Lengths, Pixels
from inference.images import normalise
from inference.model import IMAGE_ONNX, TEXT_ONNX, TOKENIZER_JSON, BrokenModel, Model
from inference.tokenizer import Tokenizer

PICTURES_A_RUN = 16
"""More gain nothing on a CPU and take memory."""
TEXTS_A_RUN = 64
CACHED_TEXTS = 4096
"""Vectors kept of texts asked before: 8 MB at dim 512."""
LONGEST_CACHED_TEXT = 1000
"""In characters; a longer one is not worth its memory."""


class OnnxEncoder:
    """Encodes with the towers of a model folder. Thread-safe. A tower is loaded when it is first needed, or at `warm`.

    A vector does not depend on what else is encoded in the same call (within 1e-6).
    """

    def __init__(self, model: Model, *, threads: int | None = None) -> None:
        """Take a model; load nothing yet.

        Args:
            model: from `find_model` or `read_model`.
            threads: of one run; by default as many as this process has cores.
        """
        self.model = model
        self._threads = threads or _cores()
        self._loading = threading.RLock()
        self._cache: OrderedDict[str, Embedding] = OrderedDict()
        self._cache_lock = threading.Lock()

    @property
    def model_id(self) -> str:
        """See `Encoder.model_id`."""
        return self.model.model_id

    @property
    def dim(self) -> int:
        """See `Encoder.dim`."""
        return self.model.description.dim

    @property
    def picture_px(self) -> int:
        """See `Encoder.picture_px`."""
        return self.model.description.picture_px

    @property
    def prompt(self) -> str:
        """See `Encoder.prompt`."""
        return self.model.description.prompt

    @property
    def hints(self) -> Mapping[str, float]:
        """See `ModelDescription.hints`."""
        return self.model.description.hints

    def warm(self) -> None:
        """Load both towers and run each once, so that the first question is as quick as the second.

        Raises:
            BrokenModel: a file is missing, altered, or not what it should be.
        """
        self.encode_texts([self.prompt.format("")])
        self.encode_pictures([np.zeros((self.picture_px, self.picture_px, 3), dtype=np.uint8)])

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """See `Encoder.encode_texts`."""
        found = self._cached(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            found |= zip(missing, self._encode_texts(missing), strict=True)
            self._keep(found)
        return np.stack([found[text] for text in texts]) if texts else self._none()

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        """See `Encoder.encode_pictures`.

        Raises:
            ValueError: a picture has another shape or dtype than the model takes.
        """
        return self.encode_pictures_with_lengths(pictures)[0]

    def encode_pictures_with_lengths(self, pictures: Sequence[Pixels]) -> tuple[Embeddings, Lengths]:
        """See `TellsLengths`, and `encode_pictures`, which raises the same."""
        expected = (self.picture_px, self.picture_px, 3)
        for picture in pictures:
            if picture.shape != expected or picture.dtype != np.uint8:
                raise ValueError(f"expected uint8 {expected}, got {picture.dtype} {picture.shape}")
        about = self.model.description
        runs = [
            _run(self._image_tower, "pixels", normalise(pictures[some], about.mean, about.std))
            for some in _slices(len(pictures), self._at_once(PICTURES_A_RUN))
        ]
        if not runs:
            return self._none(), np.zeros(0, dtype=np.float32)
        rows, lengths = zip(*runs, strict=True)
        return np.concatenate(rows), np.concatenate(lengths)

    def _encode_texts(self, texts: Sequence[str]) -> Embeddings:
        tokens = self._tokenizer.encode(texts)  # (N, T)
        lengths = tokens.argmax(axis=1) + 1  # (N,): end-of-text has the highest id
        by_length = np.argsort(lengths, kind="stable")  # texts of one length share a run, so that few run as padding
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for some in _slices(len(texts), self._at_once(TEXTS_A_RUN)):
            chosen = by_length[some]
            rows[chosen], _ = _run(self._text_tower, "tokens", tokens[chosen, : lengths[chosen].max()])
        return rows

    def _at_once(self, most: int) -> int:
        """int8 products round their input: the last bit, in which runs of one and of many differ, would be seen."""
        return 1 if self.model.description.precision == "int8" else most

    def _cached(self, texts: Sequence[str]) -> dict[str, Embedding]:
        with self._cache_lock:
            found = {text: self._cache[text] for text in texts if text in self._cache}
            for text in found:
                self._cache.move_to_end(text)
        return found

    def _keep(self, vectors: dict[str, Embedding]) -> None:
        with self._cache_lock:
            for text, vector in vectors.items():
                if text not in self._cache and len(text) <= LONGEST_CACHED_TEXT:
                    self._cache[text] = vector.copy()
            while len(self._cache) > CACHED_TEXTS:
                self._cache.popitem(last=False)

    def _none(self) -> Embeddings:
        return np.zeros((0, self.dim), dtype=np.float32)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer.read(self.model.file(TOKENIZER_JSON), self.model.description.context_length)

    @property
    def _text_tower(self) -> onnxruntime.InferenceSession:
        with self._loading:
            return self._text_session

    @property
    def _image_tower(self) -> onnxruntime.InferenceSession:
        with self._loading:
            return self._image_session

    @cached_property
    def _text_session(self) -> onnxruntime.InferenceSession:
        return self._session(TEXT_ONNX)

    @cached_property
    def _image_session(self) -> onnxruntime.InferenceSession:
        return self._session(IMAGE_ONNX)

    def _session(self, name: str) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3  # errors; they are raised as well
        options.enable_cpu_mem_arena = False  # it would keep the largest batch's memory for good, and gains no time
        # Threads that spin between runs would take the cores from the decoders.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        path = self.model.file(name)
        try:
            session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            given = session.get_outputs()[0].shape[-1]
        except Exception as error:
            # The library's errors share no base class of their own.
            raise BrokenModel(f"{path} cannot be loaded by ONNX Runtime; export the model again.") from error
        if isinstance(given, int) and given != self.dim:
            raise BrokenModel(f"{path} gives vectors of {given} numbers, and model.json says {self.dim}; export again.")
        return session


def _run(tower: onnxruntime.InferenceSession, name: str, batch: NDArray[Any]) -> tuple[Embeddings, Lengths]:
    try:
        (rows,) = tower.run(["embeddings"], {name: batch})
    except Exception as error:
        raise EncoderUnavailable("The model could not be run; there may be too little memory.") from error
    lengths = np.linalg.norm(rows, axis=1)
    return np.asarray(rows / np.maximum(lengths, 1e-12)[:, None], dtype=np.float32), lengths.astype(np.float32)


def _slices(length: int, step: int) -> Iterator[slice]:
    return (slice(start, start + step) for start in range(0, length, step))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
