import msgspec
import numpy as np
import pytest

from bot.answer import parts, said_in, understood, without_part
from bot.conversation import Context, Message, refine
from bot.grammar_reading import Command
from bot.overheard import reads_as_refinement
from bot.query import PhotoRef, Query
from indexing.product import Money, Product
from indexing.store import Filters
from tests.bot.shop import LEXICON

SHOWN = tuple(
    Product(id=f"p{n}", title=f"Mug {n}", price=Money(1000 * n, "USD"), pictures=(f"{n}.jpg",)) for n in range(1, 6)
)
CONTEXT = Context(lexicon=LEXICON, shown=SHOWN)


def photo(name: str = "a") -> PhotoRef:
    return PhotoRef.of(np.eye(4, dtype=np.float32)[0], sha256=name * 64, model_id="toy")


def talk(*texts: str, photos: tuple[PhotoRef, ...] = ()) -> Query:
    """The query after these messages; the photos come with the first."""
    query: Query | None = None
    for i, text in enumerate(texts):
        refined = refine(query, Message(text=text, photos=photos if i == 0 else ()), CONTEXT)
        assert isinstance(refined, Query), refined
        query = refined
    assert query is not None
    return query


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["red mugs under $40"], "red mugs under $40"),
        (["red mugs", "under 40"], "red mugs under $40"),
        (["red mugs", "cheaper"], "red mugs under $29.99"),
        (["mugs", "in red", "in blue"], "blue mugs"),
        (["mugs", "in red", "not leather"], "red mugs, not leather"),
        (["mugs", "without a handle"], "mugs, without a handle"),
        (["mugs", "from Contoso"], "mugs from Contoso"),
        (["mugs", "not from Contoso"], "mugs, not from Contoso"),
        (["mugs", "in stock only"], "mugs, in stock"),
        (["mugs", "between 20 and 30"], "mugs between $20 and $30"),
        (["mugs", "over 20", "under 40"], "mugs between $20 and $40"),
        (["mugs under 40", "over 50"], "mugs over $50"),
        (["mugs", "bigger"], "bigger mugs"),
        (["mugs", "with two handles"], "mugs with two handles"),
        (["mugs", "striped"], "striped mugs"),
        (["red mugs", "any colour"], "mugs"),
        (["red mugs", "do you have it in green?"], "green mugs"),
        (["red mugs under $40", "chairs"], "chairs"),
        (["red mugs under $40", "I'm looking for a sofa"], "sofa"),
        (["red mugs under $40", "blue mugs"], "blue mugs under $40"),
        (["mugs", "cheapest first"], "mugs, cheapest first"),
        (["mugs", "more like the second"], "like the one you picked"),
        (["mugs", "like the first but in wood"], "oak or walnut, like the one you picked"),
        (["mugs", "like the first and the last"], "like the 2 you picked"),
        (["leather bags", "not leather"], "bags, not leather"),
        (["not leather", "leather"], "leather things"),
        (["under $40"], "things under $40"),
        (["in red"], "red things"),
        (["mugs not red or blue"], "mugs, not red or blue"),
        (["マグカップ"], "マグカップ"),
        (["赤いマグカップ", "40ドル以下"], "赤、マグカップ、$40以下"),
        (["マグカップ", "もっと安い"], "マグカップ、$29.99以下"),
        (["マグカップ", "革以外"], "マグカップ、レザー以外"),
        (["マグカップ", "取っ手なし"], "マグカップ、取っ手なし"),
        (["マグカップ", "2番目に似たもの"], "選んだ商品に似たもの"),
        (["赤いマグ", "青で"], "青、マグ"),
        (["赤いマグ", "花瓶"], "花瓶"),
        (["マグ", "もっと大きい"], "大きい マグ"),
        (["マグ", "Contosoの"], "マグ、Contoso"),
        (["mugs", "not a lamp"], "mugs, not table lamp"),
        (["vases", "not that big"], "vases, not big"),
        (["vases", "not a boat either"], "vases, not a boat"),
        (["vases", "the second one please"], "like the one you picked"),
        (["red vases", "in another colour"], "vases"),
        (["red vases", "a different colour?"], "vases"),
        (["chairs", "glass top"], "glass top chairs"),
        (["花瓶", "マグカップとか"], "マグカップ"),
        (["a nice vase"], "vase"),
        (["vase and chair for a hall", "just the chair then"], "chair"),
        (["vases", "non-stick"], "non-stick vases"),
        (["vases", "28 cm"], "28 cm vases"),
        (["ソファ探してる", "二人掛け"], "二人掛け ソファ"),
        (["花瓶", "女性向け"], "女性向け 花瓶"),
        (["花瓶", "厚めのやつ"], "厚め 花瓶"),
        (["花瓶", "短めの"], "短め 花瓶"),
        (["花瓶40ドル以下", "やっぱり予算は気にしない"], "花瓶"),
        (["プレゼント用の花瓶"], "花瓶"),
        (["花瓶", "口が広いの"], "口が広い 花瓶"),
        (["花瓶、20ユーロ以下", "ドルだと？"], "花瓶、$20以下"),
        (["vases", "not a pack"], "vases, not backpack"),
        (["lamps", "not a lamp"], "things, not table lamp"),
        (["mugs and lamps", "not a lamp"], "mugs, not table lamp"),
        (["not a mug"], "things, not mug"),
        (["vases", "not a boat"], "vases, not a boat"),
        (["vases", "anything but a boat"], "vases, not a boat"),
        (["vases", "no stripes"], "vases, without stripes"),
        (["vases", "not striped"], "vases, not striped"),
        (["not a mug but a chair"], "chair, not mug"),
        (["花瓶", "ランプ以外"], "花瓶、卓上ランプ以外"),
        (["花瓶", "車じゃない"], "花瓶、車以外"),
        (["vases", "a gift for a golfer, budget 40"], "golfer under $40"),
        (["花瓶", "船じゃなくて"], "花瓶、船以外"),
        (["マグじゃなくて花瓶"], "花瓶、マグカップ以外"),
        (["花瓶", "取っ手はいらない"], "花瓶、取っ手なし"),
    ],
)
def test_each_message_refines_what_was_asked_before(texts: list[str], sentence: str) -> None:
    assert understood(talk(*texts)) == sentence


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["vases", "she prefers blue actually"], "blue vases"),
        (["vases", "he says he'd rather have orange"], "orange vases"),
        (["vases", "a green one would look lovely"], "green vases"),
        (["vases", "does it come in red?"], "red vases"),
        (["vases", "are they in stock?"], "vases, in stock"),
        (["vases", "I need it this week so only things you have in stock"], "vases, in stock"),
        (["vases under $40", "ok forget the price, show me the blue one"], "blue vases"),
        (["red vases", "any other colours?"], "vases"),
        (["vases", "out of my budget, it has to be below 60"], "vases under $60"),
        (["vases", "which one is the cheapest"], "vases, cheapest first"),
        (["vases", "what's the cheapest vase you've got?"], "vase, cheapest first"),
        (["vases", "no, blue is better"], "blue vases"),
        (["vases", "I'm thinking green"], "green vases"),
        (["vases", "how much is the cheapest one?"], "vases, cheapest first"),
        (["vases", "can you do under 100?"], "vases under $100"),
        (["vases", "not too big"], "vases, not big"),
        (["sofa", "two-seater"], "two-seater sofa"),
        (["赤い花瓶", "他の色はありますか？"], "花瓶"),
        (["花瓶", "赤か黒がいいと思います"], "黒または赤、花瓶"),
        (["vases", "my favourite colour is red"], "red vases"),
        (["vases", "I'd like them in blue"], "blue vases"),
        (["vases", "she hates red"], "vases, not red"),
        (["vases", "that's a lot of money, anything for less?"], "vases under $29.99"),
        (["vases", "something like the second for less"], "things under $19.99, like the one you picked"),
        (["vases", "the same in blue for less"], "blue vases under $29.99"),
        (["vases", "sort them from cheap to expensive"], "vases, cheapest first"),
        (["vases", "show me only what's available"], "vases, in stock"),
        (["花瓶", "もうちょっと安いのない？"], "花瓶、$29.99以下"),
        (["リュック", "赤っぽいのはある？"], "赤、リュック"),
        (["リュック", "一番安いのどれ？"], "リュック、安い順"),
        (["リュック", "革は苦手なので、革以外でお願いします"], "リュック、レザー以外"),
    ],
)
def test_words_that_name_nothing_keep_the_subject(texts: list[str], sentence: str) -> None:
    assert understood(talk(*texts)) == sentence


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["green vases", "let's forget about green"], "vases"),
        (["green vases", "forget the green"], "vases"),
        (["red or blue vases", "never mind the red ones"], "blue vases"),
        (["vases under $40", "forget the price limit"], "vases"),
        (["vases under $40", "no price limit"], "vases"),
        (["vases under $40", "money is no object"], "vases"),
        (["red vases", "it doesn't have to be red"], "vases"),
        (["vases not red", "forget about red"], "vases"),
        (["striped vases", "forget the stripes"], "striped vases"),
        (["vases with handles", "drop the handles"], "vases"),
        (["vases without a handle", "never mind the handle"], "vases"),
        (["赤い花瓶", "赤じゃなくてもいいです"], "花瓶"),
        (["赤い花瓶", "赤はもういい"], "花瓶"),
        (["vases", "that's too small"], "bigger vases"),
        (["vases", "too big for me"], "smaller vases"),
        (["vases", "these are a bit too dark"], "brighter vases"),
        (["vases", "that's too small", "now they are too big"], "smaller vases"),
        (["vases", "bigger", "even bigger"], "bigger vases"),
        (["vases", "they look cheap"], "vases over $30.01"),
        (["花瓶", "小さすぎます"], "大きい 花瓶"),
        (["花瓶", "高すぎる"], "花瓶、$29.99以下"),
        (["vases", "these aren't red"], "red vases"),
        (["blue vases", "but those are not blue"], "blue vases"),
        (["vases", "way cheaper"], "vases under $29.99"),
        (["vases", "a lot cheaper please"], "vases under $29.99"),
        (["vases", "cheaper than that"], "vases under $29.99"),
        (["vases", "cheaper than the second one"], "vases under $19.99"),
        (["花瓶", "2番目より安いもの"], "花瓶、$19.99以下"),
        (["vases", "the first one but cheaper"], "things under $9.99, like the one you picked"),
        (["red vases", "also in blue"], "red or blue vases"),
        (["red vases", "or blue"], "red or blue vases"),
        (["red vases", "blue too"], "red or blue vases"),
        (["赤い花瓶", "青も見たい"], "赤または青、花瓶"),
        (["vases", "2"], "like the one you picked"),
        (["vases", "50"], "vases under $50"),
        (["cheap vases"], "vases, cheapest first"),
        (["安い花瓶"], "花瓶、安い順"),
        (["vases", "most expensive"], "vases over $30.01"),
        (["vases", "cheaper", "cheaper"], "vases under $29.99"),
        (["vases", "under thirty dollars"], "vases under $30"),
        (["vases", "less than a hundred"], "vases under $100"),
        (["vases between 20 and 30 euros", "dollars then"], "vases between $20 and $30"),
        (["vases, at least 6"], "vases"),
        (["vases", "size 10"], "size 10 vases"),
        (["vases", "the biggest one"], "biggest vases"),
        (["vases", "blue rim"], "blue rim vases"),
        (["vases", "waterproof"], "waterproof vases"),
        (["chairs", "tortoise shell"], "tortoise shell chairs"),
        (["chairs for men", "no, for women"], "women chairs"),
        (["table lamp", "bigger", "what about a desk lamp?"], "bigger desk lamp"),
        (["vases", "other colours?"], "vases, page 2"),
        (["where can I buy a vase"], "vase"),
        (["do u have vases??"], "vases"),
        (["花瓶", "高い"], "花瓶、$29.99以下"),
        (["花瓶", "30ドル以上50ドル以下"], "花瓶、$30～$50"),
        (["花瓶", "机に置くやつ"], "机に置く 花瓶"),
        (["花瓶", "ふた付き"], "ふた付き 花瓶"),
        (["花瓶", "縞模様", "無地"], "無地 花瓶"),
    ],
)
def test_what_is_said_against_an_answer_is_understood(texts: list[str], sentence: str) -> None:
    assert understood(talk(*texts)) == sentence


