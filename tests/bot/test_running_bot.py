"""What holds while a bot runs: new catalogues are noticed, and logs tell nothing of anybody."""

import logging
from pathlib import Path

import msgspec
import pytest

from bot.app import CannotStart, build_app
from bot.settings import BotSettings, SlackSettings
from indexing.embedded import EmbeddedGenerations
from indexing.generation import Calibration
from playground import LocalSlack
from tests.bot.conftest import Start, Talk, hits, jpeg, stock, understood, wares
from tests.shelf import ENCODER, row


def renamed(folder: Path) -> None:
    """Make another generation live, in which the blue mug is a cup."""
    writer = EmbeddedGenerations(folder).begin(
        model_id=ENCODER.model_id, dim=ENCODER.dim, prompt=ENCODER.prompt, source="other", update=False
    )
    changed = [msgspec.structs.replace(each, title=each.title.replace("mug", "cup")) for each in wares()]
    writer.write([row(each) for each in changed])
    made = writer.finish(Calibration())
    writer.close()
    EmbeddedGenerations(folder).promote(made.name)


def test_a_catalogue_that_becomes_live_is_answered_from_without_a_restart(start: Start, tmp_path: Path) -> None:
    talk = start(with_catalogue=False)
    assert "looksee index" in talk.ask("@looksee blue mug").text

    stock(tmp_path / "empty", tmp_path / "pictures")
    assert "Blue ceramic mug" in talk.ask("@looksee blue mug").text

    renamed(tmp_path / "empty")
    assert "Blue ceramic cup" in talk.ask("@looksee blue mug").text

    EmbeddedGenerations(tmp_path / "empty").rollback()
    assert "Blue ceramic mug" in talk.ask("@looksee blue mug").text


def test_a_channel_has_the_catalogue_that_it_is_bound_to(start: Start, tmp_path: Path) -> None:
    stock(tmp_path / "data", tmp_path / "pictures")
    other = EmbeddedGenerations(tmp_path / "data", "cups")
    writer = other.begin(model_id=ENCODER.model_id, dim=ENCODER.dim, prompt=ENCODER.prompt, source="cups", update=False)
    writer.write([row(msgspec.structs.replace(wares()[0], id="only-cup", title="The only cup"))])
    made = writer.finish(Calibration())
    writer.close()
    other.promote(made.name)
    talk = start(channel_catalogues={"C000000000B": "cups"})
    channel = talk.slack.channel("#shop").id
    assert channel == "C000000000B", "the local Slack counts its ids"

    assert hits(talk.ask("@looksee cup")) == ["only-cup"]
    assert hits(talk.ask("@looksee blue mug", channel="#general"))[0] == "mug-blue"


def test_a_title_that_is_told_in_a_sentence_pings_nobody(start: Start, tmp_path: Path) -> None:
    talk = start(with_catalogue=False)
    folder = tmp_path / "empty"
    writer = EmbeddedGenerations(folder).begin(
        model_id=ENCODER.model_id, dim=ENCODER.dim, prompt=ENCODER.prompt, source="rude", update=False
    )
    writer.write([row(msgspec.structs.replace(wares()[0], title="Mug <!channel> & more", category="<!here>"))])
    made = writer.finish(Calibration())
    writer.close()
    EmbeddedGenerations(folder).promote(made.name)
    asked = talk.asked("@looksee mug")
    talk.slack.wait_for_reply(asked)

    price, help_ = talk.ask("how much is it?", thread=asked), talk.ask("@looksee help")

    assert price.text.startswith("Mug &lt;!channel&gt; &amp; more costs $")
    assert "&lt;!here&gt;" in help_.text
    assert "<!" not in str([price.text, price.blocks, help_.text, help_.blocks])


def test_logs_tell_steps_and_figures_and_nothing_of_anybody(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    asked = talk.asked("@looksee blue mug with unmistakable words", files=[("unmistakable.jpg", jpeg("blue"))])
    answer = talk.slack.wait_for_reply(asked)
    talk.ask("in red", thread=asked)
    talk.slack.click("ana", answer, "save", hits(answer)[0])
    talk.slack.misbehave(file_host="broken")
    talk.ask("@looksee", files=[("unmistakable.jpg", jpeg("blue"))])
    talk.slack.command("ana", "#shop", "/looksee unmistakable words")
    talk.whispered(count=2)

    told = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    ours = [record for record in caplog.records if record.name.startswith("bot.")]
    assert {"answered"} <= {record.getMessage() for record in ours}
    for secret in (
        "unmistakable",
        "blue mug",
        "Blue ceramic",
        talk.slack.bot_token,
        talk.slack.app_token,
        "Ana Duarte",
    ):
        assert secret not in told, f"a log line holds {secret[:12]!r}"


def test_a_question_asked_before_the_bot_ran_is_not_lost(start: Start) -> None:
    """Slack tries again, and the answer comes once."""
    talk = start()
    talk.slack.misbehave(lost_acks=2, copies=2)

    asked = talk.asked("@looksee blue mug")
    answer = talk.slack.wait_for_reply(asked)

    assert understood(answer) == "blue mug"
    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0)
    assert len(talk.slack.replies(asked)) == 1


def test_a_question_that_is_deleted_before_it_is_answered_needs_no_answer(start: Start) -> None:
    talk = start()
    talk.ask("@looksee mug")
    talk.slack.misbehave(latency_s=0.3)

    asked = talk.asked("@looksee blue mug")
    talk.slack.delete("ana", asked)
    talk.slack.misbehave(latency_s=0.0)

    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0, timeout_s=10)
    assert [each for each in talk.slack.messages("@ana") if each.bot_id] == []


def test_a_token_that_slack_refuses_is_told_at_the_start(tmp_path: Path) -> None:
    with LocalSlack() as slack:
        wrong = SlackSettings(bot_token="xoxb-wrong", app_token=slack.app_token, base_url=slack.base_url)
        with (
            build_app(BotSettings(data_dir=tmp_path, slack=wrong)) as bot,
            pytest.raises(CannotStart, match="BOT_TOKEN"),
        ):
            bot.start()
        wrong = SlackSettings(bot_token=slack.bot_token, app_token="xapp-wrong", base_url=slack.base_url)
        with (
            build_app(BotSettings(data_dir=tmp_path, slack=wrong)) as bot,
            pytest.raises(CannotStart, match="APP_TOKEN"),
        ):
            bot.start()
    nowhere = SlackSettings(bot_token="xoxb-1", app_token="xapp-1", base_url="http://127.0.0.1:9/api/")
    with build_app(BotSettings(data_dir=tmp_path, slack=nowhere)) as bot, pytest.raises(CannotStart, match="reached"):
        bot.start()
