"""A query in, an answer by its words alone out: what can be said while the encoder wakes up. Pure."""

from bot.answer import understood, why
from bot.query import Answer, Hit, Query
from bot.search import Embedded, search, spoken
from bot.search_pages import CANDIDATES
from indexing.coverage import contradicts, coverage, says_type
from indexing.product import Product
from indexing.ranking import Ranked
from indexing.store import Probe, VectorStore

_CLOSE = 0.5
"""Share of the words that a product must say to be called close."""


def search_unencoded(query: Query, store: VectorStore, *, k: int) -> Answer:
    """Answer without the encoder: by photos and liked products, whose vectors are at hand, else by words alone.

    Raises:
        EmptyQuery, StoreUnavailable, WrongModel: see `search`.
    """
    if query.photos or query.likes:
        answer = search(query, Embedded(model_id=store.generation.model_id), store, k=k)
    else:
        answer = _by_words(query, store, k=k)
    return answer.provisional()


def _by_words(query: Query, store: VectorStore, *, k: int) -> Answer:
    text, exclude = spoken(query), frozenset(query.seen)
    found = store.candidates(Probe(words=text, filters=query.filters, exclude=exclude, k=CANDIDATES))
    ids = dict.fromkeys((*found.exact, *(near.product_id for near in found.lexical)))
    ranked = [
        Ranked(
            product=product,
            value=0.0,
            score=1.0 if product.id in found.exact else coverage(text, product),
            is_exact=product.id in found.exact,
        )
        for product in map(found.products.__getitem__, ids)
        if not any(contradicts(product, negative) for negative in query.negatives)
    ]
    # The sort is stable: what is equal stays in the lexical order.
    ranked.sort(key=lambda entry: (not entry.is_exact, not says_type(text, entry.product), -entry.score))
    if query.is_cheapest_first:
        ranked.sort(key=lambda entry: _price(entry.product))
    best = max((entry.score for entry in ranked), default=0.0)
    return Answer(
        query=query,
        hits=tuple(Hit(product=entry.product, score=entry.score, why=why(entry, query)) for entry in ranked[:k]),
        understood=understood(query),
        is_confident=best >= _CLOSE,
        has_more=len(ranked) > k,
        is_partial=found.is_partial,
    )


def _price(product: Product) -> tuple[bool, int]:
    return product.price is None, product.price.minor if product.price else 0
