"""What `OnnxEncoder` does beyond the contract: laziness, its cache, and sentences for broken folders."""

import io
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image

from inference import images
from inference import onnx as inference_onnx
from inference.encoder import encode_with_lengths
from inference.model import BUNDLED, DEFAULT_MODEL, BrokenModel, Model, read_model, write_model
from inference.onnx import OnnxEncoder
from tests.inference.tiny_model import write_tiny_model
from tests.toys import PaletteEncoder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return write_tiny_model(tmp_path_factory.mktemp("models"))


def rewritten(model: Model, parent: Path, **files: bytes) -> Model:
    """The model with other files, and the right sums of them."""
    whole: dict[str, bytes | Path] = {name: model.folder / name for name in model.description.files}
    return write_model(model.description, {**whole, **files}, parent=parent)


def test_a_tower_is_loaded_when_it_is_needed(model: Model) -> None:
    encoder = OnnxEncoder(model)
    assert not {"_text_session", "_image_session"} & set(vars(encoder))
    encoder.encode_texts(["a red mug"])
    assert "_text_session" in vars(encoder)
    assert "_image_session" not in vars(encoder)
    encoder.warm()
    assert "_image_session" in vars(encoder)


def test_a_text_asked_again_is_not_run_again(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = OnnxEncoder(model)
    first = encoder.encode_texts(["a red mug", "a blue mug"])
    monkeypatch.setattr(inference_onnx, "_run", None)
    assert np.array_equal(encoder.encode_texts(["a blue mug", "a red mug", "a blue mug"]), first[[1, 0, 1]])


def test_the_cache_forgets_what_was_not_asked_for_longest(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference_onnx, "CACHED_TEXTS", 2)
    encoder = OnnxEncoder(model)
    for text in ("one", "two", "one", "three"):
        encoder.encode_texts([text])
    assert list(encoder._cache) == ["one", "three"]
    assert encoder.encode_texts(["four", "five", "six", "one"]).shape == (4, encoder.dim)
    assert len(encoder._cache) == 2
    encoder.encode_texts(["very " * 1000 + "long"])
    assert list(encoder._cache) == ["five", "six"]


def test_many_texts_of_many_lengths_are_those_of_each_alone(model: Model) -> None:
    texts = ["mug " * (number * 7 % 90) + str(number) for number in range(150)]
    together = OnnxEncoder(model).encode_texts(texts)
    one_by_one = OnnxEncoder(model)
    alone = np.concatenate([one_by_one.encode_texts([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_lengths_are_told_beside_the_unit_vectors_and_are_the_same_in_any_company(model: Model) -> None:
    encoder = OnnxEncoder(model)
    rng = np.random.default_rng(0)
    pictures = list(rng.integers(0, 256, (20, encoder.picture_px, encoder.picture_px, 3), dtype=np.uint8))

    rows, lengths = encode_with_lengths(encoder, pictures)

    assert np.array_equal(rows, encoder.encode_pictures(pictures))
    assert lengths.shape == (20,)
    assert lengths.dtype == np.float32
    assert (lengths > 0).all()
    assert encode_with_lengths(encoder, pictures[:1])[1] == pytest.approx(lengths[:1], rel=1e-5)
    assert encode_with_lengths(encoder, [])[1].shape == (0,)


def test_an_encoder_that_tells_no_lengths_has_lengths_of_0() -> None:
    rows, lengths = encode_with_lengths(PaletteEncoder(), [np.zeros((32, 32, 3), dtype=np.uint8)] * 2)

    assert rows.shape == (2, PaletteEncoder.dim)
    assert list(lengths) == [0.0, 0.0]


@pytest.mark.parametrize("shape", [(16, 16, 3), (32, 32), (32, 32, 4), (3, 32, 32)])
def test_pixels_of_another_shape_are_refused(model: Model, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"expected uint8 \(32, 32, 3\)"):
        OnnxEncoder(model).encode_pictures([np.zeros(shape, dtype=np.uint8)])


def test_pixels_of_another_type_are_refused(model: Model) -> None:
    with pytest.raises(ValueError, match="got float64"):
        OnnxEncoder(model).encode_pictures([np.zeros((32, 32, 3))])  # type: ignore[list-item]


def test_a_tower_that_is_no_onnx_file_is_refused_with_a_sentence(model: Model, tmp_path: Path) -> None:
    broken = rewritten(model, tmp_path, **{"image.onnx": b"not a graph"})
    encoder = OnnxEncoder(broken)
    assert encoder.encode_texts(["a red mug"]).shape == (1, 16)
    with pytest.raises(BrokenModel, match=r"image\.onnx cannot be loaded by ONNX Runtime; export the model again\."):
        encoder.encode_pictures([np.zeros((32, 32, 3), dtype=np.uint8)])


def test_a_tower_that_was_altered_is_refused_before_it_runs(model: Model, tmp_path: Path) -> None:
    copied = rewritten(model, tmp_path)
    with (copied.folder / "text.onnx").open("ab") as tower:
        tower.write(b"\x00")
    with pytest.raises(BrokenModel, match="is damaged"):
        OnnxEncoder(read_model(copied.folder)).encode_texts(["a red mug"])


def test_a_tower_of_another_dim_than_the_description_says_is_refused(model: Model, tmp_path: Path) -> None:
    whole: dict[str, bytes | Path] = {name: model.folder / name for name in model.description.files}
    lying = write_model(msgspec.structs.replace(model.description, dim=17), whole, parent=tmp_path)
    with pytest.raises(BrokenModel, match=r"gives vectors of 16 numbers, and model\.json says 17"):
        OnnxEncoder(lying).encode_texts(["a red mug"])


def test_the_fast_way_of_decoding_keeps_the_vector_of_the_bundled_model(monkeypatch: pytest.MonkeyPatch) -> None:
    if not (BUNDLED / DEFAULT_MODEL).is_dir():
        pytest.skip("no model is bundled yet")
    encoder = OnnxEncoder(read_model(BUNDLED / DEFAULT_MODEL))
    for seed in range(3):
        coarse = np.random.default_rng(seed).integers(0, 256, (60, 80, 3), dtype=np.uint8)
        file = io.BytesIO()
        Image.fromarray(coarse).resize((2000, 1500), Image.Resampling.BICUBIC).save(file, "JPEG", quality=88)
        fast = images.prepare(file.getvalue(), encoder.picture_px)
        with monkeypatch.context() as patched:
            patched.setattr(images, "LARGE_JPEG_PIXELS", 10**9)
            slow = images.prepare(file.getvalue(), encoder.picture_px)
        assert not np.array_equal(fast, slow)
        one, other = encoder.encode_pictures([fast, slow])
        assert one @ other >= 0.999


def test_the_runtime_reports_to_nobody() -> None:
    """Its reporting complains where it cannot write to the home folder; ours has none."""
    code = "import inference.model as m; from inference.onnx import OnnxEncoder; OnnxEncoder(m.find_model()).warm()"
    env = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    nowhere = {"HOME": "/proc/nowhere", "XDG_CACHE_HOME": "/proc/nowhere"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env={**env, **nowhere}, capture_output=True, text=True, check=True)
    assert done.stderr == ""
