"""A server and clustered vectors in, one part's figures out: what `benchmarks.opensearch` puts together.

Two documents a product, each with a vector: its picture and its words. Rows are what is written: documents. The making
of vectors and rows, which stands for reading and encoding a catalogue, is in no figure.
"""

import itertools
import json
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from opensearchpy import OpenSearch

from benchmarks.clusters import rows
from benchmarks.store import FILTERS, allowed_by, questions_near
from indexing.generation import Calibration, Generation, Row
from indexing.opensearch import OpenSearchGenerations
from indexing.opensearch_client import connect
from indexing.opensearch_settings import Compression, OpenSearchSettings
from indexing.opensearch_store import OpenSearchStore
from indexing.store import Filters, Probe, VectorProbe

ROWS_A_WRITE = 1000
WIDTHS = (20, 50, 100, 200)
LEAST_RECALL = 0.99
SEARCHES_A_SECOND = 20
PACED_S = 15.0
WARM_UP = 30
TRUTH_BATCH = 50
LOST_S = 0.3
"""From the half to the kill: what is in flight then is lost."""
MODEL = "bench-000000"

Vectors = NDArray[np.float32]
Figures = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """How large a run is."""

    products: int
    dim: int
    sliced: int
    """Products of what needs an index of its own: a kill, searches beside a build, compression."""
    article: int
    """Documents of the article's loop."""
    questions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Bench:
    """What is measured."""

    settings: OpenSearchSettings
    sizes: Sizes
    vectors: Vectors
    data: Path
    """Where the node keeps its indexes."""


def settings_for(urls: Sequence[str]) -> OpenSearchSettings:
    """lucene, because faiss is not to be had on a local node; merged, because a catalogue that is searched is."""
    return OpenSearchSettings(
        urls=tuple(urls), engine="lucene", replicas=0, merges=True, timeout_s=60.0, budget_ms=60_000, patience_s=600.0
    )


def article(bench: Bench) -> Figures:
    """Rows a second of the article's loop: one document a request, its vector a JSON list, the client as it comes."""
    settings, vectors, sizes = bench.settings, bench.vectors, bench.sizes
    plain = OpenSearch(hosts=[url.removeprefix("http://") for url in settings.urls], timeout=60)
    method = {"name": "hnsw", "engine": settings.engine, "space_type": "cosinesimil"}
    field = {"type": "knn_vector", "dimension": sizes.dim, "method": method}
    body = {
        "settings": {"index.knn": True, "number_of_shards": 1, "number_of_replicas": 0},
        "mappings": {"properties": {"embeddings": field, "title": {"type": "text"}}},
    }
    plain.indices.delete(index="article", params={"ignore_unavailable": "true"})
    plain.indices.create(index="article", body=body)
    began = time.perf_counter()
    for i, vector in enumerate(vectors[: sizes.article]):
        plain.index(index="article", body={"embeddings": vector.tolist(), "title": f"product {i}", "image": f"{i}.jpg"})
    spent = time.perf_counter() - began
    plain.indices.delete(index="article")
    plain.close()
    return {"documents": sizes.article, "rows_s": sizes.article / spent}


def fill(bench: Bench) -> Figures:
    """The whole build, as `looksee index` takes its steps: begin, fill, finish with a merge, verify, promote."""
    settings, vectors = bench.settings, bench.vectors
    _drop(settings, "full")
    generations = OpenSearchGenerations(settings, "full")
    built, told = _build(generations, vectors)
    told |= _proved(generations, built)
    return {
        **told,
        "vectors": built.vectors,
        "rows_s": built.vectors / told["fill_s"],
        "build_s": told["fill_s"] + told["finish_s"] + told["verify_s"],
        "bytes": bytes_of(bench, f"full.{built.name}", built.vectors),
    }


