"""A run's list in, a SageMaker batch transform's request out; and a run's answers in, embeddings in the cache out."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from indexing.aws_run import LINES_A_MANIFEST, Form, Run
from indexing.cache import EmbeddingCache, Seen
from indexing.fetch import NAMED_BY_CONTENT
from inference import wire

_REQUEST_TIMEOUT_S = 900


@dataclass(slots=True)
class Kept:
    """What a run's answers came to."""

    vectors: int = 0
    refused: int = 0


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


def keep_words(results: Iterable[wire.ManifestResult], cache: EmbeddingCache, *, dim: int) -> int:
    """The same for words; how many there are.

    Args:
        results: of `words_answers`.
        cache: of the model.
        dim: the model's.

    Raises:
        ValueError: a vector has another length than the model's.
        CacheBusy: the cache cannot be written.
    """
    count, source = 0, iter(results)
    while some := list(islice(source, LINES_A_MANIFEST)):
        vectors = {result.key: wire.unpacked(result.embedding, dim) for result in some}
        good = {text: vector for text, vector in vectors.items() if np.isfinite(vector).all() and vector.any()}
        cache.keep(texts=good)
        count += len(good)
    return count
