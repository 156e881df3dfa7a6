"""A section's text in, the page with it out: each benchmark writes its own part and leaves the others alone."""

import platform
import re
from datetime import UTC, datetime
from pathlib import Path

import psutil


def put_section(page: Path, name: str, text: str, head: str) -> None:
    """Put a section into a page, in the place of an earlier one of that name.

    Args:
        page: a Markdown file; where it is not there yet, it begins with `head`.
        name: of the section, told in comments around it.
        text: Markdown.
        head: the page's title and first words.
    """
    written = page.read_text(encoding="utf-8") if page.exists() else head
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    whole = f"{begin}\n{text}\n{machine()}\n{end}"
    found = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    written = found.sub(lambda _: whole, written) if found.search(written) else f"{written.rstrip()}\n\n{whole}\n"
    page.write_text(written, encoding="utf-8")


def machine() -> str:
    """The machine and the day, in a line."""
    facts = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.+)", facts.read_text()) if facts.exists() else None
    cores, memory = psutil.cpu_count(), psutil.virtual_memory().total / 2**30
    name = model.group(1) if model else platform.machine()
    today = datetime.now(UTC).date().isoformat()
    return f"{name}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}, {today}."
