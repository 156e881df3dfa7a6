"""Decoration: what makes a room pleasant."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, MUTED

D = "decor"

KINDS = (
    Kind(
        key="vase", en="vase", ja="花瓶", plural="vases", department=D, keywords=("flower vase",),
        use=("for fresh or dried flowers", "生花やドライフラワーに"),
        shapes=(
            Shape("bottle", "bottle-shaped", "ボトル型", (13, 13, 30)), Shape("urn", "urn-shaped", "壺型", (20, 20, 28)), Shape("cylinder", "cylindrical", "円筒形", (12, 12, 26)),
            Shape("globe", "globe", "球形", (20, 20, 19)), Shape("flared", "flared", "ラッパ型", (18, 18, 30)), Shape("hourglass", "hourglass", "くびれ型", (15, 15, 28)),
            Shape("ribbed", "ribbed", "リブ付き", (15, 15, 24)), Shape("ring", "ring-shaped", "ドーナツ型", (24, 8, 26)), Shape("faceted", "faceted", "多面カット", (16, 16, 25)),
        ),
        materials=("ceramic", "stoneware", "glass", "porcelain", "brass", "concrete", "terracotta", "marble", "ceramic"), colours=ALL,
        patterns=("striped", "speckled", "ombre", "dipped", "zigzag", "marbled", "floral", "banded", "polka dot"), plain=0.35,
        price=(15, 75), view=(-20, 12),
    ),
    Kind(
        key="cushion", en="cushion", ja="クッション", plural="cushions", department=D, keywords=("throw pillow", "pillow"),
        use=("for sofas and armchairs", "ソファやチェアに"),
        shapes=(
            Shape("square", "square", "正方形", (45, 45, 14)), Shape("lumbar", "rectangular", "長方形", (60, 35, 13)), Shape("round", "round", "円形", (42, 42, 13)),
            Shape("bolster", "bolster", "円筒形", (50, 18, 18)), Shape("tassel", "tasselled", "タッセル付き", (45, 45, 14)),
        ),
        materials=("cotton", "linen", "velvet", "wool", "canvas", "cotton"), colours=ALL,
        patterns=("striped", "vertical striped", "polka dot", "checked", "gingham", "zigzag", "ombre", "floral"), plain=0.25,
        price=(14, 55), view=(-14, 12),
    ),
)  # fmt: skip
