"""Electronics: what is listened to, typed on, watched."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL

D = "electronics"
GADGET = (
    "black",
    "white",
    "grey",
    "charcoal",
    "navy",
    "red",
    "mint",
    "pink",
    "teal",
    "cream",
    "orange",
    "blue",
    "lavender",
)

KINDS = (
    Kind(
        key="headphones",
        count=25,
        en="headphones",
        ja="ヘッドホン",
        plural="headphones",
        department=D,
        keywords=("headset", "wireless headphones"),
        use=("for music on the way", "移動中の音楽に"),
        shapes=(
            Shape("round", "round over-ear", "丸型オーバーイヤー", (18, 8, 20)),
            Shape("oval", "oval over-ear", "オーバル型オーバーイヤー", (18, 9, 20)),
            Shape("small", "slim on-ear", "薄型オンイヤー", (17, 6, 18)),
            Shape("studio", "chunky studio", "スタジオ用大型", (19, 10, 21)),
        ),
        materials=("plastic", "matte plastic", "aluminium", "matte plastic"),
        colours=GADGET,
        price=(35, 220),
        options=(
            (
                "pads",
                (
                    Option("black"),
                    Option("brown", "with brown ear pads", "茶色のイヤーパッド"),
                    Option("white", "with white ear pads", "白いイヤーパッド"),
                    Option("grey", "with grey ear pads", "グレーのイヤーパッド"),
                ),
            ),
            ("wire", (Option("none"), Option("cable", "with a cable", "ケーブル付き"), Option("none"))),
        ),
        view=(-32, 12),
    ),
    Kind(
        key="speaker",
        en="speaker",
        ja="スピーカー",
        plural="speakers",
        department=D,
        keywords=("bluetooth speaker", "loudspeaker"),
        use=("for music at home and outside", "家でも外でも音楽を楽しめる"),
        shapes=(
            Shape("cylinder", "cylindrical", "円筒形", (9, 9, 18)),
            Shape("cube", "cube", "キューブ", (10, 10, 10)),
            Shape("shelf", "bookshelf", "ブックシェルフ", (18, 22, 30)),
            Shape("boombox", "boombox", "ラジカセ型", (40, 14, 20)),
            Shape("ball", "globe", "球型", (12, 12, 11)),
            Shape("disc", "puck-shaped", "円盤型", (12, 12, 5)),
        ),
        materials=("matte plastic", "oak", "plastic", "walnut", "nylon", "matte plastic"),
        colours=GADGET,
        price=(25, 240),
        view=(-28, 12),
        options=(
            (
                "grille",
                (
                    Option("black", "with a black grille", "黒いグリル"),
                    Option("grey", "with a grey grille", "グレーのグリル"),
                    Option("cream", "with a cream grille", "クリームのグリル"),
                ),
            ),
        ),
    ),
    Kind(
        key="keyboard",
        en="keyboard",
        ja="キーボード",
        plural="keyboards",
        department=D,
        keywords=("computer keyboard",),
        use=("for typing at the desk", "デスクでの入力に"),
        shapes=(
            Shape("full", "full-size", "フルサイズ", (44, 14, 3)),
            Shape("compact", "compact", "コンパクト", (30, 11, 3)),
            Shape("round", "round-key", "丸キー", (36, 14, 4)),
            Shape("split", "split ergonomic", "分割エルゴノミクス", (42, 18, 4)),
            Shape("slim", "slim", "薄型", (42, 12, 1)),
        ),
        materials=("matte plastic", "plastic", "aluminium", "matte plastic"),
        colours=GADGET,
        price=(22, 160),
        view=(-18, 38),
        options=(
            (
                "keys",
                (
                    Option("white", "with white keys", "白いキー"),
                    Option("black", "with black keys", "黒いキー"),
                    Option("grey", "with grey keys", "グレーのキー"),
                    Option("mixed", "with colourful accent keys", "カラーアクセントキー"),
                ),
            ),
        ),
    ),
    Kind(
        key="monitor",
        en="monitor",
        ja="モニター",
        plural="monitors",
        department=D,
        keywords=("computer screen", "display"),
        use=("for work and films", "仕事や映画に"),
        shapes=(
            Shape("wide", "widescreen", "ワイド", (61, 20, 45)),
            Shape("ultra", "curved ultrawide", "曲面ウルトラワイド", (82, 24, 44)),
            Shape("retro", "retro tube", "レトロブラウン管", (40, 38, 38)),
            Shape("square", "classic 4:3", "4:3", (40, 20, 42)),
            Shape("tall", "portrait", "縦型", (36, 22, 66)),
        ),
        materials=("matte plastic", "aluminium", "plastic"),
        colours=GADGET,
        price=(90, 520),
        view=(-24, 8),
        options=(
            (
                "screen",
                (
                    Option("dark"),
                    Option("blue", "showing a blue wallpaper", "青い壁紙表示"),
                    Option("sunset", "showing a sunset wallpaper", "夕焼けの壁紙表示"),
                    Option("green", "showing a green wallpaper", "緑の壁紙表示"),
                ),
            ),
        ),
    ),
    Kind(
        key="camera",
        en="camera",
        ja="カメラ",
        plural="cameras",
        department=D,
        keywords=("photo camera",),
        use=("for travel and portraits", "旅行やポートレートに"),
        shapes=(
            Shape("retro", "retro rangefinder", "レトロレンジファインダー", (13, 7, 8)),
            Shape("slr", "SLR", "一眼レフ", (14, 12, 10)),
            Shape("compact", "compact", "コンパクト", (10, 4, 6)),
            Shape("instant", "instant", "インスタント", (14, 10, 12)),
            Shape("action", "action", "アクション", (6, 5, 5)),
        ),
        materials=("leather", "matte plastic", "plastic", "aluminium", "leather"),
        colours=(*GADGET, "brown", "tan", "yellow", "turquoise"),
        price=(45, 620),
        view=(-24, 14),
        options=(
            (
                "top",
                (
                    Option("silver", "with a silver top", "シルバートップ"),
                    Option("black", "with a black top", "ブラックトップ"),
                    Option("white", "with a white top", "ホワイトトップ"),
                ),
            ),
        ),
    ),
    Kind(
        key="radio",
        en="radio",
        ja="ラジオ",
        plural="radios",
        department=D,
        keywords=("kitchen radio", "DAB radio"),
        use=("for the kitchen and the garden", "キッチンや庭に"),
        shapes=(
            Shape("retro", "retro", "レトロ", (26, 10, 16)),
            Shape("round", "round-cornered", "丸角", (24, 9, 15)),
            Shape("cath", "arched", "アーチ型", (22, 14, 26)),
            Shape("portable", "portable", "ポータブル", (22, 8, 14)),
        ),
        materials=("painted wood", "oak", "walnut", "plastic", "leather", "plastic"),
        colours=ALL,
        price=(28, 170),
        view=(-26, 12),
        options=(
            (
                "knobs",
                (Option("one", "with one large dial", "大ダイヤル1個"), Option("two", "with two knobs", "つまみ2個")),
            ),
            ("aerial", (Option("none"), Option("aerial", "with an aerial", "アンテナ付き"))),
        ),
    ),
)
