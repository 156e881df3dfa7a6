"""`chat.*`, `reactions.add`: messages of the app, posted, changed, removed, streamed."""

from playground import posting
from playground.calls import Call, method
from playground.content import message_content
from playground.errors import Json, SlackError
from playground.workspace import Channel, Message

MOST_STREAMED = 12_000


@method("chat.postMessage", "chat:write")
async def post_message(call: Call) -> Json:
    """Post into a channel, a thread or a direct message."""
    channel = _destination(call)
    content = await message_content(call)
    message = _new(call, channel, content, thread_ts=_thread(call, channel))
    message.broadcast = call.flag("reply_broadcast") and message.thread_ts is not None
    posting.post(call.hub, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.wire(call.hub.origin)}


@method("chat.postEphemeral", "chat:write")
async def post_ephemeral(call: Call) -> Json:
    """Show a message to one person only."""
    channel = _destination(call)
    user = call.required("user")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    content = await message_content(call)
    message = _new(call, channel, content, thread_ts=call.text("thread_ts") or None)
    message.ephemeral_to = user
    posting.post(call.hub, message)
    return {"ok": True, "message_ts": message.ts}


@method("chat.update", "chat:write")
async def update(call: Call) -> Json:
    """Change a message of the app's own."""
    channel = call.channel()
    message = _own(call, channel, "cant_update_message")
    content = await message_content(call)
    if content["metadata"] is None:
        del content["metadata"]
    posting.change(call.hub, channel, message, content, by=call.bot.id)
    body = message.wire(call.hub.origin)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": message.text, "message": body}


@method("chat.delete", "chat:write")
async def delete(call: Call) -> Json:
    """Remove a message of the app's own."""
    channel = call.channel()
    message = _own(call, channel, "cant_delete_message")
    posting.remove(call.hub, channel, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


@method("chat.getPermalink")
async def permalink(call: Call) -> Json:
    """Return the link to a message."""
    channel = call.channel()
    message = channel.message(call.required("message_ts"))
    tail = f"?thread_ts={message.thread_ts}" if message.thread_ts else ""
    link = f"{call.hub.origin}/archives/{channel.id}/p{message.ts.replace('.', '')}{tail}"
    return {"ok": True, "channel": channel.id, "permalink": link}


@method("chat.startStream", "chat:write")
async def start_stream(call: Call) -> Json:
    """Begin a message in a thread whose text will come in pieces."""
    channel = _destination(call)
    thread_ts = _thread(call, channel)
    if thread_ts is None:
        raise SlackError("invalid_arguments")
    message = _new(call, channel, {"text": call.text("markdown_text")}, thread_ts=thread_ts)
    message.streaming = True
    posting.post(call.hub, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


@method("chat.appendStream", "chat:write")
async def append_stream(call: Call) -> Json:
    """Add text to a message that is being streamed."""
    channel, message = _streaming(call)
    text = message.text + call.required("markdown_text")
    if len(text) > MOST_STREAMED:
        raise SlackError("msg_too_long")
    message.text = text
    call.hub.tell("message", message=posting.page_message(call.hub, message))
    return {"ok": True, "channel": channel.id, "ts": message.ts}


@method("chat.stopStream", "chat:write")
async def stop_stream(call: Call) -> Json:
    """End a streamed message, with its last text, its blocks and its metadata."""
    channel, message = _streaming(call)
    call.args["text"] = message.text + call.text("markdown_text")
    call.args.pop("markdown_text", None)
    content = await message_content(call)
    message.streaming = False
    posting.change(call.hub, channel, message, content, by=call.bot.id)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.wire(call.hub.origin)}


@method("reactions.add", "reactions:write")
async def add_reaction(call: Call) -> Json:
    """Put an emoji under a message."""
    channel = call.channel()
    message = channel.message(call.required("timestamp"))
    users = message.reactions.setdefault(call.required("name"), [])
    if call.bot.id in users:
        raise SlackError("already_reacted")
    users.append(call.bot.id)
    call.hub.tell("message", message=posting.page_message(call.hub, message))
    return {"ok": True}


@method("reactions.remove", "reactions:write")
async def remove_reaction(call: Call) -> Json:
    """Take the app's emoji away again."""
    channel = call.channel()
    message = channel.message(call.required("timestamp"))
    name = call.required("name")
    if call.bot.id not in message.reactions.get(name, []):
        raise SlackError("no_reaction")
    message.reactions[name].remove(call.bot.id)
    if not message.reactions[name]:
        del message.reactions[name]
    call.hub.tell("message", message=posting.page_message(call.hub, message))
    return {"ok": True}


def _destination(call: Call) -> Channel:
    name = call.required("channel")
    if name in call.workspace.users:
        return call.hub.open_direct(call.bot, call.workspace.users[name])
    channel = call.channel()
    may_join = channel.kind == "channel" and "chat:write.public" in call.installation.scopes
    if call.bot.id not in channel.members and not may_join:
        raise SlackError("not_in_channel")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    thread_ts = call.text("thread_ts") or None
    if thread_ts is None:
        return None
    root = channel.messages.get(thread_ts)
    if root is None:
        raise SlackError("thread_not_found")
    return root.root_ts


def _new(call: Call, channel: Channel, content: Json, *, thread_ts: str | None) -> Message:
    return Message(
        ts=call.hub.ids.ts(),
        channel=channel.id,
        team_id=channel.team_id,
        user=call.bot.id,
        bot_id=call.installation.bot_id,
        app_id=call.hub.credentials.app_id,
        thread_ts=thread_ts,
        **content,
    )


def _own(call: Call, channel: Channel, error: str) -> Message:
    message = channel.message(call.required("ts"))
    if message.user != call.bot.id:
        raise SlackError(error)
    return message


def _streaming(call: Call) -> tuple[Channel, Message]:
    channel = call.channel()
    message = _own(call, channel, "message_not_owned_by_app")
    if not message.streaming:
        raise SlackError("message_not_in_streaming_state")
    return channel, message
