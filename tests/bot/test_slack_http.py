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
from bot.memory import Person, Place, Workspace
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

    def install(self, team: Team | str) -> httpx.Response:
        """What somebody does in a browser to install the app into a workspace, or into an organisation by its id."""
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


def is_gone(served: Served, workspace: Workspace) -> bool:
    """True where the bot has no token of a workspace."""
    try:
        served.bot.tools.installations.client(workspace)
    except NotInstalled:
        return True
    return False


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

    served.slack.wait_for(lambda: is_gone(served, Workspace("", served.slack.team.id)))
    assert served.slack.bot_token.encode() not in served.settings.installations_file.read_bytes()


ORGANISATION = "E0NORTHWIND"


def organisation(served: Served) -> tuple[Team, Team]:
    """Two workspaces of one Enterprise Grid organisation, into which the app has been installed org-wide."""
    north = served.slack.add_workspace("North", people_names=("noor",), enterprise=ORGANISATION)
    south = served.slack.add_workspace("South", people_names=("sol",), enterprise=ORGANISATION)
    assert served.install(ORGANISATION).status_code == 200
    return north, south


def test_an_org_wide_installation_serves_each_workspace_by_one_token_and_keeps_them_apart(serve: Serve) -> None:
    served = serve()
    north, south = organisation(served)

    first, second = served.slack.say("noor", "@", "blue mug"), served.slack.say("sol", "@", "red mug")

    assert hits(served.slack.wait_for_reply(first))[0] == "mug-blue"
    assert hits(served.slack.wait_for_reply(second))[0] == "mug-red"
    memory = served.bot.tools.memory
    for team, question, other in ((north, first, south), (south, second, north)):
        assert memory.thread(Place(Workspace(ORGANISATION, team.id), question.channel, "")).turns
        assert memory.thread(Place(Workspace(ORGANISATION, other.id), question.channel, "")).turns == ()
    clients = [served.bot.tools.installations.client(Workspace(ORGANISATION, team.id)) for team in (north, south)]
    assert clients[0].token == clients[1].token


def test_commands_buttons_dialogues_and_home_know_their_workspace_in_an_organisation(serve: Serve) -> None:
    served = serve()
    _north, south = organisation(served)

    answer = served.slack.wait_for_reply(served.slack.say("sol", "@", "mug"))
    served.slack.click("sol", answer, "save", hits(answer)[0])
    sol = Person(Workspace(ORGANISATION, south.id), south.user_named("sol").id)
    served.slack.wait_for(lambda: served.bot.tools.memory.saved(sol))
    served.slack.click("sol", answer, "filters")
    view = served.slack.wait_for(lambda: next(iter(south.views.values()), None))
    served.slack.submit("sol", view, {"color": {"value": ["blue"]}})
    served.slack.wait_for(lambda: answer.text.startswith("blue mug"))
    served.slack.open_home("sol")
    home = served.slack.wait_for(lambda: next(iter(south.homes.values()), None))

    assert "mug" in str(home.content)


def test_the_token_of_an_organisation_is_renewed(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve(token_rotation=True)
    north, _south = organisation(served)
    here = Workspace(ORGANISATION, north.id)
    before = served.bot.tools.installations.client(here).token

    monkeypatch.setattr("slack_sdk.oauth.token_rotation.rotator.time", lambda: time.time() + 11 * 3600)
    asked = served.slack.say("sol", "@", "red mug")

    assert hits(served.slack.wait_for_reply(asked))[0] == "mug-red"
    assert served.bot.tools.installations.client(here).token != before


@pytest.mark.parametrize("listed", [ORGANISATION, "T0NOBODY"])
def test_an_organisation_is_let_in_where_it_is_listed(serve: Serve, listed: str) -> None:
    served = serve(workspaces=(listed,))
    served.slack.add_workspace("North", people_names=("noor",), enterprise=ORGANISATION)
    installed = served.install(ORGANISATION)
    if listed == ORGANISATION:
        assert hits(served.slack.wait_for_reply(served.slack.say("noor", "@", "red mug")))[0] == "mug-red"
    else:
        assert installed.status_code >= 400 or "went wrong" in installed.text.lower()
        assert is_gone(served, Workspace(ORGANISATION, ""))


def test_an_organisation_that_removes_the_app_leaves_nothing_of_any_workspace(serve: Serve) -> None:
    served = serve()
    north, south = organisation(served)
    served.install(served.slack.team)
    asked = [served.slack.say(who, "@", "blue mug") for who in ("noor", "sol", "ana")]
    for question in asked:
        served.slack.wait_for_reply(question)
    token = served.slack.hub.installations[north.id].token

    served.slack.uninstall(south)

    served.slack.wait_for(lambda: is_gone(served, Workspace(ORGANISATION, north.id)))
    memory = served.bot.tools.memory
    places = [Place(Workspace(ORGANISATION, north.id), asked[0].channel, "")]
    places += [Place(Workspace(ORGANISATION, south.id), asked[1].channel, "")]
    served.slack.wait_for(lambda: all(memory.thread(place).turns == () for place in places))
    assert token.encode() not in served.settings.installations_file.read_bytes()
    assert memory.thread(Place(Workspace("", served.slack.team.id), asked[2].channel, "")).turns


def test_a_workspace_that_is_taken_out_of_an_org_wide_installation_is_erased_alone(serve: Serve) -> None:
    served = serve()
    north, south = organisation(served)
    asked = [served.slack.say(who, "@", "blue mug") for who in ("noor", "sol")]
    for question in asked:
        served.slack.wait_for_reply(question)
    places = [
        Place(Workspace(ORGANISATION, team.id), each.channel, "")
        for team, each in zip((north, south), asked, strict=True)
    ]

    served.slack.take_from(south)

    memory = served.bot.tools.memory
    served.slack.wait_for(lambda: memory.thread(places[1]).turns == ())
    assert memory.thread(places[0]).turns
    assert hits(served.slack.wait_for_reply(served.slack.say("noor", "@", "red mug")))[0] == "mug-red"
