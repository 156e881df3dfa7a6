"""A generation's index in, the problems found with it out, one sentence each."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from opensearchpy import OpenSearch

from indexing.opensearch_client import translated
from indexing.opensearch_index import scaled, vector_field
from indexing.opensearch_known import disagreements
from indexing.opensearch_settings import OpenSearchSettings
from indexing.opensearch_store import OpenSearchStore
from indexing.self_check import KINDS, unfound
from indexing.store import Probe, StoreUnavailable, VectorKind, VectorProbe
from inference.encoder import Embedding

EXACT_QUESTIONS = 3
"""Of each kind: one looks at every vector, and takes as long as thirty searches."""
LEAST_OVERLAP = 0.9
"""Share of the ten truly nearest that the graph must find, over the sample."""


def problems_of(
    client: OpenSearch, settings: OpenSearchSettings, index: str, store: OpenSearchStore, *, sample: int
) -> list[str]:
    """See `Generations.verify`."""
    said = store.generation
    with translated(settings.urls[0]):
        products = _count(client, index, {"term": {"kind": "words"}})
        vectors = _count(client, index, {"match_all": {}})
        asked = {"size": sample, "_source": False, "docvalue_fields": ["product_id"]}
        spread = {
            "function_score": {"query": {"term": {"kind": "words"}}, "random_score": {"seed": 7, "field": "_seq_no"}}
        }
        hits = client.search(index=index, body=asked | {"query": spread})["hits"]["hits"]
    problems = []
    if products != said.products:
        problems.append(f"The index holds {products} products where it says {said.products}.")
    if vectors != said.vectors:
        problems.append(f"The index holds {vectors} vectors where it says {said.vectors}.")
    if not products:
        problems.append("The index is empty.")
    ids = sorted(hit["fields"]["product_id"][0] for hit in hits)
    # At the same time: while one looks at what it was told, the server answers the others.
    with ThreadPoolExecutor(2, thread_name_prefix="verify") as pool:
        lost, unlike = pool.submit(unfound, store, ids), pool.submit(disagreements, store, ids)
        overlaps = _overlaps(client, settings, index, store, ids[:EXACT_QUESTIONS])
        problems += [*lost.result(), *unlike.result()]
    for kind, overlap in overlaps.items():
        if overlap < LEAST_OVERLAP:
            problems.append(f"The graph of {kind} vectors finds {overlap:.0%} of what an exact search finds.")
    return problems


def _overlaps(
    client: OpenSearch, settings: OpenSearchSettings, index: str, store: OpenSearchStore, ids: list[str]
) -> dict[VectorKind, float]:
    """By kind the share of an exact search's ten products that the graph finds too, by score."""
    asked = [(kind, vectors[0]) for kind in KINDS for vectors in store.vectors(ids, kind=kind).values()]
    if not asked:
        return {}
    # All in one call: a scan of everything is slow, and the server does as many at once as it has cores.
    lines = [line for kind, vector in asked for line in ({}, _exactly(kind, vector))]
    with translated(settings.urls[0]):
        answers = client.msearch(body=lines, index=index, params={"request_timeout": 300})["responses"]
    shares: dict[VectorKind, list[float]] = {}
    for (kind, vector), answer in zip(asked, answers, strict=True):
        if "error" in answer:
            raise StoreUnavailable(
                f"OpenSearch could not search exactly: {answer['error'].get('reason', 'no reason')}."
            )
        hits = answer["hits"]["hits"]
        (near,) = store.candidates(Probe(vectors=(VectorProbe(vector=vector, against=kind),), k=10)).vectors
        if hits:
            # Scores of the script are 1 + cosine; equals in another order are as good.
            tenth = hits[-1]["_score"] - 1
            shares.setdefault(kind, []).append(sum(n.score >= tenth - 1e-4 for n in near) / len(hits))
    return {kind: sum(found) / len(found) for kind, found in shares.items()}


def _exactly(kind: VectorKind, vector: Embedding) -> dict[str, Any]:
    """An exact search for the ten products nearest to a vector."""
    field = vector_field(kind)
    script = {
        "source": "knn_score",
        "lang": "knn",
        "params": {"field": field, "query_value": scaled(vector), "space_type": "cosinesimil"},
    }
    return {
        "size": 10,
        "query": {"script_score": {"query": {"bool": {"filter": [{"exists": {"field": field}}]}}, "script": script}},
        "collapse": {"field": "product_id"},
        "_source": False,
        "docvalue_fields": ["product_id"],
    }


def _count(client: OpenSearch, index: str, query: dict[str, Any]) -> int:
    return int(client.count(index=index, body={"query": query})["count"])
