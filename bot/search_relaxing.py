"""A query's filters in, weaker ones out: its conditions lifted one at a time, the least missed first."""

from collections.abc import Collection, Iterator

from bot.answer import without_condition
from indexing.store import Filters

LEAST_MISSED_FIRST = (
    "stock", "price", "any:brand", "any:material", "any:color", "any:category",
    "none:brand", "none:material", "none:color", "none:category",
)  # fmt: skip
"""The order in which conditions are lifted where nothing meets them all."""


def relaxed(filters: Filters, firm: Collection[str] = ()) -> Iterator[Filters]:
    """Weaker filters: each condition lifted alone, then one after the other; what must be, last and in the same way.

    Args:
        filters: what nothing meets.
        firm: keys of the conditions that must be: "it has to be below 60".
    """
    soft = [key for key in LEAST_MISSED_FIRST if key not in firm]
    seen = [filters]
    for keys in (soft, [*soft, *firm]):
        for weaker in (*_alone(filters, keys), *_together(filters, keys)):
            if weaker not in seen:
                seen.append(weaker)
                yield weaker


def _alone(filters: Filters, keys: Collection[str]) -> Iterator[Filters]:
    yield from (without_condition(filters, key) for key in keys)


def _together(filters: Filters, keys: Collection[str]) -> Iterator[Filters]:
    for key in keys:
        filters = without_condition(filters, key)
        yield filters
