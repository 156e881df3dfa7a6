"""`looksee aws encode --instances N`: what SageMaker is asked for, and the work of instances, done in processes."""

import io
import json
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import boto3
import numpy as np
import pytest
from botocore.stub import Stubber

from indexing.aws_run import Run
from indexing.embedded import EmbeddedGenerations
from indexing.opensearch import OpenSearchGenerations
from indexing.rows import words_of
from indexing.self_check import KINDS
from indexing.sources import Listed, open_source, read_rows
from inference.model import find_model
from infra.jobs import Served
from infra.processing import processing_job
from infra.processing_entry import WrongModel, encoder_of, main, share
from tests.indexing.opensearch_server import local_settings
from tests.infra.abo_slice import Slice, write_slice
from tests.infra.installed import PREFIX, deploy, looksee
from tests.infra.test_encode import asked_for, encode_in_tens, keys, read_object, said
from tests.parts.counting_server import Container, container
from tests.parts.local_aws import LocalAws, local_aws
from tests.parts.local_processing import LocalProcessing, with_processing

ROOT = Path(__file__).parents[2]
RUN = Run.at("s3://shop-data/runs/looksee-small-123456/default")
SERVED = Served(
    image="123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/encoder:v1", role="arn:aws:iam::123456789012:role/encoder"
)
DATA = f"{PREFIX}-data-123456789012-us-east-1"


@pytest.mark.parametrize("archive", ["", "s3://shop-data/models/m-123456/model.tar.gz"])
def test_a_job_is_one_that_sagemaker_takes(archive: str) -> None:
    sagemaker = boto3.client("sagemaker", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    served = Served(image=SERVED.image, role=SERVED.role, archive=archive)
    job = processing_job(RUN, served, name="shop-1", manifests=10_000, instance="ml.c5.xlarge", count=100)
    with Stubber(sagemaker) as stub:  # holds the request to the service's own model
        arn = "arn:aws:sagemaker:us-east-1:123456789012:processing-job/shop-1"
        stub.add_response("create_processing_job", {"ProcessingJobArn": arn}, job)
        sagemaker.create_processing_job(**job)
    words = job["AppSpecification"]["ContainerArguments"]
    assert words == ["/opt/ml", RUN.uri, "shop-1", *([archive] if archive else [])]
    assert job["StoppingCondition"]["MaxRuntimeInSeconds"] <= 432_000


def test_no_more_instances_are_paid_for_than_there_are_manifests() -> None:
    job = processing_job(RUN, SERVED, name="shop-1", manifests=2, instance="ml.c5.xlarge", count=8)
    assert job["ProcessingResources"]["ClusterConfig"]["InstanceCount"] == 2


@pytest.mark.parametrize("count", [1, 3, 12])
def test_instances_share_manifests_so_that_each_has_exactly_one_taker(count: int) -> None:
    manifests = [f"m{number}" for number in range(100)]
    hosts = [f"algo-{number + 1}" for number in range(count)]
    shares = [share(manifests, host, hosts[::-1]) for host in hosts]
    assert sorted(each for mine in shares for each in mine) == sorted(manifests)
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


def test_a_model_that_is_not_in_the_image_is_fetched_and_another_than_the_runs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, held = find_model(), io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        for path in model.folder.iterdir():
            tar.add(path, arcname=path.name)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("infra.processing_entry.reader", lambda: {"s3://shop/m.tar.gz": held.getvalue()}.__getitem__)
    own = Run("shop", f"runs/{model.model_id}/default")
    fetched = encoder_of(own, "s3://shop/m.tar.gz")
    assert fetched.model_id == model.model_id
    assert fetched.model.folder.is_relative_to(tmp_path)
    with pytest.raises(WrongModel, match=f"has the model {model.model_id}, and the run is of looksee-small-123456"):
        encoder_of(RUN, "s3://shop/m.tar.gz")


def test_an_instance_that_fails_leaves_one_sentence_for_the_jobs_record(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    assert main(tmp_path, "not-a-run", "shop-1") == 1
    said = (tmp_path / "output" / "message").read_text()
    assert said == "'not-a-run' is no run; it looks like s3://bucket/runs/MODEL/CATALOGUE.\n"


def test_a_message_that_cannot_be_left_hides_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "output").write_text("a file where a folder should be")
    assert main(tmp_path, "not-a-run", "shop-1") == 1
    assert "is no run" in capsys.readouterr().err


def test_the_entry_imports_nothing_that_the_encoders_image_lacks() -> None:
    code = "import json, sys, infra.processing_entry; print(json.dumps([n.split('.')[0] for n in sys.modules]))"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines = (ROOT / "requirements" / "encoder.txt").read_text().splitlines()
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines if "==" in line}
    distributions = metadata.packages_distributions()
    owners = {owner.lower().replace("_", "-") for name in json.loads(told) for owner in distributions.get(name, [])}
    assert {"boto3", "msgspec", "numpy"} <= owners
    # botocore takes certifi where it is there, and its own list where not.
    assert owners - pinned - {"looksee", "setuptools", "certifi"} == set()


