"""A build that is killed with -9 anywhere, and started again, ends as an unbroken one does."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.indexing.builds import Shop
from tests.indexing.catalogues import shop

KILLS = 10
ROOT = Path(__file__).parents[2]
BUILD = """
import sys
from pathlib import Path
from tests.indexing.builds import Shop
import tests.indexing.test_build_killed as slow
source, data, started = map(Path, sys.argv[1:])
index = slow.slowed(Shop(data))
started.touch()
index.index(source)
"""


def slowed(index: Shop) -> Shop:
    """Writes a few rows at a time, and encodes slowly, so that a kill meets every stage."""
    import indexing.pipeline

    indexing.pipeline._WRITE_AFTER_S = 0.0  # a write for each batch
    encode = index.encoder.encode_pictures
    index.encoder.encode_pictures = lambda pictures: (time.sleep(0.1), encode(pictures))[1]  # type: ignore[method-assign, func-returns-value]
    return index


def killed_after(seconds: float, source: Path, data: Path, started: Path) -> bool:
    """Run a build in a process of its own and kill it; True where the kill came before its end."""
    started.unlink(missing_ok=True)
    process = subprocess.Popen([sys.executable, "-c", BUILD, source, data, started], cwd=ROOT, start_new_session=True)
    while not started.exists() and process.poll() is None:
        time.sleep(0.01)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    assert process.returncode == 0
    return False


@pytest.mark.timeout(300)
def test_kill_9_at_ten_random_points_loses_and_doubles_nothing(tmp_path: Path) -> None:
    source = shop(tmp_path / "shop", 48)
    unbroken = Shop(tmp_path / "unbroken")
    unbroken.index(source)

    data, started = tmp_path / "killed", tmp_path / "started"
    chance = random.Random(9)
    kills = 0
    for _ in range(KILLS):
        kills += killed_after(chance.uniform(0.05, 0.9), source, data, started)
    assert kills >= KILLS // 2, "the builds were too fast to be killed"

    resumed = Shop(data)
    report = resumed.index(source)
    assert (report.read, report.rejected) == (48, 0)
    assert resumed.held() == unbroken.held()
    live = resumed.generations.live()
    assert live is not None
    assert live.products == 48
