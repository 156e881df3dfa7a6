"""The bundled model and 1,639 products in; how long an answer takes, warm and from a cold process, out.

`python -m benchmarks.answers`. Words are new each time, so that the encoder's cache of texts does not answer. Photos
have 12 megapixels and are decoded in a child process, as the bot does it.
"""

import io
import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from bot.conversation import lexicon_of
from bot.once import ask_once
from bot.query import PhotoRef, Query
from bot.search import search
from indexing.build import build
from indexing.embedded import EmbeddedGenerations
from indexing.generation import PictureVector, Row, RowHashes
from indexing.settings import IndexSettings
from indexing.sources import open_source
from indexing.store import Filters, Probe, VectorProbe
from inference.decoding import PictureDecoder
from inference.encoder import Embedding
from inference.model import find_model
from inference.onnx import OnnxEncoder

PRODUCTS = 1_639
QUESTIONS = 200
COLD_STARTS = 5
SAMPLE = Path(__file__).parents[1] / "examples" / "catalogue"
_COLOURS = ("red", "blue", "green", "black", "white", "yellow", "pink", "brown")
_THINGS = ("mug", "lamp", "chair", "bag", "vase", "teapot", "umbrella", "car", "sofa", "kettle", "cushion", "clock")
_MORE = ("", "small", "large", "round", "striped", "wooden", "cheap", "for a gift", "modern", "with a handle")


def measure() -> dict[str, float]:
    """Milliseconds by name; `cold_start_s` in seconds."""
    encoder = OnnxEncoder(find_model())
    encoder.warm()
    with tempfile.TemporaryDirectory() as folder, PictureDecoder() as decoder:
        _catalogue(Path(folder), encoder)
        decoder.warm()
        with closing(EmbeddedGenerations(Path(folder)).open()) as store:
            lexicon = lexicon_of(store)  # as the bot keeps it, once a generation
            phrases = itertools.product(_MORE, _COLOURS, _THINGS)
            words = [" ".join(filter(None, phrase)) for phrase in itertools.islice(phrases, QUESTIONS + 10)]
            photos = [twelve_megapixels(seed) for seed in range(10)]

            def by_photo(number: int) -> None:
                zooms = store.generation.calibration.zooms
                seen = decoder.views(photos[number % len(photos)], encoder.picture_px, zooms)
                photo = PhotoRef.of(encoder.encode_pictures(seen), sha256="", model_id=encoder.model_id)
                search(Query(photos=(photo,)), encoder, store)

            measured = {
                **_percentiles(
                    "words", lambda n: ask_once(words[n], (), Filters(), encoder, store, lexicon=lexicon), QUESTIONS
                ),
                **_percentiles("photo", by_photo, 60),
            }
        measured["cold_start_s"] = _cold_start_s(Path(folder))
    return measured


def _catalogue(folder: Path, encoder: OnnxEncoder) -> None:
    """Index the sample catalogue; where it has fewer products, add copies with vectors a little off."""
    settings = IndexSettings(data_dir=folder)
    generations = EmbeddedGenerations(folder)
    build(open_source(str(SAMPLE)), generations, encoder, settings=settings, limit=PRODUCTS, show_progress=False)
    with closing(generations.open()) as store:
        calibration = store.generation.calibration
        probe = VectorProbe(vector=encoder.encode_texts(["product"])[0], against="words")
        ids = [near.product_id for near in store.candidates(Probe(vectors=(probe,), k=PRODUCTS)).vectors[0]]
        products, vectors = store.products(ids), store.vectors(ids)
        words = store.vectors(ids, kind="words")
    if len(ids) >= PRODUCTS:
        return
    rng = np.random.default_rng(1)
    hashes = RowHashes(facts="", pictures="")
    writer = generations.begin(
        model_id=encoder.model_id, dim=encoder.dim, prompt=encoder.prompt, source="copies", update=True
    )
    for number, product_id in zip(range(PRODUCTS - len(ids)), itertools.cycle(ids), strict=False):
        product = msgspec.structs.replace(products[product_id], id=f"copy-{number}")
        pictures = tuple(
            PictureVector(index=i, sha256=f"{number}-{i}", embedding=_off(vector, rng))
            for i, vector in enumerate(vectors.get(product_id, ()))
        )
        writer.write([Row(product=product, hashes=hashes, pictures=pictures, words=_off(words[product_id][0], rng))])
    name = writer.finish(calibration).name
    writer.close()
    generations.promote(name)


def _off(vector: Embedding, rng: np.random.Generator) -> Embedding:
    moved = vector + rng.normal(0, 0.3 / np.sqrt(len(vector)), len(vector)).astype(np.float32)
    return (moved / np.linalg.norm(moved)).astype(np.float32)


def twelve_megapixels(seed: int) -> bytes:
    """A JPEG of 4000 x 3000 with as much detail as a phone's."""
    rng = np.random.default_rng(seed)
    small = Image.fromarray(rng.integers(0, 255, (300, 400, 3), dtype=np.uint8))
    file = io.BytesIO()
    small.resize((4000, 3000), Image.Resampling.BICUBIC).save(file, "JPEG", quality=88)
    return file.getvalue()


def _percentiles(name: str, ask: Callable[[int], object], times: int) -> dict[str, float]:
    for warm in range(5):
        ask(warm)
    taken = []
    for number in range(5, times):
        began = time.perf_counter()
        ask(number)
        taken.append((time.perf_counter() - began) * 1000)
    return {f"{name}_p50": float(np.percentile(taken, 50)), f"{name}_p99": float(np.percentile(taken, 99))}


def _cold_start_s(folder: Path) -> float:
    """The median time from starting `looksee search` to its end."""
    command = [sys.executable, "-m", "looksee", "search", "red mug", "--json", "--data", str(folder)]
    taken = []
    for _ in range(COLD_STARTS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - began)
    return float(np.median(taken))


if __name__ == "__main__":
    print(json.dumps({name: round(value, 2) for name, value in measure().items()}, indent=2))
