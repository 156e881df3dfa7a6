"""A generation's index in, the problems found with it out, one sentence each."""

from typing import Any

from opensearchpy import OpenSearch

from indexing.opensearch_client import translated
from indexing.opensearch_index import vector_field
from indexing.opensearch_known import disagreements
from indexing.opensearch_settings import OpenSearchSettings
from indexing.opensearch_store import OpenSearchStore
from indexing.self_check import KINDS, unfound
from indexing.store import Probe, VectorKind, VectorProbe

EXACT_QUESTIONS = 5
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
    problems += unfound(store, ids)
    problems += disagreements(store, ids)
    for kind in KINDS:
        overlap = _overlap(client, settings, index, store, kind, ids[:EXACT_QUESTIONS])
        if overlap < LEAST_OVERLAP:
            problems.append(f"The graph of {kind} vectors finds {overlap:.0%} of what an exact search finds.")
    return problems


def _overlap(
    client: OpenSearch,
    settings: OpenSearchSettings,
    index: str,
    store: OpenSearchStore,
    kind: VectorKind,
    ids: list[str],
) -> float:
    """Share of an exact search's ten products that the graph finds too, by score; 1 where there is nothing to ask."""
    shares = []
    for vectors in store.vectors(ids, kind=kind).values():
        field = vector_field(kind)
        exactly = {
            "script_score": {
                "query": {"bool": {"filter": [{"exists": {"field": field}}]}},
                "script": {
                    "source": "knn_score",
                    "lang": "knn",
                    "params": {"field": field, "query_value": vectors[0].tolist(), "space_type": "cosinesimil"},
                },
            }
        }
        body: dict[str, Any] = {
            "size": 10,
            "query": exactly,
            "collapse": {"field": "product_id"},
            "_source": False,
            "docvalue_fields": ["product_id"],
        }
        with translated(settings.urls[0]):
            hits = client.search(index=index, body=body, params={"request_timeout": 60})["hits"]["hits"]
        (near,) = store.candidates(Probe(vectors=(VectorProbe(vector=vectors[0], against=kind),), k=10)).vectors
        if hits:
            # Scores of the script are 1 + cosine; equals in another order are as good.
            tenth = hits[-1]["_score"] - 1
            shares.append(sum(n.score >= tenth - 1e-4 for n in near) / len(hits))
    return sum(shares) / len(shares) if shares else 1.0


def _count(client: OpenSearch, index: str, query: dict[str, Any]) -> int:
    return int(client.count(index=index, body={"query": query})["count"])
