"""An event of Slack's in, the question in it out, or None: what asks, and what does not. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from bot.grammar_words import Lexicon
from bot.memory import Place, QuestionKey, Thread, Workspace
from bot.overheard import reads_as_refinement
from bot.slack.wording import said

Json = Mapping[str, Any]
_SPOKEN = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""Subtypes of a person's own new message; an upload is a `file_share`."""
_FILE_FIELDS = (
    "id", "mimetype", "filetype", "size", "mode", "file_access", "is_external", "url_private", "url_private_download",
    "thumb_1024", "thumb_960", "thumb_720", "thumb_480", "thumb_360",
)  # fmt: skip


class Question(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A message that asks; stored until it is answered."""

    text: str
    """As Slack wrote it."""
    user: str
    channel: str
    ts: str
    root: str
    """`ts` of the thread that the answer goes to."""
    is_direct: bool = False
    is_mention_event: bool = False
    """`app_mention` may come without the files that its message has."""
    is_reply: bool = False
    """True inside a thread."""
    files: tuple[dict[str, Any], ...] = ()
    edited: str = ""
    """`ts` of the edit, where this is a question that was edited."""
    bot_user: str = ""


def question_of(
    event: Json,
    *,
    workspace: Workspace,
    bot_user: str,
    thread: Callable[[Place], Thread],
    lexicon: Lexicon | None,
) -> Question | None:
    """The question that an event asks of us.

    A mention and a direct message ask; so does a reply in a thread of ours by somebody who asked there, that mentions
    nobody else and reads as a refinement, or brings a photo; so does an edit of a question. Bots never ask.

    Args:
        event: the inner event, `app_mention` or `message`.
        workspace: where it happened.
        bot_user: our own user id there.
        thread: what is remembered of a place; asked only where that decides.
        lexicon: names of the live catalogue, where they are at hand.
    """
    if event.get("subtype") == "message_changed":
        return _edited(event, workspace=workspace, bot_user=bot_user, thread=thread)
    if not _is_a_persons(event, bot_user) or event.get("subtype") not in _SPOKEN:
        return None
    question = _question(event, bot_user)
    mentioned = said(question.text).mentioned
    if event.get("type") == "app_mention" or bot_user in mentioned or question.is_direct:
        return question
    if not question.is_reply or mentioned:
        return None
    turns = thread(place_of(question, workspace)).turns
    if not any(turn.user == question.user for turn in turns):
        return None
    text = said(question.text).text
    is_photo_alone = bool(question.files) and not text
    return question if is_photo_alone or reads_as_refinement(text, lexicon) else None


def place_of(question: Question, workspace: Workspace) -> Place:
    """Where the conversation of a question is kept: its thread; the whole direct message with somebody is one."""
    return Place(workspace, question.channel, "" if question.is_direct else question.root)


def key_of(question: Question, workspace: Workspace, app: str) -> QuestionKey:
    """The name of a question, the same for every event that tells of it."""
    return QuestionKey(place_of(question, workspace), app, question.ts, question.edited)


def _question(event: Json, bot_user: str, *, edited: str = "") -> Question:
    ts = str(event["ts"])
    root = str(event.get("thread_ts") or ts)
    shared = [file for item in event.get("attachments") or () for file in item.get("files") or ()]
    files = [*(event.get("files") or ()), *shared]
    return Question(
        text=str(event.get("text") or ""),
        user=str(event["user"]),
        channel=str(event["channel"]),
        ts=ts,
        root=root,
        is_direct=event.get("channel_type") == "im" or str(event["channel"]).startswith("D"),
        is_mention_event=event.get("type") == "app_mention",
        is_reply=root != ts,
        files=tuple({name: file[name] for name in _FILE_FIELDS if name in file} for file in files),
        edited=edited,
        bot_user=bot_user,
    )


def _edited(event: Json, *, workspace: Workspace, bot_user: str, thread: Callable[[Place], Thread]) -> Question | None:
    """An edit asks again where the message was a question, and is a first question where it mentions us only now."""
    message: Json = event.get("message") or {}
    before: Json = event.get("previous_message") or {}
    if not _is_a_persons(message, bot_user) or message.get("subtype") not in _SPOKEN:
        return None
    if message.get("text") == before.get("text"):  # Slack has only unfolded a link
        return None
    whole = {**message, "channel": event["channel"], "channel_type": event.get("channel_type")}
    edited = str((message.get("edited") or {}).get("ts") or event.get("event_ts") or "")
    question = _question(whole, bot_user, edited=edited)
    if thread(place_of(question, workspace)).turn(question.ts):
        return question
    mention = f"<@{bot_user}"
    if mention in str(before.get("text") or "") or question.is_direct:
        return question  # its first text is being answered just now
    return msgspec.structs.replace(question, edited="") if mention in question.text else None


def _is_a_persons(event: Json, bot_user: str) -> bool:
    user = event.get("user")
    is_bot = event.get("bot_id") or event.get("bot_profile") or user in (None, "", bot_user, "USLACKBOT")
    return not is_bot and bool(re.fullmatch(r"[UW][A-Z0-9]+", str(user)))
