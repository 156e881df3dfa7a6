from collections.abc import Iterator

import msgspec
import numpy as np
import pytest

from bot.evaluate import Reweighted
from bot.query import EmptyQuery, PhotoRef, Query
from bot.search import embed, next_page, search
from indexing.embedded_store import EmbeddedStore
from indexing.generation import Calibration
from indexing.product import Money, Product
from indexing.store import Filters, WrongModel
from tests.shelf import ENCODER, photo_of, products, row, stocked


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    opened = stocked(tmp_path_factory.mktemp("shop"), map(row, products()))
    yield opened
    opened.close()


def photo(colour: str) -> PhotoRef:
    return PhotoRef.of(photo_of(colour), sha256=colour, model_id=ENCODER.model_id)


def ids(query: Query, store: EmbeddedStore, k: int = 5) -> list[str]:
    return [hit.product.id for hit in search(query, ENCODER, store, k=k).hits]


@pytest.mark.parametrize("colour", ["red", "navy", "lime", "white", "black"])
def test_words_find_what_they_say(store: EmbeddedStore, colour: str) -> None:
    assert ids(Query(words=f"{colour} mug"), store)[0] == f"mug-{colour}"


@pytest.mark.parametrize("colour", ["red", "teal", "gold"])
def test_an_indexed_picture_given_back_finds_itself_with_score_one(store: EmbeddedStore, colour: str) -> None:
    answer = search(Query(photos=(photo(colour),)), ENCODER, store)

    assert answer.hits[0].score == pytest.approx(1.0, abs=1e-3)
    assert {hit.product.color for hit in answer.hits[:3]} == {colour}
    assert answer.hits[0].why[0] == "this is your photo"
    assert answer.is_confident


def test_how_long_a_photos_embedding_was_tells_how_sure_its_answer_is(store: EmbeddedStore) -> None:
    signs = {"length_mean": 10.0, "length_spread": 2.0, "photo_signs": {"faint": 1.5}}
    telling = Reweighted(store, msgspec.structs.replace(store.generation.calibration, **signs))

    def score(*lengths: float) -> float:
        told = np.array(lengths, dtype=np.float32)
        shown = PhotoRef.of(photo_of("red"), told, sha256="red", model_id=ENCODER.model_id)
        return search(Query(photos=(shown,)), ENCODER, telling, k=40).hits[-1].score

    assert score(8.0) > score() > score(12.0)


def test_scores_lie_between_zero_and_one_and_fall(store: EmbeddedStore) -> None:
    scores = [hit.score for hit in search(Query(words="red mug"), ENCODER, store, k=40).hits]

    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_photo_and_words_find_what_both_say(store: EmbeddedStore) -> None:
    assert ids(Query(photos=(photo("red"),), words="chair"), store)[0] == "chair-red"


def test_several_photos_are_one_question(store: EmbeddedStore) -> None:
    found = ids(Query(photos=(photo("red"), photo("blue"))), store, k=6)

    assert {name.split("-")[1] for name in found} == {"red", "blue"}


def test_likes_find_what_looks_like_them_without_themselves(store: EmbeddedStore) -> None:
    liked = search(Query(likes=("mug-red",)), ENCODER, store, k=6).hits

    assert "mug-red" not in {hit.product.id for hit in liked}
    assert {"chair-red", "backpack-red"} <= {hit.product.id for hit in liked}
    assert liked[0].why[0] == "looks like the one you picked"


def test_a_liked_product_that_is_gone_leaves_nothing_to_look_for(store: EmbeddedStore) -> None:
    with pytest.raises(EmptyQuery):
        search(Query(likes=("gone",)), ENCODER, store)


def test_filters_alone_are_a_question(store: EmbeddedStore) -> None:
    answer = search(Query(filters=Filters(any_of=(("color", ("red",)), ("category", ("mug",))))), ENCODER, store)

    assert [hit.product.id for hit in answer.hits] == ["mug-red"]
    assert answer.understood == "red mug"


def test_a_negation_alone_is_a_question(store: EmbeddedStore) -> None:
    found = search(Query(negatives=("leather",)), ENCODER, store, k=10).hits

    assert len(found) == 10
    assert not [hit for hit in found if hit.product.material == "leather"]


def test_what_is_not_wanted_is_left_out_where_the_facts_say_it(store: EmbeddedStore) -> None:
    found = search(Query(words="mug", negatives=("red",)), ENCODER, store, k=30).hits

    assert found
    assert not [hit for hit in found if hit.product.color == "red"]


