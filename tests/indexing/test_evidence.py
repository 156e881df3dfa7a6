import numpy as np
import pytest

from indexing.evidence import SIGNS, learned, signs, weighed, weighed_by_others


def test_hits_that_agree_speak_for_the_thing_being_carried() -> None:
    values = [5.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]
    agreeing = signs(values, ["mug"] * 7, ["mug", "mug"], other=2.0)
    mixed = signs(values, ["mug", "bowl", "lamp", "pen", "hat", "bag", "rug"], ["mug", "rug"], other=2.0)

    assert agreeing == {"gap": 2.0, "kinds": 1.0, "views": 1.0, "other": 2.0, "said": 0.0, "called": 0.0}
    assert mixed["kinds"] == pytest.approx(1 / 7)
    assert mixed["views"] == 0.5


def test_nothing_found_tells_nothing() -> None:
    assert signs([], [], [], other=0.0) == dict.fromkeys(SIGNS, 0.0)
    assert signs([1.0], [""], [], other=0.0)["gap"] == 0.0


def test_only_signs_that_tell_the_carried_from_others_are_worth_something() -> None:
    rng = np.random.default_rng(0)

    def question(is_carried: bool) -> tuple[float, dict[str, float]]:
        told = {"gap": rng.normal(), "kinds": rng.normal(2.0 * is_carried), "views": -float(is_carried)}
        told |= {"other": 0.0, "said": 0.0, "called": 0.0}
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

    carried, absent = ([question() for _ in range(15)] for _ in range(2))
    worth = learned(carried, absent)
    own = [np.mean([value + weighed(told, worth) for value, told in sort]) for sort in (carried, absent)]

    known, others = weighed_by_others(carried, absent)

    assert len(known) == len(others) == 15
    assert own[0] - own[1] > 1
    assert np.mean(known) - np.mean(others) < 0.5
