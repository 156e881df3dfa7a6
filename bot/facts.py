"""A question for a fact and the products of the last answer in; the sentence that tells it out.

"Who makes it?" and "what is it made of?" are asked of what was shown; "what colours do you have?" of the kind of thing
that is looked for.
"""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from bot.answer import value_in, without_condition
from bot.grammar_patterns import FACTS
from bot.grammar_words import Lexicon
from bot.prices import places_asked, title_of
from bot.query import Query
from bot.sentences import Voice
from indexing.product import FacetField, Product
from indexing.store import VectorStore
from indexing.wording import head_component

MOST_VALUES = 12
"""Colours and so on that one sentence names."""
MOST_READ = 500


def fact_sentence(
    text: str, query: Query, shown: Sequence[Product], store: VectorStore, lexicon: Lexicon, voice: Voice
) -> str:
    """The answer to a question for a brand, a material or a colour; for anything else, that its page may tell.

    Args:
        text: read as `Command.FACT`.
        query: of the last answer.
        shown: its products, in order; at least one.
        store: counts what there is of a kind.
        lexicon: of the catalogue.
        voice: of the person who asks.

    Raises:
        StoreUnavailable: no answer within the timeout.
    """
    found = FACTS.search(text)
    field = _FIELDS.get(_plain(found.lastgroup or "")) if found else None
    if found is None or field is None:
        return voice.sentence("fact-unknown")
    if (found.lastgroup or "").startswith("all_"):
        return _all_there_is(field, query, store, voice)
    meant = places_asked(text, shown, lexicon) or range(1, len(shown) + 1)
    return "\n".join(_line(place, shown[place - 1], field, voice) for place in meant)


_FIELDS: dict[str, FacetField] = {"brand": "brand", "material": "material", "color": "color"}


def _plain(group: str) -> str:
    return re.sub(r"^all_|_ja$", "", group)


def _all_there_is(field: FacetField, query: Query, store: VectorStore, voice: Voice) -> str:
    filters = without_condition(query.filters, f"any:{field}")
    if query.types and not any(name == "category" for name, _values in filters.any_of):
        filters = msgspec.structs.replace(filters, any_of=(*filters.any_of, ("category", query.types)))
    counts: Counter[str] = Counter()
    for value, count in store.facets(filters, top=MOST_READ).values.get(field, ()):
        counts[value if field == "brand" else head_component(value)] += count  # "navy and white" is a navy one
    if not counts:
        return voice.sentence("fact-unknown")
    comma = "、" if voice.language == "ja" else ", "
    values = comma.join(value_in(value, field, voice) for value, _count in counts.most_common(MOST_VALUES))
    return voice.sentence("fact-values", values=values)


def _line(place: int, product: Product, field: FacetField, voice: Voice) -> str:
    value = value_in(str(getattr(product, field)), field, voice)
    key = "fact-line" if value else "fact-line-unknown"
    return voice.sentence(key, place=place, title=title_of(product, voice), **({"value": value} if value else {}))
