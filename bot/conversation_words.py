"""The words so far and a reading in, the words of the next query out: added, replaced, dropped. Pure."""

import re
from collections.abc import Iterable

from bot.conversation_subject import is_same_subject
from bot.grammar import is_look
from bot.grammar_kinds import kinds_named
from bot.grammar_objections import against
from bot.grammar_reading import Reading
from bot.grammar_words import Lexicon
from indexing.wording import is_japanese, words_of


def joined_words(before: str, reading: Reading, lexicon: Lexicon) -> str:
    """What the encoder and the lexical index are asked after this message."""
    before = _without(before, reading.dropped_words)
    before = _without_kinds(before, frozenset(reading.unwanted.get("category", ())), lexicon)
    if not reading.words:
        return before
    before = _without(before, [other for word in reading.words.lower().split() for other in against(word)])
    named, named_before = kinds_named(reading.words, lexicon), kinds_named(before, lexicon)
    if named and named < named_before:
        return reading.words  # "just the rug" of rug and cushion
    if not before or is_same_subject(before, reading.words):
        return reading.words if len(words_of(reading.words)) >= len(words_of(before)) else before
    if named and not is_look(reading.words):
        # Another name for the kind: "floor lamp" after "bigger bedside lamp".
        return " ".join([*(word for word in before.split() if is_look(word)), reading.words])
    if is_japanese(reading.words):
        return f"{reading.words} {before}"
    # "bigger" goes before the noun, "with a lid" after it
    is_tail = re.match(r"(?:with|for|on|that|which|made|and)\b", reading.words, re.IGNORECASE)
    return f"{before} {reading.words}" if is_tail else f"{reading.words} {before}"


def joined_negatives(before: Iterable[str], reading: Reading) -> tuple[str, ...]:
    """What is to be moved away from after this message."""
    dropped = {word for said in reading.dropped_words for word in words_of(said)}
    kept = (text for text in before if not dropped & set(words_of(text)))
    return tuple(dict.fromkeys((*kept, *reading.negatives)))


def _without_kinds(text: str, refused: frozenset[str], lexicon: Lexicon) -> str:
    """A text without what names a refused type: "mugs and lamps" and "not a lamp" leave "mugs"."""
    named = kinds_named(text, lexicon)
    if not named & refused:
        return text
    if named <= refused:
        return " ".join(word for word in text.split() if is_look(word))
    return _without(text, [word for word in text.split() if kinds_named(word, lexicon) & refused])


def _without(text: str, dropped: Iterable[str]) -> str:
    """A text without some of its words, and without a "with" that is left over."""
    gone = {word for said in dropped for word in words_of(said)}
    if not gone:
        return text
    kept = " ".join(word for word in text.split() if not gone & set(words_of(word)))
    return re.sub(r"\s+(?:with|and|in|of|for)(?:\s+(?:an?|the))?\s*$", "", kept)
