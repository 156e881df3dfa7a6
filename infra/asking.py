"""What the commands of `looksee aws` share: options, the person's account, and the sentence a command ends with."""

from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

Prefix = Annotated[str, typer.Option("--prefix", help="Every name of the installation begins with it.")]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder for indexes and memory. Default: LOOKSEE_DATA, else your data folder."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def account() -> Any:
    """boto3's session of the person's account and region; ends the command where one is missing."""
    try:
        import boto3
    except ModuleNotFoundError:
        stop("boto3 is not installed; pip install -e '.[aws]' in the checkout brings it.", 2)
    session = boto3.Session()
    if session.region_name is None:
        stop("No region is set; set AWS_DEFAULT_REGION, for example to us-east-1.", 2)
    if session.get_credentials() is None:
        stop("There are no AWS credentials; run `aws configure`, or set AWS_PROFILE.", 2)
    return session


def stop(sentence: str, code: int) -> NoReturn:
    """End the command with one sentence."""
    typer.echo(sentence, err=True)
    raise typer.Exit(code)
