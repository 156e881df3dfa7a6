"""Kitchen: what is cooked with, eaten from, drunk from."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, BRIGHT, MUTED

D = "kitchen"
GLAZED = ("striped", "polka dot", "dipped", "banded", "speckled", "ombre", "zigzag", "floral", "checked", "vertical striped")

KINDS = (
    Kind(
        key="mug", count=25, en="mug", ja="マグカップ", plural="mugs", department=D, keywords=("coffee mug", "tea cup"),
        use=("for coffee, tea or cocoa", "コーヒーや紅茶に使える"),
        shapes=(
            Shape("straight", "straight", "ストレート", (12, 8.5, 9.5)), Shape("tall", "tall", "背の高い", (11, 8, 13)),
            Shape("round", "rounded", "丸みのある", (13, 10, 9)), Shape("tapered", "tapered", "すぼまり型の", (12, 9, 10)),
            Shape("wide", "wide", "広口の", (15, 12, 8)), Shape("espresso", "tiny espresso", "エスプレッソ用小さな", (8, 6, 6)),
        ),
        materials=("ceramic", "stoneware", "porcelain", "enamel", "ceramic"), colours=ALL, patterns=GLAZED,
        options=(("handle", (Option("ring"), Option("ring"), Option("square", "with a square handle", "四角い取っ手"), Option("none", "without a handle", "取っ手なし"))),),
        price=(8, 24), view=(-32, 18),
    ),
    Kind(
        key="teapot", count=25, en="teapot", ja="ティーポット", plural="teapots", department=D, keywords=("tea pot",),
        use=("for brewing tea at the table", "食卓でお茶を淹れるための"),
        shapes=(
            Shape("round", "round", "丸型", (24, 15, 15)), Shape("tall", "tall", "背の高い", (22, 12, 21)),
            Shape("squat", "low", "平型", (26, 17, 12)), Shape("cone", "conical", "円すい型", (24, 15, 18)), Shape("drum", "cylindrical", "筒型", (23, 13, 14)),
        ),
        materials=("ceramic", "porcelain", "cast iron", "stoneware", "enamel", "glass", "steel"), colours=ALL, patterns=GLAZED, plain=0.4,
        options=(("handle", (Option("side"), Option("side"), Option("top", "with an overhead handle", "上手ハンドル"))),),
        price=(24, 70), view=(-18, 17),
    ),
    Kind(
        key="frying_pan", count=25, en="frying pan", ja="フライパン", plural="frying pans", department=D, keywords=("skillet",),
        use=("for eggs, pancakes and stir-fries", "卵料理や炒め物に"),
        shapes=(
            Shape("shallow", "shallow", "浅型", (44, 26, 5)), Shape("deep", "deep", "深型", (46, 28, 9)), Shape("square", "square", "角型", (44, 25, 5)),
            Shape("wok", "wok-style", "中華鍋型", (48, 30, 10)),
        ),
        materials=("cast iron", "painted steel", "steel", "copper", "aluminium"),
        colours=("black", "red", "charcoal", "cream", "teal", "forest green", "navy", "mustard", "pink", "orange"),
        options=(("handle", (Option("oak", "with a wooden handle", "木製の持ち手"), Option("black", "with a black handle", "黒い持ち手"), Option("steel", "with a steel handle", "ステンレスの持ち手"))),),
        price=(22, 80), view=(-38, 38),
    ),
    Kind(
        key="bowl", en="bowl", ja="ボウル", plural="bowls", department=D, keywords=("salad bowl", "soup bowl"),
        use=("for soup, salad or cereal", "スープやサラダに"),
        shapes=(
            Shape("deep", "deep", "深型", (16, 16, 9)), Shape("wide", "wide", "浅広型", (24, 24, 7)), Shape("footed", "footed", "高台付き", (15, 15, 9)),
            Shape("scalloped", "scalloped", "輪花型", (18, 18, 8)), Shape("square", "square", "角型", (18, 18, 7)),
        ),
        materials=("ceramic", "stoneware", "porcelain", "oak", "glass", "enamel", "bamboo", "ceramic", "walnut"), colours=ALL, patterns=GLAZED, plain=0.3,
        price=(7, 32), view=(-20, 26),
    ),
    Kind(
        key="plate", en="plate", ja="プレート", plural="plates", department=D, keywords=("dinner plate", "dish"),
        use=("for dinner or dessert", "夕食やデザートに"),
        shapes=(
            Shape("coupe", "coupe", "リムなし", (26, 26, 3)), Shape("rimmed", "rimmed", "リム付き", (27, 27, 2.5)), Shape("square", "square", "角", (25, 25, 2.5)),
            Shape("oval", "oval", "楕円", (32, 22, 3)), Shape("scalloped", "scalloped", "花形", (24, 24, 3)),
        ),
        materials=("ceramic", "porcelain", "stoneware", "enamel", "plastic"), colours=ALL,
        patterns=("polka dot", "banded", "checked", "speckled", "floral", "marbled", "striped", "dipped"), plain=0.3,
        price=(6, 26), view=(-15, 40),
    ),
    Kind(
        key="cooking_pot", en="cooking pot", ja="鍋", plural="cooking pots", department=D, keywords=("saucepan", "casserole", "stockpot"),
        use=("for stews, pasta and sauces", "煮込みやパスタに"),
        shapes=(
            Shape("casserole", "casserole", "両手", (28, 24, 14)), Shape("stock", "tall stock", "寸胴", (28, 24, 24)), Shape("sauce", "one-handled", "片手", (36, 18, 12)),
            Shape("oval", "oval", "楕円", (32, 24, 14)),
        ),
        materials=("cast iron", "steel", "enamel", "copper", "painted steel", "cast iron"), colours=ALL, patterns=("polka dot", "banded", "floral", "striped"), plain=0.6,
        options=(("lid", (Option("metal"), Option("glass", "with a glass lid", "ガラスぶた付き"), Option("none", "without a lid", "ふたなし"))),
                 ("knob", (Option("steel"), Option("wood", "with wooden knob and grips", "木製つまみ"), Option("gold", "with brass knob", "真鍮つまみ")))),
        price=(28, 140), view=(-28, 24),
    ),
    Kind(
        key="kettle", en="kettle", ja="ケトル", plural="kettles", department=D, keywords=("tea kettle",),
        use=("for boiling water", "お湯を沸かすための"),
        shapes=(
            Shape("stove", "stovetop", "直火用", (24, 20, 22)), Shape("goose", "gooseneck", "細口", (30, 16, 20)), Shape("electric", "electric", "電気", (22, 16, 24)),
            Shape("whistle", "whistling", "笛吹き", (22, 21, 20)),
        ),
        materials=("steel", "enamel", "painted steel", "copper", "painted steel", "plastic"), colours=ALL, patterns=("polka dot", "floral", "banded"), plain=0.7,
        options=(("handle", (Option("black"), Option("wood", "with a wooden handle", "木の持ち手"), Option("same"))),),
        price=(25, 95), view=(-20, 14),
    ),
    Kind(
        key="cutting_board", en="cutting board", ja="まな板", plural="cutting boards", department=D, keywords=("chopping board",),
        use=("for bread, cheese and vegetables", "パンやチーズ、野菜に"),
        shapes=(
            Shape("rect", "rectangular", "長方形", (38, 24, 2)), Shape("round", "round", "丸型", (30, 30, 2)), Shape("paddle", "paddle", "持ち手付き", (45, 20, 2)),
            Shape("groove", "grooved", "溝付き", (42, 28, 3)), Shape("house", "house-shaped", "家型", (34, 24, 2)),
        ),
        materials=("oak", "walnut", "bamboo", "plastic", "marble"), colours=ALL, patterns=("terrazzo", "speckled", "striped"), plain=0.4,
        options=(("strip", (Option("none"), Option("strip", "with a contrasting strip", "アクセントライン入り"), Option("none"))),),
        price=(12, 60), view=(-24, 34),
    ),
    Kind(
        key="storage_jar", en="storage jar", ja="保存瓶", plural="storage jars", department=D, keywords=("canister", "kitchen jar"),
        use=("for pasta, flour and biscuits", "パスタや小麦粉、クッキーの保存に"),
        shapes=(
            Shape("tall", "tall", "縦長", (10, 10, 24)), Shape("squat", "squat", "ずんぐり型", (14, 14, 12)), Shape("round", "round", "丸型", (15, 15, 16)), Shape("square", "square", "角型", (11, 11, 16)),
        ),
        materials=("glass", "ceramic", "painted steel", "stoneware", "enamel", "glass"), colours=ALL, patterns=GLAZED, plain=0.5,
        options=(("lid", (Option("wood", "with a wooden lid", "木のふた付き"), Option("cork", "with a cork stopper", "コルク栓付き"), Option("metal", "with a metal lid", "金属ふた付き"), Option("same"))),),
        price=(9, 34), view=(-25, 14),
    ),
    Kind(
        key="glass", en="drinking glass", ja="グラス", plural="drinking glasses", department=D, keywords=("tumbler", "wine glass"),
        use=("for water, wine or juice", "水やワイン、ジュースに"),
        shapes=(
            Shape("wine", "wine", "ワイン", (9, 9, 21)), Shape("flute", "champagne flute", "シャンパン", (6, 6, 24)), Shape("tumbler", "tumbler", "タンブラー", (8, 8, 10)),
            Shape("tall", "highball", "ハイボール", (7, 7, 15)), Shape("goblet", "goblet", "ゴブレット", (9, 9, 15)), Shape("coupe", "cocktail coupe", "クープ", (11, 11, 15)),
        ),
        materials=("glass",), colours=("clear", "amber", "sky blue", "green", "pink", "grey"),
        options=(("drink", (Option("none"), Option("none"), Option("foot", "with a gold rim", "金縁"))),),
        price=(6, 24), view=(0, 12),
    ),
)  # fmt: skip
