"""Texts as catalogues hold them in (tags, entities, stray control characters), plain Unicode out."""

import html
import re
import unicodedata

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def plain(text: str) -> str:
    """The text without tags, entities, control and direction characters, with single spaces, in NFC."""
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split())  # nearly every cell of a catalogue
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
        if "<" in text:
            text = _TAG.sub(" ", text)  # tags that were written as entities
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub(" ", text)).split())


def unslugged(text: str) -> str:
    """A name made for file systems as words: `Medium-Fat_Milk` -> `Medium Fat Milk`."""
    return " ".join(re.sub(r"[-_]+", " ", text).split())


def sentences(parts: list[str]) -> str:
    """Several texts as one, each closed by a full stop where it has no end of its own."""
    return " ".join(part if part.endswith((".", "!", "?", "。", ":", ";")) else f"{part}." for part in parts if part)
