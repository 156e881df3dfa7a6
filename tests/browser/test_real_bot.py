"""The real bot on the page: every way in, every button, the dialogue and Home, on a desk and on a phone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import expect

from bot.app import build_app
from bot.manifest import manifest
from bot.memory_sqlite import SqliteMemory
from bot.settings import BotSettings, SlackSettings
from bot.web import bind
from indexing.embedded import EmbeddedGenerations
from indexing.settings import FetchSettings
from playground import LocalSlack, Samples
from playground.build import build_page
from tests.bot.conftest import jpeg, stock
from tests.browser.test_access import violations
from tests.browser.test_page import composer, thread
from tests.shelf import ENCODER

pytestmark = pytest.mark.live


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a live catalogue."""
    folder = tmp_path_factory.mktemp("stocked")
    stock(folder, folder / "pictures")
    return folder


@pytest.fixture
def slack(stocked: Path, tmp_path: Path) -> Iterator[LocalSlack]:
    """A local Slack with the real bot in it, in the place of the small one."""
    build_page()
    photo = tmp_path / "red-thing.jpg"
    photo.write_bytes(jpeg("red", px=256))
    listener = bind("127.0.0.1", 0)
    public_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    samples = Samples(questions=("blue mug under $30",), photos=((photo, "red thing"),))
    with LocalSlack(manifest=manifest(), public_base=public_url, samples=samples) as slack:
        settings = BotSettings(
            data_dir=tmp_path / "data",
            public_url=public_url,
            slack=SlackSettings(bot_token=slack.bot_token, app_token=slack.app_token, base_url=slack.base_url),
            fetch=FetchSettings(allow_private_addresses=True, timeout_s=2, deadline_s=2, attempts=1),
        )
        generations, memory = EmbeddedGenerations(stocked), SqliteMemory(settings.memory_file)
        with build_app(settings, encoder=ENCODER, generations=generations, memory=memory) as bot:
            bot.start(listener)
            slack.wait_for_bot()
            yield slack


def understood(pane: Any, text: str) -> Any:
    """Return the answer that says it understood a text, when it is there."""
    found = (
        pane.get_by_role("article").filter(has_text=text).filter(has=pane.page.get_by_role("button", name="Filters"))
    )
    expect(found.last).to_be_visible()
    return pane.locator(f'[data-ts="{found.last.get_attribute("data-ts")}"]')


def ask(page: Any, text: str = "@looksee blue mug") -> Any:
    composer(page).fill(text)
    composer(page).press("Enter")
    return thread(page)


def go(page: Any, screen: dict[str, int], name: str) -> None:
    """Open a room of the sidebar."""
    if screen["width"] < 800:
        while page.get_by_role("button", name="Back to channel").first.is_visible():
            page.get_by_role("button", name="Back to channel").first.click()
            page.wait_for_timeout(100)
    page.get_by_role("button", name=name).click()


def test_words_bring_the_right_product_with_its_picture(shop: Any) -> None:
    answer = understood(ask(shop), "blue mug")

    first = answer.get_by_role("list", name=re.compile("cards?$")).get_by_role("article").first
    expect(first).to_contain_text("Blue ceramic mug")
    picture = first.get_by_role("img", name="Picture of Blue ceramic mug")
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    assert violations(shop) == []


def test_a_photo_finds_what_it_shows(shop: Any, tmp_path: Path) -> None:
    photo = tmp_path / "mine.jpg"
    photo.write_bytes(jpeg("green"))
    shop.get_by_label("Photos to attach").set_input_files(photo)
    answer = understood(ask(shop, "@looksee mug"), "like your photo")

    expect(answer.get_by_role("list", name=re.compile("cards?$")).get_by_role("article").first).to_contain_text(
        "Green ceramic mug"
    )


def test_samples_are_answered_with_one_click(shop: Any) -> None:
    shop.get_by_role("button", name="Send the photo: red thing").click()
    understood(thread(shop), "like your photo")
    shop.go_back()
    shop.get_by_role("button", name="blue mug under $30").click()

    understood(thread(shop), "blue mug under $30")


def test_the_thread_goes_on(shop: Any) -> None:
    understood(ask(shop), "blue mug")
    for words, meaning in (("in red", "red mug"), ("under $20", "red mug under $20"), ("start over", "")):
        composer(shop, "Reply").fill(words)
        composer(shop, "Reply").press("Enter")
        if meaning:
            understood(thread(shop), meaning)

    expect(thread(shop).get_by_text("Let us start over")).to_be_visible()


def test_each_part_of_the_question_is_removed_with_a_click(shop: Any) -> None:
    answer = understood(ask(shop, "@looksee blue mug under $30"), "blue mug under $30")
    answer.get_by_role("button", name="✕ blue").click()

    expect(understood(thread(shop), "mug under $30").get_by_role("button", name="✕ blue")).to_have_count(0)


