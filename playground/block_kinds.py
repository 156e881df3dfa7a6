"""The tables of blocks and views: each with its shape, and where Slack takes it."""

from typing import Literal

from playground.block_checks import (
    Check,
    Shape,
    anything,
    flag,
    many,
    number,
    one_of,
    plain,
    string,
    text,
    typed,
    web_address,
)
from playground.block_elements import ELEMENTS, SLACK_FILE, one_source

Surface = Literal["message", "modal", "home"]

MOST_MARKDOWN = 12_000

_MENUS = ("static_select", "external_select", "users_select", "channels_select", "conversations_select")
_MULTI_MENUS = ("multi_static_select", "multi_users_select")
_PICKERS = ("checkboxes", "radio_buttons", "datepicker", "timepicker")
_TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input", "file_input")
_ACCESSORY = typed(ELEMENTS, "image", "button", "overflow", *_MENUS, *_MULTI_MENUS, *_PICKERS)
_ACTIONS = typed(ELEMENTS, "button", "overflow", *_MENUS, *_MULTI_MENUS, *_PICKERS)
_INPUTS = typed(ELEMENTS, *_MENUS, *_MULTI_MENUS, *_PICKERS, *_TYPED)
_IMAGE = typed(ELEMENTS, "image")
_RICH = Shape(
    {"elements": anything, "style": anything, "indent": number(0, 8), "offset": anything, "border": anything}
    | {"language": string(255)},
    required=("elements",),
)
_RICH_ELEMENTS = {f"rich_text_{name}": _RICH for name in ("section", "list", "preformatted", "quote")}

_ID: dict[str, Check] = {"block_id": string(255)}
_CARD = Shape(
    _ID
    | {
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "slack_icon": Shape({"name": string(255, 1), "type": anything}, required=("name",)),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": many(typed(ELEMENTS, "button"), 3),
    },
    either=("hero_image", "title", "actions", "body"),
)
_TASK = Shape(
    _ID
    | {
        "task_id": string(255, 1),
        "title": string(255, 1),
        "details": anything,
        "output": anything,
        "sources": anything,
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    required=("task_id", "title"),
)
_LOOSE_BLOCKS = anything  # a container's children are checked with the other blocks, by `nested`

BLOCKS: dict[str, tuple[Shape, tuple[Surface, ...]]] = {
    "section": (
        Shape(
            _ID | {"text": text(3000), "fields": many(text(2000), 10), "accessory": _ACCESSORY, "expand": flag},
            either=("text", "fields"),
        ),
        ("message", "modal", "home"),
    ),
    "divider": (Shape(_ID), ("message", "modal", "home")),
    "header": (
        Shape(_ID | {"text": text(150, plain), "level": number(1, 4)}, required=("text",)),
        ("message", "modal", "home"),
    ),
    "image": (
        Shape(
            _ID
            | {
                "image_url": web_address,
                "slack_file": SLACK_FILE,
                "alt_text": string(2000, 1),
                "title": text(2000, plain),
            },
            required=("alt_text",),
            either=("image_url", "slack_file"),
            also=one_source,
        ),
        ("message", "modal", "home"),
    ),
    "context": (
        Shape(_ID | {"elements": many(typed(ELEMENTS, "image", "plain_text", "mrkdwn"), 10)}, required=("elements",)),
        ("message", "modal", "home"),
    ),
    "actions": (
        Shape(_ID | {"elements": many(_ACTIONS, 25)}, required=("elements",)),
        ("message", "modal", "home"),
    ),
    "context_actions": (
        Shape(_ID | {"elements": many(typed(ELEMENTS, "feedback_buttons", "icon_button"), 5)}, required=("elements",)),
        ("message",),
    ),
    "input": (
        Shape(
            _ID
            | {
                "label": text(2000, plain),
                "element": _INPUTS,
                "hint": text(2000, plain),
                "optional": flag,
                "dispatch_action": flag,
            },
            required=("label", "element"),
        ),
        ("message", "modal", "home"),
    ),
    "markdown": (Shape(_ID | {"text": string(MOST_MARKDOWN, 1)}, required=("text",)), ("message",)),
    "rich_text": (
        Shape(_ID | {"elements": many(typed(_RICH_ELEMENTS), 1000)}, required=("elements",)),
        ("message", "modal", "home"),
    ),
    "card": (_CARD, ("message", "modal", "home")),
    "carousel": (
        Shape(_ID | {"elements": many(typed({"card": _CARD}), 10)}, required=("elements",)),
        ("message", "home"),
    ),
    "container": (
        Shape(
            _ID
            | {
                "title": text(150, plain),
                "rich_text_title": anything,
                "subtitle": text(150),
                "child_blocks": many(_LOOSE_BLOCKS, 10),
                "width": one_of("narrow", "standard", "wide", "full"),
                "icon": _IMAGE,
                "is_collapsible": flag,
                "default_collapsed": flag,
                "has_header_divider": flag,
            },
            required=("child_blocks",),
            either=("title", "rich_text_title"),
        ),
        ("message",),
    ),
    "table": (
        Shape(_ID | {"rows": many(many(anything, 20), 100), "column_settings": many(anything, 20)}, required=("rows",)),
        ("message",),
    ),
    "alert": (
        Shape(
            _ID | {"text": text(3000), "level": one_of("default", "info", "warning", "error", "success")},
            required=("text",),
        ),
        ("modal",),
    ),
    "task_card": (_TASK, ("message",)),
    "plan": (
        Shape(_ID | {"title": string(255, 1), "tasks": many(typed({"task_card": _TASK}), 50)}, required=("title",)),
        ("message",),
    ),
}

VIEWS: dict[str, Shape] = {
    "modal": Shape(
        {
            "title": text(24, plain),
            "submit": text(24, plain),
            "close": text(24, plain),
            "blocks": anything,
            "private_metadata": string(3000),
            "callback_id": string(255),
            "external_id": string(255),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
        required=("title", "blocks"),
    ),
    "home": Shape(
        {"blocks": anything, "private_metadata": string(3000), "callback_id": string(255), "external_id": string(255)},
        required=("blocks",),
    ),
}
