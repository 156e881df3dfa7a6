"""A seed -> product records: every attribute, title and price of the catalogue, with no Blender in sight."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from examples.catalogue.words import COLOURS, MATERIALS, PATTERNS, SIZES

SEED = "looksee-1"


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of a kind: the builder's key, and the words for it (empty words: nothing worth saying)."""

    key: str
    en: str
    ja: str
    size_cm: tuple[float, float, float]
    """Width, depth, height of the medium size."""


@dataclass(frozen=True, slots=True)
class Option:
    """A visible detail: the builder's key and the phrase a title may use."""

    key: str
    en: str = ""
    ja: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of product and the space its products are drawn from."""

    key: str
    en: str
    ja: str
    plural: str
    department: str
    use: tuple[str, str]
    """What it is for, a clause in English and in Japanese."""
    shapes: tuple[Shape, ...]
    materials: tuple[str, ...]
    colours: tuple[str, ...]
    patterns: tuple[str, ...] = ("plain",)
    plain: float = 0.45
    """Share of plain ones where the material takes patterns."""
    options: tuple[tuple[str, tuple[Option, ...]], ...] = ()
    price: tuple[float, float]
    place: str = "floor"
    """Where it stands for its picture: floor, wall, hang, lie."""
    view: tuple[float, float] = (-30.0, 20.0)
    """Turn about its own axis and camera elevation of the first picture, degrees."""
    keywords: tuple[str, ...] = ()
    count: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product of the catalogue; all that is said of it can be seen in its picture, brand and price apart."""

    id: str
    kind: Kind
    index: int
    shape: Shape
    size: str
    material: str
    colour: str
    colour2: str | None
    pattern: str
    options: dict[str, Option]
    brand: str
    price: float
    available: bool
    dimensions_cm: tuple[float, float, float]

    def opt(self, group: str) -> str:
        """The key of an option that the kind always has."""
        return self.options[group].key

    def u(self, name: str, low: float, high: float) -> float:
        """A number of this product's own between low and high, the same at each call."""
        return low + (high - low) * random.Random(f"{self.id}/{name}").random()

    def rng(self, name: str) -> random.Random:
        """A random stream of this product's own."""
        return random.Random(f"{self.id}/{name}")

    def picture_id(self, view: int) -> str:
        """The image id of the catalogue picture with this number."""
        return digest(f"{self.id}/picture/{view}", 11)

    @property
    def pictures(self) -> list[str]:
        """Image ids, the main one first; kinds of the first 150 products have some second views."""
        share = 0 if self.kind.count != 25 else 3 if self.index < 10 else 10
        number = 2 if share and int(digest(f"{self.id}/second", 6), 32) % share == 0 else 1
        return [self.picture_id(view) for view in range(number)]


ALPHABET = "0123456789abcdefghijklmnopqrstuv"


def digest(text: str, length: int) -> str:
    """A short name for a text: base 32, lower case, the same everywhere."""
    number = int.from_bytes(hashlib.sha256(f"{SEED}/{text}".encode()).digest(), "big")
    return "".join(ALPHABET[(number >> (5 * i)) & 31] for i in range(length))


Card = TypeVar("Card")


def deal(name: str, cards: Sequence[Card], index: int) -> Card:
    """The card at an index of an endless deal of shuffled decks: variety without luck, whatever the count."""
    deck = list(cards)
    random.Random(f"{SEED}/{name}/{index // len(deck)}").shuffle(deck)
    return deck[index % len(deck)]


def _lightness(colour: str) -> float:
    rgb = COLOURS[colour].rgb
    red, green, blue = (int(rgb[i : i + 2], 16) for i in (0, 2, 4))
    return (0.3 * red + 0.59 * green + 0.11 * blue) / 255


@cache
def products_of(kind: Kind) -> tuple[Product, ...]:
    """All products of a kind; the first N do not depend on how many follow."""
    from examples.catalogue.specs import BRANDS  # the specs import this module

    made: list[Product] = []
    seen: set[tuple[str, ...]] = set()
    for index in range(kind.count):
        for attempt in range(40):
            product = _draw(kind, index, attempt, BRANDS[kind.department])
            look = (product.shape.key, product.material, product.colour, product.pattern, product.colour2 or "")
            if look not in seen:
                break
        seen.add(look)
        made.append(product)
    return tuple(made)


def _draw(kind: Kind, index: int, attempt: int, brands: Sequence[str]) -> Product:
    rng = random.Random(f"{SEED}/{kind.key}/{index}/{attempt}")
    shape = deal(f"{kind.key}/shape", kind.shapes, index)
    material = deal(f"{kind.key}/material", kind.materials, index + attempt // 6)
    own = MATERIALS[material].colours
    colours = [c for c in own if c in kind.colours] or list(own) or list(kind.colours)
    colour = deal(f"{kind.key}/{'' if not own else material}colour", colours, index + attempt)
    pattern = "plain"
    patterns = [p for p in kind.patterns if p != "plain"]
    if patterns and MATERIALS[material].patterned and rng.random() >= kind.plain:
        pattern = deal(f"{kind.key}/pattern", patterns, index + attempt)
    colour2 = None
    if PATTERNS[pattern].two_colours:
        apart = [c for c in (*kind.colours, "white", "navy") if abs(_lightness(c) - _lightness(colour)) > 0.25]
        colour2 = rng.choice(apart)
    options = {name: deal(f"{kind.key}/{name}", choices, index) for name, choices in kind.options}
    size = rng.choices(["small", "medium", "large"], [1, 2, 1])[0]
    low, high = kind.price
    factor = SIZES[size][2] * MATERIALS[material].price * rng.uniform(0.85, 1.15)
    price = round(min(max((low + (high - low) * rng.random() ** 1.5) * factor, low * 0.7), high * 2.2))
    price = price - rng.choice([0.0, 0.01, 0.5, 0.1]) if price > 3 else float(price)
    stretch = SIZES[size][2] * rng.uniform(0.95, 1.05)
    width, depth, height = (max(round(side * stretch, 1), 0.1) for side in shape.size_cm)
    return Product(
        id=digest(f"product/{kind.key}/{index}", 10).upper(),
        kind=kind,
        index=index,
        shape=shape,
        size=size,
        material=material,
        colour=colour,
        colour2=colour2,
        pattern=pattern,
        options=options,
        brand=rng.choice(list(brands)),
        price=round(price, 2),
        available=rng.random() > 0.08,
        dimensions_cm=(width, depth, height),
    )


def all_products() -> Iterator[Product]:
    """Every product, department by department."""
    from examples.catalogue.specs import KINDS

    for kind in KINDS.values():
        yield from products_of(kind)
