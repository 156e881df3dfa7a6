"""Furniture -> geometry; the front is towards -y."""

from __future__ import annotations

import math

from examples.catalogue.modelling import ball, blob, box, cylinder, disc, extrude, fillet, lathe, modifier, pillow, polygon, rectangle, sheet, spline, tube
from examples.catalogue.records import Product
from examples.catalogue.surfaces import CLOTHS, accent, body, look, plain


def leg_stuff(key: str, p: Product):  # type: ignore[no-untyped-def]
    """The material of the legs an option names."""
    return {
        "oak": lambda: look("oak", "light wood"), "walnut": lambda: look("walnut", "dark wood"), "black": lambda: look("painted steel", "black"),
        "brass": lambda: look("brass", "gold"), "white": lambda: look("painted wood", "white"), "same": lambda: plain(p),
    }[key]()  # fmt: skip


def four_legs(width: float, depth: float, height: float, stuff, radius: float = 0.035, splay: float = 0.04, taper: float = 0.6) -> None:  # type: ignore[no-untyped-def]
    """Four round legs under a seat or a top."""
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = sx * (width / 2 - 0.06), sy * (depth / 2 - 0.06)
            tube([(x + sx * splay, y + sy * splay, radius * taper), (x, y, height)], [radius * taper, radius], stuff, curved=False)


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
            return (x * narrow, y - 0.12 * side**2 * max(v - 0.35, 0), z + lift + 0.16 * side**3 * (0.4 + math.sin(min(v * 1.6, 1.0) * math.pi / 2)) * (1 - v * v))
        sheet(shell, stuff, thick=0.07 if soft else 0.03, nu=24, nv=28, subdivide=1)
        return
    if soft:
        extrude(rectangle(w, d, 0.12), thick, seat_stuff, at=(0, 0, z), bevel=0.05)
    else:
        extrude(rectangle(w, d, 0.08), thick, seat_stuff, at=(0, 0, z), bevel=0.02)
    back_y = d / 2 - 0.04
    if key == "round":
        rim = [(x * 1.0, y, zz) for x, y, zz in (
            (-w / 2 + 0.03, back_y, z), (-w / 2, back_y + 0.04, z + 0.3), (-w * 0.3, back_y + 0.1, top - 0.06), (0, back_y + 0.12, top),
            (w * 0.3, back_y + 0.1, top - 0.06), (w / 2, back_y + 0.04, z + 0.3), (w / 2 - 0.03, back_y, z))]  # fmt: skip
        tube(rim, 0.032, frame)
        if soft:
            blob((w * 0.4, 0.05, (top - z) * 0.36), stuff, at=(0, back_y + 0.08, z + (top - z) * 0.56), rot=(-8, 0, 0), e=0.6, e2=0.7)
        else:
            for k in range(-2, 3):
                x = k * w * 0.15
                tube([(x * 0.9, back_y, z), (x, back_y + 0.1, top - 0.02 - 0.012 * k * k)], 0.016, frame, curved=False)
        return
    if key == "panel" or soft:
        if soft:
            extrude(rectangle(w * 0.98, top - z, 0.14), thick, stuff, at=(0, back_y + 0.06, z + (top - z) * 0.5 + 0.02), rot=(82, 0, 0), bevel=0.05)
        else:
            extrude(rectangle(w * 0.96, (top - z) * 0.62, 0.06), 0.04, stuff, at=(0, back_y + 0.09, top - (top - z) * 0.3), rot=(82, 0, 0), bevel=0.015)
            for s in (-1, 1):
                tube([(s * (w / 2 - 0.07), back_y, z), (s * (w / 2 - 0.07), back_y + 0.08, top - 0.1)], 0.024, frame, curved=False)
        return
    for s in (-1, 1):
        tube([(s * (w / 2 - 0.05), back_y, z - 0.02), (s * (w / 2 - 0.05), back_y + 0.1, top)], [0.034, 0.026], frame, curved=False)
    if key == "slat":
        box((w - 0.06, 0.045, 0.1), frame, at=(0, back_y + 0.09, top - 0.06), rot=(-8, 0, 0))
        box((w - 0.1, 0.03, 0.05), frame, at=(0, back_y + 0.02, z + 0.12), rot=(-8, 0, 0))
        number = int(p.u("slats", 3, 6.99))
        for k in range(number):
            x = (k - (number - 1) / 2) * (w - 0.18) / max(number - 1, 1)
            box((0.035, 0.022, top - z - 0.16), frame, at=(x, back_y + 0.055, (z + top) / 2 + 0.02), rot=(-8, 0, 0), bevel=0.008)
    else:
        number = int(p.u("slats", 3, 5.99))
        for k in range(number):
            zz = z + 0.14 + (top - z - 0.22) * k / (number - 1)
            box((w - 0.08, 0.028, 0.07), frame, at=(0, back_y + 0.1 * (zz - z) / (top - z), zz), rot=(-8, 0, 0), bevel=0.012)


