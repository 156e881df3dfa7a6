from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground import LocalSlack
from playground.manifest import DEFAULT_MANIFEST
from tests.playground.conftest import Photo


def error_of(call: Any, **args: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**args)
    return str(caught.value.response["error"])


def test_the_sdk_learns_who_the_bot_is(slack: LocalSlack, client: WebClient) -> None:
    answer = client.auth_test()

    assert (answer["user_id"], answer["team"]) == (slack.bot.id, "Looksee Shop")


@pytest.mark.parametrize(("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
def test_a_wrong_token_is_refused(slack: LocalSlack, token: str, error: str) -> None:
    assert error_of(WebClient(token=token, base_url=slack.base_url).auth_test) == error


def test_an_app_token_posts_nothing_and_a_bot_token_opens_no_connection(slack: LocalSlack, client: WebClient) -> None:
    with_app_token = WebClient(token=slack.app_token, base_url=slack.base_url)

    assert error_of(with_app_token.chat_postMessage, channel="#shop", text="x") == "not_allowed_token_type"
    assert error_of(client.apps_connections_open, app_token=slack.bot_token) == "not_allowed_token_type"


def test_a_missing_scope_is_named() -> None:
    scopes = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    with LocalSlack(manifest=DEFAULT_MANIFEST | scopes) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.base_url)
        with pytest.raises(SlackApiError) as caught:
            client.conversations_history(channel=slack.channel("#shop").id)

    answer = caught.value.response
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        "channels:history",
        "chat:write",
    )


def test_a_thread_is_read_back_with_metadata_only_when_asked(slack: LocalSlack, client: WebClient) -> None:
    question = slack.say("ana", "#shop", "a <red> mug & @looksee")
    channel = question.channel
    metadata = {"event_type": "looksee_answer", "event_payload": {"id": "1"}}
    client.chat_postMessage(channel=channel, thread_ts=question.ts, text="here", metadata=metadata)

    root, plain = client.conversations_replies(channel=channel, ts=question.ts)["messages"]
    _, full = client.conversations_replies(channel=channel, ts=question.ts, include_all_metadata=True)["messages"]

    assert root["text"] == f"a &lt;red&gt; mug &amp; <@{slack.bot.id}>"
    assert (root["reply_count"], root["thread_ts"]) == (1, question.ts)
    assert "metadata" not in plain
    assert full["metadata"] == metadata


def test_history_leaves_replies_out_and_pages(slack: LocalSlack, client: WebClient) -> None:
    first = slack.say("ana", "#shop", "one")
    slack.say("ben", "#shop", "a reply", thread=first)
    slack.say("ana", "#shop", "two")

    page = client.conversations_history(channel=first.channel, limit=1)
    rest = client.conversations_history(channel=first.channel, limit=1, cursor=page["response_metadata"]["next_cursor"])

    assert [each["text"] for each in (*page["messages"], *rest["messages"])] == ["two", "one"]


def test_a_message_is_changed_and_removed_by_its_owner_only(slack: LocalSlack, client: WebClient) -> None:
    theirs = slack.say("ana", "#shop", "mine")
    ours = client.chat_postMessage(channel="#shop", text="ours")
    channel = theirs.channel

    assert error_of(client.chat_update, channel=channel, ts=theirs.ts, text="x") == "cant_update_message"
    assert error_of(client.chat_delete, channel=channel, ts=theirs.ts) == "cant_delete_message"
    client.chat_update(channel=channel, ts=ours["ts"], text="better")
    assert slack.messages("#shop")[-1].text == "better"
    client.chat_delete(channel=channel, ts=ours["ts"])
    assert error_of(client.chat_update, channel=channel, ts=ours["ts"], text="x") == "message_not_found"


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"channel": "#nowhere", "text": "x"}, "channel_not_found"),
        ({"channel": "#shop", "text": "", "attachments": "[]"}, "no_text"),
        ({"channel": "#shop", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "#shop", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"channel": "#shop", "text": "x", "blocks": "not json"}, "invalid_blocks_format"),
        ({"channel": "#shop", "text": "x", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"channel": "#shop", "text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_schema"),
    ],
)
@pytest.mark.filterwarnings("ignore:The top-level `text`")
def test_a_message_that_slack_would_refuse_is_refused(client: WebClient, args: dict[str, Any], error: str) -> None:
    assert error_of(client.chat_postMessage, **args) == error


def test_a_channel_without_the_bot_cannot_be_posted_to(slack: LocalSlack, client: WebClient) -> None:
    public = slack.add_channel("elsewhere", with_bot=False)
    private = slack.add_channel("secret", private=True, with_bot=False)

    assert error_of(client.chat_postMessage, channel=public.id, text="x") == "not_in_channel"
    assert error_of(client.chat_postMessage, channel=private.id, text="x") == "channel_not_found"


def test_an_ephemeral_message_is_in_no_history(slack: LocalSlack, client: WebClient) -> None:
    ana = slack.user("ana").id
    client.chat_postEphemeral(channel=slack.channel("#shop").id, user=ana, text="only you")

    assert slack.wait_for_ephemeral("ana").text == "only you"
    assert client.conversations_history(channel=slack.channel("#shop").id)["messages"] == []


