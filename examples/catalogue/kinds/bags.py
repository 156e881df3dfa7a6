"""Bags and travel -> geometry; the front is towards -y."""

from __future__ import annotations

import math

from examples.catalogue.modelling import (
    ball,
    blob,
    box,
    cylinder,
    extrude,
    fillet,
    lathe,
    rectangle,
    sheet,
    spline,
    torus,
    tube,
    vessel,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def backpack(p: Product) -> None:
    """A stuffed upright body, pockets, straps, a loop."""
    key = p.shape.key
    stuff = body(p, proj="front", scale=p.u("scale", 0.16, 0.26))
    trim = (
        look("leather", "brown")
        if p.material in ("canvas", "cotton") and p.u("trim", 0, 1) < 0.5
        else look("nylon", "charcoal" if p.colour not in ("charcoal", "black") else "grey")
    )
    second = accent(p, p.colour)
    w, d, h = {
        "dome": (0.74, 0.38, 1.05),
        "rolltop": (0.72, 0.36, 1.1),
        "flap": (0.76, 0.38, 1.0),
        "box": (0.7, 0.38, 1.0),
        "mini": (0.68, 0.36, 0.78),
    }[key]
    w, h = w * p.u("w", 0.95, 1.05), h * p.u("h", 0.95, 1.06)
    zipper = look("painted steel", "silver")
    if key in ("dome", "mini"):

        def hull(u: float, v: float) -> tuple[float, float, float]:
            a = 2 * math.pi * u
            z = v * h
            t = max(v - 0.55, 0) / 0.45
            shrink = math.sqrt(max(1 - t**2.6, 0)) if t > 0 else 1
            low = min(v / 0.06, 1) ** 0.5
            n = 0.5
            x = w / 2 * math.copysign(abs(math.cos(a)) ** n, math.cos(a)) * (0.06 + 0.94 * shrink) * (0.86 + 0.14 * low)
            y = (
                d
                / 2
                * math.copysign(abs(math.sin(a)) ** n, math.sin(a))
                * (0.3 + 0.7 * shrink)
                * (0.8 + 0.2 * low)
                * (1 + 0.08 * math.sin(v * 3))
            )
            return (x, y, z)

        sheet(hull, stuff, nu=56, nv=36, round_u=True)
        blob((w * 0.46, d * 0.44, 0.05), stuff, at=(0, 0, 0.05), e=0.4, e2=0.5)
        arc = [
            (w / 2 * 0.985 * math.cos(a), -0.13, h * 0.6 + h * 0.405 * math.sin(a))
            for a in (math.pi * k / 10 for k in range(11))
        ]
        tube([(arc[0][0], -0.13, h * 0.3), *arc, (arc[-1][0], -0.13, h * 0.3)], 0.014, trim)
    else:
        e = 0.25 if key == "box" else 0.4
        blob((w / 2, d / 2, h / 2), stuff, at=(0, 0, h / 2), e=e, e2=0.35)
        if key == "rolltop":
            box((w * 0.9, d * 0.5, 0.12), stuff, at=(0, 0, h + 0.01), bevel=0.06, segments=4)
            cylinder(0.075, w * 0.92, second, at=(-w * 0.46, -0.05, h + 0.09), rot=(0, 90, 0), bevel=0.03)
            for s in (-1, 1):
                box((0.05, d * 0.75, 0.02), trim, at=(s * w * 0.22, -0.03, h + 0.165), bevel=0.008)
                box((0.05, 0.03, 0.4), trim, at=(s * w * 0.22, -d / 2 - 0.01, h * 0.84), bevel=0.008)
                box((0.08, 0.035, 0.06), zipper, at=(s * w * 0.22, -d / 2 - 0.025, h * 0.7), bevel=0.01)
        if key == "flap":
            box((w * 1.02, 0.05, h * 0.5), second, at=(0, -d / 2 - 0.025, h * 0.74), bevel=0.025)
            box((w * 1.02, d * 1.1, 0.06), second, at=(0, -0.01, h * 1.0), bevel=0.03)
            for s in (-1, 1):
                box((0.07, 0.03, 0.5), trim, at=(s * w * 0.25, -d / 2 - 0.06, h * 0.56), bevel=0.01)
                box((0.1, 0.04, 0.08), zipper, at=(s * w * 0.25, -d / 2 - 0.075, h * 0.44), bevel=0.01)
        if key == "box":
            ring = [(x, -d / 2 + 0.03, h / 2 + y) for x, y in rectangle(w * 0.92, h * 0.9, 0.14)]
            tube(ring, 0.012, trim, closed=True, curved=False)
    pockets = p.opt("pocket")
    if pockets == "one":
        blob((w * 0.36, 0.09, h * 0.17), second if p.colour2 else stuff, at=(0, -d / 2 - 0.02, h * 0.25), e=0.3, e2=0.4)
        tube([(-w * 0.28, -d / 2 - 0.1, h * 0.36), (w * 0.28, -d / 2 - 0.1, h * 0.36)], 0.01, zipper, curved=False)
    elif pockets == "two":
        for s in (-1, 1):
            blob(
                (w * 0.19, 0.09, h * 0.16),
                second if p.colour2 else stuff,
                at=(s * w * 0.22, -d / 2 - 0.02, h * 0.25),
                e=0.3,
                e2=0.4,
            )
            box((w * 0.38, 0.1, 0.05), trim, at=(s * w * 0.22, -d / 2 - 0.05, h * 0.4), bevel=0.02)
    tube(
        [(-0.1, d * 0.3, h * 0.97), (-0.09, d * 0.32, h + 0.13), (0.09, d * 0.32, h + 0.13), (0.1, d * 0.3, h * 0.97)],
        0.022,
        trim,
    )
    for s in (-1, 1):
        tube(
            [
                (s * 0.14, d * 0.45, h * 0.93),
                (s * (w * 0.36), d * 0.62 + 0.1, h * 0.75),
                (s * (w * 0.44), d * 0.6 + 0.1, h * 0.4),
                (s * w * 0.45, d * 0.4, h * 0.08),
            ],
            0.04,
            trim,
        )


def suitcase(p: Product) -> None:
    """A hard case on wheels, or a trunk."""
    key = p.shape.key
    proj = "front"
    stuff = body(p, proj=proj, scale=p.u("scale", 0.16, 0.26))
    dark = look("rubber", "black")
    silver = look("aluminium", "silver")
    w, d, h = {
        "ribbed": (0.8, 0.42, 1.1),
        "smooth": (0.8, 0.42, 1.1),
        "cabin": (0.72, 0.42, 0.92),
        "trunk": (1.25, 0.44, 0.85),
        "wide": (1.0, 0.5, 1.0),
    }[key]
    w, h = w * p.u("w", 0.96, 1.04), h * p.u("h", 0.96, 1.04)
    lift = 0.0 if key == "trunk" else 0.1
    soft = 0.04 if key == "trunk" else 0.11
    box((w, d, h), stuff, at=(0, 0, lift + h / 2), bevel=soft, segments=6)
    box(
        (w + 0.012, 0.025, h + 0.012),
        silver if key == "trunk" else dark,
        at=(0, 0, lift + h / 2),
        bevel=soft * 0.9,
        segments=6,
    )
    if key in ("ribbed", "cabin", "wide"):
        number = {"ribbed": 7, "cabin": 5, "wide": 4}[key]
        for k in range(number):
            x = (k - (number - 1) / 2) * w * 0.8 / (number - 1)
            box((0.045, d + 0.035, h * (0.86 if key != "wide" else 0.8)), stuff, at=(x, 0, lift + h / 2), bevel=0.02)
    guard = p.opt("corners")
    if guard != "none":
        for sx in (-1, 1):
            for sz in (0, 1):
                box(
                    (0.18, d + 0.03, 0.18),
                    look("leather", "tan" if guard == "tan" else "black"),
                    at=(sx * (w / 2 - 0.08), 0, lift + (0.08 if sz == 0 else h - 0.08)),
                    bevel=0.085,
                    segments=4,
                )
    if key == "trunk":
        leather = look("leather", "brown" if p.colour not in ("brown", "tan") else "black")
        tube([(-0.16, -0.0, h), (-0.14, 0, h + 0.11), (0.14, 0, h + 0.11), (0.16, 0, h)], 0.032, leather)
        for s in (-1, 1):
            box((0.09, d + 0.03, h + 0.03), leather, at=(s * w * 0.28, 0, h / 2), bevel=0.015)
            box((0.13, 0.05, 0.1), look("brass", "gold"), at=(s * w * 0.28, -d / 2 - 0.02, h * 0.72), bevel=0.015)
        return
    for s in (-1, 1):
        for y in (-1, 1):
            cylinder(0.065, 0.05, dark, at=(s * (w / 2 - 0.13) - 0.025, y * (d / 2 - 0.1), 0.065), rot=(0, 90, 0))
            box((0.1, 0.1, 0.06), dark, at=(s * (w / 2 - 0.13), y * (d / 2 - 0.1), 0.11), bevel=0.02)
        tube([(s * 0.17, d * 0.3, lift + h - 0.02), (s * 0.17, d * 0.3, lift + h + 0.3)], 0.018, silver, curved=False)
    box((0.46, 0.06, 0.06), dark, at=(0, d * 0.3, lift + h + 0.31), bevel=0.028)
    tube(
        [
            (-0.14, -d * 0.1, lift + h),
            (-0.1, -d * 0.1, lift + h + 0.06),
            (0.1, -d * 0.1, lift + h + 0.06),
            (0.14, -d * 0.1, lift + h),
        ],
        0.022,
        dark,
    )
    box((0.05, 0.06, 0.13), silver, at=(w / 2 + 0.0, 0, lift + h * 0.6), bevel=0.012)


def umbrella(p: Product) -> None:
    """An open canopy on a shaft, or a folded one leaning."""
    key = p.shape.key
    grip = p.opt("handle")
    handle = look("walnut", "dark wood") if grip == "hook_wood" else look("matte plastic", "black")
    shaft = look("steel", "silver")
    segments = 8
    stuff = body(
        p,
        proj="cyl",
        scale=0.22 if p.pattern != "striped" else 0.12,
        radius=0.5,
    )
    if key == "closed":

        def furled(u: float, v: float) -> tuple[float, float, float]:
            a = 2 * math.pi * u
            r = (0.03 + 0.085 * math.sin(math.pi * min(v * 0.9 + 0.1, 1)) ** 0.7) * (1 + 0.16 * math.cos(a * 5 + v * 5))
            return (r * math.cos(a), r * math.sin(a), 0.25 + v * 0.9)

        sheet(furled, stuff, nu=60, nv=24, round_u=True)
        tube([(0, 0, 0.02), (0, 0, 0.4)], 0.012, shaft, curved=False)
        tube([(0, 0, 1.1), (0, 0, 1.3)], 0.016, shaft, curved=False)
        if grip == "straight":
            cylinder(0.035, 0.24, handle, at=(0, 0, 1.24))
        else:
            tube(
                [(0, 0, 1.2), (0, 0, 1.4), (0.05, 0, 1.49), (0.13, 0, 1.49), (0.17, 0, 1.4), (0.17, 0, 1.33)],
                0.028,
                handle,
            )
        return
    radius = {"open": 0.62, "dome": 0.5, "flat": 0.72}[key] * p.u("r", 0.95, 1.05)
    rise = {"open": 0.27, "dome": 0.46, "flat": 0.2}[key]
    top = 1.15

    def canopy(u: float, v: float) -> tuple[float, float, float]:
        a = 2 * math.pi * u
        rib = abs(math.cos(a * segments / 2))
        t = v
        r = radius * math.sin(t * math.pi / 2 * 0.98)
        drop = rise * (1 - math.cos(t * math.pi / 2)) / 1
        pull = 1 - 0.07 * (1 - rib) * t**3
        return (r * pull * math.cos(a), r * pull * math.sin(a), top - drop + 0.05 * (1 - rib) * t**2)

    item = sheet(canopy, stuff, nu=96, nv=20, thick=0.006, round_u=True)
    if p.pattern == "segmented":
        item.data.materials.append(accent(p))
        for face in item.data.polygons:
            a = math.atan2(face.center[1], face.center[0]) / (2 * math.pi) * segments + 0.5 + 100
            face.material_index = int(a) % 2
    for k in range(segments):
        a = 2 * math.pi * k / segments
        line = [
            (
                radius * math.sin(t * math.pi / 2) * math.cos(a) * 0.99,
                radius * math.sin(t * math.pi / 2) * math.sin(a) * 0.99,
                top - rise * (1 - math.cos(t * math.pi / 2)) - 0.012,
            )
            for t in (0.02, 0.3, 0.6, 0.85, 1.0)
        ]
        tube(line, 0.006, shaft, caps=False)
        ball((0.012, 0.012, 0.012), shaft, line[-1])
    tube([(0, 0, 0.2), (0, 0, top + 0.06)], 0.014, shaft, curved=False)
    cylinder(0.018, 0.08, shaft, at=(0, 0, top), top=0.006)
    if grip == "straight":
        cylinder(0.03, 0.2, handle, at=(0, 0, 0.05))
    else:
        tube(
            [(0, 0, 0.28), (0, 0, 0.12), (0.04, 0, 0.03), (0.11, 0, 0.03), (0.15, 0, 0.1), (0.15, 0, 0.15)],
            0.024,
            handle,
        )


def tote_bag(p: Product) -> None:
    """An open bag with two handles."""
    key = p.shape.key
    w, d, h = {
        "tall": (0.82, 0.26, 1.0),
        "wide": (1.15, 0.36, 0.8),
        "boxy": (0.85, 0.44, 0.85),
        "long": (0.85, 0.24, 0.9),
    }[key]
    w, h = w * p.u("w", 0.95, 1.06), h * p.u("h", 0.95, 1.06)
    stuff = body(p, proj="front", scale=p.u("scale", 0.16, 0.26), span=(0, h))
    seed = p.u("fold", 0, 6)

    def hull(u: float, v: float) -> tuple[float, float, float]:
        a = 2 * math.pi * u
        n = 0.28
        thick = d * (1 - 0.55 * v) + 0.02 * math.sin(9 * u * 2 * math.pi + seed) * v
        x = w / 2 * math.copysign(abs(math.cos(a)) ** n, math.cos(a)) * (0.93 + 0.07 * v)
        y = thick / 2 * math.copysign(abs(math.sin(a)) ** n, math.sin(a)) + 0.012 * math.sin(
            5 * x / w * 3 + 7 * v + seed
        )
        return (x, y, h * v)

    sheet(hull, stuff, nu=64, nv=20, thick=0.02, round_u=True)
    box((w * 0.9, d * 0.95, 0.02), stuff, at=(0, 0, 0.012), bevel=0.008)
    handle = {
        "same": plain(p),
        "leather": look("leather", "brown" if p.colour not in ("brown", "tan") else "black"),
        "rope": look("straw", "natural"),
    }[p.opt("handles")]
    rise = {"long": 0.75, "tall": 0.42}.get(key, 0.34)
    for y in (-d * 0.22 - 0.02, d * 0.22 + 0.02):
        s = 1 if y > 0 else -1
        tube(
            [
                (-w * 0.24, y + s * 0.02, h * 0.8),
                (-w * 0.235, y, h + 0.02),
                (-w * 0.16, y * 0.8, h + rise * 0.8),
                (0, y * 0.7, h + rise),
                (w * 0.16, y * 0.8, h + rise * 0.8),
                (w * 0.235, y, h + 0.02),
                (w * 0.24, y + s * 0.02, h * 0.8),
            ],
            0.03 if p.opt("handles") != "rope" else 0.024,
            handle,
        )


def handbag(p: Product) -> None:
    """A small bag with a clasp."""
    key = p.shape.key
    w, d, h = {
        "trapeze": (1.0, 0.4, 0.78),
        "half": (1.0, 0.3, 0.66),
        "box": (0.9, 0.36, 0.7),
        "bucket": (0.72, 0.6, 0.85),
        "flap": (1.0, 0.3, 0.68),
    }[key]
    stuff = body(p, proj="front" if key != "bucket" else "cyl", scale=p.u("scale", 0.12, 0.2), radius=0.36)
    bare = plain(p)
    gold = look("brass", "gold") if p.u("metal", 0, 1) < 0.65 else look("steel", "silver")
    second = accent(p, p.colour) if p.colour2 else bare
    if key == "half":
        outline = fillet(
            [
                (w / 2 * math.cos(a), h * 0.62 + h * 0.62 * math.sin(a) * 1.0)
                for a in (math.pi + math.pi * k / 24 for k in range(25))
            ]
            + [(w / 2, h), (-w / 2, h)],
            0.1,
            5,
            closed=True,
        )
        extrude(outline, d, stuff, rot=(90, 0, 0), bevel=0.1)
        tube([(x * 0.96, -d * 0.2, h + 0.005) for x in (-w / 2, 0, w / 2)], 0.014, gold)
    elif key == "bucket":
        vessel(spline([(0, 0), (0.3, 0), (0.34, 0.03), (0.38, h * 0.5), (0.36, h)], 7), 0.025, stuff)
        tube(
            [((0.385) * math.cos(a), 0.385 * math.sin(a), h * 0.86) for a in (2 * math.pi * k / 30 for k in range(30))],
            0.016,
            second,
            closed=True,
            curved=False,
        )
        for s in (-1, 1):
            tube([(s * 0.03, -0.39, h * 0.86), (s * 0.09, -0.44, h * 0.55)], [0.014, 0.03], second, curved=False)
    else:
        outline = fillet(
            [
                (-w / 2, 0),
                (w / 2, 0),
                (w * (0.38 if key == "trapeze" else 0.48), h),
                (-w * (0.38 if key == "trapeze" else 0.48), h),
            ],
            0.09,
            6,
            closed=True,
        )
        extrude(outline, d, stuff, rot=(90, 0, 0), bevel=0.07)
        if key in ("box", "flap"):
            low = h * (0.42 if key == "box" else 0.3)
            flap = fillet(
                [(-w * 0.485, h), (-w * 0.485, low + 0.1), (0, low - 0.05), (w * 0.485, low + 0.1), (w * 0.485, h)],
                0.08,
                5,
                closed=True,
            )
            extrude(flap, 0.05, second, at=(0, -d / 2 - 0.015, 0), rot=(90, 0, 0), bevel=0.02)
            box((w * 0.97, d + 0.06, 0.05), second, at=(0, 0, h - 0.005), bevel=0.025)
            box((0.12, 0.04, 0.1), gold, at=(0, -d / 2 - 0.055, low + 0.06), bevel=0.015)
        else:
            box((0.14, 0.03, 0.08), gold, at=(0, -d / 2 - 0.005, h * 0.78), bevel=0.012)
            tube(
                [
                    (-w * 0.43, -d / 2 + 0.02, h * 0.62),
                    (0, -d / 2 - 0.005, h * 0.62),
                    (w * 0.43, -d / 2 + 0.02, h * 0.62),
                ],
                0.01,
                second,
                curved=False,
            )
    strap = p.opt("strap")
    x = 0.36 if key == "bucket" else w * (0.34 if key == "trapeze" else 0.4)
    if strap == "top":
        tube(
            [
                (-x * 0.75, 0, h - 0.02),
                (-x * 0.7, 0, h + 0.24),
                (0, 0, h + 0.36),
                (x * 0.7, 0, h + 0.24),
                (x * 0.75, 0, h - 0.02),
            ],
            0.034,
            second,
        )
        for s in (-1, 1):
            torus(0.05, 0.014, gold, at=(s * x * 0.75, 0, h + 0.02), rot=(90, 0, 0))
    elif strap == "chain":
        path = spline([(-x, 0, h), (-x * 0.8, 0, h + 0.4), (0, 0, h + 0.58), (x * 0.8, 0, h + 0.4), (x, 0, h)], 6)
        for k, (a, b, c) in enumerate(path):
            torus(0.045, 0.013, gold, at=(a, b, c), rot=(90 if k % 2 else 0, 40 * (1 if a > 0 else -1), 0))
    else:
        tube(
            [
                (-x, 0, h - 0.02),
                (-x * 0.9, 0.04, h + 0.55),
                (0, 0.08, h + 0.85),
                (x * 0.9, 0.04, h + 0.55),
                (x, 0, h - 0.02),
            ],
            0.026,
            second,
        )


def water_bottle(p: Product) -> None:
    """A bottle with a cap."""
    key = p.shape.key
    r, h = {
        "slim": (0.2, 1.05),
        "wide": (0.27, 0.95),
        "sport": (0.25, 0.95),
        "flask": (0.25, 1.05),
        "travel": (0.3, 0.85),
    }[key]
    r, h = r * p.u("r", 0.94, 1.07), h * p.u("h", 0.94, 1.06)
    stuff = body(p, radius=r, scale=p.u("scale", 0.11, 0.18))
    neck = {"slim": 0.5, "wide": 0.72, "sport": 0.62, "flask": 0.95, "travel": 0.97}[key] * r
    if key == "sport":
        line = spline(
            [
                (0, 0),
                (r * 0.9, 0),
                (r, 0.05),
                (r, h * 0.4),
                (r * 0.86, h * 0.52),
                (r, h * 0.64),
                (r * 0.95, h * 0.84),
                (neck, h),
                (0, h),
            ],
            6,
        )
    elif key == "travel":
        line = fillet([(0, 0), (r * 0.78, 0), (r, h), (0, h)], 0.04)
    else:
        line = fillet([(0, 0), (r, 0), (r, h * 0.8), (neck, h), (0, h)], 0.1)
    if p.material == "glass":
        vessel(line[:-1], 0.02, stuff)
    else:
        lathe(line, stuff, sharp=None)
    cap_key = p.opt("cap")
    cap = {
        "black": look("matte plastic", "black"),
        "wood": look("bamboo", "natural"),
        "steel": look("steel", "silver"),
        "white": look("plastic", "white"),
    }[cap_key]
    if key == "flask":
        lathe(fillet([(neck * 1.02, h - 0.02), (neck * 1.02, h + 0.24), (0, h + 0.24)], 0.05), cap)
    elif key == "sport":
        cylinder(neck * 1.1, 0.14, cap, at=(0, 0, h - 0.01))
        cylinder(0.06, 0.12, look("silicone", "grey"), at=(0, 0, h + 0.13))
    elif key == "travel":
        cylinder(neck * 1.05, 0.1, cap, at=(0, 0, h - 0.01), bevel=0.03)
        box((0.12, 0.08, 0.05), cap, at=(0, -neck * 0.5, h + 0.11), bevel=0.015)
    else:
        cylinder(neck * 1.08, 0.16, cap, at=(0, 0, h - 0.02), bevel=0.025)
    if p.opt("loop") == "loop":
        tube(
            [
                (-neck * 0.9, 0, h + 0.02),
                (-neck, 0, h + 0.24),
                (0, 0, h + 0.34),
                (neck, 0, h + 0.24),
                (neck * 0.9, 0, h + 0.02),
            ],
            0.022,
            cap if cap_key != "wood" else look("leather", "tan"),
        )
    if p.u("sleeve", 0, 1) < 0.25 and key in ("slim", "wide"):
        lathe(
            [(r + 0.012, h * 0.12), (r + 0.014, h * 0.2), (r + 0.014, h * 0.5), (r + 0.012, h * 0.55)],
            look("silicone", "charcoal" if p.colour != "charcoal" else "grey"),
            sharp=None,
        )
