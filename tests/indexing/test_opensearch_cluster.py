"""Three real nodes, one replica: one is killed with -9 while an index is filled, and again while it is asked."""

from collections.abc import Iterator

import pytest

from benchmarks.reliability import killed_while_filling, killed_while_searching
from indexing.opensearch_node import Cluster
from tests.indexing.opensearch_server import running

pytestmark = [pytest.mark.live, pytest.mark.timeout(1800)]
PRODUCTS = 3_000


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running(nodes=3, heap="512m") as nodes:
        yield nodes


def test_a_node_killed_while_an_index_is_filled_loses_nothing(cluster: Cluster) -> None:
    told = killed_while_filling(cluster, "killed", PRODUCTS)

    assert told["rows_written"] == told["products_found"] == PRODUCTS
    assert told["vectors_found"] == 2 * PRODUCTS
    assert told["rows_refused"] == told["problems"] == 0


def test_a_node_killed_among_searches_makes_none_wrong_or_late(cluster: Cluster) -> None:
    told = killed_while_searching(cluster, "killed", 1_000)

    assert told["wrong"] == 0
    assert told["right"] + told["partial_and_said_so"] + told["unavailable_and_said_so"] == 1_000
    assert told["right"] >= 950
    assert told["slowest_s"] <= told["timeout_s"] + 0.5
