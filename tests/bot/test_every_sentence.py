"""Every sentence for what does not go as wished, reached through the wire of a local Slack and read word for word.

`REACHED` has a way to each; those that tests/bot/test_slack_errors.py and test_waking.py reach are left to them. A
sentence that is added to its group of the message catalogue, and that no test reaches, fails here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import GroupComment
from fluent.syntax.ast import Message as Sentence

import bot
from bot.memory import Person, Workspace
from bot.sentences import say
from indexing.embedded import EmbeddedGenerations
from indexing.generation import Calibration
from tests.bot.conftest import Start, Talk, stock, wares
from tests.bot.test_exactly_once import Stalled
from tests.shelf import ENCODER, row

HERE = Path(__file__).parent
ELSEWHERE = ("test_slack_errors.py", "test_waking.py")


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a person read, and what their sentence names."""

    blocks: Any
    arguments: dict[str, str] = field(default_factory=dict)


def live(folder: Path, ids: set[str]) -> None:
    """Make a generation with these products only live."""
    writer = EmbeddedGenerations(folder).begin(
        model_id=ENCODER.model_id, dim=ENCODER.dim, prompt=ENCODER.prompt, source="few", update=False
    )
    writer.write([row(each) for each in wares() if each.id in ids])
    made = writer.finish(Calibration())
    writer.close()
    EmbeddedGenerations(folder).promote(made.name)


def with_one_mug(start: Start, folder: Path) -> Talk:
    """A bot over a catalogue of one product."""
    talk = start(with_catalogue=False)
    live(folder / "empty", {"mug-blue"})
    return talk


def cannot_write(start: Start, folder: Path) -> Read:
    talk = start()
    talk.slack.misbehave(failures={"chat.postMessage": ["restricted_action"]})
    asked = talk.asked("@looksee blue mug")
    return Read(blocks=talk.slack.wait_for_message("@ana").blocks, arguments={"channel": asked.channel})


def no_longer(start: Start, folder: Path) -> Read:
    talk = start()
    answer = talk.ask("@looksee blue mug")
    talk.slack.wait_for(lambda: talk.bot.answering.waiting == 0)
    talk.bot.tools.memory.forget(Person(Workspace("", talk.slack.team.id), talk.slack.user("ana").id))
    talk.slack.click("ana", answer, "start_over")
    return Read(blocks=talk.whispered().blocks)


def gone_product(start: Start, folder: Path) -> Read:
    talk = start(with_catalogue=False)
    stock(folder / "empty", folder / "pictures")
    answer = talk.ask("@looksee blue mug")
    live(folder / "empty", {"mug-red", "chair-red"})
    talk.slack.click("ana", answer, "similar", "mug-blue")
    return Read(blocks=talk.whispered().blocks)


def nothing_before(start: Start, folder: Path) -> Read:
    return Read(blocks=start().ask("@looksee back").blocks)


def nothing_found(start: Start, folder: Path) -> Read:
    talk = with_one_mug(start, folder)
    asked = talk.asked("@looksee blue mug")
    talk.slack.click("ana", talk.slack.wait_for_reply(asked), "similar", "mug-blue")
    return Read(blocks=talk.slack.wait_for_reply(asked, count=2).blocks)


def nothing_more(start: Start, folder: Path) -> Read:
    talk = with_one_mug(start, folder)
    asked = talk.asked("@looksee blue mug")
    talk.slack.wait_for_reply(asked)
    return Read(blocks=talk.ask("show more", thread=asked).blocks)


def is_partial(start: Start, folder: Path) -> Read:
    talk = start()
    store: Any = talk.bot.tools.catalogues.default.opened().store
    candidates = store.candidates  # this store reads everything; one that has a time limit is far away
    store.candidates = lambda probe: replace(candidates(probe), is_partial=True)
    try:
        return Read(blocks=talk.ask("@looksee blue mug").blocks)
    finally:
        del store.candidates


def not_yours(start: Start, folder: Path) -> Read:
    talk = start()
    talk.slack.command("ana", "#shop", "/looksee mug")
    talk.slack.click("ben", talk.whispered("ana"), "more")
    return Read(blocks=talk.whispered("ben").blocks)


def still_looking(start: Start, folder: Path) -> Read:
    encoder = Stalled()
    talk = start(encoder=encoder)
    encoder.stall_s = 1.0
    talk.slack.command("ana", "#shop", "/looksee mug")
    return Read(blocks=talk.whispered().blocks)


def filters(start: Start, *prices: str) -> Read:
    talk = start()
    talk.slack.click("ana", talk.ask("@looksee mug"), "filters")
    values = {f"price-{end}": {"value": price} for end, price in zip(("min", "max"), prices, strict=False)}
    return Read(
        blocks=[{"text": said} for said in talk.slack.submit("ana", talk.slack.wait_for_view("ana"), values).values()]
    )


def filters_not_a_price(start: Start, folder: Path) -> Read:
    return filters(start, "cheap")


def filters_order(start: Start, folder: Path) -> Read:
    return filters(start, "30", "20")


def home_no_catalogue(start: Start, folder: Path) -> Read:
    talk = start(with_catalogue=False)
    talk.slack.open_home("ana")
    return Read(blocks=talk.slack.wait_for_home("ana").content["blocks"])


REACHED: dict[str, Callable[[Start, Path], Read]] = {
    "cannot-write": cannot_write,
    "no-longer": no_longer,
    "gone-product": gone_product,
    "nothing-before": nothing_before,
    "nothing-found": nothing_found,
    "nothing-more": nothing_more,
    "is-partial": is_partial,
    "not-yours": not_yours,
    "still-looking": still_looking,
    "filters-not-a-price": filters_not_a_price,
    "filters-order": filters_order,
    "home-no-catalogue": home_no_catalogue,
}


def texts(node: Any) -> Iterator[str]:
    """Every text in blocks."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        node = list(node.values())
    if isinstance(node, list | tuple):
        for item in node:
            yield from texts(item)


@pytest.mark.parametrize("key", REACHED)
def test_a_sentence_is_reached_and_said_as_the_catalogue_of_sentences_has_it(
    key: str, start: Start, tmp_path: Path
) -> None:
    read = REACHED[key](start, tmp_path)

    assert say("en-US").sentence(key, **read.arguments) in list(texts(read.blocks))


def sentences_of(group: str) -> set[str]:
    """The keys of a group of the English message catalogue."""
    source = (Path(bot.__file__).parent / "locales" / "en" / "looksee.ftl").read_text(encoding="utf-8")
    keys, inside = set(), False
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, GroupComment):
            inside = (entry.content or "").startswith(group)
        elif inside and isinstance(entry, Sentence):
            keys.add(entry.id.name)
    return keys


def test_every_sentence_for_what_does_not_go_as_wished_is_reached_by_a_test() -> None:
    elsewhere = "".join((HERE / name).read_text(encoding="utf-8") for name in ELSEWHERE)
    wanted = sentences_of("Errors")

    assert REACHED.keys() <= wanted
    assert {key for key in wanted - REACHED.keys() if f'"{key}"' not in elsewhere} == set()
