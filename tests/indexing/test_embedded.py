"""The embedded store's files: private, whole, pointed at atomically, and safe against kills and damage."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from indexing.embedded import EmbeddedGenerations
from indexing.embedded_store import EmbeddedStore
from indexing.generation import Calibration
from indexing.live import LiveStore
from indexing.store import NoCatalogue, Probe, StoreUnavailable, VectorProbe
from tests.indexing.shop import DIM, MODEL, build, direction, picture_vector, row


def test_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    EmbeddedGenerations(tmp_path / "data")

    folders = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert len(folders) == 4
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


@pytest.mark.parametrize("name", ["../other", "", "a/b", ".", "x" * 65])
def test_a_catalogues_name_cannot_lead_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name a catalogue"):
        EmbeddedGenerations(tmp_path, name)


def test_a_generations_name_cannot_lead_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(NoCatalogue, match="no index's name"):
        EmbeddedGenerations(tmp_path).open("../../memory")


def test_two_catalogues_know_nothing_of_each_other(tmp_path: Path) -> None:
    spring, autumn = EmbeddedGenerations(tmp_path, "spring"), EmbeddedGenerations(tmp_path, "autumn")
    build(spring, [row(1)])

    assert autumn.live() is None
    assert autumn.all() == []


def test_a_finished_generation_is_one_file(tmp_path: Path) -> None:
    built = build(EmbeddedGenerations(tmp_path), [row(1)])

    assert [file.name for file in (tmp_path / "catalogues/default/generations").iterdir()] == [f"{built.name}.sqlite"]


@pytest.mark.parametrize("damage", ["cut", "overwritten", "emptied"])
def test_a_damaged_file_is_told_in_a_sentence(tmp_path: Path, damage: str) -> None:
    generations = EmbeddedGenerations(tmp_path)
    built = build(generations, [row(n) for n in range(200)])
    file = tmp_path / "catalogues/default/generations" / f"{built.name}.sqlite"
    content = file.read_bytes()
    ruined = {"cut": content[: len(content) // 3], "overwritten": b"?" * len(content), "emptied": b""}
    file.write_bytes(ruined[damage])

    with pytest.raises((StoreUnavailable, NoCatalogue), match=r"\.$"):
        generations.open()
    assert generations.verify(built.name) != []


def test_a_missing_file_is_no_catalogue(tmp_path: Path) -> None:
    generations = EmbeddedGenerations(tmp_path)
    built = build(generations, [row(1)])
    (tmp_path / "catalogues/default/generations" / f"{built.name}.sqlite").unlink()

    assert generations.live() is None
    with pytest.raises(NoCatalogue, match=built.name):
        generations.open()


def test_verify_finds_rows_and_vectors_that_went_missing(tmp_path: Path) -> None:
    generations = EmbeddedGenerations(tmp_path)
    built = build(generations, [row(n) for n in range(20)])
    with closing(sqlite3.connect(tmp_path / "catalogues/default/generations" / f"{built.name}.sqlite")) as file:
        file.execute("DELETE FROM products WHERE id = 'P-0003'")
        file.execute("DELETE FROM vectors WHERE kind = 1 AND number = 5")
        other = file.execute("SELECT packed FROM vectors WHERE kind = 1 AND number = 6").fetchone()
        file.execute("UPDATE vectors SET packed = ? WHERE kind = 0 AND number = 8", (bytes(len(other[0])),))
        file.commit()

    problems = " ".join(generations.verify(built.name))

    assert "19 products where it says 20" in problems
    assert "vectors where it says" in problems


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    generations = EmbeddedGenerations(tmp_path)
    build(generations, [row(1)])
    store = generations.open()
    store.close()

    with pytest.raises(StoreUnavailable, match="closed"):
        store.products(["P-0001"])


def test_a_running_bot_notices_a_promotion_and_a_rollback(tmp_path: Path) -> None:
    generations = EmbeddedGenerations(tmp_path)
    live = LiveStore(generations)
    with pytest.raises(NoCatalogue):
        live.store()

    first = build(generations, [row(1)])
    kept = live.store()
    assert live.store() is kept
    second = build(EmbeddedGenerations(tmp_path), [row(2)])  # by another process, as it were
    assert live.store().generation.name == second.name
    assert kept.products(["P-0001"])  # a question that began with the old one ends with it
    generations.rollback()
    assert live.store().generation.name == first.name
    live.close()


def test_a_running_bot_keeps_the_index_it_has_where_the_new_one_is_damaged(tmp_path: Path) -> None:
    generations = EmbeddedGenerations(tmp_path)
    first = build(generations, [row(1)])
    live = LiveStore(generations)
    assert live.store().generation.name == first.name
    second = build(generations, [row(n) for n in range(200)], live=False)
    file = tmp_path / "catalogues/default/generations" / f"{second.name}.sqlite"
    generations.promote(second.name)
    file.write_bytes(file.read_bytes()[:20_000])

    assert live.store().generation.name == first.name
    live.close()


@pytest.mark.parametrize("in_memory", [0, 50_000], ids=["planes", "floats"])
def test_a_large_index_answers_as_a_small_one_does(tmp_path: Path, in_memory: int) -> None:
    generations = EmbeddedGenerations(tmp_path)
    built = build(generations, [row(n) for n in range(300)])

    with closing(
        EmbeddedStore(tmp_path / f"catalogues/default/generations/{built.name}.sqlite", in_memory=in_memory)
    ) as s:
        (found,) = s.candidates(Probe(vectors=(VectorProbe(vector=direction(5), against="picture"),), k=200)).vectors
    exact = {
        f"P-{n:04}": max(float(direction(5) @ picture_vector(n, i)) for i in range(n % 3)) for n in range(300) if n % 3
    }
    assert [n.product_id for n in found[:5]] == sorted(exact, key=lambda i: -exact[i])[:5]
    assert [n.score for n in found] == pytest.approx([exact[n.product_id] for n in found], abs=1e-3)


BUILDER = f"""
import sys, time
from pathlib import Path
from indexing.embedded import EmbeddedGenerations
from indexing.generation import Calibration
from tests.indexing.shop import row
writer = EmbeddedGenerations(Path(sys.argv[1])).begin(
    model_id={MODEL!r}, dim={DIM}, prompt="this is a {{}}", source="shop.csv", update=False)
