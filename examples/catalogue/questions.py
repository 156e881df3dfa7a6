"""Product records -> questions with photos and their true answers, in the format that `looksee eval` reads.

Nothing here needs Blender. The sets that are words alone are written apart from this, in `written/`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from examples.catalogue.records import SEED, Product, digest

PHOTO_PRODUCTS = {"dev": 100, "test": 200}
PHOTOS_EACH = 2
ABSENT_DEV = ("traffic_cone", "globe", "bell", "barrel")
ABSENT_TEST = ("trophy", "hourglass", "ladder", "bathtub", "anchor", "mailbox", "chess_piece", "telescope")
ABSENT_EACH = 25

NEAR: dict[str, tuple[str, ...]] = {
    "red": ("red", "burgundy"),
    "blue": ("blue", "navy", "sky blue"),
    "green": ("green", "forest green", "olive", "mint"),
    "pink": ("pink",),
    "yellow": ("yellow", "mustard"),
    "orange": ("orange", "terracotta", "coral"),
    "purple": ("purple", "lavender"),
    "white": ("white",),
    "black": ("black",),
    "grey": ("grey", "charcoal"),
    "brown": ("brown", "dark wood", "tan"),
    "beige": ("beige", "cream", "natural", "light wood"),
    "turquoise": ("turquoise", "teal"),
    "gold": ("gold",),
    "silver": ("silver",),
}
"""What a shopper who says a plain colour would accept."""
STUFFS: dict[str, tuple[str, ...]] = {
    "wood": ("oak", "walnut", "bamboo", "painted wood"),
    "metal": ("steel", "painted steel", "aluminium", "copper", "brass", "cast iron"),
    "glass": ("glass",),
    "leather": ("leather",),
    "plastic": ("plastic", "matte plastic"),
    "wool": ("wool",),
    "cotton": ("cotton",),
    "ceramic": ("ceramic", "stoneware", "porcelain"),
    "velvet": ("velvet",),
    "linen": ("linen",),
    "rubber": ("rubber",),
    "marble": ("marble",),
    "straw": ("straw", "rattan"),
    "canvas": ("canvas",),
}
LOOKS: dict[str, tuple[str, ...]] = {
    "stripes": ("striped", "vertical striped"),
    "dots": ("polka dot",),
    "checks": ("checked", "gingham"),
    "flowers": ("floral",),
    "a zigzag": ("zigzag",),
    "speckles": ("speckled", "terrazzo"),
}

OTHERWISE = ("in {}", "same thing in {}", "like this but {}", "do you have this one in {}?", "a {} one please")


def _stream(name: str) -> random.Random:
    return random.Random(f"{SEED}/questions/{name}")


def _chosen(products: Sequence[Product], split: str, number: int) -> list[Product]:
    from examples.catalogue.abo import split_of

    mine = [p for p in products if split_of(p) == split]
    return sorted(mine, key=lambda p: digest(f"asked/{p.id}", 12))[:number]


def photo_jobs(products: Sequence[Product]) -> list[tuple[str, str, Product, int]]:
    """Question id, split, product and number of each phone photo; first one of every product, then the second."""
    return [
        (f"p-{product.id.lower()}-{number}", split, product, number)
        for number in range(PHOTOS_EACH)
        for split, count in PHOTO_PRODUCTS.items()
        for product in _chosen(products, split, count)
    ]


def absent_jobs() -> list[tuple[str, str, str]]:
    """Question id, split and kind of each photo of what is not carried, kinds in turn."""
    jobs = []
    for number in range(ABSENT_EACH):
        for split, keys in (("dev", ABSENT_DEV), ("test", ABSENT_TEST)):
            jobs += [(f"a-{key.replace('_', '-')}-{number:02}", split, key) for key in keys]
    return jobs


def has(product: Product, *, colour: str = "", stuff: str = "", pattern: str = "") -> bool:
    """Whether a product answers to plain words for colour, material and pattern; those left empty ask nothing."""
    colours = {product.colour, product.colour2}
    return (
        (not colour or bool(colours & set(NEAR[colour])))
        and (not stuff or product.material in STUFFS[stuff])
        and (not pattern or product.pattern in LOOKS[pattern])
    )


def _ids(products: Iterable[Product]) -> list[str]:
    return [p.id for p in products]


def photo_questions(products: Sequence[Product], folder: Path) -> list[dict[str, Any]]:
    """Photos that are there, each asking for its own product."""
    return [
        {
            "id": name,
            "set": "photo",
            "split": split,
            "photo": f"photos/{name}.jpg",
            "relevant": [product.id],
            "style": product.kind.department,
        }
        for name, split, product, _ in photo_jobs(products)
        if (folder / "photos" / f"{name}.jpg").is_file()
    ]


def absent_questions(folder: Path) -> list[dict[str, Any]]:
    """Photos of what is not carried."""
    return [
        {"id": name, "set": "absent", "split": split, "photo": f"photos/{name}.jpg", "relevant": [], "style": key}
        for name, split, key in absent_jobs()
        if (folder / "photos" / f"{name}.jpg").is_file()
    ]


def composed_questions(products: Sequence[Product], folder: Path, number: int = 300) -> list[dict[str, Any]]:
    """A photo and words that change one thing: colour, material, pattern, size or price."""
    rng = _stream("composed")
    asked = photo_questions(products, folder)
    by_id = {p.id: p for p in products}
    made: list[dict[str, Any]] = []
    tries = 0
    while len(made) < number and asked and tries < number * 20:
        question = asked[tries % len(asked)]
        tries += 1
        source = by_id[question["relevant"][0]]
        same = [p for p in products if p.kind is source.kind and p.id != source.id]
        style = rng.choice(["colour", "colour", "colour", "material", "pattern", "taller", "cheaper"])
        if style == "colour":
            word = rng.choice(list(NEAR))
            right = [] if has(source, colour=word) else [p for p in same if has(p, colour=word)]
            text = rng.choice(OTHERWISE).format(word)
        elif style == "material":
            word = rng.choice(list(STUFFS))
            right = [] if has(source, stuff=word) else [p for p in same if has(p, stuff=word)]
            text = rng.choice(["in {}", "but made of {}", "the same in {}", "similar, {} if possible"]).format(word)
        elif style == "pattern":
            word = rng.choice(list(LOOKS))
            right = [] if has(source, pattern=word) else [p for p in same if has(p, pattern=word)]
            text = rng.choice(["with {}", "but with {}", "like this, with {} on it"]).format(word)
        elif style == "taller":
            right = [p for p in same if p.dimensions_cm[2] > source.dimensions_cm[2] * 1.15]
            text = rng.choice(["but taller", "a taller one", "higher than this"])
        else:
            right = [p for p in same if p.price < source.price * 0.9]
            text = rng.choice(["but cheaper", "something like it for less", "cheaper please"])
        if not right or any(m["photo"] == question["photo"] and m["text"] == text for m in made):
            continue
        made.append(
            {
                "id": f"c-{len(made):04}",
                "set": "composed",
                "split": question["split"],
                "photo": question["photo"],
                "text": text,
                "relevant": _ids(right),
                "style": style,
            }
        )
    return made


def write_questions(products: Sequence[Product], folder: Path) -> dict[str, int]:
    """Write `*.jsonl`, one a set; returns how many questions each has."""
    sets = {
        "photo": photo_questions(products, folder),
        "absent": absent_questions(folder),
        "composed": composed_questions(products, folder),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, questions in sets.items():
        if not questions:
            continue
        lines = "".join(f"{json.dumps(question, ensure_ascii=False)}\n" for question in questions)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return {name: len(questions) for name, questions in sets.items()}
