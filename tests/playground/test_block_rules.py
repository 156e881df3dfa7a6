"""The rules of Block Kit, as tables: what Slack refuses, and in which words."""

from typing import Any

import pytest

from playground.block_rules import complaints, text_length, view_complaints

Block = dict[str, Any]


def plain(text: str = "x", kind: str = "plain_text") -> Block:
    return {"type": kind, "text": text}


def mrkdwn(text: str = "x") -> Block:
    return plain(text, "mrkdwn")


def button(**fields: Any) -> Block:
    return {"type": "button", "action_id": "go", "text": plain()} | fields


def options(count: int) -> list[Block]:
    return [{"text": plain(str(number)), "value": str(number)} for number in range(count)]


def section(**fields: Any) -> Block:
    return {"type": "section", "text": mrkdwn()} | fields


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def image(**fields: Any) -> Block:
    return {"type": "image", "image_url": "https://shop.example/a.png", "alt_text": "a mug"} | fields


def card(**fields: Any) -> Block:
    return {"type": "card", "title": mrkdwn()} | fields


def carousel(*cards: Block) -> Block:
    return {"type": "carousel", "elements": list(cards)}


def field(element: Block, **fields: Any) -> Block:
    return {"type": "input", "label": plain("Colour"), "element": element} | fields


FEEDBACK = {
    "type": "feedback_buttons",
    "action_id": "vote",
    "positive_button": {"text": plain("Good"), "value": "1"},
    "negative_button": {"text": plain("Bad"), "value": "0"},
}

FEW = "no more than 10 items allowed"
SHORT = "must be less than 151 characters"
ONE = "must define either `image_url` or `slack_file`"

GOOD: list[Block] = [
    section(text=mrkdwn("x" * 3000)),
    section(fields=[mrkdwn("x" * 2000)] * 10),
    section(accessory=image()),
    section(accessory={"type": "overflow", "action_id": "more", "options": options(5)}),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "divider"},
    image(alt_text="x" * 2000, title=plain()),
    {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a mug"},
    {"type": "context", "elements": [image(), *[mrkdwn()] * 9]},
    actions(*[button(action_id=str(number), value="x" * 2000) for number in range(25)]),
    actions(button(url="https://shop.example", style="primary")),
    actions({"type": "static_select", "action_id": "sort", "options": options(100), "placeholder": plain()}),
    {"type": "markdown", "text": "x" * 12_000},
    carousel(*[card(hero_image=image(), subtitle=mrkdwn(), body=mrkdwn(), actions=[button()])] * 10),
    card(title=mrkdwn("x" * 150), body=mrkdwn("x" * 200)),
    {"type": "context_actions", "elements": [FEEDBACK]},
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [plain("x", "text")]}]},
    {"type": "table", "rows": [[plain("a", "raw_text")]]},
    field({"type": "plain_text_input", "action_id": "text", "multiline": True}),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: str(block["type"]))
def test_a_block_at_its_limits_is_taken(block: Block) -> None:
    assert complaints([block], "message") == []


