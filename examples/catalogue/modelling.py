"""Shape words (lathe, box, tube, sheet, blob) -> Blender meshes in the scene at hand, all children of one root."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import bpy
from mathutils import Euler, Vector

Point = tuple[float, float, float]
Flat = tuple[float, float]

_root: list[Any] = []


def begin() -> Any:
    """Empty the file and start a scene; returns the root that products hang from."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    return new_root("product")


def new_root(name: str) -> Any:
    """A new empty; whatever is modelled next belongs to it."""
    root = bpy.data.objects.new(name, None)
    bpy.context.scene.collection.objects.link(root)
    _root[:] = [root]
    return root


def root() -> Any:
    """The empty that the current product belongs to."""
    return _root[0]


def place(data: Any, material: Any, at: Point = (0, 0, 0), rot: Point = (0, 0, 0)) -> Any:
    """Put a mesh or curve into the scene; rot in degrees, Euler XYZ."""
    item = bpy.data.objects.new("part", data)
    item.location = at
    item.rotation_euler = Euler([math.radians(angle) for angle in rot])
    if material is not None:
        data.materials.append(material)
    bpy.context.scene.collection.objects.link(item)
    item.parent = _root[0]
    return item


def mesh(
    verts: Sequence[Sequence[float]],
    faces: Sequence[Sequence[int]],
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    smooth: bool = True,
    sharp: float | None = None,
) -> Any:
    """A mesh object from vertices and faces; `sharp`: angle in degrees above which an edge stays sharp."""
    data = bpy.data.meshes.new("part")
    data.from_pydata([tuple(v) for v in verts], [], [tuple(f) for f in faces])
    data.update()
    if smooth:
        data.shade_smooth()
        if sharp is not None:
            data.set_sharp_from_angle(angle=math.radians(sharp))
    return place(data, material, at, rot)


def modifier(item: Any, kind: str, **settings: Any) -> Any:
    """Add a modifier and set its fields."""
    added = item.modifiers.new(kind.lower(), kind)
    for name, value in settings.items():
        setattr(added, name, value)
    return item


