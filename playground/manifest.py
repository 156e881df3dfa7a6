"""An app manifest (the JSON document that Slack's app settings take) -> what the app may do here."""

from dataclasses import dataclass, field
from typing import Any, Self

from playground.errors import Json

DEFAULT_MANIFEST: Json = {
    "display_information": {"name": "Looksee", "description": "Finds products by words, photo or both."},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "looksee", "always_online": True},
        "shortcuts": [
            {
                "name": "Find similar",
                "type": "message",
                "callback_id": "find_similar",
                "description": "Find products like this photo",
            }
        ],
        "slash_commands": [
            {"command": "/looksee", "description": "Find a product, privately", "usage_hint": "red mug under $20"}
        ],
        "agent_view": {"agent_description": "Finds products by words, photo or both."},
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "assistant:write",
                "channels:history",
                "channels:read",
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "groups:history",
                "im:history",
                "im:write",
                "reactions:write",
                "team:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "message.channels",
                "message.groups",
                "message.im",
                "tokens_revoked",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
        "token_rotation_enabled": False,
    },
}
"""What a bot gets when the caller hands in no manifest of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortcut:
    """An entry of the message menu (`message`) or of the composer's menu (`global`)."""

    name: str
    callback_id: str
    kind: str
    description: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """A slash command: `/looksee`, and the hint shown while it is typed."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    """Whether `@ana` reaches the app as `<@U...|ana>`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What the app declares: names, scopes, events, commands, shortcuts, and how it is reached."""

    name: str
    description: str
    bot_name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    home_tab: bool = True
    assistant: bool = False
    interactivity: bool = True
    socket_mode: bool = True
    token_rotation: bool = False
    redirect_urls: tuple[str, ...] = field(default=())

    @classmethod
    def read(cls, document: Json) -> Self:
        """Read a manifest as Slack's app settings would.

        Raises:
            KeyError: the document lacks `display_information.name`, which Slack demands.
        """
        features: Json = document.get("features", {})
        settings: Json = document.get("settings", {})
        oauth: Json = document.get("oauth_config", {})
        name: str = document["display_information"]["name"]
        shortcuts: list[dict[str, Any]] = features.get("shortcuts", [])
        commands: list[dict[str, Any]] = features.get("slash_commands", [])
        return cls(
            name=name,
            description=document["display_information"].get("description", ""),
            bot_name=features.get("bot_user", {}).get("display_name", name.lower()),
            scopes=frozenset(oauth.get("scopes", {}).get("bot", [])),
            events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
            commands=tuple(
                Command(
                    name=each["command"],
                    description=each.get("description", ""),
                    usage_hint=each.get("usage_hint", ""),
                    should_escape=bool(each.get("should_escape", False)),
                )
                for each in commands
            ),
            shortcuts=tuple(
                Shortcut(
                    name=each["name"],
                    callback_id=each["callback_id"],
                    kind=each["type"],
                    description=each.get("description", ""),
                )
                for each in shortcuts
            ),
            home_tab=bool(features.get("app_home", {}).get("home_tab_enabled", False)),
            assistant="agent_view" in features or "assistant_view" in features,
            interactivity=bool(settings.get("interactivity", {}).get("is_enabled", False)),
            socket_mode=bool(settings.get("socket_mode_enabled", False)),
            token_rotation=bool(settings.get("token_rotation_enabled", False)),
            redirect_urls=tuple(oauth.get("redirect_urls", [])),
        )
