"""Examples -> a trained CLIP: the loop, its checkpoints, its progress bar."""

from __future__ import annotations

import math
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import torch
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from torch import Tensor, nn
from torch.nn import functional

from inference.train.architecture import Clip
from inference.train.augment import CATALOGUE, PHONE, Strength, augment, normalised
from inference.train.batches import Sampler
from inference.train.loss import fits, named_values, one_of_all, pictures_and_pictures, words_and_pictures

Measure: TypeAlias = Callable[[Clip], Mapping[str, float]]
"""A model in evaluation mode -> named figures, each higher when better; `dev` is what the bar shows."""


CHECKPOINT = "checkpoint.pt"
PROXY_SIZE = 0.02
"""Standard deviation of a group's direction before it is learnt: the shorter, the faster it turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How a run goes."""

    minutes: float
    """Of wall clock, those before an interruption included."""
    batch: int = 128
    """Pictures in a batch."""
    learning_rate: float = 1e-3
    """At 1.5e-3 a run learned colours and next to nothing of kinds."""
    weight_decay: float = 0.05
    warm_up: float = 0.02
    """Share of the time in which the learning rate rises."""
    photo_weight: float = 0.8
    """Weight of the photo-to-photo loss; that of words and pictures is 1."""
    naming_weight: float = 1.0
    """Weight of the loss of naming kind, colour, material from the picture's embedding by a linear layer that is thrown
    away afterwards: it teaches kinds sooner than the few captions of a batch do."""
    all_weight: float = 0.3
    """Weight of the loss of telling a picture's product among all products: a batch holds few of them."""
    growing: tuple[tuple[float, int], ...] = ((0.4, 64), (0.65, 96))
    """Until which share of the time a residual network's pictures have which side, where its own is larger: at 64 it
    sees two and a half times as many a second as at 128 (Tan and Le, "EfficientNetV2", 2021)."""
    averaged: float = 0.995
    """Decay of the moving average of the weights, which is what is measured and exported."""
    measure_s: float = 120.0
    checkpoint_s: float = 60.0
    seed: int = 1
    device: str = "cpu"
    strengths: tuple[Strength, Strength] = (CATALOGUE, PHONE)
    """For the first and the second half of a batch."""


@dataclass(slots=True)
class State:
    """What a run needs to go on after kill -9, beside weights and optimiser."""

    step: int = 0
    seconds: float = 0.0
    pictures_seen: int = 0
    history: list[dict[str, float]] = field(default_factory=list)


