"""A question of Slack's in, what to say to it out: photos fetched, the thread's turn found, errors as sentences."""

import logging
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
from slack_sdk import WebClient

from bot.catalogue import Opened
from bot.conversation import Message, names_a_thing
from bot.dialogue import Reply, reply_to
from bot.memory import MemoryUnavailable, Person, Thread, Turn
from bot.query import PhotoRef
from bot.sentences import Voice, sorry
from bot.slack.asking import Question
from bot.slack.photos import Looked
from bot.slack.pool import Later
from bot.slack.telling import LOST, log_failure
from bot.slack.tools import Tools
from bot.slack.wording import said
from inference.encoder import EncoderWakingUp

log = logging.getLogger(__name__)

FOLLOWS_FOR_S = 3600.0
"""For how long a new message in a direct conversation goes on from the one before."""
_POINTS_AT_A_PHOTO = re.compile(
    r"\b(?:this|that|these|it|photos?|pictures?|images?|above)\b|これ|この|それ|写真|画像", re.IGNORECASE
)


class Replying:
    """Finds what to say. Thread-safe."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def reply(
        self, question: Question, person: Person, client: WebClient, thread: Thread, voice: Voice
    ) -> tuple[Reply, Opened | None, tuple[str, ...]]:
        """What to say, the catalogue it comes from, and sentences to say beside it; an error becomes a sentence.

        Raises:
            MemoryUnavailable: the thread cannot be read.
        """
        locale, team = str(voice.locale), person.workspace.team
        try:
            opened = self._tools.catalogues.of_channel(question.channel).opened()
            previous = _previous(question, thread)
            began = time.perf_counter()
            looked, is_waiting = self._looked(question, client, previous is not None, opened, thread, team=team)
            photos_ms = (time.perf_counter() - began) * 1000
            words = said(question.text).text
            message = Message(text=words, photos=looked.photos, language=voice.language)
            if is_waiting and not names_a_thing(words, opened.lexicon):
                return Reply(sentence=voice.sentence("waking-wait"), is_provisional=True), None, ()
            if (looked.errors or is_waiting) and not looked.photos:
                if not is_waiting and not names_a_thing(words, opened.lexicon):
                    return Reply(sentence=sorry(looked.errors[0], locale)), None, ()
                previous = None  # the photo would have begun a new question, and so do the words that came with it
            k = self._tools.people.page_size(person)
            if previous and previous.query and (stale := _stale(previous, opened)):
                previous = self._refreshed(client, previous, stale, opened, team=team)
            reply = reply_to(message, thread=thread, previous=previous, opened=opened, voice=voice, k=k)
            is_waiting = is_waiting or bool(reply.answer and reply.answer.is_provisional)
            if is_waiting and reply.answer and not reply.answer.hits:
                reply = replace(reply, answer=None, sentence=voice.sentence("waking-wait"))
            if is_waiting and reply.answer:
                reply = replace(reply, answer=reply.answer.provisional())
            reply = replace(reply, is_provisional=is_waiting)
            if reply.answer and looked.photos:
                timings = dict(reply.answer.timings_ms)
                timings["encode"] = timings.get("encode", 0.0) + photos_ms
                reply = replace(reply, answer=replace(reply.answer, timings_ms=timings))
            notes = tuple(dict.fromkeys(sorry(error, locale) for error in looked.errors))
        except (Later, MemoryUnavailable):
            raise
        except EncoderWakingUp:  # a photo of an earlier turn has to be encoded again
            return Reply(sentence=voice.sentence("waking-wait"), is_provisional=True), None, ()
        except Exception as error:  # noqa: BLE001 - whatever it is, the person reads a sentence and the log has the rest
            log_failure(error, self._tools.figures)
            return Reply(sentence=sorry(error, locale)), None, ()
        else:
            return reply, opened, notes

    def _looked(
        self, question: Question, client: WebClient, has_previous: bool, opened: Opened, thread: Thread, *, team: str
    ) -> tuple[Looked, bool]:
        """The photos of a question; True where they wait for the encoder."""
        try:
            return self._look(question, client, has_previous, opened, thread, team=team), False
        except EncoderWakingUp:
            return Looked(), True

    def _look(
        self, question: Question, client: WebClient, has_previous: bool, opened: Opened, thread: Thread, *, team: str
    ) -> Looked:
        """The photos of a question: its own files and links, else those of its thread."""
        words = said(question.text)
        files: Sequence[Any] = question.files
        if not files and not words.links and question.is_mention_event:
            files = self._files_of_message(client, question)
        is_pointing = not words.text or bool(_POINTS_AT_A_PHOTO.search(words.text))
        if not files and not words.links and question.is_reply and (not has_previous or is_pointing):
            files = self._files_before(client, question, after=thread.turns[-1].ts if thread.turns else "")
        zooms = opened.store.generation.calibration.zooms
        return self._tools.photos.look(client, files, words.links, opened.encoder, team=team, zooms=zooms)

    def _files_of_message(self, client: WebClient, question: Question) -> list[Any]:
        """The files of the message itself: a mention may come without them."""
        try:
            if question.is_reply:
                told = client.conversations_replies(
                    channel=question.channel, ts=question.root, oldest=question.ts, inclusive=True, limit=10
                )
            else:
                told = client.conversations_history(
                    channel=question.channel, oldest=question.ts, latest=question.ts, inclusive=True, limit=1
                )
        except LOST as error:
            log.warning("the message cannot be read again", extra={"reason": type(error).__name__})
            return []
        messages = told.get("messages") or ()
        return [file for message in messages if message.get("ts") == question.ts for file in message.get("files") or ()]

    def _files_before(self, client: WebClient, question: Question, *, after: str) -> list[Any]:
        """The photos of the latest message of the thread that has some, among those since our last answer."""
        try:
            told = client.conversations_replies(
                channel=question.channel, ts=question.root, latest=question.ts, limit=200
            )
        except LOST as error:
            log.warning("the thread cannot be read", extra={"reason": type(error).__name__})
            return []
        for message in reversed(told.get("messages") or ()):
            is_between = after < str(message.get("ts")) < question.ts
            files = [f for f in message.get("files") or () if str(f.get("mimetype", "image/")).startswith("image/")]
            if is_between and files and not message.get("bot_id"):
                return files
        return []

    def _refreshed(
        self, client: WebClient, previous: Turn, stale: Sequence[PhotoRef], opened: Opened, *, team: str
    ) -> Turn:
        """The turn with photos of another model fetched and encoded again; those that are gone are left out."""
        files = [{"id": photo.file_id, "file_access": "check_file_info"} for photo in stale if photo.file_id]
        zooms = opened.store.generation.calibration.zooms
        again = self._tools.photos.look(client, files, (), opened.encoder, team=team, zooms=zooms).photos
        assert previous.query is not None  # noqa: S101 - `stale` is of its photos
        kept = tuple(photo for photo in previous.query.photos if photo.model_id == opened.encoder.model_id)
        query = msgspec.structs.replace(previous.query, photos=(*kept, *again))
        return msgspec.structs.replace(previous, query=query)


def _previous(question: Question, thread: Thread) -> Turn | None:
    """The turn that a question follows."""
    if not question.is_direct:
        return thread.last_before(question.ts)
    if question.is_reply:
        return thread.last_before(question.ts, root=question.root)
    last = thread.last_before(question.ts)
    return last if last and float(question.ts) - float(last.ts) < FOLLOWS_FOR_S else None


def _stale(previous: Turn, opened: Opened) -> list[PhotoRef]:
    photos = previous.query.photos if previous.query else ()
    return [photo for photo in photos if photo.model_id != opened.encoder.model_id]
