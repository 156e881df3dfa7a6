"""Sports goods -> geometry."""

from __future__ import annotations

import math
from typing import Any

from mathutils import Vector

from examples.catalogue.modelling import ball as small_ball
from examples.catalogue.modelling import blob, box, cylinder, disc, extrude, fillet, lathe, mesh, rectangle, sheet, spline, torus, tube
from examples.catalogue.records import Product
from examples.catalogue.surfaces import Nodes, accent, body, look, plain, rgb


def ball(p: Product) -> None:
    """Balls of six games, each told by its seams and panels."""
    key = p.shape.key
    stuff = plain(p)
    rng = p.rng("second")
    light = p.colour in ("white", "yellow", "pink", "turquoise", "orange")
    second = rng.choice(["black", "navy", "red", "blue"] if light else ["white", "yellow", "cream"])
    if second == p.colour:
        second = "green"
    seam = look("rubber", "black" if p.colour != "black" else "white")
    at = (0, 0, 0.5)
    if key == "football":
        _football(stuff, look(p.material, second), look("rubber", "grey"))
        return
    if key == "beach":
        item = blob((0.5, 0.5, 0.5), look("plastic", p.colour), at=at, rot=(28, 18, 0), n=96)
        for colour in (second, "white" if p.colour != "white" and second != "white" else "yellow"):
            item.data.materials.append(look("plastic", colour))
        for face in item.data.polygons:
            a = int((math.atan2(face.center[1], face.center[0]) / (2 * math.pi) + 1) * 6) % 6
            face.material_index = (0, 2, 1, 2, 0, 2)[a] if abs(face.center[2]) < 0.485 else 2
        return
    if key == "rugby":
        def egg(low: float, high: float) -> list[tuple[float, float]]:
            steps = [low + (high - low) * k / 24 for k in range(25)]
            return [(0.44 * math.cos(t), 0.72 * math.sin(t)) for t in steps]

        for low, high, paint in ((-1.571, -0.95, stuff), (-0.95, -0.72, look(p.material, second)), (-0.72, 0.72, stuff),
                                 (0.72, 0.95, look(p.material, second)), (0.95, 1.571, stuff)):  # fmt: skip
            lathe(egg(low, high), paint, at=(0, 0, 0.44), rot=(0, 90, 0), sharp=None)
        for k in range(5):
            tube([(-0.16 + 0.08 * k, -0.05, 0.86 + 0.0 * k), (-0.16 + 0.08 * k, 0.05, 0.86)], 0.012, look("cotton", "white"), at=(0.0, -0.03, 0.008), curved=False)
        return
    if key != "volley":
        blob((0.5, 0.5, 0.5), look("felt", p.colour) if key == "tennis" else stuff, at=at, n=72)
    r = 0.5
    if key == "tennis":
        line = []
        for k in range(80):
            t = 2 * math.pi * k / 80
            v = Vector((0.75 * math.cos(t) + 0.25 * math.cos(3 * t), 0.75 * math.sin(t) - 0.25 * math.sin(3 * t), 2 * (0.75 * 0.25) ** 0.5 * math.sin(2 * t)))
            line.append(tuple(v.normalized() * r))
        tube(line, 0.013, look("rubber", "white" if p.colour != "white" else "grey"), at=at, rot=(30, 20, 40), closed=True, curved=False)
    elif key == "basketball":
        for rot in ((90, 0, 0), (0, 0, 0)):
            torus(r, 0.011, seam, at=at, rot=(rot[0] + 14, rot[1] + 12, rot[2]))
        for s in (-1, 1):
            line = []
            for k in range(48):
                t = 2 * math.pi * k / 48
                v = Vector((s * (0.62 - 0.2 * math.cos(2 * t)), math.cos(t) * 0.8, math.sin(t) * 0.8))
                line.append(tuple(v.normalized() * r))
            tube(line, 0.011, seam, at=at, rot=(14, 12, 0), closed=True, curved=False)
    else:
        _volleyball(stuff, look("rubber", second))


def _football(light: Any, dark: Any, seam: Any) -> None:
    """Twelve pentagons of an icosahedron's corners, seams between its hexagons."""
    g = (1 + 5**0.5) / 2
    centres = [Vector(c).normalized() for s in (-1, 1) for t in (-1, 1) for c in ((0, s, t * g), (s, t * g, 0), (t * g, 0, s))]
    near = {(i, j) for i, a in enumerate(centres) for j, b in enumerate(centres) if i != j and (a - b).length < 1.1}
    at, rot, n = (0, 0, 0.5), (24, 15, 10), 18
    for stuff, wanted in ((light, False), (dark, True)):
        verts: list[Any] = []
        faces: list[tuple[int, int, int]] = []
        for i, j, k in ((i, j, k) for i, j in near for k in range(12) if i < j < k and (i, k) in near and (j, k) in near):
            a, b, c = (centres[index] for index in (i, j, k))

            def point(x: int, y: int, a: Vector = a, b: Vector = b, c: Vector = c) -> Vector:
                return ((a * (n - x - y) + b * x + c * y) / n).normalized() * 0.5

            for x in range(n):
                for y in range(n - x):
                    cells = [((x, y), (x + 1, y), (x, y + 1))]
                    if x + y < n - 1:
                        cells.append(((x + 1, y), (x + 1, y + 1), (x, y + 1)))
                    for cell in cells:
                        u, v = sum(q[0] for q in cell) / 3 / n, sum(q[1] for q in cell) / 3 / n
                        if (max(u, v, 1 - u - v) > 2 / 3) is wanted:
                            faces.append((len(verts), len(verts) + 1, len(verts) + 2))
                            three = [point(*q) for q in cell]
                            outward = (three[1] - three[0]).cross(three[2] - three[0]).dot(three[0]) > 0
                            verts += three if outward else [three[0], three[2], three[1]]
        item = mesh(verts, faces, stuff, at=at, rot=rot)
        item.data.normals_split_custom_set_from_vertices([v.co.normalized() for v in item.data.vertices])
    for i, j in near:
        if i < j:
            line = [tuple((centres[i] * (1 - t) + centres[j] * t).normalized() * 0.5) for t in (1 / 3, 0.44, 0.56, 2 / 3)]
            tube(line, 0.006, seam, at=at, rot=rot, curved=False, caps=False)


def _volleyball(light: Any, dark: Any) -> None:
    """A cube's six faces blown round, three strips on each."""
    n, at, rot = 24, (0, 0, 0.5), (20, 12, 30)
    seam = look("rubber", "grey")
    for axis in range(3):
        for sign in (-1, 1):
            def point(u: float, v: float, axis: int = axis, sign: int = sign) -> Vector:
                flat = [math.tan(math.radians(45) * u), math.tan(math.radians(45) * v), sign]
                return Vector([flat[(i - axis) % 3] for i in range(3)]).normalized() * 0.5

            for strip in range(3):
                low = -1 + 2 * strip / 3
                verts = [point(-1 + 2 * i / n, low + 2 * j / n / 1.0) for j in range(n // 3 + 1) for i in range(n + 1)]
                faces = [(j * (n + 1) + i, j * (n + 1) + i + 1, (j + 1) * (n + 1) + i + 1, (j + 1) * (n + 1) + i) for j in range(n // 3) for i in range(n)]
                mesh(verts, faces, dark if (strip == 1) else light, at=at, rot=rot)
                edge = [tuple(point(-1 + 2 * i / n, low)) for i in range(n + 1)]
                tube(edge, 0.006, seam, at=at, rot=rot, curved=False, caps=False)
