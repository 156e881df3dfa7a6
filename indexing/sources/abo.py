"""Amazon Berkeley Objects in its published layout -> products: titles by locale, several pictures a product."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import orjson

from indexing.generation import Reject
from indexing.product import Money, Product
from indexing.sources.files import count_lines, opened
from indexing.sources.money import money_of
from indexing.sources.pictures import PictureFolder
from indexing.sources.records import availability_of, checked_id
from indexing.sources.source import BadRow, BadSource, Listed, SourceDescription, SourceRow
from indexing.sources.text import plain, sentences, unslugged

KIND = "Amazon Berkeley Objects"
LISTINGS = "listings_*.json*"
LISTING_FOLDERS = ("listings/metadata", "listings", "metadata", ".")
IMAGE_FOLDERS = ("images/small", "images/original", "small", "original", "images", ".")
IMAGE_TABLES = ("images/metadata/images.csv.gz", "images/metadata/images.csv", "images.csv.gz", "images.csv")
_WORDS = ("style", "pattern", "fabric_type", "finish_type", "item_shape", "model_name", "model_number", "item_keywords")
"""Fields that become attributes, beside the size."""
_COLUMNS = (
    ("id", "item_id"),
    ("title", "item_name"),
    ("description", "product_description, bullet_point"),
    ("category", "product_type"),
    *((name, name) for name in ("brand", "color", "material", "price", "availability")),
    ("pictures", "main_image_id, other_image_id"),
)
Listing = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class BerkeleyObjects:
    """A `Source` in ABO's layout; `price` {"value", "currency"} and `availability` are our addition to it."""

    root: Path
    listings: tuple[Path, ...]
    currency: str
    images: Path | None = None
    """Folder that the paths of `images.csv.gz` are relative to, where it is not `images/small` or `images/original`."""
    location: str = ""
    """What it is called, where that is not its folder."""

    @property
    def folder(self) -> Path | None:
        return self.images or self.root

    @cached_property
    def _prefix(self) -> str:
        """The folder of the pictures that is there, small ones first, relative to `folder`."""
        if self.images:
            return ""
        here = (name for name in IMAGE_FOLDERS if (self.root / name).is_dir())
        name = next(here, ".")
        return "" if name == "." else f"{name}/"

    @cached_property
    def _paths(self) -> dict[str, str]:
        """Image id -> path, from `images.csv.gz`; by the files' names where there is no such table."""
        table = next((self.root / name for name in IMAGE_TABLES if (self.root / name).is_file()), None)
        if table is None:
            folder = self.images or self.root / self._prefix
            return {path.rsplit("/", 1)[-1].rsplit(".", 1)[0]: path for path in PictureFolder(folder).paths}
        with opened(table) as file:
            rows = csv.DictReader(io.TextIOWrapper(file, "utf-8-sig", newline=""))
            if not {"image_id", "path"} <= set(rows.fieldnames or ()):
                raise BadSource(f"{table} lacks the columns image_id and path; take it from the same archive again.")
            return {row["image_id"]: row["path"] for row in rows if row["image_id"] and row["path"]}

    def expected_rows(self) -> int | None:
        return sum(count_lines(path) for path in self.listings)

    def describe(self) -> SourceDescription:
        return SourceDescription(
            kind=KIND,
            location=self.location or str(self.root),
            columns=_COLUMNS,
            unused=(*_WORDS, "item_dimensions"),
            notes=(
                f"{len(self.listings)} listing files; en_US first, then other English, then any.",
                f"Pictures from {self._prefix or self.folder}, {len(self._paths):,} of them.",
            ),
        )

    def rows(self) -> Iterator[SourceRow]:
        number = 0
        for path in self.listings:
            with opened(path) as file:
                for line in file:
                    if line.strip():
                        number += 1
                        yield from self._row(number, line)

    def _row(self, number: int, line: bytes) -> Iterator[SourceRow]:
        product_id = ""
        try:
            listing = _object(line)
            product_id = str(listing.get("item_id") or "")
            pictures, missing = self._pictures(listing)
            product = _product(listing, pictures, self.currency)
        except ValueError as error:
            yield Reject(row=number, product_id="", reason=f"The line is not valid JSON: {error}.")
            return
        except BadRow as bad:
            yield Reject(row=number, product_id=product_id, reason=str(bad))
            return
        for image_id in missing:
            reason = f"The image id {image_id[:40]!r} is not in images.csv.gz."
            yield Reject(row=number, product_id=product.id, reason=reason, picture=image_id)
        yield Listed(row=number, product=product)

    def _pictures(self, listing: Listing) -> tuple[tuple[str, ...], list[str]]:
        """Paths of a listing's pictures, the main one first, and the image ids that have none."""
        others = listing.get("other_image_id")
        ids = [listing.get("main_image_id"), *(others if isinstance(others, list) else [])]
        wanted = list(dict.fromkeys(str(image_id) for image_id in ids if image_id))
        found = tuple(self._prefix + self._paths[image_id] for image_id in wanted if image_id in self._paths)
        return found, [image_id for image_id in wanted if image_id not in self._paths]


