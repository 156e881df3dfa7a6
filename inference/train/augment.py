"""Kept pictures -> a batch as the model sees it: cropped, turned, relit, blurred, set before another background."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from inference.model import CLIP_MEAN, CLIP_STD


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How far a picture may go from what it was; every share is a probability, 0 to 1."""

    turn_deg: float = 10.0
    zoom: tuple[float, float] = (0.75, 1.15)
    """Part of the kept square that is seen, as a factor of its side; above 1 the product gets smaller."""
    stretch: float = 0.08
    light: float = 0.25
    """Brightness between 1 - light and 1 + 0.6 light: burnt-out pictures teach nothing."""
    cast: float = 0.06
    """Each channel's own gain."""
    scene: float = 0.0
    """Share of products that are cut out and set before another background."""
    ramp: float = 0.15
    """Light falling off across the picture, at most."""
    blur: float = 0.15
    noise: float = 0.02
    cover: float = 0.0
    """Share of pictures with something in front of a corner."""


CATALOGUE = Strength()
PHONE = Strength(
    turn_deg=12.0,
    zoom=(0.6, 1.2),
    stretch=0.15,
    light=0.3,
    cast=0.09,
    scene=0.35,
    ramp=0.2,
    blur=0.2,
    noise=0.015,
    cover=0.1,
)


