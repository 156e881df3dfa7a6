"""However often an event comes, and whenever the bot is killed, a question has one answer."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import manifest
from bot.memory import Claim
from inference.encoder import Embeddings
from playground import LocalSlack
from playground.workspace import Message
from tests.bot.conftest import Start, Talk, hits, understood
from tests.toys import PaletteEncoder

ROOT = Path(__file__).parents[2]
PEOPLE = 20
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown")


class Bots:
    """Bot processes on one memory, to be started and killed."""

    def __init__(self, slack: LocalSlack, shop: Path, data_dir: Path) -> None:
        tokens = {"bot_token": slack.bot_token, "app_token": slack.app_token, "base_url": slack.base_url}
        told = {"data_dir": str(data_dir), "shop": str(shop), "slack": tokens, "lease_s": 2.0}
        self._command = [sys.executable, "-m", "tests.bot.bot_process", json.dumps(told)]
        self._slack = slack
        self._errors = data_dir.with_suffix(".log").open("ab")
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        before = set(self._slack.hub.sockets.connections)
        self.running.append(subprocess.Popen(self._command, cwd=ROOT, stderr=self._errors))
        self._slack.wait_for(lambda: set(self._slack.hub.sockets.connections) - before, timeout_s=60)

    def kill(self, number: int = 0) -> None:
        process = self.running.pop(number)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def close(self) -> None:
        while self.running:
            self.kill()
        self._errors.close()


@pytest.fixture
def local(shop: Path, tmp_path: Path) -> Iterator[tuple[LocalSlack, Bots]]:
    with ExitStack() as parts:
        slack = parts.enter_context(LocalSlack(manifest=manifest()))
        for number in range(PEOPLE):
            slack.add_user(f"guest{number}")
        slack.add_channel("many")
        bots = Bots(slack, shop, tmp_path / "data")
        parts.callback(bots.close)
        yield slack, bots


def asked(slack: LocalSlack, number: int) -> Message:
    colour = COLOURS[number % len(COLOURS)]
    return slack.say(f"guest{number % PEOPLE}", "#many", f"@looksee {colour} mug")


def answers(slack: LocalSlack, message: Message) -> list[Message]:
    return [each for each in slack.replies(message) if each.bot_id and each.metadata]


def settle(slack: LocalSlack, questions: Sequence[Message], *, timeout_s: float) -> None:
    """Wait until each question is answered, and a little longer for answers too many."""

    def open_questions() -> int:
        channel = slack.hub.channel(questions[0].channel)
        answered = {each.thread_ts for each in channel.messages.values() if each.bot_id and each.metadata}
        return sum(question.ts not in answered for question in questions)

    deadline = time.monotonic() + timeout_s
    while (left := slack.on_loop(open_questions)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == 0, f"{left} of {len(questions)} questions have no answer"
    time.sleep(3.0)


def test_200_questions_that_come_three_times_each_have_200_answers_though_the_bot_is_killed(
    local: tuple[LocalSlack, Bots],
) -> None:
    slack, bots = local
    slack.misbehave(copies=3, retry_delays_s=[0, 0.5, 1, 2, 4, 8])
    bots.start()

    questions = []
    for number in range(200):
        questions.append(asked(slack, number))
        if number == 100:
            bots.kill()
            bots.start()
        time.sleep(0.005)
    settle(slack, questions, timeout_s=60)

    assert [len(answers(slack, question)) for question in questions] == [1] * 200


@pytest.mark.live
@pytest.mark.timeout(600)
def test_1000_questions_that_come_four_times_each_to_two_processes_have_1000_answers_though_they_are_killed(
    local: tuple[LocalSlack, Bots],
) -> None:
    slack, bots = local
    slack.misbehave(copies=4, out_of_order=3, lost_acks=50, retry_delays_s=[0, 0.5, 1, 2, 4, 8])
    bots.start()
    bots.start()
    chance = random.Random(7)

    questions = []
    for number in range(1000):
        questions.append(asked(slack, number))
        if number % 150 == 75:
            bots.kill(chance.randrange(len(bots.running)))
            bots.start()
        time.sleep(0.02)
    settle(slack, questions, timeout_s=240)

    assert [len(answers(slack, question)) for question in questions] == [1] * 1000


def test_an_answer_that_was_posted_before_a_kill_is_not_posted_again(talk: Talk) -> None:
    """The claim of an answered question is taken over, as after a kill between posting and noting it."""
    memory: Any = talk.bot.tools.memory
    finish = memory.finish
    forgotten: list[Claim] = []
    memory.finish = forgotten.append  # the kill
    question = talk.asked("@looksee blue mug")
    talk.slack.wait_for_reply(question)
    talk.slack.wait_for(lambda: bool(forgotten))
    memory.finish = finish

    memory.renew(forgotten[0], lease_s=0)
    talk.slack.wait_for(lambda: not memory.renew(forgotten[0], lease_s=0), timeout_s=20)

    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0)
    assert len(talk.slack.replies(question)) == 1


def test_an_answer_whose_receipt_got_lost_is_not_posted_again(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack takes the message, but says so only after the bot has given up waiting."""
    monkeypatch.setattr("bot.slack.installations.TIMEOUT_S", 1)
    talk.ask("@looksee mug")
    talk.slack.misbehave(latency_s=1.5)

    question = talk.asked("@looksee blue mug")
    time.sleep(3.5)  # by now Slack has taken the message, and the bot has heard nothing of it
    talk.slack.misbehave(latency_s=0.0)
    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0, timeout_s=20)

    assert len(talk.slack.replies(question)) == 1
    assert talk.slack.calls("conversations.replies")


def test_messages_of_a_thread_are_answered_in_the_order_they_were_written(talk: Talk) -> None:
    question = talk.asked("@looksee mug")
    talk.slack.wait_for_reply(question)
    talk.slack.misbehave(out_of_order=2, copies=2)

    for text in ("in red", "under $40", "cheapest first"):
        talk.asked(text, thread=question)
    last = talk.slack.wait_for_reply(question, count=4)

    said = [understood(each) for each in talk.slack.replies(question) if each.bot_id]
    assert len(said) == 4
    assert understood(last)


class Stalled(PaletteEncoder):
    """Takes its time."""

    stall_s = 0.0

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        time.sleep(self.stall_s)
        return super().encode_texts(texts)


def test_while_the_encoder_stalls_events_are_acknowledged_and_people_see_that_it_is_looking(start: Start) -> None:
    encoder = Stalled()
    talk = start(encoder=encoder)
    talk.ask("@looksee mug")
    encoder.stall_s = 3.0
    talk.slack.misbehave(ack_timeout_s=1.0, retry_delays_s=[])

    questions = [talk.asked(f"@looksee {colour} mug", user=user) for colour in COLOURS for user in ("ana", "ben")]

    asked_for = {(question.channel, question.ts) for question in questions}
    talk.slack.wait_for(lambda: asked_for <= set(talk.slack.hub.statuses), timeout_s=2.5)
    assert talk.slack.hub.delivery.undelivered == []
    encoder.stall_s = 0.0
    for question in questions:
        assert hits(talk.slack.wait_for_reply(question, timeout_s=20))
    assert talk.slack.hub.statuses == {}


def test_a_slow_private_answer_says_that_it_is_on_its_way(start: Start) -> None:
    encoder = Stalled()
    talk = start(encoder=encoder)
    encoder.stall_s = 1.5

    talk.slack.command("ana", "#shop", "/looksee mug")

    assert talk.whispered().text == "I am still looking…"
    assert hits(talk.whispered(count=2))
