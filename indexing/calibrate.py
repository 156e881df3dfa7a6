"""A built generation in, its `Calibration` out, from the catalogue alone: no question set is needed.

Carried: some of its own pictures, changed as a phone would, and its titles, said in other words. Not carried: the same
questions while everything of that type is left out of the answer, and a set of foreign pictures and phrases.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexing.coverage import coverage
from indexing.evidence import weighed
from indexing.foreign import PHRASES, foreign_pictures
from indexing.generation import Calibration
from indexing.likenesses import as_a_phone_would, nearer, paraphrase
from indexing.product import Product
from indexing.ranking import Ranked, Signals, judged, probe_of
from indexing.store import Filters, VectorStore
from inference.encoder import Embeddings, Encoder, Lengths, Pixels, encode_with_lengths

SAMPLE = 100
"""Products that are worth looking at; more only take longer."""
FOREIGN_PICTURES = 40
DEPTH = 50
"""Products a list, as a search asks for."""
MUST_ANSWER = 0.98
"""Share of carried questions that the limit of confidence lets through."""
MUST_REFUSE = 0.9
LEAST_SPREAD = 0.01
UNSAID = "qzxv"
"""A word that no catalogue says: the lexical list finds nothing for it."""


def calibrate(
    store: VectorStore, encoder: Encoder, sample: Sequence[tuple[str, Pixels]], *, weights: Calibration | None = None
) -> Calibration:
    """Measure how cosines lie in a generation, and from which value on a hit is close.

    Args:
        store: the generation, complete and readable; it need not be live.
        encoder: the one that built it.
        sample: (product id, its picture as the encoder takes it); up to `SAMPLE` are used. Choose them at random.
        weights: the weights to keep, for example tuned ones; those of the generation where none are given.

    Returns:
        The weights with means, spreads and limits of this generation. An empty sample changes nothing.
    """
    weights = weights or store.generation.calibration
    sample = sample[:SAMPLE]
    products = store.products([product_id for product_id, _ in sample])
    sample = [(product_id, pixels) for product_id, pixels in sample if product_id in products]
    if len(sample) < 2:
        return weights
    rng = np.random.default_rng(len(sample))
    carried = [products[product_id] for product_id, _ in sample]
    shots = [as_a_phone_would(pixels, rng) for _, pixels in sample]
    photos, lengths = _seen(encoder, shots, weights.zooms)  # (n, views, dim), (n,)
    phrases = [paraphrase(product, rng) for product in carried]
    words = encoder.encode_texts([encoder.prompt.format(phrase) for phrase in phrases])  # (n, dim)
    weights = _with_spreads(weights, store, carried, photos[:, 0], lengths, words)

    by_photo = list(map(_of_views, photos, lengths))
    by_words = [Signals(words=row, text=text) for row, text in zip(words, phrases, strict=True)]
    foreign = list(foreign_pictures(FOREIGN_PICTURES, encoder.picture_px))
    foreign_photos = list(map(_of_views, *_seen(encoder, foreign, weights.zooms)))
    foreign_words = _foreign_words(store, encoder, weights)

    photo_places, photo_known, photo_others = _asked(store, weights, by_photo, carried)
    words_places, words_known, words_others = _asked(store, weights, by_words, carried)
    # People also use words that no title has: the same questions, understood by the model and by another name for it.
    unsaid = [
        Signals(words=row, text=UNSAID, named=_types_of(product)) for row, product in zip(words, carried, strict=True)
    ]
    words_known += _asked(store, weights, unsaid, carried)[1]
    photo_strange = [_told(store, weights, signals) for signals in foreign_photos]
    words_strange = [_told(store, weights, signals) for signals in foreign_words]
    photo_limit, photo_shares = _limit_of(
        photo_known, photo_others, photo_strange, weights.photo_signs, weights.photo_shift
    )
    words_limit, words_shares = _limit_of(
        words_known, words_others, words_strange, weights.words_signs, weights.words_shift
    )
    measured = {
        "sample": float(len(sample)),
        "photo_recall@1": float((photo_places == 0).mean()),
        "photo_recall@5": float((photo_places < 5).mean()),
        "words_recall@5": float((words_places < 5).mean()),
        **{f"photo_{name}": share for name, share in photo_shares.items()},
        **{f"words_{name}": share for name, share in words_shares.items()},
    }
    measured = {name: round(value, 4) for name, value in measured.items() if np.isfinite(value)}
    return msgspec.structs.replace(weights, confident_photo=photo_limit, confident_words=words_limit, measured=measured)


def _types_of(product: Product) -> frozenset[str]:
    return frozenset(filter(None, [product.facet("category")]))


Told: TypeAlias = tuple[float, Mapping[str, float]]
"""The best value of a question and its signs."""


def _limit_of(
    known: Sequence[Told], others: Sequence[Told], strange: Sequence[Told], worth: Mapping[str, float], shift: float
) -> tuple[float, dict[str, float]]:
    """The limit of confidence, and the shares that are answered and refused by it."""
    carried, other, far = (_weighed(told, worth) for told in (known, others, strange))
    least = limit(carried, np.concatenate([other, far])) + shift
    return least, {
        "answered": float((carried >= least).mean()),
        "refused_other_types": _share_under(other, least),
        "refused_foreign": _share_under(far, least),
    }


def limit(carried: NDArray[np.float64], absent: NDArray[np.float64], *, answered: float = MUST_ANSWER) -> float:
    """The value from which on a hit is close.

    Under it lie no more of the carried than need not be answered. Where the absent lie lower still it goes down to
    where 90% of them are refused: people's own photos and words are harder than changed pictures and titles, so no
    more is refused than must.
    """
    lowest = float(np.quantile(carried, 1 - answered))
    return min(lowest, float(np.quantile(absent, MUST_REFUSE))) if len(absent) else lowest


def _with_spreads(
    weights: Calibration,
    store: VectorStore,
    carried: Sequence[Product],
    photos: Embeddings,
    lengths: Lengths,
    words: Embeddings,
) -> Calibration:
    ids = [product.id for product in carried]
    pictures = [(i, row) for i, vectors in enumerate(_in_order(store, ids, "picture")) for row in vectors[:1]]
    told = [(i, row) for i, vectors in enumerate(_in_order(store, ids, "words")) for row in vectors[:1]]
    photo_mean, photo_spread = _mean_and_spread(photos, pictures)
    words_mean, words_spread = _mean_and_spread(words, told)
    cross_mean, cross_spread = _mean_and_spread(words, pictures)
    return msgspec.structs.replace(
        weights,
        photo_mean=photo_mean,
        photo_spread=photo_spread,
        words_mean=words_mean,
        words_spread=words_spread,
        cross_mean=cross_mean,
        cross_spread=cross_spread,
        length_mean=float(lengths.mean()),
        length_spread=max(float(lengths.std()), LEAST_SPREAD),
    )


def _in_order(store: VectorStore, ids: Sequence[str], kind: str) -> list[Embeddings]:
    vectors = store.vectors(ids, kind="picture" if kind == "picture" else "words")
    nothing = np.zeros((0, store.generation.dim), dtype=np.float32)
    return [vectors.get(product_id, nothing) for product_id in ids]


def _mean_and_spread(asked: Embeddings, stored: Sequence[tuple[int, NDArray[np.float32]]]) -> tuple[float, float]:
    """Over all pairs of a question and another product's vector."""
    if not stored:
        return 0.0, 1.0
    cosines = asked @ np.stack([row for _, row in stored]).T  # (n, m)
    owners = np.array([owner for owner, _ in stored])
    others = cosines[np.arange(len(asked))[:, None] != owners[None]]
    return float(others.mean()), max(float(others.std()), LEAST_SPREAD)


