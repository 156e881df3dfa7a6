"""The tables of what is inside a block: composition objects, buttons, menus and inputs, each with its shape."""

from collections.abc import Iterator
from typing import Any

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
    web_address,
)

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


def one_source(value: Any, pointer: str) -> Iterator[str]:
    """An image is an address or one of Slack's files."""
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
        also=one_source,
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
