import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import typer
from typer.testing import CliRunner

from inference.train.commands import build_app
from inference.train.examples import Example


def _no_source(source: str) -> Iterable[Example]:
    raise ValueError(f"{source} is no catalogue.")


def _app(folder: Path) -> typer.Typer:
    return build_app(lambda data: data or folder, _no_source)


def test_list_shows_what_is_here_and_what_can_be_fetched(tmp_path: Path) -> None:
    done = CliRunner().invoke(_app(tmp_path), ["list", "--json"])

    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert [m["name"] for m in document["published"]] == ["RN50", "RN101", "ViT-B-32", "ViT-B-16", "ViT-L-14"]
    assert set(document) == {"models", "published"}


def test_list_prints_a_table_for_people(tmp_path: Path) -> None:
    done = CliRunner().invoke(_app(tmp_path), ["list"])

    assert done.exit_code == 0
    assert "ViT-B-32" in done.stdout


def test_the_commands_start_without_torch() -> None:
    code = "import sys, inference.train.commands; sys.exit('torch' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_torch_training_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from pathlib import Path\n"
        "from inference.train.commands import build_app\n"
        f"build_app(lambda data: Path({str(tmp_path)!r}), lambda source: [])(['train', 'anything'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.strip() == 'This needs torch: pip install -e ".[train]" in the checkout.'
