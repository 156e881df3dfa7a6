"""Stacks are proposed, made, followed and removed on a pretended account, and what is left over is found.

The stand-in makes neither our templates whole (it knows no CloudFront, OpenSearch, secret or CodeBuild in a stack, and
its change sets give no outputs) nor failures; so a small template goes through the same code.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.thumbnails_s3 import CloudFrontUrls
from infra import deploy as deploying
from infra.deploy import Declined, Wanted, deploy
from infra.removal import left_over, remove
from infra.stacks import Change, DeployFailed, Stacks
from tests.parts.cloudfront import KEY_ID, Distribution
from tests.parts.moto_server import clients, moto_server

pytestmark = [pytest.mark.live, pytest.mark.timeout(300)]

BUCKET = "shop-data-123456789012-us-east-1"
SMALL = f"""
Resources:
  DataBucket:
    Type: AWS::S3::Bucket
    Properties: {{ BucketName: {BUCKET}, VersioningConfiguration: {{ Status: Enabled }} }}
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: {{ LogGroupName: /shop/bot }}
"""
TABLE = """
  Memory:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: shop-memory
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
"""
Clients = Callable[[str], Any]


@pytest.fixture(scope="module")
def account() -> Iterator[Clients]:
    with moto_server() as address:
        yield clients(address)


@pytest.fixture
def client(account: Clients) -> Iterator[Clients]:
    yield account
    remove("shop", Stacks(account("cloudformation"), poll_s=0.05), account("s3"), lambda _: None)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL)
    return path


def test_a_stack_is_proposed_made_changed_and_removed_without_a_trace(client: Clients, template: Path) -> None:
    stacks, told = Stacks(client("cloudformation"), poll_s=0.05), list[str]()
    change_set, changes = stacks.propose("shop-base", template, {})
    assert Change("Add", "DataBucket", "AWS::S3::Bucket", False) in changes
    assert client("s3").list_buckets()["Buckets"] == []  # proposing makes nothing

    stacks.execute("shop-base", change_set, told.append)
    assert stacks.status("shop-base") == "CREATE_COMPLETE"
    assert {kind for kind, _ in stacks.resources("shop-base").values()} == {"AWS::S3::Bucket", "AWS::Logs::LogGroup"}

    template.write_text(SMALL + TABLE)
    change_set, changes = stacks.propose("shop-base", template, {})
    assert [change for change in changes if change.action == "Add"] == [
        Change("Add", "Memory", "AWS::DynamoDB::Table", False)
    ]
    stacks.execute("shop-base", change_set, told.append)

    for version in range(3):
        client("s3").put_object(Bucket=BUCKET, Key="models/a", Body=b"%d" % version)
    client("s3").delete_object(Bucket=BUCKET, Key="models/a")
    assert set(left_over("shop", client)) == {
        "the stack shop-base",
        f"the bucket {BUCKET}",
        "the table shop-memory",
        "the log group /shop/bot",
    }

    for _ in range(2):  # the second time there is nothing to do
        remove("shop", stacks, client("s3"), told.append)
        assert left_over("shop", client) == []


def test_a_bucket_with_more_than_a_page_of_objects_is_emptied(client: Clients, template: Path) -> None:
    stacks = Stacks(client("cloudformation"), poll_s=0.05)
    stacks.execute("shop-base", stacks.propose("shop-base", template, {})[0], lambda _: None)
    for number in range(1001):
        client("s3").put_object(Bucket=BUCKET, Key=f"pictures/{number}", Body=b"")
    remove("shop", stacks, client("s3"), lambda _: None)
    assert left_over("shop", client) == []


def test_what_belongs_to_another_installation_is_neither_removed_nor_counted(client: Clients) -> None:
    client("s3").create_bucket(Bucket="shopping-data-1")
    client("secretsmanager").create_secret(Name="shopping/slack", SecretString="{}")
    remove("shop", Stacks(client("cloudformation"), poll_s=0.05), client("s3"), lambda _: None)
    assert left_over("shop", client) == []
    assert [bucket["Name"] for bucket in client("s3").list_buckets()["Buckets"]] == ["shopping-data-1"]


def test_changes_that_are_refused_are_one_sentence(client: Clients, template: Path) -> None:
    template.write_text(SMALL.replace("/shop/bot", "{ 'Fn::ImportValue': nowhere }"))
    stacks = Stacks(client("cloudformation"), poll_s=0.05)
    change_set, _ = stacks.propose("shop-base", template, {})
    with pytest.raises(DeployFailed, match="CloudFormation refuses the changes to shop-base: No export named nowhere"):
        stacks.execute("shop-base", change_set, lambda _: None)


def test_who_says_no_changes_nothing(client: Clients) -> None:
    wanted = Wanted(prefix="shop", model_id="looksee-small-123456", tag="v1")
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    told: list[str] = []
    with pytest.raises(Declined):
        deploy(client, wanted, tell=told.append, ask=no, poll_s=0.05)
    assert asked == ["Make these 22 changes to shop-base?"]
    assert any("AWS::CodeBuild::Project" in line for line in told)


def test_tokens_are_stored_once_and_kept_where_none_are_given(client: Clients) -> None:
    secrets = client("secretsmanager")
    name = secrets.create_secret(Name="tokens")["ARN"]
    deploying._store_tokens(secrets, name, {"bot_token": "xoxb-1", "app_token": "xapp-1"})
    deploying._store_tokens(secrets, name, {"bot_token": "xoxb-2", "app_token": ""})
    stored = json.loads(secrets.get_secret_value(SecretId=name)["SecretString"])
    assert stored == {"bot_token": "xoxb-2", "app_token": "xapp-1", "signing_secret": ""}


def test_the_key_of_thumbnails_is_made_once_and_its_public_half_is_told(client: Clients) -> None:
    secrets = client("secretsmanager")
    name = secrets.create_secret(Name="pictures", SecretString="generated")["ARN"]
    public = deploying._have_picture_key(secrets, name)
    kept = secrets.get_secret_value(SecretId=name)["SecretString"]

    assert public.startswith("-----BEGIN PUBLIC KEY-----")
    assert deploying._have_picture_key(secrets, name) == public
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == kept
    url = CloudFrontUrls("https://d1.example", key_id=KEY_ID, private_key=kept).url("thumbnails/a.jpg")
    assert Distribution(public, None, "").is_signed(url)
    assert not Distribution(public, None, "").is_signed(url.replace("/a.jpg", "/b.jpg"))


def test_images_that_were_never_pushed_are_named(client: Clients) -> None:
    ecr = client("ecr")
    wanted = Wanted(prefix="shop", model_id="m", tag="v1")
    with pytest.raises(DeployFailed, match=r"There is no image shop/encoder:v1; push it"):
        deploying._have_images(client, wanted, {}, "v1", lambda _: None)
    kind = "application/vnd.docker.distribution.manifest.v2+json"
    manifest = {"schemaVersion": 2, "mediaType": kind, "config": {"digest": "sha256:00"}, "layers": []}
    for image in ("encoder", "bot"):
        ecr.create_repository(repositoryName=f"shop/{image}")
        ecr.put_image(repositoryName=f"shop/{image}", imageManifest=json.dumps(manifest), imageTag="v1")
    deploying._have_images(client, wanted, {}, "v1", lambda _: None)
