"""A catalogue in Amazon Berkeley Objects' layout -> examples with facts in every language that its listings speak.

Indexing reads the same files for what a shop shows; here only what a picture shows counts, language by language.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from inference.train.examples import Example, Fact, NothingToLearn, Split

FIELDS = (("color", "colour"), ("material", "material"), ("pattern", "pattern"), ("item_shape", "shape"))
JOINTS = {"en": " and ", "ja": "×"}
"""What stands between the colours of a product of several."""
PICTURE_FOLDERS = ("images/small", "images/original", "images")


def is_abo(folder: Path) -> bool:
    """Whether a folder holds listings in ABO's layout."""
    return any(True for _ in folder.glob("listings/metadata/listings_*.json*"))


def abo_examples(folder: Path, views: Path | None = None) -> Iterator[Example]:
    """Every picture of a catalogue in ABO's layout.

    Args:
        folder: holds `listings/metadata`, `images`, and perhaps `split.csv` (item_id, split); without it all is train.
        views: further pictures of the products, anywhere below this folder, in files or folders named by item id.

    Raises:
        NothingToLearn: no listing there has a picture.
    """
    paths, splits = _picture_paths(folder), _splits(folder / "split.csv")
    further = _views(views) if views else {}
    found = 0
    for listing in _listings(folder):
        item = str(listing.get("item_id", ""))
        split = splits.get(item, "train")
        facts, captions = _facts(listing), _captions(listing)
        ids = [listing.get("main_image_id"), *listing.get("other_image_id", [])]
        for picture, photo in [*((paths.get(str(i)), False) for i in ids), *((p, True) for p in further.get(item, []))]:
            if picture is None:
                continue
            found += 1
            yield Example(picture=picture, group=item, captions=captions, facts=facts, split=split, photo=photo)
    if not found:
        raise NothingToLearn(f"{folder} has no listing with a picture; expected listings/metadata and images/small.")


def _listings(folder: Path) -> Iterator[Mapping[str, Any]]:
    """Every listing; a line that is none costs itself, and `looksee index` says which."""
    for path in sorted(folder.glob("listings/metadata/listings_*.json*")):
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                try:
                    listing = json.loads(line)
                except ValueError:
                    continue
                if isinstance(listing, dict):
                    yield listing


def _picture_paths(folder: Path) -> dict[str, Path]:
    table = folder / "images" / "metadata" / "images.csv.gz"
    root = next((folder / name for name in PICTURE_FOLDERS if (folder / name).is_dir()), folder)
    if not table.exists():
        return {path.stem: path for path in root.rglob("*.jpg")}
    with gzip.open(table, "rt", encoding="utf-8", newline="") as rows:
        return {row["image_id"]: root / row["path"] for row in csv.DictReader(rows)}


def _splits(path: Path) -> dict[str, Split]:
    if not path.exists():
        return {}
    named: dict[str, Split] = {"train": "train", "dev": "dev", "test": "test"}
    with path.open(encoding="utf-8", newline="") as rows:
        # An unknown word is not taken for train: it might mean "keep out".
        return {row["item_id"]: named.get(row["split"], "test") for row in csv.DictReader(rows)}


def _views(folder: Path) -> dict[str, list[Path]]:
    """Pictures by item id, which is the name of their folder or the file's name up to the first `-` or `_`."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*.jpg")):
        for name in {path.parent.name, path.stem.replace("_", "-").split("-")[0]}:
            found.setdefault(name, []).append(path)
    return found


def _by_language(values: Iterable[Any]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for value in values:
        if isinstance(value, dict) and value.get("value"):
            language = str(value.get("language_tag", "en")).split("_")[0]
            said.setdefault(language, []).append(" ".join(str(value["value"]).split()))
    return said


def _facts(listing: Mapping[str, Any]) -> tuple[Fact, ...]:
    facts = []
    kinds = [str(entry.get("value", "")) for entry in listing.get("product_type", []) if isinstance(entry, dict)]
    if kinds and kinds[0]:
        kind = kinds[0].replace("_", " ").casefold()
        words = {language: tuple(own) for language, own in _by_language(listing.get("item_keywords", [])).items()}
        facts.append(Fact("kind", kind, {**words, "en": (kind, *words.get("en", ()))}))
    for field, name in FIELDS:
        said = {language: own[0] for language, own in _by_language(listing.get(field, [])).items()}
        if "en" in said:
            facts += _values(name, said)
    return tuple(facts)


def _values(name: str, said: Mapping[str, str]) -> Sequence[Fact]:
    """One fact; of several colours all together first, then each."""
    whole = Fact(name, said["en"].casefold(), {language: (word.casefold(),) for language, word in said.items()})
    parts = {language: word.split(JOINTS[language]) for language, word in said.items() if language in JOINTS}
    number = len(parts["en"])
    if name != "colour" or number == 1:
        return [whole]
    each = [
        Fact(name, parts["en"][i].casefold(), {la: (p[i].casefold(),) for la, p in parts.items() if len(p) == number})
        for i in range(number)
    ]
    return [whole, *each]


def _captions(listing: Mapping[str, Any]) -> tuple[str, ...]:
    fields = [_by_language(listing.get(field, [])) for field in ("item_name", "product_description")]
    return tuple(text for said in fields for language in ("en", "ja") for text in said.get(language, [])[:1])