def test_the_buttons_of_an_answer(shop: Any, screen: dict[str, int]) -> None:
    answer = understood(ask(shop, "@looksee mug"), "mug")
    answer.get_by_role("button", name="Show more").click()
    understood(thread(shop), "mug, page 2")
    answer.get_by_role("button", name="Show things similar to").first.click()
    understood(thread(shop), "like the one you picked")
    link = answer.get_by_role("link", name="Open the page of").first
    assert link.get_attribute("href").startswith("https://shop.example/")
    answer.get_by_role("button", name="Good answer").click()
    expect(thread(shop).get_by_text("Thank you, noted.")).to_be_visible()
    answer.get_by_role("button", name="Save ").first.click()
    expect(thread(shop).get_by_text("Saved. You find it in my Home.")).to_be_visible()
    answer.get_by_role("button", name="Start over").click()
    expect(thread(shop).get_by_text("Let us start over")).to_be_visible()
    go(shop, screen, "Looksee Home")
    expect(shop.get_by_role("region", name="Home tab").get_by_text("ceramic mug").first).to_be_visible()


def test_the_filters_dialogue(shop: Any) -> None:
    answer = understood(ask(shop, "@looksee mug"), "mug")
    answer.get_by_role("button", name="Filters").click()
    dialogue = shop.get_by_role("dialog", name="Filters")
    dialogue.get_by_label("Price from").fill("30")
    dialogue.get_by_label("Price up to").fill("20")
    dialogue.get_by_role("button", name="Apply").click()
    expect(dialogue.get_by_role("alert")).to_have_text("This is less than the lowest price.")
    assert violations(shop) == []
    dialogue.get_by_label("Price from").fill("")
    dialogue.get_by_role("group", name="Colour").get_by_label("blue").check()
    dialogue.get_by_role("button", name="Apply").click()
    expect(dialogue).to_have_count(0)

    understood(thread(shop), "blue mug under $20")


def test_the_command_answers_privately_and_can_be_shared(shop: Any, slack: LocalSlack) -> None:
    composer(shop).fill("/looksee red mug")
    composer(shop).press("Enter")
    private = shop.get_by_role("article").filter(has_text="Only visible to you")
    expect(private.get_by_text("red mug").first).to_be_visible()
    assert slack.messages("#shop") == []
    private.get_by_role("button", name="Share").click()

    expect(shop.get_by_text("shared this search")).to_be_visible()


def test_the_message_menu_finds_what_anybodys_photo_shows(shop: Any, slack: LocalSlack) -> None:
    slack.say("ben", "#shop", "nice, no?", files=[("chair.jpg", jpeg("yellow"))])
    message = shop.get_by_role("article").filter(has_text="nice, no?")
    message.hover()
    message.get_by_role("button", name="Find similar").click()

    expect(shop.get_by_text("Yellow").first).to_be_visible()


def test_a_direct_message_needs_no_mention_and_offers_questions(shop: Any, screen: dict[str, int]) -> None:
    go(shop, screen, "Looksee APP")
    prompts = shop.get_by_text("What are you looking for?")
    expect(prompts).to_be_visible()
    composer(shop).fill("green chair")
    composer(shop).press("Enter")

    expect(shop.get_by_text("Green oak chair").first).to_be_visible()


def test_home_repeats_a_search_changes_the_language_and_forgets(shop: Any, screen: dict[str, int]) -> None:
    understood(ask(shop), "blue mug")
    go(shop, screen, "Looksee Home")
    home = shop.get_by_role("region", name="Home tab")
    expect(home.get_by_role("button", name="blue mug")).to_be_visible()
    assert violations(shop) == []
    home.get_by_role("combobox").first.select_option(label="日本語")
    expect(home.get_by_text("設定")).to_be_visible()
    home.locator(".lk-danger").click()
    confirm = shop.get_by_role("dialog")
    expect(confirm).to_be_visible()
    confirm.get_by_role("button").last.click()

    expect(home.get_by_text("Settings")).to_be_visible()  # the language is forgotten, too
    expect(home.get_by_role("button", name="blue mug")).to_have_count(0)


def test_what_happened_shows_the_real_steps(shop: Any) -> None:
    understood(ask(shop), "blue mug")
    shop.go_back()
    shop.get_by_role("button", name="What happened").click()
    panel = shop.get_by_role("complementary", name="What happened")

    expect(panel.get_by_text("encode", exact=True)).to_be_visible()
    expect(panel.get_by_text("search", exact=True)).to_be_visible()
    expect(panel.get_by_text("Blue ceramic mug").first).to_be_visible()
    assert violations(shop) == []


def test_a_colleague_is_answered_in_japanese(shop: Any, screen: dict[str, int]) -> None:
    if screen["width"] < 800:
        shop.get_by_role("button", name="Back to channels").click()
    shop.get_by_role("combobox", name="You are").select_option("kenji")
    if screen["width"] < 800:
        shop.get_by_role("button", name="shop", exact=True).click()

    shop.get_by_role("button", name="Send the photo: red thing").click()

    expect(thread(shop).get_by_role("button", name="絞り込み")).to_be_visible()
    expect(thread(shop).get_by_text("写真に似たもの").first).to_be_visible()
