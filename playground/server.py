"""A hub -> a web server on a loopback port: Web API, Socket Mode, file host, page; and how to start and stop it."""

import asyncio
import contextlib
import itertools
import json
import socket
import threading
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState

from playground.errors import SlackError
from playground.guard import Guard
from playground.hub import Hub
from playground.oauth_page import OAuthPage
from playground.page_api import PageApi
from playground.pictures import Pictures
from playground.samples import Samples
from playground.web_api import WebApi

STATIC = Path(__file__).parent / "static"
START_TIMEOUT_S = 10.0
T = TypeVar("T")


def build(hub: Hub, pictures: Pictures, samples: Samples, team_id: str) -> Starlette:
    """Return the whole server as an ASGI application."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await hub.delivery.close()
        await pictures.close()
        if hub.request_url:
            await hub.request_url.close()

    async def page(_request: Request) -> Response:
        index = STATIC / "index.html"
        if not index.exists():
            return HTMLResponse("<h1>The page is not built</h1><p>Run: python -m playground.build</p>", 503)
        return FileResponse(index, headers={"Cache-Control": "no-cache"})

    async def misbehave(request: Request) -> Response:
        try:
            hub.misbehaviour.set(json.loads(await request.body()))
        except SlackError as error:
            return JSONResponse(error.body(), status_code=400)
        return JSONResponse({"ok": True})

    async def drop(_request: Request) -> Response:
        await hub.sockets.disconnect(politely=False)
        return JSONResponse({"ok": True})

    async def clear(_request: Request) -> Response:
        hub.clear()
        return JSONResponse({"ok": True})

    async def log(_request: Request) -> Response:
        return JSONResponse({"ok": True, "calls": hub.log, "undelivered": hub.delivery.undelivered})

    return Starlette(
        routes=[
            *WebApi(hub, pictures).routes(),
            *PageApi(hub, pictures, samples, team_id).routes(),
            *OAuthPage(hub).routes(),
            Route("/control/misbehave", misbehave, methods=["POST"]),
            Route("/control/drop-sockets", drop, methods=["POST"]),
            Route("/control/clear", clear, methods=["POST"]),
            Route("/control/log", log),
            Route("/", page),
            Mount("/assets", StaticFiles(directory=STATIC / "assets", check_dir=False)),
        ],
        middleware=[Middleware(Guard)],
        lifespan=lifespan,
    )


def bind(port: int) -> socket.socket:
    """Return a listening socket on 127.0.0.1; port 0 means a free one.

    Raises:
        OSError: the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise
    listener.listen(256)
    return listener


class _PromptServer(uvicorn.Server):
    """A server that stops when it is told to, not at its next tick: tests start and stop hundreds."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.stopping = asyncio.Event()

    async def main_loop(self) -> None:
        """Keep the Date header fresh until the server is stopped."""
        for tick in itertools.count():
            if await self.on_tick(tick * 10) or self.stopping.is_set():
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self.stopping.wait()


class _Connection(WebSocketsSansIOProtocol):
    """A WebSocket that may be in the middle of closing when the server stops; uvicorn's own raises then."""

    def shutdown(self) -> None:
        """Close with 1012, or just close where that has begun."""
        try:
            super().shutdown()
        except InvalidState:
            self.transport.close()


class ServerThread:
    """An ASGI application that is served from a thread of its own until `stop`."""

    def __init__(self, app: Starlette, listener: socket.socket) -> None:
        self.loop = asyncio.new_event_loop()
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            ws=_Connection,
            ws_ping_interval=None,
            timeout_graceful_shutdown=1,
        )
        self._server = _PromptServer(config)
        self._listener = listener
        self._thread = threading.Thread(target=self._run, name="local-slack", daemon=True)

    def start(self) -> None:
        """Start serving; returns when the first request can be answered.

        Raises:
            RuntimeError: the server did not start.
        """
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(START_TIMEOUT_S / 0.005)):
            if self._server.started:
                return
            if not self._thread.is_alive():
                break
            waited.wait(0.005)
        raise RuntimeError("the local Slack did not start")

    def run(self, work: Coroutine[Any, Any, T], timeout_s: float = 30.0) -> T:
        """Run a coroutine on the server's event loop and return its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout_s)

    def stop(self) -> None:
        """Stop serving and wait for the thread to end."""
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            self.loop.call_soon_threadsafe(self._server.stopping.set)
        self._thread.join(START_TIMEOUT_S)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_until_complete(self._server.serve(sockets=[self._listener]))
        finally:
            self.loop.run_until_complete(self._end_what_is_left())
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()
            self._listener.close()

    @staticmethod
    async def _end_what_is_left() -> None:
        """Cancel what the server's own patience did not outlast, and let connections close."""
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await asyncio.sleep(0)
