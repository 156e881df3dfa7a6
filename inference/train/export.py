"""A torch CLIP and its tokenizer -> a model folder, with the worst disagreement between the two printed."""

from __future__ import annotations

import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from inference.model import IMAGE_ONNX, TEXT_ONNX, TOKENIZER_JSON, Model, ModelDescription, write_model
from inference.quantise import small_weights
from inference.tokenizer import Tokenizer
from inference.train.architecture import Clip

OPSET = 18
PARITY_TEXTS = (
    "a red mug",
    "this is a photo of a wooden chair",
    "navy striped backpack made of canvas",
    "",
    "赤い陶器のマグカップ",
    "a tall glass vase in sky blue with a very long description that goes on " * 8,
)


@dataclass(frozen=True, slots=True)
class Parity:
    """How far the exported towers are from torch, as the worst cosine similarity over the samples."""

    text: float
    image: float


class _Tower(nn.Module):
    """One tower with the output of the model folder: not unit length; the encoder divides."""

    def __init__(self, model: Clip, *, text: bool) -> None:
        super().__init__()
        self.model, self.text = model, text

    def forward(self, given: Tensor) -> Tensor:
        return self.model.encode_text(given) if self.text else self.model.encode_image(given)


def export_onnx(model: Clip, folder: Path) -> tuple[Path, Path]:
    """Write `text.onnx` and `image.onnx` in float32, with dynamic batch and text length.

    Args:
        model: in evaluation mode, on the CPU.
        folder: where the files go; it exists.

    Returns:
        Their paths, text first.
    """
    px = model.sizes.picture_px
    text, image = folder / TEXT_ONNX, folder / IMAGE_ONNX
    batch = torch.export.Dim("N", min=1, max=4096)
    length = torch.export.Dim("T", min=2, max=model.sizes.context_length)
    tokens = torch.randint(0, model.sizes.vocabulary, (2, 9))
    _export(_Tower(model, text=True), tokens, text, "tokens", {0: batch, 1: length})
    _export(_Tower(model, text=False), torch.rand(2, 3, px, px), image, "pixels", {0: batch})
    return text, image


def export_folder(
    model: Clip,
    tokenizer: Tokenizer,
    description: ModelDescription,
    *,
    parent: Path,
    folder_name: str = "",
    extra: dict[str, bytes] | None = None,
) -> tuple[Model, Parity]:
    """Write a model folder at the precision that the description names, and compare it with torch.

    Args:
        model: the weights.
        tokenizer: that the text tower was trained with.
        description: its sizes are set here, from the model.
        parent: the folder of models; `folder_name` in it is replaced whole.
        folder_name: the model_id by default.
        extra: further files, for example `README.md`.
    """
    model = model.eval().to("cpu", memory_format=torch.contiguous_format)
    sizes = model.sizes
    described = msgspec.structs.replace(
        description, dim=sizes.dim, picture_px=sizes.picture_px, context_length=sizes.context_length
    )
    with tempfile.TemporaryDirectory() as scratch:
        text, image = (
            small_weights(onnx.load(path), description.precision).SerializeToString()
            for path in export_onnx(model, Path(scratch))
        )
        files: dict[str, bytes | Path] = {TEXT_ONNX: text, IMAGE_ONNX: image, TOKENIZER_JSON: tokenizer.to_json()}
        written = write_model(described, {**files, **(extra or {})}, parent=parent, folder_name=folder_name)
    return written, parity(model, tokenizer, written)


def parity(model: Clip, tokenizer: Tokenizer, written: Model, pictures: NDArray[np.float32] | None = None) -> Parity:
    """The worst cosine between torch and a model folder.

    Args:
        model: the weights, on the CPU.
        tokenizer: for the sample texts.
        written: the folder.
        pictures: normalised, float32, shape (N, 3, px, px); 8 of smooth noise by default.
    """
    px = model.sizes.picture_px
    if pictures is None:
        coarse = torch.randn(8, 3, 7, 7, generator=torch.Generator().manual_seed(1))
        pictures = nn.functional.interpolate(coarse, (px, px), mode="bicubic").numpy()
    tokens = tokenizer.encode(PARITY_TEXTS)
    with torch.inference_mode():
        texts = model.encode_text(torch.from_numpy(tokens)).numpy()
        images = model.encode_image(torch.from_numpy(pictures)).numpy()
    return Parity(
        text=worst_cosine(texts, run_onnx(written.file(TEXT_ONNX), tokens)),
        image=worst_cosine(images, run_onnx(written.file(IMAGE_ONNX), pictures)),
    )


def run_onnx(path: Path, given: NDArray[np.generic]) -> NDArray[np.float32]:
    """One call of an exported tower."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    out: NDArray[np.float32] = session.run(None, {session.get_inputs()[0].name: given})[0]
    return out


def worst_cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """The least cosine similarity between rows, -1 to 1."""
    norms = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(1) / norms).min())


def _export(tower: nn.Module, sample: Tensor, path: Path, name: str, axes: dict[int, object]) -> None:
    tower.eval()
    with warnings.catch_warnings():  # the exporter warns about its own insides
        warnings.simplefilter("ignore")
        torch.onnx.export(
            tower,
            (sample,),
            str(path),
            input_names=[name],
            output_names=["embeddings"],
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            dynamic_shapes=({**axes},),
            verbose=False,
        )
