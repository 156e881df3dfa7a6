"""What every store answers, whichever it is: the sentences of the ports, asked of each adapter."""

import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexing.embedded import EmbeddedGenerations
from indexing.generation import BuildRefused, Calibration, Generations, RowHashes
from indexing.opensearch import OpenSearchGenerations
from indexing.product import Money, Product
from indexing.store import Candidates, Filters, NoCatalogue, Probe, VectorKind, VectorProbe, VectorStore
from inference.encoder import Embedding
from tests.indexing.opensearch_server import local_settings
from tests.indexing.shop import (
    DIM,
    MODEL,
    build,
    direction,
    picture_vector,
    product,
    row,
    without_pictures,
    words_vector,
)

COUNT = 60
ADAPTERS = ("embedded", pytest.param("opensearch", marks=(pytest.mark.live, pytest.mark.timeout(600))))


def generations_of(adapter: str, folder: Path, request: pytest.FixtureRequest) -> Generations:
    """An empty catalogue in one kind of store."""
    if adapter == "embedded":
        return EmbeddedGenerations(folder)
    # Asked for by name, so that a run without live tests starts no server.
    urls: tuple[str, ...] = request.getfixturevalue("opensearch_urls")
    return OpenSearchGenerations(local_settings(urls), f"contract-{uuid.uuid4().hex[:12]}")


@pytest.fixture(params=ADAPTERS)
def generations(request: pytest.FixtureRequest, tmp_path: Path) -> Generations:
    """An empty catalogue of each adapter."""
    return generations_of(request.param, tmp_path, request)


@pytest.fixture(params=ADAPTERS, scope="module")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorStore]:
    """The shop's store of each adapter; nothing may change it."""
    kept = generations_of(request.param, tmp_path_factory.mktemp("shop"), request)
    build(kept, [row(number) for number in range(COUNT)])
    with closing(kept.open()) as opened:
        yield opened


def near(vector: Embedding, against: VectorKind = "picture", **asked: object) -> Probe:
    return Probe(vectors=(VectorProbe(vector=vector, against=against),), **asked)  # type: ignore[arg-type]


def ids(found: Candidates) -> list[str]:
    """Product ids of the only vector list, in order."""
    return [n.product_id for n in found.vectors[0]]


# Vectors


@pytest.mark.parametrize(("number", "picture"), [(1, 0), (2, 0), (2, 1), (59, 1)])
def test_an_indexed_picture_given_back_finds_itself_first_with_score_one(
    store: VectorStore, number: int, picture: int
) -> None:
    best = store.candidates(near(picture_vector(number, picture), k=5)).vectors[0][0]

    assert (best.product_id, best.picture) == (f"P-{number:04}", picture)
    assert best.score == pytest.approx(1.0, abs=1e-3)


def test_cosines_are_those_of_the_vectors_and_the_list_is_best_first(store: VectorStore) -> None:
    asked = direction(7)

    found = store.candidates(near(asked, k=60)).vectors[0]

    for entry in found:
        number = int(entry.product_id[2:])
        assert entry.score == pytest.approx(float(asked @ picture_vector(number, entry.picture)), abs=1e-3)
    assert [n.score for n in found] == sorted((n.score for n in found), reverse=True)


def test_several_pictures_of_a_product_count_once_by_the_best(store: VectorStore) -> None:
    between = picture_vector(2, 1) + 0.9 * picture_vector(2, 0)

    found = ids(store.candidates(near(between / np.linalg.norm(between), k=40)))

    assert found[0] == "P-0002"
    assert len(found) == len(set(found)) == 40  # of the 60, 40 have a picture


def test_each_probe_has_its_own_list_in_the_order_asked(store: VectorStore) -> None:
    probes = (
        VectorProbe(vector=words_vector(0), against="words"),
        VectorProbe(vector=picture_vector(4), against="picture"),
        VectorProbe(vector=words_vector(3), against="words"),
    )

    found = store.candidates(Probe(vectors=probes, k=3))

    assert [entries[0].product_id for entries in found.vectors] == ["P-0000", "P-0004", "P-0003"]
    assert all(len(entries) == 3 for entries in found.vectors)


