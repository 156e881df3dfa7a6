"""A checkpoint by name, path, S3 or http(s) address -> its weights under OpenAI's names, and our model folder."""

from __future__ import annotations

import importlib.util
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from inference.model import CLIP_MEAN, CLIP_STD, Model, ModelDescription, Precision
from inference.tokenizer import Tokenizer, clip_tokenizer
from inference.train.architecture import Activation, build
from inference.train.download import fetch, sha256_of
from inference.train.export import Parity, export_folder
from inference.train.published import PUBLISHED, published, published_with

Progress = Callable[[int, "int | None"], None]


class BadCheckpoint(Exception):
    """The file is no checkpoint that can be used; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """Weights, and what the weights alone do not tell."""

    name: str
    weights: Mapping[str, Tensor]
    activation: Activation = "quick_gelu"
    mean: tuple[float, float, float] = CLIP_MEAN
    std: tuple[float, float, float] = CLIP_STD
    licence: str = ""
    source: str = ""


def get(
    name_or_place: str,
    *,
    parent: Path,
    downloads: Path,
    trust: bool = False,
    precision: Precision = "f32",
    tokenizer: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> tuple[Model, Parity]:
    """Fetch, verify and convert a checkpoint, and compare the result with torch.

    Args:
        name_or_place: `RN50`, a path, `s3://bucket/key`, or an http(s) address.
        parent: the folder of models.
        downloads: where fetched files are kept.
        trust: open a TorchScript archive, which holds code, that is not one of OpenAI's.
        precision: of the written weights.
        tokenizer: a `tokenizer.json` or OpenAI's merges file; by default OpenAI's, from the `clip` package.
        progress: called with bytes done and the total, while fetching.

    Raises:
        BadCheckpoint, DownloadFailed: each says what to do.
    """
    checkpoint = read(locate(name_or_place, downloads, progress), trust=trust)
    try:
        model = build(checkpoint.weights, checkpoint.activation)
    except ValueError as error:
        raise BadCheckpoint(str(error)) from error
    vocabulary = read_tokenizer(tokenizer, model.sizes.context_length)
    if vocabulary.vocabulary_size != model.sizes.vocabulary:
        raise BadCheckpoint(
            f"{checkpoint.name} has {model.sizes.vocabulary:,} ids, its tokenizer {vocabulary.vocabulary_size:,}; "
            "name its own with --tokenizer."
        )
    description = ModelDescription(
        name=re.sub(r"[^a-z0-9.]+", "-", checkpoint.name.casefold()).strip("-."),
        dim=model.sizes.dim,
        prompt="this is a {}",
        picture_px=model.sizes.picture_px,
        mean=checkpoint.mean,
        std=checkpoint.std,
        precision=precision,
        licence=checkpoint.licence,
        source=checkpoint.source,
    )
    return export_folder(model, vocabulary, description, parent=parent)


def locate(name_or_place: str, downloads: Path, progress: Progress = lambda done, total: None) -> Path:
    """The file on this machine, fetched where need be.

    Raises:
        BadCheckpoint: there is no such name or file.
        DownloadFailed: it cannot be fetched, or is not the published file.
    """
    known = published(name_or_place)
    if known is not None:
        return fetch(known.url, downloads / known.file_name, sha256=known.sha256, progress=progress)
    if name_or_place.startswith(("http://", "https://")):
        address = name_or_place.split("?")[0]
        promised = next((e.sha256 for e in PUBLISHED.values() if e.sha256 in address), None)
        return fetch(name_or_place, downloads / address.rsplit("/", 1)[-1], sha256=promised, progress=progress)
    if name_or_place.startswith("s3://"):
        return _from_s3(name_or_place, downloads, progress)
    path = Path(name_or_place).expanduser()
    if not path.is_file():
        raise BadCheckpoint(
            f"There is no file {name_or_place!r}, and of the published models there are {', '.join(PUBLISHED)}."
        )
    return path


def read(path: Path, *, trust: bool = False) -> Checkpoint:
    """Read a checkpoint file: OpenAI's TorchScript archive, a state dict, or OpenCLIP's safetensors.

    Raises:
        BadCheckpoint: it is none of these, or an archive with code of unknown origin and `trust` is false.
    """
    if path.suffix == ".safetensors":
        return _safetensors(path)
    if _holds_code(path):
        known = published_with(sha256_of(path))
        if known is None and not trust:
            raise BadCheckpoint(
                f"{path} is a TorchScript archive, which can run code, and not one that OpenAI published; "
                "pass --trust if you trust where it comes from."
            )
        weights = torch.jit.load(str(path), map_location="cpu").state_dict()
        if known is not None:
            return Checkpoint(
                name=known.name, weights=weights, licence="MIT", source=f"OpenAI CLIP {known.name}, {known.url}"
            )
        return Checkpoint(name=path.stem, weights=weights)
    try:
        loaded = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise BadCheckpoint(
            f"{path} is not a state dict that can be read safely; save it with torch.save(state_dict)."
        ) from error
    return Checkpoint(name=path.stem, weights=_named_as_openai(loaded, path))


def read_tokenizer(path: Path | None, context_length: int = 77) -> Tokenizer:
    """A `tokenizer.json`, OpenAI's merges file, or by default the merges that the `clip` package brings.

    Raises:
        BadCheckpoint: none is given and `clip` is not installed.
    """
    if path is not None and path.suffix == ".json":
        return Tokenizer.read(path, context_length)
    if path is None:
        found = importlib.util.find_spec("clip")
        if found is None or found.origin is None:
            raise BadCheckpoint(
                'OpenAI\'s vocabulary comes with the clip package: pip install -e ".[train]" in the checkout.'
            )
        path = Path(found.origin).parent / "bpe_simple_vocab_16e6.txt.gz"
    return clip_tokenizer(path.read_bytes(), context_length)


def _holds_code(path: Path) -> bool:
    """Whether it is a TorchScript archive."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return any("/code/" in name or name.endswith("/constants.pkl") for name in archive.namelist())


