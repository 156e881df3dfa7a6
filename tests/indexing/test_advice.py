"""What the keeper of a catalogue reads after a build."""

import pytest

from indexing.advice import advice
from indexing.generation import Calibration

STRONG = {
    "sample": 100.0,
    "photo_recall@1": 0.95,
    "photo_recall@5": 1.0,
    "words_recall@5": 0.9,
    "photo_answered": 0.98,
    "photo_refused_other_types": 0.9,
}


def test_a_strong_search_gets_its_figures_and_no_advice() -> None:
    figures, refusals = advice(Calibration(measured=STRONG))

    assert "95% found their product first" in figures
    assert "refused in 90%" in refusals


@pytest.mark.parametrize(
    ("weak", "says"),
    [
        ({"photo_recall@5": 0.4}, "A search by photo often misses"),
        ({"words_recall@5": 0.3}, "A search by words often misses"),
        ({"photo_recall@5": 0.4, "words_recall@5": 0.3}, "by photo and by words"),
        ({"photo_refused_other_types": 0.1}, "the nearest of what you do carry"),
    ],
)
def test_what_is_weak_is_named_and_nothing_else_is(weak: dict[str, float], says: str) -> None:
    _, _, only = advice(Calibration(measured={**STRONG, **weak}))

    assert says in only
    assert ("larger model" in only) == ("misses" in only)


def test_a_search_that_finds_two_photos_of_three_is_not_called_weak() -> None:
    assert len(advice(Calibration(measured={**STRONG, "photo_recall@5": 0.68}))) == 2


def test_too_few_pictures_are_said_to_be_too_few() -> None:
    (only,) = advice(Calibration())
    assert "Too few pictures" in only
