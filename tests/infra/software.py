"""What an installation runs: the encoder, the bot and tasks, from the checkout or from the built images.

Each is started with the settings that the stacks hold for it, but for the stand-ins' addresses.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from inference.model import find_model
from tests.infra.test_encode import read_object
from tests.parts.counting_front import counting_front
from tests.parts.counting_server import container
from tests.parts.images import built, run, running, wait_until
from tests.parts.local_aws import LocalAws
from tests.parts.local_tasks import Program, checkout
from tests.parts.sdk import ROOT

_READY_S = 60.0


@dataclass(frozen=True, kw_only=True)
class Software:
    """How it is run."""

    address: str
    """Of what stands behind the endpoint and transform jobs."""
    model_id: str
    pictures: Callable[[], int]
    """How many the encoder was given so far."""
    rows: int | None
    """Of the sample catalogue; None is the whole of it."""
    deployed: Callable[[LocalAws], None]
    """To be called when the stacks are made, which is when SageMaker would start the encoder."""
    task: Program
    bot: Callable[[Mapping[str, str], Path], AbstractContextManager[None]]
    """Given its settings, and an empty folder."""


@contextmanager
def from_checkout() -> Iterator[Software]:
    """The encoder in this process, the others in processes of their own; a part of the sample is enough here."""
    with container() as model:
        yield Software(
            address=model.address,
            model_id=model.model_id,
            pictures=lambda: model.encoder.pictures,
            rows=100,
            deployed=lambda aws: model.readers.append(partial(read_object, aws)),
            task=checkout,
            bot=_bot_of_the_checkout,
        )


@contextmanager
def from_images() -> Iterator[Software]:
    """All in containers of the built images, as `tests/parts/images.py` starts them."""
    encoder, bot = built("encoder"), built("bot")
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with ExitStack() as started, counting_front(address) as front:

        def deployed(aws: LocalAws) -> None:
            env = {**_settings_of_the_model(aws), **aws.env, "LOOKSEE_HOST": "127.0.0.1"}
            serving = started.enter_context(running(encoder, command=["serve", "--port", str(port)], env=env))
            wait_until(lambda: _pings(address), _READY_S, serving)

        @contextmanager
        def answering(settings: Mapping[str, str], folder: Path) -> Iterator[None]:
            # All containers have this machine's network here.
            env = {**settings, "LOOKSEE_HOST": "127.0.0.1", "LOOKSEE_PORT": str(_free_port())}
            with running(bot, env=env) as answers:
                yield
                assert answers.process.poll() is None, answers.said()

        yield Software(
            address=front.address,
            model_id=find_model().model_id,
            pictures=lambda: front.pictures,
            rows=None,
            deployed=deployed,
            task=partial(run, bot),
            bot=answering,
        )


@contextmanager
def _bot_of_the_checkout(settings: Mapping[str, str], folder: Path) -> Iterator[None]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**inherited, **settings, "LOOKSEE_DATA": str(folder), "PYTHONWARNINGS": "ignore"}
    with (folder / "bot.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "looksee.py", "bot"], cwd=ROOT, env=env, stdout=log, stderr=log)
        try:
            yield
            assert process.poll() is None, (folder / "bot.log").read_text()
        finally:
            process.terminate()
            process.wait(60)


def _settings_of_the_model(aws: LocalAws) -> dict[str, str]:
    """What SageMaker hands its container."""
    sagemaker = aws.client("sagemaker")
    (model,) = sagemaker.list_models()["Models"]
    described = sagemaker.describe_model(ModelName=model["ModelName"])
    settings: dict[str, str] = described["PrimaryContainer"]["Environment"]
    return settings


def _pings(address: str) -> bool:
    try:
        return httpx.get(f"{address}/ping", timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
