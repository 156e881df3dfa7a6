"""One CLIP checkpoint of random weights in the article's packaging and in ours, for the ways in which it is served."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from inference import archive
from inference.encoder import Embeddings, Encoder
from inference.model import Model
from inference.quantise import quantised

NAME = "RN/small"
"""`MODEL_NAME`; a slash, as `ViT-B/32` has one."""


@dataclass(frozen=True)
class ClipModel:
    """A checkpoint in a folder of its own; what is made of it is made once, when it is asked for."""

    folder: Path
    weights: Path

    @cached_property
    def packed(self) -> archive.Archive:
        """The article's `model.tar.gz`."""
        packages = self.folder / "packages"
        archive.vendor(packages)
        return archive.pack({NAME: self.weights}, packages=packages, into=self.folder)

    @cached_property
    def f32(self) -> Model:
        """Our model folder, in full precision."""
        from inference.train import checkpoints

        return checkpoints.get(str(self.weights), parent=self.folder / "models", downloads=self.folder)[0]

    @cached_property
    def int8(self) -> Model:
        return quantised(self.f32, "int8", parent=self.folder / "models")

    @cached_property
    def torch(self) -> Encoder:
        """The article's handlers' encoder, in this process: torch and `clip`."""
        from inference.serve import TorchEncoder

        return TorchEncoder(self.weights, name=NAME)


@cache
def small() -> ClipModel:
    """A ModifiedResNet that encodes in milliseconds."""
    return _written(dim=64, picture_px=96, vision_layers=(1, 1, 1, 1), vision_width=16, text_width=64, text_layers=2)


@cache
def rn50() -> ClipModel:
    """RN50's sizes: 102 million weights."""
    return _written(dim=1024, picture_px=224, vision_layers=(3, 4, 6, 3), vision_width=64)


def worst_cosine(some: Embeddings, others: Embeddings) -> float:
    """The least cosine between rows of unit vectors."""
    return float((some * others).sum(axis=1).min())


def _written(**sizes: Any) -> ClipModel:
    torch = pytest.importorskip("torch")
    from inference.train.architecture import Sizes
    from tests.train.test_checkpoints import random_weights

    folder = Path(tempfile.mkdtemp(prefix="looksee-clip-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    weights = folder / f"{NAME.replace('/', '-')}.pt"
    torch.save(random_weights(Sizes(**sizes)), weights)
    return ClipModel(folder, weights)