def search(bench: Bench) -> Figures:
    """p50, p99 and recall@10 of k = 10 by `ef_search`, and with filters at the least that reaches the recall wanted."""
    settings, vectors, sizes = bench.settings, bench.vectors, bench.sizes
    asked = questions_near(vectors, sizes.questions)
    truth = {name: tens_of(vectors, asked, allowed_by(filters, len(vectors))) for name, filters in FILTERS.items()}
    by_width = {}
    for width in WIDTHS:
        store = _store(replace(settings, ef_search=width), "full")
        by_width[str(width)] = _searched(store, asked, truth[""], Filters())
    enough = (width for width in WIDTHS if by_width[str(width)]["recall"] >= LEAST_RECALL)
    width = next(enough, WIDTHS[-1])
    store = _store(replace(settings, ef_search=width), "full")
    filtered = {name: _searched(store, asked, truth[name], FILTERS[name]) for name in FILTERS if name}
    return {"width": width, "by_width": by_width, "": by_width[str(width)], **filtered}


def update(bench: Bench) -> Figures:
    """Every hundredth product has changed: clone, look which rows are known, write, finish, verify, promote."""
    settings, vectors = bench.settings, bench.vectors
    generations = OpenSearchGenerations(settings, "full")
    changed = [row for batch in _batches(vectors) for row in batch[::100]]
    began = time.perf_counter()
    writer = generations.begin(model_id=MODEL, dim=vectors.shape[1], prompt="{}", source="synthetic", update=True)
    told: Figures = {"clone_s": time.perf_counter() - began}
    known = sum(1 for _ in writer.known())
    told["known_s"] = time.perf_counter() - began - told["clone_s"]
    for at in range(0, len(changed), ROWS_A_WRITE):
        writer.write(changed[at : at + ROWS_A_WRITE])
    told["write_s"] = time.perf_counter() - began - told["clone_s"] - told["known_s"]
    mark = time.perf_counter()
    built = writer.finish(Calibration())
    writer.close()
    told["finish_s"] = time.perf_counter() - mark
    told |= _proved(generations, built)
    told["seconds"] = time.perf_counter() - began
    generations.rollback()
    generations.prune(0)
    return {**told, "products_known": known, "products_changed": len(changed)}


def kill(bench: Bench) -> Figures:
    """Seconds, in all, of a build that was killed with -9 at half and begun again, and of an unbroken one.

    All are of a slice, one after the other: on a machine that others use, builds an hour apart cannot be compared. The
    faster of an unbroken one before and one after counts: a server that has just started takes its time.
    """
    settings, sizes = bench.settings, bench.sizes
    _drop(settings, "killed")
    before = _told_by(_child(settings, "killed", sizes.sliced, sizes.dim))
    _drop(settings, "killed")
    child = _child(settings, "killed", sizes.sliced, sizes.dim)
    assert child.stdout is not None
    spent = 0.0
    for line in child.stdout:
        told = json.loads(line)
        if told["written"] >= sizes.sliced // 2:
            spent = told["spent_s"]
            break
    time.sleep(LOST_S)
    child.send_signal(signal.SIGKILL)
    child.communicate()
    again = _told_by(_child(settings, "killed", sizes.sliced, sizes.dim))
    _drop(settings, "killed")
    after = _told_by(_child(settings, "killed", sizes.sliced, sizes.dim))
    _drop(settings, "killed")
    unbroken_s = min(_whole_s(before), _whole_s(after))
    killed_s = spent + LOST_S + _whole_s(again)
    return {"unbroken_s": unbroken_s, "killed_s": killed_s, "known": again["known"], "vectors": 2 * sizes.sliced}


def _whole_s(told: Mapping[str, Any]) -> float:
    """Filling and finishing, which makes rows searchable: one that resumes has done a part of that before it fills."""
    return float(told["fill_s"] + told["finish_s"])


