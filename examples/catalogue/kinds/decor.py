"""Decoration -> geometry."""

from __future__ import annotations

import math
import random

from examples.catalogue.modelling import (
    ball,
    box,
    circle,
    cylinder,
    disc,
    extrude,
    fillet,
    lathe,
    leaf,
    mesh,
    modifier,
    pillow,
    polygon,
    rectangle,
    sheet,
    spline,
    torus,
    tube,
    vessel,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def vase(p: Product) -> None:
    """A turned vase; some are ribbed, faceted or a ring."""
    key = p.shape.key
    w, h = p.u("w", 0.9, 1.12), p.u("h", 0.92, 1.08)
    scale = p.u("scale", 0.14, 0.26)
    if key == "ring":
        stuff = body(p, proj="front", scale=scale)
        major, minor = 0.42, 0.13
        torus(major, minor, stuff, at=(0, 0, major + minor), rot=(90, 0, 0))
        vessel(spline([(0, 0.94), (0.09, 0.95), (0.075, 1.08), (0.1, 1.22)], 5), 0.02, stuff)
        cylinder(0.2, 0.06, stuff)
        return
    lines = {
        "bottle": [(0, 0), (0.24, 0), (0.3, 0.06), (0.32, 0.4), (0.22, 0.66), (0.085, 0.84), (0.075, 1.1), (0.1, 1.22)],
        "urn": [(0, 0), (0.2, 0), (0.22, 0.05), (0.4, 0.5), (0.42, 0.72), (0.3, 0.92), (0.2, 1.0), (0.24, 1.1)],
        "globe": [(0, 0), (0.22, 0), (0.28, 0.04), (0.46, 0.38), (0.4, 0.66), (0.2, 0.8), (0.17, 0.86), (0.2, 0.92)],
        "flared": [(0, 0), (0.2, 0), (0.2, 0.05), (0.15, 0.35), (0.18, 0.7), (0.3, 1.0), (0.4, 1.12)],
        "hourglass": [(0, 0), (0.3, 0), (0.33, 0.08), (0.26, 0.36), (0.17, 0.58), (0.22, 0.82), (0.32, 1.08)],
        "ribbed": [(0, 0), (0.24, 0), (0.3, 0.06), (0.36, 0.45), (0.3, 0.8), (0.22, 0.92), (0.24, 1.0)],
        "faceted": [(0, 0), (0.2, 0), (0.38, 0.42), (0.36, 0.6), (0.2, 0.95), (0.22, 1.02)],
    }
    if key == "cylinder":
        outline = fillet([(0, 0), (0.26 * w, 0), (0.26 * w, 1.05 * h)], 0.06)
    else:
        outline = (
            [(x * w, z * h) for x, z in lines[key]]
            if key == "faceted"
            else [(x * w, z * h) for x, z in spline(lines[key], 8)]
        )
    stuff = body(p, radius=0.35, scale=scale)
    if key == "faceted":
        steps = int(p.u("sides", 6, 9.99))
        verts = [
            (r * math.cos(2 * math.pi * (k + 0.5 * i) / steps), r * math.sin(2 * math.pi * (k + 0.5 * i) / steps), z)
            for i, (r, z) in enumerate([(max(r, 0.001), z) for r, z in outline])
            for k in range(steps)
        ]
        rows = len(outline)
        faces = []
        for i in range(rows - 1):
            for k in range(steps):
                a, b, c, d = (
                    i * steps + k,
                    i * steps + (k + 1) % steps,
                    (i + 1) * steps + k,
                    (i + 1) * steps + (k - 1) % steps,
                )
                faces += [(a, b, c), (a, c, d)]
        item = mesh(verts, faces, stuff, smooth=False)
        modifier(item, "SOLIDIFY", thickness=0.025, offset=-1)
        return
    item = vessel(outline, 0.028, stuff, steps=96 if key == "ribbed" else 56)
    if key == "ribbed":
        ribs = int(p.u("ribs", 12, 22.99))
        for vertex in item.data.vertices:
            x, y, z = vertex.co
            swell = 1 + 0.045 * abs(math.sin(math.atan2(y, x) * ribs / 2)) * min(z / 0.1, 1) * max(
                min((0.9 * h - z) / 0.1, 1), 0
            )
            vertex.co = (x * swell, y * swell, z)


def cushion(p: Product) -> None:
    """A stuffed cushion standing against nothing, leaning a little back."""
    scale = p.u("scale", 0.14, 0.24)
    key = p.shape.key
    if key == "bolster":
        stuff = body(p, proj="front", scale=scale, span=(0, 0.56))
        profile = spline([(0, -0.62), (0.2, -0.6), (0.27, -0.5), (0.28, 0), (0.27, 0.5), (0.2, 0.6), (0, 0.62)], 6)
        lathe(profile, stuff, at=(0, 0, 0.28), rot=(0, 90, 0))
        for s in (-1, 1):
            ball((0.03, 0.05, 0.05), accent(p, "cream"), (s * 0.62, 0, 0.28))
        return
    if key == "round":
        stuff = body(p, proj="front", scale=scale, span=(0, 1))
        profile = spline([(0, -0.18), (0.25, -0.17), (0.46, -0.1), (0.5, 0), (0.46, 0.1), (0.25, 0.17), (0, 0.18)], 6)
        lathe(profile, stuff, at=(0, 0, 0.5), rot=(74, 0, 0))
        ball((0.05, 0.05, 0.03), accent(p, p.colour), (0, -0.17, 0.55))
        return
    w, h = {"square": (1.0, 1.0), "lumbar": (1.35, 0.78), "tassel": (1.0, 1.0)}[key]
    stuff = body(p, proj="front", scale=scale, span=(0, h))
    pillow((w, h, 0.4), stuff, at=(0, 0, h / 2 * 0.97), rot=(74, 0, 0), seed=p.u("seed", 0, 6))
    if p.u("piping", 0, 1) < 0.35 or key == "tassel":
        trim = accent(p, "cream" if p.colour != "cream" else "charcoal")
        if key == "tassel":
            lean = math.radians(74)
            for sx in (-1, 1):
                for sy in (-1, 1):
                    x, y, z = (
                        sx * w * 0.48,
                        sy * h * 0.48 * math.cos(lean),
                        h / 2 * 0.97 + sy * h * 0.48 * math.sin(lean),
                    )
                    ball((0.035, 0.035, 0.035), trim, (x + sx * 0.01, y, z))
                    tube(
                        [(x + sx * 0.01, y, z), (x + sx * 0.04, y - 0.02, max(z - 0.16, 0.02))],
                        [0.025, 0.05],
                        trim,
                        curved=False,
                    )


def rug(p: Product) -> None:
    """A flat cloth on the floor, or rolled up."""
    key = p.shape.key
    scale = p.u("scale", 0.16, 0.34)
    stuff = body(p, proj="top", scale=scale)
    thick = p.u("thick", 0.018, 0.035)
    if key == "rolled":
        stuff = body(p, proj="front", scale=scale)

        def roll(u: float, v: float) -> tuple[float, float, float]:
            a = u * 2 * math.pi * 3.2
            r = 0.07 + 0.033 * a / (2 * math.pi) * 1.3
            return ((v - 0.5) * 1.3, r * math.cos(a), 0.2 + r * math.sin(a))

        sheet(roll, stuff, nu=110, nv=4, thick=0.03)
        for s in (-1, 1):
            torus(0.215, 0.015, look("straw", "natural"), at=(s * 0.3, 0, 0.2), rot=(0, 90, 0))
        return
    size = {"rect": (1.5, 1.05), "runner": (1.8, 0.55), "fringe": (1.5, 1.0)}.get(key)
    if size:
        extrude(rectangle(*size, 0.02), thick, stuff, at=(0, 0, thick / 2), bevel=thick * 0.4)
        inner = rectangle(size[0] * 0.8, size[1] * (0.72 if key != "runner" else 0.6), 0.02)
    else:
        outline = circle(0.7, 72) if key == "round" else circle(0.8, 72, squash=0.65)
        extrude(outline, thick, stuff, at=(0, 0, thick / 2), bevel=thick * 0.4)
        inner = [(x * 0.78, y * 0.78) for x, y in outline]
    if p.pattern == "bordered":
        extrude(inner, thick * 1.15, accent(p), at=(0, 0, thick / 2), bevel=thick * 0.3)
    if key == "fringe" or (key == "runner" and p.u("fringe", 0, 1) < 0.5):
        yarn = look("wool", "cream" if p.colour != "cream" else "beige")
        size = size or (1.5, 1.0)
        number = int(size[1] / 0.035)
        for s in (-1, 1):
            for k in range(number):
                y = -size[1] / 2 + size[1] * (k + 0.5) / number
                tube(
                    [(s * size[0] / 2, y, thick / 2), (s * (size[0] / 2 + 0.1), y + 0.008 * math.sin(k * 2.3), 0.008)],
                    0.009,
                    yarn,
                    curved=False,
                    caps=False,
                )


def wall_clock(p: Product) -> None:
    """A clock on the wall; its face looks to -y."""
    key = p.shape.key
    stuff = plain(p, axis="z")
    face_key = p.opt("face")
    face = look("paper", {"white": "white", "black": "1d1d20", "cream": "cream", "mint": "mint"}[face_key])
    ink = look("painted steel", "white" if face_key == "black" else "black")
    back = (90, 0, 0)
    inner = 0.43
    if key == "square":
        extrude(rectangle(1.04, 1.04, 0.1), 0.12, stuff, rot=back, bevel=0.03)
        extrude(rectangle(0.9, 0.9, 0.06), 0.02, face, at=(0, -0.06, 0), rot=back, bevel=0.004)
    elif key == "hex":
        extrude(polygon(6, 0.58, 0.5), 0.12, stuff, rot=back, bevel=0.03)
        extrude(polygon(6, 0.5, 0.5), 0.02, face, at=(0, -0.06, 0), rot=back, bevel=0.004)
        inner = 0.4
    elif key == "sunburst":
        rays = int(p.u("rays", 12, 24.99))
        for k in range(rays):
            a = 2 * math.pi * k / rays
            long = 0.92 if k % 2 else 0.76
            tube(
                [(0.4 * math.cos(a), 0, 0.4 * math.sin(a)), (long * math.cos(a), 0, long * math.sin(a))],
                [0.028, 0.012],
                stuff,
                curved=False,
            )
        disc(0.44, 0.08, stuff, at=(0, 0.04, 0), rot=back)
        disc(0.38, 0.02, face, at=(0, -0.03, 0), rot=back)
        inner = 0.36
    else:
        disc(
            0.53 if key != "thin" else 0.5,
            0.1 if key != "thin" else 0.05,
            stuff if key != "thin" else face,
            at=(0, 0.05, 0),
            rot=back,
        )
        disc(0.455 if key != "thin" else 0.495, 0.03, face, at=(0, -0.03, 0), rot=back)
        if key == "round":
            torus(0.49, 0.045, stuff, at=(0, -0.04, 0), rot=back)
        if key == "station":
            torus(0.5, 0.05, stuff, at=(0, -0.07, 0), rot=back)
            torus(0.6, 0.03, stuff, at=(0, 0.0, 0), rot=back)
        if key == "thin":
            ink = stuff if p.colour not in ("white", "cream") or face_key == "black" else ink
    front = -0.085 if key in ("square", "hex", "station") else -0.07
    marks = p.opt("marks")
    for k in range(12):
        if marks == "quarters" and k % 3:
            continue
        a = 2 * math.pi * k / 12
        r = inner * 0.86
        at = (r * math.sin(a), front, r * math.cos(a))
        if marks == "dots":
            disc(0.022 if k % 3 else 0.032, 0.01, ink, at=at, rot=back)
        else:
            box(
                (0.022 if k % 3 else 0.034, 0.01, 0.07 if k % 3 else 0.1),
                ink,
                at=at,
                rot=(0, math.degrees(a), 0),
                bevel=0.002,
            )
    hour, minute = p.u("hour", 0, 360), p.u("minute", 0, 360)
    hands = look("painted steel", "red") if p.u("hands", 0, 1) < 0.25 else ink
    for angle, long, wide in ((hour, inner * 0.52, 0.035), (minute, inner * 0.78, 0.024)):
        a = math.radians(angle)
        box(
            (wide, 0.012, long),
            hands,
            at=(math.sin(a) * long * 0.42, front - 0.018, math.cos(a) * long * 0.42),
            rot=(0, angle, 0),
            bevel=0.004,
        )
    disc(0.035, 0.03, hands, at=(0, front - 0.005, 0), rot=back)


def _art(name: str, rng: random.Random, w: float, h: float, y: float) -> None:
    """A print of flat shapes within w x h, in front of y."""
    back = (90, 0, 0)
    colours = rng.sample(
        ["teal", "mustard", "terracotta", "navy", "coral", "olive", "sky blue", "pink", "forest green", "cream"], 5
    )

    def shape(outline: list[tuple[float, float]], colour: str, layer: int) -> None:
        clipped = [(min(max(a, -w / 2), w / 2), min(max(b, -h / 2), h / 2)) for a, b in outline]
        extrude(clipped, 0.004, look("paper", colour), at=(0, y - 0.004 * layer, 0), rot=back, bevel=0.0005)

    shape(rectangle(w, h), "cream" if name != "sun" else colours[0], 1)
    if name == "hills":
        shape(circle(w * 0.12, 32, at=(w * rng.uniform(-0.25, 0.25), h * 0.22)), "mustard", 2)
        for layer in range(3):
            top = h * (0.05 - 0.17 * layer)
            phase = rng.uniform(0, 6)
            line = [(-w / 2 + w * k / 30, top + h * 0.09 * math.sin(phase + k * 0.28)) for k in range(31)]
            shape([*line, (w / 2, -h / 2), (-w / 2, -h / 2)], colours[layer + 1], 3 + layer)
    elif name == "sun":
        shape(circle(min(w, h) * 0.24, 48, at=(0, h * 0.05)), "orange", 2)
        shape([(-w / 2, -h * 0.1), (w / 2, -h * 0.1), (w / 2, -h / 2), (-w / 2, -h / 2)], "navy", 3)
        for k in range(4):
            shape(rectangle(w * (0.4 - 0.07 * k), h * 0.02, at=(0, -h * (0.16 + 0.07 * k))), "orange", 4)
    elif name == "leaf":
        tube(
            [(0, y - 0.012, -h * 0.4), (w * 0.02, y - 0.012, 0), (0, y - 0.012, h * 0.3)],
            0.008,
            look("paper", "forest green"),
        )
        for k in range(7):
            z, s = -h * 0.28 + h * 0.09 * k, 1 if k % 2 else -1
            shape(
                [
                    (
                        s * w * (0.02 + 0.3 * t) + 0.0,
                        z + h * 0.12 * t + (1 if i < 9 else -1) * h * 0.045 * math.sin(math.pi * t),
                    )
                    for i, t in enumerate([*(j / 8 for j in range(9)), *(1 - j / 8 for j in range(1, 8))])
                ],
                colours[1] if colours[1] != "cream" else "olive",
                3,
            )
    else:
        for layer in range(4):
            kind = rng.choice(["circle", "block", "arch"])
            x, z, r = rng.uniform(-w, w) * 0.25, rng.uniform(-h, h) * 0.25, min(w, h) * rng.uniform(0.14, 0.26)
            if kind == "circle":
                shape(circle(r, 40, at=(x, z)), colours[layer], 2 + layer)
            elif kind == "block":
                shape(rectangle(r * 2.2, r, at=(x, z)), colours[layer], 2 + layer)
            else:
                shape(
                    [(x + r * math.cos(a), z + r * math.sin(a)) for a in (math.pi * k / 24 for k in range(25))],
                    colours[layer],
                    2 + layer,
                )


def picture_frame(p: Product) -> None:
    """A frame with a print, on the wall."""
    key = p.shape.key
    stuff = plain(p, axis="x")
    back = (90, 0, 0)
    w, h = {
        "portrait": (0.78, 1.05),
        "landscape": (1.1, 0.8),
        "square": (0.92, 0.92),
        "oval": (0.8, 1.05),
        "wide": (0.9, 1.08),
        "round": (0.95, 0.95),
    }[key]
    w, h = w * p.u("w", 0.94, 1.06), h * p.u("h", 0.94, 1.06)
    border = {"wide": 0.15}.get(key, p.u("border", 0.04, 0.09))
    white = look("paper", "white")
    if key in ("oval", "round"):
        outline, hole = (
            circle(w / 2, 64, squash=h / w),
            circle(w / 2 - border, 64, squash=(h - 2 * border) / (w - 2 * border)),
        )
    else:
        outline, hole = rectangle(w, h, 0.012), rectangle(w - 2 * border, h - 2 * border, 0.004)
    extrude(outline, 0.07, stuff, rot=back, bevel=p.u("bevel", 0.008, 0.03), holes=[hole])
    extrude([(x * 1.02, y * 1.02) for x, y in hole], 0.02, white, at=(0, 0.0, 0), rot=back, bevel=0.001)
    inset = 0.72 if p.opt("mat") == "mat" or key in ("oval", "round") else 0.99
    if key in ("oval", "round"):
        inset = 0.62
    if p.opt("art") != "blank":
        _art(p.opt("art"), p.rng("art"), (w - 2 * border) * inset, (h - 2 * border) * inset, -0.012)
    else:
        extrude(
            rectangle((w - 2 * border) * inset, (h - 2 * border) * inset),
            0.004,
            look("paper", "grey"),
            at=(0, -0.013, 0),
            rot=back,
            bevel=0.0005,
        )


def foliage(kind: str, rng: random.Random, z: float, size: float) -> None:
    """A plant that grows from (0, 0, z)."""
    green = look("plastic", rng.choice(["3f7d3a", "2f6b45", "5b8a3c", "4a7c59"]), rough=0.5)
    if kind == "leafy":
        for k in range(13):
            leaf(
                size * rng.uniform(0.6, 1.0),
                size * 0.34,
                green,
                (0, 0, z),
                k * 137.5,
                rng.uniform(12, 62),
                rng.uniform(0.4, 0.9),
            )
    elif kind == "snake":
        for k in range(9):
            a = k * 2.4
            leaf(
                size * rng.uniform(0.7, 1.25),
                size * 0.2,
                green,
                (0.1 * size * math.cos(a), 0.1 * size * math.sin(a), z),
                math.degrees(a),
                rng.uniform(2, 14),
                0.08,
            )
    else:
        r = size * 0.26

        def ribs(u: float, v: float) -> tuple[float, float, float]:
            a = 2 * math.pi * u
            rr = r * (1 + 0.08 * math.cos(10 * a)) * math.sin(math.pi * min(v * 0.95 + 0.05, 1)) ** 0.45
            return (rr * math.cos(a), rr * math.sin(a), z + size * 0.95 * v)

        sheet(ribs, green, nu=80, nv=16, round_u=True)
        if rng.random() < 0.5:
            ball((r * 0.3, r * 0.3, r * 0.25), look("plastic", "pink"), (0, 0, z + size * 0.95))


def plant_pot(p: Product) -> None:
    """A pot, with or without its plant."""
    key = p.shape.key
    r, h = {
        "classic": (0.4, 0.68),
        "cylinder": (0.4, 0.72),
        "bowl": (0.55, 0.5),
        "cube": (0.4, 0.72),
        "legs": (0.42, 0.62),
        "belly": (0.48, 0.7),
    }[key]
    r, h = r * p.u("r", 0.94, 1.06), h * p.u("h", 0.93, 1.08)
    stuff = body(p, radius=r, scale=p.u("scale", 0.14, 0.24))
    lift = 0.0
    if key == "bowl":
        line = spline([(0, 0), (r * 0.5, 0), (r * 0.62, 0.03), (r, h * 0.6), (r * 0.96, h)], 7)
    elif key == "belly":
        line = spline([(0, 0), (r * 0.62, 0), (r * 0.75, 0.03), (r, h * 0.45), (r * 0.9, h * 0.8), (r * 0.78, h)], 7)
    elif key == "classic":
        line = fillet([(0, 0), (r * 0.68, 0), (r * 0.9, h * 0.78), (r, h * 0.78), (r * 1.04, h)], 0.03)
    else:
        line = fillet([(0, 0), (r, 0), (r * 1.0, h)], 0.06)
    item = vessel(line, 0.04, stuff, steps=64)
    if key == "cube":
        for vertex in item.data.vertices:
            x, y, z = vertex.co
            a = math.atan2(y, x)
            swell = (1 / (abs(math.cos(a)) ** 8 + abs(math.sin(a)) ** 8)) ** (1 / 8)
            vertex.co = (x * swell, y * swell, z)
    if key == "legs":
        lift = 0.34
        item.location.z += lift
        wood = look("oak", "light wood") if p.u("wood", 0, 1) < 0.6 else look("painted steel", "black")
        for k in range(4):
            a = 2 * math.pi * (k + 0.5) / 4
            tube(
                [
                    ((r + 0.07) * math.cos(a), (r + 0.07) * math.sin(a), 0.02),
                    ((r + 0.035) * math.cos(a), (r + 0.035) * math.sin(a), lift + h * 0.55),
                ],
                0.03,
                wood,
                curved=False,
            )
        torus(r + 0.02, 0.022, wood, at=(0, 0, lift + 0.02))
    elif key in ("classic", "cylinder") and p.u("saucer", 0, 1) < 0.45:
        vessel(fillet([(0, -0.0), (r * 0.85, 0), (r * 0.98, 0.07)], 0.02), 0.025, plain(p))
    inner = min(x for x, z in line[-2:]) - 0.05
    cylinder(inner, 0.03, look("concrete", "3a2a1f"), at=(0, 0, lift + h * 0.86))
    if p.opt("plant") != "none":
        foliage(p.opt("plant"), p.rng("plant"), lift + h * 0.87, p.u("grow", 0.65, 0.95))


def mirror(p: Product) -> None:
    """A looking glass on the wall."""
    key = p.shape.key
    stuff = plain(p, axis="z", radius=0.5, scale=0.14)
    back = (90, 0, 0)
    glassy = look("sterling silver", "e6eaec", rough=0.02)
    border = p.u("border", 0.03, 0.08)
    outlines = {
        "round": circle(0.5, 72),
        "oval": circle(0.4, 72, squash=1.35),
        "rect": rectangle(0.75, 1.1, 0.04),
        "sun": circle(0.34, 64),
        "arch": [
            (-0.36, -0.55),
            (0.36, -0.55),
            *((0.36 * math.cos(a), 0.2 + 0.36 * math.sin(a)) for a in (math.pi * k / 32 for k in range(33))),
        ],
        "wavy": [
            ((0.42 + 0.045 * math.cos(9 * a)) * math.cos(a), (0.6 + 0.05 * math.cos(9 * a)) * math.sin(a))
            for a in (2 * math.pi * k / 120 for k in range(120))
        ],
    }
    outline = outlines[key]
    line = [(x, -0.02, z) for x, z in outline]
    extrude(outline, 0.03, glassy, rot=back, bevel=0.003)
    tube(line, border * 0.6, stuff, closed=True, curved=False)
    if key == "sun":
        rays = int(p.u("rays", 16, 30.99))
        for k in range(rays):
            a = 2 * math.pi * k / rays
            long = 0.72 if k % 2 else 0.58
            tube(
                [(0.34 * math.cos(a), 0, 0.34 * math.sin(a)), (long * math.cos(a), 0, long * math.sin(a))],
                [0.026, 0.01],
                stuff,
                curved=False,
            )
    if p.opt("hang") == "strap" and key in ("round", "oval"):
        top = 0.5 if key == "round" else 0.54
        for s in (-1, 1):
            tube([(s * 0.3, -0.02, top * 0.8), (0, -0.01, top + 0.32)], 0.02, look("leather", "tan"), curved=False)
        ball((0.035, 0.035, 0.035), look("brass", "gold"), (0, -0.03, top + 0.32))


def basket(p: Product) -> None:
    """A woven basket."""
    key = p.shape.key
    r, h = {
        "round": (0.5, 0.68),
        "tall": (0.42, 0.98),
        "square": (0.46, 0.6),
        "oval": (0.5, 0.5),
        "picnic": (0.48, 0.5),
    }[key]
    r, h = r * p.u("r", 0.95, 1.05), h * p.u("h", 0.93, 1.08)
    stuff = body(p, radius=r, scale=0.16)
    belly = p.u("belly", 0.0, 0.14) if key in ("round", "oval") else 0.03
    line = spline([(0, 0), (r * 0.78, 0), (r * 0.86, 0.03), (r * (0.93 + belly), h * 0.5), (r, h)], 8)
    items = [vessel(line, 0.045, stuff, steps=72), torus(r - 0.02, 0.036, stuff, at=(0, 0, h))]
    liner = p.opt("lid") == "liner"
    if liner:
        cloth = look("cotton", "cream" if p.colour not in ("white", "cream") else "sky blue")
        items.append(
            lathe(
                [(r - 0.06, h - 0.1), (r - 0.03, h + 0.045), (r + 0.045, h + 0.03), (r + 0.05, h - 0.14)],
                cloth,
                sharp=None,
            )
        )
    lid = p.opt("lid") == "lid" or key == "picnic"
    if lid:
        items.append(
            lathe(spline([(r + 0.03, h + 0.02), (r + 0.02, h + 0.07), (r * 0.5, h + 0.12), (0, h + 0.13)], 6), stuff)
        )
    for item in items:
        if key in ("oval", "picnic"):
            item.scale = (1.25, 0.82, 1)
        if key == "square":
            for vertex in item.data.vertices:
                x, y, z = vertex.co
                a = math.atan2(y, x)
                swell = (1 / (abs(math.cos(a)) ** 6 + abs(math.sin(a)) ** 6)) ** (1 / 6)
                vertex.co = (x * swell, y * swell, z)
    grip = look("leather", "tan") if p.u("grip", 0, 1) < 0.4 else look(p.material, p.colour, scale=0.1)
    wide = r * (1.25 if key in ("oval", "picnic") else 1.0)
    if key == "picnic":
        tube(
            [(-wide, 0, h), (-wide * 0.92, 0, h + 0.34), (0, 0, h + 0.55), (wide * 0.92, 0, h + 0.34), (wide, 0, h)],
            0.04,
            grip,
        )
    else:
        for s in (-1, 1):
            x = s * (wide + 0.01)
            tube(
                [
                    (x, -0.16, h - 0.03),
                    (x + s * 0.02, -0.12, h + 0.13),
                    (x + s * 0.02, 0.12, h + 0.13),
                    (x, 0.16, h - 0.03),
                ],
                0.03,
                grip,
            )
