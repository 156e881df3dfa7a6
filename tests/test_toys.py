"""The toy encoder is trusted because words and photos of one colour meet in it."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.toys import COLOURS, PaletteEncoder, picture_of, product_picture


def pixels(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB").resize((32, 32)))


def test_each_colour_word_finds_the_picture_of_its_colour_first() -> None:
    encoder = PaletteEncoder()
    words = encoder.encode_texts([f"this is a {colour} mug" for colour in COLOURS])
    for make in (picture_of, product_picture):
        pictures = encoder.encode_pictures([pixels(make(colour)) for colour in COLOURS])
        assert (words @ pictures.T).argmax(axis=1).tolist() == list(range(len(COLOURS)))


@pytest.mark.parametrize(("japanese", "english"), [("赤いマグカップ", "red"), ("青い皿", "blue")])
def test_japanese_colours_are_the_same_colours(japanese: str, english: str) -> None:
    ours, theirs = PaletteEncoder().encode_texts([japanese, english])
    assert float(ours @ theirs) > 0.9