BAD: list[tuple[Block, str]] = [
    ({"type": "nonsense"}, "unsupported type: nonsense [json-pointer:/blocks/0/type]"),
    ({"text": mrkdwn()}, "missing required field: type [json-pointer:/blocks/0]"),
    ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    (section(text=mrkdwn("x" * 3001)), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(text=mrkdwn("")), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    (section(text="bare"), "must provide an object [json-pointer:/blocks/0/text]"),
    (section(fields=[mrkdwn()] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    (section(accessory=mrkdwn()), "unsupported type: mrkdwn [json-pointer:/blocks/0/accessory/type]"),
    (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    ({"type": "header", "text": mrkdwn()}, "must be a valid enum value [json-pointer:/blocks/0/text/type]"),
    (image(alt_text=""), "must be more than 0 characters [json-pointer:/blocks/0/alt_text]"),
    (image(alt_text="x" * 2001), "must be less than 2001 characters [json-pointer:/blocks/0/alt_text]"),
    (image(image_url="https://" + "x" * 3000), "must be less than 3001 characters [json-pointer:/blocks/0/image_url]"),
    (image(image_url="ftp://x"), "invalid url [json-pointer:/blocks/0/image_url]"),
    ({"type": "image", "alt_text": "x"}, "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]"),
    (
        image(slack_file={"id": "F1"}),
        "must define either `image_url` or `slack_file`, not both [json-pointer:/blocks/0]",
    ),
    (
        {"type": "context", "elements": [mrkdwn()] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (actions(), "must provide at least 1 items [json-pointer:/blocks/0/elements]"),
    (
        actions(*[button(action_id=str(number)) for number in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        actions(button(), button()),
        '`action_id` "go" already exists [json-pointer:/blocks/0/elements/1/action_id]',
    ),
    (
        actions(button(text=plain("x" * 76))),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (actions(button(text=mrkdwn())), "must be a valid enum value [json-pointer:/blocks/0/elements/0/text/type]"),
    (
        actions(button(value="x" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (actions(button(disabled=True)), "invalid additional property: disabled [json-pointer:/blocks/0/elements/0]"),
    (actions(button(style="red")), "must be a valid enum value [json-pointer:/blocks/0/elements/0/style]"),
    (
        actions({"type": "static_select", "action_id": "s", "options": options(101)}),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "static_select", "action_id": "s"}),
        "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions({"type": "static_select", "action_id": "s", "options": options(1), "initial_option": options(2)[1]}),
        "initial option must match one of the options [json-pointer:/blocks/0/elements/0/initial_option]",
    ),
    (
        actions({"type": "overflow", "action_id": "o", "options": options(6)}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "checkboxes", "action_id": "c", "options": options(11)}),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    ({"type": "markdown", "text": "x" * 12_001}, "must be less than 12001 characters [json-pointer:/blocks/0/text]"),
    (carousel(), "must provide at least 1 items [json-pointer:/blocks/0/elements]"),
    (carousel(*[card()] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/elements]"),
    (carousel(section()), "unsupported type: section [json-pointer:/blocks/0/elements/0/type]"),
    (card(title="bare"), "must provide an object [json-pointer:/blocks/0/title]"),
    (card(title=mrkdwn("x" * 151)), "must be less than 151 characters [json-pointer:/blocks/0/title/text]"),
    (card(subtitle=mrkdwn("x" * 151)), "must be less than 151 characters [json-pointer:/blocks/0/subtitle/text]"),
    (card(body=mrkdwn("x" * 201)), "must be less than 201 characters [json-pointer:/blocks/0/body/text]"),
    (card(actions=[button()] * 4), "no more than 3 items allowed [json-pointer:/blocks/0/actions]"),
    ({"type": "card"}, "must define either `hero_image` or `title` or `actions` or `body` [json-pointer:/blocks/0]"),
    (
        {"type": "context_actions", "elements": [FEEDBACK] * 6},
        "no more than 5 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        {"type": "context_actions", "elements": [FEEDBACK | {"negative_button": None}]},
        "missing required field: negative_button [json-pointer:/blocks/0/elements/0]",
    ),
    ({"type": "alert", "text": mrkdwn()}, "unsupported type: alert [json-pointer:/blocks/0/type]"),
    (
        field({"type": "number_input", "action_id": "n"}),
        "missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]",
    ),
]


@pytest.mark.parametrize(("block", "words"), BAD, ids=[words for _, words in BAD])
def test_a_block_that_breaks_a_rule_is_refused_in_slacks_words(block: Block, words: str) -> None:
    assert words in complaints([block], "message")


def test_a_text_that_could_be_either_kind_is_complained_of_twice() -> None:
    assert complaints([section(text=mrkdwn("x" * 3001))], "message") == [
        "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_a_surface_holds_so_many_blocks(surface: Any, most: int) -> None:
    assert complaints([section()] * most, surface) == []
    assert complaints([section()] * (most + 1), surface) == [
        f"no more than {most} items allowed [json-pointer:/blocks]"
    ]


def test_block_ids_are_unique_cards_included() -> None:
    blocks = [section(block_id="same"), carousel(card(block_id="same"))]

    assert complaints(blocks, "message") == [
        '`block_id` "same" already exists [json-pointer:/blocks/1/elements/0/block_id]'
    ]


def test_the_same_action_id_may_stand_in_two_blocks_and_in_two_cards() -> None:
    blocks = [actions(button()), actions(button()), carousel(card(actions=[button()]), card(actions=[button()]))]

    assert complaints(blocks, "message") == []


def test_markdown_blocks_share_their_limit() -> None:
    half = {"type": "markdown", "text": "x" * 6_001}

    assert complaints([half, half], "message") != []


def test_text_is_counted_wherever_it_stands() -> None:
    assert text_length([section(text=mrkdwn("abc")), carousel(card(title=mrkdwn("de")))]) == 5


@pytest.mark.parametrize(
    ("block", "surface", "taken"),
    [
        (carousel(card()), "home", True),
        (carousel(card()), "modal", False),
        (card(), "modal", True),
        ({"type": "alert", "text": mrkdwn()}, "modal", True),
        ({"type": "markdown", "text": "x"}, "home", False),
        ({"type": "context_actions", "elements": [FEEDBACK]}, "home", False),
    ],
)
def test_a_block_belongs_to_its_surfaces(block: Block, surface: Any, taken: bool) -> None:
    assert (complaints([block], surface) == []) is taken


def modal(**fields: Any) -> Block:
    return {"type": "modal", "title": plain("Filters"), "submit": plain("Apply"), "blocks": [section()]} | fields


VIEWS: list[tuple[Block, str]] = [
    (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
    (modal(private_metadata="x" * 3001), "must be less than 3001 characters [json-pointer:/view/private_metadata]"),
    (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
    ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    ({"blocks": []}, "missing required field: type [json-pointer:/view]"),
    (
        modal(submit=None, blocks=[section(), field({"type": "plain_text_input", "action_id": "t"})]),
        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]",
    ),
    (modal(blocks=[section()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    ({"type": "home", "title": plain(), "blocks": []}, "invalid additional property: title [json-pointer:/view]"),
]


@pytest.mark.parametrize(("view", "words"), VIEWS, ids=[words for _, words in VIEWS])
def test_a_view_that_breaks_a_rule_is_refused_in_slacks_words(view: Block, words: str) -> None:
    assert words in view_complaints(view)


def test_a_view_at_its_limits_is_taken() -> None:
    assert view_complaints(modal(title=plain("x" * 24), private_metadata="x" * 3000)) == []
    assert view_complaints({"type": "home", "blocks": [section()] * 100}) == []
