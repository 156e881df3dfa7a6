"""Pictures with what is known of them -> a model folder: the whole of `looksee model train` but the command."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from inference.model import Model, ModelDescription, Precision
from inference.tokenizer import Tokenizer, train_bpe
from inference.train.architecture import Clip, Sizes, state_dict
from inference.train.batches import Sampler
from inference.train.captions import caption
from inference.train.examples import Example, NothingToLearn, with_dev_split
from inference.train.export import Parity, export_folder
from inference.train.loop import CHECKPOINT, Run, Schedule, progress_bar
from inference.train.measure import DevSet
from inference.train.model_card import model_card
from inference.train.pictures import PictureCache, Rows
from inference.train.words import TABLES

TOKENIZER = "tokenizer.json"
PLACES = "visual.attnpool.positional_embedding"
FEWEST = 16
"""Training pictures below which nothing can be learnt."""
SMALL = Sizes(
    dim=256, picture_px=128, vision_layers=(1, 2, 2, 1), vision_width=32, vocabulary=5000, text_width=128, text_layers=3
)
"""The bundled model: OpenAI's residual network learns far faster here than a ViT of the same cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What a run made and how good it is."""

    model: Model
    parity: Parity
    before: Mapping[str, float]
    """Dev figures with the weights that the run started from."""
    after: Mapping[str, float]
    """Dev figures of the exported weights."""
    history: Sequence[Mapping[str, float]]
    counts: Mapping[str, int]
    seconds: float
    steps: int
    pictures_seen: int


@dataclass(slots=True)
class Prepared:
    """Examples whose pictures are decoded, by split."""

    rows: Rows
    train: list[Example]
    train_rows: list[int]
    dev: list[Example]
    dev_rows: list[int]
    unreadable: list[Path] = field(default_factory=list)


def train(
    examples: Iterable[Example],
    out: Path,
    *,
    minutes: float,
    work: Path,
    name: str = "",
    sizes: Sizes = SMALL,
    schedule: Schedule | None = None,
    precision: Precision = "f16",
    licence: str = "",
    source: str = "",
    start: Path | None = None,
    shown: bool = False,
    say: Callable[[str], None] = lambda line: None,
) -> Trained:
    """Train a model from scratch (or from a checkpoint's picture tower) and write its folder.

    The same call over the same `work` goes on where a killed one stopped; after a finished one it begins anew.

    Args:
        examples: pictures with facts and captions; those of the test split are left alone.
        out: the model folder to write; replaced whole.
        minutes: of wall clock.
        work: where decoded pictures, the checkpoint and the log are kept.
        name: of the model; the folder's name by default.
        sizes: of the architecture; the vocabulary is at most that of `sizes`.
        schedule: how to train; its minutes are replaced.
        precision: of the written weights.
        licence: for `model.json` and the card.
        source: what it was trained on, in a sentence.
        start: a state dict whose tensors of the same name and shape are taken over, with the `tokenizer.json` beside
            it where there is one: its words are what the weights understand.
        shown: whether to draw a progress bar.
        say: called with one line at each stage.

    Raises:
        NothingToLearn: fewer than 16 readable training pictures.
    """
    plan = replace(schedule, minutes=minutes) if schedule else Schedule(minutes=minutes)
    torch.manual_seed(plan.seed)
    ready = prepare(examples, work, say)
    kept = start is not None and start.with_name(TOKENIZER).exists()
    if start is not None and kept and not (work / CHECKPOINT).exists():
        shutil.copyfile(start.with_name(TOKENIZER), work / TOKENIZER)
    tokenizer = _tokenizer(ready.train, work / TOKENIZER, sizes, kept=kept)
    sized = replace(sizes, vocabulary=tokenizer.vocabulary_size)
    model = Clip(sized)
    if start is not None:
        say(f"Took over {take_over(model, torch.load(start, weights_only=True))} tensors of {start.name}.")
    sampler = Sampler(ready.train, ready.train_rows, ready.rows, tokenizer)
    run = Run(model, plan, work, choices=sampler.choices, groups=sampler.groups)
    dev = DevSet(ready.dev, ready.dev_rows, ready.rows, tokenizer)
    before = dev(run.averaged())
    if run.state.step:
        say(f"Going on from step {run.state.step}; remove {work} to begin anew.")
    with progress_bar(shown) as progress:
        best = run.train(sampler, dev, progress)
    after = dev(best)
    torch.save(state_dict(best), work / "weights.pt")
    counts = {"train": len(ready.train), "dev": len(ready.dev), "unreadable": len(ready.unreadable)}
    description = ModelDescription(
        name=name or out.name,
        dim=sized.dim,
        picture_px=sized.picture_px,
        prompt="{}",
        precision=precision,
        licence=licence,
        source=source or f"trained by Looksee on {counts['train']} pictures",
    )
    card = model_card(description, sized, counts, after, run.state.seconds, run.state.pictures_seen)
    say("Writing the model folder.")
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


