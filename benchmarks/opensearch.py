"""Sizes in, the OpenSearch store's speed, recall and bytes out, on a node of its own: `make bench-opensearch`.

Each part's figures are kept as soon as they are there, and docs/performance.md is written anew: a run that was
interrupted goes on with the parts that are missing, on the index that it has. `--only search` measures a part again.
Recall is against an exact float32 search of the same vectors; the article's loop is timed in the same run.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks import opensearch_measures as measures
from benchmarks.__main__ import PAGE, put_section
from benchmarks.clusters import clustered
from benchmarks.opensearch_measures import Bench, Sizes, settings_for
from benchmarks.opensearch_page import PARTS, draw, section_of
from indexing.opensearch_node import VERSION, Cluster, default_cache, find_java

PLOT = PAGE.parent / "pictures" / "opensearch.svg"
HEAP = "2g"
NEEDS_INDEX = frozenset(("search", "update", "beside"))


def run(sizes: Sizes, folder: Path, parts: Sequence[str], *, again: bool, is_dry: bool) -> dict[str, Any]:
    """Measure parts on a node that keeps its data in `folder`; all figures there are."""
    kept = folder / "figures.json"
    told: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    is_over = set(PARTS) <= set(told) and not again
    if told.get("sizes") != asdict(sizes) or is_over:
        shutil.rmtree(folder, ignore_errors=True)
        told = {"sizes": asdict(sizes)}
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in PARTS if name in parts and (again or name not in told)]
    if NEEDS_INDEX.intersection(missing) and "fill" not in {*told, *missing}:
        missing.insert(0, "fill")
    vectors = clustered(sizes.products, sizes.dim)
    with Cluster(folder, heap=HEAP) as cluster:
        settings = settings_for(cluster.urls)
        bench = Bench(settings=settings, sizes=sizes, vectors=vectors, data=folder / "n1/data")
        told["server"] = f"OpenSearch {VERSION}, {_java()}, heap {HEAP}, lucene, m {settings.m}, "
        told["server"] += f"ef_construction {settings.ef_construction}, one shard, no replica"
        for name in missing:
            load, began = os.getloadavg()[0], time.perf_counter()
            told[name] = getattr(measures, name)(bench)
            told[name] |= {"load": load, "took_s": time.perf_counter() - began}
            kept.write_text(json.dumps(told, indent=1), encoding="utf-8")
            print(f"{name}: {told[name]['took_s']:.0f} s", file=sys.stderr, flush=True)
            if not is_dry:
                _write(told)
    return told


def _write(told: dict[str, Any]) -> str:
    """Put what is measured into docs/performance.md, with a plot where all is there; the section."""
    is_whole = {"article", "fill", "search"} <= set(told)
    if is_whole:
        draw(told, PLOT)
    section = section_of(told, str(PLOT.relative_to(PAGE.parent)) if is_whole else "")
    put_section("opensearch", section)
    return section


def _java() -> str:
    command = [str(find_java(default_cache()) / "bin/java"), "-version"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
    return lines[1].split(" (")[0] if len(lines) > 1 else "Java"


def main() -> int:
    """Measure, print the section, and put it into docs/performance.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"measure again: {', '.join(PARTS)}")
    parser.add_argument("--products", type=int, default=73_851)
    parser.add_argument("--dim", type=int, default=1024)
    parser.add_argument("--slice", type=int, default=10_000, help="products of the parts that make another index")
    parser.add_argument("--article", type=int, default=1_000, help="documents of the article's loop")
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--folder", type=Path, default=default_cache() / "opensearch-bench", help="of the node's data")
    parser.add_argument("--keep", action="store_true", help="keep the index at the end, for --only")
    parser.add_argument("--dry", action="store_true", help="leave docs/performance.md alone")
    parser.add_argument("--build", metavar="CATALOGUE", help=argparse.SUPPRESS)
    parser.add_argument("--urls", nargs="*", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.build:
        measures.build_as_child(asked.urls, asked.build, clustered(asked.products, asked.dim))
        return 0
    sizes = Sizes(
        products=asked.products, dim=asked.dim, sliced=asked.slice, article=asked.article, questions=asked.questions
    )
    told = run(sizes, asked.folder, asked.only or list(PARTS), again=bool(asked.only), is_dry=asked.dry)
    print(section_of(told, "") if asked.dry else _write(told))
    if not asked.keep and set(PARTS) <= set(told):
        shutil.rmtree(asked.folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
