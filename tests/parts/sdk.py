"""The SageMaker SDK in an environment of its own, made once, that sees the packages of the running one."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[2]
_REQUIREMENTS = ROOT / "requirements" / "sagemaker.txt"


def sdk_python() -> Path:
    """Its interpreter; run it in the repository's root, or with that in PYTHONPATH."""
    folder = ROOT / ".venv-sdk"
    python, done = folder / "bin" / "python", folder / ".complete"
    if not done.exists() or done.read_text() != _REQUIREMENTS.read_text():
        uv = Path(sys.executable).with_name("uv")
        install = str(uv if uv.exists() else shutil.which("uv"))
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", folder], check=True)
        asked = [install, "pip", "install", "--quiet", "--no-deps", "--python", str(python), "-r", str(_REQUIREMENTS)]
        subprocess.run(asked, check=True, timeout=600)
        site = next((folder / "lib").glob("python*/site-packages"))
        (site / "the-others-are-there.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
        done.write_text(_REQUIREMENTS.read_text())
    return python
