"""While the encoder wakes up the bot says so, answers by words meanwhile, and completes the same message."""

import re
import threading
from collections.abc import Sequence

import pytest

from bot.query import Query
from bot.search_words import search_unencoded
from bot.sentences import say
from bot.slack import answering
from indexing.store import Filters
from inference.encoder import Embeddings, EncoderWakingUp, Pixels
from tests.bot.conftest import Start, Talk, hits, jpeg
from tests.bot.test_figures import counted
from tests.toys import PaletteEncoder

WAKING = say("en").sentence("waking-meanwhile")
WAIT = say("en").sentence("waking-wait")
ALONE = say("en").sentence("waking-alone")


class Sleepy(PaletteEncoder):
    """An encoder behind a serverless endpoint that has slept."""

    def __init__(self) -> None:
        self.awake = threading.Event()
        self.asked = 0

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        self._wake()
        return super().encode_texts(texts)

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        self._wake()
        return super().encode_pictures(pictures)

    def _wake(self) -> None:
        self.asked += 1
        if not self.awake.is_set():
            raise EncoderWakingUp


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Sleepy:
    monkeypatch.setattr(answering, "WAKING_EVERY_S", 0.05)
    return Sleepy()


def bot_replies(talk: Talk, root: str, channel: str) -> int:
    return sum(bool(each.bot_id) for each in talk.slack.hub.channel(channel).replies(root))


def test_words_are_answered_lexically_and_the_same_message_is_completed(start: Start, encoder: Sleepy) -> None:
    talk = start(encoder=encoder)

    message = talk.ask("@looksee blue mug")
    assert message.text.startswith(WAKING)
    assert hits(message)[0] == "mug-blue"
    before = message.ts
    talk.slack.wait_for(lambda: encoder.asked >= 3)  # it is asked again and again, and nothing more is said
    encoder.awake.set()

    talk.slack.wait_for(lambda: "waking" not in message.text)
    assert (message.ts, hits(message)[0]) == (before, "mug-blue")
    talk.slack.wait_for(lambda: counted(talk.bot.tools.figures).get("answers") == 1)
    assert bot_replies(talk, message.root_ts, message.channel) == 1
    numbers = counted(talk.bot.tools.figures)
    assert (numbers["questions"], numbers["cold_starts"], "failed" in numbers) == (1, 1, False)


def test_a_photo_waits_and_is_answered_in_the_same_message(start: Start, encoder: Sleepy) -> None:
    talk = start(encoder=encoder)

    message = talk.ask("@looksee", files=[("red.jpg", jpeg("red"))])
    assert message.text == WAIT
    encoder.awake.set()

    talk.slack.wait_for(lambda: message.text != WAIT)
    assert re.match(r"\w+-red", hits(message)[0])
    assert bot_replies(talk, message.root_ts, message.channel) == 1


def test_who_waits_too_long_is_told_to_ask_again(
    start: Start, encoder: Sleepy, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = start(encoder=encoder)
    message = talk.ask("@looksee blue mug")
    assert message.text.startswith(WAKING)

    monkeypatch.setattr(answering, "WAKING_PATIENCE_S", 0.0)

    talk.changed(message, ALONE)
    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0)


def test_a_private_answer_is_by_words_and_says_so(start: Start, encoder: Sleepy) -> None:
    talk = start(encoder=encoder)
    talk.slack.command("ana", "#shop", "/looksee blue mug")

    def told() -> bool:
        return any(each.text.startswith(ALONE) for each in talk.slack.hub.ephemerals.values())

    talk.slack.wait_for(told)


def test_words_alone_heed_conditions_and_order(start: Start) -> None:
    store = start().bot.tools.catalogues.default.opened().store
    red = Filters(any_of=(("color", ("Red",)),))

    answer = search_unencoded(Query(words="mug", filters=red), store, k=3)
    assert (answer.is_provisional, answer.is_confident) == (True, True)
    assert answer.hits[0].product.id == "mug-red"
    assert {hit.product.color.lower() for hit in answer.hits} == {"red"}
    assert not search_unencoded(Query(words="zzzzqq"), store, k=3).hits
    cheap = search_unencoded(Query(words="ceramic mug", is_cheapest_first=True), store, k=3)
    prices = [hit.product.price.minor for hit in cheap.hits if hit.product.price]
    assert prices == sorted(prices)
