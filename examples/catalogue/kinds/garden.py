"""Garden and tools -> geometry."""

from __future__ import annotations

import math
from typing import Any

from examples.catalogue import modelling
from examples.catalogue.modelling import (
    ball,
    box,
    cylinder,
    disc,
    extrude,
    fillet,
    lathe,
    sheet,
    spline,
    torus,
    tube,
    vessel,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain, rgb


def watering_can(p: Product) -> None:
    """Can, spout to the right, handle to the left and above."""
    key = p.shape.key
    r, h = {"classic": (0.42, 0.75), "long": (0.36, 0.55), "round": (0.46, 0.66), "tall": (0.34, 0.95)}[key]
    r, h = r * p.u("r", 0.95, 1.06), h * p.u("h", 0.95, 1.06)
    if key == "round":
        outline = spline(
            [(0, 0), (r * 0.6, 0), (r * 0.75, 0.04), (r, h * 0.45), (r * 0.78, h * 0.85), (r * 0.55, h)], 7
        )
    else:
        outline = fillet([(0, 0), (r, 0), (r * (0.9 if key != "tall" else 0.8), h)], 0.05)
    vessel(outline, 0.02, body(p, radius=r, scale=p.u("scale", 0.16, 0.26)))
    bare = plain(p)
    second = accent(p, p.colour) if p.colour2 else bare
    edge = outline[-1][0]
    if key != "round":
        torus(edge, 0.022, bare, at=(0, 0, h))
        torus(r, 0.022, bare, at=(0, 0, 0.03))
    reach, top = {
        "classic": (0.62, h + 0.14),
        "long": (0.82, h + 0.28),
        "round": (0.58, h + 0.12),
        "tall": (0.55, h * 0.95),
    }[key]
    thin = 0.035 if key == "long" else 0.055
    if key == "long":
        path = [
            (r * 0.85, 0, 0.16),
            (r + 0.2, 0, 0.2),
            (r + 0.34, 0, h * 0.7),
            (r + 0.55, 0, top - 0.05),
            (r + reach * 0.85, 0, top),
        ]
        tube(path, [0.06, 0.045, 0.036, 0.03, 0.026], bare, caps=False)
    else:
        tube([(r * 0.85, 0, 0.18), (r + reach, 0, top)], [0.08, thin], bare, curved=False, caps=False)
        if p.opt("rose") == "rose":
            along = math.degrees(math.atan2(reach + r * 0.15, top - 0.18))
            a = math.radians(along)
            lathe(
                [(0.05, 0), (0.06, 0.04), (0.15, 0.16), (0.15, 0.19), (0.0, 0.21)],
                look("brass", "gold") if p.u("rose", 0, 1) < 0.5 else second,
                at=(r + reach - 0.02 * math.sin(a), 0, top - 0.02 * math.cos(a)),
                rot=(0, along, 0),
            )
    low = next(x for x, z in outline if z > h * 0.3)
    if p.u("wood", 0, 1) < 0.25:
        second = look("oak", "light wood")
    if key in ("classic", "tall"):
        tube(
            [
                (-low * 0.95, 0, h * 0.3),
                (-low - 0.3, 0, h * 0.6),
                (-low - 0.12, 0, h + 0.22),
                (edge * 0.1, 0, h + 0.3),
                (edge * 0.92, 0, h + 0.02),
            ],
            0.03,
            second,
        )
    elif key == "long":
        tube(
            [
                (-low * 0.96, 0, h * 0.2),
                (-low - 0.28, 0, h * 0.3),
                (-low - 0.3, 0, h * 0.8),
                (-edge * 0.96, 0, h * 0.92),
            ],
            0.028,
            second,
        )
    else:
        tube(
            [
                (-edge * 0.96, 0, h),
                (-edge * 0.9, 0, h + 0.28),
                (0, 0, h + 0.4),
                (edge * 0.9, 0, h + 0.28),
                (edge * 0.96, 0, h),
            ],
            0.028,
            second,
        )


def hammer(p: Product) -> None:
    """A hammer lying down, its head to +x."""
    key = p.shape.key
    grip = plain(p, axis="x")
    head = look("steel", "silver") if p.opt("head") == "steel" else look("painted steel", "black")
    wood = p.material in ("oak", "walnut", "painted wood")
    long = {"sledge": 1.6}.get(key, 1.35) * p.u("l", 0.95, 1.05)
    z = {"mallet": 0.2, "sledge": 0.17, "rubber": 0.19}.get(key, 0.11)
    if wood or key in ("mallet", "rubber"):
        tube(
            [(-long / 2, 0, z), (-long * 0.2, 0, z), (long / 2 - 0.1, 0, z), (long / 2 + 0.1, 0, z)],
            [0.055, 0.062, 0.045, 0.045],
            grip,
        )
    else:
        tube([(-long * 0.1, 0, z), (long / 2, 0, z)], 0.038, look("steel", "silver"), curved=False)
        tube([(-long / 2, 0, z), (-long * 0.3, 0, z), (-long * 0.08, 0, z)], [0.06, 0.075, 0.055], grip)
        for k in range(4):
            lathe(
                [(0.072, -0.012), (0.08, 0), (0.072, 0.012)],
                look("rubber", "black"),
                at=(-long * 0.42 + 0.09 * k, 0, z),
                rot=(0, 90, 0),
            )
    x = long / 2
    if key in ("mallet", "rubber"):
        stuff = (
            look("oak", "light wood", axis="y")
            if key == "mallet"
            else look("rubber", "black" if p.opt("head") == "black" else "grey")
        )
        if key == "mallet":
            box((0.36, 0.62, 0.36), stuff, at=(x, 0, z), bevel=0.04, taper=1.0)
        else:
            cylinder(0.19, 0.62, stuff, at=(x, 0.31, z), rot=(90, 0, 0), bevel=0.05)
    elif key == "sledge":
        box((0.3, 0.62, 0.3), head, at=(x, 0, z), bevel=0.06)
    else:
        cylinder(0.1, 0.2, head, at=(x, -0.12, z), rot=(90, 0, 0), bevel=0.02)
        cylinder(0.075, 0.14, head, at=(x, -0.02, z), rot=(90, 0, 0), bevel=0.02)
        box((0.16, 0.18, 0.16), head, at=(x, 0.03, z), bevel=0.03)
        if key == "ball":
            ball((0.1, 0.1, 0.1), head, (x, 0.2, z))
        else:
            for s in (-1, 1):
                tube(
                    [(x, 0.08, z + s * 0.035), (x - 0.02, 0.22, z + s * 0.045), (x - 0.1, 0.36, z + s * 0.06)],
                    [0.05, 0.04, 0.014],
                    head,
                )


def screwdriver(p: Product) -> None:
    """A screwdriver lying along x."""
    key = p.shape.key
    steel = look("steel", "silver")
    stuff = body(p, proj="front", scale=0.1)

    def one(y: float, paint: Any, size: float, turn: float) -> None:
        held = modelling.root()
        holder = modelling.new_root("driver")
        holder.parent = held
        long, shaft, r = {"stubby": (0.5, 0.3, 0.15), "slim": (0.6, 0.7, 0.065)}.get(key, (0.72, 0.75, 0.12))
        if key == "tee":
            tube([(-0.5, -0.3, 0.1), (-0.5, 0.3, 0.1)], 0.075, paint)
            tube([(-0.5, 0, 0.1), (0.5, 0, 0.1)], 0.035, steel, curved=False)
        else:

            def handle(u: float, v: float) -> tuple[float, float, float]:
                a = 2 * math.pi * u
                swell = math.sin(math.pi * min(max(v, 0.001), 0.999)) ** 0.28 * (
                    1 - 0.28 * max(math.cos((v - 0.78) * 9), 0) ** 4 * (key != "slim")
                )
                rr = r * swell * (1 + (0.06 * math.cos(6 * a) if key in ("classic", "set", "stubby") else 0.0))
                return (-long / 2 - shaft / 2 + long * v, rr * math.cos(a), rr * math.sin(a))

            sheet(handle, paint, nu=60, nv=30, round_u=True)
            tube(
                [(long / 2 - shaft / 2, 0, 0), (long / 2 + shaft / 2 - 0.06, 0, 0)],
                0.035 if key != "slim" else 0.022,
                steel,
                curved=False,
            )
            end = long / 2 + shaft / 2
            if p.opt("tip") == "flat":
                box((0.14, 0.1, 0.025), steel, at=(end - 0.04, 0, 0), bevel=0.008)
            else:
                lathe([(0.036, 0), (0.008, 0.11), (0, 0.12)], steel, at=(end - 0.06, 0, 0), rot=(0, 90, 0), steps=4)
            if key != "slim":
                cylinder(0.06, 0.08, look("rubber", "black"), at=(long / 2 - shaft / 2 - 0.06, 0, 0), rot=(0, 90, 0))
        holder.location, holder.scale, holder.rotation_euler = (
            (0, y, r * size if key != "tee" else 0),
            (size,) * 3,
            (0, 0, math.radians(turn)),
        )
        modelling.use_root(held)

    if key == "set":
        for k, (size, turn) in enumerate(((1.0, 4), (0.85, 0), (0.68, -4))):
            one(0.32 - 0.32 * k, stuff if k == 0 else plain(p), size, turn)
    else:
        one(0, stuff, 1.0, 0)


def toolbox(p: Product) -> None:
    """A box for tools."""
    key = p.shape.key
    stuff = plain(p, axis="x")
    black = look("matte plastic", "black" if p.colour != "black" else "charcoal")
    latch = {
        "silver": look("steel", "silver"),
        "black": look("painted steel", "black"),
        "yellow": look("plastic", "yellow"),
    }[p.opt("latch")]
    w, d, h = {
        "classic": (1.2, 0.5, 0.42),
        "open": (1.2, 0.56, 0.34),
        "chest": (1.15, 0.55, 0.62),
        "roof": (1.15, 0.54, 0.36),
        "case": (1.1, 0.32, 0.8),
    }[key]
    w = w * p.u("w", 0.93, 1.07)
    box((w, d, h), stuff, at=(0, 0, h / 2), bevel=0.03)
    front = -d / 2
    top = h
    if key in ("classic", "chest", "case"):
        lid = 0.16 if key != "case" else 0.0
        if lid:
            box(
                (w + 0.02, d + 0.02, lid),
                stuff if p.u("lid", 0, 1) < 0.5 else black,
                at=(0, 0, h + lid / 2 + 0.008),
                bevel=0.045,
            )
            top = h + lid
        else:
            box((w + 0.012, 0.03, h + 0.012), black, at=(0, 0, h / 2), bevel=0.03)
    if key == "roof":
        extrude(
            [(-d / 2, 0), (d / 2, 0), (0.09, 0.26), (-0.09, 0.26)],
            w,
            stuff,
            at=(0, 0, h + 0.01),
            rot=(90, 0, 90),
            bevel=0.02,
        )
        top = h + 0.26
    if key == "open":
        for s in (-1, 1):
            extrude(
                fillet([(-d / 2, 0), (d / 2, 0), (0.1, 0.5), (-0.1, 0.5)], 0.06, 4, closed=True),
                0.05,
                stuff,
                at=(s * (w / 2 - 0.03), 0, h - 0.05),
                rot=(90, 0, 90),
                bevel=0.015,
            )
        tube(
            [(-w / 2, 0, h + 0.36), (w / 2, 0, h + 0.36)],
            0.045,
            look("oak", "light wood", axis="x") if p.material != "oak" else look("walnut", "dark wood", axis="x"),
            curved=False,
        )
        box((w - 0.08, d - 0.08, 0.02), look("paper", "2a2a2a"), at=(0, 0, h + 0.002), bevel=0.004)
        rng = p.rng("tools")
        for k in range(4):
            x = -w * 0.35 + k * w * 0.23
            colour = rng.choice(["red", "yellow", "blue", "orange", "green"])
            tube(
                [
                    (x, rng.uniform(-0.1, 0.1), h),
                    (x + rng.uniform(-0.08, 0.08), rng.uniform(-0.1, 0.1), h + rng.uniform(0.16, 0.3)),
                ],
                0.05,
                look("plastic", colour),
                curved=False,
            )
        return
    if key == "chest":
        for z in (0.16, 0.44):
            box((w - 0.08, 0.03, 0.23), stuff, at=(0, front - 0.01, z), bevel=0.012)
            box((0.34, 0.05, 0.04), latch, at=(0, front - 0.04, z + 0.04), bevel=0.012)
    else:
        for s in (-1, 1):
            box(
                (0.12, 0.05, 0.18),
                latch,
                at=(s * w * 0.3, front - 0.012, (h - 0.02) if key != "case" else h * 0.86),
                bevel=0.015,
            )
    tube([(-0.26, 0, top - 0.01), (-0.24, 0, top + 0.15), (0.24, 0, top + 0.15), (0.26, 0, top - 0.01)], 0.04, black)


def bird_house(p: Product) -> None:
    """A nesting box with a hole."""
    key = p.shape.key
    stuff = plain(p, axis="z")
    roof_key = p.opt("roof")
    if roof_key == p.colour:
        roof_key = "charcoal" if p.colour != "charcoal" else "red"
    roof = look("copper", "copper") if roof_key == "copper" else look("painted wood", roof_key)
    lift = 1.0 if p.opt("post") == "post" else 0.0
    dark = look("paper", "14110e")
    perch = look("oak", "light wood")
    w, h = {"gable": (0.7, 0.75), "a": (0.9, 0.9), "tall": (0.56, 1.05), "round": (0.66, 0.66), "flat": (0.74, 0.7)}[
        key
    ]
    w, h = w * p.u("w", 0.93, 1.08), h * p.u("h", 0.94, 1.08)
    d = w * 0.9
    z0 = lift
    if lift:
        box((0.11, 0.11, lift + 0.05), look("oak", "light wood"), at=(0, 0, lift / 2), bevel=0.015)
        box((0.5, 0.5, 0.06), look("oak", "light wood", axis="x"), at=(0, 0, 0.03), bevel=0.015)
    hole_z = z0 + h * 0.6
    front = -d / 2
    if key == "round":
        cylinder(w / 2, h, stuff, at=(0, 0, z0), bevel=0.02)
        lathe(spline([(w * 0.64, 0), (w * 0.36, 0.2), (0.03, 0.44), (0, 0.44)], 6), roof, at=(0, 0, z0 + h - 0.02))
        front = -w / 2
    elif key == "a":
        extrude([(-w / 2, 0), (w / 2, 0), (0, h)], d, stuff, at=(0, 0, z0), rot=(90, 0, 0), bevel=0.015)
        hole_z = z0 + h * 0.42
    elif key == "flat":
        extrude(
            [(-d / 2, 0), (d / 2, 0), (d / 2, h * 1.2), (-d / 2, h)],
            w,
            stuff,
            at=(0, 0, z0),
            rot=(90, 0, 90),
            bevel=0.012,
        )
        slope = math.degrees(math.atan2(h * 0.2, d))
        box((w + 0.2, d + 0.3, 0.06), roof, at=(0, -0.03, z0 + h * 1.1 + 0.03), rot=(slope, 0, 0), bevel=0.015)
    else:
        extrude(
            [(-w / 2, 0), (w / 2, 0), (w / 2, h), (0, h + w * 0.42), (-w / 2, h)],
            d,
            stuff,
            at=(0, 0, z0),
            rot=(90, 0, 0),
            bevel=0.012,
        )
    if key in ("gable", "tall", "a"):
        base, rise = (z0 + h, w * 0.42) if key != "a" else (z0, h)
        run = w / 2
        slope = math.degrees(math.atan2(rise, run))
        long = math.hypot(rise, run) + 0.14
        for s in (-1, 1):
            box(
                (long, d + 0.2, 0.055),
                roof,
                at=(s * (run / 2 + 0.05), 0, base + rise / 2 + 0.005),
                rot=(0, s * slope, 0),
                bevel=0.015,
            )
    disc(0.1, 0.02, dark, at=(0, front - 0.002, hole_z), rot=(90, 0, 0))
    torus(0.105, 0.016, perch, at=(0, front - 0.012, hole_z), rot=(90, 0, 0))
    tube([(0, front + 0.02, hole_z - 0.2), (0, front - 0.16, hole_z - 0.2)], 0.022, perch, curved=False)


def bucket(p: Product) -> None:
    """A pail with a handle."""
    key = p.shape.key
    r, h = {
        "classic": (0.46, 0.85),
        "wide": (0.56, 0.72),
        "tall": (0.42, 1.05),
        "tub": (0.6, 0.72),
        "beach": (0.46, 0.8),
    }[key]
    r, h = r * p.u("r", 0.95, 1.05), h * p.u("h", 0.95, 1.05)
    stuff = body(p, radius=r, scale=p.u("scale", 0.16, 0.26))
    bare = plain(p)
    base = {"tub": 0.84, "beach": 0.62}.get(key, 0.72)
    vessel(fillet([(0, 0), (r * base, 0), (r, h)], 0.05), 0.022, stuff, steps=64)
    torus(r, 0.026, bare, at=(0, 0, h))
    if key in ("classic", "tall"):
        torus(r * base + 0.01, 0.022, bare, at=(0, 0, 0.04))
    metal = (
        look("steel", "silver")
        if p.material != "plastic" or p.u("wire", 0, 1) < 0.4
        else look("plastic", "white" if p.colour != "white" else "grey")
    )
    if key == "tub":
        for s in (-1, 1):
            tube(
                [
                    (s * r * 0.98, -0.17, h - 0.04),
                    (s * (r + 0.13), -0.13, h + 0.04),
                    (s * (r + 0.13), 0.13, h + 0.04),
                    (s * r * 0.98, 0.17, h - 0.04),
                ],
                0.04,
                bare,
            )
        return
    lean = p.rng("lean").random() < 0.5
    rise = r * 1.05
    line = []
    for k in range(13):
        a = math.pi * k / 12
        y, z = (0.0, rise * math.sin(a)) if not lean else (-0.62 * rise * math.sin(a), 0.78 * rise * math.sin(a))
        line.append(((r + 0.025) * math.cos(a), y, h - 0.08 + z))
    tube(line, 0.02, metal)
    for s in (-1, 1):
        ball((0.05, 0.05, 0.05), metal, (s * (r + 0.01), 0, h - 0.08))
    if p.opt("grip") == "wood":
        middle = line[4:9]
        tube(middle, 0.05, look("oak", "light wood", axis="x"))
    if key == "beach" and p.u("spade", 0, 1) < 0.5:
        spade = look("plastic", "red" if p.colour != "red" else "yellow")
        tube([(-0.1, -0.05, 0.3), (0.22, -0.1, h + 0.5)], 0.03, spade, curved=False)
        box((0.2, 0.05, 0.12), spade, at=(0.25, -0.1, h + 0.52), rot=(0, 20, 0), bevel=0.02)


def paint_roller(p: Product) -> None:
    """A roller or a brush lying down, handle towards -x."""
    key = p.shape.key
    grip = plain(p, axis="x")
    wire = look("steel", "silver")
    load = {"white": "f4f2ea", "blue": "2f6fc4", "yellow": "f2cb2e", "coral": "f2705c"}[p.opt("paint")]
    wool = look("felt", rgb(load))
    if key == "brush":
        lathe(
            spline([(0, -1.0), (0.06, -0.98), (0.075, -0.8), (0.05, -0.4), (0.09, -0.12), (0.1, 0.0), (0, 0.0)], 6),
            grip,
            at=(0, 0, 0.1),
            rot=(0, 90, 0),
            sharp=None,
        )
        box((0.26, 0.42, 0.17), wire, at=(0.1, 0, 0.1), bevel=0.03)
        box((0.45, 0.4, 0.13), look("wool", "tan"), at=(0.42, 0, 0.1), bevel=0.03, taper=1.0)
        box((0.2, 0.405, 0.14), wool, at=(0.66, 0, 0.1), bevel=0.04)
        return
    wide = {"mini": 0.32, "tray": 0.6}.get(key, 0.62)
    r = {"mini": 0.1}.get(key, 0.15) * p.u("r", 0.92, 1.1)
    reach = {"long": 1.1, "mini": 0.6}.get(key, 0.55)
    z = r + (0.16 if key == "tray" else 0.0)
    cylinder(r, wide * 2, wool, at=(0, wide, z), rot=(90, 0, 0), bevel=0.05)
    for s in (-1, 1):
        disc(r * 0.72, 0.03, grip, at=(0, s * (wide + 0.012) + 0.015, z), rot=(90, 0, 0))
    tube(
        [(0, wide + 0.0, z), (0, wide + 0.12, z), (-0.18, wide + 0.12, z), (-0.3, 0.06, z), (-0.55, 0, z)],
        0.022,
        wire,
        n=5,
    )
    lathe(
        spline(
            [(0, 0), (0.05, 0.01), (0.085, 0.12), (0.06, reach * 0.4), (0.08, reach * 0.8), (0.05, reach), (0, reach)],
            6,
        ),
        grip,
        at=(-0.5, 0, z),
        rot=(0, -90, 0),
        sharp=None,
    )
    if key == "tray":
        tray = look("plastic", "white" if p.colour != "white" else "charcoal")
        sheet(
            lambda u, v: (
                -0.5 + 1.2 * u,
                (v - 0.5) * 1.6,
                0.04 + (0.14 if min(u, 1 - u, v, 1 - v) < 0.04 else 0.0) + 0.1 * (1 - u),
            ),
            tray,
            nu=26,
            nv=30,
            thick=0.03,
        )
