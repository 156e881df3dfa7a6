"""Who waits sees that they are heard, after a moment and within half a second; however long an event is, it is read."""

import time

import pytest

from bot.app import MOST_READ
from bot.slack import answering
from tests.bot.conftest import Start, Talk, understood
from tests.bot.test_exactly_once import Stalled

STATUS = "assistant.threads.setStatus"


def test_an_answer_that_comes_at_once_shows_no_status(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "STATUS_AFTER_S", 3.0)  # no machine is too slow for this one
    talk = start()

    talk.ask("@looksee blue mug")

    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0)
    assert talk.slack.calls(STATUS) == []


def test_while_the_encoder_stalls_a_status_shows_after_a_moment_and_within_half_a_second(start: Start) -> None:
    encoder = Stalled()
    talk = start(encoder=encoder)
    talk.ask("@looksee mug")
    encoder.stall_s = 1.0

    waited = [until_status_s(talk, f"@looksee mug {number}") for number in range(3)]

    assert min(waited) < 0.5  # of three: whatever else this machine does takes its time too
    assert all(each >= answering.STATUS_AFTER_S - 0.01 for each in waited)


def until_status_s(talk: Talk, text: str) -> float:
    began = time.monotonic()
    asked = talk.asked(text)
    talk.slack.wait_for(lambda: (asked.channel, asked.ts) in talk.slack.hub.statuses)
    seen = time.monotonic()
    talk.slack.wait_for_reply(asked)
    return seen - began


def test_an_event_that_is_longer_than_what_is_read_at_once_is_answered(talk: Talk) -> None:
    text = "@looksee blue" + "\u3000" * 30_000 + "mug"
    assert len(text.encode()) > MOST_READ
    assert talk.bot.socket_mode is not None
    assert talk.bot.socket_mode.client.receive_buffer_size == MOST_READ

    assert understood(talk.ask(text)) == "blue mug"
