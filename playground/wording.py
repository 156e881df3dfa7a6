"""What a person types -> the text and the rich text block that Slack stores for it."""

import html
import re
from collections.abc import Iterable

from playground.errors import Json
from playground.workspace import Workspace

_MENTION = re.compile(r"(?<![\w@])@([\w.-]+)")
_LINK = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"]")
_MARK = re.compile(r"<([@#!]?)([^>|]+)(?:\|([^>]*))?>")


def as_slack_text(typed: str, workspace: Workspace, *, named: bool = False) -> str:
    """Return the message text: `&`, `<`, `>` escaped, `@name` as `<@U...>`, and links in angle brackets.

    Text that already holds `<@U...>` mentions, as an API test may write it, is kept. `named` writes `<@U...|name>`, as
    slash commands get it.
    """
    names = {user.name.lower(): user.id for user in workspace.users.values()}
    known = {user.id for user in workspace.users.values()}

    def mention(match: re.Match[str]) -> str:
        user_id = names.get(match[1].lower())
        tail = f"|{match[1].lower()}" if named else ""
        return f"<@{user_id}{tail}>" if user_id else match[0]

    parts = re.split(r"(<@\w+>)", typed)
    written = []
    for part in parts:
        if part.startswith("<@") and part[2:-1] in known:
            written.append(part)
            continue
        pieces = []
        last = 0
        for link in _LINK.finditer(part):
            pieces += [_MENTION.sub(mention, html.escape(part[last : link.start()], quote=False))]
            pieces += [f"<{html.escape(link[0], quote=False)}>"]
            last = link.end()
        pieces.append(_MENTION.sub(mention, html.escape(part[last:], quote=False)))
        written.append("".join(pieces))
    return "".join(written)


def rich_text(text: str, block_id: str) -> list[Json]:
    """Return the blocks that Slack's composer makes of a text; none for an empty one."""
    if not text:
        return []
    elements = list(_elements(text))
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _elements(text: str) -> Iterable[Json]:
    last = 0
    for mark in _MARK.finditer(text):
        if mark.start() > last:
            yield {"type": "text", "text": html.unescape(text[last : mark.start()])}
        if mark[1] == "@":
            yield {"type": "user", "user_id": mark[2]}
        elif mark[1] == "#":
            yield {"type": "channel", "channel_id": mark[2]}
        elif mark[1] == "!":
            yield {"type": "broadcast", "range": mark[2]}
        else:
            yield {"type": "link", "url": html.unescape(mark[2])} | ({"text": mark[3]} if mark[3] else {})
        last = mark.end()
    if last < len(text):
        yield {"type": "text", "text": html.unescape(text[last:])}