def find_listings(root: Path) -> tuple[Path, ...]:
    """The listing files under a folder in ABO's layout; none where it is another kind of folder."""
    for name in LISTING_FOLDERS:
        found = tuple(sorted(p for p in (root / name).glob(LISTINGS) if p.name.endswith((".json", ".json.gz"))))
        if found:
            return found
    return ()


def _product(listing: Listing, pictures: tuple[str, ...], currency: str) -> Product:
    names = _by_locale(listing.get("item_name"))
    title = _best(names)
    product_id = checked_id(plain(str(listing.get("item_id") or "")))
    if not title:
        raise BadRow("The listing has no item_name in any language.")
    bullets = _values(listing.get("bullet_point"))
    description = " ".join(
        part for part in (_best(_by_locale(listing.get("product_description"))), sentences(bullets)) if part
    )
    return Product(
        id=product_id,
        title=title,
        description=description,
        category=_category(listing),
        brand=_best(_by_locale(listing.get("brand"))),
        color=_best(_by_locale(listing.get("color"))),
        material=", ".join(dict.fromkeys(_values(listing.get("material")))),
        price=_price(listing.get("price"), currency),
        availability=availability_of(plain(str(listing.get("availability") or ""))),
        url=str(listing.get("url") or ""),
        pictures=pictures,
        attributes=_attributes(listing),
        titles={tag.replace("_", "-"): text for tag, text in names.items() if text != title},
    )


def _object(line: bytes) -> Listing:
    listing = orjson.loads(line)
    if not isinstance(listing, dict):
        raise BadRow("The line is not a JSON object.")
    return listing


def _by_locale(entries: object) -> dict[str, str]:
    """First value by language tag of a `[{"language_tag", "value"}]` list; the tag may be missing."""
    found: dict[str, str] = {}
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("value"), str) and (text := plain(entry["value"])):
            found.setdefault(str(entry.get("language_tag") or ""), text)
    return found


def _language(tags: Sequence[str]) -> str:
    """The tag to read: en_US, else other English, else the first."""
    english = [tag for tag in tags if tag.startswith("en")]
    return "en_US" if "en_US" in tags else (english or list(tags) or [""])[0]


def _best(by_locale: Mapping[str, str]) -> str:
    return by_locale.get(_language(list(by_locale)), "")


def _values(entries: object) -> list[str]:
    """All values of a list in the one language that is read."""
    texts = [e for e in entries if isinstance(e, dict) and e.get("value")] if isinstance(entries, list) else []
    language = _language([str(e.get("language_tag") or "") for e in texts])
    return [plain(str(e["value"])) for e in texts if str(e.get("language_tag") or "") == language]


def _category(listing: Listing) -> str:
    """`CELLULAR_PHONE_CASE` as words."""
    values = _values(listing.get("product_type"))
    return unslugged(values[0]).capitalize() if values else ""


def _price(price: object, currency: str) -> Money | None:
    entry = price[0] if isinstance(price, list) and price else price
    if isinstance(entry, dict):
        return money_of(entry.get("value"), str(entry.get("currency") or currency))
    return money_of(entry if not isinstance(entry, list) else None, currency)


def _attributes(listing: Listing) -> dict[str, str]:
    found = {}
    for name in _WORDS:
        if values := list(dict.fromkeys(text for text in _values(listing.get(name)) if text)):
            found[name] = ", ".join(values)
    if colours := _standard_colours(listing.get("color")):
        found["standard_color"] = colours
    node = listing.get("node")
    if isinstance(node, list) and node and isinstance(node[0], dict) and node[0].get("node_name"):
        found["category_path"] = plain(str(node[0]["node_name"]))
    sizes = listing.get("item_dimensions")
    for name, size in sizes.items() if isinstance(sizes, dict) else ():
        if isinstance(size, dict) and size.get("value") is not None:
            found[name] = plain(f"{size['value']} {size.get('unit') or ''}")
    return found


def _standard_colours(entries: object) -> str:
    """The plain colours that a listing's own names for them stand for: `Green, Yellow` of olive and yellow."""
    lists = [e.get("standardized_values") for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
    return ", ".join(dict.fromkeys(plain(str(text)) for texts in lists if isinstance(texts, list) for text in texts))
