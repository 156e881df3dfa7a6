"""What the catalogue does not have is not passed off as something near it."""

import pytest

from bot.doubts import is_doubtful
from bot.query import Answer, Hit, Query
from indexing.product import Product
from tests.bot.shop import LEXICON

MIRROR = Product(id="1", title="Red mirror", category="Mirror", description="For a dressing table")
DRESS = Product(id="2", title="Long summer dress", category="Apparel")
PEN_POT = Product(id="3", title="Pen pot", description="For your desk")


@pytest.mark.parametrize(
    ("query", "product", "expected"),
    [
        (Query(words="dress"), MIRROR, True),
        (Query(words="red dress for a wedding"), MIRROR, True),
        (Query(words="jumper"), MIRROR, True),
        (Query(words="ワンピース"), MIRROR, True),
        (Query(words="dress"), DRESS, False),
        (Query(words="desk"), PEN_POT, False),
        (Query(words="something far away"), MIRROR, False),
        (Query(words="mug", types=("mug",)), MIRROR, False),
        (Query(words="dress", likes=("1",)), MIRROR, False),
        (Query(), MIRROR, False),
    ],
)
def test_another_kind_than_was_asked_for_is_doubted(query: Query, product: Product, expected: bool) -> None:
    answer = Answer(query=query, hits=(Hit(product=product, score=0.9),), understood="", is_confident=True)

    assert is_doubtful(answer, LEXICON) is expected
