import stat
from pathlib import Path

import msgspec
import pytest

from bot.memory import MemoryUnavailable, Person, Place, QuestionKey, Recent, Thread, Turn, Workspace
from bot.memory_sqlite import SqliteMemory
from bot.query import Query
from bot.slack.telling import amend, remember

HOME = Workspace("", "T1")
PLACE = Place(HOME, "C1", "1.0")
ANA = Person(HOME, "ana")


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_only_its_owner_may_read_the_memory(tmp_path: Path) -> None:
    memory = SqliteMemory(tmp_path / "data" / "memory.sqlite")
    memory.searched(ANA, Recent(query=Query(words="mug")))

    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()} == {0o600}
    memory.close()


def test_words_that_are_forgotten_are_nowhere_on_the_disk(tmp_path: Path) -> None:
    memory = SqliteMemory(tmp_path / "memory.sqlite")
    secret = "unmistakable-words"
    memory.searched(ANA, Recent(query=Query(words=secret)))
    memory.put_thread(PLACE, Thread().with_turn(Turn(ts="1.0", user="ana", query=Query(words=secret))))
    assert secret.encode() in bytes_on_disk(tmp_path)

    memory.forget(ANA)

    assert secret.encode() not in bytes_on_disk(tmp_path)
    memory.close()


def test_an_answered_question_leaves_no_words_on_the_disk(tmp_path: Path) -> None:
    memory = SqliteMemory(tmp_path / "memory.sqlite")
    secret = "unmistakable-words"
    claim = memory.claim(QuestionKey(PLACE, "A1", "1.0"), user="ana", payload={"text": secret}, lease_s=60)
    assert claim is not None

    memory.finish(claim)
    memory.clean()

    assert secret.encode() not in bytes_on_disk(tmp_path)
    memory.close()


def test_a_memory_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(MemoryUnavailable):
        SqliteMemory(tmp_path / "file" / "memory.sqlite")
    (tmp_path / "broken.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(MemoryUnavailable):
        SqliteMemory(tmp_path / "broken.sqlite")


def test_a_turn_is_amended_and_one_that_was_forgotten_meanwhile_stays_so(tmp_path: Path) -> None:
    memory = SqliteMemory(tmp_path / "memory.sqlite")
    turn = Turn(ts="1.0", user="ana", query=Query(words="mug"))
    posted = msgspec.structs.replace(turn, answer_ts="2.0")
    remember(memory, PLACE, turn)

    amend(memory, PLACE, posted)
    assert memory.thread(PLACE).turns == (posted,)

    memory.forget(ANA)
    amend(memory, PLACE, posted)
    assert memory.thread(PLACE).turns == ()
    memory.close()
