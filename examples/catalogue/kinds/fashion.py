"""Fashion -> geometry; the front is towards -y."""

from __future__ import annotations

import math

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
    torus,
    tube,
)
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def sun_hat(p: Product) -> None:
    """Crown, brim and band."""
    key = p.shape.key
    stuff = body(p, radius=0.3, scale=0.1)
    band = look("cotton", p.opt("band"))
    if p.opt("band") == p.colour:
        band = look("cotton", "mustard")
    if key == "cap":
        lathe(spline([(0.33, 0), (0.34, 0.12), (0.28, 0.28), (0.12, 0.37), (0, 0.38)], 7), stuff)
        visor = accent(p, p.colour) if p.colour2 else stuff

        def bill(u: float, v: float) -> tuple[float, float, float]:
            a = math.radians(-90 + (u - 0.5) * 118)
            r = 0.325 + v * 0.3 * math.cos((u - 0.5) * math.pi) ** 0.6
            return (r * math.cos(a), r * math.sin(a), 0.03 - 0.08 * v - 0.5 * (u - 0.5) ** 2 * 0.4)

        sheet(bill, visor, nu=28, nv=8, thick=0.022)
        ball((0.03, 0.03, 0.02), visor, (0, 0, 0.385))
        for k in range(6):
            a = math.pi * k / 3
            tube(
                [(r * math.cos(a), r * math.sin(a), z + 0.003) for r, z in ((0.34, 0.1), (0.285, 0.28), (0.12, 0.37))],
                0.005,
                visor,
                caps=False,
            )
        return
    brim, _rise = {
        "wide": (0.72, 0.34),
        "fedora": (0.52, 0.36),
        "bucket": (0.5, 0.3),
        "boater": (0.55, 0.24),
        "cowboy": (0.62, 0.38),
    }[key]
    brim *= p.u("brim", 0.93, 1.08)
    crown = {
        "wide": [(0.31, 0.02), (0.3, 0.16), (0.24, 0.3), (0, 0.34)],
        "fedora": [(0.31, 0.02), (0.28, 0.2), (0.24, 0.36), (0.12, 0.34), (0, 0.31)],
        "bucket": [(0.32, 0.02), (0.28, 0.2), (0.24, 0.29), (0, 0.3)],
        "boater": [(0.31, 0.02), (0.305, 0.2), (0.29, 0.24), (0, 0.245)],
        "cowboy": [(0.3, 0.02), (0.26, 0.22), (0.22, 0.38), (0.1, 0.35), (0, 0.32)],
    }[key]
    oval = 1.0 if key in ("bucket", "wide") else 1.18
    item = lathe(spline(crown, 7), stuff)
    item.scale = (1, oval, 1)
    down = {"wide": 0.06, "bucket": 0.2, "fedora": 0.0, "boater": 0.0, "cowboy": 0.0}[key]
    wave = p.u("wave", 0.0, 0.04) if key == "wide" else 0.0

    def rim(u: float, v: float) -> tuple[float, float, float]:
        a = 2 * math.pi * u
        r = 0.3 + (brim - 0.3) * v
        z = 0.03 - down * v + wave * math.sin(3 * a) * v * v
        if key == "cowboy":
            z += 0.26 * abs(math.cos(a)) ** 3 * v**1.8
        if key == "fedora":
            z += 0.06 * v * v * (1.2 if math.sin(a) > 0 else -0.6) * abs(math.sin(a))
        return (
            r * math.cos(a) * (1 if key != "cowboy" else 0.95),
            r * math.sin(a) * (oval if key != "cowboy" else 1.1),
            z,
        )

    sheet(rim, stuff, nu=72, nv=12, thick=0.02, round_u=True)
    ribbon = lathe([(0.318, 0.035), (0.315, 0.06), (0.306, 0.11)], band, sharp=None)
    ribbon.scale = (1.0, oval, 1)


