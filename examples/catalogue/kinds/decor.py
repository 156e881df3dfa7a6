"""Decoration -> geometry."""

from __future__ import annotations

import math

from examples.catalogue.modelling import ball, blob, box, circle, cylinder, disc, extrude, fillet, lathe, leaf, mesh, modifier, pillow, rectangle, sheet, spline, torus, tube, vessel
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, glow, look, plain


def vase(p: Product) -> None:
    """A turned vase; some are ribbed, faceted or a ring."""
    key = p.shape.key
    w, h = p.u("w", 0.9, 1.12), p.u("h", 0.92, 1.08)
    scale = p.u("scale", 0.14, 0.26)
    if key == "ring":
        stuff = body(p, proj="front", scale=scale)
        major, minor = 0.42, 0.13
        torus(major, minor, stuff, at=(0, 0, major + minor), rot=(90, 0, 0))
        vessel(spline([(0, 0.94), (0.09, 0.95), (0.075, 1.08), (0.1, 1.22)], 5), 0.02, stuff)
        cylinder(0.2, 0.06, stuff)
        return
    lines = {
        "bottle": [(0, 0), (0.24, 0), (0.3, 0.06), (0.32, 0.4), (0.22, 0.66), (0.085, 0.84), (0.075, 1.1), (0.1, 1.22)],
        "urn": [(0, 0), (0.2, 0), (0.22, 0.05), (0.4, 0.5), (0.42, 0.72), (0.3, 0.92), (0.2, 1.0), (0.24, 1.1)],
        "globe": [(0, 0), (0.22, 0), (0.28, 0.04), (0.46, 0.38), (0.4, 0.66), (0.2, 0.8), (0.17, 0.86), (0.2, 0.92)],
        "flared": [(0, 0), (0.2, 0), (0.2, 0.05), (0.15, 0.35), (0.18, 0.7), (0.3, 1.0), (0.4, 1.12)],
        "hourglass": [(0, 0), (0.3, 0), (0.33, 0.08), (0.26, 0.36), (0.17, 0.58), (0.22, 0.82), (0.32, 1.08)],
        "ribbed": [(0, 0), (0.24, 0), (0.3, 0.06), (0.36, 0.45), (0.3, 0.8), (0.22, 0.92), (0.24, 1.0)],
        "faceted": [(0, 0), (0.2, 0), (0.38, 0.42), (0.36, 0.6), (0.2, 0.95), (0.22, 1.02)],
    }
    if key == "cylinder":
        outline = fillet([(0, 0), (0.26 * w, 0), (0.26 * w, 1.05 * h)], 0.06)
    else:
        outline = [(x * w, z * h) for x, z in lines[key]] if key == "faceted" else [(x * w, z * h) for x, z in spline(lines[key], 8)]
    stuff = body(p, radius=0.35, scale=scale)
    if key == "faceted":
        steps = int(p.u("sides", 6, 9.99))
        verts = [(r * math.cos(2 * math.pi * (k + 0.5 * i) / steps), r * math.sin(2 * math.pi * (k + 0.5 * i) / steps), z) for i, (r, z) in enumerate([(max(r, 0.001), z) for r, z in outline])  for k in range(steps)]
        rows = len(outline)
        faces = []
        for i in range(rows - 1):
            for k in range(steps):
                a, b, c, d = i * steps + k, i * steps + (k + 1) % steps, (i + 1) * steps + k, (i + 1) * steps + (k - 1) % steps
                faces += [(a, b, c), (a, c, d)]
        item = mesh(verts, faces, stuff, smooth=False)
        modifier(item, "SOLIDIFY", thickness=0.025, offset=-1)
        return
    item = vessel(outline, 0.028, stuff, steps=96 if key == "ribbed" else 56)
    if key == "ribbed":
        ribs = int(p.u("ribs", 12, 22.99))
        for vertex in item.data.vertices:
            x, y, z = vertex.co
            swell = 1 + 0.045 * abs(math.sin(math.atan2(y, x) * ribs / 2)) * min(z / 0.1, 1) * max(min((0.9 * h - z) / 0.1, 1), 0)
            vertex.co = (x * swell, y * swell, z)


def cushion(p: Product) -> None:
    """A stuffed cushion standing against nothing, leaning a little back."""
    scale = p.u("scale", 0.14, 0.24)
    key = p.shape.key
    if key == "bolster":
        stuff = body(p, proj="front", scale=scale, span=(0, 0.56))
        profile = spline([(0, -0.62), (0.2, -0.6), (0.27, -0.5), (0.28, 0), (0.27, 0.5), (0.2, 0.6), (0, 0.62)], 6)
        lathe(profile, stuff, at=(0, 0, 0.28), rot=(0, 90, 0))
        for s in (-1, 1):
            ball((0.03, 0.05, 0.05), accent(p, "cream"), (s * 0.62, 0, 0.28))
        return
    if key == "round":
        stuff = body(p, proj="front", scale=scale, span=(0, 1))
        profile = spline([(0, -0.18), (0.25, -0.17), (0.46, -0.1), (0.5, 0), (0.46, 0.1), (0.25, 0.17), (0, 0.18)], 6)
        lathe(profile, stuff, at=(0, 0, 0.5), rot=(74, 0, 0))
        ball((0.05, 0.05, 0.03), accent(p, p.colour), (0, -0.17, 0.55))
        return
    w, h = {"square": (1.0, 1.0), "lumbar": (1.35, 0.78), "tassel": (1.0, 1.0)}[key]
    stuff = body(p, proj="front", scale=scale, span=(0, h))
    pillow((w, h, 0.4), stuff, at=(0, 0, h / 2 * 0.97), rot=(74, 0, 0), seed=p.u("seed", 0, 6))
    if p.u("piping", 0, 1) < 0.35 or key == "tassel":
        trim = accent(p, "cream" if p.colour != "cream" else "charcoal")
        if key == "tassel":
            lean = math.radians(74)
            for sx in (-1, 1):
                for sy in (-1, 1):
                    x, y, z = sx * w * 0.48, sy * h * 0.48 * math.cos(lean), h / 2 * 0.97 + sy * h * 0.48 * math.sin(lean)
                    ball((0.035, 0.035, 0.035), trim, (x + sx * 0.01, y, z))
                    tube([(x + sx * 0.01, y, z), (x + sx * 0.04, y - 0.02, max(z - 0.16, 0.02))], [0.025, 0.05], trim, curved=False)
