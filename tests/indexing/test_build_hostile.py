"""Sixty hostile pictures in a catalogue cost themselves only, and little memory."""

from pathlib import Path

import pytest

from tests.hostile import MOST_BYTES, MemoryWatch, hostile_pictures
from tests.indexing.builds import Shop
from tests.indexing.catalogues import picture, write_csv


@pytest.mark.timeout(300)
def test_each_hostile_picture_is_accounted_for_and_the_rest_is_unharmed(tmp_path: Path) -> None:
    rows = []
    for i, hostile in enumerate(hostile_pictures()):
        suffix = Path(hostile.name).suffix if Path(hostile.name).suffix in {".jpg", ".png", ".gif", ".webp"} else ".jpg"
        path = tmp_path / "shop" / "pictures" / f"{i}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(hostile.data)
        rows.append({"id": f"hostile {i}", "title": hostile.name, "image": f"pictures/{path.name}"})
        good = picture(tmp_path / "shop" / "pictures" / f"good{i}.png", "red", px=40 + i)
        rows.append({"id": f"good {i}", "title": "red mug", "image": f"pictures/{good.name}"})
    write_csv(tmp_path / "shop" / "products.csv", rows)

    memory = MemoryWatch()
    index = Shop(tmp_path / "data")
    report = index.index(tmp_path / "shop")

    refused = sum(not hostile.is_readable for hostile in hostile_pictures())
    assert refused >= 30
    assert report.read == report.indexed == len(rows)
    assert report.picture_rejects == refused
    held = index.held()
    for i, hostile in enumerate(hostile_pictures()):
        assert held[f"good {i}"][1].startswith("none") is False
        assert held[f"hostile {i}"][1].startswith("none") is not hostile.is_readable, hostile.name
    assert memory.most() < MOST_BYTES
