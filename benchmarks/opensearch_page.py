"""Figures of `benchmarks.opensearch` in, their section of docs/performance.md and its plot out."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.opensearch_measures import LEAST_RECALL, SEARCHES_A_SECOND

Line = tuple[str, str, str]
FILTERED = {"": "no filter", "filter_50": "a filter that keeps 50 %", "filter_1": "a filter that keeps 1 %"}
WORDY = {"none": "floats (none)", "sq": "7 bits (sq)"}


def section_of(told: Mapping[str, Any], plot: str) -> str:
    """The section, of as many parts as have been measured; `plot` is the picture's address, or empty."""
    sizes = told["sizes"]
    loads = ", ".join(f"{name} {told[name]['load']:.1f}" for name in PARTS if name in told)
    about = (
        f"{2 * sizes['products']:,} vectors of {sizes['dim']:,}, two a product, clustered and synthetic, with metadata"
        f". {told['server']}. Client and server share the cores. A row is a document with its vector; making vectors "
        f"and rows is in no figure. Load of the machine when each part began: {loads}."
    )
    lines = ["## The OpenSearch store", "", about, "", "| | measured | wanted |", "|---|---|---|"]
    for name, part in PARTS.items():
        if name in told:
            lines += [f"| {a} | {b} | {c} |" for a, b, c in part(told)]
    if "search" in told:
        lines += ["", "| `ef_search` | p50 ms | p99 ms | recall@10 |", "|---|---|---|---|"]
        widths = told["search"]["by_width"].items()
        lines += [f"| {width} | {m['p50']:.1f} | {m['p99']:.1f} | {m['recall']:.3f} |" for width, m in widths]
    if "compression" in told:
        lines += ["", *_compression_table(told["compression"])]
    if plot:
        lines += ["", f"![Rows a second, recall by p50, and latency by filter]({plot})"]
    return "\n".join([*lines, ""])


