"""Settings and a generation in, the body that creates its index out; a row in, its documents out.

One document a vector: each picture of a product, and its words. The words' document also holds what is asked by words
and counted. Vectors are in no answer: they are left out of `_source`, and an f16 copy is a stored field of its own.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import orjson
from numpy.typing import NDArray

from indexing.generation import Generation, Row, RowHashes
from indexing.lexical import exact_names_of, texts_of
from indexing.opensearch_settings import OpenSearchSettings
from indexing.product import FACET_FIELDS, Product
from indexing.store import VectorKind
from inference.encoder import Embedding, Embeddings

UNMERGED = 100
"""Segments of a size that are left alone while an index is filled that is merged in the end."""
LONGEST_NAME = 2_000
NO_PAIRS = "-"
"""Lets a product without Japanese count among those that might have it: rarity is then what it is in SQLite."""
PLAIN_BASE64 = str.maketrans("-_", "+/")
SCALE = 100_000
"""Of a vector's numbers on the way. Cosines do not ask for length, and a whole number is half the characters and a
fraction of the parsing; .00001 of a unit vector is far below what the graph tells apart."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Which analysers the server has."""

    english: bool

    @property
    def lacks(self) -> list[str]:
        """What it does not have, one sentence each."""
        if self.english:
            return []
        return ["The server has no English analyser: plurals and endings must be typed as they stand in the catalogue."]


def index_body(settings: OpenSearchSettings, generation: Generation, analysis: Analysis) -> dict[str, Any]:
    """What creates the index of a generation, as it is while it is filled."""
    keyword = {"type": "keyword"}
    hidden = {"type": "object", "enabled": False}
    words = {"type": "text", "analyzer": "english" if analysis.english else "standard"}
    properties: dict[str, Any] = {
        "product_id": keyword,
        "kind": keyword,
        "picture": {"type": "integer", "index": False},
        "picture_vector": _vector(settings, generation.dim),
        "words_vector": _vector(settings, generation.dim),
        "half": {"type": "binary", "store": True},
        "product": hidden,
        # Of doc values, not of the source: a build reads it of every product, and would parse every source for it.
        "row": {"type": "binary", "doc_values": True},
        "short": words | {"copy_to": ["said", "terms"]},
        "rest": {"type": "text", "index": False, "copy_to": "said"},
        "said": words,
        "terms": {"type": "text", "analyzer": "whitespace"},
        "pairs": {"type": "text", "analyzer": "whitespace"},
        "names": {"type": "keyword", "doc_values": False},
        "price_minor": {"type": "long"},
        "currency": keyword,
        "in_stock": {"type": "boolean"},
        **dict.fromkeys((f"{name}_key" for name in FACET_FIELDS), keyword),
        **dict.fromkeys((f"{name}_as" for name in FACET_FIELDS), keyword),
    }
    return {
        "settings": {
            "index.knn": True,
            # With the default, a scan or a delete by query leaves documents that cannot be read any more.
            "index.knn.derived_source.enabled": False,
            "number_of_shards": settings.shards,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            # Each merge builds its graph anew: where one of all follows, those on the way to it are in vain.
            **({"index.merge.policy.segments_per_tier": UNMERGED} if settings.merges else {}),
            # A word counts its rarity, however often and in however long a text it is said; see `indexing.lexical`.
            "index.similarity.default": {"type": "BM25", "k1": 0.0, "b": 0.0},
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"excludes": ["picture_vector", "words_vector", "half", "row", "short", "rest", "pairs"]},
            "_meta": meta_of(generation),
            "properties": properties,
        },
    }


def meta_of(generation: Generation) -> dict[str, Any]:
    """A generation as the `_meta` of its index."""
    told: dict[str, Any] = msgspec.to_builtins(generation)
    return {"looksee": {name: value for name, value in told.items() if name not in {"is_live", "size_bytes"}}}


def generation_of(mapping: Mapping[str, Any]) -> Generation | None:
    """What an index's mapping says of its generation; None where the index is not one of ours."""
    told = mapping.get("_meta", {}).get("looksee")
    if not isinstance(told, dict):
        return None
    try:
        return msgspec.convert(told, Generation)
    except msgspec.ValidationError:
        return None


