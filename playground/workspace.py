"""People, channels, messages, files and views of one workspace, in memory, and how Slack writes each as JSON."""

from dataclasses import dataclass, field
from typing import Literal

from playground.errors import Json, SlackError


@dataclass(kw_only=True)
class User:
    """A person, or the bot of an installed app."""

    id: str
    team_id: str
    name: str
    real_name: str
    locale: str = "en-US"
    bot_id: str | None = None
    hue: int = 210
    """The colour of the drawn avatar, 0 to 359 degrees."""

    def wire(self, *, with_locale: bool = False) -> Json:
        """Return the user as `users.info` does."""
        body: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": False,
            "real_name": self.real_name,
            "tz": "Europe/Amsterdam",
            "is_bot": self.bot_id is not None,
            "is_app_user": False,
            "profile": {"real_name": self.real_name, "display_name": self.name, "team": self.team_id},
        }
        if self.bot_id:
            body["profile"]["bot_id"] = self.bot_id
        if with_locale:
            body["locale"] = self.locale
        return body


@dataclass(kw_only=True)
class File:
    """An uploaded file. `content` is None until its bytes have come."""

    id: str
    team_id: str
    user: str
    name: str
    title: str
    created_s: int
    mimetype: str = "application/octet-stream"
    content: bytes | None = None
    alt_text: str | None = None
    width_px: int = 0
    height_px: int = 0
    shared_in: dict[str, str] = field(default_factory=dict)
    """Channel id to the ts of the message that shares it."""
    deleted: bool = False
    complete: bool = False
    access: Literal["visible", "check_file_info"] = "visible"
    external_url: str | None = None

    @property
    def filetype(self) -> str:
        """Return Slack's short name of the type: `jpg`, `png`, `heic`."""
        return self.name.rsplit(".", 1)[-1].lower() if "." in self.name else "binary"

    def wire(self, origin: str) -> Json:
        """Return the file object, with links to the file host at `origin`."""
        if self.access == "check_file_info":
            return {"id": self.id, "mode": "file_access", "file_access": "check_file_info", "created": self.created_s}
        if self.deleted:
            return {"id": self.id, "mode": "tombstone", "created": self.created_s}
        path = f"{self.team_id}-{self.id}"
        body: Json = {
            "id": self.id,
            "created": self.created_s,
            "timestamp": self.created_s,
            "name": self.name,
            "title": self.title,
            "mimetype": self.mimetype,
            "filetype": self.filetype,
            "pretty_type": self.filetype.upper(),
            "user": self.user,
            "user_team": self.team_id,
            "editable": False,
            "size": len(self.content or b""),
            "mode": "external" if self.external_url else "hosted",
            "is_external": bool(self.external_url),
            "external_type": "gdrive" if self.external_url else "",
            "is_public": any(channel.startswith("C") for channel in self.shared_in),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": self.external_url or f"{origin}/files-pri/{path}/{self.name}",
            "permalink": f"{origin}/files/{self.user}/{self.id}/{self.name}",
            "is_starred": False,
            "has_rich_preview": False,
            "file_access": "visible",
            "channels": [channel for channel in self.shared_in if channel.startswith("C")],
            "ims": [channel for channel in self.shared_in if channel.startswith("D")],
        }
        if not self.external_url:
            body["url_private_download"] = f"{origin}/files-pri/{path}/download/{self.name}"
        if self.alt_text:
            body["alt_txt"] = self.alt_text
        if self.width_px:
            body |= {"original_w": self.width_px, "original_h": self.height_px}
            for edge_px in (64, 360, 720):
                body[f"thumb_{edge_px}"] = f"{origin}/files-tmb/{path}/{edge_px}.png"
        return body