def test_a_product_without_a_picture_is_found_by_its_words(store: VectorStore) -> None:
    found = store.candidates(near(words_vector(0), "words", k=1))

    assert ids(found) == ["P-0000"]
    assert found.products["P-0000"].pictures == ()


def test_every_product_of_a_list_comes_with_its_facts(store: VectorStore) -> None:
    found = store.candidates(Probe(vectors=near(direction(1)).vectors, words="blue lamp", k=20))

    named = {n.product_id for entries in (*found.vectors, found.lexical) for n in entries}
    assert named == set(found.products)
    assert all(found.products[i] == product(int(i[2:])) for i in named)
    assert not found.is_partial


def test_an_empty_probe_has_an_empty_answer(store: VectorStore) -> None:
    found = store.candidates(Probe())

    assert (found.vectors, found.lexical, found.exact, dict(found.products)) == ((), (), (), {})


def test_equal_scores_are_in_the_order_of_ids(generations: Generations) -> None:
    same = [replace(row(number), words=words_vector(1)) for number in (5, 3, 1, 4, 2)]
    build(generations, same)

    with closing(generations.open()) as store:
        assert ids(store.candidates(near(words_vector(1), "words", k=3))) == ["P-0001", "P-0002", "P-0003"]


@pytest.mark.parametrize("k", [1, 7, 40, 500])
def test_k_products_come_back_and_never_more(store: VectorStore, k: int) -> None:
    assert len(ids(store.candidates(near(direction(3), k=k)))) == min(k, 40)


@pytest.mark.parametrize(
    "vector",
    [
        np.ones(DIM + 1, dtype=np.float32),
        np.zeros(DIM, dtype=np.float32),
        np.full(DIM, np.nan, dtype=np.float32),
        np.full(DIM, np.inf, dtype=np.float32),
        np.ones((1, DIM), dtype=np.float32),
    ],
    ids=["too long", "zeros", "nan", "infinite", "two axes"],
)
def test_a_vector_that_cannot_be_asked_is_refused(store: VectorStore, vector: Embedding) -> None:
    with pytest.raises(ValueError, match="vector"):
        store.candidates(near(vector))


def test_vectors_come_back_as_they_were_written(store: VectorStore) -> None:
    found = store.vectors(["P-0002", "P-0001", "P-0000", "no such"])

    assert set(found) == {"P-0001", "P-0002"}
    assert found["P-0002"].shape == (2, DIM)
    assert found["P-0002"].dtype == np.float32
    for index in range(2):
        assert float(found["P-0002"][index] @ picture_vector(2, index)) == pytest.approx(1.0, abs=1e-3)
    assert np.linalg.norm(found["P-0001"], axis=1) == pytest.approx(1.0, abs=1e-3)
    (words,) = store.vectors(["P-0000"], kind="words")["P-0000"]
    assert float(words @ words_vector(0)) == pytest.approx(1.0, abs=1e-3)


# Filters


def minor(p: Product, currency: str = "USD") -> int:
    """The price in minor units; -1 where it is in another currency."""
    return p.price.minor if p.price and p.price.currency == currency else -1


