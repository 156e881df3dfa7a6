"""Builds for tests: an encoder that counts, an embedded store in a folder, and what a generation holds."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexing.build import BuildReport, build
from indexing.embedded import EmbeddedGenerations
from indexing.settings import FetchSettings, IndexSettings
from indexing.sources import open_source
from inference.encoder import Embeddings, Pixels
from tests.toys import PaletteEncoder


class CountingEncoder(PaletteEncoder):
    """A `PaletteEncoder` that remembers how much it was given."""

    def __init__(self) -> None:
        self.pictures = 0
        self.texts = 0

    def encode_pictures(self, pictures: Sequence[Pixels]) -> Embeddings:
        self.pictures += len(pictures)
        return super().encode_pictures(pictures)

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        self.texts += len(texts)
        return super().encode_texts(texts)


class Shop:
    """A data folder and an encoder, indexed into as often as a test likes."""

    def __init__(self, data_dir: Path, *, fetch: FetchSettings | None = None) -> None:
        self.settings = IndexSettings(
            data_dir=data_dir, picture_batch=4, text_batch=8, decoders=1, fetch=fetch or FetchSettings()
        )
        self.generations = EmbeddedGenerations(data_dir)
        self.encoder = CountingEncoder()

    def index(self, source: Path, *, limit: int | None = None) -> BuildReport:
        """Build and promote, without calibration."""
        report = build(
            open_source(source),
            self.generations,
            self.encoder,
            settings=self.settings,
            limit=limit,
            calibrate=None,
            show_progress=False,
        )
        assert report.read == report.indexed + report.unchanged + report.rejected
        return report

    def held(self) -> dict[str, tuple[str, str]]:
        """What the live generation holds: by id the product, and a digest of its vectors to three decimals."""
        return held(self.generations)


def held(generations: EmbeddedGenerations) -> dict[str, tuple[str, str]]:
    """See `Shop.held`."""
    live = generations.live()
    assert live is not None
    store = generations.open()
    try:
        ids = sorted(product_id for product_id in _ids(generations, live.name))
        products = store.products(ids)
        vectors = [store.vectors(ids, kind=kind) for kind in ("picture", "words")]
        return {i: (repr(products[i]), "/".join(_digest(v.get(i)) for v in vectors)) for i in ids}
    finally:
        store.close()


def _ids(generations: EmbeddedGenerations, name: str) -> list[str]:
    """All ids of a generation, through a writer on a clone that is then thrown away."""
    live = generations.live()
    assert live is not None
    writer = generations.begin(
        model_id=live.model_id, dim=live.dim, prompt=live.prompt, source="a look inside", update=True
    )
    try:
        return [product_id for product_id, _, _ in writer.known()]
    finally:
        writer.close()
        generations.prune(keep=len(generations.all()))


def _digest(vectors: NDArray[np.float32] | None) -> str:
    if vectors is None:
        return "none"
    return hashlib.sha256(np.round(vectors.astype(np.float64), 3).tobytes()).hexdigest()[:12]
