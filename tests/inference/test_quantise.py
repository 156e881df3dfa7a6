"""Small weights give almost the same vectors from a smaller file."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray

from inference.model import Precision
from inference.onnx import OnnxEncoder
from inference.quantise import quantised, small_weights
from tests.inference.tiny_model import CAPTIONS, PICTURE_PX, tiny_towers, write_tiny_model

PICTURES = list(np.random.default_rng(3).integers(0, 256, (8, PICTURE_PX, PICTURE_PX, 3), dtype=np.uint8))


@pytest.mark.parametrize(("precision", "cosine", "share"), [("f16", 0.999999, 0.6), ("int8", 0.999, 0.4)])
def test_a_smaller_model_gives_almost_the_same_vectors(
    tmp_path: Path, precision: Precision, cosine: float, share: float
) -> None:
    whole = write_tiny_model(tmp_path)
    small = quantised(whole, precision, parent=tmp_path)
    assert small.description.precision == precision
    assert small.model_id != whole.model_id
    for name in ("text.onnx", "image.onnx"):
        assert small.file(name).stat().st_size < share * whole.file(name).stat().st_size + 4000
    one, other = OnnxEncoder(whole), OnnxEncoder(small)
    texts = one.encode_texts(CAPTIONS), other.encode_texts(CAPTIONS)
    pictures = one.encode_pictures(PICTURES), other.encode_pictures(PICTURES)
    for whole_rows, small_rows in (texts, pictures):
        assert (whole_rows * small_rows).sum(axis=1).min() > cosine


def test_a_small_model_is_not_made_smaller_again(tmp_path: Path) -> None:
    small = quantised(write_tiny_model(tmp_path), "f16", parent=tmp_path)
    with pytest.raises(ValueError, match="is f16 already"):
        quantised(small, "int8", parent=tmp_path)


def test_f32_is_left_as_it_is() -> None:
    text, _ = tiny_towers(600)
    assert small_weights(text, "f32") == text


@pytest.mark.parametrize("precision", ["f16", "int8"])
@pytest.mark.parametrize("rows", [64, 96, 100, 384])
def test_a_matrix_of_any_height_is_stored_small(precision: Precision, rows: int) -> None:
    rng = np.random.default_rng(0)
    matrix, given = rng.normal(size=(rows, 40)).astype(np.float32), rng.normal(size=(5, rows)).astype(np.float32)
    helper, kind = onnx.helper, onnx.TensorProto.FLOAT
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "matrix"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", kind, ["N", rows])],
        [helper.make_tensor_value_info("y", kind, ["N", 40])],
        [onnx.numpy_helper.from_array(matrix, "matrix")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    computed = run(small_weights(model, precision), given)
    expected = given @ matrix
    assert (computed * expected).sum() / np.linalg.norm(computed) / np.linalg.norm(expected) > 0.9995


def run(model: onnx.ModelProto, given: NDArray[np.float32]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"x": given})[0])
