"""Rows from a build in, rows that a store can hold out, with a sentence for each row or picture that it cannot.

Both stores check through this module, so that they refuse the same rows.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from indexing.generation import Reject, Row
from inference.encoder import Embedding

MOST_MINOR = 2**53
"""Minor units that every store and JSON reader holds exactly."""


def vector_problem(vector: Embedding, dim: int) -> str:
    """Why a vector cannot be searched by, as a clause; empty where it can."""
    if vector.ndim != 1 or len(vector) != dim:
        return f"has {vector.size} numbers where this index has {dim}"
    if not np.isfinite(vector).all():
        return "holds numbers that are not finite"
    if not vector.any():
        return "is all zeros, which points nowhere"
    return ""


def checked_probe(vector: Embedding, dim: int) -> Embedding:
    """The vector of a probe as float32 of unit length.

    Raises:
        ValueError: another length than dim, not finite, or zero.
    """
    problem = vector_problem(vector, dim)
    if problem:
        raise ValueError(f"The vector that was asked {problem}.")
    asked = np.asarray(vector, dtype=np.float32)
    return (asked / np.linalg.norm(asked)).astype(np.float32)


def checked_rows(rows: Sequence[Row], dim: int) -> tuple[list[Row], list[Reject]]:
    """Rows that can be written, the last of each id; and what was refused.

    A picture whose vector cannot be used costs that picture; words whose vector cannot be used cost the row.
    """
    good: dict[str, Row] = {}
    refused: list[Reject] = []
    for row in rows:
        product = row.product
        problem = _row_problem(row, dim)
        if problem:
            refused.append(Reject(row=0, product_id=product.id, reason=problem))
            continue
        pictures = []
        for picture in row.pictures:
            problem = vector_problem(picture.embedding, dim)
            if not problem:
                pictures.append(picture)
                continue
            uri = product.pictures[picture.index] if picture.index < len(product.pictures) else str(picture.index)
            reason = f"The vector of this picture {problem}; the product is found by its other pictures and words."
            refused.append(Reject(row=0, product_id=product.id, reason=reason, picture=uri))
        good[product.id] = row if len(pictures) == len(row.pictures) else replace(row, pictures=tuple(pictures))
    return list(good.values()), refused


def _row_problem(row: Row, dim: int) -> str:
    product = row.product
    if not product.id.strip():
        return "The row has no id; give every product one of its own."
    if len(product.id.encode("utf-8", "replace")) > 500:
        return "The id is longer than 500 bytes; shorten it."
    if product.price and abs(product.price.minor) >= MOST_MINOR:
        return "The price is larger than any shop's; check its column."
    problem = vector_problem(row.words, dim)
    if problem:
        return f"The vector of its words {problem}; build the row again with this index's model."
    try:
        for text in (product.id, product.title, product.description, product.brand, product.category, product.color):
            text.encode("utf-8")
    except UnicodeEncodeError:
        return "A text holds half a character (an unpaired surrogate); save the catalogue as UTF-8."
    return ""
