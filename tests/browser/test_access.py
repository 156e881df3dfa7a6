"""The page can be used without a mouse and read without eyes: axe finds no serious violation, keys reach everything."""

from typing import Any

import pytest

pytest.importorskip("playwright")
pytest.importorskip("axe_playwright_python")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from playground import LocalSlack
from tests.browser.test_page import ask, composer, hand_over, thread

pytestmark = pytest.mark.live

GRAVE = {"serious", "critical"}


def violations(page: Any) -> list[str]:
    """Return what axe finds serious or critical: rule, and the elements."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}"
        for each in found
        if each["impact"] in GRAVE
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_anywhere(shop: Any, screen: dict[str, int], scheme: Any) -> None:
    shop.evaluate("(scheme) => localStorage.setItem('theme', scheme)", scheme)
    shop.reload()
    assert violations(shop) == []
    answer = ask(shop, "@looksee a red `mug`")
    assert violations(shop) == []
    answer.get_by_role("button", name="Filters").click()
    expect(shop.get_by_role("dialog")).to_be_visible()
    shop.get_by_label("Price up to").fill("cheap")
    shop.get_by_role("button", name="Apply").click()
    expect(shop.get_by_role("alert")).to_be_visible()
    shop.wait_for_timeout(250)  # the dialog rises: half drawn, its colours are not its colours
    assert violations(shop) == []
    shop.keyboard.press("Escape")
    shop.go_back()
    shop.get_by_role("button", name="What happened").click()
    assert violations(shop) == []
    shop.go_back()
    if screen["width"] < 800:
        shop.get_by_role("button", name="Back to channels").click()
        assert violations(shop) == []
    shop.get_by_role("button", name="Looksee Home").click()
    expect(shop.get_by_text("What I can do").first).to_be_visible()
    assert violations(shop) == []


def test_axe_finds_nothing_serious_in_what_opens_for_a_moment(shop: Any, slack: LocalSlack) -> None:
    composer(shop).press_sequentially("/lo")
    expect(shop.get_by_role("option", name="/looksee")).to_be_visible()
    assert violations(shop) == []
    for _ in "/lo":
        shop.keyboard.press("Backspace")
    hand_over(shop, "blue chair", "paste")
    expect(shop.get_by_role("img", name="blue chair.png")).to_be_visible()
    assert violations(shop) == []
    answer = ask(shop, "@looksee chair")
    answer.get_by_role("button", name="Save", exact=True).first.click()
    expect(answer.get_by_text("Only visible to you")).to_be_visible()
    answer.get_by_role("button", name="More actions", exact=True).click()
    assert violations(shop) == []
    shop.keyboard.press("Escape")
    answer.get_by_role("button", name="Open blue chair.png").click()
    expect(shop.get_by_role("dialog", name="blue chair.png")).to_be_visible()
    assert violations(shop) == []
    shop.keyboard.press("Escape")
    slack.drop_sockets()
    slack.misbehave(ack_timeout_s=0.1)
    answer.get_by_role("button", name="Filters").click()
    expect(shop.get_by_text("The app did not answer")).to_be_visible()
    assert violations(shop) == []


def test_a_question_is_asked_and_filtered_by_keyboard_alone(shop: Any) -> None:
    shop.keyboard.press("Tab")
    skip = shop.get_by_role("link", name="Skip to writing a message")
    for _ in range(30):
        if skip.evaluate("(link) => link === document.activeElement"):
            break
        shop.keyboard.press("Shift+Tab")
    shop.keyboard.press("Enter")
    expect(composer(shop)).to_be_focused()
    shop.keyboard.type("@looksee a red mug")
    shop.keyboard.press("Enter")
    filters = thread(shop).get_by_role("button", name="Filters")
    expect(filters).to_be_visible()
    filters.focus()
    shop.keyboard.press("Enter")
    expect(shop.get_by_label("Price up to")).to_be_focused()
    shop.keyboard.type("30")
    shop.keyboard.press("Enter")

    expect(thread(shop).get_by_text("5 finds")).to_have_count(2)


def test_a_menu_is_walked_with_arrows_and_gives_the_focus_back(shop: Any) -> None:
    button = ask(shop).get_by_role("button", name="More actions", exact=True)
    button.focus()
    shop.keyboard.press("Enter")
    expect(shop.get_by_role("menuitem", name="Start over")).to_be_focused()
    shop.keyboard.press("ArrowDown")
    expect(shop.get_by_role("menuitem", name="Help")).to_be_focused()
    shop.keyboard.press("Escape")

    expect(button).to_be_focused()


def test_nothing_is_wider_than_the_screen(shop: Any, screen: dict[str, int]) -> None:
    ask(shop)

    assert shop.evaluate("() => document.documentElement.scrollWidth") <= screen["width"]
