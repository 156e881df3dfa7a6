"""A small shop with vectors, for the tests of the stores."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexing.generation import Calibration, Generation, Generations, PictureVector, Row, RowHashes
from indexing.product import Availability, Money, Product

DIM = 32
MODEL = "shop-000001"
COLORS = ("Red", "blue", "green", "white")
KINDS = ("Mug", "Lamp", "Chair", "Knife", "Sofa")
JAPANESE = ("マグカップ", "照明", "木製の椅子", "包丁", "ソファ")
JAPANESE_COLORS = ("赤い", "青い", "緑の", "白い")
BRANDS = ("Acme", "Børk", "ACME", "Nakamura & Sons")


def direction(seed: int, dim: int = DIM) -> NDArray[np.float32]:
    """A unit vector of its own for each seed."""
    vector = np.random.default_rng(seed).normal(size=dim).astype(np.float32)
    return vector / np.linalg.norm(vector)


def product(number: int) -> Product:
    """Product number n of the shop: every field follows from n."""
    kind, color = number % len(KINDS), number % len(COLORS)
    stock: tuple[Availability, ...] = ("in_stock", "out_of_stock", "in_stock")
    return Product(
        id=f"P-{number:04}",
        title=f"{COLORS[color]} {KINDS[kind]} model {number}",
        description=f"Sturdy and well made, number {number} of its series.",
        category=KINDS[kind],
        brand=BRANDS[number % len(BRANDS)],
        color=COLORS[color],
        material="Ceramic" if kind == 0 else "Oak" if kind == 2 else "",
        price=None if number % 10 == 9 else Money(100 * (number + 1), "JPY" if number % 10 == 8 else "USD"),
        availability=stock[number % 3],
        pictures=tuple(f"pictures/{number}-{i}.jpg" for i in range(number % 3)),
        attributes={"sku": f"SKU-{number:05}", "gtin": f"400000000{number:04}", "pattern": "striped"},
        titles={"ja-JP": f"{JAPANESE_COLORS[color]}{JAPANESE[kind]} {number}"},
    )


def row(number: int, **changed: object) -> Row:
    """The row of product n, each of its pictures with a direction of its own; keywords change the product."""
    described = msgspec.structs.replace(product(number), **changed)
    pictures = tuple(
        PictureVector(
            index=i, sha256=f"{number:060}{i:04}", embedding=picture_vector(number, i), etag=f'"{number}-{i}"'
        )
        for i in range(number % 3)
    )
    hashes = RowHashes(facts=f"facts-{number}", pictures=f"pictures-{number}")
    return Row(product=described, hashes=hashes, pictures=pictures, words=words_vector(number))


def picture_vector(number: int, index: int = 0) -> NDArray[np.float32]:
    """The vector of a product's picture."""
    return direction(10_000 + 3 * number + index)


def words_vector(number: int) -> NDArray[np.float32]:
    """The vector of a product's words."""
    return direction(90_000 + number)


def without_pictures(made: Row) -> Row:
    """The same row, none of its pictures readable."""
    return replace(made, pictures=())


def build(generations: Generations, rows: Sequence[Row], *, source: str = "shop.csv", live: bool = True) -> Generation:
    """Build, and promote, a generation of these rows."""
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="this is a {}", source=source, update=False)
    try:
        refused = writer.write(rows)
        assert refused == []
        built = writer.finish(Calibration(words_weight=0.25, measured={"recall": 0.5}))
    finally:
        writer.close()
    return generations.promote(built.name) if live else built
