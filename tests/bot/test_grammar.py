import pytest

from bot.grammar import read
from bot.grammar_japanese import in_japanese
from bot.grammar_money import PriceRange, read_price
from bot.grammar_reading import Command
from bot.grammar_words import Lexicon
from indexing.product import FacetField
from indexing.store import Facets
from tests.bot.shop import LEXICON


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("under 40", None, 4000),
        ("under $40", None, 4000),
        ("below 19.99", None, 1999),
        ("less than 40 dollars", None, 4000),
        ("no more than $40", None, 4000),
        ("at most 40", None, 4000),
        ("up to $1,500", None, 150000),
        ("max 40", None, 4000),
        ("40 or less", None, 4000),
        ("$40", None, 4000),
        ("for 40 bucks", None, 4000),
        ("over 40", 4000, None),
        ("at least $40", 4000, None),
        ("$40 or more", 4000, None),
        ("between 20 and 30", 2000, 3000),
        ("from 20 to 30", 2000, 3000),
        ("between $30 and $20", 2000, 3000),
        ("$20-$30", 2000, 3000),
        ("20-30 dollars", 2000, 3000),
        ("around $50", 4000, 6000),
        ("under 1.5k", None, 150000),
        ("40ドル以下", None, 4000),
        ("40ドルまで", None, 4000),
        ("予算40ドル", None, 4000),
        ("budget 40", None, 4000),
        ("budget: 40", None, 4000),
        ("my budget is $40", None, 4000),
        ("on a budget of 40", None, 4000),
        ("$40 budget", None, 4000),
        ("budget around 40 dollars", None, 4000),
        ("40ドル以上", 4000, None),
        ("20ドルから40ドル", 2000, 4000),
        ("20〜40ドル", 2000, 4000),
        ("50ドルくらい", 4000, 6000),
        ("100ドル台", 10000, 19999),
        ("20ドル台で", 2000, 2999),
    ],
)
def test_a_price_is_read_in_the_catalogues_own_currency(text: str, low: int | None, high: int | None) -> None:
    price, rest = read_price(text, ["USD"])

    assert price == PriceRange("USD", low, high)
    assert not rest.strip()


@pytest.mark.parametrize(
    ("text", "currencies", "expected"),
    [
        ("between 20 and 30 euros", ["USD"], PriceRange("EUR", 2000, 3000)),
        ("under €30", ["EUR"], PriceRange("EUR", None, 3000)),
        ("under 19,99 €", ["EUR"], PriceRange("EUR", None, 1999)),
        ("under 30", ["JPY"], PriceRange("JPY", None, 30)),
        ("3000円以下", ["JPY"], PriceRange("JPY", None, 3000)),
        ("1万円以下", ["USD"], PriceRange("JPY", None, 10000)),
        ("under $30", ["CAD"], PriceRange("CAD", None, 3000)),
        ("under $30", ["EUR"], PriceRange("USD", None, 3000)),
        ("under £30", ["USD", "GBP"], PriceRange("GBP", None, 3000)),
    ],
)
def test_a_currency_that_is_named_is_kept_even_where_the_catalogue_lacks_it(
    text: str, currencies: list[str], expected: PriceRange
) -> None:
    assert read_price(text, currencies)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "under 40 cm",
        "a set of 4 glasses",
        "mug 12 oz",
        "2-3 chairs",
        "over-ear headphones",
        "2番目に似たもの",
        "under the sink",
    ],
)
def test_numbers_that_are_no_price_are_left_alone(text: str) -> None:
    assert read_price(text, ["USD"])[0] is None


