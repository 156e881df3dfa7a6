"""Pictures in S3 in, their vectors in the embedding cache out, by a SageMaker batch transform over manifests.

A run lies under one prefix of the data bucket. Each stage skips what the run has already:

```
RUN/manifests/000000.jsonl      1,000 lines {"key": ..., "uri": "s3://..."}: one request each
RUN/vectors/000000.jsonl.out    the answers, one line each, in that order; a bad picture costs its line
```

`looksee index` then finds every vector in the cache, by the picture's sha256, and encodes nothing twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from indexing.cache import EmbeddingCache
from inference import wire

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

LINES_A_MANIFEST = 1000
"""At 100 bytes a line far below a request's limit, and minutes of work: what a failure costs at most."""
_REQUEST_TIMEOUT_S = 900


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run keeps what it has; its name says the model, since vectors of two models must not mix."""

    bucket: str
    prefix: str
    """For example `runs/looksee-small-3f2a91/2026-11-24`."""

    @property
    def manifests(self) -> str:
        return f"{self.prefix}/manifests/"

    @property
    def vectors(self) -> str:
        return f"{self.prefix}/vectors/"


@dataclass(slots=True)
class Kept:
    """What a run's answers came to."""

    vectors: int = 0
    refused: int = 0


def write_manifests(s3: "S3Client", run: Run, lines: Iterable[wire.ManifestLine]) -> int:
    """Write a run's manifests; one that is there is left as it is.

    Returns:
        How many the run has.
    """
    there = set(_keys(s3, run.bucket, run.manifests))
    source, number = iter(lines), 0
    while some := list(islice(source, LINES_A_MANIFEST)):
        key = f"{run.manifests}{number:06d}.jsonl"
        if key not in there:
            s3.put_object(Bucket=run.bucket, Key=key, Body=msgspec.json.Encoder().encode_lines(some))
        number += 1
    return number


def unanswered(s3: "S3Client", run: Run) -> list[str]:
    """The keys of the manifests that have no answers yet."""
    answered = set(_keys(s3, run.bucket, run.vectors))
    return [key for key in _keys(s3, run.bucket, run.manifests) if _answers_of(run, key) not in answered]


def transform_job(run: Run, *, name: str, model: str, instance: str = "ml.c5.xlarge", count: int = 1) -> dict[str, Any]:
    """What `create_transform_job` is asked for: every manifest is one request.

    Args:
        run: whose manifests are encoded; a job answers all of them, also those that have answers.
        name: of the job.
        model: SageMaker's name of the model behind our server.
        instance: its type.
        count: of instances.
    """
    return {
        "TransformJobName": name,
        "ModelName": model,
        "MaxConcurrentTransforms": 1,
        "MaxPayloadInMB": 4,
        "BatchStrategy": "MultiRecord",
        "ModelClientConfig": {"InvocationsTimeoutInSeconds": _REQUEST_TIMEOUT_S, "InvocationsMaxRetries": 2},
        "TransformInput": {
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{run.bucket}/{run.manifests}"},
            },
            "ContentType": wire.LINES,
            "SplitType": "Line",
        },
        "TransformOutput": {
            "S3OutputPath": f"s3://{run.bucket}/{run.vectors}",
            "Accept": wire.JSON,
            # A server's answer ends each line itself.
            "AssembleWith": "None",
        },
        "TransformResources": {"InstanceType": instance, "InstanceCount": count},
    }


def answers(s3: "S3Client", run: Run) -> Iterator[wire.ManifestResult]:
    """What became of each picture of a run, as far as it has answers."""
    decoder = msgspec.json.Decoder(wire.ManifestResult)
    for key in _keys(s3, run.bucket, run.vectors):
        yield from decoder.decode_lines(s3.get_object(Bucket=run.bucket, Key=key)["Body"].read())


def keep(results: Iterable[wire.ManifestResult], cache: EmbeddingCache, *, dim: int) -> Kept:
    """Put a run's vectors into the cache of the model that made them.

    Raises:
        ValueError: a vector has another length than the model's.
        CacheBusy: the cache cannot be written.
    """
    kept, source = Kept(), iter(results)
    while some := list(islice(source, LINES_A_MANIFEST)):
        vectors = {result.sha256: wire.unpacked(result.embedding, dim) for result in some if result.embedding}
        cache.keep(pictures=vectors)
        kept.vectors += sum(bool(result.embedding) for result in some)
        kept.refused += sum(bool(result.reason) for result in some)
    return kept


def _answers_of(run: Run, manifest: str) -> str:
    return f"{run.vectors}{manifest.removeprefix(run.manifests)}.out"


def _keys(s3: "S3Client", bucket: str, prefix: str) -> Iterator[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return (found["Key"] for page in pages for found in page.get("Contents", []))
