"""A query's filters in, weaker ones out: as few conditions lifted as may be, the least missed first."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from bot.answer import without_condition
from bot.query import Query
from indexing.store import Filters

LEAST_MISSED_FIRST = (
    "stock", "price", "any:brand", "any:material", "any:color", "any:category",
    "none:brand", "none:material", "none:color", "none:category",
)  # fmt: skip
"""The order in which conditions are lifted where nothing meets them all."""


MOST_TRIES = 16
"""Weaker filters that are tried before all conditions are lifted: each is a search."""


def relaxed(query: Query) -> Iterator[Filters]:
    """Weaker filters: one condition lifted, then two, and so on; what was said last, and what must be, only at last."""
    present = [key for key in LEAST_MISSED_FIRST if without_condition(query.filters, key) != query.filters]
    soft = [key for key in present if key not in query.firm]
    soft.sort(key=lambda key: key in query.latest)
    firm = [key for key in present if key in query.firm]
    tries = [*_subsets(soft), *((*soft, *some) for some in _subsets(firm))]
    for keys in (*tries[:MOST_TRIES], *([tuple(present)] if len(tries) > MOST_TRIES else [])):
        weaker = query.filters
        for key in keys:
            weaker = without_condition(weaker, key)
        yield weaker


def _subsets(keys: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for count in range(1, len(keys) + 1):
        yield from combinations(keys, count)
