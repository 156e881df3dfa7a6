"""Fixtures of the indexing room's tests."""

from collections.abc import Iterator

import pytest

from tests.indexing.opensearch_server import running


@pytest.fixture(scope="session")
def opensearch_urls() -> Iterator[tuple[str, ...]]:
    """Addresses of a single node that lives as long as the session."""
    with running() as cluster:
        yield tuple(cluster.urls)
