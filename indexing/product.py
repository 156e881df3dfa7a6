"""What a shop sells: `Product` and `Money`, frozen, written and read as JSON."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

Availability: TypeAlias = Literal["in_stock", "out_of_stock", "preorder", "backorder", "unknown"]
FacetField: TypeAlias = Literal["brand", "color", "category", "material"]
FACET_FIELDS: tuple[FacetField, ...] = ("brand", "color", "category", "material")


class Money(msgspec.Struct, frozen=True, order=False):
    """An amount in a currency; amounts of two currencies are never compared."""

    minor: int
    """Integer minor units: 1999 is 19.99 USD, 1999 is also 1,999 JPY."""
    currency: str
    """ISO 4217, upper case."""


class Product(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product as the catalogue tells it. Every text is plain, unescaped Unicode."""

    id: str
    title: str
    description: str = ""
    category: str = ""
    brand: str = ""
    color: str = ""
    material: str = ""
    price: Money | None = None
    availability: Availability = "unknown"
    url: str = ""
    pictures: tuple[str, ...] = ()
    """URIs: http(s), s3, or a path relative to the source's picture folder; the first is the main one."""
    attributes: Mapping[str, str] = {}
    """Whatever else the catalogue says: size, pattern, SKU, GTIN; keys in lower case."""
    titles: Mapping[str, str] = {}
    """Titles by BCP 47 locale, for example `ja-JP`."""

    def facet(self, field: FacetField) -> str:
        """The product's value of a facet, case-folded for comparison; empty where it has none."""
        return str(getattr(self, field)).strip().casefold()

    def title_in(self, locale: str) -> str:
        """The title in a locale (`ja` matches `ja-JP`), else the plain title."""
        language = locale.replace("_", "-").split("-")[0]
        matching = (t for tag, t in self.titles.items() if tag.replace("_", "-").split("-")[0] == language)
        return next(matching, self.title)
