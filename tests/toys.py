"""Small real parts for fast tests: `PaletteEncoder` places words and photos in one space by their colours."""

import io
import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from inference.encoder import Embedding, Embeddings, Pixels

COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (220, 30, 30),
    "orange": (245, 140, 20),
    "yellow": (250, 220, 40),
    "green": (40, 160, 60),
    "cyan": (40, 200, 210),
    "blue": (30, 70, 220),
    "navy": (15, 25, 95),
    "purple": (130, 40, 170),
    "pink": (250, 150, 190),
    "brown": (120, 70, 30),
    "beige": (225, 205, 165),
    "olive": (115, 115, 25),
    "maroon": (115, 15, 30),
    "teal": (15, 115, 115),
    "lime": (165, 235, 50),
    "lavender": (195, 175, 240),
    "turquoise": (90, 225, 190),
    "magenta": (225, 40, 190),
    "gold": (205, 165, 50),
    "coral": (250, 115, 95),
    "black": (12, 12, 12),
    "grey": (128, 128, 128),
    "silver": (195, 195, 200),
    "white": (255, 255, 255),
}
"""The 24 colours that the toy knows, as RGB."""

OTHER_NAMES = {
    "gray": "grey",
    "赤": "red",
    "青": "blue",
    "緑": "green",
    "黄": "yellow",
    "白": "white",
    "黒": "black",
    "灰": "grey",
    "茶": "brown",
    "紫": "purple",
    "橙": "orange",
    "オレンジ": "orange",
    "ピンク": "pink",
}
DETAILS = 8
"""Dimensions beside the colours: other words of a text, the layout of a picture."""

_NAMES = tuple(COLOURS)
_ANCHORS = np.array(list(COLOURS.values()), dtype=np.float32) / 255
_COLOUR_NAME = re.compile("|".join(sorted((*COLOURS, *OTHER_NAMES), key=len, reverse=True)))


class PaletteEncoder:
    """A real, tiny encoder: dim 32, pictures of 32 px, no weights; the same everywhere. Thread-safe."""

    model_id = "palette-000032"
    dim = len(COLOURS) + DETAILS
    picture_px = 32
    prompt = "this is a {}"

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """See `Encoder.encode_texts`."""
        return _stack([self._text(text) for text in texts])

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        """See `Encoder.encode_pictures`."""
        return _stack([self._picture(picture) for picture in pictures])

    def _text(self, text: str) -> Embedding:
        lowered = text.lower()
        colours = np.full(len(_NAMES), 0.01, dtype=np.float32)
        for found in _COLOUR_NAME.findall(lowered):
            colours[_NAMES.index(OTHER_NAMES.get(found, found))] += 1
        details = np.zeros(DETAILS, dtype=np.float32)
        for word in re.findall(r"\w+", _COLOUR_NAME.sub(" ", lowered)):
            if word not in {"this", "is", "a", "an", "the", "of", "in"}:
                digest = zlib.crc32(word.encode())
                details[digest % DETAILS] += 1 if digest & 0x8000 else -1
        return _joined(colours, details)

    def _picture(self, picture: Pixels) -> Embedding:
        if picture.shape != (self.picture_px, self.picture_px, 3) or picture.dtype != np.uint8:
            raise ValueError(f"expected uint8 ({self.picture_px}, {self.picture_px}, 3), got {picture.shape}")
        pixels = picture.reshape(-1, 3).astype(np.float32) / 255  # (1024, 3)
        distances = ((pixels[:, None, :] - _ANCHORS[None]) ** 2).sum(axis=2)  # (1024, 24)
        shares = np.exp(-(distances - distances.min(axis=1, keepdims=True)) / 0.01)
        shares /= shares.sum(axis=1, keepdims=True)
        shares[:, _NAMES.index("white")] *= 0.05  # mostly background
        grey = picture.mean(axis=2, dtype=np.float32).reshape(4, 8, 2, 16).mean(axis=(1, 3)).ravel()  # (8,)
        return _joined(shares.mean(axis=0) + 1e-4, (grey - grey.mean()) / 64)


def picture_of(colour: str, *, px: int = 48, kind: str = "PNG") -> bytes:
    """A picture file of one plain colour: `picture_of("red")`."""
    file = io.BytesIO()
    Image.new("RGB", (px, px), COLOURS[colour]).save(file, kind)
    return file.getvalue()


def product_picture(colour: str, *, px: int = 48, kind: str = "PNG") -> bytes:
    """A picture file of a disc of a colour on white, as shops show things."""
    y, x = np.mgrid[:px, :px]
    pixels: NDArray[np.uint8] = np.full((px, px, 3), 255, dtype=np.uint8)
    pixels[(x - px / 2) ** 2 + (y - px / 2) ** 2 < (px * 0.4) ** 2] = COLOURS[colour]
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def _joined(colours: NDArray[np.float32], details: NDArray[np.float32]) -> Embedding:
    colours = colours / np.linalg.norm(colours)
    details = 0.3 * details / max(float(np.linalg.norm(details)), 1.0)
    joined = np.concatenate([colours, details]).astype(np.float32)
    return joined / np.linalg.norm(joined)


def _stack(rows: list[Embedding]) -> Embeddings:
    return np.stack(rows) if rows else np.zeros((0, PaletteEncoder.dim), dtype=np.float32)
