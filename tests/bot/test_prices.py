"""What something costs is told in a sentence."""

import msgspec
import pytest

from bot.conversation import Context, Message, refine
from bot.grammar_reading import Command
from bot.prices import price_sentence
from bot.query import Query
from bot.sentences import say
from indexing.product import Money, Product
from tests.bot.shop import LEXICON

RED = Product(id="p1", title="Red mug", color="Red", price=Money(1999, "USD"), titles={"ja-JP": "赤いマグ"})
BLUE = Product(id="p2", title="Blue  mug <3", color="Navy", price=Money(2400, "USD"))
GIVEN = Product(id="p3", title="Blue vase", color="Blue")
SHOWN = (RED, BLUE, GIVEN)
ALL = "1. Red mug: $19.99\n2. Blue mug <3: $24\n3. Blue vase: no price given"
ALL_IN_JAPANESE = "1. 赤いマグ：$19.99\n2. Blue mug <3：$24\n3. Blue vase：価格不明"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("how much is it?", ALL),
        ("How much?", ALL),
        ("how much are they", ALL),
        ("how much are these each?", ALL),
        ("what do they cost?", ALL),
        ("what are the prices?", ALL),
        ("price?", ALL),
        ("and how much is that one please", ALL),
        ("how much is the second?", "Blue mug <3 costs $24."),
        ("how much does the 2nd one cost", "Blue mug <3 costs $24."),
        ("what's the price of number 1?", "Red mug costs $19.99."),
        ("how much is the last one", "I have no price for Blue vase."),
        ("how much are the first and the second?", "1. Red mug: $19.99\n2. Blue mug <3: $24"),
        ("how much is the red one?", "Red mug costs $19.99."),
        ("how much are the blue ones?", "2. Blue mug <3: $24\n3. Blue vase: no price given"),
        ("how much is the ninth?", ALL),
    ],
)
def test_prices_are_told_of_what_is_asked_about(text: str, sentence: str) -> None:
    assert refine(Query(words="mug"), Message(text=text), Context(lexicon=LEXICON, shown=SHOWN)) is Command.PRICE
    assert price_sentence(text, SHOWN, LEXICON, say("en-US")) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("いくらですか", ALL_IN_JAPANESE),
        ("いくら？", ALL_IN_JAPANESE),
        ("これはいくらしますか？", ALL_IN_JAPANESE),
        ("おいくらですか。", ALL_IN_JAPANESE),
        ("値段は？", ALL_IN_JAPANESE),
        ("価格を教えてください", ALL_IN_JAPANESE),
        ("1番目はいくらですか", "赤いマグは$19.99です。"),
        ("最後のはいくら", "Blue vaseの価格は分かりません。"),
        ("二番目の値段は？", "Blue mug <3は$24です。"),
    ],
)
def test_prices_are_told_in_japanese(text: str, sentence: str) -> None:
    assert refine(Query(words="mug"), Message(text=text), Context(lexicon=LEXICON, shown=SHOWN)) is Command.PRICE
    assert price_sentence(text, SHOWN, LEXICON, say("ja-JP")) == sentence


def test_of_one_product_shown_the_price_is_a_sentence() -> None:
    assert price_sentence("how much is it?", (RED,), LEXICON, say("en-US")) == "Red mug costs $19.99."


@pytest.mark.parametrize(
    "text",
    ["how much is a red mug?", "how much is the cheapest one?", "いくらの花瓶", "price under 40"],
)
def test_a_question_for_a_thing_or_an_order_is_no_question_for_prices(text: str) -> None:
    asked = refine(Query(words="mug"), Message(text=text), Context(lexicon=LEXICON, shown=SHOWN))

    assert isinstance(asked, Query)


def test_a_product_without_a_title_is_called_by_its_id() -> None:
    unnamed = msgspec.structs.replace(RED, title="", titles={})

    assert price_sentence("how much?", (unnamed,), LEXICON, say("en-US")) == "p1 costs $19.99."
