"""What SageMaker starts in a training container: its folders in, `looksee model train` or `tune` on them, a model out.

```
/opt/ml/input/config/hyperparameters.json   what the job was started with, all of it text
/opt/ml/input/data/catalogue/               the channel: a catalogue
/opt/ml/checkpoints/                        kept in S3 while it runs: a job of another instance goes on from there
/opt/ml/model/                              the model folder, which becomes model.tar.gz
/opt/ml/output/failure                      one sentence, where it failed
```
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference.train.examples import Example

CHANNEL = "catalogue"
_OPTIONS = ("minutes", "precision", "licence", "blocks", "prompt", "device")
"""Hyperparameters that are options of the command, by the same name."""


def words(told: Mapping[str, str], root: Path) -> list[str]:
    """The command's words.

    Args:
        told: hyperparameters; `name` is the model's, `checkpoint` makes it a fine-tuning of that one.
        root: `/opt/ml`.

    Raises:
        ValueError: the model has no name.
    """
    if not told.get("name"):
        raise ValueError("The hyperparameter name is missing; start the job with `looksee aws train`.")
    catalogue = str(root / "input" / "data" / CHANNEL)
    command = ["tune", told["checkpoint"], catalogue] if told.get("checkpoint") else ["train", catalogue]
    command += ["--out", str(_written(told, root)), "--work", str(root / "checkpoints"), "--data", str(root / "data")]
    return command + [word for name in _OPTIONS if name in told for word in (f"--{name}", told[name])]


def main(root: Path) -> int:
    """Train; the exit code.

    Args:
        root: `/opt/ml`.
    """
    from inference.train.commands import build_app

    hyperparameters = json.loads((root / "input" / "config" / "hyperparameters.json").read_text())
    told = {name: _plain(value) for name, value in hyperparameters.items()}
    try:
        app = build_app(lambda _: root / "data", _examples)
        if code := app(words(told, root), standalone_mode=False):
            _fail(root, f"Training ended with {code}; the last lines of its log say why.")
            return int(code)
        for path in _written(told, root).iterdir():
            shutil.copyfile(path, root / "model" / path.name)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the job's record must say it
        _fail(root, str(error) or type(error).__name__)
        return 1
    return 0


def _written(told: Mapping[str, str], root: Path) -> Path:
    """Where the command writes; not `/opt/ml/model` itself, which cannot be replaced as a whole."""
    return root / "data" / "models" / told["name"]


def _plain(value: str) -> str:
    """SageMaker's toolkit writes text as JSON, in quotes; the plain API leaves it."""
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if isinstance(found, str) else value


def _examples(source: str) -> Iterable[Example]:
    from indexing.sources import open_source
    from indexing.training_examples import training_examples

    return training_examples(open_source(source))


def _fail(root: Path, sentence: str) -> None:
    (root / "output").mkdir(parents=True, exist_ok=True)
    (root / "output" / "failure").write_text(sentence)
    print(sentence, file=sys.stderr)
