"""Everything a person does on the page, done in a real browser, on a desk and on a phone."""

import base64
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")

from playwright.sync_api import expect
from slack_sdk import WebClient

from playground import LocalSlack
from tests.browser import cards_bot

pytestmark = pytest.mark.live


def composer(page: Any, name: str = "Write a message") -> Any:
    return page.get_by_role("form", name=name).get_by_role("textbox")


def thread(page: Any) -> Any:
    return page.get_by_role("complementary", name="Thread")


def ask(page: Any, text: str = "@looksee a red mug") -> Any:
    """Ask in the channel; return the thread pane with the answer in it."""
    composer(page).fill(text)
    composer(page).press("Enter")
    expect(thread(page).get_by_role("button", name="Show more").last).to_be_visible()
    return thread(page)


def hand_over(page: Any, name: str, event: str, onto: str = "textarea") -> None:
    """Paste or drop a drawn product into the conversation."""
    hand_file_over(page, f"{name}.png", cards_bot.drawing(name, kind="PNG"), event, onto)


def hand_file_over(page: Any, name: str, photo: bytes, event: str, onto: str = "textarea") -> None:
    """Paste or drop a photo into the conversation, as the browser itself would."""
    data = base64.b64encode(photo).decode()
    page.locator(f".lk-conversation {onto}").first.evaluate(
        """(box, [data, name, event]) => {
            const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
            const files = new DataTransfer();
            files.items.add(new File([bytes], name, { type: name.endsWith(".png") ? "image/png" : "image/jpeg" }));
            const details = { bubbles: true, cancelable: true };
            box.dispatchEvent(event === "paste"
                ? new ClipboardEvent("paste", { ...details, clipboardData: files })
                : new DragEvent("drop", { ...details, dataTransfer: files }));
        }""",
        [data, name, event],
    )


def test_typed_words_bring_cards_with_pictures_into_a_thread(shop: Any) -> None:
    answer = ask(shop)

    first = answer.get_by_role("article").filter(has_text="Red mug").get_by_role("img", name="A red mug")
    expect(first.first).to_be_visible()
    assert first.first.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 480
    expect(answer.get_by_text("5 finds")).to_be_visible()


def test_an_attached_photo_is_asked_with_words(shop: Any, tmp_path: Path) -> None:
    photo = tmp_path / "mine.jpg"
    photo.write_bytes(cards_bot.drawing("green lamp"))
    shop.get_by_label("Photos to attach").set_input_files(photo)
    expect(shop.get_by_role("list", name="Attached files").get_by_role("img", name="mine.jpg")).to_be_visible()
    answer = ask(shop, "@looksee lamp")

    expect(answer.get_by_role("button", name="Open mine.jpg")).to_be_visible()
    expect(answer.get_by_role("list", name="5 cards").get_by_role("article").first).to_contain_text("Green lamp")


@pytest.mark.parametrize(("event", "onto"), [("paste", "textarea"), ("drop", "textarea"), ("drop", ".lk-list")])
def test_a_photo_is_pasted_or_dropped(shop: Any, event: str, onto: str) -> None:
    hand_over(shop, "blue chair", event, onto)
    expect(shop.get_by_role("img", name="blue chair.png")).to_be_visible()
    answer = ask(shop, "@looksee chair")

    expect(answer.get_by_role("list", name="5 cards").get_by_role("article").first).to_contain_text("Blue chair")


def test_an_attached_photo_can_be_taken_away_again(shop: Any) -> None:
    hand_over(shop, "blue chair", "paste")
    shop.get_by_role("button", name="Remove blue chair.png").click()

    expect(shop.get_by_role("button", name="Send", exact=True)).to_be_disabled()


def test_a_sample_photo_and_a_sample_question_need_one_click(shop: Any) -> None:
    shop.get_by_role("button", name="Send the photo: red lamp").click()
    expect(thread(shop).get_by_role("button", name="Open red-lamp.jpg")).to_be_visible()
    expect(thread(shop).get_by_text("5 finds")).to_be_visible()
    shop.go_back()
    shop.get_by_role("button", name="a blue lamp for my desk").click()

    cards = thread(shop).get_by_role("list", name="5 cards")
    expect(cards.get_by_role("article").first).to_contain_text("Blue lamp")


def test_what_is_typed_right_after_a_click_on_a_room_is_for_that_room(shop: Any, screen: dict[str, int]) -> None:
    if screen["width"] < 800:
        shop.go_back()
    hint = shop.evaluate(
        """() => {
            [...document.querySelectorAll("nav button")].find((each) => each.textContent.includes("general")).click();
            return Promise.resolve().then(() => document.querySelector("form textarea").placeholder);
        }"""
    )

    assert "#general" in hint


def test_what_was_not_sent_is_still_there_when_one_comes_back(shop: Any, screen: dict[str, int]) -> None:
    composer(shop).fill("@looksee a green cha")
    for room in ("general", "shop"):
        if screen["width"] < 800:
            shop.go_back()
        shop.get_by_role("button", name=room, exact=True).click()
        expect(composer(shop)).to_have_value("" if room == "general" else "@looksee a green cha")