def beanie(p: Product) -> None:
    """A knitted cap, ribbed."""
    key = p.shape.key
    span = (0, 0.85)
    stuff = body(p, radius=0.4, scale=p.u("scale", 0.14, 0.22), span=span)
    second = accent(p, p.colour) if p.colour2 else plain(p)
    h = {"cuffed": 0.78, "pompom": 0.76, "slouchy": 0.9, "ear": 0.76}[key]

    def cap(u: float, v: float) -> tuple[float, float, float]:
        a = 2 * math.pi * u
        r = 0.42 * (1 - max(v - 0.35, 0) ** 2.2 * 2.45) * (1 + 0.02 * math.cos(a * 44))
        r = max(r, 0.01)
        lean = 0.18 * max(v - 0.6, 0) if key == "slouchy" else 0.0
        return (r * math.cos(a), r * math.sin(a) + lean, h * (v**0.92))

    sheet(cap, stuff, nu=176, nv=22, round_u=True)
    if key != "ear":

        def cuff(u: float, v: float) -> tuple[float, float, float]:
            a = 2 * math.pi * u
            r = 0.445 * (1 + 0.025 * math.cos(a * 40)) + 0.02 * math.sin(math.pi * v)
            return (r * math.cos(a), r * math.sin(a), 0.22 * v)

        sheet(cuff, second, nu=160, nv=6, thick=0.03, round_u=True)
    if key in ("pompom", "ear") and p.u("pom", 0, 1) < (1.1 if key == "pompom" else 0.5):
        item = blob(
            (0.15, 0.15, 0.15),
            look("plush", p.colour2 or ("cream" if p.colour != "cream" else "navy")),
            at=(0, 0, h + 0.1),
            n=56,
        )
        rng = p.rng("pom")
        for vertex in item.data.vertices:
            k = 1 + rng.uniform(-0.08, 0.1)
            vertex.co = (vertex.co.x * k, vertex.co.y * k, vertex.co.z * k)
    if key == "ear":
        for s in (-1, 1):
            blob((0.05, 0.17, 0.2), stuff, at=(s * 0.4, 0, -0.06), e=0.8)
            tube([(s * 0.4, 0, -0.22), (s * 0.43, -0.03, -0.42), (s * 0.4, 0, -0.56)], 0.02, second)


def sunglasses(p: Product) -> None:
    """Two lenses in a frame, temples to the back."""
    key = p.shape.key
    stuff = plain(p)
    lens = look(
        "plastic",
        {"grey": "2a2d31", "brown": "5a3418", "green": "2e4a35", "blue": "234a86", "pink": "d9688f"}[p.opt("lens")],
        rough=0.04,
    )
    metal = p.material in ("brass", "aluminium")
    thick = 0.018 if metal else p.u("thick", 0.026, 0.042)
    r = 0.26 if key == "wide" else 0.225
    outlines: dict[str, list[Flat]] = {
        "round": circle(r, 48),
        "square": rectangle(0.48, 0.4, 0.08),
        "cat": spline(
            [(-0.24, -0.02), (-0.12, -0.17), (0.1, -0.16), (0.22, 0.0), (0.3, 0.2), (0.1, 0.15), (-0.16, 0.12)],
            7,
            closed=True,
        ),
        "aviator": spline(
            [(-0.2, 0.12), (-0.24, 0.0), (-0.12, -0.18), (0.06, -0.22), (0.22, -0.08), (0.25, 0.1), (0.05, 0.15)],
            7,
            closed=True,
        ),
        "wide": rectangle(0.56, 0.5, 0.2),
        "heart": [
            (
                0.0135 * 16 * math.sin(t) ** 3 * 1.12,
                0.0135 * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)),
            )
            for t in (2 * math.pi * k / 60 for k in range(60))
        ],
    }
    gap = 0.31 if key != "wide" else 0.35
    edge = gap + max(x for x, _ in outlines[key])
    for s in (-1, 1):
        outline = [(s * x, y) for x, y in outlines[key]]
        extrude(outline, 0.015, lens, at=(s * gap, 0, 0.25), rot=(90, 0, 0), bevel=0.004)
        tube([(s * gap + x, 0, 0.25 + y) for x, y in outline], thick, stuff, closed=True, curved=False)
        tube(
            [
                (s * edge, 0.01, 0.32),
                (s * (edge + 0.015), 0.12, 0.32),
                (s * edge, 0.72, 0.31),
                (s * (edge - 0.02), 0.95, 0.18),
            ],
            [thick, thick * 0.9, thick * 0.8, thick * 0.9],
            stuff,
        )
    inner = gap - max(-x for x, _ in outlines[key])
    tube([(-inner - 0.02, 0, 0.28), (0, -0.02, 0.32), (inner + 0.02, 0, 0.28)], thick, stuff)
    if key == "aviator":
        tube([(-gap * 0.7, -0.005, 0.4), (gap * 0.7, -0.005, 0.4)], thick * 0.9, stuff, curved=False)


