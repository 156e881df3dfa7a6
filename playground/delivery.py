"""Payloads for the app -> its Socket Mode connections or its signed Request URL, tried again as Slack does."""

import asyncio
import contextlib
import hashlib
import hmac
import itertools
import json
import time
import uuid
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlencode

import httpx
from starlette.websockets import WebSocket, WebSocketDisconnect

from playground.errors import AppDidNotAnswer, Json
from playground.ids import Ids
from playground.misbehaviour import Misbehaviour

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's acknowledgement: whether it came in time, and the body it carried."""

    ok: bool
    body: Json = field(default_factory=dict)
    reason: str = ""
    """`http_timeout`, `http_error` or `timeout` where it did not come."""


class Carrier(Protocol):
    """A way to the app."""

    async def send(self, kind: Kind, payload: Json, retry: int, reason: str, timeout_s: float) -> Ack:
        """Deliver once and wait for the acknowledgement, `timeout_s` seconds at most."""
        ...


class SocketMode:
    """Open Socket Mode connections, used in turn; envelopes wait for a connection as long as for an ack."""

    def __init__(self) -> None:
        self.connections: list[WebSocket] = []
        self._turn = itertools.count()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._arrived = asyncio.Event()

    async def send(self, kind: Kind, payload: Json, retry: int, reason: str, timeout_s: float) -> Ack:
        """Send an envelope down one connection and wait for its acknowledgement."""
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry, "retry_reason": reason}
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = answer
        try:
            async with asyncio.timeout(timeout_s):
                while not await self._sent(json.dumps(envelope)):
                    self._arrived.clear()
                    await self._arrived.wait()
                return Ack(True, await answer)
        except TimeoutError:
            return Ack(False, reason="timeout")
        finally:
            del self._waiting[envelope["envelope_id"]]

    async def _sent(self, text: str) -> bool:
        while self.connections:
            connection = self.connections[next(self._turn) % len(self.connections)]
            try:
                await connection.send_text(text)
            except (RuntimeError, WebSocketDisconnect):  # it went away between two envelopes
                with contextlib.suppress(ValueError):
                    self.connections.remove(connection)
            else:
                return True
        return False

    async def serve(self, socket: WebSocket, hello: Json) -> None:
        """Keep one connection until it ends, and note the acknowledgements that come in."""
        await socket.accept()
        await socket.send_text(json.dumps(hello))
        self.connections.append(socket)
        self._arrived.set()
        try:
            while True:
                message = json.loads(await socket.receive_text())
                answer = self._waiting.get(message.get("envelope_id", ""))
                if answer and not answer.done():
                    answer.set_result(message.get("payload") or {})
        except (WebSocketDisconnect, RuntimeError, json.JSONDecodeError):
            pass
        finally:
            if socket in self.connections:
                self.connections.remove(socket)

    async def disconnect(self, *, politely: bool) -> None:
        """Close every connection; politely means after Slack's `disconnect` message."""
        for connection in list(self.connections):
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                if politely:
                    await connection.send_text(
                        json.dumps({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
                    )
                await connection.close(1000 if politely else 1011)


class RequestUrl:
    """A Request URL: one signed POST for each payload."""

    def __init__(self, url: str, signing_secret: str, ids: Ids) -> None:
        self.url = url
        self._secret = signing_secret
        self._ids = ids
        self._http = httpx.AsyncClient(trust_env=False)

    def signed(self, body: str) -> dict[str, str]:
        """Return the headers that prove the body came from Slack (signature version v0)."""
        timestamp = str(int(self._ids.now_s()))
        basis = f"v0:{timestamp}:{body}".encode()
        digest = hmac.new(self._secret.encode(), basis, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}

    async def send(self, kind: Kind, payload: Json, retry: int, reason: str, timeout_s: float) -> Ack:
        """POST once, as JSON for events and as a form for the rest, and read the answer."""
        if kind == "events_api":
            body, content_type = json.dumps(payload), "application/json"
        else:
            fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
            body, content_type = urlencode(fields), "application/x-www-form-urlencoded"
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0", **self.signed(body)}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        try:
            async with asyncio.timeout(timeout_s):
                response = await self._http.post(self.url, content=body, headers=headers, timeout=timeout_s)
        except (TimeoutError, httpx.TimeoutException):
            return Ack(False, reason="http_timeout")
        except httpx.HTTPError:
            return Ack(False, reason="http_error")
        if not response.is_success:
            return Ack(False, reason="http_error")
        if response.headers.get("content-type", "").startswith("application/json"):
            answer = response.json()
            return Ack(True, answer if isinstance(answer, dict) else {})
        return Ack(True, {"text": response.text} if response.text else {})

    async def close(self) -> None:
        """Close the connections to the app."""
        await self._http.aclose()


class Delivery:
    """Sends events with retries, and everything else once, within Slack's three seconds."""

    def __init__(self, carrier: Carrier, misbehaviour: Misbehaviour) -> None:
        self.carrier = carrier
        self._misbehaviour = misbehaviour
        self._tasks: set[asyncio.Task[None]] = set()
        self._held: list[Json] = []
        self.undelivered: list[str] = []
        """The ids of the events that Slack has given up on."""
        self.ack_ms: list[float] = []
        """How long the app took to acknowledge, each time that it did."""

    def event(self, body: Json) -> None:
        """Deliver an event in the background, as often and in the order that the switches say."""
        self._held.append(body)
        wanted = self._misbehaviour.out_of_order
        if len(self._held) <= wanted:
            self._start(self._release_later(wanted))
        else:
            self._release()

    async def ask(self, kind: Kind, payload: Json) -> Json:
        """Deliver a click, a command, a dialogue or a shortcut once, and return what the app answered.

        Raises:
            AppDidNotAnswer: no acknowledgement within three seconds.
        """
        ack = await self._send(kind, payload, 0, "")
        if not ack.ok:
            raise AppDidNotAnswer
        return ack.body

    async def close(self) -> None:
        """Stop delivering."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _release(self) -> None:
        held, self._held = self._held, []
        for body in reversed(held) if self._misbehaviour.out_of_order else held:
            for copy in range(self._misbehaviour.copies):
                self._start(self._until_acked(body, delay_s=copy * self._misbehaviour.jitter_s()))

    async def _release_later(self, wanted: int) -> None:
        await asyncio.sleep(0.2)  # the last few events of a burst must not be held for ever
        if self._held and len(self._held) <= wanted:
            self._release()

    async def _until_acked(self, body: Json, delay_s: float) -> None:
        reason = ""
        for attempt, wait_s in enumerate((delay_s, *self._misbehaviour.retry_delays_s)):
            if wait_s:
                await asyncio.sleep(wait_s)
            ack = await self._send("events_api", body, attempt, reason)
            if ack.ok and not self._misbehaviour.ack_is_lost():
                return
            reason = ack.reason or "timeout"
        self.undelivered.append(body["event_id"])

    async def _send(self, kind: Kind, payload: Json, retry: int, reason: str) -> Ack:
        began = time.perf_counter()
        ack = await self.carrier.send(kind, payload, retry, reason, self._misbehaviour.ack_timeout_s)
        if ack.ok:
            self.ack_ms.append((time.perf_counter() - began) * 1000)
        return ack

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
