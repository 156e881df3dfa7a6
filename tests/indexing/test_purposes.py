import pytest

from indexing.product import Product
from indexing.purpose_words import PURPOSES
from indexing.purposes import means_another, meant, names_meant, names_type, serves
from indexing.wording import is_japanese


def product(category: str, title: str = "") -> Product:
    return Product(id=category, title=title or category, category=category)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("to boil water", "kettle"),
        ("frying an omelette", "frying pan"),
        ("to keep flour fresh", "storage jar"),
        ("simmer a stew", "cooking pot"),
        ("湯を沸かすもの", "kettle"),
        ("花束を生けるもの", "vase"),
    ],
)
def test_words_of_what_is_done_with_a_thing_mean_its_kind(words: str, kind: str) -> None:
    assert names_meant(words) == (kind,)


def test_a_products_type_serves_by_its_name_its_end_or_its_title() -> None:
    words = "to walk through mud"

    assert serves(words, product("Rain boots")) == serves(words, product("Boot")) > 0.3
    assert serves(words, product("FOOTWEAR", "Green Rain Boot, Large")) == serves(words, product("Boot"))
    assert serves(words, product("Teapot")) == 0


@pytest.mark.parametrize("words", ["", "qzxv", "the", "アジフライ", "blorp fnord"])
def test_words_that_point_at_no_kind_mean_none(words: str) -> None:
    assert not names_meant(words)
    assert serves(words, product("Kettle")) == 0


def test_words_that_nothing_knows_make_the_others_mean_less() -> None:
    assert meant("boil water")["kettle"] > meant("boil water blorp fnord")["kettle"] > 0


def test_rare_words_tell_more_than_common_ones() -> None:
    shares = meant("water and whistle")

    assert shares["kettle"] > shares["watering can"]


def test_the_table_has_english_and_japanese_words_for_every_kind() -> None:
    for kind, (english, japanese) in PURPOSES.items():
        assert english, kind
        assert not is_japanese(english), kind
        assert all(map(is_japanese, japanese.split(", "))), kind


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("a pillow for the sofa", "Sofa"),
        ("to put a candle in on the porch", "Candle"),
        ("jump into puddles", "Paddle"),
        ("rings that a toddler can sort by size", "Ring"),
    ],
)
def test_a_type_that_words_name_but_do_not_mean_is_none(words: str, category: str) -> None:
    assert means_another(words, product(category))


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("a chair for my desk", "Chair"),
        ("a mug for coffee", "Mug"),
        ("piano for the kitchen", "Piano"),
        ("花瓶", "Vase"),
    ],
)
def test_a_type_that_words_name_and_mean_stays(words: str, category: str) -> None:
    assert not means_another(words, product(category))


@pytest.mark.parametrize(
    ("words", "category", "is_named"),
    [
        ("black hamer", "Hammer", True),
        ("a fyring pan", "Frying pan", True),
        ("hammer", "Hammer", True),
        ("books", "Boot", False),
        ("hammock", "Hammer", False),
        ("", "Hammer", False),
        ("hammer", "", False),
    ],
)
def test_a_type_is_named_but_for_a_slip_of_the_finger(words: str, category: str, is_named: bool) -> None:
    assert names_type(words, product(category)) == is_named


def test_a_table_by_the_bed_is_no_table_lamp() -> None:
    assert names_type("a small table for next to the bed", product("Table"))
    assert not names_type("yellow table tennis bat", product("Table"))


def test_a_compound_that_ends_in_a_word_of_no_kind_hardly_means_what_it_begins_with() -> None:
    assert meant("car tyres")["toy car"] < 0.35 < meant("cars")["toy car"]
    assert meant("groceries home") == meant("groceries")