@pytest.mark.parametrize(
    ("text", "field", "first", "words"),
    [
        ("in red", "color", "Red", ""),
        ("red mugs", "color", "Red", "mugs"),
        ("RED ones", "color", "Red", ""),
        ("a gray backpack", "color", "Grey", "backpack"),
        ("light blue towel", "color", "Sky blue", "towel"),
        ("dark blue", "color", "Navy", ""),
        ("mug chocolate brown", "color", "Brown", "mug"),
        ("a jet black sofa", "color", "Black", "sofa"),
        ("skateboard bright orange", "color", "Orange", "skateboard"),
        ("a greenish mug", "color", "Green", "mug"),
        ("a bottle green mug", "color", "Forest green", "mug"),
        ("water bottle green", "color", "Green", "water bottle"),
        ("water bottle sky blue", "color", "Sky blue", "water bottle"),
        ("a bottle navy blue", "color", "Navy", "bottle"),
        ("drinking glass green", "color", "Green", "drinking glass"),
        ("a reddish mug", "color", "Red", "mug"),
        ("真っ白な花瓶", "color", "White", "花瓶"),
        ("red and white mug", "color", "Red and white", "mug"),
        ("wooden", "material", "Oak", ""),
        ("in wood", "material", "Oak", ""),
        ("glass vase", "material", "Glass", "vase"),
        ("a vase made of glass", "material", "Glass", "vase"),
        ("looking for glass", "material", "Glass", ""),
        ("looking glass vase", "material", "Glass", "vase"),
        ("a gold looking glass under $40", "color", "Gold", "mirror"),
        ("made of gold", "material", "Gold", ""),
        ("a teapot, glass if possible", "material", "Glass", "teapot"),
        ("pan with a wooden handle in red", "color", "Red", "pan with a wooden handle"),
        ("a bag with blue", "color", "Blue", "bag"),
        ("gold ring", "color", "Gold", "ring"),
        ("steel bottle", "material", "Stainless steel", "bottle"),
        ("from Contoso", "brand", "Contoso", ""),
        ("mugs by northwind", "brand", "Northwind", "mugs"),
        ("stone & beam sofa", "brand", "Stone & Beam", "sofa"),
        ("only mugs", "category", "Mug", ""),
        ("赤で", "color", "Red", ""),
        ("赤いマグカップ", "color", "Red", "マグカップ"),
        ("レッドのマグ", "color", "Red", "マグ"),
        ("水色のタオル", "color", "Sky blue", "タオル"),
        ("木製の椅子", "material", "Oak", "椅子"),
        ("ガラスの花瓶", "material", "Glass", "花瓶"),
        ("Contosoのマグ", "brand", "Contoso", "マグ"),
        ("濃い青のタオル", "color", "Navy", "タオル"),
        ("深緑の花瓶", "color", "Forest green", "花瓶"),
        ("ガラスでできた花瓶", "material", "Glass", "花瓶"),
        ("つぎは青で", "color", "Blue", ""),
    ],
)
def test_values_of_the_live_catalogue_become_conditions(text: str, field: str, first: str, words: str) -> None:
    reading = read(text, LEXICON)

    assert {name: values[0] for name, values in reading.wanted.items()} == {field: first}
    assert reading.words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a wine glass", "wine glass"),
        ("looking glass", "mirror"),
        ("I need a small looking-glass for our new flat", "small mirror for our new flat"),
        ("do you have a Looking Glass with a frame?", "mirror with a frame"),
        ("teak table", "teak table"),
        ("frying pan with a wooden handle", "frying pan with a wooden handle"),
        ("mug with red or blue stripes", "mug with red or blue stripes"),
        ("something for my mother", "mother"),
        ("with two handles", "with two handles"),
        ("ボタン", "ボタン"),
        ("花瓶はありますか", "花瓶"),
        ("はさみを探しています", "はさみ"),
        ("もみじの置物", "もみじの置物"),
    ],
)
def test_what_the_catalogue_has_no_value_for_goes_to_the_encoder(text: str, words: str) -> None:
    reading = read(text, LEXICON)

    assert reading.words == words
    assert not reading.wanted


def test_a_basic_colour_means_its_shades_after_itself() -> None:
    assert read("blue", LEXICON).wanted["color"] == ("Blue", "Sky blue", "Navy", "Navy and white")


def test_two_values_of_a_kind_are_both_wanted() -> None:
    wanted = read("white or black mugs", LEXICON).wanted["color"]

    assert {"White", "Black"} <= set(wanted)
    assert {"White", "Black"} <= set(read("白か黒のマグ", LEXICON).wanted["color"])


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("not leather", "material", "Leather"),
        ("no plastic", "material", "Plastic"),
        ("anything but leather", "material", "Leather"),
        ("not in red", "color", "Red"),
        ("leather-free", "material", "Leather"),
        ("I don't want leather", "material", "Leather"),
        ("not from Contoso", "brand", "Contoso"),
        ("but not wooden", "material", "Oak"),
        ("except blue", "color", "Blue"),
        ("革以外", "material", "Leather"),
        ("赤以外で", "color", "Red"),
        ("プラスチックじゃないもの", "material", "Plastic"),
    ],
)
def test_a_negated_value_is_a_condition(text: str, field: str, value: str) -> None:
    reading = read(text, LEXICON)

    assert value in dict(reading.unwanted.items())[field]  # type: ignore[index]
    assert not reading.wanted
    assert not reading.words


