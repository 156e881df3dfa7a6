"""Sizes in, times out: a catalogue becomes searchable our way, and the notebook's way, on the same weights.

The notebook's way: torch CLIP picture by picture, its text tower product by product, and one document a write. Both
ways end with the same rows in the same kind of store. The weights are RN50's sizes filled at random, which costs the
same as trained ones. Run alone: `python -m benchmarks.catalogue_to_searchable`.
"""

import argparse
import csv
import gzip
import io
import json
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from indexing.build import build
from indexing.embedded import EmbeddedGenerations
from indexing.generation import Calibration, PictureVector, Row, RowHashes
from indexing.product import Product
from indexing.rows import words_of
from indexing.settings import IndexSettings
from indexing.sources import open_source
from inference.encoder import Embeddings, Encoder, Pixels
from inference.model import Model, ModelDescription, Precision

PICTURES = 1639
"""Products of the article's catalogue."""
PICTURE_PX = 256
"""Longest side of ABO's small pictures."""
COLOURS = ("red", "blue", "green", "black", "white", "grey", "brown", "pink")
THINGS = ("mug", "chair", "lamp", "shoe", "bag", "table", "phone case", "cushion")


@dataclass
class Clock:
    """Seconds by step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Add what happens inside to a step."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - started


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One run of both ways; seconds."""

    pictures: int
    threads: int
    precision: str
    notebook_s: float
    notebook_encoder_s: float
    ours_s: float
    ours_encoder_s: float
    calibration_s: float
    """Ours only, not in `ours_s`: the notebook has no such step."""
    worst_cosine: float
    """Between the two ways' picture vectors."""

    @property
    def whole(self) -> float:
        """How many times faster ours is as a whole."""
        return self.notebook_s / self.ours_s

    @property
    def outside(self) -> float:
        """How many times faster ours is outside the encoder."""
        return (self.notebook_s - self.notebook_encoder_s) / max(self.ours_s - self.ours_encoder_s, 1e-9)


class TimedEncoder:
    """An encoder whose time is taken."""

    def __init__(self, inner: Encoder, clock: Clock) -> None:
        self._inner, self._clock = inner, clock
        self.model_id, self.dim = inner.model_id, inner.dim
        self.picture_px, self.prompt = inner.picture_px, inner.prompt

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """See `Encoder.encode_texts`."""
        with self._clock.timed("encoder"):
            return self._inner.encode_texts(texts)

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        """See `Encoder.encode_pictures`."""
        with self._clock.timed("encoder"):
            return self._inner.encode_pictures(pictures)


def measure(*, pictures: int = PICTURES, threads: int = 2, precision: Precision = "f32") -> Measured:
    """Make a catalogue and a model in a temporary folder, and time both ways."""
    import torch

    from inference.onnx import OnnxEncoder

    torch.set_num_threads(threads)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        catalogue = write_catalogue(folder / "catalogue", pictures)
        clip_model, model = rn50(folder / "models", precision)
        clip_model(torch.zeros(1, 3, 224, 224), torch.zeros(1, 77, dtype=torch.long))  # warm, as ours is
        notebook = Clock()
        with notebook.timed("whole"):
            theirs = notebooks_way(catalogue, clip_model, folder / "theirs", model.model_id, notebook)

        encoder = OnnxEncoder(model, threads=threads)
        encoder.warm()
        ours = Clock()
        timed = TimedEncoder(encoder, ours)
        generations = EmbeddedGenerations(folder / "ours")
        with ours.timed("whole"):
            build(
                open_source(catalogue),
                generations,
                timed,
                settings=IndexSettings(data_dir=folder / "ours", decoders=threads),
                calibrate=lambda *given: _timed_calibration(ours, *given),
                show_progress=False,
            )
        calibration = ours.seconds.get("calibration", 0.0)
        store = generations.open()
        vectors = store.vectors(list(theirs))
        worst = min(float(vectors[i][0] @ theirs[i]) for i in theirs)
        store.close()
    return Measured(
        pictures=pictures,
        threads=threads,
        precision=precision,
        notebook_s=notebook.seconds["whole"],
        notebook_encoder_s=notebook.seconds["encoder"],
        ours_s=ours.seconds["whole"] - calibration,
        ours_encoder_s=ours.seconds["encoder"] - ours.seconds.get("encoder in calibration", 0.0),
        calibration_s=calibration,
        worst_cosine=worst,
    )


def _timed_calibration(clock: Clock, *given: Any) -> Calibration:
    from indexing.calibrate import calibrate

    before = clock.seconds.get("encoder", 0.0)
    with clock.timed("calibration"):
        measured = calibrate(*given)
    clock.seconds["encoder in calibration"] = clock.seconds["encoder"] - before
    return measured


