"""Judged questions in; a table for the terminal, plots, and an HTML page with the worst misses out."""

import base64
import html
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from rich import box
from rich.table import Table

from bot.evaluate import Judged
from bot.evaluate_questions import Facts
from indexing.product import Product
from indexing.store import VectorStore

COLUMNS = {
    "n": "n",
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "ndcg@10": "nDCG",
    "mrr": "MRR",
    "answered": "answ.",
    "excluded@5": "excl.",
}
"""Figures by their names in the document, and as a narrow terminal shows them."""
WORST = 40
"""Misses that the page shows."""
TOP = 5


def table(document: Mapping[str, object]) -> Table:
    """The figures of each set, ours and the baselines' beneath, as a table of rich."""
    title = f"{document['model_id']}, {document['products']} products"
    shown = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, padding=0)
    shown.add_column("set", no_wrap=True)
    shown.add_column("by", no_wrap=True)
    for heading in COLUMNS.values():
        shown.add_column(heading, justify="right", no_wrap=True)
    baselines = document["baselines"]
    sets = document["sets"]
    if not isinstance(sets, dict) or not isinstance(baselines, dict):
        raise TypeError("a document of evaluate() has sets and baselines")
    for name, figures in sets.items():
        shown.add_row(name, "looksee", *_cells(figures, with_interval=True))
        for other, others in baselines.items():
            if name in others:
                shown.add_row("", other, *_cells(others[name]), style="dim")
        shown.add_section()
    return shown


def _cells(figures: Mapping[str, object], *, with_interval: bool = False) -> list[str]:
    cells = []
    intervals = figures.get("interval")
    for name in COLUMNS:
        value = figures.get(name)
        if value is None:
            cells.append("")
        elif name == "n":
            cells.append(str(value))
        elif with_interval and name == "recall@1" and isinstance(intervals, dict):
            low, high = intervals[name]
            cells.append(f"{value:.3f} ±{(high - low) / 2:.2f}".replace("0.", "."))
        else:
            cells.append(f"{value:.3f}".removeprefix("0"))
    return cells


