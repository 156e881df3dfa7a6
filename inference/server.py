"""An encoder behind `/ping` and `/invocations`, as SageMaker calls it: one request in, vectors or one sentence out.

Runs as `looksee serve`, which is how SageMaker starts a container. `inference/wire.py` says what goes over the wire.
"""

import hashlib
import logging
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Literal, Protocol, TypeAlias

import anyio.to_thread
import msgspec
import numpy as np
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from inference import wire
from inference.encoder import Embeddings, Encoder, Pixels
from inference.images import UnreadablePhoto

log = logging.getLogger(__name__)

EncodeType: TypeAlias = Literal["TEXT", "IMAGE", "BOTH"]
"""What `ENCODE_TYPE` selects, as in the article; `BOTH` serves the two kinds from one endpoint."""
ReadUri: TypeAlias = Callable[[str], bytes]
"""The bytes behind a manifest's URI; raises `OSError` where there are none."""


class Decoder(Protocol):
    """Bytes to pixels, outside this process: `inference.decoding.PictureDecoder`."""

    def prepare(self, data: bytes, px: int) -> Pixels:
        """See `inference.images.prepare`."""
        ...


def build_server(encoder: Encoder, decoder: Decoder, *, serves: EncodeType, read: ReadUri | None = None) -> Starlette:
    """The application that answers for one encoder.

    Args:
        encoder: loaded and warm.
        decoder: opens strangers' pictures.
        serves: the kinds that are answered; the others get a 415.
        read: how a manifest's pictures are fetched; without it manifests get a 415.
    """
    invocations = _Invocations(encoder, decoder, serves, read)
    return Starlette(
        routes=[
            Route("/ping", _ping, methods=["GET"]),
            Route("/invocations", invocations.answer, methods=["POST"]),
        ]
    )


async def _ping(request: Request) -> Response:
    return PlainTextResponse("")


class _Invocations:
    def __init__(self, encoder: Encoder, decoder: Decoder, serves: EncodeType, read: ReadUri | None) -> None:
        self._encoder = encoder
        self._decoder = decoder
        forms: dict[str, Callable[[bytes], bytes]] = {wire.BATCH: self._batch}
        if serves in {"TEXT", "BOTH"}:
            forms[wire.JSON] = self._texts
        if serves in {"IMAGE", "BOTH"}:
            forms[wire.IMAGE] = self._picture
            if read is not None:
                forms[wire.LINES] = partial(self._lines, read)
        self._serves = serves
        self._forms = forms

    async def answer(self, request: Request) -> Response:
        started = time.perf_counter()
        content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
        try:
            form = self._form(content_type)
            body = await _body(request)
            answer = await anyio.to_thread.run_sync(form, body)
        except wire.BadRequest as error:
            return Response(msgspec.json.encode({"error": str(error)}), error.status, media_type=wire.JSON)
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:
            log.exception("failed")
            return Response(b'{"error":"The encoder failed; its log has the reason."}', 500, media_type=wire.JSON)
        elapsed_ms = (time.perf_counter() - started) * 1000
        log.info("encoded", extra={"form": content_type, "bytes": len(body), "ms": round(elapsed_ms, 1)})
        return Response(answer, media_type=wire.JSON)

    def _form(self, content_type: str) -> Callable[[bytes], bytes]:
        if content_type not in self._forms:
            known = ", ".join(sorted(self._forms))
            raise wire.BadRequest(f"This endpoint takes {known}; the request says {content_type!r}.", 415)
        return self._forms[content_type]

    def _texts(self, body: bytes) -> bytes:
        return msgspec.json.encode(self._encoder.encode_texts(wire.read_texts(body)).tolist())

    def _picture(self, body: bytes) -> bytes:
        if not body:
            raise wire.BadRequest("The body must be a picture's bytes; it is empty.")
        try:
            pixels = self._decoder.prepare(body, self._encoder.picture_px)
        except UnreadablePhoto as error:
            raise wire.BadRequest(str(error)) from error
        return msgspec.json.encode(self._encoder.encode_pictures([pixels]).tolist())

    def _batch(self, body: bytes) -> bytes:
        request = wire.read_batch(body)
        if request.texts:
            self._must_serve("TEXT")
            packed: list[str | None] = [wire.packed(row) for row in self._encoder.encode_texts(request.texts)]
            return self._batch_answer(packed, {})
        self._must_serve("IMAGE")
        results = self._encoded(map(wire.decoded_picture, request.pictures))
        reasons = {str(i): result for i, result in enumerate(results) if isinstance(result, str)}
        return self._batch_answer([None if isinstance(r, str) else wire.packed(r) for r in results], reasons)

    def _batch_answer(self, embeddings: list[str | None], reasons: dict[str, str]) -> bytes:
        answer = wire.BatchAnswer(
            model_id=self._encoder.model_id, dim=self._encoder.dim, embeddings=embeddings, reasons=reasons
        )
        return msgspec.json.encode(answer)

    def _must_serve(self, kind: EncodeType) -> None:
        if self._serves not in {kind, "BOTH"}:
            raise wire.BadRequest(f"This endpoint encodes {self._serves}, not {kind}.", 415)

    def _lines(self, read: ReadUri, body: bytes) -> bytes:
        lines = wire.read_lines(body)
        contents = [_fetched(read, line.uri) for line in lines]
        results = self._encoded(content if isinstance(content, bytes) else None for content in contents)
        told = []
        for line, content, result in zip(lines, contents, results, strict=True):
            if isinstance(content, str):
                told.append(wire.ManifestResult(key=line.key, reason=content))
            elif isinstance(result, str):
                told.append(wire.ManifestResult(key=line.key, reason=result))
            else:
                sha256 = hashlib.sha256(content).hexdigest()
                told.append(wire.ManifestResult(key=line.key, embedding=wire.packed(result), sha256=sha256))
        return msgspec.json.Encoder().encode_lines(told)

    def _encoded(self, pictures: Iterable[bytes | None]) -> "list[Embeddings | str]":
        """A vector for each picture, or the sentence that says why there is none."""
        results: list[Embeddings | str] = []
        pixels: list[Pixels] = []
        places: list[int] = []
        for place, data in enumerate(pictures):
            results.append("The picture is not base64.")
            if data is None:
                continue
            try:
                pixels.append(self._decoder.prepare(data, self._encoder.picture_px))
                places.append(place)
            except UnreadablePhoto as error:
                results[place] = str(error)
        for place, row in zip(places, self._encoder.encode_pictures(pixels), strict=True):
            results[place] = row
        return results


def _fetched(read: ReadUri, uri: str) -> bytes | str:
    try:
        return read(uri)
    except OSError:
        return "The picture could not be fetched."


async def _body(request: Request) -> bytes:
    """The request's body.

    Raises:
        BadRequest: larger than an endpoint takes.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > wire.MAX_BODY_BYTES:
            raise wire.BadRequest(f"A request may have at most {wire.MAX_BODY_BYTES // 1024**2} MB.", 413)
        chunks.append(chunk)
    return b"".join(chunks)


def warm_up(encoder: Encoder) -> None:
    """Run both towers once, so that the first request does not pay for it."""
    encoder.encode_texts(["a"])
    encoder.encode_pictures([np.zeros((encoder.picture_px, encoder.picture_px, 3), dtype=np.uint8)])
