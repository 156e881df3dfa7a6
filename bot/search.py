"""A query in, an answer out. Pure: encoder and store are passed in, and the caller times the steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from bot.answer import asked_values, relaxation, understood, why
from bot.query import Answer, EmptyQuery, Hit, Query
from bot.search_looks import ASKED_FOR_A_TYPE, agreed_types, liked, photo_views, wanted_types
from bot.search_order import cheapest_first, kinds_asked, lacking_first, of_kinds
from bot.search_relaxing import relaxed
from indexing.coverage import coverage, says_type
from indexing.product import FacetField
from indexing.ranking import Ranked, Signals, confident_value, fuse, judged, probe_of
from indexing.store import Filters, VectorKind, VectorStore, WrongModel
from indexing.twins import collapse, twins
from indexing.wording import head_component
from inference.encoder import Embedding, Embeddings, Encoder

CANDIDATES = 50
"""Products a list that are asked of the store, at least."""
SAYS_ENOUGH = 0.5
"""Share of the words that a product must say for its type to be worth lifting a condition."""
UNSAID = 2.0
"""Spreads above the limit of confidence that are asked of hits that say none of the words."""
CHEAPEST_AMONG = 200
"""The same where the cheapest are wanted: more, for the cheapest need not be the nearest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """The words of a query, encoded; photos bring their own vectors."""

    model_id: str
    words: Embedding | None = None
    negatives: Embeddings | None = None


def embed(query: Query, encoder: Encoder) -> Embedded:
    """Encode what a query says in words, in one call.

    Raises:
        EmptyQuery: there is nothing to look for.
        EncoderUnavailable: no answer within the timeout.
    """
    if query.is_empty:
        raise EmptyQuery
    texts = [spoken(query), *query.negatives]
    present = [encoder.prompt.format(text) for text in texts if text]
    rows = encoder.encode_texts(present) if present else np.zeros((0, encoder.dim), dtype=np.float32)
    words = rows[0] if texts[0] else None
    negatives = rows[1 if texts[0] else 0 :]
    return Embedded(model_id=encoder.model_id, words=words, negatives=negatives if len(negatives) else None)


def spoken(query: Query) -> str:
    """What is encoded: the words, with the colours, materials and so on that were understood as filters."""
    if query.photos or query.likes:
        return query.words  # the filter does it: "in red" beside a photo must not pull away from what the photo shows
    # Said to the model as well, "red" ranks the reds before the burgundies that the filter also lets through.
    values = [values[0] for field, values in query.filters.any_of if field != "brand" and values]
    return " ".join([*values, query.words]).strip() or "product"


def search(query: Query, asked: Encoder | Embedded, store: VectorStore, *, k: int = 5) -> Answer:
    """Find the k products nearest to a query, nearest first; where filters leave nothing, lift one at a time.

    Args:
        query: what is looked for; its page goes on after `query.seen`.
        asked: the encoder, or what `embed` made of this query (where the caller times encoding by itself).
        store: a generation, of the model that encodes.
        k: products a page, at least 1.

    Raises:
        EmptyQuery: there is nothing to look for.
        WrongModel: the index, or a photo of the query, was made by another model.
        EncoderUnavailable, StoreUnavailable: no answer within the timeout.
    """
    if query.is_empty:
        raise EmptyQuery
    embedded = asked if isinstance(asked, Embedded) else embed(query, asked)
    _check_models(query, embedded, store)
    signals = _signals(query, embedded, store)
    page = _first_page(query, signals, store, k)
    lifted, is_partial = page.filters, page.is_partial
    kinds = kinds_asked(page.found, query.words, page.types | frozenset(query.types))
    found = of_kinds(page.found, kinds)
    relaxations: tuple[str, ...] = ()
    if lifted != query.filters:
        relaxations = relaxation(query.filters, lifted, [entry.product for entry in found[:k]], query.language)
    if query.seen:
        found, is_partial = _ranked(query, lifted, signals, store, k)
        found = of_kinds(found, kinds)
    limit = confident_value(signals, store.generation.calibration) + (0 if _is_said(query, found[:k]) else UNSAID)
    by_name = store.generation.calibration.type_weight if query.types else 0.0
    best = max(
        (entry.value + (0 if says_type(query.words, entry.product) else by_name) for entry in found),
        default=float("-inf"),
    )
    is_sure = any(entry.is_exact or entry.is_same_picture for entry in found[:1])
    return Answer(
        query=query,
        hits=tuple(_hit(entry, query) for entry in found[:k]),
        understood=understood(query),
        is_confident=is_sure or best >= limit,
        has_more=len(found) > k,
        relaxations=relaxations,
        is_partial=is_partial,
    )


