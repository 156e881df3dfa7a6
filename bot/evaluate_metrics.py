"""Ranked ids and right answers in, figures with bootstrap intervals out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1000
CONFIDENCE = 0.95


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one question got."""

    ids: tuple[str, ...]
    """Product ids, best first, up to 10."""
    is_confident: bool
    score: float = 0.0
    """Of the first hit, 0 to 1; 0 where there is none."""


def figures_of(outcome: Outcome, right: frozenset[str], excluded: frozenset[str]) -> dict[str, float]:
    """The figures of one question; those of ranking only where it has a right answer.

    `recall@k` is 1 where a right product is among the first k (as CLIP's papers count it), `excluded@5` the share of
    the first five that should not be there.
    """
    figures = {"answered": float(outcome.is_confident), "refused": float(not outcome.is_confident)}
    if excluded:
        figures["excluded@5"] = sum(name in excluded for name in outcome.ids[:5]) / 5
    if not right:
        return figures
    hits = np.array([name in right for name in outcome.ids[:10]], dtype=np.float64)
    for k in (1, 5, 10):
        figures[f"recall@{k}"] = float(hits[:k].any())
    figures["ndcg@10"] = _ndcg(hits, len(right))
    figures["mrr"] = 1 / (int(np.argmax(hits)) + 1) if hits.any() else 0.0
    return figures


def _ndcg(hits: NDArray[np.float64], right: int) -> float:
    discounts = 1 / np.log2(np.arange(2, 12))
    gained = float((hits * discounts[: len(hits)]).sum())
    return gained / float(discounts[: min(right, 10)].sum())


def summary(rows: Sequence[Mapping[str, float]], *, seed: int = 0) -> dict[str, object]:
    """Means with 95% bootstrap intervals: `{"n", "recall@1", ..., "interval": {"recall@1": [low, high]}}`."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    means: dict[str, object] = {"n": len(rows)}
    intervals: dict[str, list[float]] = {}
    rng = np.random.default_rng(seed)
    for name in names:
        values = np.array([row[name] for row in rows if name in row])
        means[name] = round(float(values.mean()), 4)
        drawn = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
        low, high = np.quantile(drawn, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
        intervals[name] = [round(float(low), 4), round(float(high), 4)]
    return {**means, "interval": intervals}