def test_a_value_points_at_the_first_product_shown_that_has_it() -> None:
    shown = tuple(
        msgspec.structs.replace(product, color=color)
        for product, color in zip(SHOWN, ("red", "blue", "blue", "green", "white"), strict=True)
    )
    context = Context(lexicon=LEXICON, shown=shown)

    like = refine(talk("vases"), Message(text="more like the blue one"), context)
    other = refine(talk("vases"), Message(text="something like the black one"), context)

    assert isinstance(like, Query)
    assert like.likes == ("p2",)
    assert isinstance(other, Query)
    assert understood(other) == "black vases"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hmm",
        "no",
        "it's for my mother",
        "I don't like these",
        "none of them",
        "not what I want",
        "いまいち",
        "違う",
        "same price",
    ],
)
def test_what_changes_nothing_is_not_answered_with_the_same_again(text: str) -> None:
    assert refine(talk("red vases"), Message(text=text), CONTEXT) is Command.UNHAPPY


@pytest.mark.parametrize(
    "text", ["ok", "great!", "perfect, thanks", "Nice.", "I'll take it", "yes", "了解です", "素敵"]
)
def test_praise_is_no_question(text: str) -> None:
    assert refine(talk("red vases"), Message(text=text), CONTEXT) is Command.THANKS