@pytest.mark.parametrize(
    ("text", "negatives", "words"),
    [
        ("without a handle", ("a handle",), ""),
        ("mug without a handle under $20 in blue", ("a handle",), "mug"),
        ("no logo", ("logo",), ""),
        ("a sofa without vases", ("vases",), "sofa"),
        ("a bag without zips or buckles", ("zips", "buckles"), "bag"),
        ("取っ手のないマグ", ("取っ手",), "マグ"),
        ("取っ手なし", ("取っ手",), ""),
    ],
)
def test_a_negation_of_anything_else_is_moved_away_from(text: str, negatives: tuple[str, ...], words: str) -> None:
    reading = read(text, LEXICON)

    assert reading.negatives == negatives
    assert reading.words == words


@pytest.mark.parametrize(
    ("text", "likes"),
    [
        ("more like the second", (2,)),
        ("like the first but in wood", (1,)),
        ("something similar to the third one", (3,)),
        ("like the last one", (-1,)),
        ("similar to #4", (4,)),
        ("like number 2", (2,)),
        ("the 2nd one", (2,)),
        ("like the first and the third", (1, 3)),
        ("more like this", (0,)),
        ("I'd like the second one", (2,)),
        ("I like the first", (1,)),
        ("2番目に似たもの", (2,)),
        ("二番目みたいなの", (2,)),
        ("最初のに似ていて木製", (1,)),
        ("3つ目のような青いもの", (3,)),
        ("最後のに似たもの", (-1,)),
    ],
)
def test_products_of_the_last_answer_are_pointed_at_by_their_place(text: str, likes: tuple[int, ...]) -> None:
    assert read(text, LEXICON).likes == likes


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("show more", Command.MORE),
        ("more", Command.MORE),
        ("More please!", Command.MORE),
        ("next", Command.MORE),
        ("what else do you have?", Command.MORE),
        ("もっと見る", Command.MORE),
        ("もっと見せて", Command.MORE),
        ("他には?", Command.MORE),
        ("次", Command.MORE),
        ("back", Command.BACK),
        ("go back", Command.BACK),
        ("undo", Command.BACK),
        ("戻る", Command.BACK),
        ("start over", Command.START_OVER),
        ("reset", Command.START_OVER),
        ("never mind, start again", Command.START_OVER),
        ("ok, let's start over", Command.START_OVER),
        ("やっぱり最初からお願いします", Command.START_OVER),
        ("最初から", Command.START_OVER),
        ("やり直し", Command.START_OVER),
        ("help", Command.HELP),
        ("hello", Command.HELP),
        ("Hi there!", Command.HELP),
        ("こんにちは", Command.HELP),
        ("ヘルプ", Command.HELP),
        ("how much is it?", Command.PRICE),
        ("いくらですか", Command.PRICE),
        ("thanks!", Command.THANKS),
        ("thank you so much", Command.THANKS),
        ("ありがとうございます", Command.THANKS),
    ],
)
def test_commands_are_read(text: str, command: Command) -> None:
    assert read(text, LEXICON).command is command


@pytest.mark.parametrize(
    "text",
    [
        "cheaper",
        "something cheaper",
        "a bit cheaper please",
        "too expensive",
        "something like it for less",
        "this for less money, please",
        "the same for less",
        "anything for less?",
        "もっと安い",
        "もう少し安いのはありますか",
        "高すぎる",
    ],
)
def test_cheaper_is_read(text: str) -> None:
    reading = read(text, LEXICON)

    assert reading.is_cheaper
    assert not reading.words


@pytest.mark.parametrize("text", ["headphones for less noise", "mugs for less than $40"])
def test_less_of_anything_else_is_not_cheaper(text: str) -> None:
    assert not read(text, LEXICON).is_cheaper


@pytest.mark.parametrize("text", ["cheapest first", "the cheapest", "sort by price", "一番安いもの", "安い順で"])
def test_cheapest_first_is_read(text: str) -> None:
    assert read(text, LEXICON).is_cheapest_first


