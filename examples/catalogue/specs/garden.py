"""Garden and tools: what is dug, watered, built with."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, BRIGHT, MUTED

D = "garden"

KINDS = (
    Kind(
        key="watering_can", count=25, en="watering can", ja="じょうろ", plural="watering cans", department=D, keywords=("plant watering can",),
        use=("for house plants and flower beds", "観葉植物や花壇の水やりに"),
        shapes=(
            Shape("classic", "classic", "クラシック", (45, 20, 32)), Shape("long", "long-spout", "細口", (38, 14, 24)), Shape("round", "round", "丸型", (36, 20, 26)),
            Shape("tall", "tall", "縦長", (36, 16, 36)),
        ),
        materials=("painted steel", "plastic", "copper", "steel", "painted steel", "enamel", "brass"), colours=ALL, patterns=("polka dot", "striped", "dipped", "floral", "banded"), plain=0.5,
        options=(("rose", (Option("rose", "with a sprinkler rose", "はす口付き"), Option("plain"))),),
        price=(14, 55), view=(-20, 16),
    ),
    Kind(
        key="hammer", en="hammer", ja="ハンマー", plural="hammers", department=D, keywords=("claw hammer", "mallet"),
        use=("for nails and picture hooks", "釘打ちや額の取り付けに"),
        shapes=(Shape("claw", "claw", "釘抜き付き", (12, 3, 32)), Shape("mallet", "wooden-head mallet", "木槌", (14, 8, 32)), Shape("sledge", "sledge", "大型", (14, 6, 36)), Shape("rubber", "rubber-head mallet", "ゴムハンマー", (12, 7, 32)), Shape("ball", "ball-peen", "丸頭", (11, 3, 30))),
        materials=("oak", "rubber", "walnut", "painted wood", "plastic"), colours=BRIGHT + ("teal", "charcoal"), price=(9, 42), view=(-35, 38),
        options=(("head", (Option("steel", "with a steel head", "スチールヘッド"), Option("black", "with a black head", "黒いヘッド"))),),
    ),
    Kind(
        key="screwdriver", en="screwdriver", ja="ドライバー", plural="screwdrivers", department=D, keywords=("hand tool",),
        use=("for furniture and fittings", "家具の組み立てに"),
        shapes=(Shape("classic", "fluted", "溝付き", (3, 3, 22)), Shape("stubby", "stubby", "短い", (4, 4, 11)), Shape("slim", "slim precision", "精密", (1.5, 1.5, 16)), Shape("set", "set of three", "3本セット", (12, 3, 22)), Shape("tee", "T-handled", "T型", (10, 3, 18))),
        materials=("plastic", "oak", "rubber", "plastic", "painted wood"), colours=BRIGHT + ("teal", "charcoal", "coral"), patterns=("striped", "banded"), plain=0.6, price=(4, 26), view=(-36, 40),
        options=(("tip", (Option("flat"), Option("cross", "with a cross tip", "プラス先"))),),
    ),
    Kind(
        key="toolbox", en="toolbox", ja="工具箱", plural="toolboxes", department=D, keywords=("tool case",),
        use=("for tools and screws", "工具やネジの収納に"),
        shapes=(Shape("classic", "classic", "定番", (45, 20, 22)), Shape("open", "open-top", "オープン型", (42, 22, 26)), Shape("chest", "two-drawer", "2段引き出し", (44, 22, 28)), Shape("roof", "hip-roof", "山型", (42, 20, 24)), Shape("case", "briefcase", "ブリーフケース型", (40, 12, 30))),
        materials=("painted steel", "plastic", "oak", "painted steel", "aluminium"), colours=BRIGHT + ("grey", "teal", "olive", "navy"), price=(18, 95), view=(-28, 18),
        options=(("latch", (Option("silver", "with silver latches", "銀の留め金"), Option("black", "with black latches", "黒い留め金"), Option("yellow", "with yellow latches", "黄色い留め金"))),),
    ),
    Kind(
        key="bird_house", en="bird house", ja="巣箱", plural="bird houses", department=D, keywords=("nesting box", "birdhouse"),
        use=("for garden birds", "庭に来る小鳥のための"),
        shapes=(Shape("gable", "gabled", "切妻屋根", (16, 16, 24)), Shape("a", "A-frame", "A型", (20, 14, 24)), Shape("tall", "tall", "縦長", (14, 14, 32)), Shape("round", "round", "丸型", (18, 18, 24)), Shape("flat", "slant-roofed", "片流れ屋根", (18, 16, 22))),
        materials=("painted wood", "oak", "painted wood", "walnut", "bamboo"), colours=ALL, price=(10, 48), view=(-28, 12),
        options=(("roof", (Option("red", "with a red roof", "赤い屋根"), Option("charcoal", "with a dark roof", "濃い屋根"), Option("white", "with a white roof", "白い屋根"), Option("teal", "with a teal roof", "ティールの屋根"), Option("copper", "with a copper roof", "銅の屋根"))),
                 ("post", (Option("none"), Option("post", "on a post", "ポール付き"), Option("none")))),
    ),
    Kind(
        key="bucket", en="bucket", ja="バケツ", plural="buckets", department=D, keywords=("pail",),
        use=("for water, weeds and sand", "水や草、砂に"),
        shapes=(Shape("classic", "classic", "定番", (28, 28, 27)), Shape("wide", "wide", "広口", (34, 34, 24)), Shape("tall", "tall", "縦長", (26, 26, 34)), Shape("tub", "two-handled", "両手", (42, 40, 30)), Shape("beach", "beach", "ビーチ", (18, 18, 17))),
        materials=("painted steel", "plastic", "steel", "enamel", "plastic", "copper"), colours=ALL, patterns=("striped", "polka dot", "dipped", "banded", "floral"), plain=0.45, price=(5, 36), view=(-25, 18),
        options=(("grip", (Option("none"), Option("wood", "with a wooden grip", "木のグリップ"), Option("none"))),),
    ),
    Kind(
        key="paint_roller", en="paint roller", ja="ペイントローラー", plural="paint rollers", department=D, keywords=("paint brush", "decorating tool"),
        use=("for walls and ceilings", "壁や天井の塗装に"),
        shapes=(Shape("roller", "standard", "標準", (25, 5, 30)), Shape("mini", "mini", "ミニ", (12, 5, 28)), Shape("long", "long-handled", "長柄", (25, 6, 46)), Shape("brush", "brush-style", "刷毛型", (10, 3, 24)), Shape("tray", "tray and", "トレイ付き", (36, 28, 10))),
        materials=("plastic", "oak", "rubber", "painted wood"), colours=BRIGHT + ("teal", "coral"), price=(4, 24), view=(-30, 44),
        options=(("paint", (Option("white"), Option("blue", "with a blue paint load", "青い塗料付き"), Option("yellow", "with a yellow paint load", "黄色い塗料付き"), Option("coral", "with a coral paint load", "コーラルの塗料付き"))),),
    ),
)  # fmt: skip
