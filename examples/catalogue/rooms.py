"""A modelled product -> a scene as a phone would meet it: a room, things around, light of some colour, an odd angle."""

from __future__ import annotations

import math
import random
from typing import Any

import bpy

from examples.catalogue import modelling, stage
from examples.catalogue.kinds.decor import foliage
from examples.catalogue.modelling import ball, box, cylinder, fillet, lathe, pillow, spline, tube, vessel
from examples.catalogue.surfaces import Nodes, flat, look, rgb

GROUNDS = (
    "planks",
    "planks",
    "dark planks",
    "painted",
    "cloth",
    "tiles",
    "concrete",
    "marble",
    "carpet",
    "board",
    "grass",
)
WALLS = ("paint", "paint", "paint", "stripes", "brick", "tiles", "wood", "dark")
COLOURS = (
    "white",
    "cream",
    "grey",
    "sky blue",
    "olive",
    "terracotta",
    "navy",
    "mustard",
    "teal",
    "pink",
    "beige",
    "charcoal",
    "red",
    "green",
    "lavender",
)


def _tiles(first: str, second: str, scale: float, brick: bool) -> Any:
    made = bpy.data.materials.new("tiles")
    n = Nodes(made)
    where, _ = n.coordinates()
    node = n.new(
        "ShaderNodeTexBrick", Vector=where, Scale=scale, Color1=rgb(first), Color2=rgb(first), Mortar=rgb(second)
    )
    node.offset = 0.5 if brick else 0.0
    node.inputs["Mortar Size"].default_value = 0.012
    if not brick:
        node.inputs["Brick Width"].default_value = node.inputs["Row Height"].default_value = 0.5
    diffuse = n.new("ShaderNodeBsdfDiffuse", Color=node.outputs[0])
    n.tree.links.new(diffuse.outputs[0], n.tree.nodes["Material Output"].inputs[0])
    return made


def ground(rng: random.Random) -> Any:
    """What the product stands on."""
    sort = rng.choice(GROUNDS)
    if sort == "planks":
        return look("oak", rng.choice(["light wood", "tan", "natural"]), axis="x")
    if sort == "dark planks":
        return look("walnut", rng.choice(["dark wood", "brown"]), axis="x")
    if sort == "tiles":
        return _tiles(
            rng.choice(["white", "cream", "grey", "terracotta", "sky blue"]),
            rng.choice(["grey", "white"]),
            rng.uniform(1.5, 4),
            False,
        )
    if sort in ("concrete", "marble"):
        return look(sort, rng.choice(["grey", "white", "charcoal"]))
    if sort == "cloth":
        pattern = rng.choice(["plain", "checked", "striped", "gingham", "plain"])
        first, second = rng.sample(COLOURS, 2)
        return look("linen", first, pattern, second, proj="top", scale=rng.uniform(0.15, 0.5))
    if sort == "carpet":
        return look(
            "wool",
            rng.choice(COLOURS),
            rng.choice(["plain", "plain", "zigzag", "striped"]),
            rng.choice(COLOURS),
            proj="top",
            scale=rng.uniform(0.2, 0.5),
        )
    if sort == "grass":
        return look("wool", "4d7a34", "speckled", "6d9a48", proj="top", scale=0.2)
    return flat(rng.choice(COLOURS))


def wall(rng: random.Random) -> Any:
    """What stands behind."""
    sort = rng.choice(WALLS)
    if sort == "stripes":
        first, second = rng.sample(COLOURS, 2)
        return look(
            "paper",
            first,
            rng.choice(["vertical striped", "polka dot", "floral"]),
            second,
            proj="front",
            scale=rng.uniform(0.2, 0.6),
        )
    if sort == "brick":
        return _tiles(rng.choice(["9a4a34", "b06a50", "d8d2c6"]), "cfc8bd", rng.uniform(1.5, 3), True)
    if sort == "tiles":
        return _tiles(rng.choice(["white", "sky blue", "mint", "cream"]), "grey", rng.uniform(2, 4), rng.random() < 0.5)
    if sort == "wood":
        return look("oak", rng.choice(["tan", "brown", "light wood"]), axis="z")
    return flat("2e3034" if sort == "dark" else rng.choice(COLOURS))


