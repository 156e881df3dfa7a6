"""An answer's forms in, one message in Slack out: the first form that Slack takes, at Slack's pace, never twice."""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any, NamedTuple, TypeVar

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.slack.blocks import Form
from bot.slack.limits import problems
from bot.slack.pool import Later

log = logging.getLogger(__name__)

T = TypeVar("T")
EVENT_TYPE = "looksee_answer"
_REFUSED_BLOCKS = frozenset({
    "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "invalid_attachments", "block_mismatch",
})  # fmt: skip
_BUSY = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"})
_LOST = (SlackClientError, HTTPException, OSError)
"""What the SDK raises where no answer came: the message may be there or not."""


class Posted(NamedTuple):
    """Where a message is."""

    channel: str
    ts: str


class Undeliverable(Exception):
    """Slack does not take this message at all; `code` is its reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Delivery:
    """Posts and updates messages. Thread-safe; knows until when each channel wants to be left alone."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._free_at_s: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait_for(self, channel: str) -> None:
        """Refuse to go on while a channel is to be left alone.

        Raises:
            Later: until then.
        """
        with self._lock:
            left_s = self._free_at_s.get(channel, 0.0) - self._now_s()
        if left_s > 0:
            raise Later(left_s)

    def post(
        self,
        client: WebClient,
        channel: str,
        forms: Sequence[Form],
        *,
        thread_ts: str | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Posted:
        """Post the first form that Slack takes; where it is then (a person's id as channel means their direct message).

        Raises:
            Later: the channel has had too much, or Slack is not well; nothing was posted, or it may have been.
            Undeliverable: Slack does not take any form.
        """

        def send(form: Form) -> Posted:
            response = client.chat_postMessage(
                channel=channel,
                thread_ts=thread_ts,
                text=form.text,
                blocks=list(form.blocks),
                metadata=_metadata(metadata),
                unfurl_links=False,
                unfurl_media=False,
            )
            return Posted(str(response["channel"]), str(response["ts"]))

        return self._first_taken(channel, forms, send)

    def update(
        self, client: WebClient, channel: str, ts: str, forms: Sequence[Form], metadata: Mapping[str, Any] | None = None
    ) -> None:
        """Put an answer in the place of an earlier one. Raises as `post` does."""

        def send(form: Form) -> None:
            blocks, told = list(form.blocks), _metadata(metadata)
            client.chat_update(channel=channel, ts=ts, text=form.text, blocks=blocks, metadata=told)

        self._first_taken(channel, forms, send)

    def respond(
        self,
        webhook: WebhookClient,
        forms: Sequence[Form],
        *,
        is_public: bool = False,
        replaces: bool = False,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        """Answer through a response_url: seen by one person, or by all where `is_public`. Raises as `post` does."""

        def send(form: Form) -> None:
            response = webhook.send(
                text=form.text,
                blocks=list(form.blocks),
                response_type="in_channel" if is_public else "ephemeral",
                replace_original=replaces,
                unfurl_links=False,
                unfurl_media=False,
                metadata=_metadata(metadata),
            )
            if response.status_code == 429:
                raise Later(float(response.headers.get("Retry-After", "1")))
            if response.status_code != 200:
                raise _Refused(_code_in(response.body))

        self._first_taken(webhook.url, forms, send)

    def find(self, client: WebClient, channel: str, root: str, event_key: str) -> str:
        """The `ts` of our answer to a question, if it is in the thread already; empty where it is not.

        Raises:
            Later: Slack wants us to wait.
        """
        cursor = ""
        for _page in range(5):
            try:
                response = client.conversations_replies(
                    channel=channel, ts=root, include_all_metadata=True, limit=200, cursor=cursor or None
                )
            except SlackApiError as error:
                code = _code(error)
                if code == "ratelimited" or code in _BUSY:
                    raise Later(_retry_after(error)) from error
                log.warning("the thread cannot be read", extra={"slack_error": code})
                return ""
            except _LOST as error:
                raise Later(2.0) from error
            for message in response.get("messages") or ():
                told = message.get("metadata") or {}
                if told.get("event_type") == EVENT_TYPE and told.get("event_payload", {}).get("event") == event_key:
                    return str(message["ts"])
            cursor = str((response.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                break
        return ""

    def _first_taken(self, channel: str, forms: Sequence[Form], send: Callable[[Form], T]) -> T:
        code = "no form"
        for form in _tried(forms):
            self.wait_for(channel)
            try:
                with _translated():
                    return send(form)
            except _Refused as refused:
                code = refused.code
                log.warning("slack refused a form", extra={"form": form.name, "slack_error": code})
                if code not in _REFUSED_BLOCKS:
                    break
            except Later as later:
                with self._lock:
                    self._free_at_s[channel] = self._now_s() + later.after_s
                raise
        raise Undeliverable(code)


class _Refused(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        code = _code(error)
        if code == "ratelimited":
            raise Later(_retry_after(error)) from error
        if code in _BUSY or error.response.status_code >= 500:
            raise Later(2.0) from error
        raise _Refused(code) from error
    except _LOST as error:
        raise Later(2.0) from error


def _tried(forms: Sequence[Form]) -> Iterator[Form]:
    """The forms to try: those within Slack's limits, and pictures twice, for a good URL fails now and then."""
    for form in forms:
        if found := problems(form.blocks):
            log.error("a form breaks the limits", extra={"form": form.name, "problems": len(found)})
            continue
        yield form
        if form.name == "cards":
            yield form


def _metadata(payload: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {"event_type": EVENT_TYPE, "event_payload": dict(payload)} if payload else None


def _code(error: SlackApiError) -> str:
    if error.response.status_code == 429:
        return "ratelimited"
    return str(error.response.get("error") or f"http_{error.response.status_code}")


def _code_in(body: str) -> str:
    """The error code in a response_url's answer, which is JSON or the bare word."""
    return next((code for code in sorted(_REFUSED_BLOCKS) if code in body), body.strip()[:60] or "unknown")


def _retry_after(error: SlackApiError) -> float:
    headers = {name.lower(): value for name, value in (error.response.headers or {}).items()}
    value = headers.get("retry-after", "")
    value = value[0] if isinstance(value, list) else value
    return float(value) if str(value).isdigit() else 2.0
