"""Only this machine, by a loopback name, and only from our own page."""

import asyncio

import httpx
import pytest
import websockets
from slack_sdk import WebClient

from playground import LocalSlack


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "rebound.example"}, 403),
        ({"Host": "127.0.0.1.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_foreign_host_or_origin_is_refused(slack: LocalSlack, headers: dict[str, str], status: int) -> None:
    assert httpx.get(f"{slack.origin}/control/log", headers=headers).status_code == status


def test_our_own_origin_may_post_and_another_local_port_may_not(slack: LocalSlack) -> None:
    body = {"user": "ana", "channel": "#shop", "text": "hello"}
    say = f"{slack.origin}/page/do/say"

    assert httpx.post(say, json=body, headers={"Origin": slack.origin}).json()["ok"]
    assert httpx.post(say, json=body, headers={"Origin": "http://127.0.0.1:1"}).status_code == 403


@pytest.mark.parametrize("path", ["/page/live", "/link/"])
def test_a_web_socket_from_another_page_is_refused(slack: LocalSlack, client: WebClient, path: str) -> None:
    url = slack.origin.replace("http", "ws") + path
    if path == "/link/":
        url = WebClient(base_url=slack.base_url).apps_connections_open(app_token=slack.app_token)["url"]

    async def connect(origin: str) -> None:
        async with websockets.connect(url, origin=websockets.Origin(origin), proxy=None) as socket:
            await socket.recv()

    with pytest.raises(websockets.InvalidStatus):
        asyncio.run(connect("http://evil.example"))
    asyncio.run(connect(slack.origin))


def test_a_socket_mode_link_works_once(slack: LocalSlack) -> None:
    url = WebClient(base_url=slack.base_url).apps_connections_open(app_token=slack.app_token)["url"]

    async def hello() -> str:
        async with websockets.connect(url, proxy=None) as socket:
            return str(await socket.recv())

    assert '"hello"' in asyncio.run(hello())
    with pytest.raises((websockets.InvalidStatus, websockets.ConnectionClosed)):
        asyncio.run(hello())


def test_the_page_may_load_from_nowhere_else(slack: LocalSlack) -> None:
    policy = httpx.get(f"{slack.origin}/control/log").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "img-src 'self' data: blob:" in policy
