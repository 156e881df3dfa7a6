"""A text in, comparable words out: folded, without endings and little words; Japanese as pairs of characters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LITTLE_WORDS_TEXT = """
a an the of for to in on at with without and or no not from by is are be my your i we me you it its this
that these those some any something anything like want need looking find show give please one ones do
does have has got there what which who could would am
"""
LITTLE_WORDS = frozenset(_LITTLE_WORDS_TEXT.split())
_CJK = r"\u3041-\u30ff\u3400-\u9fff\uff66-\uff9f々ー"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+(?:['’][^\W_{_CJK}]+)?")
_IS_CJK = re.compile(rf"[{_CJK}]")
_JA_LITTLE = re.compile(r"(?:が|の|を|に|で|は|も|と|な|へ|や|から|まで|より|です|ます|ください|ほしい|欲しい)+")


def folded(text: str) -> str:
    """The text as it is compared: NFKC, case-folded, spaces single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_japanese(text: str) -> bool:
    """True where the text holds kana or Chinese characters."""
    return _IS_CJK.search(text) is not None


def stem(word: str) -> str:
    """An English word without its plural: mugs -> mug, boxes -> box, knives -> knife, berries -> berry."""
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ves"):
        return word[:-3] + ("fe" if word in {"knives", "wives", "lives"} else "f" if word in _F_WORDS else "ve")
    if word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return word[:-2]
    return word.removesuffix("s")


_F_WORDS = {"shelves", "scarves", "leaves", "loaves", "halves", "wolves", "hooves", "calves", "selves", "thieves"}


def _tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(folded(text)):
        run = match.group()
        if not is_japanese(run):
            yield stem(run.removesuffix("'s").removesuffix("’s"))
            continue
        for part in _JA_LITTLE.split(run):
            if len(part) == 1:
                yield part
            yield from (part[i : i + 2] for i in range(len(part) - 1))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text that mean something, in order, each in its plain form."""
    return tuple(token for token in _tokens(text) if token not in LITTLE_WORDS)


@lru_cache(maxsize=4096)
def ends_with_phrase(text: str, phrase: str) -> bool:
    """True where the words of the text end with those of the phrase."""
    inside, wanted = words_of(text), words_of(phrase)
    return len(wanted) > 0 and inside[-len(wanted) :] == wanted


@lru_cache(maxsize=4096)
def contains_phrase(text: str, phrase: str) -> bool:
    """True where the words of the phrase stand side by side in the text."""
    inside, wanted = words_of(text), words_of(phrase)
    n = len(wanted)
    return n > 0 and any(inside[i : i + n] == wanted for i in range(len(inside) - n + 1))


_COMPONENTS = (" and ", " & ", " with ", "/", "×", ",", "・", "、", "+", ";")


@lru_cache(maxsize=4096)
def head_component(value: str) -> str:
    """The first of several colours or materials: `navy and white` -> `navy`."""
    lowered = folded(value)
    cut = min((lowered.find(mark) for mark in _COMPONENTS if mark in lowered), default=len(lowered))
    return lowered[:cut].strip() or lowered
