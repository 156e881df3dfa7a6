"""A question's signals in, a store's probe out; the store's candidates in, one ranked list out. Plain numpy.

Each vector list is asked with one vector: the weighted sum of photo, likes, words and negatives, each divided by the
spread that its kind of cosine has in this generation. What a list gives back is thereby in spreads above the mean,
whatever the modality, and lists can be added. All weights are the generation's `Calibration`.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from indexing.coverage import contradicts
from indexing.evidence import faintness, said_by, signs, weighed
from indexing.generation import Calibration
from indexing.product import FacetField, Product
from indexing.purposes import names_type, serves
from indexing.store import Candidates, Filters, Near, Probe, VectorKind, VectorProbe
from indexing.wording import head_component
from inference.encoder import Embedding, Embeddings

SAME_PICTURE = 0.9995
"""Cosine from which a photo is the product's own picture (vectors are stored as f16)."""
FULL_MATCH = 6.0
"""What a product that says all the words asked is worth, in spreads."""
SHADE = 1.0
"""Spreads that a product loses that has only a shade of the colour, a kind of the material, that was asked."""
MARGIN = 1.5
"""Spreads above the confidence limit that take a score from .5 to .73."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """What a question consists of, encoded. At least one of photos, likes and words is there."""

    photos: Embeddings | None = None
    """float32, (n, dim), unit length per row."""
    closer: tuple[Embeddings, ...] = ()
    """The same photos from nearer, or in the mirror, each like `photos`: a thing is small in a photo of a room."""
    length: float = 0.0
    """Mean L2 norm of all of them before it was made 1; 0 where it is not known."""
    likes: Embeddings | None = None
    """float32, (n, dim): the pictures of the products that the question points at."""
    liked_words: Embeddings | None = None
    """float32, (n, dim): the words vectors of the same products."""
    liked_types: Mapping[str, float] = field(default_factory=dict)
    """Their types, case-folded, each 0 to 1, how sure it is: what is like a chair is a chair first of all."""
    words: Embedding | None = None
    """float32, (dim,), unit length."""
    negatives: Embeddings | None = None
    """float32, (n, dim), unit length per row."""
    text: str = ""
    """The words for the lexical list."""
    named: frozenset[str] = frozenset()
    """The types that they name, case-folded, whatever they call them."""
    asked: frozenset[tuple[FacetField, str]] = frozenset()
    """Facet values as they were asked, folded: the filter lets burgundy through for "red", but red comes first."""
    negative_texts: tuple[str, ...] = ()
    is_narrowed: bool = False
    """Conditions shut products out, "this in red": the best of what is left lies further from a photo."""

    @property
    def has_look(self) -> bool:
        """True where a photo or a liked product says what it should look like."""
        return self.photos is not None or self.likes is not None or self.liked_words is not None

    @property
    def is_photo_only(self) -> bool:
        others = (self.likes, self.liked_words, self.words, self.negatives)
        return self.photos is not None and all(other is None for other in others)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranked:
    """A product in its place."""

    product: Product
    value: float
    """Spreads above the mean, with what speaks for the whole list; comparable with the calibrated confidence."""
    score: float
    """0 to 1; .5 is the limit of confidence, 1.0 the product's own picture or its exact name."""
    picture: int = 0
    is_exact: bool = False
    """Its id, SKU, GTIN or whole title was asked."""
    is_same_picture: bool = False


def probe_of(
    signals: Signals, weights: Calibration, *, filters: Filters, exclude: frozenset[str] = frozenset(), k: int = 50
) -> Probe:
    """What to ask of a store for these signals.

    Raises:
        ValueError: no photo, like or words among the signals.
    """
    vectors = tuple(
        VectorProbe(vector=unit(_sum(view, weights, kind)[0]), against=kind) for view, kind in _asked(signals)
    )
    return Probe(vectors=vectors, words=signals.text, filters=filters, exclude=exclude, k=k)


def _asked(signals: Signals) -> list[tuple[Signals, VectorKind]]:
    """What asks which kind of list: each view of the photos asks the pictures, all views together the words."""
    if signals.photos is None or not signals.closer:
        return [(signals, "picture"), (signals, "words")]
    views = [replace(signals, photos=rows, closer=()) for rows in (signals.photos, *signals.closer)]
    together = np.mean([signals.photos, *signals.closer], axis=0, dtype=np.float32)
    together /= np.linalg.norm(together, axis=1, keepdims=True)
    return [*((view, "picture") for view in views), (replace(signals, photos=together, closer=()), "words")]


