"""Products, carried or not -> phone photos of them."""

from __future__ import annotations

import random
from pathlib import Path

from PIL import Image

from examples.catalogue import modelling, rooms, stage
from examples.catalogue.kinds import build
from examples.catalogue.kinds.absent import ABSENT
from examples.catalogue.phone import phone_picture
from examples.catalogue.records import Product

PHOTO_PX = 224


def _spoil(path: Path, out: Path, rng: random.Random, px: int, quality: int) -> None:
    with Image.open(path) as picture:
        spoilt = phone_picture(picture.convert("RGB"), rng, px=px)
    part = out.with_name(f".{out.name}.part")
    spoilt.save(part, format="JPEG", quality=quality)
    part.replace(out)
    path.unlink()


def product_photo(
    product: Product,
    rng: random.Random,
    out: Path,
    *,
    traced_px: int = 160,
    px: int = PHOTO_PX,
    samples: int = 3,
    plain: float = 0.0,
) -> None:
    """A phone photo of a product; `plain`: chance of the catalogue's backdrop from another side instead of a room."""
    root = modelling.begin()
    build(product)
    where = product.kind.place
    turn = product.kind.view[0] + rng.uniform(-70, 70)
    stage.normalise(root, 0 if where == "wall" else turn)
    if rng.random() < plain:
        stage.studio(
            root, where, rng.uniform(-25, 25), product.kind.view[1] + rng.uniform(-8, 25), rng.uniform(0.75, 1.1)
        )
    else:
        rooms.phone_scene(root, where, rng)
    _finish(rng, out, traced_px, px, samples, bounces=10 if product.material == "glass" else 4)


def absent_photo(
    key: str, rng: random.Random, out: Path, *, traced_px: int = 160, px: int = PHOTO_PX, samples: int = 3
) -> None:
    """A phone photo of a thing of a kind that the catalogue does not carry."""
    root = modelling.begin()
    ABSENT[key][1](rng)
    stage.normalise(root, rng.uniform(-60, 60))
    rooms.phone_scene(root, "floor", rng)
    _finish(rng, out, traced_px, px, samples, bounces=4)


def _finish(rng: random.Random, out: Path, traced_px: int, px: int, samples: int, bounces: int) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    clean = out.with_name(f".{out.stem}.clean.jpg")
    stage.render(clean, traced_px, samples, quality=95, bounces=bounces)
    _spoil(clean, out, rng, px, rng.randint(45, 80))
