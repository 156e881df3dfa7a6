"""The encoder server answers in each form of the wire format, and refuses with one sentence."""

import base64
import io
from collections.abc import Iterator

import msgspec
import numpy as np
import pytest
from PIL import Image
from starlette.testclient import TestClient

from inference import wire
from inference.decoding import PictureDecoder
from inference.server import EncodeType, build_server
from tests.toys import PaletteEncoder

NEITHER_TEXT_NOR_PICTURE = b"%PDF-1.7 nothing to see"


def jpeg(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def decoder() -> Iterator[PictureDecoder]:
    with PictureDecoder() as decoder:
        yield decoder


def client(decoder: PictureDecoder, serves: EncodeType = "BOTH", files: dict[str, bytes] | None = None) -> TestClient:
    def read(uri: str) -> bytes:
        if uri not in (files or {}):
            raise FileNotFoundError(uri)
        return (files or {})[uri]

    return TestClient(build_server(PaletteEncoder(), decoder, serves=serves, read=read))


def post(server: TestClient, body: bytes, content_type: str) -> bytes:
    response = server.post("/invocations", content=body, headers={"content-type": content_type})
    assert response.status_code == 200, response.text
    return response.content


def test_a_ping_is_answered(decoder: PictureDecoder) -> None:
    assert client(decoder).get("/ping").status_code == 200


def test_texts_in_the_articles_form_become_vectors(decoder: PictureDecoder) -> None:
    vectors = msgspec.json.decode(post(client(decoder), b'{"inputs": ["red", "a blue mug"]}', wire.JSON))
    np.testing.assert_allclose(vectors, PaletteEncoder().encode_texts(["red", "a blue mug"]), atol=1e-6)


def test_a_picture_in_the_articles_form_becomes_one_vector(decoder: PictureDecoder) -> None:
    vectors = np.array(msgspec.json.decode(post(client(decoder), jpeg("red"), wire.IMAGE)), dtype=np.float32)
    red = PaletteEncoder().encode_texts(["red"])[0]
    assert vectors.shape == (1, PaletteEncoder().dim)
    assert vectors[0] @ red > 0.8


def test_a_batch_answers_by_index_and_a_bad_picture_costs_itself(decoder: PictureDecoder) -> None:
    pictures = [jpeg("red"), NEITHER_TEXT_NOR_PICTURE, jpeg("blue")]
    packed = [*(base64.b64encode(p).decode() for p in pictures), "not base64!"]
    body = msgspec.json.encode(wire.BatchRequest(pictures=packed))

    answer = msgspec.json.decode(post(client(decoder), body, wire.BATCH), type=wire.BatchAnswer)

    assert [e is not None for e in answer.embeddings] == [True, False, True, False]
    assert set(answer.reasons) == {"1", "3"}
    assert answer.model_id == PaletteEncoder.model_id
    assert answer.embeddings[0] is not None
    assert np.linalg.norm(wire.unpacked(answer.embeddings[0], answer.dim)) == pytest.approx(1.0, abs=1e-6)


def test_a_manifest_is_answered_line_by_line(decoder: PictureDecoder) -> None:
    server = client(decoder, files={"s3://shop/red.jpg": jpeg("red"), "s3://shop/bad.jpg": b"no"})
    uris = ["s3://shop/red.jpg", "s3://shop/gone.jpg", "s3://shop/bad.jpg"]
    body = msgspec.json.Encoder().encode_lines([wire.ManifestLine(key=str(i), uri=u) for i, u in enumerate(uris)])

    results = msgspec.json.Decoder(wire.ManifestResult).decode_lines(post(server, body, wire.LINES))

    assert [r.key for r in results] == ["0", "1", "2"]
    assert [bool(r.embedding) for r in results] == [True, False, False]
    assert results[1].reason == "The picture could not be fetched."


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/csv", b"a,b", 415),
        ("", b"", 415),
        (wire.JSON, b"{not json", 400),
        (wire.JSON, b'{"inputs": []}', 400),
        (wire.JSON, b'{"inputs": [1, 2]}', 400),
        (wire.JSON, b'{"inputs": ["' + b"x" * 20_000 + b'"]}', 413),
        (wire.JSON, b'{"inputs": ["\xff\xfe"]}', 400),
        (wire.IMAGE, b"", 400),
        (wire.IMAGE, NEITHER_TEXT_NOR_PICTURE, 400),
        (wire.IMAGE, b"x" * (wire.MAX_BODY_BYTES + 1), 413),
        (wire.BATCH, b"{}", 400),
        (wire.BATCH, b'{"texts": ["a"], "pictures": ["b"]}', 400),
        (wire.LINES, b"", 400),
        (wire.LINES, b'{"key": 1}', 400),
    ],
)
def test_what_cannot_be_encoded_is_refused_with_one_sentence(
    decoder: PictureDecoder, content_type: str, body: bytes, status: int
) -> None:
    response = client(decoder).post("/invocations", content=body, headers={"content-type": content_type})

    assert response.status_code == status
    sentence = response.json()["error"]
    assert sentence.endswith(".")
    assert "Traceback" not in sentence


@pytest.mark.parametrize(("serves", "refused"), [("TEXT", wire.IMAGE), ("IMAGE", wire.JSON)])
def test_an_endpoint_for_one_kind_refuses_the_other(decoder: PictureDecoder, serves: EncodeType, refused: str) -> None:
    response = client(decoder, serves).post("/invocations", content=b"x", headers={"content-type": refused})
    assert response.status_code == 415