@pytest.fixture(scope="module")
def model() -> Iterator[Container]:
    with container() as made:
        yield made


@pytest.fixture(scope="module")
def account(model: Container, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LocalAws, LocalProcessing]]:
    with local_aws(model.address, {f"{PREFIX}-{model.model_id}": model.address}) as made:
        model.readers.append(lambda uri: read_object(made, uri))
        deploy(made, tmp_path_factory.mktemp("deployed"))
        with with_processing(made) as both:
            yield both


@pytest.fixture(scope="module")
def aws(account: tuple[LocalAws, LocalProcessing]) -> LocalAws:
    return account[0]


@pytest.fixture
def processing(account: tuple[LocalAws, LocalProcessing]) -> LocalProcessing:
    return account[1]


@pytest.fixture(scope="module")
def abo(tmp_path_factory: pytest.TempPathFactory) -> Slice:
    """With one file that is no picture."""
    made = write_slice(tmp_path_factory.mktemp("abo"))
    broken = sorted(made.pictures)[5]
    (made.root / "images" / "small" / broken).write_bytes(b"no picture")
    return made


def listed(abo: Slice) -> list[Listed]:
    return [row for row in read_rows(open_source(abo.root)) if isinstance(row, Listed)]


def vectors(data: Path, catalogue: str, abo: Slice) -> dict[tuple[str, str], Any]:
    """Product and kind -> its vectors, (n, dim)."""
    store = EmbeddedGenerations(data, catalogue).open()
    try:
        ids = [row.product.id for row in listed(abo)]
        found = {kind: store.vectors(ids, kind=kind) for kind in KINDS}
        return {(product_id, kind): rows for kind, by_id in found.items() for product_id, rows in by_id.items()}
    finally:
        store.close()


def rejects(data: Path, catalogue: str) -> list[tuple[str, str]]:
    """Product and reason, of what was not indexed."""
    (file,) = (data / "catalogues" / catalogue / "rejects").glob("*.jsonl")
    return sorted((each["product_id"], each["reason"]) for each in map(json.loads, file.read_text().splitlines()))


@pytest.mark.live
@pytest.mark.timeout(900)
def test_three_instances_make_the_generation_that_a_transform_makes(
    aws: LocalAws, processing: LocalProcessing, model: Container, abo: Slice, tmp_path: Path
) -> None:
    one, three = tmp_path / "one", tmp_path / "three"
    for data, instances in ((one, "1"), (three, "3")):
        data.mkdir()
        words = (str(abo.root), "--catalogue", f"by-{instances}", "--instances", instances)
        assert encode_in_tens(aws, data, *words).wait(400) == 0, said(data)

    (request,) = processing.requests
    (job,) = processing.instances
    assert request["AppSpecification"]["ImageUri"].endswith(f"{PREFIX}/encoder:v1")
    assert "Role" in request["RoleArn"]
    shares = [instance.answered for instance in processing.instances[job]]
    assert len(shares) == 3
    assert all(shares), "each took its share"
    run = f"runs/{model.model_id}/by-3"
    manifests = keys(aws, DATA, f"{run}/manifests/") + keys(aws, DATA, f"{run}/words/")
    assert sorted(uri for mine in shares for uri in mine) == sorted(f"s3://{DATA}/{key}" for key in manifests)
    assert sorted(asked_for(aws, model, "by-3")) == sorted(
        key.replace("by-1", "by-3") for key in asked_for(aws, model, "by-1")
    )

    by_one, by_three = vectors(one, "by-1", abo), vectors(three, "by-3", abo)
    assert by_one.keys() == by_three.keys()
    assert len({product_id for product_id, _ in by_one}) == abo.products
    for name, rows in by_one.items():
        assert rows.shape == by_three[name].shape
        assert np.all(np.sum(rows * by_three[name], axis=1) >= 0.9999), name
    assert "0 of words in" in said(one), "a transform is of pictures"
    names = {words_of(row.product) for row in listed(abo)}
    assert f"{len(names):,} of words in" in said(three), "the ingest encodes none"
    assert rejects(one, "by-1") == rejects(three, "by-3")
    assert any("not a picture" in reason for _, reason in rejects(three, "by-3")), "a bad one is listed"


