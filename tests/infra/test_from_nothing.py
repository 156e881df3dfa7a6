"""From an empty account to answers in Slack and back to nothing, in one test.

`deploy` makes both stacks; `encode` brings the sample catalogue and a slice of ABO into a real OpenSearch, by transform
jobs and tasks that are really done; a bot with the settings of its task definition answers in the local Slack through
the endpoint and DynamoDB Local; `destroy` leaves nothing. `unproven_types.txt` says what is not shown by that.

It runs twice: what the installation runs is the checkout, with a part of the sample; and the images that buildah has
built, with the whole of it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.manifest import manifest
from indexing.product import Product
from indexing.sources import Listed, open_source, read_rows
from infra.stacks import TEMPLATES
from playground import LocalSlack
from playground.workspace import Message
from tests.bot.conftest import hits
from tests.indexing.opensearch_server import running
from tests.infra.abo_slice import SAMPLE, Slice, write_slice
from tests.infra.installed import PREFIX, deploy, looksee
from tests.infra.software import Software, from_checkout, from_images
from tests.infra.test_encode import read_object, upload
from tests.parts.dynamodb_local import dynamodb_local
from tests.parts.images import why_not
from tests.parts.local_aws import LocalAws, local_aws
from tests.parts.sdk import ROOT
from tests.parts.stack_templates import read_template, types_of, unproven_types

pytestmark = [pytest.mark.live, pytest.mark.timeout(3600)]

PATIENCE_S = 120.0
ENCODE = ("aws", "encode", "--prefix", PREFIX, "--poll", "0.3", "--json")


def test_the_list_of_unproven_types_is_what_the_stand_in_lacks() -> None:
    types = set().union(*(types_of(read_template(file.read_text())) for file in TEMPLATES.glob("*.yaml")))
    code = (
        "import sys; from moto.cloudformation.parsing import resource_class_from_type as known; "
        "print(*(name for name in sys.argv[1:] if known(name) is None))"
    )
    asked = [sys.executable, "-W", "ignore", "-c", code, *sorted(types)]
    lacking = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    assert sorted(unproven_types()) == lacking


def test_the_docs_call_each_of_these_types_unproven() -> None:
    docs = (ROOT / "docs" / "aws.md").read_text()
    assert [name for name in sorted(unproven_types()) if f"`{name}`" not in docs] == []


@pytest.fixture(params=[from_checkout, from_images], ids=["from the checkout", "from the built images"])
def software(request: pytest.FixtureRequest) -> Iterator[Software]:
    if request.param is from_images and (reason := why_not()):
        pytest.skip(reason)
    with request.param() as made:
        yield made


def test_from_nothing_to_answers_in_slack_and_back_to_nothing(software: Software, tmp_path: Path) -> None:
    with ExitStack() as parts:
        cluster = parts.enter_context(running())
        slack = parts.enter_context(LocalSlack(manifest=manifest()))
        store = {
            "LOOKSEE_OPENSEARCH_URL": cluster.urls[0],
            "LOOKSEE_OPENSEARCH_ACCESS": "none",
            "LOOKSEE_OPENSEARCH_ENGINE": "lucene",  # the local node has no natives for faiss
            "LOOKSEE_OPENSEARCH_REPLICAS": "0",
            "LOOKSEE_OPENSEARCH_TIMEOUT_S": "30",
        }
        aws = parts.enter_context(
            local_aws(
                software.address,
                {f"{PREFIX}-{software.model_id}": software.address},
                dynamodb=parts.enter_context(dynamodb_local()),
                task_settings=store,
                program=software.task,
            )
        )
        abo = write_slice(tmp_path / "abo")
        upload(aws, abo.root, "amazon-berkeley-objects")

        deploy(aws, tmp_path, {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token})
        software.deployed(aws)
        other = slack.channel("#general").id
        settings = {**store, "LOOKSEE_SLACK_URL": slack.base_url, "LOOKSEE_CHANNELS": f"{other}=abo"}
        (tmp_path / "bot").mkdir()
        parts.enter_context(software.bot(settings_of_the_bot(aws) | settings, tmp_path / "bot"))
        slack.wait_for_bot(PATIENCE_S)
        assert "There is no catalogue to search yet" in ask(slack, "@looksee a mug").text

        encode_the_sample(aws, software, tmp_path)
        encode_abo(aws, abo, tmp_path)
        run_in_the_network(aws, tmp_path)
        before = software.pictures()
        answer_in_words_by_photo_and_by_both(slack, abo, software.rows)
        assert software.pictures() > before, "the bot asks the endpoint"
        assert aws.client("dynamodb").scan(TableName=f"{PREFIX}-memory")["Count"] > 0

        leave_nothing(aws, tmp_path)


def settings_of_the_bot(aws: LocalAws) -> dict[str, str]:
    """As its task definition has them, but for the stand-ins' addresses."""
    found = aws.client("ecs").describe_task_definition(taskDefinition=f"{PREFIX}-bot")
    (definition,) = found["taskDefinition"]["containerDefinitions"]
    return {each["name"]: each["value"] for each in definition["environment"]} | aws.env


