"""What happened in a workspace -> the Events API payloads that the app has subscribed to and may see."""

from playground.errors import Json
from playground.hub import Hub, Installation
from playground.workspace import Channel, Message

_MESSAGE_EVENTS = {
    "channel": ("message.channels", "channels:history"),
    "group": ("message.groups", "groups:history"),
    "im": ("message.im", "im:history"),
}


def send_event(hub: Hub, team_id: str, event: Json) -> None:
    """Deliver one event to the app of a workspace, wrapped as the Events API wraps it.

    Where the app is installed org-wide, the authorization names the organisation and no workspace.
    """
    installation = hub.installations[team_id]
    enterprise = hub.workspace(team_id).enterprise or None
    is_org_wide = bool(installation.enterprise)
    hub.delivery.event(
        {
            "token": hub.credentials.verification_token,
            "team_id": team_id,
            "context_team_id": team_id,
            "enterprise_id": enterprise,
            "context_enterprise_id": enterprise,
            "api_app_id": hub.credentials.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": hub.ids.new("Ev"),
            "event_time": int(hub.ids.now_s()),
            "authorizations": [
                {
                    "enterprise_id": enterprise,
                    "team_id": None if is_org_wide else team_id,
                    "user_id": installation.bot_user,
                    "is_bot": True,
                    "is_enterprise_install": is_org_wide,
                }
            ],
            "is_ext_shared_channel": False,
            "event_context": hub.ids.secret("4-"),
        }
    )


def message_posted(hub: Hub, channel: Channel, message: Message) -> None:
    """Tell the app of a new message: `message`, and `app_mention` where its name is called."""
    installation = _listening(hub, channel)
    if installation is None:
        return
    body = _as_event(hub, channel, message)
    if _hears(installation, hub, channel):
        send_event(hub, channel.team_id, body)
    mentioned = f"<@{installation.bot_user}>" in message.text
    hears_mentions = "app_mention" in hub.manifest.events and "app_mentions:read" in installation.scopes
    if mentioned and hears_mentions and channel.kind != "im" and message.bot_id is None:
        mention = {key: value for key, value in body.items() if key not in ("channel_type", "subtype", "upload")}
        if not hub.misbehaviour.mention_files:
            mention.pop("files", None)
        send_event(hub, channel.team_id, mention | {"type": "app_mention"})


def message_changed(hub: Hub, channel: Channel, message: Message, previous: Json) -> None:
    """Tell the app that a message has been edited, by a person or by the app itself."""
    installation = _listening(hub, channel)
    if installation is None or not _hears(installation, hub, channel):
        return
    send_event(
        hub,
        channel.team_id,
        {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": channel.id,
            "channel_type": channel.kind,
            "message": message.wire(hub.origin, with_metadata=True),
            "previous_message": previous,
            "ts": hub.ids.ts(),
            "event_ts": hub.ids.ts(),
        },
    )


def message_deleted(hub: Hub, channel: Channel, message: Message) -> None:
    """Tell the app that a message is gone."""
    installation = _listening(hub, channel)
    if installation is None or not _hears(installation, hub, channel):
        return
    send_event(
        hub,
        channel.team_id,
        {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "channel": channel.id,
            "channel_type": channel.kind,
            "deleted_ts": message.ts,
            "previous_message": message.wire(hub.origin),
            "ts": hub.ids.ts(),
            "event_ts": hub.ids.ts(),
        },
    )


def home_opened(hub: Hub, team_id: str, user_id: str, channel: Channel, tab: str) -> None:
    """Tell the app that a person looks at its Home or its messages tab."""
    if "app_home_opened" not in hub.manifest.events:
        return
    event: Json = {
        "type": "app_home_opened",
        "user": user_id,
        "channel": channel.id,
        "tab": tab,
        "event_ts": hub.ids.ts(),
    }
    home = hub.workspace(team_id).homes.get((user_id, hub.credentials.app_id))
    if tab == "home" and home:
        event["view"] = home.wire()
    send_event(hub, team_id, event)


def app_removed(hub: Hub, team_id: str, tokens: list[str]) -> None:
    """Tell the app that it has been uninstalled and which bot users' tokens have ended."""
    if "tokens_revoked" in hub.manifest.events:
        send_event(hub, team_id, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": tokens}})
    if "app_uninstalled" in hub.manifest.events:
        send_event(hub, team_id, {"type": "app_uninstalled"})


def access_revoked(hub: Hub, team_id: str) -> None:
    """Tell an app that is installed org-wide that a workspace is not its any more."""
    if "team_access_revoked" in hub.manifest.events:
        send_event(hub, team_id, {"type": "team_access_revoked", "team_ids": [team_id]})


def _listening(hub: Hub, channel: Channel) -> Installation | None:
    installation = hub.installations.get(channel.team_id)
    if installation is None or installation.revoked or installation.bot_user not in channel.members:
        return None
    return installation


def _hears(installation: Installation, hub: Hub, channel: Channel) -> bool:
    name, scope = _MESSAGE_EVENTS[channel.kind]
    return name in hub.manifest.events and scope in installation.scopes


def _as_event(hub: Hub, channel: Channel, message: Message) -> Json:
    body = message.wire(hub.origin) | {
        "channel": channel.id,
        "channel_type": channel.kind,
        "event_ts": message.ts,
    }
    if message.bot_id is None:
        body["client_msg_id"] = hub.ids.secret("")
    if message.thread_ts:
        root = channel.messages.get(message.thread_ts)
        body["parent_user_id"] = root.user if root else ""
    if message.files:
        body["subtype"] = "file_share"
        if hub.misbehaviour.files_need_info:
            body["files"] = [
                {"id": file.id, "mode": "file_access", "file_access": "check_file_info"} for file in message.files
            ]
    return body
