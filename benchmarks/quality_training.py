"""A finished training run's folder in, its curve out: dev recall over the pictures seen, for docs/quality.md.

`looksee model train --work FOLDER` keeps the run there; `python -m benchmarks.quality training --run FOLDER` draws it.
Needs the `train` extra.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

FINISHED = "finished.pt"
ROWS = 8
"""Points of the curve that the table shows."""
History = Sequence[Mapping[str, float]]


def section(run: Path, plot: Path) -> str:
    """Markdown with a table and a plot, which is written.

    Args:
        run: the work folder of a finished run.
        plot: the SVG to write.

    Raises:
        SystemExit: no finished run lies there.
    """
    import torch

    from inference.train.model_card import NAMES

    kept = run / FINISHED
    if not kept.exists():
        raise SystemExit(f"There is no finished run in {run}; give the folder of `looksee model train --work FOLDER`.")
    history: History = torch.load(kept, map_location="cpu", weights_only=True)["history"]
    names = {name: said for name, said in NAMES.items() if name in history[-1]}
    draw(history, names, plot)
    places = dict.fromkeys(round(i * (len(history) - 1) / (ROWS - 1)) for i in range(ROWS))
    rows = [
        f"| {point['pictures']:,.0f} | {point['seconds'] / 60:.0f} | "
        + " | ".join(f"{point[name]:.3f}" for name in names)
        + " |"
        for point in (history[place] for place in places)
    ]
    head = [
        "## How the bundled model learned",
        "",
        "Dev products, never trained on, by the augmented pictures seen; photos search among dev products alone.",
        "",
        f"| pictures | minutes | {' | '.join(names.values())} |",
        f"|---|---|{'---|' * len(names)}",
    ]
    return "\n".join([*head, *rows, "", f"![The training's curve](quality/{plot.name})", ""])


def draw(history: History, names: Mapping[str, str], file: Path) -> None:
    """Recall by pictures seen, a line for each question."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    matplotlib.rcParams["svg.hashsalt"] = "looksee"  # the same figures make the same file
    figure, axes = pyplot.subplots(figsize=(8, 4), layout="constrained")
    seen = [point["pictures"] / 1000 for point in history]
    for name, said in names.items():
        axes.plot(seen, [point[name] for point in history], "o-", markersize=3, label=said)
    axes.set_xlabel("thousand pictures seen")
    axes.set_ylabel("share right")
    axes.set_ylim(0, 1)
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8, loc="lower right")
    axes.spines[["top", "right"]].set_visible(False)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)
