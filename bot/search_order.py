"""A ranked list in, its products in another order, or a part of them, out: the cheapest first, the kind asked only."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from indexing.coverage import text_of
from indexing.product import Product
from indexing.purposes import names_type
from indexing.ranking import Ranked
from indexing.wording import contains_phrase, folded, is_japanese, words_of

NEAR_ENOUGH = 3.0
"""Spreads below the best hit within which something else than nearness decides: the price, a part that is not there."""


def cheapest_first(ranked: list[Ranked], is_wanted: Callable[[Ranked], bool], limit: float) -> list[Ranked]:
    """Those that are close by price; the others after them, and what has no price last of each.

    Args:
        ranked: best first.
        is_wanted: whether one is of the type that was asked; price decides only within it, where any is.
        limit: the value from which a hit is close.
    """
    best = max((entry.value for entry in ranked), default=0.0)
    least = max(best - NEAR_ENOUGH, min(limit, best - 1))
    wants_type = any(map(is_wanted, ranked))

    def order(entry: Ranked) -> tuple[bool, bool, str, int, str]:
        price = entry.product.price
        is_far = not is_wanted(entry) if wants_type else entry.value < least
        if price is None:
            return is_far, True, "", 0, entry.product.id
        return is_far, False, price.currency, price.minor, entry.product.id

    return sorted(ranked, key=order)


def lacking_first(ranked: list[Ranked], negatives: Sequence[str]) -> list[Ranked]:
    """Of those that are near, the ones that say they lack what is not wanted first: "without a handle", 取っ手なし."""
    if not (ranked and negatives):
        return ranked
    least = ranked[0].value - NEAR_ENOUGH
    return sorted(ranked, key=lambda r: r.value < least or not any(_lacks(r.product, text) for text in negatives))


def _lacks(product: Product, negative: str) -> bool:
    said = folded(text_of(product))
    if is_japanese(negative):
        return re.search(rf"{re.escape(folded(negative))}(?:なし|無し|のない|がない)", said) is not None
    what = re.escape(re.sub(r"^(?:an?|any|the)\s+", "", folded(negative)))
    return re.search(rf"\b(?:without|no)\s+(?:an?\s+|any\s+)?{what}\b|\b{what}less\b", said) is not None


def dealt(ranked: Sequence[Ranked], types: Mapping[str, float]) -> list[Ranked]:
    """Products of the types first, the nth of a type counting its share by n; one asked by its name before all.

    Args:
        ranked: best first.
        types: case-folded, each with its share, 0 to 1.
    """
    places: Counter[str] = Counter()

    def order(entry: Ranked) -> tuple[bool, bool, float]:
        kind = entry.product.facet("category")
        places[kind] += 1
        return not entry.is_exact, kind not in types, -types.get(kind, 0.0) / places[kind]

    return [entry for _, entry in sorted(zip(map(order, ranked), ranked, strict=True), key=lambda pair: pair[0])]


def kinds_asked(found: Sequence[Ranked], words: str, liked: Collection[str] = ()) -> frozenset[str]:
    """The types that were asked and are among those found, each as its plain words.

    Args:
        found: any order.
        words: that may name a type.
        liked: types that are asked otherwise, case-folded.
    """
    types = (e.product.category for e in found if names_type(words, e.product) or e.product.facet("category") in liked)
    return frozenset(map(_plain, types))


def of_kinds(found: list[Ranked], kinds: frozenset[str]) -> list[Ranked]:
    """Those of these types, an armchair where chairs were asked too, or called so; all where no type was asked.

    Three blue vases are a better answer than three blue vases, a blue backpack and a blue ball.
    """
    if not kinds:
        return found
    return [
        entry
        for entry in found
        if any(
            _plain(entry.product.category).endswith(kind) or contains_phrase(entry.product.title, kind)
            for kind in kinds
        )
    ]


def _plain(category: str) -> str:
    return " ".join(words_of(category))
