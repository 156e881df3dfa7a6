"""Pictures in S3 in, their vectors in the embedding cache out, by SageMaker batch transforms over manifests.

A run lies under one prefix of the data bucket, one a catalogue and model. Each stage skips what the run has already:

```
RUN/rows.jsonl.gz               the catalogue's rows, pictures in S3 (indexing/aws_rows.py)
RUN/manifests/<digest>.jsonl    1,000 lines {"key": ..., "uri": "s3://..."}: one request each; never rewritten
RUN/jobs/<job name>.json        what a job was given: the manifests (or pictures) that had no answers then
RUN/vectors/<digest>.jsonl.out  the answers, one line each, in that order; a bad picture costs its line
RUN/vectors/<name>.jpg.out      or, in the article's form, one picture's vector
```

A picture is asked for once, whatever is killed: it is in a manifest or it is not, and a job gets only manifests without
answers. The ingest (`looksee aws ingest`) then finds every vector in the cache.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from urllib.parse import urlsplit

import msgspec
import numpy as np

from indexing.cache import EmbeddingCache, Seen
from indexing.fetch import NAMED_BY_CONTENT
from inference import wire

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Form: TypeAlias = Literal["manifests", "article"]
"""One request for 1,000 pictures, or one for each picture as the article does it."""
LINES_A_MANIFEST = 1000
"""At 100 bytes a line far below a request's limit, and minutes of work: what a failure costs at most."""
_REQUEST_TIMEOUT_S = 900


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run keeps what it has; its name says the model, since vectors of two models must not mix."""

    bucket: str
    prefix: str
    """For example `runs/looksee-small-3f2a91/shop`."""

    @classmethod
    def at(cls, uri: str) -> "Run":
        """The run of an address.

        Raises:
            ValueError: not `s3://bucket/prefix`.
        """
        parts = urlsplit(uri)
        if parts.scheme != "s3" or not parts.netloc or not parts.path.strip("/"):
            raise ValueError(f"{uri!r} is no run; it looks like s3://bucket/runs/MODEL/CATALOGUE.")
        return cls(parts.netloc, parts.path.strip("/"))

    @property
    def uri(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"

    @property
    def model_id(self) -> str:
        return self.prefix.split("/")[-2] if "/" in self.prefix else ""

    @property
    def rows(self) -> str:
        return f"{self.prefix}/rows.jsonl.gz"

    @property
    def manifests(self) -> str:
        return f"{self.prefix}/manifests/"

    @property
    def jobs(self) -> str:
        return f"{self.prefix}/jobs/"

    @property
    def vectors(self) -> str:
        return f"{self.prefix}/vectors/"


@dataclass(slots=True)
class Kept:
    """What a run's answers came to."""

    vectors: int = 0
    refused: int = 0


def asked(s3: "S3Client", run: Run) -> Iterator[wire.ManifestLine]:
    """Every line of a run's manifests."""
    decoder = msgspec.json.Decoder(wire.ManifestLine)
    for key in _keys(s3, run.bucket, run.manifests):
        yield from decoder.decode_lines(_read(s3, run.bucket, key))


def ask(s3: "S3Client", run: Run, uris: Iterable[str]) -> int:
    """Write manifests for the pictures that the run has not been asked for.

    Args:
        s3: a client.
        run: where to.
        uris: `s3://bucket/key`, in an order that is the same each time.

    Returns:
        How many pictures are new.
    """
    before = {line.uri for line in asked(s3, run)}
    new = (uri for uri in uris if uri not in before)
    lines = (wire.ManifestLine(key=urlsplit(uri).path.lstrip("/"), uri=uri) for uri in new)
    count = 0
    while some := list(islice(lines, LINES_A_MANIFEST)):
        body = msgspec.json.Encoder().encode_lines(some)
        name = hashlib.sha256(body).hexdigest()[:16]
        s3.put_object(Bucket=run.bucket, Key=f"{run.manifests}{name}.jsonl", Body=body)
        count += len(some)
    return count


def unanswered(s3: "S3Client", run: Run, form: Form = "manifests") -> list[str]:
    """The addresses of what has no answer yet: manifests, or in the article's form pictures."""
    # SageMaker keeps the input's folders in the output's names, or does not, by how it was told of it; names suffice.
    answered = {PurePosixPath(key).name for key in _keys(s3, run.bucket, run.vectors)}
    if form == "article":
        wanted = [line.uri for line in asked(s3, run)]
    else:
        wanted = [f"s3://{run.bucket}/{key}" for key in _keys(s3, run.bucket, run.manifests)]
    return [uri for uri in wanted if f"{PurePosixPath(uri).name}.out" not in answered]


def started_jobs(s3: "S3Client", run: Run) -> list[str]:
    """The names of a run's jobs, oldest first."""
    return sorted(PurePosixPath(key).stem for key in _keys(s3, run.bucket, run.jobs))


