"""A source in, its rows out as a build takes them: at most so many, and each id once."""

from collections.abc import Iterator

from indexing.generation import Reject
from indexing.sources.source import BadSource, Source, SourceRow


def read_rows(source: Source, limit: int | None = None) -> Iterator[SourceRow]:
    """The first `limit` rows; a row whose id came before becomes a `Reject`.

    Raises:
        BadSource: there is not one row, or the source breaks off.
    """
    rows_by_id: dict[str, int] = {}
    count = 0
    for row in source.rows():
        if isinstance(row, Reject):
            if row.picture:
                yield row
                continue
        elif (before := rows_by_id.setdefault(row.product.id, row.row)) != row.row:
            row = Reject(row=row.row, product_id=row.product.id, reason=f"Row {before} has the same id.")
        yield row
        count += 1
        if count == limit:
            return
    if not count:
        raise BadSource(f"{source.describe().location} holds no rows; nothing was changed.")
