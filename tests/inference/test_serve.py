"""The article's packaging: `model.tar.gz` in AWS's real toolkit answers as our own server does, in every form."""

import base64
import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import numpy as np
import pytest

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]
torch = pytest.importorskip("torch")

from inference import archive, wire  # noqa: E402
from inference.onnx import OnnxEncoder  # noqa: E402
from inference.train import checkpoints  # noqa: E402
from inference.train.architecture import Sizes  # noqa: E402
from tests.inference.encoders import our_server  # noqa: E402
from tests.parts.toolkit import handler_service, toolkit_server  # noqa: E402
from tests.toys import COLOURS, product_picture  # noqa: E402
from tests.train.test_checkpoints import random_weights  # noqa: E402

SIZES = Sizes(dim=64, picture_px=96, vision_layers=(1, 1, 1, 1), vision_width=16, text_width=64, text_layers=2)
TEXTS = ["a red mug", "", "赤いマグカップ", "chair " * 300]
SERVERS = {"handler-service": handler_service, "java-server": toolkit_server}


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("weights") / "small.pt"
    torch.save(random_weights(SIZES), path)
    return path


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packages")
    archive.vendor(folder)
    return folder


@pytest.fixture(scope="module")
def packed(weights: Path, packages: Path, tmp_path_factory: pytest.TempPathFactory) -> archive.Archive:
    return archive.pack({"RN/small": weights}, packages=packages, into=tmp_path_factory.mktemp("archive"))


@contextmanager
def in_toolkit(kind: str, packed: archive.Archive, folder: Path, encode_type: str = "BOTH") -> Iterator[httpx.Client]:
    env = archive.environment("RN/small", encode_type)
    env["SAGEMAKER_SUBMIT_DIRECTORY"] = str(folder / "model" / "code")
    with (
        SERVERS[kind](packed.path, env, folder) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client


@pytest.fixture(scope="module", params=sorted(SERVERS))
def toolkit(
    request: pytest.FixtureRequest, packed: archive.Archive, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    with in_toolkit(request.param, packed, tmp_path_factory.mktemp("toolkit")) as client:
        yield client


@pytest.fixture(scope="module")
def ours(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Our server over the same weights, exported to ONNX."""
    folder = tmp_path_factory.mktemp("ours")
    model, _ = checkpoints.get(str(weights), parent=folder, downloads=folder)
    with our_server(OnnxEncoder(model)) as address, httpx.Client(base_url=address, timeout=60, trust_env=False) as http:
        yield http


def post(client: httpx.Client, body: bytes, content_type: str) -> httpx.Response:
    return client.post("/invocations", content=body, headers={"content-type": content_type, "accept": wire.JSON})


def rows(response: httpx.Response, content_type: str) -> Any:
    assert response.status_code == 200, response.text
    if content_type == wire.BATCH:
        answer = msgspec.json.decode(response.content, type=wire.BatchAnswer)
        assert not answer.reasons
        return np.stack([wire.unpacked(packed or "", answer.dim) for packed in answer.embeddings])
    return wire.unit_rows(msgspec.json.decode(response.content))


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (wire.JSON, msgspec.json.encode({"inputs": TEXTS})),
        (wire.IMAGE, product_picture("red", px=300, kind="JPEG")),
        (wire.BATCH, msgspec.json.encode(wire.BatchRequest(texts=TEXTS))),
        (
            wire.BATCH,
            msgspec.json.encode(
                wire.BatchRequest(pictures=[base64.b64encode(product_picture(c, px=200)).decode() for c in COLOURS])
            ),
        ),
    ],
    ids=["texts", "picture", "batched-texts", "batched-pictures"],
)
def test_vectors_are_those_of_our_own_server(
    toolkit: httpx.Client, ours: httpx.Client, content_type: str, body: bytes
) -> None:
    theirs, here = (rows(post(server, body, content_type), content_type) for server in (toolkit, ours))
    assert (theirs * here).sum(axis=1).min() >= 0.9999


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/csv", b"a,b", 415),
        (wire.JSON, b"{not json", 400),
        (wire.JSON, b'{"inputs": []}', 400),
        (wire.JSON, b'{"inputs": ["' + b"x" * 20_000 + b'"]}', 413),
        (wire.IMAGE, b"%PDF-1.7 nothing to see", 400),
        (wire.BATCH, b"{}", 400),
    ],
)
def test_what_cannot_be_encoded_is_refused_with_one_sentence_and_no_traceback(
    toolkit: httpx.Client, content_type: str, body: bytes, status: int
) -> None:
    response = post(toolkit, body, content_type)
    assert response.status_code == status
    assert response.json()["error"].endswith(".")
    assert "Traceback" not in response.text


def test_encode_type_selects_what_is_answered(packed: archive.Archive, tmp_path: Path) -> None:
    with in_toolkit("handler-service", packed, tmp_path, "IMAGE") as pictures_only:
        assert post(pictures_only, product_picture("red"), wire.IMAGE).status_code == 200
        assert post(pictures_only, b'{"inputs": ["red"]}', wire.JSON).status_code == 415


def test_the_archive_is_the_same_bytes_whenever_it_is_packed(
    weights: Path, packages: Path, packed: archive.Archive, tmp_path: Path
) -> None:
    again = tmp_path / "packages"
    archive.vendor(again)
    assert archive.pack({"RN/small": weights}, packages=again, into=tmp_path).sha256 == packed.sha256
    assert packed.key == f"models/{packed.sha256}/model.tar.gz"


def test_the_archive_holds_what_the_handlers_need_and_no_more(packed: archive.Archive, tmp_path: Path) -> None:
    with tarfile.open(packed.path) as tar:
        names = tar.getnames()
        assert {about.mtime for about in tar.getmembers()} == {0}
    assert "RN-small.pt" in names
    assert f"code/{archive.PROGRAM}" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith("code/torch")]


def test_weights_that_the_archive_lacks_are_named(packed: archive.Archive, tmp_path: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(packed.path.read_bytes())) as tar:
        tar.extractall(tmp_path, filter="data")
    code = "import inference.serve as s, sys; s.model_fn(sys.argv[1])"
    run = subprocess.run(
        [sys.executable, "-P", "-c", code, str(tmp_path)],
        env={"PYTHONPATH": str(tmp_path / "code"), "MODEL_NAME": "RN50"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "MODEL_NAME is 'RN50'; the archive holds RN-small." in run.stderr
