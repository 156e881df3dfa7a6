"""Kitchen products -> geometry."""

from __future__ import annotations

import math
from typing import Any

from examples.catalogue import modelling
from examples.catalogue.modelling import (
    ball,
    box,
    circle,
    cylinder,
    disc,
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


def mug(p: Product) -> None:
    """A cup with a handle in the x-z plane."""
    r, h = {
        "straight": (0.42, 0.95),
        "tall": (0.36, 1.3),
        "round": (0.5, 0.85),
        "tapered": (0.45, 1.0),
        "wide": (0.62, 0.72),
        "espresso": (0.42, 0.68),
    }[p.shape.key]
    r, h = r * p.u("r", 0.95, 1.06), h * p.u("h", 0.94, 1.06)
    outlines = {
        "round": spline(
            [(0, 0), (r * 0.62, 0), (r * 0.74, 0.04), (r, h * 0.42), (r * 0.95, h * 0.75), (r * 0.86, h)], 6
        ),
        "tapered": fillet([(0, 0), (r * 0.66, 0), (r, h)], 0.12, 6),
        "wide": spline([(0, 0), (r * 0.5, 0), (r * 0.56, 0.05), (r * 0.86, h * 0.4), (r, h)], 6),
        "espresso": fillet([(0, 0), (r * 0.7, 0), (r * 0.95, h * 0.5), (r, h)], 0.16, 6),
    }
    outline = outlines.get(p.shape.key, fillet([(0, 0), (r, 0), (r, h)], p.u("corner", 0.05, 0.16), 6))
    stuff = body(p, radius=r, scale=p.u("scale", 0.16, 0.28))
    glaze = look(p.material, "white" if p.pattern != "plain" or p.u("in", 0, 1) < 0.4 else p.colour)
    vessel(outline, 0.045, stuff, glaze)
    handle = p.opt("handle")
    at = max(x for x, _ in outline)
    side = next(x for x, z in outline if z > h * 0.7) - 0.02
    low = next(x for x, z in outline if z > h * 0.22) - 0.02
    grip = plain(p) if p.pattern != "dipped" else accent(p)
    reach = at + p.u("reach", 0.24, 0.34)
    thick = p.u("grip", 0.045, 0.07)
    if handle == "ring":
        tube(
            [
                (side, 0, h * 0.8),
                (reach * 0.92, 0, h * 0.82),
                (reach * 1.03, 0, h * 0.54),
                (reach * 0.88, 0, h * 0.26),
                (low, 0, h * 0.24),
            ],
            thick,
            grip,
        )
    elif handle == "square":
        tube(
            [
                (x, 0, z)
                for x, z in fillet([(side, h * 0.8), (reach, h * 0.8), (reach, h * 0.26), (low, h * 0.26)], 0.1)
            ],
            thick,
            grip,
            curved=False,
        )


def teapot(p: Product) -> None:
    """Body, lid with a knob, spout to the right, handle left or above."""
    r, h = {"round": (0.6, 0.9), "tall": (0.45, 1.2), "squat": (0.72, 0.62), "cone": (0.62, 1.0), "drum": (0.56, 0.8)}[
        p.shape.key
    ]
    r, h = r * p.u("r", 0.95, 1.05), h * p.u("h", 0.95, 1.05)
    if p.shape.key in ("round", "squat"):
        outline = spline([(0, 0), (r * 0.5, 0), (r * 0.62, 0.03), (r, h * 0.45), (r * 0.8, h * 0.85), (r * 0.42, h)], 7)
        lid = r * 0.42
    elif p.shape.key == "cone":
        outline = fillet([(0, 0), (r, 0), (r * 0.34, h)], 0.16, 6)
        lid = r * 0.34
    else:
        lid = r * 0.6
        outline = fillet([(0, 0), (r, 0), (r * 0.96, h * 0.9), (lid, h)], 0.14, 6)
    stuff = body(p, radius=r, scale=p.u("scale", 0.2, 0.34))
    bare = plain(p)
    vessel(outline, 0.04, stuff)
    top = outline[-1][1]
    lathe(
        spline([(lid * 1.08, top), (lid * 0.9, top + 0.06), (lid * 0.3, top + 0.1), (0, top + 0.1)], 6),
        accent(p) if p.colour2 and p.u("lid", 0, 1) < 0.5 else bare,
    )
    if p.material == "glass":
        vessel([(0, 0.03), (r * 0.3, 0.05), (r * 0.3, h * 0.8)], 0.015, look("steel", "silver"))
    knob = look("oak", "light wood") if p.u("knob", 0, 1) < 0.35 else bare
    ball((0.085, 0.085, 0.085), knob, (0, 0, top + 0.16))
    side = max(x for x, z in outline if z > h * 0.3)
    tube(
        [(side * 0.86, 0, h * 0.32), (side + 0.14, 0, h * 0.42), (side + 0.22, 0, h * 0.7), (side + 0.36, 0, h * 0.95)],
        [0.13, 0.095, 0.065, 0.055],
        bare,
        caps=False,
    )
    if p.opt("handle") == "side":
        edge = next(x for x, z in outline if z > h * 0.72)
        foot = next(x for x, z in outline if z > h * 0.25)
        tube(
            [
                (-edge * 0.95, 0, h * 0.8),
                (-edge - 0.3, 0, h * 0.86),
                (-side - 0.36, 0, h * 0.5),
                (-foot * 0.95, 0, h * 0.22),
            ],
            0.05,
            bare,
        )
    else:
        rise = p.u("rise", 0.38, 0.55)
        grip = (
            look("bamboo", "natural")
            if p.material != "cast iron" and p.u("grip", 0, 1) < 0.5
            else look("painted steel", "black")
        )
        shoulder = next(x for x, z in outline if z > h * 0.8)
        tube(
            [
                (-shoulder * 0.9, 0, h * 0.84),
                (-shoulder * 0.95, 0, h + rise * 0.6),
                (0, 0, h + rise),
                (shoulder * 0.95, 0, h + rise * 0.6),
                (shoulder * 0.9, 0, h * 0.84),
            ],
            0.035,
            grip,
        )


def frying_pan(p: Product) -> None:
    """A flat pan, handle to the right and rising."""
    r, h = {"shallow": (0.62, 0.16), "deep": (0.64, 0.3), "square": (0.6, 0.16), "wok": (0.74, 0.36)}[p.shape.key]
    outer = plain(p)
    metal = p.material in ("steel", "copper", "aluminium")
    inside = (
        look("steel", "silver", rough=0.3)
        if metal
        else look("cast iron", "charcoal" if p.colour != "charcoal" else "black", rough=0.35)
    )
    if p.shape.key == "square":
        extrude(rectangle(1.16, 1.16, 0.2), 0.05, inside, at=(0, 0, 0.05))
        ring, hole = rectangle(1.24, 1.24, 0.24), rectangle(1.14, 1.14, 0.2)
        extrude(ring, h, outer, at=(0, 0, h / 2), holes=(hole,), bevel=0.02)
        extrude(rectangle(1.2, 1.2, 0.24), 0.04, outer, at=(0, 0, 0.03))
    elif p.shape.key == "wok":
        vessel(spline([(0, 0), (r * 0.25, 0), (r * 0.6, h * 0.34), (r, h)], 8), 0.03, outer, inside)
    else:
        vessel(fillet([(0, 0), (r * 0.8, 0), (r, h)], 0.1, 6), 0.03, outer, inside)
    handle = p.opt("handle")
    stuff = {
        "oak": look("oak", "light wood", axis="x"),
        "black": look("matte plastic", "black"),
        "steel": look("steel", "silver"),
    }[handle]
    at = h * 0.75
    tube([(r * 0.95, 0, at - 0.03), (r + 0.16, 0, at + 0.04), (r + 0.22, 0, at + 0.06)], 0.035, look("steel", "silver"))
    tube([(r + 0.18, 0, at + 0.05), (r + 0.5, 0, at + 0.13), (r + 0.86, 0, at + 0.15)], [0.045, 0.062, 0.055], stuff)
    for y in (-0.06, 0.06):
        ball((0.025, 0.025, 0.025), look("steel", "silver"), (r * 0.9, y, at - 0.02))


def _waves(item: Any, count: int, low: float, amount: float = 0.05) -> None:
    """Scallop what lies above a height."""
    for vertex in item.data.vertices:
        x, y, z = vertex.co
        swell = 1 + amount * math.cos(math.atan2(y, x) * count) * min(max((z - low) / 0.12, 0), 1)
        vertex.co = (x * swell, y * swell, z)


def bowl(p: Product) -> None:
    """An open bowl."""
    key = p.shape.key
    r, h = {
        "deep": (0.5, 0.52),
        "wide": (0.72, 0.36),
        "footed": (0.52, 0.5),
        "scalloped": (0.6, 0.42),
        "square": (0.56, 0.4),
    }[key]
    r, h = r * p.u("r", 0.94, 1.06), h * p.u("h", 0.9, 1.1)
    lines = {
        "deep": [(0, 0), (r * 0.45, 0), (r * 0.55, 0.03), (r * 0.9, h * 0.5), (r, h)],
        "wide": [(0, 0), (r * 0.4, 0), (r * 0.5, 0.02), (r * 0.85, h * 0.55), (r, h)],
        "footed": [(0, 0), (r * 0.42, 0), (r * 0.4, 0.07), (r * 0.6, 0.12), (r * 0.95, h * 0.6), (r, h)],
    }
    outline = spline(lines.get(key, lines["deep"]), 7)
    wood = p.material in ("oak", "walnut", "bamboo", "glass")
    stuff = body(p, radius=r, scale=p.u("scale", 0.14, 0.24), axis="x")
    inside = (
        stuff
        if wood or (p.pattern in ("speckled", "plain") and p.u("in", 0, 1) < 0.5)
        else look(p.material, p.colour2 or "white", jitter=p.rng("in"))
    )
    if key == "square":
        for stuff_now, wall in ((stuff, 0.0), (inside, 0.035)):

            def side(u: float, v: float, wall: float = wall) -> tuple[float, float, float]:
                a = 2 * math.pi * u
                spread = (0.06 if v == 0 else 0.55 + 0.45 * v) * r - wall
                z = max(h * max(v - 0.08, 0) / 0.92 + (0.02 if wall == 0 else 0.0), wall or 0.0)
                n = 0.45
                return (
                    spread * math.copysign(abs(math.cos(a)) ** n, math.cos(a)),
                    spread * math.copysign(abs(math.sin(a)) ** n, math.sin(a)),
                    z,
                )

            sheet(side, stuff_now, nu=64, nv=14, round_u=True)
        tube(
            [
                (
                    (r - 0.018) * math.copysign(abs(math.cos(a)) ** 0.45, math.cos(a)),
                    (r - 0.018) * math.copysign(abs(math.sin(a)) ** 0.45, math.sin(a)),
                    h,
                )
                for a in (2 * math.pi * k / 64 for k in range(64))
            ],
            0.02,
            inside,
            closed=True,
            curved=False,
        )
        return
    item = vessel(outline, 0.04 if not wood else 0.05, stuff, inside, steps=72)
    if key == "scalloped":
        parts = [o for o in item.parent.children if o.type == "MESH"]
        for part in parts:
            _waves(part, 10, h * 0.2)


def plate(p: Product) -> None:
    """A plate lying flat, the pattern on its face."""
    key = p.shape.key
    stuff = body(p, proj="top", scale=p.u("scale", 0.14, 0.24))
    rim = p.u("rim", 0.05, 0.1)
    if p.pattern == "banded":
        stuff = plain(p)
    lines = {
        "coupe": [
            (0, 0),
            (0.5, 0),
            (0.7, 0.02),
            (0.86, 0.05 + rim),
            (0.88, 0.07 + rim),
            (0.86, 0.08 + rim),
            (0.68, 0.05),
            (0.4, 0.035),
            (0, 0.035),
        ],
        "rimmed": [
            (0, 0),
            (0.5, 0),
            (0.6, 0.03),
            (0.9, 0.05 + rim * 0.6),
            (0.92, 0.065 + rim * 0.6),
            (0.9, 0.08 + rim * 0.6),
            (0.62, 0.06),
            (0.56, 0.03),
            (0, 0.03),
        ],
    }
    line = spline(lines["rimmed" if key in ("rimmed", "scalloped") else "coupe"], 5)
    item = lathe(line, stuff, steps=80, sharp=None)
    trim = None
    if p.pattern == "banded":
        top = max(z for _, z in line)
        ring = [(r, z + 0.003) for r, z in line if r > 0.66 and z > 0.045 + rim * 0.25]
        trim = lathe([q for q in ring if q[1] > 0.05][-6:], accent(p), steps=80, sharp=None)
        del top
    for part in (item, trim):
        if part is None:
            continue
        if key == "oval":
            part.scale = (1.2, 0.82, 1)
        if key == "scalloped":
            for vertex in part.data.vertices:
                x, y, z = vertex.co
                far = math.hypot(x, y)
                swell = 1 + 0.05 * math.cos(math.atan2(y, x) * 12) * min(max((far - 0.55) / 0.3, 0), 1)
                vertex.co = (x * swell, y * swell, z)
        if key == "square":
            for vertex in part.data.vertices:
                x, y, z = vertex.co
                a = math.atan2(y, x)
                swell = (1 / (abs(math.cos(a)) ** 5 + abs(math.sin(a)) ** 5)) ** 0.2 * 0.92
                vertex.co = (x * swell, y * swell, z)


def cooking_pot(p: Product) -> None:
    """A pot, one or two handles, often a lid."""
    key = p.shape.key
    r, h = {"casserole": (0.55, 0.5), "stock": (0.5, 0.8), "sauce": (0.46, 0.44), "oval": (0.52, 0.46)}[key]
    r, h = r * p.u("r", 0.95, 1.05), h * p.u("h", 0.92, 1.08)
    wide = 1.3 if key == "oval" else 1.0
    stuff = body(p, radius=r, scale=p.u("scale", 0.16, 0.24))
    metal = look("steel", "silver")
    inside = look("enamel", "cream") if p.material in ("cast iron", "enamel") else metal
    vessel(fillet([(0, 0), (r * 0.96, 0), (r, h)], 0.09), 0.035, stuff, inside)
    lid = p.opt("lid")
    grip = {
        "steel": metal if p.material != "cast iron" else plain(p),
        "wood": look("oak", "light wood"),
        "gold": look("brass", "gold"),
    }[p.opt("knob")]
    if lid != "none":
        top = h + 0.02
        stuff_lid = plain(p) if lid == "metal" else look("glass", "clear")
        lathe(spline([(r + 0.02, top), (r * 0.96, top + 0.035), (r * 0.5, top + 0.1), (0, top + 0.12)], 6), stuff_lid)
        torus(r, 0.022, plain(p) if lid == "metal" else metal, at=(0, 0, top))
        cylinder(0.03, 0.08, metal, at=(0, 0, top + 0.1))
        cylinder(0.09, 0.05, grip, at=(0, 0, top + 0.17), bevel=0.02)
    for item in list(modelling.root().children):
        item.scale.x *= wide
    side = r * wide
    if key == "sauce":
        tube([(side - 0.02, 0, h * 0.8), (side + 0.2, 0, h * 0.86)], 0.03, metal, curved=False)
        tube(
            [(side + 0.16, 0, h * 0.85), (side + 0.5, 0, h * 0.95), (side + 0.8, 0, h * 0.98)],
            [0.04, 0.055, 0.045],
            grip if p.opt("knob") == "wood" else look("matte plastic", "black"),
        )
    else:
        for s in (-1, 1):
            tube(
                [
                    (s * (side - 0.02), -0.15, h * 0.82),
                    (s * (side + 0.12), -0.11, h * 0.84),
                    (s * (side + 0.12), 0.11, h * 0.84),
                    (s * (side - 0.02), 0.15, h * 0.82),
                ],
                0.034,
                plain(p) if p.material != "copper" else look("brass", "gold"),
            )


def kettle(p: Product) -> None:
    """Body, lid, spout to the right, a handle above or to the left."""
    key = p.shape.key
    r, h = {"stove": (0.5, 0.6), "goose": (0.42, 0.55), "electric": (0.38, 0.85), "whistle": (0.56, 0.62)}[key]
    r, h = r * p.u("r", 0.95, 1.06), h * p.u("h", 0.94, 1.06)
    stuff, bare = body(p, radius=r, scale=0.2), plain(p)
    black = look("matte plastic", "black")
    handle = {"black": black, "wood": look("oak", "light wood"), "same": bare}[p.opt("handle")]
    if key == "whistle":
        line = spline([(0, 0), (r * 0.9, 0), (r, 0.08), (r * 0.82, h * 0.6), (r * 0.36, h), (0, h)], 7)
    elif key == "electric":
        cylinder(r * 1.08, 0.07, black)
        line = fillet([(0, 0.08), (r, 0.08), (r * 0.8, h + 0.08), (0, h + 0.08)], 0.09)
    else:
        line = fillet([(0, 0), (r, 0), (r * (0.72 if key == "goose" else 0.78), h * 0.92), (r * 0.45, h), (0, h)], 0.12)
    lathe(line, stuff, sharp=None)
    top = line[-1][1]
    disc(r * 0.42, 0.04, bare, at=(0, 0, top - 0.01))
    ball((0.055, 0.055, 0.055), handle, (0, 0, top + 0.07))
    if key == "electric":
        mesh_line = [(r * 0.72, 0, top - 0.28), (r * 0.95, 0, top - 0.12), (r * 1.22, 0, top - 0.02)]
        tube(mesh_line, [0.12, 0.1, 0.05], bare, caps=False)
        tube(
            [(-r * 0.8, 0, top - 0.06), (-r - 0.24, 0, top - 0.1), (-r - 0.28, 0, h * 0.4), (-r * 0.92, 0, h * 0.2)],
            0.05,
            handle,
        )
    else:
        if key == "goose":
            tube(
                [
                    (r * 0.9, 0, 0.12),
                    (r + 0.22, 0, 0.16),
                    (r + 0.3, 0, h * 0.75),
                    (r + 0.42, 0, h + 0.06),
                    (r + 0.58, 0, h + 0.04),
                ],
                [0.06, 0.045, 0.034, 0.028, 0.026],
                bare,
                caps=False,
            )
        else:
            tube(
                [(r * 0.76, 0, h * 0.4), (r + 0.2, 0, h * 0.72), (r + 0.34, 0, h * 0.9)],
                [0.12, 0.08, 0.06],
                bare,
                caps=False,
            )
        if key == "goose":
            tube(
                [(-r * 0.75, 0, h * 0.85), (-r - 0.28, 0, h * 0.92), (-r - 0.3, 0, h * 0.3), (-r - 0.1, 0, h * 0.15)],
                0.045,
                handle,
            )
        else:
            tube(
                [
                    (-r * 0.7, 0, h * 0.72),
                    (-r * 0.72, 0, h + 0.24),
                    (0, 0, h + 0.46),
                    (r * 0.72, 0, h + 0.24),
                    (r * 0.7, 0, h * 0.72),
                ],
                0.03,
                look("steel", "silver"),
            )
            tube([(-r * 0.45, 0, h + 0.375), (0, 0, h + 0.46), (r * 0.45, 0, h + 0.375)], 0.058, handle)


def cutting_board(p: Product) -> None:
    """A flat board lying down."""
    key = p.shape.key
    stuff = body(p, proj="top", scale=0.2, axis="x", radius=0.5)
    thick = p.u("thick", 0.05, 0.09)
    hole = [circle(0.035, 20, at=(0.7, 0))]
    w = p.u("w", 1.15, 1.45)
    if key == "round":
        extrude(circle(0.6), thick, stuff, bevel=0.02, holes=[circle(0.04, 20, at=(0.5, 0))], at=(0, 0, thick / 2))
    elif key == "paddle":
        outline = fillet(
            [
                (-0.7, -0.32),
                (0.3, -0.32),
                (0.42, -0.09),
                (0.82, -0.09),
                (0.82, 0.09),
                (0.42, 0.09),
                (0.3, 0.32),
                (-0.7, 0.32),
            ],
            0.09,
            5,
            closed=True,
        )
        extrude(outline, thick, stuff, bevel=0.02, holes=[circle(0.035, 20, at=(0.74, 0))], at=(0, 0, thick / 2))
    elif key == "house":
        outline = fillet([(-0.62, -0.36), (0.3, -0.36), (0.66, 0), (0.3, 0.36), (-0.62, 0.36)], 0.04, 4, closed=True)
        extrude(outline, thick, stuff, bevel=0.015, holes=[circle(0.05, 20, at=(0.42, 0))], at=(0, 0, thick / 2))
    else:
        extrude(
            rectangle(w, 0.82, 0.09),
            thick * (1.5 if key == "groove" else 1),
            stuff,
            bevel=0.02,
            holes=[] if key == "groove" else [rectangle(0.05, 0.26, 0.024, at=(w / 2 - 0.1, 0))],
            at=(0, 0, thick / 2),
        )
        if key == "groove":
            tube(
                [(x, y, thick * 1.25) for x, y in rectangle(w - 0.14, 0.68, 0.06)],
                0.014,
                look("walnut", (0.12, 0.07, 0.035)),
                closed=True,
                curved=False,
            )
    del hole
    if p.opt("strip") == "strip" and key in ("rect", "groove", "round", "paddle"):
        contrast = (
            look("walnut", "dark wood", axis="x") if p.material != "walnut" else look("oak", "light wood", axis="x")
        )
        long = {"rect": w, "groove": w, "round": 1.12, "paddle": 1.0}[key]
        z = thick * (1.25 if key == "groove" else 1.0)
        box((long * 0.985, 0.09, 0.012), contrast, at=(-0.2 if key == "paddle" else 0, 0.17, z), bevel=0.003)


def storage_jar(p: Product) -> None:
    """A jar with a lid."""
    key = p.shape.key
    r, h = {"tall": (0.34, 1.05), "squat": (0.5, 0.6), "round": (0.5, 0.75), "square": (0.4, 0.75)}[key]
    r, h = r * p.u("r", 0.95, 1.06), h * p.u("h", 0.92, 1.08)
    stuff = body(p, radius=r, scale=p.u("scale", 0.14, 0.22))
    neck = r * (0.85 if key != "round" else 0.62)
    if key == "round":
        line = spline([(0, 0), (r * 0.6, 0), (r * 0.74, 0.03), (r, h * 0.45), (r * 0.8, h * 0.85), (neck, h)], 7)
    else:
        line = fillet([(0, 0), (r, 0), (r, h * 0.9), (neck, h)], 0.08)
    item = vessel(line, 0.03, stuff, steps=64)
    if key == "square":
        for vertex in item.data.vertices:
            x, y, z = vertex.co
            a = math.atan2(y, x)
            swell = (1 / (abs(math.cos(a)) ** 6 + abs(math.sin(a)) ** 6)) ** (1 / 6) if z < h * 0.93 else 1
            vertex.co = (x * swell, y * swell, z)
    if p.material == "glass" and p.u("full", 0, 1) < 0.5:
        fill = p.rng("fill").choice(["beige", "mustard", "brown", "terracotta", "cream"])
        cylinder(r * 0.88, h * p.u("level", 0.4, 0.7), look("concrete", fill), at=(0, 0, 0.04))
    lid = p.opt("lid")
    if lid == "cork":
        cylinder(neck * 0.9, 0.16, look("concrete", "tan"), at=(0, 0, h - 0.04), top=neck * 1.02)
    else:
        cover = {
            "wood": look("oak", "light wood", axis="x"),
            "metal": look("steel", "silver"),
            "same": plain(p) if p.material != "glass" else look("glass", p.colour),
        }[lid]
        cylinder(neck * 1.08, 0.08, cover, at=(0, 0, h + 0.01), bevel=0.03)
        ball((0.07, 0.07, 0.055), cover, (0, 0, h + 0.13))


def glass(p: Product) -> None:
    """A glass for drinks, some with a stem."""
    key = p.shape.key
    stuff = plain(p)
    w, h = p.u("w", 0.93, 1.08), p.u("h", 0.93, 1.08)
    stem = [(0.3, 0), (0.3, 0.02), (0.06, 0.05), (0.03, 0.1)]
    lines = {
        "wine": [*stem, (0.03, 0.5), (0.1, 0.58), (0.34, 0.82), (0.33, 1.05), (0.27, 1.24)],
        "flute": [*stem, (0.03, 0.42), (0.1, 0.55), (0.16, 0.8), (0.16, 1.1), (0.13, 1.3)],
        "goblet": [*stem, (0.04, 0.22), (0.14, 0.3), (0.36, 0.55), (0.38, 0.78), (0.36, 0.92)],
        "coupe": [*stem, (0.03, 0.5), (0.08, 0.56), (0.36, 0.68), (0.48, 0.86)],
    }
    if key in lines:
        outer = spline([(x * w, z * h) for x, z in [(0, 0), *lines[key]]], 6)
        bowl_at = {"wine": 0.57, "flute": 0.5, "goblet": 0.3, "coupe": 0.57}[key] * h
        inner = [(max(x - 0.016, 0), z) for x, z in outer if z > bowl_at]
        lathe([*outer, *reversed(inner), (0, bowl_at)], stuff, sharp=None)
        rim, top = outer[-1]
    else:
        r, tall = {"tumbler": (0.4, 0.9), "tall": (0.3, 1.15)}[key]
        flare = p.u("flare", 0.82, 1.0)
        vessel(fillet([(0, 0), (r * w * flare, 0), (r * w, tall * h)], 0.05), 0.024, stuff, base=0.07)
        rim, top = r * w, tall * h
    if p.opt("drink") == "foot":
        torus(rim - 0.01, 0.012, look("brass", "gold"), at=(0, 0, top))
