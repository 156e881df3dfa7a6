"""`python -m examples.catalogue.written`: write the written question sets again, from what the catalogue now holds."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

from examples.catalogue.specs import KINDS
from examples.catalogue.written.absent import absent
from examples.catalogue.written.questions import written

FOLDER = Path(__file__).parent.parent


def catalogue_facts() -> list[dict[str, Any]]:
    """Attributes of every product, with the English name and all options of its kind."""
    with gzip.open(FOLDER / "attributes.jsonl.gz", "rt", encoding="utf-8") as lines:
        products = [json.loads(line) for line in lines]
    for product in products:
        kind = KINDS[product["kind"]]
        product["kind_en"] = kind.en
        product["all_options"] = [(name, option.key) for name, options in kind.options for option in options]
    return products


def splits() -> dict[str, str]:
    """Product id -> train, dev or test."""
    with (FOLDER / "split.csv").open(encoding="utf-8", newline="") as rows:
        return {row["item_id"]: row["split"] for row in csv.DictReader(rows)}


def main() -> None:
    """Write every set and say how many questions it has."""
    folder = FOLDER / "questions"
    folder.mkdir(exist_ok=True)
    sets = {**written(catalogue_facts(), splits()), "absent_words": list(absent())}
    for name, questions in sets.items():
        lines = "".join(f"{json.dumps(question, ensure_ascii=False)}\n" for question in questions)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        print(f"{name}: {len(questions)}")


if __name__ == "__main__":
    main()
