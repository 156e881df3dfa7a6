"""A product and its picture in, what a shopper would send and say for it out: the questions a build asks itself."""

from typing import cast

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from indexing.product import Product
from indexing.wording import words_of
from inference.encoder import Pixels


def as_a_phone_would(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """The picture from a little nearer, turned, in other light, on another ground, a little blurred; same shape."""
    px = pixels.shape[0]
    picture = Image.fromarray(_on_another_ground(pixels, rng) if rng.random() < 0.5 else pixels)
    edge = picture.getpixel((0, 0))
    turned = picture.rotate(
        float(rng.uniform(-12, 12)), resample=Image.Resampling.BILINEAR, fillcolor=cast("tuple[int, int, int]", edge)
    )
    side = px * float(rng.uniform(0.78, 0.98))
    left, top = (float(rng.uniform(0, px - side)) for _ in range(2))
    near = turned.resize((px, px), Image.Resampling.BICUBIC, box=(left, top, left + side, top + side))
    lit = ImageEnhance.Brightness(near).enhance(float(rng.uniform(0.75, 1.2)))
    lit = ImageEnhance.Contrast(lit).enhance(float(rng.uniform(0.8, 1.2)))
    lit = ImageEnhance.Color(lit).enhance(float(rng.uniform(0.8, 1.2)))
    cast_by_lamp = np.asarray(lit, dtype=np.float32) * rng.uniform(0.93, 1.07, 3).astype(np.float32)
    shot = Image.fromarray(cast_by_lamp.clip(0, 255).astype(np.uint8))
    return np.asarray(shot.filter(ImageFilter.GaussianBlur(float(rng.uniform(0, px / 120)))), dtype=np.uint8)


def nearer(pixels: Pixels, zoom: float) -> Pixels:
    """The middle of a picture, this share of its side, in the picture's own size; mirrored where it is below 0."""
    if zoom < 0:
        return np.ascontiguousarray(nearer(pixels, -zoom)[:, ::-1])
    if zoom >= 1:
        return pixels
    px = pixels.shape[0]
    edge = px * (1 - zoom) / 2
    box = (edge, edge, px - edge, px - edge)
    return np.asarray(Image.fromarray(pixels).resize((px, px), Image.Resampling.BICUBIC, box=box), dtype=np.uint8)


def _on_another_ground(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """The plain ground that a shop's picture has, seen in its corners, painted over."""
    ground = pixels[0, 0].astype(np.int16)
    is_ground = np.abs(pixels.astype(np.int16) - ground).max(axis=2) < 12
    tint = np.array([*rng.uniform(60, 230, 3)], dtype=np.float32)
    rows = np.linspace(0.8, 1.1, pixels.shape[0], dtype=np.float32)[:, None, None]
    painted = np.broadcast_to(tint * rows, pixels.shape).clip(0, 255).astype(np.uint8)
    return np.where(is_ground[..., None], painted, pixels)


def paraphrase(product: Product, rng: np.random.Generator) -> str:
    """What a shopper might say for a product: what its facts say, or half of its title's words, without the brand."""
    facts = [fact for fact in (product.color, product.material, product.category) if fact]
    if product.category and len(facts) > 1 and rng.random() < 0.5:
        return " ".join(facts).lower()
    brand = set(words_of(product.brand))
    words = [word for word in words_of(product.title) if word not in brand] or list(words_of(product.title))
    keep = max(2, round(len(words) * 0.6))
    chosen = sorted(rng.permutation(len(words))[:keep])
    return " ".join(words[i] for i in chosen) or product.title
