"""A claimed question in, one answer in its thread out, whatever happens in between."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.catalogue import Opened
from bot.dialogue import Reply
from bot.memory import Claim, MemoryUnavailable, Person, QuestionKey, Recent, Thread, Turn
from bot.sentences import Voice, say
from bot.slack.asking import Question
from bot.slack.blocks import Form, sentence_blocks
from bot.slack.delivery import Undeliverable
from bot.slack.handle import Handle
from bot.slack.installations import NotInstalled
from bot.slack.pool import Later, Pool
from bot.slack.replying import Replying
from bot.slack.telling import LOST, amend, forms_of, metadata_of, remember, send_sheet, sentence_forms
from bot.slack.tools import Tools
from bot.slack.wording import escaped

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 4
"""A question that ended the process so often is answered with a sentence."""
WAKING_EVERY_S, WAKING_PATIENCE_S = 2.0, 120.0
"""How often, and for how long, a question that the encoder slept through is asked again."""
ORDER_WAIT_S = 20.0
"""How long a question waits for an earlier one of its thread."""
_QUESTION_GONE = frozenset({"thread_not_found", "message_not_found", "cannot_reply_to_message"})
STATUS_AFTER_S = 0.15
"""An answer that comes sooner needs no status. Of a burst, all questions are acknowledged by then, and the calls
that show statuses keep no acknowledgement waiting."""
MOST_AT_ONCE = 10
"""Questions of one person that may wait at the same time; who asks more gets one friendly line."""


@dataclass(kw_only=True, slots=True)
class _InHand:
    """A question that this process works on."""

    claim: Claim
    question: Question
    status: "Future[None] | None" = None
    is_settled: threading.Event = field(default_factory=threading.Event)
    """Set when the answer is about to be posted: too late for a status."""
    tries: int = 0
    is_provisional: bool = False
    """True once it has a provisional answer in Slack."""


class Answering:
    """Answers claimed questions on a pool of threads, and takes over those that another process has let go."""

    def __init__(self, tools: Tools, *, workers: int, lease_s: float) -> None:
        """Start the threads."""
        self._tools = tools
        self._replying = Replying(tools)
        self._lease_s = lease_s
        self._pool = Pool(workers)
        self._statuses = ThreadPoolExecutor(4, "status")
        self._in_hand: dict[str, _InHand] = {}
        self._told_to_wait_s: dict[Person, float] = {}
        self._regretted: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="leases", daemon=True)
        self._keeper.start()

    def take(self, claim: Claim) -> None:
        """Answer a question soon. Returns at once."""
        if claim.attempt == 1:
            self._tools.figures.asked()
        question = msgspec.convert(claim.payload, Question)
        held = _InHand(claim=claim, question=question)
        person = _person(held)
        with self._lock:
            waiting = sum(_person(each) == person for each in self._in_hand.values())
            self._in_hand[claim.holder] = held
        if waiting >= MOST_AT_ONCE and claim.attempt == 1:
            self._beside(self._decline, held)
            return
        held.status = self._beside(self._show_status, held)
        if not self._pool.submit(lambda: self._work(held)):  # it stays stored; whoever has room takes it
            self._drop(held)
            self._tools.memory.renew(claim, lease_s=0)

    def regret(self, key: QuestionKey, question: Question) -> None:
        """Say, once, that a question could not be kept; nobody will answer it."""
        with self._lock:
            if key.text in self._regretted:
                return
            self._regretted[key.text] = None
            while len(self._regretted) > 1000:
                self._regretted.popitem(last=False)

        def say_so() -> None:
            client = self._tools.installations.client(key.place.workspace)
            voice = self._tools.people.voice(client, Person(key.place.workspace, question.user))
            forms = sentence_forms(voice.sentence("sorry-memory"))
            self._tools.delivery.post(client, question.channel, forms, thread_ts=question.root)

        self._tools.figures.failed()
        self._pool.submit(say_so)

    @property
    def waiting(self) -> int:
        """Questions in hand."""
        with self._lock:
            return len(self._in_hand)

    def close(self) -> None:
        """Let the answers that are being given end; what waits stays stored, free for others."""
        self._closing.set()
        self._pool.close()
        self._statuses.shutdown(wait=False, cancel_futures=True)
        self._keeper.join(2.0)
        with self._lock:
            left, self._in_hand = list(self._in_hand.values()), {}
        for held in left:
            try:
                self._tools.memory.renew(held.claim, lease_s=0)
            except MemoryUnavailable:
                return

    # --- leases ---

    def _keep(self) -> None:
        """Hold on to what is in hand, and take what others have let go."""
        cleaned_s = float("-inf")
        while not self._closing.wait(min(self._lease_s / 4, 5.0)):
            try:
                with self._lock:
                    held = list(self._in_hand.values())
                for each in held:
                    self._tools.memory.renew(each.claim, lease_s=self._lease_s)
                for claim in self._tools.memory.take_expired(lease_s=self._lease_s, most=min(self._pool.room, 50)):
                    log.info("took over a question", extra={"attempt": claim.attempt})
                    self.take(claim)
                if time.monotonic() - cleaned_s > 600:
                    cleaned_s = time.monotonic()
                    self._tools.memory.clean()
            except MemoryUnavailable:
                log.warning("the memory cannot be reached")
            except Exception:
                log.exception("leases cannot be kept")  # a bug; without this thread questions would be lost

    def _drop(self, held: _InHand) -> None:
        with self._lock:
            self._in_hand.pop(held.claim.holder, None)

    # --- one question ---

    def _work(self, held: _InHand) -> None:
        try:
            self._answer(held)
        except Later:
            held.tries += 1
            raise
        except MemoryUnavailable as error:
            log.warning("the memory cannot be reached")
            held.tries += 1
            raise Later(1.0) from error
        except Exception:
            log.exception("a question could not be answered")
            self._tools.figures.failed()
            self._apologise(held)
        self._drop(held)

    def _answer(self, held: _InHand) -> None:
        tools, question, key = self._tools, held.question, held.claim.key
        started = time.perf_counter()
        try:
            client = tools.installations.client(key.place.workspace)
        except NotInstalled:
            log.warning("a question came from where the app is not installed")
            tools.memory.finish(held.claim)
            return
        if time.time() - held.claim.received_s < ORDER_WAIT_S and tools.memory.has_earlier(key):
            raise Later(0.05)
        tools.delivery.wait_for(question.channel)
        is_again = held.claim.attempt > 1 or held.tries > 0
        thread = tools.memory.thread(key.place)
        earlier = thread.turn(question.ts)
        if held.is_provisional and not (earlier and earlier.is_provisional):
            tools.memory.finish(held.claim)  # forgotten, or answered again under a later text, meanwhile
            return
        posted = ""
        if earlier and earlier.is_provisional and earlier.answer_ts:
            posted = earlier.answer_ts
        elif is_again:
            posted = tools.delivery.find(client, question.channel, question.root, key.text)
        voice = tools.people.voice(client, _person(held))
        if held.claim.attempt > MOST_ATTEMPTS:
            said_instead = Reply(sentence=voice.sentence("sorry-unknown"))
            reply, opened, notes = said_instead, None, tuple[str, ...]()
        else:
            reply, opened, notes = self._replying.reply(question, _person(held), client, thread, voice)
        if reply.answer:
            timings = {**reply.answer.timings_ms, "total": (time.perf_counter() - started) * 1000}
            reply = replace(reply, answer=replace(reply.answer, timings_ms=timings))
        if not tools.memory.renew(held.claim, lease_s=self._lease_s):
            log.info("a question has passed to another process")
            return
        was_provisional = bool(posted and earlier and earlier.is_provisional)
        is_waiting = reply.is_provisional and time.time() - held.claim.received_s < WAKING_PATIENCE_S
        if reply.is_provisional and not was_provisional:
            tools.figures.met_cold_start()
        if is_waiting and was_provisional:
            held.is_provisional = True
            raise Later(WAKING_EVERY_S)
        if reply.is_provisional and not is_waiting and reply.answer is None:
            reply = replace(reply, sentence=voice.sentence("sorry-waking"))
        handle = Handle(key.place.thread, question.ts)
        forms = self._forms(reply, opened, voice, handle, notes, is_completed_later=is_waiting)
        _settle(held)
        turn = _turn(question, reply, posted or (earlier.answer_ts if earlier else ""), opened)
        turn = msgspec.structs.replace(turn, is_provisional=is_waiting)
        # Before it is posted: who reads the answer may go on at once, or want to be forgotten.
        remember(tools.memory, key.place, turn)
        if reply.answer and not reply.answer.query.page:
            tools.memory.searched(_person(held), Recent(query=reply.answer.query))
        if was_provisional:
            self._complete(held, client, posted, forms, reply)
        ts = posted or self._deliver(held, client, thread, forms, reply)
        if ts != turn.answer_ts:
            amend(tools.memory, key.place, msgspec.structs.replace(turn, answer_ts=ts))
        else:
            self._set_status(held, client, "")  # only a new message takes it away by itself
        if is_waiting and ts:
            held.is_provisional = True
            raise Later(WAKING_EVERY_S)
        tools.memory.finish(held.claim)
        self._afterwards(held, client, reply, opened, voice, is_new=was_provisional or not posted)

    def _complete(self, held: _InHand, client: WebClient, posted: str, forms: Sequence[Form], reply: Reply) -> None:
        """Put the whole answer in the place of the provisional one."""
        metadata = metadata_of(held.claim.key.text, reply.answer)
        try:
            self._tools.delivery.update(client, held.question.channel, posted, forms, metadata)
        except Undeliverable as error:
            log.warning("an answer cannot be completed", extra={"slack_error": error.code})

    def _forms(
        self,
        reply: Reply,
        opened: Opened | None,
        voice: Voice,
        handle: Handle,
        notes: Sequence[str],
        *,
        is_completed_later: bool,
    ) -> list[Form]:
        if reply.answer is None or opened is None:
            return sentence_forms(escaped(" ".join([*notes, reply.sentence])))
        pictures = self._tools.pictures
        return forms_of(
            reply.answer, opened, pictures, voice, handle, notes=notes, is_completed_later=is_completed_later
        )

    def _deliver(self, held: _InHand, client: WebClient, thread: Thread, forms: Sequence[Form], reply: Reply) -> str:
        question, delivery = held.question, self._tools.delivery
        metadata = metadata_of(held.claim.key.text, reply.answer)
        answered = thread.turn(question.ts)
        try:
            if question.edited and answered and answered.answer_ts:
                delivery.update(client, question.channel, answered.answer_ts, forms, metadata)
                return answered.answer_ts
            return delivery.post(client, question.channel, forms, thread_ts=question.root, metadata=metadata).ts
        except Undeliverable as error:
            if error.code in _QUESTION_GONE:
                log.info("a question was deleted before it was answered")
                return ""
            log.warning("an answer cannot be posted", extra={"slack_error": error.code})
            return self._deliver_elsewhere(held, client, forms, metadata)

    def _deliver_elsewhere(
        self, held: _InHand, client: WebClient, forms: Sequence[Form], metadata: dict[str, Any]
    ) -> str:
        """Answer to the person directly where the channel takes nothing of us; a deleted question needs no answer."""
        question = held.question
        if question.is_direct:
            return ""
        voice = self._tools.people.voice(client, _person(held))
        note = voice.sentence("cannot-write", channel=question.channel)
        told = [
            replace(form, text=f"{note} {form.text}", blocks=(*sentence_blocks(note), *form.blocks)) for form in forms
        ]
        try:
            self._tools.delivery.post(client, question.user, told, metadata=metadata)
        except Undeliverable as error:
            log.warning("an answer cannot be posted anywhere", extra={"slack_error": error.code})
            self._tools.figures.failed()
        return ""

    def _afterwards(
        self, held: _InHand, client: WebClient, reply: Reply, opened: Opened | None, voice: Voice, *, is_new: bool
    ) -> None:
        """What may be lost without harm: figures, the log line and a contact sheet."""
        answer, question = reply.answer, held.question
        waited_ms = round((time.time() - held.claim.received_s) * 1000)
        self._tools.figures.answered(answer, waited_ms=waited_ms)
        facts: dict[str, object] = {"waited_ms": waited_ms, "attempt": held.claim.attempt}
        if answer:
            facts |= {"hits": len(answer.hits), "is_confident": answer.is_confident}
            facts |= {f"{step}_ms": round(ms, 1) for step, ms in answer.timings_ms.items()}
        log.info("answered" if answer else "answered with a sentence", extra=facts)
        if answer is None or opened is None:
            return
        if is_new:
            send_sheet(
                client, self._tools.pictures, opened, answer, voice, channel=question.channel, root=question.root
            )

    def _apologise(self, held: _InHand) -> None:
        """The last line of defence: whatever broke, the person reads a sentence."""
        question, workspace = held.question, held.claim.key.place.workspace
        try:
            client = self._tools.installations.client(workspace)
            voice = say("en")
            metadata = metadata_of(held.claim.key.text, None)
            forms = sentence_forms(voice.sentence("sorry-unknown"))
            self._tools.delivery.post(client, question.channel, forms, thread_ts=question.root, metadata=metadata)
            self._tools.memory.finish(held.claim)
        except Exception:
            log.exception("a question stays unanswered")

    # --- beside the answer ---

    def _beside(self, do: Callable[[_InHand], None], held: _InHand) -> "Future[None] | None":
        """Do something that must not wait until an answer's thread is free."""
        try:
            return self._statuses.submit(do, held)
        except RuntimeError:  # closing
            return None

    def _show_status(self, held: _InHand) -> None:
        if held.is_settled.wait(held.claim.received_s + STATUS_AFTER_S - time.time()):
            return
        try:
            client = self._tools.installations.client(held.claim.key.place.workspace)
            voice = self._tools.people.voice(client, _person(held))
            self._set_status(held, client, voice.sentence("status-looking"))
        except (*LOST, NotInstalled) as error:
            log.debug("no status", extra={"reason": type(error).__name__})

    def _set_status(self, held: _InHand, client: WebClient, status: str) -> None:
        """Say in the thread what is being done; nothing depends on it."""
        question = held.question
        try:
            client.assistant_threads_setStatus(channel_id=question.channel, thread_ts=question.root, status=status)
        except SlackApiError as error:
            log.debug("no status", extra={"slack_error": str(error.response.get("error"))})
        except LOST as error:
            log.debug("no status", extra={"reason": type(error).__name__})

    def _decline(self, held: _InHand) -> None:
        """Say once that it is too much; the question goes unanswered."""
        person, question = _person(held), held.question
        with self._lock:
            is_told = time.monotonic() - self._told_to_wait_s.get(person, float("-inf")) < 60
            self._told_to_wait_s[person] = time.monotonic()
        try:
            self._tools.memory.finish(held.claim)
            log.info("a person asks too much at once")
            if not is_told:
                client = self._tools.installations.client(person.workspace)
                text = self._tools.people.voice(client, person).sentence("too-many")
                client.chat_postEphemeral(
                    channel=question.channel, user=question.user, text=text, thread_ts=question.root
                )
        except (*LOST, NotInstalled, MemoryUnavailable) as error:
            log.warning("a person could not be told to wait", extra={"reason": type(error).__name__})
        finally:
            self._drop(held)


def _person(held: _InHand) -> Person:
    return Person(held.claim.key.place.workspace, held.question.user)


def _turn(question: Question, reply: Reply, answer_ts: str, opened: Opened | None) -> Turn:
    shown = tuple(hit.product.id for hit in reply.answer.hits) if reply.answer else ()
    return Turn(
        ts=question.ts,
        user=question.user,
        query=reply.query,
        shown=shown,
        root=question.root,
        answer_ts=answer_ts,
        before=reply.before,
        catalogue=opened.name if opened else "default",
    )


def _settle(held: _InHand) -> None:
    """Let the status be there before the answer, or not come: one that comes after it would stay for two minutes."""
    held.is_settled.set()
    if held.status is None or held.status.cancel():
        return
    try:
        held.status.result(timeout=2.0)
    except TimeoutError:
        log.debug("the status is late")
