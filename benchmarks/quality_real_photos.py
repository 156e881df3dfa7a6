"""Real photos that no model was trained on -> how well words and photos find each other, beside two plain baselines.

    python -m benchmarks.quality_real_photos --data FOLDER [--model NAME] [--out FILE]

FOLDER holds `grocery/` (github.com/marcusklasson/GroceryStoreDataset: `train.txt`, `val.txt`, `classes.csv`, pictures)
and `clothing/` (github.com/alexeygrigorev/clothing-dataset-small: `train/<label>/`, `validation/<label>/`). Only their
validation photos are asked about; "same kind" is the class of the nearest training photo.
The baselines: the same questions with an untrained model of the same architecture, and with colour histograms.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inference import images
from inference.encoder import Encoder, Pixels
from inference.model import DEFAULT_MODEL, find_model
from inference.onnx import OnnxEncoder

Rows = NDArray[np.float32]
Figures = dict[str, float]
BINS = 8


@dataclass(frozen=True, slots=True)
class Photos:
    """Validation photos of one set and what there is to find."""

    paths: list[Path]
    labels: NDArray[np.int64]
    """The class of each photo."""
    phrases: list[str]
    """The words for each class."""
    shop: list[Path]
    """A shop's own picture of each class; empty where there is none."""
    known: list[Path]
    """Training photos."""
    known_labels: NDArray[np.int64]


