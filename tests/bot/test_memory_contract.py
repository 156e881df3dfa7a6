"""Every adapter of `Memory` answers the same questions in the same way."""

import base64
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import boto3
import msgspec
import numpy as np
import pytest

from bot.memory import (
    MOST_RECENT,
    MOST_TURNS,
    Claim,
    Memory,
    Person,
    Place,
    Preferences,
    QuestionKey,
    Recent,
    Saved,
    Thread,
    Turn,
    Workspace,
)
from bot.memory_dynamodb import TABLE, DynamoMemory
from bot.memory_sqlite import SqliteMemory
from bot.query import PhotoRef, Query
from tests.parts.dynamodb_local import dynamodb_local

HOME = Workspace("", "T1")
OTHER = Workspace("E1", "T1")
PLACE = Place(HOME, "C1", "1.000001")
ANA = Person(HOME, "ana")
BEN = Person(HOME, "ben")
DAY_S = 24 * 3600.0


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now_s = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def dynamodb() -> Iterator[str]:
    """The address of DynamoDB Local."""
    with dynamodb_local() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("dynamodb", marks=pytest.mark.live)])
def open_memory(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Callable[[], Memory]]:
    """Opens another handle on the same memory, as another process would."""
    opened: list[Memory] = []
    open_sqlite = partial(SqliteMemory, tmp_path / "data" / "memory.sqlite", retention_days=30, now_s=clock)
    open_adapter: Callable[[], Memory] = open_sqlite
    if request.param == "dynamodb":
        open_adapter = partial(_open_dynamodb, request.getfixturevalue("dynamodb"), uuid.uuid4().hex, clock)

    def open_one() -> Memory:
        opened.append(open_adapter())
        return opened[-1]

    yield open_one
    for memory in opened:
        memory.close()


def _open_dynamodb(address: str, table: str, clock: Clock) -> Memory:
    secret = "looksee"  # DynamoDB Local takes any
    client = boto3.client(
        "dynamodb",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id=secret,
        aws_secret_access_key=secret,
    )
    with suppress(client.exceptions.ResourceInUseException):
        client.create_table(TableName=table, **TABLE)
    return DynamoMemory(client, table, retention_days=30, now_s=clock)


@pytest.fixture
def memory(open_memory: Callable[[], Memory]) -> Memory:
    return open_memory()


def key(ts: str = "1.000001", *, place: Place = PLACE, revision: str = "") -> QuestionKey:
    return QuestionKey(place, "A1", ts, revision)


def claimed(memory: Memory, asked: QuestionKey, *, user: str = "ana", lease_s: float = 60) -> Claim:
    claim = memory.claim(asked, user=user, payload={"text": "a red mug"}, lease_s=lease_s)
    assert claim is not None
    return claim


def turn(ts: str, user: str = "ana", words: str = "mug") -> Turn:
    return Turn(ts=ts, user=user, query=Query(words=words), shown=("p1", "p2"), answer_ts=f"{ts}9")


# --- questions ---


def test_a_question_is_claimed_once_however_often_it_comes(open_memory: Callable[[], Memory]) -> None:
    ours, theirs = open_memory(), open_memory()

    claim = claimed(ours, key())

    assert (claim.attempt, claim.user, claim.payload) == (1, "ana", {"text": "a red mug"})
    assert theirs.claim(key(), user="ana", payload={}, lease_s=60) is None
    ours.finish(claim)
    assert theirs.claim(key(), user="ana", payload={}, lease_s=60) is None


def test_of_many_that_claim_at_the_same_moment_one_wins(open_memory: Callable[[], Memory]) -> None:
    memories = [open_memory() for _ in range(4)]
    start = threading.Barrier(8)

    def claim(number: int) -> int:
        start.wait()
        claims = [memories[number % 4].claim(key(f"{n}.0"), user="ana", payload={}, lease_s=60) for n in range(20)]
        return sum(one is not None for one in claims)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(claim, range(8))) == 20


def test_workspaces_channels_apps_and_edits_are_different_questions(memory: Memory) -> None:
    for asked in (
        key(),
        key(place=Place(OTHER, "C1", "1.000001")),
        key(place=Place(HOME, "C2", "1.000001")),
        QuestionKey(PLACE, "A2", "1.000001"),
        key(revision="2.000001"),
    ):
        claimed(memory, asked)


def test_an_expired_claim_goes_to_one_other_with_what_was_asked(
    open_memory: Callable[[], Memory], clock: Clock
) -> None:
    ours, theirs = open_memory(), open_memory()
    claim = claimed(ours, key(), lease_s=60)
    assert theirs.take_expired(lease_s=60, most=10) == []

    clock.now_s += 61
    taken = [*theirs.take_expired(lease_s=60, most=10), *ours.take_expired(lease_s=60, most=10)]

    assert [(one.key, one.attempt, one.payload, one.user) for one in taken] == [
        (key(), 2, {"text": "a red mug"}, "ana")
    ]
    assert not ours.renew(claim, lease_s=60), "the first holder has lost it"
    assert theirs.renew(taken[0], lease_s=60)


