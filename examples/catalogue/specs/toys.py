"""Toys and music: what is played with and played on."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, BRIGHT, MUTED

D = "toys"

KINDS = (
    Kind(
        key="toy_car", count=25, en="toy car", ja="おもちゃの車", plural="toy cars", department=D, keywords=("model car",),
        use=("for small hands from three years", "3歳からのお子さまに"),
        shapes=(
            Shape("beetle", "rounded", "丸型", (14, 7, 7)), Shape("racer", "racing", "レーシング", (17, 8, 5)), Shape("van", "van-style", "バン型", (15, 7, 8)),
            Shape("pickup", "pickup-style", "ピックアップ型", (17, 7, 7)), Shape("bus", "bus-style", "バス型", (20, 7, 9)),
        ),
        materials=("painted wood", "plastic", "oak", "painted steel", "plastic"), colours=BRIGHT, patterns=("dipped",), plain=0.7,
        options=(("wheels", (Option("black"), Option("wood", "with wooden wheels", "木の車輪"), Option("yellow", "with yellow wheels", "黄色い車輪"), Option("red", "with red wheels", "赤い車輪"))),),
        price=(7, 30), view=(-38, 20),
    ),
    Kind(
        key="blocks", en="building blocks", ja="積み木", plural="building blocks", department=D, keywords=("toy blocks", "bricks"),
        use=("for first towers and castles", "はじめての塔やお城づくりに"),
        shapes=(Shape("tower", "tower of", "タワー型", (14, 14, 24)), Shape("castle", "castle", "お城", (26, 12, 20)), Shape("cubes", "cube", "キューブ", (20, 12, 16)), Shape("studs", "studded", "ポッチ付き", (20, 14, 14)), Shape("arch", "arch", "アーチ", (24, 8, 18))),
        materials=("painted wood", "plastic", "oak", "painted wood"), colours=BRIGHT, price=(10, 50), view=(-30, 18),
        options=(("palette", (Option("rainbow", "in rainbow colours", "レインボーカラー"), Option("pastel", "in pastel colours", "パステルカラー"), Option("two", "in two colours", "2色"), Option("mono", "in one colour", "単色"))),),
    ),
    Kind(
        key="teddy", en="teddy bear", ja="テディベア", plural="teddy bears", department=D, keywords=("soft toy", "plush bear"),
        use=("for cuddles", "抱きしめたくなる"),
        shapes=(Shape("sitting", "sitting", "おすわり", (26, 22, 32)), Shape("standing", "standing", "立ち姿", (22, 16, 38)), Shape("round", "chubby", "まんまる", (28, 24, 28)), Shape("long", "long-legged", "足長", (20, 16, 42))),
        materials=("plush", "cotton", "plush", "wool"), colours=("brown", "tan", "cream", "grey", "white", "pink", "sky blue", "lavender", "black", "mint", "mustard"), patterns=("checked", "polka dot", "striped"), plain=0.7,
        options=(("wear", (Option("bow", "with a red bow tie", "赤い蝶ネクタイ"), Option("scarf", "with a blue scarf", "青いマフラー"), Option("none"), Option("green", "with a green bow tie", "緑の蝶ネクタイ"))),), price=(12, 48), view=(-16, 10),
    ),
    Kind(
        key="stacker", en="stacking rings", ja="リングタワー", plural="stacking rings", department=D, keywords=("ring stacker", "baby toy"),
        use=("for babies from twelve months", "12か月からの赤ちゃんに"),
        shapes=(Shape("five", "five-ring", "5段", (14, 14, 20)), Shape("seven", "tall seven-ring", "7段", (15, 15, 28)), Shape("cups", "square-ring", "四角", (14, 14, 20)), Shape("ball", "ball-topped", "丸頭", (16, 16, 22))),
        materials=("painted wood", "plastic", "silicone"), colours=BRIGHT, price=(8, 30), view=(-25, 16),
        options=(("palette", (Option("rainbow", "in rainbow colours", "レインボーカラー"), Option("pastel", "in pastel colours", "パステルカラー"), Option("shades", "in shades of one colour", "同系色グラデーション"), Option("two", "in two colours", "2色"))),),
    ),
    Kind(
        key="duck", en="rubber duck", ja="アヒルのおもちゃ", plural="rubber ducks", department=D, keywords=("bath duck", "bath toy"),
        use=("for bath time", "お風呂の時間に"),
        shapes=(Shape("classic", "classic", "定番", (9, 8, 8)), Shape("tall", "long-necked", "首長", (9, 8, 11)), Shape("round", "round", "まんまる", (9, 9, 8)), Shape("mini", "trio of", "3羽組", (16, 9, 7))),
        materials=("rubber", "plastic"), colours=BRIGHT + ("mint", "coral", "lavender"), patterns=("polka dot", "ombre", "striped"), plain=0.65,
        options=(("hat", (Option("none"), Option("sailor", "with a sailor cap", "水兵帽"), Option("crown", "with a golden crown", "金の王冠"), Option("none"), Option("top", "with a top hat", "シルクハット"))),), price=(4, 18), view=(-35, 14),
    ),
    Kind(
        key="ukulele", en="ukulele", ja="ウクレレ", plural="ukuleles", department=D, keywords=("guitar", "small guitar"),
        use=("for campfire songs", "キャンプファイヤーの歌に"),
        shapes=(Shape("figure", "figure-eight", "ひょうたん型", (20, 7, 58)), Shape("pine", "pineapple", "パイナップル型", (20, 7, 55)), Shape("cut", "cutaway", "カッタウェイ", (22, 7, 60)), Shape("fly", "triangular", "三角", (22, 7, 56)), Shape("electric", "electric-guitar style", "エレキ風", (26, 5, 60))),
        materials=("oak", "walnut", "painted wood", "plastic", "painted wood"), colours=ALL, patterns=("ombre", "dipped", "floral"), plain=0.7,
        options=(("plate", (Option("none"), Option("ring", "with a rosette", "ロゼッタ付き"), Option("guard", "with a pickguard", "ピックガード付き"))),), price=(28, 160), view=(-20, 8),
    ),
    Kind(
        key="drum", en="drum", ja="太鼓", plural="drums", department=D, keywords=("percussion", "bongo"),
        use=("for music making", "音楽あそびに"),
        shapes=(Shape("snare", "snare", "スネア", (34, 34, 18)), Shape("djembe", "djembe", "ジャンベ", (30, 30, 55)), Shape("bongo", "bongo", "ボンゴ", (40, 22, 20)), Shape("tom", "toy marching", "マーチング", (28, 28, 24)), Shape("conga", "conga", "コンガ", (30, 30, 70))),
        materials=("painted wood", "oak", "walnut", "plastic", "painted wood"), colours=BRIGHT + ("burgundy", "teal", "coral"), patterns=("zigzag", "banded", "dipped", "striped"), plain=0.5,
        options=(("sticks", (Option("none"), Option("sticks", "with drumsticks", "スティック付き"), Option("none"))), ("rim", (Option("silver"), Option("gold", "with brass rims", "真鍮リム"), Option("white", "with white rims", "白いリム")))), price=(20, 180), view=(-22, 22),
    ),
)  # fmt: skip
