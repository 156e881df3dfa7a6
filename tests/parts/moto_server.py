"""A pretended AWS account on loopback: moto's server, for the control plane."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest

REGION = "us-east-1"
_START_TIMEOUT_S = 180.0


@contextmanager
def moto_server() -> Iterator[str]:
    """Its address."""
    beside = Path(sys.executable).with_name("moto_server")
    command = str(beside) if beside.exists() else shutil.which("moto_server")
    if command is None:
        pytest.skip("moto is not installed here; the live environment has it")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen([command, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
        try:
            until = time.monotonic() + _START_TIMEOUT_S
            while not _answers(port):
                assert server.poll() is None, "moto ended before it was ready"
                assert time.monotonic() < until, "moto did not start in time"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def clients(address: str) -> Callable[[str], Any]:
    """Makes boto3 clients of it."""
    session = boto3.Session(aws_access_key_id="local", aws_secret_access_key="local", region_name=REGION)

    def client(service: str) -> Any:
        return session.client(service, endpoint_url=address)  # type: ignore[call-overload]

    return client