def augment(kept: Tensor, px: int, strength: Strength, flips: Tensor, generator: torch.Generator) -> Tensor:
    """One batch, different at each call.

    Args:
        kept: uint8, shape (N, P, P, 4): RGB and the product's mask.
        px: side of the result.
        strength: how far to go.
        flips: bool, shape (N,): which pictures may be mirrored.
        generator: the stream of randomness.

    Returns:
        float32, shape (N, 3, px, px), 0 to 1, not normalised.
    """
    n = kept.shape[0]

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return torch.rand(n, *shape, generator=generator) * (high - low) + low

    planes = kept.permute(0, 3, 1, 2).float() / 255  # (N, 4, P, P)
    grid = _grid(n, px, strength, flips, generator)
    warped = functional.grid_sample(planes, grid, padding_mode="border", align_corners=False)
    picture, mask = warped[:, :3], warped[:, 3:]
    cut = (planes[:, 3].amin((1, 2)) < 0.5) & (uniform(0, 1) < strength.scene)
    if cut.any():
        mask = mask[cut]
        scene = backgrounds(planes[cut, :3], px, generator)
        shadow = functional.avg_pool2d(torch.roll(mask, (px // 24, px // 32), (2, 3)), 9, 1, 4)
        shaded = scene * (1 - shadow * uniform(0.0, 0.6, 1, 1, 1)[cut])
        picture[cut] = picture[cut] * mask + shaded * (1 - mask)
    picture = _relit(picture, strength, uniform)
    if strength.cover > 0:
        picture = _covered(picture, uniform(0, 1) < strength.cover, uniform)
    which = uniform(0, 1)
    blurred = which < strength.blur
    if blurred.any():
        soft = functional.avg_pool2d(picture[blurred], 3, 1, 1, count_include_pad=False)
        softer = functional.avg_pool2d(soft, 3, 1, 1, count_include_pad=False)
        picture[blurred] = torch.where((which[blurred] < strength.blur / 2)[:, None, None, None], softer, soft)
    picture = picture + torch.randn(picture.shape, generator=generator) * uniform(0, strength.noise, 1, 1, 1)
    return picture.clamp(0, 1)


def plain(kept: Tensor, px: int) -> Tensor:
    """The kept pictures as they are: uint8 (N, P, P, 4) -> float32 (N, 3, px, px), 0 to 1."""
    planes = kept[..., :3].permute(0, 3, 1, 2).float() / 255
    return functional.interpolate(planes, (px, px), mode="bicubic", antialias=True).clamp(0, 1)


def normalised(picture: Tensor) -> Tensor:
    """(N, 3, px, px), 0 to 1 -> what the picture tower takes."""
    mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in (CLIP_MEAN, CLIP_STD))
    return (picture - mean) / std


def backgrounds(pictures: Tensor, px: int, generator: torch.Generator) -> Tensor:
    """Scenes to stand a product in: blurred pieces of other pictures, walls, floors and textures.

    Args:
        pictures: float32, shape (N, 3, P, P), 0 to 1: their pieces are taken.
        px: side of the result.
        generator: the stream of randomness.

    Returns:
        float32, shape (N, 3, px, px), 0 to 1.
    """
    n = pictures.shape[0]
    rand = torch.rand(n, 12, 1, 1, generator=generator)
    others = pictures[torch.randperm(n, generator=generator)]
    side = int(torch.randint(24, 72, (), generator=generator))
    left, top = (int(torch.randint(0, pictures.shape[-1] - side, (), generator=generator)) for _ in range(2))
    piece = functional.interpolate(others[:, :, top : top + side, left : left + side], (px, px), mode="bilinear")
    piece = piece * (0.5 + rand[:, :1])
    base = torch.rand(n, 3, 1, 1, generator=generator)
    muted = base * 0.3 + base.mean(1, keepdim=True) * 0.7  # rooms are seldom bright pink
    coarse = torch.randn(n, 1, 6, 6, generator=generator)
    fine = torch.randn(n, 1, px // 3, px // 3, generator=generator)
    wall = muted + 0.12 * functional.interpolate(coarse, (px, px), mode="bilinear", align_corners=True)
    wall = wall + 0.05 * functional.interpolate(fine, (px, px), mode="bilinear")
    rows = torch.linspace(0, 1, px).view(1, 1, px, 1)
    columns = torch.linspace(0, 1, px).view(1, 1, 1, px)
    grain = torch.sin(
        (rows * rand[:, 1:2] + columns * (1 - rand[:, 1:2])) * (20 + 120 * rand[:, 2:3]) + rand[:, 3:4] * 6.3
    )
    floor = muted.flip(1) * torch.tensor([1.0, 0.82, 0.62]).view(1, 3, 1, 1) + 0.08 * grain  # boards, brownish
    edge = (rows > 0.45 + 0.45 * rand[:, 4:5]).float()
    room = wall * (1 - edge) + floor * edge
    return torch.where(rand[:, 5:6] < 0.5, piece, room).clamp(0, 1)


def _grid(n: int, px: int, strength: Strength, flips: Tensor, generator: torch.Generator) -> Tensor:
    """Where each pixel comes from: turn, zoom, stretch, shift, mirror and a little perspective; (N, px, px, 2)."""
    rand = torch.rand(n, 8, generator=generator) * 2 - 1
    angle = rand[:, 0] * strength.turn_deg * torch.pi / 180
    low, high = strength.zoom
    zoom = low + (high - low) * (rand[:, 1] + 1) / 2
    wide, tall = zoom * (1 + strength.stretch * rand[:, 2]), zoom * (1 - strength.stretch * rand[:, 2])
    mirror = torch.where((torch.rand(n, generator=generator) < 0.5) & flips, -1.0, 1.0)
    room = (1.1 - zoom).abs()
    theta = torch.stack(
        [
            torch.stack([angle.cos() * wide * mirror, -angle.sin() * tall, rand[:, 3] * room], -1),
            torch.stack([angle.sin() * wide * mirror, angle.cos() * tall, rand[:, 4] * room], -1),
        ],
        1,
    )
    grid = functional.affine_grid(theta, [n, 1, px, px], align_corners=False)
    lean = 1 + strength.stretch * (rand[:, 5, None, None] * grid[..., 0] + rand[:, 6, None, None] * grid[..., 1])
    return grid * lean[..., None]


def _relit(picture: Tensor, strength: Strength, uniform: object) -> Tensor:
    assert callable(uniform)  # noqa: S101 - tells the type checker
    n, px = picture.shape[0], picture.shape[-1]
    gain = uniform(1 - strength.light, 1 + strength.light * 0.6, 1, 1, 1) * uniform(
        1 - strength.cast, 1 + strength.cast, 3, 1, 1
    )
    slope = uniform(-strength.ramp, strength.ramp, 2)
    line = torch.linspace(-1, 1, px)
    ramp = (
        1
        + slope[:, 0].view(n, 1, 1, 1) * line.view(1, 1, 1, px)
        + slope[:, 1].view(n, 1, 1, 1) * line.view(1, 1, px, 1)
    )
    picture = (picture * gain * ramp).clamp(0, 1.2)
    grey = picture.mean(1, keepdim=True)
    return grey + (picture - grey) * uniform(1 - strength.light * 0.7, 1 + strength.light * 0.5, 1, 1, 1)


def _covered(picture: Tensor, which: Tensor, uniform: object) -> Tensor:
    """Put a piece of another picture over a corner or side."""
    assert callable(uniform)  # noqa: S101 - tells the type checker
    px = picture.shape[-1]
    place = uniform(-1, 1, 2)
    rows = torch.linspace(-1, 1, px).view(1, px, 1)
    columns = torch.linspace(-1, 1, px).view(1, 1, px)
    size = uniform(0.15, 0.45, 1, 1)
    centre = place.sign() * (0.6 + 0.4 * place.abs())  # away from the middle
    inside = ((rows - centre[:, 0].view(-1, 1, 1)).abs() < size) & (
        (columns - centre[:, 1].view(-1, 1, 1)).abs() < size
    )
    covers = (inside & which.view(-1, 1, 1))[:, None]
    return torch.where(covers, picture.roll(1, 0).roll(px // 3, 3), picture)
