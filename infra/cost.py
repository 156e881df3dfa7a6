"""Sizes and questions a day in, an estimate of a month's bill out, line by line.

The prices are list prices of us-east-1, on demand, without tax or free tier, written down by hand: an estimate to
compare plans with, not a quotation. `PRICES` is the place to put your own.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

HOURS = 730.0
DAYS = 30.4
Size: TypeAlias = Literal["dev", "prod"]

PRICES = {
    "t3.small.search, hour": 0.036,
    "r6g.large.search, hour": 0.167,
    "OpenSearch gp3 disk, GB-month": 0.122,
    "Fargate vCPU, hour": 0.04048,
    "Fargate memory, GB-hour": 0.004445,
    "public IPv4 address, hour": 0.005,
    "SageMaker serverless, GB-second": 0.00002,
    "DynamoDB write, million": 0.625,
    "DynamoDB read, million": 0.125,
    "S3, GB-month": 0.023,
    "secret, month": 0.40,
    "alarm, month": 0.10,
}
"""US dollars."""
_NODES = {"dev": ("t3.small.search, hour", 1, 10), "prod": ("r6g.large.search, hour", 2, 100)}
_TASKS = {"dev": (1, 0.5, 1.0), "prod": (2, 1.0, 2.0)}
_SECONDS_A_QUESTION = 0.2
"""Of the endpoint: two encodings, rounded up; measure yours with the dashboard's ModelLatency."""
_WRITES_A_QUESTION, _READS_A_QUESTION = 8, 10
"""DynamoDB units: claim, renewals, turn, search, end; each thread and person is read a few times."""
_PICTURE_GB = 0.0002
"""A picture of 200 kB."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is paid for."""

    what: str
    usd: float
    """A month."""


def estimate(
    *, size: Size, products: int, questions_a_day: int, encoder_memory_mb: int = 2048, provisioned: int = 0
) -> list[Line]:
    """What a month costs, largest first.

    Args:
        size: as the stack's parameter `Size`.
        products: with one picture each.
        questions_a_day: that people ask.
        encoder_memory_mb: of a serverless endpoint.
        provisioned: containers kept warm; each is paid for all the time, at the price of running.
    """
    node, nodes, disk_gb = _NODES[size]
    tasks, cpus, memory_gb = _TASKS[size]
    questions = questions_a_day * DAYS
    endpoint_s = questions * _SECONDS_A_QUESTION + provisioned * HOURS * 3600
    units = questions / 1e6
    lines = [
        Line("OpenSearch nodes", nodes * HOURS * PRICES[node]),
        Line("OpenSearch disks", nodes * disk_gb * PRICES["OpenSearch gp3 disk, GB-month"]),
        Line(
            "Bot on Fargate",
            tasks
            * HOURS
            * (
                cpus * PRICES["Fargate vCPU, hour"]
                + memory_gb * PRICES["Fargate memory, GB-hour"]
                + PRICES["public IPv4 address, hour"]
            ),
        ),
        Line("Encoder", endpoint_s * encoder_memory_mb / 1024 * PRICES["SageMaker serverless, GB-second"]),
        Line(
            "Memory",
            units * _WRITES_A_QUESTION * PRICES["DynamoDB write, million"]
            + units * _READS_A_QUESTION * PRICES["DynamoDB read, million"],
        ),
        Line("Pictures", products * _PICTURE_GB * PRICES["S3, GB-month"]),
        Line("Secrets and alarms", 2 * PRICES["secret, month"] + 4 * PRICES["alarm, month"]),
    ]
    return sorted(lines, key=lambda line: -line.usd)


def graph_gb(products: int, *, dim: int, m: int = 16, replicas: int = 1) -> float:
    """Memory that the vectors' graphs need in all nodes together: 1.1 * (4 * dim + 8 * m) bytes a vector and copy.

    A product has two vectors: its picture's and its words'.
    """
    return 2 * products * (1 + replicas) * 1.1 * (4 * dim + 8 * m) / 1e9
