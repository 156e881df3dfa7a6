"""Picture files -> rows of one mapped file: RGB and a mask of the product, uint8, decoded once for all epochs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference import images
from inference.encoder import Pixels

PX = 144
"""Side of a kept picture: half as much again as the model's 96, so that crops stay sharp."""
CHUNK = 64

Rows = NDArray[np.uint8]
"""uint8, shape (N, PX, PX, 4): RGB and the product's mask, 255 where the product is; all 255 on a busy background."""


class PictureCache:
    """An append-only file of decoded pictures; a killed run leaves whole rows only."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._data, self._index = folder / f"pictures-{PX}.u8", folder / f"pictures-{PX}.jsonl"
        self._row_of: dict[str, int | None] = {}
        if self._index.exists():
            for line in self._index.read_text("utf-8").splitlines():
                if line.endswith("]"):  # a torn last line is decoded again
                    key, row = json.loads(line)
                    self._row_of[key] = row

    def rows(self, paths: Sequence[Path], progress: Callable[[int], None] = lambda done: None) -> list[int | None]:
        """The row of each picture, after decoding those that are new; None where a file is no picture.

        Args:
            paths: picture files; read again only when size or time of change differ.
            progress: called with the number decoded so far.
        """
        keys = [_key(path) for path in paths]
        todo = {k: p for k, p in zip(keys, paths, strict=True) if k not in self._row_of}
        waiting = list(todo.items())
        with (
            ThreadPoolExecutor(2) as pool,
            self._data.open("ab") as data,
            self._index.open("a", encoding="utf-8") as index,
        ):
            row = data.tell() // (PX * PX * 4)
            data.truncate(row * PX * PX * 4)
            for start in range(0, len(waiting), CHUNK):
                part = waiting[start : start + CHUNK]
                decoded = list(pool.map(_decode, [path for _, path in part]))
                whole = [picture for picture in decoded if picture is not None]
                if whole:
                    rgb = np.stack(whole)
                    data.write(np.concatenate([rgb, product_masks(rgb)[..., None]], -1).tobytes())
                    data.flush()
                for (key, _), picture in zip(part, decoded, strict=True):
                    self._row_of[key] = None if picture is None else row
                    row += picture is not None
                    index.write(json.dumps([key, self._row_of[key]]) + "\n")
                index.flush()
                progress(min(start + CHUNK, len(waiting)))
        return [self._row_of[key] for key in keys]

    def open(self) -> Rows:
        """All rows, mapped read-only."""
        return np.memmap(self._data, np.uint8, mode="r").reshape(-1, PX, PX, 4)


def _key(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return f"missing {path}"
    return hashlib.sha256(f"{path.resolve()} {status.st_size} {status.st_mtime_ns}".encode()).hexdigest()[:24]


def _decode(path: Path) -> Pixels | None:
    """The middle square, PX on a side, or None where the file is no picture."""
    try:
        return images.prepare(path.read_bytes(), PX)
    except (OSError, images.UnreadablePhoto):
        return None


def product_masks(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Where the product is, on pictures with a plain background.

    Args:
        rgb: uint8, shape (N, px, px, 3).

    Returns:
        uint8, shape (N, px, px), 0 background to 255 product; all 255 where the border is not of one colour.
    """
    pixels = rgb.astype(np.int16)
    border = np.concatenate([pixels[:, 0], pixels[:, -1], pixels[:, :, 0], pixels[:, :, -1]], 1)  # (N, 4 px, 3)
    paper = np.median(border, 1)[:, None, None]  # (N, 1, 1, 3)
    off = pixels - paper
    chroma = off.max(-1) - off.min(-1)
    light = off.mean(-1)
    like = (chroma < 26) & (light > -42) & (light < 30)  # paper, and its soft shadows
    reached = np.zeros_like(like)
    reached[:, 0], reached[:, -1] = like[:, 0], like[:, -1]
    reached[:, :, 0], reached[:, :, -1] = like[:, :, 0], like[:, :, -1]
    px = like.shape[1]
    for _ in range(6):  # sweeps in four directions reach every place that a few turns lead to
        before = reached.sum()
        for i in range(1, px):
            reached[:, i] |= reached[:, i - 1] & like[:, i]
            reached[:, :, i] |= reached[:, :, i - 1] & like[:, :, i]
        for i in range(px - 2, -1, -1):
            reached[:, i] |= reached[:, i + 1] & like[:, i]
            reached[:, :, i] |= reached[:, :, i + 1] & like[:, :, i]
        if reached.sum() == before:
            break
    plain = (np.abs(border - np.median(border, 1, keepdims=True)).max(-1) < 40).mean(1) > 0.9
    share = 1 - reached.mean((1, 2))
    usable = plain & (share > 0.03) & (share < 0.8)
    product = np.where(reached, 0, 255).astype(np.uint16)
    padded = np.pad(product, ((0, 0), (1, 1), (1, 1)), mode="edge")
    soft = sum(padded[:, y : y + px, x : x + px] for y in range(3) for x in range(3)) // 9  # edges without a hard line
    product = np.where(usable[:, None, None], soft, 255)
    return product.astype(np.uint8)