def _named_as_openai(loaded: Any, path: Path) -> dict[str, Tensor]:
    """Unwrap what training programs put around a state dict."""
    if isinstance(loaded, dict) and isinstance(loaded.get("state_dict"), dict):
        loaded = loaded["state_dict"]
    if not isinstance(loaded, dict) or not all(isinstance(v, Tensor) for v in loaded.values()):
        raise BadCheckpoint(f"{path} holds no state dict; save it with torch.save(model.state_dict(), ...).")
    named = {key.removeprefix("module.").removeprefix("text."): value for key, value in loaded.items()}
    return {key: value for key, value in named.items() if key not in ("attn_mask", "logit_bias")}


def _safetensors(path: Path) -> Checkpoint:
    """OpenCLIP's names are OpenAI's; `open_clip_config.json` beside the file tells activation and preprocessing."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        weights = _named_as_openai(load_file(path), path)
    except (SafetensorError, OSError) as error:
        raise BadCheckpoint(f"{path} is not a sound safetensors file; get it again.") from error
    config = path.with_name("open_clip_config.json")
    told = json.loads(config.read_text("utf-8")) if config.is_file() else {}
    quick = told.get("model_cfg", {}).get("quick_gelu", not told)  # OpenCLIP's default is the exact GELU
    seen = told.get("preprocess_cfg", {})
    mean, std = (tuple(seen.get(key, default)) for key, default in (("mean", CLIP_MEAN), ("std", CLIP_STD)))
    generic = path.stem in {"open_clip_model", "open_clip_pytorch_model", "model"}
    return Checkpoint(
        name=path.resolve().parent.name if generic else path.stem,
        weights=weights,
        mean=(mean[0], mean[1], mean[2]),
        std=(std[0], std[1], std[2]),
        activation="quick_gelu" if quick else "gelu",
        source="OpenCLIP checkpoint",
    )


def _from_s3(uri: str, downloads: Path, progress: Progress) -> Path:
    try:
        import boto3
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError as error:
        raise BadCheckpoint('Reading from S3 needs boto3: pip install -e ".[aws]" in the checkout.') from error
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    target = downloads / key.rsplit("/", 1)[-1]
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    done = 0

    def count(number: int) -> None:
        nonlocal done
        done += number
        progress(done, None)

    try:
        boto3.client("s3").download_file(bucket, key, str(part), Callback=count)
    except (BotoCoreError, ClientError) as error:
        raise BadCheckpoint(
            f"{uri} cannot be read ({type(error).__name__}); check bucket, key and credentials."
        ) from error
    part.replace(target)
    return target
