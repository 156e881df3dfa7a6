"""A pretended AWS account in which deploying, encoding and answering really happen, and its environment for boto3.

| service | part |
|---|---|
| S3, STS, ECR, ECS, logs, EC2, Secrets Manager | moto |
| CloudFormation | moto, less the types of `unproven_types.txt` |
| SageMaker: endpoints | our server behind `sagemaker_runtime` |
| SageMaker: transform jobs | moto notes them, `LocalJobs` does them with our server |
| SageMaker: training jobs | moto notes them, `LocalTraining` does them in the container's layout |
| Fargate: tasks | moto notes them, `LocalTasks` runs their commands |
| DynamoDB | moto, or DynamoDB Local |
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import boto3

from tests.parts.aws_front import aws_front
from tests.parts.local_jobs import LocalJobs
from tests.parts.local_stacks import LocalStacks
from tests.parts.local_tasks import LocalTasks, Program, checkout
from tests.parts.local_training import LocalTraining
from tests.parts.moto_server import REGION, moto_server
from tests.parts.sagemaker_runtime import sagemaker_runtime
from tests.parts.stack_templates import unproven_types


@dataclass
class LocalAws:
    """The account."""

    client: Callable[[str], Any]
    env: dict[str, str]
    """What makes boto3 use it; no other setting is in it."""
    stacks: LocalStacks
    jobs: LocalJobs
    tasks: LocalTasks
    training: LocalTraining


@contextmanager
def local_aws(
    container: str,
    endpoints: Mapping[str, str],
    *,
    dynamodb: str = "",
    values: Mapping[str, str] | None = None,
    task_settings: Mapping[str, str] | None = None,
    program: Program = checkout,
) -> Iterator[LocalAws]:
    """Start it.

    Args:
        container: the address of our server, which stands for the model.
        endpoints: an endpoint's name -> address of the server behind it.
        dynamodb: address of a DynamoDB Local; moto's own by default.
        values: what stands for references to resources that cannot be made.
        task_settings: settings of tasks that differ from what the stack says.
        program: what runs the commands of tasks.
    """
    with ExitStack() as parts:
        moto = parts.enter_context(moto_server())
        places = {
            "s3": moto,
            "dynamodb": dynamodb or moto,
            "sagemaker-runtime": parts.enter_context(sagemaker_runtime(endpoints)),
        }
        front: list[str] = []
        session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name=REGION)

        def client(service: str, **more: Any) -> Any:
            return session.client(service, endpoint_url=places.get(service, front[0]), **more)  # type: ignore[call-overload]

        def directly(service: str) -> Any:
            return session.client(service, endpoint_url=places.get(service, moto))  # type: ignore[call-overload]

        env = {
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL_S3": moto,
            "AWS_ENDPOINT_URL_DYNAMODB": places["dynamodb"],
            "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": places["sagemaker-runtime"],
        }
        stacks = LocalStacks(directly, unproven_types(), values or {})
        jobs = LocalJobs(directly("s3"), container)
        tasks = LocalTasks(directly, program, {**env, **(task_settings or {})})
        training = LocalTraining(directly("s3"))
        hooks = {**stacks.hooks, **jobs.hooks, **tasks.hooks, **training.hooks}
        front.append(parts.enter_context(aws_front(moto, hooks)))
        yield LocalAws(client, {**env, "AWS_ENDPOINT_URL": front[0]}, stacks, jobs, tasks, training)