def test_a_sku_finds_its_product_first_whatever_its_case(store: EmbeddedStore) -> None:
    answer = search(Query(words="sku-chair-004"), ENCODER, store)

    assert answer.hits[0].product.attributes["sku"] == "SKU-CHAIR-004"
    assert answer.hits[0].score == 1.0
    assert answer.hits[0].why[0] == "exactly what you asked for"
    assert answer.is_confident


def test_a_whole_title_finds_its_product_first(store: EmbeddedStore) -> None:
    assert ids(Query(words="olive LEATHER backpack"), store)[0] == "backpack-olive"


def test_a_slip_of_the_finger_is_forgiven(store: EmbeddedStore) -> None:
    assert ids(Query(words="lavendr backpak"), store)[0] == "backpack-lavender"


def test_pages_go_on_without_repeats_until_all_is_shown(store: EmbeddedStore) -> None:
    query = Query(words="mug", filters=Filters(any_of=(("category", ("mug",)),)))
    shown: list[str] = []
    for page in range(20):
        answer = search(query, ENCODER, store, k=5)
        assert answer.query.page == page
        shown += [hit.product.id for hit in answer.hits]
        if not answer.has_more:
            break
        query = next_page(answer)

    assert len(shown) == len(set(shown)) == 24


def test_a_page_after_the_last_is_empty_and_lifts_no_condition(store: EmbeddedStore) -> None:
    query = Query(filters=Filters(any_of=(("color", ("red",)),)), seen=("mug-red", "chair-red", "backpack-red"), page=1)

    answer = search(query, ENCODER, store)

    assert not answer.hits
    assert not answer.relaxations
    assert not answer.is_confident


def test_filters_keep_k_products_coming_back(store: EmbeddedStore) -> None:
    filters = Filters(currency="USD", max_price_minor=1300)

    assert set(ids(Query(words="something", filters=filters), store)) == {"mug-red", "mug-orange"}


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        (Filters(currency="USD", max_price_minor=1000), "None under $10; these are under $"),
        (Filters(any_of=(("color", ("tartan",)),)), "None in tartan; these are other ones."),
        (Filters(any_of=(("brand", ("Fabrikam",)),)), "None from Fabrikam; these are from others."),
        (Filters(none_of=(("category", ("mug", "chair", "backpack")),)), "Only mug, chair or backpack ones are there"),
        (
            Filters(in_stock=True, any_of=(("color", ("red",)), ("category", ("mug",)))),
            "None in stock; these are not, or may not be.",
        ),
    ],
)
def test_a_condition_that_nothing_meets_is_lifted_and_said(
    store: EmbeddedStore, filters: Filters, sentence: str
) -> None:
    answer = search(Query(words="mug", filters=filters), ENCODER, store)

    assert answer.hits
    assert len(answer.relaxations) == 1
    assert answer.relaxations[0].startswith(sentence)


def test_only_the_condition_in_the_way_is_lifted(store: EmbeddedStore) -> None:
    filters = Filters(currency="USD", max_price_minor=1000, any_of=(("color", ("red",)),))

    answer = search(Query(words="mug", filters=filters), ENCODER, store)

    assert answer.relaxations == ("None under $10; these are under $15.",)
    assert {hit.product.color for hit in answer.hits} == {"red"}


def test_conditions_are_lifted_one_after_the_other_where_one_is_not_enough(store: EmbeddedStore) -> None:
    filters = Filters(currency="USD", max_price_minor=1000, any_of=(("color", ("tartan",)),))

    answer = search(Query(words="mug", filters=filters), ENCODER, store)

    assert answer.hits
    assert len(answer.relaxations) == 2


def test_prices_of_another_currency_are_not_compared(store: EmbeddedStore) -> None:
    answer = search(Query(words="mug", filters=Filters(currency="EUR", max_price_minor=5000)), ENCODER, store)

    told = "Prices here are in US dollars, so none is known to be under €50; these are under $"
    assert answer.relaxations[0].startswith(told)


def test_cheapest_first_puts_price_before_nearness(store: EmbeddedStore) -> None:
    found = search(Query(words="mug", is_cheapest_first=True), ENCODER, store, k=10).hits
    prices = [hit.product.price.minor for hit in found if hit.product.price]

    assert prices == sorted(prices)


def test_an_index_of_another_model_is_refused(store: EmbeddedStore) -> None:
    other = msgspec.structs.replace(photo("red"), model_id="other-1")

    with pytest.raises(WrongModel):
        search(Query(photos=(other,)), ENCODER, store)


