"""The pytest fixture `local_slack`: `pytest_plugins = ["playground.pytest_fixture"]` in the top conftest brings it."""

from collections.abc import Iterator

import pytest

from playground.local import LocalSlack


@pytest.fixture
def local_slack() -> Iterator[LocalSlack]:
    """Run a local Slack on a free port for one test."""
    with LocalSlack() as slack:
        yield slack