def note_job(s3: "S3Client", run: Run, name: str, uris: Sequence[str]) -> str:
    """Write what a job is given, before it is started: the name is then known, whatever is killed.

    Args:
        s3: a client.
        run: whose job.
        name: of the job.
        uris: of what it encodes, all in one bucket.

    Returns:
        The address of the list, for `transform_job`.
    """
    bucket = urlsplit(uris[0]).netloc
    listed = [{"prefix": f"s3://{bucket}/"}, *(urlsplit(uri).path.lstrip("/") for uri in uris)]
    s3.put_object(Bucket=run.bucket, Key=f"{run.jobs}{name}.json", Body=msgspec.json.encode(listed))
    return f"s3://{run.bucket}/{run.jobs}{name}.json"


def given(s3: "S3Client", run: Run, name: str) -> list[str]:
    """The addresses that `note_job` wrote for a job."""
    first, *keys = msgspec.json.decode(_read(s3, run.bucket, f"{run.jobs}{name}.json"))
    return [f"{first['prefix']}{key}" for key in keys]


def transform_job(
    run: Run, listed: str, *, name: str, model: str, instance: str, count: int = 1, form: Form = "manifests"
) -> dict[str, Any]:
    """What `CreateTransformJob` is asked for.

    Args:
        run: whose vectors are made.
        listed: the address that `note_job` gave.
        name: of the job.
        model: SageMaker's name of the model behind our server.
        instance: its type.
        count: of instances, among which SageMaker shares out the list.
        form: 1,000 pictures a request, or one.
    """
    lines = form == "manifests"
    how: dict[str, Any] = {"BatchStrategy": "MultiRecord"} if lines else {}
    return {
        "TransformJobName": name,
        "ModelName": model,
        "MaxConcurrentTransforms": 1 if lines else 8,
        "MaxPayloadInMB": 4,
        **how,
        "ModelClientConfig": {"InvocationsTimeoutInSeconds": _REQUEST_TIMEOUT_S, "InvocationsMaxRetries": 2},
        "TransformInput": {
            "DataSource": {"S3DataSource": {"S3DataType": "ManifestFile", "S3Uri": listed}},
            "ContentType": wire.LINES if lines else wire.IMAGE,
            "SplitType": "Line" if lines else "None",
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
    """What became of each picture of a run, as far as it has answers.

    A result of the article's form has no sha256: that form tells nothing but the vector.
    """
    decoder = msgspec.json.Decoder(wire.ManifestResult)
    keys_by_name: dict[str, str] = {}
    for key in _keys(s3, run.bucket, run.vectors):
        name = PurePosixPath(key).name.removesuffix(".out")
        if name.endswith(".jsonl"):
            yield from decoder.decode_lines(_read(s3, run.bucket, key))
            continue
        keys_by_name = keys_by_name or {PurePosixPath(line.key).name: line.key for line in asked(s3, run)}
        if name in keys_by_name:
            (row,) = wire.unit_rows(msgspec.json.decode(_read(s3, run.bucket, key), type=list[list[float]]))
            yield wire.ManifestResult(key=keys_by_name[name], embedding=wire.packed(row))


def keep(
    results: Iterable[wire.ManifestResult], cache: EmbeddingCache, *, dim: int, picture_bucket: str, read: Any = None
) -> Kept:
    """Put a run's vectors into the cache of the model that made them, and note which picture each is of.

    Args:
        results: of `answers`.
        cache: of the model.
        dim: the model's.
        picture_bucket: that the results' keys are in.
        read: the bytes behind an `s3://` address, for results that have no sha256; raises OSError.

    Raises:
        ValueError: a vector has another length than the model's.
        CacheBusy: the cache cannot be written.
    """
    kept, source = Kept(), iter(results)
    while some := list(islice(source, LINES_A_MANIFEST)):
        told = [(f"s3://{picture_bucket}/{result.key}", result) for result in some if result.embedding]
        sums = {uri: result.sha256 or hashlib.sha256(read(uri)).hexdigest() for uri, result in told}
        vectors = {sums[uri]: wire.unpacked(result.embedding, dim) for uri, result in told}
        good = {sha256: vector for sha256, vector in vectors.items() if np.isfinite(vector).all() and vector.any()}
        seen = {uri: Seen(NAMED_BY_CONTENT, sha256) for uri, sha256 in sums.items() if sha256 in good}
        cache.keep(pictures=good, seen=seen)
        kept.vectors += len(seen)
        kept.refused += len(some) - len(seen)
    return kept


def _read(s3: "S3Client", bucket: str, key: str) -> bytes:
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def _keys(s3: "S3Client", bucket: str, prefix: str) -> Iterator[str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return (found["Key"] for page in pages for found in page.get("Contents", []))
