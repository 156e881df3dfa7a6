"""A query with its signals in, what is found from the first page on out, with which conditions. Pure."""

from dataclasses import dataclass

import msgspec

from bot.query import Query
from bot.search_looks import ASKED_FOR_A_TYPE, agreed_types, near_photos
from bot.search_order import cheapest_first, dealt, lacking_first
from bot.search_relaxing import relaxed
from bot.search_sizes import Compared, compared, fitting_first
from indexing.coverage import coverage
from indexing.purposes import names_type
from indexing.ranking import Ranked, Signals, confident_value, fuse, probe_of
from indexing.store import Filters, VectorStore
from indexing.twins import collapse, twins

CANDIDATES = 50
"""Products a list that are asked of the store, at least."""
CHEAPEST_AMONG = 200
"""The same where the cheapest are wanted: more, for the cheapest need not be the nearest."""
SAYS_ENOUGH = 0.75
"""Share of the words that a product must say for its type to be worth lifting a condition."""


def ranked_by(
    query: Query, filters: Filters, signals: Signals, store: VectorStore, k: int
) -> tuple[list[Ranked], bool]:
    """What is found with these filters, best first, and whether the store ran out of time."""
    weights = store.generation.calibration
    wide = CHEAPEST_AMONG if query.is_cheapest_first else CANDIDATES
    candidates = store.candidates(
        probe_of(signals, weights, filters=filters, exclude=_exclude(query), k=max(wide, 4 * k))
    )
    ranked = lacking_first(fuse(candidates, signals, weights), query.negatives)
    ranked = _of_types_first(ranked, query, filters, signals, store, k)
    if query.is_cheapest_first:
        ranked = cheapest_first(ranked, lambda entry: _is_of_type(entry, signals), confident_value(signals, weights))
    seen = list(store.products(query.seen).values()) if query.seen else []
    window, rest = ranked[: 3 * k + 1], ranked[3 * k + 1 :]
    suspects = twins(window, seen)
    window = collapse(window, store.vectors(suspects), seen) if suspects else window
    return [*window, *rest], candidates.is_partial


def _of_types_first(
    ranked: list[Ranked], query: Query, filters: Filters, signals: Signals, store: VectorStore, k: int
) -> list[Ranked]:
    """Those of the types that words or photo tell first; where too few are among the nearest, all that there are.

    Where a photo may show one of several types, each has a share of the places by its votes (as d'Hondt deals seats).
    """
    types = signals.liked_types if query.types or query.photos else {}
    if not types:
        return ranked
    is_typed = [entry.product.facet("category") in types for entry in ranked]
    if (len(types) > 1 or sum(is_typed) <= k) and not any(field == "category" for field, _ in filters.any_of):
        only = msgspec.structs.replace(filters, any_of=(*filters.any_of, ("category", tuple(sorted(types)))))
        probe = probe_of(signals, store.generation.calibration, filters=only, exclude=_exclude(query), k=CANDIDATES)
        more = fuse(store.candidates(probe), signals, store.generation.calibration)
        known = {entry.product.id for entry in ranked}
        ranked = [*ranked, *(entry for entry in lacking_first(more, query.negatives) if entry.product.id not in known)]
    if size := size_asked(query):
        ranked = _fitting_first(ranked, size, query, signals, store)
    return dealt(ranked, types)


def size_asked(query: Query) -> Compared | None:
    """The size that the words compare beside what is shown, "but taller": then they say nothing else."""
    return compared(query.words) if query.photos or query.likes else None


def _fitting_first(
    ranked: list[Ranked], size: Compared, query: Query, signals: Signals, store: VectorStore
) -> list[Ranked]:
    """Of each type that photo or liked products tell those first that are taller, wider and so on than they are."""
    shown = list(store.products(query.likes).values()) if query.likes else near_photos(query.photos, store)
    fitting = []
    for kind in signals.liked_types:
        own = [product for product in shown if product.facet("category") == kind]
        fitting += fitting_first([e for e in ranked if e.product.facet("category") == kind], size, own)
    return [*fitting, *(entry for entry in ranked if entry.product.facet("category") not in signals.liked_types)]


def _exclude(query: Query) -> frozenset[str]:
    return frozenset((*query.seen, *query.likes))


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What is found from the first page on."""

    found: list[Ranked]
    filters: Filters
    """The query's, or weaker ones."""
    types: frozenset[str] = frozenset()
    """For whose sake conditions were lifted."""
    is_partial: bool


def first_page(query: Query, signals: Signals, store: VectorStore, k: int) -> Page:
    """What is found from the first page on, with which filters.

    A later page asks for it too: whether conditions were lifted is decided by the first.
    """
    query = msgspec.structs.replace(query, seen=())
    found, is_partial = ranked_by(query, query.filters, signals, store, k)
    missed = _missed_types(query, found, signals, store, k)
    whole = Page(found=found, filters=query.filters, is_partial=is_partial)
    if found and not missed:
        return whole
    for lifted in relaxed(query):
        weaker, is_partial = ranked_by(query, lifted, signals, store, k)
        if weaker and (not missed or weaker[0].product.facet("category") in missed):
            return Page(found=weaker, filters=lifted, types=missed, is_partial=is_partial)
    return whole


def _missed_types(query: Query, found: list[Ranked], signals: Signals, store: VectorStore, k: int) -> frozenset[str]:
    """The types that words or photo tell, where the filters shut out all their products; else none.

    "Sofa under $50" is better answered with the cheapest sofas than with cushions. Where the words name no type, the
    nearest products without the filters tell it, if they are close: "something to water plants".
    """
    if not ((query.words or signals.liked_types) and query.filters):
        return frozenset()
    if any(_is_of_type(entry, signals) for entry in found[:k]):
        return frozenset()
    anything, _ = ranked_by(query, Filters(), signals, store, k)
    if not anything:
        return frozenset()
    if _is_of_type(anything[0], signals):
        return frozenset(entry.product.facet("category") for entry in anything if _is_of_type(entry, signals))
    if anything[0].value < confident_value(signals, store.generation.calibration):
        return frozenset()
    says = [coverage(query.words, entry.product) for entry in (anything[0], *found[:1])]
    if says[0] < SAYS_ENOUGH or any(each >= says[0] for each in says[1:]):
        return frozenset()
    agreed = frozenset(agreed_types([entry.product.facet("category") for entry in anything[:ASKED_FOR_A_TYPE]]))
    return frozenset() if any(entry.product.facet("category") in agreed for entry in found[:1]) else agreed


def _is_of_type(entry: Ranked, signals: Signals) -> bool:
    return names_type(signals.text, entry.product) or entry.product.facet("category") in signals.liked_types
