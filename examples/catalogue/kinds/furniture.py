"""Furniture -> geometry; the front is towards -y."""

from __future__ import annotations

import math
import random
from typing import Any

from examples.catalogue.modelling import (
    ball,
    blob,
    box,
    circle,
    cylinder,
    extrude,
    fillet,
    lathe,
    pillow,
    rectangle,
    sheet,
    spline,
    tube,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import CLOTHS, accent, body, look, plain


def leg_stuff(key: str, p: Product) -> Any:
    """The material of the legs an option names."""
    return {
        "oak": lambda: look("oak", "light wood"),
        "walnut": lambda: look("walnut", "dark wood"),
        "black": lambda: look("painted steel", "black"),
        "brass": lambda: look("brass", "gold"),
        "white": lambda: look("painted wood", "white"),
        "same": lambda: plain(p),
    }[key]()


def four_legs(
    width: float,
    depth: float,
    height: float,
    stuff: Any,
    radius: float = 0.035,
    splay: float = 0.04,
    taper: float = 0.6,
) -> None:
    """Four round legs under a seat or a top."""
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = sx * (width / 2 - 0.06), sy * (depth / 2 - 0.06)
            tube(
                [(x + sx * splay, y + sy * splay, radius * taper), (x, y, height)],
                [radius * taper, radius],
                stuff,
                curved=False,
            )


def chair(p: Product) -> None:
    """Seat, back, four legs."""
    soft = p.material in CLOTHS or p.material == "leather"
    legs_key = p.opt("legs")
    if soft and legs_key == "same":
        legs_key = "oak"
    legs = leg_stuff(legs_key, p)
    stuff = body(p, proj="front", scale=0.18, axis="z")
    seat_stuff = body(p, proj="top", scale=0.18, axis="y")
    w, d, z = 0.56 * p.u("w", 0.95, 1.1), 0.54, 0.56
    top = z + p.u("back", 0.58, 0.78)
    thick = 0.12 if soft else 0.05
    key = p.shape.key
    metal_thin = 0.022 if legs_key in ("black", "brass") else 0.036
    four_legs(w, d, z - 0.02, legs, metal_thin, p.u("splay", 0.0, 0.08))
    frame = stuff if not soft else legs
    if key == "shell":

        def shell(u: float, v: float) -> tuple[float, float, float]:
            x = (u - 0.5) * w * 1.12
            if v < 0.5:
                y, lift = -d / 2 + v * 2 * d * 0.9, 0.0
            else:
                t = (v - 0.5) * 2
                y, lift = d * 0.4 + 0.13 * math.sin(t * math.pi / 2), (top - z) * 0.85 * t**1.5
            side = abs(u - 0.5) * 2
            narrow = 1 - 0.2 * max(v - 0.6, 0) * 2
            return (
                x * narrow,
                y - 0.12 * side**2 * max(v - 0.35, 0),
                z + lift + 0.16 * side**3 * (0.4 + math.sin(min(v * 1.6, 1.0) * math.pi / 2)) * (1 - v * v),
            )

        sheet(shell, stuff, thick=0.07 if soft else 0.03, nu=24, nv=28, subdivide=1)
        return
    if soft:
        extrude(rectangle(w, d, 0.12), thick, seat_stuff, at=(0, 0, z), bevel=0.05)
    else:
        extrude(rectangle(w, d, 0.08), thick, seat_stuff, at=(0, 0, z), bevel=0.02)
    back_y = d / 2 - 0.04
    if key == "round":
        rim = [
            (x * 1.0, y, zz)
            for x, y, zz in (
                (-w / 2 + 0.03, back_y, z),
                (-w / 2, back_y + 0.04, z + 0.3),
                (-w * 0.3, back_y + 0.1, top - 0.06),
                (0, back_y + 0.12, top),
                (w * 0.3, back_y + 0.1, top - 0.06),
                (w / 2, back_y + 0.04, z + 0.3),
                (w / 2 - 0.03, back_y, z),
            )
        ]
        tube(rim, 0.032, frame)
        if soft:
            blob(
                (w * 0.4, 0.05, (top - z) * 0.36),
                stuff,
                at=(0, back_y + 0.08, z + (top - z) * 0.56),
                rot=(-8, 0, 0),
                e=0.6,
                e2=0.7,
            )
        else:
            for k in range(-2, 3):
                x = k * w * 0.15
                tube([(x * 0.9, back_y, z), (x, back_y + 0.1, top - 0.02 - 0.012 * k * k)], 0.016, frame, curved=False)
        return
    if key == "panel" or soft:
        if soft:
            extrude(
                rectangle(w * 0.98, top - z, 0.14),
                thick,
                stuff,
                at=(0, back_y + 0.06, z + (top - z) * 0.5 + 0.02),
                rot=(82, 0, 0),
                bevel=0.05,
            )
        else:
            extrude(
                rectangle(w * 0.96, (top - z) * 0.62, 0.06),
                0.04,
                stuff,
                at=(0, back_y + 0.09, top - (top - z) * 0.3),
                rot=(82, 0, 0),
                bevel=0.015,
            )
            for s in (-1, 1):
                tube(
                    [(s * (w / 2 - 0.07), back_y, z), (s * (w / 2 - 0.07), back_y + 0.08, top - 0.1)],
                    0.024,
                    frame,
                    curved=False,
                )
        return
    for s in (-1, 1):
        tube(
            [(s * (w / 2 - 0.05), back_y, z - 0.02), (s * (w / 2 - 0.05), back_y + 0.1, top)],
            [0.034, 0.026],
            frame,
            curved=False,
        )
    if key == "slat":
        box((w - 0.06, 0.045, 0.1), frame, at=(0, back_y + 0.09, top - 0.06), rot=(-8, 0, 0))
        box((w - 0.1, 0.03, 0.05), frame, at=(0, back_y + 0.02, z + 0.12), rot=(-8, 0, 0))
        number = int(p.u("slats", 3, 6.99))
        for k in range(number):
            x = (k - (number - 1) / 2) * (w - 0.18) / max(number - 1, 1)
            box(
                (0.035, 0.022, top - z - 0.16),
                frame,
                at=(x, back_y + 0.055, (z + top) / 2 + 0.02),
                rot=(-8, 0, 0),
                bevel=0.008,
            )
    else:
        number = int(p.u("slats", 3, 5.99))
        for k in range(number):
            zz = z + 0.14 + (top - z - 0.22) * k / (number - 1)
            box(
                (w - 0.08, 0.028, 0.07),
                frame,
                at=(0, back_y + 0.1 * (zz - z) / (top - z), zz),
                rot=(-8, 0, 0),
                bevel=0.012,
            )


def sofa(p: Product) -> None:
    """Base, seat cushions, back cushions, arms, feet."""
    key = p.shape.key
    stuff = body(p, proj="front", scale=0.2)
    legs = leg_stuff(p.opt("legs"), p)
    seats = {"two": 2, "three": 3, "corner": 3, "rolled": 2, "low": 2, "curved": 1}[key]
    width = {"two": 1.5, "three": 2.1, "corner": 2.3, "rolled": 1.85, "low": 2.0, "curved": 2.0}[key] * p.u(
        "w", 0.96, 1.05
    )
    lift = 0.06 if key == "low" else p.u("lift", 0.12, 0.2)
    seat = lift + (0.22 if key == "low" else 0.3)
    back = seat + (0.3 if key == "low" else p.u("back", 0.36, 0.48))
    arm = {"rolled": 0.24, "low": 0.26}.get(key, p.u("arm", 0.12, 0.24))
    depth = 0.86
    soft = 0.07
    if key == "curved":

        def ring(inner: float, outer: float, low: float, high: float, round_by: float, end: int = 22) -> None:
            arc = [math.radians(a) for a in range(end, 181 - end, 4)]
            points = [(outer * 1.15 * math.cos(a), outer * math.sin(a)) for a in arc] + [
                (inner * 1.15 * math.cos(a), inner * math.sin(a)) for a in reversed(arc)
            ]
            extrude(
                fillet(points, 0.1, 3, closed=True), high - low, stuff, at=(0, -0.7, (low + high) / 2), bevel=round_by
            )

        ring(0.45, 1.1, lift, seat, 0.07)
        ring(0.88, 1.14, lift, back, 0.1, 18)
        for a in (35, 75, 105, 145):
            for r in (0.55, 1.05):
                cylinder(
                    0.03,
                    lift + 0.02,
                    legs,
                    at=(r * 1.12 * math.cos(math.radians(a)), r * math.sin(math.radians(a)) - 0.7, 0),
                )
        return
    four_legs(width - 0.06, depth - 0.06, lift + 0.02, legs, 0.035, 0.02, 0.7)
    box((width, depth, seat - lift - 0.12), stuff, at=(0, 0, (lift + seat - 0.12) / 2), bevel=0.04)
    inner = width - 2 * arm
    each = inner / seats
    for k in range(seats):
        x = -inner / 2 + each * (k + 0.5)
        box((each - 0.01, depth - 0.22, 0.17), stuff, at=(x, -0.1, seat - 0.05), bevel=soft, segments=5)
        box(
            (each - 0.015, 0.2, back - seat + 0.06),
            stuff,
            at=(x, depth / 2 - 0.24, (seat + back) / 2 + 0.02),
            rot=(-10, 0, 0),
            bevel=soft + 0.02,
            segments=5,
        )
    box(
        (width - 0.02, 0.14, back - lift - 0.06),
        stuff,
        at=(0, depth / 2 - 0.07, (lift + back) / 2 - 0.02),
        bevel=0.06,
        segments=4,
    )
    for s in (-1, 1):
        x = s * (width / 2 - arm / 2)
        top = seat + (0.1 if key == "low" else 0.2)
        if key == "rolled":
            box((arm * 0.75, depth, top - lift - 0.08), stuff, at=(x, 0, (lift + top) / 2 - 0.04), bevel=0.04)
            cylinder(
                arm * 0.56,
                depth + 0.02,
                stuff,
                at=(x + s * 0.02, depth / 2 + 0.01, top - 0.04),
                rot=(90, 0, 0),
                bevel=0.05,
            )
        elif not (key == "corner" and s == 1):
            box((arm, depth, top - lift), stuff, at=(x, 0, (lift + top) / 2), bevel=min(soft, arm * 0.4), segments=4)
    if key == "corner":
        x = width / 2 - arm / 2 - each / 2 + 0.08
        box((each + 0.1, 0.9, seat - lift - 0.12), stuff, at=(x, -0.8, (lift + seat - 0.12) / 2), bevel=0.04)
        box((each + 0.08, 0.92, 0.17), stuff, at=(x, -0.82, seat - 0.05), bevel=soft, segments=5)
        for dx in (-0.25, 0.25):
            cylinder(0.03, lift + 0.02, legs, at=(x + dx, -1.15, 0))
    if p.opt("cushions") == "two":
        rng = p.rng("scatter")
        for s in (-1, 1):
            colour = rng.choice(["mustard", "teal", "coral", "navy", "cream", "terracotta", "mint", "white"])
            pillow(
                (0.42, 0.42, 0.16),
                look("cotton", colour),
                at=(s * (inner / 2 - 0.22), -0.02, seat + 0.22),
                rot=(70, 0, s * -14),
            )


def stool(p: Product) -> None:
    """A seat with no back."""
    key = p.shape.key
    soft = p.material in CLOTHS or p.material == "leather"
    if key == "pouf":
        stuff = body(p, radius=0.5, scale=0.2)
        if soft:
            lathe(
                spline([(0, 0), (0.38, 0.01), (0.5, 0.14), (0.52, 0.3), (0.48, 0.48), (0.36, 0.58), (0, 0.61)], 6),
                stuff,
            )
            for k in range(8):
                a = 2 * math.pi * k / 8
                tube(
                    [
                        (r * math.cos(a), r * math.sin(a), z)
                        for r, z in (
                            (0.06, 0.615),
                            (0.36, 0.585),
                            (0.485, 0.48),
                            (0.525, 0.3),
                            (0.505, 0.14),
                            (0.4, 0.01),
                        )
                    ],
                    0.008,
                    accent(p, "charcoal"),
                )
            ball((0.05, 0.05, 0.03), accent(p, p.colour), (0, 0, 0.61))
        else:
            cylinder(0.42, 0.7, stuff, bevel=0.08, top=0.36)
        return
    legs = leg_stuff("oak" if soft and p.opt("legs") == "same" else p.opt("legs"), p)
    z = {"bar": 1.1, "low": 0.62, "square": 0.64, "tripod": 0.66, "saddle": 0.85}[key] * p.u("h", 0.95, 1.05)
    r = 0.27 * p.u("r", 0.95, 1.1)
    stuff = body(p, proj="top", scale=0.14, axis="x")
    thick = 0.13 if soft else 0.055
    if key in ("square", "saddle"):
        w, d = (0.56, 0.56) if key == "square" else (0.66, 0.4)
        if key == "saddle":
            sheet(
                lambda u, v: ((u - 0.5) * w, (v - 0.5) * d, z + 0.1 * (2 * u - 1) ** 2 - 0.03 * (2 * v - 1) ** 2),
                stuff,
                thick=0.06,
                nu=20,
                nv=14,
                subdivide=1,
            )
        else:
            extrude(
                rectangle(w, d, 0.08), thick, stuff, at=(0, 0, z + thick / 2 - 0.02), bevel=0.045 if soft else 0.018
            )
        four_legs(w, d, z, legs, 0.034, p.u("splay", 0.02, 0.09))
        spread = w / 2 - 0.05
    else:
        cylinder(r, thick, stuff, at=(0, 0, z - 0.01), bevel=0.05 if soft else 0.02)
        count = 3 if key == "tripod" else 4
        splay = p.u("splay", 0.05, 0.14)
        for k in range(count):
            a = 2 * math.pi * (k + 0.5) / count
            tube(
                [
                    ((r - 0.06 + splay) * math.cos(a), (r - 0.06 + splay) * math.sin(a), 0.02),
                    ((r - 0.08) * math.cos(a), (r - 0.08) * math.sin(a), z),
                ],
                [0.024, 0.034],
                legs,
                curved=False,
            )
        spread = r - 0.06 + splay * 0.65
    if key == "bar":
        ring = [
            (spread * math.cos(a), spread * math.sin(a), z * 0.35) for a in (2 * math.pi * k / 24 for k in range(24))
        ]
        tube(ring, 0.018, legs, closed=True, curved=False)
    if key == "bar" and p.u("back", 0, 1) < 0.3:
        tube(
            [
                (-r * 0.8, r * 0.5, z),
                (-r * 0.9, r * 0.7, z + 0.22),
                (0, r * 1.15, z + 0.28),
                (r * 0.9, r * 0.7, z + 0.22),
                (r * 0.8, r * 0.5, z),
            ],
            0.03,
            legs,
        )


def armchair(p: Product) -> None:
    """One soft seat between two arms."""
    key = p.shape.key
    stuff = body(p, proj="front", scale=0.17)
    legs = leg_stuff(p.opt("legs"), p)
    lift = p.u("lift", 0.12, 0.2)
    seat = lift + 0.28
    w = {"club": 0.95, "wing": 0.84, "tub": 0.9, "wood": 0.8}[key] * p.u("w", 0.96, 1.06)
    d = 0.84
    if key == "tub":
        back = seat + 0.42

        def wall(u: float, v: float) -> tuple[float, float, float]:
            a = math.radians(-38 + 256 * u)
            top = seat + 0.12 + (back - seat - 0.12) * max(math.sin(a) * 0.6 + 0.4, 0) ** 0.8
            r = 0.46 * (1 + 0.06 * v)
            return (r * math.cos(a), r * math.sin(a) * 0.96, lift + (top - lift) * v)

        sheet(wall, stuff, thick=0.15, nu=40, nv=12, subdivide=1)
        cylinder(0.4, seat - lift - 0.1, stuff, at=(0, 0, lift), bevel=0.03)
        cylinder(0.39, 0.17, stuff, at=(0, -0.03, seat - 0.1), bevel=0.07)
        four_legs(0.7, 0.7, lift + 0.03, legs, 0.034, 0.03)
    else:
        four_legs(w - 0.06, d - 0.06, lift + 0.03, legs, 0.036, 0.04)
        arm = 0.0 if key == "wood" else p.u("arm", 0.14, 0.2)
        inner = w - 2 * arm
        back = seat + {"club": 0.42, "wing": 0.75, "wood": 0.55}[key]
        box(
            (w if key != "wood" else inner, d - 0.04, seat - lift - 0.12),
            stuff,
            at=(0, 0, (lift + seat - 0.12) / 2),
            bevel=0.04,
        )
        box((inner - 0.01, d - 0.18, 0.18), stuff, at=(0, -0.08, seat - 0.05), bevel=0.08, segments=5)
        box(
            (inner if key != "club" else w - 0.02, 0.19, back - lift - 0.1),
            stuff,
            at=(0, d / 2 - 0.11, (lift + back) / 2),
            rot=(-7, 0, 0),
            bevel=0.085,
            segments=5,
        )
        if key == "club":
            box(
                (inner - 0.02, 0.18, back - seat),
                stuff,
                at=(0, d / 2 - 0.25, (seat + back) / 2 + 0.03),
                rot=(-10, 0, 0),
                bevel=0.08,
                segments=5,
            )
        for s in (-1, 1):
            x = s * (w / 2 - arm / 2)
            if key == "wood":
                x = s * (w / 2 - 0.01)
                tube([(x, -d / 2 + 0.06, 0.02), (x, -d / 2 + 0.04, seat + 0.22)], [0.03, 0.036], legs, curved=False)
                tube([(x, -d / 2, seat + 0.22), (x, 0, seat + 0.25), (x, d / 2, seat + 0.2)], 0.034, legs)
                tube([(x, d / 2 - 0.03, 0.02), (x, d / 2, seat + 0.2)], 0.03, legs, curved=False)
            else:
                box(
                    (arm, d - 0.02, seat + 0.2 - lift),
                    stuff,
                    at=(x, 0, (lift + seat + 0.2) / 2),
                    bevel=0.07,
                    segments=5,
                )
            if key == "wing":
                box(
                    (arm * 0.85, 0.34, back - seat - 0.14),
                    stuff,
                    at=(x, d / 2 - 0.25, (seat + 0.18 + back) / 2),
                    rot=(-6, 0, 0),
                    bevel=0.065,
                    segments=5,
                )
    if p.opt("cushion") == "one":
        colour = p.rng("scatter").choice(["mustard", "teal", "coral", "navy", "cream", "terracotta"])
        pillow((0.4, 0.4, 0.16), look("cotton", colour), at=(0, 0.08, seat + 0.22), rot=(68, 0, 8))


def table(p: Product) -> None:
    """A top on legs."""
    key = p.shape.key
    stuff = plain(p, axis="x")
    legs_key = p.opt("legs")
    if p.material in ("glass", "marble") and legs_key == "same":
        legs_key = "black"
    legs = leg_stuff(legs_key, p)
    w, d, z = {
        "dining": (1.7, 0.9, 0.78),
        "round": (1.2, 1.2, 0.8),
        "coffee": (1.2, 0.66, 0.44),
        "side": (0.62, 0.62, 0.68),
        "pedestal": (1.05, 1.05, 0.82),
        "oval": (1.3, 0.75, 0.46),
        "shelf": (1.1, 0.66, 0.5),
    }[key]
    w, z = w * p.u("w", 0.93, 1.07), z * p.u("h", 0.94, 1.06)
    thick = p.u("thick", 0.035, 0.06)
    if key in ("dining", "coffee", "shelf"):
        extrude(rectangle(w, d, p.u("corner", 0.02, 0.12)), thick, stuff, at=(0, 0, z), bevel=0.012)
    else:
        extrude(circle(w / 2, 64, squash=d / w if key == "oval" else 1), thick, stuff, at=(0, 0, z), bevel=0.012)
    thin = 0.024 if legs_key in ("black", "brass") else 0.042
    if key == "pedestal":
        lathe(spline([(0.34, 0), (0.32, 0.03), (0.08, 0.09), (0.05, 0.4), (0.06, z - 0.1), (0.16, z - 0.01)], 7), legs)
    elif key in ("round", "side", "oval"):
        count = 3 if key == "side" else 4
        for k in range(count):
            a = 2 * math.pi * (k + 0.5) / count
            x, y = w * 0.4 * math.cos(a), (d if key == "oval" else w) * 0.4 * math.sin(a)
            tube([(x, y, 0.02), (x * 0.72, y * 0.72, z)], [thin * 0.7, thin], legs, curved=False)
    elif legs_key in ("black", "brass") and p.u("frame", 0, 1) < 0.6:
        for s in (-1, 1):
            x = s * (w / 2 - 0.12)
            tube(
                [(x, y, zz) for y, zz in rectangle(d - 0.1, z - 0.02, 0.02, at=(0, z / 2))],
                thin,
                legs,
                closed=True,
                curved=False,
            )
    else:
        four_legs(w - 0.06, d - 0.04, z, legs, thin, p.u("splay", 0, 0.06))
        if key == "dining" and legs_key not in ("black", "brass"):
            box((w - 0.22, 0.03, 0.08), legs, at=(0, -d / 2 + 0.09, z - 0.06))
            box((0.03, d - 0.22, 0.08), legs, at=(w / 2 - 0.1, 0, z - 0.06))
    if key == "shelf":
        extrude(rectangle(w - 0.14, d - 0.12, 0.03), 0.03, stuff, at=(0, 0, z * 0.32), bevel=0.01)


def books(rng: random.Random, x: float, width: float, z: float, y: float, tall: float, deep: float = 0.2) -> None:
    """A row of books on a shelf from x on."""
    at = x
    while at < x + width - 0.08:
        thick = rng.uniform(0.025, 0.055)
        high = tall * rng.uniform(0.62, 0.9)
        colour = rng.choice(
            [
                "navy",
                "cream",
                "terracotta",
                "forest green",
                "mustard",
                "burgundy",
                "grey",
                "teal",
                "white",
                "black",
                "coral",
            ]
        )
        box((thick, deep, high), look("paper", colour), at=(at + thick / 2, y, z + high / 2), bevel=0.005, segments=1)
        at += thick + 0.003


def bookshelf(p: Product) -> None:
    """Boards between sides, some with books."""
    key = p.shape.key
    stuff = plain(p, axis="x")
    up = plain(p, axis="z")
    rng = p.rng("books")
    w, d, h, rows, cols = {
        "tall": (0.66, 0.3, 1.8, 5, 1),
        "low": (1.25, 0.34, 0.8, 2, 2),
        "cube": (1.1, 0.36, 1.1, 3, 3),
        "ladder": (0.66, 0.4, 1.7, 4, 1),
        "open": (0.9, 0.34, 1.5, 4, 1),
    }[key]
    w = w * p.u("w", 0.92, 1.1)
    if key != "cube" and p.u("rows", 0, 1) < 0.4:
        rows += 1 if key != "low" else 0
    t = 0.03
    if key == "ladder":
        for s in (-1, 1):
            box((0.04, 0.05, h + 0.06), up, at=(s * w / 2, 0.0, h / 2), rot=(-9, 0, 0), bevel=0.01)
        for k in range(rows):
            z = 0.12 + k * (h - 0.25) / (rows - 1)
            deep = 0.4 - 0.22 * k / (rows - 1)
            y = 0.13 * (z / h - 0.5) * 2
            box((w, deep, t), stuff, at=(0, y - deep / 2 + 0.06, z), bevel=0.008)
            if p.opt("books") == "books":
                books(rng, -w / 2 + 0.06, w * rng.uniform(0.3, 0.7), z + t / 2, y - deep * 0.3, 0.26, 0.12)
        return
    frame = look("painted steel", "black") if key == "open" else up
    if key == "open":
        for sx in (-1, 1):
            for sy in (-1, 1):
                box((0.03, 0.03, h), frame, at=(sx * (w / 2 - 0.015), sy * (d / 2 - 0.015), h / 2), bevel=0.004)
    else:
        for c in range(cols + 1):
            box(
                (t, d, h - 0.06 if key != "cube" else h),
                up,
                at=(-w / 2 + w * c / cols, 0, h / 2 + (0.03 if key != "cube" else 0)),
                bevel=0.006,
            )
    low = 0.08 if key != "cube" else t / 2
    for k in range(rows + 1):
        z = low + (h - low - t / 2) * k / rows
        box((w - (0.0 if key == "open" else 0.01), d, t), stuff, at=(0, 0, z), bevel=0.006)
        if p.opt("books") == "books" and k < rows:
            space = (h - low) / rows
            for c in range(cols):
                if rng.random() < 0.75:
                    books(
                        rng, -w / 2 + w * c / cols + 0.05, w / cols * rng.uniform(0.35, 0.85), z + t / 2, -0.02, space
                    )
    if p.opt("back") == "closed" and key != "open":
        box((w, 0.015, h - low), up, at=(0, d / 2 - 0.01, (h + low) / 2), bevel=0.003)


def dresser(p: Product) -> None:
    """A carcass with drawers on legs."""
    key = p.shape.key
    stuff, front = plain(p, axis="z"), plain(p, axis="x")
    legs = leg_stuff(p.opt("legs"), p)
    w, d, h, rows, cols = {
        "three": (0.86, 0.44, 0.72, 3, 1),
        "five": (0.62, 0.44, 1.1, 5, 1),
        "six": (1.35, 0.46, 0.74, 3, 2),
        "night": (0.5, 0.42, 0.46, 2, 1),
        "side": (1.6, 0.44, 0.56, 1, 3),
    }[key]
    w, h = w * p.u("w", 0.94, 1.06), h * p.u("h", 0.95, 1.06)
    lift = p.u("lift", 0.1, 0.2)
    four_legs(w - 0.02, d, lift + 0.02, legs, 0.026, 0.02)
    box((w, d, h), stuff, at=(0, 0, lift + h / 2), bevel=0.012)
    knobs = p.opt("knobs")
    metal = {
        "brass": look("brass", "gold"),
        "black": look("painted steel", "black"),
        "wood": look("oak", "light wood"),
        "leather": look("leather", "tan"),
    }[knobs]
    two = p.rng("two").random() < 0.25 and p.material == "painted wood"
    for r in range(rows):
        for c in range(cols):
            cw, ch = (w - 0.05) / cols, (h - 0.05) / rows
            x, z = -w / 2 + 0.025 + cw * (c + 0.5), lift + 0.025 + ch * (r + 0.5)
            box(
                (cw - 0.02, 0.03, ch - 0.02),
                look("oak", "light wood", axis="x") if two else front,
                at=(x, -d / 2 - 0.008, z),
                bevel=0.008,
            )
            y = -d / 2 - 0.035
            for dx in (-cw * 0.25, cw * 0.25) if cw > 0.7 and knobs != "black" else (0,):
                if knobs in ("brass", "wood"):
                    ball((0.026, 0.026, 0.026), metal, (x + dx, y - 0.01, z))
                elif knobs == "black":
                    box((min(cw * 0.4, 0.3), 0.02, 0.018), metal, at=(x + dx, y - 0.012, z + ch * 0.1), bevel=0.006)
                else:
                    box((0.05, 0.02, 0.1), metal, at=(x + dx, y, z + ch * 0.12), bevel=0.008)
