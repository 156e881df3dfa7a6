"""The command line, as somebody at a keyboard or a script meets it: through a real process, with the bundled model."""

import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

ROOT = Path(__file__).parents[1]
COLOURS = ("red", "green", "blue", "yellow")


def looksee(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "looksee", *arguments, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=110)


def document(*arguments: str, data: Path) -> dict[str, Any]:
    done = looksee(*arguments, "--json", data=data)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    return lines[0]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four mugs, one of them without a readable picture."""
    folder = tmp_path_factory.mktemp("shop")
    rows = ["id,title,brand,price,color,image"]
    for place, colour in enumerate(COLOURS):
        rows.append(f"mug-{place},A {colour} mug,Contoso,{10 * (place + 1)}.00 USD,{colour},{colour}.png")
        file = io.BytesIO()
        Image.new("RGB", (120, 90), colour).save(file, "PNG")
        (folder / f"{colour}.png").write_bytes(file.getvalue() if colour != "yellow" else b"no picture at all")
    (folder / "shop.csv").write_text("\n".join(rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def data(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the shop is indexed."""
    folder = tmp_path_factory.mktemp("data")
    report = document("index", str(shop / "shop.csv"), data=folder)
    assert report["read"] == report["indexed"] + report["unchanged"] + report["rejected"] == 4
    assert {"generation", "model_id", "seconds"} <= set(report)
    return folder


def test_a_second_build_finds_everything_unchanged(shop: Path, data: Path) -> None:
    report = document("index", str(shop / "shop.csv"), data=data)
    assert (report["indexed"], report["unchanged"]) == (0, 4)


def test_a_dry_run_shows_the_mapping_and_changes_nothing(shop: Path, tmp_path: Path) -> None:
    report = document("index", str(shop / "shop.csv"), "--dry-run", data=tmp_path)
    assert report["read"] == 4
    assert dict(report["description"]["columns"])["title"] == "title"
    assert Path(report["sheet"]).read_bytes().startswith(b"\xff\xd8")
    assert not list(tmp_path.rglob("*.sqlite"))


def test_an_indexed_picture_finds_itself_with_a_score_of_one(shop: Path, data: Path) -> None:
    found = document("search", "--photo", str(shop / "blue.png"), data=data)
    assert found["hits"][0]["id"] == "mug-2"
    assert found["hits"][0]["score"] == pytest.approx(1.0, abs=1e-3)


def test_words_are_understood_as_the_bot_understands_them(data: Path) -> None:
    found = document("search", "mug under $25", data=data)
    assert {hit["id"] for hit in found["hits"]} == {"mug-0", "mug-1"}
    assert "under $25" in found["understood"]
    assert set(found["timings_ms"]) == {"encode", "search", "total"}
    assert set(found["hits"][0]) == {"id", "title", "price", "score", "picture", "why"}
    assert found["hits"][0]["price"] in ({"amount": "10.00", "currency": "USD"}, {"amount": "20.00", "currency": "USD"})


def test_options_filter_beside_the_words(data: Path) -> None:
    found = document("search", "mug", "--color", "green", "--brand", "contoso", "--max-price", "20", data=data)
    assert [hit["id"] for hit in found["hits"]] == ["mug-1"]


def test_a_product_without_a_readable_picture_is_found_by_its_words(data: Path) -> None:
    assert document("search", "yellow mug", data=data)["hits"][0]["id"] == "mug-3"


def test_a_person_reads_a_table(data: Path) -> None:
    done = looksee("search", "green", "mug", data=data)
    assert done.returncode == 0
    assert "A green mug" in done.stdout
    assert "$20" in done.stdout


