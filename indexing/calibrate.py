"""A built generation in, its `Calibration` out, from the catalogue alone: no question set is needed.

Carried: some of its own pictures, changed as a phone would, and its titles, said in other words. Not carried: the same
questions while everything of that type is left out of the answer, and a set of foreign pictures and phrases.
"""

from collections.abc import Iterable, Sequence
from typing import cast

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageFilter

from indexing.coverage import coverage
from indexing.foreign import PHRASES, foreign_pictures
from indexing.generation import Calibration
from indexing.product import Product
from indexing.ranking import Ranked, Signals, fuse, probe_of
from indexing.store import Filters, VectorStore
from indexing.wording import words_of
from inference.encoder import Embeddings, Encoder, Pixels

SAMPLE = 100
"""Products that are worth looking at; more only take longer."""
FOREIGN_PICTURES = 40
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
    photos = encoder.encode_pictures([as_a_phone_would(pixels, rng) for _, pixels in sample])  # (n, dim)
    phrases = [paraphrase(product, rng) for product in carried]
    words = encoder.encode_texts([encoder.prompt.format(phrase) for phrase in phrases])  # (n, dim)
    weights = _with_spreads(weights, store, carried, photos, words)

    by_photo = [Signals(photos=row[None]) for row in photos]
    by_words = [Signals(words=row, text=text) for row, text in zip(words, phrases, strict=True)]
    foreign_rows = encoder.encode_pictures(list(foreign_pictures(FOREIGN_PICTURES, encoder.picture_px)))
    foreign_photos = [Signals(photos=row[None]) for row in foreign_rows]
    foreign_words = _foreign_words(store, encoder, weights)

    photo_places, photo_values, photo_absent = _asked(store, weights, by_photo, carried)
    words_places, words_values, words_absent = _asked(store, weights, by_words, carried)
    photo_foreign = np.array([_best(store, weights, signals) for signals in foreign_photos])
    words_foreign = np.array([_best(store, weights, signals) for signals in foreign_words])
    photo_limit = limit(photo_values, np.concatenate([photo_absent, photo_foreign]))
    # People also use words that no title has: the same questions, understood by the model alone.
    unsaid = [Signals(words=row, text=UNSAID) for row in words]
    _, unsaid_values, _ = _asked(store, weights, unsaid, carried)
    words_values = np.concatenate([words_values, unsaid_values])
    words_limit = limit(words_values, np.concatenate([words_absent, words_foreign]))
    measured = {
        "sample": float(len(sample)),
        "photo_recall@1": float((photo_places == 0).mean()),
        "photo_recall@5": float((photo_places < 5).mean()),
        "words_recall@5": float((words_places < 5).mean()),
        "photo_answered": float((photo_values >= photo_limit).mean()),
        "photo_refused_other_types": _share_under(photo_absent, photo_limit),
        "photo_refused_foreign": _share_under(photo_foreign, photo_limit),
        "words_answered": float((words_values >= words_limit).mean()),
        "words_refused_other_types": _share_under(words_absent, words_limit),
        "words_refused_foreign": _share_under(words_foreign, words_limit),
    }
    measured = {name: round(value, 4) for name, value in measured.items() if np.isfinite(value)}
    return msgspec.structs.replace(weights, confident_photo=photo_limit, confident_words=words_limit, measured=measured)


def limit(carried: NDArray[np.float64], absent: NDArray[np.float64]) -> float:
    """The value from which on a hit is close.

    At most 2% of the carried lie under it. Where the absent lie lower still it goes down to where 90% of them are
    refused: people's own photos and words are harder than changed pictures and titles, so no more is refused than must.
    """
    lowest = float(np.quantile(carried, 1 - MUST_ANSWER))
    return min(lowest, float(np.quantile(absent, MUST_REFUSE))) if len(absent) else lowest


def advice(calibration: Calibration) -> list[str]:
    """What was measured, for the catalogue's keeper: one sentence each, the last one advice where it is weak."""
    m = calibration.measured
    if not m:
        return ["Too few pictures to measure the search by; every answer counts as confident."]
    refused = [m[name] for name in ("photo_refused_other_types", "photo_refused_foreign") if name in m]
    first, fifth, words = (f"{m[name]:.0%}" for name in ("photo_recall@1", "photo_recall@5", "words_recall@5"))
    sentences = [
        (
            f"Of {m['sample']:.0f} of your pictures, changed as a phone would, {first} found their product first and "
            f"{fifth} among the first five; titles in other words {words}."
        )
    ]
    if refused:
        sentences.append(
            f"Photos of things that you do not carry are refused in {min(refused):.0%} of the cases tried, "
            f"while {m['photo_answered']:.0%} of those that you carry are answered."
        )
    if m["photo_recall@5"] < 0.8 or m["words_recall@5"] < 0.5 or (refused and min(refused) < 0.5):
        sentences.append("That is weak: a larger model will serve this catalogue better. Try `looksee model get RN50`.")
    return sentences


