"""Fashion: what is worn."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL

D = "fashion"

KINDS = (
    Kind(
        key="sun_hat",
        en="hat",
        ja="帽子",
        plural="hats",
        department=D,
        keywords=("sun hat", "headwear"),
        use=("for sunny days", "日差しの強い日に"),
        shapes=(
            Shape("wide", "wide-brimmed", "つば広", (40, 40, 13)),
            Shape("fedora", "fedora", "中折れ", (30, 34, 14)),
            Shape("bucket", "bucket", "バケット", (32, 32, 14)),
            Shape("boater", "flat-topped boater", "カンカン", (34, 34, 10)),
            Shape("cap", "baseball", "ベースボール", (19, 28, 13)),
            Shape("cowboy", "cowboy", "カウボーイ", (38, 40, 16)),
        ),
        materials=("straw", "felt", "cotton", "canvas", "straw", "wool"),
        colours=ALL,
        patterns=("striped", "polka dot", "checked", "floral"),
        plain=0.75,
        options=(
            (
                "band",
                (
                    Option("black", "with a black band", "黒いリボン"),
                    Option("red", "with a red band", "赤いリボン"),
                    Option("navy", "with a navy band", "紺のリボン"),
                    Option("cream", "with a cream band", "クリームのリボン"),
                ),
            ),
        ),
        price=(14, 60),
        view=(-25, 16),
    ),
    Kind(
        key="beanie",
        en="beanie",
        ja="ニット帽",
        plural="beanies",
        department=D,
        keywords=("woolly hat", "knit hat"),
        use=("for cold mornings", "寒い朝に"),
        shapes=(
            Shape("cuffed", "cuffed", "折り返し付き", (21, 21, 22)),
            Shape("pompom", "pompom", "ポンポン付き", (22, 22, 30)),
            Shape("slouchy", "slouchy", "ゆったり", (23, 25, 26)),
            Shape("ear", "earflap", "耳当て付き", (24, 22, 28)),
        ),
        materials=("wool", "cotton", "wool"),
        colours=ALL,
        patterns=("striped", "zigzag", "dipped", "polka dot", "checked"),
        plain=0.35,
        price=(10, 34),
        view=(-20, 10),
    ),
    Kind(
        key="sunglasses",
        en="sunglasses",
        ja="サングラス",
        plural="sunglasses",
        department=D,
        keywords=("shades",),
        use=("for bright days", "まぶしい日に"),
        shapes=(
            Shape("round", "round", "ラウンド", (14, 14, 5)),
            Shape("square", "square", "スクエア", (14, 14, 5)),
            Shape("cat", "cat-eye", "キャットアイ", (14, 14, 5)),
            Shape("aviator", "aviator", "アビエーター", (14, 14, 5)),
            Shape("wide", "oversized", "オーバーサイズ", (15, 14, 6)),
            Shape("heart", "heart-shaped", "ハート型", (14, 14, 6)),
        ),
        materials=("plastic", "brass", "plastic", "aluminium", "matte plastic"),
        colours=ALL,
        options=(
            (
                "lens",
                (
                    Option("grey", "with grey lenses", "グレーレンズ"),
                    Option("brown", "with brown lenses", "ブラウンレンズ"),
                    Option("green", "with green lenses", "グリーンレンズ"),
                    Option("blue", "with blue lenses", "ブルーレンズ"),
                    Option("pink", "with pink lenses", "ピンクレンズ"),
                ),
            ),
        ),
        price=(15, 120),
        view=(-28, 18),
    ),
    Kind(
        key="watch",
        en="watch",
        ja="腕時計",
        plural="watches",
        department=D,
        keywords=("wristwatch",),
        use=("for every day", "毎日使える"),
        shapes=(
            Shape("round", "round", "丸型", (4, 8, 6)),
            Shape("square", "square", "角型", (4, 8, 6)),
            Shape("diver", "diver", "ダイバー", (4.4, 8, 6)),
            Shape("slim", "slim", "薄型", (3.6, 8, 6)),
            Shape("smart", "smart", "スマート", (4, 8, 6)),
        ),
        materials=("steel", "brass", "leather", "rubber", "steel", "leather"),
        colours=ALL,
        options=(
            (
                "face",
                (
                    Option("white", "with a white dial", "白い文字盤"),
                    Option("black", "with a black dial", "黒い文字盤"),
                    Option("blue", "with a blue dial", "青い文字盤"),
                    Option("green", "with a green dial", "緑の文字盤"),
                    Option("pink", "with a pink dial", "ピンクの文字盤"),
                ),
            ),
            (
                "case",
                (
                    Option("silver", "in a silver case", "シルバーケース"),
                    Option("gold", "in a gold case", "ゴールドケース"),
                    Option("black", "in a black case", "ブラックケース"),
                ),
            ),
        ),
        price=(40, 320),
        view=(-20, 32),
    ),
    Kind(
        key="ring",
        en="ring",
        ja="指輪",
        plural="rings",
        department=D,
        keywords=("jewellery", "finger ring"),
        use=("for a gift", "贈り物に"),
        shapes=(
            Shape("solitaire", "solitaire", "一粒石", (2.2, 0.5, 2.8)),
            Shape("band", "wide band", "幅広", (2.2, 0.8, 2.2)),
            Shape("halo", "halo", "取り巻き石", (2.2, 0.9, 2.8)),
            Shape("twist", "twisted", "ねじり", (2.2, 0.5, 2.2)),
            Shape("signet", "signet", "印台", (2.3, 1, 2.6)),
            Shape("trio", "three-stone", "三石", (2.2, 0.5, 2.7)),
        ),
        materials=("gold plated", "sterling silver", "copper"),
        colours=("gold", "silver", "copper"),
        options=(
            (
                "stone",
                (
                    Option("red", "with a red stone", "赤い石"),
                    Option("blue", "with a blue stone", "青い石"),
                    Option("green", "with a green stone", "緑の石"),
                    Option("clear", "with a clear stone", "透明な石"),
                    Option("purple", "with a purple stone", "紫の石"),
                    Option("black", "with a black stone", "黒い石"),
                ),
            ),
        ),
        price=(30, 380),
        view=(-32, 22),
    ),
    Kind(
        key="boot",
        en="rain boot",
        ja="レインブーツ",
        plural="rain boots",
        department=D,
        keywords=("wellington", "rubber boot", "wellies"),
        use=("for puddles and gardens", "雨の日や庭仕事に"),
        shapes=(
            Shape("tall", "tall", "ロング", (20, 28, 38)),
            Shape("mid", "mid-calf", "ミドル", (20, 28, 28)),
            Shape("ankle", "ankle", "ショート", (20, 28, 18)),
            Shape("buckle", "buckled", "バックル付き", (20, 28, 36)),
        ),
        materials=("rubber", "plastic", "rubber"),
        colours=ALL,
        patterns=("polka dot", "striped", "floral", "checked", "dipped"),
        plain=0.4,
        options=(
            (
                "sole",
                (
                    Option("black"),
                    Option("white", "with white soles", "白いソール"),
                    Option("tan", "with gum soles", "ガムソール"),
                ),
            ),
        ),
        price=(18, 70),
        view=(-42, 14),
    ),
)
