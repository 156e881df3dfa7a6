"""A catalogue in, its live index on AWS out: pictures copied, encoded in a batch, ingested inside the network.

Each stage looks what is there and does the rest, so that the same command goes on after anything: pictures that are
copied are not copied again, those that were asked for are in a manifest, a job that still runs is waited for, and so is
the task.
"""

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from indexing import aws_run
from indexing.aws_copy import BucketOrigin, Copier, CopyCounts, FileOrigin, Origin
from indexing.aws_rows import write_rows
from indexing.aws_run import Run
from indexing.build import BuildReport
from indexing.fetch import Fetcher
from indexing.rows import words_of
from indexing.settings import IndexSettings
from indexing.sources import Listed, Source, open_source, read_rows
from indexing.sources.bucket import open_bucket
from indexing.sources.source import SourceRow
from infra.bar import bar
from infra.encode_job import How, Tell, answered
from infra.installation import Installation
from infra.jobs import Jobs

Ingest = Callable[[Run], None]
"""Makes an index of a run, and leaves its report in the run; ends the command where that fails."""


class EncodeReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to."""

    run: str
    """Its address; what it read, asked and was answered lies under it."""
    source: str
    model_id: str
    copy: CopyCounts
    pictures: int
    """In the bucket, of this catalogue, each once."""
    asked: int
    """Pictures that no run of this model had been asked for before."""
    jobs: tuple[str, ...]
    """That this call waited for."""
    index: BuildReport | None
    """None where the index was left for later."""
    seconds: float


def encode(
    location: str,
    where: Installation,
    s3: Any,
    jobs: Jobs,
    ingest: Ingest | None,
    *,
    settings: IndexSettings,
    how: How,
    tell: Tell,
) -> EncodeReport:
    """Do what is missing between a catalogue and its live index.

    Args:
        location: `s3://` in ABO's layout, or whatever `looksee index` reads.
        where: the installation.
        s3: a client.
        jobs: starts them.
        ingest: makes the index; None leaves it for later.
        settings: the catalogue's name, limits of reading pictures.
        how: form, instances.
        tell: given a line at each stage.

    Raises:
        BadSource: the catalogue cannot be read.
        EncodeFailed: a stage did not come to its end.
    """
    started = time.monotonic()
    run = Run(where.data_bucket, f"runs/{where.model_id}/{settings.catalogue}")
    tell(f"Reading {location}")
    with _opened(location, s3, settings) as (source, origin):
        copier = Copier(origin, s3, where.picture_bucket, f"catalogues/{settings.catalogue}/")
        words = _copy(source, copier, s3, run, how.limit)
    counts, uris = copier.counts, copier.uris
    tell(
        f"{counts.rows:,} rows, {len(uris):,} pictures: {counts.copied:,} copied to {where.picture_bucket}, "
        f"{counts.there:,} were there, {counts.missing:,} are missing."
    )
    new = aws_run.ask(s3, run, uris)
    tell(f"{new:,} pictures have not been asked for yet.")
    if how.form == "shards":
        tell(f"{aws_run.ask_words(s3, run, words):,} names of products have not been asked for yet.")
    waited = tuple(answered(s3, jobs, run, where, how, tell))
    report = None
    if ingest is not None:
        ingest(run)
        report = _report(s3, run)
    return EncodeReport(
        run=run.uri,
        source=location,
        model_id=where.model_id,
        copy=counts,
        pictures=len(uris),
        asked=new,
        jobs=waited,
        index=report,
        seconds=round(time.monotonic() - started, 1),
    )


@contextmanager
def _opened(location: str, s3: Any, settings: IndexSettings) -> Iterator[tuple[Source, Origin | None]]:
    source: Source
    if location.startswith("s3://"):
        mirror = settings.data_dir / "sources" / location.removeprefix("s3://").strip("/").replace("/", "--")
        source, bucket, prefix = open_bucket(location, s3, mirror, currency=settings.currency)
        yield source, BucketOrigin(s3, bucket, prefix, max_bytes=settings.fetch.max_bytes)
        return
    source = open_source(location, currency=settings.currency, fetch=settings.fetch)
    with Fetcher(settings.fetch, folder=source.folder) as fetcher:
        yield source, FileOrigin(fetcher) if source.folder else None


def _copy(source: Source, copier: Copier, s3: Any, run: Run, limit: int | None) -> list[str]:
    """Copy the pictures; then write the rows, so that a run whose rows are there has their pictures, too.

    Returns:
        What the products are called, each once.
    """
    words: dict[str, None] = {}

    def noted(rows: Iterable[SourceRow]) -> Iterator[SourceRow]:
        for row in rows:
            if isinstance(row, Listed):
                words[words_of(row.product)] = None
            yield row

    expected = source.expected_rows()
    with (
        tempfile.TemporaryDirectory(prefix="looksee-run-") as folder,
        bar("Copying", expected if limit is None else min(limit, expected or limit)) as shown,
    ):
        path = Path(folder) / "rows.jsonl.gz"
        write_rows(path, source.describe(), noted(copier.rows(read_rows(source, limit), shown.more)))
        s3.upload_file(str(path), run.bucket, run.rows)
    return list(words)


def _report(s3: Any, run: Run) -> BuildReport:
    body = s3.get_object(Bucket=run.bucket, Key=f"{run.prefix}/report.json")["Body"].read()
    return msgspec.json.decode(body, type=BuildReport)
