"""What a build's calibration measured in, sentences for the catalogue's keeper out: figures, then what to do."""

from indexing.generation import Calibration

FEW_PHOTOS_FIND = 0.6
"""Share of photos that find their product among the first five, under which a shopper looks in vain too often."""
FEW_WORDS_FIND = 0.5
FEW_REFUSED = 0.5


def advice(calibration: Calibration) -> list[str]:
    """The figures in a sentence or two, then one for each thing that is weak, with what helps."""
    m = calibration.measured
    if not m:
        return ["Too few pictures to measure the search by; every answer counts as confident."]
    first, fifth, words = (f"{m[name]:.0%}" for name in ("photo_recall@1", "photo_recall@5", "words_recall@5"))
    sentences = [
        (
            f"Of {m['sample']:.0f} of your pictures, changed as a phone would, {first} found their product first and "
            f"{fifth} among the first five; titles in other words {words}."
        )
    ]
    refused = [m[name] for name in ("photo_refused_other_types", "photo_refused_foreign") if name in m]
    if refused:
        sentences.append(
            f"Photos of things that you do not carry are refused in {min(refused):.0%} of the cases tried, "
            f"while {m['photo_answered']:.0%} of those that you carry are answered."
        )
    misses = [
        way
        for way, is_weak in (
            ("photo", m["photo_recall@5"] < FEW_PHOTOS_FIND),
            ("words", m["words_recall@5"] < FEW_WORDS_FIND),
        )
        if is_weak
    ]
    if misses:
        sentences.append(
            f"A search by {' and by '.join(misses)} often misses here: a larger model finds more. "
            "`looksee model get RN50` fetches one; `looksee index` with `--model` uses it."
        )
    if refused and min(refused) < FEW_REFUSED:
        sentences.append("For what you do not carry, expect the nearest of what you do carry rather than a no.")
    return sentences
