"""When the page is built, and what is said where it cannot be."""

import os
from pathlib import Path

import pytest

from playground import build
from playground.build import CannotBuild, build_page, is_fresh


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page's sources and its build, both of the same second."""
    for name in ("page/src/App.tsx", "page/package-lock.json", "page/index.html", "page/vite.config.ts"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "index.html").write_text("")
    monkeypatch.setattr(build, "PAGE", tmp_path / "page")
    monkeypatch.setattr(build, "STATIC", tmp_path / "static")
    return tmp_path


def test_a_page_newer_than_its_sources_is_not_built_again(page: Path) -> None:
    assert is_fresh()
    assert build_page() == page / "static"


def test_a_changed_source_makes_the_page_stale(page: Path) -> None:
    later_s = (page / "static" / "index.html").stat().st_mtime + 5
    os.utime(page / "page" / "src" / "App.tsx", (later_s, later_s))

    assert not is_fresh()


def test_an_installed_product_has_the_page_and_no_sources(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "PAGE", page / "nowhere")

    assert build_page() == page / "static"
    (page / "static" / "index.html").unlink()
    with pytest.raises(CannotBuild, match="install a released wheel"):
        build_page()


def test_without_node_and_without_pypi_the_sentence_says_what_is_missing(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.build.shutil.which", lambda _name: None)
    monkeypatch.setattr("playground.build.importlib.util.find_spec", lambda _name: None)
    monkeypatch.setattr(build, "WHEEL", "./no-such-wheel.whl")
    monkeypatch.setattr(build, "FETCHED", page / "fetched")

    with pytest.raises(CannotBuild, match=r"needs Node 20\.19 or newer"):
        build_page(force=True)
