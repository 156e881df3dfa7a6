"""Our two images, built and started here, beside the article's toolkit as it is installed here: sizes, start, memory.

`python -m benchmarks.images`; needs root, buildah, debootstrap, and the environment of the live suite. The toolkit is
the same software as in AWS's container and not that container: no registry is asked, and its torch is the CUDA build
that PyPI has. Both serve a model that they are given; the toolkit RN50's sizes at random weights, our image that and
the bundled one.
"""

import importlib.metadata
import json
import os
import re
import socket
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import httpx
import psutil

from inference import archive
from tests.inference import clip_model
from tests.parts.images import Image, built, proportional_bytes, running, wait_until, why_not
from tests.parts.toolkit import toolkit_python, toolkit_server

REQUESTS = 50
TOOLKIT = ("torch", "torchvision", "clip-anytorch", "numpy", "pillow", "ftfy", "boto3", "psutil", "packaging")
"""Of this environment, what the toolkit's needs beside its own packages."""


def measure() -> list[dict[str, str | float]]:
    """A row for each server; megabytes and seconds."""
    if reason := why_not():
        sys.exit(reason)
    bundled, clip = encoder("encoder image, bundled model", built("encoder"), None), clip_model.rn50()
    rows = [bundled, encoder("encoder image, RN50 sizes f32", built("encoder"), clip.f32.folder)]
    rows.append(_bot("bot image", built("bot")))
    return [*rows, _toolkit(clip)]


def encoder(name: str, image: Image, model: Path | None) -> dict[str, str | float]:
    """Start it with a read-only root, ask it, look at its memory."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = ["serve", "--port", str(port)]
    env = {"LOOKSEE_HOST": "127.0.0.1"} | ({"MODEL_NAME": "/opt/ml/model"} if model else {})
    with running(image, command=command, env=env, model=model) as started:
        ready_s = wait_until(lambda: _pings(address), 120, started)
        answer_s = _ask(address)
        for _ in range(REQUESTS):
            _ask(address)
        return _row(name, image.bytes, image.base_bytes, ready_s, ready_s + answer_s, started.memory_bytes())


def _bot(name: str, image: Image) -> dict[str, str | float]:
    """Until it answers in the local Slack, without a catalogue."""
    from bot.manifest import manifest
    from playground import LocalSlack

    with LocalSlack(port=0, manifest=manifest()) as slack:
        env = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "LOOKSEE_SLACK_URL": slack.base_url,
            "LOOKSEE_HOST": "127.0.0.1",
            "LOOKSEE_PORT": str(_free_port()),
        }
        began = time.monotonic()
        with running(image, env=env) as started:
            slack.wait_for_bot(120)
            ready_s = time.monotonic() - began
            slack.wait_for_reply(slack.say("ana", "#shop", "@looksee a blue mug"), timeout_s=60)
            answer_s = time.monotonic() - began
            return _row(name, image.bytes, image.base_bytes, ready_s, answer_s, started.memory_bytes())


def _toolkit(clip: clip_model.ClipModel) -> dict[str, str | float]:
    env = archive.environment(clip_model.NAME, "BOTH")
    size = _installed(TOOLKIT) + _folder(toolkit_python().parents[1])
    packed = clip.packed.path
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        env["SAGEMAKER_SUBMIT_DIRECTORY"] = str(folder / "model" / "code")
        before = {child.pid for child in psutil.Process().children()}
        began = time.monotonic()
        with toolkit_server(packed, env, folder) as address:
            ready_s = time.monotonic() - began  # it is ready once it has answered: /ping says so too early
            for _ in range(REQUESTS):
                _ask(address)
            started = {child.pid for child in psutil.Process().children()} - before
            memory = sum(proportional_bytes(pid) for pid in psutil.pids() if _session(pid) in started)
    return _row("the article's toolkit, RN50 sizes, no image", size, 0, ready_s, ready_s, memory)


def _row(name: str, size: int, base: int, ready_s: float, answer_s: float, memory: int) -> dict[str, str | float]:
    return {
        "server": name,
        "MB on disk": round(size / 1e6),
        "of which base": round(base / 1e6),
        "s to ready": round(ready_s, 1),
        "s to first answer": round(answer_s, 1),
        "MB of memory": round(memory / 1e6),
    }


def _ask(address: str) -> float:
    began = time.monotonic()
    answer = httpx.post(f"{address}/invocations", json={"inputs": [f"a mug {began}"]}, timeout=60, trust_env=False)
    answer.raise_for_status()
    return time.monotonic() - began


def _pings(address: str) -> bool:
    try:
        return httpx.get(f"{address}/ping", timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def _installed(names: Iterable[str]) -> int:
    """Bytes of packages and all that they need, as they are installed in this environment."""
    left, seen, size = list(names), set[str](), 0
    while left:
        name = re.sub(r"[-_.]+", "-", left.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform, or of an extra
        files = (Path(str(file.locate())) for file in found.files or [])
        size += sum(file.stat().st_size for file in files if file.is_file())
        needed = [one for one in found.requires or [] if "extra ==" not in one]
        left += [match.group() for one in needed if (match := re.match(r"[\w.-]+", one))]
    return size


def _folder(root: Path) -> int:
    return sum(file.stat().st_size for file in root.rglob("*") if file.is_file() and not file.is_symlink())


def _session(pid: int) -> int:
    """Of which process it is a descendant, also where those between have ended."""
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def main() -> None:
    """Print the rows as JSON."""
    print(json.dumps(measure(), indent=2))


if __name__ == "__main__":
    main()
