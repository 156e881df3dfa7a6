"""A query in, an answer out. Pure: encoder and store are passed in, and the caller times the steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import numpy as np

from bot.answer import asked_values, relaxation, understood, why
from bot.query import Answer, EmptyQuery, Hit, Query
from bot.search_looks import liked, photo_length, photo_views, wanted_types
from bot.search_order import kinds_asked, of_kinds
from bot.search_pages import CANDIDATES, Page, first_page, ranked_by, size_asked
from indexing.product import FacetField, Product
from indexing.purposes import means_another, names_meant
from indexing.ranking import Ranked, Signals, confident_value, judged, probe_of, worth_of
from indexing.store import VectorKind, VectorStore, WrongModel
from indexing.wording import head_component
from inference.encoder import Embedding, Embeddings, Encoder

PAGE = 5
"""Products of an answer by which confidence is learned."""


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
    query = as_meant(query)
    texts = [spoken(query), *query.negatives]
    present = [encoder.prompt.format(text) for text in texts if text]
    rows = encoder.encode_texts(present) if present else np.zeros((0, encoder.dim), dtype=np.float32)
    words = rows[0] if texts[0] else None
    negatives = rows[1 if texts[0] else 0 :]
    return Embedded(model_id=encoder.model_id, words=words, negatives=negatives if len(negatives) else None)


def as_meant(query: Query) -> Query:
    """The query without types that its words name but do not mean: "to put a candle in" asks for no candle."""
    types = tuple(
        name for name in query.types if not means_another(query.words, Product(id="", title="", category=name))
    )
    return query if types == query.types else msgspec.structs.replace(query, types=types)


def spoken(query: Query) -> str:
    """What is encoded: the words, with the colours, materials and so on that were understood as filters."""
    if query.photos or query.likes:
        return query.words  # the filter does it: "in red" beside a photo must not pull away from what the photo shows
    # Said to the model as well, "red" ranks the reds before the burgundies that the filter also lets through.
    values = [values[0] for field, values in query.filters.any_of if field != "brand" and values]
    meant = () if query.types else names_meant(query.words)
    return " ".join([*values, query.words, *meant]).strip() or "product"


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
    query = as_meant(query)
    if query.is_empty:
        raise EmptyQuery
    embedded = asked if isinstance(asked, Embedded) else embed(query, asked)
    _check_models(query, embedded, store)
    signals = _signals(query, embedded, store)
    page = first_page(query, signals, store, k)
    lifted, is_partial = page.filters, page.is_partial
    kinds = _kinds(query, page)
    found = of_kinds(page.found, kinds)
    relaxations: tuple[str, ...] = ()
    if lifted != query.filters:
        relaxations = relaxation(query.filters, lifted, [entry.product for entry in found[:k]], query.language)
    if query.seen:
        found, is_partial = ranked_by(query, lifted, signals, store, k)
        found = of_kinds(found, kinds)
    limit = confident_value(signals, store.generation.calibration)
    best = max((entry.value for entry in found), default=float("-inf"))
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


class Told(NamedTuple):
    """What an answer tells of the thing being carried: confidence is learned from it."""

    value: float
    """Of the best hit, in spreads, before its signs are weighed."""
    signs: Mapping[str, float]
    above: float
    """How far the best hit with its signs lies above the limit of confidence, in spreads."""


def told(query: Query, embedded: Embedded, store: VectorStore) -> Told:
    """What the answer to a query tells; see `search`, which raises the same."""
    query = as_meant(query)
    signals = _signals(query, embedded, store)
    page = first_page(query, signals, store, PAGE)
    weights = store.generation.calibration
    candidates = store.candidates(probe_of(signals, weights, filters=page.filters, k=CANDIDATES))
    _, signs = judged(candidates, signals, weights)
    best = max((entry.value for entry in of_kinds(page.found, _kinds(query, page))), default=float("-inf"))
    return Told(best - worth_of(signs, signals, weights), signs, best - confident_value(signals, weights))


def _kinds(query: Query, page: Page) -> frozenset[str]:
    return kinds_asked(page.found, query.words, page.types | frozenset(query.types))


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
    views = len(store.generation.calibration.zooms)
    photos, *closer = photo_views(query.photos)[:views] or (None,)
    is_size = size_asked(query) is not None  # said of the thing beside it, no thing to look for
    words = None if is_size else embedded.words
    likes, liked_words = (liked(query, store, kind) for kind in _KINDS)
    if photos is None and likes is None and liked_words is None and words is None:
        raise EmptyQuery  # all that was asked for is gone from the catalogue
    return Signals(
        photos=photos,
        closer=tuple(closer),
        length=photo_length(query.photos, views),
        likes=likes,
        liked_words=liked_words,
        liked_types=wanted_types(query, store),
        words=words,
        negatives=embedded.negatives,
        text="" if is_size else query.words,
        named=frozenset(query.types),
        asked=frozenset(_asked_values(query)),
        negative_texts=query.negatives,
        is_narrowed=bool(query.filters or query.negatives or is_size),
    )


_KINDS: tuple[VectorKind, ...] = ("picture", "words")


def _asked_values(query: Query) -> Iterator[tuple[FacetField, str]]:
    for field, values in query.filters.any_of:
        yield from ((field, head_component(value)) for value in asked_values(values, field))


def _hit(entry: Ranked, query: Query) -> Hit:
    return Hit(product=entry.product, score=entry.score, why=why(entry, query), picture=entry.picture)
