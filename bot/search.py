"""A query in, an answer out. Pure: encoder and store are passed in, and the caller times the steps."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
import numpy as np

from bot.answer import asked_values, relaxation, understood, why, without_condition
from bot.query import Answer, EmptyQuery, Hit, Query
from indexing.coverage import says_type
from indexing.product import FacetField
from indexing.ranking import Ranked, Signals, collapse, confident_value, fuse, probe_of, twins, unit
from indexing.store import Filters, VectorKind, VectorStore, WrongModel
from indexing.wording import head_component
from inference.encoder import Embedding, Embeddings, Encoder

CANDIDATES = 50
"""Products a list that are asked of the store, at least."""
CHEAPEST_AMONG = 200
"""The same where the cheapest are wanted: more, for the cheapest need not be the nearest."""
CHEAP_ENOUGH = 3.0
"""Spreads below the best hit within which price decides, where the cheapest are wanted."""


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
    found, lifted, is_partial = _first_page(query, signals, store, k)
    relaxations: tuple[str, ...] = ()
    if lifted != query.filters:
        relaxations = relaxation(query.filters, lifted, [entry.product for entry in found[:k]], query.language)
    if query.seen:
        found, is_partial = _ranked(query, lifted, signals, store, k)
    weights = store.generation.calibration
    best = max((entry.value for entry in found), default=float("-inf"))
    is_sure = any(entry.is_exact or entry.is_same_picture for entry in found[:1])
    return Answer(
        query=query,
        hits=tuple(_hit(entry, query) for entry in found[:k]),
        understood=understood(query),
        is_confident=is_sure or best >= confident_value(signals, weights),
        has_more=len(found) > k,
        relaxations=relaxations,
        is_partial=is_partial,
    )


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
    photos = np.stack([photo.embedding for photo in query.photos]) if query.photos else None
    words = embedded.words
    likes, liked_words = (_liked(query, store, kind) for kind in _KINDS)
    if photos is None and likes is None and liked_words is None and words is None:
        raise EmptyQuery  # all that was asked for is gone from the catalogue
    return Signals(
        photos=photos,
        likes=likes,
        liked_words=liked_words,
        liked_types=_liked_types(query, store),
        words=words,
        negatives=embedded.negatives,
        text=query.words,
        asked=frozenset(_asked_values(query)),
        negative_texts=query.negatives,
    )


_KINDS: tuple[VectorKind, ...] = ("picture", "words")


def _liked(query: Query, store: VectorStore, kind: VectorKind) -> Embeddings | None:
    """One vector for each liked product that has any of the kind."""
    found = store.vectors(query.likes, kind=kind).values() if query.likes else ()
    rows = [unit(vectors.mean(axis=0)) for vectors in found if len(vectors)]
    return np.stack(rows) if rows else None


def _asked_values(query: Query) -> Iterator[tuple[FacetField, str]]:
    for field, values in query.filters.any_of:
        yield from ((field, head_component(value)) for value in asked_values(values, field))


def _liked_types(query: Query, store: VectorStore) -> frozenset[str]:
    types = (product.facet("category") for product in store.products(query.likes).values()) if query.likes else ()
    return frozenset(filter(None, types))


def _ranked(query: Query, filters: Filters, signals: Signals, store: VectorStore, k: int) -> tuple[list[Ranked], bool]:
    weights = store.generation.calibration
    exclude = frozenset((*query.seen, *query.likes))
    wide = CHEAPEST_AMONG if query.is_cheapest_first else CANDIDATES
    candidates = store.candidates(probe_of(signals, weights, filters=filters, exclude=exclude, k=max(wide, 4 * k)))
    ranked = fuse(candidates, signals, weights)
    if query.is_cheapest_first:
        ranked = _cheapest_first(ranked, query, confident_value(signals, weights))
    seen = list(store.products(query.seen).values()) if query.seen else []
    window, rest = ranked[: 3 * k + 1], ranked[3 * k + 1 :]
    suspects = twins(window, seen)
    window = collapse(window, store.vectors(suspects), seen) if suspects else window
    return [*window, *rest], candidates.is_partial


def _cheapest_first(ranked: list[Ranked], query: Query, limit: float) -> list[Ranked]:
    """Those that are close by price; the others after them, and what has no price last of each."""
    best = max((entry.value for entry in ranked), default=0.0)
    least = max(best - CHEAP_ENOUGH, min(limit, best - 1))
    wants_type = any(says_type(query.words, entry.product) for entry in ranked)

    def order(entry: Ranked) -> tuple[bool, bool, str, int, str]:
        price = entry.product.price
        is_far = not says_type(query.words, entry.product) if wants_type else entry.value < least
        if price is None:
            return is_far, True, "", 0, entry.product.id
        return is_far, False, price.currency, price.minor, entry.product.id

    return sorted(ranked, key=order)


def _first_page(query: Query, signals: Signals, store: VectorStore, k: int) -> tuple[list[Ranked], Filters, bool]:
    """What is found from the first page on, with which filters, and whether the store ran out of time.

    A later page asks for it too: whether conditions were lifted is decided by the first.
    """
    query = msgspec.structs.replace(query, seen=())
    found, is_partial = _ranked(query, query.filters, signals, store, k)
    wants_type = _misses_type(query, found, signals, store, k)
    if found and not wants_type:
        return found, query.filters, is_partial
    for lifted in _relaxed(query.filters):
        weaker, is_partial = _ranked(query, lifted, signals, store, k)
        if weaker and (not wants_type or says_type(query.words, weaker[0].product)):
            return weaker, lifted, is_partial
    return found, query.filters, is_partial


def _misses_type(query: Query, found: list[Ranked], signals: Signals, store: VectorStore, k: int) -> bool:
    """True where the words name a type of the catalogue and its products are all shut out by the filters.

    "Sofa under $50" is better answered with the cheapest sofas than with cushions.
    """
    if not (query.words and query.filters) or any(says_type(query.words, entry.product) for entry in found[:k]):
        return False
    anything, _ = _ranked(query, Filters(), signals, store, k)
    return bool(anything) and says_type(query.words, anything[0].product)


LEAST_MISSED_FIRST = (
    "stock", "price", "any:brand", "any:material", "any:color", "any:category",
    "none:brand", "none:material", "none:color", "none:category",
)  # fmt: skip
"""The order in which conditions are lifted where nothing meets them all."""


def _relaxed(filters: Filters) -> Iterator[Filters]:
    """Weaker filters: each condition lifted alone, the least missed first, then one after the other."""
    alone = [without_condition(filters, key) for key in LEAST_MISSED_FIRST]
    yield from (weaker for weaker in alone if weaker != filters)
    weaker = filters
    for key in LEAST_MISSED_FIRST:
        before, weaker = weaker, without_condition(weaker, key)
        if weaker != before and weaker not in alone:
            yield weaker


def _hit(entry: Ranked, query: Query) -> Hit:
    return Hit(product=entry.product, score=entry.score, why=why(entry, query), picture=entry.picture)
