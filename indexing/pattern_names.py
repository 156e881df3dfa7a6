"""Words asked in, other names of the patterns that they name out: "stripy" is what a catalogue calls striped.

A pattern that is called by the name that most shops use stays what was asked: "checked" is not widened to gingham.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

from indexing.wording import contains_phrase, folded, is_japanese
from inference.train.words import PATTERNS_EN, PATTERNS_JA

_OTHERWISE_TEXT = (
    "lined solid check flowers fading faded ringed dipped chipped confetti segmented panelled alternating "
    "シンプル モザイク パネル 格子"
)
OTHERWISE = frozenset((*_OTHERWISE_TEXT.split(), "a band"))
"""Words that say something else as often: a lined basket, solid oak."""


@dataclass(frozen=True, slots=True)
class PatternNamed:
    """A pattern by the word that was used for it."""

    word: str
    usual: tuple[str, ...]
    """What most shops call the patterns that it may mean."""
    others: tuple[str, ...]
    """All that they are called, but for the word itself."""


@lru_cache(maxsize=4096)
def patterns_named(text: str) -> tuple[PatternNamed, ...]:
    """The patterns that a text calls by other than their usual names, in its language."""
    asked = folded(text)
    if not is_japanese(asked):
        return tuple(named for named in _names("en") if named.others and contains_phrase(asked, named.word))
    found = []
    for named in _names("ja"):  # no spaces part the words: the longest name is the one that was meant
        if named.word in asked:
            asked = asked.replace(named.word, " ")
            if named.others:
                found.append(named)
    return tuple(found)


@cache
def _names(language: str) -> tuple[PatternNamed, ...]:
    """Each name, the longest first; a usual name has no others."""
    table = PATTERNS_JA if language == "ja" else PATTERNS_EN
    groups = [
        [*([value] if language == "en" else []), *(word.removeprefix("with ") for word in words.split(", "))]
        for value, words in table.items()
    ]
    usual = {names[0] for names in groups}
    found = [PatternNamed(name, (), ()) for name in usual]
    for word in {name for names in groups for name in names} - usual - OTHERWISE:
        own = [names for names in groups if word in names]
        others = dict.fromkeys(name for names in own for name in names if name != word)
        found.append(PatternNamed(word, tuple(dict.fromkeys(names[0] for names in own)), tuple(others)))
    return tuple(sorted(found, key=lambda named: (-len(named.word), named.word)))
