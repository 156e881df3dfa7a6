"""Sports: what is thrown, lifted, ridden."""

from __future__ import annotations

from examples.catalogue.records import Kind, Shape
from examples.catalogue.words import ALL, BRIGHT

D = "sports"

KINDS = (
    Kind(
        key="ball", en="ball", ja="ボール", plural="balls", department=D, keywords=("sports ball",),
        use=("for games in the park", "公園での遊びに"),
        shapes=(
            Shape("football", "soccer", "サッカー", (22, 22, 22)), Shape("basketball", "basketball", "バスケット", (24, 24, 24)), Shape("beach", "beach", "ビーチ", (35, 35, 35)),
            Shape("rugby", "rugby", "ラグビー", (28, 19, 19)), Shape("tennis", "tennis", "テニス", (6.7, 6.7, 6.7)), Shape("volley", "volleyball", "バレー", (21, 21, 21)),
        ),
        materials=("rubber",), colours=BRIGHT, price=(6, 40), view=(-25, 16),
    ),
)  # fmt: skip
