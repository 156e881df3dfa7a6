"""Furniture: what is sat on, laid upon, put things in."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, BRIGHT, MUTED

D = "furniture"
LEGS = (
    Option("oak", "with oak legs", "オーク脚"), Option("walnut", "with walnut legs", "ウォールナット脚"), Option("black", "with black metal legs", "黒いスチール脚"),
    Option("brass", "with brass legs", "真鍮色の脚"), Option("white", "with white legs", "白い脚"),
)  # fmt: skip

KINDS = (
    Kind(
        key="chair", count=25, en="chair", ja="チェア", plural="chairs", department=D, keywords=("dining chair",),
        use=("for the dining table or a desk", "ダイニングやデスクに"),
        shapes=(
            Shape("slat", "slat-back", "縦格子背", (45, 50, 88)), Shape("shell", "shell", "シェル型", (48, 52, 80)), Shape("ladder", "ladder-back", "横格子背", (44, 48, 95)),
            Shape("round", "round-back", "丸背", (46, 48, 84)), Shape("panel", "solid-back", "板背", (45, 50, 86)),
        ),
        materials=("oak", "walnut", "painted wood", "plastic", "painted steel", "velvet", "leather", "painted wood", "linen"), colours=MUTED, patterns=("striped", "checked"), plain=0.9,
        options=(("legs", (*LEGS, Option("same"), Option("same"))),),
        price=(45, 180), view=(-34, 16),
    ),
    Kind(
        key="sofa", count=25, en="sofa", ja="ソファ", plural="sofas", department=D, keywords=("couch",),
        use=("for the living room", "リビングでくつろぐための"),
        shapes=(
            Shape("two", "two-seater", "二人掛け", (160, 88, 82)), Shape("three", "three-seater", "三人掛け", (215, 90, 82)), Shape("corner", "corner", "コーナー", (240, 160, 80)),
            Shape("rolled", "rolled-arm", "ロールアーム", (190, 92, 86)), Shape("low", "low", "ロータイプ", (200, 95, 64)), Shape("curved", "curved", "曲線型", (190, 95, 78)),
        ),
        materials=("linen", "velvet", "leather", "cotton", "wool"), colours=ALL, patterns=("striped", "checked", "vertical striped", "floral"), plain=0.75,
        options=(("legs", LEGS), ("cushions", (Option("none"), Option("two", "with two scatter cushions", "クッション2個付き"), Option("none")))),
        price=(420, 1400), view=(-24, 18),
    ),
    Kind(
        key="stool", en="stool", ja="スツール", plural="stools", department=D, keywords=("bar stool", "footstool"),
        use=("for the kitchen counter or as a side seat", "キッチンカウンターや補助席に"),
        shapes=(
            Shape("bar", "tall bar", "ハイ", (40, 40, 75)), Shape("low", "low round", "ロー丸", (36, 36, 45)), Shape("square", "square", "角", (38, 38, 46)),
            Shape("tripod", "three-legged", "三本脚", (36, 36, 45)), Shape("pouf", "pouf", "プフ", (50, 50, 40)), Shape("saddle", "saddle-seat", "サドル座面", (45, 32, 62)),
        ),
        materials=("oak", "walnut", "painted wood", "velvet", "leather", "painted steel", "linen", "wool", "plastic"), colours=MUTED, patterns=("striped", "checked", "zigzag"), plain=0.6,
        options=(("legs", (*LEGS, Option("same"))),), price=(28, 120), view=(-30, 18),
    ),
    Kind(
        key="armchair", en="armchair", ja="アームチェア", plural="armchairs", department=D, keywords=("easy chair", "lounge chair"),
        use=("for reading by the window", "窓辺の読書に"),
        shapes=(
            Shape("club", "club", "クラブ", (85, 80, 76)), Shape("wing", "wingback", "ウィングバック", (75, 80, 105)), Shape("tub", "tub", "丸型", (76, 72, 74)), Shape("wood", "wooden-arm", "木肘", (68, 75, 80)),
        ),
        materials=("velvet", "linen", "leather", "wool", "cotton"), colours=ALL, patterns=("striped", "checked", "floral", "vertical striped"), plain=0.65,
        options=(("legs", LEGS), ("cushion", (Option("none"), Option("one", "with a small cushion", "小さなクッション付き"), Option("none")))), price=(180, 700), view=(-30, 16),
    ),
    Kind(
        key="table", en="table", ja="テーブル", plural="tables", department=D, keywords=("coffee table", "dining table", "side table"),
        use=("for meals, work or a cup of coffee", "食事や作業、コーヒータイムに"),
        shapes=(
            Shape("dining", "rectangular dining", "長方形ダイニング", (160, 85, 74)), Shape("round", "round dining", "丸型ダイニング", (110, 110, 74)), Shape("coffee", "low coffee", "ローコーヒー", (110, 60, 40)),
            Shape("side", "small side", "小さなサイド", (45, 45, 52)), Shape("pedestal", "pedestal", "一本脚", (90, 90, 74)), Shape("oval", "oval coffee", "楕円コーヒー", (115, 65, 42)), Shape("shelf", "coffee", "棚付きコーヒー", (100, 60, 45)),
        ),
        materials=("oak", "walnut", "painted wood", "marble", "glass", "bamboo", "painted steel"), colours=MUTED,
        options=(("legs", (*LEGS, Option("same"))),), price=(60, 600), view=(-26, 18),
    ),
    Kind(
        key="bookshelf", en="bookshelf", ja="本棚", plural="bookshelves", department=D, keywords=("shelf", "bookcase", "shelving unit"),
        use=("for books and plants", "本や観葉植物に"),
        shapes=(
            Shape("tall", "tall", "背の高い", (60, 30, 180)), Shape("low", "low wide", "ローワイド", (120, 32, 80)), Shape("cube", "cube", "キューブ", (110, 35, 110)), Shape("ladder", "ladder", "はしご型", (60, 40, 175)),
            Shape("open", "open metal-frame", "オープンフレーム", (85, 32, 150)),
        ),
        materials=("oak", "walnut", "painted wood", "bamboo", "painted wood"), colours=MUTED,
        options=(("books", (Option("none"), Option("books"))), ("back", (Option("open"), Option("closed", "with a back panel", "背板付き")))), price=(70, 380), view=(-26, 12),
    ),
    Kind(
        key="dresser", en="chest of drawers", ja="チェスト", plural="chests of drawers", department=D, keywords=("dresser", "drawer cabinet", "sideboard"),
        use=("for clothes and linen", "衣類やリネンの収納に"),
        shapes=(
            Shape("three", "three-drawer", "3段", (80, 45, 78)), Shape("five", "tall five-drawer", "5段", (60, 45, 115)), Shape("six", "wide six-drawer", "6杯", (130, 48, 80)), Shape("night", "bedside", "ベッドサイド", (42, 38, 52)),
            Shape("side", "sideboard-style", "サイドボード型", (150, 42, 70)),
        ),
        materials=("oak", "walnut", "painted wood", "bamboo", "painted wood"), colours=MUTED,
        options=(("knobs", (Option("brass", "with brass knobs", "真鍮つまみ"), Option("black", "with black bar handles", "黒いバー取っ手"), Option("wood", "with wooden knobs", "木のつまみ"), Option("leather", "with leather pulls", "革の取っ手"))),
                 ("legs", LEGS)), price=(90, 480), view=(-28, 14),
    ),
)  # fmt: skip
