"""Pictures -> one contact sheet to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image


def picture_path(folder: Path, image_id: str) -> Path:
    """Where ABO keeps a small picture."""
    return folder / "images" / "small" / image_id[:2] / f"{image_id}.jpg"


def contact_sheet(paths: Sequence[Path], out: Path, columns: int = 10, px: int = 160) -> None:
    """A grid of pictures, row by row."""
    rows = -(-len(paths) // columns)
    sheet = Image.new("RGB", (columns * px, rows * px), "white")
    for i, path in enumerate(paths):
        if path.exists():
            with Image.open(path) as picture:
                sheet.paste(picture.convert("RGB").resize((px, px)), (i % columns * px, i // columns * px))
    out.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(out, quality=88)
