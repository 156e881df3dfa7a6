import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.doctor import Finding, examine, examine_live, is_well, show
from bot.settings import BotSettings, SlackSettings
from inference.model import find_model
from playground import LocalSlack
from tests.bot.conftest import Talk


@pytest.fixture
def settings(tmp_path: Path) -> BotSettings:
    tmp_path.chmod(0o700)
    return BotSettings(data_dir=tmp_path)


def said(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


def test_a_machine_that_is_not_set_up_is_told_what_to_do(settings: BotSettings) -> None:
    found = said(examine(settings))

    assert found["settings"].state == "ill"
    assert "manifest.json" in found["settings"].mend
    assert found["index"].mend == "looksee index SOURCE"
    assert found["memory"].state == "well"
    assert all(finding.mend for finding in found.values() if finding.state != "well")


def test_a_folder_that_others_may_read_is_a_warning(settings: BotSettings) -> None:
    settings.data_dir.chmod(0o755)

    assert said(examine(settings))["data"].mend.startswith("chmod 700")


def test_tokens_and_scopes_are_asked_of_slack(settings: BotSettings) -> None:
    with LocalSlack() as slack:
        tokens = SlackSettings(bot_token=slack.bot_token, app_token=slack.app_token, base_url=slack.base_url)
        found = said(examine(replace(settings, slack=tokens)))
        assert found["bot token"].state == found["app token"].state == found["scopes"].state == "well"

        wrong = replace(tokens, bot_token="xoxb-wrong", app_token="xapp-wrong")
        found = said(examine(replace(settings, slack=wrong)))
        assert "invalid_auth" in found["bot token"].said
        assert "connections:write" in found["app token"].mend
        assert "xoxb-wrong" not in str(found)


def test_a_missing_scope_is_named_with_what_it_is_for(settings: BotSettings) -> None:
    with LocalSlack() as slack:
        granted = slack.installation.scopes - {"files:read"}
        slack.on_loop(lambda: setattr(slack.installation, "scopes", granted))
        tokens = SlackSettings(bot_token=slack.bot_token, app_token=slack.app_token, base_url=slack.base_url)

        found = said(examine(replace(settings, slack=tokens)))

    assert found["scopes"].said == "files:read is missing: to see the photos that people send."


def test_a_slack_that_cannot_be_reached_is_told_as_that(settings: BotSettings) -> None:
    nowhere = SlackSettings(bot_token="xoxb-1", app_token="xapp-1", base_url="http://127.0.0.1:9/api/")

    assert "cannot be reached" in said(examine(replace(settings, slack=nowhere)))["network"].said


def test_findings_are_shown_with_their_mend() -> None:
    out = io.StringIO()
    findings = [Finding(name="index", state="ill", said="Nothing is indexed yet.", mend="looksee index SOURCE")]

    show(Console(file=out, width=80), findings)

    assert out.getvalue() == "✗ index: Nothing is indexed yet.\n    looksee index SOURCE\n"
    assert not is_well(findings)


def test_live_posts_every_shape_of_answer(talk: Talk, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(shop / "catalogues", talk.settings.data_dir / "catalogues")
    encoder = talk.bot.tools.catalogues.default.opened().encoder
    monkeypatch.setattr("bot.adapters.OnnxEncoder", lambda model: encoder)
    monkeypatch.setattr("bot.adapters.find_model", lambda name, data_dir: find_model)
    channel = talk.slack.channel("#shop").id

    findings = examine_live(talk.settings, channel)

    assert is_well(findings), findings
    assert len(talk.slack.messages("#shop")) == len(findings) - 1 >= 5
    refused = examine_live(talk.settings, "C0NOWHERE")
    assert any("/invite" in finding.mend for finding in refused)