def as_a_phone_would(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """The picture from a little nearer, turned, in other light, on another ground, a little blurred; same shape."""
    px = pixels.shape[0]
    picture = Image.fromarray(_on_another_ground(pixels, rng) if rng.random() < 0.5 else pixels)
    edge = picture.getpixel((0, 0))
    turned = picture.rotate(
        float(rng.uniform(-12, 12)), resample=Image.Resampling.BILINEAR, fillcolor=cast("tuple[int, int, int]", edge)
    )
    side = px * float(rng.uniform(0.78, 0.98))
    left, top = (float(rng.uniform(0, px - side)) for _ in range(2))
    near = turned.resize((px, px), Image.Resampling.BICUBIC, box=(left, top, left + side, top + side))
    lit = ImageEnhance.Brightness(near).enhance(float(rng.uniform(0.75, 1.2)))
    lit = ImageEnhance.Contrast(lit).enhance(float(rng.uniform(0.8, 1.2)))
    lit = ImageEnhance.Color(lit).enhance(float(rng.uniform(0.8, 1.2)))
    cast_by_lamp = np.asarray(lit, dtype=np.float32) * rng.uniform(0.93, 1.07, 3).astype(np.float32)
    shot = Image.fromarray(cast_by_lamp.clip(0, 255).astype(np.uint8))
    return np.asarray(shot.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, px / 120)))), dtype=np.uint8)


def _on_another_ground(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """The plain ground that a shop's picture has, seen in its corners, painted over."""
    ground = pixels[0, 0].astype(np.int16)
    is_ground = np.abs(pixels.astype(np.int16) - ground).max(axis=2) < 12
    tint = np.array([*rng.uniform(60, 230, 3)], dtype=np.float32)
    rows = np.linspace(0.8, 1.1, pixels.shape[0], dtype=np.float32)[:, None, None]
    painted = np.broadcast_to(tint * rows, pixels.shape).clip(0, 255).astype(np.uint8)
    return np.where(is_ground[..., None], painted, pixels)


def paraphrase(product: Product, rng: np.random.Generator) -> str:
    """What a shopper might say for a product: what its facts say, or half of its title's words, without the brand."""
    facts = [fact for fact in (product.color, product.material, product.category) if fact]
    if product.category and len(facts) > 1 and rng.random() < 0.5:
        return " ".join(facts).lower()
    brand = set(words_of(product.brand))
    words = [word for word in words_of(product.title) if word not in brand] or list(words_of(product.title))
    keep = max(2, round(len(words) * 0.6))
    chosen = sorted(rng.permutation(len(words))[:keep])
    return " ".join(words[i] for i in chosen) or product.title


def _with_spreads(
    weights: Calibration, store: VectorStore, carried: Sequence[Product], photos: Embeddings, words: Embeddings
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


def _asked(
    store: VectorStore, weights: Calibration, questions: Iterable[Signals], carried: Sequence[Product]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Of each question: the place of its product, the best value, and the best value without products of its type."""
    places, values, absent = [], [], []
    for signals, product in zip(questions, carried, strict=True):
        ranked = _ranked(store, weights, signals, Filters())
        ids = [entry.product.id for entry in ranked]
        places.append(ids.index(product.id) if product.id in ids else len(ids))
        values.append(_value(ranked))
        if product.category:
            without = Filters(none_of=(("category", (product.category,)),))
            absent.append(_value(_ranked(store, weights, signals, without)))
    return np.array(places), np.array(values), np.array([v for v in absent if np.isfinite(v)])


def _ranked(store: VectorStore, weights: Calibration, signals: Signals, filters: Filters) -> list[Ranked]:
    return fuse(store.candidates(probe_of(signals, weights, filters=filters, k=20)), signals, weights)


def _value(ranked: Sequence[Ranked]) -> float:
    return max((entry.value for entry in ranked), default=float("-inf"))


def _best(store: VectorStore, weights: Calibration, signals: Signals) -> float:
    return _value(_ranked(store, weights, signals, Filters()))


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
