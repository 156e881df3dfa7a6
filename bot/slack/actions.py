"""What is clicked, chosen or handed in, and what that does: to the answer, in its thread, or in Home."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.conversation import Message
from bot.dialogue import find, next_query, query_without, reply_to
from bot.memory import Person, Place, Preferences, Recent, Saved, Thread, Turn
from bot.query import Query
from bot.sentences import sorry
from bot.slack.blocks import sentence_blocks
from bot.slack.clicks import Click, Responder, new_shared, now_ts, patiently
from bot.slack.delivery import Undeliverable
from bot.slack.filters import chosen_filters, counts_of, currency_of, filters_view
from bot.slack.handle import Handle
from bot.slack.home import Home
from bot.slack.telling import forms_of, log_failure, metadata_of, remember, sentence_forms
from bot.slack.tools import Tools
from bot.slack.wording import escaped

log = logging.getLogger(__name__)


class DialogueOf(msgspec.Struct, frozen=True):
    """What a Filters dialogue carries in its private_metadata: which answer it changes."""

    channel: str
    thread: str
    ts: str
    message: str
    root: str
    currency: str
    is_ephemeral: bool = False
    response_url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Actions:
    """What a click does. Each method runs on a thread of its own pool, after the acknowledgement."""

    tools: Tools
    home: Home
    responder: Responder

    def without(self, click: Click) -> None:
        """Take one part out of the question."""
        if turn := self.responder.turn(click):
            query = query_without(turn, click.value)
            if query is not None:
                self.responder.replace(click, query, turn=turn)

    def similar(self, click: Click) -> None:
        """Show what is like one of the products."""
        turn = self.responder.turn(click)
        if turn is None or turn.query is None or not self._is_shown(click, turn):
            return
        if not self.responder.opened(turn).store.products([click.value]):
            self.responder.whisper(click, self.responder.voice(click).sentence("gone-product"))
            return
        query = msgspec.structs.replace(
            turn.query, words="", photos=(), negatives=(), refused_things=(), likes=(click.value,), page=0, seen=()
        )
        self.responder.add(click, query, before=turn)

    def more(self, click: Click) -> None:
        """Show the next page."""
        if turn := self.responder.turn(click):
            query = next_query(turn, self.responder.opened(turn))
            if query is not None:
                self.responder.add(click, query, before=turn)

    def save(self, click: Click) -> None:
        """Keep a product in the person's Home."""
        turn = self.responder.turn(click)
        if turn is None or not self._is_shown(click, turn):
            return
        self.tools.memory.save(click.person, Saved(product=click.value, catalogue=turn.catalogue))
        self.responder.whisper(click, self.responder.voice(click).sentence("saved-it"))
        log.info("saved")

    def feedback(self, click: Click) -> None:
        """Keep a thumb."""
        turn = self.responder.turn(click)
        if turn is None:
            return
        is_good = click.value == "up"
        self.tools.memory.judge(click.person, click.place, turn.ts, "up" if is_good else "down")
        self.responder.whisper(click, self.responder.voice(click).sentence("noted-good" if is_good else "noted-bad"))
        log.info("judged", extra={"verdict": "up" if is_good else "down"})

    def start_over(self, click: Click) -> None:
        """Begin anew in this thread."""
        turn = self.responder.turn(click)
        if turn is None:
            return
        fresh = Turn(ts=click.action_ts, user=click.person.user, query=Query(), root=click.root, before=turn.ts)
        remember(self.tools.memory, click.place, fresh)
        forms = sentence_forms(self.responder.voice(click).sentence("started-over"))
        if click.is_private:
            self.responder.respond(click, forms, replaces=True)
        else:
            try:
                patiently(lambda: self.tools.delivery.post(click.client, click.channel, forms, thread_ts=click.root))
            except Undeliverable:
                self.responder.respond(click, forms)

    def share(self, click: Click) -> None:
        """Show a private answer to all in the channel."""
        turn = self.responder.turn(click)
        if turn is None or turn.query is None:
            return
        opened, voice, handle = self.responder.opened(turn), self.responder.voice(click), new_shared()
        answer = find(turn.query, opened, k=max(len(turn.shown), 1))
        forms = forms_of(answer, opened, self.tools.pictures, voice, handle)
        note = voice.sentence("shared-by", user=click.person.user)
        shared = [
            replace(
                form, text=f"{note} {form.text}", blocks=(*sentence_blocks(note), *form.blocks) if form.blocks else ()
            )
            for form in forms
        ]
        metadata = metadata_of(f"{click.channel}/{handle.ts}", answer)
        place = Place(click.person.workspace, click.channel, handle.thread)
        remember(self.tools.memory, place, msgspec.structs.replace(turn, ts=handle.ts, before=""))
        self.responder.respond(click, shared, is_public=True, metadata=metadata)

    def open_filters(self, click: Click) -> None:
        """Open the Filters dialogue."""
        turn = self.responder.turn(click)
        if turn is None or turn.query is None:
            return
        voice = self.responder.voice(click)
        counts = counts_of(turn.query, self.responder.opened(turn))
        about = DialogueOf(
            channel=click.channel,
            thread=click.place.thread,
            ts=turn.ts,
            message=click.message,
            root=click.root,
            currency=currency_of(turn.query.filters, counts.prices),
            is_ephemeral=click.is_ephemeral,
            response_url=click.response_url,
        )
        view = filters_view(turn.query, counts, voice, msgspec.json.encode(about).decode())
        try:
            click.client.views_open(trigger_id=click.trigger_id, view=view)
        except SlackApiError as error:
            log.warning("a dialogue cannot be opened", extra={"slack_error": str(error.response.get("error"))})

    def filter(self, about: DialogueOf, person: Person, client: WebClient, state: Mapping[str, Any]) -> None:
        """Apply what was chosen in the dialogue, in the place of the answer."""
        click = Click(
            client=client,
            person=person,
            channel=about.channel,
            message=about.message,
            root=about.root,
            is_ephemeral=about.is_ephemeral,
            response_url=about.response_url,
            action_ts=now_ts(),
            handle=Handle(about.thread, about.ts),
        )
        turn = self.responder.turn(click)
        if turn is None or turn.query is None:
            return
        filters, _errors = chosen_filters(turn.query.filters, state, about.currency, self.responder.voice(click))
        query = msgspec.structs.replace(turn.query, filters=filters, page=0, seen=())
        self.responder.replace(click, query, turn=turn)

    def ask(self, client: WebClient, person: Person, text: str) -> None:
        """Ask one of Home's questions; the answer comes as a direct message."""
        self._ask(client, person, text, None)

    def again(self, client: WebClient, person: Person, place: int) -> None:
        """Repeat one of the last searches."""
        recent: list[Recent] = self.tools.memory.recent(person)
        if place < len(recent):
            self._ask(client, person, "", recent[place].query)

    def prefer(self, client: WebClient, person: Person, **changes: Any) -> None:
        """Keep a setting and show Home anew."""
        chosen: Preferences = msgspec.structs.replace(self.tools.memory.preferences(person), **changes)
        self.tools.memory.prefer(person, chosen)
        self.home.publish(client, person)

    def unsave(self, client: WebClient, person: Person, product: str) -> None:
        """Take a product out of Home."""
        self.tools.memory.unsave(person, product)
        self.home.publish(client, person)

    def forget(self, client: WebClient, person: Person) -> None:
        """Erase all that is kept of a person."""
        self.tools.memory.forget(person)
        self.tools.people.forget(person)
        log.info("forgot a person")
        self.home.publish(client, person)

    def _ask(self, client: WebClient, person: Person, text: str, query: Query | None) -> None:
        self.tools.figures.asked()
        voice = self.tools.people.voice(client, person)
        handle = Handle("", now_ts())
        try:
            opened = self.tools.catalogues.default.opened()
            k = self.tools.people.page_size(person)
            if query is None:
                message = Message(text=text, language=voice.language)
                reply = reply_to(message, thread=Thread(), previous=None, opened=opened, voice=voice, k=k)
                answer, sentence, query = reply.answer, reply.sentence, reply.query
            else:
                answer, sentence = find(query, opened, k=k), ""
            forms = (
                forms_of(answer, opened, self.tools.pictures, voice, handle)
                if answer
                else sentence_forms(escaped(sentence))
            )
            shown = tuple(hit.product.id for hit in answer.hits) if answer else ()
            name = opened.name
        except Exception as error:  # noqa: BLE001 - whatever it is, the person reads a sentence and the log has the rest
            log_failure(error, self.tools.figures)
            answer, query, shown, name = None, None, (), "default"
            forms = sentence_forms(sorry(error, str(voice.locale)))
        else:
            self.tools.figures.answered(answer)
        metadata = metadata_of(f"{person.user}/{handle.ts}", answer)
        try:
            channel, ts = patiently(lambda: self.tools.delivery.post(client, person.user, forms, metadata=metadata))
        except Undeliverable as error:
            log.warning("an answer cannot be posted", extra={"slack_error": error.code})
            return
        turn = Turn(ts=handle.ts, user=person.user, query=query, shown=shown, root=ts, answer_ts=ts, catalogue=name)
        remember(self.tools.memory, Place(person.workspace, channel, ""), turn)

    def _is_shown(self, click: Click, turn: Turn) -> bool:
        """True where the product of a click is one of the turn's; else the person is told."""
        if click.value in turn.shown:
            return True
        self.responder.whisper(click, self.responder.voice(click).sentence("no-longer"))
        return False