@pytest.mark.parametrize(
    "text",
    [
        "do you ship to Japan?", "delivery time?", "how long does shipping take?", "what's the return policy?",
        "free shipping?", "can I return it?", "when will it arrive?", "where is my order?", "do you accept PayPal?",
        "I'd like to buy the second one", "order it", "how can I buy this?", "add the first to my cart",
        "送料はいくらですか", "いつ届きますか", "返品できますか", "これください", "2番目を買いたいです",
    ],
)  # fmt: skip
def test_orders_and_delivery_are_not_looked_for(text: str) -> None:
    assert refine(talk("red vases"), Message(text=text), CONTEXT) is Command.ELSEWHERE


@pytest.mark.parametrize("text", ["can you send me a red mug?", "where can I buy a vase"])
def test_what_only_sounds_like_an_order_is_looked_for(text: str) -> None:
    assert isinstance(refine(None, Message(text=text), CONTEXT), Query)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["red mugs", "and a table lamp, not more than $60"], "table lamp under $60"),
        (["red mugs", "and a lamp"], "lamp"),
        (["red mugs", "oh and a matching sofa, same colour"], "red sofa"),
        (["red mugs under $40", "what about a sofa at the same price?"], "sofa under $40"),
        (["赤いマグ", "同じ色の花瓶"], "赤、花瓶"),
        (["red mugs", "I want to buy a chair for the living room"], "chair for the living room"),
        (["red mugs under $40", "that's pricey... what's the cheapest mug you've got?"], "mug, cheapest first"),
        (["red mugs", "now I also need chairs to go with it"], "chairs"),
        (["red mugs", "blue basketballs"], "blue basketballs"),
        (["mugs", "with a sofa on it"], "mugs with a sofa"),
        (["table lamp", "a red lamp"], "red table lamp"),
        (["赤いマグ", "青い花瓶"], "青、花瓶"),
    ],
)
def test_another_kind_of_thing_begins_anew(texts: list[str], sentence: str) -> None:
    assert understood(talk(*texts)) == sentence


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("a red mug with a lid", ("mug",)),
        ("mugs and chairs", ("chair", "mug")),
        ("bakpack", ("backpack",)),
        ("couch", ("sofa",)),
        ("a lamp for my desk", ("table lamp",)),
        ("desk lamp", ("table lamp",)),
        ("コーヒーカップ", ("mug",)),
        ("白い花瓶", ("vase",)),
        ("机の上のランプ", ("table lamp",)),
        ("street lamp", ("table lamp",)),
        ("with a mug on it", ()),
        ("マグネット", ()),
        ("kayak", ()),
    ],
)
def test_the_types_that_words_name_are_known(words: str, types: tuple[str, ...]) -> None:
    assert talk(words).types == types


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ([""], "like your photo"),
        (["in red"], "red, like your photo"),
        (["like this but in red"], "red, like your photo"),
        (["", "in red"], "red, like your photo"),
        (["", "under $40"], "things under $40, like your photo"),
        (["", "but taller"], "taller, like your photo"),
        (["", "mugs"], "mugs, like your photo"),
        (["do you have this?"], "like your photo"),
        (["find this", "not leather"], "not leather, like your photo"),
        (["", "like the second"], "like the one you picked"),
        (["これに似た赤いもの"], "赤、写真に似たもの"),
        (["", "木製で"], "オークまたはウォールナット、写真に似たもの"),
    ],
)
def test_a_photo_stays_while_messages_refine_it(texts: list[str], sentence: str) -> None:
    assert understood(talk(*texts, photos=(photo(),))) == sentence