def test_generations_are_listed_verified_rolled_back_and_pruned(shop: Path, tmp_path: Path) -> None:
    first = document("index", str(shop / "shop.csv"), data=tmp_path)["generation"]
    second = document("index", str(shop / "shop.csv"), "--limit", "3", data=tmp_path)["generation"]
    listed = document("generations", "list", data=tmp_path)["generations"]

    assert [(g["name"], g.get("is_live", False)) for g in listed] == [(first, False), (second, True)]
    assert document("generations", "verify", data=tmp_path) == {"generation": second, "problems": []}
    assert document("generations", "rollback", data=tmp_path) == {"generation": first}
    assert document("generations", "prune", "--keep", "0", data=tmp_path) == {"removed": [second]}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["index", "/no/such/place"], "/no/such/place"),
        (["search", "mug"], "looksee index"),
        (["search", "mug", "--catalogue", "../other"], "catalogue"),
        (["search", "mug", "--catalogue", "other"], "looksee index SOURCE --catalogue other"),
        (["generations", "rollback"], "no earlier"),
        (["generations", "verify", "never-built"], "never-built"),
    ],
)
def test_a_mistake_gets_one_sentence_and_exit_code_2(tmp_path: Path, arguments: list[str], says: str) -> None:
    assert says in one_sentence(looksee(*arguments, data=tmp_path))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search"], "what you are looking for"),
        (["search", "--photo", "/no/such/photo.jpg"], "/no/such/photo.jpg"),
        (["search", "--photo", str(ROOT / "LICENSE")], "picture"),
        (["search", "mug", "--max-price", "cheap"], "--max-price"),
        (["search", "mug", "--max-price", "nan"], "--max-price"),
        (["search", "mug", "--max-price", "-3"], "--max-price"),
    ],
)
def test_a_mistake_in_a_question_gets_one_sentence(data: Path, arguments: list[str], says: str) -> None:
    assert says in one_sentence(looksee(*arguments, data=data))


def test_of_several_photos_the_one_that_cannot_be_read_is_named(shop: Path, data: Path) -> None:
    photos = ("--photo", str(shop / "red.png"), "--photo", str(shop / "yellow.png"))
    said = one_sentence(looksee("search", "mug", *photos, data=data))

    assert "yellow.png" in said
    assert "red.png" not in said


def test_more_photos_than_a_question_takes_are_a_mistake(shop: Path, data: Path) -> None:
    photos = ("--photo", str(shop / "red.png")) * 6

    assert "5 photos at most, not 6" in one_sentence(looksee("search", *photos, data=data))


def test_a_catalogue_that_is_empty_is_told_from_those_that_are_not(data: Path) -> None:
    assert "Indexed are: default" in one_sentence(looksee("search", "mug", "--catalogue", "other", data=data))


def test_questions_about_other_products_are_a_mistake(data: Path) -> None:
    assert "none of the products" in one_sentence(looksee("eval", data=data))


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = one_sentence(looksee(command, "--port", str(port), data=tmp_path))

    assert f"Port {port}" in said
    assert "--port" in said
    assert not list(tmp_path.rglob("*.sqlite"))


def test_a_setting_of_the_port_that_is_no_port_is_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOOKSEE_PORT", "99999")

    assert "LOOKSEE_PORT is '99999'" in one_sentence(looksee("serve", data=tmp_path))


def test_the_path_of_the_reasons_is_in_one_piece(shop: Path, tmp_path: Path) -> None:
    done = looksee("index", str(shop / "shop.csv"), data=tmp_path / ("a-folder-with-a-long-name" * 4))
    (line,) = (line for line in done.stdout.splitlines() if "reasons are in" in line)
    said, _, path = line.rpartition(" in ")

    assert said == (
        "1 picture could not be used: 1 of 4 rows has no readable picture and is found by words only; reasons are"
    )
    assert Path(path).is_file()


def test_a_catalogue_whose_pictures_are_all_missing_is_indexed_by_words_with_a_warning(tmp_path: Path) -> None:
    rows = ("id,title,price,image", "1,A mug,3.00 USD,gone.png", "2,A hat,4.00 USD,gone.png", "3,A bag,5.00 USD,")
    (tmp_path / "shop.csv").write_text("\n".join(rows), encoding="utf-8")
    done = looksee("index", str(tmp_path / "shop.csv"), data=tmp_path / "data")

    assert done.returncode == 0
    assert "2 of 3 rows have no readable picture and are found by words only; reasons are in " in done.stdout
    assert document("search", "hat", data=tmp_path / "data")["hits"][0]["id"] == "2"


