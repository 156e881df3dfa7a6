"""A run of `looksee aws encode` in, its catalogue's live index out: where the store can be reached, as a Fargate task.

The vectors come from the run; whatever it has none for (a link, a picture that was away, the words where one instance
encoded) is fetched and encoded here. A run may be ingested again: rows that are in the index and have not changed are
left alone.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from indexing import aws_run, aws_transform
from indexing.aws_rows import RunRows
from indexing.aws_run import Run
from indexing.aws_transform import Kept
from indexing.build import BuildReport, build
from indexing.cache import EmbeddingCache
from indexing.generation import Generations
from indexing.settings import IndexSettings
from inference.encoder import Encoder
from inference.s3 import reader


def ingest(
    run: Run,
    s3: Any,
    generations: Generations,
    encoder: Encoder,
    *,
    settings: IndexSettings,
    tell: Callable[[str], None],
) -> BuildReport:
    """Index a run's rows with its vectors, verify the result, make it live, and leave the report in the run.

    Args:
        run: what was encoded, by the encoder's model.
        s3: a client.
        generations: the catalogue's indexes.
        encoder: of the run's model.
        settings: of the catalogue; `fetch.picture_bucket` is where the run's pictures are.
        tell: given a line at each stage.

    Raises:
        BadSource, BuildRefused, BuildFailed, BuildInterrupted, CacheBusy: see `build`.
    """
    with tempfile.TemporaryDirectory(prefix="looksee-run-") as folder:
        path = Path(folder) / "rows.jsonl.gz"
        s3.download_file(run.bucket, run.rows, str(path))
        kept, words = _keep(run, s3, encoder, settings)
        tell(
            f"{kept.vectors:,} vectors of pictures and {words:,} of words in {run.uri}; "
            f"{kept.refused:,} pictures were refused there."
        )
        report = build(RunRows(path), generations, encoder, settings=settings)
    rejects = f"{run.prefix}/rejects.jsonl"
    s3.upload_file(report.rejects_file, run.bucket, rejects)
    report = msgspec.structs.replace(report, rejects_file=f"s3://{run.bucket}/{rejects}")
    s3.put_object(Bucket=run.bucket, Key=f"{run.prefix}/report.json", Body=msgspec.json.encode(report))
    return report


def _keep(run: Run, s3: Any, encoder: Encoder, settings: IndexSettings) -> tuple[Kept, int]:
    with EmbeddingCache(settings.cache_file, encoder.model_id, encoder.dim) as cache:
        kept = aws_transform.keep(
            aws_run.answers(s3, run),
            cache,
            dim=encoder.dim,
            picture_bucket=settings.fetch.picture_bucket,
            read=reader(most_bytes=settings.fetch.max_bytes),
        )
        return kept, aws_transform.keep_words(aws_run.words_answers(s3, run), cache, dim=encoder.dim)
