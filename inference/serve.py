"""A SageMaker request in, CLIP vectors out, in AWS's own PyTorch container: the article's handlers over torch and clip.

The toolkit calls `model_fn` once, then `input_fn`, `predict_fn` and `output_fn` for each request. `MODEL_NAME` says
which weights of the archive (`RN50` is `RN50.pt`), `ENCODE_TYPE` which kind is answered: TEXT, IMAGE, or BOTH. What is
answered is in `inference/wire.py`, the same as our own server's. `inference/archive.py` packs it.
"""

import hashlib
import importlib
import os
import pickle
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec
import numpy as np
import torch

from inference import images, wire
from inference.encoder import Embeddings, Pixels
from inference.invocations import EncodeType, Invocations
from inference.model import CLIP_MEAN, CLIP_STD

DEFAULT_MODEL_NAME = "RN50"
"""The article's."""
_AT_ONCE = 16


class Posted(NamedTuple):
    """One request as it came."""

    content_type: str
    body: bytes


def model_fn(model_dir: str) -> Invocations:
    """Load the weights that `MODEL_NAME` says.

    Raises:
        FileNotFoundError: they are not in the archive.
        ValueError: `ENCODE_TYPE` is not one of the three.
    """
    # SageMaker hands a container its settings in no other way than its environment.
    name = os.environ.get("MODEL_NAME") or DEFAULT_MODEL_NAME
    encoder = TorchEncoder(weights_file(Path(model_dir), name), name=name)
    return Invocations(encoder, _InProcess(), serves=_encode_type(os.environ.get("ENCODE_TYPE", "")))


def input_fn(body: bytes | str, content_type: str | None) -> Posted:
    """The request; the toolkit has decoded JSON to a string."""
    raw = body.encode() if isinstance(body, str) else bytes(body or b"")
    return Posted((content_type or "").split(";")[0].strip().lower(), raw)


def predict_fn(posted: Posted, model: Invocations, context: Any) -> bytes:
    """The answer's bytes, or one sentence with a 4xx: raised, the toolkit would send a traceback beside it."""
    try:
        return model.answer(posted.content_type, posted.body)
    except wire.BadRequest as error:
        context.set_response_status(code=error.status, phrase=str(error))
        return msgspec.json.encode({"error": str(error)})


def output_fn(answer: bytes, accept: str) -> tuple[bytes, str]:
    """The answer, which is JSON whatever was asked for."""
    return answer, wire.JSON


def weights_file(folder: Path, name: str) -> Path:
    """Where an archive keeps a model's weights: `ViT-B/32` is `ViT-B-32.pt`.

    Raises:
        FileNotFoundError: it keeps others.
    """
    file = folder / f"{name.removesuffix('.pt').replace('/', '-')}.pt"
    if not file.is_file():
        there = ", ".join(sorted(path.stem for path in folder.glob("*.pt"))) or "none"
        raise FileNotFoundError(f"MODEL_NAME is {name!r}; the archive holds {there}.")
    return file


class TorchEncoder:
    """The `Encoder` port over the public `clip` package, in fp32. Thread-safe: its weights do not change."""

    prompt = "this is a {}"

    def __init__(self, weights: Path, *, name: str) -> None:
        """Load weights in OpenAI's format: a TorchScript archive or a state dict."""
        self._clip = _clip()
        self._model = _loaded(self._clip, weights)
        self.dim = int(self._model.text_projection.shape[1])
        self.picture_px = int(self._model.visual.input_resolution)
        with weights.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        self.model_id = f"{name.removesuffix('.pt').replace('/', '-').lower()}-{digest[:6]}"

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """See `Encoder.encode_texts`."""
        distinct = list(dict.fromkeys(texts))
        rows = []
        for some in _in_parts(distinct):
            with torch.inference_mode():
                rows.append(self._model.encode_text(self._clip.tokenize(some, truncate=True)).numpy())
        places = {text: place for place, text in enumerate(distinct)}
        found = self._unit(rows)
        return found[[places[text] for text in texts]] if texts else found

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        """See `Encoder.encode_pictures`."""
        rows = []
        for some in _in_parts(pictures):
            batch = torch.from_numpy(images.normalise(some, CLIP_MEAN, CLIP_STD))
            with torch.inference_mode():
                rows.append(self._model.encode_image(batch).numpy())
        return self._unit(rows)

    def _unit(self, rows: Sequence[Embeddings]) -> Embeddings:
        return wire.unit_rows(np.concatenate(rows)) if rows else np.zeros((0, self.dim), dtype=np.float32)


class _InProcess:
    """Decodes here: the container holds nothing but this model, and SageMaker replaces one that dies."""

    def prepare(self, data: bytes, px: int) -> Pixels:
        images.check_bytes(data)
        return images.prepare(data, px)

    def prepare_many(
        self, pictures: Iterable[bytes | images.UnreadablePhoto], px: int
    ) -> Iterator[Pixels | images.UnreadablePhoto]:
        for data in pictures:
            try:
                yield data if isinstance(data, images.UnreadablePhoto) else self.prepare(data, px)
            except images.UnreadablePhoto as error:
                yield error


def _clip() -> Any:
    """The public package; it asks setuptools' `pkg_resources`, which newer containers lack, for `packaging` alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            importlib.import_module("pkg_resources")
        except ModuleNotFoundError:
            import packaging.version

            sys.modules["pkg_resources"] = SimpleNamespace(packaging=packaging)  # type: ignore[assignment]
        import clip
    return clip


def _loaded(clip: Any, path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # clip says so where a file is a state dict
        model = clip.load(str(path), device="cpu", jit=False)[0].float().eval()
        try:
            weights = torch.load(path, map_location="cpu", weights_only=True)
        except (RuntimeError, pickle.UnpicklingError):
            return model  # a TorchScript archive, as OpenAI publishes: half precision from the start
    model.load_state_dict(weights)  # clip has rounded them to half precision
    return model


def _encode_type(value: str) -> EncodeType:
    kinds: dict[str, EncodeType] = {"TEXT": "TEXT", "IMAGE": "IMAGE", "BOTH": "BOTH", "": "BOTH"}
    if value.strip().upper() not in kinds:
        raise ValueError(f"ENCODE_TYPE is {value!r}; write TEXT, IMAGE or BOTH.")
    return kinds[value.strip().upper()]


def _in_parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
