"""Signed HTTP, against Bolt's own verification behind a real server."""

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import SlackRequestHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground import LocalSlack
from playground.server import ServerThread, bind


@pytest.fixture
def url_and_slack() -> Iterator[tuple[str, LocalSlack, App]]:
    listener = bind(0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/slack/events"
    with LocalSlack(request_url=url) as slack:
        slack.misbehave(retry_delays_s=[0, 0.05])
        client = WebClient(token=slack.bot_token, base_url=slack.base_url)
        bolt = App(client=client, signing_secret=slack.signing_secret)
        handler = SlackRequestHandler(bolt)

        async def endpoint(request: Request) -> Response:
            return await handler.handle(request)

        server = ServerThread(Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])]), listener)
        server.start()
        yield url, slack, bolt
        server.stop()


def test_bolt_verifies_the_signature_and_answers(url_and_slack: tuple[str, LocalSlack, App]) -> None:
    _, slack, bolt = url_and_slack

    @bolt.event("app_mention")
    def answer(event: dict[str, Any], say: Any) -> None:
        say(text="hello", thread_ts=event["ts"])

    assert slack.wait_for_reply(slack.say("ana", "#shop", "@looksee hi")).text == "hello"


def test_bolt_refuses_a_forged_payload(url_and_slack: tuple[str, LocalSlack, App]) -> None:
    url, slack, _ = url_and_slack
    assert slack.hub.request_url is not None
    headers = slack.hub.request_url.signed("{}") | {"Content-Type": "application/json"}

    assert httpx.post(url, content='{"forged": true}', headers=headers).status_code == 401


def test_commands_and_clicks_come_as_forms(url_and_slack: tuple[str, LocalSlack, App]) -> None:
    _, slack, bolt = url_and_slack
    clicked = threading.Event()

    @bolt.command("/looksee")
    def run(ack: Any, command: dict[str, Any]) -> None:
        button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
        ack(text=command["text"], blocks=[{"type": "actions", "elements": [button]}])

    @bolt.action("go")
    def go(ack: Any) -> None:
        ack()
        clicked.set()

    slack.command("ana", "#shop", "/looksee mug")
    slack.click("ana", slack.wait_for_ephemeral("ana"), "go")

    assert clicked.wait(3)


def test_a_failing_app_is_asked_again(url_and_slack: tuple[str, LocalSlack, App]) -> None:
    _, slack, bolt = url_and_slack
    numbers: list[Any] = []

    @bolt.use
    def fail_once(request: Any, resp: Any, next: Any) -> Any:  # noqa: A002 - Bolt names it
        numbers.append(request.headers.get("x-slack-retry-num"))
        if len(numbers) == 1:
            from slack_bolt import BoltResponse

            return BoltResponse(status=500)
        return next()

    slack.say("ana", "@", "mug")
    slack.wait_for(lambda: len(numbers) == 2)

    assert numbers == [None, ["1"]]
