"""Words in, the types of the live catalogue that they name out: "a lamp for my desk" -> `Table lamp`."""

import re

from bot.grammar_words import Lexicon
from indexing.lexical import is_slip
from indexing.wording import LITTLE_WORDS, folded, stem

_HEAD = re.compile(
    r"\s+(?:with|without|for|in|on|of|to|that|which|like|from|by|under|over|at)\s+|[.;!?()]", re.IGNORECASE
)
_OPENS = re.compile(r"^(?:with|without|for|in|on|of|to|that|which|like|from|by|under|over|at)\s", re.IGNORECASE)
LEAST_OF_A_SLIP = 6
"""Letters: in shorter words a slip is as likely another word, "books" for "boots"."""


def kinds_named(words: str, lexicon: Lexicon) -> frozenset[str]:
    """The types that a phrase names by itself; not "handle" in "with a handle". Empty where it names none."""
    if _OPENS.match(words):
        return frozenset()
    tokens = _plain(_HEAD.split(words, maxsplit=1)[0])
    found = frozenset(kind for kind in lexicon.kinds if _contains(tokens, _plain(kind)))
    if found or not tokens or tokens[-1] in LITTLE_WORDS:
        return found
    last = tokens[-1]
    return frozenset(kind for kind in lexicon.kinds if _is_head(last, _plain(kind)[-1]))


def spelt(words: str, lexicon: Lexicon) -> str:
    """The words with a type's name spelt as the catalogue spells it: "umbrela" -> "umbrella"."""
    names = {part for kind in lexicon.kinds for part in folded(kind).split()}
    return " ".join(_respelt(token, names) for token in words.split())


def _respelt(token: str, names: set[str]) -> str:
    plain = stem(folded(token))
    if len(plain) < LEAST_OF_A_SLIP or plain in {stem(name) for name in names}:
        return token
    return next((name for name in sorted(names) if is_slip(plain, name)), token)


def _plain(text: str) -> list[str]:
    return [stem(word.strip(",'\"")) for word in folded(text).replace("-", " ").split()]


def _contains(tokens: list[str], kind: list[str]) -> bool:
    n = len(kind)
    return n > 0 and any(tokens[i : i + n] == kind for i in range(len(tokens) - n + 1))


def _is_head(word: str, head: str) -> bool:
    """True for the name itself, a compound of it, or a slip in it: "lamp", "basketball", "umbrela"."""
    if word == head or (len(head) >= 4 and len(word) > len(head) + 2 and word.endswith(head)):
        return True
    return min(len(word), len(head)) >= LEAST_OF_A_SLIP and is_slip(word, head)
