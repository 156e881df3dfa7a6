"""An encoder behind `/ping` and `/invocations`, as SageMaker calls it: one request in, vectors or one sentence out.

Runs as `looksee serve`, which is how SageMaker starts a container. `inference/wire.py` says what goes over the wire.
"""

import logging
import time

import anyio.to_thread
import msgspec
import numpy as np
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from inference import wire
from inference.encoder import Encoder
from inference.invocations import Decoder, EncodeType, Invocations, ReadUri, too_large

log = logging.getLogger(__name__)

__all__ = ["EncodeType", "build_server", "warm_up"]


def build_server(encoder: Encoder, decoder: Decoder, *, serves: EncodeType, read: ReadUri | None = None) -> Starlette:
    """The application that answers for one encoder; see `Invocations` for the arguments."""
    invocations = Invocations(encoder, decoder, serves=serves, read=read)

    async def answer(request: Request) -> Response:
        return await _answer(invocations, request)

    return Starlette(
        routes=[
            Route("/ping", _ping, methods=["GET"]),
            Route("/invocations", answer, methods=["POST"]),
        ]
    )


async def _ping(request: Request) -> Response:
    return PlainTextResponse("")


async def _answer(invocations: Invocations, request: Request) -> Response:
    started = time.perf_counter()
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    try:
        form = invocations.form(content_type)
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
            raise too_large()
        chunks.append(chunk)
    return b"".join(chunks)


def warm_up(encoder: Encoder) -> None:
    """Run both towers once, so that the first request does not pay for it."""
    encoder.encode_texts(["a"])
    encoder.encode_pictures([np.zeros((encoder.picture_px, encoder.picture_px, 3), dtype=np.uint8)])