def test_a_new_photo_is_a_new_subject() -> None:
    before = talk("red mugs under $40")

    after = refine(before, Message(photos=(photo(),)), CONTEXT)

    assert isinstance(after, Query)
    assert understood(after) == "like your photo"


def test_a_new_photo_with_like_this_goes_on_with_the_conditions() -> None:
    before = talk("red mugs under $40")

    after = refine(before, Message(text="like this", photos=(photo(),)), CONTEXT)

    assert isinstance(after, Query)
    assert understood(after) == "red mugs under $40, like your photo"


def test_no_more_than_five_photos_count() -> None:
    photos = tuple(photo(str(n)) for n in range(7))

    assert len(talk("", photos=photos).photos) == 5


def test_show_more_asks_for_the_next_page_without_what_was_seen() -> None:
    first = talk("mugs")

    second = refine(first, Message(text="show more"), CONTEXT)

    assert isinstance(second, Query)
    assert (second.page, second.seen) == (1, ("p1", "p2", "p3", "p4", "p5"))
    assert second.words == "mugs"


def test_a_refinement_starts_at_the_first_page_again() -> None:
    paged = refine(talk("mugs"), Message(text="more"), CONTEXT)
    assert isinstance(paged, Query)

    refined = refine(paged, Message(text="in red"), CONTEXT)

    assert isinstance(refined, Query)
    assert (refined.page, refined.seen) == (0, ())


