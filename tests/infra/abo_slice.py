"""200 rows in Amazon Berkeley Objects' real file layout, made by us from our sample, with the faults of such files."""

import csv
import gzip
import io
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from examples.catalogue.abo import write_gzip

ROWS = 200
FILES = 16
"""ABO's listings come in 16 files, `listings_0.json.gz` to `listings_f.json.gz`."""
SAMPLE = Path(__file__).parents[2] / "examples" / "catalogue"


@dataclass
class Slice:
    """What is in it."""

    root: Path
    rows: int = 0
    bad_rows: int = 0
    """Not JSON, without an id, without a name: these cannot be indexed."""
    pictures: set[str] = field(default_factory=set)
    """Paths of picture files that are there and wanted."""
    missing: int = 0
    """Pictures that a row names and that are not there, or not in the table of images."""

    @property
    def products(self) -> int:
        return self.rows - self.bad_rows


def write_slice(root: Path) -> Slice:
    """Write it."""
    listings = [json.loads(line) for line in _lines()][:ROWS]
    paths = _paths()
    made, table = Slice(root, rows=len(listings), bad_rows=len(_BAD)), {}
    lines = []
    for number, listing in enumerate(listings):
        spoilt = _spoilt(number, listing)
        lines.append(json.dumps(spoilt, ensure_ascii=False) if number != 60 else "{ cut off")
        for image_id in filter(None, [spoilt.get("main_image_id"), *spoilt.get("other_image_id", [])]):
            path = paths.get(image_id, "")
            is_there = bool(path) and number % 40 != 7
            if path:
                table[image_id] = path
            if is_there:
                target = root / "images" / "small" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(SAMPLE / "images" / "small" / path, target)
            if number not in _BAD:
                made.missing += not is_there
                made.pictures |= {path} if is_there else set()
    for part in range(FILES):
        text = "".join(f"{line}\n" for line in lines[part::FILES])
        write_gzip(root / "listings" / "metadata" / f"listings_{part:x}.json.gz", text)
    held = io.StringIO()
    rows = csv.writer(held, lineterminator="\n")
    rows.writerow(["image_id", "height", "width", "path"])
    rows.writerows([image_id, 256, 256, path] for image_id, path in sorted(table.items()))
    write_gzip(root / "images" / "metadata" / "images.csv.gz", held.getvalue())
    return made


_BAD = (20, 40, 60)
"""Without an id, without a name, not JSON."""


def _spoilt(number: int, listing: dict[str, Any]) -> dict[str, Any]:
    """A listing as a shop might have written it."""
    if number == 20:
        del listing["item_id"]
    elif number == 40:
        del listing["item_name"]
    elif number % 10 == 3:  # another locale only
        title = listing["item_name"][0]["value"]
        listing["item_name"] = [{"language_tag": "de_DE", "value": f"{title} (neu)"}]
    elif number % 10 == 4:  # other English, and Japanese
        listing["item_name"][0]["language_tag"] = "en_IN"
    elif number % 10 == 5:  # gaps
        for name in ("brand", "color", "bullet_point", "product_description", "price", "node"):
            listing.pop(name, None)
    elif number % 25 == 11:  # no picture at all
        listing.pop("main_image_id", None)
        listing.pop("other_image_id", None)
    elif number % 25 == 12:  # an id that the table does not know
        listing["other_image_id"] = [*listing.get("other_image_id", []), f"gone{number}"]
    elif number % 10 == 8:  # ABO's rows without a language tag
        listing["item_name"] = [{"value": each["value"]} for each in listing["item_name"][:1]]
    return listing


def _lines() -> list[str]:
    found: list[str] = []
    for path in sorted((SAMPLE / "listings" / "metadata").glob("listings_*.json.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found += file
    return found[:: max(1, len(found) // ROWS)]


def _paths() -> dict[str, str]:
    with gzip.open(SAMPLE / "images" / "metadata" / "images.csv.gz", "rt", newline="") as file:
        return {row["image_id"]: row["path"] for row in csv.DictReader(file)}
