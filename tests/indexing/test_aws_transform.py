"""A catalogue's pictures in S3 become vectors in the cache, through manifests and our server, in resumable stages."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import numpy as np
import pytest
from botocore.stub import Stubber

from indexing import aws_transform
from indexing.aws_transform import Run
from indexing.cache import EmbeddingCache
from inference import s3 as s3_reading
from inference.decoding import PictureDecoder
from inference.images import prepare
from inference.server import build_server
from inference.wire import ManifestLine
from tests.parts.batch_transform import run_transform
from tests.parts.moto_server import REGION, clients, moto_server
from tests.parts.served import served
from tests.toys import COLOURS, PaletteEncoder, product_picture

RUN = Run("looksee-data", "runs/palette-000032/first")


def test_a_job_is_one_that_sagemaker_takes() -> None:
    sagemaker = boto3.client("sagemaker", region_name=REGION, aws_access_key_id="x", aws_secret_access_key="x")
    job = aws_transform.transform_job(RUN, name="looksee-1", model="looksee-palette")
    with Stubber(sagemaker) as stub:  # holds the request to the service's own model
        arn = f"arn:aws:sagemaker:{REGION}:123456789012:transform-job/looksee-1"
        stub.add_response("create_transform_job", {"TransformJobArn": arn}, job)
        sagemaker.create_transform_job(**job)
    assert job["MaxConcurrentTransforms"] * job["MaxPayloadInMB"] <= 100


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with moto_server() as address:
        for name, value in {
            "AWS_ENDPOINT_URL": address,
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": REGION,
        }.items():
            monkeypatch.setenv(name, value)
        client = clients(address)("s3")
        client.create_bucket(Bucket=RUN.bucket)
        yield client


@pytest.mark.live
def test_every_picture_is_encoded_once_though_the_job_died_in_the_middle(
    s3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aws_transform, "LINES_A_MANIFEST", 10)
    files = {f"pictures/{colour}.png": product_picture(colour) for colour in COLOURS}
    files["pictures/broken.png"] = b"no picture"
    for key, data in files.items():
        s3.put_object(Bucket=RUN.bucket, Key=key, Body=data)
    lines = [ManifestLine(key=key, uri=f"s3://{RUN.bucket}/{key}") for key in [*files, "pictures/gone.png"]]
    assert aws_transform.write_manifests(s3, RUN, lines) == 3

    job = aws_transform.transform_job(RUN, name="looksee-1", model="looksee-palette")
    encoder = PaletteEncoder()
    with PictureDecoder() as decoder:
        app = build_server(encoder, decoder, serves="BOTH", read=s3_reading.reader())
        with served(app) as server:
            assert run_transform(s3, job, server, most=2) == 2
            assert aws_transform.unanswered(s3, RUN) == [f"{RUN.manifests}000002.jsonl"]
            assert aws_transform.write_manifests(s3, RUN, lines) == 3  # the same again: nothing is written
            run_transform(s3, job, server)
    assert aws_transform.unanswered(s3, RUN) == []

    with EmbeddingCache(tmp_path / "cache.sqlite", encoder.model_id, encoder.dim) as cache:
        kept = aws_transform.keep(aws_transform.answers(s3, RUN), cache, dim=encoder.dim)
        assert (kept.vectors, kept.refused) == (len(COLOURS), 2)
        pictures = {hashlib.sha256(data).hexdigest(): data for key, data in files.items() if "broken" not in key}
        found = cache.pictures(list(pictures))
        for sha256, data in pictures.items():
            expected = encoder.encode_pictures([prepare(data, encoder.picture_px)])[0]
            np.testing.assert_allclose(found[sha256], expected, atol=2e-3)  # the cache keeps half precision
