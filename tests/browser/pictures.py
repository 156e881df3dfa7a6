"""A folder in, pictures of every way in, button and dialogue of the local workspace out: wide, narrow, dark, Japanese.

`.venv-live/bin/python -m tests.browser.pictures docs/pictures` starts the demo with its sample catalogue and the
bundled model, walks through its page as people would, takes all pictures again and writes the page that shows them. An
address after the folder takes a demo that runs; `--only wide narrow` takes those walks alone.
"""

import argparse
import contextlib
import io
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser.test_page import composer, hand_file_over, thread

ROOT = Path(__file__).parents[2]
PHOTOS = {
    "bag.jpg": "p-4fap2d39aj-0.jpg",
    "lantern.jpg": "p-helrlg0chj-0.jpg",
    "bus.jpg": "p-fa5thnlgia-0.jpg",
}
"""Phone photos of the sample catalogue's questions, by the names that people send them under."""
QUESTION = "@looksee a red mug under $40"
COMMAND = "python -m tests.browser.pictures docs/pictures"
WAIT_MS = 30_000
QUALITY = 84


@dataclass(frozen=True, kw_only=True)
class Look:
    """One way to see the page."""

    width: int
    height: int
    scheme: str = "light"
    person: str = "ana"
    scale: float = 1.0

    @property
    def is_narrow(self) -> bool:
        """True where the page shows one thing at a time."""
        return self.width < 800


LOOKS = {
    "wide": Look(width=1280, height=800),
    "narrow": Look(width=390, height=844, scale=2.0),
    "dark": Look(width=1280, height=800, scheme="dark"),
    "dark-narrow": Look(width=390, height=844, scheme="dark", scale=2.0),
}


class Walk:
    """A person who goes through the page and takes a picture at each stop."""

    def __init__(self, page: Any, name: str, look: Look, folder: Path) -> None:
        self.page, self.name, self.look, self.folder = page, name, look, folder
        self.taken: list[Path] = []

    def shot(self, stop: str) -> None:
        """Take a picture of what is on the screen."""
        self.page.mouse.move(0, 0)
        self.page.wait_for_timeout(350)
        path = self.folder / f"{self.name}-{stop}.webp"
        with Image.open(io.BytesIO(self.page.screenshot())) as picture:
            picture.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)
        self.taken.append(path)
        print(path, flush=True)

    def rooms(self) -> None:
        """Show the list of rooms, which a phone shows alone."""
        for name in ("Back to channel", "Back to channels"):
            button = self.page.get_by_role("button", name=name, exact=True).locator("visible=true")
            if self.look.is_narrow and button.count():
                button.first.click()
                self.page.wait_for_timeout(150)

    def go(self, room: str) -> None:
        """Open a room."""
        self.rooms()
        self.page.get_by_role("button", name=room, exact=True).first.click()
        self.page.wait_for_timeout(300)

    def shop(self) -> None:
        """Open #shop, with nothing beside it."""
        self.go("shop")
        for name in ("Close thread", "Close"):
            button = self.page.get_by_role("button", name=name, exact=True).locator("visible=true")
            if button.count():
                button.first.click()
        self.page.get_by_role("log", name="Messages in #shop").wait_for()

    def say(self, text: str, form: str = "Write a message") -> None:
        """Write something and send it."""
        composer(self.page, form).fill(text)
        composer(self.page, form).press("Enter")

    def answered(self, pane: Any, count: int = 1, *, said: str = "") -> Any:
        """Wait until so many answers (that say something) stand in a pane, their pictures loaded; the last, shown."""
        filters = self.page.get_by_role("button", name=re.compile("^(Filters|絞り込み)$"))
        rows = pane.locator("article.lk-message").filter(has=filters).filter(has_text=said)
        row = rows.nth(count - 1)
        row.wait_for(timeout=WAIT_MS)
        for picture in pane.locator(".lk-carousel img").all():
            picture.evaluate("(image) => image.decode()")
        self.page.wait_for_timeout(200)  # the pane scrolls to what is new by itself
        row.evaluate("(row) => row.scrollIntoView({ block: row.closest('.lk-side') ? 'nearest' : 'start' })")
        row.evaluate("() => document.activeElement?.blur()")
        return row


