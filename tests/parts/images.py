"""The two targets of the Dockerfile, really built by buildah and really started, without a container engine.

No registry is asked: the base is Debian with its own Python, made once by debootstrap and kept in buildah's storage. A
built image runs as its configuration says (user, environment, entrypoint), with a read-only root, no capability, and
its own processes and mounts; what a container engine would do, done with `unshare`, `chroot` and `setpriv`.
"""

import json
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[2]
BASE = "localhost/looksee-test-base:bookworm-slim"
_TOOLS = ("buildah", "debootstrap", "unshare", "nsenter", "setpriv", "chroot")
_PACKAGES = "python3,python3-venv,ca-certificates"
_LEFT_OUT = (
    *("var/cache/apt", "var/lib/apt/lists"),
    *(f"usr/share/{name}" for name in ("doc", "groff", "info", "lintian", "linda", "locale", "man")),
)
"""Of what debootstrap makes, what the published bookworm-slim is without."""
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_BUILD_TIMEOUT_S = 3000
_ISOLATED = {"BUILDAH_ISOLATION": "chroot"}


@cache
def why_not() -> str:
    """Why images cannot be built and started on this machine; empty where they can."""
    if missing := [tool for tool in _TOOLS if shutil.which(tool) is None]:
        return f"images are not built: {', '.join(missing)} is not installed (.ci/parts installs it on Debian)"
    if os.geteuid() != 0:
        return "images are not built: only root can mount what debootstrap and a container need"
    tried = subprocess.run(["unshare", "--mount", "--pid", "--net", "--fork", "true"], capture_output=True, check=False)
    if tried.returncode:
        return f"images are not built: this machine gives no namespaces ({tried.stderr.decode().strip()})"
    tried = subprocess.run(["buildah", "info"], capture_output=True, check=False)
    if tried.returncode:
        return f"images are not built: buildah cannot run here ({tried.stderr.decode().strip()[-200:]})"
    return ""


@dataclass(frozen=True)
class Image:
    """A built image."""

    name: str
    config: Mapping[str, Any]
    """As Docker keeps it: `User`, `Env`, `Entrypoint`, `Cmd`, `Healthcheck`, `Volumes`."""
    bytes: int
    """Of all its files, unpacked."""
    base_bytes: int
    """Of these, the base's."""

    @property
    def command(self) -> list[str]:
        return [*(self.config["Entrypoint"] or []), *(self.config["Cmd"] or [])]


@cache
def built(target: str) -> Image:
    """Build a target of the Dockerfile; once a process, with the layers of earlier builds."""
    _make_base()
    name = f"localhost/looksee-test-{target}:latest"
    certificates = Path("/etc/ssl/certs")
    # Where a proxy signs the traffic, its certificate is the machine's.
    trusted = ["--volume", f"{certificates}:{certificates}:ro"] if certificates.is_dir() else []
    _buildah(
        *("build", "--isolation", "chroot", "--layers"),
        *("--format", "docker"),  # OCI's has no HEALTHCHECK
        *("--build-arg", f"BASE={BASE}", *trusted, "--target", target, "--tag", name, str(ROOT)),
    )
    inspected = json.loads(_buildah("inspect", "--type", "image", name))
    with _mounted(name) as root, _mounted(BASE) as base:
        return Image(name, inspected["Docker"]["config"], _bytes(root), _bytes(base))


@dataclass
class Running:
    """A started image."""

    process: "subprocess.Popen[bytes]"
    log: Path
    environment: Sequence[str]
    root: Path

    def said(self) -> str:
        """Its standard output and error."""
        return self.log.read_text(errors="replace")

    def lines(self) -> Iterator[str]:
        """What it says, line by line as it comes, until it has ended."""
        with self.log.open("rb") as log:
            begun, has_ended = b"", False
            while not has_ended:
                has_ended = self.process.poll() is not None  # before the log, so that the last lines are read
                *whole, begun = (begun + log.read()).split(b"\n")
                yield from (line.decode(errors="replace") for line in whole)
                time.sleep(0.05)
            if begun:
                yield begun.decode(errors="replace")

    def inside(self, *command: str, timeout_s: float = 30) -> "subprocess.CompletedProcess[str]":
        """Run a command in the running image, as its user."""
        enter = ["nsenter", "--target", str(self._first_pid()), "--mount", "--pid", "--net", "--"]
        asked = [*enter, *_as_user(self.root, self.environment, command)]
        return subprocess.run(asked, capture_output=True, text=True, timeout=timeout_s, check=False)

    def memory_bytes(self) -> int:
        """Proportional set size of all its processes."""
        tree = [self.process.pid, *(child.pid for child in psutil.Process(self.process.pid).children(recursive=True))]
        return sum(proportional_bytes(pid) for pid in tree)

    def _first_pid(self) -> int:
        children = psutil.Process(self.process.pid).children()
        return children[0].pid if children else self.process.pid


