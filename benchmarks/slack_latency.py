"""A bot in the local Slack, 1,639 products, 5 questions a second in; how long an answer takes to be posted, out.

`python -m benchmarks.slack_latency`. Every fifth question is a 12-megapixel photo, the others are words that were not
asked before. The local Slack fetches and decodes the cards' pictures before it takes a message, as Slack does, and its
work is in the figures.
"""

import itertools
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.answers import PRODUCTS, SAMPLE, twelve_megapixels
from bot.app import Bot, build_app
from bot.manifest import manifest
from bot.settings import BotSettings, SlackSettings
from bot.web import bind
from indexing.build import build
from indexing.embedded import EmbeddedGenerations
from indexing.settings import IndexSettings
from indexing.sources import open_source
from inference.model import find_model
from inference.onnx import OnnxEncoder
from playground import LocalSlack
from playground.workspace import Message

QUESTIONS = 150
A_SECOND = 5.0
_COLOURS = ("red", "blue", "green", "black", "white", "yellow", "pink", "brown")
_THINGS = ("mug", "lamp", "chair", "bag", "vase", "teapot", "umbrella", "car", "sofa", "kettle", "cushion", "clock")
_MORE = ("", "small", "large", "round", "striped", "wooden")


def main(questions: int = QUESTIONS) -> None:
    """Measure and print."""
    encoder = OnnxEncoder(find_model())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generations = EmbeddedGenerations(folder)
        build(
            open_source(str(SAMPLE)),
            generations,
            encoder,
            settings=IndexSettings(data_dir=folder),
            limit=PRODUCTS,
            show_progress=False,
        )
        listener = bind("127.0.0.1", 0)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with LocalSlack(manifest=manifest(), public_base=address) as slack:
            for number in range(20):
                slack.add_user(f"guest{number}")
            slack.add_channel("many")
            settings = BotSettings(
                data_dir=folder,
                public_url=address,
                slack=SlackSettings(bot_token=slack.bot_token, app_token=slack.app_token, base_url=slack.base_url),
            )
            with build_app(settings, encoder=encoder, generations=generations) as bot:
                bot.start(listener)
                slack.wait_for_bot()
                acks = _timed_acks(slack)
                _report(slack, bot, acks, questions)


def _report(slack: LocalSlack, bot: Bot, acks: list[float], questions: int) -> None:
    phrases = [" ".join(filter(None, phrase)) for phrase in itertools.product(_MORE, _COLOURS, _THINGS)]
    photos = [twelve_megapixels(seed) for seed in range(10)]
    for number in range(10):  # connections, decoders and the model are warm in a bot that runs
        slack.wait_for_reply(_ask(slack, number, phrases[-1 - number], photos), timeout_s=60)
    acks.clear()
    asked = _asked(slack, phrases, photos, questions)
    waits = [_wait_ms(slack, question) for question in asked]
    words = [wait for number, wait in enumerate(waits) if number % 5]
    looks = [wait for number, wait in enumerate(waits) if not number % 5]
    products = bot.tools.catalogues.default.opened().store.generation.products
    print(
        f"{questions} questions at {A_SECOND:g} a second over {products:,} products, one in five a 12-megapixel photo"
    )
    print(f"event to posted answer, all:    {_percentiles(waits)}")
    print(f"event to posted answer, words:  {_percentiles(words)}")
    print(f"event to posted answer, photos: {_percentiles(looks)}")
    print(f"event to acknowledgement:       {_percentiles(acks)}")


def _asked(slack: LocalSlack, phrases: Sequence[str], photos: Sequence[bytes], questions: int) -> list[Message]:
    """Ask at a steady pace and wait for the last answer."""
    asked = []
    started = time.perf_counter()
    for number in range(questions):
        time.sleep(max(started + number / A_SECOND - time.perf_counter(), 0.0))
        asked.append(_ask(slack, number, phrases[number % len(phrases)], photos))
    for question in asked:
        slack.wait_for_reply(question, timeout_s=60)
    return asked


def _ask(slack: LocalSlack, number: int, phrase: str, photos: Sequence[bytes]) -> Message:
    files = [("photo.jpg", photos[number // 5 % len(photos)])] if photos and not number % 5 else []
    return slack.say(f"guest{number % 20}", "#many", f"@looksee {'' if files else phrase}", files=files)


def _wait_ms(slack: LocalSlack, question: Message) -> float:
    answer = next(each for each in slack.replies(question) if each.bot_id)
    return (float(answer.ts) - float(question.ts)) * 1000


def _timed_acks(slack: LocalSlack) -> list[float]:
    """Milliseconds from each event to its acknowledgement, filled while the bot runs."""
    waits: list[float] = []
    carrier: Any = slack.hub.delivery.carrier
    send = carrier.send

    async def timed(kind: str, *others: Any) -> Any:
        began = time.perf_counter()
        ack = await send(kind, *others)
        if kind == "events_api":
            waits.append((time.perf_counter() - began) * 1000)
        return ack

    carrier.send = timed
    return waits


def _percentiles(values: Sequence[float]) -> str:
    p50, p99 = np.percentile(values, [50, 99])
    return f"p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   most {max(values):6.1f} ms"


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:2]))