def watch(p: Product) -> None:
    """A watch standing on its closed strap, the dial looking to the front and up."""
    key = p.shape.key
    metal_key = (
        p.opt("case") if p.material not in ("steel", "brass") else {"steel": "silver", "brass": "gold"}[p.material]
    )
    case = {"silver": look("steel", "silver"), "gold": look("brass", "gold"), "black": look("painted steel", "black")}[
        metal_key
    ]
    strap = plain(p)
    face_key = p.opt("face")
    face = look(
        "paper",
        {"white": "white", "black": "17181a", "blue": "2a4d8f", "green": "2d5a43", "pink": "pink"}[face_key],
        rough=0.3,
    )
    ink = look("painted steel", "black" if face_key in ("white", "pink") else "white")
    wide = {"slim": 0.13, "diver": 0.19}.get(key, 0.16)
    lean, ry, rz = math.radians(38), 0.5, 0.42
    centre = (0.0, 0.0, 0.44)
    # the strap is a closed loop in the y-z plane
    links = p.material in ("steel", "brass")
    n = 26
    for k in range(n):
        a, b = 2 * math.pi * k / n, 2 * math.pi * (k + 1) / n
        if links:
            mid = (a + b) / 2
            box(
                (wide * 2, 0.125, 0.045),
                strap,
                at=(0, ry * math.cos(mid), centre[2] + rz * math.sin(mid)),
                rot=(math.degrees(math.atan2(rz * math.cos(mid), -ry * math.sin(mid))), 0, 0),
                bevel=0.014,
                segments=2,
            )
    if not links:

        def loop(u: float, v: float) -> tuple[float, float, float]:
            a = 2 * math.pi * u
            narrow = 0.85 + 0.15 * math.sin(a - lean * 0 + math.pi * 0.75)
            return ((v - 0.5) * 2 * wide * narrow, ry * math.cos(a), centre[2] + rz * math.sin(a))

        sheet(loop, strap, nu=64, nv=4, thick=0.05, round_u=True)
        if p.material == "leather":
            for s in (-0.82, 0.82):
                tube(
                    [
                        (s * wide, 1.05 * ry * math.cos(a), centre[2] + 1.06 * rz * math.sin(a))
                        for a in (2 * math.pi * k / 48 for k in range(48))
                    ],
                    0.006,
                    look("cotton", "cream"),
                    closed=True,
                    curved=False,
                )
    angle = math.radians(128)
    at = (0, ry * math.cos(angle), centre[2] + rz * math.sin(angle))
    tilt = math.degrees(math.atan2(-math.cos(angle) / ry, math.sin(angle) / rz))
    rot = (tilt, 0, 0)
    up = (0, -math.sin(math.radians(tilt)), math.cos(math.radians(tilt)))
    along = (0, math.cos(math.radians(tilt)), math.sin(math.radians(tilt)))

    def spot(x: float, y: float, z: float) -> tuple[float, float, float]:
        return (at[0] + x, at[1] + along[1] * y + up[1] * z, at[2] + along[2] * y + up[2] * z)

    r = {"slim": 0.24, "diver": 0.31, "smart": 0.27}.get(key, 0.28)
    if key in ("square", "smart"):
        extrude(
            rectangle(r * 1.9, r * (1.9 if key == "square" else 2.2), 0.1 if key == "smart" else 0.05),
            0.12,
            case,
            at=spot(0, 0, 0.02),
            rot=rot,
            bevel=0.035,
        )
        extrude(
            rectangle(r * 1.6, r * (1.6 if key == "square" else 1.9), 0.06),
            0.02,
            face,
            at=spot(0, 0, 0.08),
            rot=rot,
            bevel=0.004,
        )
    else:
        cylinder(r, 0.11 if key != "slim" else 0.07, case, at=spot(0, 0, -0.03), rot=rot, bevel=0.03)
        disc(r * 0.86, 0.02, face, at=spot(0, 0, 0.075 if key != "slim" else 0.036), rot=rot)
        if key == "diver":
            torus(
                r * 0.92,
                0.035,
                look("painted steel", "black" if face_key != "black" else "blue"),
                at=spot(0, 0, 0.085),
                rot=rot,
            )
    top = 0.098 if key != "slim" else 0.058
    if key == "smart":
        for k, colour in enumerate(("red", "green", "turquoise")):
            from examples.catalogue.surfaces import glow

            tube(
                [
                    tuple(spot((0.15 - 0.04 * k) * math.cos(t), (0.15 - 0.04 * k) * math.sin(t), 0.094))
                    for t in (math.pi * 1.5 * j / 16 for j in range(17))
                ],
                0.014,
                glow(colour, 0.6),
                curved=False,
            )
    else:
        for k in range(12):
            a = 2 * math.pi * k / 12
            d = r * 0.7
            box(
                (0.02, 0.05, 0.008), ink, at=spot(d * math.sin(a), d * math.cos(a), top), rot=(tilt, 0, 0), bevel=0.002
            ) if k % 3 == 0 else disc(0.011, 0.008, ink, at=spot(d * math.sin(a), d * math.cos(a), top), rot=rot)
        for turn, long in ((p.u("h", 0, 6.28), 0.5), (p.u("m", 0, 6.28), 0.72)):
            tube(
                [spot(0, 0, top + 0.01), spot(r * long * math.sin(turn), r * long * math.cos(turn), top + 0.01)],
                0.011,
                ink,
                curved=False,
            )
    cylinder(0.035, 0.06, case, at=spot(r, 0, 0.02), rot=(0, 90, 0))


