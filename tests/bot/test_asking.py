"""What asks and what does not, in tables."""

from typing import Any

import pytest

from bot.memory import Place, Thread, Turn, Workspace
from bot.query import Query
from bot.slack.asking import Question, key_of, question_of
from bot.slack.wording import escaped, said

HOME = Workspace("", "T1")
BOT = "U0BOT"
OURS = Thread(turns=(Turn(ts="1.0", user="UANA", query=Query(words="mug")),))


def event(**facts: Any) -> dict[str, Any]:
    plain = {"type": "message", "user": "UANA", "channel": "C1", "channel_type": "channel", "ts": "2.0", "text": ""}
    return plain | facts


def asked(told: dict[str, Any], thread: Thread = OURS) -> Question | None:
    return question_of(told, workspace=HOME, bot_user=BOT, thread=lambda _place: thread, lexicon=None)


@pytest.mark.parametrize(
    "told",
    [
        event(type="app_mention", text=f"<@{BOT}> mug"),
        event(text=f"<@{BOT}> mug"),
        event(text=f"hey <@{BOT}|looksee>, mug"),
        event(channel="D1", channel_type="im", text="mug"),
        event(channel="D1", channel_type="im", subtype="file_share", files=[{"id": "F1"}]),
        event(text=f"<@{BOT}>", subtype="file_share", files=[{"id": "F1"}]),
        event(text="in red", thread_ts="1.0"),
        event(text="", thread_ts="1.0", subtype="file_share", files=[{"id": "F1"}]),
        event(text="cheaper", thread_ts="1.0", subtype="thread_broadcast"),
    ],
)
def test_this_asks(told: dict[str, Any]) -> None:
    assert asked(told) is not None


@pytest.mark.parametrize(
    "told",
    [
        event(text="mug"),
        event(text="in red"),
        event(text="in red", thread_ts="1.0", user="UBEN"),
        event(text="<@UBEN> in red?", thread_ts="1.0"),
        event(text="see you at lunch", thread_ts="1.0"),
        event(text=f"<@{BOT}> mug", bot_id="B1"),
        event(text=f"<@{BOT}> mug", user=BOT),
        event(text=f"<@{BOT}> mug", user="USLACKBOT"),
        event(text=f"<@{BOT}> mug", subtype="channel_join"),
        event(channel="D1", channel_type="im", subtype="message_deleted"),
        event(channel="D1", channel_type="im", subtype="bot_message", bot_id="B1"),
    ],
)
def test_this_does_not_ask(told: dict[str, Any]) -> None:
    assert asked(told) is None


def edit(before: str, now: str, *, ts: str = "1.0", user: str = "UANA") -> dict[str, Any]:
    message = {"type": "message", "user": user, "ts": ts, "text": now, "edited": {"user": user, "ts": "3.0"}}
    return event(
        subtype="message_changed", message=message, previous_message=message | {"text": before}, ts="4.0", user=None
    )


def test_an_edit_of_a_question_asks_again() -> None:
    question = asked(edit(f"<@{BOT}> mug", f"<@{BOT}> red mug"))

    assert question is not None
    assert (question.ts, question.edited) == ("1.0", "3.0")


def test_an_edit_that_changes_no_words_or_is_no_question_does_not_ask() -> None:
    assert asked(edit("mug", "mug")) is None
    assert asked(edit("mug", "cup", ts="9.0")) is None
    assert asked(edit(f"<@{BOT}> mug", f"<@{BOT}> cup", user=BOT)) is None


def test_a_mention_that_comes_with_an_edit_is_the_question_that_its_own_event_tells_of() -> None:
    told = edit("mug", f"<@{BOT}> mug", ts="9.0")
    mention = event(type="app_mention", text=f"<@{BOT}> mug", ts="9.0")

    first, second = asked(told), asked(mention)

    assert first is not None
    assert second is not None
    assert key_of(first, HOME, "A1") == key_of(second, HOME, "A1")


def test_both_events_of_a_mention_have_one_key() -> None:
    first = asked(event(type="app_mention", text=f"<@{BOT}> mug", thread_ts="1.0"))
    second = asked(event(text=f"<@{BOT}> mug", thread_ts="1.0", subtype="file_share", files=[{"id": "F1"}]))

    assert first is not None
    assert second is not None
    assert key_of(first, HOME, "A1") == key_of(second, HOME, "A1")
    assert key_of(first, HOME, "A1").place == Place(HOME, "C1", "1.0")


def test_of_a_file_only_what_is_needed_is_stored() -> None:
    file = {"id": "F1", "name": "me at home.jpg", "title": "me", "mimetype": "image/jpeg", "permalink": "https://x"}
    question = asked(event(text=f"<@{BOT}>", files=[file]))

    assert question is not None
    assert question.files == ({"id": "F1", "mimetype": "image/jpeg"},)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<@U0BOT> red mug", "red mug"),
        ("<@U0BOT> &lt;5 &amp; cheap", "<5 & cheap"),
        ("a *red* _mug_ `now`", "a red mug now"),
        ("under $20 :smile: please", "under $20 please"),
        ("like <https://x.example/a.jpg|this>", "like"),
        ("in <#C1|shop> <!here>", "in shop"),
        ("20*30 cm", "20*30 cm"),
        ("snake_case_name", "snake_case_name"),
        ("赤い*マグ*カップ", "赤い*マグ*カップ"),
        ("  a \n b ", "a b"),
    ],
)
def test_slacks_text_becomes_plain(text: str, plain: str) -> None:
    assert said(text).text == plain


def test_links_and_mentions_are_told_apart() -> None:
    told = said(
        "<@UBEN> <https://x.example/a?b=1&amp;c=2> <mailto:a@b.example|a@b.example> <https://x.example/a?b=1&amp;c=2>"
    )

    assert told.links == ("https://x.example/a?b=1&c=2",)
    assert told.mentioned == {"UBEN"}


def test_catalogue_text_is_escaped() -> None:
    assert escaped("<!channel> & co") == "&lt;!channel&gt; &amp; co"