@pytest.mark.parametrize("text", ["in stock only", "in stock", "available now", "在庫あり", "在庫のあるものだけ"])
def test_in_stock_is_read(text: str) -> None:
    reading = read(text, LEXICON)

    assert reading.in_stock is True
    assert not reading.words


@pytest.mark.parametrize(
    ("text", "lifted"),
    [("any colour", "color"), ("price doesn't matter", "price"), ("色は何でもいい", "color"), ("any brand", "brand")],
)
def test_a_condition_can_be_lifted_in_words(text: str, lifted: str) -> None:
    assert read(text, LEXICON).lifted == {lifted}


def test_an_empty_catalogue_reads_everything_as_words() -> None:
    nothing = Lexicon(Facets(values={}, prices={}, in_stock=0, total=0))

    assert read("red mugs", nothing).words == "red mugs"


@pytest.mark.parametrize(
    ("value", "field", "japanese"),
    [
        ("Red", "color", "赤"),
        ("stainless steel", "material", "ステンレス"),
        ("Contoso", "brand", "Contoso"),
        ("Ring", "brand", "Ring"),
        ("navy", "color", "ネイビー"),
        ("navy and white", "color", "ネイビー・白"),
        ("Navy/Chartreuse", "color", "Navy/Chartreuse"),
        ("oak, painted steel", "material", "オーク・塗装スチール"),
        ("Glass", "category", "グラス"),
        ("glass", "material", "ガラス"),
        ("Toy car", "category", "おもちゃの車"),
        ("Water Bottles", "category", "水筒"),
        ("oak", "color", "オーク"),
        ("Sprocket", "category", "Sprocket"),
        ("赤", "color", "赤"),
    ],
)
def test_values_are_said_in_japanese_where_their_words_are_known(value: str, field: FacetField, japanese: str) -> None:
    assert in_japanese(value, field) == japanese


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "🙂", "の", "<>&", "a" * 5000, "40", "ドル", "(((", "not", "without", "like the"]
)
def test_odd_messages_are_read_without_complaint(text: str) -> None:
    read(text, LEXICON)


@pytest.mark.parametrize(
    "piece", ["もっと", "thanks ", "not a b ", "1,", "ア", "the like ", "a or ", "ない", "¥1", "between 1 and ", "("]
)
def test_a_message_that_repeats_itself_is_read_at_once(piece: str) -> None:
    read(piece * 2000, LEXICON)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("we broke ours, so we want a big teapot again", "big teapot"),
        ("My sister would love a teapot. Do you have one?", "teapot"),
        ("Hi! I am looking for a cup, can you help me?", "cup"),
        ("sofa, nothing fancy", "sofa"),
        ("I'd like to buy a teapot please", "teapot"),
        ("My sister would love sunglasses", "sunglasses"),
        ("we really need new forks", "new forks"),
        ("can you find headphones for my son pls", "headphones"),
        ("I need headphones for my son, nothing too fancy", "headphones"),
        ("I broke my teapot :( need a new one", "teapot"),
        ("hi! i'm looking for a vase for my mum's birthday", "vase"),
        ("子供にあげるおもちゃの車ほしいんだけど", "おもちゃの車"),
        ("リュックってありますか？", "リュック"),
        ("gift for a golfer, budget 40", "golfer"),
        ("something for golf, budget 40", "golf"),
        ("I need a birthday present for a cook", "cook"),
        ("a gift for my dad who loves tea", "tea"),
        ("a present for someone who plays tennis", "tennis"),
        ("gift ideas for a gardener under $30", "gardener"),
        ("a vase as a gift", "vase"),
        ("a vase, it's a gift", "vase"),
        ("gift for my dad, budget 40", ""),
        ("a gift", "gift"),
        ("a gift box", "gift box"),
        ("I have 40 dollars to spend on a mug", "mug"),
        ("a non-stick pan", "non-stick pan"),
        ("ゴルフ好きへのプレゼント、予算40ドル", "ゴルフ"),
        ("プレゼントに花瓶を探しています", "花瓶"),
        ("誕生日プレゼントとしてマグカップ", "マグカップ"),
    ],
)
def test_the_wish_is_found_within_a_longer_message(text: str, words: str) -> None:
    reading = read(text, LEXICON)

    assert reading.words == words
    assert not reading.negatives
