import math

import pytest

from bot.search_order import dealt
from bot.search_sizes import compared, fitting_first, size_of
from indexing.product import Product
from indexing.ranking import Ranked


def vase(name: str, **attributes: str) -> Product:
    return Product(id=name, title=name, attributes=attributes)


def ranked(*products: Product) -> list[Ranked]:
    return [Ranked(product=product, value=0.0, score=0.5) for product in products]


@pytest.mark.parametrize(
    "words", ["taller", "a taller one", "higher than this", "もっと背の高いもの", "a bit taller please"]
)
def test_words_that_only_compare_heights_are_read(words: str) -> None:
    asked = compared(words)

    assert asked is not None
    assert asked.dimensions == ("height",)
    assert asked.is_more


@pytest.mark.parametrize("words", ["", "a taller vase", "tall", "red", "花瓶", "with a higher back"])
def test_words_that_name_something_else_compare_nothing(words: str) -> None:
    assert compared(words) is None


def test_sizes_are_read_in_any_unit() -> None:
    assert size_of(vase("a", height="12.5 centimeters"), ("height",)) == pytest.approx(12.5)
    assert size_of(vase("b", height='10"'), ("height",)) == pytest.approx(25.4)
    assert size_of(vase("c", height="20 cm", width="5 cm"), ("height", "width")) == pytest.approx(10)
    assert math.isnan(size_of(vase("d", height="tall"), ("height",)))
    assert math.isnan(size_of(vase("e"), ("height",)))


def test_taller_ones_come_first_in_their_order() -> None:
    low, high, higher, unknown = (
        vase("low", height="8 cm"),
        vase("high", height="20 cm"),
        vase("higher", height="30 cm"),
        vase("unknown"),
    )
    asked = compared("taller")
    assert asked is not None

    found = fitting_first(ranked(low, unknown, high, higher), asked, [vase("shown", height="15 cm")])

    assert [entry.product.id for entry in found] == ["high", "higher", "low", "unknown"]


def test_nothing_is_reordered_where_no_size_is_told() -> None:
    asked = compared("smaller")
    assert asked is not None
    given = ranked(vase("a", height="8 cm"), vase("b"))

    assert fitting_first(given, asked, [vase("shown")]) == given


def test_types_that_a_photo_may_show_share_the_places_by_their_votes() -> None:
    found = ranked(
        *(Product(id=f"{kind}{n}", title=kind, category=kind) for kind in ("rug", "mug", "pen") for n in range(3))
    )

    dealt_out = [entry.product.id for entry in dealt(found, {"mug": 0.6, "pen": 0.25})]

    assert dealt_out == ["mug0", "mug1", "pen0", "mug2", "pen1", "pen2", "rug0", "rug1", "rug2"]