def test_a_follow_up_stays_in_the_thread(shop: Any, slack: LocalSlack) -> None:
    ask(shop)
    composer(shop, "Reply").fill("a green chair")
    composer(shop, "Reply").press("Enter")

    expect(thread(shop).get_by_text("3 replies")).to_be_visible()
    expect(thread(shop).get_by_text("Green chair").first).to_be_visible()
    assert len(slack.replies(slack.messages("#shop")[0])) == 3


def test_each_control_of_an_answer_reaches_the_bot(shop: Any) -> None:
    answer = ask(shop)
    answer.get_by_role("button", name="Save", exact=True).first.click()
    expect(answer.get_by_text("Saved the red mug.")).to_be_visible()
    answer.get_by_role("combobox", name="Sort by").select_option("price")
    expect(answer.get_by_text("You chose price.")).to_be_visible()
    answer.get_by_role("button", name="Good answer").click()
    expect(answer.get_by_text("You chose good.")).to_be_visible()
    answer.get_by_role("button", name="More actions", exact=True).click()
    shop.get_by_role("menuitem", name="Start over").click()
    expect(answer.get_by_text("You chose over.")).to_be_visible()
    answer.get_by_role("button", name="Similar").nth(1).click()
    expect(answer.get_by_text("5 finds")).to_have_count(2)
    answer.get_by_role("button", name="Show more").last.click()
    expect(answer.get_by_text("5 finds")).to_have_count(3)


def test_a_private_message_can_be_dismissed(shop: Any) -> None:
    answer = ask(shop)
    answer.get_by_role("button", name="Save", exact=True).first.click()
    private = answer.get_by_role("article").filter(has_text="Only visible to you")
    private.hover()
    private.get_by_role("button", name="Dismiss message").click()

    expect(private).to_have_count(0)


def test_a_modal_shows_what_is_wrong_and_then_applies(shop: Any) -> None:
    answer = ask(shop)
    answer.get_by_role("button", name="Filters").click()
    modal = shop.get_by_role("dialog", name="Filters")
    expect(modal.get_by_label("Price up to")).to_be_focused()
    modal.get_by_label("Price up to").fill("cheap")
    modal.get_by_role("button", name="Apply").click()
    expect(modal.get_by_role("alert")).to_have_text("A price is a number, like 30")
    modal.get_by_label("Price up to").fill("30")
    modal.get_by_label("In other words").fill("nice")
    modal.get_by_label("Type").select_option("chair")
    modal.get_by_role("group", name="Colours").get_by_label("green").check()
    modal.get_by_label("In stock only").check()
    modal.get_by_label("Price", exact=True).check()
    modal.get_by_role("button", name="Apply").click()

    expect(modal).to_have_count(0)
    expect(answer.get_by_text("green chair nice")).to_be_visible()


def test_escape_closes_a_modal_and_the_focus_stays_on_the_page(shop: Any, slack: LocalSlack) -> None:
    ask(shop).get_by_role("button", name="Filters").click()
    expect(shop.get_by_role("dialog")).to_be_visible()
    shop.keyboard.press("Escape")

    expect(shop.get_by_role("dialog")).to_have_count(0)
    assert slack.views("ana") == []


def test_find_similar_is_on_anybodys_photo(shop: Any, slack: LocalSlack) -> None:
    slack.say("ben", "#shop", "look at this", files=[("chair.jpg", cards_bot.drawing("blue chair"))])
    message = shop.get_by_role("article").filter(has_text="look at this")
    message.hover()
    message.get_by_role("button", name="More message actions").click()
    shop.get_by_role("menuitem", name="Find similar").click()

    expect(shop.get_by_role("dialog", name="Find similar")).to_contain_text("blue")
    shop.get_by_role("button", name="Close").first.click()
    expect(shop.get_by_role("dialog")).to_have_count(0)


def test_a_slash_command_is_suggested_and_answered_privately(shop: Any) -> None:
    composer(shop).press_sequentially("/lo")
    expect(shop.get_by_role("option", name="/looksee")).to_be_visible()
    shop.keyboard.press("Enter")
    shop.keyboard.type("blue mug")
    shop.keyboard.press("Enter")

    expect(shop.get_by_text("Only for you: blue mug")).to_be_visible()
    expect(shop.get_by_text("Only visible to you")).to_be_visible()


def test_a_mention_is_completed_by_keyboard(shop: Any, slack: LocalSlack) -> None:
    composer(shop).press_sequentially("hello @ben")
    shop.keyboard.press("Tab")
    shop.keyboard.press("Enter")

    message = slack.wait_for(lambda: next(iter(slack.channel_now("#shop").messages.values()), None))
    assert message.text == f"hello <@{slack.user('ben').id}>"


