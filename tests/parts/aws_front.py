"""One address for boto3 in front of moto: what moto only writes down is really done by hooks, the rest is passed on."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.parts.served import served


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request to a service."""

    operation: str
    """`CreateTransformJob`."""
    body: bytes
    on: Callable[[bytes], httpx.Response]
    """Passes it on to moto, with a body that may differ."""


Hook = Callable[[Call], Response]
"""Answers an operation, mostly with moto's own answer, changed."""
_OURS = {"host", "content-length", "connection", "transfer-encoding", "accept-encoding"}


def as_moto_said(answer: httpx.Response, body: bytes | None = None) -> Response:
    """moto's answer, or the same with another body."""
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in {*_OURS, "date", "server"}}
    return Response(answer.content if body is None else body, answer.status_code, headers=headers)


@contextmanager
def aws_front(moto: str, hooks: Mapping[str, Hook]) -> Iterator[str]:
    """Its address.

    Args:
        moto: the address of its server.
        hooks: by operation; of a query service by the parameter `Action`.
    """
    with httpx.Client(timeout=120, trust_env=False) as inner:

        def answer(request: Request, body: bytes) -> Response:
            url = f"{moto}{request.url.path}" + (f"?{request.url.query}" if request.url.query else "")
            headers = {name: value for name, value in request.headers.items() if name.lower() not in _OURS}

            def on(changed: bytes) -> httpx.Response:
                return inner.request(request.method, url, content=changed, headers=headers)

            call = Call(operation=_operation(request, body), body=body, on=on)
            return hooks[call.operation](call) if call.operation in hooks else as_moto_said(on(body))

        async def whole(request: Request) -> Response:
            return await run_in_threadpool(answer, request, await request.body())

        methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"]
        with served(Starlette(routes=[Route("/{path:path}", whole, methods=methods)])) as address:
            yield address


def _operation(request: Request, body: bytes) -> str:
    if target := request.headers.get("x-amz-target", ""):
        return target.rsplit(".", 1)[-1]
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        query = httpx.QueryParams(body.decode())
        return str(query.get("Action", ""))
    return request.url.path.rsplit("/", 1)[-1]