FILTERS: dict[str, tuple[Filters, Callable[[Product], bool]]] = {
    "price up to": (Filters(currency="USD", max_price_minor=1000), lambda p: minor(p) in range(1001)),
    "price from": (Filters(currency="USD", min_price_minor=5500), lambda p: minor(p) >= 5500),
    "price between": (
        Filters(currency="USD", min_price_minor=2000, max_price_minor=2000),
        lambda p: minor(p) == 2000,
    ),
    "another currency": (
        Filters(currency="JPY", max_price_minor=3000),
        lambda p: minor(p, "JPY") in range(3001),
    ),
    "currency of none": (Filters(currency="EUR", min_price_minor=0), lambda p: False),
    "colour, case folded": (Filters(any_of=(("color", ("RED",)),)), lambda p: p.color == "Red"),
    "two colours": (Filters(any_of=(("color", ("red", "blue")),)), lambda p: p.color in {"Red", "blue"}),
    "brand in two spellings": (Filters(any_of=(("brand", ("acme",)),)), lambda p: p.brand.lower() == "acme"),
    "brand with signs": (Filters(any_of=(("brand", ("nakamura & sons",)),)), lambda p: p.brand == "Nakamura & Sons"),
    "part of a value": (Filters(any_of=(("brand", ("nakamura",)),)), lambda p: False),
    "material": (Filters(any_of=(("material", ("oak",)),)), lambda p: p.material == "Oak"),
    "category and colour": (
        Filters(any_of=(("category", ("mug",)), ("color", ("blue",)))),
        lambda p: p.category == "Mug" and p.color == "blue",
    ),
    "none of": (
        Filters(none_of=(("color", ("red",)), ("category", ("mug", "LAMP")))),
        lambda p: p.color != "Red" and p.category not in {"Mug", "Lamp"},
    ),
    "in stock": (Filters(in_stock=True), lambda p: p.availability == "in_stock"),
    "injection": (Filters(any_of=(("color", ('red" OR 1=1 --',)),)), lambda p: False),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_is_applied_before_ranking(store: VectorStore, name: str) -> None:
    filters, passes = FILTERS[name]
    wanted = {product(n).id for n in range(COUNT) if passes(product(n))}

    found = store.candidates(near(direction(11), "words", filters=filters, words="model", k=COUNT))
    few = store.candidates(near(direction(11), "words", filters=filters, words="model", k=3))

    assert set(ids(found)) == wanted
    assert {n.product_id for n in found.lexical} == wanted
    assert ids(few) == ids(found)[:3]


def test_excluded_products_do_not_come_back_in_any_list(store: VectorStore) -> None:
    asked = near(picture_vector(4), words="SKU-00004", k=10)
    excluded = frozenset({"P-0004", "P-0007", "no such"})

    found = store.candidates(replace(asked, exclude=excluded))

    assert found.exact == ()
    assert not excluded & set(found.products)
    assert len(ids(found)) == 10


def test_pages_do_not_repeat(store: VectorStore) -> None:
    seen: list[str] = []
    for _ in range(4):
        page = store.candidates(near(direction(5), words="chair", exclude=frozenset(seen), k=10))
        seen += ids(page)

    assert len(seen) == len(set(seen)) == 40
    assert seen == ids(store.candidates(near(direction(5), k=40)))


# Words


@pytest.mark.parametrize(
    ("words", "category", "color"),
    [
        ("red mug", "Mug", "Red"),
        ("Blue LAMPS", "Lamp", "blue"),
        ("green chiar", "Chair", "green"),
        ("whtie sofa", "Sofa", "white"),
        ("red mgu", "Mug", "Red"),
        ("赤いマグカップ", "Mug", "Red"),
        ("青い照明", "Lamp", "blue"),
        ("緑の椅子", "Chair", "green"),
        ("包丁", "Knife", None),
        ('red "mug" OR (NOT* -', "Mug", "Red"),
        ("title:red AND mug^ {x}", "Mug", "Red"),
    ],
)
def test_words_find_what_they_name(store: VectorStore, words: str, category: str, color: str | None) -> None:
    found = store.candidates(Probe(words=words, k=3))

    assert len(found.lexical) == 3
    for entry in found.lexical:
        assert found.products[entry.product_id].category == category
        assert color is None or found.products[entry.product_id].color == color
    assert [n.score for n in found.lexical] == sorted((n.score for n in found.lexical), reverse=True)
    assert all(n.score >= 0 and n.picture == 0 for n in found.lexical)


@pytest.mark.parametrize(
    "words", ["'", '"', "*", "()", "NEAR(", "-", "???", "\x00", "a" * 10_000, "🙂", "%_", "AND OR NOT"]
)
def test_no_words_break_the_search(store: VectorStore, words: str) -> None:
    assert store.candidates(Probe(words=words, k=3)).exact == ()


@pytest.mark.parametrize("words", ["xylophone", "木琴"])
def test_words_that_no_product_says_find_nothing(store: VectorStore, words: str) -> None:
    assert store.candidates(Probe(words=words, k=3)).lexical == ()


@pytest.mark.parametrize(
    "words",
    [
        "P-0012",
        "p-0012",
        "SKU-00012",
        "sku-00012",
        "4000000000012",
        "red chair MODEL 12",
        "赤い木製の椅子 12",
        " P-0012 ",
    ],
)
def test_an_id_a_code_or_a_whole_title_is_exact(store: VectorStore, words: str) -> None:
    found = store.candidates(Probe(words=words, k=5))

    assert found.exact == ("P-0012",)
    assert found.products["P-0012"] == product(12)


def test_a_part_of_a_title_is_not_exact(store: VectorStore) -> None:
    assert store.candidates(Probe(words="white chair", k=5)).exact == ()


def test_exact_products_pass_the_filters_too(store: VectorStore) -> None:
    assert store.candidates(Probe(words="P-0012", filters=Filters(any_of=(("color", ("blue",)),)))).exact == ()


@pytest.mark.parametrize("words", ["SKU-0001", "sku-0001", "40000000000"])
def test_the_beginning_of_a_code_finds_its_products(store: VectorStore, words: str) -> None:
    found = store.candidates(Probe(words=words, k=10))

    attributes = [found.products[n.product_id].attributes for n in found.lexical]
    assert len(attributes) == 10
    assert all(a["sku"].startswith(words.upper()) or a["gtin"].startswith(words) for a in attributes)


# Facts and facets


def test_products_come_by_id_and_unknown_ids_are_left_out(store: VectorStore) -> None:
    assert store.products(["P-0003", "no such", "P-0001"]) == {"P-0001": product(1), "P-0003": product(3)}
    assert store.products([]) == {}


def test_facets_count_the_values_in_their_commonest_spelling(store: VectorStore) -> None:
    facets = store.facets(Filters())

    assert facets.total == COUNT
    assert facets.values["color"] == (("Red", 15), ("blue", 15), ("green", 15), ("white", 15))
    assert facets.values["brand"] == (("ACME", 30), ("Børk", 15), ("Nakamura & Sons", 15))
    assert facets.values["material"] == (("Ceramic", 12), ("Oak", 12))
    assert facets.prices == {"USD": (100, 5800), "JPY": (900, 5900)}
    assert facets.in_stock == 40


def test_facets_count_what_the_filters_keep(store: VectorStore) -> None:
    facets = store.facets(Filters(any_of=(("color", ("blue",)),), in_stock=True), top=2)

    kept = [p for p in map(product, range(COUNT)) if p.color == "blue" and p.availability == "in_stock"]
    assert facets.total == facets.in_stock == len(kept)
    assert facets.values["color"] == (("blue", len(kept)),)
    assert len(facets.values["category"]) == 2


# Threads


def test_many_threads_read_at_once(store: VectorStore) -> None:
    def asked(number: int) -> str:
        vector = picture_vector(number)
        return store.candidates(near(vector, words="blue lamp", k=5)).vectors[0][0].product_id

    with ThreadPoolExecutor(8) as pool:
        numbers = [n for n in range(COUNT) if n % 3] * 3
        assert list(pool.map(asked, numbers)) == [f"P-{n:04}" for n in numbers]


# Generations


def test_without_a_live_generation_there_is_no_catalogue(generations: Generations) -> None:
    assert generations.live() is None
    assert generations.all() == []
    with pytest.raises(NoCatalogue, match="looksee index"):
        generations.open()
    with pytest.raises(NoCatalogue, match="no index"):
        generations.open("20200101-000000-none")


def test_a_generation_tells_what_it_is(generations: Generations) -> None:
    built = build(generations, [row(n) for n in range(5)])

    with closing(generations.open()) as store:
        said = store.generation
    assert (said.name, said.model_id, said.dim, said.prompt) == (built.name, MODEL, DIM, "this is a {}")
    assert (said.products, said.vectors, said.source, said.is_complete) == (5, 5 + 0 + 1 + 2 + 0 + 1, "shop.csv", True)
    assert said.calibration == Calibration(words_weight=0.25, measured={"recall": 0.5})
    live = generations.live()
    assert live is not None
    assert live.is_live
    assert live.size_bytes > 0
    assert generations.verify(built.name) == []


def test_a_finished_generation_is_not_live_until_it_is_promoted(generations: Generations) -> None:
    first = build(generations, [row(1)])
    second = build(generations, [row(2)], live=False)

    assert [(g.name, g.is_live) for g in generations.all()] == [(first.name, True), (second.name, False)]
    assert first.name < second.name
    generations.promote(second.name)
    assert [g.is_live for g in generations.all()] == [False, True]


def test_rollback_makes_the_one_before_live_again(generations: Generations) -> None:
    first, second = build(generations, [row(1)]), build(generations, [row(2)])

    assert generations.rollback().name == first.name
    with closing(generations.open()) as store:
        assert store.products(["P-0001", "P-0002"]).keys() == {"P-0001"}
    assert generations.rollback().name == second.name


def test_rollback_without_an_earlier_one_is_refused(generations: Generations) -> None:
    build(generations, [row(1)])

    with pytest.raises(BuildRefused, match="no earlier index"):
        generations.rollback()


def test_promoting_what_is_not_there_or_not_finished_is_refused(generations: Generations) -> None:
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False)
    writer.write([row(1)])
    writer.close()

    with pytest.raises(BuildRefused, match="not finished"):
        generations.promote(writer.generation.name)
    with pytest.raises(BuildRefused, match="does not exist"):
        generations.promote("20200101-000000-none")
    with pytest.raises(NoCatalogue, match="not finished"):
        generations.open(writer.generation.name)
    assert generations.verify(writer.generation.name) != []


