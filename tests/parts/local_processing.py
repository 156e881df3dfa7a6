"""SageMaker's Processing in front of moto: a job is noted there, and each of its instances is a process here."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from starlette.responses import Response

from tests.parts.aws_front import Call, Hook, as_moto_said, aws_front
from tests.parts.local_aws import LocalAws

ROOT = Path(__file__).parents[2]
OPT_ML = "/opt/ml"
ANSWERED = "answered "
"""How a line of an instance begins that tells of an answer."""


@dataclass
class Instance:
    """One container of a job."""

    host: str
    process: "subprocess.Popen[str]"
    root: Path
    """What it has as `/opt/ml`."""
    said: list[str] = field(default_factory=list)

    @property
    def answered(self) -> list[str]:
        """The manifests whose answers it has put, in order."""
        return [line.split()[1].rstrip(":") for line in self.said if line.startswith(ANSWERED)]


@dataclass
class LocalProcessing:
    """The hooks, and what was done.

    Args:
        env: how containers reach the pretended account.
    """

    env: Mapping[str, str]
    requests: list[dict[str, Any]] = field(default_factory=list)
    instances: dict[str, list[Instance]] = field(default_factory=dict)
    """Job -> its instances."""
    states: dict[str, dict[str, str]] = field(default_factory=dict)
    """Job -> what is told of it instead of moto's words."""
    may_start: threading.Event = field(default_factory=threading.Event)
    """Clear it to hold jobs before their instances start."""
    changed: Mapping[str, str] = field(default_factory=dict)
    """Settings of containers that differ from the account's own."""
    killed_after: int | None = None
    """Answers after which the second instance of a job is killed with -9, once."""

    def __post_init__(self) -> None:
        self.may_start.set()

    @property
    def hooks(self) -> dict[str, Hook]:
        return {"CreateProcessingJob": self.create, "DescribeProcessingJob": self.describe}

    def create(self, call: Call) -> Response:
        noted = call.on(call.body)
        if noted.status_code == 200:
            job = json.loads(call.body)
            self.requests.append(job)
            self.states[job["ProcessingJobName"]] = {"ProcessingJobStatus": "InProgress"}
            threading.Thread(target=self._do, args=(job,), daemon=True).start()
        return as_moto_said(noted)

    def describe(self, call: Call) -> Response:
        noted = call.on(call.body)
        if noted.status_code != 200:
            return as_moto_said(noted)
        told = json.loads(noted.content)
        return as_moto_said(noted, json.dumps(told | self.states[told["ProcessingJobName"]]).encode())

    def _do(self, job: dict[str, Any]) -> None:
        name = job["ProcessingJobName"]
        count = job["ProcessingResources"]["ClusterConfig"]["InstanceCount"]
        hosts = [f"algo-{number + 1}" for number in range(count)]
        self.may_start.wait(120)
        try:
            with tempfile.TemporaryDirectory(prefix="opt-ml-") as folder:
                started = [self._started(job, Path(folder) / host, host, hosts) for host in hosts]
                self.instances[name] = started
                followed = [threading.Thread(target=self._follow, args=(started, one)) for one in started]
                for thread in followed:
                    thread.start()
                for thread in followed:
                    thread.join()
                self.states[name] = _ended(started)
        except Exception as error:  # noqa: BLE001 - a test reads the state; a thread's traceback nobody sees
            self.states[name] = {"ProcessingJobStatus": "Failed", "FailureReason": f"the stand-in broke: {error!r}"}

    def _started(self, job: dict[str, Any], root: Path, host: str, hosts: list[str]) -> Instance:
        """One container: what its image calls python3 is this one, what it has as /opt/ml a folder of its own."""
        (root / "config").mkdir(parents=True)
        (root / "output").mkdir()
        config = {"current_host": host, "hosts": hosts, "network_interface_name": "eth0"}
        (root / "config" / "resourceconfig.json").write_text(json.dumps(config))
        told = job["AppSpecification"]
        words = [*told["ContainerEntrypoint"], *told["ContainerArguments"]]
        command = [{"python3": sys.executable, OPT_ML: str(root)}.get(word, word) for word in words]
        inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**inherited, **self.env, "PYTHONWARNINGS": "ignore", **self.changed},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return Instance(host, process, root)

    def _follow(self, all_of_them: list[Instance], instance: Instance) -> None:
        """Read what an instance says to its end; one that fails ends the others, as it ends the job."""
        assert instance.process.stdout is not None
        with instance.process.stdout as lines:
            for line in lines:
                instance.said.append(line.rstrip())
                is_second = len(all_of_them) > 1 and instance is all_of_them[1]
                if is_second and self.killed_after is not None and len(instance.answered) >= self.killed_after:
                    self.killed_after = None
                    os.kill(instance.process.pid, signal.SIGKILL)
        if instance.process.wait():
            for other in all_of_them:
                other.process.terminate()


def _ended(instances: list[Instance]) -> dict[str, str]:
    """What `DescribeProcessingJob` says once all have ended: messages one after another, cut at 1 KB."""
    messages = [one.root / "output" / "message" for one in instances]
    said = "".join(path.read_text() for path in messages if path.is_file())[:1024]
    message = {"ExitMessage": said} if said else {}
    failed = [code for one in instances if (code := one.process.returncode) not in {0, -signal.SIGTERM}]
    if not failed:
        return {"ProcessingJobStatus": "Completed", **message}
    code = failed[0] if failed[0] > 0 else 128 - failed[0]  # as a container's engine counts signals
    return {"ProcessingJobStatus": "Failed", "FailureReason": f"AlgorithmError: , exit code: {code}", **message}


@contextmanager
def with_processing(aws: LocalAws) -> Iterator[tuple[LocalAws, LocalProcessing]]:
    """The same account with Processing jobs that are really done."""
    processing = LocalProcessing(aws.env)
    with aws_front(aws.env["AWS_ENDPOINT_URL"], processing.hooks) as address:
        yield replace(aws, env={**aws.env, "AWS_ENDPOINT_URL": address}), processing
