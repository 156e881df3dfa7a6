"""Bathroom things -> geometry."""

from __future__ import annotations

import math
import random
from typing import Any

from examples.catalogue.modelling import (
    Flat,
    ball,
    blob,
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
    tube,
    vessel,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def _squared(item: Any, power: float = 7.0) -> None:
    """Make a turned thing square in plan."""
    for vertex in item.data.vertices:
        x, y, z = vertex.co
        a = math.atan2(y, x)
        swell = (1 / (abs(math.cos(a)) ** power + abs(math.sin(a)) ** power)) ** (1 / power)
        vertex.co = (x * swell, y * swell, z)


def soap_dispenser(p: Product) -> None:
    """A bottle with a pump."""
    key = p.shape.key
    r, h = {
        "round": (0.36, 0.8),
        "square": (0.32, 0.78),
        "bottle": (0.33, 0.95),
        "globe": (0.46, 0.72),
        "tall": (0.26, 1.0),
    }[key]
    r, h = r * p.u("r", 0.94, 1.07), h * p.u("h", 0.94, 1.07)
    stuff = body(p, radius=r, scale=p.u("scale", 0.13, 0.22))
    if key == "globe":
        line = spline(
            [(0, 0), (r * 0.55, 0), (r * 0.68, 0.03), (r, h * 0.45), (r * 0.62, h * 0.88), (0.13, h), (0, h)], 7
        )
    elif key == "bottle":
        line = spline(
            [(0, 0), (r * 0.92, 0), (r, 0.06), (r, h * 0.5), (r * 0.8, h * 0.72), (0.14, h * 0.86), (0.12, h), (0, h)],
            7,
        )
    else:
        line = fillet([(0, 0), (r, 0), (r, h * 0.9), (0.14, h * 0.93), (0.13, h), (0, h)], 0.07)
    item = vessel(line[:-1], 0.02, stuff) if p.material == "glass" else lathe(line, stuff, sharp=None, steps=64)
    if key == "square":
        _squared(item)
    if p.material == "glass":
        lathe(
            fillet([(0, 0.03), (r * 0.9, 0.03), (r * 0.9, h * 0.6), (0, h * 0.6)], 0.05),
            look("silicone", p.rng("soap").choice(["cream", "mint", "pink", "sky blue"])),
        )
    pump = {
        "steel": look("steel", "silver"),
        "black": look("matte plastic", "black"),
        "gold": look("brass", "gold"),
        "white": look("plastic", "white"),
    }[p.opt("pump")]
    cylinder(0.15, 0.1, pump, at=(0, 0, h - 0.01))
    cylinder(0.045, 0.2, pump, at=(0, 0, h + 0.08))
    cylinder(0.085, 0.08, pump, at=(0, 0, h + 0.26))
    tube([(0, 0, h + 0.31), (0.22, 0, h + 0.31), (0.34, 0, h + 0.28), (0.36, 0, h + 0.23)], 0.034, pump)


def towel(p: Product) -> None:
    """Towels rolled or folded."""
    key = p.shape.key

    def fold(z: float, stuff: Any, size: float = 1.0, thick: float = 0.26) -> None:
        w, d = 1.1 * size, 0.8 * size

        def side(u: float, v: float) -> tuple[float, float, float]:
            # a long ribbon folded in three: a spiral seen from the end, as wide as the towel
            a = u * 2 * math.pi * 1.5
            k = 1 - 0.55 * u
            n = 0.35
            y = d / 2 * (0.7 + 0.3 * k) * math.copysign(abs(math.cos(a)) ** n, math.cos(a))
            zz = thick / 2 * k * math.copysign(abs(math.sin(a)) ** 0.7, math.sin(a))
            return ((v - 0.5) * w, y, z + thick / 2 + 0.02 + zz)

        sheet(side, stuff, nu=90, nv=10, thick=0.04)

    def roll(x: float, y: float, z: float, stuff: Any, r: float = 0.2, long: float = 1.0) -> None:
        turns = 3.2
        gap = (r - 0.03) / turns

        def f(u: float, v: float) -> tuple[float, float, float]:
            a = u * 2 * math.pi * turns
            rr = 0.03 + gap * a / (2 * math.pi)
            return ((v - 0.5) * long + x, y + rr * math.cos(a - 1.2), z + r + rr * math.sin(a - 1.2))

        sheet(f, stuff, nu=120, nv=6, thick=gap * 0.75)

    first = body(p, proj="front", scale=p.u("scale", 0.1, 0.18))
    second = (
        plain(p) if p.pattern != "plain" else look(p.material, p.rng("second").choice(["white", "cream", p.colour]))
    )
    if key == "rolled":
        roll(0, 0, 0, first, r=p.u("r", 0.2, 0.27))
    elif key == "folded":
        fold(0, first)
    elif key == "stack":
        fold(0, first)
        fold(0.29, second, 0.98)
        fold(0.58, first, 0.93, 0.22)
    else:
        roll(0, -0.22, 0, first)
        roll(0, 0.22, 0, first if p.pattern == "plain" else second)
        roll(0, 0, 0.35, first)


def bath_mat(p: Product) -> None:
    """A mat on the floor."""
    key = p.shape.key
    soft = p.material in ("cotton", "wool", "rubber")
    stuff = body(p, proj="top", scale=p.u("scale", 0.14, 0.26), axis="x", span=(-0.45, 0.45))
    if key == "slat" or (not soft and key == "rect"):
        wood = stuff
        number = int(p.u("slats", 7, 11.99))
        for k in range(number):
            x = (k - (number - 1) / 2) * 1.3 / number
            box((1.3 / number * 0.72, 0.9, 0.06), wood, at=(x, 0, 0.08), bevel=0.015)
        for y in (-0.3, 0.3):
            box((1.3, 0.09, 0.05), wood, at=(0, y, 0.028), bevel=0.012)
        return
    if key == "pebble":
        rng = random.Random(f"{p.id}/pebbles")
        extrude(
            rectangle(1.32, 0.88, 0.16),
            0.025,
            look("rubber", "charcoal" if p.colour not in ("charcoal", "black") else "grey"),
            at=(0, 0, 0.0125),
            bevel=0.008,
        )
        for i in range(11):
            for j in range(7):
                x, y = (i - 5) * 0.115 + (0.057 if j % 2 else 0) - 0.028, (j - 3) * 0.115
                blob(
                    (0.055 * rng.uniform(0.8, 1.1), 0.05 * rng.uniform(0.8, 1.1), 0.028),
                    stuff,
                    at=(x, y, 0.035),
                    rot=(0, 0, rng.uniform(0, 180)),
                    n=16,
                )
        return
    outlines: dict[str, list[Flat]] = {
        "rect": rectangle(1.35, 0.9, 0.08),
        "oval": circle(0.7, 64, squash=0.64),
        "round": circle(0.6, 64),
        "cloud": [
            ((0.5 + 0.07 * math.cos(8 * a)) * math.cos(a) * 1.3, (0.5 + 0.07 * math.cos(8 * a)) * math.sin(a) * 0.82)
            for a in (2 * math.pi * k / 120 for k in range(120))
        ],
    }
    outline = outlines[key]
    thick = 0.07 if soft else 0.04
    extrude(outline, thick, stuff, at=(0, 0, thick / 2), bevel=thick * 0.45)
    if p.pattern == "bordered":
        extrude(
            [(x * 0.78, y * 0.72) for x, y in outline], thick * 1.12, accent(p), at=(0, 0, thick / 2), bevel=thick * 0.3
        )
    if soft and p.pattern == "plain" and p.u("ribs", 0, 1) < 0.5 and key == "rect":
        for k in range(9):
            box((1.22, 0.045, 0.02), stuff, at=(0, (k - 4) * 0.09, thick), bevel=0.01)


def tumbler(p: Product) -> None:
    """A cup for toothbrushes."""
    key = p.shape.key
    r, h = {"cup": (0.36, 0.85), "lid": (0.36, 0.8), "square": (0.34, 0.8), "tapered": (0.4, 0.9), "tray": (0.33, 0.8)}[
        key
    ]
    r, h = r * p.u("r", 0.94, 1.06), h * p.u("h", 0.94, 1.07)
    stuff = body(p, radius=r, scale=p.u("scale", 0.13, 0.22))
    base = 0.68 if key == "tapered" else 1.0
    lift = 0.08 if key == "tray" else 0.0
    item = vessel(fillet([(0, lift), (r * base, lift), (r, h)], 0.07), 0.035, stuff, steps=64)
    if key == "square":
        _squared(item)
    if key == "tray":
        extrude(rectangle(1.1, 0.75, 0.2), 0.08, plain(p), at=(0.14, 0, 0.04), bevel=0.025)
        lathe(
            spline([(0, 0.09), (0.14, 0.09), (0.17, 0.12), (0.14, 0.16), (0, 0.17)], 5),
            look("wax", "cream" if p.colour not in ("cream", "white") else "mint"),
            at=(0.48, -0.05, 0),
        )
    if key == "lid":
        disc(r * 0.99, 0.05, plain(p), at=(0, 0, h - 0.01))
        for k in range(3):
            a = 2.1 * k + 0.4
            disc(r * 0.2, 0.01, look("paper", "1a1a1a"), at=(r * 0.5 * math.cos(a), r * 0.5 * math.sin(a), h + 0.037))
    number = {"two": 2, "one": 1, "none": 0}[p.opt("brush")]
    colours = p.rng("brush").sample(["turquoise", "coral", "yellow", "purple", "green", "pink", "blue"], 2)
    for k in range(number):
        s = -1 if k else 1
        handle = look("plastic", colours[k])
        low, b = (-s * r * 0.3, 0.05 * s, lift + 0.06), (s * r * 0.62, -0.05 * s, h + 0.34)
        tube([low, (s * r * 0.2, 0, h * 0.7), b], [0.036, 0.034, 0.028], handle)
        x, y, z = b
        tube([b, (x + s * 0.07, y, z + 0.22)], 0.03, handle, curved=False)
        box(
            (0.08, 0.07, 0.2),
            look("plastic", "white"),
            at=(x + s * 0.005, y - 0.04, z + 0.13),
            rot=(0, s * 16, 0),
            bevel=0.012,
        )


def hairbrush(p: Product) -> None:
    """A brush lying on its back along x, bristles up."""
    key = p.shape.key
    stuff = body(p, proj="top", scale=0.12, axis="x")
    pad = look("rubber", {"black": "1c1c1e", "red": "red", "white": "white"}[p.opt("pad")])
    pin = (
        look("steel", "silver")
        if p.u("pin", 0, 1) < 0.5
        else look("plastic", "black" if p.opt("pad") != "black" else "white")
    )
    if key == "comb":
        extrude(rectangle(1.5, 0.16, 0.05, at=(0, 0.16)), 0.06, stuff, at=(0, 0, 0.03), bevel=0.015)
        for k in range(34):
            x = -0.71 + 1.42 * k / 33
            box((0.02 if k < 17 else 0.026, 0.3, 0.04), stuff, at=(x, -0.06, 0.03), bevel=0.006, segments=1)
        for s in (-1, 1):
            box((0.06, 0.36, 0.05), stuff, at=(s * 0.72, -0.02, 0.03), bevel=0.015)
        return
    if key == "round":
        lathe(
            spline([(0, -1.0), (0.06, -0.98), (0.08, -0.8), (0.06, -0.4), (0.07, -0.1), (0, -0.1)], 6),
            stuff,
            at=(0, 0, 0.22),
            rot=(0, 90, 0),
            sharp=None,
        )
        cylinder(
            0.13,
            0.85,
            look("aluminium", "silver") if p.opt("pad") != "red" else pad,
            at=(-0.12, 0, 0.22),
            rot=(0, 90, 0),
        )
        for i in range(12):
            for j in range(14):
                a = 2 * math.pi * (j + 0.5 * (i % 2)) / 14
                x = -0.06 + 0.066 * i
                tube(
                    [
                        (x, 0.12 * math.cos(a), 0.22 + 0.12 * math.sin(a)),
                        (x, 0.21 * math.cos(a), 0.22 + 0.21 * math.sin(a)),
                    ],
                    0.008,
                    pin,
                    curved=False,
                    caps=False,
                )
        cylinder(0.14, 0.04, stuff, at=(0.72, 0, 0.22), rot=(0, 90, 0))
        return
    wide, long = {"oval": (0.32, 0.52), "square": (0.34, 0.5), "slim": (0.19, 0.55)}[key]
    head = (
        circle(long, 48, at=(0.45, 0), squash=wide / long)
        if key != "square"
        else rectangle(long * 2, wide * 2, 0.16, at=(0.45, 0))
    )
    extrude(head, 0.12, stuff, at=(0, 0, 0.07), bevel=0.05)
    lathe(
        spline([(0, 0), (0.07, 0.02), (0.1, 0.2), (0.06, 0.6), (0.08, 0.95), (0.05, 1.04), (0, 1.05)], 6),
        stuff,
        at=(0.0, 0, 0.075),
        rot=(0, -90, 0),
        sharp=None,
    ).scale = (0.75, 1, 1)
    inner = [(0.45 + (x - 0.45) * 0.8, y * 0.8) for x, y in head]
    extrude(inner, 0.06, pad, at=(0, 0, 0.135), bevel=0.028)
    for i in range(-5, 6):
        for j in range(-3, 4):
            x, y = i * long * 0.135, j * wide * 0.22
            inside = (
                (x / (long * 0.74)) ** 2 + (y / (wide * 0.74)) ** 2 < 1
                if key != "square"
                else abs(x) < long * 0.72 and abs(y) < wide * 0.72
            )
            if inside:
                tube([(0.45 + x, y, 0.15), (0.45 + x, y, 0.3)], 0.009, pin, curved=False, caps=False)
                ball((0.016, 0.016, 0.016), pin, (0.45 + x, y, 0.305))
