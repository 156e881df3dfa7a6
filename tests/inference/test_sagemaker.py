"""The endpoints' own errors, as boto3 raises them, become what the bot tells people; big questions become requests."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from starlette.responses import Response

from inference import wire
from inference.encoder import EncoderUnavailable, EncoderWakingUp
from inference.images import prepare
from inference.sagemaker import EndpointModel, SageMakerEncoder, runtime_config
from tests.inference.encoders import endpoint_model, our_server
from tests.parts.sagemaker_runtime import Fault, runtime_client, sagemaker_runtime, service_error
from tests.toys import COLOURS, PaletteEncoder, picture_of

ENDPOINT = "looksee-palette"
PALETTE = endpoint_model(PaletteEncoder())


@pytest.fixture(scope="module")
def container() -> Iterator[str]:
    with our_server(PaletteEncoder()) as address:
        yield address


@contextmanager
def encoder(
    container: str,
    fault: Fault | None = None,
    *,
    model: EndpointModel = PALETTE,
    timeout_s: float = 5.0,
    asked: str = ENDPOINT,
) -> Iterator[SageMakerEncoder]:
    with sagemaker_runtime({ENDPOINT: container}, fault) as service:
        client = runtime_client(service, runtime_config(timeout_s=timeout_s))
        yield SageMakerEncoder(client, model, text_endpoint=asked, image_endpoint=asked)
        client.close()


class Failing:
    """Answers with an error so many times, and then lets requests pass."""

    def __init__(self, status: int, code: str, times: int = 1_000) -> None:
        self.status, self.code, self.left = status, code, times
        self.asked = 0

    def __call__(self, name: str) -> Response | None:
        self.asked += 1
        if self.left == 0:
            return None
        self.left -= 1
        return service_error(self.status, self.code)


@pytest.mark.parametrize(
    ("status", "code"),
    [(429, "ModelNotReadyException"), (400, "ThrottlingException"), (429, "TooManyRequestsException")],
)
def test_a_cold_start_and_throttling_are_known_by_their_errors(container: str, status: int, code: str) -> None:
    with encoder(container, Failing(status, code)) as cold, pytest.raises(EncoderWakingUp):
        cold.encode_texts(["red"])


def test_an_endpoint_that_is_asked_and_says_nothing_in_time_is_waking_up(container: str) -> None:
    def slow(name: str) -> Response | None:
        time.sleep(0.6)
        return None

    with encoder(container, slow, timeout_s=0.2) as cold, pytest.raises(EncoderWakingUp):
        cold.encode_texts(["red"])


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (503, "ServiceUnavailable"),
        (500, "InternalFailure"),
        (403, "AccessDeniedException"),
    ],
)
def test_other_errors_of_the_service_leave_the_encoder_unavailable(container: str, status: int, code: str) -> None:
    with encoder(container, Failing(status, code)) as failing, pytest.raises(EncoderUnavailable) as caught:
        failing.encode_texts(["red"])
    assert not isinstance(caught.value, EncoderWakingUp)
    assert code in str(caught.value)


def test_one_hiccup_is_asked_again_and_two_are_not(container: str) -> None:
    once, always = Failing(503, "ServiceUnavailable", times=1), Failing(503, "ServiceUnavailable")
    with encoder(container, once) as patient:
        assert patient.encode_texts(["red"]).shape == (1, PaletteEncoder.dim)
    with encoder(container, always) as failing, pytest.raises(EncoderUnavailable):
        failing.encode_texts(["red"])
    assert (once.asked, always.asked) == (2, 2)


def test_an_endpoint_that_is_not_there_is_unavailable(container: str) -> None:
    with encoder(container, asked="gone") as failing, pytest.raises(EncoderUnavailable, match="ValidationError"):
        failing.encode_texts(["red"])


def test_a_service_that_is_not_there_is_unavailable() -> None:
    client = runtime_client("http://127.0.0.1:9")
    lonely = SageMakerEncoder(client, PALETTE, text_endpoint=ENDPOINT, image_endpoint=ENDPOINT)
    with pytest.raises(EncoderUnavailable, match="did not answer"):
        lonely.encode_texts(["red"])
    client.close()


def test_a_model_other_than_the_indexs_is_refused(container: str) -> None:
    other = EndpointModel(model_id="other-123456", dim=PALETTE.dim, picture_px=PALETTE.picture_px, prompt="{}")
    with encoder(container, model=other) as wrong, pytest.raises(EncoderUnavailable, match="serves palette"):
        wrong.encode_texts(["red"])


def test_an_error_of_the_model_is_unavailable_and_tells_nothing_of_its_inside() -> None:
    pixels = np.zeros((32, 32, 3), dtype=np.uint8)
    with (
        our_server(PaletteEncoder(), serves="TEXT") as words_only,
        encoder(words_only) as failing,
        pytest.raises(EncoderUnavailable) as caught,
    ):
        failing.encode_pictures([pixels])
    assert str(caught.value) == f"endpoint {ENDPOINT} answered ModelError"


def test_more_texts_than_a_request_carries_come_back_in_order(container: str) -> None:
    texts = [f"{colour} {n}" for n in range(30) for colour in COLOURS]
    with encoder(container) as ready:
        np.testing.assert_allclose(ready.encode_texts(texts), PaletteEncoder().encode_texts(texts), atol=1e-6)


def test_pictures_that_make_more_than_a_request_are_split(container: str) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (1024, 1024, 3), dtype=np.uint8)  # 3 MB as PNG, 4 in base64
    passed: list[str] = []

    def count(name: str) -> Response | None:
        passed.append(name)
        return None

    with encoder(container, count) as ready:
        half = noise[:512]
        assert ready.encode_pictures([half, half, half]).shape == (3, PaletteEncoder.dim)
    assert len(passed) == 3


def test_half_a_surrogate_pair_is_no_reason_to_fail(container: str) -> None:
    with encoder(container) as ready:
        assert np.isfinite(ready.encode_texts(["red \ud83e", "a" * (wire.MAX_TEXT_CHARACTERS + 5)])).all()


def test_vectors_are_those_of_the_encoder_behind(container: str) -> None:
    pixels = [prepare(picture_of(colour), PaletteEncoder.picture_px) for colour in COLOURS]
    with encoder(container) as ready:
        np.testing.assert_allclose(ready.encode_pictures(pixels), PaletteEncoder().encode_pictures(pixels), atol=1e-6)