@pytest.mark.parametrize(
    ("text", "command"), [("back", Command.BACK), ("start over", Command.START_OVER), ("help", Command.HELP)]
)
def test_what_concerns_the_conversation_itself_is_a_command(text: str, command: Command) -> None:
    assert refine(talk("mugs"), Message(text=text), CONTEXT) is command


def test_the_place_of_a_product_that_was_not_shown_is_not_understood() -> None:
    assert refine(talk("mugs"), Message(text="like the ninth"), CONTEXT) is Command.UNHAPPY


def test_cheaper_before_any_answer_sets_no_price() -> None:
    refined = refine(None, Message(text="cheaper"), Context(lexicon=LEXICON))

    assert isinstance(refined, Query)
    assert refined.is_empty


def test_an_empty_message_gives_an_empty_query() -> None:
    refined = refine(None, Message(text="   "), CONTEXT)

    assert isinstance(refined, Query)
    assert refined.is_empty


def test_the_language_is_that_of_the_last_words() -> None:
    assert talk("mugs", "赤で").language == "ja"
    assert talk("マグ", "in red").language == "en"
    photo_only = refine(None, Message(photos=(photo(),), language="ja"), CONTEXT)
    assert isinstance(photo_only, Query)
    assert photo_only.language == "ja"


def test_prices_of_another_currency_are_kept_as_they_were_said() -> None:
    filters = talk("mugs between 20 and 30 euros").filters

    assert filters == Filters(currency="EUR", min_price_minor=2000, max_price_minor=3000)


