"""Kinds of thing that a model has not seen -> what `looksee model tune` makes of it: dev recall before and after.

    python -m benchmarks.quality_tuning [--checkpoint weights.pt] [--tune-minutes 2] [--train-minutes 3]

With a checkpoint of a training run (its tokenizer.json beside it), it is tuned on the photos of things that the sample
catalogue does not carry, four fifths of them; the others are asked. Without one, a small model is first trained on the
catalogue without every seventh kind, then tuned on those kinds alone. Needs the `train` extra.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.evaluate_questions import read_facts, read_questions

if TYPE_CHECKING:
    from inference.train.examples import Example

CATALOGUE = Path(__file__).parents[1] / "examples" / "catalogue"
EVERY = 7
DEV_EVERY = 5
BLOCKS = 2
Figures = Mapping[str, float]


def strange_photos() -> "list[Example]":
    """Photos of things that the catalogue does not carry, by kind; every fifth of a kind is for dev."""
    from inference.train.examples import Example, Fact

    file = CATALOGUE / "questions" / "absent.jsonl"
    photos = [question for split in ("dev", "test") for question in read_questions(file, split=split)]
    numbers: dict[str, int] = {}
    examples = []
    for question in photos:
        number = numbers[question.style] = numbers.get(question.style, -1) + 1
        kind = Fact("kind", question.style.replace("_", " "))
        examples.append(
            Example(
                picture=Path(question.photo), group=question.style, facts=(kind,), photo=True,
                split="train" if number % DEV_EVERY else "dev",
            )
        )  # fmt: skip
    return examples


def tuned(weights: Path, examples: "Sequence[Example]", minutes: float, folder: Path) -> tuple[Figures, Figures]:
    """Dev figures before and after tuning a checkpoint."""
    import torch

    from inference.tokenizer import Tokenizer
    from inference.train.checkpoints import Checkpoint
    from inference.train.tune import tune

    base = Checkpoint(weights=torch.load(weights, weights_only=True), name="base", source="a training run")
    done = tune(
        base, Tokenizer.read(weights.with_name("tokenizer.json")), examples, folder / "tuned",
        minutes=minutes, work=folder / "tuned-run", blocks=BLOCKS, prompt="{}", say=_say,
    )  # fmt: skip
    return done.before, done.after


def trained_without(folder: Path, minutes: float) -> "tuple[Path, list[Example]]":
    """A model that has not seen every seventh kind, and the examples of those kinds."""
    from inference.train.abo import abo_examples
    from inference.train.training import train

    kind_of = {name: min(facts["kind"]) for name, facts in read_facts(CATALOGUE / "attributes.jsonl.gz").items()}
    unseen = sorted(set(kind_of.values()))[::EVERY]
    examples = list(abo_examples(CATALOGUE))
    known = [example for example in examples if kind_of[example.group] not in unseen]
    train(known, folder / "base", minutes=minutes, work=folder / "base-run", say=_say)
    return folder / "base-run" / "weights.pt", [example for example in examples if kind_of[example.group] in unseen]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def section(checkpoint: Path | None = None, tune_minutes: float = 2, train_minutes: float = 3) -> str:
    """Markdown."""
    from inference.train.model_card import NAMES

    with tempfile.TemporaryDirectory(prefix="looksee-tuning-") as name:
        folder = Path(name)
        if checkpoint:
            weights, examples = checkpoint, strange_photos()
            base = (
                f"The checkpoint of the bundled model and {len({e.group for e in examples})} kinds of thing that the "
            )
            base += "sample catalogue does not carry: phone photos, four fifths to learn from"
        else:
            weights, examples = trained_without(folder, train_minutes)
            base = f"A small model trained for {train_minutes:g} minutes on the sample catalogue without some of its "
            base += "kinds, and the products of those"
        before, after = tuned(weights, examples, tune_minutes, folder)
    told = (
        f"{base}. `looksee model tune` for {tune_minutes:g} minutes (the {BLOCKS} last blocks of each tower); asked is "
        "what neither run learned from. Measured by `python -m benchmarks.quality tuning"
        f"{' --checkpoint weights.pt' if checkpoint else ''}`; on a catalogue of your own it is "
        f"`looksee model tune CHECKPOINT SOURCE --minutes {tune_minutes:g} --blocks {BLOCKS}`."
    )
    rows = [f"| {NAMES[name]} | {before[name]:.3f} | {value:.3f} |" for name, value in after.items() if name in NAMES]
    head = ["## Tuning on kinds that a model has not seen", "", told, ""]
    return "\n".join([*head, "| question | before | after |", "|---|---|---|", *rows, ""])


def main(argv: Sequence[str] | None = None) -> int:
    """Print the section."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, help="weights.pt of a training run")
    parser.add_argument("--tune-minutes", type=float, default=2)
    parser.add_argument("--train-minutes", type=float, default=3)
    args = parser.parse_args(argv)
    print(section(args.checkpoint, args.tune_minutes, args.train_minutes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
