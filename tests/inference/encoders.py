"""Every adapter of the `Encoder` port, by name, for the contract suite.

Another adapter joins here: a generator that yields it, and cleans up, under `@adapter(name, *marks)`. Those whose names
begin with `clip-` serve one checkpoint in all the ways there are; the suite holds their vectors together.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from inference import archive
from inference.decoding import PictureDecoder
from inference.encoder import Encoder
from inference.model import BUNDLED, DEFAULT_MODEL, Model, read_model
from inference.onnx import OnnxEncoder
from inference.quantise import quantised
from inference.sagemaker import EndpointModel, SageMakerEncoder, runtime_config
from inference.server import EncodeType, build_server
from tests.inference import clip_model
from tests.inference.clip_model import ClipModel
from tests.inference.tiny_model import write_tiny_model
from tests.parts.sagemaker_runtime import runtime_client, sagemaker_runtime
from tests.parts.served import served
from tests.parts.toolkit import handler_service, toolkit_server
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


@contextmanager
def our_server(encoder: Encoder, serves: EncodeType = "BOTH") -> Iterator[str]:
    """The address of `looksee serve`'s application around an encoder."""
    with PictureDecoder(workers=2) as decoder, served(build_server(encoder, decoder, serves=serves)) as address:
        yield address


def endpoint_model(encoder: Encoder) -> EndpointModel:
    return EndpointModel(
        model_id=encoder.model_id, dim=encoder.dim, picture_px=encoder.picture_px, prompt=encoder.prompt
    )


class PlainHttp:
    """The one call of boto3's client, spoken to a server directly."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=60, trust_env=False)

    def invoke_endpoint(self, **kwargs: Any) -> Any:
        headers = {"content-type": kwargs["ContentType"], "accept": kwargs["Accept"]}
        answer = self._client.post("/invocations", content=kwargs["Body"], headers=headers)
        assert answer.status_code == 200, answer.text
        return {"Body": io.BytesIO(answer.content)}

    def close(self) -> None:
        self._client.close()


@adapter("server")
def server(folder: Path) -> Iterator[Encoder]:
    inner = OnnxEncoder(write_tiny_model(folder), threads=2)
    with our_server(inner) as address:
        http = PlainHttp(address)
        yield SageMakerEncoder(http, endpoint_model(inner), text_endpoint="any", image_endpoint="any")
        http.close()


@adapter("sagemaker-runtime")
def through_boto3(folder: Path) -> Iterator[Encoder]:
    inner = OnnxEncoder(write_tiny_model(folder), threads=2)
    with our_server(inner) as address, sagemaker_runtime({"words": address, "pictures": address}) as service:
        client = runtime_client(service)
        yield SageMakerEncoder(client, endpoint_model(inner), text_endpoint="words", image_endpoint="pictures")
        client.close()


HEAVY = (pytest.mark.live, pytest.mark.timeout(600))
"""Marks of an adapter that needs torch."""


def in_process(model: Model, _folder: Path) -> Iterator[Encoder]:
    yield OnnxEncoder(model, threads=2)


def behind_our_server(model: Model, _folder: Path) -> Iterator[Encoder]:
    inner = OnnxEncoder(model, threads=2)
    with our_server(inner) as address:
        http = PlainHttp(address)
        yield SageMakerEncoder(http, endpoint_model(inner), text_endpoint="any", image_endpoint="any")
        http.close()


def behind_sagemaker(model: Model, _folder: Path) -> Iterator[Encoder]:
    inner = OnnxEncoder(model, threads=2)
    with our_server(inner) as address, sagemaker_runtime({"both": address}) as service:
        client = runtime_client(service, runtime_config(timeout_s=60))
        yield SageMakerEncoder(client, endpoint_model(inner), text_endpoint="both", image_endpoint="both")
        client.close()


TOOLKITS = {"handler-service": handler_service, "toolkit-server": toolkit_server}


def in_toolkit(kind: str, clip: ClipModel, folder: Path) -> Iterator[Encoder]:
    """The article's archive in AWS's own toolkit."""
    env = archive.environment(clip_model.NAME, "BOTH")
    env["SAGEMAKER_SUBMIT_DIRECTORY"] = str(folder / "model" / "code")
    with TOOLKITS[kind](clip.packed.path, env, folder) as address:
        http = PlainHttp(address)
        yield SageMakerEncoder(http, endpoint_model(clip.torch), text_endpoint="any", image_endpoint="any")
        http.close()


WAYS: dict[str, tuple[Callable[[ClipModel, Path], Iterator[Encoder]], float]] = {
    "onnx-f32": (lambda clip, folder: in_process(clip.f32, folder), 0.9999),
    "onnx-int8": (lambda clip, folder: in_process(clip.int8, folder), 0.99),
    "handler-service": (lambda clip, folder: in_toolkit("handler-service", clip, folder), 0.9999),
    "toolkit-server": (lambda clip, folder: in_toolkit("toolkit-server", clip, folder), 0.9999),
    "our-server": (lambda clip, folder: behind_our_server(clip.f32, folder), 0.9999),
    "our-server-int8": (lambda clip, folder: behind_our_server(clip.int8, folder), 0.99),
    "sagemaker-runtime": (lambda clip, folder: behind_sagemaker(clip.f32, folder), 0.9999),
}
"""How one checkpoint is served, and the least cosine of its vectors to those of torch and `clip`."""

for _name, (_way, _) in WAYS.items():
    adapter(f"clip-{_name}", *HEAVY)(lambda folder, way=_way: way(clip_model.small(), folder))  # type: ignore[misc]