def fuse(candidates: Candidates, signals: Signals, weights: Calibration) -> list[Ranked]:
    """One list of the candidates, best first; equals by product id. Each product once, with its best picture."""
    ranked, told = judged(candidates, signals, weights)
    worth, limit = worth_of(told, signals, weights), confident_value(signals, weights)
    return [_scored(entry, entry.value + worth, limit) for entry in ranked]


def worth_of(told: Mapping[str, float], signals: Signals, weights: Calibration) -> float:
    """What the signs of an answer are worth, in spreads: that is in the value of every hit."""
    share = _words_share(signals, weights)
    return (1 - share) * weighed(told, weights.photo_signs) + share * weighed(told, weights.words_signs)


def _scored(entry: Ranked, value: float, limit: float) -> Ranked:
    if entry.is_exact or entry.is_same_picture:
        return replace(entry, value=value)
    return replace(entry, value=value, score=1 / (1 + math.exp(min((limit - value) / MARGIN, 700.0))))


def judged(candidates: Candidates, signals: Signals, weights: Calibration) -> tuple[list[Ranked], Mapping[str, float]]:
    """The same list before its signs are weighed, and the signs; see `indexing.evidence`."""
    *views, words = (
        _List(near, *_sum(view, weights, kind)[1:])
        for near, (view, kind) in zip(candidates.vectors, _asked(signals), strict=True)
    )
    whole = views[0].near
    said = said_by(candidates, signals.text)
    share = weights.photo_words_weight if signals.photos is not None else weights.words_list_weight
    words_share = _words_share(signals, weights)
    lexical = weights.lexical_weight * words_share if signals.text else 0.0
    ranked = []
    for product_id, product in candidates.products.items():
        if any(contradicts(product, negative) for negative in signals.negative_texts):
            continue
        by_text = share if product.pictures else 1.0  # without a picture it is judged by its words alone
        nearest = max(views, key=lambda view: view.value(product_id))
        value = (1 - by_text) * _soft_maximum([v.value(product_id) for v in views]) + by_text * words.value(product_id)
        value = (1 - lexical) * value + lexical * FULL_MATCH * said.get(product_id, 0.0)
        value += weights.type_weight * _type_share(signals, words_share, product)
        value -= SHADE * _shades(signals, product)
        near = nearest.near.get(product_id) or whole.get(product_id)
        is_exact = product_id in candidates.exact
        cosine = whole[product_id].score if signals.is_photo_only and product_id in whole else 0.0
        ranked.append(
            Ranked(
                product=product,
                value=value,
                score=1.0 if is_exact else min(cosine, 1.0),
                picture=near.picture if near else 0,
                is_exact=is_exact,
                is_same_picture=cosine >= SAME_PICTURE,
            )
        )
    ranked.sort(key=lambda r: (not r.is_exact, not r.is_same_picture, -round(r.value, 6), r.product.id))
    named = next((entry for entry in ranked if entry.product.facet("category") in signals.named), None)
    shown = sorted(ranked, key=lambda entry: entry is not named)  # of the type named, whatever lies nearer
    first = shown[0].product if shown else None
    told = signs(
        [entry.value for entry in shown],
        [entry.product.facet("category") for entry in shown],
        [candidates.products[view.first].facet("category") for view in views if view.first],
        (words if signals.has_look else views[0]).value(first.id if first else ""),
        max(said.values(), default=0.0) if signals.text else 1.0,
        _called(signals, first) if first and signals.text else 1.0,
        faintness(signals.length, weights.length_mean, weights.length_spread),
    )
    return ranked, told


def _soft_maximum(values: Sequence[float]) -> float:
    """A product's value by all views: the nearest counts most, but one crop alone is easily mistaken."""
    most = max(values)
    return most + math.log(sum(math.exp(value - most) for value in values) / len(values))


def _type_share(signals: Signals, words_share: float, product: Product) -> float:
    """How much of the question asks for the product's type, 0 to 1."""
    by_words = words_share * _called(signals, product) if words_share else 0.0
    return by_words + (1 - words_share) * signals.liked_types.get(product.facet("category"), 0.0)


