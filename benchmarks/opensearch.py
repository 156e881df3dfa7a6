"""Sizes in, the OpenSearch store's speed, recall and bytes out, on a node of its own: `make bench-opensearch`.

Two documents a product, each with a vector: its picture and its words. Recall is against an exact float32 search of the
same vectors. The article's loop (one document a request, the vector as JSON) is timed in the same run, on a slice. What
needs several builds (a kill, searches beside a build, compression) is measured on a smaller index: `--slice`.
"""

import argparse
import itertools
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from opensearchpy import OpenSearch

from benchmarks.clusters import clustered, rows
from benchmarks.reliability import put_section
from benchmarks.store import FILTERS, allowed_by, questions_near, recall_at_10
from indexing.generation import Calibration, Generation, Row
from indexing.opensearch import OpenSearchGenerations
from indexing.opensearch_client import connect
from indexing.opensearch_node import Cluster
from indexing.opensearch_settings import OpenSearchSettings
from indexing.opensearch_store import OpenSearchStore
from indexing.store import Probe, VectorProbe

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
PLOT = PAGE.parent / "images" / "opensearch-recall.svg"
HEAD = "## The OpenSearch store"
ROWS_A_WRITE = 1000
WIDTHS = (20, 50, 100, 200)
LEAST_RECALL = 0.99
SEARCHES_A_SECOND = 20
QUESTIONS = 200


def measure(urls: Sequence[str], *, products: int, dim: int, sliced: int, article: int) -> dict[str, Any]:
    """All figures, on a server that is there for this alone."""
    settings = settings_for(urls)
    vectors = clustered(products, dim)
    told: dict[str, Any] = {"vectors": 2 * products, "dim": dim}

    told["article_rows_s"] = _articles_loop(connect(settings, timeout_s=60), vectors[:article])
    generations = OpenSearchGenerations(replace(settings, merges=True), "full")
    seconds, finish_s, built = _build(generations, vectors, update=False)
    generations.promote(built.name)
    told["rows_s"] = 2 * products / seconds
    told["times_the_article"] = told["rows_s"] / told["article_rows_s"]
    told["fill_s"], told["finish_with_merge_s"] = seconds, finish_s
    told["size_mb"] = sum(g.size_bytes for g in generations.all()) / 1e6

    told["by_width"] = {width: _searched(generations, settings, vectors, width, "") for width in WIDTHS}
    width = next((w for w in WIDTHS if told["by_width"][w]["recall"] >= LEAST_RECALL), WIDTHS[-1])
    told["width"] = width
    for name in FILTERS:
        told[name or "no_filter"] = _searched(generations, settings, vectors, width, name)
    told["update_1_percent_s"] = _changed(OpenSearchGenerations(settings, "full"), vectors)
    told["update_share"] = told["update_1_percent_s"] / (seconds + finish_s)

    few = vectors[:sliced]
    told["slice_vectors"] = 2 * len(few)
    unbroken = _built_by_child(urls, "unbroken", len(few), dim)
    told["kill_at_half_costs"] = _killed_and_resumed(urls, len(few), dim, unbroken) / unbroken - 1
    told["idle_p99"], told["beside_build_p99"] = _beside_a_build(urls, generations, settings, vectors, len(few))
    told["compression"] = {kind: _compressed(settings, kind, few) for kind in ("none", "sq")}
    return told


def settings_for(urls: Sequence[str]) -> OpenSearchSettings:
    """lucene, because faiss is not to be had on a local node."""
    return OpenSearchSettings(
        urls=tuple(urls), engine="lucene", replicas=0, timeout_s=30.0, budget_ms=30_000, patience_s=600.0
    )


