"""SageMaker's training in front of moto: a job is noted there, and its container's work done here, in its layout."""

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import Response

from tests.parts.aws_front import Call, Hook, as_moto_said


@dataclass
class LocalTraining:
    """The hooks, and what was done.

    Args:
        s3: a client.
    """

    s3: Any
    requests: list[dict[str, Any]] = field(default_factory=list)
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Job -> what is told of it instead of moto's words."""
    logs: dict[str, str] = field(default_factory=dict)

    @property
    def hooks(self) -> dict[str, Hook]:
        return {"CreateTrainingJob": self.create, "DescribeTrainingJob": self.describe}

    def create(self, call: Call) -> Response:
        noted = call.on(call.body)
        if noted.status_code == 200:
            job = json.loads(call.body)
            self.requests.append(job)
            self.states[job["TrainingJobName"]] = {"TrainingJobStatus": "InProgress"}
            threading.Thread(target=self._do, args=(job,), daemon=True).start()
        return as_moto_said(noted)

    def describe(self, call: Call) -> Response:
        noted = call.on(call.body)
        if noted.status_code != 200:
            return as_moto_said(noted)
        told = json.loads(noted.content)
        told.pop("FailureReason", None)
        return as_moto_said(noted, json.dumps(told | self.states[told["TrainingJobName"]]).encode())

    def _do(self, job: dict[str, Any]) -> None:
        name = job["TrainingJobName"]
        with tempfile.TemporaryDirectory(prefix="opt-ml-") as folder:
            root = Path(folder)
            self._lay_out(job, root)
            env = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
            env |= {"SAGEMAKER_BASE_DIR": folder, "PYTHONWARNINGS": "ignore"}
            program = root / "code" / job["HyperParameters"]["sagemaker_program"]
            done = subprocess.run(
                [sys.executable, program], cwd=program.parent, env=env, capture_output=True, text=True, check=False
            )
            self.logs[name] = done.stdout + done.stderr
            if done.returncode:
                failure = root / "output" / "failure"
                reason = f"AlgorithmError: {failure.read_text() if failure.exists() else 'no reason'}"
                self.states[name] = {"TrainingJobStatus": "Failed", "FailureReason": reason}
                return
            target = f"{job['OutputDataConfig']['S3OutputPath'].rstrip('/')}/{name}/output/model.tar.gz"
            self._put(target, _packed(root / "model"))
        self.states[name] = {"TrainingJobStatus": "Completed", "ModelArtifacts": {"S3ModelArtifacts": target}}

    def _lay_out(self, job: dict[str, Any], root: Path) -> None:
        """`/opt/ml` as SageMaker hands it to a container."""
        for name in ("model", "output", "checkpoints", "code", "input/config"):
            (root / name).mkdir(parents=True)
        (root / "input" / "config" / "hyperparameters.json").write_text(json.dumps(job["HyperParameters"]))
        with tarfile.open(fileobj=io.BytesIO(self._get(job["HyperParameters"]["sagemaker_submit_directory"]))) as tar:
            tar.extractall(root / "code", filter="data")
        for channel in job["InputDataConfig"]:
            place = urlsplit(channel["DataSource"]["S3DataSource"]["S3Uri"])
            prefix = place.path.lstrip("/")
            pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=place.netloc, Prefix=prefix)
            for found in (found for page in pages for found in page.get("Contents", [])):
                path = root / "input" / "data" / channel["ChannelName"] / found["Key"].removeprefix(prefix)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self._get(f"s3://{place.netloc}/{found['Key']}"))

    def _get(self, uri: str) -> bytes:
        place = urlsplit(uri)
        content: bytes = self.s3.get_object(Bucket=place.netloc, Key=place.path.lstrip("/"))["Body"].read()
        return content

    def _put(self, uri: str, data: bytes) -> None:
        place = urlsplit(uri)
        self.s3.put_object(Bucket=place.netloc, Key=place.path.lstrip("/"), Body=data)


def _packed(folder: Path) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        for path in sorted(folder.iterdir()):
            tar.add(path, arcname=path.name)
    return held.getvalue()
