"""A `looksee` command in, its exit code out: run as a Fargate task inside the network, its log printed as it comes."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from botocore.exceptions import ClientError

from infra.installation import Installation

_POLL_S = 3.0
_CONTAINER = "index"
_LAST_LINES_S = 5.0
"""CloudWatch has a task's last lines a little after the task has ended."""


class TaskFailed(Exception):
    """The task did not run, or not to its end; the message is one sentence with AWS's own reason."""


class Tasks:
    """Runs commands as tasks of an installation.

    Args:
        client: makes clients of the account.
        where: the installation.
        poll_s: seconds between two looks.
    """

    def __init__(self, client: Callable[[str], Any], where: Installation, *, poll_s: float = _POLL_S) -> None:
        self._ecs, self._logs, self._where, self._poll_s = client("ecs"), client("logs"), where, poll_s

    def run(self, command: Sequence[str], tell: Callable[[str], None], *, label: str = "looksee") -> int:
        """Run a command, or go on with the one of that label that runs already.

        Args:
            command: words after `looksee`.
            tell: given each line of its log.
            label: what the task is called by; one that runs under it is followed instead of starting another.

        Returns:
            The command's exit code.

        Raises:
            TaskFailed: it could not be started, or was stopped from outside.
        """
        task = self._running(label) or self._started(command, label)
        return self.follow(task, tell)

    def follow(self, task: str, tell: Callable[[str], None]) -> int:
        """See `run`; of a task that was started."""
        position = ""
        while True:
            found = self._ecs.describe_tasks(cluster=self._where.cluster, tasks=[task])["tasks"]
            if not found:
                raise TaskFailed(
                    f"The task {_id_of(task)} is not known any more; `looksee aws logs index` has its log."
                )
            (state,) = found
            has_ended = state["lastStatus"] == "STOPPED"  # before the log, so that the last lines are read
            position = self._tell_new(task, position, tell)
            if has_ended:
                self._tell_last(task, position, tell)
                return _exit_code(state)
            time.sleep(self._poll_s)

    def _running(self, label: str) -> str | None:
        listed = self._ecs.list_tasks(cluster=self._where.cluster, startedBy=label, desiredStatus="RUNNING")
        tasks: list[str] = listed["taskArns"]
        return tasks[0] if tasks else None

    def _started(self, command: Sequence[str], label: str) -> str:
        try:
            started = self._ecs.run_task(
                cluster=self._where.cluster,
                taskDefinition=self._where.index_task,
                launchType="FARGATE",
                count=1,
                startedBy=label,
                networkConfiguration={
                    "awsvpcConfiguration": {
                        "subnets": list(self._where.subnets),
                        "securityGroups": [self._where.group],
                        "assignPublicIp": "ENABLED",
                    }
                },
                overrides={"containerOverrides": [{"name": _CONTAINER, "command": list(command)}]},
            )
        except ClientError as error:
            raise TaskFailed(f"The task could not be started: {error.response['Error'].get('Message')}") from error
        if not started["tasks"]:
            why = "; ".join(failure.get("reason", "no reason was given") for failure in started.get("failures", []))
            raise TaskFailed(f"The task could not be started: {why}.")
        arn: str = started["tasks"][0]["taskArn"]
        return arn

    def _tell_new(self, task: str, position: str, tell: Callable[[str], None]) -> str:
        for line, position in self._lines(task, position):  # noqa: B007, B020 - the position after the last line stays
            tell(line)
        return position

    def _tell_last(self, task: str, position: str, tell: Callable[[str], None]) -> None:
        until = time.monotonic() + min(_LAST_LINES_S, 5 * self._poll_s)
        while time.monotonic() < until:
            time.sleep(self._poll_s / 3)
            after = self._tell_new(task, position, tell)
            if after == position:
                return
            position = after

    def _lines(self, task: str, position: str) -> Iterator[tuple[str, str]]:
        stream = f"index/{_CONTAINER}/{_id_of(task)}"
        while True:
            after = {"nextToken": position} if position else {}
            try:
                page = self._logs.get_log_events(
                    logGroupName=self._where.index_log, logStreamName=stream, startFromHead=True, **after
                )
            except ClientError as error:
                if error.response["Error"]["Code"] == "ResourceNotFoundException":  # it has written nothing yet
                    return
                raise
            for event in page["events"]:
                yield event["message"].rstrip(), page["nextForwardToken"]
            if not page["events"] or page["nextForwardToken"] == position:
                return
            position = page["nextForwardToken"]


def _id_of(task: str) -> str:
    return task.rsplit("/", 1)[-1]


def _exit_code(state: Any) -> int:
    container: Any = next((c for c in state["containers"] if c["name"] == _CONTAINER), {})
    if (code := container.get("exitCode")) is None:
        why = container.get("reason") or state.get("stoppedReason") or "no reason was given"
        raise TaskFailed(f"The task was stopped before it ended: {why}")
    return int(code)
