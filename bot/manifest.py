"""What the code listens to and calls in, the app manifest that Slack takes out. A test holds the two together."""

import json
from typing import Any

from bot.slack.controls import COMMAND, FIND_SIMILAR
from bot.slack.listeners import EVENTS

_MESSAGE_EVENTS = ("message.channels", "message.groups", "message.im")

SCOPES = {
    "app_mentions:read": "to hear its name",
    "assistant:write": "to show that it is looking, and to suggest questions",
    "channels:history": "to go on in a thread without a mention, and to answer once after a crash",
    "chat:write": "to answer",
    "commands": "for /looksee and the message menu",
    "files:read": "to see the photos that people send",
    "files:write": "to send pictures where the catalogue's cannot be loaded by Slack",
    "groups:history": "the same in private channels that it is invited to",
    "im:history": "to read what people write to it",
    "users:read": "to speak a person's language",
}
"""Scope -> why it is asked for."""


def bot_scopes() -> list[str]:
    """The scopes that the bot asks for."""
    return sorted(SCOPES)


def manifest(*, request_url: str = "", redirect_url: str = "", token_rotation: bool = False) -> dict[str, Any]:
    """The manifest, as Slack's "create an app from a manifest" takes it.

    Args:
        request_url: of `/slack/events`, for HTTP; empty for Socket Mode.
        redirect_url: of `/slack/oauth_redirect`, where people install the app themselves.
        token_rotation: True makes tokens end after twelve hours and be renewed.
    """
    events = sorted({event for event in EVENTS if event != "message"} | set(_MESSAGE_EVENTS))
    command = {
        "command": COMMAND,
        "description": "Find a product, seen by you only",
        "usage_hint": "red mug under $20",
        "should_escape": True,
    }
    subscriptions: dict[str, Any] = {"bot_events": events}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if request_url:
        command["url"] = subscriptions["request_url"] = interactivity["request_url"] = request_url
    oauth: dict[str, Any] = {"scopes": {"bot": bot_scopes()}}
    if redirect_url:
        oauth["redirect_urls"] = [redirect_url]
    return {
        "display_information": {
            "name": "Looksee",
            "description": "Finds products by words, by photo, or both.",
            "background_color": "#1d1c1d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "looksee", "always_online": True},
            "agent_view": {"agent_description": "Finds products by words, by photo, or both."},
            "shortcuts": [
                {
                    "name": "Find similar",
                    "type": "message",
                    "callback_id": FIND_SIMILAR,
                    "description": "Find products like the photo in a message",
                }
            ],
            "slash_commands": [command],
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": subscriptions,
            "interactivity": interactivity,
            "org_deploy_enabled": bool(redirect_url),
            "socket_mode_enabled": not request_url,
            "token_rotation_enabled": token_rotation,
        },
    }


def manifest_text() -> str:
    """manifest.json for Socket Mode."""
    return json.dumps(manifest(), indent=2, ensure_ascii=False) + "\n"
