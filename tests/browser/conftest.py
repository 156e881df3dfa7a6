"""A local Slack with a bot, its page in a real Chromium: wide and narrow."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground import LocalSlack, Samples
from playground.build import build_page
from tests.browser import cards_bot

QUESTIONS = ("a red mug", "a blue lamp for my desk", "something green to sit on")
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the machine's Chromium, which can reach nothing but this machine."""
    from playwright.sync_api import sync_playwright  # a live part: `make test` has no browser

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    closed = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", closed])
        yield started
        started.close()


@pytest.fixture
def page(browser: Any, screen: dict[str, int]) -> Iterator[Any]:
    """A new page of a new person's browser."""
    context = browser.new_context(viewport=screen, has_touch=screen["width"] < 800)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    folder: Path = tmp_path_factory.mktemp("samples")
    for name in cards_bot.PRODUCTS[:7]:
        (folder / f"{name.replace(' ', '-')}.jpg").write_bytes(cards_bot.drawing(name))
    return Samples.from_folder(folder, QUESTIONS)


@pytest.fixture(scope="session")
def pictures() -> Iterator[str]:
    with cards_bot.picture_host() as address:
        yield address


@pytest.fixture
def slack(samples: Samples, pictures: str) -> Iterator[LocalSlack]:
    build_page()
    with LocalSlack(public_base=pictures, samples=samples) as running, cards_bot.running(running, pictures):
        yield running


@pytest.fixture(params=[WIDE, NARROW], ids=["1280", "390"])
def screen(request: pytest.FixtureRequest) -> dict[str, int]:
    size: dict[str, int] = request.param
    return size


@pytest.fixture
def shop(slack: LocalSlack, page: Any) -> Iterator[Any]:
    """The page, open in #shop, as Ana sees it. A complaint in the browser's console fails the test."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(slack.origin)
    page.get_by_role("button", name="shop", exact=True).click()
    page.get_by_role("log", name="Messages in #shop").wait_for()
    yield page
    assert complaints == []
