"""A state dict in OpenAI's format -> CLIP as a torch module, and back: every size is read from the weights."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import torch
from torch import Tensor, nn
from torch.nn import functional

Weights: TypeAlias = Mapping[str, Tensor]
"""OpenAI's names -> tensors; `input_resolution`, `context_length` and `vocab_size` may be among them."""
Activation: TypeAlias = Literal["quick_gelu", "gelu"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """All that tells one CLIP from another."""

    dim: int
    """Length of an embedding."""
    picture_px: int
    """96 or a multiple of 32 for a residual network; a multiple of `patch_px` for a ViT."""
    vision_layers: int | tuple[int, int, int, int]
    """Blocks of a ViT, or blocks of a residual network's four stages."""
    vision_width: int
    patch_px: int | None = None
    """Side of a ViT's patches; None for a residual network."""
    context_length: int = 77
    vocabulary: int = 49408
    text_width: int = 512
    """A multiple of 64: a head is 64 wide."""
    text_layers: int = 12
    activation: Activation = "quick_gelu"
    """OpenAI's approximation, or the exact GELU of most OpenCLIP checkpoints; the weights do not tell."""


class LayerNorm(nn.LayerNorm):
    """A layer norm that computes in float32 whatever it is given."""

    def forward(self, x: Tensor) -> Tensor:
        """Keep the dtype of the input."""
        return super().forward(x.float()).to(x.dtype)


class SelfAttention(nn.Module):
    """Multi-head self-attention with the parameter names of `torch.nn.MultiheadAttention`."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(torch.empty(3 * width, width))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor, *, causal: bool) -> Tensor:
        """(N, T, width) -> (N, T, width)."""
        projected = functional.linear(x, self.in_proj_weight, self.in_proj_bias)
        q, k, v = (
            projected.unflatten(-1, (3, self.heads, -1)).permute(2, 0, 3, 1, 4).unbind(0)
        )  # each (N, heads, T, 64)
        mixed = functional.scaled_dot_product_attention(q, k, v, is_causal=causal)
        attended: Tensor = self.out_proj(mixed.transpose(1, 2).flatten(2))
        return attended


class QuickGELU(nn.Module):
    """OpenAI's approximation of GELU."""

    def forward(self, x: Tensor) -> Tensor:
        """Elementwise."""
        return x * torch.sigmoid(1.702 * x)


class Mlp(nn.Module):
    """The two linear layers of a block."""

    def __init__(self, width: int, activation: Activation) -> None:
        super().__init__()
        self.c_fc = nn.Linear(width, width * 4)
        self.gelu = QuickGELU() if activation == "quick_gelu" else nn.GELU()
        self.c_proj = nn.Linear(width * 4, width)

    def forward(self, x: Tensor) -> Tensor:
        """(..., width) -> (..., width)."""
        out: Tensor = self.c_proj(self.gelu(self.c_fc(x)))
        return out


class ResidualAttentionBlock(nn.Module):
    """Attention and an MLP, each normalised first and added."""

    def __init__(self, width: int, heads: int, activation: Activation, *, causal: bool) -> None:
        super().__init__()
        self.causal = causal
        self.attn = SelfAttention(width, heads)
        self.ln_1 = LayerNorm(width)
        self.mlp = Mlp(width, activation)
        self.ln_2 = LayerNorm(width)

    def forward(self, x: Tensor) -> Tensor:
        """(N, T, width) -> (N, T, width)."""
        x = x + self.attn(self.ln_1(x), causal=self.causal)
        out: Tensor = x + self.mlp(self.ln_2(x))
        return out


class Transformer(nn.Module):
    """A stack of blocks."""

    def __init__(self, width: int, layers: int, activation: Activation, *, causal: bool) -> None:
        super().__init__()
        self.width, self.layers = width, layers
        heads = max(width // 64, 1)
        blocks = (ResidualAttentionBlock(width, heads, activation, causal=causal) for _ in range(layers))
        self.resblocks = nn.Sequential(*blocks)

    def forward(self, x: Tensor) -> Tensor:
        """(N, T, width) -> (N, T, width)."""
        out: Tensor = self.resblocks(x)
        return out


class Bottleneck(nn.Module):
    """A residual block that pools instead of striding."""

    def __init__(self, inputs: int, planes: int, stride: int) -> None:
        super().__init__()
        outputs = planes * 4
        self.conv1 = nn.Conv2d(inputs, planes, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.avgpool = nn.AvgPool2d(stride) if stride > 1 else nn.Identity()
        self.conv3 = nn.Conv2d(planes, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample: nn.Module | None = None
        if stride > 1 or inputs != outputs:
            self.downsample = nn.Sequential()
            # The odd name keeps OpenAI's keys: the pooling comes first and holds no weights.
            self.downsample.add_module("-1", nn.AvgPool2d(stride))
            self.downsample.add_module("0", nn.Conv2d(inputs, outputs, 1, bias=False))
            self.downsample.add_module("1", nn.BatchNorm2d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) -> (N, planes * 4, H / stride, W / stride)."""
        out = functional.relu(self.bn1(self.conv1(x)))
        out = functional.relu(self.bn2(self.conv2(out)))
        out = self.bn3(self.conv3(self.avgpool(out)))
        same = x if self.downsample is None else self.downsample(x)
        return functional.relu(out + same)


class AttentionPool(nn.Module):
    """One attention query, the mean of all places, over all places."""

    def __init__(self, side: int, width: int, heads: int, dim: int) -> None:
        super().__init__()
        self.positional_embedding = nn.Parameter(torch.randn(side**2 + 1, width) / width**0.5)
        self.k_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.c_proj = nn.Linear(width, dim)
        self.heads, self.side = heads, side

    def forward(self, x: Tensor) -> Tensor:
        """(N, width, side, side) -> (N, dim); another side than its own gets the places in between."""
        places = x.flatten(2).transpose(1, 2)  # (N, side * side, width)
        where = self.positional_embedding
        if x.shape[-1] != self.side:
            square = where[1:].T.unflatten(1, (self.side, self.side))[None]  # (1, width, side, side)
            fitted = functional.interpolate(square, x.shape[-2:], mode="bilinear", align_corners=True)
            where = torch.cat([where[:1], fitted[0].flatten(1).T])
        places = torch.cat([places.mean(1, keepdim=True), places], 1) + where.to(x.dtype)
        q = self.q_proj(places[:, :1]).unflatten(-1, (self.heads, -1)).transpose(1, 2)  # (N, heads, 1, 64)
        k = self.k_proj(places).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        v = self.v_proj(places).unflatten(-1, (self.heads, -1)).transpose(1, 2)
        pooled = functional.scaled_dot_product_attention(q, k, v)
        out: Tensor = self.c_proj(pooled.transpose(1, 2).flatten(1))
        return out


class ModifiedResNet(nn.Module):
    """OpenAI's residual network: three stem convolutions, pooling instead of strides, attention at the end."""

    def __init__(self, layers: tuple[int, int, int, int], width: int, dim: int, picture_px: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, width // 2, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width // 2)
        self.conv2 = nn.Conv2d(width // 2, width // 2, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width // 2)
        self.conv3 = nn.Conv2d(width // 2, width, 3, padding=1, bias=False)
        self.bn3 = nn.BatchNorm2d(width)
        self.avgpool = nn.AvgPool2d(2)
        inputs = width
        for stage, count in enumerate(layers):
            planes = width * 2**stage
            blocks = [Bottleneck(inputs, planes, 1 if stage == 0 else 2)]
            inputs = planes * 4
            blocks += [Bottleneck(inputs, planes, 1) for _ in range(count - 1)]
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))
        self.attnpool = AttentionPool(picture_px // 32, width * 32, width * 32 // 64, dim)

    def forward(self, pixels: Tensor) -> Tensor:
        """(N, 3, px, px) -> (N, dim)."""
        x = functional.relu(self.bn1(self.conv1(pixels)))
        x = functional.relu(self.bn2(self.conv2(x)))
        x = self.avgpool(functional.relu(self.bn3(self.conv3(x))))
        for stage in ("layer1", "layer2", "layer3", "layer4"):
            x = getattr(self, stage)(x)
        out: Tensor = self.attnpool(x)
        return out


class VisionTransformer(nn.Module):
    """OpenAI's ViT: patches, a class token, a transformer, a projection."""

    def __init__(
        self, picture_px: int, patch_px: int, width: int, layers: int, dim: int, activation: Activation
    ) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, patch_px, stride=patch_px, bias=False)
        scale = width**-0.5
        self.class_embedding = nn.Parameter(scale * torch.randn(width))
        self.positional_embedding = nn.Parameter(scale * torch.randn((picture_px // patch_px) ** 2 + 1, width))
        self.ln_pre = LayerNorm(width)
        self.transformer = Transformer(width, layers, activation, causal=False)
        self.ln_post = LayerNorm(width)
        self.proj = nn.Parameter(scale * torch.randn(width, dim))

    def forward(self, pixels: Tensor) -> Tensor:
        """(N, 3, px, px) -> (N, dim)."""
        x = self.conv1(pixels).flatten(2).transpose(1, 2)  # (N, patches, width)
        first = self.class_embedding.to(x.dtype).expand(x.shape[0], 1, -1)
        x = torch.cat([first, x], 1) + self.positional_embedding.to(x.dtype)
        x = self.transformer(self.ln_pre(x))
        out: Tensor = self.ln_post(x[:, 0]) @ self.proj.to(x.dtype)
        return out


class Clip(nn.Module):
    """Two towers into one space; parameter names and shapes are OpenAI's."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        layers, width = sizes.vision_layers, sizes.vision_width
        self.visual: ModifiedResNet | VisionTransformer
        if isinstance(layers, tuple):
            self.visual = ModifiedResNet(layers, width, sizes.dim, sizes.picture_px)
        else:
            assert sizes.patch_px is not None, "a ViT has a patch size"  # noqa: S101 - a programmer's mistake, not a user's
            self.visual = VisionTransformer(
                sizes.picture_px, sizes.patch_px, width, layers, sizes.dim, sizes.activation
            )
        self.transformer = Transformer(sizes.text_width, sizes.text_layers, sizes.activation, causal=True)
        self.token_embedding = nn.Embedding(sizes.vocabulary, sizes.text_width)
        self.positional_embedding = nn.Parameter(torch.empty(sizes.context_length, sizes.text_width))
        self.ln_final = LayerNorm(sizes.text_width)
        self.text_projection = nn.Parameter(torch.empty(sizes.text_width, sizes.dim))
        self.logit_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))
        self._initialise()

    def _initialise(self) -> None:
        nn.init.normal_(self.token_embedding.weight, std=0.02)
        nn.init.normal_(self.positional_embedding, std=0.01)
        nn.init.normal_(self.text_projection, std=self.sizes.text_width**-0.5)
        if isinstance(self.visual, ModifiedResNet):
            pool = self.visual.attnpool
            for linear in (pool.q_proj, pool.k_proj, pool.v_proj, pool.c_proj):
                nn.init.normal_(linear.weight, std=linear.in_features**-0.5)
            # A block begins as its identity. The first of a stage has none: silenced as well, a network of one block a
            # stage has no 3 x 3 convolution left, and learns colours alone.
            for name, weight in self.visual.named_parameters():
                if re.search(r"layer\d\.[1-9]\d*\.bn3\.weight$", name):
                    nn.init.zeros_(weight)
        for stack in [m for m in self.modules() if isinstance(m, Transformer)]:
            deep = stack.width**-0.5 * (2 * stack.layers) ** -0.5
            for block in stack.resblocks:
                nn.init.normal_(block.attn.in_proj_weight, std=stack.width**-0.5)
                nn.init.normal_(block.attn.out_proj.weight, std=deep)
                nn.init.normal_(block.mlp.c_fc.weight, std=(2 * stack.width) ** -0.5)
                nn.init.normal_(block.mlp.c_proj.weight, std=deep)

    def encode_image(self, pixels: Tensor) -> Tensor:
        """(N, 3, px, px), normalised -> (N, dim), not unit length."""
        out: Tensor = self.visual(pixels)
        return out

    def encode_text(self, tokens: Tensor) -> Tensor:
        """(N, T) token ids, T up to the context, the end-of-text id the highest -> (N, dim), not unit length."""
        x = self.token_embedding(tokens) + self.positional_embedding[: tokens.shape[1]]
        x = self.ln_final(self.transformer(x))
        ends = tokens.argmax(-1)[:, None, None].expand(-1, 1, x.shape[-1])
        last = x.gather(1, ends).squeeze(1)  # (N, text_width): the state at the end-of-text token
        return last @ self.text_projection.to(x.dtype)


SIZES_IN_ARCHIVE = ("input_resolution", "context_length", "vocab_size")


def sizes_of(weights: Weights, activation: Activation = "quick_gelu") -> Sizes:
    """Read the architecture from the shapes of a state dict.

    Raises:
        ValueError: the names are not those of an OpenAI CLIP.
    """
    if "text_projection" not in weights or "token_embedding.weight" not in weights:
        raise ValueError("These weights are not in OpenAI's CLIP format: they have no text tower of that name.")
    blocks = {int(k.split(".")[2]) for k in weights if k.startswith("transformer.resblocks.")}
    text_width = weights["ln_final.weight"].shape[0]
    vocabulary, dim = weights["token_embedding.weight"].shape[0], weights["text_projection"].shape[1]
    context_length = weights["positional_embedding"].shape[0]
    patch_px: int | None = None
    layers: int | tuple[int, int, int, int]
    if "visual.proj" in weights:
        patches = weights["visual.conv1.weight"]
        width, patch_px = patches.shape[0], patches.shape[-1]
        layers = len({int(k.split(".")[3]) for k in weights if k.startswith("visual.transformer.resblocks.")})
        side = round((weights["visual.positional_embedding"].shape[0] - 1) ** 0.5)
        picture_px = side * patch_px
    elif "visual.attnpool.positional_embedding" in weights:
        found = [len({k.split(".")[2] for k in weights if k.startswith(f"visual.layer{n}.")}) for n in (1, 2, 3, 4)]
        layers = (found[0], found[1], found[2], found[3])
        width = weights["visual.layer1.0.conv1.weight"].shape[0]
        side = round((weights["visual.attnpool.positional_embedding"].shape[0] - 1) ** 0.5)
        picture_px = side * 32
    else:
        raise ValueError("These weights are not in OpenAI's CLIP format: the picture tower is neither ViT nor ResNet.")
    return Sizes(
        dim=dim,
        picture_px=picture_px,
        vision_layers=layers,
        vision_width=width,
        patch_px=patch_px,
        context_length=context_length,
        vocabulary=vocabulary,
        text_width=text_width,
        text_layers=len(blocks),
        activation=activation,
    )


def build(weights: Weights, activation: Activation = "quick_gelu") -> Clip:
    """A CLIP with these weights, in float32, in evaluation mode.

    Raises:
        ValueError: a name or a shape is not that of an OpenAI CLIP.
    """
    model = Clip(sizes_of(weights, activation))
    kept = {k: v.float() for k, v in weights.items() if k not in SIZES_IN_ARCHIVE}
    try:
        model.load_state_dict(kept)
    except RuntimeError as error:
        raise ValueError(
            f"These weights do not fit OpenAI's CLIP format: {str(error).splitlines()[-1].strip()}"
        ) from error
    model.eval()
    return model


def state_dict(model: Clip) -> dict[str, Tensor]:
    """The weights under OpenAI's names, float32, detached copies: `torch.save` it and `clip.load` reads it."""
    return {
        k: v.detach().float().clone() if v.is_floating_point() else v.clone() for k, v in model.state_dict().items()
    }
