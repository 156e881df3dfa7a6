"""Sizes in, a synthetic catalogue out: clustered unit vectors, and products with words common and rare."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexing.generation import PictureVector, Row, RowHashes
from indexing.product import Money, Product

COLORS = ("red", "blue", "green", "white", "black", "grey", "beige", "navy", "olive", "yellow")
MATERIALS = ("ceramic", "oak", "steel", "cotton", "leather", "glass", "")
STEPS = (
    "plain",
    "soft",
    "round",
    "tall",
    "small",
    "large",
    "light",
    "modern",
    "classic",
    "outdoor",
    "kitchen",
    "garden",
)
_SYLLABLES = ("ba", "ko", "ri", "tu", "me", "la", "so", "ven", "dar", "pil", "gro", "ste")
BATCH = 4096


def clustered(count: int, dim: int, *, seed: int = 7, spread: float = 0.7) -> NDArray[np.float32]:
    """Unit vectors, float32 (count, dim), in groups of about a hundred; `spread` is the noise in each number."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((max(count // 100, 1), dim), dtype=np.float32)
    vectors = np.empty((count, dim), dtype=np.float32)
    for at in range(0, count, BATCH):
        here = vectors[at : at + BATCH]
        here[:] = centres[random.integers(len(centres), size=len(here))]
        here += spread * random.standard_normal(here.shape, dtype=np.float32)
        here /= np.linalg.norm(here, axis=1, keepdims=True)
    return vectors


def nouns(count: int) -> list[str]:
    """Made-up nouns, each of its own."""
    return [
        _SYLLABLES[i % 12] + _SYLLABLES[i // 12 % 12] + _SYLLABLES[i // 144 % 12] + ("n" if i % 2 else "")
        for i in range(count)
    ]


def products(count: int, *, seed: int = 11, first: int = 0) -> Iterator[Product]:
    """Products with a noun of 1,500 (few of them common), a colour, a brand of 400, a price; 1 % are of brand rare."""
    random = np.random.default_rng(seed)
    named = nouns(1500)
    chances = 1 / np.arange(10, 1510)
    chosen = random.choice(1500, size=count, p=chances / chances.sum())
    for i in range(count):
        color, material = COLORS[int(random.integers(10))], MATERIALS[int(random.integers(7))]
        kind, brand = named[int(chosen[i])], f"brand {int(random.integers(400))}"
        said = " ".join(STEPS[j] for j in random.integers(len(STEPS), size=6))
        yield Product(
            id=f"p{first + i:08}",
            title=f"{STEPS[i % 12]} {color} {kind}".title(),
            description=f"A {said} {kind} of {material or 'good make'}, {named[int(random.integers(1500))]} series.",
            category=f"category {int(chosen[i]) % 60}",
            brand="rare" if i % 100 == 50 else brand,
            color=color,
            material=material,
            price=Money(int(random.integers(100, 50_000)), "USD"),
            availability="in_stock" if i % 2 else "out_of_stock",
            pictures=(f"{first + i}.jpg",),
            attributes={"sku": f"SKU-{first + i:08}"},
        )


def rows(vectors: NDArray[np.float32], words: NDArray[np.float32] | None = None) -> Iterator[Row]:
    """A row for each vector; the words' vector is the picture's own where none is given."""
    for i, product in enumerate(products(len(vectors))):
        picture = PictureVector(index=0, sha256=f"{i:064x}", embedding=vectors[i])
        own = vectors[i] if words is None else words[i]
        yield Row(product=product, hashes=RowHashes(f"f{i}", f"p{i}"), pictures=(picture,), words=own)
