"""Blocks and views -> Slack's complaints about them. The tables here are the rules; `tests/playground` holds them.

The limits are those of Slack's reference; the wordings were recorded from answers of the real API where one was
found, and are close to them elsewhere.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from playground.block_checks import (
    Check,
    Shape,
    anything,
    complaint,
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
from playground.errors import Json

Surface = Literal["message", "modal", "home"]

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MOST_TEXT = 13_000
"""Slack answers `msg_blocks_too_long` somewhere between 12,000 and 13,000 characters of a message's blocks."""
MOST_MARKDOWN = 12_000

# --- composition objects ---

CONFIRM = Shape(
    {
        "title": text(100, plain),
        "text": text(300),
        "confirm": text(30, plain),
        "deny": text(30, plain),
        "style": one_of("primary", "danger"),
    },
    required=("title", "text", "confirm", "deny"),
)
SLACK_FILE = Shape({"id": string(255, 1), "url": web_address}, either=("id", "url"))


def _option(most: int, *kinds: str, url: bool = False) -> Shape:
    fields: dict[str, Check] = {"text": text(most, *kinds), "value": string(150, 1), "description": text(75, *kinds)}
    return Shape(fields | ({"url": web_address} if url else {}), required=("text", "value"))


OPTION = _option(75, plain)
OPTION_GROUP = Shape({"label": text(75, plain), "options": many(OPTION, 100)}, required=("label", "options"))


def _image(value: Any, pointer: str) -> Iterator[str]:
    if value.get("image_url") is not None and value.get("slack_file") is not None:
        yield complaint("must define either `image_url` or `slack_file`, not both", pointer)


def _initial_is_an_option(value: Any, pointer: str) -> Iterator[str]:
    if bool(value.get("options")) == bool(value.get("option_groups")):
        yield complaint("must define either `options` or `option_groups`", pointer)
    groups = value.get("option_groups") or []
    options = value.get("options") or [option for group in groups for option in group.get("options", [])]
    values = {option.get("value") for option in options if isinstance(option, dict)}
    chosen = [value["initial_option"]] if value.get("initial_option") else value.get("initial_options") or []
    for option in chosen:
        if isinstance(option, dict) and option.get("value") not in values:
            yield complaint("initial option must match one of the options", f"{pointer}/initial_option")


# --- elements ---

