"""Blocks and views -> Slack's complaints about them, by the tables beside it; `tests/playground` holds them.

The limits are those of Slack's reference; the wordings were recorded from answers of the real API where one was
found, and are close to them elsewhere.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from playground.block_checks import complaint
from playground.block_kinds import BLOCKS, MOST_MARKDOWN, VIEWS, Surface
from playground.errors import Json

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MOST_TEXT = 13_000
"""Slack answers `msg_blocks_too_long` somewhere between 12,000 and 13,000 characters of a message's blocks."""


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
