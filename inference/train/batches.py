"""Examples -> batches with hard negatives: several products of one kind that differ in colour, material or shape."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from inference.tokenizer import Tokenizer
from inference.train.captions import Caption, caption, group_key
from inference.train.examples import Example
from inference.train.pictures import Rows

LONGEST = 32
"""Tokens of a caption that are read in training: a long description costs the batch more than it teaches."""
NEIGHBOURS = 2
"""Products of one kind that come into a batch together; more of them leave a batch with few kinds to tell apart, and of
the photos that find a wrong product first, three quarters find one of a wrong kind."""

SHOP_AND_PHOTO = 0.85
"""Share of pairs of a shop's picture and a photo, where there are both: it is what people will ask."""

FORGETS = 0.05
"""Share that a batch has in what is known of how hard the kinds in it are."""
MOST_OFTEN = 2.0
"""Times its share that the hardest kind is drawn; the easiest is drawn its share divided by it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Half of the pictures as a catalogue shows them, then half as phone photos do, of the same products in order."""

    kept: Tensor
    """uint8, shape (N, P, P, 4)."""
    flips: Tensor
    """bool, shape (N,)."""
    tokens: Tensor
    """int64, shape (N, T)."""
    named: Tensor
    """float32, shape (N, F): the facts that each caption names."""
    has: Tensor
    """float32, shape (N, F): the facts that each picture shows."""
    same: Tensor
    """bool, shape (N / 2, N / 2): the same group."""
    values: Tensor
    """int64, shape (N, len(Sampler.choices)): the number of each picture's value of each fact, -1 where it has none."""
    groups: Tensor
    """int64, shape (N,): the number of each picture's group among all that the sampler draws from."""


