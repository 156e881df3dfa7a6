"""DynamoDB Local, Amazon's own: fetched once with Maven, started on a free loopback port, stopped by its process id."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import pytest

VERSION = "2.6.1"
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>looksee</groupId><artifactId>parts</artifactId><version>1</version><dependencies><dependency>
<groupId>com.amazonaws</groupId><artifactId>DynamoDBLocal</artifactId><version>{VERSION}</version>
</dependency></dependencies></project>"""
_START_TIMEOUT_S = 180.0


def _jars() -> Path:
    """The folder with the server and all it needs."""
    folder = platformdirs.user_cache_path("looksee") / f"dynamodb-local-{VERSION}"
    if (folder / ".complete").exists():
        return folder / "lib"
    if not shutil.which("mvn") or not shutil.which("java"):
        pytest.fail("DynamoDB Local needs java and mvn; .ci/parts installs them")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pom.xml").write_text(_POM)
    subprocess.run(["mvn", "-q", "-B", _COPY, "-DoutputDirectory=lib"], cwd=folder, check=True, timeout=300)
    (folder / ".complete").touch()
    return folder / "lib"


@contextmanager
def dynamodb_local() -> Iterator[str]:
    """Its address, for a boto3 client's `endpoint_url`."""
    jars = _jars()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    main = "com.amazonaws.services.dynamodbv2.local.main.ServerRunner"
    java = ["java", f"-Djava.library.path={jars}", "-cp", f"{jars}/*", main, "-inMemory", "-port", str(port)]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(java, stdout=log, stderr=log, cwd=jars)
        try:
            _wait_for(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail("DynamoDB Local ended before it was ready")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("DynamoDB Local did not start in time")
