"""A question's best hits in, what speaks for the thing being carried at all out: how they agree, beside how near.

What a shop does not carry has nearest hits too; but they are of several types, hardly nearer than the next ones, and
look right without being called right. What each sign is worth is the generation's `Calibration`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexing.coverage import coverage
from indexing.store import Candidates

AGREE_AMONG = 10
"""Hits whose types are compared."""
NEXT = slice(5, 20)
"""Hits that the first is compared with: near ones, but others."""
FAINTEST = 3.0
"""Spreads beyond which a length says no more: it is another sort of photo."""
SIGNS = ("gap", "kinds", "views", "other", "said", "called", "faint")


def signs(
    values: Sequence[float],
    types: Sequence[str],
    view_types: Sequence[str],
    other: float,
    said: float = 0.0,
    called: float = 0.0,
    faint: float = 0.0,
) -> dict[str, float]:
    """What the best hits of a question tell, by name of `SIGNS`; higher speaks for the thing being carried.

    Args:
        values: of the hits, best first, in spreads.
        types: of the same hits, case-folded; empty where a product has none.
        view_types: type of the nearest product of each view of a photo; empty for words.
        other: value of the first hit in the list that counts less: the words for a photo, the pictures for words.
        said: share of the words asked that the lexical list's best says, 0 to 1; nonsense is said by nobody.
        called: how much of the words means the first hit's type, 0 to 1: 1 where they name it.
        faint: how much shorter a photo's embedding was, before it was made 1, than those of the catalogue's own
            pictures, in spreads. By itself it tells nothing; but a photo of something else that lies near by luck is
            often a strong one.
    """
    if not values:
        return dict.fromkeys(SIGNS, 0.0)
    first = types[0]
    others = values[NEXT] or values[-1:]
    votes = Counter(types[:AGREE_AMONG])
    return {
        "gap": values[0] - float(np.mean(others)),
        "kinds": votes[first] / min(AGREE_AMONG, len(types)),
        "views": sum(kind == first for kind in view_types) / len(view_types) if view_types else 0.0,
        "other": other,
        "said": said,
        "called": called,
        "faint": faint,
    }


def faintness(length: float, usual: float, spread: float) -> float:
    """How much shorter an embedding was than usual, in spreads, within `FAINTEST`; 0 where a length is not known."""
    return float(np.clip((usual - length) / spread, -FAINTEST, FAINTEST)) if length and usual else 0.0


def said_by(candidates: Candidates, text: str) -> dict[str, float]:
    """How much of the words each product of the lexical list says, 0 to 1.

    A store's scores have no common scale, so the list's best is worth the share of the words that it says, and the
    others are worth less in proportion to their scores.
    """
    if not candidates.lexical:
        return {}
    best = candidates.lexical[0]
    whole = coverage(text, candidates.products[best.product_id])
    return {near.product_id: whole * near.score / max(best.score, 1e-9) for near in candidates.lexical}


def weighed(signs_: Mapping[str, float], worth: Mapping[str, float]) -> float:
    """What the signs are worth together, in spreads of the best value."""
    return sum(each * signs_.get(name, 0.0) for name, each in worth.items())


FOLDS = 5
STEPS = 3000
RATE = 0.1
DECAY = 0.02
"""Pull of each weight towards nothing, so that few questions do not teach much."""
LEAST_SPREAD = 1e-3
LEAST_OF_VALUE = 0.5
"""What the best value counts for at least, beside the sign that counts most: signs only add to nearness."""


def learned(
    carried: Sequence[tuple[float, Mapping[str, float]]], absent: Sequence[tuple[float, Mapping[str, float]]]
) -> dict[str, float]:
    """What each sign is worth beside the best value, in spreads of it: a logistic regression, no weight below nothing.

    Args:
        carried: (best value, signs) of questions about things that are there.
        absent: the same of things that are not.
    """
    rows = np.array([[value, *(told[name] for name in SIGNS)] for value, told in (*carried, *absent)])
    is_carried = np.array([1.0] * len(carried) + [0.0] * len(absent))
    spread = np.maximum(rows.std(axis=0), LEAST_SPREAD)
    scaled = (rows - rows.mean(axis=0)) / spread
    # Both kinds count as much, however many there are of each.
    share = np.where(is_carried > 0, 0.5 / max(len(carried), 1), 0.5 / max(len(absent), 1))
    weights = _descent(scaled, is_carried, share) / spread
    if weights[0] <= 0:
        return {}
    worth = {name: round(float(w / weights[0]), 4) for name, w in zip(SIGNS, weights[1:], strict=True)}
    told = dict(zip(SIGNS, rows.std(axis=0)[1:] > LEAST_SPREAD, strict=True))  # what is always the same tells nothing
    return {name: each for name, each in worth.items() if each > 0 and told[name]}


def weighed_by_others(
    carried: Sequence[tuple[float, Mapping[str, float]]], absent: Sequence[tuple[float, Mapping[str, float]]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The values of the same questions with signs weighed as `learned` from the rest of them.

    With signs that were learned on themselves questions look surer than others will: a limit set on those refuses too
    much (cross-validation: Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", 1974).

    Args:
        carried: as in `learned`, at least `FOLDS` of them.
        absent: the same.

    Returns:
        The values of the carried and of the absent, in the order given.
    """
    values = np.zeros(len(carried)), np.zeros(len(absent))
    for fold in range(FOLDS):
        rest = [[each for i, each in enumerate(sort) if i % FOLDS != fold] for sort in (carried, absent)]
        worth = learned(*rest)
        for sort, own in zip((carried, absent), values, strict=True):
            own[fold::FOLDS] = [value + weighed(told, worth) for value, told in sort[fold::FOLDS]]
    return values


def _descent(
    rows: NDArray[np.float64], is_carried: NDArray[np.float64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of the columns, none below 0 and the first never nothing."""
    weights, bias = np.full(rows.shape[1], 0.1), 0.0
    for _ in range(STEPS):
        error = share * (1 / (1 + np.exp(-(rows @ weights + bias))) - is_carried)
        weights = np.maximum(weights - RATE * (error @ rows + DECAY * weights), 0.0)
        weights[0] = max(weights[0], 0.05, LEAST_OF_VALUE * float(weights[1:].max()))
        bias -= RATE * float(error.sum())
    return weights
