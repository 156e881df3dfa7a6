"""Small real catalogues, written to a folder for a test."""

import csv
import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from indexing.generation import Reject
from indexing.product import Product
from indexing.sources import Source, read_rows
from tests.toys import product_picture

COLOURS = ("red", "blue", "green", "black", "yellow", "pink", "orange", "purple", "brown", "white")


def picture(path: Path, colour: str, *, px: int = 48) -> Path:
    """Write a picture of a disc of a colour."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(product_picture(colour, px=px))
    return path


def shop(folder: Path, count: int = 6) -> Path:
    """A folder with `products.csv` and a picture each: `pictures/<id>.png`, every third product with a second one."""
    rows = []
    for i in range(count):
        colour = COLOURS[i % len(COLOURS)]
        # The size tells two pictures of one colour apart.
        names = [picture(folder / "pictures" / f"p{i}.png", colour, px=40 + i).name]
        if i % 3 == 0:
            names.append(picture(folder / "pictures" / f"p{i}_2.png", colour, px=41 + count + i).name)
        images = "|".join(f"pictures/{name}" for name in names)
        rows.append({"id": f"p{i}", "title": f"{colour} mug {i}", "price": f"{i}.50", "images": images})
    write_csv(folder / "products.csv", rows)
    return folder


def write_csv(path: Path, rows: Sequence[Mapping[str, str]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def abo(root: Path, listings: Sequence[Mapping[str, object] | str], images: Mapping[str, str]) -> Path:
    """Amazon Berkeley Objects' layout: listings, the table of images, and a small picture for each image id."""
    lines = [listing if isinstance(listing, str) else json.dumps(listing) for listing in listings]
    metadata = root / "listings" / "metadata"
    metadata.mkdir(parents=True)
    half = len(lines) // 2
    for name, part in (("listings_0", lines[:half]), ("listings_1", lines[half:])):
        with gzip.open(metadata / f"{name}.json.gz", "wt", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in part)
    table = root / "images" / "metadata" / "images.csv.gz"
    table.parent.mkdir(parents=True)
    with gzip.open(table, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["image_id", "height", "width", "path"])
        for number, (image_id, colour) in enumerate(images.items()):
            path = f"{number:02}/{image_id}.png"
            writer.writerow([image_id, 48, 48, path])
            picture(root / "images" / "small" / path, colour)
    return root


def products_of(source: Source, limit: int | None = None) -> list[Product]:
    return [row.product for row in read_rows(source, limit) if not isinstance(row, Reject)]


def rejects_of(source: Source) -> list[Reject]:
    return [row for row in read_rows(source) if isinstance(row, Reject)]
