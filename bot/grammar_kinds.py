"""Words in, the types of the live catalogue that they name out: "a lamp for my desk" -> `Table lamp`."""

import re
from collections.abc import Iterator

from bot.grammar_kind_names import KIND_NAMES, plain_name
from bot.grammar_patterns import PARTS
from bot.grammar_words import Lexicon
from indexing.lexical import edits, is_slip
from indexing.wording import LITTLE_WORDS, folded, is_japanese

_HEAD = re.compile(
    r"\s+(?:with|without|for|in|on|of|to|that|which|like|from|by|under|over|at)\s+|[.;!?()]", re.IGNORECASE
)
_OPENS = re.compile(r"^(?:with|without|for|in|on|of|to|that|which|like|from|by|under|over|at)\s", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|or|&)\s+|[,、/]\s*|と|や|または")
LEAST_OF_A_SLIP = 6
"""Letters: in shorter words a slip is as likely another word, "books" for "boots"."""
LEAST_OF_TWO_SLIPS = 8
LEAST_OF_AN_ENDING = 3
"""Letters of a word that may end another within it, where a kind is refused."""
LEAST_OF_A_COMPOUND = 4
"""Characters of a name that may end a longer word: コーヒーマグカップ, but not リング in イヤリング."""


def kinds_named(words: str, lexicon: Lexicon) -> frozenset[str]:
    """The types that a phrase names by itself; not "handle" in "with a handle". Empty where it names none."""
    return types_named(words, lexicon) or _by_head(words, lexicon)


def types_named(words: str, lexicon: Lexicon) -> frozenset[str]:
    """The types that a phrase certainly names: "doll house" is not `Bird house`, though it may be akin."""
    if _OPENS.match(words):
        return frozenset()
    parts = _AND.split(_HEAD.split(words, maxsplit=1)[0])
    return frozenset().union(*(_named(part, lexicon) for part in parts))


def _named(phrase: str, lexicon: Lexicon) -> frozenset[str]:
    names = lexicon.kind_names
    if is_japanese(phrase):
        found = [(place.end(), len(name), name) for name in names for place in _japanese_places(name, folded(phrase))]
        return names[max(found)[2]] if found else frozenset()
    tokens = plain_name(phrase).split()
    # The thing itself comes last: a "table lamp" is no table, a "glass top" no glass.
    last = len(tokens) if tokens and tokens[-1] in PARTS else 1
    for end in range(len(tokens), last - 1, -1):
        for start in range(max(end - lexicon.longest, 0), end):
            if kinds := names.get(" ".join(tokens[start:end])):
                return kinds
    if not tokens or tokens[-1] in LITTLE_WORDS:
        return frozenset()
    alike = [kinds for name, kinds in names.items() if " " not in name and _is_akin(tokens[-1], name)]
    return alike[0] if alike else frozenset()


def _japanese_places(name: str, phrase: str) -> Iterator[re.Match[str]]:
    """Where a name stands for itself: not マグ in マグネット, 靴 in 靴下, かさ in いかさま."""
    if not is_japanese(name):
        return
    kana = "ァ-ヶー"
    if re.fullmatch(rf"[{kana}]+", name):
        before = rf"(?<![{kana}])" if len(name) < LEAST_OF_A_COMPOUND else ""
        pattern = rf"{before}{name}(?![{kana}])"
    elif re.fullmatch("[ぁ-ん]+", name):
        pattern = rf"(?:^|(?<=[\sのないた])){name}(?=$|[\sをがはもでに])"
    else:
        pattern = rf"{re.escape(name)}(?![一-龯])"
    yield from re.finditer(pattern, phrase)


def _by_head(words: str, lexicon: Lexicon) -> frozenset[str]:
    """The types that end with the last word of a phrase: "desk lamp" is akin to `Table lamp`."""
    tokens = plain_name(_HEAD.split(words, maxsplit=1)[0]).split()
    if _OPENS.match(words) or not tokens or tokens[-1] in LITTLE_WORDS:
        return frozenset()
    return frozenset(kind for kind in lexicon.kinds if f" {plain_name(kind)}".endswith(f" {tokens[-1]}"))


def kinds_ending(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The types whose names end with a word: "car" -> `Toy car`, "bag" -> `Tote bag` and `Handbag`, 車 -> `Toy car`."""
    said = plain_name(name)
    if not said or re.fullmatch("[ぁ-ん]+", said):
        return ()
    ending = said if is_japanese(said) or len(said) >= LEAST_OF_AN_ENDING else f" {said}"
    return tuple(sorted({kind for own, kinds in lexicon.kind_names.items() if own.endswith(ending) for kind in kinds}))


def kind_not_had(words: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The names of a kind that words ask for and the catalogue has nothing of: "a red dress"; else none."""
    if not lexicon.kinds or _OPENS.match(words) or kinds_named(words, lexicon):
        return ()
    asked = plain_name(_HEAD.split(words, maxsplit=1)[0])
    ending = asked if is_japanese(asked) else f" {asked}"
    for kind, others in KIND_NAMES.items():
        for name in map(plain_name, (kind, *others)):
            if ending.endswith(name if is_japanese(name) else f" {name}"):
                return (kind, *others)
    return ()


def _is_akin(word: str, name: str) -> bool:
    """True for a compound of the name, or a slip in it: "basketball", "umbrela"."""
    if len(name) >= LEAST_OF_A_COMPOUND and len(word) > len(name) + 2 and word.endswith(name):
        return True
    shorter = min(len(word), len(name))
    if shorter < LEAST_OF_TWO_SLIPS:
        return shorter >= LEAST_OF_A_SLIP and edits(word, name, 1) <= 1
    return is_slip(word, name)
