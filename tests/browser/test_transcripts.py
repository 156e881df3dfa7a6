"""Twenty of the conversations in tests/transcripts, typed into the page and read from it: the real bot and model."""

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import expect

from bot.app import build_app
from bot.manifest import manifest
from bot.settings import BotSettings, SlackSettings
from bot.web import bind
from indexing.build import build
from indexing.embedded import EmbeddedGenerations
from indexing.product import Product
from indexing.settings import IndexSettings
from indexing.sources import open_source
from inference.model import NoSuchModel, find_model
from inference.onnx import OnnxEncoder
from playground import LocalSlack
from playground.build import build_page
from playground.workspace import Message
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_page import composer
from tests.transcripts.conversation import _has, read_transcript
from tests.transcripts.test_transcripts import CATALOGUE, FILES, First150

pytestmark = pytest.mark.live

WORDS = Path(__file__).parents[2] / "playground" / "page" / "src" / "words"
SAID = frozenset(
    {"say", "photo", "understood", "first", "count", "command", "none", "relaxed", "cheaper", "new", "like"}
)
CHOSEN = [file for file in FILES if all(set(turn) <= SAID for turn in read_transcript(file).turns)]
TWENTY = [*[f for f in CHOSEN if f.parent.name == "en"][:13], *[f for f in CHOSEN if f.parent.name == "ja"][:7]]
CASES = [(file, WIDE if number % 2 else NARROW) for number, file in enumerate(TWENTY)]


@pytest.fixture(scope="module")
def products() -> dict[str, Product]:
    """The first 150 products, by id."""
    return {product.id: product for product in First150(open_source(str(CATALOGUE))).products()}


@pytest.fixture(scope="module")
def slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalSlack]:
    """A local Slack with the real bot, the bundled model and the first 150 products."""
    build_page()
    folder = tmp_path_factory.mktemp("transcripts")
    try:
        encoder = OnnxEncoder(find_model())
    except NoSuchModel:
        pytest.skip("the bundled model is not there")
    generations = EmbeddedGenerations(folder)
    source = First150(open_source(str(CATALOGUE)))
    build(source, generations, encoder, settings=IndexSettings(data_dir=folder), show_progress=False)
    listener = bind("127.0.0.1", 0)
    public_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with LocalSlack(manifest=manifest(), public_base=public_url) as running:
        settings = BotSettings(
            data_dir=folder,
            public_url=public_url,
            slack=SlackSettings(bot_token=running.bot_token, app_token=running.app_token, base_url=running.base_url),
        )
        with build_app(settings, encoder=encoder, generations=generations) as bot:
            bot.start(listener)
            running.wait_for_bot()
            yield running


def photo_of(products: Mapping[str, Product], wanted: Mapping[str, Any]) -> Path:
    """Return the picture of the first product that has the attributes."""
    product = next(each for each in products.values() if all(_has(each, name, value) for name, value in wanted.items()))
    return CATALOGUE / product.pictures[0]


def unmet(turn: Mapping[str, Any], answer: Message, products: Mapping[str, Product]) -> list[str]:
    """Return what is not as the file says, as far as an answer's metadata tells."""
    payload = (answer.metadata or {}).get("event_payload", {})
    complaints = []
    if not fnmatchcase(str(payload.get("understood", "")), turn.get("understood", "*")):
        complaints.append(f"{turn.get('say')!r} was understood as {payload.get('understood')!r}")
    found = [products[hit["id"]] for hit in payload.get("hits", [])]
    count = len(found) if turn.get("count") == "all" else turn.get("count", 1)
    for name, value in turn.get("first", {}).items():
        wrong = [product.title for product in found[:count] if not _has(product, name, value)]
        if wrong or len(found) < count:
            complaints.append(f"{turn.get('say')!r}: {name} is not {value!r} in {wrong or 'what little was found'}")
    return complaints


@pytest.mark.parametrize(
    ("file", "screen"), CASES, indirect=["screen"], ids=[f"{file.parent.name}/{file.stem}" for file, _ in CASES]
)
def test_a_conversation_goes_on_the_page_as_its_file_says(
    file: Path, screen: dict[str, int], slack: LocalSlack, products: dict[str, Product], page: Any
) -> None:
    transcript = read_transcript(file)
    person = "kenji" if transcript.language == "ja" else "ana"
    label = json.loads((WORDS / f"{transcript.language}.json").read_text())
    slack.clear()
    page.goto(slack.origin)
    page.evaluate("(name) => localStorage.setItem('me', name)", person)
    page.reload()
    page.get_by_role("button", name="shop", exact=True).click()
    complaints = []
    root: Message | None = None
    for turn in transcript.turns:
        form = label["write"] if root is None else label["reply"]
        if "photo" in turn:
            page.get_by_role("form", name=form).get_by_label(label["photos-to-attach"]).set_input_files(
                photo_of(products, turn["photo"])
            )
        words = turn.get("say", "")
        composer(page, form).fill(f"@looksee {words}".strip() if root is None else words)
        before = len([each for each in slack.replies(root) if each.bot_id]) if root else 0
        page.get_by_role("form", name=form).get_by_role("button", name=label["send"], exact=True).click()
        if root is None:
            root = slack.wait_for(lambda: next(iter(slack.channel_now("#shop").messages.values()), None))
        answer = slack.wait_for_reply(root, count=before + 1, timeout_s=20)
        row = page.get_by_role("complementary", name=label["thread"]).locator(f'[data-ts="{answer.ts}"]')
        expect(row).to_be_visible()
        if "command" in turn:
            continue
        complaints += unmet(turn, answer, products)
        shown = (answer.metadata or {}).get("event_payload", {}).get("hits", [])
        expect(row.locator(".lk-card")).to_have_count(len(shown))

    assert complaints == []


def test_there_are_twenty_in_two_languages() -> None:
    assert len(TWENTY) == 20
    assert {file.parent.name for file in TWENTY} == {"en", "ja"}
