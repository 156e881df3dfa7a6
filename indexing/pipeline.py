"""A source's rows in, rows of a generation out: read -> fetch -> decode -> encode -> write, all at the same time.

The calling thread reads rows and keeps the books; a pool fetches and decodes pictures, one thread encodes, one writes.
What waits between them is bounded, so that memory does not grow with the source.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from types import TracebackType
from typing import Self

from indexing.cache import EmbeddingCache, Seen
from indexing.calibrate import SAMPLE
from indexing.encoding import BatchEncoder
from indexing.fetch import Fetcher
from indexing.generation import GenerationWriter, PictureVector, Reject, Row, RowHashes
from indexing.product import Product
from indexing.progress import BuildProgress
from indexing.reading import PictureReader, ReadPicture, RefusedPicture
from indexing.rejects import RejectsFile
from indexing.rows import facts_hash, pictures_hash, question_for, words_of
from indexing.sampling import Sample
from indexing.settings import IndexSettings
from indexing.sources.reading import read_rows
from indexing.sources.source import Source, SourceRow
from inference.decoding import PictureDecoder
from inference.encoder import Embedding, Encoder, Pixels

_WINDOW = 64
"""Pictures that are being fetched or decoded, or wait to be encoded, at most, beside the batch that is filled."""
_WRITE_ROWS = 256
_WRITE_AFTER_S = 2.0
_WAITING = 2
"""Batches that may wait for the encoder, and for the writer."""


@dataclass(slots=True)
class _Job:
    """A row on its way."""

    row: int
    product: Product
    waiting: int
    """Pictures that have not been read yet."""
    names_pictures: bool
    pictures: dict[int, ReadPicture] = field(default_factory=dict)
    """Those that can be indexed, by index, without their pixels."""
    hashes: RowHashes = field(default_factory=lambda: RowHashes(facts="", pictures=""))


@dataclass(slots=True)
class _Batch:
    """What goes to the encoder together: pixels by sha256, and rows that have no other pictures to wait for."""

    pixels: dict[str, Pixels] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    jobs: list[_Job] = field(default_factory=list)


class Pipeline:
    """One run over a source. Use it in a `with`: leaving ends all threads and child processes."""

    def __init__(
        self,
        source: Source,
        writer: GenerationWriter,
        encoder: Encoder,
        settings: IndexSettings,
        rejects: RejectsFile,
        *,
        limit: int | None,
        show_progress: bool | None,
    ) -> None:
        """Read what the generation knows already; open the cache."""
        self.read = 0
        """Rows of the source so far."""
        self.indexed = 0
        self.unchanged = 0
        self.words_only = 0
        """Rows that name pictures of which not one could be read."""
        self.kept: set[str] = set()
        """Ids that belong in the generation."""
        self.example = ""
        """A question that finds one of them; empty where none of them says anything in words."""
        self.known = {product_id: hashes for product_id, hashes, _ in writer.known()}
        """Rows that the generation had before this run."""
        self._source, self._writer, self._rejects, self._limit = source, writer, rejects, limit
        self._prompt = encoder.prompt
        self._picture_batch, self._text_batch = settings.picture_batch, settings.text_batch
        self._stopped = threading.Event()
        self._open = ExitStack()
        self._cache = self._open.enter_context(EmbeddingCache(settings.cache_file, encoder.model_id, encoder.dim))
        self._fetcher = self._open.enter_context(Fetcher(settings.fetch, folder=source.folder))
        decoder = self._open.enter_context(PictureDecoder(settings.decoders))
        self._reader = PictureReader(self._fetcher, decoder, self._cache, encoder.picture_px)
        self._encoder = BatchEncoder(
            encoder, self._cache, batch=self._picture_batch, text_batch=self._text_batch, stopped=self._stopped
        )
        self._read_pool = ThreadPoolExecutor(settings.fetch.concurrency, "looksee-read")
        self._encode_pool = ThreadPoolExecutor(1, "looksee-encode")
        self._write_pool = ThreadPoolExecutor(1, "looksee-write")
        expected = source.expected_rows()
        self._progress = BuildProgress(expected if limit is None else min(limit, expected or limit), show_progress)
        self._done: queue.SimpleQueue[tuple[_Job, int, Future[ReadPicture | RefusedPicture]]] = queue.SimpleQueue()
        self._to_read: deque[tuple[_Job, int, Seen | None]] = deque()
        """Pictures of the row that was taken last, which may have thousands."""
        self._in_flight = 0
        self._batch = _Batch()
        self._encoding: deque[Future[tuple[list[Row], list[Reject]]]] = deque()
        self._rows: list[Row] = []
        self._written_at = time.monotonic()
        self._writing: deque[tuple[list[Row], Future[list[Reject]]]] = deque()
        self._sample = Sample(SAMPLE)
        self._row_numbers: dict[str, int] = {}
        self._refused_in = 0
        """Number of the last row of which the source itself refused a picture; its product comes after it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is not None:
            self._stopped.set()
            self._fetcher.stop()
        for pool in (self._read_pool, self._encode_pool, self._write_pool):
            pool.shutdown(cancel_futures=True)
        self._open.close()

    @property
    def encoded(self) -> int:
        """Pictures that the encoder was given."""
        return self._encoder.pictures_encoded

    def run(self) -> None:
        """Read every row, and see each through to the generation or to the rejects.

        Raises:
            BadSource: the source breaks off.
            EncoderUnavailable, StoreUnavailable, DecoderUnavailable: after patient retries.
        """
        rows = read_rows(self._source, self._limit)
        is_more = True
        with self._progress:
            while is_more or self._to_read or self._in_flight:
                while self._in_flight < _WINDOW and (self._to_read or is_more):
                    if self._to_read:
                        self._read(*self._to_read.popleft())
                        continue
                    row = next(rows, None)
                    is_more = row is not None
                    if row is not None:
                        self._take(row)
                        self._hand_on()
                if self._in_flight:
                    self._receive(*self._done.get())
                    self._hand_on()
            self._hand_on(is_last=True)
            while self._encoding:
                self._settle(self._encoding.popleft().result())
            self._write()
            while self._writing:
                self._count_written(*self._writing.popleft())

    def sample(self) -> Iterator[tuple[str, Pixels]]:
        """Some products with their main picture, the same ones for the same catalogue; for calibration."""
        for product_id, uri in self._sample.chosen():
            picture = self._reader.pixels(uri)
            if picture is not None and product_id in self.kept:
                yield product_id, picture

    def _take(self, row: SourceRow) -> None:
        """Send a row's pictures on their way."""
        if isinstance(row, Reject):
            self._rejects.add(row)
            if row.picture:
                self._refused_in = row.row
            else:
                self.read += 1
                self._progress.advance(rejected=1)
            return
        self.read += 1
        product = row.product
        names_pictures = bool(product.pictures) or row.row == self._refused_in
        job = _Job(row.row, product, waiting=len(product.pictures), names_pictures=names_pictures)
        self._sample.consider(product)
        if not product.pictures:
            self._complete(job)
            return
        keys = [self._fetcher.key(uri) for uri in product.pictures]
        seen = self._cache.seen(keys)
        for index, (uri, key) in enumerate(zip(product.pictures, keys, strict=True)):
            if same := self._reader.glance(uri, seen.get(key)):
                self._found(job, index, same)
            else:
                self._to_read.append((job, index, seen.get(key)))

    def _read(self, job: _Job, index: int, seen: Seen | None) -> None:
        """Have a picture fetched and decoded."""
        self._in_flight += 1
        future = self._read_pool.submit(self._reader.read, job.product.pictures[index], seen)
        future.add_done_callback(partial(self._arrived, job, index))

    def _arrived(self, job: _Job, index: int, done: Future[ReadPicture | RefusedPicture]) -> None:
        self._done.put((job, index, done))

    def _receive(self, job: _Job, index: int, done: Future[ReadPicture | RefusedPicture]) -> None:
        self._in_flight -= 1
        self._found(job, index, done.result())

    def _found(self, job: _Job, index: int, picture: ReadPicture | RefusedPicture) -> None:
        """Note what became of a picture; the last one of a row completes it."""
        uri = job.product.pictures[index]
        if isinstance(picture, RefusedPicture):
            self._refuse_picture(job, uri, picture.reason)
        else:
            if picture.problem:
                self._refuse_picture(job, uri, picture.problem)
            if picture.pixels is not None:
                self._batch.pixels[picture.sha256] = picture.pixels
            if picture.etag and not picture.is_as_seen:
                self._batch.seen[self._fetcher.key(uri)] = Seen(picture.etag, picture.sha256)
            job.pictures[index] = picture.without_pixels()
        job.waiting -= 1
        if not job.waiting:
            self._complete(job)

    def _refuse_picture(self, job: _Job, uri: str, reason: str) -> None:
        self._rejects.add(Reject(row=job.row, product_id=job.product.id, reason=reason, picture=uri))

    def _complete(self, job: _Job) -> None:
        """All pictures of a row are read: it is as it was, or goes to the encoder."""
        self.words_only += job.names_pictures and not job.pictures
        sha256s = (job.pictures[index].sha256 for index in sorted(job.pictures))
        job.hashes = RowHashes(facts=facts_hash(job.product), pictures=pictures_hash(sha256s))
        if self.known.get(job.product.id) == job.hashes:
            self.unchanged += 1
            self._keep(job.product)
            self._progress.advance(unchanged=1)
        else:
            self._row_numbers[job.product.id] = job.row
            self._batch.jobs.append(job)

    def _keep(self, product: Product) -> None:
        self.kept.add(product.id)
        self.example = self.example or question_for(product)

    def _hand_on(self, *, is_last: bool = False) -> None:
        """Give the encoder what there is, once it is a batch."""
        batch = self._batch
        is_full = len(batch.pixels) >= self._picture_batch or len(batch.jobs) >= self._text_batch
        if not (is_full or is_last):
            return
        self._batch = _Batch()
        while len(self._encoding) >= _WAITING or (self._encoding and self._encoding[0].done()):
            self._settle(self._encoding.popleft().result())
        self._encoding.append(self._encode_pool.submit(self._encode, batch))

    def _encode(self, batch: _Batch) -> tuple[list[Row], list[Reject]]:
        """In the encoder's thread: vectors for a batch, rows for its jobs."""
        vectors = self._encoder.pictures(batch.pixels) if batch.pixels else {}
        self._cache.keep(seen=batch.seen)
        texts = {job.product.id: self._prompt.format(words_of(job.product)) for job in batch.jobs}
        words = self._encoder.texts(list(dict.fromkeys(texts.values())))
        wanted = {picture.sha256 for job in batch.jobs for picture in job.pictures.values()}
        vectors |= self._cache.pictures([sha256 for sha256 in wanted if sha256 not in vectors])
        rows: list[Row] = []
        rejects: list[Reject] = []
        for job in batch.jobs:
            if (text := words.get(texts[job.product.id])) is None:
                rejects.append(
                    Reject(row=job.row, product_id=job.product.id, reason="The model cannot read its words.")
                )
                continue
            rows.append(_row(job, vectors, text, rejects))
        return rows, rejects

    def _settle(self, encoded: tuple[list[Row], list[Reject]]) -> None:
        rows, rejects = encoded
        for reject in rejects:
            self._rejects.add(reject)
        self._rows += rows
        if len(self._rows) >= _WRITE_ROWS or time.monotonic() - self._written_at > _WRITE_AFTER_S:
            self._write()

    def _write(self) -> None:
        while len(self._writing) >= _WAITING or (self._writing and self._writing[0][1].done()):
            self._count_written(*self._writing.popleft())
        if self._rows:
            self._writing.append((self._rows, self._write_pool.submit(self._writer.write, self._rows)))
        self._rows = []
        self._written_at = time.monotonic()

    def _count_written(self, rows: list[Row], done: Future[list[Reject]]) -> None:
        refused: set[str] = set()
        numbers = {row.product.id: self._row_numbers.pop(row.product.id) for row in rows}
        for reject in done.result():
            self._rejects.add(replace(reject, row=numbers.get(reject.product_id, 0)))
            if not reject.picture:
                refused.add(reject.product_id)
        for row in rows:
            if row.product.id not in refused:
                self._keep(row.product)
        self.indexed += len(rows) - len(refused)
        self._progress.advance(indexed=len(rows) - len(refused), rejected=len(refused))


def _row(job: _Job, vectors: dict[str, Embedding], words: Embedding, rejects: list[Reject]) -> Row:
    """The row as it is written; pictures without a vector go to the rejects."""
    pictures = []
    for index, picture in sorted(job.pictures.items()):
        vector = vectors.get(picture.sha256)
        if vector is None:
            uri = job.product.pictures[index]
            reason = "The model cannot read this picture."
            rejects.append(Reject(row=job.row, product_id=job.product.id, reason=reason, picture=uri))
            continue
        pictures.append(PictureVector(index=index, sha256=picture.sha256, embedding=vector, etag=picture.etag))
    return Row(product=job.product, hashes=job.hashes, pictures=tuple(pictures), words=words)
