"""Facts about a picture -> captions as people would write them, in English or Japanese, and which facts each names."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from inference.train.examples import Example, Fact
from inference.train.words import ADJECTIVES_JA, wordings

# How often a caption names a fact that the picture has.
SHARE = {"kind": 0.92, "colour": 0.55, "material": 0.35, "pattern": 0.5, "shape": 0.4, "detail": 0.25}
KIND_ALONE = 0.33
"""Share of captions that say what it is and no more: kinds are harder to learn than colours, and matter more."""
OPENINGS_EN = (
    "this is a {}",
    "a {}",
    "a photo of a {}",
    "picture of {}",
    "i am looking for a {}",
    "do you have a {}",
    "show me a {}",
    "something like a {}",
    "i need a {}",
    "{} please",
    "{} for sale",
    "any {}?",
    "the {}",
)
OPENINGS_JA = (
    "{}を探しています",
    "{}が欲しい",
    "{}はありますか",
    "{}の写真",
    "これは{}です",
    "{}を見せて",
    "{}ください",
    "{}のようなもの",
)


@dataclass(frozen=True, slots=True)
class Caption:
    """A text, and the keys of the facts it names: it fits every picture that has them all."""

    text: str
    names: frozenset[str]


def caption(example: Example, rng: random.Random, *, japanese: float = 0.35) -> Caption:
    """One caption for a picture, different at each call.

    Args:
        example: its facts and whole captions.
        rng: the stream of randomness.
        japanese: share of captions in Japanese, 0 to 1.
    """
    if example.captions and (not example.facts or rng.random() < 0.15):
        return Caption(rng.choice(example.captions), frozenset({group_key(example)}))
    language = "ja" if rng.random() < japanese else "en"
    kinds = [fact for fact in example.facts if fact.name == "kind" and wordings(fact, language)]
    if kinds and rng.random() < KIND_ALONE:
        kind = kinds[0] if rng.random() < 0.8 else rng.choice(kinds)
        return Caption(wordings(kind, language)[0], frozenset({kind.key}))
    chosen = _choose(example.facts, rng, language)
    names = frozenset(fact.key for fact in chosen)
    if language == "ja":
        return Caption(_japanese(chosen, rng), names)
    return Caption(_english(chosen, rng), names)


def full_caption(example: Example, language: str = "en") -> Caption:
    """Everything a picture's facts say, worded plainly, the same each time: a question for dev recall."""
    by_name: dict[str, Fact] = {}
    for fact in example.facts:
        by_name.setdefault(fact.name, fact)
    order = [by_name[name] for name in ("colour", "pattern", "shape", "material", "kind") if name in by_name]
    words = [wordings(fact, language)[0] for fact in order if wordings(fact, language)]
    return Caption(("" if language == "ja" else " ").join(words), frozenset(fact.key for fact in order))


def group_key(example: Example) -> str:
    """The key that only pictures of the same group have."""
    return f"group={example.group}"


def _choose(facts: Sequence[Fact], rng: random.Random, language: str) -> list[Fact]:
    """A random part of the facts, one for each name (kinds are narrower and broader), those without words left out."""
    by_name: dict[str, list[Fact]] = {}
    for fact in facts:
        if wordings(fact, language):
            by_name.setdefault(fact.name, []).append(fact)
    chosen = []
    for name, same in by_name.items():
        if rng.random() < SHARE.get(name, SHARE["detail"]):
            narrow = rng.random() < 0.7  # the first of several is the narrowest
            chosen.append(same[0] if narrow else rng.choice(same))
    if not chosen and by_name:
        chosen = [rng.choice(rng.choice(list(by_name.values())))]
    return chosen or [rng.choice(facts)]


def _said(facts: Sequence[Fact], rng: random.Random, language: str) -> dict[str, list[str]]:
    """Words by fact name; the canonical wording about half the time."""
    said: dict[str, list[str]] = {}
    for fact in facts:
        choices = wordings(fact, language) or (fact.value,)
        word = choices[0] if rng.random() < 0.55 else rng.choice(choices)
        said.setdefault(fact.name if fact.name in SHARE else "detail", []).append(word)
    return said


def _english(facts: Sequence[Fact], rng: random.Random) -> str:
    said = _said(facts, rng, "en")
    kind = said.get("kind", [rng.choice(("one", "something", "thing", "product", ""))])[0]
    before: list[str] = []
    after: list[str] = list(said.get("detail", []))
    for name, forms in (
        ("pattern", ("with a {} pattern", "with {}", "in {}")),
        ("shape", ()),
        ("colour", ("in {}", "colour {}", "that is {}", "in the colour {}", ", {}", "{} coloured")),
        ("material", ("made of {}", "of {}", "in {}", "made from {}", ", {}")),
    ):
        for word in said.get(name, []):
            if forms and rng.random() < 0.35:
                after.append(rng.choice(forms).format(word))
            else:
                before.append(word)
    if rng.random() < 0.5:
        rng.shuffle(before)
    rng.shuffle(after)
    text = " ".join(w for w in (*before, kind, *after) if w).replace(" ,", ",")
    if rng.random() < 0.4:
        text = rng.choice(OPENINGS_EN).format(text)
    return text


def _japanese(facts: Sequence[Fact], rng: random.Random) -> str:
    said = _said(facts, rng, "ja")
    kind = said.get("kind", [rng.choice(("もの", "商品", ""))])[0]
    spaced = rng.random() < 0.3  # shops list words: マグカップ 陶器製 赤
    parts: list[str] = []
    for name in ("detail", "shape", "pattern", "colour", "material"):
        for word in said.get(name, []):
            if spaced:
                parts.append(word)
            elif name == "material":
                parts.append(word + rng.choice(("の", "製の", "製")))
            elif name == "colour" and word in ADJECTIVES_JA:
                parts.append(ADJECTIVES_JA[word] if rng.random() < 0.6 else f"{word}の")
            elif name == "shape":
                parts.append(word)
            else:
                parts.append(f"{word}の" if not word.endswith(("の", "い", "な", "た")) else word)
    if spaced:
        parts.append(kind)
        rng.shuffle(parts)
        return " ".join(p for p in parts if p)
    if rng.random() < 0.4:
        rng.shuffle(parts)
    text = "".join(parts) + kind
    if rng.random() < 0.3:
        text = rng.choice(OPENINGS_JA).format(text)
    return text
