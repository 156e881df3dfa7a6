"""A small real shop with pictures, and a bot that runs in a local Slack and answers from it."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from bot.app import Bot, build_app
from bot.manifest import manifest
from bot.memory_sqlite import SqliteMemory
from bot.settings import BotSettings, SlackSettings
from bot.web import bind
from indexing.embedded import EmbeddedGenerations
from indexing.generation import Calibration
from indexing.product import Product
from indexing.settings import FetchSettings
from inference.decoding import PictureDecoder
from inference.encoder import Encoder
from playground import LocalSlack
from playground.workspace import Message
from tests.shelf import ENCODER, products, row
from tests.toys import product_picture

PLAIN = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "black", "grey", "white")
"""Colours none of which is a shade of another, so that understanding is easy to say."""


def wares() -> list[Product]:
    """Mugs, chairs and backpacks of the plain colours, each with a page of its own."""
    plain = [product for product in products() if product.color in PLAIN]
    return [msgspec.structs.replace(product, url=f"https://shop.example/{product.id}") for product in plain]


def stock(data_dir: Path, pictures: Path) -> None:
    """Make a live catalogue in a data folder, with its pictures in a folder."""
    pictures.mkdir(parents=True, exist_ok=True)
    for product in wares():
        (pictures / product.pictures[0]).write_bytes(product_picture(product.color))
    writer = EmbeddedGenerations(data_dir).begin(
        model_id=ENCODER.model_id,
        dim=ENCODER.dim,
        prompt=ENCODER.prompt,
        source="tests",
        update=False,
        pictures_folder=str(pictures),
    )
    writer.write([row(product) for product in wares()])
    made = writer.finish(Calibration())
    writer.close()
    EmbeddedGenerations(data_dir).promote(made.name)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a live catalogue. Read it only."""
    folder = tmp_path_factory.mktemp("shop")
    stock(folder, folder / "pictures")
    return folder


@dataclass(kw_only=True)
class Talk:
    """A bot in a local Slack, and what its people do and read."""

    slack: LocalSlack
    settings: BotSettings
    parts: ExitStack
    bot: Bot = field(init=False)

    def ask(self, text: str = "", *, user: str = "ana", channel: str = "#shop", **others: Any) -> Message:
        """Say something and read the answer."""
        asked = self.slack.say(user, channel, text, **others)
        return self.slack.wait_for_reply(asked)

    def asked(self, text: str = "", *, user: str = "ana", channel: str = "#shop", **others: Any) -> Message:
        """Say something; the message itself."""
        return self.slack.say(user, channel, text, **others)

    def next_reply(self, root: Message, before: int) -> Message:
        """The reply that comes after this many."""
        found: Message = self.slack.wait_for(
            lambda: (self.slack.hub.channel(root.channel).replies(root.root_ts) + [None] * 99)[before]
        )
        return found

    def whispered(self, user: str = "ana", count: int = 1) -> Message:
        """What one person is told."""
        return self.slack.wait_for_ephemeral(user, count=count)

    def changed(self, message: Message, text: str) -> None:
        """Wait until a message begins with a text."""
        self.slack.wait_for(lambda: message.text.startswith(text))

    def silence(self, message: Message, *, s: float = 0.3) -> None:
        """Nobody answers."""
        time.sleep(s)
        assert [each for each in self.slack.replies(message) if each.bot_id] == []

    def silence_after(self, root: Message, before: int, said: Message, *, s: float = 0.3) -> None:
        """Nobody answers what was said in a thread of this many messages."""
        time.sleep(s)
        assert [each.ts for each in self.slack.replies(root)][before:] == [said.ts]


def understood(message: Message) -> str:
    """How an answer says that it understood."""
    assert message.metadata is not None
    return str(message.metadata["event_payload"]["understood"])


def hits(message: Message) -> list[str]:
    """The ids of the products of an answer."""
    assert message.metadata is not None, message.text
    return [hit["id"] for hit in message.metadata["event_payload"].get("hits", [])]


def kinds(message: Message) -> list[str]:
    """The types of an answer's blocks."""
    return [block["type"] for block in message.blocks]


def cards(message: Message) -> list[dict[str, Any]]:
    """The cards of an answer."""
    return [card for block in message.blocks if block["type"] == "carousel" for card in block["elements"]]


def jpeg(colour: str = "red", *, px: int = 48, kind: str = "JPEG") -> bytes:
    """A photo of one thing."""
    file = io.BytesIO()
    with Image.open(io.BytesIO(product_picture(colour, px=px))) as picture:
        picture.convert("RGB").save(file, kind)
    return file.getvalue()


Start = Callable[..., Talk]


@pytest.fixture(scope="session")
def decoder() -> Iterator[PictureDecoder]:
    """Children that decode pictures for all tests; to start them takes longer than most tests."""
    with PictureDecoder(workers=2) as shared:
        yield shared


@pytest.fixture
def start(shop: Path, tmp_path: Path, decoder: PictureDecoder) -> Iterator[Start]:
    """Starts a bot in a local Slack: `talk = start()`."""
    with ExitStack() as parts:

        def run(
            *,
            encoder: Encoder = ENCODER,
            with_catalogue: bool = True,
            with_pictures: bool = True,
            changes: Callable[[dict[str, Any]], None] | None = None,
            **settings: Any,
        ) -> Talk:
            listener = bind("127.0.0.1", 0)
            public_url = f"http://127.0.0.1:{listener.getsockname()[1]}" if with_pictures else ""
            declared = manifest()
            if changes:
                changes(declared)
            slack = parts.enter_context(LocalSlack(manifest=declared, public_base=public_url or None))
            slack.misbehave(retry_delays_s=[0, 0.1, 0.2])
            chosen = BotSettings(
                data_dir=tmp_path / "data",
                public_url=public_url,
                slack=SlackSettings(bot_token=slack.bot_token, app_token=slack.app_token, base_url=slack.base_url),
                fetch=FetchSettings(allow_private_addresses=True, timeout_s=2, deadline_s=2, attempts=1),
            )
            chosen = replace(chosen, **settings)
            talk = Talk(slack=slack, settings=chosen, parts=parts)
            generations = EmbeddedGenerations(shop) if with_catalogue else EmbeddedGenerations(tmp_path / "empty")
            memory = SqliteMemory(chosen.memory_file)
            talk.bot = parts.enter_context(
                build_app(chosen, encoder=encoder, generations=generations, memory=memory, decoder=decoder)
            )
            talk.bot.start(listener)
            slack.wait_for_bot()
            return talk

        yield run


@pytest.fixture
def talk(start: Start) -> Talk:
    """A bot in a local Slack, as it is set up by default."""
    return start()