def _build(
    generations: OpenSearchGenerations, vectors: NDArray[np.float32], *, update: bool
) -> tuple[float, float, Generation]:
    """Seconds of filling and of finishing, and what was built."""
    writer = generations.begin(
        model_id="bench-000000", dim=vectors.shape[1], prompt="{}", source="synthetic", update=update
    )
    known = {product_id for product_id, _, _ in writer.known()}
    spent = 0.0
    for batch in _batches(vectors):
        fresh = [row for row in batch if row.product.id not in known]
        began = time.perf_counter()
        writer.write(fresh)
        spent += time.perf_counter() - began
    began = time.perf_counter()
    built = writer.finish(Calibration())
    finish_s = time.perf_counter() - began
    writer.close()
    return spent, finish_s, built


def _batches(vectors: NDArray[np.float32]) -> Iterator[list[Row]]:
    made = rows(vectors)
    while batch := list(itertools.islice(made, ROWS_A_WRITE)):
        yield batch


def _articles_loop(client: OpenSearch, vectors: NDArray[np.float32]) -> float:
    """Rows a second of one document a request, the vector as a list in JSON, the client as it comes."""
    plain = OpenSearch(hosts=[host["host"] + ":" + str(host["port"]) for host in client.transport.hosts], timeout=60)
    field = {"type": "knn_vector", "dimension": vectors.shape[1]}
    method = {"name": "hnsw", "engine": "lucene", "space_type": "cosinesimil"}
    body = {
        "settings": {"index.knn": True, "number_of_shards": 1, "number_of_replicas": 0},
        "mappings": {"properties": {"embeddings": field | {"method": method}, "title": {"type": "text"}}},
    }
    plain.indices.create(index="article", body=body)
    began = time.perf_counter()
    for i, vector in enumerate(vectors):
        plain.index(index="article", body={"embeddings": vector.tolist(), "title": f"product {i}", "image": f"{i}.jpg"})
    rate = len(vectors) / (time.perf_counter() - began)
    plain.indices.delete(index="article")
    plain.close()
    return rate


def _searched(
    generations: OpenSearchGenerations,
    settings: OpenSearchSettings,
    vectors: NDArray[np.float32],
    width: int,
    filter_name: str,
) -> dict[str, float]:
    """p50, p99 and recall@10 of k = 10 with `ef_search` at a width."""
    filters = FILTERS[filter_name]
    store = _store(generations, replace(settings, ef_search=width))
    allowed = allowed_by(filters, len(vectors))
    times, recall = [], 0.0
    for query in questions_near(vectors, QUESTIONS):
        probe = Probe(vectors=(VectorProbe(vector=query, against="picture"),), filters=filters, k=10)
        began = time.perf_counter()
        (near,) = store.candidates(probe).vectors
        times.append(time.perf_counter() - began)
        recall += recall_at_10([n.product_id for n in near], vectors @ query, allowed) / QUESTIONS
    p50, p99 = np.quantile(times, [0.5, 0.99]) * 1e3
    return {"p50": float(p50), "p99": float(p99), "recall": recall}


def _store(generations: OpenSearchGenerations, settings: OpenSearchSettings) -> OpenSearchStore:
    generation = generations.open().generation
    index = f"{settings.prefix}.{generation.catalogue}.{generation.name}"
    return OpenSearchStore(connect(settings), settings, index=index, generation=generation)


def _changed(generations: OpenSearchGenerations, vectors: NDArray[np.float32]) -> float:
    """Seconds of an update in which every hundredth product has changed: clone, write, finish, promote."""
    changed = [row for batch in _batches(vectors) for row in batch[::100]]
    began = time.perf_counter()
    writer = generations.begin(
        model_id="bench-000000", dim=vectors.shape[1], prompt="{}", source="synthetic", update=True
    )
    for at in range(0, len(changed), ROWS_A_WRITE):
        writer.write(changed[at : at + ROWS_A_WRITE])
    built = writer.finish(Calibration())
    writer.close()
    generations.promote(built.name)
    return time.perf_counter() - began


def _built_by_child(urls: Sequence[str], catalogue: str, products: int, dim: int) -> float:
    child = _child(urls, catalogue, products, dim)
    told = child.communicate()[0].split()
    if child.returncode:
        raise SystemExit("the building process failed")
    return float(told[-1])


