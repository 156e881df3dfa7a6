"""In front of an encoder's container: requests are passed on, and the pictures in them are counted."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from inference import wire
from tests.parts.served import served

_PICTURES: Mapping[str, Callable[[bytes], int]] = {
    wire.IMAGE: lambda body: 1,
    wire.BATCH: lambda body: len(wire.read_batch(body).pictures),
    wire.LINES: lambda body: len(wire.read_lines(body)),
}


@dataclass
class Front:
    """What came by."""

    address: str = ""
    pictures: int = 0
    """In requests that were answered."""


@contextmanager
def counting_front(container: str) -> Iterator[Front]:
    """Start it; the container behind it may start later."""
    front = Front()
    with httpx.Client(timeout=600, trust_env=False) as inner:

        async def answer(request: Request) -> Response:
            body, kind = await request.body(), request.headers.get("content-type", "")
            headers = {"content-type": kind, "accept": request.headers.get("accept", "*/*")}
            told = await run_in_threadpool(inner.post, f"{container}/invocations", content=body, headers=headers)
            if told.status_code == 200 and kind in _PICTURES:
                front.pictures += _PICTURES[kind](body)
            return Response(told.content, told.status_code, media_type=told.headers.get("content-type"))

        with served(Starlette(routes=[Route("/invocations", answer, methods=["POST"])])) as front.address:
            yield front
