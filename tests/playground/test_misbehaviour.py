import re
import time
from typing import Any

import httpx
import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from playground import LocalSlack
from tests.playground.conftest import Photo


def heard(app: App) -> list[dict[str, Any]]:
    """Note the body of every event, and acknowledge it: an event without a listener is never acknowledged by Bolt."""
    bodies: list[dict[str, Any]] = []

    @app.event(re.compile("message|app_mention"))
    def note(body: dict[str, Any]) -> None:
        bodies.append(body)

    return bodies


def test_a_rate_limit_says_when_to_come_back(slack: LocalSlack, client: WebClient) -> None:
    slack.misbehave(rate_limits={"chat.postMessage": [7]})

    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="#shop", text="x")

    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "7")
    assert client.chat_postMessage(channel="#shop", text="x")["ok"]


def test_the_sdks_own_retry_handler_survives_a_rate_limit(slack: LocalSlack, client: WebClient) -> None:
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    slack.misbehave(rate_limits={"*": [0]})

    assert client.chat_postMessage(channel="#shop", text="x")["ok"]


def test_a_channel_takes_one_message_a_second_when_told_so(slack: LocalSlack, client: WebClient) -> None:
    slack.misbehave(posts_per_s=1)
    client.chat_postMessage(channel="#shop", text="x")

    with pytest.raises(SlackApiError, match="ratelimited"):
        client.chat_postMessage(channel="#shop", text="y")
    assert client.chat_postMessage(channel="#general", text="z")["ok"]


def test_copies_carry_one_event_id(slack: LocalSlack, app: App) -> None:
    bodies = heard(app)
    slack.misbehave(copies=3)
    slack.say("ana", "@", "mug")
    slack.wait_for(lambda: len(bodies) == 3)

    assert len({body["event_id"] for body in bodies}) == 1


def test_a_lost_ack_brings_the_event_again_with_its_retry_number(slack: LocalSlack, app: App) -> None:
    numbers: list[Any] = []

    @app.event("message")
    def note(request: Any) -> None:
        numbers.append(request.headers.get("x-slack-retry-num"))

    slack.misbehave(lost_acks=1)
    slack.say("ana", "@", "mug")
    slack.wait_for(lambda: len(numbers) == 2)

    assert numbers == [["0"], ["1"]]


def test_an_event_that_is_never_acked_is_given_up(slack: LocalSlack, app: App) -> None:
    bodies = heard(app)
    slack.misbehave(lost_acks=99)
    slack.say("ana", "@", "mug")
    deadline = time.monotonic() + 5
    while not slack.hub.delivery.undelivered and time.monotonic() < deadline:
        time.sleep(0.01)

    assert slack.hub.delivery.undelivered == [bodies[0]["event_id"]]
    assert len(bodies) == 4


def test_events_can_come_latest_first(slack: LocalSlack, app: App) -> None:
    bodies = heard(app)
    slack.misbehave(out_of_order=1)
    slack.say("ana", "@", "first")
    slack.say("ana", "@", "second")
    slack.wait_for(lambda: len(bodies) == 2)

    assert {body["event"]["text"] for body in bodies} == {"first", "second"}


def test_a_bot_comes_back_after_its_connection_was_cut(slack: LocalSlack, app: App) -> None:
    bodies = heard(app)
    slack.drop_sockets(politely=True)
    slack.say("ana", "@", "mug")
    slack.wait_for(lambda: len(bodies) == 1, timeout_s=20)

    assert bodies[0]["event"]["text"] == "mug"


@pytest.mark.parametrize(
    ("switches", "status", "starts"),
    [
        ({"file_host": "login_page"}, 200, b"<!DOCTYPE"),
        ({"file_host": "not_found"}, 404, b"<!DOCTYPE"),
        ({"file_host": "broken"}, 500, b""),
        ({"file_host": "cut"}, 200, b"\xff\xd8"),
    ],
)
def test_the_file_host_fails_as_told(
    slack: LocalSlack, photo: Photo, switches: dict[str, Any], status: int, starts: bytes
) -> None:
    message = slack.say("ana", "#shop", "", files=[("mug.jpg", photo())])
    slack.misbehave(**switches)
    url = message.files[0].wire(slack.origin)["url_private_download"]

    answer = httpx.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"})

    assert answer.status_code == status
    assert answer.content.startswith(starts)
    assert len(answer.content) < len(photo())


def test_mentions_can_come_without_files_and_files_without_links(slack: LocalSlack, app: App, photo: Photo) -> None:
    bodies = heard(app)
    slack.misbehave(mention_files=False, files_need_info=True)
    slack.say("ana", "#shop", "@looksee this", files=[("mug.jpg", photo())])
    slack.wait_for(lambda: len(bodies) == 2)

    by_type = {body["event"]["type"]: body["event"] for body in bodies}
    assert "files" not in by_type["app_mention"]
    assert by_type["message"]["files"][0]["file_access"] == "check_file_info"


def test_the_control_api_sets_the_same_switches(slack: LocalSlack, client: WebClient) -> None:
    assert httpx.post(f"{slack.origin}/control/misbehave", json={"failures": {"auth.test": ["fatal_error"]}}).json()[
        "ok"
    ]

    with pytest.raises(SlackApiError, match="fatal_error"):
        client.auth_test()
    assert httpx.post(f"{slack.origin}/control/misbehave", json={"weather": 1}).status_code == 400
    assert httpx.get(f"{slack.origin}/control/log").json()["calls"][-1]["error"] == "fatal_error"
