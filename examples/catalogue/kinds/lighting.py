"""Lamps and lights -> geometry."""

from __future__ import annotations

import math

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
    polygon,
    sheet,
    spline,
    torus,
    tube,
    vessel,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import body, glow, look, plain


def lampshade(form: str, radius: float, height: float, z: float, colour: str) -> None:
    """A cloth shade about the z axis with a warm bulb in it."""
    upper = {"drum": 0.96, "cone": 0.42, "dome": 0.5, "empire": 0.68}[form]
    if form == "dome":
        line = spline(
            [(radius, z), (radius * 0.94, z + height * 0.5), (radius * 0.6, z + height * 0.92), (0.05, z + height)], 6
        )
    else:
        line = [(radius, z), (radius * upper, z + height)]
    wall = 0.012
    stuff = look("cotton" if form != "dome" else "painted steel", colour)
    shade = stuff.node_tree.nodes["Principled BSDF"].inputs
    if colour in ("cream", "white", "beige", "mustard"):
        shade["Emission Color"].default_value = (1.0, 0.82, 0.55, 1)
        shade["Emission Strength"].default_value = 0.14
    lathe([*line, *((max(r - wall, 0.01), h) for r, h in reversed(line))], stuff, closed=True, sharp=None)
    ball((0.06, 0.06, 0.08), glow((1.0, 0.8, 0.5), 3.0), (0, 0, z + height * 0.4))


def table_lamp(p: Product) -> None:
    """A base, a neck and a cloth shade."""
    stuff = body(p, radius=0.25, scale=0.16)
    h = p.u("h", 0.75, 0.95)
    brass = look("brass", "gold") if p.u("neck", 0, 1) < 0.6 else look("painted steel", "black")
    key = p.shape.key
    if key == "gourd":
        lathe(
            spline([(0, 0), (0.2, 0), (0.32, 0.2), (0.2, 0.42), (0.16, 0.48), (0.2, 0.58), (0.1, h), (0, h)], 6), stuff
        )
    elif key == "column":
        disc(0.26, 0.05, stuff)
        cylinder(p.u("w", 0.1, 0.17), h, stuff)
    elif key == "ball":
        h = 0.62
        blob((0.32, 0.32, 0.31), stuff, at=(0, 0, 0.31))
        cylinder(0.18, 0.03, brass)
    elif key == "tripod":
        for k in range(3):
            a = math.radians(120 * k + 15)
            tube(
                [(0.4 * math.cos(a), 0.4 * math.sin(a), 0.03), (0.05 * math.cos(a), 0.05 * math.sin(a), h)],
                0.03,
                stuff,
                curved=False,
            )
        cylinder(0.09, 0.08, brass, at=(0, 0, h - 0.05))
    elif key == "stick":
        h *= 1.1
        disc(0.24, 0.045, stuff)
        cylinder(0.03, h, stuff)
    else:
        lathe(
            spline([(0, 0), (0.22, 0), (0.25, 0.05), (0.26, 0.4), (0.2, 0.56), (0.07, 0.66), (0.06, h), (0, h)], 6),
            stuff,
        )
    cylinder(0.025, 0.2, brass, at=(0, 0, h - 0.02))
    form = p.opt("shade")
    radius = p.u("shade", 0.4, 0.5)
    height = {"drum": 0.42, "cone": 0.5, "dome": 0.34, "empire": 0.48}[form]
    lampshade(form, radius, height, h + 0.04, p.opt("shade_colour"))


