"""Product records -> JPEG files of their catalogue pictures; resumes where it stopped."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from examples.catalogue import modelling, stage
from examples.catalogue.kinds import build
from examples.catalogue.records import Product
from examples.catalogue.sheets import picture_path
from examples.catalogue.surfaces import METALS


def render_picture(product: Product, view: int, path: Path, px: int = 256, samples: int = 6) -> None:
    """Model, light and render one catalogue picture."""
    root = modelling.begin()
    build(product)
    turn, elevation = product.kind.view
    rng = product.rng(f"view/{view}")
    turn, elevation = turn + rng.uniform(-5, 5), elevation + rng.uniform(-2, 3)
    if view == 1:
        turn, elevation = turn + rng.choice([-1, 1]) * rng.uniform(38, 62), elevation + rng.uniform(8, 18)
    still = product.kind.place == "wall"
    stage.normalise(root, 0 if still else turn)
    stage.studio(root, product.kind.place, (20 if view else -12) if still else 0, elevation)
    glassy = product.material == "glass"
    more = 4 if glassy else 2 if product.material in METALS else 0
    stage.render(path, px, samples + more, bounces=12 if glassy else 5)


def render_all(products: Iterable[Product], folder: Path, px: int = 256, samples: int = 6, main_only: bool = False) -> int:
    """Render whatever is not there yet; returns how many were rendered."""
    done = 0
    for product in products:
        for view, image_id in enumerate(product.pictures[:1] if main_only else product.pictures):
            path = picture_path(folder, image_id)
            if path.exists():
                continue
            start = time.monotonic()
            render_picture(product, view, path, px, samples)
            done += 1
            print(f"{product.kind.key} {product.index} view {view}: {time.monotonic() - start:.1f} s", flush=True)
    return done
