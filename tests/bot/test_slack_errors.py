"""Each sentence for something that went wrong, reached through the wire of a local Slack."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bot.memory import MemoryUnavailable
from bot.sentences import LANGUAGES, SORRY, say
from indexing.settings import FetchSettings
from indexing.store import StoreUnavailable
from inference.decoding import DecoderUnavailable
from inference.encoder import Embeddings, EncoderUnavailable, EncoderWakingUp
from playground import people
from playground.workspace import File, Message
from tests.bot.conftest import Start, Talk, cards, hits, jpeg, kinds, understood
from tests.hostile import hostile_picture
from tests.toys import PaletteEncoder

SECRET = "secret-7"


def english(key: str) -> str:
    return say("en-US").sentence(key)


class Failing(PaletteEncoder):
    """Fails as it is told to."""

    def __init__(self, error: Exception) -> None:
        self.error: Exception | None = error

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        if self.error:
            raise self.error
        return super().encode_texts(texts)


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (EncoderUnavailable(SECRET), "sorry-encoder"),
        (StoreUnavailable(SECRET), "sorry-store"),
        (ValueError(SECRET), "sorry-unknown"),
    ],
)
def test_what_breaks_is_told_in_a_sentence_and_the_next_question_is_answered(
    start: Start, error: Exception, key: str
) -> None:
    encoder = Failing(error)
    talk = start(encoder=encoder)

    for text in (talk.ask("@looksee blue mug").text, private(talk, "/looksee blue mug")):
        assert text == english(key)
        assert SECRET not in text
    encoder.error = None
    assert hits(talk.ask("@looksee blue mug"))[0] == "mug-blue"


def test_an_encoder_that_does_not_wake_up_in_time_is_told(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.slack.answering.WAKING_PATIENCE_S", 0.0)
    talk = start(encoder=Failing(EncoderWakingUp(SECRET)))

    text = talk.ask("@looksee a present for a gardener").text

    assert text == english("sorry-waking")
    assert SECRET not in text


def private(talk: Talk, line: str) -> str:
    talk.slack.command("ana", "#shop", line)
    return talk.whispered().text


def test_a_button_that_breaks_says_so_to_the_one_who_pressed_it(start: Start) -> None:
    encoder = Failing(EncoderUnavailable(SECRET))
    talk = start(encoder=encoder)
    encoder.error = None
    answer = talk.ask("@looksee mug")
    encoder.error = EncoderUnavailable(SECRET)

    talk.slack.click("ana", answer, "more")

    assert talk.whispered().text == english("sorry-encoder")


def test_a_mention_without_anything_says_what_to_do(talk: Talk) -> None:
    assert talk.ask("@looksee").text == english("sorry-empty")


def test_without_a_catalogue_the_command_is_named(start: Start) -> None:
    answer = start(with_catalogue=False).ask("@looksee blue mug")

    assert answer.text == english("sorry-no-catalogue")
    assert "`looksee index" in answer.text


def test_an_index_of_another_model_says_so(start: Start) -> None:
    class Other(PaletteEncoder):
        model_id = "other-000001"

    assert start(encoder=Other()).ask("@looksee blue mug").text == english("sorry-wrong-model")


def test_a_file_host_that_shows_a_sign_in_page_names_the_missing_permission(talk: Talk) -> None:
    talk.slack.misbehave(file_host="login_page")

    assert "files:read" in asked_with_photo(talk).text


def asked_with_photo(talk: Talk, text: str = "@looksee") -> Message:
    return talk.ask(text, files=[("photo.jpg", jpeg("green"))])


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("not_found", "sorry-photo-gone"),
        ("broken", "sorry-photo-late"),
        ("login_page", "sorry-photo-scope"),
        ("cut", "sorry-unreadable-photo"),
    ],
)
def test_a_photo_that_does_not_come_is_told_and_the_words_still_count(talk: Talk, host: str, key: str) -> None:
    talk.slack.misbehave(file_host=host)
    if host == "cut":
        alone = talk.ask("@looksee", files=[("photo.jpg", jpeg("green", px=8)[:200])])
        both = talk.ask("@looksee blue mug", files=[("photo.jpg", jpeg("green", px=8)[:200])])
    else:
        alone, both = asked_with_photo(talk), asked_with_photo(talk, "@looksee blue mug")

    assert alone.text == english(key)
    assert understood(both) == "blue mug"
    assert both.text.startswith(english(key))


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("offer.pdf", b"%PDF-1.7 and so on", "sorry-not-a-photo"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 and then nothing", "sorry-unreadable-photo"),
        ("photo.jpg", b"not a picture at all", "sorry-unreadable-photo"),
        ("photo.jpg", b"\xff\xd8\xff" + bytes(20_000_001), "sorry-photo-large"),
    ],
)
def test_a_file_that_is_no_photo_gets_a_sentence(talk: Talk, name: str, data: bytes, key: str) -> None:
    assert talk.ask("@looksee", files=[(name, data)]).text == english(key)


@pytest.mark.parametrize("words", ["", "find this", "do you have this in green?", "これある？"])
def test_a_photo_that_cannot_be_read_is_said_instead_of_an_old_answer(talk: Talk, words: str) -> None:
    talk.ask("red mugs", channel="@")

    told = talk.ask(words, channel="@", files=[("photo.jpg", b"not a picture at all")])

    assert told.text in {say(language).sentence("sorry-unreadable-photo") for language in LANGUAGES}
    assert not told.metadata or not hits(told)


def test_what_changes_nothing_is_asked_back(talk: Talk) -> None:
    talk.ask("red mugs", channel="@")

    assert talk.ask("hmm", channel="@").text == english("what-to-change")
    assert understood(talk.ask("in blue", channel="@")) == "blue mugs"


def test_words_beside_a_photo_that_cannot_be_read_begin_anew(talk: Talk) -> None:
    talk.ask("red mugs under $40", channel="@")

    told = talk.ask("chairs", channel="@", files=[("photo.jpg", b"not a picture at all")])

    assert told.text.startswith(english("sorry-unreadable-photo"))
    assert understood(told) == "chairs"


def uploaded(talk: Talk, **facts: Any) -> File:
    def upload() -> File:
        file = people.upload(talk.slack.hub, talk.slack.user("ana"), "photo.jpg", jpeg("green"))
        for name, value in facts.items():
            setattr(file, name, value)
        return file

    return talk.slack.on_loop(upload)


def test_a_file_outside_of_slack_is_not_fetched(talk: Talk) -> None:
    file = uploaded(talk, external_url="https://drive.example/photo")

    assert talk.ask("@looksee", files=[file]).text == english("sorry-photo-elsewhere")


def test_a_deleted_file_is_told(talk: Talk) -> None:
    assert talk.ask("@looksee", files=[uploaded(talk, deleted=True)]).text == english("sorry-photo-gone")


def test_a_heic_photo_is_read(talk: Talk) -> None:
    file = uploaded(talk, name="photo.heic", mimetype="image/heic", content=hostile_picture("photo.heic").data)

    assert understood(talk.ask("@looksee", files=[file])) == "like your photo"


def test_a_photo_in_a_conversation_without_the_bot_asks_to_be_invited(talk: Talk) -> None:
    talk.slack.add_channel("secret", with_bot=False, private=True)
    shown = talk.asked("look", user="ben", channel="#secret", files=[("photo.jpg", jpeg("green"))])
    talk.slack.misbehave(file_host="login_page")

    talk.slack.shortcut("ana", shown, "find_similar")

    assert talk.whispered().text == english("sorry-photo-out-of-reach")


def test_a_message_without_a_photo_has_nothing_to_find_similar_to(talk: Talk) -> None:
    talk.slack.shortcut("ana", talk.asked("hello", user="ben"), "find_similar")

    assert talk.whispered().text == english("no-photo-there")


def test_a_link_to_a_private_address_is_not_followed(start: Start) -> None:
    talk = start(fetch=FetchSettings(attempts=1))

    assert talk.ask("@looksee http://127.0.0.1:9/photo.jpg").text == english("sorry-link")
    assert talk.ask("@looksee http://169.254.169.254/photo.jpg").text == english("sorry-link")


def test_a_machine_that_starts_no_processes_says_so(talk: Talk) -> None:
    class NoDecoder:
        def views(self, data: bytes, px: int, zooms: Sequence[float]) -> None:
            raise DecoderUnavailable(SECRET)

    decoder: Any = NoDecoder()  # no real part can be made to fail so
    talk.bot.tools.photos._decoder = decoder

    assert asked_with_photo(talk).text == english("sorry-no-decoder")


def test_a_memory_that_is_away_says_so_once(talk: Talk) -> None:
    lost(talk.bot.tools.memory)

    asked = talk.asked("@looksee blue mug")

    assert talk.slack.wait_for_reply(asked).text == english("sorry-memory")
    assert private(talk, "/looksee blue mug") == english("sorry-memory")
    assert len(talk.slack.replies(asked)) == 1


def lost(memory: Any) -> None:
    """Make every call of a memory fail, as when its disk is gone."""

    def fail(*_: Any, **__: Any) -> None:
        raise MemoryUnavailable(SECRET)

    for name in ("claim", "thread", "put_thread", "preferences", "searched"):
        setattr(memory, name, fail)


def test_an_answer_is_given_without_pictures_where_none_can_be_loaded(talk: Talk) -> None:
    talk.slack.misbehave(image_failures=1000)

    answer = talk.ask("@looksee blue mug")

    assert hits(answer)[0] == "mug-blue"
    assert all("hero_image" not in card for card in cards(answer))


def test_a_picture_that_fails_once_is_tried_again(talk: Talk) -> None:
    talk.slack.misbehave(image_failures=1)

    assert all("hero_image" in card for card in cards(talk.ask("@looksee blue mug")))


@pytest.mark.parametrize(("refusals", "shape"), [(3, "section"), (4, "section"), (5, "")])
def test_an_answer_that_slack_refuses_comes_as_a_list_and_at_last_as_text(
    talk: Talk, refusals: int, shape: str
) -> None:
    talk.slack.misbehave(failures={"chat.postMessage": ["invalid_blocks"] * refusals})

    answer = talk.ask("@looksee blue mug")

    assert hits(answer)[0] == "mug-blue"
    assert (shape in kinds(answer)) if shape else kinds(answer) == []
    assert "Blue ceramic mug" in answer.text


def test_a_channel_that_has_had_enough_is_answered_a_little_later(talk: Talk) -> None:
    talk.slack.misbehave(rate_limits={"chat.postMessage": [1]})

    asked = talk.asked("@looksee blue mug")

    assert hits(talk.slack.wait_for_reply(asked))[0] == "mug-blue"
    assert len(talk.slack.replies(asked)) == 1


def test_other_channels_do_not_wait_for_one_that_has_had_enough(talk: Talk) -> None:
    talk.slack.misbehave(rate_limits={"chat.postMessage": [3]})
    slow = talk.asked("@looksee blue mug")
    talk.slack.wait_for(lambda: any(call["error"] == "ratelimited" for call in talk.slack.hub.log))

    talk.ask("blue mug", channel="@")

    assert talk.slack.replies(slow) == []
    talk.slack.wait_for_reply(slow, timeout_s=8)


@pytest.mark.parametrize("code", ["internal_error", "service_unavailable"])
def test_an_answer_that_got_lost_at_slacks_is_sent_again(talk: Talk, code: str) -> None:
    talk.slack.misbehave(failures={"chat.postMessage": [code]})

    assert hits(talk.ask("@looksee blue mug"))[0] == "mug-blue"


def test_where_the_bot_may_not_write_the_answer_comes_directly(talk: Talk) -> None:
    talk.slack.misbehave(failures={"chat.postMessage": ["restricted_action"]})

    asked = talk.asked("@looksee blue mug")

    answer = talk.slack.wait_for_message("@ana")
    assert f"<#{asked.channel}>" in answer.text
    assert hits(answer)[0] == "mug-blue"


def test_who_asks_too_much_at_once_gets_one_friendly_line(start: Start) -> None:
    encoder = Failing(EncoderUnavailable())
    encoder.error = None
    talk = start(encoder=encoder, workers=1)
    talk.slack.misbehave(latency_s=0.2)
    asked = [talk.asked(f"@looksee blue mug {number}") for number in range(16)]

    told = talk.whispered()

    assert told.text == english("too-many")
    talk.slack.misbehave(latency_s=0)
    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0, timeout_s=20)
    answered = sum(bool(talk.slack.replies(message)) for message in asked)
    assert 10 <= answered < 16
    assert len(talk.slack.ephemerals("ana")) == 1


def test_nothing_close_is_said(talk: Talk) -> None:
    store: Any = talk.bot.tools.catalogues.default.opened().store
    strict = msgspec.structs.replace(store.generation.calibration, confident_photo=99.0, confident_words=99.0)
    store._generation = msgspec.structs.replace(store.generation, calibration=strict)

    answer = talk.ask("@looksee striped umbrella")

    assert any(english("nothing-close") in str(block) for block in answer.blocks)
    assert hits(answer)


def test_every_sentence_about_a_failure_is_in_these_tests() -> None:
    text = Path(__file__).read_text(encoding="utf-8")

    for key in set(SORRY.values()):
        assert f'"{key}"' in text, f"no test reaches {key}"
