"""A record and its columns in, a `Product` out."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from indexing.product import Availability, Money, Product
from indexing.sources.columns import Columns, Record, is_picture_name, strings
from indexing.sources.money import money_of
from indexing.sources.source import BadRow
from indexing.sources.text import plain, unslugged

LONGEST_ID_BYTES = 512
"""What OpenSearch takes as a document's id."""
_AVAILABILITY: dict[str, Availability] = {
    **dict.fromkeys(
        ("instock", "available", "yes", "true", "limitedavailability", "在庫あり", "有", "あり"), "in_stock"
    ),
    **dict.fromkeys(("outofstock", "soldout", "no", "false", "unavailable", "discontinued"), "out_of_stock"),
    **dict.fromkeys(("在庫なし", "無", "なし", "売り切れ", "品切れ", "完売"), "out_of_stock"),
    **dict.fromkeys(("preorder", "presale", "予約", "予約受付中"), "preorder"),
    **dict.fromkeys(("backorder", "onbackorder", "お取り寄せ", "取り寄せ", "入荷待ち"), "backorder"),
}


def product_of(record: Record, columns: Columns, *, currency: str) -> Product:
    """Make a product of a record; columns without a field of their own become attributes.

    Args:
        record: a row as it stands in the source.
        columns: which column holds which field.
        currency: ISO 4217 of prices that name none.

    Raises:
        BadRow: no id, no title, or a price that is none.
    """
    title = _text(record, columns, "title")
    product_id = checked_id(_text(record, columns, "id") if "id" in columns.of else title)
    if not title:
        raise BadRow("The row has no title.")
    category, category_path = last_of_path(_text(record, columns, "category"))
    attributes = {key.strip().lower(): text for key in columns.unused if (text := _joined(record.get(key)))}
    if category_path:
        attributes["category_path"] = category_path
    titles = {tag: text for tag, column in columns.titles.items() if (text := _joined(record.get(column)))}
    return Product(
        id=product_id,
        title=title,
        description=_text(record, columns, "description"),
        category=category,
        brand=_text(record, columns, "brand"),
        color=_text(record, columns, "color"),
        material=_text(record, columns, "material"),
        price=_price(record, columns, currency),
        availability=availability_of(_joined(_cell(record, columns, "availability"))),
        url=_link(record, columns),
        pictures=tuple(dict.fromkeys(uri for column in columns.pictures for uri in picture_uris(record.get(column)))),
        attributes=attributes,
        titles=titles,
    )


def checked_id(text: str) -> str:
    """The id as it is kept.

    Raises:
        BadRow: there is none, or it is longer than a store takes.
    """
    if not text:
        raise BadRow("The row has no id.")
    if len(text.encode()) > LONGEST_ID_BYTES:
        raise BadRow(f"The id is longer than {LONGEST_ID_BYTES} bytes.")
    return text


def availability_of(text: str) -> Availability:
    """`in stock`, `https://schema.org/InStock`, `在庫あり` or a number of pieces -> the field's value."""
    if re.fullmatch(r"-?\d+(?:\.0+)?", text):
        return "in_stock" if float(text) > 0 else "out_of_stock"
    key = re.sub(r"[\s_-]+", "", text.rsplit("/", 1)[-1].casefold())
    return _AVAILABILITY.get(key, "unknown")


def last_of_path(category: str) -> tuple[str, str]:
    """`Home > Kitchen > Mugs` -> (`Mugs`, the whole); a plain category has no path."""
    parts = [part.strip() for part in re.split(r"\s*(?:>|＞|»|›)\s*|\s+/\s+", category) if part.strip()]
    return (parts[-1], " > ".join(parts)) if len(parts) > 1 else (category, "")


def picture_uris(value: object) -> list[str]:
    """The picture URIs in a cell: one, a list, or several with a separator between them."""
    found: list[str] = []
    for text in strings(value):
        parts = [
            part.strip("\"' ") for part in re.split(r"[|;\n]+|,(?=\s*(?:https?:|s3:|/|[^,]*$))", text.strip("[] "))
        ]
        is_list = len(parts) > 1 and all(is_picture_name(part) or "://" in part for part in parts if part)
        found += [part for part in parts if part] if is_list else [text.strip()]
    return [uri for uri in found if uri]


def sale_price(price: Money | None, sale: Money | None, period: str) -> Money | None:
    """The price that is asked now: the sale's, where there is one and its period (ISO 8601, from/to) covers now."""
    if sale is None:
        return price
    bounds = [_moment(part) for part in period.split("/")] if period else []
    if len(bounds) == 2 and None not in bounds:
        now = datetime.now(UTC)
        return sale if bounds[0] <= now <= bounds[1] else price  # type: ignore[operator]
    return sale


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _price(record: Record, columns: Columns, currency: str) -> Money | None:
    own = _joined(_cell(record, columns, "currency")).upper() or currency
    price, sale = (_money(_cell(record, columns, name), own) for name in ("price", "sale_price"))
    return sale_price(price, sale, _joined(_cell(record, columns, "sale_period")))


def _cell(record: Record, columns: Columns, name: str) -> object:
    column = columns.of.get(name)
    return None if column is None else record.get(column)


def _money(value: object, currency: str) -> Money | None:
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        raise BadRow("The price is not an amount of money.")
    return money_of(value, currency)


def _text(record: Record, columns: Columns, name: str) -> str:
    text = _joined(_cell(record, columns, name))
    return unslugged(text) if name in columns.slugs else text


def _joined(value: object) -> str:
    if isinstance(value, str):
        return plain(value) if value else ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return plain(", ".join(strings(value)))


def _link(record: Record, columns: Columns) -> str:
    link = _joined(_cell(record, columns, "url"))
    return link if link.startswith(("http://", "https://")) else ""
