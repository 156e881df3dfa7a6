import re
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import AppDidNotAnswer, LocalSlack, SlackError
from tests.playground.conftest import Photo, connected


def modal(**fields: Any) -> dict[str, Any]:
    question = {"type": "plain_text_input", "action_id": "text"}
    block = {"type": "input", "block_id": "q", "label": {"type": "plain_text", "text": "Colour"}, "element": question}
    return {
        "type": "modal",
        "callback_id": "filters",
        "title": {"type": "plain_text", "text": "Filters"},
        "submit": {"type": "plain_text", "text": "Apply"},
        "blocks": [block],
    } | fields


def button(action_id: str, value: str) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": value}, "value": value}


def test_a_mention_is_answered_in_its_thread(slack: LocalSlack, app: App) -> None:
    @app.event("app_mention")
    def answer(event: dict[str, Any], say: Any) -> None:
        say(text=f"You said {event['text']}", thread_ts=event["ts"])

    question = slack.say("ana", "#shop", "@looksee red mug")

    assert slack.wait_for_reply(question).text == f"You said <@{slack.bot.id}> red mug"


def test_a_photo_comes_as_file_share_and_the_bots_own_messages_come_too(
    slack: LocalSlack, client: WebClient, photo: Photo
) -> None:
    seen: dict[bool, dict[str, Any]] = {}

    with connected(slack, App(client=client, ignoring_self_events_enabled=False)) as app:

        @app.event("message")
        def note(event: dict[str, Any]) -> None:
            seen[bool(event.get("bot_id"))] = event

        slack.say("ana", "@", "like this", files=[("mug.jpg", photo())])
        client.chat_postMessage(channel=slack.channel("@ana").id, text="ours")
        slack.wait_for(lambda: len(seen) == 2)

    assert (seen[False]["subtype"], seen[False]["channel_type"]) == ("file_share", "im")
    assert seen[False]["files"][0]["mimetype"] == "image/jpeg"
    assert seen[True]["text"] == "ours"


def test_a_button_opens_a_modal_that_refuses_and_then_accepts(slack: LocalSlack, app: App, client: WebClient) -> None:
    handed_in: list[str] = []

    @app.action("filter")
    def open_modal(ack: Any, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal(private_metadata=body["actions"][0]["value"]))

    @app.view("filters")
    def read(ack: Any, view: dict[str, Any]) -> None:
        text = view["state"]["values"]["q"]["text"]["value"]
        if text == "nonsense":
            ack(response_action="errors", errors={"q": "That is no colour"})
            return
        ack()
        handed_in.append(f"{text} {view['private_metadata']}")

    blocks = [{"type": "actions", "elements": [button("filter", "page-1"), button("other", "page-2")]}]
    client.chat_postMessage(channel="#shop", text="x", blocks=blocks)
    slack.click("ana", slack.messages("#shop")[-1], "filter")
    view = slack.wait_for_view("ana", title="Filters")

    assert slack.submit("ana", view, {"q": {"text": "nonsense"}}) == {"q": "That is no colour"}
    assert slack.submit("ana", view, {"q": {"text": "red"}}) == {}
    assert slack.views("ana") == []
    slack.wait_for(lambda: handed_in == ["red page-1"])


def test_a_click_names_message_thread_and_choice(slack: LocalSlack, app: App, client: WebClient) -> None:
    clicks: list[dict[str, Any]] = []

    @app.action("sort")
    def sort(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        clicks.append(body)
        respond(text="sorted", replace_original=True)

    question = slack.say("ana", "#shop", "mugs")
    options = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("price", "name")]
    select = {"type": "static_select", "action_id": "sort", "options": options}
    blocks = [{"type": "actions", "block_id": "row", "elements": [select]}]
    posted = client.chat_postMessage(channel=question.channel, thread_ts=question.ts, text="x", blocks=blocks)
    answer = slack.wait_for_reply(question)
    slack.click("ben", answer, "sort", "name")
    slack.wait_for(lambda: answer.text == "sorted")

    body = clicks[0]
    assert body["container"] == {
        "type": "message",
        "message_ts": posted["ts"],
        "channel_id": question.channel,
        "is_ephemeral": False,
        "thread_ts": question.ts,
    }
    assert body["actions"][0]["selected_option"]["value"] == "name"
    assert body["state"]["values"]["row"]["sort"]["selected_option"] is None


