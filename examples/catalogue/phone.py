"""A clean render -> what a phone would have made of it: crop, blur, noise, colour cast, JPEG artefacts."""

from __future__ import annotations

import random

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter


def phone_picture(picture: Image.Image, rng: random.Random, *, px: int | None = None) -> Image.Image:
    """Spoil an RGB picture a little, the same way for the same stream; `px`: side of the result."""
    side = picture.width
    cut = rng.uniform(0.0, 0.1)
    left, top = rng.uniform(0, cut), rng.uniform(0, cut)
    picture = picture.crop(
        (round(left * side), round(top * side), round((1 - cut + left) * side), round((1 - cut + top) * side))
    )
    picture = picture.resize((px or side, px or side), Image.Resampling.LANCZOS)
    picture = ImageEnhance.Brightness(picture).enhance(rng.uniform(0.85, 1.35))
    picture = ImageEnhance.Contrast(picture).enhance(rng.uniform(0.8, 1.2))
    picture = ImageEnhance.Color(picture).enhance(rng.uniform(0.75, 1.2))
    if rng.random() < 0.5:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.4)))
    pixels = np.asarray(picture, dtype=np.float32)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.uniform(1, 9), pixels.shape)
    cast = np.array([rng.uniform(0.93, 1.07) for _ in range(3)])
    return Image.fromarray(np.clip(pixels * cast + noise, 0, 255).astype(np.uint8))
