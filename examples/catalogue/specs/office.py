"""Office: what lies on a desk."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL

D = "office"

KINDS = (
    Kind(
        key="notebook",
        en="notebook",
        ja="ノート",
        plural="notebooks",
        department=D,
        keywords=("journal", "diary"),
        use=("for notes, lists and sketches", "メモやスケッチに"),
        shapes=(
            Shape("hard", "hardcover", "ハードカバー", (15, 2, 21)),
            Shape("spiral", "spiral-bound", "リング", (16, 2, 22)),
            Shape("pocket", "pocket", "ポケット", (9, 1, 14)),
            Shape("stack", "set of three", "3冊セット", (15, 4, 21)),
            Shape("strap", "elastic-band", "ゴムバンド付き", (15, 2, 21)),
        ),
        materials=("paper", "leather", "linen", "paper", "canvas"),
        colours=ALL,
        patterns=("striped", "polka dot", "checked", "floral", "zigzag", "marbled", "vertical striped"),
        plain=0.3,
        place="floor",
        price=(5, 32),
        view=(-24, 44),
        options=(("label", (Option("none"), Option("label", "with a white label", "白いラベル付き"), Option("none"))),),
    ),
    Kind(
        key="pen",
        en="pen",
        ja="ペン",
        plural="pens",
        department=D,
        keywords=("ballpoint", "fountain pen"),
        use=("for letters and signatures", "手紙やサインに"),
        shapes=(
            Shape("ball", "ballpoint", "ボールペン型", (1, 1, 14)),
            Shape("fountain", "fountain", "万年筆型", (1.3, 1.3, 14)),
            Shape("marker", "marker", "マーカー", (1.6, 1.6, 13)),
            Shape("pencil", "hexagonal pencil-style", "鉛筆型六角", (0.8, 0.8, 17)),
            Shape("set", "set of four", "4本セット", (8, 1, 14)),
        ),
        materials=("plastic", "brass", "painted steel", "steel", "walnut", "plastic"),
        colours=ALL,
        price=(3, 60),
        view=(-38, 46),
        options=(
            (
                "trim",
                (
                    Option("silver", "with silver trim", "シルバートリム"),
                    Option("gold", "with gold trim", "ゴールドトリム"),
                    Option("black", "with black trim", "ブラックトリム"),
                ),
            ),
        ),
    ),
    Kind(
        key="scissors",
        en="scissors",
        ja="はさみ",
        plural="scissors",
        department=D,
        keywords=("shears",),
        use=("for paper and cloth", "紙や布に"),
        shapes=(
            Shape("classic", "classic", "定番", (8, 1, 20)),
            Shape("tailor", "tailor's", "裁ちばさみ型", (9, 1, 25)),
            Shape("kids", "round-tipped", "先丸", (7, 1, 14)),
            Shape("open", "wide-handled", "広ハンドル", (14, 1, 18)),
            Shape("thread", "embroidery", "刺しゅう用", (5, 1, 11)),
        ),
        materials=("plastic", "painted steel", "rubber", "brass", "plastic"),
        colours=ALL,
        price=(4, 34),
        view=(-30, 60),
        options=(
            (
                "blades",
                (
                    Option("steel"),
                    Option("black", "with black blades", "黒い刃"),
                    Option("gold", "with gold blades", "ゴールドの刃"),
                ),
            ),
        ),
    ),
    Kind(
        key="pen_pot",
        en="pen pot",
        ja="ペン立て",
        plural="pen pots",
        department=D,
        keywords=("desk organiser", "pencil holder"),
        use=("for a tidy desk", "机の上をすっきりさせる"),
        shapes=(
            Shape("round", "round", "丸型", (8, 8, 10)),
            Shape("square", "square", "四角", (8, 8, 10)),
            Shape("hex", "hexagonal", "六角", (9, 8, 10)),
            Shape("double", "two-part", "2連", (16, 8, 10)),
            Shape("tray", "stepped", "段付き", (18, 10, 10)),
        ),
        materials=("painted steel", "oak", "ceramic", "plastic", "concrete", "walnut", "leather", "marble"),
        colours=ALL,
        patterns=("striped", "speckled", "polka dot", "terrazzo", "dipped", "zigzag"),
        plain=0.4,
        price=(7, 36),
        view=(-26, 18),
        options=(("pens", (Option("pens", "shown with pencils", "鉛筆入り"), Option("none"))),),
    ),
)
