import numpy as np
import pytest

from indexing.evidence import SIGNS, faintness, learned, signs, weighed, weighed_by_others


def test_hits_that_agree_speak_for_the_thing_being_carried() -> None:
    values = [5.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]
    agreeing = signs(values, ["mug"] * 7, ["mug", "mug"], other=2.0)
    mixed = signs(values, ["mug", "bowl", "lamp", "pen", "hat", "bag", "rug"], ["mug", "rug"], other=2.0)

    assert agreeing == dict.fromkeys(SIGNS, 0.0) | {"gap": 2.0, "kinds": 1.0, "views": 1.0, "other": 2.0}
    assert mixed["kinds"] == pytest.approx(1 / 7)
    assert mixed["views"] == 0.5


def test_nothing_found_tells_nothing() -> None:
    assert signs([], [], [], other=0.0) == dict.fromkeys(SIGNS, 0.0)
    assert signs([1.0], [""], [], other=0.0)["gap"] == 0.0


def test_only_signs_that_tell_the_carried_from_others_are_worth_something() -> None:
    rng = np.random.default_rng(0)

    def question(is_carried: bool) -> tuple[float, dict[str, float]]:
        told = dict.fromkeys(SIGNS, 0.0) | {"gap": rng.normal(), "kinds": rng.normal(2.0 * is_carried)}
        told["views"] = -float(is_carried)
        return float(rng.normal(1.0 * is_carried)), told

    carried, absent = ([question(sort) for _ in range(300)] for sort in (True, False))
    worth = learned(carried, absent)

    assert worth["kinds"] > 1
    assert worth.get("gap", 0.0) < 0.3
    assert "views" not in worth
    assert weighed({"kinds": 2.0, "gap": 5.0}, {"kinds": 1.5}) == 3.0
    with_signs = [value + weighed(told, worth) for value, told in (*carried, *absent)]
    assert np.mean(with_signs[:300]) - np.mean(with_signs[300:]) > 2


def test_signs_that_fit_by_luck_do_not_raise_the_values_of_questions_that_did_not_teach_them() -> None:
    rng = np.random.default_rng(0)

    def question() -> tuple[float, dict[str, float]]:
        return float(rng.normal()), {name: float(rng.normal()) for name in SIGNS}

    own, held_out = [], []
    for _ in range(5):
        carried, absent = ([question() for _ in range(15)] for _ in range(2))
        worth = learned(carried, absent)
        means = [np.mean([value + weighed(told, worth) for value, told in sort]) for sort in (carried, absent)]
        own.append(means[0] - means[1])
        known, others = weighed_by_others(carried, absent)
        held_out.append(known.mean() - others.mean())

    assert np.mean(own) > 1
    assert np.mean(held_out) < np.mean(own) / 2


def test_an_embedding_shorter_than_usual_is_faint_and_an_unknown_length_tells_nothing() -> None:
    assert faintness(8.0, 10.0, 2.0) == 1.0
    assert faintness(100.0, 10.0, 2.0) == -3.0
    assert faintness(0.0, 10.0, 2.0) == faintness(8.0, 0.0, 1.0) == 0.0
