"""Things of kinds the catalogue never carries -> geometry, for questions whose true answer is that we have none."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from examples.catalogue.modelling import (
    ball,
    blob,
    box,
    cylinder,
    disc,
    extrude,
    fillet,
    lathe,
    spline,
    torus,
    tube,
    vessel,
)
from examples.catalogue.surfaces import look

BRIGHT = (
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "navy",
    "white",
    "black",
    "purple",
    "teal",
    "pink",
    "grey",
    "brown",
)


def traffic_cone(rng: random.Random) -> None:
    """A cone with a reflective band."""
    stuff = look("plastic", rng.choice(["orange", "orange", "red", "yellow", "green"]))
    box((0.9, 0.9, 0.08), look("rubber", rng.choice(["black", "orange"])), at=(0, 0, 0.04), bevel=0.03)
    lathe([(0.36, 0.08), (0.06, 1.15), (0.0, 1.15)], stuff)
    for low in rng.sample([0.35, 0.7], rng.randint(1, 2)):
        lathe([(0.365 - 0.28 * (low - 0.08), low), (0.365 - 0.28 * (low + 0.1), low + 0.18)], look("plastic", "white"))


def trophy(rng: random.Random) -> None:
    """A cup on a plinth."""
    metal = look(*rng.choice([("brass", "gold"), ("steel", "silver"), ("copper", "copper")]))
    box(
        (0.5, 0.5, rng.uniform(0.15, 0.4)),
        look(*rng.choice([("marble", "black"), ("walnut", "dark wood"), ("marble", "white")])),
        at=(0, 0, 0.1),
        bevel=0.02,
    )
    lathe(
        spline([(0, 0.28), (0.2, 0.28), (0.06, 0.36), (0.05, 0.55), (0.12, 0.6), (0.32, 0.85), (0.36, 1.2)], 6), metal
    )
    for s in (-1, 1):
        tube([(s * 0.33, 0, 1.12), (s * 0.55, 0, 1.1), (s * 0.5, 0, 0.85), (s * 0.25, 0, 0.75)], 0.03, metal)


def hourglass(rng: random.Random) -> None:
    """Two bulbs of glass between discs."""
    wood = look(
        *rng.choice([("oak", "light wood"), ("walnut", "dark wood"), ("brass", "gold"), ("painted wood", "black")])
    )
    for z in (0.0, 1.1):
        disc(0.36, 0.07, wood, at=(0, 0, z))
    for k in range(3):
        a = 2 * math.pi * k / 3
        cylinder(0.03, 1.1, wood, at=(0.3 * math.cos(a), 0.3 * math.sin(a), 0.04))
    lathe(
        spline([(0.1, 0.07), (0.25, 0.2), (0.2, 0.42), (0.03, 0.58), (0.2, 0.75), (0.25, 0.98), (0.1, 1.1)], 7),
        look("glass", "clear"),
        sharp=None,
    )
    sand = look("concrete", rng.choice(["mustard", "coral", "sky blue", "cream", "pink"]))
    lathe([(0, 0.09), (0.2, 0.12), (0.22, 0.2), (0.0, 0.38)], sand)


def ladder(rng: random.Random) -> None:
    """A step ladder."""
    stuff = look(*rng.choice([("aluminium", "silver"), ("oak", "light wood"), ("painted steel", rng.choice(BRIGHT))]))
    steps = rng.randint(3, 6)
    high = 0.3 * (steps + 1)
    for s in (-1, 1):
        tube([(s * 0.36, -0.45, 0), (s * 0.26, 0, high)], 0.035, stuff, curved=False)
        tube([(s * 0.36, 0.5, 0), (s * 0.26, 0.04, high)], 0.03, stuff, curved=False)
    for k in range(steps):
        t = (k + 1) / (steps + 1)
        box((0.72 - 0.2 * t, 0.14, 0.035), stuff, at=(0, -0.45 * (1 - t), high * t), bevel=0.01)
    box((0.56, 0.22, 0.05), look("plastic", rng.choice(BRIGHT)), at=(0, 0.02, high), bevel=0.02)


def globe(rng: random.Random) -> None:
    """A desk globe."""
    metal = look(*rng.choice([("brass", "gold"), ("steel", "silver"), ("painted steel", "black")]))
    blob(
        (0.45, 0.45, 0.45),
        look(
            "plastic",
            rng.choice(["blue", "sky blue", "teal", "cream"]),
            "marbled",
            rng.choice(["olive", "tan", "green"]),
            scale=0.1,
        ),
        at=(0, 0, 0.75),
        rot=(0, 23, 0),
    )
    torus(0.5, 0.022, metal, at=(0, 0, 0.75), rot=(90, 23, 0))
    cylinder(0.04, 0.2, metal, at=(0, 0, 0.08))
    lathe(
        spline([(0, 0), (0.34, 0), (0.32, 0.04), (0.1, 0.1), (0, 0.1)], 5),
        look(*rng.choice([("walnut", "dark wood"), ("brass", "gold"), ("painted steel", "black")])),
    )


def bathtub(rng: random.Random) -> None:
    """A free-standing tub."""
    outer = look("ceramic", rng.choice(["white", "white", "black", "sky blue", "pink", "forest green"]))
    item = vessel(spline([(0, 0.1), (0.4, 0.1), (0.6, 0.25), (0.72, 0.7)], 7), 0.06, outer, look("ceramic", "white"))
    for part in item.parent.children:
        part.scale = (1.0, 0.52, 1.0)
    metal = look(*rng.choice([("brass", "gold"), ("steel", "silver")]))
    for sx in (-1, 1):
        for sy in (-1, 1):
            tube([(sx * 0.42, sy * 0.2, 0.2), (sx * 0.5, sy * 0.24, 0.03)], [0.05, 0.04], metal, curved=False)
    tube([(0.66, 0, 0.6), (0.7, 0, 1.0), (0.5, 0, 1.02), (0.44, 0, 0.9)], 0.03, metal)


def bell(rng: random.Random) -> None:
    """A hand bell."""
    lathe(
        spline([(0.42, 0), (0.4, 0.06), (0.28, 0.25), (0.24, 0.5), (0.1, 0.62), (0, 0.63)], 7),
        look(*rng.choice([("brass", "gold"), ("steel", "silver"), ("copper", "copper")])),
    )
    lathe(
        spline([(0, 0.62), (0.06, 0.64), (0.05, 0.75), (0.1, 0.95), (0.06, 1.1), (0, 1.12)], 6),
        look(*rng.choice([("walnut", "dark wood"), ("oak", "light wood"), ("plastic", rng.choice(BRIGHT))])),
    )
    ball((0.07, 0.07, 0.07), look("steel", "silver"), (0, 0, 0.03))


def anchor(rng: random.Random) -> None:
    """An anchor leaning on nothing."""
    stuff = look(
        rng.choice(["cast iron", "painted steel", "brass"]), rng.choice(["black", "navy", "gold", "grey", "red"])
    )
    tube([(0, 0, 0.1), (0, 0, 1.1)], 0.055, stuff, curved=False)
    tube([(-0.3, 0, 0.95), (0.3, 0, 0.95)], 0.045, stuff, curved=False)
    torus(0.11, 0.035, stuff, at=(0, 0, 1.22), rot=(90, 0, 0))
    tube([(-0.5, 0, 0.42), (-0.36, 0, 0.18), (0, 0, 0.06), (0.36, 0, 0.18), (0.5, 0, 0.42)], 0.06, stuff)
    for s in (-1, 1):
        extrude(
            [(0, 0), (s * 0.16, -0.02), (s * 0.02, 0.22)],
            0.07,
            stuff,
            at=(s * 0.44, 0, 0.36),
            rot=(90, 0, 0),
            bevel=0.01,
        )


def barrel(rng: random.Random) -> None:
    """A cask with hoops."""
    lathe(
        spline([(0, 0), (0.36, 0), (0.46, 0.35), (0.48, 0.55), (0.46, 0.75), (0.36, 1.1), (0, 1.1)], 6),
        look(*rng.choice([("oak", "light wood"), ("walnut", "dark wood"), ("oak", "tan")])),
        sharp=60,
    )
    hoop = look("painted steel", rng.choice(["black", "charcoal", "grey"]))
    for z, r in ((0.12, 0.405), (0.36, 0.467), (0.74, 0.467), (0.98, 0.405)):
        lathe([(r, z - 0.03), (r + 0.015, z), (r, z + 0.03)], hoop)


def mailbox(rng: random.Random) -> None:
    """A letter box on a post."""
    stuff = look("painted steel", rng.choice(BRIGHT))
    outline = [
        (-0.26, 0),
        (0.26, 0),
        *((0.26 * math.cos(a), 0.26 + 0.26 * math.sin(a)) for a in (math.pi * k / 20 for k in range(21))),
    ]
    extrude(outline, 0.95, stuff, at=(0, 0, 0.75), rot=(90, 0, 0), bevel=0.02)
    box((0.12, 0.12, 0.78), look("oak", "light wood"), at=(0, 0, 0.38), bevel=0.01)
    box((0.02, 0.05, 0.34), look("plastic", "red"), at=(0.28, -0.1, 1.1), bevel=0.008)
    box((0.16, 0.08, 0.03), look("plastic", "red"), at=(0.28, -0.18, 1.25), rot=(90, 0, 0), bevel=0.008)


def chess_piece(rng: random.Random) -> None:
    """A pawn, a rook or a bishop."""
    stuff = look(
        *rng.choice(
            [
                ("walnut", "dark wood"),
                ("oak", "light wood"),
                ("marble", "white"),
                ("marble", "black"),
                ("plastic", "red"),
            ]
        )
    )
    sort = rng.choice(["pawn", "rook", "bishop"])
    lathe(
        spline(
            [
                (0, 0),
                (0.38, 0),
                (0.38, 0.1),
                (0.28, 0.18),
                (0.16, 0.5),
                (0.14, 0.75),
                (0.22, 0.8),
                (0.12, 0.86),
                (0, 0.86),
            ],
            5,
        ),
        stuff,
    )
    if sort == "pawn":
        ball((0.22, 0.22, 0.22), stuff, (0, 0, 1.03))
    elif sort == "bishop":
        lathe(spline([(0, 0.82), (0.15, 0.9), (0.2, 1.08), (0.08, 1.32), (0, 1.34)], 6), stuff)
        ball((0.06, 0.06, 0.06), stuff, (0, 0, 1.38))
    else:
        cylinder(0.24, 0.22, stuff, at=(0, 0, 0.84))
        for k in range(5):
            a = 2 * math.pi * k / 5
            box(
                (0.13, 0.13, 0.12),
                stuff,
                at=(0.17 * math.cos(a), 0.17 * math.sin(a), 1.1),
                rot=(0, 0, math.degrees(a)),
                bevel=0.015,
            )


def telescope(rng: random.Random) -> None:
    """A spyglass on a tripod."""
    stuff = look(
        *rng.choice(
            [
                ("brass", "gold"),
                ("plastic", "white"),
                ("painted steel", "navy"),
                ("painted steel", "red"),
                ("aluminium", "silver"),
            ]
        )
    )
    dark = look("matte plastic", "black")
    for r, low, high in ((0.13, 0.0, 0.6), (0.105, -0.35, 0.0), (0.08, -0.62, -0.35)):
        lathe(
            fillet([(0, low), (r, low), (r, high), (0, high)], 0.02), stuff, at=(0, 0, 1.0), rot=(0, 65, 0), sharp=None
        )
    lathe([(0.145, 0.5), (0.15, 0.62), (0.13, 0.62)], dark, at=(0, 0, 1.0), rot=(0, 65, 0))
    legs = look(*rng.choice([("oak", "light wood"), ("aluminium", "silver"), ("painted steel", "black")]))
    for k in range(3):
        a = 2 * math.pi * k / 3 + 0.4
        tube(
            [(0.45 * math.cos(a), 0.45 * math.sin(a), 0), (0.04 * math.cos(a), 0.04 * math.sin(a), 0.92)],
            0.025,
            legs,
            curved=False,
        )


ABSENT: dict[str, tuple[str, Callable[[random.Random], None]]] = {
    "traffic_cone": ("traffic cone", traffic_cone),
    "trophy": ("trophy", trophy),
    "hourglass": ("hourglass", hourglass),
    "ladder": ("step ladder", ladder),
    "globe": ("globe", globe),
    "bathtub": ("bathtub", bathtub),
    "bell": ("hand bell", bell),
    "anchor": ("anchor", anchor),
    "barrel": ("barrel", barrel),
    "mailbox": ("mailbox", mailbox),
    "chess_piece": ("chess piece", chess_piece),
    "telescope": ("telescope", telescope),
}
"""Key -> its name, its builder."""
