import pytest

from indexing.coverage import coverage, is_near
from indexing.product import Product
from indexing.wording import contains_phrase, is_japanese, stem, words_of


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("mugs", "mug"),
        ("boxes", "box"),
        ("knives", "knife"),
        ("shelves", "shelf"),
        ("berries", "berry"),
        ("glass", "glass"),
        ("glasses", "glass"),
        ("dishes", "dish"),
        ("vases", "vase"),
        ("bus", "bus"),
        ("gas", "gas"),
    ],
)
def test_plurals_lose_their_ending(word: str, plain: str) -> None:
    assert stem(word) == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Show me the RED mugs!", ("red", "mug")),
        ("a mug for my mother's tea", ("mug", "mother", "tea")),
        ("赤いマグ", ("赤い", "いマ", "マグ")),
        ("マグの色", ("マグ", "色")),
        ("", ()),
        ("the of a", ()),
    ],
)
def test_words_that_mean_something_are_kept_in_order(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


def test_a_phrase_is_contained_word_by_word() -> None:
    assert contains_phrase("Genuine leather bag", "Leather bags")
    assert not contains_phrase("leatherette bag", "leather")
    assert not contains_phrase("anything", "the")


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("ceramic", "cermaic", True),
        ("backpack", "backpak", True),
        ("mug", "mut", False),
        ("red", "bed", False),
        ("leather", "weather", True),
        ("golf", "gold", False),
        ("pink", "ring", False),
        ("vase", "case", False),
        ("pimk", "pink", True),
        ("gray", "grey", True),
        ("lmap", "lamp", True),
        ("alpm", "lamp", False),
        ("golf", "golfer", True),
        ("lam", "lamp", False),
        ("geen", "green", True),
    ],
)
def test_slips_of_the_finger_are_near(word: str, other: str, expected: bool) -> None:
    assert is_near(word, other) is expected


def test_coverage_is_the_share_of_the_words_that_a_product_says() -> None:
    mug = Product(id="1", title="Red Ceramic Mug", titles={"ja-JP": "赤いマグカップ"})

    assert coverage("red mug", mug) == 1.0
    assert coverage("red helicopter", mug) == 0.5
    assert coverage("マグカップ", mug) == 1.0
    assert coverage("", mug) == 0.0


def test_golf_is_not_said_by_a_product_of_gold() -> None:
    assert coverage("golf ball", Product(id="1", title="Ball", color="gold")) == 0.5


def test_japanese_is_told_by_its_characters() -> None:
    assert is_japanese("red マグ")
    assert not is_japanese("café")
