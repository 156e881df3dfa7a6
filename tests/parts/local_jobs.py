"""SageMaker's batch transform in front of moto: a job is noted there and really done here, object by object."""

import json
import threading
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import httpx
from starlette.responses import Response

from tests.parts.aws_front import Call, Hook, as_moto_said


@dataclass
class LocalJobs:
    """The hooks, and what was done.

    Args:
        s3: a client.
        container: the address of the model's server.
    """

    s3: Any
    container: str
    posted: list[str] = field(default_factory=list)
    """The key of each object that was sent to the container, in order."""
    states: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Job -> status and reason."""
    pause: threading.Event = field(default_factory=threading.Event)
    """Set it to let jobs go on; clear it to hold them between two objects."""
    threads: list[threading.Thread] = field(default_factory=list)
    dies_after: int | None = None
    """Objects after which a job's instance dies, once."""

    def __post_init__(self) -> None:
        self.pause.set()

    @property
    def hooks(self) -> dict[str, Hook]:
        return {"CreateTransformJob": self.create, "DescribeTransformJob": self.describe}

    def create(self, call: Call) -> Response:
        noted = call.on(call.body)
        if noted.status_code == 200:
            job = json.loads(call.body)
            self.states[job["TransformJobName"]] = ("InProgress", "")
            thread = threading.Thread(target=self._do, args=(job,), daemon=True)
            self.threads.append(thread)
            thread.start()
        return as_moto_said(noted)

    def describe(self, call: Call) -> Response:
        noted = call.on(call.body)
        if noted.status_code != 200:
            return as_moto_said(noted)
        told = json.loads(noted.content)
        told["TransformJobStatus"], told["FailureReason"] = self.states[told["TransformJobName"]]
        return as_moto_said(noted, json.dumps(told).encode())

    def _do(self, job: dict[str, Any]) -> None:
        name = job["TransformJobName"]
        try:
            refused = 0
            for count, (bucket, key) in enumerate(self._inputs(job)):
                self.pause.wait(120)
                if count == self.dies_after:
                    self.dies_after = None
                    self.states[name] = ("Failed", "InternalServerError: the instance died")
                    return
                refused += not self._answered(job, bucket, key)
            reason = "ClientError: see the job's log" if refused else ""
            self.states[name] = ("Failed" if refused else "Completed", reason)
        except Exception as error:  # noqa: BLE001 - a test reads the state; a thread's traceback nobody sees
            self.states[name] = ("Failed", f"the stand-in broke: {error!r}")

    def _inputs(self, job: dict[str, Any]) -> list[tuple[str, str]]:
        source = job["TransformInput"]["DataSource"]["S3DataSource"]
        place = urlsplit(source["S3Uri"])
        bucket, key = place.netloc, place.path.lstrip("/")
        if source["S3DataType"] == "ManifestFile":
            first, *names = json.loads(self.s3.get_object(Bucket=bucket, Key=key)["Body"].read())
            inside = urlsplit(first["prefix"])
            return [(inside.netloc, f"{inside.path.lstrip('/')}{name}") for name in names]
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=key)
        return [(bucket, found["Key"]) for page in pages for found in page.get("Contents", [])]

    def _answered(self, job: dict[str, Any], bucket: str, key: str) -> bool:
        given, wanted = job["TransformInput"], job["TransformOutput"]
        body = self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        assert len(body) <= job["MaxPayloadInMB"] * 1024**2
        self.posted.append(key)
        headers = {"content-type": given["ContentType"], "accept": wanted["Accept"]}
        answer = httpx.post(
            f"{self.container}/invocations", content=body, headers=headers, timeout=600, trust_env=False
        )
        if answer.status_code != 200:
            return False
        target = urlsplit(wanted["S3OutputPath"])
        out = PurePosixPath(target.path.lstrip("/")) / f"{key}.out"
        self.s3.put_object(Bucket=target.netloc, Key=str(out), Body=answer.content)
        return True
