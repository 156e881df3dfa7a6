"""Toys and music: what is played with and played on."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import BRIGHT

D = "toys"

KINDS = (
    Kind(
        key="toy_car", en="toy car", ja="おもちゃの車", plural="toy cars", department=D, keywords=("model car",),
        use=("for small hands from three years", "3歳からのお子さまに"),
        shapes=(
            Shape("beetle", "rounded", "丸型", (14, 7, 7)), Shape("racer", "racing", "レーシング", (17, 8, 5)), Shape("van", "van-style", "バン型", (15, 7, 8)),
            Shape("pickup", "pickup-style", "ピックアップ型", (17, 7, 7)), Shape("bus", "bus-style", "バス型", (20, 7, 9)),
        ),
        materials=("painted wood", "plastic", "oak", "painted steel", "plastic"), colours=BRIGHT, patterns=("dipped",), plain=0.7,
        options=(("wheels", (Option("black"), Option("wood", "with wooden wheels", "木の車輪"), Option("yellow", "with yellow wheels", "黄色い車輪"), Option("red", "with red wheels", "赤い車輪"))),),
        price=(7, 30), view=(-38, 20),
    ),
)  # fmt: skip