def ask(slack: LocalSlack, text: str, channel: str = "#shop", photo: bytes = b"") -> Message:
    """A question's answer, once it is whole."""
    asked = slack.say("ana", channel, text, files=[("photo.jpg", photo)] if photo else [])
    answer = slack.wait_for_reply(asked, timeout_s=PATIENCE_S)
    slack.wait_for(lambda: "waking" not in answer.text.lower(), timeout_s=PATIENCE_S)
    return answer


def encode_the_sample(aws: LocalAws, software: Software, data: Path) -> None:
    limit = ("--limit", str(software.rows)) if software.rows else ()
    done = looksee(aws, data, *ENCODE, str(SAMPLE), *limit)
    assert done.code == 0, done.err
    report: Any = done.document
    assert report["index"]["indexed"] == len(products(SAMPLE, software.rows))
    assert report["index"]["pictures_encoded"] == 0
    assert software.pictures() == report["pictures"] == report["asked"]
    assert aws.tasks.commands == [["aws", "ingest", report["run"], "--catalogue", "default", "--json"]]
    assert "All rows are read" in done.err, "the task's log is printed"


def encode_abo(aws: LocalAws, abo: Slice, data: Path) -> None:
    done = looksee(aws, data, *ENCODE, "s3://amazon-berkeley-objects", "--catalogue", "abo")
    assert done.code == 0, done.err
    report: Any = done.document
    assert report["index"]["read"] == abo.rows == report["index"]["indexed"] + report["index"]["rejected"]
    assert (report["index"]["rejected"], report["index"]["picture_rejects"]) == (abo.bad_rows, abo.missing)
    rejects = [json.loads(line) for line in read_object(aws, report["index"]["rejects_file"]).splitlines()]
    assert len(rejects) == abo.bad_rows + abo.missing
    assert all(each["reason"].endswith(".") for each in rejects)


def run_in_the_network(aws: LocalAws, data: Path) -> None:
    listed = looksee(aws, data, "aws", "task", "--prefix", PREFIX, "--", "generations", "list", "--json")
    assert (listed.code, '"is_live": true' in listed.err) == (0, True), listed.err
    refused = looksee(aws, data, "aws", "task", "--prefix", PREFIX, "--", "generations", "verify", "none")
    assert (refused.code, "There is no generation 'none'" in refused.err) == (2, True), refused.err


def answer_in_words_by_photo_and_by_both(slack: LocalSlack, abo: Slice, rows: int | None) -> None:
    sample = products(SAMPLE, rows)
    shown = next(product for product in sample.values() if product.pictures)
    photo = (SAMPLE / shown.pictures[0]).read_bytes()

    in_words = hits(ask(slack, f"@looksee {shown.title}"))
    assert shown.id in in_words
    assert set(in_words) <= set(sample)
    by_photo = hits(ask(slack, "@looksee", photo=photo))
    assert by_photo[0] == shown.id
    by_both = hits(ask(slack, f"@looksee {shown.category}", photo=photo))
    assert shown.id in by_both

    german = next(p for p in products(abo.root).values() if p.title.endswith("(neu)") and p.pictures)
    found = hits(ask(slack, "@looksee", "#general", (abo.root / german.pictures[0]).read_bytes()))
    assert found[0] == german.id


def products(folder: Path, limit: int | None = None) -> dict[str, Product]:
    listed = (row for row in read_rows(open_source(folder), limit) if isinstance(row, Listed))
    return {row.product.id: row.product for row in listed}


def leave_nothing(aws: LocalAws, data: Path) -> None:
    done = looksee(aws, data, "aws", "destroy", "--prefix", PREFIX, "--yes")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Nothing is left."), done.out + done.err
    assert [b["Name"] for b in aws.client("s3").list_buckets()["Buckets"]] == ["amazon-berkeley-objects"]
    assert aws.client("dynamodb").list_tables()["TableNames"] == []
    assert aws.client("ecr").describe_repositories()["repositories"] == []
    ours = [r["RoleName"] for r in aws.client("iam").list_roles()["Roles"] if r["RoleName"].startswith(PREFIX)]
    assert ours == []
    again = looksee(aws, data, "aws", "encode", "--prefix", PREFIX, str(SAMPLE))
    assert (again.code, again.err.splitlines()[-1]) == (
        1,
        f"{PREFIX}-base is not deployed; run `looksee aws deploy --prefix {PREFIX}` first.",
    )
