"""Lighting: what gives light, on tables, floors, ceilings."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, BRIGHT, MUTED

D = "lighting"

KINDS = (
    Kind(
        key="table_lamp", count=25, en="table lamp", ja="テーブルランプ", plural="table lamps", department=D, keywords=("bedside lamp",),
        use=("for a bedside or a sideboard", "ベッドサイドや棚に置ける"),
        shapes=(
            Shape("gourd", "gourd base", "ひょうたん型", (30, 30, 48)), Shape("column", "column base", "円柱型", (28, 28, 50)),
            Shape("ball", "ball base", "球型", (30, 30, 42)), Shape("tripod", "tripod", "三脚型", (32, 32, 52)), Shape("stick", "slim", "スリム", (26, 26, 55)),
            Shape("bottle", "bottle base", "ボトル型", (28, 28, 50)),
        ),
        materials=("ceramic", "brass", "oak", "painted steel", "concrete", "glass", "walnut", "marble", "ceramic", "painted wood"), colours=MUTED,
        patterns=("striped", "speckled", "ombre", "dipped", "zigzag", "floral"),
        options=(
            ("shade", (Option("drum", "with a drum shade", "円筒シェード"), Option("cone", "with a conical shade", "円すいシェード"), Option("dome", "with a dome shade", "ドームシェード"), Option("empire", "with a flared shade", "広がりシェード"))),
            ("shade_colour", (Option("cream"), Option("white"), Option("beige"), Option("black", "in black shade", "黒いシェード"), Option("mustard", "in mustard shade", "マスタードのシェード"), Option("navy", "in navy shade", "ネイビーのシェード"))),
        ),
        price=(35, 120), view=(0, 8),
    ),
    Kind(
        key="pendant_lamp", en="pendant lamp", ja="ペンダントライト", plural="pendant lamps", department=D, keywords=("hanging lamp", "ceiling light"),
        use=("for over the dining table", "ダイニングテーブルの上に"), place="hang",
        shapes=(
            Shape("dome", "dome", "ドーム型", (40, 40, 26)), Shape("cone", "cone", "円すい型", (34, 34, 28)), Shape("globe", "globe", "球型", (32, 32, 32)), Shape("bell", "bell", "ベル型", (30, 30, 36)),
            Shape("disc", "flat disc", "円盤型", (45, 45, 12)), Shape("cylinder", "tube", "筒型", (14, 14, 36)), Shape("lantern", "paper lantern", "提灯型", (42, 42, 40)),
        ),
        materials=("painted steel", "brass", "glass", "rattan", "copper", "painted steel", "ceramic", "paper"), colours=MUTED, patterns=("striped", "ombre"), plain=0.8,
        options=(("cord", (Option("black"), Option("red", "on a red cord", "赤いコード"), Option("white"), Option("brass", "on a brass rod", "真鍮ロッド"))),),
        price=(32, 160), view=(0, -4),
    ),
    Kind(
        key="floor_lamp", en="floor lamp", ja="フロアランプ", plural="floor lamps", department=D, keywords=("standing lamp",),
        use=("for a reading corner", "読書コーナーに"),
        shapes=(
            Shape("straight", "straight", "ストレート", (38, 38, 150)), Shape("tripod", "tripod", "三脚", (50, 50, 150)), Shape("arc", "arched", "アーチ型", (110, 40, 180)), Shape("reading", "angled reading", "角度調節", (50, 30, 145)),
        ),
        materials=("painted steel", "brass", "oak", "walnut", "painted steel", "painted wood"), colours=MUTED,
        options=(("shade_colour", (Option("cream"), Option("white"), Option("black", "with a black shade", "黒いシェード"), Option("mustard", "with a mustard shade", "マスタードのシェード"),
                                   Option("teal", "with a teal shade", "ティールのシェード"), Option("terracotta", "with a terracotta shade", "テラコッタのシェード"))),),
        price=(60, 240), view=(-18, 6),
    ),
    Kind(
        key="lantern", en="lantern", ja="ランタン", plural="lanterns", department=D, keywords=("candle lantern", "garden lantern"),
        use=("for candles on a terrace", "テラスのキャンドルに"),
        shapes=(
            Shape("square", "square", "四角", (18, 18, 34)), Shape("round", "round", "丸型", (20, 20, 30)), Shape("hex", "hexagonal", "六角", (20, 20, 34)), Shape("storm", "hurricane", "ハリケーン", (18, 18, 30)),
        ),
        materials=("painted steel", "oak", "brass", "copper", "painted wood", "painted steel"), colours=MUTED,
        options=(("handle", (Option("ring"), Option("rope", "with a rope handle", "ロープの持ち手"), Option("leather", "with a leather handle", "革の持ち手"))),),
        price=(16, 70), view=(-28, 12),
    ),
    Kind(
        key="candle", en="candle", ja="キャンドル", plural="candles", department=D, keywords=("scented candle", "pillar candle"),
        use=("for quiet evenings", "静かな夜のための"),
        shapes=(
            Shape("pillar", "pillar", "ピラー", (8, 8, 15)), Shape("jar", "jar", "ジャー入り", (9, 9, 10)), Shape("taper", "pair of tapers", "テーパー2本", (14, 6, 26)), Shape("ball", "ball", "球型", (9, 9, 9)),
            Shape("twist", "twisted", "ねじり", (6, 6, 22)), Shape("trio", "set of three", "3本セット", (22, 12, 14)),
        ),
        materials=("wax",), colours=ALL, patterns=("ombre",), options=(("lit", (Option("lit"), Option("unlit"))),),
        price=(6, 32), view=(-20, 16),
    ),
)  # fmt: skip
