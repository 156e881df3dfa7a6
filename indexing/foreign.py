"""What no catalogue carries: phrases, and pictures made from a seed, which calibration expects to be refused."""

from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from inference.encoder import Pixels

PHRASES = (
    "humpback whale breaching", "steam locomotive", "passenger jet on a runway", "thunderstorm over the sea",
    "surface of the moon", "crowded subway platform", "surgeon in an operating room", "wheat field at dusk",
    "football stadium at night", "combine harvester", "oil tanker", "x-ray of a broken arm", "herd of elephants",
    "waterfall in a rainforest", "fire engine", "suspension bridge", "space shuttle launch", "erupting volcano",
    "polar bear on the ice", "high court building", "tax return form", "weather map of europe", "flooded street",
    "excavator on a building site", "wind farm", "coral reef with fish", "cathedral ceiling", "traffic jam",
    "cow in a meadow", "helicopter rescue", "glacier", "satellite dish", "parking garage", "prison corridor",
    "galloping horse", "nuclear power plant", "sunflower field", "dentist treating a patient", "ski jump", "swamp",
)  # fmt: skip


def foreign_pictures(count: int, px: int, seed: int = 7) -> Iterator[Pixels]:
    """Pictures of nothing in particular: skies, walls, crowds of shapes, scribbles; uint8, (px, px, 3)."""
    rng = np.random.default_rng(seed)
    makers = (_sky, _wall, _shapes, _scribble)
    for i in range(count):
        yield makers[i % len(makers)](rng, px)


def _colour(rng: np.random.Generator) -> tuple[int, int, int]:
    r, g, b = rng.integers(0, 256, 3)
    return int(r), int(g), int(b)


def _pixels(picture: Image.Image) -> Pixels:
    return np.asarray(picture.convert("RGB"), dtype=np.uint8)


def _sky(rng: np.random.Generator, px: int) -> Pixels:
    """A gradient over a ragged skyline."""
    top, bottom = np.array(_colour(rng)), np.array(_colour(rng))
    rows = np.linspace(0, 1, px)[:, None, None]
    picture = Image.fromarray(np.broadcast_to(top * (1 - rows) + bottom * rows, (px, px, 3)).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    steps = [(int(x), int(y)) for x, y in zip(np.linspace(0, px, 12), rng.integers(px // 3, px, 12), strict=True)]
    draw.polygon([(0, px), *steps, (px, px)], fill=_colour(rng))
    return _pixels(picture)


def _wall(rng: np.random.Generator, px: int) -> Pixels:
    """Noise at a few scales in two colours."""
    noise = sum(
        np.asarray(Image.fromarray(rng.integers(0, 256, (n, n), dtype=np.uint8)).resize((px, px)), dtype=np.float32)
        for n in (3, 9, 27)
    )
    share = np.asarray(noise, dtype=np.float32)[..., None] / (3 * 255)
    return np.asarray(np.array(_colour(rng)) * share + np.array(_colour(rng)) * (1 - share), dtype=np.uint8)


def _shapes(rng: np.random.Generator, px: int) -> Pixels:
    """Many small shapes, everywhere."""
    picture = Image.new("RGB", (px, px), _colour(rng))
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = rng.integers(0, px, 2)
        w, h = rng.integers(max(px // 40, 1), max(px // 6, 2), 2)
        box = (int(x), int(y), int(x + w), int(y + h))
        (draw.ellipse if rng.random() < 0.5 else draw.rectangle)(box, fill=_colour(rng))
    return _pixels(picture.filter(ImageFilter.GaussianBlur(px / 200)))


def _scribble(rng: np.random.Generator, px: int) -> Pixels:
    """Lines of something like writing."""
    picture = Image.new("RGB", (px, px), _colour(rng))
    draw = ImageDraw.Draw(picture)
    ink = _colour(rng)
    for y in range(px // 10, px, max(px // 12, 2)):
        xs = np.arange(px // 12, px - px // 12, 2)
        ys = y + rng.normal(0, px / 60, len(xs))
        draw.line([(int(a), int(b)) for a, b in zip(xs, ys, strict=True)], fill=ink, width=max(px // 100, 1))
    return _pixels(picture)