def test_every_part_of_a_query_can_be_taken_out() -> None:
    query = talk("red leather Contoso mugs without a handle under $40 in stock", photos=(photo(),))
    query = msgspec.structs.replace(query, is_cheapest_first=True, likes=("p1",))
    keys = [key for key, _ in parts(query)]
    assert keys == [
        "any:color", "any:material", "words", "any:brand", "price", "stock", "without:a handle", "photo", "like",
        "cheapest",
    ]  # fmt: skip

    for key in keys:
        assert key not in dict(parts(without_part(query, key)))
        query = without_part(query, key)

    assert query.is_empty


def test_taking_a_part_out_starts_at_the_first_page() -> None:
    query = msgspec.structs.replace(talk("red mugs"), page=2, seen=("p1",))

    assert understood(without_part(query, "any:color")) == "mugs"
    assert without_part(query, "any:color").seen == ()


def test_a_query_is_understood_in_the_persons_language() -> None:
    assert understood(talk("red ceramic mugs under $40"), "ja-JP") == "赤、陶器、mugs、$40以下"


@pytest.mark.parametrize(
    "text",
    [
        "cheaper", "in red", "in blue?", "under $40", "more like the second", "show more", "back", "start over",
        "not leather", "without a handle", "but bigger", "from Contoso", "do you have it in green?",
        "in stock only", "what about blue?", "something smaller", "もっと安い", "赤で", "もっと見る", "革以外",
        "2番目に似たもの", "I'm looking for a lamp", "wooden", "lamps", "a couch?", "chair with a wooden back",
        "she prefers blue actually", "let's forget about blue", "2", "50", "dollars then", "mugs to go with them",
        "something for the kitchen", "none of these", "how much is it?",
        "do you ship to Japan?", "チェア", "花瓶は？", "マグカップ",
    ],
)  # fmt: skip
def test_a_reply_that_refines_is_for_us(text: str) -> None:
    assert reads_as_refinement(text, LEXICON)


@pytest.mark.parametrize(
    "text",
    [
        "thanks!", "lol", "nice", "ok", "I'll order the red one tomorrow", "love it",
        "great find, Anna will be happy", "let's discuss this in the meeting", "what do you think?",
        "not sure about this", "no problem", "ありがとう", "なるほど", "いいですね",
        "I think we already bought one in blue", "hello", "Hi all!", "こんにちは",
        "good morning", "when will it arrive?", "", "no", "hmm", "the vases are on my desk", "花瓶が届きました",
    ],
)  # fmt: skip
def test_a_reply_to_a_colleague_is_not(text: str) -> None:
    assert not reads_as_refinement(text, LEXICON)


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        ("umbrela", "Striped umbrella", "umbrela"),
        ("lmap", "Reading lamp", "lmap"),
        ("basketball", "Rubber ball", "basketball"),
        ("golf", "Gold ring", ""),
        ("golfer", "Toothbrush holder", ""),
        ("nuclear", "Clear glass", ""),
    ],
)
def test_a_reason_quotes_a_word_only_where_it_is_meant(asked: str, text: str, said: str) -> None:
    assert said_in(asked, text) == said
