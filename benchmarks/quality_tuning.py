"""Kinds of thing that a model has not seen -> what `looksee model tune` makes of it: dev recall before and after.

    python -m benchmarks.quality_tuning [--train-minutes 3] [--tune-minutes 2]

A small model is trained from scratch on the sample catalogue without every seventh kind, then tuned on the products of
those kinds alone. Asked are their dev products, which neither run learns from. Needs the `train` extra.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.evaluate_questions import read_facts

CATALOGUE = Path(__file__).parents[1] / "examples" / "catalogue"
EVERY = 7
BLOCKS = 2


def tuned(train_minutes: float, tune_minutes: float) -> tuple[list[str], Mapping[str, float], Mapping[str, float]]:
    """The unseen kinds, and dev figures on them before and after tuning."""
    import torch

    from inference.tokenizer import Tokenizer
    from inference.train.abo import abo_examples
    from inference.train.checkpoints import Checkpoint
    from inference.train.training import train
    from inference.train.tune import tune

    kind_of = {name: min(facts["kind"]) for name, facts in read_facts(CATALOGUE / "attributes.jsonl.gz").items()}
    unseen = sorted(set(kind_of.values()))[::EVERY]
    examples = list(abo_examples(CATALOGUE))
    strange = [example for example in examples if kind_of[example.group] in unseen]
    known = [example for example in examples if kind_of[example.group] not in unseen]

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory(prefix="looksee-tuning-") as name:
        folder = Path(name)
        train(known, folder / "base", minutes=train_minutes, work=folder / "base-run", say=say)
        weights = torch.load(folder / "base-run" / "weights.pt", weights_only=True)
        base = Checkpoint(weights=weights, name="base", source="the sample catalogue without these kinds")
        done = tune(
            base, Tokenizer.read(folder / "base-run" / "tokenizer.json"), strange, folder / "tuned",
            minutes=tune_minutes, work=folder / "tuned-run", blocks=BLOCKS, prompt="{}", say=say,
        )  # fmt: skip
    return unseen, done.before, done.after


def section(train_minutes: float = 3, tune_minutes: float = 2) -> str:
    """Markdown."""
    from inference.train.model_card import NAMES

    unseen, before, after = tuned(train_minutes, tune_minutes)
    named = ", ".join(kind.replace("_", " ") for kind in unseen)
    told = (
        f"A small model trained for {train_minutes:g} minutes on the sample catalogue without {len(unseen)} of its "
        f"kinds ({named}), then `looksee model tune` for {tune_minutes:g} minutes on those alone (the {BLOCKS} last "
        "blocks of each tower). Asked are their dev products, which neither run learns from."
    )
    rows = [f"| {NAMES[name]} | {before[name]:.3f} | {value:.3f} |" for name, value in after.items() if name in NAMES]
    head = [
        "## Tuning on kinds that a model has not seen",
        "",
        told,
        "",
        "| question | before | after |",
        "|---|---|---|",
    ]
    return "\n".join([*head, "|---|---|---|", *rows, ""])


def main(argv: Sequence[str] | None = None) -> int:
    """Print the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train-minutes", type=float, default=3)
    parser.add_argument("--tune-minutes", type=float, default=2)
    args = parser.parse_args(argv)
    print(section(args.train_minutes, args.tune_minutes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
