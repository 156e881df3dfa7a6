"""Every adapter of the `Encoder` port, by name, for the contract suite.

Another adapter joins here: a generator that yields it, and cleans up, under `@adapter(name, *marks)`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inference.encoder import Encoder
from inference.model import BUNDLED, DEFAULT_MODEL, read_model
from inference.onnx import OnnxEncoder
from inference.quantise import quantised
from tests.inference.tiny_model import write_tiny_model
from tests.toys import PaletteEncoder

Opened = Callable[[Path], Iterator[Encoder]]
ADAPTERS: list[tuple[str, Opened, tuple[pytest.MarkDecorator, ...]]] = []


def adapter(name: str, *marks: pytest.MarkDecorator) -> Callable[[Opened], Opened]:
    """Register a generator that takes an empty folder and yields one encoder."""

    def register(opened: Opened) -> Opened:
        ADAPTERS.append((name, opened, marks))
        return opened

    return register


@adapter("palette")
def palette(_folder: Path) -> Iterator[Encoder]:
    yield PaletteEncoder()


@adapter("onnx-tiny-f32")
def onnx_f32(folder: Path) -> Iterator[Encoder]:
    yield OnnxEncoder(write_tiny_model(folder), threads=2)


@adapter("onnx-tiny-f16")
def onnx_f16(folder: Path) -> Iterator[Encoder]:
    yield OnnxEncoder(quantised(write_tiny_model(folder), "f16", parent=folder), threads=2)


@adapter("onnx-tiny-int8")
def onnx_int8(folder: Path) -> Iterator[Encoder]:
    yield OnnxEncoder(quantised(write_tiny_model(folder), "int8", parent=folder), threads=2)


@adapter("onnx-bundled")
def onnx_bundled(_folder: Path) -> Iterator[Encoder]:
    folder = BUNDLED / DEFAULT_MODEL
    if not folder.is_dir():
        pytest.skip("no model is bundled yet")
    yield OnnxEncoder(read_model(folder))
