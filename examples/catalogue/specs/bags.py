"""Bags and travel: what is carried."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, MUTED

D = "bags"

KINDS = (
    Kind(
        key="backpack", en="backpack", ja="リュックサック", plural="backpacks", department=D, keywords=("rucksack", "school bag"),
        use=("for school, work and day trips", "通学や通勤、日帰り旅行に"),
        shapes=(
            Shape("dome", "rounded", "丸型", (30, 16, 42)), Shape("rolltop", "roll-top", "ロールトップ", (30, 15, 48)), Shape("flap", "flap", "フラップ付き", (30, 16, 42)),
            Shape("box", "boxy", "スクエア", (28, 16, 40)), Shape("mini", "mini", "ミニ", (22, 12, 26)),
        ),
        materials=("canvas", "nylon", "leather", "cotton", "nylon"), colours=ALL, patterns=("striped", "polka dot", "dipped", "checked", "zigzag", "floral"), plain=0.55,
        options=(("pocket", (Option("one", "with a front pocket", "前ポケット付き"), Option("two", "with two front pockets", "前ポケット2つ"), Option("none"))),),
        price=(30, 110), view=(-28, 12),
    ),
    Kind(
        key="suitcase", en="suitcase", ja="スーツケース", plural="suitcases", department=D, keywords=("luggage", "trolley case"),
        use=("for trips by train and plane", "電車や飛行機の旅に"),
        shapes=(
            Shape("ribbed", "ribbed", "リブ付き", (45, 25, 66)), Shape("smooth", "smooth", "フラット", (45, 25, 66)), Shape("cabin", "cabin", "機内持込", (36, 22, 54)),
            Shape("trunk", "vintage trunk", "トランク型", (60, 24, 42)), Shape("wide", "wide", "ワイド", (55, 28, 60)),
        ),
        materials=("plastic", "aluminium", "matte plastic", "plastic", "leather"), colours=ALL, patterns=("striped", "dipped", "vertical striped", "polka dot", "terrazzo"), plain=0.65,
        options=(("corners", (Option("none"), Option("tan", "with tan corner guards", "タンの角当て"), Option("black", "with black corner guards", "黒い角当て"))),),
        price=(60, 220), view=(-30, 14),
    ),
    Kind(
        key="umbrella", en="umbrella", ja="傘", plural="umbrellas", department=D, keywords=("rain umbrella", "parasol"),
        use=("for rainy days", "雨の日に"),
        shapes=(
            Shape("open", "open stick", "長", (100, 100, 88)), Shape("dome", "deep dome", "ドーム型", (86, 86, 92)), Shape("flat", "wide flat", "ワイド", (120, 120, 88)),
            Shape("closed", "folded", "たたんだ", (12, 12, 88)),
        ),
        materials=("nylon", "cotton", "nylon"), colours=ALL, patterns=("striped", "polka dot", "segmented", "floral", "checked"), plain=0.35,
        options=(("handle", (Option("hook_wood", "with a wooden crook handle", "木製の曲がり持ち手"), Option("hook_black", "with a black crook handle", "黒の曲がり持ち手"), Option("straight", "with a straight handle", "まっすぐな持ち手"))),),
        price=(14, 48), view=(-20, 8),
    ),
)  # fmt: skip