@pytest.mark.live
@pytest.mark.timeout(900)
def test_an_instance_killed_with_9_ends_the_job_and_the_same_command_does_the_rest_and_nothing_twice(
    aws: LocalAws, processing: LocalProcessing, model: Container, abo: Slice, tmp_path: Path
) -> None:
    before, run = set(processing.instances), f"runs/{model.model_id}/killed-3"
    words = (str(abo.root), "--catalogue", "killed-3", "--instances", "3")
    processing.killed_after = 1
    assert encode_in_tens(aws, tmp_path, *words).wait(400) == 1
    told = said(tmp_path)
    assert "ended (Failed: AlgorithmError: , exit code: 137) and" in told
    assert "the same command goes on with those" in told
    assert "Traceback" not in told
    answered_first = answers(aws, run)
    assert answered_first

    assert encode_in_tens(aws, tmp_path, *words).wait(400) == 0, said(tmp_path)
    _, second = (processing.instances[job] for job in processing.instances if job not in before)
    asked = [key for kind in ("manifests", "words") for key in keys(aws, DATA, f"{run}/{kind}/")]
    manifests = {f"s3://{DATA}/{key}" for key in asked}
    again = [uri for instance in second for uri in instance.answered]
    assert sorted(again) == sorted(set(again)), "no two took the same"
    assert set(again) == manifests - {_asked_by(key) for key in answered_first}, "what was answered is passed over"
    assert len(answers(aws, run)) == len(manifests)
    for folder in ("vectors", "words-vectors"):
        versions = aws.client("s3").list_object_versions(Bucket=DATA, Prefix=f"{run}/{folder}/")["Versions"]
        assert sorted(each["Key"] for each in versions) == keys(aws, DATA, f"{run}/{folder}/"), "none was put twice"
    wanted = asked_for(aws, model, "killed-3")
    assert len(wanted) == len(set(wanted)) == len(abo.pictures)
    live = EmbeddedGenerations(tmp_path, "killed-3").live()
    assert live is not None
    assert live.products == abo.products


def answers(aws: LocalAws, run: str) -> list[str]:
    return keys(aws, DATA, f"{run}/vectors/") + keys(aws, DATA, f"{run}/words-vectors/")


def _asked_by(answer: str) -> str:
    manifest = answer.replace("/vectors/", "/manifests/").replace("/words-vectors/", "/words/")
    return f"s3://{DATA}/{manifest.removesuffix('.out')}"


@pytest.mark.live
@pytest.mark.timeout(600)
def test_what_an_instance_says_about_its_end_is_told_in_one_sentence(
    aws: LocalAws, processing: LocalProcessing, abo: Slice, tmp_path: Path
) -> None:
    processing.changed = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true"}
    words = (str(abo.root), "--catalogue", "roleless", "--limit", "30", "--instances", "2")
    assert encode_in_tens(aws, tmp_path, *words).wait(300) == 1
    processing.changed = {}
    told = said(tmp_path)
    assert "ended (Failed: Unable to locate credentials" in told
    assert "Traceback" not in told