def _seen(encoder: Encoder, pictures: Sequence[Pixels], zooms: Sequence[float]) -> tuple[Embeddings, Lengths]:
    """Vectors of the views of each picture, float32 (n, views, dim), and their mean lengths before they were made 1."""
    rows, lengths = encode_with_lengths(encoder, [nearer(picture, zoom) for picture in pictures for zoom in zooms])
    return rows.reshape(len(pictures), len(zooms), -1), lengths.reshape(len(pictures), len(zooms)).mean(axis=1)


def _of_views(rows: Embeddings, length: float) -> Signals:
    """The question of a photo, from the vectors of its views, (views, dim), and their mean length."""
    whole, *closer = rows
    return Signals(photos=whole[None], closer=tuple(row[None] for row in closer), length=float(length))


def _asked(
    store: VectorStore, weights: Calibration, questions: Iterable[Signals], carried: Sequence[Product]
) -> tuple[NDArray[np.int64], list[Told], list[Told]]:
    """Of each question: the place of its product, what is told of it, and what without the products of its type."""
    places, known, others = [], [], []
    for signals, product in zip(questions, carried, strict=True):
        ranked, told = _judged(store, weights, signals, Filters())
        ids = [entry.product.id for entry in ranked]
        places.append(ids.index(product.id) if product.id in ids else len(ids))
        known.append((_value(ranked), told))
        if product.category:
            without = Filters(none_of=(("category", (product.category,)),))
            ranked, told = _judged(store, weights, signals, without)
            if ranked:
                others.append((_value(ranked), told))
    return np.array(places), known, others


def _judged(
    store: VectorStore, weights: Calibration, signals: Signals, filters: Filters
) -> tuple[list[Ranked], Mapping[str, float]]:
    return judged(store.candidates(probe_of(signals, weights, filters=filters, k=DEPTH)), signals, weights)


def _value(ranked: Sequence[Ranked]) -> float:
    return max((entry.value for entry in ranked), default=float("-inf"))


def _told(store: VectorStore, weights: Calibration, signals: Signals) -> Told:
    ranked, told = _judged(store, weights, signals, Filters())
    return _value(ranked), told


def _weighed(told: Sequence[Told], worth: Mapping[str, float]) -> NDArray[np.float64]:
    return np.array([value + weighed(each, worth) for value, each in told])


def _foreign_words(store: VectorStore, encoder: Encoder, weights: Calibration) -> list[Signals]:
    """The foreign phrases that this catalogue indeed says nothing of."""
    rows = encoder.encode_texts([encoder.prompt.format(phrase) for phrase in PHRASES])
    asked = [Signals(words=row, text=text) for row, text in zip(rows, PHRASES, strict=True)]
    return [signals for signals in asked if not _is_told(store, weights, signals)]


def _is_told(store: VectorStore, weights: Calibration, signals: Signals) -> bool:
    candidates = store.candidates(probe_of(signals, weights, filters=Filters(), k=3))
    return any(coverage(signals.text, candidates.products[near.product_id]) > 0.5 for near in candidates.lexical[:3])


def _share_under(values: NDArray[np.float64], limit: float) -> float:
    return float((values < limit).mean()) if len(values) else float("nan")
