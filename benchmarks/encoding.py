"""Catalogue pictures in, seconds out: one picture a request, as the AWS article does it, against our batched form.

The same `looksee serve`, in a process of its own, answers both in one run, with the bundled model and with RN50's sizes
at random weights. `python -m benchmarks.encoding [--pictures 1639] [--rn50 200]`; needs torch, which makes RN50.
"""

import argparse
import base64
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import msgspec
import numpy as np

from inference import wire
from inference.encoder import Embeddings
from inference.images import prepare
from inference.model import DEFAULT_MODEL, find_model
from inference.onnx import OnnxEncoder
from inference.sagemaker import REQUEST_BYTES

PICTURES = 1639
"""Of the article's catalogue."""
RN50_PICTURES = 200
ROUNDS = 3
SAMPLE = Path(__file__).parents[1] / "examples" / "catalogue" / "images" / "small"
START_S = 120


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One model's run; the best of the rounds, which take turns."""

    model: str
    pictures: int
    one_a_request_s: float
    batched_s: float
    batched_requests: int
    encoder_s: float
    """The same pictures, decoded beforehand, through the encoder alone: what no form of request can save."""
    worst_cosine: float
    """Between the vectors of the two ways."""

    @property
    def ratio(self) -> float:
        """How many times faster the batched form is."""
        return self.one_a_request_s / self.batched_s


def measure(name: str, model: str, pictures: Sequence[bytes], *, rounds: int = ROUNDS) -> Measured:
    """Encode the pictures in both forms, in turns.

    Args:
        name: for the table.
        model: as `looksee serve --model` takes it.
        pictures: files.
        rounds: of each form.
    """
    bodies = list(batches(pictures))
    single, batched = [], []
    with serving(model) as address, httpx.Client(base_url=address, timeout=600, trust_env=False) as client:
        one_by_one(client, pictures[:20])
        in_batches(client, bodies[-1:])
        for _ in range(rounds):
            began = time.perf_counter()
            alone = one_by_one(client, pictures)
            single.append(time.perf_counter() - began)
            began = time.perf_counter()
            together = in_batches(client, bodies)
            batched.append(time.perf_counter() - began)
    return Measured(
        model=name,
        pictures=len(pictures),
        one_a_request_s=min(single),
        batched_s=min(batched),
        batched_requests=len(bodies),
        encoder_s=encoder_alone(model, pictures, rounds=rounds),
        worst_cosine=float((alone * together).sum(axis=1).min()),
    )


def encoder_alone(model: str, pictures: Sequence[bytes], *, rounds: int) -> float:
    """Seconds of the encoder for pictures that are decoded already, on all cores; the best of the rounds."""
    encoder = OnnxEncoder(find_model(model or DEFAULT_MODEL))
    pixels = [prepare(picture, encoder.picture_px) for picture in pictures]
    encoder.encode_pictures(pixels[:20])
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        encoder.encode_pictures(pixels)
        spent.append(time.perf_counter() - began)
    return min(spent)


def one_by_one(client: httpx.Client, pictures: Sequence[bytes]) -> Embeddings:
    """The article's form: a picture's bytes in, a list of numbers out."""
    rows = []
    for picture in pictures:
        answer = client.post("/invocations", content=picture, headers={"content-type": wire.IMAGE})
        answer.raise_for_status()
        rows.append(json.loads(answer.content)[0])
    return wire.unit_rows(rows)


def in_batches(client: httpx.Client, bodies: Sequence[bytes]) -> Embeddings:
    """Our form."""
    rows = []
    for body in bodies:
        response = client.post("/invocations", content=body, headers={"content-type": wire.BATCH})
        response.raise_for_status()
        answer = msgspec.json.decode(response.content, type=wire.BatchAnswer)
        if answer.reasons:
            raise ValueError(f"a picture of the sample was refused: {answer.reasons}")
        rows += [wire.unpacked(packed or "", answer.dim) for packed in answer.embeddings]
    return np.stack(rows)


def batches(pictures: Sequence[bytes]) -> Iterator[bytes]:
    """As few requests as the size limit allows."""
    packed: list[str] = []
    size = 0
    for picture in pictures:
        text = base64.b64encode(picture).decode("ascii")
        if packed and size + len(text) + 3 > REQUEST_BYTES:
            yield msgspec.json.encode(wire.BatchRequest(pictures=packed))
            packed, size = [], 0
        packed.append(text)
        size += len(text) + 3
    if packed:
        yield msgspec.json.encode(wire.BatchRequest(pictures=packed))


@contextmanager
def serving(model: str) -> Iterator[str]:
    """`looksee serve` in a process of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "looksee", "serve", "--port", str(port), "--data", data]
        env = {**os.environ, "MODEL_NAME": model, "ENCODE_TYPE": "BOTH", "LOOKSEE_MODEL": ""}
        server = subprocess.Popen(command, cwd=Path(__file__).parents[1], env=env)
        try:
            address = f"http://127.0.0.1:{port}"
            until = time.monotonic() + START_S
            while not _pings(address):
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("looksee serve did not start")
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def _pings(address: str) -> bool:
    try:
        return httpx.get(f"{address}/ping", timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def sample(count: int) -> list[bytes]:
    """Pictures of the sample catalogue, 256 px each."""
    return [path.read_bytes() for path in sorted(SAMPLE.glob("*/*.jpg"))[:count]]


def main() -> None:
    """Print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pictures", type=int, default=PICTURES)
    arguments.add_argument("--rn50", type=int, default=RN50_PICTURES, help="pictures for RN50; 0 leaves it out")
    arguments.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = arguments.parse_args()
    measured = [measure("bundled", "", sample(chosen.pictures), rounds=chosen.rounds)]
    if chosen.rn50:
        from benchmarks.catalogue_to_searchable import rn50

        with tempfile.TemporaryDirectory() as scratch:
            _, model = rn50(Path(scratch) / "models", "f32")
            pictures = sample(chosen.rn50)
            measured.append(measure("RN50, random weights, f32", str(model.folder), pictures, rounds=chosen.rounds))
    print(json.dumps([{**asdict(each), "ratio": each.ratio} for each in measured], indent=2))


if __name__ == "__main__":
    main()
