"""AWS's PyTorch serving toolkit around an unpacked `model.tar.gz`: its handler service, and its real server (Java).

It has an environment of its own, made once, that sees the packages of the running one (torch is not installed twice).
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

_ROOT = Path(__file__).parents[2]
_REQUIREMENTS = _ROOT / "requirements" / "toolkit.txt"
_START_TIMEOUT_S = 120.0


def toolkit_python() -> Path:
    """The interpreter of the toolkit's environment."""
    folder = _ROOT / ".venv-toolkit"
    python, done = folder / "bin" / "python", folder / ".complete"
    if not done.exists() or done.read_text() != _REQUIREMENTS.read_text():
        uv = Path(sys.executable).with_name("uv")
        install = str(uv if uv.exists() else shutil.which("uv"))
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", "--clear", folder], check=True)
        asked = [install, "pip", "install", "--quiet", "--no-deps", "--python", str(python), "-r", str(_REQUIREMENTS)]
        subprocess.run(asked, check=True, timeout=300)
        site = next((folder / "lib").glob("python*/site-packages"))
        (site / "torch-is-there.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
        # An editable install of ours would put the repository's packages before the archive's.
        done.write_text(_REQUIREMENTS.read_text())
    return python


@contextmanager
def handler_service(archive: Path, env: Mapping[str, str], folder: Path) -> Iterator[str]:
    """The toolkit's `HandlerService` behind plain HTTP: what its server calls, without the server."""
    model = _unpacked(archive, folder)
    port = _free_port()
    script = Path(__file__).with_name("handler_service_server.py")
    command = [str(toolkit_python()), "-P", str(script), str(model), str(port)]
    with _running(command, {**env, "PYTHONPATH": str(model / "code")}, folder, port) as address:
        yield address


@contextmanager
def toolkit_server(archive: Path, env: Mapping[str, str], folder: Path) -> Iterator[str]:
    """The toolkit as AWS's container starts it: TorchServe, in Java, with one worker."""
    if shutil.which("java") is None:
        pytest.fail("the toolkit's server needs java; .ci/parts installs it")
    _unpacked(archive, folder)
    port, management, metrics = _free_port(), _free_port(), _free_port()
    python = toolkit_python()
    (folder / "tmp").mkdir()
    more = {
        "SAGEMAKER_BASE_DIR": str(folder),
        "SAGEMAKER_BIND_TO_PORT": str(port),
        "TS_INFERENCE_ADDRESS": f"http://127.0.0.1:{port}",
        "TS_MANAGEMENT_ADDRESS": f"http://127.0.0.1:{management}",
        "TS_METRICS_ADDRESS": f"http://127.0.0.1:{metrics}",
        "TS_GRPC_INFERENCE_PORT": str(_free_port()),
        "TS_GRPC_MANAGEMENT_PORT": str(_free_port()),
        "TMPDIR": str(folder / "tmp"),
        "PATH": f"{python.parent}:{os.environ['PATH']}",
    }
    command = [str(python), "-c", "from sagemaker_pytorch_serving_container import serving; serving.main()"]
    with _running(command, {**env, **more}, folder, port) as address:
        yield address


def _unpacked(archive: Path, folder: Path) -> Path:
    model = folder / "model"
    with tarfile.open(archive) as tar:
        tar.extractall(model, filter="data")
    return model


@contextmanager
def _running(command: list[str], env: Mapping[str, str], folder: Path, port: int) -> Iterator[str]:
    """Its address once a request is answered; all its processes are ended afterwards."""
    address = f"http://127.0.0.1:{port}"
    whole = {**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, "OMP_NUM_THREADS": "2", **env}
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=whole, cwd=folder, stdout=out, stderr=out, start_new_session=True)
        try:
            _wait_for(address, process, log)
            yield address
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                    os.killpg(process.pid, number)
                    process.wait(10)


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait for an answer: `/ping` says Healthy before the model is there."""
    until = time.monotonic() + _START_TIMEOUT_S
    said = ""
    while time.monotonic() < until and process.poll() is None:
        try:
            # A text that TEXT answers with vectors, and IMAGE refuses: both say that the handlers are there.
            answer = httpx.post(f"{address}/invocations", json={"inputs": ["ready?"]}, timeout=60, trust_env=False)
        except httpx.HTTPError:
            time.sleep(0.2)
            continue
        if answer.status_code in {200, 415}:
            return
        said = answer.text
        time.sleep(0.5)
    pytest.fail(f"the toolkit did not become ready: {said}\n{log.read_text(errors='replace')[-4000:]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
