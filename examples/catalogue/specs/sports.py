"""Sports: what is thrown, lifted, ridden."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, BRIGHT, MUTED

D = "sports"

KINDS = (
    Kind(
        key="ball", count=25, en="ball", ja="ボール", plural="balls", department=D, keywords=("sports ball",),
        use=("for games in the park", "公園での遊びに"),
        shapes=(
            Shape("football", "soccer", "サッカー", (22, 22, 22)), Shape("basketball", "basketball", "バスケット", (24, 24, 24)), Shape("beach", "beach", "ビーチ", (35, 35, 35)),
            Shape("rugby", "rugby", "ラグビー", (28, 19, 19)), Shape("tennis", "tennis", "テニス", (6.7, 6.7, 6.7)), Shape("volley", "volleyball", "バレー", (21, 21, 21)),
        ),
        materials=("rubber",), colours=BRIGHT, price=(6, 40), view=(-25, 16),
    ),
    Kind(
        key="dumbbell", en="dumbbell", ja="ダンベル", plural="dumbbells", department=D, keywords=("hand weight",),
        use=("for strength at home", "自宅での筋トレに"),
        shapes=(Shape("hex", "hexagonal", "六角", (28, 12, 12)), Shape("round", "round-headed", "丸型", (26, 12, 12)), Shape("plates", "plate-loaded", "プレート式", (36, 18, 18)), Shape("neo", "smooth", "滑らかな", (20, 8, 8)), Shape("pair", "pair of", "2個組", (24, 24, 9))),
        materials=("rubber", "cast iron", "silicone", "steel", "rubber"), colours=BRIGHT + ("grey", "mint", "lavender", "coral"), price=(8, 70), view=(-32, 24),
        options=(("grip", (Option("silver"), Option("black", "with a black grip", "黒いグリップ"))),),
    ),
    Kind(
        key="kettlebell", en="kettlebell", ja="ケトルベル", plural="kettlebells", department=D, keywords=("weight",),
        use=("for swings and squats", "スイングやスクワットに"),
        shapes=(Shape("round", "round", "丸型", (20, 20, 28)), Shape("flat", "flat-sided", "平型", (20, 15, 27)), Shape("wide", "wide-handled", "幅広ハンドル", (22, 20, 28)), Shape("soft", "soft", "ソフト", (22, 22, 24))),
        materials=("cast iron", "rubber", "painted steel", "rubber"), colours=BRIGHT + ("grey", "teal", "olive", "coral"), patterns=("banded",), price=(14, 90), view=(-30, 14),
        options=(("band", (Option("none"), Option("ring", "with a coloured ring", "カラーリング付き"))),),
    ),
    Kind(
        key="skateboard", en="skateboard", ja="スケートボード", plural="skateboards", department=D, keywords=("longboard", "board"),
        use=("for street and park", "ストリートやパークに"),
        shapes=(Shape("classic", "classic", "クラシック", (80, 20, 12)), Shape("cruiser", "cruiser", "クルーザー", (70, 20, 12)), Shape("long", "long", "ロング", (110, 24, 12)), Shape("fish", "fish-tail", "フィッシュテール", (72, 20, 12))),
        materials=("oak", "painted wood", "plastic", "bamboo", "painted wood"), colours=ALL, patterns=("striped", "checked", "ombre", "zigzag", "polka dot"), plain=0.35,
        options=(("wheels", (Option("white"), Option("red", "with red wheels", "赤いウィール"), Option("green", "with green wheels", "緑のウィール"), Option("orange", "with orange wheels", "オレンジのウィール"), Option("blue", "with blue wheels", "青いウィール"))),
                 ("stand", (Option("flat"), Option("up"), Option("up")))), price=(35, 130), view=(-28, 24),
    ),
    Kind(
        key="yoga_mat", en="yoga mat", ja="ヨガマット", plural="yoga mats", department=D, keywords=("exercise mat",),
        use=("for yoga and stretching", "ヨガやストレッチに"),
        shapes=(Shape("rolled", "rolled", "ロール", (61, 14, 14)), Shape("half", "half-unrolled", "半分広げた", (61, 100, 14)), Shape("strap", "strapped", "ストラップ付き", (61, 14, 14)), Shape("standing", "upright rolled", "立てた", (14, 14, 61))),
        materials=("rubber", "silicone", "cotton"), colours=ALL, patterns=("striped", "ombre"), plain=0.7, price=(15, 70), view=(-30, 24),
    ),
    Kind(
        key="paddle", en="table tennis bat", ja="卓球ラケット", plural="table tennis bats", department=D, keywords=("ping pong paddle", "racket"),
        use=("for quick games", "気軽なラリーに"),
        shapes=(Shape("single", "single", "1本", (16, 26, 2)), Shape("set", "set of two", "2本セット", (30, 26, 3)), Shape("ball", "bat-and-ball", "ボール付き", (18, 26, 4))),
        materials=("rubber",), colours=BRIGHT + ("grey", "teal", "coral", "navy"),
        options=(("handle", (Option("oak", "with a light wood handle", "明るい木の柄"), Option("walnut", "with a dark wood handle", "濃い木の柄"), Option("black", "with a black handle", "黒い柄"), Option("stripe", "with a two-tone handle", "ツートンの柄"))),), price=(9, 48), view=(-30, 46),
    ),
)  # fmt: skip
