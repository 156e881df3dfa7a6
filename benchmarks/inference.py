"""A model folder and pictures made here in; milliseconds to decode, encode and start out.

`python -m benchmarks.inference [--model NAME_OR_FOLDER]`. A process of its own measures the start, from nothing to the
first vector of a text.
"""

import argparse
import io
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from inference import images
from inference.decoding import PictureDecoder
from inference.encoder import Pixels
from inference.model import DEFAULT_MODEL, find_model
from inference.onnx import PICTURES_A_RUN, OnnxEncoder

ROUNDS = 30
STARTS = 5
START = """
import sys
from pathlib import Path
from inference.model import find_model
from inference.onnx import OnnxEncoder
OnnxEncoder(find_model(sys.argv[1], Path(sys.argv[2]))).encode_texts(["a red mug"])
"""


def measure(model: str = DEFAULT_MODEL, data_dir: Path = Path()) -> dict[str, float]:
    """Milliseconds (p50) unless the name says otherwise."""
    return {**_decoding(), **_encoding(model, data_dir), "start_to_first_text_vector": _start(model, data_dir)}


def _decoding() -> dict[str, float]:
    large, small = _photo(4000, 3000), _photo(256, 256)
    measured = {
        "decode_12_megapixels_fast": _p50(lambda: images.prepare(large, 224)),
        "decode_12_megapixels_whole": _p50(lambda: _whole(large, 224), 8),
        "decode_256_px": _p50(lambda: images.prepare(small, 224)),
        "thumbnail_of_12_megapixels": _p50(lambda: images.thumbnail(large, 160)),
    }
    began = time.perf_counter()
    with PictureDecoder(1) as decoder:
        decoder.prepare(small, 224)
        measured["child_start_and_first_picture"] = (time.perf_counter() - began) * 1e3
        measured["child_decode_12_megapixels"] = _p50(lambda: decoder.prepare(large, 224))
        measured["child_decode_256_px"] = _p50(lambda: decoder.prepare(small, 224))
    return measured


def _encoding(model: str, data_dir: Path) -> dict[str, float]:
    encoder = OnnxEncoder(find_model(model, data_dir))
    noise = np.random.default_rng(0).integers(0, 256, (PICTURES_A_RUN, encoder.picture_px, encoder.picture_px, 3))
    pictures: list[Pixels] = list(noise.astype(np.uint8))
    load_text = _once(lambda: encoder.encode_texts(["load"]))
    load_picture = _once(lambda: encoder.encode_pictures(pictures[:1]))
    number = itertools.count()
    batch = _p50(lambda: encoder.encode_pictures(pictures), 10)
    return {
        "load_and_first_text": load_text,
        "load_and_first_picture": load_picture,
        "text": _p50(lambda: encoder.encode_texts([f"this is a red mug {next(number)}"])),  # none is cached
        "text_asked_before": _p50(lambda: encoder.encode_texts(["load"])),
        "picture": _p50(lambda: encoder.encode_pictures(pictures[:1])),
        "pictures_per_s": len(pictures) / batch * 1e3,
        "size_mb": encoder.model.size_bytes / 1e6,
    }


def _start(model: str, data_dir: Path) -> float:
    """From starting a process to its end, which comes with the first vector of a text."""
    command = [sys.executable, "-c", START, model, str(data_dir)]
    return _p50(lambda: subprocess.run(command, check=True, cwd=Path(__file__).parents[1]), STARTS)


def _whole(data: bytes, px: int) -> object:
    """The slow way: every pixel is decoded, as CLIP's own transform does it."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    return image.resize((px * image.width // image.height, px), Image.Resampling.BICUBIC)


def _photo(width: int, height: int) -> bytes:
    coarse = np.random.default_rng(0).integers(0, 256, (height // 10, width // 10, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC).save(file, "JPEG", quality=88)
    return file.getvalue()


def _p50(ask: Callable[[], object], rounds: int = ROUNDS) -> float:
    ask()
    return float(np.median([_once(ask) for _ in range(rounds)]))


def _once(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1e3


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--data", type=Path, default=Path())
    chosen = parser.parse_args()
    print(json.dumps({name: round(value, 2) for name, value in measure(chosen.model, chosen.data).items()}, indent=2))
