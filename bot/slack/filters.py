"""A query and the catalogue's facets in, the Filters dialogue out; what was chosen in it in, filters out. Pure."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from bot.answer import value_in, without_condition
from bot.catalogue import Opened
from bot.query import Query
from bot.sentences import Voice
from bot.slack.blocks import Block
from indexing.product import FACET_FIELDS, FacetField, Money
from indexing.store import Facets, Filters

CALLBACK = "filters"
MOST_OPTIONS = 100
_LABELS: dict[FacetField, str] = {
    "category": "filters-category",
    "brand": "filters-brand",
    "color": "filters-color",
    "material": "filters-material",
}
_MOST_VALUE = 150
_MOST_OPTION = 75


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the current results each choice would leave: every count without its own condition."""

    values: dict[FacetField, tuple[tuple[str, int], ...]]
    prices: dict[str, tuple[int, int]]
    in_stock: int


def counts_of(query: Query, opened: Opened) -> Counts:
    """Ask the store for the counts beside a query's conditions."""

    def without(key: str) -> Facets:
        return opened.store.facets(without_condition(query.filters, key), top=MOST_OPTIONS)

    values = {field: tuple(without(f"any:{field}").values.get(field, ())) for field in FACET_FIELDS}
    return Counts(values=values, prices=dict(without("price").prices), in_stock=without("stock").in_stock)


def filters_view(query: Query, counts: Counts, voice: Voice, private_metadata: str) -> dict[str, Any]:
    """The modal, with what the query says filled in."""
    chosen = dict(query.filters.any_of)
    blocks: list[Block] = _price_blocks(query.filters, counts, voice)
    for field, label in _LABELS.items():
        if block := _choice(field, label, counts.values.get(field, ()), chosen.get(field, ()), voice):
            blocks.append(block)
    option = _option(voice.sentence("filters-in-stock", count=counts.in_stock), "in_stock")
    boxes: Block = {"type": "checkboxes", "action_id": "value", "options": [option]}
    if query.filters.in_stock:
        boxes["initial_options"] = [option]
    blocks.append(_input("stock", voice.sentence("filters-stock"), boxes))
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _plain(voice.sentence("filters-title")),
        "submit": _plain(voice.sentence("filters-apply")),
        "close": _plain(voice.sentence("filters-cancel")),
        "private_metadata": private_metadata,
        "blocks": blocks,
    }


def currency_of(filters: Filters, prices: Mapping[str, tuple[int, int]]) -> str:
    """The currency that the dialogue's prices are in."""
    return filters.currency or next(iter(prices), "USD")


def chosen_filters(
    before: Filters, state: Mapping[str, Any], currency: str, voice: Voice
) -> tuple[Filters, dict[str, str]]:
    """What was chosen in the dialogue.

    Args:
        before: the query's filters so far; what the dialogue does not show of them stays.
        state: `view.state.values`.
        currency: of the prices.
        voice: says what is wrong.

    Returns:
        The filters, and a complaint for each input that cannot be used, by block_id.
    """
    errors: dict[str, str] = {}
    low = _amount(state, "price-min", currency, voice, errors)
    high = _amount(state, "price-max", currency, voice, errors)
    if not errors and low is not None and high is not None and low > high:
        errors["price-max"] = voice.sentence("filters-order")
    any_of = dict(before.any_of)
    for field in _LABELS:
        if field in state:
            values = tuple(option["value"] for option in _value(state, field).get("selected_options") or ())
            any_of = {**any_of, field: values}
    has_price = low is not None or high is not None
    filters = msgspec.structs.replace(
        before,
        currency=currency if has_price else "",
        min_price_minor=low,
        max_price_minor=high,
        any_of=tuple((field, values) for field, values in any_of.items() if values),
        in_stock=bool(_value(state, "stock").get("selected_options")),
    )
    return filters, errors


def _price_blocks(filters: Filters, counts: Counts, voice: Voice) -> list[Block]:
    if not counts.prices and not filters.currency:
        return []  # nothing has a price
    currency, range_ = currency_of(filters, counts.prices), ""
    if currency in counts.prices:
        low, high = (voice.money(Money(minor, currency)) for minor in counts.prices[currency])
        range_ = voice.sentence("filters-prices", low=low, high=high)
    blocks = []
    for block_id, label, minor in (
        ("price-min", "filters-least", filters.min_price_minor),
        ("price-max", "filters-most", filters.max_price_minor),
    ):
        box: Block = {"type": "number_input", "action_id": "value", "is_decimal_allowed": True, "min_value": "0"}
        if minor is not None:
            box["initial_value"] = f"{(Decimal(minor) / voice.whole(currency)).normalize():f}"
        blocks.append(_input(block_id, voice.sentence(label, currency=currency), box, hint=range_))
    return blocks


def _choice(
    field: FacetField, label: str, found: tuple[tuple[str, int], ...], chosen: tuple[str, ...], voice: Voice
) -> Block | None:
    """A menu of a field's values, said in the person's language; None where there is nothing to choose from."""
    counts = {value.strip().casefold(): (value, count) for value, count in found if len(value) <= _MOST_VALUE}
    wanted = {value.strip().casefold(): value for value in chosen}
    for key, value in wanted.items():  # what is asked for is shown even where nothing has it any more
        counts.setdefault(key, (value, 0))
    keys = sorted(counts, key=lambda key: key not in wanted) if len(counts) > MOST_OPTIONS else list(counts)
    options = {}
    for key in keys[:MOST_OPTIONS]:
        value, count = counts[key]
        options[key] = _option(voice.sentence("filters-option", value=value_in(value, field, voice), count=count), key)
    if not options:
        return None
    menu: Block = {
        "type": "multi_static_select",
        "action_id": "value",
        "options": list(options.values()),
        "placeholder": _plain(voice.sentence("filters-any")),
    }
    if initial := [options[key] for key in wanted if key in options]:
        menu["initial_options"] = initial
    return _input(field, voice.sentence(label), menu)


def _amount(state: Mapping[str, Any], block_id: str, currency: str, voice: Voice, errors: dict[str, str]) -> int | None:
    written = str(_value(state, block_id).get("value") or "").strip()
    if not written:
        return None
    try:
        amount = Decimal(written)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < 10**12:
        errors[block_id] = voice.sentence("filters-not-a-price")
        return None
    return int(amount * voice.whole(currency))


def _value(state: Mapping[str, Any], block_id: str) -> Mapping[str, Any]:
    found = state.get(block_id, {}).get("value") or {}
    return found if isinstance(found, Mapping) else {}


def _input(block_id: str, label: str, element: Block, *, hint: str = "") -> Block:
    block: Block = {"type": "input", "block_id": block_id, "label": _plain(label), "element": element, "optional": True}
    return block | ({"hint": _plain(hint)} if hint else {})


def _option(text: str, value: str) -> Block:
    short = text if len(text) <= _MOST_OPTION else text[: _MOST_OPTION - 1] + "…"
    return {"text": _plain(short), "value": value}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