def test_home_shows_what_the_bot_published_and_its_controls_work(shop: Any, screen: dict[str, int]) -> None:
    if screen["width"] < 800:
        shop.get_by_role("button", name="Back to channels").click()
    shop.get_by_role("button", name="Looksee Home").click()
    expect(shop.get_by_text("What I can do").first).to_be_visible()
    shop.get_by_role("combobox", name="Language").select_option("ja")

    expect(shop.get_by_text("Done: language")).to_be_visible()


def test_the_direct_message_offers_prompts(shop: Any, screen: dict[str, int]) -> None:
    if screen["width"] < 800:
        shop.get_by_role("button", name="Back to channels").click()
    shop.get_by_role("button", name="Looksee APP").click()
    shop.get_by_role("button", name="A lamp").click()

    expect(thread(shop).get_by_text("Red lamp").first).to_be_visible()


def test_a_status_shows_while_the_bot_works(shop: Any) -> None:
    composer(shop).fill("@looksee slowly a mug")
    composer(shop).press("Enter")

    expect(shop.get_by_text("Looksee is looking …")).to_be_visible()
    expect(thread(shop).get_by_text("5 finds")).to_be_visible()
    expect(shop.get_by_text("Looksee is looking …")).to_have_count(0)


def test_what_happened_explains_the_last_answer(shop: Any) -> None:
    ask(shop, "@looksee a red mug")
    shop.go_back()
    shop.get_by_role("button", name="What happened").click()
    panel = shop.get_by_role("complementary", name="What happened")

    expect(panel.get_by_text("a red mug", exact=True)).to_be_visible()
    expect(panel.get_by_text("encode", exact=True)).to_be_visible()
    expect(panel.get_by_text("0.910")).to_be_visible()
    panel.get_by_text("Raw blocks").click()
    expect(panel.get_by_text('"type": "carousel"')).to_be_visible()


def test_reactions_edits_and_deletions_show(shop: Any, slack: LocalSlack) -> None:
    composer(shop).fill("hello")
    composer(shop).press("Enter")
    message = shop.get_by_role("article").filter(has_text="hello")
    message.hover()
    message.get_by_role("button", name="React with eyes").click()
    expect(message.get_by_role("button", name="1 reacted with eyes")).to_be_visible()
    message.get_by_role("button", name="More message actions").click()
    shop.get_by_role("menuitem", name="Edit message").click()
    shop.get_by_role("textbox", name="Edit message").fill("good evening")
    shop.keyboard.press("Enter")
    edited = shop.get_by_role("article").filter(has_text="good evening")
    expect(edited).to_contain_text("(edited)")
    edited.hover()
    edited.get_by_role("button", name="More message actions").click()
    shop.get_by_role("menuitem", name="Delete message").click()
    expect(edited).to_have_count(0)


def test_a_click_that_the_bot_does_not_answer_is_said(shop: Any, slack: LocalSlack) -> None:
    answer = ask(shop)
    slack.drop_sockets()
    slack.misbehave(ack_timeout_s=0.2)
    answer.get_by_role("button", name="Filters").click()

    expect(shop.get_by_text("The app did not answer within three seconds")).to_be_visible()


def test_a_message_of_somebody_else_arrives_by_itself(shop: Any, slack: LocalSlack) -> None:
    slack.say("kenji", "#shop", "赤いマグカップはありますか <https://evil.example|link>")

    expect(shop.get_by_text("赤いマグカップはありますか")).to_be_visible()


def test_nothing_dangerous_is_drawn(shop: Any, slack: LocalSlack) -> None:
    link = {"type": "rich_text_section", "elements": [{"type": "link", "url": "javascript:alert(1)", "text": "press"}]}
    blocks: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "<javascript:alert(1)|here> <b>bold</b>"}},
        {"type": "markdown", "text": "[there](javascript:alert(1)) <img src=x onerror=alert(1)>"},
        {"type": "rich_text", "elements": [link]},
    ]
    client = WebClient(token=slack.bot_token, base_url=slack.base_url)
    client.chat_postMessage(channel="#shop", text="x", blocks=blocks)
    expect(shop.get_by_text("here").first).to_be_visible()

    assert shop.locator("a[href^='javascript']").count() == 0
    assert shop.locator("img[src='x']").count() == 0


def test_the_page_speaks_the_language_of_the_person_or_of_the_browser(
    browser: Any, slack: LocalSlack, screen: Any
) -> None:
    context = browser.new_context(viewport=screen, locale="ja-JP")
    page = context.new_page()
    page.goto(f"{slack.origin}#/{slack.channel_now('#shop').id}")
    expect(page.get_by_role("log", name="#shop のメッセージ")).to_be_visible()
    expect(page.get_by_text("今日")).to_have_count(0)
    answer = page.get_by_role("complementary", name="スレッド")
    composer(page, "メッセージを書く").fill("@looksee a red mug")
    composer(page, "メッセージを書く").press("Enter")
    expect(answer.get_by_text("返信 1 件")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "ja"
    page.evaluate("localStorage.setItem('me', 'ana')")
    page.reload()

    expect(page.get_by_role("complementary", name="Thread").get_by_text("1 reply")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    context.close()
