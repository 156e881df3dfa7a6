"""The wheel brings all that an installed Looksee needs: every room, the page, the model, the sentences."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize(
    "name",
    [
        "looksee.py",
        "bot/app.py",
        "bot/locales/en/looksee.ftl",
        "bot/locales/ja/looksee.ftl",
        "indexing/build.py",
        "inference/onnx.py",
        "inference/models/looksee-small/model.json",
        "inference/models/looksee-small/text.onnx",
        "inference/models/looksee-small/image.onnx",
        "inference/models/looksee-small/tokenizer.json",
        "playground/static/index.html",
    ],
)
def test_the_wheel_holds(names: set[str], name: str) -> None:
    assert name in names


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    """Tests, benchmarks, the sample catalogue and the page's sources stay out."""
    rooms = {name.split("/")[0] for name in names}
    assert rooms <= {"looksee.py", "bot", "indexing", "inference", "playground", "infra"} | {
        room for room in rooms if room.endswith(".dist-info")
    }
    assert not [name for name in names if "node_modules" in name or name.startswith("playground/page/")]


@pytest.mark.live
def test_a_fresh_install_is_small_and_answers_without_torch_or_boto3(wheel: Path, tmp_path: Path) -> None:
    """At most 400 MB, the command line included."""
    environment = tmp_path / "fresh"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = environment / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "uv"], check=True)
    install = [str(environment / "bin" / "uv"), "pip", "install", "--quiet", "--python", str(python)]
    subprocess.run([*install, "--requirement", str(ROOT / "requirements" / "base.txt"), str(wheel)], check=True)
    uv_bytes = sum(f.stat().st_size for f in environment.glob("bin/uv*"))
    size = sum(f.stat().st_size for f in environment.rglob("*") if f.is_file() and not f.is_symlink()) - uv_bytes
    absent = "import importlib.util as u, sys; sys.exit(any(u.find_spec(n) for n in ('torch', 'boto3', 'clip')))"

    assert size <= 400_000_000
    assert subprocess.run([str(python), "-c", absent], check=False).returncode == 0
    helped = subprocess.run(
        [str(environment / "bin" / "looksee"), "--help"], capture_output=True, text=True, check=False
    )
    assert helped.returncode == 0, helped.stderr
    assert "search" in helped.stdout