def spline(points: Sequence[Sequence[float]], n: int = 8, closed: bool = False) -> list[Any]:
    """Points on a Catmull-Rom curve through the given points, n to a span."""
    count = len(points)
    out: list[Any] = []
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(i + k) % count] for k in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + k, 0), count - 1)] for k in (-1, 0, 1, 2))
        for step in range(n):
            t = step / n
            out.append(
                tuple(
                    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )
    if not closed:
        out.append(tuple(points[-1]))
    return out


def fillet(points: Sequence[Flat], radius: float, n: int = 4, closed: bool = False) -> list[Flat]:
    """Round the corners of a polyline."""
    out: list[Flat] = []
    count = len(points)
    for i, point in enumerate(points):
        if not closed and i in (0, count - 1):
            out.append(point)
            continue
        before, here, after = Vector(points[i - 1]), Vector(point), Vector(points[(i + 1) % count])
        cut = min(radius, (before - here).length * 0.48, (after - here).length * 0.48)
        if cut < 1e-5:
            out.append(point)
            continue
        start = here + (before - here).normalized() * cut
        end = here + (after - here).normalized() * cut
        for k in range(n + 1):
            t = k / n
            p = start * (1 - t) ** 2 + here * 2 * t * (1 - t) + end * t**2
            out.append((p.x, p.y))
    return out


def lathe(
    profile: Sequence[Sequence[float]],
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    steps: int = 48,
    closed: bool = False,
    sharp: float | None = 40,
) -> Any:
    """Turn a profile of (radius, height) about the z axis; `closed` joins its last point to its first."""
    rings = len(profile)
    verts = [
        (max(r, 1e-4) * math.cos(2 * math.pi * k / steps), max(r, 1e-4) * math.sin(2 * math.pi * k / steps), z)
        for r, z in profile
        for k in range(steps)
    ]
    spans = rings if closed else rings - 1
    faces = [
        (
            i * steps + k,
            i * steps + (k + 1) % steps,
            (i + 1) % rings * steps + (k + 1) % steps,
            (i + 1) % rings * steps + k,
        )
        for i in range(spans)
        for k in range(steps)
    ]
    return mesh(verts, faces, material, at, rot, sharp=sharp)


def vessel(
    outside: Sequence[Flat],
    wall: float,
    material: Any,
    inside: Any = None,
    at: Point = (0, 0, 0),
    base: float | None = None,
    steps: int = 56,
) -> Any:
    """An open pot: an outer profile from the middle of the foot to the rim, given a wall and a round rim."""
    floor = outside[0][1] + (base if base is not None else wall)
    inner: list[Flat] = []
    for i in range(len(outside)):
        before, after = Vector(outside[max(i - 1, 0)]), Vector(outside[min(i + 1, len(outside) - 1)])
        along = (after - before).normalized()
        r, z = outside[i][0] - along.y * wall, outside[i][1] + along.x * wall
        inner.append((max(r, 0.0), max(z, floor)))
    rim_out, rim_in = outside[-1], inner[-1]
    middle = ((rim_out[0] + rim_in[0]) / 2, (rim_out[1] + rim_in[1]) / 2 + wall * 0.45)
    rim = [
        (rim_out[0] * 0.75 + middle[0] * 0.25, middle[1] - wall * 0.12),
        middle,
        (rim_in[0] * 0.75 + middle[0] * 0.25, middle[1] - wall * 0.12),
    ]
    if inside is None:
        return lathe([*outside, *rim, *reversed(inner)], material, at=at, steps=steps, sharp=None)
    lathe([*outside, *rim[:2]], material, at=at, steps=steps, sharp=None)
    return lathe([*rim[1:], *reversed(inner)], inside, at=at, steps=steps, sharp=None)


def cylinder(
    radius: float,
    height: float,
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    bevel: float = 0.02,
    top: float | None = None,
    steps: int = 40,
) -> Any:
    """A solid round, standing on `at`; `top`: another radius at the top."""
    upper = radius if top is None else top
    edge = min(bevel, height * 0.45, max(min(radius, upper), 1e-3) * 0.6)
    profile = fillet([(0, 0), (radius, 0), (upper, height), (0, height)], edge)
    return lathe(profile, material, at, rot, steps=steps)


def disc(radius: float, thick: float, material: Any, at: Point = (0, 0, 0), rot: Point = (0, 0, 0)) -> Any:
    """A thin round plate."""
    return cylinder(radius, thick, material, at, rot, bevel=thick * 0.4, steps=56)


def torus(major: float, minor: float, material: Any, at: Point = (0, 0, 0), rot: Point = (0, 0, 0)) -> Any:
    """A ring lying flat."""
    ring = [(major + minor * math.cos(a), minor * math.sin(a)) for a in (2 * math.pi * k / 14 for k in range(14))]
    return lathe(ring, material, at, rot, closed=True, sharp=None, steps=56)


def box(
    size: Point,
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    bevel: float = 0.03,
    segments: int = 3,
    taper: float = 1.0,
) -> Any:
    """A block centred on `at` with round edges; `taper`: factor on the top face."""
    x, y, z = (side / 2 for side in size)
    t = taper
    verts = [
        (-x, -y, -z),
        (x, -y, -z),
        (x, y, -z),
        (-x, y, -z),
        (-x * t, -y * t, z),
        (x * t, -y * t, z),
        (x * t, y * t, z),
        (-x * t, y * t, z),
    ]
    faces = [(3, 2, 1, 0), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    item = mesh(verts, faces, material, at, rot)
    width = min(bevel, min(size) * 0.48)
    return modifier(item, "BEVEL", width=width, segments=segments, harden_normals=True, limit_method="NONE")


def tube(
    points: Sequence[Sequence[float]],
    radius: float | Sequence[float],
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    closed: bool = False,
    curved: bool = True,
    n: int = 8,
    caps: bool = True,
) -> Any:
    """A round bar along points; `radius` may be one for each given point."""
    radii = list(radius) if isinstance(radius, Sequence) else [radius] * len(points)
    rows = [(*p, r) for p, r in zip(points, radii, strict=True)]
    path = spline(rows, n, closed) if curved else [tuple(row) for row in rows]
    data = bpy.data.curves.new("tube", "CURVE")
    data.dimensions = "3D"
    line = data.splines.new("POLY")
    line.points.add(len(path) - 1)
    for node, (x, y, z, r) in zip(line.points, path, strict=True):
        node.co = (x, y, z, 1)
        node.radius = r
    line.use_cyclic_u = closed
    line.use_smooth = True
    data.bevel_depth = 1.0
    data.bevel_resolution = 5
    data.use_fill_caps = True
    item = place(data, material, at, rot)
    if caps and not closed:
        for x, y, z, r in (path[0], path[-1]):
            ball(
                (r, r, r),
                material,
                tuple(Vector(at) + Euler([math.radians(a) for a in rot]).to_matrix() @ Vector((x, y, z))),
            )
    return item


def extrude(
    outline: Sequence[Flat],
    depth: float,
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    bevel: float = 0.01,
    holes: Sequence[Sequence[Flat]] = (),
) -> Any:
    """A flat outline (x, y) given thickness along z about `at`, edges rounded."""
    data = bpy.data.curves.new("outline", "CURVE")
    data.dimensions = "2D"
    data.fill_mode = "BOTH"
    for ring in (outline, *holes):
        line = data.splines.new("POLY")
        line.points.add(len(ring) - 1)
        for node, (x, y) in zip(line.points, ring, strict=True):
            node.co = (x, y, 0, 1)
        line.use_cyclic_u = True
    data.bevel_depth = min(bevel, depth * 0.48)
    data.bevel_resolution = 2
    data.extrude = max(depth / 2 - data.bevel_depth, 1e-4)
    data.offset = -data.bevel_depth
    return place(data, material, at, rot)


def blob(
    size: Point,
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    e: float = 1.0,
    e2: float | None = None,
    n: int = 48,
) -> Any:
    """A superellipsoid with these half axes: e 1 an egg, 0.3 a rounded block; e2 rules the outline seen from above."""
    across = e if e2 is None else e2

    def power(value: float, exponent: float) -> float:
        return math.copysign(abs(value) ** exponent, value)

    verts, rows = [], n // 2
    for i in range(rows + 1):
        v = -math.pi / 2 + math.pi * i / rows
        for k in range(n):
            u = 2 * math.pi * k / n
            c = max(power(math.cos(v), e), 1e-4)
            verts.append(
                (
                    size[0] * c * power(math.cos(u), across),
                    size[1] * c * power(math.sin(u), across),
                    size[2] * power(math.sin(v), e),
                )
            )
    faces = [
        (i * n + k, i * n + (k + 1) % n, (i + 1) * n + (k + 1) % n, (i + 1) * n + k)
        for i in range(rows)
        for k in range(n)
    ]
    return mesh(verts, faces, material, at, rot)


def ball(size: Point, material: Any, at: Sequence[float] = (0, 0, 0)) -> Any:
    """A small ellipsoid with few faces."""
    return blob(size, material, tuple(at), n=24)  # type: ignore[arg-type]


def sheet(
    f: Callable[[float, float], Sequence[float]],
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    nu: int = 32,
    nv: int = 32,
    thick: float = 0.0,
    round_u: bool = False,
    subdivide: int = 0,
) -> Any:
    """A surface f(u, v), both 0 to 1; `thick` makes it solid, `round_u` joins u = 1 to u = 0."""
    columns = nu if round_u else nu + 1
    verts = [f(i / nu, j / nv) for j in range(nv + 1) for i in range(columns)]
    faces = [
        (j * columns + i, j * columns + (i + 1) % columns, (j + 1) * columns + (i + 1) % columns, (j + 1) * columns + i)
        for j in range(nv)
        for i in range(nu)
    ]
    item = mesh(verts, faces, material, at, rot)
    if thick:
        modifier(item, "SOLIDIFY", thickness=thick, offset=0)
    if subdivide:
        modifier(item, "SUBSURF", levels=subdivide, render_levels=subdivide)
    return item


def pillow(
    size: Point,
    material: Any,
    at: Point = (0, 0, 0),
    rot: Point = (0, 0, 0),
    corner: float = 0.3,
    seam: float = 0.06,
    wrinkle: float = 0.02,
    seed: float = 0.0,
) -> Any:
    """A stuffed cloth: width, depth, greatest thickness; lying flat, thin along its seam."""

    def half(sign: float) -> Callable[[float, float], Point]:
        def f(u: float, v: float) -> Point:
            x, y = 2 * u - 1, 2 * v - 1
            pull = 1 - corner * 0.22 * (1 - abs(x) ** 2) * abs(y) ** 4
            pull_y = 1 - corner * 0.22 * (1 - abs(y) ** 2) * abs(x) ** 4
            puff = ((1 - abs(x) ** 2.6) * (1 - abs(y) ** 2.6)) ** 0.45
            fold = wrinkle * math.sin(7 * x + 3 * y + seed) * math.sin(5 * y - 4 * x + 2 * seed) * puff
            return (
                x * size[0] / 2 * pull_y,
                y * size[1] / 2 * pull,
                sign * (size[2] / 2 * puff * (1 - seam) + size[2] * seam / 2 + fold * size[2]),
            )

        return f

    sheet(half(1), material, at, rot, 36, 36)
    return sheet(half(-1), material, at, rot, 36, 36)


def circle(radius: float, n: int = 48, at: Flat = (0, 0), squash: float = 1.0) -> list[Flat]:
    """Points of a circle or ellipse."""
    return [
        (at[0] + radius * math.cos(2 * math.pi * k / n), at[1] + squash * radius * math.sin(2 * math.pi * k / n))
        for k in range(n)
    ]


def rectangle(width: float, height: float, corner: float = 0.0, at: Flat = (0, 0), n: int = 6) -> list[Flat]:
    """Points of a rectangle with round corners, centred on `at`."""
    x, y = width / 2, height / 2
    ring = [(at[0] - x, at[1] - y), (at[0] + x, at[1] - y), (at[0] + x, at[1] + y), (at[0] - x, at[1] + y)]
    return fillet(ring, corner, n, closed=True) if corner > 0 else ring


def polygon(sides: int, radius: float, turn: float = 0.0) -> list[Flat]:
    """Points of a regular polygon."""
    return [
        (radius * math.cos(2 * math.pi * (k + turn) / sides), radius * math.sin(2 * math.pi * (k + turn) / sides))
        for k in range(sides)
    ]


def leaf(length: float, width: float, material: Any, at: Point, turn: float, lean: float, droop: float = 0.5) -> Any:
    """A leaf growing from `at`: turn about z, lean from upright (degrees), drooping at its tip."""
    a, b = math.radians(turn), math.radians(lean)

    def f(u: float, v: float) -> Point:
        side = (u - 0.5) * width * math.sin(math.pi * min(v * 0.94 + 0.04, 1)) ** 0.8
        angle = b + droop * v * v
        out, up = length * v * math.sin(angle), length * v * math.cos(angle) + abs(u - 0.5) * width * 0.25
        return (out * math.cos(a) - side * math.sin(a), out * math.sin(a) + side * math.cos(a), up)

    return sheet(f, material, at, nu=6, nv=14)


def use_root(held: Any) -> None:
    """Go back to modelling under a root that is there already."""
    _root[:] = [held]