def test_expired_claims_come_oldest_first_and_no_more_than_wanted(memory: Memory) -> None:
    for ts in ("3.0", "1.0", "2.0"):
        claimed(memory, key(ts), lease_s=0)

    assert [one.key.ts for one in memory.take_expired(lease_s=60, most=2)] == ["1.0", "2.0"]
    assert [one.key.ts for one in memory.take_expired(lease_s=60, most=2)] == ["3.0"]


def test_whoever_lost_a_claim_cannot_finish_it(memory: Memory) -> None:
    lost = claimed(memory, key(), lease_s=0)
    (held,) = memory.take_expired(lease_s=0, most=1)

    memory.finish(lost)

    assert len(memory.take_expired(lease_s=0, most=1)) == 1
    assert not memory.renew(held, lease_s=60)


def test_a_finished_question_is_never_taken_again(memory: Memory) -> None:
    claim = claimed(memory, key(), lease_s=0)
    memory.finish(claim)

    assert memory.take_expired(lease_s=60, most=10) == []
    assert not memory.renew(claim, lease_s=60)


def test_an_earlier_question_of_the_same_place_is_known_until_it_is_answered(memory: Memory) -> None:
    first = claimed(memory, key("1.0"))
    claimed(memory, key("2.0"))

    assert memory.has_earlier(key("2.0"))
    assert not memory.has_earlier(key("1.0"))
    assert not memory.has_earlier(key("2.0", place=Place(HOME, "C2", "1.0")))
    memory.finish(first)
    assert not memory.has_earlier(key("2.0"))
    assert memory.has_earlier(key("2.0", revision="3.0")), "the text before the edit is still to be answered"


def test_a_question_that_nobody_could_answer_goes_after_a_day(memory: Memory, clock: Clock) -> None:
    claimed(memory, key(), lease_s=0)
    clock.now_s += DAY_S + 1

    memory.clean()

    assert memory.take_expired(lease_s=60, most=10) == []


# --- conversations ---


def test_a_conversation_comes_back_as_it_was_stored(memory: Memory) -> None:
    length = np.array([12.5], dtype=np.float32)
    photo = PhotoRef.of(np.eye(4, dtype=np.float32)[0], length, sha256="a" * 64, model_id="toy")
    told = msgspec.structs.replace(turn("1.0"), query=Query(words="mug", photos=(photo,)))

    assert memory.thread(PLACE) == Thread()
    assert memory.put_thread(PLACE, Thread().with_turn(told))
    assert memory.thread(PLACE) == Thread(version=1, turns=(told,))
    assert memory.thread(Place(OTHER, "C1", "1.000001")) == Thread()


def test_a_conversation_that_has_changed_meanwhile_is_not_overwritten(open_memory: Callable[[], Memory]) -> None:
    ours, theirs = open_memory(), open_memory()
    assert ours.put_thread(PLACE, Thread().with_turn(turn("1.0")))
    ours_read, theirs_read = ours.thread(PLACE), theirs.thread(PLACE)

    assert theirs.put_thread(PLACE, theirs_read.with_turn(turn("2.0")))
    assert not ours.put_thread(PLACE, ours_read.with_turn(turn("3.0")))
    assert not ours.put_thread(PLACE, Thread().with_turn(turn("3.0")))
    assert [one.ts for one in ours.thread(PLACE).turns] == ["1.0", "2.0"]


def test_turns_are_in_the_order_they_were_asked_and_the_oldest_go_first() -> None:
    thread = Thread().with_turn(turn("3.0")).with_turn(turn("1.0")).with_turn(turn("2.0", words="lamp"))

    assert [one.ts for one in thread.turns] == ["1.0", "2.0", "3.0"]
    before = thread.last_before("3.0")
    assert before is not None
    assert before.ts == "2.0"
    for number in range(MOST_TURNS):
        thread = thread.with_turn(turn(f"4.{number:06}"))
    assert len(thread.turns) == MOST_TURNS
    assert thread.turn("3.0") is None


# --- people ---


def test_what_a_person_saves_is_theirs_and_newest_first(memory: Memory, clock: Clock) -> None:
    for product in ("p1", "p2", "p1"):
        clock.now_s += 1
        memory.save(ANA, Saved(product=product))

    assert [one.product for one in memory.saved(ANA)] == ["p1", "p2"]
    assert memory.saved(BEN) == []
    assert memory.saved(Person(OTHER, "ana")) == []
    memory.unsave(ANA, "p1")
    assert [one.product for one in memory.saved(ANA)] == ["p2"]


def test_the_last_searches_are_kept_once_each(memory: Memory, clock: Clock) -> None:
    for number in [*range(MOST_RECENT + 3), 5]:
        clock.now_s += 1
        memory.searched(ANA, Recent(query=Query(words=f"mug {number}")))

    words = [one.query.words for one in memory.recent(ANA)]
    assert words[:2] == ["mug 5", f"mug {MOST_RECENT + 2}"]
    assert len(words) == len(set(words)) == MOST_RECENT


