"""A modelled product -> a rendered picture: studio backdrop, light, and a camera that frames what is there."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Vector
from PIL import Image

from examples.catalogue import modelling


def corners(root: Any) -> Any:
    """World positions of every vertex of a root's parts, float (N, 3)."""
    bpy.context.view_layer.update()
    seen = bpy.context.evaluated_depsgraph_get()
    found = []
    for item in root.children_recursive:
        if item.type in ("MESH", "CURVE"):
            real = item.evaluated_get(seen)
            shape = real.to_mesh()  # a curve's bound_box is not the bounds of what is drawn
            flat = np.empty(len(shape.vertices) * 3, dtype=np.float32)
            shape.vertices.foreach_get("co", flat)
            matrix = np.array(real.matrix_world)
            points = flat.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3]
            real.to_mesh_clear()
            found.append(points)
    return np.concatenate(found)


def normalise(root: Any, turn: float, size: float = 1.0, at: tuple[float, float] = (0, 0)) -> None:
    """Scale a product so that its longest side is `size`, turn it about z (degrees), stand it at (x, y)."""
    points = corners(root)
    low, high = Vector(points.min(axis=0)), Vector(points.max(axis=0))
    factor = size / max(high - low)
    middle = (low + high) / 2
    turned = Matrix.Rotation(math.radians(turn), 4, "Z")
    shift = Matrix.Translation((-middle.x, -middle.y, -low.z))
    root.matrix_world = Matrix.Translation((at[0], at[1], 0)) @ turned @ Matrix.Scale(factor, 4) @ shift
    bpy.context.view_layer.update()


