"""Toys and music -> geometry."""

from __future__ import annotations

import math
from typing import Any

from examples.catalogue import modelling
from examples.catalogue.modelling import (
    ball,
    blob,
    box,
    cylinder,
    disc,
    extrude,
    fillet,
    lathe,
    rectangle,
    spline,
    torus,
    tube,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain, rgb


def toy_car(p: Product) -> None:
    """A chunky car seen from its side; the nose points to +x."""
    key = p.shape.key
    stuff = look(p.material, p.colour, axis="x", jitter=p.rng("shade"))
    second = accent(p, p.colour)
    window = look("plastic", "26333d", rough=0.08)
    wheel_key = p.opt("wheels")
    tyre = {
        "black": look("rubber", "black"),
        "wood": look("oak", "light wood", axis="y"),
        "yellow": look("plastic", "yellow"),
        "red": look("plastic", "red"),
    }[wheel_key]
    hub = look("plastic", "silver" if wheel_key == "black" else "white")
    half = 0.3
    sides = {
        "beetle": [
            (-0.75, 0.14),
            (0.75, 0.14),
            (0.78, 0.32),
            (0.5, 0.46),
            (0.3, 0.72),
            (-0.1, 0.8),
            (-0.5, 0.66),
            (-0.75, 0.4),
        ],
        "racer": [(-0.85, 0.12), (0.95, 0.1), (0.95, 0.2), (0.3, 0.36), (-0.1, 0.42), (-0.3, 0.4), (-0.85, 0.34)],
        "van": [(-0.78, 0.14), (0.78, 0.14), (0.8, 0.4), (0.62, 0.86), (0.5, 0.92), (-0.7, 0.92), (-0.78, 0.85)],
        "pickup": [
            (-0.9, 0.14),
            (0.85, 0.14),
            (0.86, 0.42),
            (0.5, 0.46),
            (0.34, 0.8),
            (-0.1, 0.8),
            (-0.14, 0.46),
            (-0.9, 0.46),
        ],
        "bus": [(-1.0, 0.14), (1.0, 0.14), (1.02, 0.5), (0.97, 0.98), (-0.97, 0.98), (-1.0, 0.9)],
    }
    width = half * 2 * p.u("w", 0.95, 1.12)
    rounder = p.u("soft", 0.06, 0.13)
    lower = second if p.pattern == "dipped" else stuff
    extrude(fillet(sides[key], rounder, 5, closed=True), width, stuff, rot=(90, 0, 0), bevel=0.07)
    if p.pattern == "dipped":
        xs = [x for x, _ in sides[key]]
        extrude(
            rectangle(max(xs) - min(xs) + 0.03, 0.16, 0.05, at=((max(xs) + min(xs)) / 2, 0.21)),
            width + 0.02,
            lower,
            rot=(90, 0, 0),
            bevel=0.04,
        )
    glass = {
        "beetle": [
            [(0.24, 0.5), (0.2, 0.68), (-0.02, 0.72), (-0.02, 0.5)],
            [(-0.1, 0.5), (-0.1, 0.72), (-0.4, 0.62), (-0.46, 0.5)],
        ],
        "racer": [],
        "van": [
            [(0.62, 0.52), (0.5, 0.82), (0.26, 0.82), (0.26, 0.52)],
            [(0.16, 0.54), (0.16, 0.82), (-0.22, 0.82), (-0.22, 0.54)],
        ],
        "pickup": [[(0.34, 0.5), (0.27, 0.72), (-0.04, 0.72), (-0.04, 0.5)]],
        "bus": [
            [(0.3 * k - 0.12, 0.56), (0.3 * k + 0.12, 0.56), (0.3 * k + 0.12, 0.84), (0.3 * k - 0.12, 0.84)]
            for k in range(-2, 4)
        ],
    }[key]
    for pane in glass:
        extrude(fillet(pane, 0.04, 3, closed=True), width + 0.012, window, rot=(90, 0, 0), bevel=0.004)
    if key == "racer":
        blob((0.26, 0.15, 0.12), window, at=(-0.08, 0, 0.42))
        box((0.22, width * 1.1, 0.04), second if p.colour2 else stuff, at=(-0.76, 0, 0.56), bevel=0.018)
        for s in (-1, 1):
            box((0.12, 0.04, 0.2), stuff, at=(-0.76, s * 0.18, 0.45), bevel=0.01)
    front = {"beetle": 0.78, "racer": 0.95, "van": 0.79, "pickup": 0.86, "bus": 1.02}[key]
    for s in (-1, 1):
        ball((0.03, 0.06, 0.06), look("plastic", "cream"), (front, s * width * 0.32, 0.16 if key == "racer" else 0.32))
    if key in ("van", "beetle", "bus", "pickup"):
        box(
            (0.02, width * 0.72, 0.2),
            window,
            at=(
                {"van": 0.7, "beetle": 0.42, "bus": 1.0, "pickup": 0.43}[key],
                0,
                {"van": 0.66, "beetle": 0.57, "bus": 0.72, "pickup": 0.62}[key],
            ),
            rot=(0, {"van": -22, "beetle": -36, "bus": -5, "pickup": -24}[key], 0),
            bevel=0.01,
        )
    r = {"racer": 0.19, "bus": 0.19}.get(key, 0.18)
    for x in {"bus": (-0.6, 0.62), "racer": (-0.58, 0.6)}.get(key, (-0.46, 0.46)):
        for s in (-1, 1):
            cylinder(r, 0.13, tyre, at=(x, s * (width / 2 + 0.03) + 0.065, r), rot=(90, 0, 0), bevel=0.04)
            cylinder(r * 0.5, 0.15, hub, at=(x, s * (width / 2 + 0.03) + 0.075, r), rot=(90, 0, 0), bevel=0.02)


RAINBOW = ("red", "orange", "yellow", "green", "blue", "purple", "turquoise", "pink")
PASTEL = ("f4b6c2", "f8d8a8", "f6efb2", "bfe3c5", "b5d8ee", "cdbfe8", "f3c9b0", "c9e6e2")


def _palette(p: Product, count: int) -> list[Any]:
    """Materials for parts that differ in colour, as the palette option says."""
    key = p.opt("palette")
    paint = p.material if p.material != "oak" else "painted wood"
    if key == "rainbow":
        start = RAINBOW.index(p.colour) if p.colour in RAINBOW else 0
        names: list[Any] = [RAINBOW[(start + k) % 8] for k in range(count)]
    elif key == "pastel":
        names = [PASTEL[(k + p.index) % 8] for k in range(count)]
    elif key == "two":
        other = "white" if p.colour != "white" else "blue"
        names = [p.colour if k % 2 == 0 else other for k in range(count)]
    elif key == "shades":
        base = rgb(p.colour)
        names = [tuple(c + (0.85 - c) * 0.75 * k / max(count - 1, 1) for c in base) for k in range(count)]
    else:
        return [plain(p)] * count
    return [look(paint, name) for name in names]


def blocks(p: Product) -> None:
    """Blocks built into something."""
    key = p.shape.key
    kit = _palette(p, 8)
    rng = p.rng("blocks")
    s = 0.3

    def cube(x: float, z: float, stuff: Any, y: float = 0.0, turn: float = 0.0, wide: float = 1.0) -> None:
        box((s * wide, s, s), stuff, at=(x, y, z + s / 2), rot=(0, 0, turn), bevel=0.025)

    def roof(x: float, z: float, stuff: Any) -> None:
        extrude([(-s / 2, 0), (s / 2, 0), (0, s * 0.8)], s, stuff, at=(x, 0, z), rot=(90, 0, 0), bevel=0.02)

    if key == "tower":
        for k in range(5):
            cube(rng.uniform(-0.02, 0.02), k * s, kit[k], turn=rng.uniform(-18, 18))
        roof(0, 5 * s, kit[5])
        cube(0.42, 0, kit[6], y=-0.1, turn=25)
    elif key == "castle":
        for x in (-1, 1):
            for k in range(3):
                cube(x * 1.6 * s, k * s, kit[(k + x) % 8])
            extrude(
                [(-s / 2, 0), (s / 2, 0), (0, s)], s, kit[5], at=(x * 1.6 * s, 0, 3 * s), rot=(90, 0, 0), bevel=0.02
            )
        cube(-0.5 * s, 0, kit[3])
        cube(0.5 * s, 0, kit[4])
        box((2.2 * s, s, s * 0.5), kit[6], at=(0, 0, s * 1.25), bevel=0.025)
        roof(0, 1.5 * s, kit[7])
    elif key == "cubes":
        number = 0
        for row, count in enumerate((4, 3, 2, 1)):
            for k in range(count):
                cube((k - (count - 1) / 2) * s * 1.06, row * s, kit[number % 8], turn=rng.uniform(-5, 5))
                number += 1
    elif key == "studs":
        for k, (across, y, level, wide, turn) in enumerate(
            (
                (-0.3, 0, 0, 2, 0),
                (0.3, 0, 0, 2, 0),
                (0.0, 0, 1, 2, 0),
                (-0.42, 0, 1, 1, 0),
                (0.02, 0, 2, 1, 0),
                (0.55, -0.5, 0, 2, 35),
            )
        ):
            height = 0.24
            a = math.radians(turn)
            box(
                (0.3 * wide * 0.98, 0.3, height * 0.98),
                kit[k],
                at=(across, y, level * height + height / 2),
                rot=(0, 0, turn),
                bevel=0.012,
            )
            for i in range(wide * 2):
                for j in (-1, 1):
                    dx, dy = (i - (wide * 2 - 1) / 2) * 0.15, j * 0.075
                    cylinder(
                        0.045,
                        0.05,
                        kit[k],
                        at=(
                            across + dx * math.cos(a) - dy * math.sin(a),
                            y + dx * math.sin(a) + dy * math.cos(a),
                            (level + 1) * height - 0.01,
                        ),
                        bevel=0.01,
                    )
    else:
        for k in range(4):
            r = 0.86 - 0.19 * k
            arc = [(r * math.cos(a), r * math.sin(a)) for a in (math.pi * i / 28 for i in range(29))]
            inner = [
                ((r - 0.17) * math.cos(a), (r - 0.17) * math.sin(a))
                for a in (math.pi * i / 28 for i in reversed(range(29)))
            ]
            extrude([*arc, *inner], 0.34, kit[k], rot=(90, 0, 0), bevel=0.02)
        cube(0, 0, kit[5], y=0.0) if rng.random() < 0.5 else None


def teddy(p: Product) -> None:
    """A bear of plush, its face to the front."""
    key = p.shape.key
    stuff = body(p, proj="front", scale=0.12)
    pale = look("plush", "cream" if p.colour not in ("cream", "white") else "tan")
    dark = look("plastic", "17140f", rough=0.15)
    fat = {"round": 1.18, "long": 0.86}.get(key, 1.0) * p.u("fat", 0.95, 1.06)
    leg = {"sitting": 0.0, "round": 0.0, "standing": 0.34, "long": 0.56}[key]
    base = leg
    blob((0.3 * fat, 0.26 * fat, 0.36), stuff, at=(0, 0, base + 0.34))
    blob((0.2 * fat, 0.1, 0.24), pale, at=(0, -0.185 * fat, base + 0.32))
    head = base + 0.86
    blob((0.29, 0.26, 0.265), stuff, at=(0, -0.02, head))
    blob((0.13, 0.12, 0.1), pale, at=(0, -0.24, head - 0.06))
    blob((0.048, 0.035, 0.034), dark, at=(0, -0.36, head - 0.02), n=24)
    tube([(-0.05, -0.345, head - 0.1), (0, -0.36, head - 0.085), (0.05, -0.345, head - 0.1)], 0.009, dark)
    for s in (-1, 1):
        ball((0.034, 0.03, 0.036), dark, (s * 0.1, -0.245, head + 0.06))
        blob((0.1, 0.06, 0.1), stuff, at=(s * 0.23, 0.0, head + 0.22))
        blob((0.06, 0.03, 0.06), pale, at=(s * 0.23, -0.045, head + 0.215))
        tube(
            [
                (s * 0.24 * fat, -0.02, base + 0.54),
                (s * 0.42 * fat, -0.12, base + 0.4),
                (s * 0.44 * fat, -0.2, base + 0.24),
            ],
            [0.1, 0.095, 0.085],
            stuff,
        )
        if leg:
            tube([(s * 0.15, 0, base + 0.12), (s * 0.17, -0.01, 0.12)], [0.14, 0.12], stuff, curved=False)
            blob((0.12, 0.18, 0.09), stuff, at=(s * 0.17, -0.07, 0.09))
        else:
            tube([(s * 0.17, -0.05, 0.13), (s * 0.27, -0.42, 0.12)], [0.15, 0.125], stuff, curved=False)
            blob((0.125, 0.05, 0.14), stuff, at=(s * 0.28, -0.5, 0.14))
            blob((0.075, 0.03, 0.085), pale, at=(s * 0.28, -0.535, 0.14))
    wear = p.opt("wear")
    if wear in ("bow", "green"):
        cloth = look("velvet", "red" if wear == "bow" else "green")
        for s in (-1, 1):
            blob((0.12, 0.05, 0.08), cloth, at=(s * 0.12, -0.24, base + 0.63), rot=(0, s * 12, 0), e=0.7)
        ball((0.045, 0.05, 0.05), cloth, (0, -0.265, base + 0.63))
    elif wear == "scarf":
        cloth = look("wool", "blue")
        torus(0.22, 0.06, cloth, at=(0, -0.02, base + 0.64), rot=(8, 0, 0))
        box((0.11, 0.05, 0.34), cloth, at=(0.12, -0.27, base + 0.46), rot=(10, 6, 0), bevel=0.02)


def stacker(p: Product) -> None:
    """Rings on a post."""
    key = p.shape.key
    count = 7 if key == "seven" else 5
    kit = _palette(p, count)
    wood = look("oak", "light wood") if p.material == "painted wood" else look(p.material, "white")
    if key == "cups":
        box((0.85, 0.85, 0.1), wood, at=(0, 0, 0.05))
    else:
        cylinder(0.46, 0.1, wood, bevel=0.03)
    z = 0.1
    thick = 0.17 if count == 5 else 0.15
    for k in range(count):
        r = 0.46 - 0.05 * k * (5 / count)
        if key == "cups":
            extrude(rectangle(r * 1.75, r * 1.75, 0.08), thick, kit[k], at=(0, 0, z + thick / 2), bevel=0.04)
        else:
            lathe(
                [
                    (r - thick * 0.5 + thick * 0.5 * math.cos(a), thick / 2 + thick * 0.49 * math.sin(a))
                    for a in (2 * math.pi * i / 20 for i in range(20))
                ],
                kit[k],
                at=(0, 0, z),
                closed=True,
                sharp=None,
            )
            cylinder(r - thick * 0.45, thick * 0.6, kit[k], at=(0, 0, z + thick * 0.2), bevel=0.01)
        z += thick
    cylinder(0.05, 0.08, wood, at=(0, 0, z - 0.02))
    r = 0.17 if key == "ball" else 0.12
    ball((r, r, r), kit[0], (0, 0, z + r + 0.02))


def duck(p: Product) -> None:
    """A bath duck looking to +x."""
    key = p.shape.key
    stuff = body(p, proj="front", scale=0.12, span=(0, 1.0))
    beak = look("rubber", "orange" if p.colour not in ("orange", "red", "coral") else "yellow")
    dark = look("plastic", "black", rough=0.1)

    def one(x: float, y: float, size: float, turn: float = 0.0) -> None:
        held = modelling.root()
        holder = modelling.new_root("duck")
        holder.parent = held
        neck = {"tall": 0.28, "round": -0.06}.get(key, 0.0)
        fat = 1.15 if key == "round" else 1.0
        blob((0.5, 0.37 * fat, 0.32), stuff, at=(0, 0, 0.3), e=0.9)
        blob((0.16, 0.12, 0.12), stuff, at=(-0.47, 0, 0.47), rot=(0, 35, 0))
        if neck > 0:
            tube([(0.2, 0, 0.4), (0.24, 0, 0.75)], [0.2, 0.17], stuff, curved=False)
        z = 0.74 + neck
        blob((0.27 * fat, 0.25 * fat, 0.25), stuff, at=(0.22, 0, z))
        blob((0.13, 0.12, 0.045), beak, at=(0.5, 0, z - 0.03))
        blob((0.1, 0.1, 0.03), beak, at=(0.47, 0, z - 0.08))
        for s in (-1, 1):
            ball((0.045, 0.03, 0.05), dark, (0.38, s * 0.17, z + 0.07))
            ball((0.014, 0.014, 0.014), look("plastic", "white"), (0.405, s * 0.195, z + 0.09))
            blob((0.26, 0.06, 0.15), stuff, at=(-0.1, s * 0.35 * fat, 0.36), rot=(0, 20, s * 6), e=0.8)
        hat = p.opt("hat")
        if hat == "sailor":
            cylinder(0.17, 0.1, look("cotton", "white"), at=(0.2, 0, z + 0.19), bevel=0.03, top=0.2)
            torus(0.17, 0.03, look("cotton", "navy"), at=(0.2, 0, z + 0.21))
        elif hat == "crown":
            gold = look("brass", "gold")
            cylinder(0.14, 0.08, gold, at=(0.2, 0, z + 0.2))
            for k in range(6):
                a = math.pi * k / 3
                cylinder(
                    0.05,
                    0.12,
                    gold,
                    at=(0.2 + 0.11 * math.cos(a), 0.11 * math.sin(a), z + 0.26),
                    top=0.005,
                    bevel=0.004,
                )
        elif hat == "top":
            felt = look("felt", "black" if p.colour != "black" else "red")
            disc(0.24, 0.03, felt, at=(0.2, 0, z + 0.2))
            cylinder(0.15, 0.24, felt, at=(0.2, 0, z + 0.22))
        holder.location, holder.scale, holder.rotation_euler = (x, y, 0), (size,) * 3, (0, 0, math.radians(turn))
        modelling.use_root(held)

    if key == "mini":
        one(0.55, 0, 1.0)
        one(-0.5, 0.1, 0.68, 8)
        one(-1.25, 0.05, 0.55, -6)
    else:
        one(0, 0, 1)


def ukulele(p: Product) -> None:
    """A small guitar standing upright, its face to the front."""
    key = p.shape.key
    stuff = body(p, proj="front", scale=0.16, axis="z", span=(0, 1.0))
    dark = look("walnut", "dark wood", axis="z")
    neck_wood = look("oak", "tan", axis="z") if p.material != "oak" else dark
    outlines = {
        "figure": [
            (0, 0),
            (0.26, 0.03),
            (0.37, 0.2),
            (0.34, 0.4),
            (0.23, 0.55),
            (0.27, 0.7),
            (0.25, 0.86),
            (0.1, 0.95),
            (0, 0.95),
        ],
        "pine": [(0, 0), (0.24, 0.03), (0.35, 0.22), (0.35, 0.5), (0.28, 0.78), (0.12, 0.94), (0, 0.95)],
        "cut": [
            (0, 0),
            (0.26, 0.03),
            (0.37, 0.2),
            (0.34, 0.4),
            (0.24, 0.55),
            (0.3, 0.72),
            (0.3, 0.88),
            (0.2, 0.8),
            (0.06, 0.82),
        ],
        "fly": [(0, 0.0), (0.26, 0.0), (0.4, 0.1), (0.3, 0.45), (0.16, 0.85), (0.06, 0.95), (0, 0.95)],
        "electric": [
            (0, 0.0),
            (0.2, -0.03),
            (0.36, 0.12),
            (0.34, 0.36),
            (0.26, 0.5),
            (0.32, 0.72),
            (0.3, 0.92),
            (0.2, 0.84),
            (0.06, 0.78),
        ],
    }
    right = outlines[key]
    left_source = outlines["figure"] if key == "cut" else right
    if key == "electric":
        left_source = [
            (0, 0.0),
            (0.2, -0.03),
            (0.36, 0.12),
            (0.34, 0.36),
            (0.26, 0.52),
            (0.32, 0.78),
            (0.34, 1.02),
            (0.2, 0.92),
            (0.06, 0.78),
        ]
    outline = spline([*right[:-1], *[(-x, y) for x, y in reversed(left_source[1:-1])]], 5, closed=True)
    deep = 0.14 if key == "electric" else 0.22
    extrude(outline, deep, stuff, rot=(90, 0, 0), bevel=0.03 if key != "electric" else 0.05)
    front = -deep / 2
    hole = 0.64 if key == "figure" else 0.6
    if key != "electric":
        disc(0.115, 0.01, look("plastic", "120c08"), at=(0, front + 0.004, hole), rot=(90, 0, 0))
        if p.opt("plate") == "ring":
            for r in (0.135, 0.16):
                torus(
                    r,
                    0.008,
                    look("plastic", "cream" if p.colour not in ("cream", "white") else "black"),
                    at=(0, front, hole),
                    rot=(90, 0, 0),
                )
    else:
        for z in (0.42, 0.58):
            box((0.22, 0.03, 0.06), look("plastic", "black"), at=(0, front - 0.01, z), bevel=0.015)
        for k in range(2):
            cylinder(0.035, 0.04, look("steel", "silver"), at=(0.2, front + 0.005, 0.24 - 0.1 * k), rot=(90, 0, 0))
    if p.opt("plate") == "guard" or key == "electric":
        extrude(
            spline([(0.1, -0.18), (0.24, -0.12), (0.2, 0.1), (0.1, 0.22), (0.06, 0.0)], 5, closed=True),
            0.012,
            look("plastic", "white" if p.colour not in ("white", "cream") else "black"),
            at=(0.0, front - 0.004, 0.5),
            rot=(90, 0, 0),
            bevel=0.003,
        )
    box((0.24, 0.035, 0.05), dark, at=(0, front - 0.015, 0.24), bevel=0.01)
    box((0.105, 0.09, 0.9), neck_wood, at=(0, front + 0.055, 1.3), bevel=0.025)
    box((0.11, 0.02, 1.02), dark, at=(0, front - 0.005, 1.24), bevel=0.004)
    for k in range(9):
        box((0.11, 0.008, 0.008), look("brass", "gold"), at=(0, front - 0.017, 0.85 + 0.1 * k), bevel=0.002)
    extrude(
        fillet([(-0.07, 0), (0.07, 0), (0.12, 0.3), (-0.12, 0.3)], 0.03, 4, closed=True),
        0.05,
        neck_wood if p.u("head", 0, 1) < 0.5 else plain(p),
        at=(0, front + 0.04, 1.74),
        rot=(82, 0, 0),
        bevel=0.01,
    )
    for s in (-1, 1):
        for z in (1.84, 1.95):
            tube(
                [(s * 0.07, front + 0.04, z), (s * 0.16, front + 0.04, z)], 0.016, look("steel", "silver"), curved=False
            )
            ball((0.028, 0.02, 0.035), look("plastic", "white"), (s * 0.175, front + 0.04, z))
    for k in range(4):
        x = -0.036 + 0.024 * k
        tube(
            [(x, front - 0.035, 0.24), (x * 1.1, front - 0.022, 1.76)],
            0.004,
            look("plastic", "white"),
            curved=False,
            caps=False,
        )


def drum(p: Product) -> None:
    """Shell, skin and rims."""
    key = p.shape.key
    skin = look("paper", "cream")
    rim = {"silver": look("steel", "silver"), "gold": look("brass", "gold"), "white": look("plastic", "white")}[
        p.opt("rim")
    ]

    def shell(line: list[tuple[float, float]], x: float = 0.0) -> None:
        r = max(q for q, _ in line)
        stuff = body(p, radius=r, scale=p.u("scale", 0.14, 0.22))
        bottom, top = line[0], line[-1]
        lathe([(0, bottom[1]), *line, (0, top[1])], stuff, at=(x, 0, 0), sharp=50)
        disc(top[0] * 0.97, 0.02, skin, at=(x, 0, top[1] + 0.005))
        torus(top[0] + 0.005, 0.026, rim, at=(x, 0, top[1]))
        torus(bottom[0] + 0.005, 0.024, rim, at=(x, 0, bottom[1] + 0.02))

    if key in ("snare", "tom"):
        r, h = (0.6, 0.5 * p.u("h", 0.85, 1.25)) if key == "snare" else (0.5, 0.75 * p.u("h", 0.85, 1.15))
        shell([(r, 0), (r, h)])
        lugs = 8
        for k in range(lugs):
            a = 2 * math.pi * k / lugs
            if key == "snare":
                tube(
                    [
                        (1.03 * r * math.cos(a), 1.03 * r * math.sin(a), 0.03),
                        (1.03 * r * math.cos(a), 1.03 * r * math.sin(a), h - 0.01),
                    ],
                    0.012,
                    rim,
                    curved=False,
                )
                box(
                    (0.05, 0.05, 0.12),
                    rim,
                    at=(1.03 * r * math.cos(a), 1.03 * r * math.sin(a), h / 2),
                    rot=(0, 0, math.degrees(a)),
                    bevel=0.015,
                )
            else:
                b = 2 * math.pi * (k + 0.5) / lugs
                tube(
                    [
                        (1.02 * r * math.cos(a), 1.02 * r * math.sin(a), h - 0.03),
                        (1.02 * r * math.cos(b), 1.02 * r * math.sin(b), 0.05),
                    ],
                    0.013,
                    look("cotton", "white"),
                    curved=False,
                )
                tube(
                    [
                        (1.02 * r * math.cos(b), 1.02 * r * math.sin(b), 0.05),
                        (
                            1.02 * r * math.cos(a + 2 * math.pi / lugs),
                            1.02 * r * math.sin(a + 2 * math.pi / lugs),
                            h - 0.03,
                        ),
                    ],
                    0.013,
                    look("cotton", "white"),
                    curved=False,
                )
    elif key == "djembe":
        h = 1.15
        shell(spline([(0.28, 0), (0.2, 0.32), (0.2, 0.42), (0.42, 0.8), (0.42, h)], 7))
        for k in range(12):
            a, b = 2 * math.pi * k / 12, 2 * math.pi * (k + 0.5) / 12
            tube(
                [
                    (0.43 * math.cos(a), 0.43 * math.sin(a), h - 0.02),
                    (0.42 * math.cos(b), 0.42 * math.sin(b), 0.74),
                    (0.43 * math.cos(a + math.pi / 6), 0.43 * math.sin(a + math.pi / 6), h - 0.02),
                ],
                0.011,
                look("cotton", "cream"),
                curved=False,
                caps=False,
            )
    elif key == "bongo":
        h = 0.52
        shell([(0.27, 0), (0.33, h)], -0.37)
        shell([(0.33, 0), (0.4, h)], 0.4)
        box((0.12, 0.14, 0.2), look("matte plastic", "black"), at=(-0.01, 0, h * 0.5))
        return
    else:
        h = 1.3
        shell(spline([(0.26, 0), (0.36, 0.55), (0.38, 0.8), (0.32, h)], 7))
        for z in (0.4, 0.75):
            torus(0.36 if z < 0.5 else 0.385, 0.014, rim, at=(0, 0, z))
    if p.opt("sticks") == "sticks":
        top = h
        r = 0.45 if key in ("snare", "tom") else 0.34
        for s in (-1, 1):
            tube(
                [(-r * 0.6, s * 0.1 - 0.15, top + 0.05), (r * 1.3, s * 0.22 - 0.15, top + 0.06)],
                [0.018, 0.024],
                look("oak", "light wood", axis="x"),
                curved=False,
            )
            ball((0.035, 0.03, 0.03), look("oak", "light wood"), (-r * 0.6, s * 0.1 - 0.15, top + 0.05))
