"""What a run asks SageMaker for, and what it makes of the answers; the whole way is in tests/infra/test_encode.py."""

import hashlib
from pathlib import Path

import boto3
import msgspec
import numpy as np
import pytest
from botocore.stub import Stubber

from indexing import aws_run, aws_transform
from indexing.aws_copy import _named
from indexing.aws_run import Form, Run
from indexing.cache import EmbeddingCache
from indexing.fetch import NAMED_BY_CONTENT
from inference import wire
from inference.wire import ManifestResult

RUN = Run.at("s3://shop-data/runs/palette-000032/shop")


@pytest.mark.parametrize("form", ["manifests", "article"])
def test_a_job_is_one_that_sagemaker_takes(form: Form) -> None:
    sagemaker = boto3.client("sagemaker", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    listed = f"{RUN.uri}/jobs/shop-1.json"
    job = aws_transform.transform_job(
        RUN, listed, name="shop-1", model="shop-model", instance="ml.c5.xlarge", form=form
    )
    with Stubber(sagemaker) as stub:  # holds the request to the service's own model
        arn = "arn:aws:sagemaker:us-east-1:123456789012:transform-job/shop-1"
        stub.add_response("create_transform_job", {"TransformJobArn": arn}, job)
        sagemaker.create_transform_job(**job)
    assert job["MaxConcurrentTransforms"] * job["MaxPayloadInMB"] <= 100


def test_a_full_manifest_is_one_request() -> None:
    line = wire.ManifestLine(key="k" * 120, uri="s3://shop-pictures-123456789012-us-east-1/" + "k" * 120)
    body = msgspec.json.Encoder().encode_lines([line] * aws_run.LINES_A_MANIFEST)
    assert len(body) < wire.MAX_BODY_BYTES


def test_an_address_that_is_no_run_is_refused_in_one_sentence() -> None:
    assert (RUN.model_id, RUN.bucket) == ("palette-000032", "shop-data")
    for wrong in ("https://x/y", "s3://bucket", "runs/a/b"):
        with pytest.raises(ValueError, match="is no run; it looks like s3://"):
            Run.at(wrong)


def test_answers_become_vectors_of_pictures_that_need_not_be_looked_at(tmp_path: Path) -> None:
    vector = np.array([3.0, 4.0], dtype=np.float32)
    results = [
        ManifestResult(key="a.jpg", embedding=wire.packed(vector), sha256="11" * 32),
        ManifestResult(key="b.jpg", reason="This file is not a picture."),
        ManifestResult(key="c.jpg", embedding=wire.packed(vector)),  # the article's form tells no sha256
        ManifestResult(key="d.jpg", embedding=wire.packed(np.zeros(2, dtype=np.float32)), sha256="22" * 32),
    ]
    with EmbeddingCache(tmp_path / "cache.sqlite", "m-1", 2) as cache:
        kept = aws_transform.keep(results, cache, dim=2, picture_bucket="shop", read=lambda uri: uri.encode())
        assert (kept.vectors, kept.refused) == (2, 2)
        seen = cache.seen([f"s3://shop/{name}.jpg" for name in "abcd"])
        sha256 = hashlib.sha256(b"s3://shop/c.jpg").hexdigest()
        assert {uri[-5:]: (s.etag, s.sha256) for uri, s in seen.items()} == {
            "a.jpg": (NAMED_BY_CONTENT, "11" * 32),
            "c.jpg": (NAMED_BY_CONTENT, sha256),
        }
        np.testing.assert_allclose(cache.pictures([sha256])[sha256], [0.6, 0.8], atol=1e-3)


def test_words_that_instances_encoded_are_found_by_a_build(tmp_path: Path) -> None:
    told = [
        ManifestResult(key="this is a red mug", embedding=wire.packed(np.array([3.0, 4.0], dtype=np.float32))),
        ManifestResult(key="this is a hole", embedding=wire.packed(np.zeros(2, dtype=np.float32))),
    ]
    with EmbeddingCache(tmp_path / "cache.sqlite", "m-1", 2) as cache:
        assert aws_transform.keep_words(told, cache, dim=2) == 1
        found = cache.texts(["this is a red mug", "this is a hole"])
        assert list(found) == ["this is a red mug"]
        np.testing.assert_allclose(found["this is a red mug"], [0.6, 0.8], atol=1e-3)
        with pytest.raises(ValueError, match="an embedding of 2 values where 3 were expected"):
            aws_transform.keep_words(told, cache, dim=3)


def test_a_manifest_of_words_is_told_from_one_of_pictures() -> None:
    assert aws_run.is_of_words(RUN, f"{RUN.uri}/words/ab.jsonl")
    assert not aws_run.is_of_words(RUN, f"{RUN.uri}/manifests/ab.jsonl")


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("8c/8ccb5859.jpg", "8c/8ccb5859.0123.jpg"),
        ("a b/ü#?.JPG", "a-b/---.0123.jpg"),
        ("/abs/../x.png", "abs/x.0123.png"),
        ("no-suffix", "no-suffix.0123"),
    ],
)
def test_copies_have_plain_names(path: str, key: str) -> None:
    assert _named(path, "0123") == key
