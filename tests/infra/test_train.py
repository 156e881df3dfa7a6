"""`looksee aws train`: what SageMaker is asked for, and the job's own work, done for real in the container's layout."""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from inference.model import BrokenModel, read_model
from inference.model_archive import fetched_model
from infra.installation import Installation
from infra.train import Training, requirements, source_archive, training_job
from infra.training_entry import words
from tests.infra.abo_slice import write_slice
from tests.infra.installed import PREFIX, deploy, looksee
from tests.parts.local_aws import LocalAws, local_aws

WHERE = Installation(
    prefix="shop",
    data_bucket="shop-data",
    picture_bucket="shop-pictures",
    model="m",
    model_id="looksee-small-123456",
    cluster="shop",
    index_task="t",
    subnets=("a",),
    group="sg",
    training_role="arn:aws:iam::123456789012:role/training",
)
IMAGE = "763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-training:2.8-gpu-py312"


@pytest.mark.parametrize("spot", [True, False])
def test_a_job_is_one_that_sagemaker_takes(spot: bool) -> None:
    sagemaker = boto3.client("sagemaker", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
    wanted = Training(name="ours", minutes=30, image=IMAGE, spot=spot, options={"checkpoint": "RN50"})
    job = training_job("shop-ours-1", "s3://shop-data/c", "s3://shop-data/s.tar.gz", WHERE, wanted)
    with Stubber(sagemaker) as stub:  # holds the request to the service's own model
        arn = "arn:aws:sagemaker:us-east-1:123456789012:training-job/shop-ours-1"
        stub.add_response("create_training_job", {"TrainingJobArn": arn}, job)
        sagemaker.create_training_job(**job)
    assert ("MaxWaitTimeInSeconds" in job["StoppingCondition"]) == spot


def test_the_source_is_our_packages_the_entry_and_what_they_need_beside_torch() -> None:
    packed = source_archive()
    assert packed == source_archive()
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        names = tar.getnames()
    assert {"train.py", "requirements.txt", "infra/training_entry.py", "inference/train/commands.py"} <= set(names)
    assert not [name for name in names if name.endswith((".onnx", ".pyc"))]
    assert len(packed) < 1_000_000
    needed = {line.split("==")[0].split(">")[0].lower() for line in requirements()}
    assert {"onnx", "tokenizers", "msgspec", "typer"} <= needed
    assert not needed & {"torch", "torchvision", "slack-bolt"}


def test_hyperparameters_become_the_words_of_looksee_model() -> None:
    root = Path("/opt/ml")
    trained = words({"name": "ours", "minutes": "30", "device": "cuda", "sagemaker_program": "train.py"}, root)
    assert trained[:4] == ["train", "/opt/ml/input/data/catalogue", "--out", "/opt/ml/data/models/ours"]
    assert trained[-4:] == ["--minutes", "30", "--device", "cuda"]
    tuned = words({"name": "ours", "checkpoint": "RN50", "blocks": "2"}, root)
    assert tuned[:3] == ["tune", "RN50", "/opt/ml/input/data/catalogue"]
    with pytest.raises(ValueError, match="looksee aws train"):
        words({}, root)


def test_an_archive_that_is_none_is_refused_in_one_sentence(tmp_path: Path) -> None:
    def nothing(uri: str) -> bytes:
        raise OSError("the object is not there")

    with pytest.raises(BrokenModel, match="name an archive that `looksee aws train` made"):
        fetched_model("s3://shop/a", tmp_path, nothing)
    with pytest.raises(BrokenModel, match=r"is no sound model\.tar\.gz"):
        fetched_model("s3://shop/a", tmp_path, lambda uri: b"not a tar")


@pytest.fixture(scope="module")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    with local_aws("http://127.0.0.1:9", {}) as account:
        deploy(account, tmp_path_factory.mktemp("deployed"))
        yield account


TRAIN = ("aws", "train", "--prefix", PREFIX, "--poll", "0.3", "--json", "--instance", "ml.m5.large")


@pytest.mark.live
@pytest.mark.timeout(900)
def test_a_catalogue_is_uploaded_trained_on_and_its_model_fetched(aws: LocalAws, tmp_path: Path) -> None:
    pytest.importorskip("torch")
    abo = write_slice(tmp_path / "abo")
    words_ = (str(abo.root), "--name", "tiny", "--minutes", "0.05", "--licence", "Apache-2.0")
    done = looksee(aws, tmp_path / "data", *TRAIN, *words_)
    assert done.code == 0, done.err + str(aws.training.logs)
    told: Any = done.document
    model = read_model(Path(told["folder"]))
    assert model.model_id == told["model_id"]
    assert model.description.name == "tiny"
    assert told["archive"].endswith(f"/models/{model.model_id}/model.tar.gz")
    (job,) = aws.training.requests
    assert job["HyperParameters"]["device"] == "cpu"
    assert job["AlgorithmSpecification"]["TrainingImage"].split("/")[-1].startswith("pytorch-training:")
    assert f"{len(list(abo.root.rglob('*.jpg'))) + 17:,} files" in done.err


@pytest.mark.live
@pytest.mark.timeout(300)
def test_a_job_that_fails_is_told_with_its_reason(aws: LocalAws, tmp_path: Path) -> None:
    (tmp_path / "few").mkdir()
    (tmp_path / "few" / "products.csv").write_text("id,title\n1,A mug\n")
    done = looksee(aws, tmp_path / "data", *TRAIN, str(tmp_path / "few"), "--name", "none")
    assert done.code == 1
    assert "ended (Failed: AlgorithmError: " in done.err
    assert "Traceback" not in done.err
