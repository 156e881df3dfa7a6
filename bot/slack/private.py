"""`/looksee words` and "Find similar" in, an answer that one person sees out; they may share it."""

import logging
import threading
from collections.abc import Sequence
from typing import Any

from slack_sdk import WebClient

from bot.conversation import Message
from bot.dialogue import Reply, help_sentence, reply_to
from bot.memory import Person, Place, Recent, Thread, Turn
from bot.photo_errors import PhotoGone, PhotoNeedsScope, PhotoOutOfReach
from bot.sentences import sorry
from bot.slack.blocks import Form
from bot.slack.clicks import new_private, patiently, webhook_of
from bot.slack.delivery import Undeliverable
from bot.slack.telling import forms_of, log_failure, metadata_of, remember, sentence_forms
from bot.slack.tools import Tools
from bot.slack.wording import escaped, said

log = logging.getLogger(__name__)

PATIENCE_S = 0.4
"""Who waits longer than this is told that I am still looking."""


def answer_privately(
    tools: Tools,
    client: WebClient,
    person: Person,
    *,
    channel: str,
    text: str,
    response_url: str,
    files: Sequence[Any] = (),
    is_photo_only: bool = False,
) -> None:
    """Answer words, or the photos of a message, through a response_url: it works where the bot is no member.

    Args:
        tools: what answers are made of.
        client: of the workspace.
        person: who asks.
        channel: where.
        text: as Slack wrote it; empty asks what I can do.
        response_url: takes the answer.
        files: of the message that was pointed at.
        is_photo_only: True where a photo was pointed at, so that words around it are not what is looked for.
    """
    tools.figures.asked()
    webhook = webhook_of(client, response_url)
    voice = tools.people.voice(client, person)
    waiting = threading.Timer(
        PATIENCE_S, lambda: _send(tools, webhook, sentence_forms(voice.sentence("still-looking")))
    )
    waiting.daemon = True
    waiting.start()
    handle = new_private()
    metadata, notes = None, tuple[str, ...]()
    try:
        opened = tools.catalogues.of_channel(channel).opened()
        words = said(text)
        if is_photo_only and not files and not words.links:
            reply = Reply(sentence=voice.sentence("no-photo-there"))
        elif not text.strip() and not files:
            reply = Reply(sentence=help_sentence(opened, voice))
        else:
            zooms = opened.store.generation.calibration.zooms
            looked = tools.photos.look(
                client, files, words.links, opened.encoder, team=person.workspace.team, zooms=zooms
            )
            message = Message(text="" if is_photo_only else words.text, photos=looked.photos, language=voice.language)
            errors = [_from_here(error, files) if is_photo_only else error for error in looked.errors]
            notes = tuple(dict.fromkeys(sorry(error, str(voice.locale)) for error in errors))
            k = tools.people.page_size(person)
            if notes and not looked.photos and not message.text:
                reply = Reply(sentence=notes[0])
            else:
                reply = reply_to(message, thread=Thread(), previous=None, opened=opened, voice=voice, k=k)
        if reply.answer:
            forms = forms_of(reply.answer, opened, tools.pictures, voice, handle, notes=notes, is_private=True)
            metadata = metadata_of(f"{channel}/{handle.ts}", reply.answer)
            shown = tuple(hit.product.id for hit in reply.answer.hits)
            turn = Turn(ts=handle.ts, user=person.user, query=reply.query, shown=shown, catalogue=opened.name)
            remember(tools.memory, Place(person.workspace, channel, handle.thread), turn)
            tools.memory.searched(person, Recent(query=reply.answer.query))
        else:
            forms = sentence_forms(escaped(reply.sentence))
    except Exception as error:  # noqa: BLE001 - whatever it is, the person reads a sentence and the log has the rest
        log_failure(error, tools.figures)
        forms = sentence_forms(sorry(error, str(voice.locale)))
    else:
        tools.figures.answered(reply.answer)
    finally:
        waiting.cancel()
    _send(tools, webhook, forms, metadata)


def _send(tools: Tools, webhook: Any, forms: Sequence[Form], metadata: Any = None) -> None:
    try:
        patiently(lambda: tools.delivery.respond(webhook, forms, metadata=metadata))
    except Undeliverable as error:
        log.warning("a private answer cannot be given", extra={"slack_error": error.code})


def _from_here(error: Exception, files: Sequence[Any]) -> Exception:
    """Where the bot is no member, Slack hides a file in several ways; all mean the same to the one who asks."""
    is_deleted = any(file.get("mode") == "tombstone" for file in files)
    if isinstance(error, PhotoNeedsScope | PhotoGone) and not is_deleted:
        return PhotoOutOfReach()
    return error
