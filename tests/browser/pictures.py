"""The address of a running local workspace -> pictures of its page for the documentation, wide, narrow and dark.

Start the demo, then: `python -m tests.browser.pictures http://127.0.0.1:8642 docs/pictures`.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SIZES = {"wide": (1280, 800), "narrow": (390, 844)}
QUESTION = "@looksee a red mug under $40"
PHOTO_QUESTION = "@looksee like this"
FOLLOW_UP = "in blue"
WAIT_MS = 20_000

Shot = Callable[[str], None]


def answered(pane: Any, count: int) -> None:
    """Wait until so many answers stand in a pane, their pictures loaded."""
    pane.get_by_role("button", name="Filters").nth(count - 1).wait_for(timeout=WAIT_MS)
    for picture in pane.locator(".lk-carousel img").all():
        picture.evaluate("(image) => image.decode()")
    pane.page.wait_for_timeout(400)


def walk(page: Any, shot: Shot, *, narrow: bool, photo: Path | None) -> None:
    """Go through the page as a person would, and take a picture at each stop."""
    page.get_by_role("button", name="shop", exact=True).click()
    page.get_by_role("log", name="Messages in #shop").wait_for()
    page.wait_for_timeout(400)
    shot("channel")
    box = page.get_by_role("form", name="Write a message").get_by_role("textbox")
    if photo:
        page.get_by_label("Photos to attach").set_input_files(photo)
        box.fill(PHOTO_QUESTION)
        page.wait_for_timeout(300)
        shot("composer")
        box.press("Enter")
        answered(page.get_by_role("complementary", name="Thread"), 1)
        shot("photo")
        page.get_by_role("button", name="Back to channel" if narrow else "Close thread", exact=True).click()
    box.fill(QUESTION)
    box.press("Enter")
    thread = page.get_by_role("complementary", name="Thread")
    answered(thread, 1)
    shot("answer")
    reply = page.get_by_role("form", name="Reply").get_by_role("textbox")
    reply.fill(FOLLOW_UP)
    reply.press("Enter")
    answered(thread, 2)
    shot("refined")
    thread.get_by_role("button", name="Filters").last.click()
    page.get_by_role("dialog").wait_for()
    page.wait_for_timeout(400)
    shot("filters")
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    page.get_by_role("button", name="Back to channel" if narrow else "Close thread", exact=True).click()
    page.get_by_role("button", name="What happened").first.click()
    page.wait_for_timeout(600)
    shot("what-happened")
    page.get_by_role("button", name="Back to channel" if narrow else "Close", exact=True).click()
    if narrow:
        page.get_by_role("button", name="Back to channels").click()
        page.wait_for_timeout(300)
        shot("channels")
    page.get_by_role("button", name="Looksee Home").click()
    page.wait_for_timeout(1200)
    shot("home")


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the machine's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def take(address: str, folder: Path, *, photo: Path | None = None) -> list[Path]:
    """Take every picture: `wide-answer.png`, `narrow-answer.png`, `dark-answer.png` and so on; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with chromium() as browser:
        for name, size, scheme in (("wide", "wide", "light"), ("narrow", "narrow", "light"), ("dark", "wide", "dark")):
            width, height = SIZES[size]
            narrow = size == "narrow"
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                device_scale_factor=2 if narrow else 1,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.request.post(f"{address}/control/clear")
            page.goto(address)

            def shot(what: str, name: str = name, page: Any = page) -> None:
                page.mouse.move(0, 0)
                path = folder / f"{name}-{what}.png"
                page.screenshot(path=path)
                taken.append(path)

            walk(page, shot, narrow=narrow, photo=photo)
            context.close()
    return taken


if __name__ == "__main__":
    _, given_address, given_folder, *given_photo = sys.argv
    for each in take(given_address, Path(given_folder), photo=Path(given_photo[0]) if given_photo else None):
        print(each)
