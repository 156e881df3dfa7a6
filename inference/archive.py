"""CLIP weights in, `model.tar.gz` for SageMaker's PyTorch container out, the same bytes whenever it is packed again.

```
RN50.pt                    the weights
code/looksee_serve.py      the handlers' module, which SAGEMAKER_PROGRAM names
code/inference/            ours, as far as the handlers need it
code/clip/, code/ftfy/ ... what the container lacks; installing at each start would eat into its three minutes
```
"""

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PROGRAM = "looksee_serve.py"
PACKAGES = (
    "clip-anytorch==2.6.0",
    "ftfy==6.3.1",
    "msgspec==0.22.0",
    "packaging==26.3",
    "pi-heif==1.4.0",
    "regex==2026.11.19",
    "wcwidth==0.9.4",
)
"""What the handlers import and AWS's container does not promise."""
_OURS = ("ahead.py", "encoder.py", "images.py", "invocations.py", "model.py", "serve.py", "wire.py")
_HANDLERS = "from inference.serve import input_fn, model_fn, output_fn, predict_fn\n"
_LEFT_OUT = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
"""What an installer writes about itself differs from run to run."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A packed archive."""

    path: Path
    sha256: str

    @property
    def key(self) -> str:
        """Its S3 key: what is in it, so that another upload changes nothing that runs."""
        return f"models/{self.sha256}/model.tar.gz"


def environment(model_name: str, encode_type: str) -> dict[str, str]:
    """What `CreateModel` must set.

    The toolkit takes any module named `inference` for the handlers unless it is told another name, and falls back to
    default ones without a word where that module has none.
    """
    return {
        "SAGEMAKER_PROGRAM": PROGRAM,
        "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
        "SAGEMAKER_MODEL_SERVER_WORKERS": "1",
        "TS_DEFAULT_RESPONSE_TIMEOUT": "55",  # SAGEMAKER_MODEL_SERVER_TIMEOUT is ignored
        "MODEL_NAME": model_name,
        "ENCODE_TYPE": encode_type,
    }


def vendor(folder: Path, *, python: str = "", platform: str = "x86_64-manylinux_2_28") -> None:
    """Install `PACKAGES` into a folder, with uv.

    Args:
        folder: made if it is not there.
        python: the container's version, `3.12`; by default this machine's, for this machine.
        platform: the container's, where `python` is given, as uv names it.

    Raises:
        FileNotFoundError: uv is not here; the `aws` extra brings it.
        subprocess.CalledProcessError: a package cannot be fetched.
    """
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        raise FileNotFoundError("uv is not installed; pip install -e '.[aws]' in the checkout brings it.")
    target = ["--python-version", python, "--python-platform", platform] if python else []
    install = [uv, "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--python", sys.executable]
    subprocess.run([*install, *target, "--target", str(folder), *PACKAGES], check=True)  # noqa: S603 - our own list


def pack(weights: Mapping[str, Path], *, packages: Path, into: Path) -> Archive:
    """Write the archive, named by its sha256.

    Args:
        weights: `MODEL_NAME` -> the file of its weights; several may share an archive.
        packages: a folder that `vendor` filled.
        into: the folder for it.
    """
    files = {f"{name.replace('/', '-')}.pt": path for name, path in weights.items()}
    room = Path(__file__).parent
    files |= {f"code/inference/{name}": room / name for name in _OURS}
    files |= {f"code/{name}": path for name, path in _vendored(packages)}
    # The package has the handlers too: whoever forgets SAGEMAKER_PROGRAM gets them, not the toolkit's defaults.
    texts = {f"code/{PROGRAM}": _HANDLERS, "code/inference/__init__.py": _HANDLERS}
    into.mkdir(parents=True, exist_ok=True)
    pending = into / f".packing-{os.getpid()}"
    with (
        pending.open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0, compresslevel=1) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name in sorted({*files, *texts}):
            if name in texts:
                _add(tar, name, io.BytesIO(texts[name].encode()), len(texts[name]))
            else:
                with files[name].open("rb") as opened:
                    _add(tar, name, opened, files[name].stat().st_size)
    with pending.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    path = into / f"{sha256}.tar.gz"
    pending.rename(path)
    return Archive(path, sha256)


def _add(tar: tarfile.TarFile, name: str, content: "io.BufferedIOBase", size: int) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode, about.mtime = size, 0o644, 0
    tar.addfile(about, content)


def _vendored(packages: Path) -> Iterator[tuple[str, Path]]:
    for path in packages.rglob("*"):
        inside = path.relative_to(packages)
        is_left_out = path.name in _LEFT_OUT or "__pycache__" in inside.parts or inside.parts[0] == "bin"
        if path.is_file() and not is_left_out:
            yield inside.as_posix(), path
