"""A probe in, the searches of one `_msearch` out. Pure: the same probe makes the same bodies."""

from collections.abc import Mapping
from typing import Any

from indexing.lexical import (
    CODE_COUNTS,
    MOST_NEAR_TERMS,
    PAIR_COUNTS,
    SHORT_COUNTS,
    SLIP_COUNTS,
    Asked,
    most_edits,
)
from indexing.opensearch_index import scaled, vector_field
from indexing.opensearch_settings import OpenSearchSettings
from indexing.product import FACET_FIELDS
from indexing.store import Filters, VectorKind
from inference.encoder import Embedding

Body = dict[str, Any]

MORE = 10
"""Documents asked beyond what is needed, so that equals at the end of a list can be put in order."""
MOST_SPELLINGS = 1_000


def filter_clauses(
    filters: Filters, exclude: frozenset[str] = frozenset(), only: frozenset[str] = frozenset()
) -> list[Body]:
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
    if only:
        clauses.append({"terms": {"product_id": sorted(only)}})
    if exclude:
        clauses.append({"bool": {"must_not": [{"terms": {"product_id": sorted(exclude)}}]}})
    return clauses


def nearest_body(
    vector: Embedding, kind: VectorKind, documents: int, clauses: list[Body], settings: OpenSearchSettings
) -> Body:
    """The nearest documents, each product once by its best."""
    asked: Body = {"vector": scaled(vector), "k": documents}
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


def words_body(
    asked: Asked, products: int, clauses: list[Body], settings: OpenSearchSettings, *, misspelt: frozenset[str]
) -> Body:
    """Products that say any of the words, and nearly any of the misspelt ones, by what the words count.

    `aggregations` tell how many products say each word that is not known to be misspelt.
    """
    said = [word for word in asked.words if word not in misspelt]
    should = [clause for word in said for clause in (_match("said", word, 1.0), _match("short", word, SHORT_COUNTS))]
    should += [_nearly(word) for word in asked.words if word in misspelt and most_edits(word)]
    should += [_match("pairs", pair, PAIR_COUNTS) for pair in asked.pairs]
    if asked.is_code:
        should.append({"constant_score": {"filter": {"prefix": {"names": asked.whole}}, "boost": CODE_COUNTS}})
    counts = {word: {"filter": _match("said", word, 1.0)} for word in said}
    return {
        **_shown(products, settings),
        "query": {"bool": {"filter": [_OF_WORDS, *clauses], "should": should, "minimum_should_match": 1}},
        "sort": ["_score", {"product_id": "asc"}],
        **({"aggs": {"said": {"global": {}, "aggs": counts}}} if counts else {}),
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


def unsaid(answer: Mapping[str, Any]) -> frozenset[str]:
    """Words that no product says as they were typed."""
    counts = answer.get("aggregations", {}).get("said", {})
    return frozenset(word for word, told in counts.items() if isinstance(told, dict) and not told["doc_count"])


_OF_WORDS: Body = {"term": {"kind": "words"}}


def _match(field: str, term: str, counts: float) -> Body:
    return {"match": {field: {"query": term, "boost": counts}}}


def _nearly(word: str) -> Body:
    fuzzy: Body = {"value": word, "fuzziness": most_edits(word), "max_expansions": MOST_NEAR_TERMS}
    return {"constant_score": {"filter": {"fuzzy": {"terms": fuzzy}}, "boost": SLIP_COUNTS}}


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
