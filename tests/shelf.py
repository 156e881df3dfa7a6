"""A small real shop for tests: products of many colours, encoded by the toy and kept in an embedded store."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from indexing.embedded import EmbeddedGenerations
from indexing.embedded_store import EmbeddedStore
from indexing.generation import Calibration, PictureVector, Row, RowHashes
from indexing.product import Money, Product
from indexing.rows import words_of
from inference.encoder import Pixels
from inference.images import prepare
from tests.toys import COLOURS, PaletteEncoder, product_picture

ENCODER = PaletteEncoder()
KINDS = (("mug", "ceramic", 1200), ("chair", "oak", 8900), ("backpack", "leather", 5900))
BRANDS = ("Contoso", "Northwind")


def pixels_of(colour: str) -> Pixels:
    """What a product of a colour looks like, ready for the toy."""
    return prepare(product_picture(colour), ENCODER.picture_px)


def products() -> list[Product]:
    """Every colour as a mug, a chair and a backpack, at rising prices; ids like `mug-red`."""
    made = []
    for step, colour in enumerate(COLOURS):
        for kind, material, price in KINDS:
            made.append(
                Product(
                    id=f"{kind}-{colour}",
                    title=f"{colour.title()} {material} {kind}",
                    category=kind,
                    brand=BRANDS[step % 2],
                    color=colour,
                    material=material,
                    price=Money(price + 100 * step, "USD"),
                    availability="in_stock" if step % 3 else "out_of_stock",
                    pictures=(f"{kind}-{colour}.png",),
                    attributes={"sku": f"SKU-{kind.upper()}-{step:03}"},
                    titles={"ja-JP": f"{kind} {colour}"},
                )
            )
    return made


def row(product: Product, *, looks: Iterable[str] | None = None) -> Row:
    """A product with vectors: of pictures in these colours (its own by default) and of its words."""
    colours = (product.color,) if looks is None else tuple(looks)
    embeddings = ENCODER.encode_pictures([pixels_of(colour) for colour in colours])
    pictures = tuple(
        PictureVector(index=i, sha256=hashlib.sha256(colour.encode()).hexdigest(), embedding=embedding)
        for i, (colour, embedding) in enumerate(zip(colours, embeddings, strict=True))
    )
    words = ENCODER.encode_texts([ENCODER.prompt.format(words_of(product))])[0]
    return Row(product=product, hashes=RowHashes("f", "p"), pictures=pictures, words=words)


def stocked(folder: Path, rows: Iterable[Row], calibration: Calibration | None = None) -> EmbeddedStore:
    """A live store that holds these rows."""
    generations = EmbeddedGenerations(folder)
    writer = generations.begin(
        model_id=ENCODER.model_id, dim=ENCODER.dim, prompt=ENCODER.prompt, source="tests", update=False
    )
    refused = writer.write(list(rows))
    assert not refused, refused
    made = writer.finish(calibration or Calibration())
    writer.close()
    generations.promote(made.name)
    return generations.open()


def photo_of(colour: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """The toy's embedding of a product picture."""
    embedding: np.ndarray[tuple[int], np.dtype[np.float32]] = ENCODER.encode_pictures([pixels_of(colour)])[0]
    return embedding