def told(query: Query, embedded: Embedded, store: VectorStore) -> tuple[float, Mapping[str, float]]:
    """The best value of a query's answer before its signs are weighed, and the signs; confidence is learned from both.

    Raises:
        EmptyQuery, WrongModel, StoreUnavailable: see `search`.
    """
    signals = _signals(query, embedded, store)
    filters = _first_page(query, signals, store, 5).filters
    weights = store.generation.calibration
    candidates = store.candidates(probe_of(signals, weights, filters=filters, k=CANDIDATES))
    ranked, signs = judged(candidates, signals, weights)
    return max((entry.value for entry in ranked), default=float("-inf")), signs


def _of_types_first(
    ranked: list[Ranked], query: Query, filters: Filters, signals: Signals, store: VectorStore, k: int
) -> list[Ranked]:
    """Those of the types that words or photo tell first; where too few are among the nearest, all that there are."""
    types = signals.liked_types if query.types or query.photos else frozenset[str]()
    if not types:
        return ranked
    is_typed = [entry.product.facet("category") in types for entry in ranked]
    if sum(is_typed) <= k and not any(field == "category" for field, _ in filters.any_of):
        only = msgspec.structs.replace(filters, any_of=(*filters.any_of, ("category", tuple(sorted(types)))))
        probe = probe_of(signals, store.generation.calibration, filters=only, exclude=_exclude(query), k=CANDIDATES)
        more = fuse(store.candidates(probe), signals, store.generation.calibration)
        known = {entry.product.id for entry in ranked}
        ranked = [*ranked, *(entry for entry in lacking_first(more, query.negatives) if entry.product.id not in known)]
    return sorted(ranked, key=lambda entry: (not entry.is_exact, entry.product.facet("category") not in types))


def _exclude(query: Query) -> frozenset[str]:
    return frozenset((*query.seen, *query.likes))


def _is_said(query: Query, found: Sequence[Ranked]) -> bool:
    """True unless there are only words, and no product found says any of them: nonsense comes near something too."""
    if not query.words or query.photos or query.likes or query.types:
        return True
    return any(coverage(query.words, entry.product) > 0 for entry in found)


def next_page(answer: Answer) -> Query:
    """The query that shows more: the same, after what was shown."""
    shown = tuple(hit.product.id for hit in answer.hits)
    seen = tuple(dict.fromkeys((*answer.query.seen, *shown)))
    return msgspec.structs.replace(answer.query, page=answer.query.page + 1, seen=seen)


def _check_models(query: Query, embedded: Embedded, store: VectorStore) -> None:
    built_by = store.generation.model_id
    for model_id in (embedded.model_id, *(photo.model_id for photo in query.photos)):
        if model_id != built_by:
            raise WrongModel(f"the index was built by {built_by}, and {model_id} asks")


def _signals(query: Query, embedded: Embedded, store: VectorStore) -> Signals:
    zooms = store.generation.calibration.zooms
    photos, *closer = photo_views(query.photos)[: len(zooms)] or (None,)
    words = embedded.words
    likes, liked_words = (liked(query, store, kind) for kind in _KINDS)
    if photos is None and likes is None and liked_words is None and words is None:
        raise EmptyQuery  # all that was asked for is gone from the catalogue
    return Signals(
        photos=photos,
        closer=tuple(closer),
        likes=likes,
        liked_words=liked_words,
        liked_types=wanted_types(query, store),
        words=words,
        negatives=embedded.negatives,
        text=query.words,
        asked=frozenset(_asked_values(query)),
        negative_texts=query.negatives,
    )


_KINDS: tuple[VectorKind, ...] = ("picture", "words")


def _asked_values(query: Query) -> Iterator[tuple[FacetField, str]]:
    for field, values in query.filters.any_of:
        yield from ((field, head_component(value)) for value in asked_values(values, field))


def _ranked(query: Query, filters: Filters, signals: Signals, store: VectorStore, k: int) -> tuple[list[Ranked], bool]:
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """What is found from the first page on."""

    found: list[Ranked]
    filters: Filters
    """The query's, or weaker ones."""
    types: frozenset[str] = frozenset()
    """For whose sake conditions were lifted."""
    is_partial: bool


def _first_page(query: Query, signals: Signals, store: VectorStore, k: int) -> _Page:
    """What is found from the first page on, with which filters.

    A later page asks for it too: whether conditions were lifted is decided by the first.
    """
    query = msgspec.structs.replace(query, seen=())
    found, is_partial = _ranked(query, query.filters, signals, store, k)
    missed = _missed_types(query, found, signals, store, k)
    whole = _Page(found=found, filters=query.filters, is_partial=is_partial)
    if found and not missed:
        return whole
    for lifted in relaxed(query):
        weaker, is_partial = _ranked(query, lifted, signals, store, k)
        if weaker and (not missed or weaker[0].product.facet("category") in missed):
            return _Page(found=weaker, filters=lifted, types=missed, is_partial=is_partial)
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
    anything, _ = _ranked(query, Filters(), signals, store, k)
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
    return says_type(signals.text, entry.product) or entry.product.facet("category") in signals.liked_types


def _hit(entry: Ranked, query: Query) -> Hit:
    return Hit(product=entry.product, score=entry.score, why=why(entry, query), picture=entry.picture)
