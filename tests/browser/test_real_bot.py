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
from tests.bot.test_ways_in import picture_url  # noqa: F401 - a fixture
from tests.browser.matrix import shows
from tests.browser.test_access import violations
from tests.browser.test_page import composer, hand_file_over, thread
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
    page.get_by_role("button", name=name, exact=name == "shop").click()


@shows("mention")
def test_words_bring_the_right_product_with_its_picture(shop: Any) -> None:
    answer = understood(ask(shop), "blue mug")

    first = answer.get_by_role("list", name=re.compile("cards?$")).get_by_role("article").first
    expect(first).to_contain_text("Blue ceramic mug")
    picture = first.get_by_role("img", name="Picture of Blue ceramic mug")
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    assert violations(shop) == []


@shows("photo attached")
def test_a_photo_finds_what_it_shows(shop: Any, tmp_path: Path) -> None:
    photo = tmp_path / "mine.jpg"
    photo.write_bytes(jpeg("green"))
    shop.get_by_label("Photos to attach").set_input_files(photo)
    answer = understood(ask(shop, "@looksee mug"), "like your photo")

    expect(answer.get_by_role("list", name=re.compile("cards?$")).get_by_role("article").first).to_contain_text(
        "Green ceramic mug"
    )


@shows("sample")
def test_samples_are_answered_with_one_click(shop: Any) -> None:
    shop.get_by_role("button", name="Send the photo: red thing").click()
    understood(thread(shop), "like your photo")
    shop.go_back()
    shop.get_by_role("button", name="blue mug under $30").click()

    understood(thread(shop), "blue mug under $30")


@shows("thread reply")
def test_the_thread_goes_on(shop: Any) -> None:
    understood(ask(shop), "blue mug")
    for words, meaning in (("in red", "red mug"), ("under $20", "red mug under $20"), ("start over", "")):
        composer(shop, "Reply").fill(words)
        composer(shop, "Reply").press("Enter")
        if meaning:
            understood(thread(shop), meaning)

    expect(thread(shop).get_by_text("Let us start over")).to_be_visible()


@shows("without")
def test_each_part_of_the_question_is_removed_with_a_click(shop: Any) -> None:
    answer = understood(ask(shop, "@looksee blue mug under $30"), "blue mug under $30")
    answer.get_by_role("button", name="✕ blue").click()

    expect(understood(thread(shop), "mug under $30").get_by_role("button", name="✕ blue")).to_have_count(0)


@shows("more", "similar", "open", "thumb up", "save", "start_over")
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


@shows("filters", "price-min", "price-max", "color")
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


@shows("command", "share")
def test_the_command_answers_privately_and_can_be_shared(shop: Any, slack: LocalSlack) -> None:
    composer(shop).fill("/looksee red mug")
    composer(shop).press("Enter")
    private = shop.get_by_role("article").filter(has_text="Only visible to you")
    expect(private.get_by_text("red mug").first).to_be_visible()
    assert slack.messages("#shop") == []
    private.get_by_role("button", name="Share").click()

    expect(shop.get_by_text("shared this search")).to_be_visible()


@shows("message menu")
def test_the_message_menu_finds_what_anybodys_photo_shows(shop: Any, slack: LocalSlack) -> None:
    slack.say("ben", "#shop", "nice, no?", files=[("chair.jpg", jpeg("yellow"))])
    message = shop.get_by_role("article").filter(has_text="nice, no?")
    message.hover()
    message.get_by_role("button", name="Find similar").click()

    expect(shop.get_by_text("Yellow").first).to_be_visible()


@shows("direct message")
def test_a_direct_message_needs_no_mention_and_offers_questions(shop: Any, screen: dict[str, int]) -> None:
    go(shop, screen, "Looksee APP")
    prompts = shop.get_by_text("What are you looking for?")
    expect(prompts).to_be_visible()
    composer(shop).fill("green chair")
    composer(shop).press("Enter")

    expect(shop.get_by_text("Green oak chair").first).to_be_visible()