def sofa(p: Product) -> None:
    """Base, seat cushions, back cushions, arms, feet."""
    key = p.shape.key
    stuff = body(p, proj="front", scale=0.2)
    legs = leg_stuff(p.opt("legs"), p)
    seats = {"two": 2, "three": 3, "corner": 3, "rolled": 2, "low": 2, "curved": 1}[key]
    width = {"two": 1.5, "three": 2.1, "corner": 2.3, "rolled": 1.85, "low": 2.0, "curved": 2.0}[key] * p.u("w", 0.96, 1.05)
    lift = 0.06 if key == "low" else p.u("lift", 0.12, 0.2)
    seat = lift + (0.22 if key == "low" else 0.3)
    back = seat + (0.3 if key == "low" else p.u("back", 0.36, 0.48))
    arm = {"rolled": 0.24, "low": 0.26}.get(key, p.u("arm", 0.12, 0.24))
    depth = 0.86
    soft = 0.07
    if key == "curved":
        def ring(inner: float, outer: float, low: float, high: float, round_by: float, end: int = 22) -> None:
            arc = [math.radians(a) for a in range(end, 181 - end, 4)]
            points = [(outer * 1.15 * math.cos(a), outer * math.sin(a)) for a in arc] + [(inner * 1.15 * math.cos(a), inner * math.sin(a)) for a in reversed(arc)]
            extrude(fillet(points, 0.1, 3, closed=True), high - low, stuff, at=(0, -0.7, (low + high) / 2), bevel=round_by)
        ring(0.45, 1.1, lift, seat, 0.07)
        ring(0.88, 1.14, lift, back, 0.1, 18)
        for a in (35, 75, 105, 145):
            for r in (0.55, 1.05):
                cylinder(0.03, lift + 0.02, legs, at=(r * 1.12 * math.cos(math.radians(a)), r * math.sin(math.radians(a)) - 0.7, 0))
        return
    four_legs(width - 0.06, depth - 0.06, lift + 0.02, legs, 0.035, 0.02, 0.7)
    box((width, depth, seat - lift - 0.12), stuff, at=(0, 0, (lift + seat - 0.12) / 2), bevel=0.04)
    inner = width - 2 * arm
    each = inner / seats
    for k in range(seats):
        x = -inner / 2 + each * (k + 0.5)
        box((each - 0.01, depth - 0.22, 0.17), stuff, at=(x, -0.1, seat - 0.05), bevel=soft, segments=5)
        box((each - 0.015, 0.2, back - seat + 0.06), stuff, at=(x, depth / 2 - 0.24, (seat + back) / 2 + 0.02), rot=(-10, 0, 0), bevel=soft + 0.02, segments=5)
    box((width - 0.02, 0.14, back - lift - 0.06), stuff, at=(0, depth / 2 - 0.07, (lift + back) / 2 - 0.02), bevel=0.06, segments=4)
    for s in (-1, 1):
        x = s * (width / 2 - arm / 2)
        top = seat + (0.1 if key == "low" else 0.2)
        if key == "rolled":
            box((arm * 0.75, depth, top - lift - 0.08), stuff, at=(x, 0, (lift + top) / 2 - 0.04), bevel=0.04)
            cylinder(arm * 0.56, depth + 0.02, stuff, at=(x + s * 0.02, depth / 2 + 0.01, top - 0.04), rot=(90, 0, 0), bevel=0.05)
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
            pillow((0.42, 0.42, 0.16), look("cotton", colour), at=(s * (inner / 2 - 0.22), -0.02, seat + 0.22), rot=(70, 0, s * -14))
