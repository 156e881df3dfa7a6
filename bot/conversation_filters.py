"""A query's filters and a reading in, the filters with what was read out: values, prices, stock. Pure."""

from collections.abc import Collection, Sequence
from statistics import median

import msgspec

from bot.grammar_money import PriceRange
from bot.grammar_reading import Reading
from indexing.product import FacetField, Product
from indexing.store import Filters


def filtered(before: Filters, reading: Reading, shown: Sequence[Product]) -> Filters:
    """The conditions so far, with those that a message says or lifts.

    Args:
        before: the conditions so far.
        reading: the message.
        shown: the products of the last answer: "cheaper" is less than their middle price.
    """
    return _priced(_switched(_faceted(before, reading), reading), reading, shown)


def filters_of(filters: Filters, names: Collection[str]) -> Filters:
    """Of the conditions those of these names: `price`, `color` and so on."""
    kept = Filters(any_of=tuple(pair for pair in filters.any_of if pair[0] in names))
    if "price" not in names:
        return kept
    low, high = filters.min_price_minor, filters.max_price_minor
    return msgspec.structs.replace(kept, currency=filters.currency, min_price_minor=low, max_price_minor=high)


def _faceted(filters: Filters, reading: Reading) -> Filters:
    chosen: dict[FacetField, tuple[str, ...]] = dict(filters.any_of)
    refused: dict[FacetField, tuple[str, ...]] = dict(filters.none_of)
    for lifted in reading.lifted:
        for table in (chosen, refused):
            table.pop(lifted, None)  # type: ignore[call-overload]
    for name, dropped in reading.dropped.items():
        chosen, refused = _without(chosen, name, dropped), _without(refused, name, dropped)
    for name, values in reading.wanted.items():
        chosen[name] = tuple(dict.fromkeys((*chosen.get(name, ()), *values))) if reading.is_also else values
        refused = _without(refused, name, values)
    for name, values in reading.unwanted.items():
        refused[name] = tuple(dict.fromkeys((*refused.get(name, ()), *values)))
        chosen = _without(chosen, name, values)
    return msgspec.structs.replace(filters, any_of=tuple(chosen.items()), none_of=tuple(refused.items()))


def _without(
    table: dict[FacetField, tuple[str, ...]], name: FacetField, values: Sequence[str]
) -> dict[FacetField, tuple[str, ...]]:
    kept = tuple(value for value in table.get(name, ()) if value not in values)
    return {**{k: v for k, v in table.items() if k != name}, **({name: kept} if kept else {})}


def _switched(filters: Filters, reading: Reading) -> Filters:
    if "price" in reading.lifted:
        filters = msgspec.structs.replace(filters, currency="", min_price_minor=None, max_price_minor=None)
    return filters if reading.in_stock is None else msgspec.structs.replace(filters, in_stock=reading.in_stock)


def _priced(filters: Filters, reading: Reading, shown: Sequence[Product]) -> Filters:
    if reading.price:
        return _bounded(filters, reading.price)
    if not (reading.is_cheaper or reading.is_dearer):
        return filters
    middle = _measure(reading, shown)
    if middle is None:
        return filters
    currency, minor = middle
    low, high = (filters.min_price_minor, filters.max_price_minor) if filters.currency == currency else (None, None)
    if reading.is_cheaper:  # never more than what was asked before, which nothing may have met
        return _bounded(filters, PriceRange(currency, None, min(minor - 1, high or minor - 1)))
    return _bounded(filters, PriceRange(currency, max(minor + 1, low or minor + 1), None))


def _bounded(filters: Filters, price: PriceRange) -> Filters:
    """The filters with these bounds; "at least 20" after "under 40" keeps both where they fit together."""
    low, high = price.low, price.high
    if filters.currency == price.currency:
        before_low, before_high = filters.min_price_minor, filters.max_price_minor
        if low is None and before_low is not None and (high is None or before_low < high):
            low = before_low
        if high is None and before_high is not None and (low is None or low < before_high):
            high = before_high
    return msgspec.structs.replace(filters, currency=price.currency, min_price_minor=low, max_price_minor=high)


def _measure(reading: Reading, shown: Sequence[Product]) -> tuple[str, int] | None:
    """What "cheaper" is measured by: the price of the product that is pointed at, else the middle one."""
    place = reading.compared_to or (reading.likes[0] if len(reading.likes) == 1 else 0)
    if place and abs(place) <= len(shown) and (price := shown[place - 1 if place > 0 else place].price):
        return price.currency, price.minor
    return _middle_price(shown)


def _middle_price(shown: Sequence[Product]) -> tuple[str, int] | None:
    """Currency and median price of the products shown; None where none has a price.

    Of a mixed page those of the first one's type are meant, where it is not the only one of it.
    """
    alike = [product for product in shown if product.category == shown[0].category]
    prices = [product.price for product in (alike if len(alike) > 1 else shown) if product.price]
    if not prices:
        return None
    currency = prices[0].currency
    return currency, int(median([price.minor for price in prices if price.currency == currency]))