def test_nothing_to_look_for_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(EmptyQuery):
        embed(Query(), ENCODER)
    with pytest.raises(EmptyQuery):
        search(Query(), ENCODER, store)


def test_encoding_and_searching_can_be_timed_apart(store: EmbeddedStore) -> None:
    query = Query(words="blue mug")

    assert search(query, embed(query, ENCODER), store) == search(query, ENCODER, store)


def test_why_tells_what_matched(store: EmbeddedStore) -> None:
    words = search(Query(words="red mug"), ENCODER, store).hits[0]
    filters = Filters(currency="USD", max_price_minor=1300)
    both = search(Query(photos=(photo("red"),), filters=filters), ENCODER, store).hits[0]
    japanese = search(Query(words="mug", language="ja"), ENCODER, store).hits[0]

    assert words.why[0] == "title says “red mug”"
    assert both.why == ("this is your photo", "$12")
    assert japanese.why[0] == "商品名に「mug」"


def test_a_product_without_pictures_is_found_by_words_and_by_photo(tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = Product(id="bare", title="Red clay pot", color="red", category="pot", price=Money(900, "USD"))
    others = [row(product) for product in products() if product.color not in {"red", "maroon", "coral"}]
    opened = stocked(tmp_path_factory.mktemp("bare"), [*others, row(bare, looks=())])

    assert ids(Query(words="clay pot"), opened)[0] == "bare"
    assert "bare" in ids(Query(photos=(photo("red"),)), opened)
    opened.close()


def test_one_product_listed_twice_is_shown_once_on_all_pages(tmp_path_factory: pytest.TempPathFactory) -> None:
    twin = Product(
        id="mug-red-2", title="Mug, ceramic, red", color="Red", category="mug", material="ceramic", pictures=("x.png",)
    )
    opened = stocked(tmp_path_factory.mktemp("twins"), [*map(row, products()), row(twin, looks=("red",))])
    first = search(Query(words="red mug"), ENCODER, opened, k=1)
    rest = search(next_page(first), ENCODER, opened, k=60)

    shown = [hit.product.id for hit in (*first.hits, *rest.hits)]
    assert len({"mug-red", "mug-red-2"} & set(shown)) == 1
    opened.close()


def test_several_pictures_of_a_product_count_once_and_the_one_that_matched_is_named(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    several = Product(id="two-faced", title="Two-faced vase", category="vase", pictures=("a.png", "b.png"))
    opened = stocked(tmp_path_factory.mktemp("several"), [*map(row, products()), row(several, looks=("grey", "cyan"))])
    hits = search(Query(photos=(photo("cyan"),)), ENCODER, opened, k=10).hits

    [found] = [hit for hit in hits if hit.product.id == "two-faced"]
    assert found.picture == 1
    opened.close()


def test_under_the_limit_of_confidence_it_is_only_the_closest(tmp_path_factory: pytest.TempPathFactory) -> None:
    strict = Calibration(confident_words=50.0, confident_photo=50.0)
    opened = stocked(tmp_path_factory.mktemp("strict"), map(row, products()), strict)
    answer = search(Query(words="something else"), ENCODER, opened)

    assert answer.hits
    assert not answer.is_confident
    assert answer.hits[0].score < 0.5
    opened.close()


def test_equal_hits_come_in_the_same_order_each_time(store: EmbeddedStore) -> None:
    query = Query(photos=(photo("purple"),))

    assert len({tuple(ids(query, store, k=20)) for _ in range(3)}) == 1


def test_a_type_that_the_words_name_weighs_more_than_a_price_that_only_others_have(store: EmbeddedStore) -> None:
    answer = search(Query(words="chair", filters=Filters(currency="USD", max_price_minor=2000)), ENCODER, store)

    assert {hit.product.category for hit in answer.hits} == {"chair"}
    assert answer.relaxations[0].startswith("None under $20; these are under $")


def test_later_pages_of_lifted_conditions_go_on_with_them_lifted(store: EmbeddedStore) -> None:
    query = Query(words="chair", filters=Filters(currency="USD", max_price_minor=2000))
    first = search(query, ENCODER, store)
    second = search(next_page(first), ENCODER, store)

    assert {hit.product.category for hit in second.hits} == {"chair"}
    assert not {hit.product.id for hit in first.hits} & {hit.product.id for hit in second.hits}
