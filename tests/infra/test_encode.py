"""`looksee aws encode` against a pretended account whose transform jobs and tasks are really done."""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexing.embedded import EmbeddedGenerations
from tests.infra.abo_slice import Slice, write_slice
from tests.infra.installed import PREFIX, command_env, deploy, looksee
from tests.parts.counting_server import Container, container
from tests.parts.local_aws import LocalAws, local_aws
from tests.parts.sdk import ROOT, sdk_python

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def model() -> Iterator[Container]:
    with container() as made:
        yield made


@pytest.fixture(scope="module")
def aws(model: Container, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    with local_aws(model.address, {f"{PREFIX}-{model.model_id}": model.address}) as account:
        model.readers.append(lambda uri: read_object(account, uri))
        deploy(account, tmp_path_factory.mktemp("deployed"))
        yield account


@pytest.fixture(scope="module")
def abo(aws: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Slice:
    """A slice of ABO, in a folder and in a bucket."""
    made = write_slice(tmp_path_factory.mktemp("abo"))
    upload(aws, made.root, "amazon-berkeley-objects")
    return made


def upload(aws: LocalAws, root: Path, bucket: str) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(Bucket=bucket)
    for path in root.rglob("*"):
        if path.is_file():
            s3.put_object(Bucket=bucket, Key=path.relative_to(root).as_posix(), Body=path.read_bytes())


def read_object(aws: LocalAws, uri: str) -> bytes:
    bucket, key = uri.removeprefix("s3://").split("/", 1)
    try:
        content: bytes = aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    except aws.client("s3").exceptions.NoSuchKey as error:
        raise OSError("not there") from error
    return content


def keys(aws: LocalAws, bucket: str, prefix: str) -> list[str]:
    pages = aws.client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [found["Key"] for page in pages for found in page.get("Contents", [])]


def asked_for(aws: LocalAws, model: Container, catalogue: str) -> list[str]:
    """Every picture in the manifests of a catalogue's run."""
    bucket, prefix = f"{PREFIX}-data-123456789012-us-east-1", f"runs/{model.model_id}/{catalogue}/manifests/"
    lines = (aws.client("s3").get_object(Bucket=bucket, Key=k)["Body"].read() for k in keys(aws, bucket, prefix))
    return [json.loads(line)["key"] for text in lines for line in text.splitlines()]


def live(data: Path, catalogue: str) -> Any:
    return EmbeddedGenerations(data, catalogue).live()


ENCODE = ("aws", "encode", "--prefix", PREFIX, "--poll", "0.2", "--here", "--json")


def test_abo_is_copied_encoded_and_made_live_and_the_second_time_there_is_nothing_to_do(
    aws: LocalAws, model: Container, abo: Slice, tmp_path: Path
) -> None:
    before = model.encoder.pictures
    first = looksee(aws, tmp_path, *ENCODE, "s3://amazon-berkeley-objects", "--catalogue", "abo")
    assert first.code == 0, first.err
    report: Any = first.document
    assert (report["copy"]["rows"], report["copy"]["rejected_rows"]) == (abo.rows, abo.bad_rows)
    assert (report["pictures"], report["copy"]["missing"]) == (len(abo.pictures), abo.missing)
    assert model.encoder.pictures - before == len(abo.pictures) == report["asked"]
    assert report["index"]["indexed"] == abo.products == live(tmp_path, "abo").products
    assert report["index"]["pictures_encoded"] == 0, "all vectors come from the job"
    assert report["index"]["picture_rejects"] == abo.missing

    second = looksee(aws, tmp_path, *ENCODE, "s3://amazon-berkeley-objects", "--catalogue", "abo")
    assert second.code == 0, second.err
    again: Any = second.document
    assert (again["copy"]["copied"], again["asked"], again["jobs"]) == (0, 0, [])
    assert again["index"]["unchanged"] == abo.products
    assert model.encoder.pictures - before == len(abo.pictures)


def test_a_folder_is_encoded_like_a_bucket_and_one_picture_a_request_as_the_article_does_it(
    aws: LocalAws, model: Container, abo: Slice, tmp_path: Path
) -> None:
    before, posted = model.encoder.pictures, len(aws.jobs.posted)
    words = (str(abo.root), "--catalogue", "article", "--limit", "30", "--one-a-request")
    done = looksee(aws, tmp_path, *ENCODE, *words)
    assert done.code == 0, done.err
    report: Any = done.document
    assert len(aws.jobs.posted) - posted == report["pictures"] == model.encoder.pictures - before
    assert report["index"]["pictures_encoded"] == 0
    assert report["index"]["indexed"] + report["copy"]["rejected_rows"] == 30
    held = looksee(aws, tmp_path, "search", "--catalogue", "article", "--json", "lamp")
    assert held.code == 0, held.err


def test_a_job_that_dies_in_the_middle_is_gone_on_with(
    aws: LocalAws, model: Container, abo: Slice, tmp_path: Path
) -> None:
    before = model.encoder.pictures
    aws.jobs.dies_after = 1
    words = (str(abo.root), "--catalogue", "dying", "--limit", "40")
    assert encode_in_tens(aws, tmp_path, *words).wait(300) == 1
    told = said(tmp_path)
    assert "the instance died" in told
    assert "the same command goes on with those" in told
    assert "Traceback" not in told

    assert encode_in_tens(aws, tmp_path, *words).wait(300) == 0, said(tmp_path)
    wanted = asked_for(aws, model, "dying")
    assert len(wanted) == len(set(wanted)) == model.encoder.pictures - before


def encode_in_tens(aws: LocalAws, data: Path, *words: str) -> "subprocess.Popen[bytes]":
    """The command in a process of its own, with manifests of ten pictures; `said` is what it tells."""
    code = (
        "import sys, indexing.aws_run as t, looksee; t.LINES_A_MANIFEST = 10; "
        f"sys.argv = {['looksee', *ENCODE, *words]!r}; looksee.main()"
    )
    with (data / "said.log").open("wb") as log:
        return subprocess.Popen(
            [sdk_python(), "-c", code], cwd=ROOT, env=command_env(aws, data), stdout=subprocess.DEVNULL, stderr=log
        )


def said(data: Path) -> str:
    return (data / "said.log").read_text()


def test_killed_with_9_at_every_stage_and_started_again_nothing_is_encoded_twice_and_nothing_is_missing(
    aws: LocalAws, model: Container, abo: Slice, tmp_path: Path
) -> None:
    before = model.encoder.pictures
    data_bucket, pictures = f"{PREFIX}-data-123456789012-us-east-1", f"{PREFIX}-pictures-123456789012-us-east-1"
    run = f"runs/{model.model_id}/killed"
    stages: list[Callable[[], bool]] = [
        lambda: len(keys(aws, pictures, "catalogues/killed/")) >= 20,
        lambda: len(keys(aws, pictures, "catalogues/killed/")) >= 90,
        lambda: len(keys(aws, data_bucket, f"{run}/manifests/")) >= 3,
        lambda: len(keys(aws, data_bucket, f"{run}/jobs/")) >= 1,
        lambda: len(keys(aws, data_bucket, f"{run}/vectors/")) >= 5,
        lambda: (tmp_path / "embeddings.sqlite").exists(),
    ]
    words = (str(abo.root), "--catalogue", "killed")
    for is_there in stages:
        process = encode_in_tens(aws, tmp_path, *words)
        until = time.monotonic() + 120
        while not is_there():
            assert time.monotonic() < until
            assert process.poll() is None, said(tmp_path)
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    assert encode_in_tens(aws, tmp_path, *words).wait(300) == 0, said(tmp_path)
    wanted = asked_for(aws, model, "killed")
    assert max(Counter(wanted).values()) == 1
    assert len(wanted) == len(abo.pictures) == model.encoder.pictures - before
    assert live(tmp_path, "killed").products == abo.products