def beside(bench: Bench) -> Figures:
    """p50 and p99, in ms, of 20 searches a second: idle, and while a build runs."""
    settings, vectors, sizes = bench.settings, bench.vectors, bench.sizes
    store = _store(settings, "full")
    asked = questions_near(vectors, sizes.questions)
    idle = _paced(store, asked, threading.Event(), seconds=PACED_S)
    _drop(settings, "beside")
    child = _child(settings, "beside", sizes.sliced, sizes.dim)
    assert child.stdout is not None
    child.stdout.readline()
    ended = threading.Event()

    def wait() -> None:
        _told_by(child)
        ended.set()

    waiting = threading.Thread(target=wait)
    waiting.start()
    busy = _paced(store, asked, ended, seconds=600)
    waiting.join()
    _drop(settings, "beside")
    return {"idle": idle, "busy": busy, "vectors": 2 * sizes.sliced}


def compression(bench: Bench) -> Figures:
    """Bytes a vector, by what holds them, and recall@10, for each way of compression that the engine has."""
    settings, vectors, sizes = bench.settings, bench.vectors, bench.sizes
    few = vectors[: sizes.sliced]
    asked = questions_near(few, sizes.questions)
    truth = tens_of(few, asked, np.ones(len(few), dtype=np.bool_))
    kinds: tuple[Compression, ...] = ("none", "sq")
    told: Figures = {"vectors": 2 * len(few)}
    for kind in kinds:
        chosen, catalogue = replace(settings, compression=kind), f"compression-{kind}"
        _drop(chosen, catalogue)
        generations = OpenSearchGenerations(chosen, catalogue)
        built, _ = _build(generations, few)
        generations.promote(built.name)
        found = _searched(_store(chosen, catalogue), asked, truth, Filters())
        told[kind] = found | {"bytes": bytes_of(bench, f"{catalogue}.{built.name}", built.vectors)}
        _drop(chosen, catalogue)
    return told


def bytes_of(bench: Bench, name: str, count: int) -> dict[str, float]:
    """Bytes a vector on the disk: floats, quantised numbers, the graph, and all of the index with its documents."""
    index = f"{bench.settings.prefix}.{name}"
    client = connect(bench.settings)
    client.indices.flush(index=index)  # what is merged is written, and what it was merged from is gone
    uuid = client.indices.get_settings(index=index)[index]["settings"]["index"]["uuid"]
    client.close()
    sizes = Counter[str]()
    for file in bench.data.glob(f"nodes/0/indices/{uuid}/0/index/*"):
        sizes[file.suffix] += file.stat().st_size
    kinds = {"floats": ".vec", "quantised": ".veq", "graph": ".vex"}
    return {kind: sizes[suffix] / count for kind, suffix in kinds.items()} | {"all": sizes.total() / count}


def tens_of(vectors: Vectors, asked: Vectors, allowed: NDArray[np.bool_]) -> list[frozenset[str]]:
    """The ids of the ten truly nearest of the products that are allowed, for each question."""
    numbers = np.flatnonzero(allowed)
    kept = vectors if len(numbers) == len(vectors) else vectors[numbers]
    tens = []
    for at in range(0, len(asked), TRUTH_BATCH):
        scores = asked[at : at + TRUTH_BATCH] @ kept.T
        best = np.argpartition(-scores, min(10, len(numbers) - 1), axis=1)[:, :10]
        tens += [frozenset(f"p{numbers[i]:08}" for i in found) for found in best]
    return tens


def build_as_child(urls: Sequence[str], catalogue: str, vectors: Vectors) -> None:
    """Fill a catalogue and tell, a JSON document a line, that it begins, how much is written, and how long it took."""
    settings = replace(settings_for(urls), merges=False)
    generations = OpenSearchGenerations(settings, catalogue)
    list(_batches(vectors[:1]))
    print(json.dumps({"written": 0, "spent_s": 0.0}), flush=True)
    built, told = _build(generations, vectors, tells=True)
    generations.promote(built.name)
    print(json.dumps(told), flush=True)


