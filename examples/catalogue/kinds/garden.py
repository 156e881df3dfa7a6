"""Garden and tools -> geometry."""

from __future__ import annotations

import math

from examples.catalogue.modelling import ball, blob, box, circle, cylinder, disc, extrude, fillet, lathe, leaf, rectangle, sheet, spline, torus, tube, vessel
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def watering_can(p: Product) -> None:
    """Can, spout to the right, handle to the left and above."""
    key = p.shape.key
    r, h = {"classic": (0.42, 0.75), "long": (0.36, 0.55), "round": (0.46, 0.66), "tall": (0.34, 0.95)}[key]
    r, h = r * p.u("r", 0.95, 1.06), h * p.u("h", 0.95, 1.06)
    if key == "round":
        outline = spline([(0, 0), (r * 0.6, 0), (r * 0.75, 0.04), (r, h * 0.45), (r * 0.78, h * 0.85), (r * 0.55, h)], 7)
    else:
        outline = fillet([(0, 0), (r, 0), (r * (0.9 if key != "tall" else 0.8), h)], 0.05)
    vessel(outline, 0.02, body(p, radius=r, scale=p.u("scale", 0.16, 0.26)))
    bare = plain(p)
    second = accent(p, p.colour) if p.colour2 else bare
    edge = outline[-1][0]
    if key != "round":
        torus(edge, 0.022, bare, at=(0, 0, h))
        torus(r, 0.022, bare, at=(0, 0, 0.03))
    reach, top = {"classic": (0.62, h + 0.14), "long": (0.82, h + 0.28), "round": (0.58, h + 0.12), "tall": (0.55, h * 0.95)}[key]
    thin = 0.035 if key == "long" else 0.055
    if key == "long":
        path = [(r * 0.85, 0, 0.16), (r + 0.2, 0, 0.2), (r + 0.34, 0, h * 0.7), (r + 0.55, 0, top - 0.05), (r + reach * 0.85, 0, top)]
        tube(path, [0.06, 0.045, 0.036, 0.03, 0.026], bare, caps=False)
    else:
        tube([(r * 0.85, 0, 0.18), (r + reach, 0, top)], [0.08, thin], bare, curved=False, caps=False)
        if p.opt("rose") == "rose":
            along = math.degrees(math.atan2(reach + r * 0.15, top - 0.18))
            a = math.radians(along)
            lathe([(0.05, 0), (0.06, 0.04), (0.15, 0.16), (0.15, 0.19), (0.0, 0.21)], look("brass", "gold") if p.u("rose", 0, 1) < 0.5 else second, at=(r + reach - 0.02 * math.sin(a), 0, top - 0.02 * math.cos(a)), rot=(0, along, 0))
    low = [x for x, z in outline if z > h * 0.3][0]
    if p.u("wood", 0, 1) < 0.25:
        second = look("oak", "light wood")
    if key in ("classic", "tall"):
        tube([(-low * 0.95, 0, h * 0.3), (-low - 0.3, 0, h * 0.6), (-low - 0.12, 0, h + 0.22), (edge * 0.1, 0, h + 0.3), (edge * 0.92, 0, h + 0.02)], 0.03, second)
    elif key == "long":
        tube([(-low * 0.96, 0, h * 0.2), (-low - 0.28, 0, h * 0.3), (-low - 0.3, 0, h * 0.8), (-edge * 0.96, 0, h * 0.92)], 0.028, second)
    else:
        tube([(-edge * 0.96, 0, h), (-edge * 0.9, 0, h + 0.28), (0, 0, h + 0.4), (edge * 0.9, 0, h + 0.28), (edge * 0.96, 0, h)], 0.028, second)