def write_catalogue(root: Path, count: int) -> Path:
    """A catalogue in ABO's layout: listings, the table of images, and a JPEG for each product."""
    random = np.random.default_rng(3)
    metadata, images = root / "listings" / "metadata", root / "images" / "metadata"
    small = root / "images" / "small"
    for place in (metadata, images, small):
        place.mkdir(parents=True)
    with (
        gzip.open(metadata / "listings_0.json.gz", "wt", encoding="utf-8") as listings,
        gzip.open(images / "images.csv.gz", "wt", encoding="utf-8", newline="") as table,
    ):
        rows = csv.writer(table)
        rows.writerow(["image_id", "height", "width", "path"])
        for i in range(count):
            colour, thing = COLOURS[i % 8], THINGS[i // 8 % 8]
            path = f"{i % 100:02}/image{i}.jpg"
            (small / path).parent.mkdir(exist_ok=True)
            (small / path).write_bytes(_picture(random))
            rows.writerow([f"image{i}", PICTURE_PX, PICTURE_PX, path])
            listing = {
                "item_id": f"B{i:06}",
                "item_name": [{"language_tag": "en_US", "value": f"{colour.title()} {thing}, model {i}"}],
                "brand": [{"language_tag": "en_US", "value": f"Brand {i % 40}"}],
                "color": [{"language_tag": "en_US", "value": colour}],
                "product_type": [{"value": thing.upper().replace(" ", "_")}],
                "main_image_id": f"image{i}",
            }
            listings.write(json.dumps(listing) + "\n")
    return root


def _picture(random: np.random.Generator) -> bytes:
    """A smooth coloured pattern, as hard to decode as a product's picture."""
    coarse = random.integers(0, 255, (12, 12, 3), dtype=np.uint8)
    image = Image.fromarray(coarse).resize((PICTURE_PX, PICTURE_PX), Image.Resampling.BICUBIC)
    noisy = np.asarray(image, dtype=np.int16) + random.integers(-6, 7, (PICTURE_PX, PICTURE_PX, 3))
    file = io.BytesIO()
    Image.fromarray(noisy.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=88)
    return file.getvalue()


def rn50(parent: Path, precision: Precision) -> tuple[Any, Model]:
    """The `clip` package's own RN50 with random weights, and the same weights as our model folder."""
    import torch

    from inference.train.architecture import build as build_clip
    from inference.train.checkpoints import read_tokenizer
    from inference.train.export import export_folder

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pkg_resources, which clip imports
        from clip.model import CLIP
    torch.manual_seed(5)
    model = CLIP(1024, 224, (3, 4, 6, 3), 64, None, 77, 49408, 512, 8, 12).eval()
    described = ModelDescription(name="rn50", dim=1024, picture_px=224, precision=precision)
    parent.mkdir(parents=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter
        written, _ = export_folder(build_clip(model.state_dict()), read_tokenizer(None), described, parent=parent)
    return model, written


def notebooks_way(catalogue: Path, model: Any, data: Path, model_id: str, clock: Clock) -> dict[str, Embeddings]:
    """One product after the other: open, preprocess, encode, write one document. Picture vectors by id."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import clip
        from clip.clip import _transform
    preprocess: Callable[[Image.Image], Any] = _transform(224)
    found: dict[str, Any] = {}
    with gzip.open(catalogue / "images" / "metadata" / "images.csv.gz", "rt", encoding="utf-8") as table:
        paths = {row["image_id"]: row["path"] for row in csv.DictReader(table)}
    with gzip.open(catalogue / "listings" / "metadata" / "listings_0.json.gz", "rt", encoding="utf-8") as lines:
        listings = [json.loads(line) for line in lines]
    generations = EmbeddedGenerations(data)
    writer = generations.begin(model_id=model_id, dim=1024, prompt="this is a {}", source="x", update=False)
    for listing in listings:
        product = Product(
            id=listing["item_id"],
            title=listing["item_name"][0]["value"],
            brand=listing["brand"][0]["value"],
            color=listing["color"][0]["value"],
            category=listing["product_type"][0]["value"].replace("_", " ").capitalize(),
            pictures=(f"images/small/{paths[listing['main_image_id']]}",),
        )
        pixels = preprocess(Image.open(catalogue / product.pictures[0])).unsqueeze(0)
        tokens = clip.tokenize([f"this is a {words_of(product)}"])
        with clock.timed("encoder"), torch.no_grad():
            picture = model.encode_image(pixels)
            words = model.encode_text(tokens)
        picture, words = ((v / v.norm(dim=-1, keepdim=True))[0].numpy() for v in (picture, words))
        vector = PictureVector(index=0, sha256=product.id, embedding=picture)
        hashes = RowHashes(facts=product.id, pictures=product.id)
        writer.write([Row(product=product, hashes=hashes, pictures=(vector,), words=words)])
        found[product.id] = picture
    name = writer.finish(Calibration()).name
    writer.close()
    generations.promote(name)
    return found


def main() -> None:
    """Print the times."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pictures", type=int, default=PICTURES)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--precision", choices=["f32", "f16", "int8"], default="f32")
    chosen = arguments.parse_args()
    m = measure(pictures=chosen.pictures, threads=chosen.threads, precision=chosen.precision)
    print(f"{m.pictures:,} products, RN50 ({m.precision}), {m.threads} threads")
    for name, whole, encoder in (
        ("notebook's way", m.notebook_s, m.notebook_encoder_s),
        ("ours", m.ours_s, m.ours_encoder_s),
    ):
        print(f"{name:15} {whole:7.1f} s, of which encoder {encoder:7.1f} s ({encoder / whole:.0%})")
    print(f"faster: {m.whole:.1f} x as a whole, {m.outside:.1f} x outside the encoder")
    print(f"calibration, ours only: {m.calibration_s:.1f} s; worst cosine between the two: {m.worst_cosine:.4f}")


if __name__ == "__main__":
    main()
