"""Sizes and questions a day in, an estimate of a month's bill out, line by line.

The prices are list prices of us-east-1, on demand, without tax or free tier, written down by hand: an estimate to
compare plans with, not a quotation. `PRICES` is the place to put your own.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

HOURS = 730.0
DAYS = 30.4
Size: TypeAlias = Literal["dev", "prod"]

PRICES = {
    "t3.small.search, hour": 0.036,
    "r6g.large.search, hour": 0.167,
    "r6g.xlarge.search, hour": 0.335,
    "r6g.2xlarge.search, hour": 0.669,
    "r6g.4xlarge.search, hour": 1.339,
    "r6g.8xlarge.search, hour": 2.677,
    "r6g.12xlarge.search, hour": 4.016,
    "OpenSearch gp3 disk, GB-month": 0.122,
    "Fargate vCPU, hour": 0.04048,
    "Fargate memory, GB-hour": 0.004445,
    "public IPv4 address, hour": 0.005,
    "load balancer, hour": 0.0225,
    "SageMaker serverless, GB-second": 0.00002,
    "DynamoDB write, million": 0.625,
    "DynamoDB read, million": 0.125,
    "S3, GB-month": 0.023,
    "CloudFront, GB": 0.085,
    "CloudFront requests, million": 1.0,
    "CloudWatch logs, GB": 0.50,
    "CloudWatch metric, month": 0.30,
    "CloudWatch dashboard, month": 3.00,
    "secret, month": 0.40,
    "alarm, month": 0.10,
}
"""US dollars."""
NODE_MEMORY_GB = {
    "t3.small.search": 2,
    "r6g.large.search": 16,
    "r6g.xlarge.search": 32,
    "r6g.2xlarge.search": 64,
    "r6g.4xlarge.search": 128,
    "r6g.8xlarge.search": 256,
    "r6g.12xlarge.search": 384,
}
"""Smallest first."""
_LEAST = {"dev": ("t3.small.search", 1, 10), "prod": ("r6g.large.search", 2, 100)}
"""Node, nodes, GB of disk each: what the stack makes unless it is told otherwise."""
_COPIES = {"dev": 1, "prod": 2}
_TASKS = {"dev": (1, 0.5, 1.0), "prod": (2, 1.0, 2.0)}
_SECONDS_A_QUESTION = 0.2
"""Of the endpoint: two encodings, rounded up; measure yours with the dashboard's ModelLatency."""
_WRITES_A_QUESTION, _READS_A_QUESTION = 8, 10
"""DynamoDB units: claim, renewals, turn, search, end; each thread and person is read a few times."""
_PICTURE_GB = 0.0002
"""A picture of 200 kB."""
_SHOWN_A_QUESTION, _THUMBNAIL_GB = 5, 0.00002
"""Thumbnails of 20 kB, as if Slack kept none of them."""
_LOG_GB_A_QUESTION = 0.000002
_METRICS, _ALARMS, _SECRETS = 9, 4, 2
_UNKNOWN = "at a price that is not known here and not in the sum"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is paid for."""

    what: str
    usd: float
    """A month."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """What OpenSearch runs on."""

    kind: str
    count: int
    disk_gb: int
    """Of each."""


def nodes_for(size: Size, products: int, *, dim: int = 256) -> Nodes:
    """The smallest nodes in whose memory the vectors' graphs have room, and whose disks hold two generations.

    k-NN takes half of what a node's memory has beside the Java heap; the heap is half of the memory, 32 GB at most.
    """
    kind, count, disk_gb = _LEAST[size]
    copies = _COPIES[size]
    needed_gb = graph_gb(products, dim=dim, replicas=copies - 1)
    kinds = list(NODE_MEMORY_GB)[list(NODE_MEMORY_GB).index(kind) :]
    while (fitting := next((k for k in kinds if count * _for_graphs_gb(k) >= needed_gb), "")) == "":
        count += copies  # a copy is in each of two zones
    stored_gb = _stored_gb(products, dim=dim, copies=copies)
    return Nodes(fitting, count, max(disk_gb, math.ceil(stored_gb / count / 10) * 10))


def have_room(nodes: Nodes, size: Size, products: int, *, dim: int = 256) -> bool:
    """Whether products fit, their vectors uncompressed; nodes of a kind that is not in `NODE_MEMORY_GB` are trusted."""
    copies = _COPIES[size]
    has_disk = nodes.count * nodes.disk_gb >= _stored_gb(products, dim=dim, copies=copies)
    if nodes.kind not in NODE_MEMORY_GB:
        return has_disk
    return has_disk and nodes.count * _for_graphs_gb(nodes.kind) >= graph_gb(products, dim=dim, replicas=copies - 1)


def _nodes_line(nodes: Nodes) -> Line:
    what, price = f"OpenSearch: {nodes.count} x {nodes.kind}", PRICES.get(f"{nodes.kind}, hour")
    return Line(f"{what}, {_UNKNOWN}", 0.0) if price is None else Line(what, nodes.count * HOURS * price)


def _stored_gb(products: int, *, dim: int, copies: int) -> float:
    """A vector is kept twice (in document and graph), texts take 4 kB, an index is rebuilt beside the live one."""
    return 2 * copies * products * (2 * dim * 4 * 2 + 4000) / 1e9


def _for_graphs_gb(kind: str) -> float:
    memory_gb = NODE_MEMORY_GB[kind]
    return (memory_gb - min(memory_gb / 2, 32)) / 2


def estimate(
    *,
    size: Size,
    products: int,
    questions_a_day: int,
    dim: int = 256,
    nodes: Nodes | None = None,
    encoder_memory_mb: int = 2048,
    provisioned: int = 0,
) -> list[Line]:
    """What a month costs, largest first.

    Args:
        size: as the stack's parameter `Size`.
        products: with one picture each.
        questions_a_day: that people ask.
        dim: length of an embedding: 256 of the bundled model, 1,024 of RN50.
        nodes: OpenSearch's; by default the smallest with room for the products.
        encoder_memory_mb: of a serverless endpoint.
        provisioned: containers kept warm; each is paid for all the time, at the price of running.
    """
    nodes = nodes or nodes_for(size, products, dim=dim)
    tasks, cpus, memory_gb = _TASKS[size]
    questions = questions_a_day * DAYS
    endpoint_s = questions * _SECONDS_A_QUESTION + provisioned * HOURS * 3600
    units = questions / 1e6
    shown = questions * _SHOWN_A_QUESTION
    lines = [
        _nodes_line(nodes),
        Line("OpenSearch disks", nodes.count * nodes.disk_gb * PRICES["OpenSearch gp3 disk, GB-month"]),
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
        Line("Pictures kept", products * _PICTURE_GB * PRICES["S3, GB-month"]),
        Line(
            "Pictures shown",
            shown * _THUMBNAIL_GB * PRICES["CloudFront, GB"] + shown / 1e6 * PRICES["CloudFront requests, million"],
        ),
        Line(
            "Logs and figures",
            questions * _LOG_GB_A_QUESTION * PRICES["CloudWatch logs, GB"]
            + _METRICS * PRICES["CloudWatch metric, month"]
            + PRICES["CloudWatch dashboard, month"],
        ),
        Line("Secrets and alarms", _SECRETS * PRICES["secret, month"] + _ALARMS * PRICES["alarm, month"]),
    ]
    return sorted(lines, key=lambda line: -line.usd)


def estimate_of_stack(
    size: Size, parameters: Mapping[str, str], *, products: int, questions_a_day: int, dim: int = 256
) -> list[Line]:
    """What a month costs of the stack that `deploy` makes, whatever the products need; largest first.

    Args:
        size: as the stack's parameter `Size`.
        parameters: of app.yaml that were set, by name. Where one is no number, CloudFormation refuses it.
        products: see `estimate`.
        questions_a_day: see `estimate`.
        dim: see `estimate`.
    """
    lines = estimate(
        size=size,
        products=products,
        questions_a_day=questions_a_day,
        dim=dim,
        nodes=nodes_of_stack(size, parameters),
        encoder_memory_mb=_number(parameters, "EncoderMemoryMb") or 2048,
        provisioned=_number(parameters, "ProvisionedConcurrency"),
    )
    if instance := parameters.get("RealTimeInstance"):
        lines = [line for line in lines if line.what != "Encoder"]
        lines.append(Line(f"Encoder: {instance}, {_UNKNOWN}", 0.0))
    if parameters.get("CertificateArn"):  # it has an address in each of two zones
        price = PRICES["load balancer, hour"] + 2 * PRICES["public IPv4 address, hour"]
        lines.append(Line("Load balancer, without its traffic", HOURS * price))
    return sorted(lines, key=lambda line: -line.usd)


def nodes_of_stack(size: Size, parameters: Mapping[str, str]) -> Nodes:
    """OpenSearch's nodes as `deploy` makes them."""
    kind, count, disk_gb = _LEAST[size]
    return Nodes(
        parameters.get("StoreNode") or kind,
        _number(parameters, "StoreNodes") or count,
        _number(parameters, "StoreDiskGb") or disk_gb,
    )


