"""`conversations.*`: channels, their members and their messages."""

from playground.calls import HISTORY_SCOPES, READ_SCOPES, Call, method
from playground.errors import Json, SlackError
from playground.workspace import Channel, Message


@method("conversations.history")
async def history(call: Call) -> Json:
    """Return messages of a channel, newest first, without replies."""
    channel = _readable(call)
    messages = [each for each in channel.messages.values() if not each.thread_ts or each.thread_ts == each.ts]
    messages += [each for each in channel.messages.values() if each.broadcast]
    messages.sort(key=lambda each: each.ts, reverse=True)
    return _page(call, channel, _within(call, messages), newest_first=True)


@method("conversations.replies")
async def replies(call: Call) -> Json:
    """Return a thread: its first message, then the replies, oldest first."""
    channel = _readable(call)
    asked = channel.messages.get(call.required("ts"))
    root = channel.messages.get(asked.root_ts) if asked else None
    if root is None:
        raise SlackError("thread_not_found")
    return _page(call, channel, [root, *_within(call, channel.replies(root.ts))], newest_first=False)


@method("conversations.info")
async def info(call: Call) -> Json:
    """Return one channel."""
    channel = call.channel()
    call.need(READ_SCOPES[channel.kind])
    return {"ok": True, "channel": channel.wire(viewer=call.bot.id)}


@method("conversations.list", "channels:read", "groups:read", "im:read")
async def list_channels(call: Call) -> Json:
    """Return the channels that the app may see."""
    wanted = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    kinds = {wanted[name] for name in (call.text("types") or "public_channel").split(",") if name in wanted}
    for kind in kinds:
        call.need(READ_SCOPES[kind])
    channels = [
        each.wire(viewer=call.bot.id)
        for each in call.workspace.channels.values()
        if each.kind in kinds and (each.kind == "channel" or call.bot.id in each.members)
    ]
    return {"ok": True, "channels": channels, "response_metadata": {"next_cursor": ""}}


@method("conversations.members", "channels:read", "groups:read", "im:read")
async def members(call: Call) -> Json:
    """Return who is in a channel."""
    return {"ok": True, "members": sorted(call.channel().members), "response_metadata": {"next_cursor": ""}}


@method("conversations.open", "im:write")
async def open_direct(call: Call) -> Json:
    """Open the direct message with a person."""
    name = call.required("users")
    user = call.workspace.users.get(name)
    if user is None:
        raise SlackError("user_not_found")
    return {"ok": True, "channel": {"id": call.hub.open_direct(call.bot, user).id}}


@method("conversations.join", "channels:join")
async def join(call: Call) -> Json:
    """Join a public channel."""
    channel = call.channel()
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    channel.members.add(call.bot.id)
    call.hub.tell("channel", channel=channel.wire(viewer=call.bot.id))
    return {"ok": True, "channel": channel.wire(viewer=call.bot.id)}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need(HISTORY_SCOPES[channel.kind])
    if call.bot.id not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _within(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = call.text("oldest"), call.text("latest")
    inclusive = call.flag("inclusive")

    def is_within(message: Message) -> bool:
        if oldest and (message.ts < oldest or (message.ts == oldest and not inclusive)):
            return False
        return not (latest and (message.ts > latest or (message.ts == latest and not inclusive)))

    return [each for each in messages if is_within(each)]


def _page(call: Call, channel: Channel, messages: list[Message], *, newest_first: bool) -> Json:
    limit = min(max(call.number("limit", 100 if newest_first else 1000), 1), 1000)
    start = 0
    if cursor := call.text("cursor"):
        if not cursor.isdigit():
            raise SlackError("invalid_cursor")
        start = int(cursor)
    with_metadata = call.flag("include_all_metadata")
    page = messages[start : start + limit]
    more = start + limit < len(messages)
    return {
        "ok": True,
        "messages": [_in_history(call, channel, each, with_metadata=with_metadata) for each in page],
        "has_more": more,
        "response_metadata": {"next_cursor": str(start + limit) if more else ""},
    }


def _in_history(call: Call, channel: Channel, message: Message, *, with_metadata: bool) -> Json:
    body = message.wire(call.hub.origin, with_metadata=with_metadata)
    answers = channel.replies(message.ts)
    if answers:
        body |= {
            "thread_ts": message.ts,
            "reply_count": len(answers),
            "reply_users": list(dict.fromkeys(each.user for each in answers)),
            "latest_reply": answers[-1].ts,
        }
    return body
