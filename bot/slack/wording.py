"""Slack's text in, plain text and links out; and back: catalogue text escaped for mrkdwn."""

import html
import re
from dataclasses import dataclass

_MENTION = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]+)(?:\|([^>]*))?>")
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]+(?:\|([^>]*))?>")
_SPECIAL = re.compile(r"<![^>]*>")
_EMOJI = re.compile(r":[a-z0-9_+'-]+:(?::skin-tone-\d:)?")
_STYLE = re.compile(r"(?<![\w*_~`])([*_~`]{1,3})(\S(?:.*?\S)?)\1(?![\w*_~`])", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What a message says."""

    text: str
    """Plain text without mentions, links and emoji; Slack's escapes undone."""
    links: tuple[str, ...]
    """http(s) addresses in it, in order, each once."""
    mentioned: frozenset[str]
    """Ids of the users it mentions."""


def said(text: str) -> Said:
    """Read a message's text as Slack sends it."""
    mentioned = frozenset(_MENTION.findall(text))
    links = dict.fromkeys(html.unescape(m[1]) for m in _LINK.finditer(text) if m[1].startswith("http"))
    plain = _MENTION.sub(" ", text)
    plain = _LINK.sub(" ", plain)
    plain = _CHANNEL.sub(lambda m: f" {m[1] or ''} ", plain)
    plain = _EMOJI.sub(" ", _SPECIAL.sub(" ", plain))
    plain = _STYLE.sub(r"\2", plain)
    return Said(text=" ".join(html.unescape(plain).split()), links=tuple(links), mentioned=mentioned)


def escaped(text: str) -> str:
    """Text of the catalogue or of a person, so that Slack shows it as it is and pings nobody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
