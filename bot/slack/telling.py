"""An answer or an error in; the forms, the metadata, the contact sheet and the log line that tell it out."""

import logging
import time
from collections.abc import Sequence
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.catalogue import Opened
from bot.figures import Figures
from bot.memory import Memory, MemoryUnavailable, Place, Turn
from bot.query import Answer, EmptyQuery
from bot.sentences import Voice, say, sorry
from bot.slack.blocks import Form, answer_forms, sentence_blocks
from bot.slack.handle import Handle
from bot.slack.sheet import TILE_PX, contact_sheet
from bot.thumbnails import Pictures

log = logging.getLogger(__name__)

LOST = (SlackClientError, HTTPException, OSError)
"""What the SDK raises where Slack refuses, or does not answer."""


def sentence_forms(sentence: str) -> list[Form]:
    """The ways to say one sentence."""
    return [
        Form(name="sentence", text=sentence, blocks=tuple(sentence_blocks(sentence))),
        Form(name="text", text=sentence),
    ]


def forms_of(
    answer: Answer,
    opened: Opened,
    pictures: Pictures,
    voice: Voice,
    handle: Handle,
    *,
    notes: Sequence[str] = (),
    is_private: bool = False,
    is_completed_later: bool = False,
) -> list[Form]:
    """The ways to show an answer, with the pictures that Slack may load.

    A provisional one says that I am waking up, and whether it will be completed by itself.
    """
    urls = pictures.urls(opened, [(hit.product, hit.picture) for hit in answer.hits])
    shown = {hit.product.id: url for hit, url in zip(answer.hits, urls, strict=True) if url}
    if answer.is_provisional:
        key = "waking-meanwhile" if is_completed_later else "waking-alone"
        notes = (voice.sentence(key), *notes)
    spoken = voice if voice.language == answer.query.language else say(answer.query.language)
    return answer_forms(answer, spoken, handle, pictures=shown, notes=notes, is_private=is_private)


def metadata_of(event: str, answer: Answer | None) -> dict[str, Any]:
    """What an answer's message tells of itself: which question it answers, and how it came about."""
    if answer is None:
        return {"event": event}
    return {
        "event": event,
        "understood": answer.understood,
        "timings_ms": {name: round(ms, 2) for name, ms in answer.timings_ms.items()},
        "hits": [{"id": hit.product.id, "score": round(hit.score, 4), "why": list(hit.why)} for hit in answer.hits],
    }


def send_sheet(
    client: WebClient, pictures: Pictures, opened: Opened, answer: Answer, voice: Voice, *, channel: str, root: str
) -> None:
    """Where Slack can load none of the pictures, send them in one file; whatever fails, the answer is there."""
    if not answer.hits or any(pictures.urls(opened, [(hit.product, hit.picture) for hit in answer.hits])):
        return
    thumbnails = [pictures.thumbnail(opened, hit.product, hit.picture, px=TILE_PX) for hit in answer.hits]
    if not any(thumbnails):
        return
    titles = ", ".join(hit.product.title_in(voice.language) for hit in answer.hits)
    try:
        client.files_upload_v2(
            content=contact_sheet(thumbnails),
            filename="looksee.jpg",
            title=voice.sentence("sheet-title"),
            alt_txt=voice.sentence("sheet-alt", titles=titles)[:1000],
            channel=channel,
            thread_ts=root,
            request_file_info=False,
        )
    except SlackApiError as error:
        log.info("no contact sheet", extra={"slack_error": str(error.response.get("error"))})
    except LOST as error:
        log.info("no contact sheet", extra={"reason": type(error).__name__})


def remember(memory: Memory, place: Place, turn: Turn) -> None:
    """Put a turn into a conversation, whoever else writes to it."""
    for _ in range(20):
        if memory.put_thread(place, memory.thread(place).with_turn(turn)):
            return
        time.sleep(0.01)
    raise MemoryUnavailable("a conversation changes faster than it can be written")


def amend(memory: Memory, place: Place, turn: Turn) -> None:
    """Put a turn in the place of the one that is stored; where that was forgotten meanwhile, it stays so."""
    for _ in range(20):
        thread = memory.thread(place)
        if thread.turn(turn.ts) is None or memory.put_thread(place, thread.with_turn(turn)):
            return
        time.sleep(0.01)
    raise MemoryUnavailable("a conversation changes faster than it can be written")


def log_failure(error: Exception, figures: Figures) -> None:
    """Count an error; one with a sentence of its own is told in a line, any other is a bug and keeps its traceback."""
    figures.failed(error)
    if isinstance(error, EmptyQuery):
        return
    if sorry(error, "en") == say("en").sentence("sorry-unknown"):
        log.error("a step failed", exc_info=error)
    else:
        log.warning("a step failed", extra={"reason": type(error).__name__})
