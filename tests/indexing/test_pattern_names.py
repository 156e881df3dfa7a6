"""What a catalogue calls striped is asked for as stripy, pinstriped, 縦じま."""

import pytest

from indexing.coverage import contradicts, coverage
from indexing.lexical import asked_of
from indexing.pattern_names import patterns_named
from indexing.product import Product


def product(title: str, japanese: str = "") -> Product:
    return Product(id="1", title=title, titles={"ja_JP": japanese} if japanese else {})


@pytest.mark.parametrize(
    ("asked", "usual"),
    [
        ("a stripy mug", ("striped",)),
        ("spotty cushions", ("polka dot",)),
        ("a mug with stripes", ("striped",)),
        ("縦じまのマグカップ", ("縦ストライプ",)),
        ("しましまのクッション", ("ボーダー柄",)),
        ("チェック柄のタオル", ("市松模様", "ギンガムチェック")),
    ],
)
def test_a_pattern_by_another_name_is_known(asked: str, usual: tuple[str, ...]) -> None:
    assert [named.usual for named in patterns_named(asked)] == [usual]


@pytest.mark.parametrize("asked", ["a checked mug", "水玉の傘", "a lined basket", "solid oak table", "a mug", ""])
def test_usual_names_and_words_that_mean_other_things_are_left_as_they_are(asked: str) -> None:
    assert patterns_named(asked) == ()


def test_the_lexical_list_is_asked_for_the_usual_name_too() -> None:
    assert asked_of("a stripy mug").words == ("stripy", "mug", "striped")
    assert "水玉" in asked_of("ドット柄の傘").pairs


def test_a_product_says_a_pattern_by_whatever_name() -> None:
    assert coverage("chequered mug", product("Checked mug")) == 1.0
    assert coverage("ドット柄の傘", product("Umbrella", "水玉 傘")) == 1.0
    assert coverage("chequered mug", product("Striped mug")) == 0.5


def test_what_is_not_wanted_is_known_by_whatever_name() -> None:
    assert contradicts(product("Polka dot umbrella"), "spots")
    assert contradicts(product("Umbrella", "ボーダー柄 傘"), "縞模様")
    assert not contradicts(product("Striped umbrella"), "spots")
