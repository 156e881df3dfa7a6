"""Office things -> geometry."""

from __future__ import annotations

import math
from typing import Any

from examples.catalogue import modelling
from examples.catalogue.modelling import (
    box,
    cylinder,
    extrude,
    fillet,
    lathe,
    mesh,
    polygon,
    rectangle,
    spline,
    torus,
    tube,
    vessel,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def notebook(p: Product) -> None:
    """Closed books lying down."""
    key = p.shape.key
    stuff = body(p, proj="top", scale=p.u("scale", 0.12, 0.2))
    paper = look("paper", "cream")
    w, h = {"pocket": (0.72, 1.05)}.get(key, (0.85, 1.15))

    def one(z: float, cover: Any, turn: float, thick: float) -> None:
        held = modelling.root()
        holder = modelling.new_root("book")
        holder.parent = held
        soft = 0.05 if key != "hard" else 0.02
        for zz in (0.0, thick):
            extrude(rectangle(w, h, soft), 0.02, cover, at=(0, 0, zz + 0.01), bevel=0.005)
        box((w - 0.05, h - 0.04, thick - 0.01), paper, at=(0.0, 0, thick / 2 + 0.01), bevel=0.004)
        if key != "spiral":
            box((0.03, h, thick + 0.02), cover, at=(-w / 2 + 0.012, 0, thick / 2 + 0.01), bevel=0.012)
        holder.location, holder.rotation_euler = (0, 0, z), (0, 0, math.radians(turn))
        modelling.use_root(held)

    thick = p.u("thick", 0.07, 0.14)
    if key == "stack":
        for k, turn in enumerate((6, -7, 2)):
            cover = stuff if k == 2 else look(p.material, p.colour2 if p.colour2 and k == 1 else p.colour, rough=0.7)
            one(k * (thick * 0.7 + 0.022), cover, turn, thick * 0.7)
        top = 2 * (thick * 0.7 + 0.022) + thick * 0.7 + 0.02
    else:
        one(0, stuff, 0, thick)
        top = thick + 0.02
    if key == "spiral":
        for k in range(16):
            torus(
                thick * 0.62 + 0.02,
                0.011,
                look("steel", "silver") if p.u("wire", 0, 1) < 0.6 else look("painted steel", "black"),
                at=(-w / 2 + 0.02, -h / 2 + 0.06 + k * (h - 0.12) / 15, thick / 2 + 0.01),
                rot=(90, 0, 0),
            )
    if key == "strap":
        band = accent(p, "black" if p.colour != "black" else "red")
        box((0.035, h + 0.012, thick + 0.036), band, at=(w * 0.34, 0, thick / 2 + 0.01), bevel=0.012)
        box((0.03, 0.16, 0.006), band, at=(0.1, -h / 2 - 0.06, 0.02), bevel=0.002)
    if p.opt("label") == "label":
        extrude(
            rectangle(w * 0.5, h * 0.22, 0.015),
            0.006,
            look("paper", "white"),
            at=(0, h * 0.18, top + 0.002),
            bevel=0.001,
        )
        for k in range(2):
            box(
                (w * 0.34, 0.008, 0.003),
                look("paper", "charcoal"),
                at=(0, h * 0.2 - 0.05 * k, top + 0.006),
                bevel=0.001,
            )


def pen(p: Product) -> None:
    """Pens lying down along x."""
    key = p.shape.key
    trim = {"silver": look("steel", "silver"), "gold": look("brass", "gold"), "black": look("plastic", "black")}[
        p.opt("trim")
    ]
    stuff = plain(p, axis="z")

    def one(y: float, paint: Any, turn: float = 0.0) -> None:
        held = modelling.root()
        holder = modelling.new_root("pen")
        holder.parent = held
        r = 0.055
        if key == "pencil":
            verts = []
            for x in (-0.9, 0.62):
                verts += [(x, r * math.cos(math.pi * k / 3), r * math.sin(math.pi * k / 3)) for k in range(6)]
            mesh(verts, [(k, (k + 1) % 6, 6 + (k + 1) % 6, 6 + k) for k in range(6)], paint, smooth=False)
            lathe([(r * 0.98, 0), (0.018, 0.2)], look("oak", "light wood"), at=(0.62, 0, 0), rot=(0, 90, 0))
            lathe([(0.018, 0), (0, 0.06)], look("rubber", "charcoal"), at=(0.82, 0, 0), rot=(0, 90, 0))
            cylinder(r * 1.02, 0.12, trim, at=(-1.0, 0, 0), rot=(0, 90, 0), bevel=0.005)
            cylinder(r * 0.95, 0.1, look("rubber", "pink"), at=(-1.1, 0, 0), rot=(0, 90, 0))
        elif key == "marker":
            r = 0.085
            lathe(
                fillet([(0, -0.8), (r, -0.8), (r, 0.3), (r * 0.6, 0.4), (0, 0.4)], 0.03),
                look("plastic", "white" if p.colour != "white" else "grey"),
                rot=(0, 90, 0),
            )
            lathe(fillet([(0, 0.36), (r * 1.08, 0.36), (r * 1.02, 0.86), (0, 0.88)], 0.03), paint, rot=(0, 90, 0))
            lathe([(r * 1.03, -0.82), (r * 1.03, -0.72)], paint, rot=(0, 90, 0))
            box((0.4, 0.03, 0.03), paint, at=(0.58, 0, r * 1.15), bevel=0.01)
        elif key == "fountain":
            r = 0.075
            lathe(
                spline(
                    [
                        (0, -0.95),
                        (0.05, -0.93),
                        (r, -0.6),
                        (r * 1.05, 0.0),
                        (r, 0.4),
                        (r * 0.75, 0.5),
                        (0.045, 0.52),
                        (0.04, 0.66),
                        (0, 0.66),
                    ],
                    5,
                ),
                paint,
                rot=(0, 90, 0),
                sharp=None,
            )
            for x in (0.06, -0.72):
                lathe([(r * 1.06, x - 0.025), (r * 1.08, x), (r * 1.06, x + 0.025)], trim, rot=(0, 90, 0))
            mesh(
                [(0.62, -0.04, 0.03), (0.62, 0.04, 0.03), (0.86, 0, 0.0), (0.62, 0, 0.05)], [(0, 2, 3), (3, 2, 1)], trim
            )
            tube([(-0.7, 0, r * 1.1), (-0.4, 0, r * 1.45), (-0.1, 0, r * 1.2)], 0.014, trim)
        else:
            lathe(
                spline(
                    [(0, -0.85), (r, -0.84), (r * 1.05, 0.0), (r * 1.0, 0.5), (0.03, 0.8), (0.012, 0.84), (0, 0.88)], 5
                ),
                paint,
                rot=(0, 90, 0),
                sharp=None,
            )
            lathe([(r * 1.04, -0.05), (r * 1.08, -0.02), (r * 1.04, 0.01)], trim, rot=(0, 90, 0))
            lathe([(r * 0.62, 0.66), (0.014, 0.85), (0, 0.9)], trim, rot=(0, 90, 0))
            cylinder(0.026, 0.12, trim, at=(-0.97, 0, 0), rot=(0, 90, 0))
            tube([(-0.82, 0, 0.07), (-0.6, 0, 0.09), (-0.3, 0, 0.068)], 0.014, trim)
        holder.location, holder.rotation_euler = (0, y, 0.07), (0, 0, math.radians(turn))
        modelling.use_root(held)

    if key == "set":
        colours = [p.colour, *[c for c in ("red", "blue", "green", "black", "orange", "purple") if c != p.colour][:3]]
        for k, colour in enumerate(colours):
            one(k * 0.2 - 0.3, stuff if k == 0 else look("plastic", colour), turn=(k - 1.5) * 3)
    else:
        one(0, stuff)


def scissors(p: Product) -> None:
    """Scissors lying half open."""
    key = p.shape.key
    grip = plain(p)
    blade = {"steel": look("steel", "silver"), "black": look("painted steel", "black"), "gold": look("brass", "gold")}[
        p.opt("blades")
    ]
    long = {"classic": 1.0, "tailor": 1.3, "kids": 0.75, "open": 0.9, "thread": 0.7}[key]
    angle = p.u("open", 10, 20)
    for s in (-1, 1):
        held = modelling.root()
        holder = modelling.new_root("half")
        holder.parent = held
        tip = 0.05 if key == "kids" else 0.012
        outline = [
            (-0.07, -0.14),
            (0.07, -0.14),
            (0.085, 0.1),
            (0.06, long * 0.6),
            (-0.055 + tip * 2, long),
            (-0.055, long),
            (-0.06, 0.1),
        ]
        extrude(
            fillet([(x * s, y) for x, y in outline], 0.03 if key != "kids" else 0.06, 3, closed=True),
            0.03,
            blade,
            at=(0, 0, 0.03 + 0.028 * s),
            bevel=0.006,
        )
        wide, tall = {"tailor": (0.2, 0.34), "open": (0.26, 0.27), "thread": (0.14, 0.15), "kids": (0.18, 0.2)}.get(
            key, (0.18, 0.25)
        )
        if key == "tailor" and s == 1:
            tall *= 0.75
        cx, cy = s * (wide * 0.72), -0.24 - tall
        ring = [
            (cx + wide * math.cos(a), cy + tall * math.sin(a), 0.03 + 0.02 * s)
            for a in (2 * math.pi * k / 36 for k in range(36))
        ]
        tube(
            ring,
            0.048 if key != "thread" else 0.026,
            grip if key != "thread" else blade if p.u("mono", 0, 1) < 0.0 else grip,
            closed=True,
            curved=False,
        )
        tube([(0, -0.1, 0.03 + 0.02 * s), (s * 0.03, -0.24, 0.03 + 0.02 * s)], [0.055, 0.06], grip, curved=False)
        holder.rotation_euler = (0, 0, math.radians(s * angle))
        modelling.use_root(held)
    cylinder(0.035, 0.12, look("steel", "silver"), at=(0, 0, -0.02), bevel=0.012)


def pen_pot(p: Product) -> None:
    """A pot for pens."""
    key = p.shape.key
    stuff = body(
        p, radius=0.35, proj="front" if key in ("square", "double", "tray") else "cyl", scale=p.u("scale", 0.12, 0.18)
    )
    rng = p.rng("pens")

    def pens(x: float, y: float, r: float, low: float) -> None:
        if p.opt("pens") != "pens":
            return
        for _ in range(rng.randint(3, 5)):
            a, lean = rng.uniform(0, 6.28), rng.uniform(0.3, 0.9) * r
            colour = rng.choice(["mustard", "coral", "teal", "navy", "red", "green", "black"])
            top = (x + lean * 1.4 * math.cos(a), y + lean * 1.4 * math.sin(a), low + rng.uniform(0.75, 0.98))
            tube(
                [(x - lean * 0.5 * math.cos(a), y - lean * 0.5 * math.sin(a), low + 0.05), top],
                0.032,
                look("painted wood", colour),
                curved=False,
                caps=False,
            )
            tip = tuple(t + d for t, d in zip(top, (0.04 * math.cos(a), 0.04 * math.sin(a), 0.1), strict=True))
            tube([top, tip], [0.032, 0.006], look("oak", "light wood"), curved=False, caps=False)

    def pot(outline: list[tuple[float, float]], hole: list[tuple[float, float]], height: float, x: float = 0.0) -> None:
        extrude(outline, height, stuff, at=(x, 0, height / 2), holes=[hole], bevel=0.012)
        extrude(hole, 0.05, stuff, at=(x, 0, 0.025), bevel=0.002)

    h = p.u("h", 0.7, 0.88)
    if key == "round":
        vessel(fillet([(0, 0), (0.34, 0), (0.34 * p.u("flare", 0.95, 1.15), h)], 0.04), 0.03, stuff)
        pens(0, 0, 0.25, 0.03)
    elif key == "hex":
        pot(polygon(6, 0.4), polygon(6, 0.36), h)
        pens(0, 0, 0.25, 0.03)
    elif key == "square":
        pot(rectangle(0.62, 0.62, 0.06), rectangle(0.54, 0.54, 0.04), h)
        pens(0, 0, 0.2, 0.03)
    elif key == "double":
        pot(rectangle(0.6, 0.6, 0.06), rectangle(0.52, 0.52, 0.04), h, -0.3)
        pot(rectangle(0.6, 0.6, 0.06), rectangle(0.52, 0.52, 0.04), h * 0.65, 0.3)
        pens(-0.3, 0, 0.2, 0.03)
    else:
        pot(rectangle(0.5, 0.6, 0.05), rectangle(0.42, 0.52, 0.03), h, -0.5)
        pot(rectangle(0.5, 0.6, 0.05), rectangle(0.42, 0.52, 0.03), h * 0.6, 0.0)
        pot(rectangle(0.5, 0.6, 0.05), rectangle(0.42, 0.52, 0.03), h * 0.3, 0.5)
        pens(-0.5, 0, 0.18, 0.03)
