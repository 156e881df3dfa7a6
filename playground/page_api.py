"""What the page asks for and does -> the same functions that tests call, and live changes over a WebSocket."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from playground import interactions, people, posting
from playground.errors import AppDidNotAnswer, Json, SlackError
from playground.hub import Hub
from playground.pictures import BadImage, Pictures
from playground.samples import Samples
from playground.thumbnails import thumbnail
from playground.workspace import Channel, File, Message, User, View

MOST_UPLOAD_BYTES = 64 * 1024 * 1024

Verb = Callable[[User, Json], Awaitable[Json | None]]


class PageApi:
    """The routes under `/page/`."""

    def __init__(self, hub: Hub, pictures: Pictures, samples: Samples, team_id: str) -> None:
        self._hub = hub
        self._pictures = pictures
        self._samples = samples
        self._team_id = team_id
        self._verbs: dict[str, Verb] = {
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "react": self._react,
            "click": self._click,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "command": self._command,
            "home": self._home,
            "messages_tab": self._messages_tab,
            "invite": self._invite,
        }

    def routes(self) -> list[Route | WebSocketRoute]:
        """Return the routes for Starlette."""
        return [
            WebSocketRoute("/page/live", self._live),
            Route("/page/do/{verb}", self._do, methods=["POST"]),
            Route("/page/upload", self._upload, methods=["POST"]),
            Route("/page/image", self._image),
            Route("/page/files/{file}", self._file),
            Route("/page/thumbs/{file}", self._thumb),
            Route("/page/samples/{number:int}", self._sample),
        ]

    # --- reading ---

    async def _live(self, socket: WebSocket) -> None:
        """Send everything once, then each change."""
        await socket.accept()
        changes: asyncio.Queue[Json] = asyncio.Queue()
        stop = self._hub.listen(changes.put_nowait)
        await socket.send_text(json.dumps(self.state()))
        sender = asyncio.create_task(self._forward(socket, changes))
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            pass
        finally:
            stop()
            sender.cancel()

    async def _forward(self, socket: WebSocket, changes: asyncio.Queue[Json]) -> None:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            while True:
                change = await changes.get()
                await socket.send_text(json.dumps(self.state() if change["type"] == "cleared" else change))

    def state(self) -> Json:
        """Return the whole workspace as the page needs it."""
        hub, workspace = self._hub, self._hub.workspace(self._team_id)
        messages = [message for channel in workspace.channels.values() for message in channel.messages.values()]
        messages += [message for message in hub.ephemerals.values() if message.team_id == self._team_id]
        return {
            "type": "state",
            "team": {"id": workspace.id, "name": workspace.name},
            "app": {
                "id": hub.credentials.app_id,
                "name": hub.manifest.name,
                "description": hub.manifest.description,
                "bot_user": hub.bot(self._team_id).id,
                "home_tab": hub.manifest.home_tab,
            },
            "users": [user.wire(with_locale=True) | {"hue": user.hue} for user in workspace.users.values()],
            "channels": [
                channel.wire(viewer="") | {"members": sorted(channel.members)}
                for channel in workspace.channels.values()
            ],
            "messages": [posting.page_message(hub, message) for message in messages],
            "views": [view.wire() | {"user": view.user} for view in workspace.views.values()],
            "homes": [view.wire() | {"user": view.user} for view in workspace.homes.values()],
            "statuses": [
                {"channel": channel, "thread_ts": thread_ts, "status": status}
                for (channel, thread_ts), status in hub.statuses.items()
            ],
            "prompts": [{"channel": channel} | prompts for channel, prompts in hub.prompts.items()],
            "commands": [
                {"name": each.name, "description": each.description, "usage_hint": each.usage_hint}
                for each in hub.manifest.commands
            ],
            "shortcuts": [
                {"name": each.name, "callback_id": each.callback_id, "kind": each.kind}
                for each in hub.manifest.shortcuts
            ],
            "samples": self._samples.wire(),
        }

    async def _image(self, request: Request) -> Response:
        try:
            picture = await self._pictures.load(request.query_params.get("url", ""))
        except BadImage:
            return PlainTextResponse("no such image", status_code=404)
        return Response(picture.content, media_type=picture.content_type, headers={"Cache-Control": "max-age=3600"})

    def _file_of(self, request: Request) -> File | None:
        return self._hub.workspace(self._team_id).files.get(request.path_params["file"])

    async def _file(self, request: Request) -> Response:
        file = self._file_of(request)
        if file is None or file.content is None or file.deleted:
            return PlainTextResponse("no such file", status_code=404)
        if not file.width_px:  # anything but a checked picture is saved, never shown
            name = file.name.encode("ascii", "replace").decode().replace('"', "")
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return Response(file.content, media_type="application/octet-stream", headers=headers)
        return Response(file.content, media_type=file.mimetype, headers={"Cache-Control": "max-age=3600"})

    async def _thumb(self, request: Request) -> Response:
        file = self._file_of(request)
        if file is None or file.content is None or not file.width_px or file.deleted:
            return PlainTextResponse("no such picture", status_code=404)
        small = await asyncio.to_thread(thumbnail, file.content, 720)
        return Response(small, media_type="image/png", headers={"Cache-Control": "max-age=3600"})

    async def _sample(self, request: Request) -> Response:
        number = request.path_params["number"]
        if not 0 <= number < len(self._samples.photos):
            return PlainTextResponse("no such sample", status_code=404)
        return FileResponse(Path(self._samples.photos[number][0]))

    # --- doing ---

    async def _do(self, request: Request) -> Response:
        verb = self._verbs.get(request.path_params["verb"])
        if verb is None:
            return JSONResponse({"ok": False, "error": "unknown_method"}, status_code=404)
        try:
            body: Json = json.loads(await request.body())
            user = self._hub.workspace(self._team_id).user_named(body["user"])
            return JSONResponse({"ok": True} | (await verb(user, body) or {}))
        except SlackError as error:
            return JSONResponse(error.body())
        except AppDidNotAnswer:
            return JSONResponse({"ok": False, "error": "operation_timeout"})
        except (json.JSONDecodeError, KeyError, TypeError):
            return JSONResponse({"ok": False, "error": "invalid_arguments"}, status_code=400)

    async def _upload(self, request: Request) -> Response:
        content = await request.body()
        name = unquote(request.query_params.get("name", "file"))
        if not content or len(content) > MOST_UPLOAD_BYTES:
            return JSONResponse({"ok": False, "error": "invalid_arguments"}, status_code=400)
        user = self._hub.workspace(self._team_id).user_named(request.query_params.get("user", ""))
        file = people.upload(self._hub, user, name, content)
        return JSONResponse({"ok": True, "file": file.wire(self._hub.origin)})

    def _channel(self, body: Json) -> Channel:
        return self._hub.workspace(self._team_id).channel_named(body["channel"])

    def _message(self, body: Json) -> Message:
        message = self._hub.ephemerals.get(body["ts"])
        return message or self._channel(body).message(body["ts"])

    def _view(self, body: Json) -> View:
        workspace = self._hub.workspace(self._team_id)
        homes = {view.id: view for view in workspace.homes.values()}
        found = workspace.views.get(body["view"]) or homes.get(body["view"])
        if found is None:
            raise SlackError("not_found")
        return found

    async def _say(self, user: User, body: Json) -> Json:
        files = [self._hub.workspace(self._team_id).files[each] for each in body.get("files", [])]
        text, thread_ts = body.get("text", ""), body.get("thread_ts")
        message = people.say(self._hub, user, self._channel(body), text, files=files, thread_ts=thread_ts)
        return {"ts": message.ts}

    async def _edit(self, user: User, body: Json) -> None:
        people.edit(self._hub, user, self._message(body), body["text"])

    async def _delete(self, user: User, body: Json) -> None:
        people.delete(self._hub, user, self._message(body))

    async def _react(self, user: User, body: Json) -> None:
        people.react(self._hub, user, self._message(body), body["name"])

    async def _click(self, user: User, body: Json) -> None:
        place = self._view(body) if body.get("view") else self._message(body)
        blocks = place.content["blocks"] if isinstance(place, View) else place.blocks
        element = interactions.find_element(blocks, body["action_id"], block_id=body["block_id"])
        action = interactions.as_action(element, body.get("value"))
        await interactions.click(self._hub, user, place, action, self._state(blocks, body.get("state", {})))

    async def _submit(self, user: User, body: Json) -> Json:
        view = self._view(body)
        state = self._state(view.content["blocks"], body.get("state", {}))
        return {"errors": await interactions.submit(self._hub, self._pictures, user, view, state)}

    async def _close(self, user: User, body: Json) -> None:
        await interactions.close(self._hub, user, self._view(body))

    async def _shortcut(self, user: User, body: Json) -> None:
        if body.get("ts"):
            await interactions.message_shortcut(self._hub, user, self._message(body), body["callback_id"])
        else:
            await interactions.global_shortcut(self._hub, user, body["callback_id"])

    async def _command(self, user: User, body: Json) -> None:
        channel = self._channel(body)
        await interactions.command(self._hub, self._pictures, user, channel, body["command"], body.get("text", ""))

    async def _home(self, user: User, body: Json) -> None:
        people.open_home(self._hub, user)

    async def _messages_tab(self, user: User, body: Json) -> Json:
        return {"channel": people.open_messages_tab(self._hub, user).id}

    async def _invite(self, user: User, body: Json) -> None:
        people.invite_app(self._hub, self._channel(body))

    @staticmethod
    def _state(blocks: list[Json], plain: Json) -> Json:
        """Return Slack's `state.values` from plain values: block_id -> action_id -> string, list or None."""
        state = interactions.initial_state(blocks)
        for block_id, actions in plain.items():
            for action_id, value in actions.items():
                element = interactions.find_element(blocks, action_id, block_id=block_id)
                state.setdefault(block_id, {})[action_id] = interactions.typed_value(element, value)
        return state
