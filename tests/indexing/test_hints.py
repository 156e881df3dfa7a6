import msgspec

from indexing.generation import ZOOMS, Calibration
from indexing.hints import as_hints, from_hints


def test_hints_give_back_the_weights_that_were_tuned() -> None:
    tuned = Calibration(
        lexical_weight=0.2, zooms=ZOOMS[:3], photo_signs={"gap": 0.5, "kinds": 2.0}, photo_shift=-1.5,
        words_signs={"other": 0.3},
    )  # fmt: skip

    assert from_hints(as_hints(tuned)) == tuned


def test_what_a_build_measures_itself_is_no_hint() -> None:
    measured = Calibration(photo_mean=0.9, confident_photo=7.0, measured={"sample": 100})

    assert from_hints(as_hints(measured)) == Calibration()


def test_a_model_without_hints_has_the_plain_weights_and_looks_once() -> None:
    assert from_hints({}) == Calibration()
    assert Calibration().zooms == (1.0,)
    assert from_hints({"from another version": 3.0}) == msgspec.structs.replace(Calibration(), zooms=ZOOMS)
