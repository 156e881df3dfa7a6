"""What tests of several rooms share: the option that rewrites golden files, and an OpenSearch for the live ones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.indexing import opensearch_server

Golden = Callable[[Path, str], None]
"""Holds a text to a golden file."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write what is made now; read the diff")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with a golden file; a missing one fails, `make golden` writes it."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--rewrite-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.is_file(), f"{file.name} is missing; `make golden` writes it"
        assert text == file.read_text(encoding="utf-8"), f"{file.name} differs; `make golden` rewrites it"

    return compare


@pytest.fixture(scope="session")
def opensearch_urls() -> Iterator[tuple[str, ...]]:
    """Addresses of a single node that lives as long as the session."""
    with opensearch_server.running() as cluster:
        yield tuple(cluster.urls)
