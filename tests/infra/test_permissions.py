"""Every call that the code makes on AWS is allowed to the role that it runs under, and nothing beside it."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from botocore import xform_name
from botocore.session import get_session

from bot.catalogue import Catalogue, Catalogues
from bot.memory import Person, Place, QuestionKey, Recent, Saved, Thread, Turn, Workspace
from bot.memory_dynamodb import TABLE, DynamoMemory
from bot.query import Query
from bot.secrets_aws import with_secrets
from bot.thumbnails import OwnPictures
from bot.thumbnails_s3 import BucketPictures, CloudFrontUrls
from indexing import aws_run
from indexing.aws_run import Run
from indexing.embedded import EmbeddedGenerations
from indexing.product import Product
from indexing.settings import FetchSettings, IndexSettings
from inference.decoding import PictureDecoder
from inference.encoder import EncoderUnavailable
from inference.model import find_model
from inference.onnx import OnnxEncoder
from inference.s3 import reader
from inference.sagemaker import EndpointModel, SageMakerEncoder
from infra.encode import encode
from infra.encode_job import How
from infra.installation import Installation
from infra.jobs import Served, State
from infra.processing_entry import encode_share
from tests.parts.cloudfront import ADDRESS, KEY_ID, key_pair
from tests.parts.moto_server import clients, moto_server
from tests.parts.role_policies import ACCOUNT, MODEL_ID, PREFIX, REGION, Rendered, may
from tests.toys import product_picture

ROOT = Path(__file__).parents[2]
DATA, PICTURES = (f"{PREFIX}-{kind}-{ACCOUNT}-{REGION}" for kind in ("data", "pictures"))
RUN = Run(DATA, f"runs/{MODEL_ID}/default")
WHERE = Installation(
    prefix=PREFIX,
    data_bucket=DATA,
    picture_bucket=PICTURES,
    model="Model-1",
    model_id=find_model().model_id,
    cluster=PREFIX,
    index_task="t",
    subnets=("a",),
    group="sg",
    training_role="r",
)
Clients = Callable[[str], Any]


class Call(NamedTuple):
    """One request to AWS."""

    service: str
    operation: str
    asked: dict[str, Any]

    @property
    def needs(self) -> tuple[str, str]:
        """The action and the resource that it is judged by."""
        asked = self.asked
        if self.service == "s3":
            bucket = f"arn:aws:s3:::{asked['Bucket']}"
            actions = {"HeadObject": "GetObject", "ListObjectsV2": "ListBucket"}
            resource = bucket if self.operation == "ListObjectsV2" else f"{bucket}/{asked['Key']}"
            return f"s3:{actions.get(self.operation, self.operation)}", resource
        if self.service == "dynamodb":
            table = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{asked['TableName']}"
            return (
                f"dynamodb:{self.operation}",
                f"{table}/index/{asked['IndexName']}" if "IndexName" in asked else table,
            )
        if self.service == "sagemaker-runtime":
            endpoint = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:endpoint/{asked['EndpointName']}"
            return f"sagemaker:{self.operation}", endpoint
        assert self.service == "secretsmanager"
        return f"secretsmanager:{self.operation}", asked["SecretId"]


@pytest.fixture(scope="module")
def rendered() -> Rendered:
    return Rendered()


@pytest.fixture(scope="module")
def account() -> Iterator[Clients]:
    with moto_server() as address:
        made = clients(address)
        for bucket in (DATA, PICTURES):
            made("s3").create_bucket(Bucket=bucket)
        made("dynamodb").create_table(TableName=f"{PREFIX}-memory", **TABLE)
        yield made


@pytest.fixture
def calls() -> list[Call]:
    return []


@pytest.fixture
def client(account: Clients, calls: list[Call]) -> Clients:
    """Makes clients that note each request before it is sent."""

    def made(service: str) -> Any:
        found = account(service)

        def note(params: dict[str, Any], model: Any, **_: Any) -> None:
            calls.append(Call(service, model.name, dict(params)))

        found.meta.events.register("provide-client-params.*.*", note)
        return found

    return made


def refused(rendered: Rendered, role: str, calls: list[Call]) -> set[tuple[str, str]]:
    policy = rendered.policy(role)
    return {call.needs for call in calls if not may(policy, *call.needs)}


def operations(module: str, service: str) -> set[str]:
    """The API's operations that a module's text calls, pages and transfers among them."""
    text = (ROOT / module).read_text()
    model = get_session().get_service_model(service)
    known = {xform_name(name): name for name in model.operation_names}
    paged = re.findall(r'get_paginator\("(\w+)"\)', text)
    transfers = {"upload_file": "put_object", "download_file": "get_object"}
    called = [transfers.get(name, name) for name in re.findall(r"(?:client|s3|runtime)\.(\w+)\(", text)]
    return {known[name] for name in (*paged, *called) if name in known}


def assert_all_seen(calls: list[Call], *modules: str) -> None:
    """No module makes a call that was not made here: a new one must be exercised, and so be allowed."""
    for module in modules:
        for service in {call.service for call in calls}:
            seen = {call.operation for call in calls if call.service == service}
            if service == _SERVICES[module]:
                made = operations(module, service)
                assert made, f"{module} calls nothing, as far as this test can read it"
                assert made - seen == set(), module


_SERVICES = {
    "bot/memory_dynamodb.py": "dynamodb",
    "bot/secrets_aws.py": "secretsmanager",
    "bot/thumbnails_s3.py": "s3",
    "indexing/aws_run.py": "s3",
    "inference/s3.py": "s3",
    "inference/sagemaker.py": "sagemaker-runtime",
    "infra/ingest.py": "s3",
}
"""Modules that speak to AWS under a role of the stack -> the service."""
_PERSONS = {"indexing/aws_copy.py", "indexing/sources/bucket.py"}
"""Run under the credentials of the person at the command line, as `infra/` is."""
_OTHERS = {
    "bot/adapters.py": "makes clients",
    "indexing/fetch.py": "reads through inference/s3.py",
    "indexing/opensearch_client.py": "signs requests to OpenSearch; tests/indexing/test_opensearch.py replays them",
    "inference/train/checkpoints.py": "reads a checkpoint under a person's credentials",
}


def test_every_module_that_speaks_to_aws_is_known_here() -> None:
    rooms = [path for room in ("bot", "indexing", "inference") for path in (ROOT / room).rglob("*.py")]
    found = {
        path.relative_to(ROOT).as_posix()
        for path in rooms
        if re.search(r"\bboto3\b|\bbotocore\b|S3Client", path.read_text())
    }
    assert found - _PERSONS - set(_OTHERS) - set(_SERVICES) == set()


def test_opensearch_is_allowed_to_each_role_by_the_methods_that_its_policy_file_names(rendered: Rendered) -> None:
    for role, file in (("BotRole", "opensearch-bot.json"), ("IndexRole", "opensearch-build.json")):
        statements = json.loads((ROOT / "infra/policies" / file).read_text())["Statement"]
        wanted = {action for statement in statements for action in _listed(statement["Action"])}
        granted = {
            action
            for statement in rendered.policy(role)["Statement"]
            for action in _listed(statement["Action"])
            if action.startswith("es:")
        }
        assert granted == wanted, role


def test_no_role_is_given_a_whole_service_or_more_than_its_own_things(rendered: Rendered) -> None:
    for role, policy in rendered.roles().items():
        for statement in policy["Statement"]:
            assert not any("*" in action for action in _listed(statement["Action"])), role
            for resource in _listed(statement["Resource"]):
                own = PREFIX in resource or "/aws/sagemaker/" in resource or resource.startswith("arn:aws:other:")
                assert own or _listed(statement["Action"]) == ["ecr:GetAuthorizationToken"] or "pytorch" in resource, (
                    role,
                    resource,
                )


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@pytest.mark.live
@pytest.mark.timeout(600)
def test_the_bots_role_allows_what_the_memory_asks(rendered: Rendered, client: Clients, calls: list[Call]) -> None:
    memory = DynamoMemory(client("dynamodb"), f"{PREFIX}-memory")
    home = Workspace("", "T1")
    place, person = Place(home, "C1", "1.0"), Person(home, "U1")
    key = QuestionKey(place, "A1", "1.000001")
    claim = memory.claim(key, user="U1", payload={}, lease_s=-1)
    assert claim is not None
    (taken,) = memory.take_expired(lease_s=60, most=5)
    memory.renew(taken, lease_s=60)
    memory.has_earlier(key)
    memory.finish(taken)
    memory.put_thread(place, Thread().with_turn(Turn(ts="1.0", user="U1")))
    memory.thread(place)
    memory.save(person, Saved(product="a"))
    memory.unsave(person, "a")
    memory.searched(person, Recent(query=Query(words="mug")))
    memory.judge(person, place, "1.0", "up")
    memory.clean()
    memory.forget(person)
    memory.uninstall(home)

    assert refused(rendered, "BotRole", calls) == set()
    assert_all_seen(calls, "bot/memory_dynamodb.py")


@pytest.mark.live
@pytest.mark.timeout(600)
def test_the_bots_role_allows_what_pictures_secrets_and_the_encoder_ask(
    rendered: Rendered, client: Clients, calls: list[Call], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = f"s3://{PICTURES}/pictures/ab.png"
    client("s3").put_object(Bucket=PICTURES, Key="pictures/ab.png", Body=product_picture("red"))
    slack = client("secretsmanager").create_secret(Name=f"{PREFIX}/slack", SecretString='{"bot_token": "xoxb-1"}')
    keys = client("secretsmanager").create_secret(Name=f"{PREFIX}/pictures", SecretString=key_pair()[0])
    calls.clear()

    env = {"LOOKSEE_SLACK_SECRET": slack["ARN"], "LOOKSEE_PICTURE_SECRET": keys["ARN"]}
    key = with_secrets(env, client("secretsmanager"))["LOOKSEE_PICTURE_KEY"]
    monkeypatch.setattr("inference.s3.boto3.client", lambda service, **_: client(service))
    catalogues = Catalogues(Catalogue("default", EmbeddedGenerations(tmp_path), lambda _: None))  # type: ignore[arg-type, return-value]
    with PictureDecoder() as decoder:
        own = OwnPictures(
            catalogues, decoder, FetchSettings(picture_bucket=PICTURES), public_url="", key_file=tmp_path / "key"
        )
        urls = CloudFrontUrls(ADDRESS, key_id=KEY_ID, private_key=key)
        pictures = BucketPictures(own, client("s3"), PICTURES, urls, patience_s=60)
        opened: Any = _Opened()
        assert pictures.url(opened, Product(id="a", title="A", pictures=(picture,)), 0)
        pictures.close()
    client("s3").put_object(Bucket=DATA, Key="models/m/model.tar.gz", Body=b"x")
    calls.pop()
    assert reader()(f"s3://{DATA}/models/m/model.tar.gz") == b"x"
    model = EndpointModel(model_id=MODEL_ID, dim=8, picture_px=32, prompt="{}")
    name = f"{PREFIX}-{MODEL_ID}"
    encoder = SageMakerEncoder(client("sagemaker-runtime"), model, text_endpoint=name, image_endpoint=name)
    with pytest.raises(EncoderUnavailable):  # the stand-in runs no model
        encoder.encode_texts(["a"])

    # AWS ends a secret's ARN in six letters of its own choice; the rendered policy has others.
    found = [call._replace(asked={**call.asked, **_own_letters(call.asked)}) for call in calls]
    assert refused(rendered, "BotRole", found) == set()
    assert_all_seen(calls, "bot/thumbnails_s3.py", "bot/secrets_aws.py", "inference/s3.py", "inference/sagemaker.py")


class _Opened:
    """As much of a catalogue as a thumbnail needs."""

    name = "default"

    class store:  # noqa: N801
        class generation:  # noqa: N801
            name = "g"
            pictures_folder = ""


def _own_letters(asked: dict[str, Any]) -> dict[str, Any]:
    return {"SecretId": f"{asked['SecretId'][:-6]}AbCdEf"} if "SecretId" in asked else {}


@pytest.mark.live
@pytest.mark.timeout(600)
def test_the_tasks_role_allows_what_ingesting_a_run_asks(
    rendered: Rendered, client: Clients, calls: list[Call], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3, path = client("s3"), tmp_path / "rows"
    path.write_bytes(b"x")
    s3.upload_file(str(path), RUN.bucket, RUN.rows)
    s3.download_file(RUN.bucket, RUN.rows, str(path))
    s3.put_object(Bucket=RUN.bucket, Key=f"{RUN.prefix}/report.json", Body=b"{}")
    s3.put_object(Bucket=RUN.bucket, Key=f"{RUN.vectors}000000.jsonl.out", Body=b"")
    assert list(aws_run.answers(s3, RUN)) == []
    s3.put_object(Bucket=PICTURES, Key="pictures/ab.png", Body=b"x")
    monkeypatch.setattr("inference.s3.boto3.client", lambda service, **_: client(service))
    assert reader()(f"s3://{PICTURES}/pictures/ab.png") == b"x"

    assert refused(rendered, "IndexRole", calls) == set()
    assert_all_seen(calls, "infra/ingest.py", "indexing/aws_run.py", "inference/s3.py")


@pytest.mark.live
@pytest.mark.timeout(600)
def test_the_encoders_role_allows_what_an_instance_of_a_processing_job_asks(
    rendered: Rendered, client: Clients, calls: list[Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    s3, encoder = client("s3"), OnnxEncoder(find_model())
    picture = f"s3://{PICTURES}/catalogues/default/ab.png"
    s3.put_object(Bucket=PICTURES, Key="catalogues/default/ab.png", Body=product_picture("red"))
    aws_run.ask(s3, RUN, [picture])
    aws_run.ask_words(s3, RUN, ["a red mug"])
    aws_run.note_job(s3, RUN, "shop-1", aws_run.unanswered(s3, RUN, "shards"))
    monkeypatch.setattr("inference.s3.boto3.client", lambda service, **_: client(service))
    calls.clear()  # what went before is the person's at the keyboard

    given, told = aws_run.given(s3, RUN, "shop-1"), list[str]()
    encode_share(RUN, given, s3, encoder, told.append)
    assert len(told) == len(given) == 2
    assert {call.operation for call in calls} == {"ListObjectsV2", "GetObject", "PutObject"}
    assert refused(rendered, "EncoderRole", calls) == set()
    assert aws_run.unanswered(s3, RUN, "shards") == []


@pytest.mark.live
@pytest.mark.timeout(600)
def test_whoever_encodes_needs_what_the_policy_file_says(
    account: Clients, client: Clients, calls: list[Call], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inference.s3.boto3.client", lambda service, **_: account(service))
    policy = filled("encode.json", SOURCE="amazon-berkeley-objects")
    for colour in ("red", "blue"):
        (tmp_path / f"{colour}.png").write_bytes(product_picture(colour))
    settings = IndexSettings(data_dir=tmp_path / "data", catalogue="by-a-person")
    jobs = _InThisProcess(account)  # whose calls are the instances'
    how = How(form="shards", count=2, poll_s=0)
    report = encode(str(tmp_path), WHERE, client("s3"), jobs, None, settings=settings, how=how, tell=lambda _: None)
    assert (report.pictures, report.asked, len(report.jobs)) == (2, 2, 1)
    assert all(result.embedding for result in aws_run.answers(account("s3"), Run.at(report.run)))

    assert {call.operation for call in calls} == {"ListObjectsV2", "GetObject", "PutObject"}
    assert {call.needs for call in calls if not may(policy, *call.needs)} == set()
    sagemaker = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}"
    for kind in ("Processing", "Transform"):
        job = f"{sagemaker}:{kind.lower()}-job"
        for action in (f"sagemaker:Create{kind}Job", f"sagemaker:Describe{kind}Job"):
            assert may(policy, action, f"{job}/{report.jobs[0]}")
            assert not may(policy, action, f"{job}/other-1")
    assert may(policy, "sagemaker:DescribeModel", f"{sagemaker}:model/Model-1")
    for action, resource in (
        ("s3:DeleteObject", f"arn:aws:s3:::{DATA}/runs/a"),
        ("s3:PutObject", f"arn:aws:s3:::{DATA}/models/a"),
        ("s3:GetObject", f"arn:aws:s3:::{PICTURES}/catalogues/a"),
        ("sagemaker:InvokeEndpoint", f"{sagemaker}:endpoint/{PREFIX}-{MODEL_ID}"),
        ("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/{PREFIX}-app-BotRole-1"),
    ):
        assert not may(policy, action, resource), action


class _InThisProcess:
    """`Jobs` whose Processing jobs are done at once, by the very code of an instance."""

    def __init__(self, client: Clients) -> None:
        self._client = client
        self._done: set[str] = set()

    def served(self, model: str) -> Served:
        return Served(image="i", role="r")

    def start_processing(self, request: Any) -> None:
        _, run, job = request["AppSpecification"]["ContainerArguments"]
        place, s3 = Run.at(run), self._client("s3")
        encode_share(place, aws_run.given(s3, place, job), s3, OnnxEncoder(find_model()), lambda _: None)
        self._done.add(job)

    def processing(self, name: str) -> State | None:
        return State("Completed") if name in self._done else None

    def transform(self, name: str) -> None:
        return None

    def start_transform(self, request: Any) -> None:
        raise NotImplementedError

    start_training = start_transform

    def training(self, name: str) -> None:
        return None


def filled(name: str, **values: str) -> dict[str, Any]:
    """A file of `infra/policies` for the installation of these tests."""
    text = (ROOT / "infra" / "policies" / name).read_text()
    for word, value in {"REGION": REGION, "ACCOUNT": ACCOUNT, "PREFIX": PREFIX, **values}.items():
        text = text.replace(word, value)
    policy: dict[str, Any] = json.loads(text)
    return policy


@pytest.mark.live
@pytest.mark.parametrize(
    ("role", "action", "resource"),
    [
        ("BotRole", "dynamodb:PutItem", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/other-memory"),
        ("BotRole", "dynamodb:DeleteTable", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{PREFIX}-memory"),
        ("BotRole", "s3:PutObject", f"arn:aws:s3:::{PICTURES}/pictures/a.jpg"),
        ("BotRole", "s3:GetObject", f"arn:aws:s3:::{DATA}/runs/a"),
        ("BotRole", "sagemaker:InvokeEndpoint", f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:endpoint/other-small"),
        ("BotRole", "secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:other-AbCdEf"),
        ("BotRole", "es:ESHttpDelete", f"arn:aws:es:{REGION}:{ACCOUNT}:domain/{PREFIX}/looksee.default"),
        ("IndexRole", "s3:DeleteObject", f"arn:aws:s3:::{DATA}/runs/a"),
        ("EncoderRole", "s3:PutObject", f"arn:aws:s3:::{DATA}/models/a"),
        ("EncoderRole", "s3:PutObject", f"arn:aws:s3:::{PICTURES}/catalogues/a.jpg"),
        ("EncoderRole", "es:ESHttpPut", f"arn:aws:es:{REGION}:{ACCOUNT}:domain/{PREFIX}/looksee.default"),
        ("TrainingRole", "s3:GetObject", f"arn:aws:s3:::{PICTURES}/pictures/a.jpg"),
        ("WarmRole", "sagemaker:InvokeEndpoint", f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:endpoint/other"),
        (
            "StartRole",
            "secretsmanager:GetSecretValue",
            f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{PREFIX}/slack-AbCdEf",
        ),
    ],
)
def test_what_a_role_does_not_need_it_may_not(rendered: Rendered, role: str, action: str, resource: str) -> None:
    assert not may(rendered.policy(role), action, resource)


@pytest.mark.live
def test_the_schedule_that_warms_may_ask_its_endpoint(rendered: Rendered) -> None:
    endpoint = f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:endpoint/{PREFIX}-{MODEL_ID}"
    assert may(rendered.policy("WarmRole"), "sagemaker:InvokeEndpoint", endpoint)
