"""A `looksee aws` command in, what it printed and its exit code out; and an installation deployed by it."""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.parts.local_aws import LocalAws
from tests.parts.sdk import ROOT, sdk_python

PREFIX = "shop"
SOME_WARNINGS = {"PYTHONWARNINGS": "ignore"}


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.out)
        return found


def command_env(aws: LocalAws, data: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a person at the keyboard."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**inherited, **aws.env, **SOME_WARNINGS, "LOOKSEE_DATA": str(data), **(more or {})}


def looksee(aws: LocalAws, data: Path, *words: str, more: Mapping[str, str] | None = None) -> Ran:
    """Run a command to its end."""
    done = subprocess.run(
        [sdk_python(), "looksee.py", *words],
        cwd=ROOT,
        env=command_env(aws, data, more),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def push_images(aws: LocalAws, tag: str) -> None:
    """What `docker push` would do."""
    kind = "application/vnd.docker.distribution.manifest.v2+json"
    manifest = {"schemaVersion": 2, "mediaType": kind, "config": {"digest": "sha256:00"}, "layers": []}
    for image in ("encoder", "bot"):
        aws.client("ecr").put_image(
            repositoryName=f"{PREFIX}/{image}", imageManifest=json.dumps(manifest), imageTag=tag
        )


def deploy(aws: LocalAws, data: Path, more: Mapping[str, str] | None = None) -> None:
    """An installation, by the command: the images are pushed when it asks for them."""
    words = ("aws", "deploy", "--prefix", PREFIX, "--tag", "v1", "--yes")
    first = looksee(aws, data, *words, more=more)
    assert (first.code, "push it" in first.err) == (1, True), first.out + first.err
    push_images(aws, "v1")
    second = looksee(aws, data, *words, more=more)
    assert second.code == 0, second.out + second.err
