"""Decoration: what makes a room pleasant."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, BRIGHT, MUTED

D = "decor"

KINDS = (
    Kind(
        key="vase", count=25, en="vase", ja="花瓶", plural="vases", department=D, keywords=("flower vase",),
        use=("for fresh or dried flowers", "生花やドライフラワーに"),
        shapes=(
            Shape("bottle", "bottle-shaped", "ボトル型", (13, 13, 30)), Shape("urn", "urn-shaped", "壺型", (20, 20, 28)), Shape("cylinder", "cylindrical", "円筒形", (12, 12, 26)),
            Shape("globe", "globe", "球形", (20, 20, 19)), Shape("flared", "flared", "ラッパ型", (18, 18, 30)), Shape("hourglass", "hourglass", "くびれ型", (15, 15, 28)),
            Shape("ribbed", "ribbed", "リブ付き", (15, 15, 24)), Shape("ring", "ring-shaped", "ドーナツ型", (24, 8, 26)), Shape("faceted", "faceted", "多面カット", (16, 16, 25)),
        ),
        materials=("ceramic", "stoneware", "glass", "porcelain", "brass", "concrete", "terracotta", "marble", "ceramic"), colours=ALL,
        patterns=("striped", "speckled", "ombre", "dipped", "zigzag", "marbled", "floral", "banded", "polka dot"), plain=0.35,
        price=(15, 75), view=(-20, 12),
    ),
    Kind(
        key="cushion", count=25, en="cushion", ja="クッション", plural="cushions", department=D, keywords=("throw pillow", "pillow"),
        use=("for sofas and armchairs", "ソファやチェアに"),
        shapes=(
            Shape("square", "square", "正方形", (45, 45, 14)), Shape("lumbar", "rectangular", "長方形", (60, 35, 13)), Shape("round", "round", "円形", (42, 42, 13)),
            Shape("bolster", "bolster", "円筒形", (50, 18, 18)), Shape("tassel", "tasselled", "タッセル付き", (45, 45, 14)),
        ),
        materials=("cotton", "linen", "velvet", "wool", "canvas", "cotton"), colours=ALL,
        patterns=("striped", "vertical striped", "polka dot", "checked", "gingham", "zigzag", "ombre", "floral"), plain=0.25,
        price=(14, 55), view=(-14, 12),
    ),
    Kind(
        key="rug", en="rug", ja="ラグ", plural="rugs", department=D, keywords=("carpet", "floor mat"),
        use=("for the living room floor", "リビングの床に"), place="lie",
        shapes=(
            Shape("rect", "rectangular", "長方形", (200, 140, 1)), Shape("round", "round", "丸型", (150, 150, 1)), Shape("runner", "runner", "廊下用", (240, 70, 1)), Shape("fringe", "fringed", "フリンジ付き", (200, 140, 1)),
            Shape("oval", "oval", "楕円", (180, 120, 1)), Shape("rolled", "rolled-up", "丸めた", (140, 24, 24)),
        ),
        materials=("wool", "cotton", "wool", "linen"), colours=ALL, patterns=("striped", "vertical striped", "checked", "zigzag", "polka dot", "floral", "gingham", "bordered"), plain=0.12,
        price=(35, 260), view=(-18, 42),
    ),
    Kind(
        key="wall_clock", en="wall clock", ja="掛け時計", plural="wall clocks", department=D, keywords=("clock",),
        use=("for the kitchen or hallway", "キッチンや廊下に"), place="wall",
        shapes=(
            Shape("round", "round", "丸型", (30, 5, 30)), Shape("square", "square", "四角", (28, 5, 28)), Shape("sunburst", "sunburst", "サンバースト型", (50, 5, 50)), Shape("hex", "hexagonal", "六角形", (30, 5, 30)),
            Shape("thin", "frameless", "フレームレス", (32, 4, 32)), Shape("station", "double-ring station", "駅舎風", (34, 8, 34)),
        ),
        materials=("painted steel", "oak", "brass", "plastic", "walnut", "painted wood"), colours=ALL,
        options=(("face", (Option("white", "with a white face", "白い文字盤"), Option("black", "with a black face", "黒い文字盤"), Option("cream", "with a cream face", "クリームの文字盤"), Option("mint", "with a mint face", "ミントの文字盤"))),
                 ("marks", (Option("bars"), Option("dots"), Option("quarters")))), price=(16, 80), view=(-12, 6),
    ),
    Kind(
        key="picture_frame", en="picture frame", ja="フォトフレーム", plural="picture frames", department=D, keywords=("photo frame",),
        use=("for photographs and prints", "写真やポスターに"), place="wall",
        shapes=(
            Shape("portrait", "portrait", "縦長", (30, 2, 40)), Shape("landscape", "landscape", "横長", (40, 2, 30)), Shape("square", "square", "正方形", (30, 2, 30)), Shape("oval", "oval", "楕円", (28, 2, 38)),
            Shape("wide", "wide-bordered", "太枠", (36, 3, 44)), Shape("round", "round", "丸型", (30, 2, 30)),
        ),
        materials=("oak", "walnut", "brass", "painted wood", "aluminium", "painted wood"), colours=ALL,
        options=(("art", (Option("hills", "with a landscape print", "風景プリント"), Option("shapes", "with an abstract print", "抽象プリント"), Option("sun", "with a sunset print", "夕日プリント"), Option("blank"), Option("leaf", "with a botanical print", "植物プリント"))),
                 ("mat", (Option("mat", "with a white mat", "マット付き"), Option("none")))), price=(9, 60), view=(-14, 4),
    ),
    Kind(
        key="plant_pot", en="plant pot", ja="植木鉢", plural="plant pots", department=D, keywords=("planter", "flower pot"),
        use=("for house plants", "観葉植物に"),
        shapes=(
            Shape("classic", "classic rimmed", "定番リム付き", (18, 18, 17)), Shape("cylinder", "cylindrical", "円筒形", (18, 18, 18)), Shape("bowl", "bowl-shaped", "ボウル型", (24, 24, 14)), Shape("cube", "cube", "立方体", (17, 17, 17)),
            Shape("legs", "footed", "脚付き", (22, 22, 32)), Shape("belly", "rounded", "丸みのある", (22, 22, 19)),
        ),
        materials=("terracotta", "ceramic", "concrete", "stoneware", "painted steel", "ceramic", "plastic", "rattan"), colours=ALL,
        patterns=("striped", "zigzag", "dipped", "speckled", "polka dot", "terrazzo", "banded"), plain=0.35,
        options=(("plant", (Option("leafy", "with a leafy plant", "観葉植物付き"), Option("none"), Option("cactus", "with a cactus", "サボテン付き"), Option("snake", "with a snake plant", "サンスベリア付き"), Option("none"))),),
        price=(8, 48), view=(-25, 14),
    ),
    Kind(
        key="mirror", en="mirror", ja="ミラー", plural="mirrors", department=D, keywords=("wall mirror",),
        use=("for the hall or the dressing table", "玄関やドレッサーに"), place="wall",
        shapes=(
            Shape("round", "round", "丸型", (60, 3, 60)), Shape("arch", "arched", "アーチ型", (50, 3, 80)), Shape("rect", "rectangular", "長方形", (50, 3, 75)), Shape("oval", "oval", "楕円", (50, 3, 70)),
            Shape("wavy", "wavy", "波形", (55, 3, 75)), Shape("sun", "sunburst", "サンバースト型", (70, 3, 70)),
        ),
        materials=("brass", "oak", "painted steel", "walnut", "rattan", "painted wood"), colours=ALL, price=(25, 160), view=(-16, 4),
        options=(("hang", (Option("none"), Option("strap", "on a leather strap", "革ストラップ付き"), Option("none"))),),
    ),
    Kind(
        key="basket", en="basket", ja="バスケット", plural="baskets", department=D, keywords=("storage basket", "laundry basket"),
        use=("for blankets, toys or laundry", "ブランケットやおもちゃ、洗濯物に"),
        shapes=(
            Shape("round", "round", "丸型", (38, 38, 30)), Shape("tall", "tall laundry", "ランドリー用縦長", (40, 40, 58)), Shape("square", "square", "角型", (34, 34, 28)), Shape("oval", "oval", "楕円", (44, 30, 24)), Shape("picnic", "picnic", "ピクニック", (42, 30, 34)),
        ),
        materials=("rattan", "straw", "rattan", "felt", "cotton"), colours=("natural", "brown", "white", "grey", "black", "beige", "navy", "mustard", "teal", "pink", "olive"), patterns=("striped", "dipped", "banded"), plain=0.4,
        options=(("lid", (Option("none"), Option("lid", "with a lid", "ふた付き"), Option("liner", "with a cloth liner", "布ライナー付き"))),), price=(14, 70), view=(-25, 20),
    ),
)  # fmt: skip