known = {{known[0] for known in writer.known()}}
for number in range(120):
    if f"P-{{number:04}}" not in known:
        writer.write([row(number)])
        print(number, flush=True)
        time.sleep(0.005)  # no machine is so fast that it ends before it is killed
writer.finish(Calibration())
writer.close()
"""


def test_a_build_killed_at_any_moment_is_gone_on_with_and_ends_as_an_unbroken_one(tmp_path: Path) -> None:
    random, written = np.random.default_rng(20261124), []
    for attempt in range(6):
        builder = subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(tmp_path / "killed")], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        assert builder.stdout is not None
        if attempt < 5:
            for _ in range(int(random.integers(0, 25))):
                builder.stdout.readline()
            time.sleep(float(random.random()) * 0.02)
            builder.send_signal(signal.SIGKILL)
        written += builder.stdout.read().split()
        builder.wait()
        builder.stdout.close()
    (killed,) = EmbeddedGenerations(tmp_path / "killed").all()
    unbroken = build(EmbeddedGenerations(tmp_path / "unbroken"), [row(n) for n in range(120)])

    assert len(written) == len(set(written))  # what was acknowledged was never written again
    assert killed.is_complete
    assert (killed.products, killed.vectors) == (unbroken.products, unbroken.vectors)
    assert EmbeddedGenerations(tmp_path / "killed").verify(killed.name) == []
    with (
        closing(EmbeddedGenerations(tmp_path / "killed").open(killed.name)) as ours,
        closing(EmbeddedGenerations(tmp_path / "unbroken").open()) as theirs,
    ):
        probe = Probe(vectors=(VectorProbe(vector=direction(1), against="picture"),), words="blue lamp", k=200)
        assert ours.candidates(probe) == theirs.candidates(probe)


def test_a_clone_cut_short_leaves_nothing_behind(tmp_path: Path) -> None:
    generations = EmbeddedGenerations(tmp_path)
    live = build(generations, [row(1)])
    half = tmp_path / "catalogues/default/generations/20990101-000000-shop-000001.part"
    half.write_bytes(b"half a clone")

    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=True)
    writer.finish(Calibration())
    writer.close()

    assert not half.exists()
    assert len(generations.all()) == 2
    assert generations.live() == generations.all()[0]
    assert generations.all()[0].name == live.name


def test_a_generation_is_finished_though_somebody_looks_at_it_at_that_moment(tmp_path: Path) -> None:
    generations = EmbeddedGenerations(tmp_path)
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False)
    writer.write([row(1)])
    file = next(tmp_path.rglob("*.sqlite"))
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM products").fetchone()

        assert writer.finish(Calibration()).is_complete
    writer.close()


def test_the_build_lock_ends_with_its_process(tmp_path: Path) -> None:
    code = BUILDER.replace("for number", "import os; os._exit(9)\nfor number")
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=Path.cwd(), check=False)
    assert killed.returncode == 9

    EmbeddedGenerations(tmp_path).begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=False).close()
    assert os.access(tmp_path / "catalogues/default/build.lock", os.R_OK)
