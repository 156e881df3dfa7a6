"""A checkpoint and a catalogue -> the checkpoint tuned to it: only the last blocks of both towers learn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import torch

from inference.model import ModelDescription, Precision
from inference.tokenizer import Tokenizer
from inference.train.architecture import Clip, build, state_dict
from inference.train.batches import Sampler
from inference.train.checkpoints import BadCheckpoint, Checkpoint
from inference.train.examples import Example
from inference.train.export import export_folder
from inference.train.loop import Run, Schedule, progress_bar
from inference.train.measure import DevSet
from inference.train.model_card import model_card
from inference.train.training import Trained, prepare

TUNING = Schedule(minutes=10, batch=64, learning_rate=1e-4, growing=(), averaged=0.99, photo_weight=0.5)
"""Gentle: what the checkpoint knows of the world is worth more than what one catalogue teaches."""


def tune(
    checkpoint: Checkpoint,
    tokenizer: Tokenizer,
    examples: Iterable[Example],
    out: Path,
    *,
    minutes: float,
    work: Path,
    blocks: int = 1,
    prompt: str = "this is a {}",
    schedule: Schedule = TUNING,
    precision: Precision = "f16",
    shown: bool = False,
    say: Callable[[str], None] = lambda line: None,
) -> Trained:
    """Fine-tune the last blocks of both towers and write a model folder.

    Args:
        checkpoint: weights in OpenAI's format.
        tokenizer: the checkpoint's own.
        examples: the catalogue; dev products are measured before and after.
        out: the model folder to write.
        minutes: of wall clock.
        work: for decoded pictures, the checkpoint of the run, its log.
        blocks: how many of the last blocks of each tower learn; the projections always do.
        prompt: how words become a text for this model.
        schedule: how to train; its minutes are replaced.
        precision: of the written weights.
        shown: whether to draw a progress bar.
        say: called with one line at each stage.

    Raises:
        NothingToLearn: too few readable pictures.
        BadCheckpoint: the weights are not an OpenAI CLIP's, or the tokenizer is another model's.
    """
    try:
        model = build(checkpoint.weights, checkpoint.activation)
    except ValueError as error:
        raise BadCheckpoint(str(error)) from error
    if tokenizer.vocabulary_size != model.sizes.vocabulary:
        raise BadCheckpoint(
            f"The checkpoint has {model.sizes.vocabulary:,} token ids and the tokenizer {tokenizer.vocabulary_size:,}; "
            "name the checkpoint's own with --tokenizer."
        )
    torch.manual_seed(schedule.seed)
    ready = prepare(examples, work, say)
    dev = DevSet(ready.dev, ready.dev_rows, ready.rows, tokenizer, prompt)
    before = dev(model.eval())
    learns = last_blocks(model, blocks)
    run = Run(model, replace(schedule, minutes=minutes), work, learns)
    say(f"{sum(p.numel() for p in model.parameters() if p.requires_grad) / 1e6:.1f} million parameters learn.")
    with progress_bar(shown) as progress:
        best = run.train(Sampler(ready.train, ready.train_rows, ready.rows, tokenizer, prompt), dev, progress)
    after = dev(best)
    torch.save(state_dict(best), work / "weights.pt")
    counts = {"train": len(ready.train), "dev": len(ready.dev), "unreadable": len(ready.unreadable)}
    description = ModelDescription(
        name=out.name,
        dim=model.sizes.dim,
        picture_px=model.sizes.picture_px,
        prompt=prompt,
        precision=precision,
        mean=checkpoint.mean,
        std=checkpoint.std,
        licence=checkpoint.licence,
        source=f"{checkpoint.source or checkpoint.name}, tuned on {counts['train']} pictures",
    )
    card = model_card(description, model.sizes, counts, after, run.state.seconds, run.state.pictures_seen)
    written, parity = export_folder(
        best, tokenizer, description, parent=out.parent, folder_name=out.name, extra={"README.md": card.encode()}
    )
    run.finish()
    return Trained(
        model=written,
        parity=parity,
        before=before,
        after=after,
        history=run.state.history,
        counts=counts,
        seconds=run.state.seconds,
        steps=run.state.step,
        pictures_seen=run.state.pictures_seen,
    )


def last_blocks(model: Clip, blocks: int) -> Callable[[str], bool]:
    """Which parameters learn: the projections, the pooling, and this many last blocks of each tower."""
    sizes = model.sizes
    text = range(sizes.text_layers - blocks, sizes.text_layers)
    always = ("text_projection", "ln_final", "logit_scale", "visual.attnpool", "visual.proj", "visual.ln_post")
    if isinstance(sizes.vision_layers, tuple):
        deepest = sizes.vision_layers[3]
        picture = {f"visual.layer4.{n}." for n in range(max(deepest - blocks, 0), deepest)}
    else:
        picture = {
            f"visual.transformer.resblocks.{n}." for n in range(sizes.vision_layers - blocks, sizes.vision_layers)
        }

    def learns(name: str) -> bool:
        block = re.match(r"transformer\.resblocks\.(\d+)\.", name)
        return name.startswith((*always, *picture)) or (block is not None and int(block[1]) in text)

    return learns
