"""Garden and tools: what is dug, watered, built with."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, MUTED

D = "garden"

KINDS = (
    Kind(
        key="watering_can", en="watering can", ja="じょうろ", plural="watering cans", department=D, keywords=("plant watering can",),
        use=("for house plants and flower beds", "観葉植物や花壇の水やりに"),
        shapes=(
            Shape("classic", "classic", "クラシック", (45, 20, 32)), Shape("long", "long-spout", "細口", (38, 14, 24)), Shape("round", "round", "丸型", (36, 20, 26)),
            Shape("tall", "tall", "縦長", (36, 16, 36)),
        ),
        materials=("painted steel", "plastic", "copper", "steel", "painted steel", "enamel", "brass"), colours=ALL, patterns=("polka dot", "striped", "dipped", "floral", "banded"), plain=0.5,
        options=(("rose", (Option("rose", "with a sprinkler rose", "はす口付き"), Option("plain"))),),
        price=(14, 55), view=(-20, 16),
    ),
)  # fmt: skip
