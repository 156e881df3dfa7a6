"""Questions are counted, and the same numbers go to CloudWatch and to Prometheus."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest

from bot.figures import COUNTS, DIMENSION, TIMES, Figures
from bot.photo_errors import PhotoGone
from bot.query import Answer, EmptyQuery, Hit, Query
from bot.settings import BotSettings
from indexing.product import Product
from inference.encoder import Embeddings, EncoderUnavailable
from tests.bot.conftest import Start, Talk
from tests.toys import PaletteEncoder

FOUND = Answer(
    query=Query(words="mug"),
    hits=(Hit(product=Product(id="a", title="A"), score=0.9),),
    understood="mug",
    is_confident=True,
    timings_ms={"encode": 3.2, "search": 4.1, "total": 8.0},
)


def counted(figures: Figures) -> dict[str, float]:
    """The counts and sums in Prometheus' form, by our own names; only those that are not nought."""
    text = figures.exposition().decode()
    found = re.findall(r"^looksee_(\w+?)(?:_total|_sum) (\S+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in found if float(value)}


def summed(lines: list[str]) -> dict[str, float]:
    """What CloudWatch would make of the lines."""
    sums: dict[str, float] = {}
    for line in lines:
        event: Mapping[str, Any] = json.loads(line)
        (about,) = event["_aws"]["CloudWatchMetrics"]
        assert (about["Namespace"], about["Dimensions"]) == ("Looksee", [[DIMENSION]])
        assert event[DIMENSION] == "shop"
        assert event["_aws"]["Timestamp"] == 1_800_000_000_000
        for metric in about["Metrics"]:
            assert metric["Unit"] == ("Count" if metric["Name"] in COUNTS else "Milliseconds")
            sums[metric["Name"]] = sums.get(metric["Name"], 0) + event[metric["Name"]]
    return sums


def test_cloudwatch_and_prometheus_get_the_same_numbers_under_the_same_names() -> None:
    lines: list[str] = []
    figures = Figures(installation="shop", write=lines.append, now_s=lambda: 1_800_000_000.0)
    figures.asked()
    figures.answered(FOUND, waited_ms=20.0)
    figures.asked()
    figures.answered(replace(FOUND, is_confident=False))
    figures.asked()
    figures.met_cold_start()
    figures.failed(EncoderUnavailable())
    figures.answered(None)

    assert summed(lines) == counted(figures)
    assert counted(figures) == {
        "questions": 3,
        "answers": 3,
        "no_hits": 1,
        "failed": 1,
        "cold_starts": 1,
        "encode_ms": 6.4,
        "search_ms": 8.2,
        "total_ms": 16.0,
        "waited_ms": 20.0,
    }
    assert set(summed(lines)) == {*COUNTS, *TIMES}


@pytest.mark.parametrize("error", [EmptyQuery(), PhotoGone()])
def test_what_people_can_mend_is_no_failure_of_ours(error: Exception) -> None:
    figures = Figures()
    figures.failed(error)
    assert counted(figures) == {}


def test_lines_tell_nothing_of_anybody() -> None:
    lines: list[str] = []
    figures = Figures(installation="shop", write=lines.append)
    figures.answered(replace(FOUND, understood="secret", query=Query(words="secret")))
    assert "secret" not in "".join(lines)


class Away(PaletteEncoder):
    """An encoder that is not there."""

    def encode_texts(self, texts: object) -> Embeddings:
        raise EncoderUnavailable


def test_a_running_bot_counts_and_tells_this_machine_and_nobody_behind_a_proxy(talk: Talk) -> None:
    talk.ask("@looksee blue mug")
    talk.ask("@looksee help")
    talk.slack.wait_for(lambda: counted(talk.bot.tools.figures).get("answers") == 2)
    numbers = counted(talk.bot.tools.figures)
    address = f"{talk.settings.public_url}/metrics"

    assert (numbers["questions"], numbers["answers"]) == (2, 2)
    assert {"encode_ms", "search_ms", "total_ms", "waited_ms"} <= set(numbers)
    told = httpx.get(address, trust_env=False)
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "looksee_questions_total 2.0" in told.text
    assert httpx.get(address, headers={"X-Forwarded-For": "203.0.113.9"}, trust_env=False).status_code == 404


def test_an_answer_that_is_an_apology_is_counted_as_failed(start: Start) -> None:
    talk = start(encoder=Away())
    talk.ask("@looksee blue mug")
    talk.slack.wait_for(lambda: counted(talk.bot.tools.figures).get("failed") == 1)


def test_naming_a_port_has_the_bot_listen_in_socket_mode(tmp_path: Any) -> None:
    env = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    assert not BotSettings.from_env(env, data_dir=tmp_path).is_serving
    assert BotSettings.from_env({**env, "LOOKSEE_PORT": "9000"}, data_dir=tmp_path).is_serving