def documents_of(row: Row) -> Iterator[tuple[str, dict[str, Any]]]:
    """The documents of a row with their ids, the words' document last: where it is, the others are too."""
    product = row.product
    facts = _facts(product)
    for picture in row.pictures:
        vector = _unit(picture.embedding)
        yield (
            picture_id(product.id, picture.index),
            facts
            | {"kind": "picture", "picture": picture.index, "picture_vector": scaled(vector), "half": halved(vector)},
        )
    texts = texts_of(product)
    vector = _unit(row.words)
    yield (
        words_id(product.id),
        facts
        | {"kind": "words", "picture": 0, "words_vector": scaled(vector), "half": halved(vector)}
        | {"row": packed(row)}
        | {"short": texts.short, "rest": texts.rest, "pairs": texts.pairs or NO_PAIRS}
        | {"names": [name for name in exact_names_of(product) if len(name) <= LONGEST_NAME]}
        | {
            f"{name}_as": value[:LONGEST_NAME]
            for name in FACET_FIELDS
            if (value := str(getattr(product, name)).strip())
        },
    )


def packed(row: Row) -> str:
    """What tells whether a row has changed, as base64: its hashes, and sha256 and ETag of each picture."""
    pictures = [[picture.sha256, picture.etag] for picture in row.pictures]
    return base64.b64encode(orjson.dumps([row.hashes.facts, row.hashes.pictures, pictures])).decode()


def unpacked(text: str) -> tuple[RowHashes, tuple[tuple[str, str], ...]]:
    """The same again: hashes, and (sha256, ETag) a picture.

    Doc values come back in the alphabet of URLs and without padding, from older servers in the plain one and with it.
    """
    plain = text.rstrip("=").translate(PLAIN_BASE64)
    facts, pictures, encoded = orjson.loads(base64.b64decode(plain + "=" * (-len(plain) % 4)))
    return RowHashes(facts, pictures), tuple((sha256, etag) for sha256, etag in encoded)


def encoded(index: str, document_id: str, document: Mapping[str, Any]) -> bytes:
    """A document as two lines of a bulk request."""
    action = orjson.dumps({"index": {"_index": index, "_id": document_id}})
    return action + b"\n" + orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY) + b"\n"


def words_id(product_id: str) -> str:
    """The id of the document of a product's words."""
    return f"w:{product_id}"


def picture_id(product_id: str, index: int) -> str:
    """The id of the document of a product's picture."""
    return f"{index}:{product_id}"


def scaled(vector: Embedding) -> NDArray[np.int32]:
    """A unit vector as it is sent: of the same direction, in whole numbers."""
    return np.rint(vector * SCALE).astype(np.int32)


def halved(vector: Embedding) -> str:
    """A vector as base64 of f16."""
    return base64.b64encode(vector.astype("<f2").tobytes()).decode()


def unhalved(texts: list[str]) -> Embeddings:
    """Vectors from base64 of f16: float32 (n, dim), unit length."""
    rows = np.stack([np.frombuffer(base64.b64decode(text), dtype="<f2") for text in texts]).astype(np.float32)
    units: Embeddings = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return units


def vector_field(kind: VectorKind) -> str:
    """The field that holds vectors of a kind; each kind has a graph of its own."""
    return f"{kind}_vector"


def _facts(product: Product) -> dict[str, Any]:
    """What every document of a product says: what filters ask, and the product itself."""
    price = product.price
    return {
        "product_id": product.id,
        "product": msgspec.to_builtins(product),
        "in_stock": product.availability == "in_stock",
        **({"price_minor": price.minor, "currency": price.currency} if price else {}),
        **{f"{name}_key": value[:LONGEST_NAME] for name in FACET_FIELDS if (value := product.facet(name))},
    }


def _vector(settings: OpenSearchSettings, dim: int) -> dict[str, Any]:
    parameters: dict[str, Any] = {"m": settings.m, "ef_construction": settings.ef_construction}
    method: dict[str, Any] = {"name": "hnsw", "engine": settings.engine, "space_type": "cosinesimil"}
    field: dict[str, Any] = {"type": "knn_vector", "dimension": dim}
    if settings.compression == "fp16":
        parameters["encoder"] = {"name": "sq", "parameters": {"type": "fp16"}}
    elif settings.compression == "sq":
        parameters["encoder"] = {"name": "sq"}
    elif settings.compression != "none":
        field |= {"mode": "on_disk", "compression_level": settings.compression}
    return field | {"method": method | {"parameters": parameters}}


def _unit(vector: Embedding) -> Embedding:
    return (vector / np.linalg.norm(vector)).astype(np.float32)
