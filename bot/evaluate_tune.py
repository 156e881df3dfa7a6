"""Dev questions in, better weights for a generation's `Calibration` out."""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from bot.evaluate import Asked, Judged, judge
from bot.evaluate_questions import SETS
from indexing.calibrate import limit
from indexing.generation import BuildRefused, Calibration, Generation, Generations
from indexing.ranking import MARGIN
from indexing.store import VectorStore

GRID: dict[str, tuple[float, ...]] = {
    "lexical_weight": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65),
    "words_list_weight": (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0),
    "photo_words_weight": (0.0, 0.05, 0.1, 0.2, 0.3, 0.4),
    "words_weight": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
    "negative_weight": (0.0, 0.15, 0.3, 0.5, 0.8),
}
"""Values that are tried for each weight, one weight after the other."""
ROUNDS = 2


def tune(
    asked: Sequence[Asked], store: VectorStore, *, say: Callable[[str], None] = lambda _: None
) -> tuple[Calibration, float, float]:
    """Weights that answer these questions best, tried one after the other; limits of confidence set on them as well.

    Args:
        asked: dev questions, never test ones.
        store: the generation to tune for.
        say: told of each step, for people.

    Returns:
        The calibration, and the mean nDCG@10 over the sets before and after.
    """
    best = store.generation.calibration
    before = score = goodness(judge(asked, store, best))
    for _ in range(ROUNDS):
        for name, values in GRID.items():
            tried = [msgspec.structs.replace(best, **{name: value}) for value in values]
            scores = [goodness(judge(asked, store, weights)) for weights in tried]
            top = int(np.argmax(scores))
            if scores[top] > score:
                best, score = tried[top], scores[top]
            say(f"{name} = {getattr(best, name):g}: nDCG@10 {score:.4f}")
    return _with_limits(best, judge(asked, store, _no_limits(best))), before, score


def goodness(judged: Sequence[Judged]) -> float:
    """Mean over the sets of their nDCG@10, less the share of excluded products in the negations."""
    means = []
    for name in SETS:
        own = [e.figures for e in judged if e.asked.question.set == name]
        ranked = [figures["ndcg@10"] for figures in own if "ndcg@10" in figures]
        excluded = [figures["excluded@5"] for figures in own if "excluded@5" in figures]
        if ranked:
            means.append(float(np.mean(ranked)) - (float(np.mean(excluded)) if excluded else 0.0))
    return float(np.mean(means)) if means else 0.0


def install(generations: Generations, calibration: Calibration) -> Generation:
    """A new live generation: the live one with this calibration.

    Raises:
        BuildRefused: none is live, or a build is running.
    """
    live = generations.live()
    if live is None:
        raise BuildRefused("There is no live generation to tune: run `looksee index SOURCE` first.")
    writer = generations.begin(
        model_id=live.model_id, dim=live.dim, prompt=live.prompt, source=live.source, update=True
    )
    try:
        made = writer.finish(calibration)
    finally:
        writer.close()
    return generations.promote(made.name)


def _no_limits(weights: Calibration) -> Calibration:
    return msgspec.structs.replace(weights, confident_photo=0.0, confident_words=0.0)


def _with_limits(weights: Calibration, judged: Sequence[Judged]) -> Calibration:
    """Limits from the dev questions, where both carried and absent ones are there."""
    photo_limit = _limit(judged, is_photo=True)
    words_limit = _limit(judged, is_photo=False)
    return msgspec.structs.replace(
        weights,
        confident_photo=weights.confident_photo if photo_limit is None else photo_limit,
        confident_words=weights.confident_words if words_limit is None else words_limit,
    )


def _limit(judged: Sequence[Judged], *, is_photo: bool) -> float | None:
    def values(is_absent: bool) -> list[float]:
        kept = [
            entry.outcome.score
            for entry in judged
            if (entry.asked.question.set == "absent") == is_absent
            and (entry.asked.photo is not None) == is_photo
            and (not is_photo or not entry.asked.question.text)
            and 0 < entry.outcome.score < 1
        ]
        return [MARGIN * float(np.log(score / (1 - score))) for score in kept]  # the value that made the score

    carried, absent = values(False), values(True)
    return limit(np.array(carried), np.array(absent)) if carried and absent else None
