"""Dev questions in, better weights for a generation's `Calibration` out."""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from bot.evaluate import Asked, Judged, Reweighted, judge, tell
from bot.evaluate_questions import SETS
from indexing.calibrate import limit
from indexing.evidence import learned, weighed_by_others
from indexing.generation import ZOOMS, BuildRefused, Calibration, Generation, Generations
from indexing.store import VectorStore

WRITTEN = ("words", "words_ja", "typo", "negation")
GRID: dict[str, tuple[tuple[object, ...], tuple[str, ...]]] = {
    "zooms": (tuple(ZOOMS[: n + 1] for n in range(len(ZOOMS))), ("photo", "composed")),
    "photo_words_weight": ((0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5), ("photo", "composed")),
    "words_weight": ((0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7), ("composed",)),
    "lexical_weight": ((0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65), WRITTEN),
    "type_weight": ((1.0, 2.0, 3.0, 4.0), (*WRITTEN, "composed")),
    "words_list_weight": ((0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0), WRITTEN),
    "negative_weight": ((0.15, 0.3, 0.5, 0.8), ("negation",)),  # never nothing: facts do not say all
}
"""Values that are tried for each weight, one weight after the other, and the sets that it tells on."""
ROUNDS = 2
ANSWERED = 0.99
"""Share of the dev questions that a limit lets through: of others somewhat fewer are, and 98% should be."""
LEAST_QUESTIONS = 10
"""Of each sort, for a limit to be learned from them."""
LEAST_GAIN = 0.002
"""What a value must gain to be taken: dev questions are few."""
A_VIEW = 0.002
"""What each view of a photo must gain beside that: it costs time in every answer."""


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
    before = goodness(judge(asked, store, best))
    for _ in range(ROUNDS):
        last = best
        for name, (values, sets) in GRID.items():
            told_on = [entry for entry in asked if entry.question.set in sets]
            score = _worth(told_on, store, best)
            tried = [msgspec.structs.replace(best, **{name: value}) for value in values]
            scores = [_worth(told_on, store, weights) for weights in tried]
            top = int(np.argmax(scores))
            if scores[top] > score + LEAST_GAIN:
                best, score = tried[top], scores[top]
            say(
                f"{name} = {getattr(best, name)}: nDCG@10 {score + A_VIEW * len(best.zooms):.4f} over {', '.join(sets)}"
            )
        if best == last:
            break
    return _with_confidence(best, asked, store), before, goodness(judge(asked, store, best))


def _worth(asked: Sequence[Asked], store: VectorStore, weights: Calibration) -> float:
    return goodness(judge(asked, store, weights)) - A_VIEW * len(weights.zooms)


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
        model_id=live.model_id,
        dim=live.dim,
        prompt=live.prompt,
        source=live.source,
        update=True,
        pictures_folder=live.pictures_folder,
    )
    try:
        made = writer.finish(calibration)
    finally:
        writer.close()
    return generations.promote(made.name)


def _with_confidence(weights: Calibration, asked: Sequence[Asked], store: VectorStore) -> Calibration:
    """Signs and limits learned from the dev questions, where both carried and absent ones are there."""
    weighing = Reweighted(store, weights)
    for kind in ("photo", "words"):
        of_kind = [(entry, tell(entry, weighing)) for entry in asked if _kind(entry) == kind]
        carried = [(told.value, told.signs) for entry, told in of_kind if told and entry.question.set != "absent"]
        absent = [(told.value, told.signs) for entry, told in of_kind if told and entry.question.set == "absent"]
        if min(len(carried), len(absent)) < LEAST_QUESTIONS:
            continue
        least = round(limit(*weighed_by_others(carried, absent), answered=ANSWERED), 4)
        changes: dict[str, object] = {f"{kind}_signs": learned(carried, absent), f"confident_{kind}": least}
        weights = msgspec.structs.replace(weights, **changes)
    return _with_mixed_limit(weights, asked, store)


def _with_mixed_limit(weights: Calibration, asked: Sequence[Asked], store: VectorStore) -> Calibration:
    """How far under the limits of photos and words those lie that have both; all that is asked so is carried."""
    weights = msgspec.structs.replace(weights, mixed_shift=0.0)
    weighing = Reweighted(store, weights)
    above = [told.above for entry in asked if _kind(entry) == "mixed" and (told := tell(entry, weighing))]
    if len(above) < LEAST_QUESTIONS:
        return weights
    least = limit(np.array(above), np.array([]), answered=ANSWERED)
    return msgspec.structs.replace(weights, mixed_shift=round(min(least, 0.0), 4))


def _kind(asked: Asked) -> str:
    """Photos alone and words alone have limits of their own; what has both lies between."""
    if asked.question.set == "sku":
        return ""  # an exact name is an answer whatever its value
    return "mixed" if asked.question.photo and asked.question.text else "photo" if asked.question.photo else "words"