def test_a_second_build_is_refused_and_the_sentence_names_the_first(generations: Generations) -> None:
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="spring.csv", update=False)

    with pytest.raises(BuildRefused, match=r"running .*spring\.csv"):
        generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False)
    writer.close()
    generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False).close()


def test_an_unfinished_generation_is_gone_on_with(generations: Generations) -> None:
    first = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False)
    first.write([row(1), row(2)])
    first.close()

    second = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False)
    assert second.generation.name == first.generation.name
    assert list(second.known()) == [
        ("P-0001", RowHashes("facts-1", "pictures-1"), ((f"{1:060}{0:04}", '"1-0"'),)),
        ("P-0002", RowHashes("facts-2", "pictures-2"), tuple((f"{2:060}{i:04}", f'"2-{i}"') for i in range(2))),
    ]
    second.write([row(3)])
    assert second.finish(Calibration()).products == 3
    second.close()
    assert generations.verify(first.generation.name) == []


@pytest.mark.parametrize("changed", [{"model_id": "other-1"}, {"source": "other.csv"}])
def test_an_unfinished_generation_of_another_model_or_source_is_not_gone_on_with(
    generations: Generations, changed: dict[str, str]
) -> None:
    asked = {"model_id": MODEL, "prompt": "{}", "source": "shop.csv"}
    first = generations.begin(**asked, dim=DIM, update=False)
    first.write([row(1)])
    first.close()

    second = generations.begin(**(asked | changed), dim=DIM, update=False)
    second.close()

    assert second.generation.name != first.generation.name


