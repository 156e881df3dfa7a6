"""A catalogue's value in, the Japanese word for it out: `stainless steel` -> ステンレス, `Toy car` -> おもちゃの車."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.grammar_kind_names import KIND_NAMES, plain_name
from bot.grammar_words import COLOURS, MATERIALS
from indexing.product import FacetField
from indexing.wording import is_japanese

LONGEST_PLEASANT = 6
"""Characters; of several names the first that is no longer is taken."""
_TABLES: Mapping[FacetField, Mapping[str, tuple[str, ...]]] = {
    "color": COLOURS,
    "material": MATERIALS,
    "category": KIND_NAMES,
}
_BETWEEN = re.compile(r"\s+(?:and|with|&)\s+|\s*[/,;+×・、]\s*", re.IGNORECASE)


@lru_cache(maxsize=1024)
def in_japanese(value: str, field: FacetField) -> str:
    """The value in Japanese where its words are known, part by part: `navy and white` -> ネイビー・白; else as it is.

    A brand is a name, and stays.
    """
    if field == "brand" or is_japanese(value):
        return value
    if whole := _name(value, field):
        return whole
    names = [_name(part, field) for part in _BETWEEN.split(value) if part.strip()]
    return "・".join(names) if names and all(names) else value


def _name(value: str, field: FacetField) -> str:
    """The Japanese name of one thing, in whichever table it is; empty where none is known."""
    asked = plain_name(value)
    for table in (_TABLES[field], *_TABLES.values()):
        for name, others in table.items():
            if any(asked == plain_name(known) for known in (name, *others)):
                japanese = [other for other in others if is_japanese(other)]
                return min(japanese, key=lambda other: len(other) > LONGEST_PLEASANT) if japanese else ""
    return ""
