"""Probes in, candidates out, from one generation's index in one round trip: OpenSearch's `VectorStore`."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import orjson
from opensearchpy import OpenSearch

from indexing.checked_rows import checked_probe
from indexing.embedded_columns import commonest_spellings
from indexing.generation import Generation
from indexing.lexical import asked_of
from indexing.opensearch_client import translated
from indexing.opensearch_index import unhalved, words_id
from indexing.opensearch_query import (
    MORE,
    Body,
    exact_body,
    facets_body,
    filter_clauses,
    nearest_body,
    unsaid,
    words_body,
)
from indexing.opensearch_settings import OpenSearchSettings
from indexing.product import FACET_FIELDS, Product
from indexing.store import Candidates, Facets, Filters, Near, NoCatalogue, Probe, StoreUnavailable, VectorKind
from inference.encoder import Embedding, Embeddings

MOST_REMEMBERED = 10_000
MOST_DOCUMENTS = 10_000
"""What a server gives back of one search, unless its settings say otherwise."""


class OpenSearchStore:
    """Reads one finished generation. Thread-safe: the client's connections are pooled."""

    def __init__(
        self,
        client: OpenSearch,
        settings: OpenSearchSettings,
        *,
        index: str,
        generation: Generation,
        only: frozenset[str] = frozenset(),
    ):
        """Read `index`, which holds `generation`; the client is the caller's to close.

        With `only`, candidates are these products alone.
        """
        self._client = client
        self._settings = settings
        self._index = index
        self._generation = generation
        self._only = only
        self._where = settings.urls[0]
        self._misspelt: frozenset[str] = frozenset()

    @property
    def generation(self) -> Generation:
        """See `VectorStore.generation`."""
        return self._generation

    def of_only(self, ids: frozenset[str]) -> "OpenSearchStore":
        """The same generation, of which these products alone are candidates: verification asks a sample."""
        return OpenSearchStore(self._client, self._settings, index=self._index, generation=self._generation, only=ids)

    def candidates(self, probe: Probe) -> Candidates:
        """See `VectorStore.candidates`. Only products with unusually many pictures take a second round trip."""
        vectors = [checked_probe(asked.vector, self._generation.dim) for asked in probe.vectors]
        asked = asked_of(probe.words)
        clauses = filter_clauses(probe.filters, probe.exclude, self._only)
        if probe.k <= 0:
            return Candidates(vectors=tuple(() for _ in vectors), lexical=(), exact=(), products={})
        documents = self._documents(probe.k)
        bodies = [
            nearest_body(vector, p.against, documents[p.against], clauses, self._settings)
            for vector, p in zip(vectors, probe.vectors, strict=True)
        ]
        if asked.whole:
            bodies.append(exact_body(asked, clauses, self._settings))
        misspelt = frozenset(word for word in asked.words if word in self._misspelt)
        if asked:
            bodies.append(words_body(asked, probe.k, clauses, self._settings, misspelt=misspelt))
        answers = self._searches(bodies) if bodies else []

        products: dict[str, Product] = {}
        lists = []
        for i, (vector, p) in enumerate(zip(vectors, probe.vectors, strict=True)):
            answers[i] = self._enough(answers[i], vector, p.against, probe.k, documents[p.against], clauses)
            lists.append(_near(answers[i], products, probe.k, lambda score: max(min(2 * score - 1, 1.0), -1.0)))
        at = len(vectors)
        exact: tuple[str, ...] = ()
        lexical: tuple[Near, ...] = ()
        if asked.whole:
            exact = tuple(n.product_id for n in _near(answers[at], products, 100, float))
        if asked:
            fresh = unsaid(answers[at + 1])
            if fresh:
                # Only a word that is met misspelt for the first time takes a second round trip.
                self._remember(fresh)
                body = words_body(asked, probe.k, clauses, self._settings, misspelt=misspelt | fresh)
                (answers[at + 1],) = self._searches([body])
            lexical = _near(answers[at + 1], products, probe.k, lambda score: round(score, 3))
        named = {n.product_id for near in (*lists, lexical) for n in near}.union(exact)
        return Candidates(
            vectors=tuple(lists),
            lexical=lexical,
            exact=exact,
            products={name: products[name] for name in named},
            is_partial=any(_is_partial(answer) for answer in answers),
        )

    def products(self, ids: Sequence[str]) -> dict[str, Product]:
        """See `VectorStore.products`."""
        if not ids:
            return {}
        body = {"ids": [words_id(product_id) for product_id in dict.fromkeys(ids)]}
        with translated(self._where):
            answer = self._client.mget(index=self._index, body=body, params={"_source_includes": "product_id,product"})
        for told in answer["docs"]:
            if "error" in told:
                raise self._error(told["error"])
        found = [told["_source"] for told in answer["docs"] if told.get("found")]
        return {source["product_id"]: msgspec.convert(source["product"], Product) for source in found}

    def vectors(self, ids: Sequence[str], *, kind: VectorKind = "picture") -> dict[str, Embeddings]:
        """See `VectorStore.vectors`."""
        if not ids:
            return {}
        body = {
            "size": MOST_DOCUMENTS,
            "query": {
                "bool": {"filter": [{"term": {"kind": kind}}, {"terms": {"product_id": list(dict.fromkeys(ids))}}]}
            },
            "_source": ["product_id", "picture"],
            "stored_fields": ["half", "_source"],
        }
        with translated(self._where):
            hits = self._client.search(index=self._index, body=body)["hits"]["hits"]
        halves: dict[str, list[tuple[int, str]]] = {}
        for hit in hits:
            source = hit["_source"]
            halves.setdefault(source["product_id"], []).append((source["picture"], hit["fields"]["half"][0]))
        return {name: unhalved([half for _, half in sorted(found)]) for name, found in sorted(halves.items())}

    def facets(self, filters: Filters, *, top: int = 100) -> Facets:
        """See `VectorStore.facets`."""
        with translated(self._where):
            answer = self._client.search(index=self._index, body=facets_body(filters, self._settings))
        counts = answer["aggregations"]
        prices = {
            bucket["key"]: (int(bucket["lowest"]["value"]), int(bucket["highest"]["value"]))
            for bucket in counts["currencies"]["buckets"]
        }
        return Facets(
            values={
                name: commonest_spellings(Counter({b["key"]: b["doc_count"] for b in counts[name]["buckets"]}), top)
                for name in FACET_FIELDS
            },
            prices=prices,
            in_stock=counts["in_stock"]["doc_count"],
            total=answer["hits"]["total"]["value"],
        )

    def close(self) -> None:
        """See `VectorStore.close`; the connections belong to `OpenSearchGenerations`."""

    def _remember(self, words: frozenset[str]) -> None:
        """An index never changes, so that what it does not say once it never says."""
        if len(self._misspelt) > MOST_REMEMBERED:
            self._misspelt = frozenset()
        self._misspelt |= words

    def _documents(self, k: int) -> dict[VectorKind, int]:
        """How many documents hold k products, of each kind."""
        generation = self._generation
        pictures = max(generation.vectors - generation.products, 1) / max(generation.products, 1)
        return {
            "picture": min(math.ceil(k * max(pictures, 1.0)) + MORE, MOST_DOCUMENTS),
            "words": min(k + MORE, MOST_DOCUMENTS),
        }

    def _enough(
        self,
        answer: Mapping[str, Any],
        vector: Embedding,
        kind: VectorKind,
        k: int,
        documents: int,
        clauses: list[Body],
    ) -> Mapping[str, Any]:
        """The answer, or a longer one where pictures of few products filled it and more products may be had."""
        while len(answer["hits"]["hits"]) < k and documents < min(self._generation.vectors, MOST_DOCUMENTS):
            if not _is_crowded(answer, documents, clauses):
                break
            documents = min(documents * 4, MOST_DOCUMENTS)
            (answer,) = self._searches([nearest_body(vector, kind, documents, clauses, self._settings)])
        return answer

    def _searches(self, bodies: Sequence[Body]) -> list[Any]:
        header = {"index": self._index, "cancel_after_time_interval": f"{int(self._settings.timeout_s * 1000)}ms"}
        option = orjson.OPT_SERIALIZE_NUMPY
        lines = b"".join(orjson.dumps(header) + b"\n" + orjson.dumps(body, option=option) + b"\n" for body in bodies)
        with translated(self._where):
            answers: list[Any] = self._client.msearch(index=self._index, body=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise self._error(answer["error"])
        return answers

    def _error(self, told: Mapping[str, Any]) -> StoreUnavailable | NoCatalogue:
        if told.get("type") == "index_not_found_exception":
            return NoCatalogue(f"The index {self._generation.name} is not there any more; ask again.")
        reason = str((told.get("root_cause") or [told])[0].get("reason") or told.get("type"))
        return StoreUnavailable(f"OpenSearch at {self._where} could not search: {reason[:300]}.")


def _near(answer: Mapping[str, Any], products: dict[str, Product], k: int, score_of: Any) -> tuple[Near, ...]:
    """The hits as a list, equals by product id; their products are added to `products`."""
    near = []
    for hit in answer["hits"]["hits"]:
        source = hit["_source"]
        name = source["product_id"]
        if name not in products:
            products[name] = msgspec.convert(source["product"], Product)
        near.append(Near(product_id=name, score=round(score_of(hit["_score"]), 6), picture=source["picture"]))
    return tuple(sorted(near, key=lambda n: (-n.score, n.product_id))[:k])


def _is_partial(answer: Mapping[str, Any]) -> bool:
    shards = answer.get("_shards", {})
    return bool(answer.get("timed_out")) or bool(shards.get("failed"))


def _is_crowded(answer: Mapping[str, Any], documents: int, clauses: list[Body]) -> bool:
    """True where the graph gave as many documents as were asked, so that there may be more."""
    total = answer["hits"].get("total", {}).get("value")
    return total is None or total >= documents or bool(clauses)
