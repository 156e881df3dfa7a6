"""Three OpenSearch nodes in, one of them killed with -9, what was lost out: `python -m benchmarks.reliability`.

Once while a generation is filled (the node comes back after some seconds, as a service manager would have it), and once
in the middle of 1,000 searches of an index with one replica (the node stays away).
"""

import argparse
import itertools
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clusters import clustered, rows
from indexing.generation import Calibration
from indexing.opensearch import OpenSearchGenerations
from indexing.opensearch_client import connect
from indexing.opensearch_node import Cluster, Node
from indexing.opensearch_settings import OpenSearchSettings
from indexing.store import Probe, StoreUnavailable, VectorProbe, VectorStore

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
HEAD = "## OpenSearch: a node is killed with -9"
DIM = 128
SEARCHERS = 4
AWAY_S = 5.0
ROWS_A_WRITE = 500


@dataclass
class Answers:
    """What 1,000 searches got."""

    seconds: list[float] = field(default_factory=list)
    right: int = 0
    partial: int = 0
    unavailable: int = 0
    wrong: int = 0


def settings_for(cluster: Cluster) -> OpenSearchSettings:
    """One replica; a person waits five seconds, a build five minutes."""
    return OpenSearchSettings(
        urls=tuple(cluster.urls), engine="lucene", shards=2, replicas=1, timeout_s=5.0, budget_ms=3000
    )


def killed_while_filling(cluster: Cluster, catalogue: str, products: int) -> dict[str, float]:
    """Fill a generation, kill the node that holds a primary at half, bring it back; count what arrived."""
    settings = settings_for(cluster)
    generations = OpenSearchGenerations(settings, catalogue)
    writer = generations.begin(model_id="bench-000000", dim=DIM, prompt="{}", source="synthetic", update=False)
    made = rows(clustered(products, DIM))
    slowest, written, refused = 0.0, 0, 0
    back: threading.Thread | None = None
    while batch := list(itertools.islice(made, ROWS_A_WRITE)):
        if back is None and written >= products // 2:
            index = f"looksee.{catalogue}.{writer.generation.name}"
            back = _kill_for_a_while(cluster, _holder(cluster, settings, index))
        began = time.monotonic()
        refused += len(writer.write(batch))
        slowest = max(slowest, time.monotonic() - began)
        written += len(batch)
    if back is not None:
        back.join()
    built = writer.finish(Calibration())
    writer.close()
    generations.promote(built.name)
    problems = generations.verify(built.name)
    cluster.wait(status="green", nodes=len(cluster.nodes))
    return {
        "rows_written": written,
        "rows_refused": refused,
        "products_found": built.products,
        "vectors_found": built.vectors,
        "problems": len(problems),
        "longest_write_s": round(slowest, 1),
    }


def killed_while_searching(cluster: Cluster, catalogue: str, searches: int) -> dict[str, float]:
    """Search a replicated index, kill the node that holds a primary in the middle, and judge every answer."""
    settings = settings_for(cluster)
    generations = OpenSearchGenerations(settings, catalogue)
    with closing(generations.open()) as store:
        products = store.generation.products
        vectors = clustered(products, DIM)
        numbers = np.random.default_rng(1).integers(products, size=searches).tolist()
        index = f"looksee.{catalogue}.{store.generation.name}"
        victim = _holder(cluster, settings, index)
        answers, lock, done = Answers(), threading.Lock(), itertools.count()

        def ask(number: int) -> None:
            if next(done) == searches // 2:
                victim.kill()
            told = _judged(store, number, vectors)
            with lock:
                answers.seconds.append(told[1])
                setattr(answers, told[0], getattr(answers, told[0]) + 1)

        with ThreadPoolExecutor(SEARCHERS) as pool:
            list(pool.map(ask, numbers))
    began = time.monotonic()
    cluster.wait(status="green", nodes=len(cluster.nodes) - 1)
    green_s = time.monotonic() - began
    cluster.start_node(victim)
    cluster.wait(status="green", nodes=len(cluster.nodes))
    return {
        "searches": searches,
        "right": answers.right,
        "partial_and_said_so": answers.partial,
        "unavailable_and_said_so": answers.unavailable,
        "wrong": answers.wrong,
        "p50_ms": round(float(np.quantile(answers.seconds, 0.5)) * 1e3, 1),
        "p99_ms": round(float(np.quantile(answers.seconds, 0.99)) * 1e3, 1),
        "slowest_s": round(max(answers.seconds), 2),
        "timeout_s": settings.timeout_s,
        "green_again_s": round(green_s, 1),
    }


