"""Templates are sound, grant no more than they say why, and name settings as the bot reads them; costs add up."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.figures import COUNTS, DIMENSION, NAMESPACE, TIMES
from infra.cost import (
    NODE_MEMORY_GB,
    Size,
    estimate,
    estimate_of_stack,
    graph_gb,
    have_room,
    nodes_for,
    nodes_of_stack,
    table,
)
from infra.stacks import TEMPLATES
from tests.parts.stack_templates import read_template

FILES = sorted(TEMPLATES.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_star_in_a_policy_has_its_reason_beside_it(file: Path) -> None:
    bare = [
        line.strip()
        for line in file.read_text().splitlines()
        if re.search(r"(Action|Resource|Principal): *\[?\"(\w+:)?\*\"", line) and "#" not in line
    ]
    # A bucket policy refuses everybody what does not come over TLS: nothing is granted by that star.
    assert [line for line in bare if not line.startswith('Principal: "*"')] == []


def test_no_statement_allows_everybody() -> None:
    for file in FILES:
        lines = file.read_text().splitlines()
        for number, line in enumerate(lines):
            if line.strip() == 'Principal: "*"':
                assert lines[number - 1].strip() == "Effect: Deny"


def test_the_stack_names_settings_as_the_code_reads_them() -> None:
    root = TEMPLATES.parents[1]
    files = [path for room in ("bot", "indexing", "inference") for path in (root / room).rglob("*.py")]
    code = "".join(path.read_text() for path in [*files, root / "looksee.py"])
    named = set(re.findall(r"Name: ((?:LOOKSEE|SLACK)_\w+)", "".join(file.read_text() for file in FILES)))
    unread = {name for name in named if name not in code and not name.startswith("LOOKSEE_OPENSEARCH_")}
    assert unread == set()


def test_alarms_and_the_dashboard_use_the_names_that_the_bot_counts_under() -> None:
    app = (TEMPLATES / "app.yaml").read_text()
    alarms = re.findall(r"Namespace: Looksee\n\s+MetricName: (\w+)\n\s+Dimensions: \[{ Name: (\w+),", app)
    dashboard = re.findall(r'\["Looksee", "(\w+)", "(\w+)", "\$\{Prefix\}"', app)

    assert len(alarms) == app.count("Namespace: Looksee\n")
    assert len(dashboard) == app.count(f'["{NAMESPACE}", ')
    assert {name for name, _ in (*alarms, *dashboard)} == {*COUNTS, *TIMES}
    assert {dimension for _, dimension in (*alarms, *dashboard)} == {DIMENSION}


def test_people_are_told_of_the_very_days_that_backups_reach_back() -> None:
    app = (TEMPLATES / "app.yaml").read_text()
    assert "RecoveryPeriodInDays: !Ref BackupDays\n" in app
    assert "{ Name: LOOKSEE_BACKUP_DAYS, Value: !Ref BackupDays }" in app


def test_an_estimate_grows_with_what_is_asked_of_it() -> None:
    def total(questions: int, products: int = 1600) -> float:
        return sum(line.usd for line in estimate(size="dev", products=products, questions_a_day=questions))

    assert total(1_000) < total(100_000)
    assert total(1_000) < total(1_000, products=10_000_000)
    assert [line.usd for line in estimate(size="prod", products=1, questions_a_day=0)] == sorted(
        (line.usd for line in estimate(size="prod", products=1, questions_a_day=0)), reverse=True
    )


@pytest.mark.parametrize(
    ("parameter", "value", "line", "usd"),
    [
        ("ProvisionedConcurrency", "2", "Encoder", 210.48),
        ("EncoderMemoryMb", "6144", "Encoder", 0.73),
        ("StoreNode", "r6g.large.search", "OpenSearch: 1 x r6g.large.search", 121.91),
        ("StoreNodes", "3", "OpenSearch: 3 x t3.small.search", 78.84),
        ("StoreDiskGb", "100", "OpenSearch disks", 12.20),
        ("CertificateArn", "arn:1", "Load balancer, without its traffic", 23.72),
        ("StoreNodes", "three", "OpenSearch: 1 x t3.small.search", 26.28),
    ],
)
def test_what_is_set_is_in_the_estimate_of_a_deployment(parameter: str, value: str, line: str, usd: float) -> None:
    lines = estimate_of_stack("dev", {parameter: value}, products=1_600, questions_a_day=1_000)
    assert {each.what: each.usd for each in lines}[line] == pytest.approx(usd, abs=0.01)


@pytest.mark.parametrize("parameter", ["RealTimeInstance", "StoreNode"])
def test_what_has_no_price_here_is_named_as_such(parameter: str) -> None:
    lines = estimate_of_stack("dev", {parameter: "x9.huge"}, products=1_600, questions_a_day=1_000)
    (line,) = [each for each in lines if "x9.huge" in each.what]
    assert (line.what.endswith("not in the sum"), line.usd) == (True, 0.0)


def test_a_deployment_has_room_once_it_is_set_as_the_estimate_says() -> None:
    small, products = nodes_of_stack("prod", {}), 10_000_000
    assert have_room(small, "prod", 150_000)
    assert not have_room(small, "prod", products)
    need = nodes_for("prod", products)
    assert (need.kind, need.count) == ("r6g.4xlarge.search", 2)
    told = {"StoreNode": need.kind, "StoreNodes": str(need.count), "StoreDiskGb": str(need.disk_gb)}
    assert nodes_of_stack("prod", told) == need
    assert have_room(need, "prod", products)


def test_the_table_of_costs_in_the_docs_is_the_formulas() -> None:
    assert table() in (TEMPLATES.parents[1] / "docs" / "aws.md").read_text()


def test_more_products_get_nodes_with_room_for_their_graphs() -> None:
    assert nodes_for("dev", 1_600).kind == "t3.small.search"
    for products in (1_600, 150_000, 10_000_000, 200_000_000):
        for dim in (256, 1024):
            nodes = nodes_for("prod", products, dim=dim)
            room_gb = nodes.count * (NODE_MEMORY_GB[nodes.kind] - min(NODE_MEMORY_GB[nodes.kind] / 2, 32)) / 2
            assert room_gb >= graph_gb(products, dim=dim)
            assert nodes.count % 2 == 0, "as many in each zone"


def test_what_the_stack_makes_by_itself_is_what_is_priced() -> None:
    sizes = read_template((TEMPLATES / "app.yaml").read_text())["Mappings"]["Sizes"]
    chosen: tuple[Size, ...] = ("dev", "prod")
    for size in chosen:
        made = nodes_for(size, 1_600)
        assert (sizes[size]["Node"], sizes[size]["Nodes"], sizes[size]["Disk"]) == (made.kind, made.count, made.disk_gb)


def test_graphs_take_the_memory_of_the_formula() -> None:
    assert graph_gb(1_000_000, dim=1024, m=16, replicas=0) == pytest.approx(9.29, abs=0.01)


@pytest.mark.live
@pytest.mark.timeout(300)
def test_cfn_lint_says_nothing() -> None:
    lint = Path(sys.executable).with_name("cfn-lint")
    run = subprocess.run([lint, *FILES], capture_output=True, text=True, timeout=280, check=False)
    assert (run.returncode, run.stdout) == (0, "")
