"""The wire format between a client and an encoder server: requests in, vectors out, one form for each content type.

Three forms, all answered as `application/json`:

- `application/json` `{"inputs": ["a red mug", ...]}` and `application/x-image` (one picture's bytes): the form of the
  AWS article (aws-samples/amazon-sagemaker-clip-search). Answer: a list of vectors.
- `application/vnd.looksee.batch+json`: many texts or pictures a request; see `BatchRequest` and `BatchAnswer`. One bad
  picture costs itself.
- `application/jsonlines`: one `ManifestLine` a line, as a batch transform sends it. Answer: one `ManifestResult` a
  line, in the same order.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from inference.encoder import Embedding, Embeddings

JSON = "application/json"
IMAGE = "application/x-image"
BATCH = "application/vnd.looksee.batch+json"
LINES = "application/jsonlines"

MAX_BODY_BYTES = 4 * 1024 * 1024
"""What a serverless endpoint takes and gives in one request."""
MAX_ITEMS = 2_048
"""Texts or pictures in one request."""
MAX_TEXT_CHARACTERS = 10_000


class BadRequest(Exception):
    """The request cannot be answered; the message is one sentence, `status` is a 4xx."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class ArticleRequest(msgspec.Struct, frozen=True):
    """`{"inputs": [text, ...]}`; one text alone is a list of one."""

    inputs: str | list[str]


class BatchRequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Texts, or pictures, many at a time."""

    texts: list[str] = []
    pictures: list[str] = []
    """Base64 of a picture file's bytes each."""


class BatchAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An embedding for each item by its index, or the reason why there is none."""

    model_id: str
    dim: int
    embeddings: list[str | None]
    """Base64 of `dim` little-endian float32 values, unit length; null where the item has a reason."""
    reasons: Mapping[str, str] = {}
    """By index, as a string: one sentence."""


class ManifestLine(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of a manifest: where it is, and the key under which its vector is wanted."""

    key: str
    uri: str


class ManifestResult(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a manifest's picture."""

    key: str
    embedding: str = ""
    """As in `BatchAnswer`; empty where there is a reason."""
    sha256: str = ""
    """Of the picture's bytes."""
    reason: str = ""


def packed(embedding: Embedding) -> str:
    """Base64 of the little-endian float32 values."""
    return base64.b64encode(np.asarray(embedding, dtype="<f4").tobytes()).decode("ascii")


def unpacked(text: str, dim: int) -> Embedding:
    """The vector of `packed`.

    Raises:
        ValueError: not base64 of `dim` float32 values.
    """
    values = np.frombuffer(base64.b64decode(text, validate=True), dtype="<f4")
    if values.shape != (dim,):
        raise ValueError(f"an embedding of {values.shape[0]} values where {dim} were expected")
    return values.astype(np.float32)


def unit_rows(vectors: Sequence[Sequence[float]] | Embeddings) -> Embeddings:
    """The article's servers send vectors of any length; the port promises unit length."""
    rows = np.asarray(vectors, dtype=np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def read_texts(body: bytes) -> list[str]:
    """The texts of an article's request.

    Raises:
        BadRequest: not `{"inputs": [text, ...]}`, none, too many, or one too long.
    """
    try:
        inputs = msgspec.json.decode(body, type=ArticleRequest).inputs
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRequest('The body must be JSON of the form {"inputs": ["a text", ...]}.') from error
    texts = [inputs] if isinstance(inputs, str) else inputs
    check_texts(texts)
    return texts


def read_batch(body: bytes) -> BatchRequest:
    """A batch request.

    Raises:
        BadRequest: not of that form, empty, both kinds at once, too many, or a text too long.
    """
    try:
        request = msgspec.json.decode(body, type=BatchRequest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRequest('The body must be JSON with "texts": [...] or "pictures": [base64, ...].') from error
    if bool(request.texts) == bool(request.pictures):
        raise BadRequest('Send either "texts" or "pictures", and at least one.')
    if len(request.pictures) > MAX_ITEMS:
        raise BadRequest(f"At most {MAX_ITEMS:,} pictures a request.", 413)
    if request.texts:
        check_texts(request.texts)
    return request


def read_lines(body: bytes) -> list[ManifestLine]:
    """The lines of a manifest.

    Raises:
        BadRequest: a line is not `{"key": ..., "uri": ...}`, or there is none.
    """
    try:
        lines = msgspec.json.Decoder(ManifestLine).decode_lines(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRequest('Each line must be JSON of the form {"key": "...", "uri": "s3://..."}.') from error
    if not lines:
        raise BadRequest("The manifest has no lines.")
    return lines


def check_texts(texts: Sequence[str]) -> None:
    """Refuse what no encoder should be asked.

    Raises:
        BadRequest: no texts, too many, or one too long.
    """
    if not texts:
        raise BadRequest("Send at least one text.")
    if len(texts) > MAX_ITEMS:
        raise BadRequest(f"At most {MAX_ITEMS:,} texts a request.", 413)
    if any(len(text) > MAX_TEXT_CHARACTERS for text in texts):
        raise BadRequest(f"A text may have at most {MAX_TEXT_CHARACTERS:,} characters.", 413)


def decoded_picture(text: str) -> bytes | None:
    """The bytes of a base64 picture; None where it is not base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
