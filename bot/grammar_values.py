"""A text in, the facet values that it names out, put into a `Reading`, with the rest of its words."""

import re
from collections.abc import Sequence

from bot.grammar_kind_names import EVERY_NAME, plain_name
from bot.grammar_patterns import AS_ADJECTIVES, EDGE, FROM, JA_AFTER, KANJI, KATAKANA, OF, PARTS, THING_COLOURS
from bot.grammar_reading import Reading
from bot.grammar_words import LOOKS, TINTS, Lexicon, Value
from indexing.wording import LITTLE_WORDS, is_japanese, stem


def read_values(text: str, reading: Reading, lexicon: Lexicon) -> str:
    """Take brands, colours, materials and (where said to be one) types out of a text."""
    text = _read_brand(text, reading, lexicon)
    text = _read_japanese_values(text, reading, lexicon) if is_japanese(text) else text
    tokens = text.split()
    kept: list[str] = []
    i = 0
    while i < len(tokens):
        for n in range(min(lexicon.longest, len(tokens) - i), 0, -1):
            value = _value_at(tokens, i, n, lexicon)
            if value and not _is_subject(tokens, i, n, value) and not _is_of_part(tokens, i, n, lexicon):
                if value.field == "color" and kept and kept[-1].lower() in TINTS:
                    kept.pop()
                _want(value, reading)
                i += n
                break
        else:
            kept.append(tokens[i])
            i += 1
    return " ".join(kept)


def _value_at(tokens: Sequence[str], i: int, n: int, lexicon: Lexicon) -> Value | None:
    name = " ".join(tokens[i : i + n]).strip(".,;!?\"'“”()")
    if i >= 2 and OF.match(tokens[i - 1]) and tokens[i - 2].lower() in {"made", "out", "consisting"}:
        return lexicon.find(name, "material") or lexicon.find(name)
    value = lexicon.find(name)
    if value and value.field != "brand" and _is_end_of_a_kind(tokens, i, lexicon):
        return None
    if value and value.field == "category":
        # A type is a condition only where it is said to be one: "only mugs". Else it is the subject, and goes to CLIP.
        return value if i and tokens[i - 1].lower() in {"only", "just"} else None
    if value and value.field == "brand" and (len(name) < 3 or name.lower() in LOOKS | LITTLE_WORDS):
        return None
    return value


def _is_end_of_a_kind(tokens: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """True where a word ends the name of a kind that those before it begin: "bottle" in "a water bottle green"."""
    names = (plain_name(" ".join(tokens[start : i + 1])) for start in range(max(i - 2, 0), i))
    return any(name in lexicon.kind_names or name in EVERY_NAME for name in names)


def _is_subject(tokens: Sequence[str], i: int, n: int, value: Value) -> bool:
    """True where the words are the thing itself, "glass" in "wine glass", not what it is like."""
    if value.field == "brand":
        return False
    name = " ".join(tokens[i : i + n]).lower().strip(".,;!?")
    if value.field == "color" and name not in THING_COLOURS:
        return False
    if name in AS_ADJECTIVES:
        return False
    if i and tokens[i - 1].endswith(_ENDS):
        return False  # "a teapot, cast iron": said of the thing before
    before = [t.lower().strip(",") for t in tokens[:i]]
    if value.field == "color" and before and before[-1] in TINTS:
        return False
    if before and before[-1] in {"in", "of", "from", "only", "just", "or", "and"}:
        return False
    content_before = [t for t in before if t not in EDGE and t not in LOOKS]
    after = [t.lower().strip(".,;!?") for t in tokens[i + n :]]
    is_last = not after or after[0] in {"with", "for", "in", "under", "from", "by", "and", "or", "of", "on", "without"}
    return is_last and bool(content_before)


def _is_of_part(tokens: Sequence[str], i: int, n: int, lexicon: Lexicon) -> bool:
    """True where the words say what a part is like, not the thing: "wooden" in "a pan with a wooden handle"."""
    if i + n < len(tokens) and stem(tokens[i + n].lower().strip(".,;!?")) in PARTS:
        return True
    clause: list[str] = []
    for token in tokens[:i]:
        clause = [] if token.endswith(_ENDS) or token.lower() in _AFTER_A_PART else [*clause, token.lower()]
    if "with" not in clause or tokens[i + n - 1].endswith(_ENDS):
        return False
    for token in tokens[i + n :]:  # a part must follow: "with red or blue stripes", but not "with red or blue"
        plain = token.lower().strip(".,;!?")
        if plain in _AFTER_A_PART:
            return False
        if plain and plain not in {"and", "or"} and plain not in EDGE and not lexicon.find(plain):
            return True
        if token.endswith(_ENDS):
            return False
    return False


_ENDS = (",", ".", ";", "!", "?")
_AFTER_A_PART = frozenset({"in", "for", "from", "by", "under", "over", "but", "made"})


def _want(value: Value, reading: Reading) -> None:
    own = reading.wanted.get(value.field, ())
    reading.wanted[value.field] = tuple(dict.fromkeys((*own, *value.values)))


def _read_brand(text: str, reading: Reading, lexicon: Lexicon) -> str:
    for found in FROM.finditer(text):
        tokens = found.group("name").split()
        for n in range(min(lexicon.longest, len(tokens)), 0, -1):
            value = lexicon.find(" ".join(tokens[:n]), "brand")
            if value:
                _want(value, reading)
                rest = " ".join((*tokens[n:],))
                return f"{text[: found.start()]} {rest} {text[found.end() :]}"
    return text


def _read_japanese_values(text: str, reading: Reading, lexicon: Lexicon) -> str:
    for brand in lexicon.latin_brands:
        pattern = rf"(?<![a-z0-9]){re.escape(brand.name)}(?![a-z0-9])(?:の|製|社)*(?:もの)?(?:で|が)?"
        if found := re.search(pattern, text, re.IGNORECASE):
            _want(brand, reading)
            text = _without(text, found)
    for name in lexicon.japanese:
        value = lexicon.find(name) if name in text else None
        if value is None or value.field == "category":
            continue
        found = re.search(_japanese_pattern(name) + JA_AFTER, text)
        if found and not _is_japanese_subject(text, found, value):
            _want(value, reading)
            text = _without(text, found)
    return text


def _japanese_pattern(name: str) -> str:
    """Where a name stands for itself: not 木 in 木曜日, not タン in ボタン, not ろう in ろうそく."""
    if len(name) == 1:
        return rf"(?<![{KANJI}]){name}(?=[いの色製でにがをはもとかや系っ、\s{KATAKANA}]|$)"
    if re.fullmatch(rf"[{KATAKANA}]+", name):
        return rf"(?<![{KATAKANA}]){name}" + (rf"(?![{KATAKANA}])" if len(name) < 3 else "")
    if re.fullmatch("[ぁ-ん]+", name):
        return rf"(?<![ぁ-ん]){name}(?=[のでにがを製色、\s]|$)"
    return rf"(?<![{KANJI}])" + re.escape(name) if re.match(f"[{KANJI}]", name) else re.escape(name)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _is_japanese_subject(text: str, found: re.Match[str], value: Value) -> bool:
    """True for ガラス in ワイングラス-like compounds: a material at the end, after の-less words."""
    before, after = text[: found.start()].rstrip(), text[found.end() :].strip()
    return value.field == "material" and not after and bool(before) and not before.endswith(("の", "、", "で"))
