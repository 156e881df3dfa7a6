"""Bags and travel: what is carried."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL

D = "bags"

KINDS = (
    Kind(
        key="backpack",
        count=25,
        en="backpack",
        ja="リュックサック",
        plural="backpacks",
        department=D,
        keywords=("rucksack", "school bag"),
        use=("for school, work and day trips", "通学や通勤、日帰り旅行に"),
        shapes=(
            Shape("dome", "rounded", "丸型", (30, 16, 42)),
            Shape("rolltop", "roll-top", "ロールトップ", (30, 15, 48)),
            Shape("flap", "flap", "フラップ付き", (30, 16, 42)),
            Shape("box", "boxy", "スクエア", (28, 16, 40)),
            Shape("mini", "mini", "ミニ", (22, 12, 26)),
        ),
        materials=("canvas", "nylon", "leather", "cotton", "nylon"),
        colours=ALL,
        patterns=("striped", "polka dot", "dipped", "checked", "zigzag", "floral"),
        plain=0.55,
        options=(
            (
                "pocket",
                (
                    Option("one", "with a front pocket", "前ポケット付き"),
                    Option("two", "with two front pockets", "前ポケット2つ"),
                    Option("none"),
                ),
            ),
        ),
        price=(30, 110),
        view=(-28, 12),
    ),
    Kind(
        key="suitcase",
        count=25,
        en="suitcase",
        ja="スーツケース",
        plural="suitcases",
        department=D,
        keywords=("luggage", "trolley case"),
        use=("for trips by train and plane", "電車や飛行機の旅に"),
        shapes=(
            Shape("ribbed", "ribbed", "リブ付き", (45, 25, 66)),
            Shape("smooth", "smooth", "フラット", (45, 25, 66)),
            Shape("cabin", "cabin", "機内持込", (36, 22, 54)),
            Shape("trunk", "vintage trunk", "トランク型", (60, 24, 42)),
            Shape("wide", "wide", "ワイド", (55, 28, 60)),
        ),
        materials=("plastic", "aluminium", "matte plastic", "plastic", "leather"),
        colours=ALL,
        patterns=("striped", "dipped", "vertical striped", "polka dot", "terrazzo"),
        plain=0.65,
        options=(
            (
                "corners",
                (
                    Option("none"),
                    Option("tan", "with tan corner guards", "タンの角当て"),
                    Option("black", "with black corner guards", "黒い角当て"),
                ),
            ),
        ),
        price=(60, 220),
        view=(-30, 14),
    ),
    Kind(
        key="umbrella",
        count=25,
        en="umbrella",
        ja="傘",
        plural="umbrellas",
        department=D,
        keywords=("rain umbrella", "parasol"),
        use=("for rainy days", "雨の日に"),
        shapes=(
            Shape("open", "open stick", "長", (100, 100, 88)),
            Shape("dome", "deep dome", "ドーム型", (86, 86, 92)),
            Shape("flat", "wide flat", "ワイド", (120, 120, 88)),
            Shape("closed", "folded", "たたんだ", (12, 12, 88)),
        ),
        materials=("nylon", "cotton", "nylon"),
        colours=ALL,
        patterns=("striped", "polka dot", "segmented", "floral", "checked"),
        plain=0.35,
        options=(
            (
                "handle",
                (
                    Option("hook_wood", "with a wooden crook handle", "木製の曲がり持ち手"),
                    Option("hook_black", "with a black crook handle", "黒の曲がり持ち手"),
                    Option("straight", "with a straight handle", "まっすぐな持ち手"),
                ),
            ),
        ),
        price=(14, 48),
        view=(-20, 8),
    ),
    Kind(
        key="tote_bag",
        en="tote bag",
        ja="トートバッグ",
        plural="tote bags",
        department=D,
        keywords=("shopping bag", "shopper"),
        use=("for shopping and the beach", "買い物や海辺に"),
        shapes=(
            Shape("tall", "tall", "縦型", (36, 12, 42)),
            Shape("wide", "wide", "横型", (46, 16, 32)),
            Shape("boxy", "boxy", "箱型", (34, 18, 34)),
            Shape("long", "long-handled", "長い持ち手の", (36, 10, 38)),
        ),
        materials=("canvas", "cotton", "leather", "linen", "straw", "canvas"),
        colours=ALL,
        patterns=("striped", "vertical striped", "polka dot", "checked", "gingham", "dipped", "floral", "zigzag"),
        plain=0.3,
        options=(
            (
                "handles",
                (
                    Option("same"),
                    Option("leather", "with leather handles", "革の持ち手"),
                    Option("rope", "with rope handles", "ロープの持ち手"),
                ),
            ),
        ),
        price=(12, 90),
        view=(-24, 12),
    ),
    Kind(
        key="handbag",
        en="handbag",
        ja="ハンドバッグ",
        plural="handbags",
        department=D,
        keywords=("purse", "shoulder bag"),
        use=("for town and evenings", "街歩きやお出かけに"),
        shapes=(
            Shape("trapeze", "trapeze", "台形", (30, 14, 24)),
            Shape("half", "half-moon", "半月型", (28, 10, 20)),
            Shape("box", "boxy", "箱型", (22, 10, 17)),
            Shape("bucket", "bucket", "バケツ型", (24, 18, 26)),
            Shape("flap", "flap", "フラップ", (26, 9, 18)),
        ),
        materials=("leather", "leather", "velvet", "canvas", "straw", "plastic"),
        colours=ALL,
        patterns=("polka dot", "striped", "checked", "floral"),
        plain=0.5,
        options=(
            (
                "strap",
                (
                    Option("top", "with a top handle", "持ち手付き"),
                    Option("chain", "with a gold chain", "ゴールドチェーン付き"),
                    Option("shoulder", "with a shoulder strap", "ショルダー付き"),
                ),
            ),
        ),
        price=(38, 240),
        view=(-24, 12),
    ),
    Kind(
        key="water_bottle",
        en="water bottle",
        ja="水筒",
        plural="water bottles",
        department=D,
        keywords=("flask", "drinking bottle", "thermos"),
        use=("for hikes and the gym", "ハイキングやジムに"),
        shapes=(
            Shape("slim", "slim", "スリム", (7, 7, 26)),
            Shape("wide", "wide-mouth", "広口", (9, 9, 24)),
            Shape("sport", "sports", "スポーツ", (8, 8, 24)),
            Shape("flask", "thermos", "魔法瓶", (9, 9, 28)),
            Shape("travel", "travel mug", "トラベルマグ型", (8, 8, 18)),
        ),
        materials=("painted steel", "steel", "plastic", "glass", "painted steel", "aluminium"),
        colours=ALL,
        patterns=("ombre", "dipped", "banded", "polka dot", "striped", "terrazzo"),
        plain=0.45,
        options=(
            (
                "cap",
                (
                    Option("black"),
                    Option("wood", "with a bamboo cap", "竹のキャップ"),
                    Option("steel", "with a steel cap", "ステンレスのキャップ"),
                    Option("white", "with a white cap", "白いキャップ"),
                ),
            ),
            ("loop", (Option("none"), Option("loop", "with a carrying loop", "持ち運びループ付き"), Option("none"))),
        ),
        price=(12, 42),
        view=(-20, 12),
    ),
)
