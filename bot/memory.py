"""The `Memory` port: questions that are being answered, conversations, and what a person saved or chose.

Every key begins with the enterprise and the team. A photo's bytes are never among what is kept; a stored question goes
when it is answered. One contract suite, `tests/bot/test_memory_contract.py`, runs over every adapter.
"""

from collections.abc import Mapping
from typing import Any, Literal, Protocol, TypeAlias

import msgspec

from bot.query import Query

MOST_TURNS = 30
"""Turns of a conversation that are kept; photos' embeddings make them large."""
MOST_RECENT = 10
"""Recent searches that are kept of a person."""
MOST_SAVED = 100
QUESTION_LIFETIME_S = 24 * 3600.0
"""A question that could not be answered within a day is erased."""

Verdict: TypeAlias = Literal["up", "down"]


class MemoryUnavailable(Exception):
    """The memory gave no answer in time; the same call may succeed later."""


class Workspace(msgspec.Struct, frozen=True):
    """Where a thing belongs: two workspaces never see each other's."""

    enterprise: str
    """Empty outside of Enterprise Grid."""
    team: str


class Person(msgspec.Struct, frozen=True):
    """Somebody in a workspace."""

    workspace: Workspace
    user: str


class Place(msgspec.Struct, frozen=True):
    """A conversation: a channel and the `ts` of the message that the thread hangs on (or a private answer's name)."""

    workspace: Workspace
    channel: str
    thread: str


class QuestionKey(msgspec.Struct, frozen=True):
    """Names one question, however often and in however many events it comes.

    `app_mention` and `message` tell of the same message, and each may be delivered again: all have the same key.
    """

    place: Place
    app: str
    ts: str
    """Of the message, as Slack writes it: seconds and six digits, so that it sorts as text."""
    revision: str = ""
    """`ts` of the edit, where a question was edited; empty for the question as it was first asked."""

    @property
    def text(self) -> str:
        """One line for message metadata and logs; holds no words of anybody."""
        place = self.place
        parts = (place.workspace.enterprise, place.workspace.team, self.app, place.channel, self.ts, self.revision)
        return "/".join(parts)


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A question that this holder may work on until the lease ends."""

    key: QuestionKey
    user: str
    holder: str
    """A new random name for each claim: whoever lost the lease cannot go on under the old one."""
    attempt: int
    """1 for the first; higher where an earlier holder let the lease run out."""
    payload: Mapping[str, Any]
    """What Slack sent, as far as it is needed to answer."""
    received_s: float
    """Seconds since 1970."""


class Turn(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question of a conversation and what was answered."""

    ts: str
    """Of the question; turns are in the order of it."""
    user: str
    query: Query | None = None
    """What was looked for; None where the answer was a sentence."""
    shown: tuple[str, ...] = ()
    """Ids of the products shown, in order."""
    root: str = ""
    """`ts` of the Slack thread that the answer is in; a direct message holds many of them in one place."""
    answer_ts: str = ""
    """Of the answer's message; empty for private answers."""
    before: str = ""
    """`ts` of the turn that this one refined: "back" leads there."""
    catalogue: str = "default"
    is_provisional: bool = False
    """True where the encoder was waking up: the answer's message is completed when it is there."""


class Thread(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was said so far in one place."""

    version: int = 0
    """Goes up with each change; 0 where nothing is stored."""
    turns: tuple[Turn, ...] = ()

    def with_turn(self, turn: Turn) -> "Thread":
        """The thread with this turn in its place by `ts`, instead of one of the same `ts`."""
        others = [each for each in self.turns if each.ts != turn.ts]
        turns = sorted([*others, turn], key=lambda each: each.ts)
        return Thread(version=self.version, turns=tuple(turns[-MOST_TURNS:]))

    def turn(self, ts: str) -> Turn | None:
        """The turn of a question."""
        return next((each for each in self.turns if each.ts == ts), None)

    def last_before(self, ts: str, *, root: str = "") -> Turn | None:
        """The latest turn before a message that looked for something; in one Slack thread, where that is named."""
        earlier = (each for each in reversed(self.turns) if each.ts < ts and each.query is not None)
        return next((each for each in earlier if not root or each.root == root), None)


class Saved(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product that somebody saved."""

    product: str
    catalogue: str = "default"
    saved_s: float = 0.0


class Recent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A search of somebody's."""

    query: Query
    asked_s: float = 0.0


class Preferences(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a person chose in Home."""

    locale: str = ""
    """`en-US`, `ja-JP`; empty follows the person's Slack."""
    page_size: int = 5


class Memory(Protocol):
    """Remembers. Thread-safe, and safe for several processes on one store. Each method may raise MemoryUnavailable."""

    # Questions: stored and claimed in one step, before Slack is told that they came.

    def claim(self, key: QuestionKey, *, user: str, payload: Mapping[str, Any], lease_s: float) -> Claim | None:
        """Store a question and claim it, atomically; None where it is known already, whoever answers it."""
        ...

    def renew(self, claim: Claim, *, lease_s: float) -> bool:
        """Hold on for `lease_s` seconds from now (0 lets go); False where the claim has passed to somebody else."""
        ...

    def finish(self, claim: Claim) -> None:
        """The question is answered: its payload is erased, its key stays known for a day."""
        ...

    def take_expired(self, *, lease_s: float, most: int) -> list[Claim]:
        """Claim questions whose lease has ended, oldest first; each goes to one caller only."""
        ...

    def has_earlier(self, key: QuestionKey) -> bool:
        """True where an earlier question of the same place, or an earlier text of this one, is still unanswered."""
        ...

    # Conversations.

    def thread(self, place: Place) -> Thread:
        """What is stored of a conversation; an empty one of version 0 where nothing is."""
        ...

    def put_thread(self, place: Place, thread: Thread) -> bool:
        """Store a conversation if what is stored still has `thread.version`; False where it does not."""
        ...

    # People.

    def preferences(self, person: Person) -> Preferences: ...

    def prefer(self, person: Person, preferences: Preferences) -> None: ...

    def save(self, person: Person, saved: Saved) -> None:
        """Keep a product; one that is saved already moves to the front."""
        ...

    def unsave(self, person: Person, product: str) -> None: ...

    def saved(self, person: Person) -> list[Saved]:
        """Newest first, `MOST_SAVED` at most."""
        ...

    def searched(self, person: Person, recent: Recent) -> None:
        """Keep a search; an equal one moves to the front."""
        ...

    def recent(self, person: Person) -> list[Recent]:
        """Newest first, `MOST_RECENT` at most."""
        ...

    def judge(self, person: Person, place: Place, ts: str, verdict: Verdict) -> None:
        """Keep a thumb for the answer of a turn; a person's later thumb replaces the earlier one."""
        ...

    # The end of things.

    def forget(self, person: Person) -> None:
        """Erase a person's questions, turns with their embeddings, saved products, searches, thumbs, preferences."""
        ...

    def uninstall(self, workspace: Workspace) -> None:
        """Erase everything of a workspace; of all workspaces of its enterprise where the team is empty."""
        ...

    def clean(self) -> None:
        """Erase what is older than the retention, and questions older than a day. Called now and then."""
        ...

    def close(self) -> None: ...
