"""Blocks in, what Slack would refuse in them out, one line each: checked before sending, for the SDK does not.

Only what our own blocks could get wrong with a catalogue's data is checked: lengths, counts, alternative texts, links.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MOST_BLOCKS = 50
MOST_CHARACTERS = 12_000
"""Of all texts in a message's blocks: somewhere above, Slack answers `msg_blocks_too_long`."""
_MOST_ELEMENTS = {"actions": 25, "context": 10, "context_actions": 5, "carousel": 10}
_MOST_TEXT = {
    ("section", "text"): 3000,
    ("header", "text"): 150,
    ("card", "title"): 150,
    ("card", "subtitle"): 150,
    ("card", "body"): 200,
    ("button", "text"): 75,
}
_MOST_STRING = {"block_id": 255, "action_id": 255, "value": 2000, "url": 3000, "image_url": 3000, "alt_text": 2000}


def problems(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with a message's blocks; empty where Slack would take them."""
    found = [problem for block in blocks for problem in _problems(block)]
    if len(blocks) > MOST_BLOCKS:
        found.append(f"{len(blocks)} blocks, at most {MOST_BLOCKS}")
    if (length := _length(blocks)) > MOST_CHARACTERS:
        found.append(f"{length} characters in all, at most {MOST_CHARACTERS}")
    return found


def _problems(node: Mapping[str, Any]) -> Iterator[str]:
    kind = str(node.get("type", ""))
    most = _MOST_ELEMENTS.get(kind)
    elements = node.get("elements", ())
    if most is not None and not 1 <= len(elements) <= most:
        yield f"{len(elements)} elements in {kind}, at most {most}"
    if kind == "card" and len(node.get("actions", ())) > 3:
        yield "more than 3 buttons on a card"
    if kind == "image":
        if not node.get("alt_text"):
            yield "an image without alternative text"
        if bool(node.get("image_url")) == bool(node.get("slack_file")):
            yield "an image with both, or neither, of image_url and slack_file"
    for name, most_characters in _MOST_STRING.items():
        value = node.get(name)
        if isinstance(value, str) and not (0 if name == "value" else 1) <= len(value) <= most_characters:
            yield f"{name} of {len(value)} characters in {kind}"
    for name, value in node.items():
        if isinstance(value, Mapping):
            most_text = _MOST_TEXT.get((kind, name), 3000)
            text = value.get("text")
            if isinstance(text, str) and not 1 <= len(text) <= most_text:
                yield f"{name} of {len(text)} characters in {kind}"
            yield from _problems(value)
        elif isinstance(value, list | tuple):
            for item in value:
                if isinstance(item, Mapping):
                    yield from _problems(item)
    if kind == "button" and "url" in node and not str(node["url"]).startswith(("http://", "https://")):
        yield "a link that is not http(s)"


def _length(value: Any) -> int:
    if isinstance(value, Mapping):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_length(item) for item in value.values())
    if isinstance(value, list | tuple):
        return sum(_length(item) for item in value)
    return 0
