"""A text in, what it does not want put into a `Reading`, and the rest of its words out: "not leather", 取っ手なし."""

import re

from bot.grammar_patterns import JA_NOT, NON, NOT
from bot.grammar_reading import Reading
from bot.grammar_words import Lexicon, Value
from indexing.product import FacetField
from indexing.wording import is_japanese


def read_negations(text: str, reading: Reading, lexicon: Lexicon) -> str:
    """Take what is not wanted out of a text."""
    while found := NOT.search(text) or NON.search(text):
        groups = found.groupdict()
        said = groups.get("what") or groups.get("what2") or ""
        is_of_brand = bool(re.search(r"from|by", groups.get("how") or "", re.IGNORECASE))
        for part in re.split(r"\s+(?:or|nor|and)\s+|\s*/\s*", said):
            is_part = bool(re.match(r"without|minus|no\b", groups.get("how") or "", re.IGNORECASE))
            _refuse(part, reading, lexicon, "brand" if is_of_brand else None, is_part=is_part)
        text = f"{text[: found.start()]} {text[found.end() :]}"
    while is_japanese(text) and (found := JA_NOT.search(text)):
        said = found.group("value") or found.group("part") or ""
        for part in re.split(r"[とや、]", said):
            _refuse(part, reading, lexicon, None, is_part=bool(found.group("part")))
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _ending(said: str, lexicon: Lexicon) -> Value | None:
    """The colour or material that the words end with: "chocolate brown", "genuine leather"."""
    tokens = said.split()
    found = (lexicon.find(" ".join(tokens[i:])) for i in range(1, min(len(tokens), 3)))
    return next((value for value in found if value and value.field in {"color", "material"}), None)


def _refuse(said: str, reading: Reading, lexicon: Lexicon, field: FacetField | None, *, is_part: bool) -> None:
    """Note what is not wanted; "a sofa without cushions" refuses a part, not the type `Cushion`."""
    said = re.sub(r"^(?:too|so|very)\s+", "", said.strip(" .,"), flags=re.IGNORECASE)
    plain = re.sub(r"^(?:an?|the|any)\s+|\s+(?:ones?|colou?red)$", "", said, flags=re.IGNORECASE)
    value = lexicon.find(plain, field) or lexicon.find(plain) or _ending(plain, lexicon)
    if value and not (is_part and value.field == "category"):
        own = reading.unwanted.get(value.field, ())
        reading.unwanted[value.field] = tuple(dict.fromkeys((*own, *value.values)))
    elif said:
        reading.negatives = (*reading.negatives, said)
