"""A catalogue in, its live index on AWS out: pictures copied, encoded in a batch, ingested inside the network.

Each stage looks what is there and does the rest, so that the same command goes on after anything: pictures that are
copied are not copied again, those that were asked for are in a manifest, a job that still runs is waited for, and so is
the task.
"""

import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from botocore.exceptions import ClientError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from indexing import aws_transform
from indexing.aws_copy import BucketOrigin, Copier, CopyCounts, FileOrigin, Origin
from indexing.aws_rows import write_rows
from indexing.aws_transform import Form, Run
from indexing.build import BuildReport
from indexing.fetch import Fetcher
from indexing.settings import IndexSettings
from indexing.sources import Source, open_source, read_rows
from indexing.sources.bucket import open_bucket
from infra.installation import Installation
from infra.jobs import Jobs, State

Tell = Callable[[str], None]
Ingest = Callable[[Run], None]
"""Makes an index of a run, and leaves its report in the run; ends the command where that fails."""


class EncodeFailed(Exception):
    """A stage did not come to its end; the message says why, and the same command goes on."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class How:
    """How a catalogue is encoded."""

    instance: str = "ml.c5.xlarge"
    count: int = 1
    form: Form = "manifests"
    limit: int | None = None
    """Read this many rows at most."""
    poll_s: float = 15.0
    """Seconds between two looks at a job."""


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
        jobs: starts transforms.
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
        _copy(source, copier, s3, run, how.limit)
    counts, uris = copier.counts, copier.uris
    tell(
        f"{counts.rows:,} rows, {len(uris):,} pictures: {counts.copied:,} copied to {where.picture_bucket}, "
        f"{counts.there:,} were there, {counts.missing:,} are missing."
    )
    new = aws_transform.ask(s3, run, uris)
    tell(f"{new:,} pictures have not been asked for yet.")
    waited = tuple(_transform(s3, jobs, run, where, how, tell))
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


def _copy(source: Source, copier: Copier, s3: Any, run: Run, limit: int | None) -> None:
    """Copy the pictures; then write the rows, so that a run whose rows are there has their pictures, too."""
    expected = source.expected_rows()
    with (
        tempfile.TemporaryDirectory(prefix="looksee-run-") as folder,
        _bar("Copying", expected if limit is None else min(limit, expected or limit)) as bar,
    ):
        path = Path(folder) / "rows.jsonl.gz"
        write_rows(path, source.describe(), copier.rows(read_rows(source, limit), bar.more))
        s3.upload_file(str(path), run.bucket, run.rows)


def _transform(s3: Any, jobs: Jobs, run: Run, where: Installation, how: How, tell: Tell) -> Iterator[str]:
    """Wait for the job that runs, if one does; then start one for what has no answer, and wait for it."""
    before = aws_transform.started_jobs(s3, run)
    last = before[-1] if before else ""
    state = jobs.transform(last) if last else None
    if state is not None and not state.has_ended:
        tell(f"Going on with the job {last}, which is {state.status}.")
        _wait(s3, jobs, run, last, how, tell)
        yield last
    left = aws_transform.unanswered(s3, run, how.form)
    if not left:
        tell("Every picture is encoded.")
        return
    name = f"{where.prefix}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    listed = aws_transform.note_job(s3, run, name, left)
    kind = "manifests of up to 1,000 pictures" if how.form == "manifests" else "pictures, one a request"
    tell(f"Starting the job {name} for {len(left):,} {kind} on {how.count} {how.instance}.")
    try:
        jobs.start_transform(
            aws_transform.transform_job(
                run,
                listed,
                name=name,
                model=where.model,
                instance=how.instance,
                count=how.count,
                form=how.form,
            )
        )
    except ClientError as error:
        raise EncodeFailed(f"SageMaker refuses the job: {error.response['Error'].get('Message')}") from error
    state = _wait(s3, jobs, run, name, how, tell)
    yield name
    still = aws_transform.unanswered(s3, run, how.form)
    if not still:
        return
    why = state.reason or "it gave no reason"
    if how.form == "article" and len(still) < len(left):
        # One bad picture fails a job of this form; the rest is good, and the ingest says what is wrong with that one.
        tell(f"{len(still):,} pictures have no answer ({why}); the index is built without the job for them.")
        return
    raise EncodeFailed(
        f"The job {name} ended ({state.status}: {why}) and {len(still):,} of {len(left):,} have no answer; the same "
        "command goes on with those. `looksee aws logs encode` has the container's own words."
    )


def _wait(s3: Any, jobs: Jobs, run: Run, name: str, how: How, tell: Tell) -> State:
    given = set(aws_transform.given(s3, run, name))
    with _bar("Encoding", len(given)) as bar:
        while True:
            state = jobs.transform(name)
            if state is None:
                raise EncodeFailed(f"SageMaker knows no job {name}; start the same command again.")
            bar.is_at(len(given) - len(given.intersection(aws_transform.unanswered(s3, run, how.form))))
            if state.has_ended:
                tell(f"The job {name} is {state.status}.")
                return state
            time.sleep(how.poll_s)


def _report(s3: Any, run: Run) -> BuildReport:
    body = s3.get_object(Bucket=run.bucket, Key=f"{run.prefix}/report.json")["Body"].read()
    return msgspec.json.decode(body, type=BuildReport)


class _Bar:
    def __init__(self, progress: Progress, total: int | None) -> None:
        self._progress, self._task = progress, progress.add_task("", total=total)

    def more(self) -> None:
        self._progress.advance(self._task)

    def is_at(self, done: int) -> None:
        self._progress.update(self._task, completed=done)


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[_Bar]:
    """A bar on stderr, where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        yield _Bar(progress, total)
