"""A generation's file in, its facts as numpy columns out: filters become masks before anything is ranked."""

import sqlite3
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from indexing.embedded_schema import FACET_NUMBERS
from indexing.product import FACET_FIELDS, FacetField
from indexing.store import Facets, Filters


class Columns:
    """One entry a product, in the order of product ids. Frozen after construction: thread-safe."""

    def __init__(self, connection: sqlite3.Connection):
        asked = (
            "SELECT number, id, coalesce(price_minor, 0), price_minor IS NOT NULL, currency, in_stock, brand, color, "
            "category, material FROM products ORDER BY id"
        )
        rows = connection.execute(asked).fetchall()
        numbers, ids, prices, priced, currencies, stock, *facets = zip(*rows, strict=True) if rows else ((),) * 10
        self.ids: tuple[str, ...] = ids
        self.numbers: NDArray[np.int64] = np.array(numbers, dtype=np.int64)
        self.positions: NDArray[np.int64] = np.full(int(self.numbers.max(initial=0)) + 1, -1, dtype=np.int64)
        """From a product's number in the file to its place in the columns; -1 where there is none."""
        self.positions[self.numbers] = np.arange(len(ids))
        self.position_of = {product_id: position for position, product_id in enumerate(ids)}
        self._currency_codes = {currency: code for code, currency in enumerate(dict.fromkeys(currencies))}
        self._currencies = np.array([self._currency_codes[c] for c in currencies], dtype=np.int32)
        self._prices = np.array(prices, dtype=np.int64)
        self._is_priced = np.array(priced, dtype=np.bool_)
        self._in_stock = np.array(stock, dtype=np.bool_)
        self._facets = {f: np.array(codes, dtype=np.int32) for f, codes in zip(FACET_NUMBERS, facets, strict=True)}
        fields = {number: field for field, number in FACET_NUMBERS.items()}
        self._spellings: dict[int, str] = {}
        self._codes_of: dict[tuple[FacetField, str], list[int]] = {}
        for code, field, spelling in connection.execute("SELECT code, field, spelling FROM spellings"):
            self._spellings[code] = spelling
            self._codes_of.setdefault((fields[field], spelling.strip().casefold()), []).append(code)

    def mask(self, filters: Filters, exclude: frozenset[str] = frozenset()) -> NDArray[np.bool_] | None:
        """True for each product that may come back; None where all may."""
        if not filters and not exclude:
            return None
        kept = np.ones(len(self.ids), dtype=np.bool_)
        bounds = filters.min_price_minor, filters.max_price_minor
        if bounds != (None, None):
            kept &= self._is_priced & (self._currencies == self._currency_codes.get(filters.currency, -1))
            if bounds[0] is not None:
                kept &= self._prices >= bounds[0]
            if bounds[1] is not None:
                kept &= self._prices <= bounds[1]
        for field, values in filters.any_of:
            kept &= self._has(field, values)
        for field, values in filters.none_of:
            kept &= ~self._has(field, values)
        if filters.in_stock:
            kept &= self._in_stock
        kept[[self.position_of[product_id] for product_id in exclude if product_id in self.position_of]] = False
        return kept

    def facets(self, filters: Filters, top: int) -> Facets:
        """See `VectorStore.facets`."""
        mask = self.mask(filters)
        kept = np.ones(len(self.ids), dtype=np.bool_) if mask is None else mask
        prices = {}
        for currency, code in self._currency_codes.items():
            of_currency = self._prices[kept & self._is_priced & (self._currencies == code)]
            if len(of_currency):
                prices[currency] = (int(of_currency.min()), int(of_currency.max()))
        return Facets(
            values={field: self._counts(field, kept, top) for field in FACET_FIELDS},
            prices=prices,
            in_stock=int((kept & self._in_stock).sum()),
            total=int(kept.sum()),
        )

    def _has(self, field: FacetField, values: tuple[str, ...]) -> NDArray[np.bool_]:
        codes = [code for value in values for code in self._codes_of.get((field, value.strip().casefold()), ())]
        return np.isin(self._facets[field], codes)

    def _counts(self, field: FacetField, kept: NDArray[np.bool_], top: int) -> tuple[tuple[str, int], ...]:
        codes, counts = np.unique(self._facets[field][kept], return_counts=True)
        spelled = Counter({self._spellings[int(code)]: int(n) for code, n in zip(codes, counts, strict=True)})
        return commonest_spellings(spelled, top)


def commonest_spellings(counted: Counter[str], top: int) -> tuple[tuple[str, int], ...]:
    """Values that differ only in case, joined under their commonest spelling; commonest first, then by name."""
    joined: dict[str, tuple[str, int]] = {}
    for spelling, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        key = spelling.strip().casefold()
        if key:
            name, total = joined.get(key, (spelling, 0))
            joined[key] = (name, total + count)
    return tuple(sorted(joined.values(), key=lambda item: (-item[1], item[0]))[:top])
