"""Lamps and lights -> geometry."""

from __future__ import annotations

import math

from examples.catalogue.modelling import ball, blob, box, cylinder, disc, fillet, lathe, spline, torus, tube, vessel
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, glow, look, plain


def lampshade(form: str, radius: float, height: float, z: float, colour: str) -> None:
    """A cloth shade about the z axis with a warm bulb in it."""
    upper = {"drum": 0.96, "cone": 0.42, "dome": 0.5, "empire": 0.68}[form]
    if form == "dome":
        line = spline([(radius, z), (radius * 0.94, z + height * 0.5), (radius * 0.6, z + height * 0.92), (0.05, z + height)], 6)
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
        lathe(spline([(0, 0), (0.2, 0), (0.32, 0.2), (0.2, 0.42), (0.16, 0.48), (0.2, 0.58), (0.1, h), (0, h)], 6), stuff)
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
            tube([(0.4 * math.cos(a), 0.4 * math.sin(a), 0.03), (0.05 * math.cos(a), 0.05 * math.sin(a), h)], 0.03, stuff, curved=False)
        cylinder(0.09, 0.08, brass, at=(0, 0, h - 0.05))
    elif key == "stick":
        h *= 1.1
        disc(0.24, 0.045, stuff)
        cylinder(0.03, h, stuff)
    else:
        lathe(spline([(0, 0), (0.22, 0), (0.25, 0.05), (0.26, 0.4), (0.2, 0.56), (0.07, 0.66), (0.06, h), (0, h)], 6), stuff)
    cylinder(0.025, 0.2, brass, at=(0, 0, h - 0.02))
    form = p.opt("shade")
    radius = p.u("shade", 0.4, 0.5)
    height = {"drum": 0.42, "cone": 0.5, "dome": 0.34, "empire": 0.48}[form]
    lampshade(form, radius, height, h + 0.04, p.opt("shade_colour"))
    tube([(0.2, 0.1, 0.02), (0.5, 0.4, 0.012), (0.9, 0.3, 0.012), (1.1, 0.8, 0.012)], 0.012, look("rubber", "black"), caps=False) if False else None
