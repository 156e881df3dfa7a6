"""What every `Encoder` promises, asked of every adapter that `encoders.py` names."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from inference.encoder import Embeddings, Encoder, Pixels
from inference.images import prepare
from tests.inference import clip_model
from tests.inference.clip_model import ClipModel, worst_cosine
from tests.inference.encoders import ADAPTERS, HEAVY, WAYS, Opened
from tests.toys import COLOURS, picture_of, product_picture

TEXTS = [
    "a red mug",
    "a blue teapot with a very long spout and a lid that does not fit",
    "",
    "   ",
    "赤いマグカップ",
    "👩‍👩‍👧 🫖",
    "<|endoftext|> red <|startoftext|>",
    "chair " * 300,
    "a red mug",
]


@pytest.fixture(scope="module", params=[pytest.param(opened, id=name, marks=marks) for name, opened, marks in ADAPTERS])
def encoder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Encoder]:
    opened: Opened = request.param
    with contextmanager(opened)(tmp_path_factory.mktemp("encoder")) as ready:
        yield ready


@pytest.fixture(scope="module")
def pictures(encoder: Encoder) -> list[Pixels]:
    files = [picture_of(colour) for colour in COLOURS] + [product_picture(colour) for colour in COLOURS]
    return [prepare(data, encoder.picture_px) for data in files]


def assert_unit_rows(rows: Embeddings, count: int, encoder: Encoder) -> None:
    assert rows.shape == (count, encoder.dim)
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_it_says_what_it_is(encoder: Encoder) -> None:
    name, _, digest = encoder.model_id.rpartition("-")
    assert name
    assert len(digest) == 6
    assert encoder.dim > 1
    assert encoder.picture_px > 1
    assert encoder.prompt.format("red mug").count("red mug") == 1


def test_texts_become_unit_rows(encoder: Encoder) -> None:
    assert_unit_rows(encoder.encode_texts(TEXTS), len(TEXTS), encoder)


def test_pictures_become_unit_rows(encoder: Encoder, pictures: list[Pixels]) -> None:
    assert_unit_rows(encoder.encode_pictures(pictures), len(pictures), encoder)


def test_nothing_becomes_no_rows(encoder: Encoder) -> None:
    assert_unit_rows(encoder.encode_texts([]), 0, encoder)
    assert_unit_rows(encoder.encode_pictures([]), 0, encoder)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_alone_is_a_row_of_one(encoder: Encoder, text: str) -> None:
    assert_unit_rows(encoder.encode_texts([text]), 1, encoder)


def test_rows_come_in_the_order_given(encoder: Encoder, pictures: list[Pixels]) -> None:
    np.testing.assert_allclose(encoder.encode_texts(TEXTS)[::-1], encoder.encode_texts(TEXTS[::-1]), atol=1e-5)
    forth, back = encoder.encode_pictures(pictures), encoder.encode_pictures(pictures[::-1])
    np.testing.assert_allclose(forth[::-1], back, atol=1e-6)


def test_a_picture_does_not_depend_on_its_company(encoder: Encoder, pictures: list[Pixels]) -> None:
    together = encoder.encode_pictures(pictures)
    for index in (0, 1, 17, len(pictures) - 1):
        alone = encoder.encode_pictures([pictures[index]])[0]
        np.testing.assert_allclose(together[index], alone, atol=1e-6)


def test_a_text_does_not_depend_on_its_company(encoder: Encoder) -> None:
    fresh = [f"{text} number {number}" for number, text in enumerate(TEXTS)]
    alone = np.concatenate([encoder.encode_texts([text]) for text in fresh])
    together = encoder.encode_texts([f"{text} number {number} " for number, text in enumerate(TEXTS)])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_the_same_text_has_the_same_vector(encoder: Encoder) -> None:
    first, *_, last = encoder.encode_texts(TEXTS)
    assert np.array_equal(first, last)
    np.testing.assert_allclose(encoder.encode_texts([TEXTS[0]])[0], first, atol=1e-6)


def test_other_texts_have_other_vectors(encoder: Encoder) -> None:
    rows = encoder.encode_texts(["a red mug", "a blue mug", "a green teapot"])
    assert (rows @ rows.T)[~np.eye(3, dtype=bool)].max() < 0.9999


def test_other_pictures_have_other_vectors(encoder: Encoder, pictures: list[Pixels]) -> None:
    rows = encoder.encode_pictures([pictures[0], pictures[5], pictures[20]])
    assert (rows @ rows.T)[~np.eye(3, dtype=bool)].max() < 0.9999


def test_a_photo_is_nearest_to_itself_with_a_score_of_one(encoder: Encoder, pictures: list[Pixels]) -> None:
    catalogue = encoder.encode_pictures(pictures)
    for index in range(0, len(pictures), 5):
        scores = catalogue @ encoder.encode_pictures([pictures[index]])[0]
        assert scores[index] == pytest.approx(1, abs=1e-5)
        assert scores.max() == pytest.approx(scores[index], abs=1e-6)


def test_a_long_text_is_cut_and_not_refused(encoder: Encoder) -> None:
    rows = encoder.encode_texts(["red " * 80, "red " * 5000])
    assert_unit_rows(rows, 2, encoder)


def test_a_caller_cannot_spoil_later_answers(encoder: Encoder) -> None:
    rows = encoder.encode_texts(["a green bowl"])
    expected = rows.copy()
    rows[:] = 0
    np.testing.assert_allclose(encoder.encode_texts(["a green bowl"]), expected, atol=1e-6)


def test_eight_threads_get_the_answers_of_one(encoder: Encoder, pictures: list[Pixels]) -> None:
    texts = [f"a {colour} mug" for colour in COLOURS]
    alone = encoder.encode_texts(texts), encoder.encode_pictures(pictures[: len(texts)])

    def ask(index: int) -> tuple[Embeddings, Embeddings]:
        which = index % len(texts)
        return encoder.encode_texts([texts[which]]), encoder.encode_pictures([pictures[which]])

    with ThreadPoolExecutor(8) as threads:
        for index, (text, picture) in enumerate(threads.map(ask, range(48))):
            np.testing.assert_allclose(text[0], alone[0][index % len(texts)], atol=1e-5)
            np.testing.assert_allclose(picture[0], alone[1][index % len(texts)], atol=1e-6)


@pytest.mark.parametrize("way", [pytest.param(way, marks=HEAVY) for way in WAYS])
@pytest.mark.parametrize("checkpoint", [clip_model.small, clip_model.rn50], ids=["small", "RN50"])
def test_one_checkpoint_has_the_same_vectors_however_it_is_served(
    checkpoint: Callable[[], ClipModel], way: str, tmp_path: Path
) -> None:
    clip = checkpoint()
    opened, least = WAYS[way]
    photos = [prepare(product_picture(colour, px=300), clip.torch.picture_px) for colour in ("red", "navy", "gold")]
    # A special token that a person types ends a text in `clip`; in ours it is plain text, on purpose.
    texts = [text for text in TEXTS if "<|" not in text]
    with contextmanager(opened)(clip, tmp_path) as served:
        assert worst_cosine(served.encode_texts(texts), clip.torch.encode_texts(texts)) >= least
        assert worst_cosine(served.encode_pictures(photos), clip.torch.encode_pictures(photos)) >= least
