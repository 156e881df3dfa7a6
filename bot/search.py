"""A query in, an answer out. Pure: encoder and store are passed in, and the caller times the steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from bot.answer import asked_values, relaxation, understood, why
from bot.query import Answer, EmptyQuery, Hit, Query
from bot.search_looks import liked, photo_views, wanted_types
from bot.search_order import kinds_asked, of_kinds
from bot.search_pages import CANDIDATES, first_page, ranked_by
from indexing.coverage import coverage, says_type
from indexing.product import FacetField
from indexing.ranking import Ranked, Signals, confident_value, judged, probe_of
from indexing.store import VectorKind, VectorStore, WrongModel
from indexing.wording import head_component
from inference.encoder import Embedding, Embeddings, Encoder

UNSAID = 2.0
"""Spreads above the limit of confidence that are asked of hits that say none of the words."""


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
    page = first_page(query, signals, store, k)
    lifted, is_partial = page.filters, page.is_partial
    kinds = kinds_asked(page.found, query.words, page.types | frozenset(query.types))
    found = of_kinds(page.found, kinds)
    relaxations: tuple[str, ...] = ()
    if lifted != query.filters:
        relaxations = relaxation(query.filters, lifted, [entry.product for entry in found[:k]], query.language)
    if query.seen:
        found, is_partial = ranked_by(query, lifted, signals, store, k)
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
    filters = first_page(query, signals, store, 5).filters
    weights = store.generation.calibration
    candidates = store.candidates(probe_of(signals, weights, filters=filters, k=CANDIDATES))
    ranked, signs = judged(candidates, signals, weights)
    return max((entry.value for entry in ranked), default=float("-inf")), signs


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


def _hit(entry: Ranked, query: Query) -> Hit:
    return Hit(product=entry.product, score=entry.score, why=why(entry, query), picture=entry.picture)
