"""Toys and music -> geometry."""

from __future__ import annotations

import math

from examples.catalogue.modelling import ball, blob, box, circle, cylinder, disc, extrude, fillet, lathe, pillow, rectangle, sheet, spline, torus, tube
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def toy_car(p: Product) -> None:
    """A chunky car seen from its side; the nose points to +x."""
    key = p.shape.key
    stuff = look(p.material, p.colour, axis="x", jitter=p.rng("shade"))
    second = accent(p, p.colour)
    window = look("plastic", "26333d", rough=0.08)
    wheel_key = p.opt("wheels")
    tyre = {"black": look("rubber", "black"), "wood": look("oak", "light wood", axis="y"), "yellow": look("plastic", "yellow"), "red": look("plastic", "red")}[wheel_key]
    hub = look("plastic", "silver" if wheel_key == "black" else "white")
    half = 0.3
    sides = {
        "beetle": [(-0.75, 0.14), (0.75, 0.14), (0.78, 0.32), (0.5, 0.46), (0.3, 0.72), (-0.1, 0.8), (-0.5, 0.66), (-0.75, 0.4)],
        "racer": [(-0.85, 0.12), (0.95, 0.1), (0.95, 0.2), (0.3, 0.36), (-0.1, 0.42), (-0.3, 0.4), (-0.85, 0.34)],
        "van": [(-0.78, 0.14), (0.78, 0.14), (0.8, 0.4), (0.62, 0.86), (0.5, 0.92), (-0.7, 0.92), (-0.78, 0.85)],
        "pickup": [(-0.9, 0.14), (0.85, 0.14), (0.86, 0.42), (0.5, 0.46), (0.34, 0.8), (-0.1, 0.8), (-0.14, 0.46), (-0.9, 0.46)],
        "bus": [(-1.0, 0.14), (1.0, 0.14), (1.02, 0.5), (0.97, 0.98), (-0.97, 0.98), (-1.0, 0.9)],
    }
    width = half * 2 * p.u("w", 0.95, 1.12)
    rounder = p.u("soft", 0.06, 0.13)
    lower = second if p.pattern == "dipped" else stuff
    extrude(fillet(sides[key], rounder, 5, closed=True), width, stuff, rot=(90, 0, 0), bevel=0.07)
    if p.pattern == "dipped":
        xs = [x for x, _ in sides[key]]
        extrude(rectangle(max(xs) - min(xs) + 0.03, 0.16, 0.05, at=((max(xs) + min(xs)) / 2, 0.21)), width + 0.02, lower, rot=(90, 0, 0), bevel=0.04)
    glass = {
        "beetle": [[(0.24, 0.5), (0.2, 0.68), (-0.02, 0.72), (-0.02, 0.5)], [(-0.1, 0.5), (-0.1, 0.72), (-0.4, 0.62), (-0.46, 0.5)]],
        "racer": [],
        "van": [[(0.62, 0.52), (0.5, 0.82), (0.26, 0.82), (0.26, 0.52)], [(0.16, 0.54), (0.16, 0.82), (-0.22, 0.82), (-0.22, 0.54)]],
        "pickup": [[(0.34, 0.5), (0.27, 0.72), (-0.04, 0.72), (-0.04, 0.5)]],
        "bus": [[(0.3 * k - 0.12, 0.56), (0.3 * k + 0.12, 0.56), (0.3 * k + 0.12, 0.84), (0.3 * k - 0.12, 0.84)] for k in range(-2, 4)],
    }[key]
    for pane in glass:
        extrude(fillet(pane, 0.04, 3, closed=True), width + 0.012, window, rot=(90, 0, 0), bevel=0.004)
    if key == "racer":
        blob((0.26, 0.15, 0.12), window, at=(-0.08, 0, 0.42))
        box((0.22, width * 1.1, 0.04), second if p.colour2 else stuff, at=(-0.76, 0, 0.56), bevel=0.018)
        for s in (-1, 1):
            box((0.12, 0.04, 0.2), stuff, at=(-0.76, s * 0.18, 0.45), bevel=0.01)
        disc(0.13, 0.02, look("plastic", "white"), at=(0.32, -width / 2 - 0.005, 0.22), rot=(90, 0, 0)) if False else None
    front = {"beetle": 0.78, "racer": 0.95, "van": 0.79, "pickup": 0.86, "bus": 1.02}[key]
    for s in (-1, 1):
        ball((0.03, 0.06, 0.06), look("plastic", "cream"), (front, s * width * 0.32, 0.16 if key == "racer" else 0.32))
    if key in ("van", "beetle", "bus", "pickup"):
        box((0.02, width * 0.72, 0.2), window, at=({"van": 0.7, "beetle": 0.42, "bus": 1.0, "pickup": 0.43}[key], 0, {"van": 0.66, "beetle": 0.57, "bus": 0.72, "pickup": 0.62}[key]), rot=(0, {"van": -22, "beetle": -36, "bus": -5, "pickup": -24}[key], 0), bevel=0.01)
    r = {"racer": 0.19, "bus": 0.19}.get(key, 0.18)
    for x in {"bus": (-0.6, 0.62), "racer": (-0.58, 0.6)}.get(key, (-0.46, 0.46)):
        for s in (-1, 1):
            cylinder(r, 0.13, tyre, at=(x, s * (width / 2 + 0.03) + 0.065, r), rot=(90, 0, 0), bevel=0.04)
            cylinder(r * 0.5, 0.15, hub, at=(x, s * (width / 2 + 0.03) + 0.075, r), rot=(90, 0, 0), bevel=0.02)
