"""Product records and their pictures -> Amazon Berkeley Objects' file layout.

Beyond ABO, a listing has `price` ({"value", "currency"}) and `availability` (in stock, out of stock).
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from examples.catalogue import texts
from examples.catalogue.records import Product
from examples.catalogue.sheets import picture_path
from examples.catalogue.words import COLOURS, MATERIALS, PATTERNS


def _both(english: str, japanese: str) -> list[dict[str, Any]]:
    return [{"language_tag": "en_US", "value": english}, {"language_tag": "ja_JP", "value": japanese}]


def listing(product: Product) -> dict[str, Any]:
    """A product as a line of ABO's listings."""
    material = MATERIALS[product.material]
    pattern = PATTERNS[product.pattern]
    kind = product.kind
    families = [COLOURS[c].family for c in (product.colour, product.colour2) if c]
    colours = _both(texts.colour_en(product), texts.colour_ja(product))
    colours[0]["standardized_values"] = families
    pictures = product.pictures
    bullets = [{"language_tag": "en_US", "value": text} for text in texts.bullets_en(product)]
    bullets += [{"language_tag": "ja_JP", "value": text} for text in texts.bullets_ja(product)]
    sides = dict(zip(("width", "length", "height"), product.dimensions_cm, strict=True))
    record: dict[str, Any] = {
        "item_id": product.id,
        "item_name": _both(texts.title_en(product), texts.title_ja(product)),
        "product_description": _both(texts.description_en(product), texts.description_ja(product)),
        "brand": _both(product.brand, product.brand),
        "bullet_point": bullets,
        "color": colours,
        "material": _both(material.en, material.ja),
        "pattern": _both(pattern.en, pattern.ja),
        "product_type": [{"value": kind.key.upper()}],
        "item_keywords": [{"language_tag": "en_US", "value": word} for word in kind.keywords]
        + [{"language_tag": "ja_JP", "value": kind.ja}],
        "item_dimensions": {
            name: {
                "unit": "centimeters",
                "value": value,
                "normalized_value": {"unit": "inches", "value": round(value / 2.54, 2)},
            }
            for name, value in sides.items()
        },
        "main_image_id": pictures[0],
        "country": "US",
        "marketplace": "Looksee",
        "domain_name": "looksee.example",
        "node": [{"node_name": f"/Categories/{kind.department.capitalize()}/{kind.plural.capitalize()}"}],
        "price": {"value": product.price, "currency": "USD"},
        "availability": "in stock" if product.available else "out of stock",
    }
    if product.shape.en:
        record["item_shape"] = _both(product.shape.en, product.shape.ja)
    if len(pictures) > 1:
        record["other_image_id"] = pictures[1:]
    return record


def write_gzip(path: Path, text: str) -> None:
    """Write a gzip file whose bytes depend on the text alone; it appears whole or not at all."""
    held = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=held, mode="wb", mtime=0, compresslevel=9) as stream:
        stream.write(text.encode())
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(held.getvalue())
    part.replace(path)


def write_listings(folder: Path, name: str, products: Iterable[Product]) -> int:
    """Write `listings/metadata/listings_NAME.json.gz`; returns how many lines."""
    lines = [json.dumps(listing(p), ensure_ascii=False, separators=(",", ":")) for p in products]
    write_gzip(folder / "listings" / "metadata" / f"listings_{name}.json.gz", "".join(f"{line}\n" for line in lines))
    return len(lines)


def write_images(folder: Path, products: Sequence[Product]) -> int:
    """Write `images/metadata/images.csv.gz` for the pictures of these products; returns how many rows."""
    held = io.StringIO()
    rows = csv.writer(held, lineterminator="\n")
    rows.writerow(["image_id", "height", "width", "path"])
    ids = sorted(image_id for product in products for image_id in product.pictures)
    for image_id in ids:
        path = picture_path(folder, image_id)
        with Image.open(path) as picture:
            rows.writerow([image_id, picture.height, picture.width, f"{image_id[:2]}/{image_id}.jpg"])
    write_gzip(folder / "images" / "metadata" / "images.csv.gz", held.getvalue())
    return len(ids)


def attributes(product: Product) -> dict[str, Any]:
    """The truth about a product, for questions with true answers."""
    return {
        "item_id": product.id,
        "kind": product.kind.key,
        "department": product.kind.department,
        "colours": [c for c in (product.colour, product.colour2) if c],
        "colour_families": [COLOURS[c].family for c in (product.colour, product.colour2) if c],
        "material": product.material,
        "pattern": product.pattern,
        "shape": product.shape.key,
        "shape_words": product.shape.en,
        "options": {name: option.key for name, option in product.options.items()},
        "size": product.size,
        "dimensions_cm": list(product.dimensions_cm),
        "price": product.price,
        "brand": product.brand,
        "available": product.available,
    }


def write_attributes(folder: Path, products: Iterable[Product]) -> None:
    """Write `attributes.jsonl.gz`."""
    lines = [json.dumps(attributes(p), ensure_ascii=False) for p in products]
    write_gzip(folder / "attributes.jsonl.gz", "".join(f"{line}\n" for line in lines))


def split_of(product: Product) -> str:
    """Train (70%), dev (12%) or test (18%), from the id alone."""
    from examples.catalogue.records import digest

    share = int(digest(f"split/{product.id}", 6), 32) / 32**6
    return "train" if share < 0.7 else "dev" if share < 0.82 else "test"


def write_split(folder: Path, products: Iterable[Product]) -> None:
    """Write `split.csv`: item_id, split."""
    lines = [f"{p.id},{split_of(p)}\n" for p in products]
    (folder / "split.csv").write_text("item_id,split\n" + "".join(lines))
