"""A model folder in f32 -> the same model with f16 or int8 weights, in standard ONNX operators (extra `train`).

Weights only: activations stay f32, so that a vector never depends on the rest of its batch, as dynamic quantisation
makes it do. What is stored small becomes f32 while the graph is loaded; embedding tables stay small in memory too.
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
BLOCK = 32
"""Values of a matrix column that share a scale in `MatMulNBits`."""


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
        if weight.data_type == TensorProto.FLOAT and np.prod(weight.dims) >= SMALLEST
    }
    for name, values in large.items():
        tables = [node for node in graph.node if node.op_type == "Gather" and node.input[0] == name]
        others = [node for node in graph.node if name in node.input and node not in tables]
        graph.initializer.remove(next(weight for weight in graph.initializer if weight.name == name))
        _replace(graph, name, values, precision, tables=tables, others=others)
    onnx.checker.check_model(small)
    return small


def _replace(
    graph: onnx.GraphProto,
    name: str,
    values: NDArray[np.float32],
    precision: Precision,
    *,
    tables: list[onnx.NodeProto],
    others: list[onnx.NodeProto],
) -> None:
    """Store a weight small, and have nodes make of it what its users took."""
    stored, scale = _stored(values, precision)
    graph.initializer.append(numpy_helper.from_array(stored, f"{name}.{precision}"))
    if scale is not None:
        graph.initializer.append(numpy_helper.from_array(scale, f"{name}.scale"))
    if others:
        nodes = _to_f32(f"{name}.{precision}", f"{name}.scale" if scale is not None else "", name)
        for node in reversed(nodes):  # without inputs of the graph: done once, while it is loaded
            graph.node.insert(0, node)
    for table in tables:
        rows, scales = f"{table.output[0]}.rows", f"{table.output[0]}.scales"
        nodes = [helper.make_node("Gather", [f"{name}.{precision}", table.input[1]], [rows])]
        if scale is not None:
            nodes.append(helper.make_node("Gather", [f"{name}.scale", table.input[1]], [scales]))
        nodes += _to_f32(rows, scales if scale is not None else "", table.output[0])
        place = list(graph.node).index(table)
        graph.node.remove(table)
        for node in reversed(nodes):
            graph.node.insert(place, node)


def _stored(
    values: NDArray[np.float32], precision: Precision
) -> tuple[NDArray[np.generic], NDArray[np.float32] | None]:
    """The weight as it is stored, and for int8 the scale of each slice along the first axis."""
    if precision == "f16":
        return np.clip(values, -65504, 65504).astype(np.float16), None
    largest = np.abs(values).max(axis=tuple(range(1, values.ndim)), keepdims=True)
    scale = np.maximum(largest, 1e-12).astype(np.float32) / np.float32(127)
    return np.rint(values / scale).astype(np.int8), scale


def _to_f32(stored: str, scale: str, output: str) -> list[onnx.NodeProto]:
    unscaled = f"{output}.unscaled" if scale else output
    nodes = [helper.make_node("Cast", [stored], [unscaled], to=TensorProto.FLOAT)]
    if scale:
        nodes.append(helper.make_node("Mul", [unscaled, scale], [output]))
    return nodes