@dataclass(kw_only=True)
class Message:
    """One message. An ephemeral one carries the person who sees it, and is in no history."""

    ts: str
    channel: str
    team_id: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    thread_ts: str | None = None
    broadcast: bool = False
    bot_id: str | None = None
    app_id: str | None = None
    metadata: Json | None = None
    edited: Json | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    ephemeral_to: str | None = None
    streaming: bool = False

    @property
    def root_ts(self) -> str:
        """Return the ts of the thread that the message is in or would begin."""
        return self.thread_ts or self.ts

    def wire(self, origin: str, *, with_metadata: bool = False) -> Json:
        """Return the message as a history gives it."""
        body: Json = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": self.team_id,
        }
        if self.blocks:
            body["blocks"] = self.blocks
        if self.attachments:
            body["attachments"] = self.attachments
        if self.thread_ts:
            body["thread_ts"] = self.thread_ts
        if self.broadcast:
            body["subtype"] = "thread_broadcast"
        if self.files:
            body |= {"files": [file.wire(origin) for file in self.files], "upload": False}
        if self.bot_id:
            body |= {"bot_id": self.bot_id, "app_id": self.app_id}
        if self.edited:
            body["edited"] = self.edited
        if self.reactions:
            body["reactions"] = [
                {"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()
            ]
        if self.ephemeral_to:
            body |= {"is_ephemeral": True}
        if self.metadata is not None and with_metadata:
            body["metadata"] = self.metadata
        return body


@dataclass(kw_only=True)
class Channel:
    """A channel (`C...`), a private one (`G...`) or a direct message (`D...`)."""

    id: str
    team_id: str
    name: str
    members: set[str] = field(default_factory=set)
    messages: dict[str, Message] = field(default_factory=dict)
    topic: str = ""
    assistant_title: str = ""

    @property
    def kind(self) -> Literal["channel", "group", "im"]:
        """Return what Slack calls `channel_type`."""
        kinds: dict[str, Literal["channel", "group", "im"]] = {"C": "channel", "G": "group", "D": "im"}
        return kinds[self.id[0]]

    def message(self, ts: str) -> Message:
        """Return the message of that ts.

        Raises:
            SlackError: `message_not_found`.
        """
        found = self.messages.get(ts)
        if found is None:
            raise SlackError("message_not_found")
        return found

    def replies(self, root_ts: str) -> list[Message]:
        """Return the replies of a thread, oldest first, without its first message."""
        return [each for each in self.messages.values() if each.thread_ts == root_ts and each.ts != root_ts]

    def wire(self, *, viewer: str) -> Json:
        """Return the conversation object as `viewer` sees it."""
        if self.kind == "im":
            other = next((member for member in sorted(self.members) if member != viewer), viewer)
            return {
                "id": self.id,
                "is_im": True,
                "user": other,
                "is_org_shared": False,
                "context_team_id": self.team_id,
            }
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_im": False,
            "is_mpim": False,
            "is_private": self.kind == "group",
            "is_archived": False,
            "is_general": self.name == "general",
            "is_member": viewer in self.members,
            "num_members": len(self.members),
            "context_team_id": self.team_id,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
        }


@dataclass(kw_only=True)
class View:
    """A modal on somebody's stack, or somebody's Home tab."""

    id: str
    team_id: str
    user: str
    app_id: str
    bot_id: str
    content: Json
    """What the app sent: type, title, blocks, callback_id, private_metadata and so on."""
    hash: str
    root_view_id: str
    previous_view_id: str | None = None
    state: Json = field(default_factory=dict)
    """block_id -> action_id -> the value, as `view.state.values` holds it."""

    def wire(self) -> Json:
        """Return the view as `views.open` and the payloads do."""
        return {
            "id": self.id,
            "team_id": self.team_id,
            "type": self.content["type"],
            "blocks": self.content["blocks"],
            "private_metadata": self.content.get("private_metadata", ""),
            "callback_id": self.content.get("callback_id", ""),
            "state": {"values": self.state},
            "hash": self.hash,
            "title": self.content.get("title"),
            "clear_on_close": self.content.get("clear_on_close", False),
            "notify_on_close": self.content.get("notify_on_close", False),
            "close": self.content.get("close"),
            "submit": self.content.get("submit"),
            "previous_view_id": self.previous_view_id,
            "root_view_id": self.root_view_id,
            "app_id": self.app_id,
            "external_id": self.content.get("external_id", ""),
            "app_installed_team_id": self.team_id,
            "bot_id": self.bot_id,
        }


@dataclass(kw_only=True)
class Workspace:
    """One team: its people, channels and files."""

    id: str
    name: str
    domain: str
    enterprise: str = ""
    """Id of the Enterprise Grid organisation that it belongs to, if any."""
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[tuple[str, str], View] = field(default_factory=dict)
    """(user id, app id) -> the published Home tab."""

    def channel_named(self, name_or_id: str) -> Channel:
        """Return a channel by id, `#name` or name.

        Raises:
            SlackError: `channel_not_found`.
        """
        wanted = name_or_id.removeprefix("#")
        for channel in self.channels.values():
            if channel.id == wanted or (channel.kind != "im" and channel.name == wanted):
                return channel
        raise SlackError("channel_not_found")

    def user_named(self, name_or_id: str) -> User:
        """Return a person by id, `@name` or name.

        Raises:
            SlackError: `user_not_found`.
        """
        wanted = name_or_id.removeprefix("@")
        for user in self.users.values():
            if wanted in (user.id, user.name):
                return user
        raise SlackError("user_not_found")

    def direct(self, first: str, second: str) -> Channel | None:
        """Return the direct message of two people, if it has been opened."""
        pair = {first, second}
        return next((each for each in self.channels.values() if each.kind == "im" and each.members == pair), None)
