"""A probe in, the searches of one `_msearch` out. Pure: the same probe makes the same bodies."""

from collections.abc import Mapping
from typing import Any

from indexing.embedded_schema import WEIGHTS
from indexing.lexical import Asked
from indexing.opensearch_index import TEXTS, vector_field
from indexing.opensearch_settings import OpenSearchSettings
from indexing.product import FACET_FIELDS
from indexing.store import Filters, VectorKind
from inference.encoder import Embedding

Body = dict[str, Any]

FIELDS = [f"{name}^{WEIGHTS[name]:g}" for name in (*TEXTS, "codes")]
MORE = 10
"""Documents asked beyond what is needed, so that equals at the end of a list can be put in order."""
MOST_SPELLINGS = 1_000
NEAR_A_CODE = 1_000.0
"""What a code that begins with what was asked counts: more than any word."""


def filter_clauses(filters: Filters, exclude: frozenset[str] = frozenset()) -> list[Body]:
    """What a document must be, whatever its score."""
    clauses: list[Body] = []
    bounds = {"gte": filters.min_price_minor, "lte": filters.max_price_minor}
    bounds = {name: value for name, value in bounds.items() if value is not None}
    if bounds:
        clauses += [{"term": {"currency": filters.currency}}, {"range": {"price_minor": bounds}}]
    for field, values in filters.any_of:
        clauses.append(_has(field, values))
    for field, values in filters.none_of:
        clauses.append({"bool": {"must_not": [_has(field, values)]}})
    if filters.in_stock:
        clauses.append({"term": {"in_stock": True}})
    if exclude:
        clauses.append({"bool": {"must_not": [{"terms": {"product_id": sorted(exclude)}}]}})
    return clauses


def nearest_body(
    vector: Embedding, kind: VectorKind, documents: int, clauses: list[Body], settings: OpenSearchSettings
) -> Body:
    """The nearest documents, each product once by its best."""
    asked: Body = {"vector": vector, "k": documents}
    if settings.compression in {"none", "fp16", "sq"}:
        asked["method_parameters"] = {"ef_search": max(settings.ef_search, documents)}
    else:  # a compressed graph is searched wider, and its finds are scored again in full
        asked["rescore"] = {"oversample_factor": 3.0}
    if clauses:
        asked["filter"] = {"bool": {"filter": clauses}}
    return {
        **_shown(documents, settings),
        "query": {"knn": {vector_field(kind): asked}},
        "collapse": {"field": "product_id"},
    }


def words_body(asked: Asked, products: int, clauses: list[Body], settings: OpenSearchSettings) -> Body:
    """Products that say any of the words, by BM25; and how many products say each, in `aggregations`."""
    should: list[Body] = []
    if asked.words:
        should.append(_said(" ".join(asked.words)))
    should += _pairs_and_codes(asked)
    counts = {str(i): {"filter": _said(word)} for i, word in enumerate(asked.words)}
    return {
        **_shown(products + MORE, settings),
        "query": {"bool": {"filter": [_OF_WORDS, *clauses], "should": should, "minimum_should_match": 1}},
        "aggs": {"said": {"global": {}, "aggs": counts}} if counts else {},
    }


def slips_body(asked: Asked, products: int, clauses: list[Body], settings: OpenSearchSettings) -> Body:
    """Products that say nearly any of the words: for words that no product says as they were typed."""
    should: list[Body] = [
        {"match": {"terms": {"query": word, "fuzziness": "AUTO", "max_expansions": 20, "fuzzy_transpositions": True}}}
        for word in asked.words
        if len(word) >= 3 and not word.isdigit()
    ]
    # What is said as it was typed still counts in all its texts.
    should.append(_said(" ".join(asked.words)))
    should += _pairs_and_codes(asked)
    return {
        **_shown(products + MORE, settings),
        "query": {"bool": {"filter": [_OF_WORDS, *clauses], "should": should, "minimum_should_match": 1}},
    }


def exact_body(asked: Asked, clauses: list[Body], settings: OpenSearchSettings) -> Body:
    """Products whose id, code or whole title was asked."""
    named = {"term": {"names": asked.whole}}
    return {**_shown(100, settings), "query": {"bool": {"filter": [_OF_WORDS, named, *clauses]}}}


def facets_body(filters: Filters, settings: OpenSearchSettings) -> Body:
    """Counts of the products that pass."""
    price = {"lowest": {"min": {"field": "price_minor"}}, "highest": {"max": {"field": "price_minor"}}}
    return {
        "size": 0,
        "timeout": f"{settings.budget_ms}ms",
        "track_total_hits": True,
        "query": {"bool": {"filter": [_OF_WORDS, *filter_clauses(filters)]}},
        "aggs": {
            **{name: {"terms": {"field": f"{name}_as", "size": MOST_SPELLINGS}} for name in FACET_FIELDS},
            "currencies": {"terms": {"field": "currency", "size": 50}, "aggs": price},
            "in_stock": {"filter": {"term": {"in_stock": True}}},
        },
    }


def is_said(answer: Mapping[str, Any], asked: Asked) -> bool:
    """True where each word asked is said, as it was typed, by some product."""
    counts = answer.get("aggregations", {}).get("said", {})
    return all(counts.get(str(i), {}).get("doc_count", 1) for i in range(len(asked.words)))


_OF_WORDS: Body = {"term": {"kind": "words"}}


def _said(words: str) -> Body:
    return {"multi_match": {"query": words, "fields": FIELDS, "type": "most_fields", "operator": "or"}}


def _pairs_and_codes(asked: Asked) -> list[Body]:
    clauses: list[Body] = []
    if asked.pairs:
        clauses.append({"match": {"pairs": {"query": " ".join(asked.pairs), "boost": WEIGHTS["pairs"]}}})
    if asked.code:
        clauses.append({"constant_score": {"filter": {"prefix": {"code": asked.whole}}, "boost": NEAR_A_CODE}})
    return clauses


def _has(field: str, values: tuple[str, ...]) -> Body:
    keys = [value.strip().casefold() for value in values]
    has: Body = {"terms": {f"{field}_key": [key for key in keys if key]}}
    if all(keys):
        return has
    return {"bool": {"should": [has, {"bool": {"must_not": [{"exists": {"field": f"{field}_key"}}]}}]}}


def _shown(documents: int, settings: OpenSearchSettings) -> Body:
    return {
        "size": documents,
        "timeout": f"{settings.budget_ms}ms",
        "track_total_hits": False,
        "_source": ["product_id", "product", "picture"],
    }
