"""A trained model and what was measured -> its model card, Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from inference.model import ModelDescription
from inference.train.architecture import Sizes

NAMES = {
    "photo@1": "photo finds its product first",
    "photo@5": "photo finds its product among the first five",
    "words@1": "words (English) find a picture that fits first",
    "words_ja@1": "words (Japanese) find a picture that fits first",
}


def model_card(
    description: ModelDescription,
    sizes: Sizes,
    counts: Mapping[str, int],
    dev: Mapping[str, float],
    seconds: float,
    pictures_seen: int,
    more: str = "",
) -> str:
    """The card.

    Args:
        description: name, licence, source, precision.
        sizes: of the architecture.
        counts: pictures by use: `train`, `dev`, `unreadable`.
        dev: figures 0 to 1, by the names of `DevSet`.
        seconds: of training.
        pictures_seen: augmented copies that the model was shown.
        more: Markdown to add: other measurements, what it cannot do.
    """
    tower = "ModifiedResNet" if isinstance(sizes.vision_layers, tuple) else "ViT"
    rows = "\n".join(f"| {NAMES[name]} | {value:.3f} |" for name, value in dev.items() if name in NAMES)
    return f"""# {description.name}

A CLIP in OpenAI's format that places product pictures and words in one space of {sizes.dim} numbers.

| | |
|---|---|
| picture tower | {tower}, layers {sizes.vision_layers}, width {sizes.vision_width}, {sizes.picture_px} px |
| text tower | {sizes.text_layers} layers, width {sizes.text_width}, {sizes.vocabulary} tokens |
| weights | {description.precision} |
| prompt | `{description.prompt}` |
| licence | {description.licence or "as its maker says"} |
| data | {description.source}: {counts["train"]} pictures to learn from, {counts["dev"]} to measure with |
| training | {seconds / 60:.0f} minutes, {pictures_seen:,} augmented pictures seen |

## Measured on products it was not trained on (dev split)

| question | share right |
|---|---|
{rows}

A photo here is another picture of the product, or its own picture turned, cropped, relit and set elsewhere.
{more}"""