def test_a_source_of_which_nothing_can_be_indexed_ends_with_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "shop.csv").write_text("id,title,price\n1,A mug,-3.00 USD\n2,A hat,-4.00 USD\n", encoding="utf-8")
    done = looksee("index", str(tmp_path / "shop.csv"), data=tmp_path / "data")
    said = done.stderr.splitlines()[-1]
    path = said.removeprefix("Nothing was indexed: all 2 rows were rejected; reasons are in ").removesuffix(".")

    assert (done.returncode, done.stdout) == (2, "")
    assert len(Path(path).read_text().splitlines()) == 2


def test_the_question_that_a_build_ends_with_is_one_that_this_catalogue_answers(tmp_path: Path) -> None:
    rows = ("id,title,type,color,price", "1,Oak bench 120,Bench,Forest green/Oak,3.00 USD", "2,A hat,Hat,,4.00 USD")
    (tmp_path / "shop.csv").write_text("\n".join(rows), encoding="utf-8")
    (line,) = (
        line
        for line in looksee("index", str(tmp_path / "shop.csv"), data=tmp_path / "data").stdout.splitlines()
        if line.startswith("Next: ")
    )
    assert line == 'Next: looksee search "forest green bench", or looksee bot'

    found = document("search", "forest green bench", data=tmp_path / "data")
    assert found["hits"][0]["id"] == "1"


def test_where_rows_alone_are_rejected_no_pictures_are_spoken_of(tmp_path: Path) -> None:
    rows = ("id,title,price", "1,A mug,3.00 USD", "2,A hat,4.00 USD", "3,A bag,5.00 USD", "4,A cup,cheap")
    (tmp_path / "shop.csv").write_text("\n".join(rows), encoding="utf-8")
    said = looksee("index", str(tmp_path / "shop.csv"), data=tmp_path / "data").stdout

    assert "1 rejected" in said
    assert "Reasons are in " in said
    assert "could not be used" not in said


def test_no_advice_installs_the_other_package_that_bears_our_name() -> None:
    """PyPI's `looksee` is somebody else's: who followed such advice would run their code and still lack the extra."""
    rooms = ("bot", "docs", "examples", "indexing", "inference", "infra", "playground")
    files = [*ROOT.glob("*.py"), *ROOT.glob("*.md"), *(path for room in rooms for path in (ROOT / room).rglob("*.*"))]
    read = [path for path in files if path.suffix in {".py", ".md", ".ipynb"} and "node_modules" not in path.parts]
    advice = re.compile(r"""install\s+\\?["'`]?looksee\b""")

    assert advice.search('pip install \\"looksee[aws]\\"')
    assert len(read) > 100
    assert [path for path in read if advice.search(path.read_text(encoding="utf-8"))] == []


def test_a_build_without_a_terminal_says_that_it_begins_and_how_it_ended(shop: Path, tmp_path: Path) -> None:
    done = looksee("index", str(shop / "shop.csv"), data=tmp_path)
    assert done.stderr.splitlines() == ["Indexing about 4 rows ...", "All rows are read: 4 indexed."]


def test_ctrl_c_says_what_became_of_the_build(data: Path) -> None:
    before = document("generations", "list", data=data)["generations"]
    command = [sys.executable, "-m", "looksee", "index", "examples/catalogue", "--data", str(data)]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    ) as building:
        assert building.stderr is not None
        assert building.stderr.readline().startswith("Indexing about 1,6")
        os.killpg(building.pid, signal.SIGINT)  # the children too, as a terminal does
        said = building.stderr.read()

    assert building.returncode == 130
    assert said == "Stopped. What was live before still is, unharmed; the same command goes on where this one ended.\n"
    live = [g["name"] for g in document("generations", "list", data=data)["generations"] if g.get("is_live")]
    assert live == [g["name"] for g in before if g.get("is_live")]


def test_help_reads_well_and_comes_fast_enough_to_need_no_room(tmp_path: Path) -> None:
    """`--help` imports no encoder, no store and no Slack."""
    heavy = "{'onnxruntime', 'slack_bolt', 'numpy'}"
    code = f"import sys, looksee; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
