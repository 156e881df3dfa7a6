"""An installation's name in, what its two stacks made out: buckets, model, cluster, network."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.stacks import Stacks


class NotDeployed(Exception):
    """The installation, or a part of it, is not there; the message says what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Installation:
    """What commands need to know of an installation."""

    prefix: str
    data_bucket: str
    picture_bucket: str
    model: str
    """SageMaker's name of the model that the endpoint serves."""
    model_id: str
    cluster: str
    index_task: str
    """The task definition of what runs inside the network."""
    subnets: tuple[str, ...]
    group: str
    """The tasks' security group."""
    training_role: str

    @property
    def index_log(self) -> str:
        return f"/{self.prefix}/index"


def installation(prefix: str, client: Callable[[str], Any]) -> Installation:
    """Read the outputs of both stacks.

    Raises:
        NotDeployed: a stack is not there, or of an older version.
    """
    stacks = Stacks(client("cloudformation"))
    for name in (f"{prefix}-base", f"{prefix}-app"):
        if not stacks.status(name):
            raise NotDeployed(f"{name} is not deployed; run `looksee aws deploy --prefix {prefix}` first.")
    base, app = stacks.outputs(f"{prefix}-base"), stacks.outputs(f"{prefix}-app")
    try:
        return Installation(
            prefix=prefix,
            data_bucket=base["DataBucket"],
            picture_bucket=base["PictureBucket"],
            subnets=tuple(base["PublicSubnets"].split(",")),
            model=app["Model"],
            model_id=app["ModelId"],
            cluster=app["Cluster"],
            index_task=app["IndexTask"],
            group=app["TaskGroup"],
            training_role=app["TrainingRole"],
        )
    except KeyError as error:
        raise NotDeployed(
            f"{prefix} lacks the output {error.args[0]}; run `looksee aws deploy` to renew it."
        ) from error
