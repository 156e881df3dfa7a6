"""A clean clone in; how long `make setup` and the first starts of the demo take out: `python -m benchmarks.set_up`.

Package caches are empty at first ("cold"), then those that the first clone filled ("warm"), then empty again on a path
without Node, where PyPI's wheel of it builds the page. Packages come over the network, so that the cold figures say as
much about the line. Of each step, wall-clock seconds and the processor's (children's too).
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
CACHES = ("UV_CACHE_DIR", "PIP_CACHE_DIR", "npm_config_cache", "XDG_CACHE_HOME")
NODE = ("node", "npm", "npx", "corepack", "nodejs")
RUNS = ("cold", "warm", "cold without Node")
LONGEST_S = 3600


@contextmanager
def timed(into: dict[str, float], step: str) -> Iterator[None]:
    """Note what happens inside under a step's name; children count once they have ended."""
    began, used = time.monotonic(), _processor_s()
    yield
    into[f"{step}_s"] = round(time.monotonic() - began, 1)
    into[f"{step}_processor_s"] = round(_processor_s() - used, 1)


def measure(run: str, scratch: Path) -> dict[str, float]:
    """Set up one clone and start its demo twice."""
    caches = scratch / ("caches" if run != RUNS[2] else "caches-without-node")
    clone = scratch / run.replace(" ", "-")
    environment = {**os.environ, **{name: str(caches / name) for name in CACHES}, "LOOKSEE_DATA": str(clone / "data")}
    environment.pop("VIRTUAL_ENV", None)
    if run == RUNS[2]:
        environment["PATH"] = _path_without_node(scratch / "path")
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    measured: dict[str, float] = {}
    with timed(measured, "setup"):
        subprocess.run(["make", "setup"], cwd=clone, env=environment, stdout=sys.stderr, timeout=LONGEST_S, check=True)
    for step in ("first_demo", "second_demo"):
        with timed(measured, step):
            _started(clone, environment)
    measured["cache_mb"] = round(sum(f.stat().st_size for f in caches.rglob("*") if f.is_file()) / 1e6)
    measured["venv_mb"] = round(sum(f.lstat().st_size for f in (clone / ".venv").rglob("*")) / 1e6)
    shutil.rmtree(clone)
    return measured


def _started(clone: Path, environment: Mapping[str, str]) -> None:
    """What `make demo` starts, until its page is open."""
    command = [".venv/bin/looksee", "demo", "--port", "0", "--no-browser"]
    with subprocess.Popen(command, cwd=clone, env=environment, stderr=subprocess.PIPE, text=True) as demo:
        for line in demo.stderr or ():
            print(line, end="", file=sys.stderr)
            if "is open at" in line:
                break
        demo.terminate()
        demo.wait(timeout=60)


def _path_without_node(folder: Path) -> str:
    """A folder of links to all commands of the path but Node's."""
    folder.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for command in Path(place).glob("*"):
            link = folder / command.name
            if command.name not in NODE and not link.exists() and not link.is_symlink():
                link.symlink_to(command)
    return str(folder)


def _processor_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="*", metavar="run", help=", ".join(RUNS))
    asked = parser.parse_args().runs or RUNS
    if unknown := set(asked) - set(RUNS):
        parser.error(f"there is no run {', '.join(unknown)}; there are {', '.join(RUNS)}")
    with tempfile.TemporaryDirectory() as made:
        for chosen in asked:
            print(json.dumps({"run": chosen, "cores": os.cpu_count(), **measure(chosen, Path(made))}), flush=True)