@shows("home", "again", "language", "forget")
def test_home_repeats_a_search_changes_the_language_and_forgets(shop: Any, screen: dict[str, int]) -> None:
    understood(ask(shop), "blue mug")
    go(shop, screen, "Looksee Home")
    home = shop.get_by_role("region", name="Home tab")
    expect(home.get_by_role("button", name="blue mug")).to_be_visible()
    assert violations(shop) == []
    home.get_by_role("button", name="blue mug").click()
    shop.get_by_role("button", name="Messages", exact=True).click()
    expect(shop.get_by_text("Blue ceramic mug").first).to_be_visible()
    go(shop, screen, "Looksee Home")
    home.get_by_role("combobox").first.select_option(label="日本語")
    expect(home.get_by_text("設定")).to_be_visible()
    home.locator(".lk-danger").click()
    confirm = shop.get_by_role("dialog")
    expect(confirm).to_be_visible()
    confirm.get_by_role("button").last.click()

    expect(home.get_by_text("Settings")).to_be_visible()  # the language is forgotten, too
    expect(home.get_by_role("button", name="blue mug")).to_have_count(0)


@shows("what happened")
def test_what_happened_shows_the_real_steps(shop: Any) -> None:
    understood(ask(shop), "blue mug")
    shop.go_back()
    shop.get_by_role("button", name="What happened").click()
    panel = shop.get_by_role("complementary", name="What happened")

    expect(panel.get_by_text("encode", exact=True)).to_be_visible()
    expect(panel.get_by_text("search", exact=True)).to_be_visible()
    expect(panel.get_by_text("Blue ceramic mug").first).to_be_visible()
    assert violations(shop) == []


@shows("japanese")
def test_a_colleague_is_answered_in_japanese(shop: Any, screen: dict[str, int]) -> None:
    if screen["width"] < 800:
        shop.get_by_role("button", name="Back to channels").click()
    shop.get_by_role("combobox", name="You are").select_option("kenji")
    if screen["width"] < 800:
        shop.get_by_role("button", name="shop", exact=True).click()

    shop.get_by_role("button", name="写真を送る：red thing").click()

    pane = shop.get_by_role("complementary", name="スレッド")
    expect(pane.get_by_role("button", name="絞り込み")).to_be_visible()
    expect(pane.get_by_text("写真に似たもの").first).to_be_visible()


@pytest.mark.parametrize("event", ["paste", "drop"])
@shows("photo pasted", "photo dropped")
def test_a_photo_that_is_pasted_or_dropped_is_a_question(shop: Any, event: str) -> None:
    hand_file_over(shop, "mine.jpg", jpeg("purple"), event)
    expect(shop.get_by_role("img", name="mine.jpg")).to_be_visible()
    answer = understood(ask(shop, "@looksee chair"), "like your photo")

    expect(first_card(answer)).to_contain_text("Purple oak chair")


@shows("link to a picture")
def test_a_link_to_a_picture_is_a_photo(shop: Any, picture_url: str) -> None:  # noqa: F811
    answer = understood(ask(shop, f"@looksee {picture_url}/thing.jpg"), "like your photo")

    expect(first_card(answer)).to_contain_text("Purple")


@shows("assistant pane")
def test_a_question_of_the_assistant_pane_is_asked_with_a_click(shop: Any, screen: dict[str, int]) -> None:
    go(shop, screen, "Looksee APP")
    expect(shop.get_by_text("What are you looking for?")).to_be_visible()
    assert violations(shop) == []
    prompt = shop.locator(".lk-prompts").get_by_role("button").first
    asked = prompt.inner_text()
    prompt.click()

    answer = understood(thread(shop), asked)
    expect(first_card(answer)).to_be_visible()


@shows("thumb down")
def test_a_thumb_down_is_noted(shop: Any) -> None:
    understood(ask(shop), "blue mug").get_by_role("button", name="Bad answer").click()

    expect(thread(shop).get_by_text("Thank you, noted.").or_(thread(shop).get_by_text("Sorry"))).to_be_visible()