def test_a_command_is_answered_privately_and_by_response_url(slack: LocalSlack, app: App) -> None:
    @app.command("/looksee")
    def run(ack: Any, command: dict[str, Any], respond: Any) -> None:
        ack()
        respond(text=f"Looking for {command['text']}")
        respond(text="shared", response_type="in_channel")

    elsewhere = slack.add_channel("elsewhere", with_bot=False)
    slack.command("ana", elsewhere.id, "/looksee red mug")

    assert slack.wait_for_ephemeral("ana").text == "Looking for red mug"
    assert slack.wait_for_message("elsewhere").text == "shared"
    with pytest.raises(SlackError, match="unknown_command"):
        slack.command("ana", "#shop", "/weather")


def test_a_message_shortcut_carries_the_message(slack: LocalSlack, app: App, photo: Photo, client: WebClient) -> None:
    @app.shortcut("find_similar")
    def similar(ack: Any, shortcut: dict[str, Any]) -> None:
        ack()
        files = shortcut["message"]["files"]
        title = {"type": "plain_text", "text": files[0]["name"]}
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal(title=title))

    message = slack.say("ben", "#shop", "", files=[("mug.jpg", photo())])
    slack.shortcut("ana", message, "find_similar")

    assert slack.wait_for_view("ana").content["title"]["text"] == "mug.jpg"


def test_home_is_published_when_it_is_opened(slack: LocalSlack, app: App, client: WebClient) -> None:
    @app.event("app_home_opened")
    def publish(event: dict[str, Any]) -> None:
        block = {"type": "section", "text": {"type": "mrkdwn", "text": f"*{event['tab']}*"}}
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})

    slack.open_home("ana")

    assert slack.wait_for_home("ana").content["blocks"][0]["text"]["text"] == "*home*"


def test_a_trigger_opens_one_view_within_three_seconds(slack: LocalSlack, app: App, client: WebClient) -> None:
    errors: list[str] = []

    @app.shortcut("find_similar")
    def greedy(ack: Any, shortcut: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal())
        try:
            client.views_open(trigger_id=shortcut["trigger_id"], view=modal())
        except SlackApiError as error:
            errors.append(error.response["error"])

    slack.shortcut("ana", slack.say("ana", "#shop", "x"), "find_similar")

    slack.wait_for(lambda: errors)
    assert errors == ["exchanged_trigger_id"]


def test_an_app_that_does_not_ack_in_time_is_told_to_the_person(slack: LocalSlack, app: App) -> None:
    @app.command("/looksee")
    def never(command: dict[str, Any]) -> None:
        pass

    slack.misbehave(ack_timeout_s=0.2)

    with pytest.raises(AppDidNotAnswer):
        slack.command("ana", "#shop", "/looksee mug")


def test_an_edit_and_a_deletion_are_told(slack: LocalSlack, app: App) -> None:
    subtypes: list[str] = []

    @app.event(re.compile("message"))
    def note(event: dict[str, Any]) -> None:
        subtypes.append(event.get("subtype", "new"))

    message = slack.say("ana", "@", "mug")
    slack.edit("ana", message, "red mug")
    slack.delete("ana", message)

    slack.wait_for(lambda: len(subtypes) >= 3)
    assert sorted(subtypes) == ["message_changed", "message_deleted", "new"]


def test_two_connections_share_the_events(slack: LocalSlack, app: App) -> None:
    answered: list[str] = []

    @app.event("message")
    def note(event: dict[str, Any]) -> None:
        answered.append(event["text"])

    with connected(slack, app):
        for number in range(6):
            slack.say("ana", "@", str(number))
        slack.wait_for(lambda: len(answered) == 6)

    assert sorted(answered) == list("012345")


def test_a_command_gets_mentions_by_id_where_the_manifest_asks_for_it(app: App, slack: LocalSlack) -> None:
    texts: list[str] = []

    @app.command("/looksee")
    def run(ack: Any, command: dict[str, Any]) -> None:
        ack()
        texts.append(command["text"])

    slack.command("ana", "#shop", "/looksee for @ben")
    manifest = slack.hub.manifest
    escaping = replace(manifest, commands=(replace(manifest.commands[0], should_escape=True),))
    slack.on_loop(lambda: setattr(slack.hub, "manifest", escaping))
    slack.command("ana", "#shop", "/looksee for @ben")

    assert texts == ["for @ben", f"for <@{slack.user('ben').id}|ben>"]
