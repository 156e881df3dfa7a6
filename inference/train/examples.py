"""What a model is trained on: `Example`, a picture and what is known of it; and a reader of labelled photos."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

Split: TypeAlias = Literal["train", "dev", "test"]
PICTURE_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be seen in a picture, and how people say it."""

    name: str
    """`kind`, `colour`, `material`, `pattern`, `shape`, `detail`; any other is worded like a detail."""
    value: str
    """What it is, the same wherever it is true: `red`. A caption that names it fits all pictures that have it."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Wordings by language (`en`, `ja`); English falls back to the value. `inference.train.words` adds synonyms."""

    @property
    def key(self) -> str:
        return f"{self.name}={self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A picture to learn from."""

    picture: Path
    group: str
    """Pictures of one group show the same product, or the same label."""
    captions: tuple[str, ...] = ()
    """Whole texts about the group, in any language: titles, descriptions. They fit this group only."""
    facts: tuple[Fact, ...] = ()
    split: Split = "train"
    photo: bool = False
    """Whether a person took it, somewhere; false for a shop's own picture."""
    flip: bool = True
    """Whether its mirror image still shows the same thing: false for pictures with writing on them."""


class NothingToLearn(Exception):
    """There are too few examples; the message is one sentence that says what to do."""


def with_dev_split(examples: Iterable[Example]) -> list[Example]:
    """Where no example is for dev, move a twentieth of the groups there, the same ones each time."""
    found = list(examples)
    if any(e.split == "dev" for e in found):
        return found
    return [replace(e, split="dev") if e.split == "train" and _twentieth(e.group) else e for e in found]


def _twentieth(group: str) -> bool:
    return hashlib.sha256(group.encode()).digest()[0] % 20 == 0


def labelled_photos(folder: Path) -> Iterator[Example]:
    """Photos whose folders are their labels: `train/hat/1.jpg`, `train/Fruit/Apple/Golden-Delicious/1.jpg`.

    A first folder `train`, `val`, `validation`, `dev` or `test` is the split; with none, all are for training. Inner
    folders are narrower kinds. Within `train` the pictures of a label form one group.

    Raises:
        NothingToLearn: the folder holds no photo in a labelled folder.
    """
    splits: dict[str, Split] = {"train": "train", "val": "dev", "validation": "dev", "dev": "dev", "test": "test"}
    found = 0
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in PICTURE_SUFFIXES:
            continue
        labels = list(path.relative_to(folder).parts[:-1])
        split: Split = splits[labels.pop(0)] if labels and labels[0] in splits else "train"
        if not labels:
            continue
        found += 1
        kinds = [label.replace("-", " ").replace("_", " ").casefold() for label in labels]
        names = [Fact("kind", kind) for kind in reversed(kinds)]
        if len(kinds) > 1 and kinds[-2] not in kinds[-1]:
            narrow = f"{kinds[-1]} {kinds[-2]}"  # "golden delicious apple"
            names[0] = Fact("kind", kinds[-1], {"en": (kinds[-1], narrow)})
        yield Example(picture=path, group="/".join(kinds), facts=tuple(names), split=split, photo=True)
    if not found:
        raise NothingToLearn(
            f"{folder} holds no photos in labelled folders; expected for example {folder}/train/hat/1.jpg."
        )
