"""Electronics -> geometry; the front is towards -y."""

from __future__ import annotations

import math
from collections.abc import Callable

from examples.catalogue import modelling
from examples.catalogue.modelling import (
    Point,
    ball,
    blob,
    box,
    cylinder,
    disc,
    extrude,
    fillet,
    lathe,
    rectangle,
    sheet,
    torus,
    tube,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, glow, look, plain


def headphones(p: Product) -> None:
    """A band over two cups, standing as if on an unseen head."""
    key = p.shape.key
    stuff = plain(p)
    pads_colour = {"black": "black", "brown": "brown", "white": "white", "grey": "grey"}[p.opt("pads")]
    pads = look(
        "leather", pads_colour if pads_colour != p.colour else ("charcoal" if pads_colour != "charcoal" else "grey")
    )
    metal = look("aluminium", "silver")
    r, squash, deep = {
        "round": (0.27, 1.0, 0.13),
        "oval": (0.24, 1.3, 0.13),
        "small": (0.22, 1.0, 0.07),
        "studio": (0.32, 1.1, 0.18),
    }[key]
    r *= p.u("r", 0.95, 1.05)
    span, rise = 0.5, p.u("rise", 0.95, 1.15)
    z = 0.36
    wide = 0.05 if key == "small" else p.u("band", 0.07, 0.12)

    def strap(thick: float, depth: float, lift: float) -> Callable[[float, float], Point]:
        def f(u: float, v: float) -> tuple[float, float, float]:
            a = math.pi * (0.06 + 0.88 * v)
            b = 2 * math.pi * u
            rr = lift + thick * math.copysign(abs(math.cos(b)) ** 0.6, math.cos(b))
            return (
                -(span + rr) * math.cos(a),
                depth * math.copysign(abs(math.sin(b)) ** 0.6, math.sin(b)),
                z + 0.12 + (rise * 0.62 + rr) * math.sin(a),
            )

        return f

    sheet(strap(0.022, wide, 0.02), stuff, nu=20, nv=48, round_u=True)
    if key != "small":

        def cushion(u: float, v: float) -> tuple[float, float, float]:
            return strap(0.03, wide * 0.8, -0.025)(u, 0.25 + 0.5 * v)

        sheet(cushion, pads, nu=20, nv=30, round_u=True)
    for s in (-1, 1):
        tube([(s * span, 0, z + 0.3), (s * (span + 0.015), 0, z)], 0.025, metal, curved=False)
        rot = (0, 90, 0)
        blob((r * squash, r, deep * 0.62), stuff, at=(s * (span + 0.02), 0, z), rot=rot, e=0.55, e2=1.0)
        cap = (
            accent(p, p.colour)
            if p.colour2
            else look("aluminium", "silver")
            if p.u("cap", 0, 1) < 0.3
            else look(p.material, p.colour, rough=0.2)
        )
        blob(
            (r * squash * 0.62, r * 0.62, 0.03), cap, at=(s * (span + 0.02 + deep * 0.6), 0, z), rot=rot, e=0.5, e2=1.0
        )
        ring = [
            (math.cos(t) * r * 0.74 * squash, math.sin(t) * r * 0.74, 0)
            for t in (2 * math.pi * k / 32 for k in range(32))
        ]
        tube(
            [(-s * 0.0 + s * (span - deep * 0.6), y, z + x) for x, y, _ in ring],
            r * 0.3,
            pads,
            closed=True,
            curved=False,
        )
    if p.opt("wire") == "cable":
        tube(
            [
                (-span, -0.05, z - r * squash),
                (-span + 0.05, -0.2, 0.06),
                (-0.2, -0.45, 0.015),
                (0.25, -0.35, 0.015),
                (0.5, -0.55, 0.015),
                (0.8, -0.4, 0.015),
            ],
            0.013,
            look("rubber", "black"),
            caps=False,
        )


def speaker(p: Product) -> None:
    """A loudspeaker with a grille."""
    key = p.shape.key
    stuff = plain(p, axis="z")
    mesh = look("canvas", {"black": "1f2022", "grey": "grey", "cream": "cream"}[p.opt("grille")])
    cone = look("rubber", "17181a")
    metal = look("aluminium", "silver")
    if key == "cylinder":
        r, h = 0.34, 0.95 * p.u("h", 0.9, 1.15)
        lathe(fillet([(0, 0), (r, 0), (r, h), (0, h)], 0.07), stuff)
        lathe([(r + 0.006, h * 0.14), (r + 0.008, h * 0.16), (r + 0.008, h * 0.84), (r + 0.006, h * 0.86)], mesh)
        torus(r * 0.7, 0.012, metal, at=(0, 0, h))
        tube([(r, 0, h * 0.9), (r + 0.12, 0, h * 0.86), (r + 0.1, 0, h * 0.72)], 0.02, look("leather", "tan"))
    elif key == "cube":
        box((0.8, 0.8, 0.8), stuff, at=(0, 0, 0.4), bevel=0.09, segments=5)
        disc(0.3, 0.02, mesh, at=(0, -0.395, 0.42), rot=(90, 0, 0))
        torus(0.3, 0.018, metal, at=(0, -0.4, 0.42), rot=(90, 0, 0))
    elif key == "shelf":
        w, d, h = 0.62, 0.66, 1.0
        box((w, d, h), stuff, at=(0, 0, h / 2), bevel=0.03)
        box(
            (w * 0.94, 0.03, h * 0.96),
            look("matte plastic", {"black": "black", "grey": "charcoal", "cream": "cream"}[p.opt("grille")]),
            at=(0, -d / 2 - 0.01, h / 2),
            bevel=0.012,
        )
        for z, r in ((0.32, 0.21), (0.72, 0.11)):
            lathe(
                [(r, 0), (r * 0.92, 0.03), (r * 0.75, 0.01), (r * 0.35, -0.06), (r * 0.3, -0.02), (0, 0.02)],
                cone if p.opt("grille") == "cream" else look("rubber", "grey"),
                at=(0, -d / 2 - 0.025, z),
                rot=(90, 0, 0),
            )
            torus(r, 0.014, metal, at=(0, -d / 2 - 0.03, z), rot=(90, 0, 0))
    elif key == "boombox":
        w, d, h = 1.3, 0.4, 0.62
        box((w, d, h), stuff, at=(0, 0, h / 2), bevel=0.07, segments=4)
        for s in (-1, 1):
            disc(0.22, 0.03, mesh, at=(s * 0.4, -d / 2 + 0.01, 0.29), rot=(90, 0, 0))
            torus(0.22, 0.02, metal, at=(s * 0.4, -d / 2 - 0.01, 0.29), rot=(90, 0, 0))
        box((0.24, 0.03, 0.16), look("plastic", "26333d", rough=0.1), at=(0, -d / 2, 0.32), bevel=0.01)
        for k in range(4):
            box((0.06, 0.05, 0.03), metal, at=(-0.12 + 0.08 * k, -0.05, h + 0.01), bevel=0.008)
        tube([(-0.55, 0, h - 0.03), (-0.5, 0, h + 0.2), (0.5, 0, h + 0.2), (0.55, 0, h - 0.03)], 0.035, stuff)
    elif key == "ball":
        blob((0.5, 0.5, 0.46), stuff, at=(0, 0, 0.46))
        blob((0.38, 0.2, 0.36), mesh, at=(0, -0.33, 0.48), rot=(-10, 0, 0))
        disc(0.2, 0.02, look("rubber", "black"), at=(0, 0, 0))
    else:
        lathe(fillet([(0, 0), (0.5, 0), (0.52, 0.3), (0, 0.34)], 0.1), stuff)
        lathe([(0.525, 0.08), (0.53, 0.1), (0.535, 0.22), (0.53, 0.24)], mesh)
        disc(0.34, 0.015, mesh, at=(0, 0, 0.335))
        tube([(0.5, 0, 0.2), (0.72, 0, 0.24), (0.66, 0, 0.1)], 0.022, look("cotton", "black"))


def keyboard(p: Product) -> None:
    """Rows of keys on a tray."""
    key = p.shape.key
    stuff = plain(p)
    keys_key = p.opt("keys")
    caps = look("matte plastic", {"white": "white", "black": "202124", "grey": "grey", "mixed": "cream"}[keys_key])
    mods = look("matte plastic", {"white": "grey", "black": "charcoal", "grey": "charcoal", "mixed": "navy"}[keys_key])
    pops = [look("plastic", c) for c in ("coral", "mustard", "teal")]
    rng = p.rng("keys")
    low = key == "slim"
    columns = {"full": 18, "compact": 12, "round": 13, "split": 12, "slim": 15}[key]
    rows = 5 if key != "full" else 6
    pitch = 0.1
    w, d = columns * pitch, rows * pitch
    tall = 0.03 if low else 0.07

    def part(x0: float, count: int, turn: float) -> None:
        held = modelling.root()
        holder = modelling.new_root("half")
        holder.parent = held
        w2 = count * pitch
        box((w2 + 0.08, d + 0.08, tall), stuff, at=(0, 0, tall / 2), bevel=0.02)
        for r in range(rows):
            c = 0
            while c < count:
                wide = 1
                if r == 0 and c == count // 4:
                    wide = count // 2
                elif c in (0, count - 1) and r < 4 and rng.random() < 0.0:
                    wide = 1
                x = -w2 / 2 + pitch * (c + wide / 2)
                y = -d / 2 + pitch * (r + 0.5)
                paint = mods if c == 0 or c >= count - 1 or (r == 0 and wide == 1) else caps
                if keys_key == "mixed" and rng.random() < 0.12:
                    paint = rng.choice(pops)
                height = 0.022 if low else 0.06
                if key == "round" and wide == 1:
                    cylinder(0.042, height, paint, at=(x, y, tall), bevel=0.014, steps=16)
                else:
                    box(
                        (pitch * wide * 0.88, pitch * 0.88, height),
                        paint,
                        at=(x, y, tall + height / 2),
                        bevel=0.012,
                        segments=2,
                        taper=0.86 if not low and wide == 1 else 1.0,
                    )
                c += wide
        holder.location = (x0, 0, 0)
        holder.rotation_euler = (math.radians(4), 0, math.radians(turn))
        modelling.use_root(held)

    if key == "split":
        part(-0.42, 6, -10)
        part(0.42, 6, 10)
    else:
        part(0, columns, 0)
    del w


def monitor(p: Product) -> None:
    """A screen on a stand."""
    key = p.shape.key
    stuff = plain(p)
    screen_key = p.opt("screen")
    screen = look("plastic", "0c0d10", rough=0.08)
    w, h = {"wide": (1.5, 0.88), "ultra": (2.0, 0.84), "retro": (1.0, 0.8), "square": (1.1, 0.86), "tall": (0.84, 1.4)}[
        key
    ]
    z = {"retro": 0.62, "tall": 0.98}.get(key, 0.78)
    colours = {"blue": ("2260c4", "86bfe8"), "sunset": ("ef7d16", "6b3fa0"), "green": ("2f8a43", "a5dcc0")}.get(
        screen_key
    )

    def wallpaper(front: float) -> None:
        if colours is None:
            return
        for k, (wide, colour, level) in enumerate(((0.94, colours[0], 0.0), (0.94, colours[1], -0.2))):
            base = -h * 0.46
            top = h * 0.46 if k == 0 else h * level
            line = [
                (-w * wide / 2 + w * wide * i / 24, top + (0.05 * math.sin(i * 0.5 + 1) if k else 0)) for i in range(25)
            ]
            extrude(
                [*line, (w * wide / 2, base), (-w * wide / 2, base)],
                0.004,
                glow(colour, 0.5),
                at=(0, front - 0.004 * (k + 1), z),
                rot=(90, 0, 0),
                bevel=0.0005,
            )

    if key == "retro":
        box((w, 0.5, h), stuff, at=(0, 0, z), bevel=0.06, segments=4)
        box((w * 0.8, 0.5, h * 0.8), stuff, at=(0, 0.38, z), bevel=0.08, taper=0.9)
        w, h = w * 0.82, h * 0.76
        box((w, 0.05, h), screen, at=(0, -0.25, z + 0.03), bevel=0.03)
        z += 0.03
        wallpaper(-0.277)
        cylinder(0.26, 0.1, stuff, at=(0, 0.1, 0.0), bevel=0.03)
        cylinder(0.14, 0.16, stuff, at=(0, 0.1, 0.08))
        return
    if key == "ultra":

        def bend(depth: float) -> Callable[[float, float], Point]:
            def f(u: float, v: float) -> tuple[float, float, float]:
                x = (u - 0.5) * w
                return (x, 0.12 - 0.2 * x * x * 0.6 - depth, z + (v - 0.5) * h)

            return f

        sheet(bend(0.0), stuff, nu=32, nv=2, thick=0.06)
        w, h = w * 0.97, h * 0.93
        sheet(bend(0.034), glow(colours[0], 0.5) if colours else screen, nu=32, nv=2)
    else:
        box((w, 0.06, h), stuff, at=(0, 0, z), bevel=0.02)
        border = 0.03 if key != "square" else 0.07
        w, h = w - 2 * border, h - 2 * border
        box((w, 0.012, h), screen, at=(0, -0.028, z), bevel=0.003)
        wallpaper(-0.035)
    silver = look("aluminium", "silver") if p.material == "aluminium" else stuff
    if p.u("stand", 0, 1) < 0.5:
        tube([(0, 0.12, 0.02), (0, 0.08, z)], 0.045, silver, curved=False)
        disc(0.28, 0.03, silver, at=(0, 0.1, 0))
    else:
        box((0.12, 0.05, z), silver, at=(0, 0.09, z / 2), bevel=0.015)
        box((0.6, 0.34, 0.03), silver, at=(0, 0.04, 0.015), bevel=0.012)


def camera(p: Product) -> None:
    """A camera, its lens to the front."""
    key = p.shape.key
    stuff = plain(p)
    top_key = p.opt("top")
    top = {
        "silver": look("aluminium", "silver"),
        "black": look("matte plastic", "black"),
        "white": look("plastic", "white"),
    }[top_key]
    black = look("matte plastic", "1a1b1d")
    glass_front = look("plastic", "0c1626", rough=0.02)

    def lens(x: float, z: float, r: float, long: float, y: float) -> None:
        cylinder(r, long, black, at=(x, y, z), rot=(90, 0, 0), bevel=0.02)
        for k in range(2):
            torus(r * 1.01, 0.016, top if k else black, at=(x, y - long * (0.35 + 0.4 * k), z), rot=(90, 0, 0))
        blob((r * 0.78, 0.05, r * 0.78), glass_front, at=(x, y - long, z))
        torus(r * 0.82, 0.02, black, at=(x, y - long - 0.01, z), rot=(90, 0, 0))

    if key == "retro":
        box((1.25, 0.36, 0.6), stuff, at=(0, 0, 0.36), bevel=0.09, segments=4)
        box((1.24, 0.37, 0.2), top, at=(0, 0, 0.72), bevel=0.05)
        box((1.24, 0.37, 0.09), top, at=(0, 0, 0.05), bevel=0.03)
        lens(0.02, 0.38, 0.24, 0.26, -0.17)
        box((0.2, 0.03, 0.1), glass_front, at=(0.36, -0.185, 0.72), bevel=0.012)
        box((0.1, 0.03, 0.08), glass_front, at=(-0.08, -0.185, 0.72), bevel=0.012)
        cylinder(0.1, 0.07, top, at=(-0.42, 0, 0.81))
        cylinder(0.075, 0.06, top, at=(0.46, 0, 0.81))
    elif key == "slr":
        box((1.2, 0.4, 0.78), stuff, at=(0, 0, 0.39), bevel=0.08, segments=4)
        box((0.24, 0.2, 0.76), black, at=(-0.48, -0.22, 0.38), bevel=0.09, segments=4)
        box((0.46, 0.4, 0.26), top, at=(0.06, -0.02, 0.86), bevel=0.06, taper=0.66)
        lens(0.08, 0.4, 0.3, 0.46, -0.2)
        cylinder(0.1, 0.06, top, at=(-0.42, 0, 0.78))
    elif key == "compact":
        box((1.1, 0.26, 0.66), stuff, at=(0, 0, 0.33), bevel=0.06, segments=4)
        box((1.104, 0.2, 0.12), top, at=(0, 0, 0.6), bevel=0.04)
        lens(0.16, 0.31, 0.21, 0.14, -0.12)
        box((0.16, 0.02, 0.08), look("plastic", "white"), at=(-0.34, -0.13, 0.5), bevel=0.01)
        cylinder(0.07, 0.03, look("aluminium", "silver"), at=(-0.34, 0, 0.66))
    elif key == "instant":
        box((1.15, 0.62, 0.5), stuff, at=(0, 0, 0.25), bevel=0.07, segments=4)
        box((1.05, 0.5, 0.5), top, at=(0, 0.03, 0.68), bevel=0.09, segments=4)
        lens(0.02, 0.66, 0.24, 0.16, -0.2)
        box((0.2, 0.03, 0.14), look("plastic", "white"), at=(0.36, -0.22, 0.78), bevel=0.012)
        ball((0.06, 0.04, 0.06), look("plastic", "red"), (-0.36, -0.23, 0.56))
        box((0.9, 0.02, 0.03), black, at=(0, -0.315, 0.2), bevel=0.004)
        for k, colour in enumerate(("red", "orange", "yellow", "green", "blue")):
            box((0.03, 0.012, 0.28), look("plastic", colour), at=(-0.06 + 0.03 * k, -0.312, 0.34), bevel=0.001)
    else:
        box((0.8, 0.42, 0.66), stuff, at=(0, 0, 0.33), bevel=0.07, segments=4)
        box((0.4, 0.06, 0.4), black, at=(0.17, -0.22, 0.42), bevel=0.03)
        lens(0.17, 0.42, 0.13, 0.06, -0.23)
        box((0.2, 0.012, 0.16), glass_front, at=(-0.2, -0.21, 0.42), bevel=0.01)
        cylinder(0.07, 0.03, top, at=(-0.2, 0, 0.66))
    if key in ("retro", "slr") and p.u("strap", 0, 1) < 0.5:
        tube(
            [
                (-0.62, 0, 0.66),
                (-0.8, -0.2, 0.1),
                (-0.7, -0.55, 0.02),
                (-0.1, -0.7, 0.02),
                (0.5, -0.62, 0.02),
                (0.85, -0.2, 0.06),
                (0.62, 0, 0.66),
            ],
            0.028,
            look("leather", "brown" if p.colour not in ("brown", "tan") else "black"),
        )


def radio(p: Product) -> None:
    """A radio with a grille and dials."""
    key = p.shape.key
    stuff = plain(p, axis="x")
    cloth = look("canvas", "cream" if p.colour not in ("cream", "white", "beige") else "brown")
    gold = look("brass", "gold") if p.u("metal", 0, 1) < 0.6 else look("aluminium", "silver")
    if key == "cath":
        outline = [
            (-0.45, 0),
            (0.45, 0),
            *((0.45 * math.cos(a), 0.6 + 0.45 * math.sin(a)) for a in (math.pi * k / 24 for k in range(25))),
        ]
        extrude(outline, 0.5, stuff, rot=(90, 0, 0), bevel=0.03)
        inner = [
            (-0.3, 0.36),
            (0.3, 0.36),
            *((0.3 * math.cos(a), 0.6 + 0.3 * math.sin(a)) for a in (math.pi * k / 24 for k in range(25))),
        ]
        extrude(inner, 0.03, cloth, at=(0, -0.25, 0), rot=(90, 0, 0), bevel=0.008)
        for x in (-0.14, 0, 0.14):
            box((0.025, 0.04, 0.5), stuff, at=(x, -0.255, 0.6), bevel=0.008)
        w, d, dial_x, dial_z = 0.9, 0.5, 0.0, 0.18
        for x in (-0.22, 0.22) if p.opt("knobs") == "two" else (0.0,):
            cylinder(0.075, 0.07, gold, at=(x, -0.25, dial_z), rot=(90, 0, 0), bevel=0.02)
        h = 1.05
        del w, dial_x
    else:
        w, d, h = {"retro": (1.2, 0.42, 0.72), "round": (1.15, 0.4, 0.7), "portable": (1.1, 0.34, 0.66)}[key]
        extrude(
            rectangle(w, h, {"retro": 0.12, "round": 0.3, "portable": 0.06}[key]),
            d,
            stuff,
            at=(0, 0, h / 2),
            rot=(90, 0, 0),
            bevel=0.04,
        )
        extrude(
            rectangle(w * 0.52, h * 0.74, {"round": 0.24}.get(key, 0.06)),
            0.03,
            cloth,
            at=(-w * 0.19, -d / 2, h / 2),
            rot=(90, 0, 0),
            bevel=0.008,
        )
        if key == "portable":
            for k in range(7):
                box((w * 0.5, 0.02, 0.018), gold, at=(-w * 0.19, -d / 2 - 0.012, h * 0.22 + k * h * 0.09), bevel=0.004)
        if p.opt("knobs") == "one":
            cylinder(0.17, 0.06, gold, at=(w * 0.28, -d / 2 + 0.005, h * 0.56), rot=(90, 0, 0), bevel=0.02)
            disc(0.12, 0.02, look("paper", "cream"), at=(w * 0.28, -d / 2 - 0.05, h * 0.56), rot=(90, 0, 0))
            box(
                (0.012, 0.01, 0.1),
                look("plastic", "red"),
                at=(w * 0.28, -d / 2 - 0.075, h * 0.6),
                rot=(0, 25, 0),
                bevel=0.002,
            )
        else:
            for z in (0.34, 0.68):
                cylinder(0.095, 0.07, gold, at=(w * 0.28, -d / 2 + 0.005, h * z), rot=(90, 0, 0), bevel=0.02)
        tube(
            [(-w * 0.3, 0, h - 0.01), (-w * 0.28, 0, h + 0.14), (w * 0.28, 0, h + 0.14), (w * 0.3, 0, h - 0.01)],
            0.026,
            look("leather", "tan" if p.colour != "tan" else "black"),
        )
        for s in (-1, 1):
            cylinder(0.04, 0.05, gold, at=(s * w * 0.36, 0, -0.04))
    if p.opt("aerial") == "aerial":
        tube([(0.3, d * 0.3, h - 0.02), (0.62, d * 0.3, h + 0.62)], 0.013, look("steel", "silver"), curved=False)
        ball((0.024, 0.024, 0.024), look("steel", "silver"), (0.62, d * 0.3, h + 0.62))
