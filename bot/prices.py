"""A question for prices and the products of the last answer in; the sentence that tells what they cost out. Pure."""

import re
from collections.abc import Iterator, Sequence

from bot.grammar_patterns import JA_NTH, NTH, ORDINALS
from bot.grammar_words import Lexicon
from bot.sentences import Voice
from indexing.product import Product
from indexing.wording import folded

_PLACE = re.compile(rf"{NTH}|{JA_NTH}", re.IGNORECASE)
_THE_ONE = re.compile(r"\bthe\s+(?P<what>[\w'-]+)\s+ones?\b", re.IGNORECASE)


def price_sentence(text: str, shown: Sequence[Product], lexicon: Lexicon, voice: Voice) -> str:
    """What the products asked about cost: of one in a sentence, of several in a line each, numbered as they were shown.

    Args:
        text: "how much is the second?", 2番目はいくらですか; where it points at none of them, all are meant.
        shown: the products of the last answer, in order; at least one.
        lexicon: of the catalogue.
        voice: of the person who asks.
    """
    meant = places_asked(text, shown, lexicon) or list(range(1, len(shown) + 1))
    if len(meant) == 1:
        product = shown[meant[0] - 1]
        key = "price-of" if product.price else "price-unknown"
        return voice.sentence(key, title=title_of(product, voice), **_price(product, voice))
    return "\n".join(_line(place, shown[place - 1], voice) for place in meant)


def places_asked(text: str, shown: Sequence[Product], lexicon: Lexicon) -> list[int]:
    """Places, from 1, of the products shown that a question points at: "the second", "the blue one"; each once."""
    return list(dict.fromkeys(_meant(text, shown, lexicon)))


def _meant(text: str, shown: Sequence[Product], lexicon: Lexicon) -> Iterator[int]:
    for found in _PLACE.finditer(text):
        said = next(group for group in found.groups() if group)
        place = int(said) if said.isdecimal() else ORDINALS[said.lower()]
        place = len(shown) + 1 + place if place < 0 else place
        if 1 <= place <= len(shown):
            yield place
    for found in _THE_ONE.finditer(text):
        if value := lexicon.find(found.group("what")):
            values = {folded(each) for each in value.values}
            yield from (place for place, product in enumerate(shown, 1) if product.facet(value.field) in values)


def _line(place: int, product: Product, voice: Voice) -> str:
    key = "price-line" if product.price else "price-line-unknown"
    return voice.sentence(key, place=place, title=title_of(product, voice), **_price(product, voice))


def _price(product: Product, voice: Voice) -> dict[str, str]:
    return {"price": voice.money(product.price)} if product.price else {}


def title_of(product: Product, voice: Voice) -> str:
    """The product's title in the person's language, on one line."""
    return " ".join(product.title_in(voice.language).split()) or product.id