def _thing(rng: random.Random) -> None:
    """One object that is not for sale here, a unit or so high."""
    sort = rng.choice(
        ["book", "books", "box", "can", "fruit", "pot", "bottle", "cable", "phone", "card", "ball", "cloth"]
    )
    colour = rng.choice(COLOURS)
    stuff = look(rng.choice(["plastic", "paper", "ceramic", "painted wood"]), colour)
    if sort == "book":
        box((0.7, 1.0, 0.12), look("paper", "cream"), at=(0, 0, 0.08), bevel=0.01)
        box((0.74, 1.04, 0.03), stuff, at=(0, 0, 0.15), bevel=0.01)
    elif sort == "books":
        for k in range(rng.randint(2, 4)):
            box(
                (0.75 * rng.uniform(0.8, 1), 1.0 * rng.uniform(0.8, 1), 0.13),
                look("paper", rng.choice(COLOURS)),
                at=(0, 0, 0.07 + 0.14 * k),
                rot=(0, 0, rng.uniform(-20, 20)),
                bevel=0.01,
            )
    elif sort == "box":
        box(
            (rng.uniform(0.4, 1), rng.uniform(0.4, 0.8), rng.uniform(0.3, 0.9)),
            look("paper", rng.choice(["tan", "beige", colour])),
            at=(0, 0, 0.45),
            bevel=0.01,
        )
    elif sort == "can":
        cylinder(0.25, 0.7, look("painted steel", colour))
        cylinder(0.251, 0.06, look("steel", "silver"), at=(0, 0, 0.66))
    elif sort == "fruit":
        for k in range(rng.randint(1, 4)):
            r = rng.uniform(0.2, 0.28)
            ball(
                (r, r, r * 0.95),
                look("wax", rng.choice(["red", "orange", "yellow", "green"])),
                (0.5 * k - 0.5, rng.uniform(-0.15, 0.15), r),
            )
    elif sort == "pot":
        vessel(fillet([(0, 0), (0.28, 0), (0.36, 0.5)], 0.04), 0.04, look("terracotta", "terracotta"))
        foliage(rng.choice(["leafy", "snake"]), rng, 0.42, 0.8)
    elif sort == "bottle":
        lathe(
            spline([(0, 0), (0.2, 0), (0.22, 0.05), (0.22, 0.6), (0.08, 0.85), (0.07, 1.1), (0, 1.1)], 6),
            look(rng.choice(["plastic", "ceramic"]), colour),
        )
    elif sort == "cable":
        tube(
            [(rng.uniform(-1, 1), rng.uniform(-1, 1), 0.025) for _ in range(7)],
            0.022,
            look("rubber", rng.choice(["black", "white"])),
        )
    elif sort == "phone":
        box((0.4, 0.8, 0.05), look("plastic", "black", rough=0.1), at=(0, 0, 0.03), bevel=0.04)
    elif sort == "card":
        box((0.7, 0.5, 0.01), look("paper", rng.choice(["white", "cream", colour])), at=(0, 0, 0.006), bevel=0.002)
    elif sort == "ball":
        ball((0.3, 0.3, 0.3), stuff, (0, 0, 0.3))
    else:
        pillow((1.0, 0.8, 0.3), look("cotton", colour), at=(0, 0, 0.15))


def _clutter(rng: random.Random, held: Any, number: int) -> None:
    for k in range(number):
        root = modelling.new_root(f"thing {k}")
        _thing(rng)
        front = rng.random() < 0.2  # what stands between the phone and the product must not hide it
        angle = rng.uniform(200, 340) if front else rng.uniform(-20, 200)
        far = rng.uniform(0.75, 1.5)
        at = (far * math.cos(math.radians(angle)), far * math.sin(math.radians(angle)))
        stage.normalise(root, rng.uniform(0, 360), rng.uniform(0.1, 0.25) if front else rng.uniform(0.25, 0.75), at)
    modelling.use_root(held)


def phone_scene(root: Any, where: str, rng: random.Random, *, clutter: bool = True) -> None:
    """Light, room and camera round a product that `stage.normalise` has stood on the floor."""
    floor, back = ground(rng), wall(rng)
    points = stage.corners(root)
    high = float(points[:, 2].max())
    modelling.new_root("room")
    if where == "wall":
        y = float(points[:, 1].max())
        modelling.mesh([(-9, y, -9), (9, y, -9), (9, y, 9), (-9, y, 9)], [(0, 1, 2, 3)], back)
    else:
        z = 0.0 if where != "hang" else -rng.uniform(0.8, 1.6)
        modelling.mesh([(-12, -12, z), (12, -12, z), (12, 12, z), (-12, 12, z)], [(0, 1, 2, 3)], floor)
        far, lean = rng.uniform(0.9, 3.0), rng.uniform(-0.35, 0.35)
        modelling.mesh(
            [(-12, far - 12 * lean, z), (12, far + 12 * lean, z), (12, far + 12 * lean, 9), (-12, far - 12 * lean, 9)],
            [(0, 1, 2, 3)],
            back,
        )
    modelling.use_root(root)
    if clutter and where not in ("wall", "hang"):
        _clutter(rng, root, rng.randint(1, 5))
    tint = rng.choice([(1.0, 0.78, 0.55), (1.0, 0.88, 0.72), (1.0, 1.0, 1.0), (0.8, 0.9, 1.0), (0.95, 1.0, 0.9)])
    stage.world(rng.uniform(0.25, 0.75), tuple((1 + c) / 2 for c in tint), contrast=0.5)  # type: ignore[arg-type]
    around, up = math.radians(rng.uniform(-170, 10)), rng.uniform(0.8, 3.2)
    stage.area_light(
        (2.8 * math.cos(around), 2.8 * math.sin(around), up + high / 2),
        (0, 0, high / 2),
        rng.uniform(35, 120),
        rng.choice([0.25, 0.8, 1.8]),
        tint,
    )
    turn = rng.uniform(-38, 38) if where == "wall" else rng.uniform(-50, 50)
    elevation = (
        rng.uniform(-12, 18)
        if where in ("wall", "hang")
        else rng.uniform(30, 62)
        if where == "lie"
        else rng.uniform(6, 46)
    )
    offset = (rng.uniform(-0.2, 0.2), rng.uniform(-0.2, 0.2))
    stage.frame(
        root,
        turn,
        elevation,
        lens=rng.uniform(28, 50),
        fill=rng.uniform(0.45, 0.85),
        offset=offset,
        roll=rng.gauss(0, 6),
    )
