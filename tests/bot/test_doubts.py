"""What the catalogue does not have is not passed off as something near it."""

import pytest

from bot.doubts import is_doubtful
from bot.query import Answer, Hit, Query
from indexing.product import Product
from tests.bot.shop import LEXICON

MIRROR = Product(id="1", title="Red mirror", category="Mirror", description="For a dressing table")
GOLD = Product(id="2", title="Gold ring", category="Ring", color="gold")
DRESS = Product(id="3", title="Long summer dress", category="Apparel")
CAN = Product(id="4", title="Watering can", category="Watering can", description="Waters flowers")


@pytest.mark.parametrize(
    ("query", "product", "expected"),
    [
        (Query(words="dress"), MIRROR, True),
        (Query(words="red dress for a wedding"), MIRROR, True),
        (Query(words="ワンピース"), MIRROR, True),
        (Query(words="dress"), DRESS, False),
        (Query(words="golf"), GOLD, True),
        (Query(words="nuclear submarine"), Product(id="6", title="Clear glass"), True),
        (Query(words="basketball"), Product(id="7", title="Rubber ball"), False),
        (Query(words="painted"), Product(id="8", title="Paint roller"), False),
        (Query(words="golfer"), Product(id="5", title="Toothbrush holder"), True),
        (Query(words="gold"), GOLD, False),
        (Query(words="water flowers"), CAN, False),
        (Query(words="wattering"), CAN, False),
        (Query(words="watre"), CAN, False),
        (Query(words="flwers"), CAN, False),
        (Query(words="something far away"), CAN, False),
        (Query(words="desk"), Product(id="9", title="Pen pot", description="For your desk"), False),
        (Query(words="mug", types=("mug",)), MIRROR, False),
        (Query(words="dress", likes=("1",)), MIRROR, False),
        (Query(), MIRROR, False),
    ],
)
def test_what_is_only_near_the_words_is_doubted(query: Query, product: Product, expected: bool) -> None:
    answer = Answer(query=query, hits=(Hit(product=product, score=0.9),), understood="", is_confident=True)

    assert is_doubtful(answer, LEXICON) is expected


@pytest.mark.parametrize(("score", "expected"), [(0.64, True), (0.8, False)])
def test_words_that_no_product_says_must_come_nearer(score: float, expected: bool) -> None:
    answer = Answer(
        query=Query(words="xkcd zzzqp"), hits=(Hit(product=CAN, score=score),), understood="", is_confident=True
    )

    assert is_doubtful(answer, LEXICON) is expected
