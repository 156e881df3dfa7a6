"""Lighting: what gives light, on tables, floors, ceilings."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import MUTED

D = "lighting"

KINDS = (
    Kind(
        key="table_lamp", en="table lamp", ja="テーブルランプ", plural="table lamps", department=D, keywords=("bedside lamp",),
        use=("for a bedside or a sideboard", "ベッドサイドや棚に置ける"),
        shapes=(
            Shape("gourd", "gourd base", "ひょうたん型", (30, 30, 48)), Shape("column", "column base", "円柱型", (28, 28, 50)),
            Shape("ball", "ball base", "球型", (30, 30, 42)), Shape("tripod", "tripod", "三脚型", (32, 32, 52)), Shape("stick", "slim", "スリム", (26, 26, 55)),
            Shape("bottle", "bottle base", "ボトル型", (28, 28, 50)),
        ),
        materials=("ceramic", "brass", "oak", "painted steel", "concrete", "glass", "walnut", "marble", "ceramic", "painted wood"), colours=MUTED,
        patterns=("striped", "speckled", "ombre", "dipped", "zigzag", "floral"),
        options=(
            ("shade", (Option("drum", "with a drum shade", "円筒シェード"), Option("cone", "with a conical shade", "円すいシェード"), Option("dome", "with a dome shade", "ドームシェード"), Option("empire", "with a flared shade", "広がりシェード"))),
            ("shade_colour", (Option("cream"), Option("white"), Option("beige"), Option("black", "in black shade", "黒いシェード"), Option("mustard", "in mustard shade", "マスタードのシェード"), Option("navy", "in navy shade", "ネイビーのシェード"))),
        ),
        price=(35, 120), view=(0, 8),
    ),
)  # fmt: skip
