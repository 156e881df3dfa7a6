"""Kitchen products -> geometry."""

from __future__ import annotations

from examples.catalogue.modelling import ball, blob, box, cylinder, disc, fillet, lathe, rectangle, extrude, spline, torus, tube, vessel
from examples.catalogue.records import Product
from examples.catalogue.surfaces import accent, body, look, plain


def mug(p: Product) -> None:
    """A cup with a handle in the x-z plane."""
    r, h = {
        "straight": (0.42, 0.95), "tall": (0.36, 1.3), "round": (0.5, 0.85), "tapered": (0.45, 1.0), "wide": (0.62, 0.72), "espresso": (0.42, 0.68),
    }[p.shape.key]  # fmt: skip
    r, h = r * p.u("r", 0.95, 1.06), h * p.u("h", 0.94, 1.06)
    outlines = {
        "round": spline([(0, 0), (r * 0.62, 0), (r * 0.74, 0.04), (r, h * 0.42), (r * 0.95, h * 0.75), (r * 0.86, h)], 6),
        "tapered": fillet([(0, 0), (r * 0.66, 0), (r, h)], 0.12, 6),
        "wide": spline([(0, 0), (r * 0.5, 0), (r * 0.56, 0.05), (r * 0.86, h * 0.4), (r, h)], 6),
        "espresso": fillet([(0, 0), (r * 0.7, 0), (r * 0.95, h * 0.5), (r, h)], 0.16, 6),
    }
    outline = outlines.get(p.shape.key, fillet([(0, 0), (r, 0), (r, h)], p.u("corner", 0.05, 0.16), 6))
    stuff = body(p, radius=r, scale=p.u("scale", 0.16, 0.28))
    glaze = look(p.material, "white" if p.pattern != "plain" or p.u("in", 0, 1) < 0.4 else p.colour)
    vessel(outline, 0.045, stuff, glaze)
    handle = p.opt("handle")
    at = max(x for x, _ in outline)
    side = [x for x, z in outline if z > h * 0.7][0] - 0.02
    low = [x for x, z in outline if z > h * 0.22][0] - 0.02
    grip = plain(p) if p.pattern != "dipped" else accent(p)
    reach = at + p.u("reach", 0.24, 0.34)
    thick = p.u("grip", 0.045, 0.07)
    if handle == "ring":
        tube([(side, 0, h * 0.8), (reach * 0.92, 0, h * 0.82), (reach * 1.03, 0, h * 0.54), (reach * 0.88, 0, h * 0.26), (low, 0, h * 0.24)], thick, grip)
    elif handle == "square":
        tube([(x, 0, z) for x, z in fillet([(side, h * 0.8), (reach, h * 0.8), (reach, h * 0.26), (low, h * 0.26)], 0.1)], thick, grip, curved=False)


