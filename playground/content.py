"""The words, blocks, attachments and metadata of a call -> what a message or a view may hold, or Slack's refusal."""

import asyncio
from collections.abc import Callable, Iterable

from playground import block_rules
from playground.block_checks import complaint
from playground.block_elements import ELEMENTS
from playground.block_kinds import BLOCKS
from playground.calls import Call
from playground.errors import Json, SlackError
from playground.hub import Hub
from playground.pictures import Pictures
from playground.workspace import Workspace

MOST_TEXT = 40_000
MOST_ATTACHMENTS = 100
_CHECKS_AT_ONCE = 10


async def message_content(call: Call) -> Json:
    """Return `text`, `blocks`, `attachments` and `metadata` of a call, checked.

    Raises:
        SlackError: `no_text`, `msg_too_long`, `invalid_blocks_format`, `invalid_blocks`, `msg_blocks_too_long`,
            `invalid_attachments`, `too_many_attachments`, `invalid_metadata_format` or `invalid_metadata_schema`.
    """
    text = call.text("text") or call.text("markdown_text")
    blocks = call.json("blocks", "invalid_blocks_format") or []
    attachments = call.json("attachments", "invalid_attachments") or []
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise SlackError("invalid_attachments")
    if not (text or blocks or attachments):
        raise SlackError("no_text")
    if len(text) > MOST_TEXT:
        raise SlackError("msg_too_long")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    workspace = call.workspace
    await check_message_blocks(call.hub, call.pictures, workspace, blocks)
    for index, attachment in enumerate(attachments):
        inner = attachment.get("blocks") or []
        found = block_rules.complaints(inner, "message", f"/attachments/{index}/blocks")
        if found:
            raise refusal("invalid_attachments", found)
    return {
        "text": text,
        "blocks": numbered(blocks, call.hub.ids.new),
        "attachments": attachments,
        "metadata": metadata(call),
    }


async def check_message_blocks(hub: Hub, pictures: Pictures, workspace: Workspace, blocks: list[Json]) -> None:
    """Refuse the blocks of a message that Slack would refuse.

    Raises:
        SlackError: `invalid_blocks` or `msg_blocks_too_long`.
    """
    found = block_rules.complaints(blocks, "message")
    if not found and block_rules.text_length(blocks) > block_rules.MOST_TEXT:
        raise SlackError("msg_blocks_too_long")
    found = found or await image_complaints(hub, pictures, workspace, blocks, "/blocks")
    if found:
        raise refusal("invalid_blocks", found)


async def view_content(call: Call) -> Json:
    """Return the view of a call, checked.

    Raises:
        SlackError: `invalid_arguments`, with Slack's complaints.
    """
    view = call.json("view")
    if not isinstance(view, dict):
        raise refusal("invalid_arguments", [complaint("missing required field: view", "/view")])
    return await checked_view(call.hub, call.pictures, call.workspace, view)


async def checked_view(hub: Hub, pictures: Pictures, workspace: Workspace, view: Json) -> Json:
    """Return a view with every block numbered.

    Raises:
        SlackError: `invalid_arguments`, with Slack's complaints.
    """
    found = block_rules.view_complaints(view)
    found = found or await image_complaints(hub, pictures, workspace, view["blocks"], "/view/blocks")
    if found:
        raise refusal("invalid_arguments", found)
    return view | {"blocks": numbered(view["blocks"], hub.ids.new)}


async def image_complaints(
    hub: Hub, pictures: Pictures, workspace: Workspace, blocks: list[Json], pointer: str
) -> list[str]:
    """Return complaints about images that Slack could not load or files that it would not show."""
    limit = asyncio.Semaphore(_CHECKS_AT_ONCE)

    async def check(image: Json, where: str) -> str | None:
        if image.get("slack_file"):
            usable = slack_file_is_usable(workspace, image["slack_file"])
            return None if usable else complaint("invalid slack file", f"{where}/slack_file")
        async with limit:
            loaded = not hub.misbehaviour.image_fails() and await pictures.can_load(image["image_url"])
        return None if loaded else complaint("downloading image failed", f"{where}/image_url")

    found = await asyncio.gather(*(check(image, where) for image, where in _all_images(blocks, pointer)))
    return [each for each in found if each]


def slack_file_is_usable(workspace: Workspace, reference: Json) -> bool:
    """Return whether a file exists, is whole, is a picture and has been shared somewhere."""
    url = str(reference.get("url", ""))
    for file in workspace.files.values():
        if file.id == reference.get("id") or (url and f"-{file.id}/" in url):
            return bool(file.complete and not file.deleted and file.width_px and file.shared_in)
    return False


def metadata(call: Call) -> Json | None:
    """Return the metadata of a message.

    Raises:
        SlackError: `invalid_metadata_format` or `invalid_metadata_schema`.
    """
    value = call.json("metadata", "invalid_metadata_format")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise SlackError("invalid_metadata_format")
    if not value:
        return None
    good = isinstance(value.get("event_type"), str) and value["event_type"]
    if not good or not isinstance(value.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    return {"event_type": value["event_type"], "event_payload": value["event_payload"]}


def numbered(blocks: list[Json], new_id: Callable[[str], str]) -> list[Json]:
    """Return blocks that each have a block_id, and elements that each have an action_id, as Slack fills them in."""
    result = []
    for block in blocks:
        filled = {"type": block["type"], "block_id": block.get("block_id") or new_id("b")} | {
            name: value for name, value in block.items() if name not in ("type", "block_id")
        }
        for name in ("elements", "actions", "child_blocks"):
            if isinstance(filled.get(name), list):
                filled[name] = [
                    _numbered_element(each, new_id) if isinstance(each, dict) else each for each in filled[name]
                ]
        for name in ("accessory", "element"):
            if isinstance(filled.get(name), dict):
                filled[name] = _numbered_element(filled[name], new_id)
        result.append(filled)
    return result


def refusal(code: str, found: list[str]) -> SlackError:
    """Return the refusal with Slack's complaints in both places where Slack puts them."""
    messages = [f"[ERROR] {each}" for each in found]
    return SlackError(code, errors=found, response_metadata={"messages": messages})


_INTERACTIVE = frozenset(ELEMENTS) - {"image", "plain_text", "mrkdwn"}


def _numbered_element(element: Json, new_id: Callable[[str], str]) -> Json:
    if element.get("type") in BLOCKS and element.get("type") != "image":
        return numbered([element], new_id)[0]
    if element.get("type") in _INTERACTIVE and not element.get("action_id"):
        return element | {"action_id": new_id("a")}
    return element


def _all_images(blocks: list[Json], pointer: str) -> Iterable[tuple[Json, str]]:
    return block_rules.images(blocks, pointer)