def write_plots(judged: Sequence[Judged], facts: Mapping[str, Facts], folder: Path) -> list[Path]:
    """Write recall by style, the confidence curve and the confusion of kinds as PNG; needs the `train` extra.

    Args:
        judged: what our search answered.
        facts: attributes by product id; `kind`, else `category`, names what is confused.
        folder: made where it is missing.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    drawings: tuple[tuple[str, Callable[[object], bool]], ...] = (
        ("recall_by_style", lambda axes: _draw_styles(axes, judged)),
        ("confidence", lambda axes: _draw_confidence(axes, judged)),
        ("confusion_of_kinds", lambda axes: _draw_confusion(axes, judged, facts)),
    )
    for name, draw in drawings:
        figure, axes = pyplot.subplots(figsize=(8, 6), layout="constrained")
        if draw(axes):
            path = folder / f"{name}.png"
            figure.savefig(path, dpi=110)
            written.append(path)
        pyplot.close(figure)
    return written


def _draw_styles(axes, judged: Sequence[Judged]) -> bool:  # type: ignore[no-untyped-def]  # matplotlib has no types
    groups: dict[str, list[float]] = {}
    for entry in judged:
        if "recall@1" in entry.figures:
            question = entry.asked.question
            groups.setdefault(f"{question.set} {question.style}".strip(), []).append(entry.figures["recall@1"])
    if not groups:
        return False
    names = sorted(groups)
    axes.barh(names, [float(np.mean(groups[name])) for name in names], color="#3b6ea5")
    axes.set_xlim(0, 1)
    axes.set_xlabel("recall@1")
    axes.set_title("A right product first, by style of question")
    axes.invert_yaxis()
    return True


def _draw_confidence(axes, judged: Sequence[Judged]) -> bool:  # type: ignore[no-untyped-def]  # matplotlib has no types
    carried = np.array([e.outcome.score for e in judged if e.asked.question.set != "absent"])
    absent = np.array([e.outcome.score for e in judged if e.asked.question.set == "absent"])
    if not len(carried):
        return False
    limits = np.linspace(0, 1, 101)
    axes.plot(limits, [(carried >= limit).mean() for limit in limits], label="carried: answered", color="#2f8a43")
    if len(absent):
        axes.plot(limits, [(absent < limit).mean() for limit in limits], label="not carried: refused", color="#c4161c")
    axes.axvline(0.5, color="#888888", linestyle=":", label="limit")
    axes.set_xlabel("score of the first hit")
    axes.set_ylabel("share of questions")
    axes.set_title("What another limit of confidence would do")
    axes.legend()
    return True


def _draw_confusion(axes, judged: Sequence[Judged], facts: Mapping[str, Facts]) -> bool:  # type: ignore[no-untyped-def]  # matplotlib has no types
    pairs = Counter(pair for entry in judged if (pair := _confused(entry, facts)))
    if not pairs:
        return False
    busiest = Counter(name for pair, count in pairs.items() for name in pair for _ in range(count))
    names = [name for name, _ in busiest.most_common(25)]
    grid = np.zeros((len(names), len(names)))
    for (asked, found), count in pairs.items():
        if asked in names and found in names:
            grid[names.index(asked), names.index(found)] = count
    axes.imshow(grid, cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("found first")
    axes.set_ylabel("asked for")
    axes.set_title("Kinds taken for one another")
    return True


def _confused(entry: Judged, facts: Mapping[str, Facts]) -> tuple[str, str] | None:
    """(kind asked for, kind found first) where they differ."""
    if not entry.outcome.ids or not entry.asked.right:
        return None
    asked = _kind(facts.get(min(entry.asked.right), {}))
    found = _kind(facts.get(entry.outcome.ids[0], {}))
    return (asked, found) if asked and found and asked != found else None


def _kind(facts: Facts) -> str:
    return min(facts.get("kind") or facts.get("category") or {""})


def worst(judged: Sequence[Judged]) -> list[Judged]:
    """The misses that say most: a right product is far down or nowhere, or a thing not carried is taken for carried."""

    def badness(entry: Judged) -> float:
        if entry.asked.question.set == "absent":
            return entry.outcome.score if entry.figures["answered"] else 0.0
        return 1 - entry.figures.get("mrr", 1.0) + entry.figures.get("excluded@5", 0.0)

    missed = [entry for entry in judged if badness(entry) > 0.4]
    return sorted(missed, key=lambda entry: (-badness(entry), entry.asked.question.id))[:WORST]


def write_page(
    document: Mapping[str, object],
    judged: Sequence[Judged],
    store: VectorStore,
    picture_of: Callable[[Product], bytes | None],
    path: Path,
    plots: Sequence[Path] = (),
) -> None:
    """Write one HTML file with the figures, the plots and the worst misses; pictures are inside it.

    Args:
        document: of `evaluate`.
        judged: of `evaluate`.
        store: whose products are shown.
        picture_of: a product's main picture as JPEG or PNG bytes; None where it has none.
        path: the file; its folder is there.
        plots: PNG files to put on the page.
    """
    misses = worst(judged)
    ids = {name for entry in misses for name in (*entry.outcome.ids[:TOP], *sorted(entry.asked.right)[:1])}
    products = store.products(sorted(ids))
    pictures = {name: _data_uri(picture_of(product)) for name, product in products.items()}
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>",
        f"<title>How well Looksee finds</title><style>{_STYLE}</style><h1>How well Looksee finds</h1>",
        f"<p>{html.escape(str(document['model_id']))}, {document['products']} products.</p>",
        _figures_html(document),
        "<div class=plots>",
        *(
            f'<img class=plot alt="{plot.stem.replace("_", " ")}" src="{_data_uri(plot.read_bytes())}">'
            for plot in plots
        ),
        f"</div><h2>The {len(misses)} worst misses</h2>",
        *(_miss_html(entry, products, pictures) for entry in misses),
    ]
    path.write_text("\n".join(parts), encoding="utf-8")


_STYLE = (
    "body{font:15px/1.4 system-ui;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1d1c1d}"
    ".figures{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
    "td,th{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #ddd;white-space:nowrap}"
    "td:first-child,th:first-child,td:nth-child(2),th:nth-child(2){text-align:left}.other td{color:#666}"
    ".plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:1rem}"
    ".plot{width:100%;height:auto}"
    ".miss{display:grid;grid-template-columns:14rem 1fr;gap:1rem;border-top:1px solid #ddd;padding:.8rem 0}"
    ".found{display:grid;grid-template-columns:repeat(auto-fill,minmax(7rem,1fr));gap:.6rem;align-content:start}"
    "figure{margin:0;font-size:12px;overflow-wrap:anywhere}"
    ".miss img{display:block;margin-bottom:.3rem;width:100%;aspect-ratio:1;object-fit:contain;"
    "background:#f6f6f6;border-radius:4px}"
    ".right img{outline:3px solid #2f8a43}.right figcaption::before{content:'right: ';color:#2f8a43;font-weight:600}"
    "@media(max-width:40rem){.miss{grid-template-columns:1fr}.ask img{max-width:10rem}}"
)


def _figures_html(document: Mapping[str, object]) -> str:
    sets, baselines = document["sets"], document["baselines"]
    if not isinstance(sets, dict) or not isinstance(baselines, dict):
        raise TypeError("a document of evaluate() has sets and baselines")
    rows = [
        _row_html(name if who == "looksee" else "", who, own)
        for name, figures in sets.items()
        for who, own in (("looksee", figures), *((other, own[name]) for other, own in baselines.items()))
    ]
    heads = "".join(f"<th>{name}</th>" for name in ("set", "by", *COLUMNS))
    return f"<div class=figures><table><tr>{heads}</tr>{''.join(rows)}</table></div>"


def _row_html(name: str, who: str, figures: Mapping[str, object]) -> str:
    cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in (name, who, *_cells(figures)))
    return f"<tr{'' if who == 'looksee' else ' class=other'}>{cells}</tr>"


def _miss_html(entry: Judged, products: Mapping[str, Product], pictures: Mapping[str, str]) -> str:
    question = entry.asked.question
    data = Path(question.photo).read_bytes() if question.photo else None
    photo = f'<img alt="the photo asked with" src="{_data_uri(data)}">' if data else ""
    wanted = "nothing: it is not carried" if not entry.asked.right else ""
    told = f"<b>{html.escape(question.text)}</b><br>{question.set} {html.escape(question.style)} {wanted}"
    shown = entry.outcome.ids[:TOP]
    names = [*shown, *(name for name in sorted(entry.asked.right)[:1] if name not in shown)]
    figures = (_figure(name, products, pictures, is_right=name in entry.asked.right) for name in names)
    return f"<div class=miss><figure class=ask>{photo}{told}</figure><div class=found>{''.join(figures)}</div></div>"


def _figure(name: str, products: Mapping[str, Product], pictures: Mapping[str, str], *, is_right: bool) -> str:
    title = html.escape(products[name].title if name in products else name)
    image = f'<img alt="" src="{pictures[name]}">' if pictures.get(name) else ""
    return f"<figure{' class=right' if is_right else ''}>{image}<figcaption>{title}</figcaption></figure>"


def _data_uri(data: bytes | None) -> str:
    if not data:
        return ""
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
