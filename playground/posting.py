"""A new, changed or removed message -> the history, the pages that watch, and the app's events."""

from playground import events
from playground.errors import Json
from playground.hub import Hub
from playground.workspace import Channel, Message


def post(hub: Hub, message: Message) -> Message:
    """Add a message to its channel's history, or show it to one person where it is ephemeral."""
    if message.ephemeral_to:
        hub.ephemerals[message.ts] = message
        hub.tell("message", message=page_message(hub, message))
        return message
    channel = hub.channel(message.channel)
    channel.messages[message.ts] = message
    for file in message.files:
        file.shared_in.setdefault(channel.id, message.ts)
    if message.bot_id:
        clear_status(hub, channel.id, message.root_ts)
    hub.tell("message", message=page_message(hub, message))
    if message.thread_ts and message.thread_ts in channel.messages:
        hub.tell("message", message=page_message(hub, channel.messages[message.thread_ts]))
    events.message_posted(hub, channel, message)
    return message


def change(hub: Hub, channel: Channel, message: Message, changes: Json, *, by: str) -> Message:
    """Change fields of a message, and mark it as edited where its words changed."""
    previous = message.wire(hub.origin)
    for name, value in changes.items():
        setattr(message, name, value)
    if not message.ephemeral_to:
        message.edited = {"user": by, "ts": hub.ids.ts()}
        events.message_changed(hub, channel, message, previous)
    hub.tell("message", message=page_message(hub, message))
    return message


def remove(hub: Hub, channel: Channel, message: Message) -> None:
    """Take a message out of the history, or off one person's screen."""
    channel.messages.pop(message.ts, None)
    hub.ephemerals.pop(message.ts, None)
    hub.tell("deleted", channel=channel.id, ts=message.ts)
    if message.thread_ts and message.thread_ts in channel.messages:
        hub.tell("message", message=page_message(hub, channel.messages[message.thread_ts]))
    if not message.ephemeral_to:
        events.message_deleted(hub, channel, message)


def set_status(hub: Hub, channel_id: str, thread_ts: str, status: Json) -> None:
    """Show what the app is doing under a thread; an empty status clears it."""
    if status.get("status"):
        hub.statuses[channel_id, thread_ts] = status
    else:
        hub.statuses.pop((channel_id, thread_ts), None)
    hub.tell("status", channel=channel_id, thread_ts=thread_ts, status=status)


def clear_status(hub: Hub, channel_id: str, thread_ts: str) -> None:
    """Take the status away, as Slack does when the app posts."""
    if (channel_id, thread_ts) in hub.statuses:
        set_status(hub, channel_id, thread_ts, {"status": ""})


def page_message(hub: Hub, message: Message) -> Json:
    """Return a message as the page reads it: Slack's JSON and what only the page needs."""
    body = message.wire(hub.origin, with_metadata=True) | {"channel": message.channel}
    if message.ephemeral_to:
        body["ephemeral_to"] = message.ephemeral_to
        return body
    replies = hub.channel(message.channel).replies(message.ts)
    if replies:
        body |= {
            "reply_count": len(replies),
            "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
            "latest_reply": replies[-1].ts,
        }
    return body
