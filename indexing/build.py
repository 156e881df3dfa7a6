"""A source and an encoder in, a new live generation out: filled, counted, calibrated, verified, promoted.

A build that is killed is resumed by the same command: rows that were written are known to the generation, pictures that
were encoded to the cache.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from indexing.cache import CacheBusy
from indexing.calibrate import calibrate as measured_on_itself
from indexing.generation import Calibration, Generation, Generations, GenerationWriter
from indexing.hints import from_hints
from indexing.pipeline import Pipeline
from indexing.rejects import RejectsFile
from indexing.settings import IndexSettings
from indexing.sources.source import Source
from indexing.store import StoreUnavailable, VectorStore
from inference.decoding import DecoderUnavailable
from inference.encoder import Encoder, EncoderUnavailable, Pixels

Calibrate: TypeAlias = Callable[[VectorStore, Encoder, Sequence[tuple[str, Pixels]]], Calibration]
"""A finished generation, its encoder and a sample of (product id, its picture) in, the generation's weights out."""
_DELETE_ROWS = 1000


class BuildFailed(Exception):
    """A build did not lead to a live generation; the message says why, and the one before is still live."""


class NothingIndexed(BuildFailed):
    """A build found no row that could be indexed."""


class BuildInterrupted(Exception):
    """A build was stopped by a person; the message says what became of it."""

    def __init__(self) -> None:
        super().__init__(
            "Stopped. What was live before still is, unharmed; the same command goes on where this one ended."
        )


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did; always `read == indexed + unchanged + rejected`."""

    generation: str
    model_id: str
    read: int
    """Rows of the source."""
    indexed: int
    """New or changed rows that were written."""
    unchanged: int
    """Rows that were there already, from the generation before or from a run that was interrupted."""
    rejected: int
    deleted: int
    """Products that were in the index and are not in the source any more, or are rejected now."""
    pictures_encoded: int
    picture_rejects: int
    """Pictures refused beside rows that were kept."""
    words_only: int = 0
    """Rows that name pictures of which not one could be read: they are found by their words only."""
    rejects_file: str
    example: str = ""
    """A question that finds one of the products; empty where none says anything in words."""
    seconds: float


def build(
    source: Source,
    generations: Generations,
    encoder: Encoder,
    *,
    settings: IndexSettings,
    limit: int | None = None,
    calibrate: Calibrate | None = measured_on_itself,
    show_progress: bool | None = None,
) -> BuildReport:
    """Index a source and make the result live.

    Args:
        source: rows and, where pictures are files, their folder.
        generations: the catalogue's indexes. An unfinished one of this source and model is gone on with; else the
            live one of this model is cloned and updated; else a new one is begun. Where nothing has changed, the live
            one stays.
        encoder: makes the vectors.
        settings: folders, limits, batch sizes.
        limit: read this many rows at most; the generation then holds these only.
        calibrate: measures the ranking's weights on the finished generation; None leaves the defaults.
        show_progress: True or False; None shows a bar where stderr is a terminal.

    Raises:
        BadSource: the source cannot be used, or breaks off; what is live stays.
        BuildRefused: another build of this catalogue is running.
        NothingIndexed: every row was rejected; what is live stays.
        BuildFailed: the result is not sound, or encoder or store stayed away; what is live stays.
        BuildInterrupted: Ctrl-C.
    """
    started = time.monotonic()
    before = {generation.name for generation in generations.all()}
    live = generations.live()
    writer = generations.begin(
        model_id=encoder.model_id,
        dim=encoder.dim,
        prompt=encoder.prompt,
        source=source.describe().location,
        pictures_folder=str(source.folder.resolve()) if source.folder else "",
        update=True,
    )
    name = writer.generation.name
    is_news = live is None or name in before or not _is_same_origin(live, writer.generation)
    try:
        with (
            RejectsFile(settings.rejects_dir / f"{name}.jsonl") as rejects,
            Pipeline(source, writer, encoder, settings, rejects, limit=limit, show_progress=show_progress) as pipeline,
        ):
            pipeline.run()
            gone = sorted(set(pipeline.known) - pipeline.kept)
            is_news = is_news or pipeline.indexed > 0 or bool(gone)
            if is_news and pipeline.kept:
                hints = getattr(encoder, "hints", {})  # of models in this process; it is not of the port
                _finish(writer, gone, pipeline, rejects.rows, hints)
                if calibrate is not None:
                    writer.finish(_calibrated(generations, name, encoder, calibrate, pipeline))
    except KeyboardInterrupt as interrupt:
        raise BuildInterrupted from interrupt
    except (StoreUnavailable, EncoderUnavailable, DecoderUnavailable, CacheBusy) as error:
        raise BuildFailed(f"{error} The same command goes on where this one ended.") from error
    finally:
        writer.close()
    if not pipeline.kept:
        generations.prune(keep=len(before))  # what was begun is of no use
        stays = " What was live before still is." if live else ""
        raise NothingIndexed(
            f"Nothing was indexed: all {pipeline.read:,} rows were rejected; reasons are in {rejects.path}.{stays}"
        )
    if is_news:
        _promote(generations, name)
    elif live is not None:
        name = live.name
        generations.prune(keep=len(before))  # the clone that turned out to be no other
    kept = rejects.path.replace(settings.rejects_dir / f"{name}.jsonl")
    return BuildReport(
        generation=name,
        model_id=encoder.model_id,
        read=pipeline.read,
        indexed=pipeline.indexed,
        unchanged=pipeline.unchanged,
        rejected=rejects.rows,
        deleted=len(gone),
        pictures_encoded=pipeline.encoded,
        picture_rejects=rejects.pictures,
        words_only=pipeline.words_only,
        rejects_file=str(kept),
        example=pipeline.example,
        seconds=round(time.monotonic() - started, 3),
    )


def _is_same_origin(live: Generation, begun: Generation) -> bool:
    """True where an update that changes no row would make a generation like the live one."""
    return (live.model_id, live.dim, live.prompt, live.source) == (
        begun.model_id,
        begun.dim,
        begun.prompt,
        begun.source,
    )


def _finish(
    writer: GenerationWriter, gone: Sequence[str], pipeline: Pipeline, rejected: int, hints: Mapping[str, float]
) -> None:
    """Remove what the source has no more, or has only as rejects now; make the generation complete; count."""
    for start in range(0, len(gone), _DELETE_ROWS):
        writer.delete(gone[start : start + _DELETE_ROWS])
    _check_counts(writer.finish(from_hints(hints)), pipeline, rejected)


def _calibrated(
    generations: Generations, name: str, encoder: Encoder, calibrate: Calibrate, pipeline: Pipeline
) -> Calibration:
    store = generations.open(name)
    try:
        return calibrate(store, encoder, list(pipeline.sample()))
    finally:
        store.close()


def _check_counts(finished: Generation, pipeline: Pipeline, rejected: int) -> None:
    """The promise that no row is lost, held to at the end of every build."""
    accounted = pipeline.indexed + pipeline.unchanged + rejected
    if pipeline.read != accounted:
        raise BuildFailed(
            f"{pipeline.read:,} rows were read and {accounted:,} accounted for; generation {finished.name} stays "
            "unused. Please report this."
        )
    expected = pipeline.indexed + pipeline.unchanged
    if finished.products != expected:
        raise BuildFailed(
            f"Generation {finished.name} holds {finished.products:,} products instead of {expected:,}; it stays "
            "unused. Please report this."
        )


def _promote(generations: Generations, name: str) -> None:
    if problems := generations.verify(name):
        raise BuildFailed(f"Generation {name} is not sound and stays unused: {' '.join(problems)}")
    generations.promote(name)
