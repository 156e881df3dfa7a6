"""A `Generation` is one built index; `Generations` builds, verifies, promotes, rolls back and prunes them.

Exactly one generation of a catalogue is live. A live one is never edited: an update clones it, applies the changes,
verifies and promotes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import msgspec

from indexing.product import Product
from inference.encoder import Embedding

if TYPE_CHECKING:
    from indexing.store import VectorStore


class BuildRefused(Exception):
    """A generation could not be begun, verified or promoted; the message says why and what to do."""


ZOOMS = (1.0, -0.85, 0.7, 0.85, -1.0, 0.6)
"""Zooms that a photo may be looked at, the most useful first; below 0 in the mirror, for a thing has two sides."""


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """The weights of ranking and the reading of scores, measured for one generation. See `indexing/ranking.py`."""

    words_weight: float = 0.5
    """Weight of the words beside a photo in a question that has both, 0 to 1."""
    like_weight: float = 1.0
    negative_weight: float = 0.5
    words_list_weight: float = 0.5
    """Weight of the list of words vectors beside the list of picture vectors, for written questions."""
    photo_words_weight: float = 0.1
    """Weight of the list of words vectors beside the list of picture vectors, for photos."""
    lexical_weight: float = 0.3
    """Weight of the lexical list beside the vector lists, for written questions."""
    type_weight: float = 3.0
    """Spreads that a product of the type that the words name is lifted by."""
    photo_mean: float = 0.5
    """Cosine of a photo and the picture of some other product: mean; `photo_spread` is the standard deviation."""
    photo_spread: float = 0.15
    cross_mean: float = 0.2
    """The same between words and pictures: lower and narrower, for the two lie apart in CLIP's space."""
    cross_spread: float = 0.08
    words_mean: float = 0.6
    """The same between words and words."""
    words_spread: float = 0.12
    length_mean: float = 0.0
    """L2 norm of a photo's embedding before it is made 1, the mean; 0 where it is not known."""
    length_spread: float = 1.0
    photo_signs: Mapping[str, float] = {}
    """What else than the best value speaks for a photo's thing being carried: spreads that each sign is worth, by its
    name in `indexing/evidence.py`."""
    words_signs: Mapping[str, float] = {}
    """The same for a written question."""
    confident_photo: float = 0.0
    """Value of the best hit with its signs, in spreads, under which a photo is answered with "nothing close"."""
    confident_words: float = 0.0
    """The same for a written question."""
    zooms: tuple[float, ...] = (1.0,)
    """Shares of its side at which an asked photo is looked at, around its middle, the whole first: in a photo of a
    room a thing is small. Below 0: mirrored. Each is one more picture to encode: few where that is dear."""
    photo_shift: float = 0.0
    """Spreads by which people's own photos of what is carried lie above (or, below 0, under) the changed pictures that
    a build asks itself: added to the limit that it measures."""
    words_shift: float = 0.0
    """The same for their words."""
    mixed_shift: float = 0.0
    """The same for photo and words together, whose limit lies between both."""
    measured: Mapping[str, float] = {}
    """What calibration measured, by name: for people and for `looksee generations list`."""


class Generation(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one built index."""

    name: str
    """Sortable and unique: `20261124-153000-small-3f2a91`."""
    catalogue: str
    model_id: str
    dim: int
    prompt: str
    created: str
    """ISO 8601, UTC."""
    source: str
    """The source as given, with secrets left out."""
    pictures_folder: str = ""
    """Absolute; what relative picture URIs are relative to. Empty where the source has links only."""
    products: int = 0
    vectors: int = 0
    is_complete: bool = False
    is_live: bool = False
    size_bytes: int = 0
    calibration: Calibration = Calibration()


class RowHashes(msgspec.Struct, frozen=True):
    """What tells whether a catalogue row has changed."""

    facts: str
    """sha256 (hex) of the product's facts and picture URIs."""
    pictures: str
    """sha256 (hex) over the sha256 of each picture's bytes, in order, as they were when they were encoded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PictureVector:
    """One picture of a product, encoded."""

    index: int
    """Index into `Product.pictures`."""
    sha256: str
    embedding: Embedding
    etag: str = ""
    """The server's ETag of the picture, where it gave one: an unchanged one is not fetched again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A product with its vectors, ready to be written; rows are always written whole."""

    product: Product
    hashes: RowHashes
    pictures: tuple[PictureVector, ...]
    """May be empty: a product without a readable picture is still found by its words."""
    words: Embedding


@dataclass(frozen=True, kw_only=True, slots=True)
class Reject:
    """A row, or a picture of a row, that was not indexed, and why."""

    row: int
    """1-based number of the row in the source; 0 where the source has no rows."""
    product_id: str
    reason: str
    """One sentence for the catalogue's keeper."""
    picture: str = ""
    """The picture's URI where only that picture was refused; empty where the whole row was."""


class GenerationWriter(Protocol):
    """Fills one generation that is not live. Used by one build at a time; `write` may be called from one thread."""

    @property
    def generation(self) -> Generation: ...

    def known(self) -> Iterator[tuple[str, RowHashes, tuple[tuple[str, str], ...]]]:
        """Rows that are already there (cloned, or written before a kill): id, hashes, (sha256, etag) a picture."""
        ...

    def write(self, rows: Sequence[Row]) -> list[Reject]:
        """Write rows whole, durably when it returns; those refused come back with the reason."""
        ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def finish(self, calibration: Calibration) -> Generation:
        """Make the generation complete and searchable (not live)."""
        ...

    def close(self) -> None:
        """Give the build lock back; an unfinished generation stays and can be resumed."""
        ...


class Generations(Protocol):
    """All generations of one catalogue, in one kind of store."""

    def live(self) -> Generation | None: ...

    def all(self) -> list[Generation]:
        """Oldest first, unfinished ones included."""
        ...

    def open(self, name: str | None = None) -> "VectorStore":
        """Open a generation for reading; the live one by default.

        Raises:
            NoCatalogue: none is live, or no such name.
        """
        ...

    def begin(
        self, *, model_id: str, dim: int, prompt: str, source: str, update: bool, pictures_folder: str = ""
    ) -> GenerationWriter:
        """Begin a generation, or go on with an unfinished one of the same model and source.

        With `update`, a live generation of the same model is cloned first; without one, or with another model, it
        starts empty.

        Raises:
            BuildRefused: another build is running; the sentence names it.
        """
        ...

    def verify(self, name: str, *, sample: int = 100) -> list[str]:
        """Problems found, one sentence each; empty means sound: counts agree, samples find themselves."""
        ...

    def promote(self, name: str) -> Generation:
        """Make a complete generation live, in one atomic step."""
        ...

    def rollback(self) -> Generation:
        """Make the one that was live before live again.

        Raises:
            BuildRefused: there is none.
        """
        ...

    def prune(self, keep: int) -> list[str]:
        """Remove all but the live one and the `keep` newest others; names of those removed."""
        ...