def _killed_and_resumed(urls: Sequence[str], products: int, dim: int, unbroken_s: float) -> float:
    """Seconds that a build took in all which was killed with -9 at half and begun again."""
    child = _child(urls, "killed", products, dim)
    assert child.stdout is not None
    child.stdout.readline()  # it has begun
    began = time.perf_counter()
    time.sleep(unbroken_s / 2)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    spent = time.perf_counter() - began
    return spent + _built_by_child(urls, "killed", products, dim)


def _child(urls: Sequence[str], catalogue: str, products: int, dim: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.opensearch", "--build", catalogue, "--dim", str(dim)]
    command += ["--products", str(products), "--urls", *urls]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _build_as_child(urls: Sequence[str], catalogue: str, products: int, dim: int) -> None:
    """Build a catalogue and print the seconds of filling and finishing, the making of its vectors left out."""
    vectors = clustered(products, dim)
    list(_batches(vectors[:1]))
    print("begun", flush=True)
    generations = OpenSearchGenerations(settings_for(urls), catalogue)
    began = time.perf_counter()
    _, _, built = _build(generations, vectors, update=False)
    print(time.perf_counter() - began)
    generations.promote(built.name)


def _beside_a_build(
    urls: Sequence[str],
    generations: OpenSearchGenerations,
    settings: OpenSearchSettings,
    vectors: NDArray[np.float32],
    products: int,
) -> tuple[float, float]:
    """p99, in ms, of 20 searches a second, idle and while a build runs."""
    store = _store(generations, settings)
    asked = questions_near(vectors, QUESTIONS)
    idle = _paced(store, asked, threading.Event(), seconds=10)
    child = _child(urls, "beside", products, vectors.shape[1])
    ended = threading.Event()
    assert child.stdout is not None
    child.stdout.readline()

    def wait() -> None:
        child.communicate()
        ended.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    busy = _paced(store, asked, ended, seconds=600)
    waiting.join()
    return idle, busy


def _paced(store: OpenSearchStore, asked: NDArray[np.float32], ended: threading.Event, *, seconds: float) -> float:
    times: list[float] = []
    began = time.perf_counter()
    for i in itertools.count():
        due = began + i / SEARCHES_A_SECOND
        time.sleep(max(due - time.perf_counter(), 0))
        if ended.is_set() or time.perf_counter() - began > seconds:
            break
        store.candidates(Probe(vectors=(VectorProbe(vector=asked[i % len(asked)], against="picture"),), k=10))
        times.append(time.perf_counter() - due)  # from when it was due: waiting behind a slow one counts
    return float(np.quantile(times, 0.99)) * 1e3


def _compressed(settings: OpenSearchSettings, kind: str, vectors: NDArray[np.float32]) -> dict[str, float]:
    """Bytes a vector on the disk, all of its document, and recall@10."""
    chosen = replace(settings, compression=kind, merges=True)  # type: ignore[arg-type]
    generations = OpenSearchGenerations(chosen, f"compression-{kind}")
    _, _, built = _build(generations, vectors, update=False)
    generations.promote(built.name)
    (size,) = (g.size_bytes for g in generations.all())
    return {"bytes_a_vector": size / built.vectors, **_searched(generations, chosen, vectors, 100, "")}


def section_of(told: dict[str, Any]) -> str:
    """The figures as a section of docs/performance.md."""
    machine = (
        f"{told['vectors']:,} vectors of {told['dim']:,}, two a product, clustered, with metadata. OpenSearch 3.5.0, "
        f"lucene, m 16, ef_construction 100, heap 2 GB; client and server share {os.cpu_count()} cores "
        f"({platform.machine()}, Linux {platform.release()}). {datetime.now(UTC):%Y-%m-%d}."
    )
    lines: list[tuple[str, str, str]] = [
        ("the article's loop, one document a request", f"{told['article_rows_s']:.0f} rows/s", ""),
        ("ours, bulk in two threads", f"{told['rows_s']:.0f} rows/s", ""),
        ("ours against the article's loop", f"{told['times_the_article']:.1f} times", ">= 8"),
        ("filling", f"{told['fill_s']:.0f} s", ""),
        ("finishing, with the merge to one segment", f"{told['finish_with_merge_s']:.0f} s", ""),
        ("an index's size on disk", f"{told['size_mb']:.0f} MB", ""),
        ("1 % of the rows changed: clone, write, finish, promote", f"{told['update_1_percent_s']:.1f} s", ""),
        ("the same as a share of the full build", f"{told['update_share']:.1%}", "<= 2 %"),
        (
            f"killed with -9 at half and resumed ({told['slice_vectors']:,})",
            f"{told['kill_at_half_costs']:+.1%}",
            "< 10 %",
        ),
        ("20 searches a second, idle, p99", f"{told['idle_p99']:.1f} ms", ""),
        (
            f"the same while {told['slice_vectors']:,} vectors are indexed, p99",
            f"{told['beside_build_p99']:.1f} ms",
            "",
        ),
    ]
    for name, label in (("no_filter", "without filter"), ("filter_50", "50 % filter"), ("filter_1", "1 % filter")):
        m = told[name]
        figures = f"{m['p50']:.1f} / {m['p99']:.1f} ms, recall {m['recall']:.3f}"
        lines.append((f"k = 10 at ef_search {told['width']}, {label}: p50 / p99", figures, "recall >= .99"))
    lines += [
        (
            f"compression {kind}: bytes a vector, all of its document",
            f"{m['bytes_a_vector']:.0f}, recall {m['recall']:.3f}",
            "",
        )
        for kind, m in told["compression"].items()
    ]
    table = ["| | measured | wanted |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in lines)]
    widths = ["| ef_search | p50 ms | p99 ms | recall@10 |", "|---|---|---|---|"]
    widths += [f"| {w} | {m['p50']:.1f} | {m['p99']:.1f} | {m['recall']:.3f} |" for w, m in told["by_width"].items()]
    plot = f"![Recall and p50 by ef_search]({PLOT.relative_to(PAGE.parent)})"
    return "\n".join([HEAD, "", machine, "", *table, "", *widths, "", plot, ""])


def draw(told: dict[str, Any], file: Path) -> None:
    """Recall over p50, a point for each width."""
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.5), layout="constrained")
    points = [(m["p50"], m["recall"], width) for width, m in told["by_width"].items()]
    axes.plot([p for p, _, _ in points], [r for _, r, _ in points], "o-")
    for p50, recall, width in points:
        axes.annotate(f"ef {width}", (p50, recall), textcoords="offset points", xytext=(6, -10))
    axes.axhline(LEAST_RECALL, linestyle=":", color="grey")
    axes.set_xlabel("p50, ms")
    axes.set_ylabel("recall@10")
    axes.set_title(f"{told['vectors']:,} vectors of {told['dim']:,}")
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, metadata={"Date": None})
    pyplot.close(figure)


@contextmanager
def own_node() -> Iterator[list[str]]:
    """A node with an empty folder, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="looksee-bench-", dir="/var/tmp"))
    try:
        with Cluster(folder, heap="2g") as cluster:
            yield cluster.urls
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Measure on a node of its own, print the figures as JSON, and put them into docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=73_851)
    parser.add_argument("--dim", type=int, default=1024)
    parser.add_argument("--slice", type=int, default=10_000, help="products of what needs several builds")
    parser.add_argument("--article", type=int, default=1_000, help="documents of the article's loop")
    parser.add_argument("--dry", action="store_true", help="leave docs/performance.md alone")
    parser.add_argument("--build", metavar="CATALOGUE", help=argparse.SUPPRESS)
    parser.add_argument("--urls", nargs="*", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.build:
        _build_as_child(asked.urls, asked.build, asked.products, asked.dim)
        return 0
    with own_node() as urls:
        told = measure(urls, products=asked.products, dim=asked.dim, sliced=asked.slice, article=asked.article)
    print(json.dumps(told, indent=2))
    if not asked.dry:
        draw(told, PLOT)
        put_section(PAGE, section_of(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
