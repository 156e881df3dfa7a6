from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from indexing.calibrate import calibrate, limit
from indexing.embedded_store import EmbeddedStore
from indexing.foreign import PHRASES, foreign_pictures
from indexing.generation import Calibration
from indexing.likenesses import as_a_phone_would, paraphrase
from indexing.product import Product
from inference.encoder import Embeddings, Lengths, Pixels
from tests.shelf import ENCODER, pixels_of, products, row, stocked
from tests.toys import PaletteEncoder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = stocked(tmp_path_factory.mktemp("shop"), map(row, products()))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sample() -> list[tuple[str, Pixels]]:
    return [(product.id, pixels_of(product.color)) for product in products()[::2]]


def test_a_generation_measures_itself(store: EmbeddedStore, sample: list[tuple[str, Pixels]]) -> None:
    measured = calibrate(store, ENCODER, sample)

    assert measured.measured["sample"] == len(sample)
    assert 0 < measured.photo_spread < 1
    assert measured.photo_mean < 0.9
    assert measured.measured["photo_answered"] >= 0.95
    assert measured.measured["words_answered"] >= 0.95
    assert measured.measured["words_recall@5"] > 0.5


def test_the_same_sample_gives_the_same_calibration(store: EmbeddedStore, sample: list[tuple[str, Pixels]]) -> None:
    assert calibrate(store, ENCODER, sample) == calibrate(store, ENCODER, sample)


def test_weights_that_were_tuned_are_kept(store: EmbeddedStore, sample: list[tuple[str, Pixels]]) -> None:
    tuned = Calibration(words_weight=0.123, lexical_weight=0.456)

    measured = calibrate(store, ENCODER, sample, weights=tuned)

    assert (measured.words_weight, measured.lexical_weight) == (0.123, 0.456)


class MeasuringEncoder(PaletteEncoder):
    """One that also tells lengths: the brighter a picture the longer."""

    def encode_pictures_with_lengths(self, pictures: Sequence[Pixels]) -> tuple[Embeddings, Lengths]:
        """See `TellsLengths`."""
        return self.encode_pictures(pictures), np.array([picture.mean() for picture in pictures], dtype=np.float32)


def test_how_long_embeddings_are_is_measured_where_the_encoder_tells(
    store: EmbeddedStore, sample: list[tuple[str, Pixels]]
) -> None:
    told, untold = calibrate(store, MeasuringEncoder(), sample), calibrate(store, ENCODER, sample)

    assert 0 < told.length_mean < 256
    assert told.length_spread > 1
    assert untold.length_mean == 0.0


@pytest.mark.parametrize("count", [0, 1])
def test_too_small_a_sample_changes_nothing(store: EmbeddedStore, count: int) -> None:
    sample = [("mug-red", pixels_of("red"))] * count

    assert calibrate(store, ENCODER, sample) == store.generation.calibration


def test_products_that_are_gone_are_left_out_of_the_sample(store: EmbeddedStore) -> None:
    sample = [("gone", pixels_of("red")), ("mug-red", pixels_of("red")), ("mug-blue", pixels_of("blue"))]

    assert calibrate(store, ENCODER, sample).measured["sample"] == 2


def test_the_limit_lets_the_carried_through() -> None:
    carried = np.linspace(1, 2, 100)

    assert (carried >= limit(carried, np.linspace(0, 3, 50))).mean() >= 0.98


def test_the_limit_refuses_no_more_than_it_must_where_both_are_apart() -> None:
    absent = np.linspace(0, 1, 101)

    assert limit(np.full(50, 4.0), absent) == pytest.approx(0.9)
    assert limit(np.full(50, 4.0), np.array([])) == 4.0


def test_a_phones_picture_has_the_same_shape_and_other_pixels() -> None:
    pixels = pixels_of("teal")
    shot = as_a_phone_would(pixels, np.random.default_rng(0))

    assert shot.shape == pixels.shape
    assert shot.dtype == np.uint8
    assert not np.array_equal(shot, pixels)


def test_foreign_pictures_fit_the_encoder_and_differ() -> None:
    pictures = list(foreign_pictures(8, 32))

    assert {picture.shape for picture in pictures} == {(32, 32, 3)}
    assert len({picture.tobytes() for picture in pictures}) == 8
    assert all(np.array_equal(a, b) for a, b in zip(pictures, foreign_pictures(8, 32), strict=True))


def test_foreign_phrases_are_there_once_each() -> None:
    assert len(set(PHRASES)) == len(PHRASES) == 40


def test_a_paraphrase_leaves_the_brand_out() -> None:
    mug = Product(id="1", title="Contoso Striped Ceramic Mug", brand="Contoso", category="mug", color="Red")
    said = {paraphrase(mug, np.random.default_rng(seed)) for seed in range(20)}

    assert "red mug" in said
    assert len(said) > 1
    assert not any("contoso" in text for text in said)


def test_a_title_of_one_word_is_said_as_it_is() -> None:
    assert paraphrase(Product(id="1", title="椅子"), np.random.default_rng(0))
    assert paraphrase(Product(id="1", title="Of"), np.random.default_rng(0)) == "Of"
