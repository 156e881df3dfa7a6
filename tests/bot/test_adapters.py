"""A client of AWS gives up soon: somebody waits for the answer."""

import socket
import threading
import time

import pytest

from bot.adapters import aws_client, memory_of
from bot.memory import MemoryUnavailable, Person, Workspace
from bot.memory_dynamodb import DynamoMemory
from bot.settings import BotSettings


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A service that takes connections and never answers; when each came."""
    listener = socket.create_server(("127.0.0.1", 0))
    came: list[float] = []
    kept: list[socket.socket] = []

    def take() -> None:
        while True:
            try:
                kept.append(listener.accept()[0])
            except OSError:
                return
            came.append(time.monotonic())

    threading.Thread(target=take, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", f"http://127.0.0.1:{listener.getsockname()[1]}")
    for name, value in (("ACCESS_KEY_ID", "x"), ("SECRET_ACCESS_KEY", "x"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    return came


def test_a_memory_that_says_nothing_is_asked_three_times_and_is_unavailable(silent: list[float]) -> None:
    memory = DynamoMemory(aws_client("dynamodb", timeout_s=0.05, attempts=3), "shop-memory")
    with pytest.raises(MemoryUnavailable):
        memory.preferences(Person(Workspace("", "T1"), "U1"))
    memory.close()
    assert len(silent) == 3


def test_the_bots_memory_has_short_timeouts(silent: list[float], tmp_path: object) -> None:
    settings = BotSettings(data_dir=tmp_path, memory="dynamodb", memory_table="shop-memory")  # type: ignore[arg-type]
    memory = memory_of(settings)
    assert isinstance(memory, DynamoMemory)
    config = memory._client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (2, 2.0)  # type: ignore[attr-defined]
    assert config.retries["total_max_attempts"] == 3  # type: ignore[attr-defined]
    memory.close()
    assert silent == []
