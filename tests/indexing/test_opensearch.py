"""What only OpenSearch has: its access, its clones, its lock across machines, its time budget."""

import fnmatch
import json
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch

from indexing.generation import BuildRefused, Calibration
from indexing.lexical import Texts
from indexing.live import LiveStore
from indexing.opensearch import OpenSearchGenerations
from indexing.opensearch_check import check
from indexing.opensearch_client import connect
from indexing.opensearch_lock import LEASE_S
from indexing.store import Filters, Probe, StoreUnavailable, VectorProbe
from tests.indexing.opensearch_server import local_settings
from tests.indexing.shop import DIM, MODEL, build, direction, row

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]
POLICIES = Path(__file__).parents[2] / "infra/policies"


@pytest.fixture
def catalogue() -> str:
    """A catalogue of its own for each test."""
    return f"test-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def client(opensearch_urls: tuple[str, ...]) -> Iterator[OpenSearch]:
    connected = connect(local_settings(opensearch_urls))
    yield connected
    connected.close()


@pytest.fixture
def asked(client: OpenSearch, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Methods and paths of all requests of the client."""
    seen: list[tuple[str, str]] = []
    perform = client.transport.perform_request

    def performing(method: str, url: str, *rest: Any, **named: Any) -> Any:
        seen.append((method, url))
        return perform(method, url, *rest, **named)

    monkeypatch.setattr(client.transport, "perform_request", performing)
    return seen


def allowed(policy: str, method: str, path: str) -> bool:
    """True where a policy file allows a request."""
    for statement in json.loads((POLICIES / policy).read_text(encoding="utf-8"))["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        resources = statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        if f"es:ESHttp{method.capitalize()}" in actions and any(
            fnmatch.fnmatchcase(path, resource.split("domain/DOMAIN", 1)[1]) for resource in resources
        ):
            return True
    return False


def test_the_policies_allow_what_a_build_and_the_bot_do_and_no_more_methods(
    client: OpenSearch, opensearch_urls: tuple[str, ...], catalogue: str, asked: list[tuple[str, str]]
) -> None:
    settings = local_settings(opensearch_urls)
    generations = OpenSearchGenerations(settings, catalogue, client=client)
    first = build(generations, [row(n) for n in range(6)])
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=True)
    list(writer.known())
    writer.write([row(2, title="new")])
    writer.delete(["P-0003"])
    second = writer.finish(Calibration())
    writer.close()
    generations.verify(second.name)
    generations.promote(second.name)
    generations.rollback()
    generations.prune(0)
    check(settings, catalogue, client=client)
    refused = {request for request in asked if not allowed("opensearch-build.json", *request)}
    assert refused == set()

    asked.clear()
    store = LiveStore(generations).store()
    store.candidates(Probe(vectors=(VectorProbe(vector=direction(1), against="picture"),), words="red mug"))
    store.facets(Filters())
    store.products(["P-0001"])
    store.vectors(["P-0001"])
    check(settings, catalogue, model_id=MODEL, dim=DIM, client=client)
    refused = {request for request in asked if not allowed("opensearch-bot.json", *request)}
    assert refused == set()
    assert not allowed("opensearch-bot.json", "DELETE", f"/looksee.{catalogue}.{first.name}")
    assert not allowed("opensearch-build.json", "DELETE", "/orders-2026")


def test_one_search_is_one_request(
    client: OpenSearch, opensearch_urls: tuple[str, ...], catalogue: str, asked: list[tuple[str, str]]
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue, client=client)
    build(generations, [row(n) for n in range(30)])
    store = generations.open()
    asked.clear()
    vectors = (VectorProbe(vector=direction(1), against="picture"), VectorProbe(vector=direction(2), against="words"))
    filters = Filters(in_stock=True)
    found = store.candidates(Probe(vectors=vectors, words="red mug P-0003", filters=filters, k=5))

    assert [len(near) for near in found.vectors] == [5, 5]
    ((method, path),) = asked
    assert (method, path.rsplit("/")[-1]) == ("POST", "_msearch")


def test_vectors_are_in_no_answer_and_clones_keep_them(
    client: OpenSearch, opensearch_urls: tuple[str, ...], catalogue: str
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue, client=client)
    first = build(generations, [row(n) for n in range(6)])
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=True)
    second = writer.finish(Calibration())
    writer.close()

    for built in (first, second):
        hits = client.search(index=f"looksee.{catalogue}.{built.name}", body={"size": 100})["hits"]["hits"]
        fields = {name for hit in hits for name in hit["_source"]}
        assert not fields & {"picture_vector", "words_vector", "half"}
    assert generations.verify(second.name) == []


def test_a_live_index_cannot_be_written_to(
    client: OpenSearch, opensearch_urls: tuple[str, ...], catalogue: str
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue, client=client)
    built = build(generations, [row(1)])

    answer = client.bulk(
        index=f"looksee.{catalogue}.{built.name}", body='{"index":{"_id":"x"}}\n{"product_id":"x","kind":"words"}\n'
    )
    assert answer["errors"]


def test_a_clone_that_a_kill_cut_short_is_taken_for_none(
    client: OpenSearch, opensearch_urls: tuple[str, ...], catalogue: str
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue, client=client)
    live = build(generations, [row(1)])
    half = f"looksee.{catalogue}.20990101-000000-shop-000001"
    client.indices.clone(index=f"looksee.{catalogue}.{live.name}", target=half)

    assert [g.name for g in generations.all()] == [live.name]
    generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=True).close()
    assert not client.indices.exists(index=half)


def test_a_lock_of_another_machine_ends_when_it_is_not_renewed(
    client: OpenSearch, opensearch_urls: tuple[str, ...], catalogue: str
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue, client=client)
    holder = {"machine": "elsewhere", "process": 1, "thread": "x", "begun": "2026", "source": "spring.csv"}
    generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=False).close()
    locks = {"index": "looksee-builds", "id": catalogue, "params": {"refresh": "true"}}
    client.index(body={"holder": holder | {"renewed": time.time()}}, **locks)

    with pytest.raises(BuildRefused, match=r"on elsewhere.*spring\.csv"):
        generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=False)
    client.index(body={"holder": holder | {"renewed": time.time() - LEASE_S - 1}}, **locks)
    generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=False).close()


def test_a_lock_of_a_process_that_was_killed_here_is_taken_over_at_once(
    client: OpenSearch, opensearch_urls: tuple[str, ...], catalogue: str
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue, client=client)
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=False)
    held = client.get(index="looksee-builds", id=catalogue)["_source"]["holder"]
    client.index(index="looksee-builds", id=catalogue, body={"holder": held | {"process": 4_194_000}})

    generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="x", update=False).close()
    writer.close()


def test_a_search_slower_than_its_budget_answers_with_what_it_has_and_says_so(
    opensearch_urls: tuple[str, ...], catalogue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter that takes its time for every product stands for a large catalogue on a slow machine."""
    settings = local_settings(opensearch_urls, timeout_s=30.0)
    build(OpenSearchGenerations(settings, catalogue), [row(n) for n in range(2000)])
    words = Probe(words="red mug", k=100)
    whole = OpenSearchGenerations(settings, catalogue).open().candidates(words)
    assert (len(whole.lexical), whole.is_partial) == (100, False)

    burn = "for (int i = 0; i < 50000; i++) { params.a.add(i); params.a.clear(); } return true;"
    slowly = {"script": {"script": {"source": burn, "params": {"a": []}}}}
    monkeypatch.setattr("indexing.opensearch_store.filter_clauses", lambda *_: [slowly])
    hurried = OpenSearchGenerations(replace(settings, budget_ms=100), catalogue).open()
    began = time.monotonic()
    found = hurried.candidates(words)

    assert found.is_partial
    assert found.lexical
    assert time.monotonic() - began < 25


def test_a_server_that_does_not_answer_at_all_is_given_up_at_the_timeout(
    opensearch_urls: tuple[str, ...], catalogue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(OpenSearchGenerations(local_settings(opensearch_urls), catalogue), [row(n) for n in range(300)])
    store = OpenSearchGenerations(local_settings(opensearch_urls, timeout_s=1.0), catalogue).open()
    burn = "for (int i = 0; i < 900000; i++) { params.a.add(i); params.a.clear(); } return true;"
    slowly = {"script": {"script": {"source": burn, "params": {"a": []}}}}
    monkeypatch.setattr("indexing.opensearch_store.filter_clauses", lambda *_: [slowly])

    with pytest.raises(StoreUnavailable, match=r"did not answer in time|could not search"):
        store.candidates(Probe(words="red mug", k=100))


def test_verification_holds_known_questions_against_the_embedded_store(
    opensearch_urls: tuple[str, ...], catalogue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue)
    assert generations.verify(build(generations, [row(n) for n in range(40)]).name) == []

    garbled = Texts(short="neither", rest="", pairs="")
    with monkeypatch.context() as patched:
        patched.setattr("indexing.opensearch_index.texts_of", lambda _: garbled)
        wrong = build(generations, [row(n) for n in range(40)], source="garbled.csv", live=False)

    (problem,) = generations.verify(wrong.name)
    assert "Known questions by words are answered 0% as the embedded store answers them." in problem


def test_a_build_is_merged_where_that_is_asked_for_and_an_update_that_changes_little_is_not(
    client: OpenSearch, opensearch_urls: tuple[str, ...], catalogue: str
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls, merges=True), catalogue, client=client)
    built = build(generations, [row(n) for n in range(200)])
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=True)
    writer.write([row(n, title="new") for n in range(3)])
    updated = writer.finish(Calibration())
    writer.close()

    def segments(name: str) -> int:
        (shard,) = client.indices.segments(index=f"looksee.{catalogue}.{name}")["indices"].popitem()[1]["shards"]["0"]
        return len(shard["segments"])

    assert segments(built.name) == 1
    assert segments(updated.name) > 1


def test_a_running_bot_notices_a_promotion_within_its_interval(
    opensearch_urls: tuple[str, ...], catalogue: str
) -> None:
    generations = OpenSearchGenerations(local_settings(opensearch_urls), catalogue)
    first = build(generations, [row(1)])
    live = LiveStore(generations, check_every_s=0.5)
    assert live.store().generation.name == first.name
    second = build(generations, [row(2)])
    time.sleep(0.6)

    assert live.store().generation.name == second.name
    live.close()


def test_many_threads_write_and_all_rows_arrive(opensearch_urls: tuple[str, ...], catalogue: str) -> None:
    settings = local_settings(opensearch_urls, bulk_threads=4, bulk_bytes=20_000)
    generations = OpenSearchGenerations(settings, catalogue)
    built = build(generations, [row(n) for n in range(400)])

    assert (built.products, built.vectors) == (400, 400 + sum(n % 3 for n in range(400)))
    assert threading.active_count() < 40
