"""Things that are nothing in particular -> geometry: a way of making one a function, random numbers of its own."""

from __future__ import annotations

import math
import random
from typing import Any

from examples.catalogue.modelling import (
    Flat,
    Point,
    ball,
    blob,
    box,
    cylinder,
    disc,
    extrude,
    fillet,
    lathe,
    pillow,
    sheet,
    spline,
    torus,
    tube,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def _stuffs(product: Product, rng: random.Random) -> tuple[Any, Any]:
    """The main material and that of the smaller parts."""
    main = body(product, scale=rng.uniform(0.12, 0.5), proj=rng.choice(["cyl", "front", "front", "top"]))
    other = rng.random()
    if other < 0.35:
        return main, plain(product)
    if other < 0.65:
        return main, accent(product)
    return main, look(*rng.choice([("steel", "silver"), ("brass", "gold"), ("oak", "light wood"), ("rubber", "black")]))


def _profile(rng: random.Random, high: float) -> list[Flat]:
    """From the middle of the foot to the middle of the top."""
    number = rng.randint(3, 6)
    points = [(rng.uniform(0.05, 0.5), high * k / (number - 1)) for k in range(number)]
    closed = [(0.0, 0.0), *points, (0.0, high)]
    return spline(closed, 6) if rng.random() < 0.6 else fillet(closed, rng.uniform(0.01, 0.15))


def _outline(rng: random.Random) -> list[Flat]:
    """A closed line round the origin: lobes, a polygon, or anything."""
    number = rng.randint(3, 9)
    sort = rng.choice(["lobes", "polygon", "any", "mirrored"])
    if sort == "lobes":
        deep = rng.uniform(0.1, 0.6)
        turns = (2 * math.pi * k / 120 for k in range(120))
        rings = [(a, 0.5 * (1 - deep * (0.5 + 0.5 * math.cos(number * a)))) for a in turns]
        return [(r * math.cos(a), r * math.sin(a)) for a, r in rings]
    if sort == "mirrored":
        half = [(rng.uniform(0.08, 0.5), -0.5 + k / (number - 1)) for k in range(number)]
        ring = [*half, *((-x, y) for x, y in reversed(half))]
    else:
        least = 0.5 if sort == "polygon" else 0.15
        radii = [rng.uniform(least, 0.55) for _ in range(number)]
        ring = [
            (r * math.cos(2 * math.pi * k / number), r * math.sin(2 * math.pi * k / number))
            for k, r in enumerate(radii)
        ]
    if rng.random() < 0.5:
        return [(p[0], p[1]) for p in spline(ring, 6, closed=True)]
    return fillet(ring, rng.uniform(0.005, 0.1), closed=True)


def _part(rng: random.Random, stuff: Any, at: Point, size: float) -> None:
    """Any solid of about this size, centred there."""
    turn = (rng.choice([0, 0, 90, 45]), rng.choice([0, 0, 90]), rng.uniform(0, 360))
    sort = rng.choice(["box", "box", "cylinder", "blob", "torus", "cone", "disc"])
    if sort == "box":
        sides = (size * rng.uniform(0.4, 1.3), size * rng.uniform(0.3, 1.2), size * rng.uniform(0.3, 1.2))
        box(sides, stuff, at, turn, bevel=size * rng.choice([0.02, 0.1, 0.3]), taper=rng.choice([1, 1, 0.5, 0.75]))
    elif sort == "cylinder":
        cylinder(size * rng.uniform(0.2, 0.6), size * rng.uniform(0.4, 1.4), stuff, at, turn)
    elif sort == "cone":
        cylinder(size * 0.5, size * rng.uniform(0.5, 1.3), stuff, at, turn, top=size * rng.uniform(0.0, 0.3))
    elif sort == "torus":
        torus(size * rng.uniform(0.3, 0.6), size * rng.uniform(0.06, 0.2), stuff, at, turn)
    elif sort == "disc":
        disc(size * rng.uniform(0.4, 0.7), size * rng.uniform(0.06, 0.2), stuff, at, turn)
    else:
        half = (size * rng.uniform(0.3, 0.7), size * rng.uniform(0.3, 0.7), size * rng.uniform(0.3, 0.7))
        blob(half, stuff, at, turn, e=rng.choice([1.0, 0.6, 0.3, 1.7]))


def lathed_thing(product: Product) -> None:
    """Something from a lathe, with rings or knobs."""
    rng = product.rng("form")
    main, other = _stuffs(product, rng)
    high = rng.uniform(0.4, 1.6)
    lathe(_profile(rng, high), main, steps=rng.choice([48, 48, 48, 8, 6, 5]), sharp=30)
    for _ in range(rng.randint(0, 2)):
        torus(rng.uniform(0.15, 0.5), rng.uniform(0.02, 0.08), other, at=(0, 0, rng.uniform(0, high)))
    if rng.random() < 0.4:
        ball((0.12, 0.12, 0.12), other, (0, 0, high))


def stacked_thing(product: Product) -> None:
    """Solids on top of each other, each a little aside."""
    rng = product.rng("form")
    stuffs = _stuffs(product, rng)
    height, size = 0.0, rng.uniform(0.5, 0.9)
    for _ in range(rng.randint(2, 5)):
        at = (rng.gauss(0, 0.12), rng.gauss(0, 0.12), height + size / 2)
        _part(rng, rng.choice(stuffs), at, size)
        height += size * rng.uniform(0.5, 0.9)
        size *= rng.uniform(0.55, 1.1)


def framed_thing(product: Product) -> None:
    """Bars between points that lie alike on both sides."""
    rng = product.rng("form")
    main, other = _stuffs(product, rng)
    radius = rng.uniform(0.02, 0.07)
    half = [(rng.uniform(0.0, 0.6), rng.uniform(-0.4, 0.4), rng.uniform(0, 1.2)) for _ in range(rng.randint(3, 6))]
    curved = rng.random() < 0.5
    for side in (-1, 1):
        tube([(side * x, y, z) for x, y, z in half], radius, main, curved=curved)
    for x, y, z in rng.sample(half, rng.randint(1, len(half))):
        tube([(-x, y, z), (x, y, z)], radius * rng.uniform(0.6, 1.2), rng.choice([main, other]), curved=False)
    if rng.random() < 0.5:
        _part(rng, other, half[0], rng.uniform(0.15, 0.5))


def cut_thing(product: Product) -> None:
    """A board of some outline, lying or standing, with things on it."""
    rng = product.rng("form")
    main, other = _stuffs(product, rng)
    standing = rng.random() < 0.6
    thick = rng.uniform(0.05, 0.3)
    extrude(_outline(rng), thick, main, at=(0, 0, 0.5), rot=(90, 0, 0) if standing else (0, 0, 0), bevel=0.02)
    for _ in range(rng.randint(0, 3)):
        x, y = rng.uniform(-0.25, 0.25), rng.uniform(-0.25, 0.25)
        at = (x, -thick / 2, 0.5 + y) if standing else (x, y, 0.5 + thick / 2)
        _part(rng, other, at, rng.uniform(0.06, 0.25))


def stuffed_thing(product: Product) -> None:
    """Stuffed parts grown together."""
    rng = product.rng("form")
    main, other = _stuffs(product, rng)
    size = (rng.uniform(0.5, 1.2), rng.uniform(0.4, 1.0), rng.uniform(0.3, 0.8))
    if rng.random() < 0.4:
        pillow(size, main, at=(0, 0, 0.4), rot=(rng.uniform(0, 90), 0, 0), seed=rng.uniform(0, 9))
    else:
        blob((size[0] / 2, size[1] / 2, size[2] / 2), main, at=(0, 0, 0.4), e=rng.uniform(0.4, 1.6))
    for _ in range(rng.randint(0, 3)):
        x, y, z = rng.uniform(0.1, 0.5), rng.uniform(-0.3, 0.3), rng.uniform(0.1, 0.9)
        half = (rng.uniform(0.06, 0.25), rng.uniform(0.06, 0.25), rng.uniform(0.06, 0.35))
        stuff = rng.choice([main, other])
        for side in (-1, 1):
            blob(half, stuff, at=(side * x, y, z), rot=(rng.uniform(-60, 60), side * 20, 0))


def bent_thing(product: Product) -> None:
    """A bent sheet, or two alike."""
    rng = product.rng("form")
    main, other = _stuffs(product, rng)
    wide, bend, twist, wave = rng.uniform(0.3, 1.2), rng.uniform(-2, 2), rng.uniform(-1.5, 1.5), rng.uniform(0, 0.25)
    folds, taper = rng.randint(1, 4), rng.choice([0.0, 0.6, 1.4])

    def surface(u: float, v: float) -> Point:
        across, angle = (u - 0.5) * wide * (1 - 0.6 * v * taper), bend * v
        x, y = across * math.cos(twist * v), across * math.sin(twist * v)
        return (x, y + 0.6 * (1 - math.cos(angle)) + wave * math.sin(folds * 2 * math.pi * u), v * 1.2)

    thick = rng.uniform(0.02, 0.1)
    sheet(surface, main, thick=thick)
    if rng.random() < 0.5:
        sheet(surface, main, thick=thick, rot=(0, 0, rng.choice([180, 120, 90])))
    if rng.random() < 0.6:
        disc(rng.uniform(0.2, 0.45), 0.06, other)


def spoked_thing(product: Product) -> None:
    """Parts alike round a middle."""
    rng = product.rng("form")
    main, other = _stuffs(product, rng)
    number, far, size = rng.randint(3, 9), rng.uniform(0.3, 0.6), rng.uniform(0.12, 0.35)
    middle = rng.uniform(0.1, 0.4)
    _part(rng, rng.choice([main, other]), (0, 0, middle), rng.uniform(0.3, 0.7))
    lift, spoke, seed = rng.uniform(-0.1, 0.5), rng.random() < 0.5, rng.random()
    for k in range(number):
        angle = 2 * math.pi * k / number
        at = (far * math.cos(angle), far * math.sin(angle), middle + lift)
        _part(random.Random(seed), main, at, size)
        if spoke:
            tube([(0, 0, middle), at], rng.uniform(0.02, 0.05), other, curved=False)
    if rng.random() < 0.4:
        torus(far, 0.05, other, at=(0, 0, middle + lift))


def legged_thing(product: Product) -> None:
    """A body on legs, or hanging between posts."""
    rng = product.rng("form")
    main, other = _stuffs(product, rng)
    number, high, far = rng.randint(2, 6), rng.uniform(0.2, 1.0), rng.uniform(0.15, 0.5)
    _part(rng, main, (0, 0, high + 0.2), rng.uniform(0.5, 1.0))
    splay, bent = rng.uniform(0.8, 1.8), rng.uniform(-0.2, 0.2)
    for k in range(number):
        x, y = (math.cos(2 * math.pi * (k + 0.5) / number), math.sin(2 * math.pi * (k + 0.5) / number))
        knee = far * (1 + splay) / 2 + bent
        path = [(far * x, far * y, high), (knee * x, knee * y, high / 2), (far * splay * x, far * splay * y, 0)]
        tube(path, [0.05, 0.05, rng.uniform(0.02, 0.07)], other)


def handled_thing(product: Product) -> None:
    """A body with a handle, knobs and holes for something."""
    rng = product.rng("form")
    main, other = _stuffs(product, rng)
    size = rng.uniform(0.5, 0.9)
    _part(rng, main, (0, 0, size / 2), size)
    for _ in range(rng.randint(1, 4)):
        angle, z = rng.uniform(0, 2 * math.pi), rng.uniform(0.1, size)
        at = (size * 0.5 * math.cos(angle), size * 0.5 * math.sin(angle), z)
        _part(rng, other, at, rng.uniform(0.1, 0.3))
    if rng.random() < 0.7:
        side, low, out = rng.choice([-1, 1]), rng.uniform(0, size), rng.uniform(0.3, 0.9)
        path = [(side * 0.2, 0, low), (side * (0.3 + out), 0, low + 0.1), (side * (0.3 + out), 0, low + 0.6)]
        if rng.random() < 0.5:
            path.append((side * 0.2, 0, low + 0.6))
        tube(path, rng.uniform(0.03, 0.09), rng.choice([main, other]), curved=rng.random() < 0.6)
