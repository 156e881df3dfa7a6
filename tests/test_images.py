"""Both images are built from the Dockerfile and started, with a read-only root and as nobody in particular."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.manifest import manifest
from inference import wire
from inference.images import prepare
from inference.model import find_model
from inference.onnx import OnnxEncoder
from inference.sagemaker import SageMakerEncoder, runtime_config
from playground import LocalSlack
from tests.inference.encoders import endpoint_model
from tests.parts.images import Image, Running, built, running, wait_until, why_not
from tests.parts.sagemaker_runtime import runtime_client, sagemaker_runtime
from tests.toys import product_picture

pytestmark = [pytest.mark.live, pytest.mark.timeout(3600)]
ROOT = Path(__file__).parents[1]
ASK_INSIDE = """
import json, urllib.request as u
body = json.dumps({"inputs": ["a red mug"]}).encode()
asked = u.Request("http://127.0.0.1:8080/invocations", body, {"content-type": "application/json"})
print(len(json.load(u.urlopen(asked, timeout=20))[0]))
"""


@pytest.fixture(scope="module", autouse=True)
def _images_can_be_built() -> None:
    if reason := why_not():
        pytest.skip(reason)


@pytest.fixture(scope="module")
def encoder_image() -> Image:
    return built("encoder")


@pytest.fixture(scope="module")
def bot_image() -> Image:
    return built("bot")


@pytest.fixture(params=["encoder", "bot"])
def image(request: pytest.FixtureRequest) -> Image:
    return built(request.param)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_healthy(image: Image, started: Running) -> bool:
    """What an engine finds out with the image's own check."""
    how, *command = image.config["Healthcheck"]["Test"]
    assert how == "CMD"
    return started.inside(*command).returncode == 0


@pytest.fixture(scope="module")
def started(encoder_image: Image) -> Iterator[Running]:
    """The encoder, exactly as it is configured, in a network of its own."""
    with running(encoder_image, own_network=True) as encoder:
        wait_until(lambda: is_healthy(encoder_image, encoder), 60, encoder)
        yield encoder


def test_the_encoder_answers_ping_and_invocations_as_it_is_configured(encoder_image: Image, started: Running) -> None:
    assert encoder_image.command == ["looksee", "serve"], "SageMaker runs an image with the argument serve"
    answer = started.inside("python3", "-c", ASK_INSIDE)
    assert answer.stdout.strip() == str(find_model().description.dim), answer.stderr


def test_nothing_in_it_can_be_changed_and_it_is_nobody(started: Running) -> None:
    told = started.inside("python3", "-c", "import os; print(os.getuid(), os.getgid(), os.getgroups())")
    assert told.stdout.split() == ["10001", "10001", "[]"], told.stderr
    for place in ("/opt/looksee/x", "/x", "/etc/x"):
        touched = started.inside("touch", place)
        assert touched.returncode != 0
        assert "Read-only" in touched.stderr or "denied" in touched.stderr
    assert "Read-only" in started.inside("sh", "-c", "echo x > /var/tmp/x").stderr


def test_an_image_runs_as_nobody_says_how_it_is_and_lists_what_it_holds(image: Image) -> None:
    assert image.config["User"] == "10001"
    assert image.config["Healthcheck"]["Test"][0] == "CMD"
    with running(image, own_network=True, command=["--help"]) as helped:
        assert helped.process.wait(60) == 0, helped.said()
        listed = json.loads((helped.root / "opt" / "looksee" / "sbom.cdx.json").read_text())
    names = {part["name"].lower() for part in listed["components"]}
    assert listed["bomFormat"] == "CycloneDX"
    assert {"looksee", "onnxruntime", "numpy", "pillow"} <= names
    assert not {"torch", "pip", "pytest"} & names
    assert all(part.get("version") for part in listed["components"])


def test_the_encoder_gives_the_vectors_of_this_process_through_the_runtime_client(encoder_image: Image) -> None:
    port, here = free_port(), OnnxEncoder(find_model())
    texts = ["a red mug", "赤いマグカップ", ""]
    photos = [prepare(product_picture(colour), here.picture_px) for colour in ("red", "navy")]
    with (
        running(encoder_image, command=["serve", "--port", str(port)], env={"LOOKSEE_HOST": "127.0.0.1"}) as encoder,
        sagemaker_runtime({"it": f"http://127.0.0.1:{port}"}) as service,
    ):
        address = f"http://127.0.0.1:{port}"
        wait_until(lambda: pings(address), 60, encoder)
        client = runtime_client(service, runtime_config(timeout_s=60))
        there = SageMakerEncoder(client, endpoint_model(here), text_endpoint="it", image_endpoint="it")
        assert (there.encode_texts(texts) * here.encode_texts(texts)).sum(axis=1).min() >= 0.9999
        assert (there.encode_pictures(photos) * here.encode_pictures(photos)).sum(axis=1).min() >= 0.9999
        bad = httpx.post(f"{address}/invocations", content=b"no", headers={"content-type": wire.IMAGE}, trust_env=False)
        assert (bad.status_code, bad.json()["error"][-1]) == (400, ".")
        client.close()


def pings(address: str) -> bool:
    try:
        return httpx.get(f"{address}/ping", timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def test_the_bot_without_tokens_ends_with_one_sentence(bot_image: Image) -> None:
    with running(bot_image, own_network=True) as bot:
        assert bot.process.wait(60) == 2
        lines = bot.said().strip().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("SLACK_BOT_TOKEN is not set")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with four mugs."""
    folder, data = tmp_path_factory.mktemp("shop"), tmp_path_factory.mktemp("data")
    rows = ["id,title,brand,price,color,image"]
    for place, colour in enumerate(("red", "green", "blue", "yellow")):
        rows.append(f"mug-{place},A {colour} mug,Contoso,{10 * (place + 1)}.00 USD,{colour},{colour}.png")
        (folder / f"{colour}.png").write_bytes(product_picture(colour))
    (folder / "shop.csv").write_text("\n".join(rows), encoding="utf-8")
    command = [sys.executable, "-m", "looksee", "index", str(folder / "shop.csv"), "--data", str(data)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return data


def test_the_bot_answers_in_slack(bot_image: Image, shop: Path) -> None:
    with LocalSlack(port=0, manifest=manifest()) as slack:
        env = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "LOOKSEE_SLACK_URL": slack.base_url,
            "LOOKSEE_HOST": "127.0.0.1",
            "LOOKSEE_PORT": str(port := free_port()),
        }
        with running(bot_image, env=env, data=shop) as bot:
            slack.wait_for_bot(60)
            wait_until(lambda: is_well(f"http://127.0.0.1:{port}"), 60, bot)
            answer = slack.wait_for_reply(slack.say("ana", "#shop", "@looksee a blue mug"), timeout_s=30)
            assert "A blue mug" in json.dumps(answer.blocks) + answer.text, bot.said()
            photo = [("mug.png", product_picture("red"))]
            answer = slack.wait_for_reply(slack.say("ana", "#shop", "@looksee", files=photo), timeout_s=30)
            assert "A red mug" in json.dumps(answer.blocks) + answer.text, bot.said()


def is_well(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=2, trust_env=False).text == "ok"
    except httpx.HTTPError:
        return False