def _called(signals: Signals, product: Product) -> float:
    """How much of the words means the product's type, 0 to 1: 1 where they name it."""
    if not signals.text:
        return 0.0
    if product.facet("category") in signals.named or names_type(signals.text, product):
        return 1.0
    return 0.0 if signals.named else serves(signals.text, product)


def _shades(signals: Signals, product: Product) -> int:
    """In how many fields the product has only a shade of what was asked."""
    if not signals.asked:
        return 0
    fields = {field for field, _ in signals.asked}
    return sum((field, head_component(product.facet(field))) not in signals.asked for field in fields)


def confident_value(signals: Signals, weights: Calibration) -> float:
    """The value under which the best hit of such a question is not close."""
    share = _words_share(signals, weights)
    is_mixed = signals.has_look and (signals.is_narrowed or share > 0)
    shift = weights.mixed_shift if is_mixed else 0.0
    return (1 - share) * weights.confident_photo + share * weights.confident_words + shift


def unit(vector: NDArray[np.float32]) -> Embedding:
    """The vector with unit length.

    Raises:
        ValueError: it is zero or not finite.
    """
    norm = float(np.linalg.norm(vector))
    if not np.isfinite(norm) or norm == 0:
        raise ValueError("a vector of zeros, or one that is not finite, points nowhere")
    return (vector / np.float32(norm)).astype(np.float32)


def _words_share(signals: Signals, weights: Calibration) -> float:
    if signals.words is None:
        return 0.0
    return weights.words_weight if signals.has_look else 1.0


def _sum(signals: Signals, weights: Calibration, kind: VectorKind) -> tuple[NDArray[np.float32], float, float]:
    """The vector that asks one list, not of unit length; its length; the value of a mean product in it."""
    terms = [(w, v, *_cosines(weights, is_picture, kind)) for w, v, is_picture in _terms(signals, weights, kind)]
    rows = np.stack([np.float32(w / spread) * v for w, v, _, spread in terms])  # (terms, dim)
    vector: NDArray[np.float32] = rows.sum(axis=0)
    offset = sum((w * mean / spread for w, _, mean, spread in terms), 0.0)
    return vector, float(np.linalg.norm(vector)), offset


def _terms(signals: Signals, weights: Calibration, kind: VectorKind) -> Iterator[tuple[float, Embedding, bool]]:
    """(weight, unit vector, is of a picture) of each signal."""
    words_share = _words_share(signals, weights)
    # A liked product asks each list with its own vector of that kind, where it has one.
    likes, are_pictures = signals.likes, True
    if signals.liked_words is not None and (kind == "words" or likes is None):
        likes, are_pictures = signals.liked_words, False
    looks = [(1.0, signals.photos, True), (weights.like_weight, likes, are_pictures)]
    present = [(weight, rows, is_picture) for weight, rows, is_picture in looks if rows is not None and len(rows)]
    if not present and signals.words is None:
        raise ValueError("signals without a photo, a like or words ask nothing")
    total = sum(weight for weight, _, _ in present)
    for weight, rows, is_picture in present:
        yield (1 - words_share) * weight / total, unit(rows.mean(axis=0)), is_picture
    if signals.words is not None:
        yield words_share, signals.words, False
    if signals.negatives is not None:
        for row in signals.negatives:
            yield -weights.negative_weight / len(signals.negatives), row, False


def _cosines(weights: Calibration, is_picture: bool, kind: VectorKind) -> tuple[float, float]:
    """Mean and spread of the cosines between a signal and a kind of vector."""
    if is_picture != (kind == "picture"):
        return weights.cross_mean, weights.cross_spread
    if is_picture:
        return weights.photo_mean, weights.photo_spread
    return weights.words_mean, weights.words_spread


class _List:
    """A vector list with its scores read as spreads above the mean; a product that is not in it has its last value."""

    def __init__(self, near: Sequence[Near], length: float, offset: float) -> None:
        self.near: Mapping[str, Near] = {n.product_id: n for n in near}
        self._length = length
        self._offset = offset
        self._floor = near[-1].score if near else 0.0
        self.first = near[0].product_id if near else ""

    def value(self, product_id: str) -> float:
        near = self.near.get(product_id)
        return (near.score if near else self._floor) * self._length - self._offset