class Sampler:
    """Draws batches from the examples of one split."""

    def __init__(
        self, examples: Sequence[Example], rows_of: Sequence[int], rows: Rows, tokenizer: Tokenizer, prompt: str = "{}"
    ) -> None:
        """Arrange the examples.

        Args:
            examples: those to draw from.
            rows_of: for each, the row of its picture.
            rows: the kept pictures.
            tokenizer: makes token ids of captions.
            prompt: how the model is asked; half of the captions stand in it.
        """
        self._prompt = prompt
        self._examples, self._rows_of, self._rows, self._tokenizer = examples, rows_of, rows, tokenizer
        self._members: dict[str, list[int]] = defaultdict(list)
        kinds: dict[str, dict[str, None]] = defaultdict(dict)
        for index, example in enumerate(examples):
            self._members[example.group].append(index)
            kinds[_kind(example)][example.group] = None
        self._kinds = [list(groups) for groups in kinds.values()]
        self._numbers = {group: number for number, group in enumerate(self._members)}
        self.groups = len(self._numbers)
        """How many groups there are."""
        own = [_values(example) for example in examples]
        numbers: dict[str, dict[str, int]] = {}
        for values in own:
            for name, value in values.items():
                same = numbers.setdefault(name, {})
                same.setdefault(value, len(same))
        several = [name for name, same in numbers.items() if len(same) > 1]
        self.choices: tuple[int, ...] = tuple(len(numbers[name]) for name in several)
        """How many values there are of each fact."""
        self._values = [[numbers[n][values[n]] if n in values else -1 for n in several] for values in own]
        # The root keeps a source with thousands of photos of ten labels from crowding out the rest.
        self._weights = [sum(len(self._members[g]) for g in groups) ** 0.5 for groups in self._kinds]
        kind_of = {group: kind for kind, groups in enumerate(self._kinds) for group in groups}
        self._kind_of = np.array([kind_of[group] for group in self._numbers])
        self._losses = np.full(len(self._kinds), np.nan)

    def learn(self, groups: Tensor, losses: Tensor) -> None:
        """Draw kinds more often whose products are hard to tell: most kinds are easy long before the last ones are.

        Args:
            groups: int64, shape (N,): `Batch.groups`.
            losses: float32, shape (N,): of telling each picture's group, 0 or more.
        """
        kinds, values = self._kind_of[groups.numpy()], losses.numpy()
        for kind in np.unique(kinds):
            mean = float(values[kinds == kind].mean())
            old = self._losses[kind]
            self._losses[kind] = mean if np.isnan(old) else old + FORGETS * (mean - old)

    def _drawn(self) -> list[float]:
        """Weights of the kinds, by how many pictures they have and how hard they are."""
        if np.isnan(self._losses).all():
            return self._weights
        share = self._losses / max(float(np.nanmean(self._losses)), 1e-6)
        harder = np.nan_to_num(share, nan=1.0).clip(1 / MOST_OFTEN, MOST_OFTEN)
        return [weight * float(often) for weight, often in zip(self._weights, harder, strict=True)]

    def draw(self, size: int, rng: random.Random) -> Batch:
        """A batch of `size` pictures, of half as many groups."""
        groups: dict[str, None] = {}
        weights = self._drawn()
        while len(groups) < size // 2:
            kind = rng.choices(self._kinds, weights)[0]
            for group in rng.sample(kind, min(len(kind), NEIGHBOURS)):
                groups[group] = None
            if len(groups) >= len(self._members):
                break
        chosen = list(groups)[: size // 2]
        chosen += [rng.choice(chosen) for _ in range(size // 2 - len(chosen))]
        pairs = [self._pair(group, rng) for group in chosen]
        indices = [a for a, _ in pairs] + [b for _, b in pairs]
        picked = [self._examples[i] for i in indices]
        captions = [caption(example, rng) for example in picked]
        texts = [self._prompt.format(c.text) if rng.random() < 0.5 else c.text for c in captions]
        named, has = _facts(captions, picked)
        kept = np.stack([self._rows[self._rows_of[i]] for i in indices])
        ids = torch.tensor([self._numbers[group] for group in chosen])
        return Batch(
            torch.from_numpy(kept),
            torch.tensor([e.flip for e in picked]),
            self._tokens(texts),
            named,
            has,
            ids[:, None] == ids[None, :],
            torch.tensor([self._values[i] for i in indices]).view(len(indices), len(self.choices)),
            torch.cat([ids, ids]),
        )

    def _pair(self, group: str, rng: random.Random) -> tuple[int, int]:
        """Two pictures of a group, different ones where it has several; mostly the shop's and somebody's photo."""
        members = self._members[group]
        if len(members) == 1:
            return members[0], members[0]
        shop = [i for i in members if not self._examples[i].photo]
        photos = [i for i in members if self._examples[i].photo]
        if shop and photos and rng.random() < SHOP_AND_PHOTO:
            return rng.choice(shop), rng.choice(photos)
        first, second = rng.sample(members, 2)
        return first, second

    def _tokens(self, texts: Sequence[str]) -> Tensor:
        tokens = self._tokenizer.encode(texts)
        if tokens.shape[1] > LONGEST:
            ends = tokens.max(1)
            cut = tokens.argmax(1) >= LONGEST
            tokens = tokens[:, :LONGEST].copy()
            tokens[cut, -1] = ends[cut]
        return torch.from_numpy(tokens)


def _values(example: Example) -> dict[str, str]:
    """Each fact's value by its name, the first where there are several."""
    return {fact.name: fact.value for fact in reversed(example.facts)}


def _kind(example: Example) -> str:
    """What hard negatives share: the second of its kinds if it has two (golden delicious, apple), else the first."""
    kinds = [fact.value for fact in example.facts if fact.name == "kind"]
    return kinds[min(1, len(kinds) - 1)] if kinds else ""


def _facts(captions: Sequence[Caption], examples: Sequence[Example]) -> tuple[Tensor, Tensor]:
    """Facts as columns, only those that a caption of the batch names."""
    columns = {key: i for i, key in enumerate(sorted(set().union(*(c.names for c in captions))))}
    named = torch.zeros(len(captions), len(columns))
    has = torch.zeros(len(examples), len(columns))
    for row, (said, example) in enumerate(zip(captions, examples, strict=True)):
        for key in said.names:
            named[row, columns[key]] = 1
        for key in (*(fact.key for fact in example.facts), group_key(example)):
            if key in columns:
                has[row, columns[key]] = 1
    return named, has
