"""What people do in a workspace: write, attach, edit, delete, join, look at Home -> messages and events."""

from collections.abc import Sequence

from playground import events, posting
from playground.errors import Json, SlackError
from playground.hub import Hub
from playground.methods.files import fill, new_file
from playground.wording import as_slack_text, rich_text
from playground.workspace import Channel, File, Message, User, View

Attachment = tuple[str, bytes]
"""A file to send: its name and its bytes."""


def say(
    hub: Hub,
    user: User,
    channel: Channel,
    typed: str,
    *,
    files: Sequence[Attachment | File] = (),
    thread_ts: str | None = None,
) -> Message:
    """Send a message as a person, with files attached, in a channel or a thread.

    Raises:
        SlackError: `no_text`, `not_in_channel` or `thread_not_found`.
    """
    if not typed.strip() and not files:
        raise SlackError("no_text")
    if user.id not in channel.members:
        raise SlackError("not_in_channel")
    root_ts = None
    if thread_ts:
        if thread_ts not in channel.messages:
            raise SlackError("thread_not_found")
        root_ts = channel.messages[thread_ts].root_ts
    workspace = hub.workspace(user.team_id)
    text = as_slack_text(typed, workspace)
    message = Message(
        ts=hub.ids.ts(),
        channel=channel.id,
        team_id=channel.team_id,
        user=user.id,
        text=text,
        blocks=rich_text(text, hub.ids.new("b")),
        files=[each if isinstance(each, File) else upload(hub, user, *each) for each in files],
        thread_ts=root_ts,
    )
    return posting.post(hub, message)


def upload(hub: Hub, user: User, name: str, content: bytes) -> File:
    """Upload a file as a person."""
    file = new_file(hub, hub.workspace(user.team_id), user.id, name)
    fill(file, content)
    file.complete = True
    return file


def edit(hub: Hub, user: User, message: Message, typed: str) -> None:
    """Edit a message of one's own.

    Raises:
        SlackError: `cant_update_message`.
    """
    if message.user != user.id:
        raise SlackError("cant_update_message")
    text = as_slack_text(typed, hub.workspace(user.team_id))
    changes: Json = {"text": text, "blocks": rich_text(text, hub.ids.new("b"))}
    posting.change(hub, hub.channel(message.channel), message, changes, by=user.id)


def delete(hub: Hub, user: User, message: Message) -> None:
    """Delete a message of one's own, or dismiss one that only this person sees.

    Raises:
        SlackError: `cant_delete_message`.
    """
    if user.id not in (message.user, message.ephemeral_to):
        raise SlackError("cant_delete_message")
    posting.remove(hub, hub.channel(message.channel), message)


def react(hub: Hub, user: User, message: Message, name: str) -> None:
    """Add an emoji to a message, or take it away where it is there."""
    users = message.reactions.setdefault(name, [])
    if user.id in users:
        users.remove(user.id)
    else:
        users.append(user.id)
    if not users:
        del message.reactions[name]
    hub.tell("message", message=posting.page_message(hub, message))


def open_home(hub: Hub, user: User) -> View | None:
    """Look at the app's Home tab; return what is published there now."""
    channel = hub.open_direct(user, hub.bot(user.team_id))
    events.home_opened(hub, user.team_id, user.id, channel, "home")
    return hub.workspace(user.team_id).homes.get((user.id, hub.credentials.app_id))


def open_messages_tab(hub: Hub, user: User) -> Channel:
    """Look at the direct message with the app."""
    channel = hub.open_direct(user, hub.bot(user.team_id))
    events.home_opened(hub, user.team_id, user.id, channel, "messages")
    return channel


def invite_app(hub: Hub, channel: Channel) -> None:
    """Make the app a member of a channel."""
    channel.members.add(hub.installations[channel.team_id].bot_user)
    hub.tell("channel", channel=channel.wire(viewer=""))
