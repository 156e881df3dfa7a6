"""Kitchen: what is cooked with, eaten from, drunk from."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, MUTED

D = "kitchen"
GLAZED = ("striped", "polka dot", "dipped", "banded", "speckled", "ombre", "zigzag", "floral", "checked", "vertical striped")

KINDS = (
    Kind(
        key="mug", en="mug", ja="マグカップ", plural="mugs", department=D, keywords=("coffee mug", "tea cup"),
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
        key="teapot", en="teapot", ja="ティーポット", plural="teapots", department=D, keywords=("tea pot",),
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
        key="frying_pan", en="frying pan", ja="フライパン", plural="frying pans", department=D, keywords=("skillet",),
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
)  # fmt: skip
