"""A model folder in f32 -> the same model with f16 or int8 weights (needs `onnx`, of the extras `train` and `dev`).

Weights only: a vector never depends on the rest of its batch, as dynamic quantisation makes it do. Embedding tables
stay small in memory, and so do int8 matrices (ONNX Runtime's `MatMulNBits`); all else becomes f32 while it is loaded.
"""

from pathlib import Path

import msgspec
import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from inference.model import IMAGE_ONNX, TEXT_ONNX, Model, Precision, write_model

SMALLEST = 1024
"""Weights with fewer values stay f32: they weigh nothing."""
BLOCKS = (128, 64, 32)
"""Values of a matrix column that share a scale: the largest that divides the column, else the smallest."""
MICROSOFT = "com.microsoft"


def quantised(model: Model, precision: Precision, *, parent: Path) -> Model:
    """Write the model again, in a precision, as `parent/<its new model_id>`.

    Raises:
        ValueError: the model is not f32.
        BrokenModel: a file is missing or altered.
    """
    if model.description.precision != "f32":
        raise ValueError(f"{model.model_id} is {model.description.precision} already; start from its f32 model")
    files: dict[str, bytes | Path] = {name: model.file(name) for name in model.description.files}
    for name in (TEXT_ONNX, IMAGE_ONNX):
        files[name] = small_weights(onnx.load(model.file(name)), precision).SerializeToString()
    return write_model(msgspec.structs.replace(model.description, precision=precision), files, parent=parent)


def small_weights(tower: onnx.ModelProto, precision: Precision) -> onnx.ModelProto:
    """A copy of a tower whose large f32 weights are stored in a precision."""
    small = onnx.ModelProto()
    small.CopyFrom(tower)
    if precision == "f32":
        return small
    graph = small.graph
    large = {
        weight.name: numpy_helper.to_array(weight)
        for weight in graph.initializer
        if weight.data_type == TensorProto.FLOAT and len(weight.dims) > 1 and np.prod(weight.dims) >= SMALLEST
    }
    for name, values in large.items():
        users = [node for node in graph.node if name in node.input]
        graph.initializer.remove(next(weight for weight in graph.initializer if weight.name == name))
        if precision == "int8" and values.ndim == 2 and all(_multiplies(node, name) for node in users):
            _replace_matrix(graph, name, values, users)
        else:
            _replace(graph, name, values, precision, users)
    if any(node.domain == MICROSOFT for node in graph.node):
        small.opset_import.append(helper.make_opsetid(MICROSOFT, 1))
    onnx.checker.check_model(small)
    return small


def _multiplies(node: onnx.NodeProto, name: str) -> bool:
    return node.op_type == "MatMul" and node.input[1] == name and node.input[0] != name


def _replace_matrix(
    graph: onnx.GraphProto, name: str, values: NDArray[np.float32], users: list[onnx.NodeProto]
) -> None:
    """Have products with a matrix (K, N) computed by `MatMulNBits`, which treats each row of the other side alone."""
    rows, columns = values.shape
    block = next((size for size in BLOCKS if rows % size == 0), BLOCKS[-1])
    padded = np.pad(values.T, ((0, 0), (0, -rows % block))).reshape(columns, -1, block)
    whole, scale = _int8(padded, axis=2)
    stored = (whole.astype(np.int16) + 128).astype(np.uint8)  # (N, blocks, block); 128 is zero
    graph.initializer.append(numpy_helper.from_array(stored, f"{name}.int8"))
    graph.initializer.append(numpy_helper.from_array(scale.ravel(), f"{name}.scale"))
    for node in users:
        given = [node.input[0], f"{name}.int8", f"{name}.scale"]
        # accuracy_level 4: the product is of int8 by int8, on CPUs that are good at it.
        sizes = {"K": rows, "N": columns, "bits": 8, "block_size": block, "accuracy_level": 4}
        _put(graph, node, [helper.make_node("MatMulNBits", given, [node.output[0]], domain=MICROSOFT, **sizes)])


def _replace(
    graph: onnx.GraphProto, name: str, values: NDArray[np.float32], precision: Precision, users: list[onnx.NodeProto]
) -> None:
    """Store a weight small, and have nodes make of it what its users took."""
    small, scale = f"{name}.{precision}", ""
    if precision == "f16":
        stored: NDArray[np.generic] = np.clip(values, -65504, 65504).astype(np.float16)
    else:
        stored, scales = _int8(values, axis=tuple(range(1, values.ndim)))
        scale = f"{name}.scale"
        graph.initializer.append(numpy_helper.from_array(scales, scale))
    graph.initializer.append(numpy_helper.from_array(stored, small))
    tables = [node for node in users if node.op_type == "Gather" and node.input[0] == name]
    for table in tables:
        rows, row_scale = f"{table.output[0]}.rows", f"{table.output[0]}.scale" if scale else ""
        nodes = [helper.make_node("Gather", [small, table.input[1]], [rows])]
        if scale:
            nodes.append(helper.make_node("Gather", [scale, table.input[1]], [row_scale]))
        _put(graph, table, [*nodes, *_to_f32(rows, row_scale, table.output[0])])
    if len(tables) < len(users):
        for node in reversed(_to_f32(small, scale, name)):  # of constants only: done once, while the graph is loaded
            graph.node.insert(0, node)


def _put(graph: onnx.GraphProto, old: onnx.NodeProto, new: list[onnx.NodeProto]) -> None:
    """Put nodes in the place of one; a graph's nodes are in the order of their running."""
    place = list(graph.node).index(old)
    graph.node.remove(old)
    for node in reversed(new):
        graph.node.insert(place, node)


def _int8(values: NDArray[np.float32], axis: int | tuple[int, ...]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Values as integers of -127 to 127, and the scale of each slice, its axes kept as 1."""
    largest = np.abs(values).max(axis=axis, keepdims=True)
    scale = np.maximum(largest, 1e-12).astype(np.float32) / np.float32(127)
    return np.rint(values / scale).astype(np.int8), scale


def _to_f32(stored: str, scale: str, output: str) -> list[onnx.NodeProto]:
    unscaled = f"{output}.unscaled" if scale else output
    nodes = [helper.make_node("Cast", [stored], [unscaled], to=TensorProto.FLOAT)]
    if scale:
        nodes.append(helper.make_node("Mul", [unscaled, scale], [output]))
    return nodes