def test_preferences_stay_and_are_plain_at_first(memory: Memory) -> None:
    assert memory.preferences(ANA) == Preferences()

    memory.prefer(ANA, Preferences(locale="ja-JP", page_size=8))

    assert memory.preferences(ANA) == Preferences(locale="ja-JP", page_size=8)
    assert memory.preferences(BEN) == Preferences()


def everything(memory: Memory, person: Person, ts: str) -> None:
    """Leave something of a person everywhere."""
    place = Place(person.workspace, "C1", "1.000001")
    claimed(memory, key(ts, place=place), user=person.user, lease_s=0)
    assert memory.put_thread(place, memory.thread(place).with_turn(turn(ts, user=person.user)))
    memory.save(person, Saved(product="p1"))
    memory.searched(person, Recent(query=Query(words="mug")))
    memory.prefer(person, Preferences(page_size=8))
    memory.judge(person, place, ts, "up")


def test_a_person_is_forgotten_and_nobody_else(memory: Memory) -> None:
    everything(memory, ANA, "1.0")
    everything(memory, BEN, "2.0")

    memory.forget(ANA)

    assert [one.ts for one in memory.thread(PLACE).turns] == ["2.0"]
    assert (memory.saved(ANA), memory.recent(ANA), memory.preferences(ANA)) == ([], [], Preferences())
    assert len(memory.saved(BEN)) == len(memory.recent(BEN)) == 1
    assert [one.user for one in memory.take_expired(lease_s=60, most=9)] == ["ben"]


def seen_by(number: int) -> PhotoRef:
    """A photo whose embedding no other has."""
    vector = np.random.default_rng(number).standard_normal(64).astype(np.float32)
    return PhotoRef.of(vector / np.linalg.norm(vector), sha256=f"{number}" * 64, model_id="toy", file_id=f"F{number}")


def stored(memory: Memory, folder: Path) -> bytes:
    """All bytes that are kept, whoever they belong to: of SQLite what is on the disk."""
    if isinstance(memory, DynamoMemory):
        items = memory._client.scan(TableName=memory._table, ConsistentRead=True)["Items"]
        return repr(items).encode()
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_the_embeddings_of_a_persons_photos_are_forgotten_with_them(memory: Memory, tmp_path: Path) -> None:
    thread = Thread()
    for number, person in ((1, ANA), (2, BEN)):
        query = Query(photos=(seen_by(number),))
        thread = thread.with_turn(Turn(ts=f"{number}.0", user=person.user, query=query))
        memory.searched(person, Recent(query=query))
    assert memory.put_thread(PLACE, thread)
    hers, his = (base64.b64encode(seen_by(number).vector) for number in (1, 2))
    before = stored(memory, tmp_path / "data")
    assert hers in before
    assert his in before

    memory.forget(ANA)

    kept = [turn.query.photos for turn in memory.thread(PLACE).turns if turn.query]
    assert kept == [(seen_by(2),)]
    assert memory.recent(ANA) == []
    after = stored(memory, tmp_path / "data")
    assert hers not in after
    assert his in after
    for told in (seen_by(1).sha256, seen_by(1).file_id):
        assert told.encode() not in after


def test_uninstalling_erases_a_workspace_and_no_other(memory: Memory) -> None:
    everything(memory, ANA, "1.0")
    everything(memory, Person(OTHER, "ana"), "1.0")

    memory.uninstall(HOME)

    assert memory.thread(PLACE).turns == ()
    assert (memory.saved(ANA), memory.recent(ANA)) == ([], [])
    assert len(memory.saved(Person(OTHER, "ana"))) == 1
    assert [one.key.place.workspace for one in memory.take_expired(lease_s=60, most=9)] == [OTHER]


def test_uninstalling_an_organisation_erases_all_its_workspaces_and_no_other(memory: Memory) -> None:
    north, south, other = Workspace("E1", "T1"), Workspace("E1", "T2"), Workspace("E12", "T1")
    for workspace in (north, south, other, HOME):
        everything(memory, Person(workspace, "ana"), "1.0")

    memory.uninstall(Workspace("E1", ""))

    assert [memory.saved(Person(each, "ana")) for each in (north, south)] == [[], []]
    assert [len(memory.saved(Person(each, "ana"))) for each in (other, HOME)] == [1, 1]
    left = [one.key.place.workspace for one in memory.take_expired(lease_s=60, most=9)]
    assert set(left) == {other, HOME}


def test_conversations_and_searches_go_after_the_retention_and_saved_products_stay(
    memory: Memory, clock: Clock
) -> None:
    everything(memory, ANA, "1.0")
    clock.now_s += 29 * DAY_S
    memory.clean()
    assert memory.thread(PLACE).turns
    clock.now_s += 2 * DAY_S

    memory.clean()

    assert memory.thread(PLACE).turns == ()
    assert memory.recent(ANA) == []
    assert len(memory.saved(ANA)) == 1
    assert memory.preferences(ANA).page_size == 8
