"""One question outside any thread in (words, picture files, filters), one timed answer out: `looksee search`."""

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from bot.conversation import Context, Message, lexicon_of, refine
from bot.grammar_words import Lexicon
from bot.query import Answer, EmptyQuery, PhotoRef, Query
from bot.search import embed, search
from indexing.product import FacetField
from indexing.store import Filters, VectorStore
from inference.encoder import Encoder, encode_with_lengths
from inference.images import views


def ask_once(
    words: str,
    photos: Sequence[bytes],
    conditions: Filters,
    encoder: Encoder,
    store: VectorStore,
    *,
    k: int = 5,
    lexicon: Lexicon | None = None,
) -> Answer:
    """Answer one question; its words are read as the bot reads them ("red mugs under $40").

    Args:
        words: may be empty where there are photos or conditions.
        photos: the bytes of the asker's own picture files, so they are decoded in this process.
        conditions: beside those that the words say.
        encoder: the model that built the index.
        store: the live generation.
        k: products, at least 1.
        lexicon: of the store's generation, where it is at hand; making it takes longer than the answer.

    Raises:
        EmptyQuery: there is nothing to look for.
        UnreadablePhoto: a photo cannot be opened.
        WrongModel: the index was built by another model.
        EncoderUnavailable, StoreUnavailable: no answer within the timeout.
    """
    started = time.perf_counter()
    references = _encoded(photos, encoder, store.generation.calibration.zooms)
    read = refine(None, Message(text=words, photos=references), Context(lexicon=lexicon or lexicon_of(store)))
    query = read if isinstance(read, Query) else Query(words=words, photos=references)
    query = msgspec.structs.replace(query, filters=_both(query.filters, conditions))
    if query.is_empty:
        raise EmptyQuery
    embedded = embed(query, encoder)
    encoded = time.perf_counter()
    answer = search(query, embedded, store, k=k)
    ended = time.perf_counter()
    seconds = {"encode": encoded - started, "search": ended - encoded, "total": ended - started}
    return replace(answer, timings_ms={name: value * 1000 for name, value in seconds.items()})


def _encoded(photos: Sequence[bytes], encoder: Encoder, zooms: Sequence[float]) -> tuple[PhotoRef, ...]:
    if not photos:
        return ()
    seen = [pixels for photo in photos for pixels in views(photo, encoder.picture_px, zooms)]
    rows, lengths = encode_with_lengths(encoder, seen)
    rows, lengths = rows.reshape(len(photos), len(zooms), -1), lengths.reshape(len(photos), len(zooms))
    return tuple(
        PhotoRef.of(own, long, sha256=hashlib.sha256(photo).hexdigest(), model_id=encoder.model_id)
        for photo, own, long in zip(photos, rows, lengths, strict=True)
    )


def _both(read: Filters, asked: Filters) -> Filters:
    """The conditions that the words say, and those given beside them, which win where both speak of one thing."""
    merged: dict[FacetField, tuple[str, ...]] = dict(read.any_of) | dict(asked.any_of)
    changes: dict[str, object] = {"any_of": tuple(merged.items())}
    if asked.max_price_minor is not None:
        changes |= {"max_price_minor": asked.max_price_minor, "currency": asked.currency}
    return msgspec.structs.replace(read, **changes)
