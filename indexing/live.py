"""Generations in, always the store of the live one out: a bot that runs notices a promotion or a rollback."""

import logging
import threading
import time

from indexing.generation import Generations
from indexing.store import NoCatalogue, StoreUnavailable, VectorStore

log = logging.getLogger(__name__)


class LiveStore:
    """Opens the live generation once, and again when another becomes live. Thread-safe."""

    def __init__(self, generations: Generations, *, check_every_s: float = 0.0):
        """Look for a new live generation at most every `check_every_s` seconds; 0 looks at each question.

        For the embedded store a look costs some 20 microseconds; for OpenSearch it is a request.
        """
        self._generations = generations
        self._check_every_s = check_every_s
        self._lock = threading.Lock()
        self._store: VectorStore | None = None
        self._before: VectorStore | None = None
        self._looked_at = float("-inf")

    def store(self) -> VectorStore:
        """The live generation's store; keep it for one question, then ask again.

        Raises:
            NoCatalogue: none is live yet.
            StoreUnavailable: it cannot be read, and none was open before.
        """
        with self._lock:
            now = time.monotonic()
            if self._store is None or now - self._looked_at >= self._check_every_s:
                self._looked_at = now
                self._look()
            if self._store is None:
                raise NoCatalogue("Nothing is indexed yet; `looksee index SOURCE` makes a catalogue searchable.")
            return self._store

    def close(self) -> None:
        """Close what is open."""
        with self._lock:
            for store in (self._before, self._store):
                if store is not None:
                    store.close()
            self._before = self._store = None

    def _look(self) -> None:
        try:
            live = self._generations.live()
            if live is None:
                return  # a live one that vanished is served from what is open, until another is promoted
            if self._store is None or self._store.generation.name != live.name:
                opened = self._generations.open(live.name)
                if self._before is not None:
                    self._before.close()
                # The one before stays open until the next change: questions that began with it still end with it.
                self._before, self._store = self._store, opened
                log.info("opened a generation", extra={"generation": live.name})
        except (StoreUnavailable, NoCatalogue):
            if self._store is None:
                raise
            log.warning("the new live index cannot be opened; the one before goes on answering")