def ring(p: Product) -> None:
    """A ring standing upright, its stone on top."""
    key = p.shape.key
    metal = plain(p)
    stone = look(
        "glass",
        {
            "red": "c4161c",
            "blue": "2260c4",
            "green": "1f8a4a",
            "clear": "f4f8f8",
            "purple": "6b3fa0",
            "black": "1b1b1d",
        }[p.opt("stone")],
    )
    inputs = stone.node_tree.nodes["Principled BSDF"].inputs
    inputs["IOR"].default_value, inputs["Transmission Weight"].default_value, inputs["Roughness"].default_value = (
        1.6,
        0.4,
        0.03,
    )
    r = 0.42
    top = 2 * r + 0.02

    def gem(x: float, y: float, z: float, size: float) -> None:
        lathe(
            [
                (0, -0.55 * size),
                (size, 0.1 * size),
                (size * 0.95, 0.18 * size),
                (size * 0.58, 0.4 * size),
                (0, 0.4 * size),
            ],
            stone,
            at=(x, y, z),
            steps=8,
            sharp=10,
        )
        for k in range(4):
            a = math.pi * (k + 0.5) / 2
            tube(
                [
                    (x + 0.4 * size * math.cos(a), y + 0.4 * size * math.sin(a), z - 0.5 * size),
                    (x + size * 1.02 * math.cos(a), y + size * 1.02 * math.sin(a), z + 0.2 * size),
                ],
                0.018,
                metal,
                curved=False,
            )

    if key == "band":
        wide = p.u("wide", 0.13, 0.2)
        lathe(
            fillet(
                [(r - 0.04, -wide), (r + 0.03, -wide), (r + 0.05, 0), (r + 0.03, wide), (r - 0.04, wide)],
                0.03,
                closed=True,
            ),
            metal,
            at=(0, 0, r + 0.04),
            rot=(90, 0, 0),
            closed=True,
            sharp=None,
            steps=72,
        )
        for k in range(-2, 3):
            a = math.radians(90 + k * 14)
            ball((0.04, 0.04, 0.04), stone, ((r + 0.045) * math.cos(a), 0, r + 0.04 + (r + 0.045) * math.sin(a)))
        return
    if key == "twist":
        for phase in (0, math.pi):
            line = [
                (
                    (r + 0.045 * math.cos(9 * a + phase)) * math.cos(a),
                    0.045 * math.sin(9 * a + phase),
                    r + 0.06 + (r + 0.045 * math.cos(9 * a + phase)) * math.sin(a),
                )
                for a in (2 * math.pi * k / 160 for k in range(160))
            ]
            tube(line, 0.036, metal, closed=True, curved=False)
        ball((0.09, 0.09, 0.09), stone, (0, 0, top + 0.14))
        return
    torus(r, 0.045 if key != "signet" else 0.06, metal, at=(0, 0, r + 0.045), rot=(90, 0, 0))
    if key == "signet":
        blob((0.22, 0.18, 0.1), metal, at=(0, 0, top + 0.03), e=0.5)
        disc(0.13, 0.03, stone, at=(0, 0, top + 0.12))
    elif key == "halo":
        gem(0, 0, top + 0.14, 0.15)
        for k in range(12):
            a = 2 * math.pi * k / 12
            ball((0.042, 0.042, 0.042), look("glass", "clear"), (0.21 * math.cos(a), 0.21 * math.sin(a), top + 0.14))
    elif key == "trio":
        gem(0, 0, top + 0.12, 0.15)
        for s in (-1, 1):
            gem(s * 0.23, 0, top + 0.04, 0.09)
    else:
        gem(0, 0, top + 0.14, p.u("gem", 0.15, 0.22))


