"""Electronics -> geometry; the front is towards -y."""

from __future__ import annotations

import math

from examples.catalogue.modelling import ball, blob, box, circle, cylinder, disc, extrude, fillet, lathe, rectangle, sheet, spline, torus, tube
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, glow, look, plain


def headphones(p: Product) -> None:
    """A band over two cups, standing as if on an unseen head."""
    key = p.shape.key
    stuff = plain(p)
    pads_colour = {"black": "black", "brown": "brown", "white": "white", "grey": "grey"}[p.opt("pads")]
    pads = look("leather", pads_colour if pads_colour != p.colour else ("charcoal" if pads_colour != "charcoal" else "grey"))
    metal = look("aluminium", "silver")
    r, squash, deep = {"round": (0.27, 1.0, 0.13), "oval": (0.24, 1.3, 0.13), "small": (0.22, 1.0, 0.07), "studio": (0.32, 1.1, 0.18)}[key]
    r *= p.u("r", 0.95, 1.05)
    span, rise = 0.5, p.u("rise", 0.95, 1.15)
    z = 0.36
    tilt = 8
    band = [(-span * math.cos(a), 0, z + 0.12 + rise * 0.62 * math.sin(a)) for a in (math.pi * k / 16 for k in range(17))]
    wide = 0.05 if key == "small" else p.u("band", 0.07, 0.12)

    def strap(thick: float, depth: float, lift: float):  # type: ignore[no-untyped-def]
        def f(u: float, v: float) -> tuple[float, float, float]:
            a = math.pi * (0.06 + 0.88 * v)
            b = 2 * math.pi * u
            rr = lift + thick * math.copysign(abs(math.cos(b)) ** 0.6, math.cos(b))
            return (-(span + rr) * math.cos(a), depth * math.copysign(abs(math.sin(b)) ** 0.6, math.sin(b)), z + 0.12 + (rise * 0.62 + rr) * math.sin(a))
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
        cap = accent(p, p.colour) if p.colour2 else look("aluminium", "silver") if p.u("cap", 0, 1) < 0.3 else look(p.material, p.colour, rough=0.2)
        blob((r * squash * 0.62, r * 0.62, 0.03), cap, at=(s * (span + 0.02 + deep * 0.6), 0, z), rot=rot, e=0.5, e2=1.0)
        ring = [(math.cos(t) * r * 0.74 * squash, math.sin(t) * r * 0.74, 0) for t in (2 * math.pi * k / 32 for k in range(32))]
        tube([(-s * 0.0 + s * (span - deep * 0.6), y, z + x) for x, y, _ in ring], r * 0.3, pads, closed=True, curved=False)
    if p.opt("wire") == "cable":
        tube([(-span, -0.05, z - r * squash), (-span + 0.05, -0.2, 0.06), (-0.2, -0.45, 0.015), (0.25, -0.35, 0.015), (0.5, -0.55, 0.015), (0.8, -0.4, 0.015)], 0.013, look("rubber", "black"), caps=False)