def grocery(folder: Path) -> Photos:
    """2,936 photos of 81 groceries: the validation part, and each class's shop picture."""
    with (folder / "classes.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))[1:]
    rows.sort(key=lambda row: int(row[1]))
    listed = {part: _listed(folder, f"{part}.txt") for part in ("val", "train")}
    names = [f"{row[0]} {row[2]}" if row[2] not in row[0] else row[0] for row in rows]
    phrases = [name.replace("-", " ").lower() for name in names]
    shop = [folder / row[4].lstrip("/") for row in rows]
    return Photos(*listed["val"], phrases, shop, *listed["train"])


def _listed(folder: Path, name: str) -> tuple[list[Path], NDArray[np.int64]]:
    with (folder / name).open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    return [folder / row[0].strip() for row in rows], np.array([int(row[1]) for row in rows])


def clothing(folder: Path) -> Photos:
    """3,409 photos of garments with ten labels: the validation part."""
    phrases = sorted(path.name for path in (folder / "validation").iterdir() if path.is_dir())

    def part(name: str) -> tuple[list[Path], NDArray[np.int64]]:
        paths = sorted(path for path in (folder / name).rglob("*") if path.suffix.lower() in {".jpg", ".jpeg", ".png"})
        return paths, np.array([phrases.index(path.parent.name) for path in paths])

    return Photos(*part("validation"), phrases, [], *part("train"))


def measure(photos: Photos, encode: Callable[[Sequence[Pixels]], Rows], px: int, texts: Rows | None) -> Figures:
    """Figures from 0 to 1: the share of questions whose first answers are right.

    Args:
        photos: what is asked about.
        encode: pictures to unit vectors.
        px: side of the pictures that it takes.
        texts: float32, shape (classes, dim), unit length; None where a baseline has no words.
    """
    found = encode([_pixels(path, px) for path in photos.paths])
    figures: Figures = {}
    if texts is not None:
        cosines = texts @ found.T
        asked = np.unique(photos.labels)  # a class with no photo has no right answer
        figures["words_to_photo@1"] = float((photos.labels[cosines[asked].argmax(1)] == asked).mean())
        figures["photo_to_words@1"] = float((cosines.argmax(0) == photos.labels).mean())
    known = encode([_pixels(path, px) for path in photos.known])
    nearest = photos.known_labels[(found @ known.T).argmax(1)]
    figures["photo_to_same_kind@1"] = float((nearest == photos.labels).mean())
    if photos.shop:
        shop = encode([_pixels(path, px) for path in photos.shop])
        order = (-(found @ shop.T)).argsort(1, kind="stable")
        for k in (1, 5):
            figures[f"photo_to_shop_picture@{k}"] = float((order[:, :k] == photos.labels[:, None]).any(1).mean())
    return figures


@lru_cache(maxsize=20_000)
def _pixels(path: Path, px: int) -> Pixels:
    """A photo as an encoder takes it, read once for all that are compared."""
    return images.prepare(path.read_bytes(), px)


def histograms(pictures: Sequence[Pixels]) -> Rows:
    """Colour histograms, 8 x 8 x 8 bins, square roots so that cosine compares distributions."""
    rows = []
    for picture in pictures:
        codes = (picture.astype(np.int64) * BINS // 256) @ np.array([BINS * BINS, BINS, 1])
        rows.append(np.sqrt(np.bincount(codes.ravel(), minlength=BINS**3) / codes.size))
    return np.stack(rows).astype(np.float32)


def of_encoder(photos: Photos, encoder: Encoder) -> Figures:
    """A model's figures."""
    texts = encoder.encode_texts([encoder.prompt.format(phrase) for phrase in photos.phrases])
    return measure(photos, encoder.encode_pictures, encoder.picture_px, texts)


def untrained(photos: Photos, like: OnnxEncoder) -> Figures:
    """The same architecture with random weights, seed 0; needs torch."""
    import torch

    from inference.train.architecture import Clip
    from inference.train.augment import normalised
    from inference.train.training import SMALL

    torch.manual_seed(0)
    model = Clip(SMALL).eval()

    def encode(pictures: Sequence[Pixels]) -> Rows:
        planes = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255
        with torch.inference_mode():
            parts = [model.encode_image(normalised(part)) for part in planes.split(64)]
            rows: Rows = torch.nn.functional.normalize(torch.cat(parts), dim=-1).numpy()
            return rows

    texts = np.random.default_rng(0).normal(size=(len(photos.phrases), SMALL.dim)).astype(np.float32)
    return measure(photos, encode, like.picture_px, texts / np.linalg.norm(texts, axis=1, keepdims=True))


def compared(photos: Photos, encoder: OnnxEncoder) -> Mapping[str, Figures]:
    """Model, untrained model, colour histograms."""
    return {
        encoder.model_id: of_encoder(photos, encoder),
        "untrained": untrained(photos, encoder),
        "colour histograms": measure(photos, histograms, encoder.picture_px, None),
    }


def as_table(name: str, photos: Photos, results: Mapping[str, Figures]) -> str:
    """Markdown."""
    columns = list(results)
    lines = [
        f"**{name}**: {len(photos.paths)} validation photos, {len(photos.phrases)} classes", "",
        f"| | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}",
    ]  # fmt: skip
    for figure in results[columns[0]]:
        values = [f"{results[c][figure]:.3f}" if figure in results[c] else "-" for c in columns]
        lines.append(f"| {figure} | {' | '.join(values)} |")
    return "\n".join(lines) + "\n"


def section(data: Path, encoder: OnnxEncoder) -> str:
    """Both sets, as Markdown."""
    lines = ["## Real photos that nobody rendered", ""]
    for name, read in (("grocery", grocery), ("clothing", clothing)):
        photos = read(data / name)
        lines.append(as_table(name, photos, compared(photos, encoder)))
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables; `--out` writes the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="holds grocery/ and clothing/")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="a model's name or folder")
    parser.add_argument("--out", type=Path, help="where the figures go, JSON")
    args = parser.parse_args(argv)
    encoder = OnnxEncoder(find_model(args.model))
    document: dict[str, Mapping[str, Figures]] = {}
    for name, read in (("grocery", grocery), ("clothing", clothing)):
        photos = read(args.data / name)
        document[name] = compared(photos, encoder)
        print(as_table(name, photos, document[name]))
    if args.out:
        args.out.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