def _judged(store: VectorStore, number: int, vectors: Any) -> tuple[str, float]:
    """Whether a product was found by its own picture, and how long it took."""
    probe = Probe(vectors=(VectorProbe(vector=vectors[number], against="picture"),), words="red", k=10)
    began = time.monotonic()
    try:
        found = store.candidates(probe)
    except StoreUnavailable:
        return "unavailable", time.monotonic() - began
    seconds = time.monotonic() - began
    if found.is_partial:
        return "partial", seconds
    near = found.vectors[0]
    is_right = len(near) == 10 and near[0].product_id == f"p{number:08}" and near[0].score > 0.999
    return "right" if is_right else "wrong", seconds


def _holder(cluster: Cluster, settings: OpenSearchSettings, index: str) -> Node:
    """A node that holds a primary of the index, and is not the one that is asked first."""
    client = connect(settings)
    shards = client.cat.shards(index=index, params={"format": "json", "h": "node,prirep,state"})
    client.close()
    holders = {shard["node"] for shard in shards if shard["prirep"] == "p" and shard["state"] == "STARTED"}
    nodes = [node for node in cluster.nodes if node.name in holders]
    return nodes[-1]


def _kill_for_a_while(cluster: Cluster, node: Node) -> threading.Thread:
    node.kill()

    def come_back() -> None:
        time.sleep(AWAY_S)
        cluster.start_node(node)

    return _started(come_back)


def _started(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def section_of(told: Mapping[str, Mapping[str, float]], load: float) -> str:
    """The figures as a section of docs/reliability.md; `load` is the machine's when it began."""
    measured = (
        "Three nodes on loopback, one replica, 128 numbers a vector; `python -m benchmarks.reliability` on "
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores shared by the nodes and the client, "
        f"load {load:.1f} when it began."
    )
    meant = (
        "An index has no replica while it is filled: a build waits for the node that was killed, which comes back "
        f"after {AWAY_S:.0f} s here, and goes on. A finished index has one; there the node stays away."
    )
    lines = [HEAD, "", measured, "", meant, "", f"| | {' | '.join(told)} |", "|---|" + "---|" * len(told)]
    names = dict.fromkeys(name for figures in told.values() for name in figures)
    lines += [
        f"| {name.replace('_', ' ')} | " + " | ".join(str(f.get(name, "")) for f in told.values()) + " |"
        for name in names
    ]
    return "\n".join([*lines, ""])


def put_section(page: Path, section: str) -> None:
    """Put a section into a page in place of the one with the same heading, or at its end."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# Reliability\n"
    heading = re.escape(section.splitlines()[0])
    without = re.sub(rf"\n*{heading}\n.*?(?=\n## |\Z)", "\n", text, flags=re.DOTALL)
    page.write_text(f"{without.rstrip()}\n\n{section}", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=20_000)
    parser.add_argument("--searches", type=int, default=1_000)
    chosen = parser.parse_args()
    load_before = os.getloadavg()[0]
    folder = Path(tempfile.mkdtemp(prefix="looksee-cluster-", dir="/var/tmp"))
    with Cluster(folder, nodes=3, heap="768m") as running:
        filling = killed_while_filling(running, "reliability", chosen.products)
        searching = killed_while_searching(running, "reliability", chosen.searches)
    told = {"killed while filling": filling, "killed while searching": searching}
    print(json.dumps(told, indent=2))
    put_section(PAGE, section_of(told, load_before))
