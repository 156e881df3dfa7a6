"""A catalogue's generations and the encoders in, what a question is asked of out: store, encoder, lexicon, in step."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.conversation import lexicon_of
from bot.grammar_words import Lexicon
from indexing.generation import Generations
from indexing.live import LiveStore
from indexing.store import Facets, Filters, NoCatalogue, StoreUnavailable, VectorStore, WrongModel
from inference.encoder import Encoder

log = logging.getLogger(__name__)

EncoderOf = Callable[[str], Encoder]
"""The encoder of a model_id.

Raises:
    WrongModel: there is none here.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """The live generation, with the encoder that it was built by and the names of its values."""

    name: str
    """The catalogue's."""
    store: VectorStore
    encoder: Encoder
    lexicon: Lexicon
    facets: Facets = field(repr=False)
    """Over all products."""


class Catalogue:
    """One catalogue that is asked. Thread-safe; notices what becomes live without a restart."""

    def __init__(self, name: str, generations: Generations, encoder_of: EncoderOf) -> None:
        """Open nothing yet."""
        self.name = name
        self._live = LiveStore(generations)
        self._encoder_of = encoder_of
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def opened(self) -> Opened:
        """What is live now; keep it for one question.

        Raises:
            NoCatalogue: nothing is live yet.
            StoreUnavailable: it cannot be read.
            WrongModel: its encoder is not here.
        """
        store = self._live.store()
        with self._lock:
            if self._opened is None or self._opened.store is not store:
                encoder = self._encoder_of(store.generation.model_id)
                facets = store.facets(Filters())
                self._opened = Opened(
                    name=self.name, store=store, encoder=encoder, lexicon=lexicon_of(store), facets=facets
                )
            return self._opened

    @property
    def lexicon_at_hand(self) -> Lexicon | None:
        """The names of values as last read, without looking again: for where nobody may wait."""
        opened = self._opened
        return opened.lexicon if opened else None

    def warm(self) -> None:
        """Open what is live, so that the first question does not wait; where nothing is, say so in the log."""
        try:
            opened = self.opened()
        except (NoCatalogue, StoreUnavailable, WrongModel) as error:
            log.warning("the catalogue cannot be asked", extra={"catalogue": self.name, "reason": type(error).__name__})
            return
        warm = getattr(opened.encoder, "warm", None)  # encoders that load a model have it; it is not of the port
        if warm is not None:
            warm()

    def close(self) -> None:
        """Close what is open."""
        self._live.close()


class Catalogues:
    """All catalogues that are asked, and which channel has which."""

    def __init__(self, default: Catalogue, by_channel: Mapping[str, Catalogue] | None = None) -> None:
        self.default = default
        self._by_channel = dict(by_channel or {})
        self._by_name = {each.name: each for each in (default, *self._by_channel.values())}

    def of_channel(self, channel: str) -> Catalogue:
        """The catalogue that a channel is bound to, else the default."""
        return self._by_channel.get(channel, self.default)

    def named(self, name: str) -> Catalogue | None:
        """The catalogue of that name, if it is asked here."""
        return self._by_name.get(name)

    def warm(self) -> None:
        """See `Catalogue.warm`."""
        for catalogue in self._by_name.values():
            catalogue.warm()

    def close(self) -> None:
        """Close what is open."""
        for catalogue in self._by_name.values():
            catalogue.close()