@pytest.mark.parametrize(
    ("field", "choice", "meaning"),
    [
        ("Type", "chair", "chair"),
        ("Brand", "Northwind", "Northwind"),
        ("Colour", "green", "green"),
        ("Material", "oak", "oak"),
    ],
)
@shows("category", "brand", "color", "material", "old: filters")
def test_each_menu_of_the_filters_changes_an_old_answer(shop: Any, field: str, choice: str, meaning: str) -> None:
    answer = old_answer(shop)
    answer.get_by_role("button", name="Filters").click()
    dialogue = shop.get_by_role("dialog", name="Filters")
    dialogue.get_by_role("group", name=field).get_by_label(re.compile(f"^{choice}", re.IGNORECASE)).check()
    dialogue.get_by_role("button", name="Apply").click()
    expect(dialogue).to_have_count(0)

    expect(answer.locator(".lk-context").first).to_contain_text(re.compile(meaning, re.IGNORECASE))
    assert violations(shop) == []


@shows("price-min", "price-max", "stock")
def test_prices_and_stock_of_the_filters_hold(shop: Any) -> None:
    answer = understood(ask(shop, "@looksee mug"), "mug")
    answer.get_by_role("button", name="Filters").click()
    dialogue = shop.get_by_role("dialog", name="Filters")
    dialogue.get_by_label("Price from").fill("13")
    dialogue.get_by_label("Price up to").fill("21")
    dialogue.get_by_label(re.compile("in stock", re.IGNORECASE)).check()
    dialogue.get_by_role("button", name="Apply").click()
    expect(dialogue).to_have_count(0)

    expect(answer.locator(".lk-context").first).to_contain_text("in stock")
    prices = [float(text.split()[0].strip("$")) for text in answer.locator(".lk-card-subtitle").all_inner_texts()]
    assert prices
    assert all(13 <= price <= 21 for price in prices)
    assert answer.get_by_text("out of stock").count() == 0


@shows("old: without", "old: similar", "old: save", "old: more")
def test_the_buttons_of_an_old_answer_work(shop: Any) -> None:
    answer = old_answer(shop, "@looksee blue things under $90")
    answer.get_by_role("button", name="✕ blue").click()
    expect(answer.get_by_role("button", name="✕ blue")).to_have_count(0)
    answer.get_by_role("button", name="Save ").first.click()
    expect(thread(shop).get_by_text("Saved. You find it in my Home.")).to_be_visible()
    answer.get_by_role("button", name="Show more").click()
    understood(thread(shop), "page 2")
    answer.get_by_role("button", name="Show things similar to").first.click()
    understood(thread(shop), "like the one you picked")


@shows("try", "unsave", "page_size")
def test_home_asks_takes_out_and_sets_the_size(shop: Any, screen: dict[str, int]) -> None:
    understood(ask(shop), "blue mug").get_by_role("button", name="Save ").first.click()
    expect(thread(shop).get_by_text("Saved.")).to_be_visible()
    go(shop, screen, "Looksee Home")
    home = shop.get_by_role("region", name="Home tab")
    home.get_by_role("button", name="Remove").click()
    expect(home.get_by_role("button", name="Remove")).to_have_count(0)
    home.get_by_role("combobox").last.select_option("3")
    expect(home.get_by_role("combobox").last).to_have_value("3")
    home.locator("[data-action-id=try-1]").click()
    shop.get_by_role("button", name="Messages", exact=True).click()
    expect(shop.get_by_role("list", name=re.compile("cards?$")).first.get_by_role("article").first).to_be_visible()
    go(shop, screen, "shop")
    answer = understood(ask(shop, "@looksee chair"), "chair")

    expect(answer.get_by_role("list", name="3 cards").get_by_role("article")).to_have_count(3)


def first_card(answer: Any) -> Any:
    """The first product of an answer."""
    return answer.get_by_role("list", name=re.compile("cards?$")).get_by_role("article").first


def old_answer(page: Any, question: str = "@looksee mug") -> Any:
    """An answer after which the thread has gone on, on a page that was opened anew."""
    first = understood(ask(page, question), question.removeprefix("@looksee ")).get_attribute("data-ts")
    for words, meaning in (("in red", "red"), ("start over", "")):
        composer(page, "Reply").fill(words)
        composer(page, "Reply").press("Enter")
        if meaning:
            understood(thread(page), meaning)
    expect(thread(page).get_by_text("Let us start over")).to_be_visible()
    page.reload()
    return thread(page).locator(f'[data-ts="{first}"]')
