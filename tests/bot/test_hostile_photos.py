"""Hostile pictures as questions: each costs its sender a sentence at most, and nobody else anything."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import looksee
from tests.bot.conftest import Start, Talk, hits
from tests.hostile import MOST_BYTES, MemoryWatch, hostile_pictures
from tests.shelf import ENCODER
from tests.toys import product_picture

PATIENCE_S = 60


def asked(talk: Talk, text: str, name: str, data: bytes) -> str:
    """How a question with a file was answered: what was understood, or the sentence instead of an answer."""
    answer = talk.slack.wait_for_reply(talk.asked(text, files=[(name, data)]), timeout_s=PATIENCE_S)
    payload = answer.metadata["event_payload"] if answer.metadata else {}
    return str(payload.get("understood", answer.text))


@pytest.mark.timeout(900)
def test_each_hostile_photo_in_slack_is_answered_or_refused_in_a_sentence(
    start: Start,
) -> None:
    talk, pictures = start(), hostile_pictures()
    memory = MemoryWatch()
    refusals = {
        "I could not open that photo. A JPEG or PNG works best.",
        "That file is not a picture. Send me a photo, or tell me in words.",
        "That file is too large for me. A photo of up to 20 MB works.",
    }

    told = {picture.name: asked(talk, "@looksee", picture.name, picture.data) for picture in pictures}

    assert len(told) == len(pictures) >= 60
    for picture in pictures:
        if picture.is_readable:
            assert told[picture.name] == "like your photo", picture.name
        else:
            assert told[picture.name] in refusals, picture.name
    after = talk.slack.wait_for_reply(talk.asked("@looksee", files=[("mug.png", product_picture("red"))]))
    assert hits(after)[0].endswith("-red")
    assert memory.most() < MOST_BYTES


@pytest.mark.timeout(900)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # as `inference.images` has it; pytest begins anew
def test_each_hostile_photo_on_the_command_line_is_answered_or_refused_in_a_sentence(
    shop: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(looksee, "_encoder_of", lambda *_: ENCODER)  # the toy is no model folder
    memory = MemoryWatch()
    command = ["search", "--json", "--data", str(shop), "--photo"]

    for number, picture in enumerate(hostile_pictures()):
        photo = tmp_path / f"{number}"
        photo.write_bytes(picture.data)
        done = CliRunner().invoke(looksee.app, [*command, str(photo)])
        if picture.is_readable:
            assert done.exit_code == 0, (picture.name, done.exception)
            assert '"hits"' in done.stdout
        else:
            assert isinstance(done.exception, Exception), picture.name
            assert looksee._explained(done.exception) == 2, (picture.name, done.exception)
            (sentence,) = capsys.readouterr().err.splitlines()
            assert sentence.startswith(f"{photo}: "), picture.name
    assert memory.most() < MOST_BYTES
