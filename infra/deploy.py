"""What a person wants of an installation in, its two stacks out: changes agreed to, images built, events followed."""

import io
import json
import subprocess
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.stacks import TEMPLATES, Change, DeployFailed, Stacks

Client = Callable[[str], Any]
"""A service's name in, its boto3 client out."""
_BUILD_POLL_S = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """An installation as it should be."""

    prefix: str
    model_id: str
    size: str = "dev"
    tag: str = ""
    """Of both images; empty builds the checkout's, named by its commit."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Of the app stack, beside those above."""
    slack: Mapping[str, str] = field(default_factory=dict, repr=False)
    """bot_token, app_token, signing_secret; empty leaves what is stored."""


class Declined(Exception):
    """The person said no; nothing was changed since."""


def deploy(
    client: Client, wanted: Wanted, *, tell: Callable[[str], None], ask: Callable[[str], bool], poll_s: float = 3.0
) -> dict[str, str]:
    """Make or change an installation. Run again, it does what is missing.

    Args:
        client: makes clients of one account and region.
        wanted: what there should be.
        tell: shown to the person.
        ask: a question that the person answers with yes or no.
        poll_s: seconds between two looks at CloudFormation.

    Returns:
        The app stack's outputs.

    Raises:
        Declined: `ask` said no.
        DeployFailed: AWS did not do it.
    """
    stacks = Stacks(client("cloudformation"), poll_s=poll_s)
    base, app = f"{wanted.prefix}-base", f"{wanted.prefix}-app"
    _change(stacks, base, TEMPLATES / "base.yaml", {"Prefix": wanted.prefix}, tell, ask)
    outputs = stacks.outputs(base)
    _store_tokens(client("secretsmanager"), outputs["SlackSecret"], wanted.slack)
    public_key = _have_picture_key(client("secretsmanager"), outputs["PictureSecret"])
    tag = wanted.tag or commit()
    _have_images(client, wanted, outputs, tag, tell)
    parameters = {
        "Prefix": wanted.prefix,
        "Size": wanted.size,
        "BotTag": tag,
        "EncoderTag": tag,
        "ModelId": wanted.model_id,
        "PicturePublicKey": public_key,
        **wanted.parameters,
    }
    _change(stacks, app, TEMPLATES / "app.yaml", parameters, tell, ask)
    return stacks.outputs(app)


def _change(
    stacks: Stacks,
    name: str,
    template: Path,
    parameters: Mapping[str, str],
    tell: Callable[[str], None],
    ask: Callable[[str], bool],
) -> None:
    change_set, changes = stacks.propose(name, template, parameters)
    if not change_set:
        tell(f"{name}: nothing to change.")
        return
    for change in changes:
        tell(_line(change))
    if not ask(f"Make these {len(changes)} changes to {name}?"):
        raise Declined
    stacks.execute(name, change_set, tell)


def _line(change: Change) -> str:
    replaces = "  (replaced: its data goes)" if change.replaces else ""
    return f"  {change.action:7} {change.kind:42} {change.name}{replaces}"


def _store_tokens(secrets: Any, secret: str, slack: Mapping[str, str]) -> None:
    """Fill in what the task definition reads; keys that nobody named are there and empty."""
    try:
        stored = json.loads(secrets.get_secret_value(SecretId=secret)["SecretString"])
    except (ClientError, ValueError, KeyError):
        stored = {}
    keys = ("bot_token", "app_token", "signing_secret")
    value = {key: slack.get(key) or stored.get(key, "") for key in keys}
    if value != stored:
        secrets.put_secret_value(SecretId=secret, SecretString=json.dumps(value))


def _have_picture_key(secrets: Any, secret: str) -> str:
    """Make the key that thumbnails' addresses are signed with, once; its public half, PEM."""
    try:
        stored = secrets.get_secret_value(SecretId=secret)["SecretString"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise  # a key that is there must not be replaced: every address that it signed would end
        stored = ""
    try:
        key = serialization.load_pem_private_key(stored.encode(), password=None)
    except ValueError:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        secrets.put_secret_value(SecretId=secret, SecretString=private.decode())
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return public.decode()


def _have_images(
    client: Client, wanted: Wanted, outputs: Mapping[str, str], tag: str, tell: Callable[[str], None]
) -> None:
    ecr = client("ecr")
    missing = [name for name in ("encoder", "bot") if not _is_pushed(ecr, f"{wanted.prefix}/{name}", tag)]
    if not missing:
        return
    if wanted.tag:
        raise DeployFailed(f"There is no image {wanted.prefix}/{missing[0]}:{tag}; push it, or leave --tag out.")
    tell(f"Building the images of {tag} with CodeBuild")
    client("s3").put_object(Bucket=outputs["DataBucket"], Key="source/looksee.zip", Body=source())
    codebuild = client("codebuild")
    started = codebuild.start_build(
        projectName=outputs["Build"],
        environmentVariablesOverride=[{"name": "TAG", "value": tag, "type": "PLAINTEXT"}],
    )
    build = started["build"]
    while build["buildStatus"] == "IN_PROGRESS":
        time.sleep(_BUILD_POLL_S)
        (build,) = codebuild.batch_get_builds(ids=[build["id"]])["builds"]
    if build["buildStatus"] != "SUCCEEDED":
        raise DeployFailed(f"The images were not built ({build['buildStatus']}); `looksee aws logs build` says why.")


def _is_pushed(ecr: Any, repository: str, tag: str) -> bool:
    try:
        return bool(ecr.describe_images(repositoryName=repository, imageIds=[{"imageTag": tag}])["imageDetails"])
    except ClientError as error:
        if error.response["Error"]["Code"] in {"ImageNotFoundException", "RepositoryNotFoundException"}:
            return False
        raise


def commit() -> str:
    """Twelve digits of the checkout's commit, which name the images.

    Raises:
        DeployFailed: this is no checkout.
    """
    return _git("rev-parse", "--short=12", "HEAD").decode().strip()


def source() -> bytes:
    """The checkout's commit as a zip file."""
    archive = _git("archive", "--format=zip", "HEAD")
    with zipfile.ZipFile(io.BytesIO(archive)) as file:
        if "Dockerfile" not in file.namelist():
            raise DeployFailed("The checkout holds no Dockerfile; build the images elsewhere and name their --tag.")
    return archive


def _git(*words: str) -> bytes:
    root = Path(__file__).parents[1]
    try:
        return subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True).stdout  # noqa: S603, S607
    except (OSError, subprocess.CalledProcessError) as error:
        raise DeployFailed("This is no git checkout to build images from; name those pushed with --tag.") from error