def boot(p: Product) -> None:
    """A pair of rubber boots, toes to the front."""
    key = p.shape.key
    h = {"tall": 1.15, "mid": 0.85, "ankle": 0.55, "buckle": 1.08}[key] * p.u("h", 0.95, 1.05)
    stuff = body(p, proj="front", scale=p.u("scale", 0.14, 0.2), span=(0, h))
    sole = look("rubber", {"black": "black", "white": "white", "tan": "tan"}[p.opt("sole")])
    trim = accent(p, "black" if p.colour != "black" else "red")
    for s in (-1, 1):
        x0 = s * 0.27

        def shaft(u: float, v: float, x0: float = x0) -> tuple[float, float, float]:
            a = 2 * math.pi * u
            if v < 0.5:
                t = v / 0.5
                z = 0.06 + 0.3 * t
                front = 0.62 * (1 - t**2.2) + 0.16 * t**2.2
                width = 0.2 * (1 - 0.06 * t)
                y = -(front * max(-math.sin(a), 0) ** 0.85) + 0.2 * max(math.sin(a), 0) ** 0.8
                side = math.copysign(abs(math.cos(a)) ** 0.75, math.cos(a))
                return (x0 + width * side, y, z)
            t = (v - 0.5) / 0.5
            z = 0.36 + (h - 0.36) * t
            wide = 0.185 + 0.05 * math.sin(t * math.pi / 2)
            return (x0 + wide * math.cos(a), 0.02 + wide * 0.98 * math.sin(a), z)

        sheet(shaft, stuff, nu=40, nv=30, round_u=True, thick=0.02)
        blob((0.205, 0.36, 0.16), stuff, at=(x0, -0.26, 0.17), e=0.8, e2=0.8)
        outline = spline(
            [
                (0, -0.66),
                (0.17, -0.55),
                (0.21, -0.3),
                (0.16, 0.0),
                (0.19, 0.18),
                (0, 0.26),
                (-0.19, 0.18),
                (-0.16, 0.0),
                (-0.21, -0.3),
                (-0.17, -0.55),
            ],
            5,
            closed=True,
        )
        extrude(outline, 0.08, sole, at=(x0, 0, 0.04), bevel=0.02)
        extrude([(x * 0.9, y * 0.35 + 0.12) for x, y in outline], 0.1, sole, at=(x0, 0, 0.03), bevel=0.015)
        wide = 0.235
        torus(wide, 0.022, trim if p.u("rim", 0, 1) < 0.6 else stuff, at=(x0, 0.02, h))
        if key == "buckle":
            torus(0.225, 0.02, trim, at=(x0, 0.02, h * 0.82))
            box(
                (0.07, 0.06, 0.09), look("steel", "silver"), at=(x0 + 0.2, -0.08, h * 0.82), rot=(0, 0, 60), bevel=0.012
            )