class Run:
    """One training run in a folder; made again over the same folder, it goes on where the last checkpoint was."""

    def __init__(
        self,
        model: Clip,
        schedule: Schedule,
        folder: Path,
        trainable: Callable[[str], bool] = lambda name: True,
        choices: Sequence[int] = (),
        groups: int = 0,
    ):
        """Prepare, and load the folder's checkpoint where there is one.

        Args:
            model: the model to train, changed in place.
            schedule: how.
            folder: for `checkpoint.pt` and TensorBoard's log.
            trainable: which parameters learn, by name.
            choices: how many values each fact has that pictures are to name; none leaves that loss out.
            groups: how many products pictures are to be told among; 0 leaves that loss out.
        """
        self.model, self.schedule, self.folder = (
            model.to(schedule.device, memory_format=torch.channels_last),
            schedule,
            folder,
        )
        folder.mkdir(parents=True, exist_ok=True)
        self.photo_scale = nn.Parameter(torch.tensor(math.log(1 / 0.1), device=schedule.device))
        self.naming = nn.ModuleList(nn.Linear(model.sizes.dim, number) for number in choices).to(schedule.device)
        self.proxies = nn.Parameter(torch.randn(groups, model.sizes.dim, device=schedule.device) * PROXY_SIZE)
        for name, parameter in model.named_parameters():
            parameter.requires_grad_(trainable(name))
        # A frozen block must go on seeing the statistics that it was trained with.
        norms = (m for m in model.modules() if isinstance(m, nn.BatchNorm2d))
        self._frozen_norms = [m for m in norms if not m.weight.requires_grad]
        self.optimiser = torch.optim.AdamW(self._groups(), lr=schedule.learning_rate, betas=(0.9, 0.98), fused=True)
        self.average = torch.optim.swa_utils.AveragedModel(model, avg_fn=self._averaged, use_buffers=True)
        self.state = State()
        self.rng = random.Random(schedule.seed)  # noqa: S311 - augmentation, not secrets
        self.generator = torch.Generator().manual_seed(schedule.seed)
        self.checkpoint = folder / CHECKPOINT
        if self.checkpoint.exists():
            self._load()

    def train(self, sampler: Sampler, measure: Measure, progress: Progress | None = None) -> Clip:
        """Train until the minutes are over; returns the averaged model, in evaluation mode.

        Args:
            sampler: of the train split.
            measure: dev figures, taken now and then and at the end.
            progress: a bar to show it in; None shows nothing.
        """
        from torch.utils.tensorboard.writer import SummaryWriter

        total_s = self.schedule.minutes * 60
        measured = saved = last = time.monotonic()
        dev, loss = self._last_dev(), float("nan")
        bar = progress.add_task("training", total=total_s, loss=loss, dev=dev) if progress else None
        with SummaryWriter(self.folder / "tensorboard") as log:
            while self.state.seconds < total_s:
                loss = self._step(sampler, log)
                now = time.monotonic()
                self.state.seconds += now - last
                last = now
                if now - measured > self.schedule.measure_s:
                    dev = self._measure(measure, log)
                    measured = time.monotonic()
                if now - saved > self.schedule.checkpoint_s:
                    self.save()
                    saved = time.monotonic()
                if progress and bar is not None:
                    progress.update(bar, completed=self.state.seconds, loss=loss, dev=dev)
            self._measure(measure, log)
        self.save()
        return self.averaged()

    def averaged(self) -> Clip:
        """The moving average of the weights, in evaluation mode."""
        model: Clip = self.average.module
        model.eval()
        return model

    def _averaged(self, average: Tensor, current: Tensor, number: Tensor | int) -> Tensor:
        """A moving average that forgets faster in the beginning, when the weights are worth little."""
        decay = min(self.schedule.averaged, (1 + int(number)) / (10 + int(number)))
        if not current.is_floating_point():
            return current
        return torch.lerp(average, current, 1 - decay)  # exact where both are equal: frozen weights stay what they were

    def save(self) -> None:
        """Write the checkpoint; it is there whole or not at all."""
        pending = self.checkpoint.with_suffix(".writing")
        state = self.state
        torch.save(
            {
                "model": self.model.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "photo_scale": self.photo_scale.detach(),
                "naming": self.naming.state_dict(),
                "proxies": self.proxies.detach(),
                "generator": self.generator.get_state(),
                "rng": _plain(self.rng.getstate()),
                "step": state.step,
                "seconds": state.seconds,
                "pictures_seen": state.pictures_seen,
                "history": state.history,
            },
            pending,
        )
        with pending.open("rb") as written:
            os.fsync(written.fileno())
        pending.replace(self.checkpoint)

    def finish(self) -> None:
        """Put the checkpoint aside, so that the next run over this folder is a new one."""
        self.checkpoint.replace(self.checkpoint.with_name("finished.pt"))

    def _load(self) -> None:
        kept = torch.load(self.checkpoint, map_location=self.schedule.device, weights_only=True)
        self.model.load_state_dict(kept["model"])
        self.average.load_state_dict(kept["average"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.photo_scale.data.copy_(kept["photo_scale"])
        self.naming.load_state_dict(kept["naming"])
        self.proxies.data.copy_(kept["proxies"])
        self.generator.set_state(kept["generator"].cpu())
        version, words, gauss = kept["rng"]
        self.rng.setstate((version, tuple(words), gauss))
        self.state = State(kept["step"], kept["seconds"], kept["pictures_seen"], kept["history"])

    def _groups(self) -> list[dict[str, Any]]:
        """Matrices decay; biases, norms and embeddings do not."""
        learning = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        decays = [p for n, p in learning if p.ndim > 1 and "embedding" not in n]
        others = [p for n, p in learning if p.ndim <= 1 or "embedding" in n]
        return [
            {"params": decays, "weight_decay": self.schedule.weight_decay},
            {"params": [*others, self.photo_scale, *self.naming.parameters(), self.proxies], "weight_decay": 0.0},
        ]

    def _step(self, sampler: Sampler, log: Any) -> float:
        batch = sampler.draw(self.schedule.batch, self.rng)
        schedule, half = self.schedule, batch.kept.shape[0] // 2
        self.model.train()
        for module in self._frozen_norms:
            module.eval()
        for group in self.optimiser.param_groups:
            group["lr"] = self._learning_rate()
        px = self._px()
        seen = [
            augment(batch.kept[part], px, strength, batch.flips[part], self.generator)
            for part, strength in zip((slice(None, half), slice(half, None)), schedule.strengths, strict=True)
        ]
        pixels = normalised(torch.cat(seen)).to(schedule.device, memory_format=torch.channels_last)
        true = fits(batch.named, batch.has).to(schedule.device)
        with torch.autocast(schedule.device.split(":")[0], torch.bfloat16):
            pictures = self.model.encode_image(pixels)
            texts = self._encode_texts(batch.tokens.to(schedule.device))
        pictures, texts = (functional.normalize(v.float(), dim=-1) for v in (pictures, texts))
        words = words_and_pictures(texts, pictures, true, self.model.logit_scale.exp())
        same = batch.same.to(schedule.device)
        photos = pictures_and_pictures(pictures[:half], pictures[half:], same, self.photo_scale.exp())
        loss: Tensor = words + schedule.photo_weight * photos
        if len(self.naming):
            # Spread to the length at which a linear layer over unit vectors can be sure of itself.
            spread = pictures * self.model.sizes.dim**0.5
            scores = [head(spread) for head in self.naming]
            loss = loss + schedule.naming_weight * named_values(scores, batch.values.to(schedule.device))
        if len(self.proxies):
            among_all = one_of_all(pictures, self.proxies, batch.groups.to(schedule.device))
            loss = loss + schedule.all_weight * among_all.mean()
            sampler.learn(batch.groups, among_all.detach().cpu())
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        with torch.no_grad():
            self.model.logit_scale.clamp_(max=math.log(100))
            self.photo_scale.clamp_(max=math.log(50))
        self.average.update_parameters(self.model)
        self.state.step += 1
        self.state.pictures_seen += batch.kept.shape[0]
        if self.state.step % 20 == 0:
            for name, value in (
                ("words", words.item()),
                ("photos", photos.item()),
                ("learning_rate", self._learning_rate()),
            ):
                log.add_scalar(f"train/{name}", value, self.state.step)
        final: float = loss.item()
        return final

    def _encode_texts(self, tokens: Tensor) -> Tensor:
        """The shorter half apart from the longer: padding costs as much as words do."""
        ends = tokens.argmax(1)
        order = ends.argsort()
        parts = [self.model.encode_text(tokens[part, : int(ends[part[-1]]) + 1]) for part in order.chunk(2)]
        return torch.cat(parts)[order.argsort()]

    def _done(self) -> float:
        """Share of the time that is over."""
        return min(self.state.seconds / (self.schedule.minutes * 60), 1.0)

    def _px(self) -> int:
        """Side of the pictures of this step."""
        own: int = self.model.sizes.picture_px
        done = self._done()
        if self.model.sizes.patch_px is not None:
            return own
        return next((px for until, px in self.schedule.growing if done < until and px < own), own)

    def _learning_rate(self) -> float:
        schedule, done = self.schedule, self._done()
        # The averaged weights start at random ones: the first steps must be small whatever the clock says.
        rise = min(1.0, done / schedule.warm_up if schedule.warm_up else 1.0, (self.state.step + 1) / 50)
        return schedule.learning_rate * rise * (0.02 + 0.98 * (1 + math.cos(math.pi * done)) / 2)

    def _measure(self, measure: Measure, log: Any) -> float:
        model = self.averaged()
        with torch.inference_mode():
            figures = dict(measure(model))
        for name, value in figures.items():
            log.add_scalar(f"dev/{name}", value, self.state.step)
        self.state.history.append(
            {
                "step": float(self.state.step),
                "seconds": self.state.seconds,
                "pictures": float(self.state.pictures_seen),
                **figures,
            }
        )
        return figures.get("dev", float("nan"))

    def _last_dev(self) -> float:
        return self.state.history[-1].get("dev", float("nan")) if self.state.history else float("nan")


def _plain(state: tuple[Any, ...]) -> list[Any]:
    version, words, gauss = state
    return [version, list(words), gauss]


@contextmanager
def progress_bar(shown: bool) -> Iterator[Progress | None]:
    """A bar with loss and dev recall on standard error, or none."""
    if not shown:
        yield None
        return
    from rich.console import Console

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("loss {task.fields[loss]:.2f}"),
        TextColumn("dev recall {task.fields[dev]:.2f}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield progress
