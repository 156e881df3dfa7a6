"""A listening socket and routes in, a running HTTP server out: thumbnails, Slack's requests, health, figures."""

import socket
import threading
import time
from collections.abc import Callable, Sequence

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
MOST_BODY_BYTES = 4_000_000
_START_S = 10.0


def bind(host: str, port: int) -> socket.socket:
    """Take a port before anything is served on it; 0 takes a free one.

    Raises:
        OSError: the port is taken, or the address is not this machine's.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    listener.listen(128)
    return listener


async def _body(request: Request) -> bytes | None:
    """The body of a request, kept no further than is taken; None where it is longer."""
    kept, length = bytearray(), 0
    async for part in request.stream():  # to its end: who is cut off while sending hears no answer
        length += len(part)
        if length <= MOST_BODY_BYTES:
            kept += part
    return bytes(kept) if length <= MOST_BODY_BYTES else None


def slack_routes(app: App) -> list[Route]:
    """Slack's requests, verified by Bolt; and Bolt's pages for installing, where the app can be installed."""

    async def events(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("Too large.", status_code=413)
        # Bolt's dispatch waits for the memory; on a thread of its own nobody else waits with it.
        return to_starlette_response(await run_in_threadpool(app.dispatch, to_bolt_request(request, body)))

    routes = [Route("/slack/events", events, methods=["POST"])]
    flow = app.oauth_flow
    if flow is not None:

        async def install(request: Request) -> Response:
            asked = to_bolt_request(request, b"")
            return to_starlette_response(await run_in_threadpool(flow.handle_installation, asked))

        async def callback(request: Request) -> Response:
            asked = to_bolt_request(request, b"")
            return to_starlette_response(await run_in_threadpool(flow.handle_callback, asked))

        routes += [Route(flow.install_path, install), Route(flow.redirect_uri_path, callback)]
    return routes


def health_route(is_well: Callable[[], bool]) -> Route:
    """`/health`: 200 while the bot can answer, 503 otherwise."""

    async def health(request: Request) -> Response:
        well = await run_in_threadpool(is_well)
        return PlainTextResponse("ok" if well else "not well", status_code=200 if well else 503)

    return Route("/health", health)


def figures_route(figures: Callable[[], bytes]) -> Route:
    """`/metrics`: the figures, for those who ask this machine itself.

    The same port may lie behind a public address: a request that a proxy or a load balancer passed on says so, and
    gets nothing.
    """

    def metrics(request: Request) -> Response:
        if {"forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"} & set(request.headers):
            return PlainTextResponse("Not Found", status_code=404)
        return Response(figures(), media_type=PROMETHEUS)

    return Route("/metrics", metrics)


class WebServer:
    """Serves routes on a thread of its own until it is stopped."""

    def __init__(self, routes: Sequence[Route], listener: socket.socket) -> None:
        """Start nothing yet."""
        self._listener = listener
        config = uvicorn.Config(
            Starlette(routes=list(routes)),
            log_level="warning",
            access_log=False,  # it would name products and signatures
            server_header=False,
            timeout_graceful_shutdown=3,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)

    def start(self) -> None:
        """Return when the first request can be answered."""
        self._thread.start()
        deadline = time.monotonic() + _START_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the web server did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """Let requests end and close the port."""
        self._server.should_exit = True
        self._thread.join(5.0)
        self._listener.close()
