"""Signed HTTP and many workspaces, with Bolt's own verification, OAuth flow and installation store."""

import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import Bot, build_app
from bot.manifest import manifest
from bot.memory import Place, Workspace
from bot.settings import BotSettings, SlackSettings
from bot.slack.installations import NotInstalled
from bot.web import bind
from indexing.embedded import EmbeddedGenerations
from playground import LocalSlack
from playground.workspace import Workspace as Team
from tests.bot.conftest import hits
from tests.shelf import ENCODER


class Served:
    """A bot that is reached by HTTP, and can be installed."""

    def __init__(self, slack: LocalSlack, bot: Bot, url: str, settings: BotSettings) -> None:
        self.slack, self.bot, self.url, self.settings = slack, bot, url, settings

    def install(self, team: Team) -> httpx.Response:
        """What somebody does in a browser to install the app into a workspace."""
        with httpx.Client(trust_env=False) as browser:
            page = browser.get(f"{self.url}/slack/install")
            link = re.search(r'href="([^"]*oauth/v2/authorize[^"]*)"', page.text)
            assert link is not None, page.text
            state = page.headers["set-cookie"].split(";")[0]
            callback = self.slack.approve(link[1].replace("&amp;", "&"), team)
            return browser.get(callback, headers={"Cookie": state})


Serve = Callable[..., Served]


@pytest.fixture
def serve(shop: Path, tmp_path: Path) -> Iterator[Serve]:
    with ExitStack() as parts:

        def run(*, token_rotation: bool = False, **changes: Any) -> Served:
            listener = bind("127.0.0.1", 0)
            url = f"http://127.0.0.1:{listener.getsockname()[1]}"
            events = f"{url}/slack/events"
            declared = manifest(
                request_url=events, redirect_url=f"{url}/slack/oauth_redirect", token_rotation=token_rotation
            )
            slack = parts.enter_context(LocalSlack(manifest=declared, public_base=url, request_url=events))
            slack.misbehave(retry_delays_s=[0, 0.1])
            settings = BotSettings(
                data_dir=tmp_path / "data",
                public_url=url,
                slack=SlackSettings(
                    signing_secret=slack.signing_secret,
                    client_id=slack.hub.credentials.client_id,
                    client_secret=slack.hub.credentials.client_secret,
                    base_url=slack.base_url,
                    authorize_url=slack.authorize_url,
                ),
            )
            settings = replace(settings, slack=replace(settings.slack, **changes))
            bot = parts.enter_context(build_app(settings, encoder=ENCODER, generations=EmbeddedGenerations(shop)))
            bot.start(listener)
            return Served(slack, bot, url, settings)

        yield run


def test_signed_requests_are_answered_and_others_refused(serve: Serve) -> None:
    served = serve()
    team = served.slack.team
    assert served.install(team).status_code == 200

    answer = served.slack.wait_for_reply(served.slack.say("ana", "#shop", "@looksee blue mug"))
    assert hits(answer)[0] == "mug-blue"

    forged = httpx.post(f"{served.url}/slack/events", content="{}", trust_env=False)
    assert forged.status_code == 401
    huge = httpx.post(f"{served.url}/slack/events", content=b"x" * 5_000_000, trust_env=False)
    assert huge.status_code == 413
    assert httpx.get(f"{served.url}/health", trust_env=False).text == "ok"


def test_commands_and_buttons_work_over_http(serve: Serve) -> None:
    served = serve()
    served.install(served.slack.team)

    served.slack.command("ana", "#shop", "/looksee mug")
    answer = served.slack.wait_for_ephemeral("ana")
    served.slack.click("ana", answer, "filters")
    served.slack.submit("ana", served.slack.wait_for_view("ana"), {"color": {"value": ["blue"]}})

    served.slack.wait_for(lambda: answer.text.startswith("blue mug"))


def test_two_workspaces_install_the_app_and_never_see_each_other(serve: Serve) -> None:
    served = serve()
    other = served.slack.add_workspace("Other")
    assert served.install(served.slack.team).status_code == 200
    assert served.install(other).status_code == 200

    first = served.slack.say("ana", "#shop", "@looksee blue mug")
    second = served.slack.say("noor", "@", "red mug")

    assert hits(served.slack.wait_for_reply(first))[0] == "mug-blue"
    assert hits(served.slack.wait_for_reply(second))[0] == "mug-red"
    memory = served.bot.tools.memory
    assert memory.thread(Place(Workspace("", other.id), second.channel, "")).turns
    assert memory.thread(Place(Workspace("", served.slack.team.id), second.channel, "")).turns == ()
    mode = (served.settings.installations_file).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_workspace_that_is_not_listed_cannot_install(serve: Serve) -> None:
    served = serve(workspaces=("T0NOBODY",))

    refused = served.install(served.slack.team)

    assert refused.status_code >= 400 or "went wrong" in refused.text.lower()
    asked = served.slack.say("ana", "#shop", "@looksee blue mug")
    with pytest.raises(TimeoutError):
        served.slack.wait_for_reply(asked, timeout_s=0.5)


def test_tokens_are_renewed_before_they_end(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve(token_rotation=True)
    served.install(served.slack.team)
    before = served.slack.bot_token
    served.slack.wait_for_reply(served.slack.say("ana", "#shop", "@looksee blue mug"))

    monkeypatch.setattr("slack_sdk.oauth.token_rotation.rotator.time", lambda: time.time() + 11 * 3600)
    asked = served.slack.say("ana", "#shop", "@looksee red mug")

    assert hits(served.slack.wait_for_reply(asked))[0] == "mug-red"
    assert served.slack.bot_token != before


def test_a_workspace_that_removes_the_app_leaves_no_token(serve: Serve) -> None:
    served = serve()
    served.install(served.slack.team)
    served.slack.wait_for_reply(served.slack.say("ana", "#shop", "@looksee blue mug"))

    served.slack.uninstall()

    def is_gone() -> bool:
        try:
            served.bot.tools.installations.client(Workspace("", served.slack.team.id))
        except NotInstalled:
            return True
        return False

    served.slack.wait_for(is_gone)
    assert served.slack.bot_token.encode() not in served.settings.installations_file.read_bytes()
