"""Product records -> JPEG files of their catalogue pictures; resumes where it stopped."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

from examples.catalogue import modelling, stage
from examples.catalogue.kinds import build
from examples.catalogue.records import Product
from examples.catalogue.sheets import picture_path

PICTURE_PX = 256
"""Side of a catalogue picture; it is traced at fewer and enlarged, which halves the hours of a catalogue."""


def render_picture(product: Product, view: int, path: Path, px: int = 224, samples: int = 4) -> None:
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
    stage.render(
        path, px, samples + (4 if glassy else 0), bounces=12 if glassy else 5, size=PICTURE_PX if px > 200 else None
    )


def render_all(
    products: Iterable[Product], folder: Path, px: int = 224, samples: int = 4, main_only: bool = False
) -> int:
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