def ways_in(walk: Walk) -> None:
    """Mention, reply, paste, drop, link, command with Share, message menu, direct message with its prompts, Home."""
    page = walk.page
    if walk.look.is_narrow:
        walk.rooms()
        walk.shot("rooms")
    walk.shop()
    walk.shot("channel")
    walk.say(QUESTION)
    walk.answered(thread(page))
    walk.shot("mention")
    walk.say("in blue", "Reply")
    walk.answered(thread(page), 2)
    walk.shot("reply")
    walk.shop()
    hand_over(page, "bag.jpg", "paste")
    page.get_by_role("list", name="Attached files").wait_for()
    composer(page).fill("@looksee like this")
    walk.shot("paste")
    composer(page).press("Enter")
    walk.answered(thread(page))
    walk.shot("photo")
    walk.shop()
    hold_over(page)
    walk.shot("drag")
    hand_over(page, "lantern.jpg", "drop")
    page.get_by_role("button", name="Remove").click()
    walk.say("/looksee a green vase")
    channel = page.get_by_role("log", name="Messages in #shop")
    private = walk.answered(channel, said="Only visible to you")
    walk.shot("command")
    private.get_by_role("button", name="Share").click()
    walk.answered(channel, said="shared this search")
    walk.shot("shared")
    hand_over(page, "bus.jpg", "paste")
    walk.say("Saw this on the train. Do we have something like it?")
    message = page.get_by_role("article").filter(has_text="on the train")
    message.hover()
    message.get_by_role("button", name="More message actions").click()
    page.get_by_role("menuitem", name="Find similar").hover()
    page.wait_for_timeout(300)
    walk.shot("message-menu")
    page.get_by_role("menuitem", name="Find similar").click()
    walk.answered(channel, said="like your photo")
    walk.shot("find-similar")
    walk.go("Looksee APP")
    page.get_by_text("What are you looking for?").wait_for(timeout=WAIT_MS)
    walk.shot("assistant")
    page.locator(".lk-prompts .lk-chip").first.click()
    page.get_by_role("button", name="Filters").first.wait_for(timeout=WAIT_MS)
    walk.answered(page.locator(".lk-side, .lk-main").locator("visible=true").last)
    walk.shot("direct-message")


def buttons(walk: Walk) -> None:
    """Each button of an answer, the Filters dialogue and what it does, what is said, and what happened."""
    page = walk.page
    walk.shop()
    walk.say("@looksee a striped blue umbrella under $90")
    answer = walk.answered(thread(page))
    answer.get_by_role("button", name="✕").first.click()
    page.wait_for_timeout(1500)
    walk.shot("part-removed")
    answer.get_by_role("button", name="Filters").click()
    dialogue = page.get_by_role("dialog")
    dialogue.wait_for(timeout=WAIT_MS)
    walk.shot("filters")
    dialogue.get_by_label("Price from").fill("60")
    dialogue.get_by_label("Price up to").fill("20")
    dialogue.get_by_role("button", name="Apply").click()
    dialogue.get_by_role("alert").wait_for(timeout=WAIT_MS)
    walk.shot("filters-refused")
    dialogue.get_by_label("Price from").fill("")
    dialogue.get_by_label("Price up to").fill("60")
    dialogue.get_by_label(re.compile("in stock", re.IGNORECASE)).check()
    dialogue.get_by_role("button", name="Apply").click()
    dialogue.wait_for(state="detached", timeout=WAIT_MS)
    page.wait_for_timeout(1500)
    walk.answered(thread(page))
    walk.shot("filtered")
    answer.get_by_role("button", name="Show things similar to").first.click()
    similar = walk.answered(thread(page), 2)
    walk.shot("similar")
    similar.get_by_role("button", name="Show more").click()
    walk.answered(thread(page), 3)
    walk.shot("more")
    similar.get_by_role("button", name="Save ").first.click()
    thread(page).get_by_text("Saved.").last.wait_for(timeout=WAIT_MS)
    similar.get_by_role("button", name="Good answer").click()
    thread(page).get_by_text("Thank you").last.wait_for(timeout=WAIT_MS)
    walk.shot("saved")
    similar.get_by_role("button", name="Start over").click()
    thread(page).get_by_text("start over").last.wait_for(timeout=WAIT_MS)
    walk.shot("start-over")
    walk.shop()
    walk.say("@looksee a nuclear submarine under $3")
    thread(page).get_by_role("button", name="Start over").last.wait_for(timeout=WAIT_MS)
    walk.answered(thread(page))
    walk.shot("nothing-close")
    walk.shop()
    page.get_by_role("button", name="What happened").first.click()
    page.get_by_role("complementary", name="What happened").wait_for()
    walk.shot("what-happened")
    walk.go("Looksee Home")
    page.get_by_role("region", name="Home tab").get_by_role("button").first.wait_for(timeout=WAIT_MS)
    walk.shot("home")
    page.get_by_role("region", name="Home tab").evaluate("(home) => home.scrollTo(0, home.scrollHeight)")
    walk.shot("home-settings")