def test_a_persons_locale_is_told_when_asked(slack: LocalSlack, client: WebClient) -> None:
    kenji = slack.user("kenji").id

    assert client.users_info(user=kenji, include_locale=True)["user"]["locale"] == "ja-JP"
    assert "locale" not in client.users_info(user=kenji)["user"]


def test_a_file_goes_up_in_three_steps_and_into_the_thread(slack: LocalSlack, client: WebClient, photo: Photo) -> None:
    question = slack.say("ana", "#shop", "show me")
    uploaded = client.files_upload_v2(
        channel=question.channel, thread_ts=question.ts, filename="sheet.png", content=photo("PNG"), title="Sheet"
    )

    answer = slack.wait_for_reply(question)
    assert [file.title for file in answer.files] == ["Sheet"]
    block = {"type": "image", "slack_file": {"id": uploaded["file"]["id"]}, "alt_text": "sheet"}
    assert client.chat_postMessage(channel=question.channel, text="again", blocks=[block])["ok"]


def test_a_file_that_was_shared_nowhere_is_no_slack_file(slack: LocalSlack, client: WebClient, photo: Photo) -> None:
    uploaded = client.files_upload_v2(filename="sheet.png", content=photo("PNG"), title="Sheet")
    block = {"type": "image", "slack_file": {"id": uploaded["file"]["id"]}, "alt_text": "sheet"}

    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="#shop", text="x", blocks=[block])

    assert caught.value.response["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]


def test_a_photo_is_downloaded_with_the_token_and_a_login_page_comes_without(slack: LocalSlack, photo: Photo) -> None:
    data = photo()
    message = slack.say("ana", "#shop", "", files=[("mug.jpg", data)])
    url = message.files[0].wire(slack.origin)["url_private_download"]

    good = httpx.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"})
    bad = httpx.get(url)

    assert (good.content, good.headers["content-type"]) == (data, "image/jpeg")
    assert (bad.status_code, bad.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_without_files_read_the_file_host_answers_200_with_a_page(photo: Photo) -> None:
    scopes = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    with LocalSlack(manifest=DEFAULT_MANIFEST | scopes) as slack:
        message = slack.say("ana", "#shop", "", files=[("mug.jpg", photo())])
        url = message.files[0].wire(slack.origin)["url_private"]
        answer = httpx.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"})

    assert answer.status_code == 200
    assert answer.text.startswith("<!DOCTYPE html>")


def test_a_thumbnail_stands_in_for_the_file(slack: LocalSlack, photo: Photo) -> None:
    message = slack.say("ana", "#shop", "", files=[("mug.jpg", photo(edge_px=400))])
    url = message.files[0].wire(slack.origin)["thumb_64"]

    answer = httpx.get(url, headers={"Authorization": f"Bearer {slack.bot_token}"})

    assert answer.content.startswith(b"\x89PNG")


def test_a_status_shows_until_the_bot_posts(slack: LocalSlack, client: WebClient) -> None:
    question = slack.say("ana", "#shop", "mug")
    client.assistant_threads_setStatus(channel_id=question.channel, thread_ts=question.ts, status="is looking ...")

    assert slack.hub.statuses[question.channel, question.ts]["status"] == "is looking ..."
    client.chat_postMessage(channel=question.channel, thread_ts=question.ts, text="done")
    assert slack.hub.statuses == {}


def test_a_streamed_answer_arrives_in_pieces(slack: LocalSlack, client: WebClient) -> None:
    question = slack.say("ana", "#shop", "mug")
    ts = client.chat_startStream(channel=question.channel, thread_ts=question.ts)["ts"]
    for piece in ("Two ", "mugs"):
        client.chat_appendStream(channel=question.channel, ts=ts, markdown_text=piece)
    client.chat_stopStream(channel=question.channel, ts=ts)

    assert slack.wait_for_reply(question).text == "Two mugs"
    error = error_of(client.chat_appendStream, channel=question.channel, ts=ts, markdown_text="x")
    assert error == "message_not_in_streaming_state"


def test_a_reaction_is_added_once(slack: LocalSlack, client: WebClient) -> None:
    message = slack.say("ana", "#shop", "mug")
    client.reactions_add(channel=message.channel, timestamp=message.ts, name="eyes")

    error = error_of(client.reactions_add, channel=message.channel, timestamp=message.ts, name="eyes")
    assert (message.reactions, error) == ({"eyes": [slack.bot.id]}, "already_reacted")


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    assert error_of(client.api_call, api_method="chat.shout") == "unknown_method"


def test_a_cleared_workspace_keeps_its_people_and_its_bot(slack: LocalSlack, client: WebClient, photo: Photo) -> None:
    slack.say("ana", "#shop", "mug", files=[("mug.jpg", photo())])
    slack.clear()

    assert slack.messages("#shop") == []
    assert client.chat_postMessage(channel="#shop", text="good morning")["ok"]
