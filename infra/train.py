"""A catalogue in, a model's archive out: trained on SageMaker by the code of `looksee model train` and `tune`.

The job runs AWS's PyTorch container, which has torch; our packages come as its source, and what they need beside torch
is installed there when it starts. `infra/training_entry.py` is what it starts.
"""

import gzip
import hashlib
import io
import tarfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from botocore.exceptions import ClientError
from packaging.requirements import Requirement

from indexing.sources import BadSource
from infra.installation import Installation
from infra.jobs import Jobs
from infra.training_entry import CHANNEL

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PROGRAM = "train.py"
_ENTRY = """import os
import sys
from pathlib import Path

from infra.training_entry import main

# The training toolkit's own name for where its folders are.
sys.exit(main(Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))))
"""
_PACKAGES = ("inference", "indexing", "infra")
_IN_THE_CONTAINER = frozenset({"torch", "torchvision"})
_NOT_FOR_TRAINING = frozenset(
    {"slack-bolt", "slack-sdk", "opensearch-py", "starlette", "uvicorn", "fluent-runtime", "rich-pixels", "matplotlib"}
)
_SLACK_S = 1800
"""On top of the minutes of training: decoding, export, and what the container needs to start."""
_UPLOADS = 16


class TrainFailed(Exception):
    """The job did not lead to a model; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Training:
    """What is to be trained."""

    name: str
    """The model's: lower-case letters, digits, dots, hyphens."""
    minutes: float
    instance: str = "ml.g5.xlarge"
    image: str
    spot: bool = True
    """At some third of the price; an instance that is taken away is replaced, and training goes on."""
    options: Mapping[str, str] = field(default_factory=dict)
    """Hyperparameters beside name and minutes: checkpoint, precision, licence, device, ..."""


def train(
    source: str,
    where: Installation,
    s3: "S3Client",
    jobs: Jobs,
    wanted: Training,
    tell: Callable[[str], None],
    *,
    poll_s: float = 15.0,
) -> str:
    """Train, and wait for it.

    Args:
        source: a catalogue's folder, or the `s3://` address of one in the installation's data bucket.
        where: the installation.
        s3: a client.
        jobs: starts the job.
        wanted: the model.
        tell: given a line at each stage.
        poll_s: seconds between two looks at the job.

    Returns:
        The address of the model's archive.

    Raises:
        BadSource: the catalogue is not there.
        TrainFailed: SageMaker refuses the job, or it failed.
    """
    catalogue = source if source.startswith("s3://") else _uploaded(Path(source).expanduser(), where, s3, tell)
    code = _source(where, s3)
    name = f"{where.prefix}-{wanted.name.replace('.', '-')}-{datetime.now(UTC):%Y%m%d-%H%M%S}"[:63]
    tell(f"Starting the job {name} on one {wanted.instance}; `looksee aws logs train` shows what it says.")
    try:
        jobs.start_training(training_job(name, catalogue, code, where, wanted))
    except ClientError as error:
        raise TrainFailed(f"SageMaker refuses the job: {error.response['Error'].get('Message')}") from error
    while True:
        state = jobs.training(name)
        if state is None:
            raise TrainFailed(f"SageMaker knows no job {name}.")
        if state.status == "Completed":
            return state.result
        if state.has_ended:
            raise TrainFailed(f"The job {name} ended ({state.status}: {state.reason or 'it gave no reason'}).")
        time.sleep(poll_s)


def training_job(name: str, catalogue: str, code: str, where: Installation, wanted: Training) -> dict[str, Any]:
    """What `CreateTrainingJob` is asked for."""
    most_s = int(wanted.minutes * 60) + _SLACK_S
    own = f"s3://{where.data_bucket}/training/jobs/{name}"
    return {
        "TrainingJobName": name,
        "RoleArn": where.training_role,
        "AlgorithmSpecification": {"TrainingImage": wanted.image, "TrainingInputMode": "File"},
        "HyperParameters": {
            "name": wanted.name,
            "minutes": f"{wanted.minutes:g}",
            **wanted.options,
            # These two are the training toolkit's own.
            "sagemaker_program": PROGRAM,
            "sagemaker_submit_directory": code,
        },
        "InputDataConfig": [
            {
                "ChannelName": CHANNEL,
                "DataSource": {
                    "S3DataSource": {
                        "S3DataType": "S3Prefix",
                        "S3Uri": f"{catalogue.rstrip('/')}/",
                        "S3DataDistributionType": "FullyReplicated",
                    }
                },
            }
        ],
        "OutputDataConfig": {"S3OutputPath": f"{own}/"},
        "CheckpointConfig": {"S3Uri": f"{own}/checkpoints/", "LocalPath": "/opt/ml/checkpoints"},
        "ResourceConfig": {"InstanceType": wanted.instance, "InstanceCount": 1, "VolumeSizeInGB": 100},
        "EnableManagedSpotTraining": wanted.spot,
        "StoppingCondition": {
            "MaxRuntimeInSeconds": most_s,
            **({"MaxWaitTimeInSeconds": most_s + 4 * 3600} if wanted.spot else {}),
        },
    }


