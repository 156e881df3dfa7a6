"""A real OpenSearch for the live tests, started and stopped by them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexing.opensearch_node import Cluster
from indexing.opensearch_settings import OpenSearchSettings


@contextmanager
def running(nodes: int = 1, *, heap: str = "1g") -> Iterator[Cluster]:
    """A cluster with an empty folder of its own, where an unprivileged user can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="looksee-opensearch-", dir="/var/tmp"))
    try:
        with Cluster(folder, nodes=nodes, heap=heap) as cluster:
            yield cluster
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def local_settings(urls: tuple[str, ...], **changed: object) -> OpenSearchSettings:
    """Settings for such a cluster: lucene, because it has no natives for faiss."""
    chosen: dict[str, object] = {"engine": "lucene", "replicas": 0, "timeout_s": 20.0, "budget_ms": 10_000}
    return OpenSearchSettings(urls=urls, **(chosen | changed))  # type: ignore[arg-type]