def pendant_lamp(p: Product) -> None:
    """A shade that hangs from a cord."""
    key = p.shape.key
    stuff = body(p, radius=0.45, scale=0.16)
    cord = {
        "black": ("rubber", "black"),
        "red": ("cotton", "red"),
        "white": ("rubber", "white"),
        "brass": ("brass", "gold"),
    }[p.opt("cord")]
    w, h = p.u("w", 0.92, 1.08), p.u("h", 0.92, 1.1)
    lines = {
        "dome": spline([(0.5, 0), (0.49, 0.1), (0.4, 0.34), (0.18, 0.5), (0.05, 0.54)], 7),
        "cone": [(0.46, 0), (0.46, 0.02), (0.07, 0.52), (0.05, 0.56)],
        "bell": spline([(0.42, 0), (0.36, 0.06), (0.28, 0.3), (0.24, 0.55), (0.1, 0.68), (0.05, 0.7)], 7),
        "disc": spline([(0.62, 0), (0.6, 0.06), (0.3, 0.14), (0.08, 0.2), (0.05, 0.3)], 6),
        "cylinder": fillet([(0.19, 0), (0.19, 0.75), (0.04, 0.75)], 0.04),
        "globe": spline([(0.16, 0.01), (0.34, 0.1), (0.45, 0.42), (0.34, 0.76), (0.12, 0.86), (0.06, 0.88)], 7),
        "lantern": spline([(0.2, 0), (0.44, 0.14), (0.52, 0.42), (0.42, 0.7), (0.2, 0.84)], 7),
    }
    line = [(r * w, z * h) for r, z in lines[key]]
    top = line[-1][1]
    if key == "lantern":
        line = [(r * (1 + 0.025 * math.sin(z * 75)), z) for r, z in spline(line[::3], 10)]
    wall = 0.012
    lathe(
        [*line, *((max(r - wall, 0.005), z - wall * 0.4) for r, z in reversed(line))],
        stuff,
        closed=True,
        sharp=50,
        steps=56,
    )
    if p.material not in ("glass", "rattan", "paper") and key != "globe":
        inner = [(max(r - wall - 0.004, 0.004), z - 0.008) for r, z in line]
        lathe(inner, look("brass", "gold") if p.u("in", 0, 1) < 0.4 else look("painted steel", "white"), sharp=50)
    bulb = glow((1.0, 0.8, 0.5), 4.0)
    blob((0.1, 0.1, 0.12), bulb, at=(0, 0, {"disc": 0.02, "cylinder": 0.05}.get(key, 0.22)), n=24)
    cap = look("brass", "gold") if p.opt("cord") == "brass" else look("painted steel", "black")
    cylinder(0.055, 0.1, cap, at=(0, 0, top - 0.02))
    tube([(0, 0, top), (0, 0, top + 0.75)], 0.013 if p.opt("cord") != "brass" else 0.018, look(*cord), curved=False)


def floor_lamp(p: Product) -> None:
    """A tall lamp on a foot."""
    key = p.shape.key
    stuff = plain(p)
    colour = p.opt("shade_colour")
    form = p.rng("form").choice(["drum", "empire", "cone"])
    if key == "straight":
        disc(0.24, 0.035, stuff)
        tube([(0, 0, 0.03), (0, 0, 1.5)], p.u("thin", 0.016, 0.03), stuff, curved=False)
        lampshade(form, p.u("shade", 0.26, 0.34), 0.36, 1.42, colour)
    elif key == "tripod":
        for k in range(3):
            a = math.radians(120 * k + 20)
            tube(
                [(0.42 * math.cos(a), 0.42 * math.sin(a), 0.03), (0.03 * math.cos(a), 0.03 * math.sin(a), 1.35)],
                0.026,
                stuff,
                curved=False,
            )
        cylinder(0.06, 0.06, look("brass", "gold"), at=(0, 0, 1.3))
        lampshade(form, p.u("shade", 0.3, 0.36), 0.36, 1.38, colour)
    elif key == "arc":
        cylinder(0.22, 0.08, look("marble", "white") if p.u("foot", 0, 1) < 0.5 else stuff, at=(-0.5, 0, 0))
        tube(
            [(-0.5, 0, 0.06), (-0.5, 0, 1.1), (-0.36, 0, 1.48), (0, 0, 1.66), (0.36, 0, 1.56), (0.5, 0, 1.38)],
            0.02,
            stuff,
        )
        for item in (0.5,):
            lathe(
                [*spline([(0.24, 1.12), (0.23, 1.18), (0.15, 1.32), (0.03, 1.38)], 5)],
                look("painted steel", colour),
                at=(item, 0, 0),
            )
            ball((0.07, 0.07, 0.07), glow((1, 0.8, 0.5), 4.0), (item, 0, 1.16))
    else:
        disc(0.22, 0.035, stuff)
        tube([(0, 0, 0.03), (0, 0, 1.15)], 0.02, stuff, curved=False)
        ball((0.035, 0.035, 0.035), look("brass", "gold"), (0, 0, 1.15))
        tube([(-0.16, 0, 1.06), (0.3, 0, 1.38)], 0.016, stuff, curved=False)
        lathe(
            [(0.17, -0.2), (0.16, -0.16), (0.07, 0.06), (0.03, 0.08), (0, 0.08)],
            look("painted steel", colour),
            at=(0.3, 0, 1.34),
            rot=(0, -30, 0),
        )


