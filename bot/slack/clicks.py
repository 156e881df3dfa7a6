"""A click's payload in, what it is about out: the person, the stored turn, and the ways to answer it."""

import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from bot.catalogue import Opened
from bot.dialogue import find
from bot.memory import Person, Place, Turn, Workspace
from bot.query import Answer, Query
from bot.sentences import Voice
from bot.slack.blocks import Form
from bot.slack.delivery import Undeliverable
from bot.slack.handle import Handle
from bot.slack.pool import Later
from bot.slack.telling import amend, forms_of, metadata_of, remember, send_sheet, sentence_forms
from bot.slack.tools import Tools
from indexing.store import NoCatalogue

log = logging.getLogger(__name__)

T = TypeVar("T")
_PRIVATE = "private-"
MOST_WAITS = 3


def new_private() -> Handle:
    """A name for an answer that one person sees, and that has no message of its own in Slack's history."""
    return Handle(f"{_PRIVATE}{secrets.token_hex(8)}", now_ts())


def new_shared() -> Handle:
    """A name for a private answer that was shown to all."""
    return Handle(f"shared-{secrets.token_hex(8)}", now_ts())


def now_ts() -> str:
    """The time as Slack writes a message's `ts`."""
    return f"{time.time():.6f}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Click:
    """Something that a person did with an answer."""

    client: WebClient
    person: Person
    channel: str
    message: str
    """`ts` of the answer's message."""
    root: str
    """`ts` of the thread that the message is in or would begin."""
    is_ephemeral: bool
    response_url: str
    value: str = ""
    action_ts: str = ""
    trigger_id: str = ""
    handle: Handle | None = None

    @property
    def is_private(self) -> bool:
        """True for an answer that one person sees."""
        return self.handle is not None and self.handle.thread.startswith(_PRIVATE)

    @property
    def place(self) -> Place:
        """Where the conversation of the answer is kept."""
        return Place(self.person.workspace, self.channel, self.handle.thread if self.handle else "")

    @classmethod
    def of(cls, body: Mapping[str, Any], workspace: Workspace, client: WebClient) -> "Click":
        """Read a `block_actions` payload of a message."""
        action, container = body["actions"][0], body.get("container") or {}
        message = str(container.get("message_ts") or "")
        thread = container.get("thread_ts") or (body.get("message") or {}).get("thread_ts")
        return cls(
            client=client,
            person=Person(workspace, str(body["user"]["id"])),
            channel=str((body.get("channel") or {}).get("id") or container.get("channel_id") or ""),
            message=message,
            root=str(thread or message),
            is_ephemeral=bool(container.get("is_ephemeral")),
            response_url=str(body.get("response_url") or ""),
            value=str(action.get("value") or ""),
            action_ts=str(action.get("action_ts") or now_ts()),
            trigger_id=str(body.get("trigger_id") or ""),
            handle=Handle.of_block_id(str(action.get("block_id") or "")),
        )