def test_an_update_starts_from_the_live_generation_and_leaves_it_as_it_is(generations: Generations) -> None:
    live = build(generations, [row(n) for n in range(1, 6)])

    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=True)
    assert {known[0] for known in writer.known()} == {f"P-{n:04}" for n in range(1, 6)}
    writer.write([row(2, title="A purple teapot"), row(7)])
    writer.delete(["P-0004", "no such"])
    fresh = writer.finish(Calibration())
    writer.close()

    assert generations.verify(fresh.name) == []
    with closing(generations.open()) as before, closing(generations.open(fresh.name)) as after:
        assert (before.generation.name, before.generation.products) == (live.name, 5)
        assert before.candidates(Probe(words="purple teapot")).lexical == ()
        assert after.generation.products == 5
        assert set(after.products([f"P-{n:04}" for n in range(9)])) == {f"P-{n:04}" for n in (1, 2, 3, 5, 7)}
        teapots = after.candidates(near(picture_vector(4), words="purple teapot", k=9))
        assert [n.product_id for n in teapots.lexical] == ["P-0002"]
        assert "P-0004" not in ids(teapots)
        assert after.candidates(Probe(words="blue chair model 2")).exact == ()
        assert [n.product_id for n in after.candidates(Probe(words="purpel")).lexical] == ["P-0002"]


