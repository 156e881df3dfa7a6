"""Installing into a second workspace, and rotating its token, with Bolt's own OAuth flow."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.starlette.handler import SlackRequestHandler
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground import LocalSlack
from playground.manifest import DEFAULT_MANIFEST
from playground.server import ServerThread, bind


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    settings = DEFAULT_MANIFEST["settings"] | {"token_rotation_enabled": True}
    with LocalSlack(manifest=DEFAULT_MANIFEST | {"settings": settings}) as running:
        yield running


@pytest.fixture
def app(slack: LocalSlack, tmp_path: Path) -> App:
    credentials = slack.hub.credentials
    return App(
        client=WebClient(base_url=slack.base_url),
        signing_secret=slack.signing_secret,
        oauth_settings=OAuthSettings(
            client_id=credentials.client_id,
            client_secret=credentials.client_secret,
            scopes=["chat:write", "app_mentions:read", "channels:history"],
            authorization_url=slack.authorize_url,
            redirect_uri="http://127.0.0.1:9/slack/oauth_redirect",
            installation_store=FileInstallationStore(base_dir=str(tmp_path / "stored")),
            state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(tmp_path / "states")),
        ),
    )


@pytest.fixture
def site(app: App) -> Iterator[str]:
    handler = SlackRequestHandler(app)

    async def endpoint(request: Request) -> Response:
        return await handler.handle(request)

    paths = ("/slack/install", "/slack/oauth_redirect")
    listener = bind(0)
    server = ServerThread(Starlette(routes=[Route(path, endpoint) for path in paths]), listener)
    server.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.stop()


def installed(slack: LocalSlack, site: str, team: Any) -> httpx.Response:
    """Walk through the installation as a person with a browser does."""
    page = httpx.get(f"{site}/slack/install")
    link = page.text[page.text.index(slack.authorize_url) :].split('"')[0].replace("&amp;", "&")
    back = slack.approve(link, team).replace("http://127.0.0.1:9", site)
    state = page.headers["set-cookie"].split(";")[0]  # by hand: it is for https only
    return httpx.get(back, headers={"Cookie": state})


def test_a_second_workspace_is_served_after_its_installation(slack: LocalSlack, app: App, site: str) -> None:
    @app.event("app_mention")
    def answer(event: dict[str, Any], say: Any) -> None:
        say(text="hello", thread_ts=event["ts"])

    team = slack.add_workspace("Second Shop")
    assert installed(slack, site, team).status_code == 200
    handler = SocketModeHandler(app, slack.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_for_bot()
    slack.on_loop(lambda: team.channel_named("#shop").members.add(slack.hub.bot(team.id).id))

    question = slack.say("noor", "#shop", "@looksee hi")

    assert slack.wait_for_reply(question).text == "hello"
    assert slack.hub.installations[team.id].token.startswith("xoxe.xoxb-")
    slack.drop_sockets()


def test_a_token_ends_and_its_refresh_token_brings_a_new_one(slack: LocalSlack, site: str) -> None:
    team = slack.add_workspace("Second Shop")
    installed(slack, site, team)
    installation = slack.hub.installations[team.id]
    first = WebClient(token=installation.token, base_url=slack.base_url)
    slack.on_loop(lambda: setattr(installation, "expires_s", 0.0))

    with pytest.raises(SlackApiError, match="token_expired"):
        first.auth_test()
    credentials = slack.hub.credentials
    renewed = WebClient(base_url=slack.base_url).oauth_v2_access(
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        grant_type="refresh_token",
        refresh_token=installation.refresh_token,
    )
    assert WebClient(token=renewed["access_token"], base_url=slack.base_url).auth_test()["ok"]
    assert renewed["expires_in"] > 0


def test_a_code_works_once_and_for_the_right_client_only(slack: LocalSlack) -> None:
    credentials = slack.hub.credentials
    ask = f"{slack.authorize_url}?client_id={credentials.client_id}&scope=chat:write&redirect_uri=http://127.0.0.1:9/"
    code = slack.approve(ask).split("code=")[1].split("&")[0]
    client = WebClient(base_url=slack.base_url)

    with pytest.raises(SlackApiError, match="bad_client_secret"):
        client.oauth_v2_access(client_id=credentials.client_id, client_secret="wrong", code=code)
    arguments = {"client_id": credentials.client_id, "client_secret": credentials.client_secret, "code": code}
    assert client.oauth_v2_access(**arguments)["scope"] == "chat:write"
    with pytest.raises(SlackApiError, match="invalid_code"):
        client.oauth_v2_access(**arguments)


def test_the_page_shows_what_the_app_asks_for(slack: LocalSlack) -> None:
    ask = {
        "client_id": slack.hub.credentials.client_id,
        "scope": "chat:write,files:read",
        "redirect_uri": "http://127.0.0.1:9/",
    }
    page = httpx.get(slack.authorize_url, params=ask)
    allowed = httpx.post(slack.authorize_url, params=ask, headers={"Origin": slack.origin})

    assert "<li>files:read</li>" in page.text
    assert 'href="http://127.0.0.1:9/?code=' in allowed.text
    assert httpx.get(slack.authorize_url, params=ask | {"scope": "admin"}).status_code == 400


def test_a_removed_app_is_told_and_its_token_ends(slack: LocalSlack) -> None:
    client = WebClient(token=slack.bot_token, base_url=slack.base_url)

    assert client.auth_revoke()["revoked"]
    with pytest.raises(SlackApiError, match="account_inactive"):
        client.auth_test()
