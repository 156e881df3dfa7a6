"""What a product is made of, who makes it, and what there is, is told in a sentence."""

from pathlib import Path

import pytest

from bot.conversation import Context, Message, lexicon_of, refine
from bot.facts import fact_sentence
from bot.grammar_reading import Command
from bot.query import Query
from bot.sentences import say
from indexing.product import Product
from indexing.store import Filters
from tests.shelf import products, row, stocked

RED = Product(id="p1", title="Red mug", brand="Contoso", material="ceramic", color="red")
UNKNOWN = Product(id="p2", title="Grey mug", color="grey")
SHOWN = (RED, UNKNOWN)


@pytest.mark.parametrize(
    ("text", "locale", "sentence"),
    [
        ("who makes it?", "en", "1. Red mug: Contoso\n2. Grey mug: not known"),
        ("what brand is the first one?", "en", "1. Red mug: Contoso"),
        ("what are they made of?", "en", "1. Red mug: ceramic\n2. Grey mug: not known"),
        ("what colour is the second?", "en", "2. Grey mug: grey"),
        ("what is the grey one made of", "en", "2. Grey mug: not known"),
        ("what brands do you have?", "en", "There are: Contoso, Northwind."),
        ("which materials are there", "en", "There are: ceramic."),
        ("what sizes does it come in?", "en", "That I do not know. Where a product has a page, *Open* leads there."),
        ("how big is it?", "en", "That I do not know. Where a product has a page, *Open* leads there."),
        ("is it dishwasher safe?", "en", "That I do not know. Where a product has a page, *Open* leads there."),
        ("素材は何ですか", "ja", "1. Red mug：陶器\n2. Grey mug：不明"),
        ("2番目の素材は？", "ja", "2. Grey mug：不明"),
        ("どこのブランドですか", "ja", "1. Red mug：Contoso\n2. Grey mug：不明"),
        ("サイズは？", "ja", "それは分かりません。商品ページがあれば *開く* からご覧ください。"),
    ],
)
def test_facts_are_told(text: str, locale: str, sentence: str, tmp_path: Path) -> None:
    store = stocked(tmp_path, [row(product) for product in products()])
    lexicon, query = lexicon_of(store), Query(words="mug", types=("mug",))

    assert refine(query, Message(text=text), Context(lexicon=lexicon, shown=SHOWN)) is Command.FACT
    assert fact_sentence(text, query, SHOWN, store, lexicon, say(locale)) == sentence


def test_the_colours_that_there_are_heed_the_other_conditions(tmp_path: Path) -> None:
    store = stocked(tmp_path, [row(product) for product in products() if product.color in {"red", "blue", "green"}])
    filters = Filters(any_of=(("color", ("red",)), ("brand", ("Contoso",))))
    query = Query(words="mug", types=("mug",), filters=filters)
    colours = {product.color for product in products() if product.brand == "Contoso"} & {"red", "blue", "green"}

    said = fact_sentence("what colours do you have?", query, SHOWN, store, lexicon_of(store), say("en"))

    assert set(said.removeprefix("There are: ").removesuffix(".").split(", ")) == colours
    assert "赤" in fact_sentence("どんな色がありますか", query, SHOWN, store, lexicon_of(store), say("ja"))


@pytest.mark.parametrize("text", ["what about a brand new mug?", "made of wood", "any other colours?", "who knows"])
def test_what_only_sounds_like_it_is_no_question_for_a_fact(text: str, tmp_path: Path) -> None:
    store = stocked(tmp_path, [row(product) for product in products()])
    context = Context(lexicon=lexicon_of(store), shown=SHOWN)

    assert refine(Query(words="mug", types=("mug",)), Message(text=text), context) is not Command.FACT
