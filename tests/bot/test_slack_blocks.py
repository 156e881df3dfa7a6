"""Golden files hold every shape of answer; Slack's limits hold whatever a catalogue says."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.memory import Preferences, Recent
from bot.query import Answer, Hit, PhotoRef, Query
from bot.sentences import Voice, say
from bot.slack.blocks import Form, answer_forms, is_web_address
from bot.slack.filters import Counts, chosen_filters, filters_view
from bot.slack.handle import Handle
from bot.slack.home import HomeContent, home_blocks
from bot.slack.limits import problems
from indexing.product import Money, Product
from indexing.store import Filters
from playground.block_rules import complaints, view_complaints
from tests.conftest import Golden

GOLDEN = Path(__file__).parent / "golden"
HANDLE = Handle("1764000000.000100", "1764000000.000100")
RED = Filters(currency="USD", max_price_minor=4000, any_of=(("color", ("red",)),))
MUG = Product(
    id="mug-1",
    title="Red mug & saucer <!channel>",
    brand="Contoso",
    price=Money(1999, "USD"),
    url="https://shop.example/mug?id=1&x=<y>",
    pictures=("https://shop.example/mug.jpg",),
    titles={"ja-JP": "赤いマグ"},
)
LAMP = Product(
    id="lamp-2", title="Table lamp", price=Money(3500, "USD"), availability="out_of_stock", url="javascript:x"
)
PICTURES = {"mug-1": "https://looksee.example/thumbnails/mug.jpg", "lamp-2": "https://looksee.example/lamp.jpg"}


def answer(*, language: str = "en", **changes: Any) -> Answer:
    query = Query(words="mugs", filters=RED, language=language)
    hits = (
        Hit(product=MUG, score=0.91, why=("title says “mugs”", "red")),
        Hit(product=LAMP, score=0.44, why=("looks like what you described",)),
    )
    facts: dict[str, Any] = {
        "query": query,
        "hits": hits,
        "understood": "red mugs under $40",
        "is_confident": True,
        "has_more": True,
    }
    return Answer(**(facts | changes))


def written(forms: list[Form]) -> str:
    shown = {form.name: {"text": form.text, "blocks": list(form.blocks)} for form in forms}
    return json.dumps(shown, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("name", "shown", "locale", "others"),
    [
        ("confident", answer(), "en-US", {"pictures": PICTURES}),
        ("japanese", answer(language="ja", understood="赤いマグ、$40以下"), "ja-JP", {"pictures": PICTURES}),
        (
            "nothing_close",
            answer(is_confident=False, relaxations=("None under $40; these are under $50.",), is_partial=True),
            "en-US",
            {"pictures": {}, "notes": ("I could not open that photo. A JPEG or PNG works best.",)},
        ),
        ("nothing_found", answer(hits=(), has_more=False), "en-US", {"pictures": {}}),
        ("private", answer(has_more=False), "en-GB", {"pictures": PICTURES, "is_private": True}),
    ],
)
def test_an_answer_looks_as_its_golden_file_says(
    golden: Golden, name: str, shown: Answer, locale: str, others: dict[str, Any]
) -> None:
    forms = answer_forms(shown, say(locale), HANDLE, **others)

    golden(GOLDEN / f"answer_{name}.json", written(forms))
    for form in forms:
        assert problems(form.blocks) == []
        assert complaints(json.loads(json.dumps(form.blocks)), "message") == []


def test_the_filters_dialogue_looks_as_its_golden_file_says(golden: Golden) -> None:
    counts = Counts(
        values={
            "category": (("Mug", 12), ("Lamp", 3)),
            "color": (("Red", 4), ("Blue", 2)),
            "brand": (),
            "material": (),
        },
        prices={"USD": (500, 9900)},
        in_stock=9,
    )

    view = filters_view(Query(words="mugs", filters=RED), counts, say("en-US"), "{}")

    golden(GOLDEN / "filters.json", json.dumps(view, indent=2, ensure_ascii=False) + "\n")
    assert view_complaints(view) == []


def test_the_filters_dialogue_says_the_catalogues_values_in_japanese_and_keeps_their_ids() -> None:
    counts = Counts(
        values={
            "category": (("Toy car", 12), ("Sprocket", 3)),
            "color": (("Red", 4), ("Navy and white", 2)),
            "brand": (("Ring", 7),),
            "material": (("stainless steel", 1),),
        },
        prices={},
        in_stock=9,
    )

    view = filters_view(Query(words="mugs", filters=RED), counts, say("ja-JP"), "{}")

    menus = [block["element"] for block in view["blocks"] if block["element"]["type"] == "multi_static_select"]
    shown = {option["value"]: option["text"]["text"] for menu in menus for option in menu["options"]}
    assert shown == {
        "toy car": "おもちゃの車（12）",
        "sprocket": "Sprocket（3）",
        "ring": "Ring（7）",
        "red": "赤（4）",
        "navy and white": "ネイビー・白（2）",
        "stainless steel": "ステンレス（1）",
    }
    assert view_complaints(view) == []


def test_what_is_chosen_is_one_option_however_the_catalogue_spells_it_and_never_left_out() -> None:
    many = tuple((f"shade {number}", 1000 - number) for number in range(150))
    counts = Counts(values={"color": (*many, ("RED", 1))}, prices={}, in_stock=0)
    filters = Filters(any_of=(("color", ("Red",)),))

    (menu,) = [
        block["element"]
        for block in filters_view(Query(filters=filters), counts, say("en"), "{}")["blocks"]
        if block["block_id"] == "color"
    ]

    assert [option["text"]["text"] for option in menu["initial_options"]] == ["RED (1)"]
    assert len(menu["options"]) == 100
    assert menu["initial_options"][0] in menu["options"]


@pytest.mark.parametrize("locale", ["en-US", "ja-JP"])
def test_home_looks_as_its_golden_file_says(golden: Golden, locale: str) -> None:
    content = HomeContent(
        questions=["red mug", "lamp under $40"],
        recent=[Recent(query=Query(words="mugs", filters=RED))],
        saved=[(MUG, PICTURES["mug-1"]), (LAMP, "")],
        preferences=Preferences(page_size=8),
    )

    blocks = home_blocks(content, say(locale))

    golden(GOLDEN / f"home_{locale}.json", json.dumps(blocks, indent=2, ensure_ascii=False) + "\n")
    assert complaints(blocks, "home") == []


def test_home_says_a_search_in_one_language_whoever_reads_it() -> None:
    asked = Query(words="マグカップ", filters=RED, language="ja")
    content = HomeContent(questions=[], recent=[Recent(query=asked)], saved=[], preferences=Preferences())

    (searches,) = [block for block in home_blocks(content, say("en-US")) if block.get("block_id") == "home-recent"]

    assert [button["text"]["text"] for button in searches["elements"]] == ["赤、マグカップ、$40以下"]


@pytest.mark.parametrize(
    ("locale", "days", "said"),
    [
        ("en-US", 35, "are erased. Backups keep them for 35 more days; then they are gone for good."),
        ("en-US", 1, "are erased. Backups keep them for one more day; then they are gone for good."),
        ("ja-JP", 7, "消去されます。バックアップにはあと7日間残り、その後完全に消えます。"),
        ("en-US", 0, "settings are erased."),
        ("ja-JP", 0, "消去されます。"),
    ],
)
def test_who_is_about_to_be_forgotten_reads_when_backups_end(locale: str, days: int, said: str) -> None:
    content = HomeContent(questions=[], recent=[], saved=[], preferences=Preferences(), backup_days=days)

    blocks = home_blocks(content, say(locale))

    (button,) = (each for block in blocks for each in block.get("elements", []) if each.get("action_id") == "forget")
    assert button["confirm"]["text"]["text"].endswith(said)
    assert complaints(blocks, "home") == []


def test_catalogue_text_pings_nobody_and_links_nowhere() -> None:
    for form in answer_forms(answer(), say("en"), HANDLE, pictures={}):
        written_out = json.dumps([form.text, *(block for block in form.blocks)])
        mrkdwn = [form.text, *texts_of_type(form.blocks, "mrkdwn")]
        assert all("<!channel>" not in text for text in mrkdwn)
        assert "javascript:" not in written_out


def texts_of_type(node: Any, kind: str) -> list[str]:
    if isinstance(node, dict):
        own = [node["text"]] if node.get("type") == kind else []
        return own + [text for value in node.values() for text in texts_of_type(value, kind)]
    return [text for item in node for text in texts_of_type(item, kind)] if isinstance(node, list | tuple) else []


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://shop.example/a", True),
        ("http://shop.example/a?b=c&d=e#f", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://shop.example/ a", False),
        ("https://shop.example/" + "a" * 3000, False),
        ("//shop.example/a", False),
        ("https://[broken", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_buttons(url: str, is_one: bool) -> None:
    assert is_web_address(url) is is_one


_text = st.text(max_size=400)
_product = st.builds(
    Product,
    id=st.text(min_size=1, max_size=60),
    title=_text,
    brand=_text,
    url=_text,
    price=st.none() | st.builds(Money, st.integers(0, 10**9), st.sampled_from(["USD", "JPY", "EUR"])),
)
_hits = st.lists(st.builds(Hit, product=_product, score=st.just(0.5), why=st.tuples(_text, _text)), max_size=10)
_voices = st.sampled_from([say("en-US"), say("ja-JP")])


@settings(max_examples=60, deadline=None)
@given(hits=_hits, voice=_voices, words=_text, notes=st.lists(_text, max_size=3))
def test_whatever_a_catalogue_says_stays_within_slacks_limits(
    hits: list[Hit], voice: Voice, words: str, notes: list[str]
) -> None:
    query = Query(words=words, filters=RED, negatives=(words,), language=voice.language)
    shown = Answer(query=query, hits=tuple(hits), understood=words or "things", is_confident=True, has_more=True)
    pictures = {hit.product.id: "https://looksee.example/x.jpg" for hit in hits}

    for form in answer_forms(shown, voice, HANDLE, pictures=pictures, notes=[note for note in notes if note.strip()]):
        if form.name not in {"cards", "list"} or not problems(form.blocks):
            assert complaints(json.loads(json.dumps(list(form.blocks))), "message") == problems(form.blocks) == []
        assert form.text


def test_a_handle_comes_back_from_its_block_id() -> None:
    for handle in (HANDLE, Handle("", "1.2"), Handle("private-ab12", "1.2")):
        assert Handle.of_block_id(handle.block_id("cards")) == handle
    assert Handle.of_block_id("b0000000001") is None


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"price-min": {"value": {"value": "10"}}, "price-max": {"value": {"value": "19.99"}}}, (1000, 1999)),
        ({"price-min": {"value": {"value": None}}}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_prices_of_the_dialogue_become_bounds(state: dict[str, Any], sentence: tuple[int | None, int | None]) -> None:
    filters, errors = chosen_filters(RED, state, "USD", say("en"))

    assert errors == {}
    assert (filters.min_price_minor, filters.max_price_minor) == sentence
    assert filters.any_of == RED.any_of


@pytest.mark.parametrize("amount", ["cheap", "-1", "NaN", "1e99", "Infinity"])
def test_what_is_no_amount_is_told(amount: str) -> None:
    _filters, errors = chosen_filters(RED, {"price-max": {"value": {"value": amount}}}, "USD", say("en"))

    assert errors == {"price-max": "Write an amount, for example 20."}


def test_photos_can_be_taken_out_too() -> None:
    photo = PhotoRef.of(np.eye(4, dtype=np.float32)[0], sha256="a" * 64, model_id="toy")
    shown = answer(query=Query(words="mugs", photos=(photo,)))

    (parts,) = [
        b for b in answer_forms(shown, say("en"), HANDLE, pictures={})[0].blocks if "parts" in b.get("block_id", "")
    ]

    assert [button["value"] for button in parts["elements"]] == ["words", "photo"]
