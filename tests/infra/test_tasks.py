"""What a task's failures become that no stand-in can be made to have: one sentence each, with AWS's own reason."""

import sys
from typing import Any

import pytest

from infra.installation import Installation
from infra.jobs import NoSdk, SdkJobs
from infra.tasks import TaskFailed, Tasks

WHERE = Installation(
    prefix="shop",
    data_bucket="d",
    picture_bucket="p",
    model="m",
    model_id="m-1",
    cluster="shop",
    index_task="shop-index:1",
    subnets=("a", "b"),
    group="sg-1",
    training_role="r",
)


class Service:
    """Answers each call with what it was given for it."""

    def __init__(self, **answers: Any) -> None:
        self._answers = answers
        self.asked: list[dict[str, Any]] = []

    def __getattr__(self, name: str) -> Any:
        def call(**asked: Any) -> Any:
            self.asked.append(asked)
            return self._answers[name]

        return call


def tasks(**answers: Any) -> Tasks:
    service = Service(list_tasks={"taskArns": []}, get_log_events={"events": [], "nextForwardToken": "f"}, **answers)
    return Tasks(lambda _: service, WHERE, poll_s=0.01)


def test_a_task_that_finds_no_room_is_told_with_the_reason() -> None:
    full = tasks(run_task={"tasks": [], "failures": [{"reason": "Capacity is unavailable at this time"}]})
    with pytest.raises(TaskFailed, match="could not be started: Capacity is unavailable at this time"):
        full.run(["generations", "list"], print)


def test_a_task_that_is_stopped_from_outside_has_no_exit_code() -> None:
    stopped = {"lastStatus": "STOPPED", "stoppedReason": "CannotPullContainerError", "containers": [{"name": "index"}]}
    killed = tasks(run_task={"tasks": [{"taskArn": "arn/1"}]}, describe_tasks={"tasks": [stopped]})
    with pytest.raises(TaskFailed, match="stopped before it ended: CannotPullContainerError"):
        killed.run(["generations", "list"], print)


def test_a_task_nobody_knows_any_more_leads_to_its_log() -> None:
    gone = tasks(run_task={"tasks": [{"taskArn": "arn/1"}]}, describe_tasks={"tasks": []})
    with pytest.raises(TaskFailed, match="`looksee aws logs index` has its log"):
        gone.run(["generations", "list"], print)


def test_without_the_sdk_a_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sagemaker", None)
    with pytest.raises(NoSdk, match=r'pip install -e "\.\[aws,sagemaker\]"'):
        SdkJobs(None)