def japanese(walk: Walk) -> None:
    """The page and the bot as a colleague in Japan sees them."""
    page = walk.page
    page.evaluate("localStorage.setItem('me', 'kenji')")
    page.goto(page.url.split("#")[0])
    page.get_by_role("button", name="shop", exact=True).click()
    page.get_by_role("log", name="#shop のメッセージ").wait_for()
    walk.say("@looksee 赤いマグカップ", "メッセージを書く")
    pane = page.get_by_role("complementary", name="スレッド")
    walk.answered(pane)
    walk.shot("japanese")
    pane.get_by_role("button", name="絞り込み").click()
    page.get_by_role("dialog").wait_for(timeout=WAIT_MS)
    walk.shot("japanese-filters")


def gallery(folder: Path) -> None:
    """Write the page that shows the pictures, a stop a row."""
    stops = list(dict.fromkeys(path.stem.removeprefix("wide-") for path in _oldest_first(folder.glob("wide-*.webp"))))
    lines = ["# The local workspace in pictures", "", f"Taken by `{COMMAND}`.", ""]
    for stop in stops:
        lines += [f"## {stop.replace('-', ' ').capitalize()}", ""]
        shown = [(name, folder / f"{name}-{stop}.webp") for name in LOOKS]
        lines += [
            " ".join(
                f'<img src="{path.name}" alt="{stop.replace("-", " ")}, {name.replace("-", " and ")}" '
                f'width="{180 if LOOKS[name].is_narrow else 560}">'
                for name, path in shown
                if path.exists()
            ),
            "",
        ]
    (folder / "README.md").write_text("\n".join(lines), encoding="utf-8")


def _oldest_first(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: path.stat().st_mtime_ns)


def take(address: str, folder: Path, only: tuple[str, ...] = ()) -> list[Path]:
    """Take every picture, `wide-mention.webp`, `dark-filters.webp` and so on; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    with chromium() as browser:
        for name, look in LOOKS.items():
            if only and name not in only:
                continue
            context = browser.new_context(
                viewport={"width": look.width, "height": look.height},
                color_scheme=look.scheme,
                device_scale_factor=look.scale,
                reduced_motion="reduce",
                locale="en-US",
            )
            page = context.new_page()
            page.request.post(f"{address}/control/clear")
            page.goto(address)
            walk = Walk(page, name, look, folder)
            for part in (ways_in, buttons, japanese):
                part(walk)
            taken += walk.taken
            context.close()
    gallery(folder)
    return taken


@contextmanager
def chromium() -> Iterator[Any]:
    """Start the machine's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def demo() -> Iterator[str]:
    """`looksee demo` with a data folder of its own; its address."""
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "looksee", "demo", "--no-browser", "--port", "0", "--data", data]
        running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            assert running.stdout
            said = ""
            for line in running.stdout:
                said += line
                if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                    yield found.group()
                    return
            raise SystemExit(f"The demo did not start: {said.strip()[-300:]}")
        finally:
            running.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(10)
            running.kill()


def hand_over(page: Any, name: str, event: str) -> None:
    """Paste or drop one of the photos."""
    photo = ROOT / "examples" / "catalogue" / "questions" / "photos" / PHOTOS[name]
    hand_file_over(page, name, photo.read_bytes(), event)


def hold_over(page: Any) -> None:
    """Drag a photo over the conversation, and hold it there."""
    page.locator(".lk-conversation textarea").first.evaluate(
        "(box) => box.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true }))"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("address", nargs="?", default="")
    parser.add_argument("--only", nargs="+", choices=LOOKS, default=())
    given = parser.parse_args()
    with contextlib.nullcontext(given.address) if given.address else demo() as where:
        take(where, given.folder, tuple(given.only))
