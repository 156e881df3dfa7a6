"""What keeps an OpenSearch from serving is found, and told in one sentence with the mend."""

import json
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from indexing.generation import Calibration
from indexing.opensearch import OpenSearchGenerations
from indexing.opensearch_check import check, lacks
from indexing.opensearch_client import connect
from indexing.opensearch_settings import OpenSearchSettings
from indexing.product import Money
from indexing.settings import BadSetting
from indexing.store import NoCatalogue, StoreUnavailable
from tests.indexing.opensearch_server import local_settings
from tests.indexing.shop import DIM, MODEL, build, row

INFO = {"version": {"distribution": "opensearch", "number": "3.5.0"}}


@contextmanager
def answering(answers: Mapping[str, tuple[int, object]]) -> Iterator[tuple[str, ...]]:
    """A server on loopback that gives fixed answers by path: for failures that no server here can be made to have."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers.get(self.path.split("?")[0], (404, {"error": "no such path"}))
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield (f"http://127.0.0.1:{server.server_port}",)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"/": (401, {"error": "unauthorized"})}, "refused the credentials"),
        ({"/": (403, {"error": "forbidden"})}, "does not allow this to these credentials"),
        ({"/": (503, {"error": "away"})}, "is busy"),
        ({"/": (200, {"version": {"number": "8.1.0"}})}, "is not OpenSearch"),
        ({"/": (200, {"version": {"distribution": "opensearch", "number": "2.11.0"}})}, "needs 2.19 or newer"),
        ({"/": (200, INFO), "/_cat/plugins": (200, [{"component": "analysis-icu"}])}, "no k-NN plugin"),
    ],
)
def test_a_server_that_cannot_serve_is_told_in_a_sentence(
    answers: Mapping[str, tuple[int, object]], sentence: str
) -> None:
    with answering(answers) as urls:
        (problem,) = check(local_settings(urls))

    assert sentence in problem
    assert problem.endswith(".")


def test_a_server_that_is_not_there_is_told_in_a_sentence() -> None:
    (problem,) = check(local_settings(("http://127.0.0.1:9",)))

    assert "cannot be reached" in problem


def test_a_user_without_a_password_is_told_in_a_sentence() -> None:
    (problem,) = check(OpenSearchSettings(urls=("https://search.example.com",), access="basic"))

    assert "LOOKSEE_OPENSEARCH_PASSWORD" in problem


def test_serverless_is_refused_with_the_reason_before_anything_is_sent() -> None:
    settings = local_settings(("http://127.0.0.1:9",), access="aoss", region="us-east-1")

    assert "OpenSearch Service domain" in check(settings)[0]
    with pytest.raises(BadSetting, match="document ids"):
        OpenSearchGenerations(settings)


def test_an_unreachable_store_is_unavailable_and_not_a_traceback() -> None:
    generations = OpenSearchGenerations(local_settings(("http://127.0.0.1:9",)))

    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        generations.live()


live = pytest.mark.live
slow = pytest.mark.timeout(600)


@pytest.fixture
def catalogue() -> str:
    """A catalogue of its own for each test."""
    return f"check-{uuid.uuid4().hex[:12]}"


@live
@slow
def test_a_sound_server_has_no_problems(opensearch_urls: tuple[str, ...], catalogue: str) -> None:
    settings = local_settings(opensearch_urls)
    assert "run `looksee index SOURCE`" in check(settings, catalogue)[0]
    assert check(settings, catalogue, needs_catalogue=False) == []
    build(OpenSearchGenerations(settings, catalogue), [row(n) for n in range(4)])

    assert check(settings, catalogue, model_id=MODEL, dim=DIM) == []
    assert lacks(settings) == []


@live
@slow
def test_another_model_or_dimension_is_told(opensearch_urls: tuple[str, ...], catalogue: str) -> None:
    settings = local_settings(opensearch_urls)
    build(OpenSearchGenerations(settings, catalogue), [row(1)])

    (model,) = check(settings, catalogue, model_id="rn50-ffffff", dim=DIM)
    (dim,) = check(settings, catalogue, model_id=MODEL, dim=1024)

    assert f"built by the model {MODEL} and the encoder is rn50-ffffff" in model
    assert "vectors of 32 numbers where 1024 are needed" in dim


@live
@slow
def test_an_alias_that_points_at_two_is_told(opensearch_urls: tuple[str, ...], catalogue: str) -> None:
    settings = local_settings(opensearch_urls)
    generations = OpenSearchGenerations(settings, catalogue)
    first, _ = build(generations, [row(1)]), build(generations, [row(2)])
    alias = f"looksee.{catalogue}"
    connect(settings).indices.put_alias(index=f"{alias}.{first.name}", name=alias)

    assert "points at" in check(settings, catalogue)[0]
    with pytest.raises(StoreUnavailable, match="points at"):
        generations.open()
    generations.rollback()  # as the sentence says
    assert check(settings, catalogue) == []


@live
@slow
def test_a_read_only_index_is_told(opensearch_urls: tuple[str, ...], catalogue: str) -> None:
    settings = local_settings(opensearch_urls, patience_s=2.0)
    generations = OpenSearchGenerations(settings, catalogue)
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=False)
    index = f"looksee.{catalogue}.{writer.generation.name}"
    client = connect(settings)
    client.indices.put_settings(index=index, body={"index.blocks.read_only_allow_delete": True})

    refused: list[str] = []
    try:
        refused = [reject.reason for reject in writer.write([row(1)])]
    except StoreUnavailable as error:
        refused = [str(error)]
    assert any("read-only" in reason or "disk" in reason for reason in refused), refused
    client.indices.put_settings(index=index, body={"index.blocks.read_only_allow_delete": None})
    writer.close()

    live_one = build(generations, [row(1)], source="y")
    client.indices.put_settings(
        index=f"looksee.{catalogue}.{live_one.name}", body={"index.blocks.read_only_allow_delete": True}
    )
    assert "read-only, most often because a disk is full" in check(settings, catalogue)[0]


@live
@slow
def test_a_red_cluster_is_told(opensearch_urls: tuple[str, ...], catalogue: str) -> None:
    settings = local_settings(opensearch_urls)
    client = connect(settings)
    body = {"settings": {"index.routing.allocation.require._name": "no such node", "number_of_replicas": 0}}
    client.indices.create(index=f"other-{catalogue}", body=body, params={"wait_for_active_shards": "0"})
    try:
        assert "is red" in check(settings, catalogue)[0]
    finally:
        client.indices.delete(index=f"other-{catalogue}")


@live
@slow
def test_an_index_that_was_deleted_is_no_catalogue(opensearch_urls: tuple[str, ...], catalogue: str) -> None:
    settings = local_settings(opensearch_urls)
    generations = OpenSearchGenerations(settings, catalogue)
    built = build(generations, [row(1)])
    store = generations.open()
    connect(settings).indices.delete(index=f"looksee.{catalogue}.{built.name}")

    with pytest.raises(NoCatalogue, match="not there"):
        store.products(["P-0001"])
    assert "run `looksee index SOURCE`" in check(settings, catalogue)[0]


@live
@slow
def test_what_the_server_refuses_comes_back_with_its_own_reason(
    opensearch_urls: tuple[str, ...], catalogue: str
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue)
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=False)
    too_long = "X" * 40_000  # one term longer than Lucene takes: 32,766 bytes

    refused = writer.write([row(1), row(2, price=Money(100, too_long)), row(4)])
    built = writer.finish(Calibration())
    writer.close()

    assert [reject.product_id for reject in refused] == ["P-0002"]
    assert "OpenSearch refused it" in refused[0].reason
    assert (built.products, built.vectors) == (2, 4)
    assert generations.verify(built.name) == []