@pytest.mark.live
@pytest.mark.timeout(600)
def test_a_command_that_was_killed_goes_on_with_the_job_whatever_number_it_is_given(
    aws: LocalAws, processing: LocalProcessing, model: Container, abo: Slice, tmp_path: Path
) -> None:
    before = len(processing.requests)
    words = (str(abo.root), "--catalogue", "gone-on", "--limit", "40", "--instances")
    processing.may_start.clear()
    command = encode_in_tens(aws, tmp_path, *words, "2")
    wait_until(lambda: len(processing.requests) > before, command, tmp_path)
    command.kill()
    command.wait()

    command = encode_in_tens(aws, tmp_path, *words, "1")
    wait_until(lambda: "Going on with the job" in said(tmp_path), command, tmp_path)
    posted = len(aws.jobs.posted)
    processing.may_start.set()
    assert command.wait(300) == 0, said(tmp_path)
    assert "Every picture is encoded." in said(tmp_path)
    assert (len(processing.requests) - before, len(aws.jobs.posted) - posted) == (1, 0)


def wait_until(is_so: Callable[[], bool], command: "subprocess.Popen[bytes]", data: Path) -> None:
    until = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < until, said(data)
        assert command.poll() is None, said(data)
        time.sleep(0.05)


@pytest.mark.live
@pytest.mark.timeout(300)
def test_both_kinds_of_jobs_are_in_the_log_of_encode_and_one_that_never_ran_is_no_mistake(
    aws: LocalAws, tmp_path: Path
) -> None:
    nothing = looksee(aws, tmp_path, "aws", "logs", "encode", "--prefix", PREFIX)
    assert (nothing.code, nothing.out) == (0, "Nothing was written in the last 60 minutes.\n"), nothing.err
    logs = aws.client("logs")
    for kind, told in (("Processing", "answered a\n"), ("Transform", "encoded\nanswered a\n")):
        where = {"logGroupName": f"/aws/sagemaker/{kind}Jobs", "logStreamName": f"{PREFIX}-1/algo-1"}
        logs.create_log_group(logGroupName=where["logGroupName"])
        logs.create_log_stream(**where)
        event = {"timestamp": int(time.time() * 1000), "message": told.splitlines()[0]}
        logs.put_log_events(**where, logEvents=[event])
        done = looksee(aws, tmp_path, "aws", "logs", "encode", "--prefix", PREFIX)
        assert (done.code, done.out) == (0, told), done.err


@pytest.mark.live
@pytest.mark.timeout(900)
def test_what_instances_encoded_is_live_in_opensearch_and_the_task_that_wrote_it_encoded_nothing(
    model: Container, abo: Slice, opensearch_urls: tuple[str, ...], tmp_path: Path
) -> None:
    store = {
        "LOOKSEE_OPENSEARCH_URL": opensearch_urls[0],
        "LOOKSEE_OPENSEARCH_ACCESS": "none",
        "LOOKSEE_OPENSEARCH_ENGINE": "lucene",  # the local node has no natives for faiss
        "LOOKSEE_OPENSEARCH_REPLICAS": "0",
        "LOOKSEE_OPENSEARCH_TIMEOUT_S": "30",
    }
    with local_aws(model.address, {f"{PREFIX}-{model.model_id}": model.address}, task_settings=store) as account:
        deploy(account, tmp_path)
        with with_processing(account) as (aws, processing):
            words = ("--prefix", PREFIX, "--poll", "0.3", "--json", "--catalogue", "sharded", "--instances", "3")
            done = looksee(aws, tmp_path, "aws", "encode", str(abo.root), *words, "--limit", "60")
            assert done.code == 0, done.err
    report: Any = done.document
    (request,) = processing.requests
    assert request["ProcessingResources"]["ClusterConfig"]["InstanceCount"] == 2, "one manifest of each kind"
    assert aws.tasks.commands == [["aws", "ingest", report["run"], "--catalogue", "sharded", "--json"]]
    assert report["index"]["pictures_encoded"] == 0
    generations = OpenSearchGenerations(local_settings(opensearch_urls), "sharded")
    live = generations.live()
    generations.close()
    assert live is not None
    assert live.products == report["index"]["indexed"] == 60 - report["index"]["rejected"]


@pytest.mark.live
@pytest.mark.timeout(300)
@pytest.mark.parametrize("count", ["0", "101", "many"])
def test_a_number_of_instances_that_cannot_be_is_refused_before_anything_is_done(
    aws: LocalAws, abo: Slice, tmp_path: Path, count: str
) -> None:
    done = looksee(aws, tmp_path, "aws", "encode", str(abo.root), "--prefix", PREFIX, "--instances", count)
    assert done.code == 2
    assert "Invalid value for '--instances'" in done.err
    assert "Traceback" not in done.err
