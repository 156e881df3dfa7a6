"""Furniture: what is sat on, laid upon, put things in."""

from __future__ import annotations

from examples.catalogue.records import Kind, Option, Shape
from examples.catalogue.words import ALL, MUTED

D = "furniture"
LEGS = (
    Option("oak", "with oak legs", "オーク脚"), Option("walnut", "with walnut legs", "ウォールナット脚"), Option("black", "with black metal legs", "黒いスチール脚"),
    Option("brass", "with brass legs", "真鍮色の脚"), Option("white", "with white legs", "白い脚"),
)  # fmt: skip

KINDS = (
    Kind(
        key="chair", en="chair", ja="チェア", plural="chairs", department=D, keywords=("dining chair",),
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
        key="sofa", en="sofa", ja="ソファ", plural="sofas", department=D, keywords=("couch",),
        use=("for the living room", "リビングでくつろぐための"),
        shapes=(
            Shape("two", "two-seater", "二人掛け", (160, 88, 82)), Shape("three", "three-seater", "三人掛け", (215, 90, 82)), Shape("corner", "corner", "コーナー", (240, 160, 80)),
            Shape("rolled", "rolled-arm", "ロールアーム", (190, 92, 86)), Shape("low", "low", "ロータイプ", (200, 95, 64)), Shape("curved", "curved", "曲線型", (190, 95, 78)),
        ),
        materials=("linen", "velvet", "leather", "cotton", "wool"), colours=ALL, patterns=("striped", "checked", "vertical striped", "floral"), plain=0.75,
        options=(("legs", LEGS), ("cushions", (Option("none"), Option("two", "with two scatter cushions", "クッション2個付き"), Option("none")))),
        price=(420, 1400), view=(-24, 18),
    ),
)  # fmt: skip
