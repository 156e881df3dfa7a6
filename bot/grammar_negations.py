"""A text in, what it does not want put into a `Reading`, and the rest of its words out: "not leather", 取っ手なし."""

import re

from bot.grammar_kinds import kinds_ending
from bot.grammar_patterns import JA_NOT, NON, NOT
from bot.grammar_reading import Reading
from bot.grammar_words import JA_LOOKS, LOOKS, Lexicon, Value
from indexing.product import FacetField
from indexing.wording import is_japanese

_OF_BRAND = re.compile(r"from|by", re.IGNORECASE)
_OF_A_PART = re.compile(r"without|minus|no\b", re.IGNORECASE)
_AROUND = re.compile(
    r"^(?:(?:too|so|very|really|quite|all|that|this)\s+)+(?=\w)|\s+(?:either|at\s+all|any\s?more|this\s+time|again)$",
    re.IGNORECASE,
)
"""What stands around that which is refused: "not that big", "not a ball either"."""
_OF_THE_THING = re.compile(r"not|is|are|anything|everything|nothing|except|excluding|other", re.IGNORECASE)
"""Ways to refuse that speak of what it is: "not a car". "I don't like handles" may speak of a part."""


def read_negations(text: str, reading: Reading, lexicon: Lexicon) -> str:
    """Take what is not wanted out of a text."""
    while found := NOT.search(text):
        how = found.group("how")
        for part in re.split(r"\s+(?:or|nor|and)\s+|\s*/\s*", found.group("what")):
            _refuse(
                part,
                reading,
                lexicon,
                "brand" if _OF_BRAND.search(how) else None,
                is_part=_OF_A_PART.match(how) is not None,
                is_thing=_OF_THE_THING.match(how) is not None,
            )
        text = f"{text[: found.start()]} {text[found.end() :]}"
    text = NON.sub(lambda said: _without_value(said, reading, lexicon), text)
    while is_japanese(text) and (found := JA_NOT.search(text)):
        said, is_part = found.group("value") or found.group("part") or "", bool(found.group("part"))
        is_thing = bool(re.match(r"以外|では|で|じゃ|を除", found.group("how") or ""))
        for part in re.split(r"[とや、]", said):
            _refuse(part, reading, lexicon, None, is_part=is_part, is_thing=is_thing)
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _without_value(found: "re.Match[str]", reading: Reading, lexicon: Lexicon) -> str:
    """Refuse the leather of "leather-free"; "non-stick" is what a pan is, and stays a word of it."""
    said = found.group("what") or found.group("what2")
    if lexicon.find(said) is None:
        return found.group()
    _refuse(said, reading, lexicon, None, is_part=False, is_thing=False)
    return " "


def _ending(said: str, lexicon: Lexicon) -> Value | None:
    """The colour or material that the words end with: "chocolate brown", "genuine leather"."""
    tokens = said.split()
    found = (lexicon.find(" ".join(tokens[i:])) for i in range(1, min(len(tokens), 3)))
    return next((value for value in found if value and value.field in {"color", "material"}), None)


def _refuse(
    said: str, reading: Reading, lexicon: Lexicon, field: FacetField | None, *, is_part: bool, is_thing: bool
) -> None:
    """Note what is not wanted; "a sofa without cushions" refuses a part, not the type `Cushion`."""
    said = _AROUND.sub("", said.strip(" .,"))
    plain = re.sub(r"^(?:an?|the|any)\s+|\s+(?:ones?|colou?red)$", "", said, flags=re.IGNORECASE)
    value = lexicon.find(plain, field) or lexicon.find(plain) or _ending(plain, lexicon)
    is_look = plain.lower() in LOOKS or plain in JA_LOOKS
    if (value is None or value.field == "category") and not (is_part or is_look):
        kinds = dict.fromkeys((*(value.values if value else ()), *kinds_ending(plain, lexicon)))
        value = Value("category", plain, tuple(kinds)) if kinds else None
    if value and not (is_part and value.field == "category"):
        own = reading.unwanted.get(value.field, ())
        reading.unwanted[value.field] = tuple(dict.fromkeys((*own, *value.values)))
    elif said:
        reading.negatives = (*reading.negatives, said)
        if is_thing or (is_look and not is_part):
            reading.refused_things = (*reading.refused_things, said)
