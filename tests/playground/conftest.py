import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PIL import Image
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from playground import LocalSlack

Photo = Callable[..., bytes]


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        running.misbehave(retry_delays_s=[0, 0.05, 0.1])
        yield running


@pytest.fixture
def client(slack: LocalSlack) -> WebClient:
    return WebClient(token=slack.bot_token, base_url=slack.base_url)


@contextmanager
def connected(slack: LocalSlack, bolt: App) -> Iterator[App]:
    """Run a Bolt app over Socket Mode. Listeners may be added after it has connected."""
    before = len(slack.hub.sockets.connections)
    handler = SocketModeHandler(bolt, slack.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_for(lambda: len(slack.hub.sockets.connections) > before)
    yield bolt
    handler.client.auto_reconnect_enabled = False
    slack.drop_sockets()
    threading.Thread(target=handler.client.close, daemon=True).start()  # it looks up from its queue once a second


@pytest.fixture
def app(slack: LocalSlack, client: WebClient) -> Iterator[App]:
    with connected(slack, App(client=client)) as bolt:
        yield bolt


@pytest.fixture
def photo() -> Photo:
    def make(kind: str = "JPEG", colour: str = "red", edge_px: int = 32) -> bytes:
        buffer = io.BytesIO()
        Image.new("RGB", (edge_px, edge_px), colour).save(buffer, kind)
        return buffer.getvalue()

    return make
