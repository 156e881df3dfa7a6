"""A template and its parameters in, a CloudFormation stack out: changes are shown first, events are followed."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient

TEMPLATES = Path(__file__).parent / "templates"
_POLL_S = 3.0
_LONGEST_S = 3 * 3600.0
"""An OpenSearch domain takes half an hour, a large one more."""
_NOTHING = ("didn't contain changes", "No updates are to be performed", "no changes")


class DeployFailed(Exception):
    """AWS did not do it; the message is one sentence with AWS's own reason."""


class Change(NamedTuple):
    """What a change set would do to one resource."""

    action: str
    """Add, Modify, Remove."""
    name: str
    kind: str
    replaces: bool


class Stacks:
    """The stacks of one installation."""

    def __init__(self, client: "CloudFormationClient", *, poll_s: float = _POLL_S) -> None:
        self._client = client
        self._poll_s = poll_s

    def status(self, name: str) -> str:
        """CloudFormation's word for a stack's state; empty where there is none."""
        try:
            return self._client.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
        except ClientError as error:
            if "does not exist" in str(error):
                return ""
            raise

    def outputs(self, name: str) -> dict[str, str]:
        """A stack's outputs by name."""
        found = self._client.describe_stacks(StackName=name)["Stacks"][0].get("Outputs", [])
        return {output["OutputKey"]: output["OutputValue"] for output in found}

    def resources(self, name: str) -> dict[str, tuple[str, str]]:
        """Logical name -> type and physical name."""
        pages = self._client.get_paginator("list_stack_resources").paginate(StackName=name)
        found = (summary for page in pages for summary in page["StackResourceSummaries"])
        return {s["LogicalResourceId"]: (s["ResourceType"], s.get("PhysicalResourceId", "")) for s in found}

    def propose(self, name: str, template: Path, parameters: Mapping[str, str]) -> tuple[str, list[Change]]:
        """Make a change set.

        Returns:
            Its name, and what it would do; no name where there is nothing to do.

        Raises:
            DeployFailed: CloudFormation refuses the template or a parameter.
        """
        kind: Literal["CREATE", "UPDATE"] = "CREATE" if self.status(name) in {"", "REVIEW_IN_PROGRESS"} else "UPDATE"
        change_set = f"looksee-{time.time_ns()}"
        try:
            self._client.create_change_set(
                StackName=name,
                ChangeSetName=change_set,
                ChangeSetType=kind,
                TemplateBody=template.read_text(encoding="utf-8"),
                Parameters=[{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items()],
                Capabilities=["CAPABILITY_IAM"],
            )
        except ClientError as error:
            raise DeployFailed(f"CloudFormation refuses {template.name}: {_reason(error)}") from error
        return self._proposed(name, change_set)

    def _proposed(self, name: str, change_set: str) -> tuple[str, list[Change]]:
        until = time.monotonic() + 300
        while time.monotonic() < until:
            told = self._client.describe_change_set(StackName=name, ChangeSetName=change_set)
            state, why = told["Status"], told.get("StatusReason", "")
            if state == "FAILED":
                self._client.delete_change_set(StackName=name, ChangeSetName=change_set)
                if any(words in why for words in _NOTHING):
                    return "", []
                raise DeployFailed(f"CloudFormation cannot make the changes to {name}: {why}")
            if state.endswith("_COMPLETE"):
                changes = [found["ResourceChange"] for found in told["Changes"]]
                return change_set, [
                    Change(
                        c["Action"], c["LogicalResourceId"], c["ResourceType"], c.get("Replacement", "False") == "True"
                    )
                    for c in changes
                ]
            time.sleep(self._poll_s)
        raise DeployFailed(f"CloudFormation did not work out the changes to {name} within five minutes; run it again.")

    def execute(self, name: str, change_set: str, tell: Callable[[str], None]) -> None:
        """Make the changes, and follow them to their end.

        Raises:
            DeployFailed: they were rolled back; the message has the first reason.
        """
        seen = set(self._event_ids(name))
        try:
            self._client.execute_change_set(StackName=name, ChangeSetName=change_set)
        except ClientError as error:
            raise DeployFailed(f"CloudFormation refuses the changes to {name}: {_reason(error)}") from error
        self._follow(name, seen, tell)

    def delete(self, name: str, tell: Callable[[str], None]) -> None:
        """Delete a stack, and follow it to its end. One that is not there is no reason to fail.

        Raises:
            DeployFailed: something could not be deleted.
        """
        if not self.status(name):
            return
        seen = set(self._event_ids(name))
        self._client.delete_stack(StackName=name)
        self._follow(name, seen, tell)

    def _follow(self, name: str, seen: set[str], tell: Callable[[str], None]) -> None:
        failures: list[str] = []
        until = time.monotonic() + _LONGEST_S
        while time.monotonic() < until:
            status = self.status(name)  # before the events, so that the last ones are read
            for event_id, line, is_failure in self._new_events(name, seen) if status else ():
                seen.add(event_id)
                tell(line)
                if is_failure:
                    failures.append(line)
            if not status or status == "DELETE_COMPLETE":
                return
            if status.endswith(("_COMPLETE", "_FAILED")) and not status.endswith("CLEANUP_IN_PROGRESS"):
                if "ROLLBACK" in status or status.endswith("_FAILED"):
                    raise DeployFailed(f"{name} is {status}: {failures[0] if failures else 'no reason was given'}")
                return
            time.sleep(self._poll_s)
        raise DeployFailed(f"{name} is still {self.status(name)}; `looksee aws status` shows how it goes on.")

    def _event_ids(self, name: str) -> Iterator[str]:
        if self.status(name):
            yield from (event["EventId"] for event in self._events(name))

    def _new_events(self, name: str, seen: set[str]) -> Iterator[tuple[str, str, bool]]:
        for event in reversed(list(self._events(name))):
            if event["EventId"] not in seen:
                state = event.get("ResourceStatus", "")
                why = event.get("ResourceStatusReason", "")
                line = f"{state:28} {event.get('LogicalResourceId', '')}{f': {why}' if why else ''}"
                yield event["EventId"], line, state.endswith("_FAILED")

    def _events(self, name: str) -> Iterator[dict[str, str]]:
        try:
            for page in self._client.get_paginator("describe_stack_events").paginate(StackName=name):
                yield from page["StackEvents"]  # type: ignore[misc]  # read as the mapping it is
        except ClientError as error:
            if "does not exist" not in str(error):
                raise


def _reason(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Message", error))