class Responder:
    """Answers clicks: beside the answer, in its place, or to the one who clicked. Thread-safe."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools

    def voice(self, click: Click) -> Voice:
        """The voice of the one who clicked."""
        return self.tools.people.voice(click.client, click.person)

    def turn(self, click: Click) -> Turn | None:
        """The stored turn that a click is about, if the person may act on it; else they are told."""
        turn = self._stored(click)
        if turn is None:
            time.sleep(0.2)  # an answer of Home's is posted before it has a place to be stored under
            turn = self._stored(click)
        if turn is None or turn.query is None:
            self.whisper(click, self.voice(click).sentence("no-longer"))
            return None
        if click.is_private and turn.user != click.person.user:
            self.whisper(click, self.voice(click).sentence("not-yours"))
            return None
        return turn

    def _stored(self, click: Click) -> Turn | None:
        return self.tools.memory.thread(click.place).turn(click.handle.ts) if click.handle else None

    def opened(self, turn: Turn) -> Opened:
        """The catalogue that a turn was answered from.

        Raises:
            NoCatalogue: it is not asked here any more.
        """
        catalogue = self.tools.catalogues.named(turn.catalogue)
        if catalogue is None:
            raise NoCatalogue(turn.catalogue)
        return catalogue.opened()

    def whisper(self, click: Click, sentence: str) -> None:
        """Say something to the one who clicked only."""
        self.respond(click, sentence_forms(sentence))

    def respond(
        self,
        click: Click,
        forms: Sequence[Form],
        *,
        is_public: bool = False,
        replaces: bool = False,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        """Answer through the click's response_url, which works where the bot is no member."""
        webhook = webhook_of(click.client, click.response_url)
        try:
            patiently(
                lambda: self.tools.delivery.respond(
                    webhook, forms, is_public=is_public, replaces=replaces, metadata=metadata
                )
            )
        except Undeliverable as error:
            log.warning("a click cannot be answered", extra={"slack_error": error.code})

    def add(self, click: Click, query: Query, *, before: Turn) -> None:
        """Answer a query as the next turn: as a new message, or in the place of a private answer."""
        if click.is_private:
            self.replace(click, query, turn=before, before=before.ts)
            return
        opened, voice = self.opened(before), self.voice(click)
        answer = self._found(query, opened, click)
        handle = Handle(click.place.thread, click.action_ts)
        forms = forms_of(answer, opened, self.tools.pictures, voice, handle)
        metadata = metadata_of(f"{click.channel}/{click.action_ts}", answer)
        delivery, client = self.tools.delivery, click.client
        turn = _turn(click.action_ts, click, query, answer.hits, opened, before=before.ts)
        remember(self.tools.memory, click.place, turn)  # before it is posted: who reads it may go on at once
        try:
            posted = patiently(
                lambda: delivery.post(client, click.channel, forms, thread_ts=click.root, metadata=metadata)
            )
        except Undeliverable:  # a shared answer in a channel that the bot is not in
            mine = new_private()
            forms = forms_of(answer, opened, self.tools.pictures, voice, mine, is_private=True)
            self.respond(click, forms, metadata=metadata)
            place = Place(click.person.workspace, click.channel, mine.thread)
            remember(self.tools.memory, place, _turn(mine.ts, click, query, answer.hits, opened, before=""))
            return
        amend(self.tools.memory, click.place, msgspec.structs.replace(turn, answer_ts=posted.ts))
        send_sheet(client, self.tools.pictures, opened, answer, voice, channel=click.channel, root=click.root)

    def _found(self, query: Query, opened: Opened, click: Click) -> Answer:
        self.tools.figures.asked()
        answer = find(query, opened, k=self.tools.people.page_size(click.person))
        self.tools.figures.answered(answer)
        return answer

    def replace(self, click: Click, query: Query, *, turn: Turn, before: str | None = None) -> None:
        """Answer a query in the place of the answer that was clicked."""
        opened, voice = self.opened(turn), self.voice(click)
        answer = self._found(query, opened, click)
        handle = Handle(click.place.thread, turn.ts)
        forms = forms_of(answer, opened, self.tools.pictures, voice, handle, is_private=click.is_private)
        metadata = metadata_of(f"{click.channel}/{turn.ts}/{click.action_ts}", answer)
        changed = msgspec.structs.replace(
            turn,
            query=query,
            shown=tuple(hit.product.id for hit in answer.hits),
            before=turn.before if before is None else before,
        )
        remember(self.tools.memory, click.place, changed)
        if click.is_ephemeral or click.is_private:
            self.respond(click, forms, replaces=True, metadata=metadata)
        else:
            client, delivery = click.client, self.tools.delivery
            try:
                patiently(lambda: delivery.update(client, click.channel, click.message, forms, metadata))
            except Undeliverable:  # shared through a response_url: not ours to update by name
                self.respond(click, forms, replaces=True, metadata=metadata)


def webhook_of(client: WebClient, url: str) -> WebhookClient:
    """What posts to a response_url, by the same way as the client."""
    webhook = WebhookClient(url, timeout=client.timeout, retry_handlers=[])
    webhook.proxy = client.proxy
    return webhook


def patiently(send: Callable[[], T]) -> T:
    """Do what Slack may want to have done later, a few times; a click that still waits then is lost."""
    for _ in range(MOST_WAITS):
        try:
            return send()
        except Later as later:
            time.sleep(min(later.after_s, 30.0))
    raise Undeliverable("ratelimited")


def _turn(
    ts: str,
    click: Click,
    query: Query,
    hits: Sequence[Any],
    opened: Opened,
    *,
    before: str,
    answer_ts: str = "",
) -> Turn:
    return Turn(
        ts=ts,
        user=click.person.user,
        query=query,
        shown=tuple(hit.product.id for hit in hits),
        root=click.root,
        answer_ts=answer_ts,
        before=before,
        catalogue=opened.name,
    )
