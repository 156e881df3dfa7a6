"""Bath: what stands by the basin and the tub."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL

D = "bath"

KINDS = (
    Kind(
        key="soap_dispenser",
        en="soap dispenser",
        ja="ソープディスペンサー",
        plural="soap dispensers",
        department=D,
        keywords=("soap pump", "lotion bottle"),
        use=("for the washbasin", "洗面台で使える"),
        shapes=(
            Shape("round", "round", "丸型", (8, 8, 17)),
            Shape("square", "square", "四角", (7, 7, 17)),
            Shape("bottle", "bottle-shaped", "ボトル型", (7, 7, 20)),
            Shape("globe", "globe", "球型", (10, 10, 15)),
            Shape("tall", "tall", "縦長", (6, 6, 21)),
        ),
        materials=("ceramic", "glass", "stoneware", "plastic", "marble", "concrete", "bamboo", "ceramic"),
        colours=ALL,
        patterns=("striped", "speckled", "dipped", "terrazzo", "ombre", "polka dot", "banded"),
        plain=0.4,
        options=(
            (
                "pump",
                (
                    Option("steel", "with a steel pump", "ステンレスポンプ"),
                    Option("black", "with a black pump", "黒いポンプ"),
                    Option("gold", "with a gold pump", "ゴールドのポンプ"),
                    Option("white", "with a white pump", "白いポンプ"),
                ),
            ),
        ),
        price=(9, 38),
        view=(-30, 14),
    ),
    Kind(
        key="towel",
        en="towel",
        ja="タオル",
        plural="towels",
        department=D,
        keywords=("bath towel", "hand towel"),
        use=("for bath and beach", "バスやビーチに"),
        shapes=(
            Shape("rolled", "rolled", "ロール", (40, 14, 14)),
            Shape("folded", "folded", "折りたたみ", (36, 28, 8)),
            Shape("stack", "stack of", "重ねた", (34, 28, 22)),
            Shape("pyramid", "set of rolled", "ロール3本", (40, 28, 26)),
        ),
        materials=("cotton", "linen", "cotton"),
        colours=ALL,
        patterns=("striped", "checked", "dipped", "gingham", "zigzag", "vertical striped"),
        plain=0.4,
        price=(8, 46),
        view=(-28, 20),
    ),
    Kind(
        key="bath_mat",
        en="bath mat",
        ja="バスマット",
        plural="bath mats",
        department=D,
        keywords=("shower mat",),
        use=("for warm feet after the shower", "シャワー後の足元に"),
        place="lie",
        shapes=(
            Shape("rect", "rectangular", "長方形", (75, 50, 2)),
            Shape("oval", "oval", "楕円", (75, 50, 2)),
            Shape("round", "round", "丸型", (60, 60, 2)),
            Shape("slat", "slatted", "すのこ", (65, 45, 3)),
            Shape("pebble", "pebble", "小石型", (70, 45, 2)),
            Shape("cloud", "cloud-shaped", "雲型", (75, 50, 2)),
        ),
        materials=("cotton", "bamboo", "cotton", "rubber", "wool", "oak"),
        colours=ALL,
        patterns=("striped", "checked", "polka dot", "zigzag", "ombre", "bordered"),
        plain=0.4,
        price=(10, 52),
        view=(-20, 42),
    ),
    Kind(
        key="tumbler",
        en="toothbrush holder",
        ja="歯ブラシスタンド",
        plural="toothbrush holders",
        department=D,
        keywords=("toothbrush cup", "bathroom tumbler"),
        use=("for toothbrushes and paste", "歯ブラシや歯磨き粉に"),
        shapes=(
            Shape("cup", "cup", "コップ型", (8, 8, 10)),
            Shape("lid", "slotted", "穴あき", (8, 8, 10)),
            Shape("square", "square", "四角", (8, 8, 10)),
            Shape("tapered", "tapered", "すぼまり型", (8, 8, 11)),
            Shape("tray", "tray-mounted", "トレイ付き", (16, 8, 11)),
        ),
        materials=("ceramic", "glass", "bamboo", "stoneware", "marble", "plastic", "steel", "ceramic"),
        colours=ALL,
        patterns=("striped", "speckled", "terrazzo", "polka dot", "dipped", "checked"),
        plain=0.4,
        options=(
            (
                "brush",
                (
                    Option("two", "shown with two toothbrushes", "歯ブラシ2本入り"),
                    Option("none"),
                    Option("one", "shown with one toothbrush", "歯ブラシ1本入り"),
                ),
            ),
        ),
        price=(6, 28),
        view=(-28, 20),
    ),
    Kind(
        key="hairbrush",
        en="hairbrush",
        ja="ヘアブラシ",
        plural="hairbrushes",
        department=D,
        keywords=("hair brush", "comb"),
        use=("for smooth hair", "髪をなめらかに整える"),
        shapes=(
            Shape("oval", "oval paddle", "楕円パドル", (8, 4, 24)),
            Shape("square", "square paddle", "角パドル", (9, 4, 25)),
            Shape("round", "round barrel", "ロール", (6, 6, 25)),
            Shape("slim", "slim", "スリム", (5, 3, 22)),
            Shape("comb", "comb-style", "くし型", (5, 1, 20)),
        ),
        materials=("plastic", "oak", "bamboo", "walnut", "plastic", "painted wood"),
        colours=ALL,
        patterns=("polka dot", "striped", "floral", "marbled"),
        plain=0.6,
        options=(
            (
                "pad",
                (
                    Option("black"),
                    Option("red", "with a red cushion", "赤いクッション"),
                    Option("white", "with a white cushion", "白いクッション"),
                ),
            ),
        ),
        price=(5, 30),
        view=(-35, 46),
    ),
)