def _build(
    generations: OpenSearchGenerations, vectors: Vectors, *, tells: bool = False
) -> tuple[Generation, dict[str, float]]:
    """What was built, the seconds of filling and finishing it, and how many of its rows were there already."""
    began = time.perf_counter()
    writer = generations.begin(model_id=MODEL, dim=vectors.shape[1], prompt="{}", source="synthetic", update=False)
    known = {product_id for product_id, _, _ in writer.known()}
    spent = time.perf_counter() - began
    written = 0
    for batch in _batches(vectors):
        fresh = [row for row in batch if row.product.id not in known]
        began = time.perf_counter()
        writer.write(fresh)
        spent += time.perf_counter() - began
        written += len(batch)
        if tells:
            print(json.dumps({"written": written, "spent_s": spent}), flush=True)
    began = time.perf_counter()
    built = writer.finish(Calibration())
    writer.close()
    return built, {"fill_s": spent, "finish_s": time.perf_counter() - began, "known": len(known)}


def _proved(generations: OpenSearchGenerations, built: Generation) -> dict[str, float]:
    """Verify and promote; the seconds of it."""
    began = time.perf_counter()
    problems = generations.verify(built.name)
    if problems:
        raise SystemExit(f"The index is not sound: {' '.join(problems)}")
    generations.promote(built.name)
    return {"verify_s": time.perf_counter() - began}


def _batches(vectors: Vectors) -> Iterator[list[Row]]:
    made = rows(vectors)
    while batch := list(itertools.islice(made, ROWS_A_WRITE)):
        yield batch


def _drop(settings: OpenSearchSettings, catalogue: str) -> None:
    """Remove what an earlier run, which was interrupted, has left of a catalogue."""
    client = connect(settings)
    for index in client.indices.get_mapping(index=f"{settings.prefix}.{catalogue}.*"):
        client.indices.delete(index=index)
    client.close()


def _store(settings: OpenSearchSettings, catalogue: str) -> OpenSearchStore:
    return OpenSearchGenerations(settings, catalogue).open()


def _searched(
    store: OpenSearchStore, asked: Vectors, truth: Sequence[frozenset[str]], filters: Filters
) -> dict[str, float]:
    times, found = [], 0.0
    for query in asked[:WARM_UP]:
        _ten(store, query, filters)
    for query, ten in zip(asked, truth, strict=True):
        began = time.perf_counter()
        ids = _ten(store, query, filters)
        times.append(time.perf_counter() - began)
        found += len(ten & ids) / len(ten)
    return {**_percentiles(times), "recall": found / len(asked)}


def _ten(store: OpenSearchStore, query: Vectors, filters: Filters) -> set[str]:
    probe = Probe(vectors=(VectorProbe(vector=query, against="picture"),), filters=filters, k=10)
    (near,) = store.candidates(probe).vectors
    return {n.product_id for n in near}


def _paced(store: OpenSearchStore, asked: Vectors, ended: threading.Event, *, seconds: float) -> dict[str, float]:
    times: list[float] = []
    began = time.perf_counter()
    for i in itertools.count():
        due = began + i / SEARCHES_A_SECOND
        time.sleep(max(due - time.perf_counter(), 0))
        if ended.is_set() or time.perf_counter() - began > seconds:
            break
        _ten(store, asked[i % len(asked)], Filters())
        times.append(time.perf_counter() - due)  # from when it was due: waiting behind a slow one counts
    return _percentiles(times)


def _percentiles(seconds: Sequence[float]) -> dict[str, float]:
    p50, p99 = np.quantile(seconds, [0.5, 0.99]) * 1e3
    return {"p50": float(p50), "p99": float(p99)}


def _child(settings: OpenSearchSettings, catalogue: str, products: int, dim: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.opensearch", "--build", catalogue, "--dim", str(dim)]
    command += ["--products", str(products), "--urls", *settings.urls]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _told_by(child: "subprocess.Popen[str]") -> Mapping[str, Any]:
    """The last thing that a building process told."""
    lines = child.communicate()[0].splitlines()
    if child.returncode:
        raise SystemExit("The building process failed.")
    told: Mapping[str, Any] = json.loads(lines[-1])
    return told