def prepare(examples: Iterable[Example], work: Path, say: Callable[[str], None] = lambda line: None) -> Prepared:
    """Decode pictures (kept for the next time) and sort them by split.

    Raises:
        NothingToLearn: fewer than 16 readable training pictures, or none for dev.
    """
    found = [e for e in with_dev_split(examples) if e.split != "test" and (e.facts or e.captions)]
    cache = PictureCache(work / "pictures")
    say(f"Decoding {len(found)} pictures; those decoded before are not decoded again.")
    numbers = cache.rows([e.picture for e in found])
    unreadable = [e.picture for e, row in zip(found, numbers, strict=True) if row is None]
    kept = [(e, row) for e, row in zip(found, numbers, strict=True) if row is not None]
    train_, dev = ([(e, r) for e, r in kept if e.split == split] for split in ("train", "dev"))
    if len(train_) < FEWEST or not dev:
        raise NothingToLearn(
            f"There are {len(train_)} readable pictures to train with and {len(dev)} to measure with; "
            f"at least {FEWEST} and 1 are needed."
        )
    say(f"{len(train_)} pictures to learn from, {len(dev)} to measure with, {len(unreadable)} unreadable.")
    return Prepared(
        cache.open(),
        [e for e, _ in train_],
        [r for _, r in train_],
        [e for e, _ in dev],
        [r for _, r in dev],
        unreadable,
    )


def take_over(model: Clip, weights: Mapping[str, Tensor]) -> int:
    """Copy the tensors that fit by name and shape, a picture tower's places stretched to its side; returns how many."""
    own = model.state_dict()
    weights = {k: _stretched(v, len(own[k])) if k == PLACES and k in own else v for k, v in weights.items()}
    fitting = {k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}
    model.load_state_dict({**own, **fitting})
    return len(fitting)


def _stretched(places: Tensor, number: int) -> Tensor:
    """What a residual network knows of the places of a square, (side * side + 1, width), for one of another side."""
    side, own = (round((n - 1) ** 0.5) for n in (len(places), number))
    square = places[1:].T.unflatten(1, (side, side))[None]  # (1, width, side, side)
    fitted = functional.interpolate(square, (own, own), mode="bilinear", align_corners=True)
    return torch.cat([places[:1], fitted[0].flatten(1).T])


def _tokenizer(examples: Sequence[Example], path: Path, sizes: Sizes, *, kept: bool = False) -> Tokenizer:
    """The vocabulary of the captions, learnt once a run; `kept`: that of the file, where there is one."""
    if path.exists() and (kept or (path.parent / CHECKPOINT).exists()):
        return Tokenizer.read(path, sizes.context_length)
    rng = random.Random(0)  # noqa: S311 - captions, not secrets
    few = max(1, 40_000 // len(examples))
    texts = [caption(example, rng).text for example in examples for _ in range(min(few, 8))]
    texts += [text for example in examples for text in example.captions]
    # Each word of the lexicon once for every language, so that a shopper's word is a token and not a string of letters.
    texts += [
        word for table in TABLES.values() for words in table.values() for word in words.split(", ") for _ in range(3)
    ]
    tokenizer = train_bpe(texts, sizes.vocabulary, sizes.context_length)
    path.write_bytes(tokenizer.to_json())
    return tokenizer
