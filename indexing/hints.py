"""Weights tuned once for a model, as the numbers of its `model.json`, in and out of a `Calibration`.

Every build measures its own spreads and limits; what dev questions taught about a model (how the lists weigh, what the
signs of confidence are worth, how much harder people's own photos are than changed pictures) it can only start from.
"""

from collections.abc import Mapping

import msgspec

from indexing.evidence import SIGNS
from indexing.generation import ZOOMS, Calibration

WEIGHTS = (
    "words_weight", "like_weight", "negative_weight", "words_list_weight", "photo_words_weight", "lexical_weight",
    "type_weight", "photo_shift", "words_shift", "mixed_shift",
)  # fmt: skip
VIEWS = "views"


def as_hints(weights: Calibration) -> dict[str, float]:
    """The weights that hold for any catalogue searched by the same model, by name."""
    hints: dict[str, float] = {name: getattr(weights, name) for name in WEIGHTS}
    hints[VIEWS] = float(len(weights.zooms))
    for kind, worth in (("photo", weights.photo_signs), ("words", weights.words_signs)):
        hints |= {f"{kind}_{sign}": worth[sign] for sign in SIGNS if sign in worth}
    return hints


def from_hints(hints: Mapping[str, float]) -> Calibration:
    """What a build begins with: the plain weights for a model without hints. Names that nobody knows are ignored."""
    if not hints:
        return Calibration()
    signs = {
        f"{kind}_signs": {sign: hints[f"{kind}_{sign}"] for sign in SIGNS if f"{kind}_{sign}" in hints}
        for kind in ("photo", "words")
    }
    zooms = ZOOMS[: max(int(hints.get(VIEWS, len(ZOOMS))), 1)]
    known = {name: hints[name] for name in WEIGHTS if name in hints}
    return msgspec.structs.replace(Calibration(), zooms=zooms, **signs, **known)
