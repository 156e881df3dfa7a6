"""Question sets, an encoder and a store in, figures out: ours beside plain CLIP, vectors alone and BM25 alone."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from bot.conversation import Context, Message, lexicon_of, refine
from bot.evaluate_metrics import Outcome, figures_of, summary
from bot.evaluate_questions import SETS, Facts, Question, matches, right_answers
from bot.grammar_words import Lexicon
from bot.query import EmptyQuery, PhotoRef, Query
from bot.search import Embedded, Told, embed, search, told
from bot.search_looks import shown_in
from indexing.generation import Calibration, Generation
from indexing.product import Product
from indexing.ranking import unit
from indexing.store import Candidates, Facets, Filters, Probe, VectorKind, VectorProbe, VectorStore
from inference.encoder import Embedding, Embeddings, Encoder, encode_with_lengths
from inference.images import views

BATCH = 32
DEPTH = 10
"""Products an answer is judged by."""
BASELINES = ("plain_clip", "vectors_only", "bm25")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question with all that does not depend on weights: its query, its vectors, its right answers."""

    question: Question
    query: Query
    embedded: Embedded | None
    """None where the query is empty."""
    photo: Embedding | None
    """The whole photo, as plain CLIP would ask it."""
    text: Embedding | None
    """The whole text, with the prompt, as plain CLIP would ask it."""
    right: frozenset[str]
    excluded: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A question and what our search answered."""

    asked: Asked
    outcome: Outcome
    figures: Mapping[str, float]


def ask(
    questions: Sequence[Question],
    encoder: Encoder,
    store: VectorStore,
    facts: Mapping[str, Facts],
    zooms: Sequence[float] | None = None,
) -> list[Asked]:
    """Encode and understand every question once.

    Args:
        questions: of any sets.
        encoder: the one that built the store's generation.
        store: whose facets the grammar reads by.
        facts: attributes of every product, by id, for answers by attribute.
        zooms: at which photos are looked at; those of the generation by default.
    """
    lexicon = lexicon_of(store)
    paths = [question.photo for question in questions if question.photo]
    photos = _photos(paths, encoder, zooms or store.generation.calibration.zooms)
    texts = {question.text: encoder.prompt.format(question.text) for question in questions if question.text}
    rows = _batched(list(texts.values()), encoder.encode_texts, encoder.dim)
    vectors = dict(zip(texts, rows, strict=True))
    return [_asked(question, encoder, store, lexicon, photos, vectors, facts) for question in questions]


def judge(asked: Iterable[Asked], store: VectorStore, calibration: Calibration | None = None) -> list[Judged]:
    """Answer every question as the bot would, with these weights (the generation's by default)."""
    searched = store if calibration is None else Reweighted(store, calibration)
    return [_judged(entry, _ours(entry, searched)) for entry in asked]


def tell(asked: Asked, store: VectorStore) -> Told | None:
    """What our answer tells of the thing being carried; None where nothing is asked or found."""
    if asked.embedded is None:
        return None
    try:
        found = told(asked.query, asked.embedded, store)
    except EmptyQuery:
        return None
    return found if np.isfinite(found.value) else None


def evaluate(asked: Sequence[Asked], store: VectorStore) -> tuple[dict[str, object], list[Judged]]:
    """The document of `looksee eval --json`, and what our search answered to each question."""
    ours = judge(asked, store)
    others = {
        "plain_clip": [_judged(entry, _plain_clip(entry, store)) for entry in asked],
        "vectors_only": [_judged(entry, _ours(entry, Wordless(store))) for entry in asked],
        "bm25": [_judged(entry, _bm25(entry, store)) for entry in asked],
    }
    document: dict[str, object] = {
        "model_id": store.generation.model_id,
        "generation": store.generation.name,
        "products": store.generation.products,
        "sets": by_set(ours),
        "baselines": {name: by_set(judged, with_styles=False) for name, judged in others.items()},
    }
    return document, ours


def by_set(judged: Sequence[Judged], *, with_styles: bool = True) -> dict[str, object]:
    """Figures of each set that has questions, and within it of each style."""
    sets: dict[str, object] = {}
    for name in SETS:
        own = [entry for entry in judged if entry.asked.question.set == name]
        if not own:
            continue
        figures = summary([entry.figures for entry in own])
        styles = sorted({entry.asked.question.style for entry in own} - {""})
        if with_styles and styles:
            figures["styles"] = {
                style: summary([e.figures for e in own if e.asked.question.style == style]) for style in styles
            }
        sets[name] = figures
    return sets


def _photos(paths: Iterable[str], encoder: Encoder, zooms: Sequence[float]) -> dict[str, PhotoRef]:
    """Each photo with the vectors of its views."""
    names = list(dict.fromkeys(paths))
    found: dict[str, PhotoRef] = {}
    for start in range(0, len(names), BATCH):
        chunk = names[start : start + BATCH]
        seen = [pixels for name in chunk for pixels in views(Path(name).read_bytes(), encoder.picture_px, zooms)]
        rows, lengths = encode_with_lengths(encoder, seen)
        rows, lengths = rows.reshape(len(chunk), len(zooms), -1), lengths.reshape(len(chunk), len(zooms))
        for name, own, long in zip(chunk, rows, lengths, strict=True):
            sha256 = hashlib.sha256(name.encode()).hexdigest()
            found[name] = PhotoRef.of(own, long, sha256=sha256, model_id=encoder.model_id)
    return found


def _batched(texts: Sequence[str], encode: Callable[[Sequence[str]], Embeddings], dim: int) -> Embeddings:
    chunks = [encode(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
    return np.concatenate(chunks) if chunks else np.zeros((0, dim), dtype=np.float32)


def _asked(
    question: Question,
    encoder: Encoder,
    store: VectorStore,
    lexicon: Lexicon,
    photos: Mapping[str, PhotoRef],
    texts: Mapping[str, Embedding],
    facts: Mapping[str, Facts],
) -> Asked:
    photo = photos.get(question.photo)
    refs = (photo,) if photo else ()
    shown = shown_in(refs, store) if refs and question.text else ()
    query = refine(None, Message(text=question.text, photos=refs), Context(lexicon=lexicon, shown=shown))
    understood = query if isinstance(query, Query) else Query()
    return Asked(
        question=question,
        query=understood,
        embedded=None if understood.is_empty else embed(understood, encoder),
        photo=photo.embedding if photo else None,
        text=texts.get(question.text),
        right=right_answers(question, facts),
        excluded=frozenset(
            name for name, own in facts.items() if question.excluded and matches(own, question.excluded)
        ),
    )


def _judged(asked: Asked, outcome: Outcome) -> Judged:
    return Judged(asked=asked, outcome=outcome, figures=figures_of(outcome, asked.right, asked.excluded))


def _ours(asked: Asked, store: VectorStore) -> Outcome:
    if asked.embedded is None:
        return Outcome(ids=(), is_confident=False)
    try:
        answer = search(asked.query, asked.embedded, store, k=DEPTH)
    except EmptyQuery:
        return Outcome(ids=(), is_confident=False)
    score = answer.hits[0].score if answer.hits else 0.0
    # An answer to other conditions than those asked is said to be one: not a confident answer.
    is_confident = bool(answer.hits) and answer.is_confident
    return Outcome(ids=tuple(hit.product.id for hit in answer.hits), is_confident=is_confident, score=score)


def _plain_clip(asked: Asked, store: VectorStore) -> Outcome:
    """One vector, the plain sum of photo and text, against the pictures: as the article searches."""
    present = [vector for vector in (asked.photo, asked.text) if vector is not None]
    if not present:
        return Outcome(ids=(), is_confident=False)
    vector = unit(np.sum(present, axis=0, dtype=np.float32))
    probe = Probe(vectors=(VectorProbe(vector=vector, against="picture"),), k=DEPTH)
    near = store.candidates(probe).vectors[0]
    # It refuses nothing: that is what its users complain about.
    return Outcome(ids=tuple(n.product_id for n in near), is_confident=bool(near), score=near[0].score if near else 0)


def _bm25(asked: Asked, store: VectorStore) -> Outcome:
    near = store.candidates(Probe(words=asked.question.text, k=DEPTH)).lexical if asked.question.text else ()
    return Outcome(ids=tuple(n.product_id for n in near[:DEPTH]), is_confident=bool(near))


class Reweighted:
    """A store whose generation has another calibration."""

    def __init__(self, store: VectorStore, calibration: Calibration) -> None:
        self._store = store
        self.generation: Generation = msgspec.structs.replace(store.generation, calibration=calibration)

    def candidates(self, probe: Probe) -> Candidates:
        """See `VectorStore.candidates`."""
        return self._store.candidates(probe)

    def products(self, ids: Sequence[str]) -> dict[str, Product]:
        """See `VectorStore.products`."""
        return self._store.products(ids)

    def vectors(self, ids: Sequence[str], *, kind: VectorKind = "picture") -> dict[str, Embeddings]:
        """See `VectorStore.vectors`."""
        return self._store.vectors(ids, kind=kind)

    def facets(self, filters: Filters, *, top: int = 100) -> Facets:
        """See `VectorStore.facets`."""
        return self._store.facets(filters, top=top)

    def close(self) -> None:
        """Nothing of its own to give back."""


class Wordless(Reweighted):
    """A store without its lexical list: what vectors alone can do."""

    def __init__(self, store: VectorStore) -> None:
        super().__init__(store, msgspec.structs.replace(store.generation.calibration, lexical_weight=0.0))

    def candidates(self, probe: Probe) -> Candidates:
        """See `VectorStore.candidates`."""
        return self._store.candidates(
            Probe(vectors=probe.vectors, filters=probe.filters, exclude=probe.exclude, k=probe.k)
        )
