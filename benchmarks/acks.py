"""A bot in a process of its own whose encoder stalls, questions in; how fast each event is acknowledged, out.

`python -m benchmarks.acks`. Questions come one after the other, twenty a second, and then sixty in the same instant.
The local Slack has a process of its own, so that its work is in no figure of the bot's.
Three clocks: Slack's (event sent to acknowledgement come), the bot's (envelope read to acknowledgement written), and
the processor time that the bot spends on a question until its status stands, which says the same on a busy machine.
"""

import contextlib
import itertools
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.answers import SAMPLE
from bot.app import build_app
from bot.manifest import manifest
from bot.settings import BotSettings, SlackSettings
from indexing.build import build
from indexing.embedded import EmbeddedGenerations
from indexing.settings import IndexSettings
from indexing.sources import open_source
from inference.encoder import Embeddings
from inference.model import find_model
from inference.onnx import OnnxEncoder
from playground import LocalSlack
from playground.workspace import Message

PRODUCTS = 150
STALL_S = 10.0
BURST = 60
EVENTS = 2 * BURST
"""Slack tells of a mention twice: as `app_mention`, and as `message`."""
BURSTS = 5
APART_S = 0.05
PEOPLE = 20
MODULE = ("-m", "benchmarks.acks")
_WARM = 10
_COLOURS = ("red", "blue", "green", "black", "white", "yellow", "pink", "brown")
_THINGS = ("mug", "lamp", "chair", "bag", "vase", "teapot", "umbrella", "car", "sofa", "kettle", "cushion", "clock")


class Stalling(OnnxEncoder):
    """The bundled model's encoder; after its first few texts each takes ten seconds."""

    asked = 0

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        self.asked += 1
        if self.asked > _WARM:
            time.sleep(STALL_S)
        return super().encode_texts(texts)


def measure(rounds: int = BURSTS, *, apart_s: float = 0.0) -> dict[str, float]:
    """Milliseconds by name: each round of questions in a new bot, all events of all rounds together.

    Args:
        rounds: how many.
        apart_s: seconds from one question to the next; 0 asks all of a round in the same instant.
    """
    slack_ms: list[float] = []
    bot_ms: list[float] = []
    status_ms: list[float] = []
    spent_ms: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        settings = IndexSettings(data_dir=Path(name))
        generations = EmbeddedGenerations(settings.data_dir)
        encoder = OnnxEncoder(find_model())
        source = open_source(str(SAMPLE))
        build(source, generations, encoder, settings=settings, limit=PRODUCTS, show_progress=False)
        for _ in range(rounds):
            with LocalSlack(manifest=manifest()) as slack, _bot(slack, settings.data_dir) as bot:
                for number in range(PEOPLE):
                    slack.add_user(f"guest{number}")
                slack.add_channel("many")
                for number in range(_WARM):
                    slack.wait_for_reply(_ask(slack, number, "mug"), timeout_s=60)
                _tell(bot)
                slack.hub.delivery.ack_ms.clear()
                phrases = (" ".join(phrase) for phrase in itertools.product(_COLOURS, _THINGS))
                asked = []
                for number, phrase in enumerate(itertools.islice(phrases, BURST)):
                    asked.append(_ask(slack, number, phrase))
                    time.sleep(apart_s)
                status_ms += [_status_ms(slack, question) for question in asked]
                slack_ms += _acks_ms(slack)
                told = _tell(bot)
                bot_ms += told["ack_ms"]
                spent_ms.append(told["spent_ms"] / BURST)
    figures = {"spent_ms": float(np.median(spent_ms)), "events": len(slack_ms)}
    for kind, values in (("slack", slack_ms), ("bot", bot_ms), ("status", status_ms)):
        p50, p99 = np.percentile(values, [50, 99])
        figures |= {f"{kind}_p50": p50, f"{kind}_p99": p99, f"{kind}_most": max(values)}
    return figures


def _ask(slack: LocalSlack, number: int, phrase: str) -> Message:
    return slack.say(f"guest{number % PEOPLE}", "#many", f"@looksee {phrase}")


def _acks_ms(slack: LocalSlack) -> list[float]:
    acks = slack.hub.delivery.ack_ms
    slack.wait_for(lambda: len(acks) >= EVENTS, timeout_s=30)
    return acks[:]


def _status_ms(slack: LocalSlack, question: Message) -> float:
    found: dict[str, Any] = slack.wait_for(
        lambda: slack.hub.statuses.get((question.channel, question.ts)), timeout_s=30
    )
    return float(found["until_s"] - 120 - float(question.ts)) * 1000


@contextlib.contextmanager
def _bot(slack: LocalSlack, data_dir: Path) -> Iterator[subprocess.Popen[str]]:
    """A bot process that answers a line with its figures since the last."""
    tokens = {"bot_token": slack.bot_token, "app_token": slack.app_token, "base_url": slack.base_url}
    told = json.dumps({"data_dir": str(data_dir), "slack": tokens})
    command = [sys.executable, "-W", "ignore", *MODULE, told]
    bot = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        slack.wait_for_bot(60)
        yield bot
    finally:
        bot.kill()
        bot.communicate()


def _tell(bot: subprocess.Popen[str]) -> dict[str, Any]:
    assert bot.stdin
    assert bot.stdout
    print(file=bot.stdin, flush=True)
    told: dict[str, Any] = json.loads(bot.stdout.readline())
    return told


def _be_the_bot(told: dict[str, Any]) -> None:
    """Run until standard input ends."""
    settings = BotSettings(data_dir=Path(told["data_dir"]), slack=SlackSettings(**told["slack"]))
    # A memory of its own for each bot: its questions must not be taken over from the one before.
    settings.memory_file.unlink(missing_ok=True)
    with build_app(settings, encoder=Stalling(find_model())) as bot:
        bot.start()
        bot.settle()
        assert bot.socket_mode
        client: Any = bot.socket_mode.client
        waits, came = list[float](), dict[str, float]()
        lock = threading.Lock()
        enqueue, send = client.enqueue_message, client.send_socket_mode_response

        def noted(text: str) -> None:
            came[json.loads(text).get("envelope_id", "")] = time.perf_counter()
            enqueue(text)

        def timed(response: Any) -> None:
            send(response)
            began = came.get(response.envelope_id)
            if began is not None:  # an envelope that was read before the clock was set has none
                with lock:
                    waits.append((time.perf_counter() - began) * 1000)

        client.enqueue_message, client.send_socket_mode_response = noted, timed
        spent_s = time.process_time()
        for _ in sys.stdin:
            now_s = time.process_time()
            print(json.dumps({"ack_ms": waits, "spent_ms": (now_s - spent_s) * 1000}), flush=True)
            waits.clear()
            spent_s = time.process_time()


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].startswith("{"):
        _be_the_bot(json.loads(sys.argv[1]))
    else:
        print(json.dumps({"paced": measure(2, apart_s=APART_S), "burst": measure()}))
