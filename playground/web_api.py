"""HTTP requests of the app -> the Web API, upload and file hosts, response_urls, and the Socket Mode link."""

import asyncio
import base64
import json
import time
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from playground import methods  # noqa: F401 - fills the table of methods
from playground.calls import Call, admit
from playground.errors import Json, RateLimited, SlackError
from playground.hub import Hub
from playground.interactions import respond
from playground.methods.files import fill
from playground.pictures import Pictures
from playground.thumbnails import thumbnail
from playground.workspace import File

MOST_UPLOAD_BYTES = 256 * 1024 * 1024
LOGIN_PAGE = (
    "<!DOCTYPE html><html><head><title>Sign in | Local Slack</title></head>"
    "<body><h1>Sign in to your workspace</h1><form></form></body></html>"
)


class WebApi:
    """The routes under `/api/`, `/upload/`, `/files-pri/`, `/files-tmb/`, `/actions/` and `/link/`."""

    def __init__(self, hub: Hub, pictures: Pictures) -> None:
        self._hub = hub
        self._pictures = pictures

    def routes(self) -> list[Route | WebSocketRoute]:
        """Return the routes for Starlette."""
        return [
            Route("/api/{method}", self._call, methods=["GET", "POST"]),
            Route("/upload/v1/{key}", self._upload, methods=["POST"]),
            Route("/files-pri/{key}/{name:path}", self._download),
            Route("/files-tmb/{key}/{edge_px:int}.png", self._thumbnail),
            Route("/actions/{team}/{secret}", self._respond, methods=["POST"]),
            WebSocketRoute("/link/", self._link),
        ]

    async def _call(self, request: Request) -> Response:
        name = request.path_params["method"]
        args = await _arguments(request)
        args |= _basic(request)
        header = request.headers.get("authorization", "")
        bearer = header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else ""
        token = bearer or str(args.pop("token", ""))
        call = Call(hub=self._hub, pictures=self._pictures, method=name, token=token, args=args)
        began = time.perf_counter()
        code, headers = None, {}
        if self._hub.misbehaviour.latency_s:
            await asyncio.sleep(self._hub.misbehaviour.latency_s)
        try:
            self._hub.misbehaviour.check(name, args, self._hub.ids.now_s())
            entry = admit(call)
            if call.installed:
                headers["X-OAuth-Scopes"] = ",".join(sorted(call.installed.scopes))
                headers["X-Accepted-OAuth-Scopes"] = ",".join(entry.scopes)
            body = await entry.run(call)
        except RateLimited as limit:
            code = "ratelimited"
            retry = {"Retry-After": str(limit.retry_after_s)}
            return JSONResponse({"ok": False, "error": code}, status_code=429, headers=retry)
        except SlackError as error:
            code, body = error.code, error.body()
        finally:
            took_ms = round((time.perf_counter() - began) * 1000, 1)
            self._hub.log.append({"method": name, "error": code, "ms": took_ms})
        return JSONResponse(body, headers=headers)

    def _file(self, key: str) -> File | None:
        team_id, _, file_id = key.partition("-")
        workspace = self._hub.workspaces.get(team_id)
        return workspace.files.get(file_id) if workspace else None

    async def _upload(self, request: Request) -> Response:
        file = self._file(request.path_params["key"])
        content = await request.body()
        if file is None or file.complete:
            return PlainTextResponse("not found", status_code=404)
        if len(content) > MOST_UPLOAD_BYTES:
            return PlainTextResponse("too large", status_code=413)
        await asyncio.to_thread(fill, file, content)
        return PlainTextResponse(f"OK - {len(content)}")

    async def _download(self, request: Request) -> Response:
        misbehaviour = self._hub.misbehaviour
        if misbehaviour.file_delay_s:
            await asyncio.sleep(misbehaviour.file_delay_s)
        file = self._file(request.path_params["key"])
        if misbehaviour.file_host == "login_page" or file is None or not self._may_read(request, file):
            return HTMLResponse(LOGIN_PAGE)  # Slack answers 200 to strangers, with a page to sign in
        if misbehaviour.file_host == "not_found" or file.deleted or file.content is None:
            return HTMLResponse("<!DOCTYPE html><title>404</title>", status_code=404)
        if misbehaviour.file_host == "broken":
            return PlainTextResponse("", status_code=500)
        content = file.content[: len(file.content) // 2] if misbehaviour.file_host == "cut" else file.content
        return Response(content, media_type=file.mimetype, headers={"X-Content-Type-Options": "nosniff"})

    async def _thumbnail(self, request: Request) -> Response:
        file = self._file(request.path_params["key"])
        if file is None or not self._may_read(request, file) or self._hub.misbehaviour.file_host == "login_page":
            return HTMLResponse(LOGIN_PAGE)
        if not file.width_px or file.content is None:
            return PlainTextResponse("", status_code=404)
        small = await asyncio.to_thread(thumbnail, file.content, request.path_params["edge_px"])
        return Response(small, media_type="image/png")

    def _may_read(self, request: Request, file: File) -> bool:
        token = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        installation = self._hub.tokens.get(token)
        if installation is None or installation.revoked:
            return False
        if self._hub.installations.get(file.team_id) is not installation:
            return False
        if "files:read" not in installation.scopes:
            return False
        channels = self._hub.workspace(file.team_id).channels
        member = any(installation.bot_user in channels[each].members for each in file.shared_in if each in channels)
        return member or file.user == installation.bot_user

    async def _respond(self, request: Request) -> Response:
        try:
            body = json.loads(await request.body())
        except json.JSONDecodeError:
            return PlainTextResponse("invalid_payload", status_code=400)
        try:
            await respond(self._hub, self._pictures, request.path_params["secret"], body)
        except SlackError as error:
            status = 404 if error.code in ("expired_url", "used_url") else 400
            return JSONResponse(error.body(), status_code=status)
        return PlainTextResponse("ok")

    async def _link(self, socket: WebSocket) -> None:
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._hub.tickets:
            await socket.close(1008)
            return
        self._hub.tickets.discard(ticket)
        hello = {
            "type": "hello",
            "num_connections": len(self._hub.sockets.connections) + 1,
            "debug_info": {"host": "local", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._hub.credentials.app_id},
        }
        await self._hub.sockets.serve(socket, hello)


def _basic(request: Request) -> Json:
    """Return client_id and client_secret where they came as HTTP Basic, which `oauth.v2.access` takes."""
    kind, _, encoded = request.headers.get("authorization", "").partition(" ")
    if kind != "Basic":
        return {}
    try:
        client_id, _, client_secret = base64.b64decode(encoded).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": client_id, "client_secret": client_secret}


async def _arguments(request: Request) -> Json:
    """Return the arguments of a call, from the query, a form or a JSON body, as Slack accepts them."""
    args: Json = dict(request.query_params)
    body = await request.body()
    if not body:
        return args
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            read: Any = json.loads(body)
        except json.JSONDecodeError:
            return args
        return args | read if isinstance(read, dict) else args
    return args | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
