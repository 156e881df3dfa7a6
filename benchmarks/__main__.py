"""Runs every benchmark in a process of its own and writes docs/performance.md: `make bench`.

Run it on a quiet machine. `python -m benchmarks answers store` runs those named and leaves the other sections alone.
`opensearch`, which starts a server, is run only by its name: `make bench-opensearch`.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import page

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """# Performance

Written by `make bench`: each section is one run on one machine, with its baseline measured in the same run. Compare
within a section; machines differ, and so do days.
"""


def main(chosen: list[str]) -> int:
    """Run the benchmarks named, or all; the exit code."""
    there = SECTIONS | BY_NAME
    unknown = set(chosen) - set(there)
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(there)}.", file=sys.stderr)
        return 2
    for name in chosen or SECTIONS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        put_section(name, there[name]())
    return 0


def _answers() -> str:
    m = json.loads(_run("benchmarks.answers"))
    rows = [
        ("words to hits, p50", f"{m['words_p50']:.1f} ms", "5 ms"),
        ("words to hits, p99", f"{m['words_p99']:.1f} ms", "20 ms"),
        ("12-megapixel photo to hits, p50", f"{m['photo_p50']:.0f} ms", "80 ms"),
        ("12-megapixel photo to hits, p99", f"{m['photo_p99']:.0f} ms", "–"),
        ("process start to first answer, median", f"{m['cold_start_s']:.2f} s", "1.5 s"),
    ]
    return "## Answers: the bundled model, 1,639 products\n\n" + _table(("", "measured", "at most"), rows)


def _catalogue() -> str:
    text = _run("benchmarks.catalogue_to_searchable").strip()
    return f"## Catalogue to searchable: ours against the notebook's way\n\n```\n{text}\n```\n"


def _store() -> str:
    columns = [json.loads(line) for line in _run("benchmarks.store").splitlines()]
    names = list(dict.fromkeys(name for column in columns for name in column))
    rows = [(name, *(str(column.get(name, "")) for column in columns)) for name in names if name != "products"]
    head = ("milliseconds unless named otherwise", *(f"{c['products']:,} products" for c in columns))
    return "## The embedded store\n\n" + _table(head, rows)


def _slack() -> str:
    text = _run("benchmarks.slack_latency").strip()
    return f"## Slack event to posted answer, in the local Slack\n\n```\n{text}\n```\n"


def _acks() -> str:
    measured: dict[str, dict[str, float]] = json.loads(_run("benchmarks.acks"))
    about = {"paced": "20 questions a second", "burst": "60 questions in the same instant"}
    rows = [
        (
            about[way],
            name,
            f"{m[kind + '_p50']:.1f} ms",
            f"{m[kind + '_p99']:.1f} ms",
            f"{m[kind + '_most']:.1f} ms",
            most,
        )
        for way, m in measured.items()
        for name, kind, most in (
            ("event sent to acknowledgement come, seen from Slack", "slack", "p99 100 ms"),
            ("event read to acknowledgement written, in the bot", "bot", "–"),
            ("question sent to status shown", "status", "500 ms"),
        )
    ]
    table = _table(("", "", "p50", "p99", "most", "asked"), rows)
    spent = (
        f"Processor time of the bot for a question, until its status stands: {measured['paced']['spent_ms']:.1f} ms."
    )
    shared = "Slack tells of a question in two events. The local Slack has a process of its own, on the same cores."
    return f"## Acknowledgements while the encoder stalls for 10 s\n\n{shared}\n\n{table}\n{spent}\n"


def _inference() -> str:
    measured: dict[str, Any] = json.loads(_run("benchmarks.inference"))
    rows = [(name, f"{value:.2f}") for name, value in measured.items()]
    return "## Pictures and encoder\n\n" + _table(("milliseconds unless named otherwise", ""), rows)


def _encoding() -> str:
    measured = json.loads(_run("benchmarks.encoding"))
    head = ("", "pictures", "one a request", "batched", "requests", "encoder alone", "times faster", "worst cosine")
    rows = [
        (
            m["model"],
            f"{m['pictures']:,}",
            f"{m['one_a_request_s']:.2f} s",
            f"{m['batched_s']:.2f} s",
            str(m["batched_requests"]),
            f"{m['encoder_s']:.2f} s",
            f"{m['ratio']:.2f}",
            f"{m['worst_cosine']:.6f}",
        )
        for m in measured
    ]
    about = (
        "One server answers both forms in one run: a picture's bytes a request, as in the AWS article, and our batches."
    )
    asked = (
        "Asked for: 3 times faster with the bundled model, never slower with RN50. The encoder alone, on all cores\n"
        "and with nothing to decode, sets the most that any form of request can reach."
    )
    return f"## Encoding over HTTP: batches against one picture a request\n\n{about}\n{asked}\n\n" + _table(head, rows)


def _images() -> str:
    measured = json.loads(_run("benchmarks.images"))
    about = (
        "Started with a read-only root and no capability, on a base that debootstrap makes (Debian 12 with its own\n"
        "Python; `python:3.12-slim-bookworm`, which the Dockerfile names, could not be fetched here). The last row is\n"
        "the article's serving software as pip installs it here, with a CUDA build of torch, without base and Java:\n"
        "it is not AWS's container. Files are counted unpacked; memory is the proportional set size of all processes\n"
        "after 50 requests."
    )
    table = _table(list(measured[0]), [[str(value) for value in row.values()] for row in measured])
    return f"## Images: size, start, memory\n\n{about}\n\n{table}"


SECTIONS: dict[str, Callable[[], str]] = {
    "answers": _answers,
    "slack": _slack,
    "acks": _acks,
    "store": _store,
    "inference": _inference,
    "catalogue": _catalogue,
    "encoding": _encoding,
    "images": _images,
}


BY_NAME: dict[str, Callable[[], str]] = {"opensearch": lambda: _run("benchmarks.opensearch")}


def _run(module: str) -> str:
    done = subprocess.run([sys.executable, "-W", "ignore", "-m", module], stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def put_section(name: str, text: str) -> None:
    """Put a section into the page, in the place of an earlier one of that name."""
    page.put_section(PAGE, name, text, HEAD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
