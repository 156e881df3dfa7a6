"""Words that compare sizes in, "taller", もっと大きい, and which products are so beside what was shown, out. Pure."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from indexing.product import Product
from indexing.ranking import Ranked
from indexing.wording import folded, is_japanese

ALL = ("height", "width", "length")
SIZES: dict[str, tuple[tuple[str, ...], int]] = {
    "taller": (("height",), 1),
    "higher": (("height",), 1),
    "shorter": (("height",), -1),
    "lower": (("height",), -1),
    "wider": (("width",), 1),
    "broader": (("width",), 1),
    "narrower": (("width",), -1),
    "slimmer": (("width",), -1),
    "longer": (("length", "width"), 1),
    "deeper": (("length",), 1),
    "bigger": (ALL, 1),
    "larger": (ALL, 1),
    "smaller": (ALL, -1),
    "背の高い": (("height",), 1),
    "高さのある": (("height",), 1),
    "背の低い": (("height",), -1),
    "幅の広い": (("width",), 1),
    "幅の狭い": (("width",), -1),
    "長い": (("length", "width"), 1),
    "大きい": (ALL, 1),
    "大きな": (ALL, 1),
    "大きめ": (ALL, 1),
    "小さい": (ALL, -1),
    "小さな": (ALL, -1),
    "小さめ": (ALL, -1),
}
"""A comparative -> what it compares, and whether more or less of it is wanted."""
ENOUGH = 1.1
"""How many times as much is more: sizes are rounded, and a shopper must see it."""
_AROUND = re.compile(
    r"\b(?:an?|one|ones|than|this|that|it|these|those|much|even|bit|little|slightly|please|something|the|but|is|are)\b|"
    r"もっと|もう少し|少し|これ|より|もの|の$|で$|が|[\s,.!?、。]"
)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z\"]*)")
_IN_CM = {
    "mm": 0.1, "millimeters": 0.1, "millimetres": 0.1, "": 1.0, "cm": 1.0, "centimeters": 1.0, "centimetres": 1.0,
    "m": 100.0, "meters": 100.0, "metres": 100.0, "in": 2.54, "inch": 2.54, "inches": 2.54, '"': 2.54,
    "ft": 30.48, "feet": 30.48,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """A size that is wanted beside another one."""

    dimensions: tuple[str, ...]
    is_more: bool


def compared(words: str) -> Compared | None:
    """What words compare that say nothing else: "a taller one", もっと大きいもの; None for others."""
    said = folded(words)
    rest = _AROUND.sub("", said)
    name = next((name for name in SIZES if rest == folded(name) and (is_japanese(name) or name in said)), "")
    if not name:
        return None
    dimensions, sign = SIZES[name]
    return Compared(dimensions, sign > 0)


def size_of(product: Product, dimensions: Sequence[str]) -> float:
    """Its size in cm, the geometric mean of several; not a number where the catalogue does not tell."""
    found = [size for name in dimensions if (size := _cm(product.attributes.get(name, ""))) > 0]
    return math.exp(sum(map(math.log, found)) / len(found)) if found else math.nan


def fitting_first(ranked: Sequence[Ranked], asked: Compared, shown: Sequence[Product]) -> list[Ranked]:
    """Those that are so beside what was shown first, each part as ranked; all as ranked where sizes are not told."""
    sizes = [size for product in shown if not math.isnan(size := size_of(product, asked.dimensions))]
    if not sizes:
        return list(ranked)
    own = median(sizes)

    def is_fitting(product: Product) -> bool:
        size = size_of(product, asked.dimensions)
        return size >= own * ENOUGH if asked.is_more else size <= own / ENOUGH

    return sorted(ranked, key=lambda entry: not is_fitting(entry.product))


def _cm(text: str) -> float:
    found = _SIZE.search(folded(text))
    return float(found.group(1)) * _IN_CM.get(found.group(2), math.nan) if found else math.nan
