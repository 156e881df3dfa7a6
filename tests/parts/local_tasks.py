"""Fargate in front of moto: a task is noted there, its command is really run here, its output goes to the log group."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.responses import Response

from tests.parts.aws_front import Call, Hook, as_moto_said

ROOT = Path(__file__).parents[2]


Program = Callable[[Sequence[str], Mapping[str, str], Callable[[str], None]], int]
"""The words after `looksee` and its settings in, the exit code out; each line that it prints is told as it comes."""


def checkout(words: Sequence[str], settings: Mapping[str, str], tell: Callable[[str], None]) -> int:
    """The `Program` of this checkout, with an empty data folder."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "looksee.py", *words]
    with tempfile.TemporaryDirectory() as data:
        env = {**inherited, "LOOKSEE_DATA": data, "PYTHONWARNINGS": "ignore", **settings}
        with subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                tell(line)
    return process.returncode


@dataclass
class LocalTasks:
    """The hooks, and what was run.

    Args:
        client: makes clients of the pretended account.
        program: what runs the image's commands.
        changed: settings that differ here from the task definition's, such as the store's address.
    """

    client: Callable[[str], Any]
    program: Program
    changed: Mapping[str, str]
    commands: list[list[str]] = field(default_factory=list)
    environments: list[dict[str, str]] = field(default_factory=list)
    """What each task definition sets, before the changes."""
    codes: dict[str, int | None] = field(default_factory=dict)
    """Task -> exit code; None while it runs."""
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def hooks(self) -> dict[str, Hook]:
        return {"RunTask": self.run, "DescribeTasks": self.describe, "ListTasks": self.list}

    def run(self, call: Call) -> Response:
        noted = call.on(call.body)
        if noted.status_code != 200:
            return as_moto_said(noted)
        asked, told = json.loads(call.body), json.loads(noted.content)
        task = told["tasks"][0]["taskArn"]
        self.codes[task], self.labels[task] = None, asked.get("startedBy", "")
        threading.Thread(target=self._do, args=(task, asked), daemon=True).start()
        return as_moto_said(noted)

    def describe(self, call: Call) -> Response:
        noted = call.on(call.body)
        told = json.loads(noted.content)
        for task in told.get("tasks", []):
            code = self.codes[task["taskArn"]]
            task["lastStatus"] = "RUNNING" if code is None else "STOPPED"
            task["containers"] = [{"name": "index", **({} if code is None else {"exitCode": code})}]
        return as_moto_said(noted, json.dumps(told).encode())

    def list(self, call: Call) -> Response:
        noted, asked = call.on(call.body), json.loads(call.body)
        running = [
            task for task, code in self.codes.items() if code is None and self.labels[task] == asked.get("startedBy")
        ]
        return as_moto_said(noted, json.dumps({"taskArns": running}).encode())

    def _do(self, task: str, asked: dict[str, Any]) -> None:
        described = self.client("ecs").describe_task_definition(taskDefinition=asked["taskDefinition"])
        (container,) = described["taskDefinition"]["containerDefinitions"]
        (override,) = asked["overrides"]["containerOverrides"]
        own = {each["name"]: each["value"] for each in container["environment"]}
        self.commands.append(override["command"])
        self.environments.append(own)
        logs, log = self.client("logs"), container["logConfiguration"]["options"]
        stream = f"{log['awslogs-stream-prefix']}/{container['name']}/{task.rsplit('/', 1)[-1]}"
        where = {"logGroupName": log["awslogs-group"], "logStreamName": stream}
        logs.create_log_stream(**where)

        def tell(line: str) -> None:
            event = {"timestamp": int(time.time() * 1000), "message": line.rstrip() or " "}
            logs.put_log_events(**where, logEvents=[event])

        try:
            self.codes[task] = self.program(override["command"], {**own, **self.changed}, tell)
        except Exception as error:  # noqa: BLE001 - the command that waits for it reads the log; this thread nobody sees
            tell(f"the stand-in broke: {error!r}")
            self.codes[task] = 125  # an engine's own, where it cannot start a container
