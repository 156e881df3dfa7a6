"""A tiny real model folder, made in milliseconds without torch: both towers are ONNX graphs with random weights."""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from inference.model import Model, ModelDescription, Precision, write_model
from inference.tokenizer import train_bpe

DIM, WIDTH, PICTURE_PX, CONTEXT = 16, 24, 32, 77
CAPTIONS = ["this is a red mug", "a blue ceramic teapot", "two wooden chairs", "赤いマグカップ", "木の椅子"] * 4


def write_tiny_model(parent: Path, *, precision: Precision = "f32", seed: int = 0) -> Model:
    """Write it into `parent/<model_id>`."""
    tokenizer = train_bpe(CAPTIONS, 600, CONTEXT)
    text, image = tiny_towers(tokenizer.vocabulary_size, seed)
    description = ModelDescription(
        name="tiny", dim=DIM, picture_px=PICTURE_PX, context_length=CONTEXT, precision=precision, licence="Apache-2.0"
    )
    files: dict[str, bytes | Path] = {
        "text.onnx": text.SerializeToString(),
        "image.onnx": image.SerializeToString(),
        "tokenizer.json": tokenizer.to_json(),
    }
    return write_model(description, files, parent=parent)


def tiny_towers(vocabulary_size: int, seed: int = 0) -> tuple[onnx.ModelProto, onnx.ModelProto]:
    """Text and image tower: like CLIP's in what they take, give and depend on."""
    rng = np.random.default_rng(seed)

    def weights(*shape: int) -> NDArray[np.float32]:
        return rng.normal(0, 1, shape).astype(np.float32)

    text = _tower(
        ("tokens", TensorProto.INT64, ["N", "T"]),
        {
            "table": weights(vocabulary_size, WIDTH),
            "places": weights(CONTEXT, WIDTH),
            "project": weights(WIDTH, DIM),
            "zero": np.array(0),
            "one": np.array(1),
            "ones": np.array([1]),
            "last": np.array([2]),
        },
        [
            helper.make_node("Gather", ["table", "tokens"], ["words"]),
            helper.make_node("Shape", ["tokens"], ["shape"]),
            helper.make_node("Gather", ["shape", "one"], ["T"]),
            helper.make_node("Range", ["zero", "T", "one"], ["positions"]),
            helper.make_node("Gather", ["places", "positions"], ["placed"]),
            helper.make_node("Add", ["words", "placed"], ["states"]),
            helper.make_node("ArgMax", ["tokens"], ["end"], axis=1, keepdims=1),
            helper.make_node("LessOrEqual", ["positions", "end"], ["is_read"]),
            helper.make_node("Cast", ["is_read"], ["read"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["read", "last"], ["mask"]),
            helper.make_node("Tanh", ["states"], ["bent"]),
            helper.make_node("Mul", ["bent", "mask"], ["kept"]),
            helper.make_node("ReduceSum", ["kept", "ones"], ["sum"], keepdims=0),
            helper.make_node("MatMul", ["sum", "project"], ["embeddings"]),
        ],
    )
    image = _tower(
        ("pixels", TensorProto.FLOAT, ["N", 3, PICTURE_PX, PICTURE_PX]),
        {"kernel": weights(8, 3, 8, 8), "bias": weights(8), "project": weights(8 * 4 * 4, DIM)},
        [
            helper.make_node("Conv", ["pixels", "kernel", "bias"], ["patches"], strides=[8, 8]),
            helper.make_node("Relu", ["patches"], ["bent"]),
            helper.make_node("Flatten", ["bent"], ["flat"]),
            helper.make_node("MatMul", ["flat", "project"], ["embeddings"]),
        ],
    )
    return text, image


def _tower(
    takes: tuple[str, int, list[str | int]], weights: dict[str, NDArray[np.generic]], nodes: list[onnx.NodeProto]
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes,
        "tower",
        [helper.make_tensor_value_info(*takes)],
        [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["N", DIM])],
        [numpy_helper.from_array(values, name) for name, values in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    return model
