"""The nouns of a conversation: `Query` (asked), `Hit` and `Answer` (found). Frozen, and no Slack in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import msgspec
import numpy as np

from indexing.product import Product
from indexing.store import Filters
from inference.encoder import Embedding, Embeddings, Lengths


class EmptyQuery(Exception):
    """Nothing to look for: no words, no photo, no liked product, no filter."""


class PhotoRef(msgspec.Struct, frozen=True, kw_only=True):
    """A photo that somebody sent, by reference and embedding; its bytes are never kept."""

    team: str = ""
    file_id: str = ""
    sha256: str
    model_id: str
    """The model that made `vector`; a photo of another model must be fetched and encoded again."""
    vector: bytes
    """The embeddings of its views, one after the other: float16, little endian, dim values each."""
    views: int = 1
    """The whole photo first, then as `Calibration.zooms` says."""
    lengths: tuple[float, ...] = ()
    """L2 norm of each view's embedding before it was made 1; empty where the encoder does not tell it."""

    @classmethod
    def of(
        cls,
        embedding: Embedding | Embeddings,
        lengths: Lengths | None = None,
        *,
        sha256: str,
        model_id: str,
        team: str = "",
        file_id: str = "",
    ) -> "PhotoRef":
        """A reference that carries this embedding, float32 (dim,), or those of its views, (views, dim)."""
        rows = np.atleast_2d(np.asarray(embedding, dtype="<f2"))
        return cls(
            team=team,
            file_id=file_id,
            sha256=sha256,
            model_id=model_id,
            vector=rows.tobytes(),
            views=len(rows),
            lengths=tuple(float(length) for length in lengths if length) if lengths is not None else (),
        )

    @property
    def embedding(self) -> Embedding:
        """Of the whole photo: float32, shape (dim,), unit length."""
        whole: Embedding = self.embeddings[0]
        return whole

    @property
    def embeddings(self) -> Embeddings:
        """Of all views: float32, shape (views, dim), unit length per row."""
        rows = np.frombuffer(self.vector, dtype="<f2").astype(np.float32).reshape(self.views, -1)
        unit_rows: Embeddings = rows / np.linalg.norm(rows, axis=1, keepdims=True).astype(np.float32)
        return unit_rows


class Query(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody is looking for, over all turns so far. `refine(previous, message)` makes the next one."""

    words: str = ""
    """What goes to the encoder and the lexical index; what was understood as filters is not in it."""
    types: tuple[str, ...] = ()
    """The catalogue's types that the words name, case-folded: "couch", ソファ -> `sofa`."""
    photos: tuple[PhotoRef, ...] = ()
    """Up to 5; several photos are one question."""
    negatives: tuple[str, ...] = ()
    """Words to move away from: "without a handle" gives `a handle`."""
    refused_things: tuple[str, ...] = ()
    """Those of the negatives that say what it is not, "not a boat"; the others are what it lacks."""
    filters: Filters = Filters()
    firm: tuple[str, ...] = ()
    """Keys of conditions (`price`, `any:color`) that must be, "it has to be under 60": they are lifted last."""
    latest: tuple[str, ...] = ()
    """Keys of the colours, materials and so on that the last message said: they are lifted after others."""
    likes: tuple[str, ...] = ()
    """Product ids: "more like the second"."""
    is_cheapest_first: bool = False
    page: int = 0
    seen: tuple[str, ...] = ()
    """Product ids shown on earlier pages of this query."""
    language: str = "en"
    """`en` or `ja`: the language of the last message that had words."""

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to look for."""
        return not (self.words or self.photos or self.likes or self.filters or self.negatives)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A product that was found, and how near it is."""

    product: Product
    score: float
    """0 to 1, higher is nearer; 1.0 (within 1e-3) is a photo that is the product's own picture. Comparable within one
    answer, and against the generation's calibrated confidence."""
    why: tuple[str, ...] = ()
    """Reasons in the query's language, best first, for example `looks like your photo`, `title says "red"`."""
    picture: int = 0
    """Index into `product.pictures` of the picture that matched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What is said back."""

    query: Query
    hits: tuple[Hit, ...]
    understood: str
    """The query as one sentence in its language: `red mugs under $40, like your photo`."""
    is_confident: bool
    """False where the best hit is under the calibrated confidence: it is then "the closest I have"."""
    has_more: bool = False
    relaxations: tuple[str, ...] = ()
    """Conditions that were lifted because nothing met them, one sentence each."""
    is_partial: bool = False
    """True where the store ran out of its time budget."""
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    """`encode`, `search`, `total`: measured by the caller."""
    is_provisional: bool = False
    """True where the encoder was waking up, so that its words, and what was encoded before, decided alone."""

    def provisional(self) -> "Answer":
        """The same, told to be provisional."""
        return replace(self, is_provisional=True)
