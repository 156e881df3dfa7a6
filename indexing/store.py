"""The `VectorStore` port: probes in (vectors, words, filters), candidate lists of products out.

One contract suite, `tests/indexing/test_store_contract.py`, runs over every adapter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

import msgspec

from indexing.generation import Generation
from indexing.product import FacetField, Product
from inference.encoder import Embedding, Embeddings

VectorKind: TypeAlias = Literal["picture", "words"]
"""A product has one `picture` vector a picture and one `words` vector (its title and facts), so that a product
without a picture is found too."""


class StoreUnavailable(Exception):
    """The store gave no answer in time; the same call may succeed later."""


class NoCatalogue(Exception):
    """No generation is live yet: `looksee index SOURCE` makes one."""


def nothing_indexed(catalogue: str, others: Sequence[str] = ()) -> NoCatalogue:
    """What to say where a catalogue has no live generation; `others` are those that have one."""
    if catalogue == "default" and not others:
        return NoCatalogue("Nothing is indexed yet; `looksee index SOURCE` makes a catalogue searchable.")
    option = "" if catalogue == "default" else f" --catalogue {catalogue}"
    there = f" Indexed are: {', '.join(others)} (choose with --catalogue)." if others else ""
    return NoCatalogue(
        f"Nothing is indexed in the catalogue {catalogue} yet; `looksee index SOURCE{option}` fills it.{there}"
    )


class WrongModel(Exception):
    """The index was built by another model than the encoder that asks."""


class Filters(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a hit must be, whatever its score. Applied before ranking. Empty means everything."""

    currency: str = ""
    """ISO 4217 of the two bounds; a product priced in another currency, or not at all, is outside them."""
    min_price_minor: int | None = None
    """Inclusive."""
    max_price_minor: int | None = None
    """Inclusive."""
    any_of: tuple[tuple[FacetField, tuple[str, ...]], ...] = ()
    """For each field named, one of its values must be the product's (case-folded, whole value)."""
    none_of: tuple[tuple[FacetField, tuple[str, ...]], ...] = ()
    """For each field named, none of its values may be the product's."""
    in_stock: bool = False
    """True keeps only `availability == "in_stock"`."""

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, kw_only=True, slots=True)
class VectorProbe:
    """One k-NN question: which products have a vector of this kind near this one."""

    vector: Embedding
    """float32, shape (dim,), unit length. A weighted sum of photo, words, likes and negatives ranks by the weighted
    sum of their cosines, so several signals against one kind of vector are one probe."""
    against: VectorKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe:
    """All that one search asks of a store; adapters answer it in one round trip."""

    vectors: tuple[VectorProbe, ...] = ()
    words: str = ""
    """Asked of the lexical index (BM25, with typos); empty asks nothing."""
    filters: Filters = field(default_factory=Filters)
    exclude: frozenset[str] = frozenset()
    """Product ids that must not come back: those seen on earlier pages, the product that is asked about."""
    k: int = 50
    """Products a list, at most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """One entry of a list: a product, once, by its best vector or document."""

    product_id: str
    score: float
    """Cosine similarity, -1 to 1, in a vector list; a BM25-like score, 0 and up, in the lexical list."""
    picture: int = 0
    """Index into `Product.pictures` of the picture that matched; 0 where the list is not of pictures."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidates:
    """A store's answer: a list for each vector probe in the order asked, and the lexical ones.

    Best first; equal scores by product id.
    """

    vectors: tuple[tuple[Near, ...], ...]
    lexical: tuple[Near, ...]
    exact: tuple[str, ...]
    """Ids of products whose id, SKU, GTIN or whole title is the words, case-folded."""
    products: Mapping[str, Product]
    """Every product named in a list."""
    is_partial: bool = False
    """True where the store ran out of its time budget and answers with what it has."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facets:
    """How many products have each value, commonest first; prices by currency as (lowest, highest) in minor units."""

    values: Mapping[FacetField, tuple[tuple[str, int], ...]]
    """Values as the catalogue spells them (the commonest spelling of equals)."""
    prices: Mapping[str, tuple[int, int]]
    in_stock: int
    total: int


class VectorStore(Protocol):
    """Reads one generation. Thread-safe."""

    @property
    def generation(self) -> Generation:
        """The generation that this store reads."""
        ...

    def candidates(self, probe: Probe) -> Candidates:
        """Answer a probe: for each vector probe the k nearest products that pass the filters, and the lexical list.

        Raises:
            StoreUnavailable: no answer within the timeout.
            ValueError: a vector of another length than the generation's dim, not finite, or zero.
        """
        ...

    def products(self, ids: Sequence[str]) -> dict[str, Product]:
        """Products by id; unknown ids are left out."""
        ...

    def vectors(self, ids: Sequence[str], *, kind: VectorKind = "picture") -> dict[str, Embeddings]:
        """A product's vectors of a kind, float32 (n, dim), unit length within 1e-3 (stored as f16)."""
        ...

    def facets(self, filters: Filters, *, top: int = 100) -> Facets:
        """Counts over the products that pass the filters, at most `top` values a field."""
        ...

    def close(self) -> None:
        """Give files or connections back."""
        ...
