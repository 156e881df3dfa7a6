"""Material and pattern words -> Cycles materials made of shader nodes, in the product's own coordinates."""

from __future__ import annotations

import math
import random
from typing import Any

import bpy

from examples.catalogue import modelling
from examples.catalogue.records import Product
from examples.catalogue.words import COLOURS

Rgb = tuple[float, float, float]


def rgb(colour: str, jitter: random.Random | None = None) -> Rgb:
    """Linear RGB of a colour word or of six hex digits."""
    digits = COLOURS[colour].rgb if colour in COLOURS else colour
    out = []
    for i in (0, 2, 4):
        value = int(digits[i : i + 2], 16) / 255
        out.append(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
    if jitter:
        shade = jitter.uniform(0.85, 1.15)
        out = [min(max(value * shade * jitter.uniform(0.93, 1.07), 0), 1) for value in out]
    return (out[0], out[1], out[2])


class Nodes:
    """A small language for shader nodes: sockets or numbers in, a socket out."""

    def __init__(self, material: Any) -> None:
        material.use_nodes = True
        self.tree = material.node_tree
        self.principled = self.tree.nodes["Principled BSDF"]

    def new(self, kind: str, **inputs: Any) -> Any:
        """A node of a type with some inputs filled."""
        node = self.tree.nodes.new(kind)
        for name, value in inputs.items():
            self.fill(node.inputs[name], value)
        return node

    def fill(self, socket: Any, value: Any) -> None:
        """Link a socket or set a number or colour."""
        if isinstance(value, bpy.types.NodeSocket):
            self.tree.links.new(value, socket)
        elif isinstance(value, tuple) and len(value) == 3 and socket.type == "RGBA":
            socket.default_value = (*value, 1.0)
        else:
            socket.default_value = value

    def math(self, operation: str, a: Any, b: Any = 0.0, c: Any = 0.0) -> Any:
        """A Math node's result."""
        node = self.tree.nodes.new("ShaderNodeMath")
        node.operation = operation
        for socket, value in zip(node.inputs, (a, b, c), strict=True):
            self.fill(socket, value)
        return node.outputs[0]

    def mix(self, factor: Any, a: Any, b: Any) -> Any:
        """A where the factor is 0, b where it is 1 (colours)."""
        node = self.tree.nodes.new("ShaderNodeMix")
        node.data_type = "RGBA"
        self.fill(node.inputs[0], factor)
        self.fill(node.inputs[6], a)
        self.fill(node.inputs[7], b)
        return node.outputs[2]

    def coordinates(self) -> tuple[Any, Any]:
        """Position in the product's space, and in the part's bounding box (0 to 1)."""
        node = self.tree.nodes.new("ShaderNodeTexCoord")
        node.object = modelling.root()
        return node.outputs["Object"], node.outputs["Generated"]

    def split(self, vector: Any) -> tuple[Any, Any, Any]:
        """x, y, z of a vector."""
        node = self.tree.nodes.new("ShaderNodeSeparateXYZ")
        self.tree.links.new(vector, node.inputs[0])
        return node.outputs[0], node.outputs[1], node.outputs[2]

    def join(self, x: Any, y: Any, z: Any) -> Any:
        """A vector of three."""
        node = self.tree.nodes.new("ShaderNodeCombineXYZ")
        for socket, value in zip(node.inputs, (x, y, z), strict=True):
            self.fill(socket, value)
        return node.outputs[0]

    def noise(self, vector: Any, scale: float, detail: float = 3.0, distortion: float = 0.0) -> Any:
        """Smooth noise about 0.5."""
        node = self.new("ShaderNodeTexNoise", Vector=vector, Scale=scale, Detail=detail, Distortion=distortion)
        return node.outputs[0]

    def ramp(self, value: Any, low: float, high: float) -> Any:
        """0 below low, 1 above high, smooth between."""
        node = self.tree.nodes.new("ShaderNodeMapRange")
        node.interpolation_type = "SMOOTHSTEP"
        self.fill(node.inputs[0], value)
        node.inputs[1].default_value, node.inputs[2].default_value = low, high
        return node.outputs[0]

    def bump(self, height: Any, strength: float, distance: float = 0.02) -> None:
        """Raise the surface by a height, for light only."""
        node = self.new("ShaderNodeBump", Strength=strength, Distance=distance, Height=height)
        self.tree.links.new(node.outputs[0], self.principled.inputs["Normal"])


def _printed(
    n: Nodes,
    pattern: str,
    first: Rgb,
    second: Rgb,
    proj: str,
    scale: float,
    radius: float,
    span: tuple[float, float] | None,
) -> Any:
    """The colour socket of a pattern; `scale` is the period in the product's units."""
    where, inside = n.coordinates()
    x, y, z = n.split(where)
    if proj == "cyl":
        around = max(round(2 * math.pi * radius / scale), 3)
        u, v = n.math("MULTIPLY", n.math("ARCTAN2", y, x), around / (2 * math.pi)), n.math("DIVIDE", z, scale)
    elif proj == "top":
        u, v = n.math("DIVIDE", x, scale), n.math("DIVIDE", y, scale)
    else:
        u, v = n.math("DIVIDE", n.math("ADD", x, y), scale), n.math("DIVIDE", z, scale)
    fu, fv = n.math("FRACT", u), n.math("FRACT", v)
    if span is None:
        along = n.split(inside)[1 if proj == "top" else 2]
    else:
        along = n.math("DIVIDE", n.math("SUBTRACT", y if proj == "top" else z, span[0]), span[1] - span[0])
    if pattern == "striped":
        mask = n.math("LESS_THAN", fv, 0.5)
    elif pattern == "vertical striped":
        mask = n.math("LESS_THAN", fu, 0.5)
    elif pattern in ("polka dot", "floral"):
        odd = n.math("MODULO", n.math("FLOOR", n.math("ADD", v, 100.0)), 2.0)
        cu = n.math("SUBTRACT", n.math("FRACT", n.math("ADD", u, n.math("MULTIPLY", odd, 0.5))), 0.5)
        cv = n.math("SUBTRACT", fv, 0.5)
        far = n.math("SQRT", n.math("ADD", n.math("MULTIPLY", cu, cu), n.math("MULTIPLY", cv, cv)))
        if pattern == "polka dot":
            mask = n.math("LESS_THAN", far, 0.27)
        else:
            petals = n.math("ABSOLUTE", n.math("COSINE", n.math("MULTIPLY", n.math("ARCTAN2", cv, cu), 2.5)))
            mask = n.math("LESS_THAN", far, n.math("ADD", 0.16, n.math("MULTIPLY", petals, 0.26)))
            middle = n.math("LESS_THAN", far, 0.1)
            return n.mix(
                middle, n.mix(mask, first, second), rgb("mustard") if second != rgb("mustard") else rgb("white")
            )
    elif pattern == "checked":
        both = n.math("ADD", n.math("FLOOR", n.math("MULTIPLY", u, 2.0)), n.math("FLOOR", n.math("MULTIPLY", v, 2.0)))
        mask = n.math("LESS_THAN", n.math("MODULO", n.math("ADD", both, 1000.0), 2.0), 0.5)
    elif pattern == "gingham":
        mask = n.math("MULTIPLY", n.math("ADD", n.math("LESS_THAN", fu, 0.5), n.math("LESS_THAN", fv, 0.5)), 0.5)
    elif pattern == "zigzag":
        wave = n.math("MULTIPLY", n.math("PINGPONG", u, 0.5), 1.2)
        mask = n.math("LESS_THAN", n.math("FRACT", n.math("ADD", v, wave)), 0.5)
    elif pattern == "ombre":
        mask = n.ramp(along, 0.12, 0.88)
    elif pattern == "dipped":
        mask = n.math("LESS_THAN", along, 0.42)
    elif pattern == "banded":
        mask = n.math("MULTIPLY", n.math("GREATER_THAN", along, 0.58), n.math("LESS_THAN", along, 0.76))
    elif pattern == "marbled":
        vein = n.noise(where, 1.6 / scale * 0.25, 6.0, 1.6)
        mask = n.math("SUBTRACT", 1.0, n.ramp(n.math("ABSOLUTE", n.math("SUBTRACT", vein, 0.5)), 0.0, 0.07))
    elif pattern == "terrazzo":
        node = n.new("ShaderNodeTexVoronoi", Vector=where, Scale=2.6 / scale)
        red = n.split(node.outputs["Color"])[0]
        edge = n.math("LESS_THAN", node.outputs["Distance"], 0.42)
        chip = n.math("MULTIPLY", n.math("GREATER_THAN", red, 0.45), edge)
        other = n.mix(n.math("GREATER_THAN", red, 0.75), second, tuple(min(c * 0.4 + 0.25, 1) for c in second))
        return n.mix(chip, first, other)
    else:  # speckled
        node = n.new("ShaderNodeTexVoronoi", Vector=where, Scale=5.5 / scale)
        mask = n.math("LESS_THAN", node.outputs["Distance"], n.math("MULTIPLY", n.split(node.outputs["Color"])[0], 0.3))
    return n.mix(mask, first, second)


def _wood(n: Nodes, base: Rgb, axis: str) -> Any:
    where, _ = n.coordinates()
    x, y, z = n.split(where)
    stretch = {"x": (0.12, 1, 1), "y": (1, 0.12, 1), "z": (1, 1, 0.12)}[axis]
    vector = n.join(*(n.math("MULTIPLY", c, s) for c, s in zip((x, y, z), stretch, strict=True)))
    grain = n.noise(vector, 9.0, 5.0, 1.2)
    rings = n.math("FRACT", n.math("MULTIPLY", n.noise(vector, 2.2, 2.0, 0.6), 7.0))
    mixed = n.math("ADD", n.math("MULTIPLY", grain, 0.6), n.math("MULTIPLY", rings, 0.4))
    dark = tuple(c * 0.5 for c in base)
    light = tuple(min(c * 1.2, 1.0) for c in base)
    n.bump(grain, 0.15)
    return n.mix(n.ramp(mixed, 0.2, 0.8), dark, light)


ROUGHNESS = {
    "ceramic": 0.16,
    "stoneware": 0.55,
    "porcelain": 0.1,
    "enamel": 0.2,
    "painted steel": 0.35,
    "cast iron": 0.42,
    "plastic": 0.28,
    "matte plastic": 0.5,
    "rubber": 0.6,
    "silicone": 0.5,
    "painted wood": 0.4,
    "oak": 0.5,
    "walnut": 0.45,
    "bamboo": 0.45,
    "leather": 0.42,
    "concrete": 0.85,
    "terracotta": 0.85,
    "marble": 0.18,
    "wax": 0.5,
    "paper": 0.75,
    "steel": 0.22,
    "aluminium": 0.32,
    "copper": 0.2,
    "brass": 0.24,
    "gold plated": 0.14,
    "sterling silver": 0.14,
}
METALS = {"steel", "aluminium", "copper", "brass", "gold plated", "sterling silver"}
CLOTHS = {"cotton", "linen", "wool", "velvet", "felt", "canvas", "nylon", "plush"}


def look(
    material: str,
    colour: str | Rgb,
    pattern: str = "plain",
    colour2: str | Rgb | None = None,
    *,
    proj: str = "cyl",
    scale: float = 0.25,
    radius: float = 0.5,
    axis: str = "z",
    span: tuple[float, float] | None = None,
    jitter: random.Random | None = None,
    rough: float | None = None,
) -> Any:
    """A material by its words; `proj` lays the pattern round the z axis (cyl), on the front or on the top.

    `span`: heights between which an ombre or a second tone runs, else the part's own.
    """
    made = bpy.data.materials.new(material)
    n = Nodes(made)
    bsdf = n.principled.inputs
    base = rgb(colour, jitter) if isinstance(colour, str) else colour
    second = rgb(colour2, jitter) if isinstance(colour2, str) else colour2
    bsdf["Roughness"].default_value = ROUGHNESS.get(material, 0.9) if rough is None else rough
    shade: Any = base
    if material in ("oak", "walnut", "bamboo"):
        shade = _wood(n, base, axis)
    elif pattern != "plain" and second is not None:
        shade = _printed(n, pattern, base, second, proj, scale, radius, span)
    if material in METALS:
        bsdf["Metallic"].default_value = 1.0
    elif material == "glass":
        bsdf["Transmission Weight"].default_value = 1.0
        bsdf["Roughness"].default_value = 0.0
        bsdf["IOR"].default_value = 1.3
        shade = tuple(c**0.6 for c in base)
        _let_light_through(n, shade)
    elif material in ("ceramic", "porcelain", "enamel"):
        bsdf["Coat Weight"].default_value = 0.5
        bsdf["Coat Roughness"].default_value = 0.08
    elif material in CLOTHS:
        _cloth(n, material)
    elif material == "leather":
        where, _ = n.coordinates()
        cells = n.new("ShaderNodeTexVoronoi", Vector=where, Scale=45.0)
        n.bump(cells.outputs["Distance"], 0.25, 0.01)
    elif material in ("straw", "rattan"):
        shade = _woven(n, base, scale, radius)
    elif material in ("concrete", "terracotta", "cast iron"):
        where, _ = n.coordinates()
        grain = n.noise(where, 14.0, 6.0)
        n.bump(grain, 0.25)
        if material != "cast iron":
            shade = n.mix(n.ramp(grain, 0.3, 0.7), tuple(c * 0.8 for c in base), tuple(min(c * 1.1, 1) for c in base))
    elif material == "stoneware" and pattern == "plain":
        where, _ = n.coordinates()
        node = n.new("ShaderNodeTexVoronoi", Vector=where, Scale=26.0)
        spot = n.math(
            "LESS_THAN", node.outputs["Distance"], n.math("MULTIPLY", n.split(node.outputs["Color"])[0], 0.22)
        )
        shade = n.mix(spot, base, tuple(c * 0.35 for c in base))
    elif material == "marble":
        where, _ = n.coordinates()
        vein = n.noise(where, 1.8, 7.0, 1.8)
        line = n.math("SUBTRACT", 1.0, n.ramp(n.math("ABSOLUTE", n.math("SUBTRACT", vein, 0.5)), 0.0, 0.05))
        veins = rgb("grey") if sum(base) > 1.2 else rgb("white")
        shade = n.mix(n.math("MULTIPLY", line, 0.7), base, veins)
    elif material == "wax":
        bsdf["Subsurface Weight"].default_value = 0.25
        bsdf["Subsurface Radius"].default_value = (0.2, 0.12, 0.08)
    n.fill(bsdf["Base Color"], shade)
    return made


def _let_light_through(n: Nodes, tint: Rgb) -> None:
    """Glass casts a tinted shadow rather than a black one (the renderer traces no caustics)."""
    path = n.tree.nodes.new("ShaderNodeLightPath")
    clear = n.new("ShaderNodeBsdfTransparent", Color=tint)
    mix = n.tree.nodes.new("ShaderNodeMixShader")
    n.fill(mix.inputs[0], n.math("MAXIMUM", path.outputs["Is Shadow Ray"], path.outputs["Is Diffuse Ray"]))
    n.tree.links.new(n.principled.outputs[0], mix.inputs[1])
    n.tree.links.new(clear.outputs[0], mix.inputs[2])
    n.tree.links.new(mix.outputs[0], n.tree.nodes["Material Output"].inputs[0])


def _cloth(n: Nodes, material: str) -> None:
    where, _ = n.coordinates()
    bsdf = n.principled.inputs
    bsdf["Sheen Weight"].default_value = {"velvet": 0.8, "plush": 0.6, "wool": 0.4, "felt": 0.4}.get(material, 0.15)
    bsdf["Roughness"].default_value = 0.6 if material == "nylon" else 0.92
    if material in ("plush", "wool", "felt"):
        n.bump(n.noise(where, 60.0 if material != "plush" else 45.0, 4.0), 0.4, 0.015)
    elif material != "velvet":
        x, y, z = n.split(where)
        threads = n.math(
            "ADD",
            n.math("SINE", n.math("MULTIPLY", n.math("ADD", x, y), 260.0)),
            n.math("SINE", n.math("MULTIPLY", n.math("SUBTRACT", z, y), 260.0)),
        )
        n.bump(threads, {"linen": 0.35, "canvas": 0.3}.get(material, 0.15), 0.004)


def _woven(n: Nodes, base: Rgb, scale: float, radius: float) -> Any:
    where, _ = n.coordinates()
    x, y, z = n.split(where)
    around = max(round(2 * math.pi * radius / (scale * 0.5)), 12)
    a = n.math("MULTIPLY", n.math("ARCTAN2", y, x), around / 2.0)
    far = n.math("SQRT", n.math("ADD", n.math("MULTIPLY", x, x), n.math("MULTIPLY", y, y)))
    b = n.math("MULTIPLY", n.math("ADD", z, far), math.pi / (scale * 0.22))
    weave = n.math("MULTIPLY", n.math("SINE", a), n.math("SINE", b))
    n.bump(weave, 0.9, 0.03)
    return n.mix(n.ramp(weave, -0.9, 0.6), tuple(c * 0.5 for c in base), base)


def flat(colour: str | Rgb) -> Any:
    """A matt surface of one colour, cheaper to render than `look`: for backdrops."""
    made = bpy.data.materials.new("flat")
    n = Nodes(made)
    shade = rgb(colour) if isinstance(colour, str) else colour
    n.tree.links.new(n.new("ShaderNodeBsdfDiffuse", Color=shade).outputs[0], n.tree.nodes["Material Output"].inputs[0])
    return made


def body(product: Product, **settings: Any) -> Any:
    """The main material of a product, pattern and all."""
    pattern = "plain" if product.pattern in ("segmented", "bordered") else product.pattern  # panels are geometry
    return look(product.material, product.colour, pattern, product.colour2, jitter=product.rng("shade"), **settings)


def plain(product: Product, **settings: Any) -> Any:
    """The main material without its pattern."""
    return look(product.material, product.colour, jitter=product.rng("shade"), **settings)


def accent(product: Product, default: str = "charcoal", **settings: Any) -> Any:
    """The second colour in the main material."""
    return look(product.material, product.colour2 or default, jitter=product.rng("shade"), **settings)


def glow(colour: str | Rgb, strength: float) -> Any:
    """A surface that gives light."""
    made = look("matte plastic", colour)
    inputs = made.node_tree.nodes["Principled BSDF"].inputs
    inputs["Emission Color"].default_value = (*(rgb(colour) if isinstance(colour, str) else colour), 1.0)
    inputs["Emission Strength"].default_value = strength
    return made