def source_archive() -> bytes:
    """Our packages, the entry point and what pip installs beside torch, as a `tar.gz` that is the same each time."""
    files: dict[str, bytes] = {PROGRAM: _ENTRY.encode(), "requirements.txt": "\n".join(requirements()).encode() + b"\n"}
    root = Path(__file__).parents[1]
    for package in _PACKAGES:
        for path in (root / package).rglob("*.py"):
            files[path.relative_to(root).as_posix()] = path.read_bytes()
    held = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=held, mode="wb", filename="", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for name, content in sorted(files.items()):
            about = tarfile.TarInfo(name)
            about.size, about.mode = len(content), 0o644
            tar.addfile(about, io.BytesIO(content))
    return held.getvalue()


def requirements() -> list[str]:
    """What Looksee and its training need, in the releases that are installed here; torch is the container's."""
    found = []
    for text in metadata.requires("looksee") or []:
        needed = Requirement(text)
        extra = needed.marker is not None and "extra ==" in str(needed.marker)
        if extra and not needed.marker.evaluate({"extra": "train"}):  # type: ignore[union-attr]  # there is one
            continue
        if needed.name.lower().replace(".", "-") in _IN_THE_CONTAINER | _NOT_FOR_TRAINING:
            continue
        try:
            found.append(f"{needed.name}=={metadata.version(needed.name)}")
        except metadata.PackageNotFoundError:
            found.append(f"{needed.name}{needed.specifier}")
    return sorted(set(found))


def _uploaded(folder: Path, where: Installation, s3: "S3Client", tell: Callable[[str], None]) -> str:
    """A folder's copy in the data bucket, called by what is in it; files that are there are not copied again."""
    if not folder.is_dir():
        raise BadSource(f"{folder} is no folder; name the catalogue's, or its address in {where.data_bucket}.")
    prefix = f"training/catalogues/{folder.resolve().name}/"
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=where.data_bucket, Prefix=prefix)
    there = {found["Key"]: found["ETag"].strip('"') for page in pages for found in page.get("Contents", [])}
    files = {f"{prefix}{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*") if path.is_file()}

    def copy(key: str) -> bool:
        data = files[key].read_bytes()
        # S3's ETag of an object that was put in one piece is its MD5.
        if there.get(key) == hashlib.md5(data, usedforsecurity=False).hexdigest():
            return False
        s3.put_object(Bucket=where.data_bucket, Key=key, Body=data)
        return True

    with ThreadPoolExecutor(_UPLOADS, "looksee-upload") as pool:
        copied = sum(pool.map(copy, sorted(files)))
    for start in range(0, len(gone := sorted(set(there) - set(files))), 1000):
        objects: Any = [{"Key": key} for key in gone[start : start + 1000]]
        s3.delete_objects(Bucket=where.data_bucket, Delete={"Objects": objects, "Quiet": True})
    tell(f"{len(files):,} files of {folder}: {copied:,} copied, {len(files) - copied:,} were there.")
    return f"s3://{where.data_bucket}/{prefix}"


def _source(where: Installation, s3: "S3Client") -> str:
    packed = source_archive()
    key = f"training/source/{hashlib.sha256(packed).hexdigest()}/sourcedir.tar.gz"
    s3.put_object(Bucket=where.data_bucket, Key=key, Body=packed)
    return f"s3://{where.data_bucket}/{key}"


def kept_archive(archive: str, model_id: str, where: Installation, s3: "S3Client") -> str:
    """The archive where endpoints and tasks find it for good: called by its model."""
    place = urlsplit(archive)
    key = f"models/{model_id}/model.tar.gz"
    source: Any = {"Bucket": place.netloc, "Key": place.path.lstrip("/")}
    s3.copy_object(Bucket=where.data_bucket, Key=key, CopySource=source)
    return f"s3://{where.data_bucket}/{key}"
