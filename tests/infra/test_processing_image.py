"""The entry of a Processing job in the image that buildah built: as its own user, on a read-only root."""

import json
import shlex
from dataclasses import replace

import pytest

from indexing import aws_run
from indexing.aws_run import Run
from inference.model import find_model
from infra.jobs import Served
from infra.processing import ROOT, processing_job
from tests.parts.images import built, running, why_not
from tests.parts.moto_server import REGION, clients, moto_server
from tests.toys import product_picture

pytestmark = [pytest.mark.live, pytest.mark.timeout(3600)]
PICTURE, GONE = "catalogues/shop/red.png", "catalogues/shop/gone.png"
HOSTS = {"current_host": "algo-1", "hosts": ["algo-1"]}


def test_the_encoders_image_has_all_that_an_instance_needs() -> None:
    if reason := why_not():
        pytest.skip(reason)
    image, model = built("encoder"), find_model().description
    place = Run("data", f"runs/{find_model().model_id}/shop")
    with moto_server() as address:
        s3 = clients(address)("s3")
        for bucket in ("data", "pictures"):
            s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket="pictures", Key=PICTURE, Body=product_picture("red"))
        aws_run.ask(s3, place, [f"s3://pictures/{PICTURE}", f"s3://pictures/{GONE}"])
        aws_run.ask_words(s3, place, ["a red mug"])
        aws_run.note_job(s3, place, "shop-1", aws_run.unanswered(s3, place, "shards"))

        env = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": REGION}
        image = replace(image, config={**image.config, "Entrypoint": []})  # the job has its own
        with running(image, command=["sh", "-c", script(place)], env={**env, "AWS_ENDPOINT_URL": address}) as started:
            assert started.process.wait(120) == 0, started.said()

        assert aws_run.unanswered(s3, place, "shards") == []
        found = {result.key: result for result in aws_run.answers(s3, place)}
        assert (bool(found[PICTURE].embedding), bool(found[GONE].embedding)) == (True, False)
        assert found[GONE].reason == "The picture could not be fetched."
        (of_words,) = aws_run.words_answers(s3, place)
        assert of_words.key == model.prompt.format("a red mug")


def script(place: Run) -> str:
    """The job's own words; what SageMaker lays out in /opt/ml lies where this image may write here."""
    served = Served(image="", role="")
    job = processing_job(place, served, name="shop-1", manifests=2, instance="ml.c5.xlarge", count=2)
    told = job["AppSpecification"]
    words = [
        "/tmp/ml" if word == ROOT else word for word in (*told["ContainerEntrypoint"], *told["ContainerArguments"])
    ]
    return (
        "mkdir -p /tmp/ml/config && "
        f"echo {shlex.quote(json.dumps(HOSTS))} > /tmp/ml/config/resourceconfig.json && exec {shlex.join(words)}"
    )