def lantern(p: Product) -> None:
    """A frame with glass and a candle in it."""
    key = p.shape.key
    stuff = plain(p)
    clear = look("glass", "clear")
    clear.node_tree.nodes["Principled BSDF"].inputs["IOR"].default_value = 1.04  # a thin pane bends nothing
    sides = {"square": 4, "hex": 6, "round": 24, "storm": 24}[key]
    r = p.u("r", 0.34, 0.42)
    h = p.u("h", 0.62, 0.86)
    turn = 0.5 if key == "square" else 0.0
    ring = polygon(sides, r, turn)
    extrude(polygon(sides, r * 1.12, turn), 0.07, stuff, at=(0, 0, 0.035), bevel=0.015)
    extrude(polygon(sides, r * 1.1, turn), 0.05, stuff, at=(0, 0, h + 0.06), bevel=0.015)
    posts = ring if sides < 10 else polygon(4, r, 0.5)
    for x, y in posts:
        tube([(x, y, 0.05), (x, y, h + 0.05)], 0.028, stuff, curved=False)
    if key in ("round", "storm"):
        swell = 1.12 if key == "storm" else 0.93
        lathe(spline([(r * 0.8, 0.07), (r * swell * 0.98, h * 0.4), (r * 0.75, h + 0.03)], 8), clear, sharp=None)
    cylinder(r * 1.08, 0.2, stuff, at=(0, 0, h + 0.08), top=0.1, bevel=0.02, steps=sides if sides < 10 else 40)
    if sides == 4:
        modelling.root().children[-1].rotation_euler = (0, 0, math.pi / 4)
    cylinder(0.07, 0.06, stuff, at=(0, 0, h + 0.26))
    cylinder(0.13, h * 0.42, look("wax", "cream"), at=(0, 0, 0.07))
    blob((0.03, 0.03, 0.07), glow((1, 0.55, 0.12), 2.5), at=(0, 0, 0.07 + h * 0.42 + 0.08), n=20)
    handle = {"ring": stuff, "rope": look("straw", "natural"), "leather": look("leather", "tan")}[p.opt("handle")]
    if p.opt("handle") == "ring":
        torus(0.13, 0.016, handle, at=(0, 0, h + 0.44), rot=(90, 0, 0))
    else:
        tube(
            [
                (-r * 0.7, 0, h + 0.12),
                (-r * 0.72, 0, h + 0.36),
                (0, 0, h + 0.6),
                (r * 0.72, 0, h + 0.36),
                (r * 0.7, 0, h + 0.12),
            ],
            0.024,
            handle,
        )


def candle(p: Product) -> None:
    """Wax of one colour; some lit, some in a jar."""
    key = p.shape.key
    stuff = body(p)
    lit = p.opt("lit") == "lit"

    def wick(x: float, y: float, z: float) -> None:
        tube([(x, y, z - 0.02), (x + 0.005, y, z + 0.06)], 0.01, look("cotton", "charcoal"), curved=False)
        if lit:
            blob((0.035, 0.035, 0.08), glow((1, 0.55, 0.12), 2.5), at=(x, y, z + 0.13), n=20)

    if key == "pillar":
        r, h = p.u("r", 0.24, 0.34), p.u("h", 0.7, 1.0)
        lathe(fillet([(0, 0), (r, 0), (r, h), (r * 0.8, h - 0.02), (0, h - 0.06)], 0.03), stuff)
        wick(0, 0, h - 0.06)
    elif key == "jar":
        vessel(
            fillet([(0, 0), (0.4, 0), (0.4, 0.78)], 0.07),
            0.025,
            look("glass", "clear") if p.u("jar", 0, 1) < 0.5 else look("ceramic", "white"),
        )
        cylinder(0.365, 0.56, stuff, at=(0, 0, 0.04))
        wick(0, 0, 0.6)
        box((0.42, 0.02, 0.26), look("paper", "cream"), at=(0, -0.405, 0.34), bevel=0.004)
    elif key == "taper":
        for s in (-1, 1):
            lathe([(0, 0.06), (0.07, 0.06), (0.045, 1.2), (0.0, 1.25)], stuff, at=(s * 0.26, 0, 0))
            lathe(
                spline([(0, 0), (0.2, 0), (0.2, 0.03), (0.08, 0.06), (0.09, 0.16), (0.07, 0.17)], 5),
                look("brass", "gold"),
                at=(s * 0.26, 0, 0),
            )
            wick(s * 0.26, 0, 1.24)
    elif key == "ball":
        blob((0.45, 0.45, 0.43), stuff, at=(0, 0, 0.43))
        wick(0, 0, 0.85)
    elif key == "twist":

        def spiral(u: float, v: float) -> tuple[float, float, float]:
            a = 2 * math.pi * u
            r = (0.13 + 0.04 * math.cos(3 * (a - v * 9))) * (1 if v < 0.97 else 0.5)
            return (r * math.cos(a), r * math.sin(a), 0.05 + v * 1.1)

        sheet(spiral, stuff, nu=48, nv=60, round_u=True)
        disc(0.22, 0.05, look("brass", "gold"))
        wick(0, 0, 1.14)
    else:
        for x, y, r, h in ((-0.4, 0.1, 0.2, 0.9), (0.05, -0.16, 0.22, 0.6), (0.46, 0.12, 0.19, 0.36)):
            lathe(fillet([(0, 0), (r, 0), (r, h), (r * 0.8, h - 0.02), (0, h - 0.05)], 0.03), stuff, at=(x, y, 0))
            wick(x, y, h - 0.05)
