"""Sports goods -> geometry."""

from __future__ import annotations

import math
from typing import Any

from mathutils import Vector

from examples.catalogue import modelling
from examples.catalogue.modelling import ball as small_ball
from examples.catalogue.modelling import (
    blob,
    box,
    cylinder,
    disc,
    extrude,
    lathe,
    mesh,
    polygon,
    sheet,
    spline,
    torus,
    tube,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def ball(p: Product) -> None:
    """Balls of six games, each told by its seams and panels."""
    key = p.shape.key
    stuff = plain(p)
    rng = p.rng("second")
    light = p.colour in ("white", "yellow", "pink", "turquoise", "orange")
    second = rng.choice(["black", "navy", "red", "blue"] if light else ["white", "yellow", "cream"])
    if second == p.colour:
        second = "green"
    seam = look("rubber", "black" if p.colour != "black" else "white")
    at = (0, 0, 0.5)
    if key == "football":
        _football(stuff, look(p.material, second), look("rubber", "grey"))
        return
    if key == "beach":
        item = blob((0.5, 0.5, 0.5), look("plastic", p.colour), at=at, rot=(28, 18, 0), n=96)
        for colour in (second, "white" if p.colour != "white" and second != "white" else "yellow"):
            item.data.materials.append(look("plastic", colour))
        for face in item.data.polygons:
            a = int((math.atan2(face.center[1], face.center[0]) / (2 * math.pi) + 1) * 6) % 6
            face.material_index = (0, 2, 1, 2, 0, 2)[a] if abs(face.center[2]) < 0.485 else 2
        return
    if key == "rugby":

        def egg(low: float, high: float) -> list[tuple[float, float]]:
            steps = [low + (high - low) * k / 24 for k in range(25)]
            return [(0.44 * math.cos(t), 0.72 * math.sin(t)) for t in steps]

        for low, high, paint in (
            (-1.571, -0.95, stuff),
            (-0.95, -0.72, look(p.material, second)),
            (-0.72, 0.72, stuff),
            (0.72, 0.95, look(p.material, second)),
            (0.95, 1.571, stuff),
        ):
            lathe(egg(low, high), paint, at=(0, 0, 0.44), rot=(0, 90, 0), sharp=None)
        for k in range(5):
            tube(
                [(-0.16 + 0.08 * k, -0.05, 0.86 + 0.0 * k), (-0.16 + 0.08 * k, 0.05, 0.86)],
                0.012,
                look("cotton", "white"),
                at=(0.0, -0.03, 0.008),
                curved=False,
            )
        return
    if key != "volley":
        blob((0.5, 0.5, 0.5), look("felt", p.colour) if key == "tennis" else stuff, at=at, n=72)
    r = 0.5
    if key == "tennis":
        line = []
        for k in range(80):
            t = 2 * math.pi * k / 80
            v = Vector(
                (
                    0.75 * math.cos(t) + 0.25 * math.cos(3 * t),
                    0.75 * math.sin(t) - 0.25 * math.sin(3 * t),
                    2 * (0.75 * 0.25) ** 0.5 * math.sin(2 * t),
                )
            )
            line.append(tuple(v.normalized() * r))
        tube(
            line,
            0.013,
            look("rubber", "white" if p.colour != "white" else "grey"),
            at=at,
            rot=(30, 20, 40),
            closed=True,
            curved=False,
        )
    elif key == "basketball":
        for rot in ((90, 0, 0), (0, 0, 0)):
            torus(r, 0.011, seam, at=at, rot=(rot[0] + 14, rot[1] + 12, rot[2]))
        for s in (-1, 1):
            line = []
            for k in range(48):
                t = 2 * math.pi * k / 48
                v = Vector((s * (0.62 - 0.2 * math.cos(2 * t)), math.cos(t) * 0.8, math.sin(t) * 0.8))
                line.append(tuple(v.normalized() * r))
            tube(line, 0.011, seam, at=at, rot=(14, 12, 0), closed=True, curved=False)
    else:
        _volleyball(stuff, look("rubber", second))


def _football(light: Any, dark: Any, seam: Any) -> None:
    """Twelve pentagons of an icosahedron's corners, seams between its hexagons."""
    g = (1 + 5**0.5) / 2
    centres = [
        Vector(c).normalized() for s in (-1, 1) for t in (-1, 1) for c in ((0, s, t * g), (s, t * g, 0), (t * g, 0, s))
    ]
    near = {(i, j) for i, a in enumerate(centres) for j, b in enumerate(centres) if i != j and (a - b).length < 1.1}
    at, rot, n = (0, 0, 0.5), (24, 15, 10), 18
    for stuff, wanted in ((light, False), (dark, True)):
        verts: list[Any] = []
        faces: list[tuple[int, int, int]] = []
        for i, j, k in (
            (i, j, k) for i, j in near for k in range(12) if i < j < k and (i, k) in near and (j, k) in near
        ):
            a, b, c = (centres[index] for index in (i, j, k))

            def point(x: int, y: int, a: Vector = a, b: Vector = b, c: Vector = c) -> Vector:
                return ((a * (n - x - y) + b * x + c * y) / n).normalized() * 0.5

            for x in range(n):
                for y in range(n - x):
                    cells = [((x, y), (x + 1, y), (x, y + 1))]
                    if x + y < n - 1:
                        cells.append(((x + 1, y), (x + 1, y + 1), (x, y + 1)))
                    for cell in cells:
                        u, v = sum(q[0] for q in cell) / 3 / n, sum(q[1] for q in cell) / 3 / n
                        if (max(u, v, 1 - u - v) > 2 / 3) is wanted:
                            faces.append((len(verts), len(verts) + 1, len(verts) + 2))
                            three = [point(*q) for q in cell]
                            outward = (three[1] - three[0]).cross(three[2] - three[0]).dot(three[0]) > 0
                            verts += three if outward else [three[0], three[2], three[1]]
        item = mesh(verts, faces, stuff, at=at, rot=rot)
        item.data.normals_split_custom_set_from_vertices([v.co.normalized() for v in item.data.vertices])
    for i, j in near:
        if i < j:
            line = [
                tuple((centres[i] * (1 - t) + centres[j] * t).normalized() * 0.5) for t in (1 / 3, 0.44, 0.56, 2 / 3)
            ]
            tube(line, 0.006, seam, at=at, rot=rot, curved=False, caps=False)


def _volleyball(light: Any, dark: Any) -> None:
    """A cube's six faces blown round, three strips on each."""
    n, at, rot = 24, (0, 0, 0.5), (20, 12, 30)
    seam = look("rubber", "grey")
    for axis in range(3):
        for sign in (-1, 1):

            def point(u: float, v: float, axis: int = axis, sign: int = sign) -> Vector:
                flat = [math.tan(math.radians(45) * u), math.tan(math.radians(45) * v), sign]
                return Vector([flat[(i - axis) % 3] for i in range(3)]).normalized() * 0.5

            for strip in range(3):
                low = -1 + 2 * strip / 3
                verts = [point(-1 + 2 * i / n, low + 2 * j / n / 1.0) for j in range(n // 3 + 1) for i in range(n + 1)]
                faces = [
                    (j * (n + 1) + i, j * (n + 1) + i + 1, (j + 1) * (n + 1) + i + 1, (j + 1) * (n + 1) + i)
                    for j in range(n // 3)
                    for i in range(n)
                ]
                mesh(verts, faces, dark if (strip == 1) else light, at=at, rot=rot)
                edge = [tuple(point(-1 + 2 * i / n, low)) for i in range(n + 1)]
                tube(edge, 0.006, seam, at=at, rot=rot, curved=False, caps=False)


def dumbbell(p: Product) -> None:
    """A bar between two heads, lying along x."""
    key = p.shape.key
    stuff = plain(p)
    bar = (
        look("steel", "silver")
        if p.opt("grip") == "silver"
        else look("rubber", "black" if p.colour != "black" else "grey")
    )
    r = {"hex": 0.27, "round": 0.27, "plates": 0.3, "neo": 0.2, "pair": 0.22}[key] * p.u("r", 0.94, 1.08)
    long = p.u("long", 0.3, 0.42)

    def one(y: float) -> None:
        if key == "neo":
            line = spline(
                [
                    (0, -0.62),
                    (r * 0.7, -0.6),
                    (r, -0.48),
                    (r * 0.9, -0.3),
                    (0.1, -0.2),
                    (0.1, 0.2),
                    (r * 0.9, 0.3),
                    (r, 0.48),
                    (r * 0.7, 0.6),
                    (0, 0.62),
                ],
                6,
            )
            lathe(line, stuff, at=(0, y, r), rot=(0, 90, 0), sharp=None)
            return
        lathe(spline([(0.055, -long), (0.075, 0), (0.055, long)], 6), bar, at=(0, y, r), rot=(0, 90, 0), sharp=None)
        for s in (-1, 1):
            if key in ("hex", "pair"):
                extrude(
                    polygon(6, r * 1.12, 0.5), 0.34, stuff, at=(s * (long + 0.15), y, r), rot=(0, 90, 0), bevel=0.05
                )
                disc(
                    r * 0.5,
                    0.01,
                    look("steel", "silver"),
                    at=(s * (long + 0.322) - (0.01 if s < 0 else 0), y, r),
                    rot=(0, 90, 0),
                )
            elif key == "round":
                blob((0.2, r, r), stuff, at=(s * (long + 0.16), y, r), e=0.55, e2=0.55)
            else:
                for k, size in enumerate((1.0, 0.78, 0.56)):
                    cylinder(
                        r * size,
                        0.09,
                        stuff if k != 1 or not p.colour2 else accent(p),
                        at=(s * (long + 0.1 * k) - (0.09 if s < 0 else 0), y, r),
                        rot=(0, 90, 0),
                        bevel=0.025,
                    )
                cylinder(
                    0.045,
                    0.18,
                    look("steel", "silver"),
                    at=(s * (long + 0.3) - (0.18 if s < 0 else 0), y, r),
                    rot=(0, 90, 0),
                )

    for y in (-0.3, 0.3) if key == "pair" else (0.0,):
        one(y)


def kettlebell(p: Product) -> None:
    """A ball with a handle."""
    key = p.shape.key
    stuff = plain(p)
    r = 0.42
    handle = (
        look("steel", "silver") if p.u("handle", 0, 1) < 0.3 else (stuff if key != "soft" else look("rubber", "black"))
    )
    if key == "flat":
        blob((r, r * 0.62, r), stuff, at=(0, 0, r * 0.95), e=0.85, e2=0.85)
    elif key == "soft":
        lathe(spline([(0, 0), (0.3, 0.0), (0.46, 0.12), (0.47, 0.3), (0.36, 0.5), (0, 0.56)], 7), stuff)
    else:
        lathe(spline([(0, 0), (0.26, 0.0), (0.38, 0.12), (r, r), (0.34, 0.72), (0.16, 0.84), (0, 0.85)], 7), stuff)
    wide = {"wide": 0.36, "soft": 0.28}.get(key, 0.27) * p.u("w", 0.95, 1.08)
    top = {"soft": 0.82, "flat": 1.12}.get(key, 1.18)
    base = {"soft": 0.45, "flat": 0.66}.get(key, 0.66)
    tube(
        [
            (-0.22, 0, base),
            (-wide, 0, base + 0.22),
            (-wide * 0.8, 0, top - 0.03),
            (0, 0, top),
            (wide * 0.8, 0, top - 0.03),
            (wide, 0, base + 0.22),
            (0.22, 0, base),
        ],
        0.062,
        handle,
    )
    if p.opt("band") == "ring":
        colour = p.rng("band").choice(
            [c for c in ("yellow", "red", "turquoise", "green", "orange", "purple") if c != p.colour]
        )
        for s in (-1, 1):
            tube(
                [(s * 0.215, 0, base + 0.06), (s * (wide * 0.96), 0, base + 0.16)],
                0.072,
                look("rubber", colour),
                curved=False,
                caps=False,
            )


def skateboard(p: Product) -> None:
    """Deck and wheels; some stand on their tail to show the deck's underside."""
    key = p.shape.key
    long, wide = {"classic": (1.5, 0.38), "cruiser": (1.3, 0.38), "long": (1.9, 0.4), "fish": (1.3, 0.42)}[key]
    long = long * p.u("l", 0.95, 1.05)
    stuff = body(p, proj="top", scale=p.u("scale", 0.2, 0.34), axis="x")
    grip = look("rubber", "charcoal" if p.colour != "charcoal" else "black")
    wheel = look("plastic", p.opt("wheels"))
    metal = look("steel", "silver")
    up = p.opt("stand") == "up"
    held = modelling.root()
    holder = modelling.new_root("board")
    holder.parent = held
    half = long / 2

    def width_at(x: float) -> float:
        t = abs(x) / half
        if key == "fish" and x < 0:
            return wide / 2 * (1 - 0.25 * t**3)
        if key in ("long", "cruiser") and x > 0:
            return wide / 2 * math.sqrt(max(1 - t ** (2.6 if key == "long" else 3.4), 0.0))
        return wide / 2 * math.sqrt(max(1 - t**9, 0.0))

    def lift(x: float) -> float:
        over = max(abs(x) - half * 0.68, 0)
        return (0.9 if key == "classic" else 0.35) * over * over / (half * 0.32) + 0.12

    def deck(sign: float) -> Any:
        def f(u: float, v: float) -> tuple[float, float, float]:
            x = (2 * u - 1) * half
            side = width_at(x) * (2 * v - 1)
            notch = 0.16 * max(1 - abs(2 * v - 1) * 2.2, 0) if key == "fish" and u < 0.14 else 0.0
            return (
                x + notch * (1 - u / 0.14 if u < 0.14 else 0),
                side,
                0.12 + lift(x) - 0.12 + 0.06 * (2 * v - 1) ** 2 + sign * 0.012,
            )

        return f

    sheet(deck(-1), stuff, nu=60, nv=12, thick=0.022)
    sheet(deck(1), grip if key != "cruiser" and key != "fish" else stuff, nu=60, nv=12, thick=0.01)
    for x in (-half * 0.6, half * 0.6):
        box((0.12, 0.16, 0.04), metal, at=(x, 0, 0.085), bevel=0.01)
        tube([(x, -0.19, 0.0), (x, 0.19, 0.0)], 0.025, metal, curved=False)
        for s in (-1, 1):
            cylinder(0.075, 0.085, wheel, at=(x, s * 0.17 + 0.0425, 0.0), rot=(90, 0, 0), bevel=0.025)
            cylinder(0.03, 0.095, metal, at=(x, s * 0.17 + 0.0475, 0.0), rot=(90, 0, 0))
    if up:
        holder.rotation_euler = (math.radians(90), math.radians(-p.u("lean", 62, 78)), 0)
    modelling.use_root(held)


def yoga_mat(p: Product) -> None:
    """A mat, rolled or half unrolled."""
    key = p.shape.key
    stuff = body(p, proj="front" if key != "half" else "top", scale=0.14)
    wide = 0.62 * p.u("w", 0.95, 1.08)
    turns, gap = 4.0, 0.034

    def roll(u: float, v: float) -> tuple[float, float, float]:
        a = u * 2 * math.pi * turns
        r = 0.05 + gap * a / (2 * math.pi)
        big = 0.05 + gap * turns
        return ((v - 0.5) * 2 * wide, r * math.cos(a - math.pi / 2), big + r * math.sin(a - math.pi / 2) + 0.01)

    held = modelling.root()
    holder = modelling.new_root("mat")
    holder.parent = held
    sheet(roll, stuff, nu=150, nv=3, thick=0.026)
    big = 0.05 + gap * turns
    if key == "half":
        sheet(lambda u, v: ((u - 0.5) * 2 * wide, -v * 1.3, 0.014 + 0.02 * v**8), stuff, nu=2, nv=20, thick=0.026)
    if key == "strap":
        strap = look("cotton", "black" if p.colour != "black" else "cream")
        for s in (-0.5, 0.5):
            tube(
                [
                    (s * wide, (big + 0.025) * math.cos(a), big + 0.01 + (big + 0.025) * math.sin(a))
                    for a in (2 * math.pi * k / 36 for k in range(36))
                ],
                0.022,
                strap,
                closed=True,
                curved=False,
            )
        tube(
            [
                (-0.5 * wide, 0, 2 * big + 0.02),
                (-0.3 * wide, 0, 2 * big + 0.2),
                (0.3 * wide, 0, 2 * big + 0.2),
                (0.5 * wide, 0, 2 * big + 0.02),
            ],
            0.022,
            strap,
        )
    if key == "standing":
        holder.rotation_euler = (0, math.radians(90), 0)
    modelling.use_root(held)


def paddle(p: Product) -> None:
    """Table tennis bats lying down."""
    key = p.shape.key
    rubber = plain(p)
    wood = {
        "oak": look("oak", "light wood", axis="y"),
        "walnut": look("walnut", "dark wood", axis="y"),
        "black": look("matte plastic", "black"),
        "stripe": look("oak", "light wood", axis="y"),
    }[p.opt("handle")]
    ply = look("oak", "light wood")

    def bat(at: tuple[float, float, float], rot: tuple[float, float, float], face: Any) -> None:
        held = modelling.root()
        holder = modelling.new_root("bat")
        holder.parent = held
        blade = [
            (0.36 * math.sin(a), 0.4 * math.cos(a))
            for a in (math.radians(22 + 316 * k / 48) + math.pi for k in range(49))
        ]
        extrude([*blade, (0.07, -0.5), (-0.07, -0.5)], 0.05, ply, bevel=0.008)
        cut = [(x, y) for x, y in blade if y > -0.33]
        extrude([(x * 0.985, y * 0.985) for x, y in cut], 0.085, face, bevel=0.012)
        lathe(
            spline(
                [(0, -0.92), (0.075, -0.92), (0.085, -0.88), (0.06, -0.7), (0.07, -0.45), (0.05, -0.36), (0, -0.36)], 5
            ),
            wood,
            rot=(-90, 0, 0),
            sharp=None,
        ).scale = (1, 0.7, 1)
        if p.opt("handle") == "stripe":
            box((0.05, 0.42, 0.1), look("painted wood", p.colour), at=(0, -0.64, 0), bevel=0.01)
        holder.location, holder.rotation_euler = at, tuple(math.radians(r) for r in rot)
        modelling.use_root(held)

    bat((0, 0, 0.06), (0, 0, 0), rubber)
    if key == "set":
        second = look("rubber", "black" if p.colour != "black" else "red")
        bat((0.28, 0.05, 0.17), (6, 0, -48), second)
    if key in ("ball", "set"):
        small_ball(
            (0.1, 0.1, 0.1),
            look("plastic", "orange" if p.colour != "orange" and p.u("ball", 0, 1) < 0.5 else "white"),
            (0.52, -0.35, 0.1),
        )
