"""The `Encoder` over SageMaker endpoints: texts and pixels in, one HTTP request for many of them, unit vectors out."""

import base64
import io
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import msgspec
import numpy as np
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ReadTimeoutError
from PIL import Image

from inference import wire
from inference.encoder import Embeddings, EncoderUnavailable, EncoderWakingUp, Pixels

REQUEST_BYTES = wire.MAX_BODY_BYTES - 64 * 1024
"""A request's JSON stays under the limit with room for its frame."""
TEXTS_A_REQUEST = 256

WAKING_CODES = frozenset({"ModelNotReadyException", "ThrottlingException", "TooManyRequestsException"})
"""A serverless endpoint answers so while its container starts, and while more ask than it has containers."""


class Runtime(Protocol):
    """The one call that is needed of boto3's `sagemaker-runtime` client."""

    def invoke_endpoint(self, **kwargs: Any) -> Any:
        """See boto3."""
        ...


class EndpointModel(msgspec.Struct, frozen=True, kw_only=True):
    """What the model behind the endpoints is; a generation and `model.json` both say it."""

    model_id: str
    dim: int
    picture_px: int
    prompt: str


def runtime_config(*, timeout_s: float = 3.0) -> Config:
    """boto3's settings for a question that somebody waits for: short timeouts and one quick retry."""
    return Config(
        connect_timeout=2,
        read_timeout=timeout_s,
        retries={"mode": "standard", "total_max_attempts": 2},
        max_pool_connections=32,
    )


class SageMakerEncoder:
    """See `Encoder`. Thread-safe, as boto3's clients are.

    Args:
        runtime: a `sagemaker-runtime` client, made with `runtime_config`.
        model: what answers behind the endpoints.
        text_endpoint: the endpoint's name for texts.
        image_endpoint: the one for pictures; the same where one endpoint serves both.
    """

    def __init__(self, runtime: Runtime, model: EndpointModel, *, text_endpoint: str, image_endpoint: str) -> None:
        self._runtime = runtime
        self._model = model
        self._text_endpoint = text_endpoint
        self._image_endpoint = image_endpoint

    @property
    def model_id(self) -> str:
        return self._model.model_id

    @property
    def dim(self) -> int:
        return self._model.dim

    @property
    def picture_px(self) -> int:
        return self._model.picture_px

    @property
    def prompt(self) -> str:
        return self._model.prompt

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """See `Encoder.encode_texts`."""
        # A text longer than a request may carry is cut: CLIP reads 77 tokens of it. Half a surrogate pair is no text.
        short = [text[: wire.MAX_TEXT_CHARACTERS].encode("utf-8", "replace").decode() for text in texts]
        chunks = (short[i : i + TEXTS_A_REQUEST] for i in range(0, len(short), TEXTS_A_REQUEST))
        return self._encode(self._text_endpoint, (wire.BatchRequest(texts=chunk) for chunk in chunks))

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        """See `Encoder.encode_pictures`."""
        return self._encode(self._image_endpoint, _picture_requests(pictures))

    def _encode(self, endpoint: str, requests: Iterator[wire.BatchRequest]) -> Embeddings:
        rows = [self._ask(endpoint, request) for request in requests]
        return np.concatenate(rows) if rows else np.zeros((0, self.dim), dtype=np.float32)

    def _ask(self, endpoint: str, request: wire.BatchRequest) -> Embeddings:
        try:
            response = self._runtime.invoke_endpoint(
                EndpointName=endpoint,
                ContentType=wire.BATCH,
                Accept=wire.JSON,
                Body=msgspec.json.encode(request),
            )
            answer = msgspec.json.decode(response["Body"].read(), type=wire.BatchAnswer)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code in WAKING_CODES:
                raise EncoderWakingUp(f"endpoint {endpoint} is starting") from error
            raise EncoderUnavailable(f"endpoint {endpoint} answered {code}") from error
        except ReadTimeoutError as error:
            # The service took the request and its container gives nothing yet: that is how most cold starts look.
            raise EncoderWakingUp(f"endpoint {endpoint} is starting") from error
        except BotoCoreError as error:
            raise EncoderUnavailable(f"endpoint {endpoint} did not answer: {type(error).__name__}") from error
        except msgspec.MsgspecError as error:
            raise EncoderUnavailable(f"endpoint {endpoint} does not speak our batched form") from error
        return self._rows(endpoint, answer, len(request.texts) + len(request.pictures))

    def _rows(self, endpoint: str, answer: wire.BatchAnswer, asked: int) -> Embeddings:
        if answer.model_id != self.model_id:
            raise EncoderUnavailable(f"endpoint {endpoint} serves {answer.model_id}, not {self.model_id}")
        if len(answer.embeddings) != asked or answer.reasons or None in answer.embeddings:
            raise EncoderUnavailable(f"endpoint {endpoint} left out some of the {asked} items")
        return np.stack([wire.unpacked(text, self.dim) for text in answer.embeddings if text is not None])


def _picture_requests(pictures: Sequence[Pixels]) -> Iterator[wire.BatchRequest]:
    """As few requests as the size limit allows; pixels travel as PNG, which loses nothing."""
    packed: list[str] = []
    size = 0
    for pixels in pictures:
        picture = _png(pixels)
        if packed and size + len(picture) > REQUEST_BYTES:
            yield wire.BatchRequest(pictures=packed)
            packed, size = [], 0
        packed.append(picture)
        size += len(picture) + 3
    if packed:
        yield wire.BatchRequest(pictures=packed)


def _png(pixels: Pixels) -> str:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", compress_level=1)
    return base64.b64encode(file.getvalue()).decode("ascii")