def _number(parameters: Mapping[str, str], name: str) -> int:
    text = parameters.get(name, "")
    return int(text) if text.isdecimal() else 0


def table() -> str:
    """The table of docs/aws.md: a month's bill at several sizes."""
    rows = ["| products | questions a day | size | nodes, dim 256 | USD a month | nodes, dim 1,024 | USD a month |"]
    rows.append("|---:|---:|---|---|---:|---|---:|")
    sizes: tuple[tuple[int, Size], ...] = ((1_600, "dev"), (150_000, "prod"), (10_000_000, "prod"))
    for products, size in sizes:
        for questions in (1_000, 100_000):
            told = [f"{products:,}", f"{questions:,}", size]
            for dim in (256, 1024):
                nodes = nodes_for(size, products, dim=dim)
                lines = estimate(size=size, products=products, questions_a_day=questions, dim=dim)
                told += [f"{nodes.count} x {nodes.kind}", f"{sum(line.usd for line in lines):,.0f}"]
            rows.append(f"| {' | '.join(told)} |")
    return "\n".join(rows)


def graph_gb(products: int, *, dim: int, m: int = 16, replicas: int = 1) -> float:
    """Memory that the vectors' graphs need in all nodes together: 1.1 * (4 * dim + 8 * m) bytes a vector and copy.

    A product has two vectors: its picture's and its words'.
    """
    return 2 * products * (1 + replicas) * 1.1 * (4 * dim + 8 * m) / 1e9