@contextmanager
def running(
    image: Image,
    *,
    command: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    own_network: bool = False,
    data: Path | None = None,
    model: Path | None = None,
) -> Iterator[Running]:
    """Start an image; all its processes are ended afterwards.

    Args:
        image: which one.
        command: instead of the image's `CMD`; it follows the entrypoint.
        env: settings beside the image's.
        own_network: its loopback is its own, so that it may listen where it likes; else it has this machine's.
        data: what lies on its volume; by default nothing, kept nowhere.
        model: a folder that lies at /opt/ml/model, where SageMaker puts a model.
    """
    environment = [*image.config["Env"], *(f"{name}={value}" for name, value in (env or {}).items())]
    words = [*image.config["Entrypoint"], *(command or image.config["Cmd"])]
    with _mounted(image.name) as root, tempfile.TemporaryDirectory() as scratch:
        log = Path(scratch) / "log"
        unshare = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *(["--net"] if own_network else [])]
        script = _script(root, data, model, is_own_network=own_network)
        start = f"{script}\nexec {shlex.join(_as_user(root, environment, words))}"
        with log.open("wb") as out:
            process = subprocess.Popen([*unshare, "sh", "-ec", start], stdout=out, stderr=out, start_new_session=True)
        started = Running(process, log, environment, root)
        try:
            yield started
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                    os.killpg(process.pid, number)
                    process.wait(10)


def run(image: Image, words: Sequence[str], env: Mapping[str, str], tell: Callable[[str], None]) -> int:
    """Run a command in an image to its end; its exit code. Each line that it prints is told as it comes."""
    with running(image, command=words, env=env) as started:
        for line in started.lines():
            tell(line)
        return started.process.wait()


def wait_until(is_so: Any, within_s: float, running: Running) -> float:
    """Seconds until a claim holds; fails with what the image said."""
    began = time.monotonic()
    while not is_so():
        assert running.process.poll() is None, f"it ended:\n{running.said()}"
        assert time.monotonic() - began < within_s, f"not within {within_s:g} s:\n{running.said()}"
        time.sleep(0.05)
    return time.monotonic() - began


def _script(root: Path, data: Path | None, model: Path | None, *, is_own_network: bool) -> str:
    """What is mounted before the image's command runs."""
    # As an engine writes it.
    (root / "etc" / "hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
    lines = [
        "mount --make-rprivate /",
        f"mount --bind {root} {root}",
        f"mount -o remount,bind,ro {root}",
        f"mount -t proc proc {root}/proc",
        f"mount --rbind /dev {root}/dev",
        f"mount -t tmpfs -o mode=1777,size=256m tmpfs {root}/tmp",
    ]
    if (root / "data").is_dir():
        lines.append(f"mount -t tmpfs -o uid=10001,gid=10001,mode=0700 tmpfs {root}/data")
        if data is not None:
            lines.append(f"cp -r {shlex.quote(str(data))}/. {root}/data/ && chown -R 10001:10001 {root}/data")
    if model is not None:
        (root / "opt" / "ml" / "model").mkdir(parents=True)
        lines.append(f"mount --bind {shlex.quote(str(model))} {root}/opt/ml/model")
    if is_own_network:
        lines.append("ip link set lo up")
    return "\n".join(lines)


def _as_user(root: Path, environment: Sequence[str], command: Sequence[str]) -> list[str]:
    drop = ["setpriv", "--reuid", "10001", "--regid", "10001", "--clear-groups", "--no-new-privs", "--inh-caps=-all"]
    return ["chroot", str(root), *drop, "--bounding-set=-all", "env", "-i", *environment, *command]


def _make_base() -> None:
    if (
        subprocess.run(["buildah", "inspect", "--type", "image", BASE], capture_output=True, check=False).returncode
        == 0
    ):
        return
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "base"
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={_PACKAGES}", "bookworm", str(tree)],
            check=True,
            capture_output=True,
            timeout=_BUILD_TIMEOUT_S,
        )
        subprocess.run(["umount", str(tree / "proc")], capture_output=True, check=False)  # debootstrap leaves it
        for left in _LEFT_OUT:
            shutil.rmtree(tree / left, ignore_errors=True)
        container = _buildah("from", "scratch")
        try:
            _buildah("copy", "--quiet", container, str(tree), "/")
            _buildah("config", "--env", f"PATH={_PATH}", container)  # the Dockerfile adds to it
            _buildah("commit", "--quiet", "--format", "docker", container, BASE)
        finally:
            _buildah("rm", container)


@contextmanager
def _mounted(name: str) -> Iterator[Path]:
    """An image's files, writable and thrown away."""
    container = _buildah("from", "--pull-never", name)
    try:
        yield Path(_buildah("mount", container))
    finally:
        _buildah("umount", container)
        _buildah("rm", container)


def _buildah(*words: str) -> str:
    done = subprocess.run(
        ["buildah", *words],
        env={**os.environ, **_ISOLATED},
        capture_output=True,
        text=True,
        timeout=_BUILD_TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, f"buildah {words[0]}:\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}"
    return done.stdout.strip()


def _bytes(root: Path) -> int:
    """Of files, each counted once."""
    seen: dict[tuple[int, int], int] = {}
    for folder, _, names in os.walk(root):
        for name in names:
            about = os.lstat(Path(folder) / name)
            seen[about.st_dev, about.st_ino] = about.st_size
    return sum(seen.values())


def proportional_bytes(pid: int) -> int:
    """Proportional set size of a process; nothing where it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