def link(data: Any, at: Any = (0, 0, 0), look_at: Any = None) -> Any:
    """Put a light or camera into the scene, aimed at a point."""
    item = bpy.data.objects.new("stage", data)
    item.location = at
    if look_at is not None:
        item.rotation_euler = (Vector(look_at) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(item)
    return item


def area_light(at: Any, aim: Any, watts: float, size: float, colour: tuple[float, float, float] = (1, 1, 1)) -> Any:
    """A soft box."""
    light = bpy.data.lights.new("light", "AREA")
    light.energy, light.size, light.color = watts, size, colour
    return link(light, at, aim)


def world(strength: float, colour: tuple[float, float, float] = (1, 1, 1), contrast: float = 0.75) -> None:
    """Light from all round; mirrors see darker bands in it, so that metal and glass have a form."""
    scene = bpy.context.scene
    made = bpy.data.worlds.new("world")
    scene.world = made
    made.use_nodes = True
    made.cycles.sampling_method = (
        "NONE"  # an importance map of a nearly even sky costs more than the rest of the picture
    )
    tree = made.node_tree
    background = tree.nodes["Background"]
    background.inputs[1].default_value = strength
    where = tree.nodes.new("ShaderNodeTexCoord")
    split = tree.nodes.new("ShaderNodeSeparateXYZ")
    tree.links.new(where.outputs["Generated"], split.inputs[0])
    ramp = tree.nodes.new("ShaderNodeValToRGB")
    bands = ramp.color_ramp
    bands.elements[0].position, bands.elements[0].color = 0.0, (*(c * (1 - contrast) for c in colour), 1)
    bands.elements[1].position, bands.elements[1].color = 1.0, (*colour, 1)
    for position, level in ((0.42, 1 - contrast), (0.5, 1.0), (0.62, 1.0), (0.7, 1 - contrast * 0.8), (0.86, 1.0)):
        element = bands.elements.new(position)
        element.color = (*(c * level for c in colour), 1)
    scaled = tree.nodes.new("ShaderNodeMath")
    scaled.operation = "MULTIPLY_ADD"
    scaled.inputs[1].default_value, scaled.inputs[2].default_value = 0.5, 0.5
    tree.links.new(split.outputs[0], scaled.inputs[0])
    tree.links.new(scaled.outputs[0], ramp.inputs[0])
    mix = tree.nodes.new("ShaderNodeMix")
    mix.data_type = "RGBA"
    path = tree.nodes.new("ShaderNodeLightPath")
    tree.links.new(path.outputs["Is Glossy Ray"], mix.inputs[0])
    mix.inputs[6].default_value = (*colour, 1)
    tree.links.new(ramp.outputs[0], mix.inputs[7])
    tree.links.new(mix.outputs[2], background.inputs[0])


def backdrop(material: Any, wall: float = 2.2) -> None:
    """A floor that rises into a wall, like a roll of paper."""
    profile = [(-7.0, 0.0), (wall - 1.2, 0.0)]
    profile += [
        (wall - 1.2 + 1.2 * math.sin(a), 1.2 - 1.2 * math.cos(a)) for a in (math.pi / 2 * k / 12 for k in range(1, 13))
    ]
    profile += [(wall, 9.0)]
    held = modelling.root()
    modelling.new_root("stage")
    modelling.mesh(
        [(x, y, z) for x in (-12, 12) for y, z in profile],
        [(i, i + len(profile), i + len(profile) + 1, i + 1) for i in range(len(profile) - 1)],
        material,
    )
    modelling.use_root(held)


def frame(
    root: Any,
    turn: float,
    elevation: float,
    lens: float = 70.0,
    fill: float = 0.8,
    offset: tuple[float, float] = (0, 0),
    roll: float = 0.0,
) -> Any:
    """A camera `turn` degrees to the right of the front, `elevation` up, with the product filling that share."""
    data = bpy.data.cameras.new("camera")
    data.lens, data.sensor_width = lens, 36.0
    camera = link(data)
    a, e = math.radians(turn), math.radians(elevation)
    away = Vector((math.sin(a) * math.cos(e), -math.cos(a) * math.cos(e), math.sin(e)))
    points = corners(root)
    centre = Vector((points.min(axis=0) + points.max(axis=0)) / 2)
    rotation = (-away).to_track_quat("-Z", "Y")
    rotation = rotation @ Matrix.Rotation(math.radians(roll), 3, "Z").to_quaternion()
    right, up = rotation @ Vector((1, 0, 0)), rotation @ Vector((0, 1, 0))
    tangent = 18.0 / lens
    distance = 3.0
    for _ in range(6):
        eye = centre + away * distance
        seen = points - np.array(eye)
        depth = np.maximum(-seen @ np.array(away), 0.05)
        xs, ys = seen @ np.array(right) / depth, seen @ np.array(up) / depth
        centre = centre + (right * float(xs.max() + xs.min()) + up * float(ys.max() + ys.min())) / 2 * distance
        distance *= float(max(np.ptp(xs), np.ptp(ys))) / 2 / (tangent * fill)
    eye = centre + away * distance - (right * offset[0] + up * offset[1]) * tangent * distance
    camera.location = eye
    camera.rotation_euler = rotation.to_euler()
    bpy.context.scene.camera = camera
    return camera


def studio(root: Any, where: str, turn: float, elevation: float, brightness: float = 1.0, tone: str = "f4f4f3") -> None:
    """The catalogue's plain scene: paper backdrop, soft key from the upper left, weak fill, light all round."""
    from examples.catalogue.surfaces import flat

    paper = flat(tone)
    points = corners(root)
    high = float(points[:, 2].max())
    if where == "wall":
        back = float(points[:, 1].max())
        modelling.new_root("stage")
        modelling.mesh([(-9, back, -9), (9, back, -9), (9, back, 9), (-9, back, 9)], [(0, 1, 2, 3)], paper)
        modelling.use_root(root)
    elif where == "hang":
        modelling.new_root("stage")
        modelling.mesh([(-9, 2.0, -9), (9, 2.0, -9), (9, 2.0, 9), (-9, 2.0, 9)], [(0, 1, 2, 3)], paper)
        modelling.use_root(root)
    else:
        backdrop(paper)
    world(0.7 * brightness)
    middle = (0, 0, high * 0.45)
    area_light((-2.2, -1.8, 2.6 + high / 2), middle, 66 * brightness, 1.5)
    area_light((2.6, -2.2, 1.4), middle, 12 * brightness, 1.6)
    frame(root, turn, elevation)


def render(
    path: Path, px: int = 224, samples: int = 4, quality: int = 82, bounces: int = 6, size: int | None = None
) -> None:
    """Render the scene to a JPEG, enlarged to `size` pixels if given; the file appears whole or not at all."""
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.use_adaptive_sampling = "CPU", samples, False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_prefilter, cycles.denoising_quality = "FAST", "BALANCED"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = bounces, 2, 3
    cycles.transmission_bounces, cycles.transparent_max_bounces = bounces, bounces
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.use_light_tree = False
    cycles.sample_clamp_indirect = 4.0
    cycles.seed = 1
    render_settings = scene.render
    render_settings.resolution_x = render_settings.resolution_y = px
    render_settings.resolution_percentage = 100
    render_settings.image_settings.file_format = "JPEG"
    render_settings.image_settings.quality = 95 if size else quality
    scene.view_settings.view_transform = "Standard"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.stem}.{os.getpid()}.jpg")
    render_settings.filepath = str(part)
    bpy.ops.render.render(write_still=True)
    if size:
        with Image.open(part) as picture:
            picture.resize((size, size), Image.Resampling.LANCZOS).save(part, quality=quality)
    part.replace(path)