def draw(told: Mapping[str, Any], file: Path) -> None:
    """Rows a second; recall over p50, a point for each `ef_search`; p50 and p99 by filter."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams["svg.hashsalt"] = "looksee"  # the same figures make the same file
    figure, (speed, recall, latency) = pyplot.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    rates = {"the article's loop": told["article"]["rows_s"], "Looksee": told["fill"]["rows_s"]}
    bars = speed.bar(list(rates), list(rates.values()), color=["#b0b7c3", "#3b6fd4"])
    speed.bar_label(bars, fmt="{:,.0f}")
    speed.set_title("rows indexed a second")
    points = [(m["p50"], m["recall"], width) for width, m in told["search"]["by_width"].items()]
    recall.plot([p for p, _, _ in points], [r for _, r, _ in points], "o-", color="#3b6fd4")
    for p50, found, width in points:
        recall.annotate(f"ef {width}", (p50, found), textcoords="offset points", xytext=(5, -12), fontsize=8)
    recall.axhline(LEAST_RECALL, linestyle=":", color="grey")
    recall.set_xlabel("p50, ms")
    recall.set_title("recall@10")
    names = ["none", "50 %", "1 %"]
    for shift, figure_name, colour in ((-0.2, "p50", "#3b6fd4"), (0.2, "p99", "#9dbcf5")):
        heights = [told["search"][name][figure_name] for name in FILTERED]
        bars = latency.bar([i + shift for i in range(3)], heights, 0.4, label=figure_name, color=colour)
        latency.bar_label(bars, fmt="{:.1f}", fontsize=8)
    latency.set_xticks(range(3), names)
    latency.set_xlabel("filter")
    latency.set_title("k = 10, ms")
    latency.legend()
    for axes in (speed, recall, latency):
        axes.spines[["top", "right"]].set_visible(False)
    figure.suptitle(f"{2 * told['sizes']['products']:,} vectors of {told['sizes']['dim']:,} in OpenSearch", fontsize=11)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


def _article(told: Mapping[str, Any]) -> Iterator[Line]:
    m = told["article"]
    yield f"the article's loop, one document a request ({m['documents']:,})", f"{m['rows_s']:.0f} rows/s", ""


def _fill(told: Mapping[str, Any]) -> Iterator[Line]:
    m = told["fill"]
    yield "Looksee, bulk in two threads", f"{m['rows_s']:.0f} rows/s", ""
    if "article" in told:
        yield "against the article's loop", f"{m['rows_s'] / told['article']['rows_s']:.1f} times", ">= 8"
    whole = f"{m['build_s']:.0f} s: {m['fill_s']:.0f} + {m['finish_s']:.0f} + {m['verify_s']:.0f}"
    yield "the whole build: filling, finishing with the merge to one segment, verifying", whole, ""
    b = m["bytes"]
    shares = f"{b['all']:,.0f}: floats {b['floats']:,.0f}, graph {b['graph']:,.0f}, documents the rest"
    yield "bytes a vector on the disk", shares, ""


def _search(told: Mapping[str, Any]) -> Iterator[Line]:
    for name, label in FILTERED.items():
        m = told["search"][name]
        figures = f"{m['p50']:.1f} / {m['p99']:.1f} ms, recall {m['recall']:.3f}"
        yield f"k = 10 at `ef_search` {told['search']['width']}, {label}: p50 / p99", figures, "recall >= .99"


def _update(told: Mapping[str, Any]) -> Iterator[Line]:
    m = told["update"]
    steps = " + ".join(f"{m[name]:.1f}" for name in ("clone_s", "known_s", "write_s", "finish_s", "verify_s"))
    name = f"1 % of the products changed ({m['products_changed']:,}): clone, look what is known, write, finish, verify"
    yield name, f"{m['seconds']:.1f} s: {steps}", ""
    if "fill" in told:
        yield "the same as a share of the whole build", f"{m['seconds'] / told['fill']['build_s']:.1%}", "<= 2 %"


def _kill(told: Mapping[str, Any]) -> Iterator[Line]:
    m = told["kill"]
    name = f"building {m['vectors']:,} vectors, killed with -9 at half and resumed, against unbroken"
    yield name, f"{m['killed_s'] / m['unbroken_s'] - 1:+.1%} ({m['killed_s']:.0f} s, {m['unbroken_s']:.0f} s)", "< 10 %"


def _beside(told: Mapping[str, Any]) -> Iterator[Line]:
    m = told["beside"]
    name = f"{SEARCHES_A_SECOND} searches a second: p50 / p99"
    yield f"{name}, idle", f"{m['idle']['p50']:.1f} / {m['idle']['p99']:.1f} ms", ""
    busy = f"{m['busy']['p50']:.1f} / {m['busy']['p99']:.1f} ms"
    yield f"{name}, while {m['vectors']:,} vectors are indexed", busy, ""


def _compression(told: Mapping[str, Any]) -> Iterator[Line]:
    yield from ()


def _compression_table(told: Mapping[str, Any]) -> list[str]:
    head = f"| compression ({told['vectors']:,} vectors) | floats | quantised | graph | all of the index | recall@10 |"
    lines = [f"{head} p50 ms |", "|---|---|---|---|---|---|---|"]
    for kind, label in WORDY.items():
        m, b = told[kind], told[kind]["bytes"]
        sizes = " | ".join(f"{b[name]:,.0f}" for name in ("floats", "quantised", "graph", "all"))
        lines.append(f"| {label}, bytes a vector | {sizes} | {m['recall']:.3f} | {m['p50']:.1f} |")
    note = "A search reads the graph and the quantised numbers where there are some, else the floats: that much of it"
    return [*lines, "", f"{note} should fit into memory. The floats stay on the disk with either."]


PARTS = {
    "article": _article,
    "fill": _fill,
    "search": _search,
    "update": _update,
    "beside": _beside,
    "kill": _kill,
    "compression": _compression,
}
"""Name of a part -> its lines of the table, in the order in which they are measured."""