def teapot(p: Product) -> None:
    """Body, lid with a knob, spout to the right, handle left or above."""
    r, h = {"round": (0.6, 0.9), "tall": (0.45, 1.2), "squat": (0.72, 0.62), "cone": (0.62, 1.0), "drum": (0.56, 0.8)}[p.shape.key]
    r, h = r * p.u("r", 0.95, 1.05), h * p.u("h", 0.95, 1.05)
    if p.shape.key in ("round", "squat"):
        outline = spline([(0, 0), (r * 0.5, 0), (r * 0.62, 0.03), (r, h * 0.45), (r * 0.8, h * 0.85), (r * 0.42, h)], 7)
        lid = r * 0.42
    elif p.shape.key == "cone":
        outline = fillet([(0, 0), (r, 0), (r * 0.34, h)], 0.16, 6)
        lid = r * 0.34
    else:
        lid = r * 0.6
        outline = fillet([(0, 0), (r, 0), (r * 0.96, h * 0.9), (lid, h)], 0.14, 6)
    stuff = body(p, radius=r, scale=p.u("scale", 0.2, 0.34))
    bare = plain(p)
    vessel(outline, 0.04, stuff)
    top = outline[-1][1]
    lathe(spline([(lid * 1.08, top), (lid * 0.9, top + 0.06), (lid * 0.3, top + 0.1), (0, top + 0.1)], 6), accent(p) if p.colour2 and p.u("lid", 0, 1) < 0.5 else bare)
    if p.material == "glass":
        vessel([(0, 0.03), (r * 0.3, 0.05), (r * 0.3, h * 0.8)], 0.015, look("steel", "silver"))
    knob = look("oak", "light wood") if p.u("knob", 0, 1) < 0.35 else bare
    ball((0.085, 0.085, 0.085), knob, (0, 0, top + 0.16))
    side = max(x for x, z in outline if z > h * 0.3)
    tube([(side * 0.86, 0, h * 0.32), (side + 0.14, 0, h * 0.42), (side + 0.22, 0, h * 0.7), (side + 0.36, 0, h * 0.95)], [0.13, 0.095, 0.065, 0.055], bare, caps=False)
    if p.opt("handle") == "side":
        edge = [x for x, z in outline if z > h * 0.72][0]
        foot = [x for x, z in outline if z > h * 0.25][0]
        tube([(-edge * 0.95, 0, h * 0.8), (-edge - 0.3, 0, h * 0.86), (-side - 0.36, 0, h * 0.5), (-foot * 0.95, 0, h * 0.22)], 0.05, bare)
    else:
        rise = p.u("rise", 0.38, 0.55)
        grip = look("bamboo", "natural") if p.material != "cast iron" and p.u("grip", 0, 1) < 0.5 else look("painted steel", "black")
        shoulder = [x for x, z in outline if z > h * 0.8][0]
        tube([(-shoulder * 0.9, 0, h * 0.84), (-shoulder * 0.95, 0, h + rise * 0.6), (0, 0, h + rise), (shoulder * 0.95, 0, h + rise * 0.6), (shoulder * 0.9, 0, h * 0.84)], 0.035, grip)


def frying_pan(p: Product) -> None:
    """A flat pan, handle to the right and rising."""
    r, h = {"shallow": (0.62, 0.16), "deep": (0.64, 0.3), "square": (0.6, 0.16), "wok": (0.74, 0.36)}[p.shape.key]
    outer = plain(p)
    metal = p.material in ("steel", "copper", "aluminium")
    inside = look("steel", "silver", rough=0.3) if metal else look("cast iron", "charcoal" if p.colour != "charcoal" else "black", rough=0.35)
    if p.shape.key == "square":
        extrude(rectangle(1.16, 1.16, 0.2), 0.05, inside, at=(0, 0, 0.05))
        ring, hole = rectangle(1.24, 1.24, 0.24), rectangle(1.14, 1.14, 0.2)
        extrude(ring, h, outer, at=(0, 0, h / 2), holes=(hole,), bevel=0.02)
        extrude(rectangle(1.2, 1.2, 0.24), 0.04, outer, at=(0, 0, 0.03))
    elif p.shape.key == "wok":
        vessel(spline([(0, 0), (r * 0.25, 0), (r * 0.6, h * 0.34), (r, h)], 8), 0.03, outer, inside)
    else:
        vessel(fillet([(0, 0), (r * 0.8, 0), (r, h)], 0.1, 6), 0.03, outer, inside)
    handle = p.opt("handle")
    stuff = {"oak": look("oak", "light wood", axis="x"), "black": look("matte plastic", "black"), "steel": look("steel", "silver")}[handle]
    at = h * 0.75
    tube([(r * 0.95, 0, at - 0.03), (r + 0.16, 0, at + 0.04), (r + 0.22, 0, at + 0.06)], 0.035, look("steel", "silver"))
    tube([(r + 0.18, 0, at + 0.05), (r + 0.5, 0, at + 0.13), (r + 0.86, 0, at + 0.15)], [0.045, 0.062, 0.055], stuff)
    for y in (-0.06, 0.06):
        ball((0.025, 0.025, 0.025), look("steel", "silver"), (r * 0.9, y, at - 0.02))