@pytest.mark.parametrize(("model_id", "update"), [("other-1", True), (MODEL, False)])
def test_with_another_model_or_without_update_a_build_starts_empty(
    generations: Generations, model_id: str, update: bool
) -> None:
    build(generations, [row(1)])

    writer = generations.begin(model_id=model_id, dim=DIM, prompt="{}", source="shop.csv", update=update)
    assert list(writer.known()) == []
    writer.close()


def test_a_row_written_twice_is_there_once_as_it_was_last(generations: Generations) -> None:
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False)
    writer.write([row(2), row(2, title="second"), row(1)])
    writer.write([without_pictures(row(2, title="third"))])
    built = writer.finish(Calibration())
    writer.close()

    assert (built.products, built.vectors) == (2, 3)
    with closing(generations.open(built.name)) as store:
        assert store.products(["P-0002"])["P-0002"].title == "third"
        assert ids(store.candidates(near(picture_vector(2)))) == ["P-0001"]


def test_a_row_that_cannot_be_written_comes_back_with_the_reason_and_harms_no_other(generations: Generations) -> None:
    nothing = np.zeros(DIM, dtype=np.float32)
    bad_picture = replace(row(5), pictures=(row(5).pictures[0], replace(row(5).pictures[1], embedding=nothing)))
    writer = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False)
    refused = writer.write(
        [
            row(1),
            replace(row(2), words=direction(1, DIM + 1)),
            replace(row(3), words=np.full(DIM, np.nan, dtype=np.float32)),
            replace(row(4), words=nothing),
            bad_picture,
            row(6, title="half a character \ud800"),
            row(7, id=" "),
            row(8, price=Money(10**30, "USD")),
        ]
    )
    built = writer.finish(Calibration())
    writer.close()

    assert [(r.product_id, r.picture) for r in refused] == [
        ("P-0002", ""),
        ("P-0003", ""),
        ("P-0004", ""),
        ("P-0005", "pictures/5-1.jpg"),
        ("P-0006", ""),
        (" ", ""),
        ("P-0008", ""),
    ]
    assert all(r.reason.endswith(".") for r in refused)
    assert (built.products, built.vectors) == (2, 4)
    assert generations.verify(built.name) == []


def test_prune_keeps_the_live_one_and_the_newest_others(generations: Generations) -> None:
    names = [build(generations, [row(n)]).name for n in range(1, 5)]
    unfinished = generations.begin(model_id=MODEL, dim=DIM, prompt="{}", source="shop.csv", update=False)
    generations.promote(names[0])

    assert generations.prune(1) == names[1:3]
    assert [g.name for g in generations.all()] == [names[0], names[3], unfinished.generation.name]
    unfinished.close()
    assert sorted(generations.prune(0)) == sorted([names[3], unfinished.generation.name])
    assert [g.name for g in generations.all()] == [names[0]]


def test_readers_go_on_while_others_are_promoted(generations: Generations) -> None:
    first, second = build(generations, [row(1)]), build(generations, [row(2)])
    stop, failures = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                with closing(generations.open()) as store:
                    found = ids(store.candidates(near(picture_vector(1))))
                if found not in (["P-0001"], ["P-0002"]):
                    failures.append(str(found))
            except Exception as error:  # noqa: BLE001 whatever it is, it is a failure of the promise
                failures.append(repr(error))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(10):
        generations.promote(first.name)
        generations.promote(second.name)
    stop.set()
    reader.join()
    assert failures == []