_ACTION: dict[str, Check] = {"action_id": string(255, 1), "confirm": CONFIRM, "focus_on_load": flag}
_INPUT: dict[str, Check] = _ACTION | {"placeholder": text(150, plain)}
_DISPATCH = Shape({"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)})
_SELECT: dict[str, Check] = _INPUT | {"options": many(OPTION, 100), "option_groups": many(OPTION_GROUP, 100)}
_FEEDBACK = Shape(
    {"text": text(75, plain), "value": string(2000, 1), "accessibility_label": string(75)}, required=("text", "value")
)


def _choice(most: int = 10) -> Shape:
    option = _option(75)
    return Shape(
        _ACTION | {"options": many(option, most), "initial_option": option, "initial_options": many(option, most)},
        required=("options",),
        also=_initial_is_an_option,
    )


def _peer(name: str, initial: str, *, several: bool = False) -> Shape:
    fields: dict[str, Check] = _INPUT | {
        initial: many(string(255), 100) if several else string(255),
        "filter": anything,
    }
    return Shape(fields | ({"max_selected_items": number(1, 100)} if several else {"response_url_enabled": flag}))


ELEMENTS: dict[str, Shape] = {
    "image": Shape(
        {"image_url": web_address, "slack_file": SLACK_FILE, "alt_text": string(2000, 1)},
        required=("alt_text",),
        either=("image_url", "slack_file"),
        also=_image,
    ),
    "plain_text": Shape({"text": string(3000, 1), "emoji": flag}, required=("text",)),
    "mrkdwn": Shape({"text": string(3000, 1), "verbatim": flag}, required=("text",)),
    "button": Shape(
        _ACTION
        | {
            "text": text(75, plain),
            "url": web_address,
            "value": string(2000),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
        required=("text",),
    ),
    "overflow": Shape(
        {"action_id": string(255, 1), "options": many(_option(75, plain, url=True), 5), "confirm": CONFIRM},
        required=("options",),
    ),
    "static_select": Shape(_SELECT | {"initial_option": OPTION}, also=_initial_is_an_option),
    "multi_static_select": Shape(
        _SELECT | {"initial_options": many(OPTION, 100), "max_selected_items": number(1, 100)},
        also=_initial_is_an_option,
    ),
    "external_select": Shape(_INPUT | {"initial_option": OPTION, "min_query_length": number(0, 255)}),
    "users_select": _peer("users", "initial_user"),
    "multi_users_select": _peer("users", "initial_users", several=True),
    "channels_select": _peer("channels", "initial_channel"),
    "conversations_select": _peer("conversations", "initial_conversation"),
    "checkboxes": _choice(),
    "radio_buttons": _choice(),
    "datepicker": Shape(_INPUT | {"initial_date": string(10, 10)}),
    "timepicker": Shape(_INPUT | {"initial_time": string(5, 5), "timezone": string(255)}),
    "plain_text_input": Shape(
        _INPUT
        | {
            "initial_value": string(3000),
            "multiline": flag,
            "min_length": number(0, 3000),
            "max_length": number(1, 3000),
            "dispatch_action_config": _DISPATCH,
        }
    ),
    "number_input": Shape(
        _INPUT
        | {
            "is_decimal_allowed": flag,
            "initial_value": string(255, 1),
            "min_value": string(255, 1),
            "max_value": string(255, 1),
            "dispatch_action_config": _DISPATCH,
        },
        required=("is_decimal_allowed",),
    ),
    "email_text_input": Shape(_INPUT | {"initial_value": string(3000), "dispatch_action_config": _DISPATCH}),
    "url_text_input": Shape(_INPUT | {"initial_value": string(3000), "dispatch_action_config": _DISPATCH}),
    "file_input": Shape(_ACTION | {"filetypes": many(string(20, 1), 100), "max_files": number(1, 10)}),
    "feedback_buttons": Shape(
        {"action_id": string(255, 1), "positive_button": _FEEDBACK, "negative_button": _FEEDBACK},
        required=("positive_button", "negative_button"),
    ),
    "icon_button": Shape(
        _ACTION
        | {
            "icon": one_of("trash"),
            "text": text(75, plain),
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": many(string(255, 1), 100),
        },
        required=("icon", "text"),
    ),
}

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

# --- blocks ---

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
            also=_image,
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


def complaints(blocks: Sequence[Any], surface: Surface, pointer: str = "/blocks") -> list[str]:
    """Return what Slack would complain about in the blocks of a message or a view; nothing when they are good."""
    found = list(_each_block(blocks, surface, pointer))
    if len(blocks) > MOST_BLOCKS[surface]:
        found.insert(0, complaint(f"no more than {MOST_BLOCKS[surface]} items allowed", pointer))
    if not found:
        found = list(_repeated(blocks, pointer))
    markdown = sum(len(block["text"]) for block in blocks if not found and block.get("type") == "markdown")
    if markdown > MOST_MARKDOWN:
        found.append(complaint(f"markdown blocks must be less than {MOST_MARKDOWN + 1} characters together", pointer))
    return found


def view_complaints(view: Json) -> list[str]:
    """Return what Slack would complain about in a view."""
    kind = view.get("type")
    if kind not in VIEWS:
        return [complaint("missing required field: type" if kind is None else f"unsupported type: {kind}", "/view")]
    found = list(VIEWS[kind](view, "/view"))
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return [*found, complaint("must provide an array", "/view/blocks")]
    found += complaints(blocks, kind, "/view/blocks")
    if kind == "modal" and not view.get("submit"):
        found += [
            complaint("must define `submit` to use an `input` block in modals", f"/view/blocks/{index}/input")
            for index, block in enumerate(blocks)
            if isinstance(block, dict) and block.get("type") == "input"
        ]
    return found


def text_length(value: Any) -> int:
    """Return how many characters of text the blocks hold, as `msg_blocks_too_long` counts them."""
    if isinstance(value, dict):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(text_length(item) for item in value.values())
    if isinstance(value, list):
        return sum(text_length(item) for item in value)
    return 0


def nested(blocks: Sequence[Json], pointer: str) -> Iterator[tuple[Json, str]]:
    """Return each block with its pointer: the cards of a carousel and the children of a container too."""
    for index, block in enumerate(blocks):
        here = f"{pointer}/{index}"
        yield block, here
        for name in ("elements", "child_blocks"):
            if block.get("type") in ("carousel", "container") and isinstance(block.get(name), list):
                yield from nested([each for each in block[name] if isinstance(each, dict)], f"{here}/{name}")


def images(value: Any, pointer: str) -> Iterator[tuple[Json, str]]:
    """Return every image of blocks that have passed the rules, with its pointer."""
    if isinstance(value, dict):
        if value.get("type") == "image":
            yield value, pointer
        for name, item in value.items():
            yield from images(item, f"{pointer}/{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from images(item, f"{pointer}/{index}")


def _each_block(blocks: Sequence[Any], surface: Surface, pointer: str) -> Iterator[str]:
    for index, block in enumerate(blocks):
        here = f"{pointer}/{index}"
        if not isinstance(block, dict):
            yield complaint("must provide an object", here)
            continue
        kind = block.get("type")
        if kind is None:
            yield complaint("missing required field: type", here)
            continue
        shape, surfaces = BLOCKS.get(kind, (None, ()))
        if shape is None or surface not in surfaces:
            yield complaint(f"unsupported type: {kind}", f"{here}/type")
            continue
        yield from shape(block, here)
        if kind == "container" and isinstance(block.get("child_blocks"), list):
            yield from _each_block(block["child_blocks"], surface, f"{here}/child_blocks")


def _repeated(blocks: Sequence[Json], pointer: str) -> Iterator[str]:
    seen: set[str] = set()
    for block, here in nested(blocks, pointer):
        block_id = block.get("block_id")
        if block_id and block_id in seen:
            yield complaint(f'`block_id` "{block_id}" already exists', f"{here}/block_id")
        seen.add(block_id or "")
        actions: set[str] = set()
        for element, where in _own_elements(block, here):
            action_id = element.get("action_id")
            if action_id and action_id in actions:
                yield complaint(f'`action_id` "{action_id}" already exists', f"{where}/action_id")
            actions.add(action_id or "")


def _own_elements(block: Json, pointer: str) -> Iterator[tuple[Json, str]]:
    for name in ("elements", "actions"):
        for index, element in enumerate(block.get(name) or []):
            if isinstance(element, dict) and element.get("type") != "card":
                yield element, f"{pointer}/{name}/{index}"
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield block[name], f"{pointer}/{name}"
