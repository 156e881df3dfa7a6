"""Electronics: what is listened to, typed on, watched."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import BRIGHT, MUTED

D = "electronics"
GADGET = ("black", "white", "grey", "charcoal", "navy", "red", "mint", "pink", "teal", "cream", "orange", "blue", "lavender")

KINDS = (
    Kind(
        key="headphones", en="headphones", ja="ヘッドホン", plural="headphones", department=D, keywords=("headset", "wireless headphones"),
        use=("for music on the way", "移動中の音楽に"),
        shapes=(
            Shape("round", "round over-ear", "丸型オーバーイヤー", (18, 8, 20)), Shape("oval", "oval over-ear", "オーバル型オーバーイヤー", (18, 9, 20)), Shape("small", "slim on-ear", "薄型オンイヤー", (17, 6, 18)),
            Shape("studio", "chunky studio", "スタジオ用大型", (19, 10, 21)),
        ),
        materials=("plastic", "matte plastic", "aluminium", "matte plastic"), colours=GADGET, price=(35, 220),
        options=(("pads", (Option("black"), Option("brown", "with brown ear pads", "茶色のイヤーパッド"), Option("white", "with white ear pads", "白いイヤーパッド"), Option("grey", "with grey ear pads", "グレーのイヤーパッド"))),
                 ("wire", (Option("none"), Option("cable", "with a cable", "ケーブル付き"), Option("none")))),
        view=(-32, 12),
    ),
)  # fmt: skip
