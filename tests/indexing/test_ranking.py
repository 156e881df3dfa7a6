import numpy as np
import pytest

from indexing.coverage import contradicts, says_type
from indexing.generation import Calibration
from indexing.product import Product
from indexing.ranking import Ranked, Signals, confident_value, fuse, probe_of, unit
from indexing.store import Candidates, Filters, Near
from indexing.twins import collapse, twins
from inference.encoder import Embedding, Embeddings

AXES = np.eye(4, dtype=np.float32)
PLAIN = Calibration(
    photo_mean=0.0, photo_spread=0.1, cross_mean=0.0, cross_spread=0.1, words_mean=0.0, words_spread=0.1
)


def product(name: str, **facts: str) -> Product:
    facts = {"title": name, **facts}
    return Product(id=name, pictures=(f"{name}.png",), **facts)  # type: ignore[arg-type]


def candidates(
    pictures: dict[str, float],
    words: dict[str, float] | None = None,
    lexical: dict[str, float] | None = None,
    exact: tuple[str, ...] = (),
    products: tuple[Product, ...] = (),
) -> Candidates:
    def near(scores: dict[str, float] | None) -> tuple[Near, ...]:
        ranked = sorted((scores or {}).items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(Near(product_id=name, score=score) for name, score in ranked)

    names = {*pictures, *(words or {}), *(lexical or {}), *exact}
    known = {p.id: p for p in products}
    return Candidates(
        vectors=(near(pictures), near(words)),
        lexical=near(lexical),
        exact=exact,
        products={name: known.get(name, product(name)) for name in names},
    )


def order(ranked: list[Ranked]) -> list[str]:
    return [entry.product.id for entry in ranked]


def rows(*axes: int) -> Embeddings:
    return AXES[list(axes)]


def axis(n: int) -> Embedding:
    row: Embedding = AXES[n]
    return row


def test_a_photo_asks_both_lists_with_itself() -> None:
    probe = probe_of(Signals(photos=rows(0)), PLAIN, filters=Filters())

    assert [asked.against for asked in probe.vectors] == ["picture", "words"]
    for asked in probe.vectors:
        assert asked.vector == pytest.approx(axis(0))


def test_each_view_of_a_photo_asks_the_pictures_and_all_together_the_words() -> None:
    probe = probe_of(Signals(photos=rows(0), closer=(rows(1), rows(2))), PLAIN, filters=Filters())

    assert [asked.against for asked in probe.vectors] == ["picture", "picture", "picture", "words"]
    for n, asked in enumerate(probe.vectors[:3]):
        assert asked.vector == pytest.approx(axis(n))
    assert probe.vectors[3].vector[:3] == pytest.approx(np.full(3, 3**-0.5))


def of_two_views(whole: dict[str, float], closer: dict[str, float]) -> list[Ranked]:
    """What is found by two views of a photo; a spread is a tenth."""
    lists = [
        tuple(Near(product_id=name, score=score, picture=n) for name, score in found.items())
        for n, found in enumerate((whole, closer))
    ]
    products = {name: product(name) for name in {**whole, **closer}}
    found = Candidates(vectors=(*lists, (Near(product_id="c", score=0.1),)), lexical=(), exact=(), products=products)
    weights = Calibration(photo_words_weight=0.0, photo_spread=0.1)
    return fuse(found, Signals(photos=rows(0), closer=(rows(1),)), weights)


def test_of_the_views_of_a_photo_the_nearest_counts_most() -> None:
    ranked = of_two_views({"a": 0.5, "b": 0.4}, {"b": 0.7, "a": 0.3})

    assert order(ranked) == ["b", "a"]
    assert ranked[0].picture == 1


def test_what_all_views_find_near_comes_before_what_one_of_them_finds_hardly_nearer() -> None:
    assert order(of_two_views({"a": 0.50, "b": 0.48}, {"b": 0.48, "a": 0.1})) == ["b", "a"]


def test_photo_and_words_are_weighted_by_their_share_and_their_spread() -> None:
    weights = Calibration(words_weight=0.25, photo_spread=0.1, cross_spread=0.05)

    [picture, _] = probe_of(Signals(photos=rows(0), words=axis(1)), weights, filters=Filters()).vectors

    assert picture.vector[1] / picture.vector[0] == pytest.approx((0.25 / 0.05) / (0.75 / 0.1))


def test_negatives_are_subtracted() -> None:
    [picture, _] = probe_of(Signals(words=axis(0), negatives=rows(1, 2)), PLAIN, filters=Filters()).vectors

    assert picture.vector[0] > 0
    assert picture.vector[1] == picture.vector[2] < 0


def test_likes_and_photos_share_the_look() -> None:
    [picture, _] = probe_of(Signals(photos=rows(0), likes=rows(1)), PLAIN, filters=Filters()).vectors

    assert picture.vector[0] == pytest.approx(picture.vector[1])


def test_a_question_without_signals_is_refused() -> None:
    with pytest.raises(ValueError, match="ask nothing"):
        probe_of(Signals(), PLAIN, filters=Filters())


def test_a_value_is_in_spreads_above_the_mean_whatever_the_modality() -> None:
    weights = Calibration(
        cross_mean=0.2, cross_spread=0.05, words_mean=0.6, words_spread=0.1, words_list_weight=0.5, lexical_weight=0.0
    )

    [best] = fuse(candidates({"a": 0.3}, {"a": 0.8}), Signals(words=axis(0)), weights)

    assert best.value == pytest.approx((2 + 2) / 2, abs=1e-5)


def test_a_list_with_high_cosines_does_not_drown_the_other() -> None:
    weights = Calibration(cross_mean=0.2, cross_spread=0.02, words_mean=0.6, words_spread=0.2, words_list_weight=0.5)
    found = candidates({"seen": 0.30, "told": 0.20}, {"told": 0.80, "seen": 0.60})

    assert order(fuse(found, Signals(words=axis(0)), weights)) == ["seen", "told"]


def test_a_product_that_only_one_list_has_stays_behind_one_that_both_have() -> None:
    found = candidates({"both": 0.5, "pictures": 0.5}, {"both": 0.5})

    assert order(fuse(found, Signals(words=axis(0)), PLAIN))[0] == "both"


def test_the_lexical_list_lifts_what_says_the_words() -> None:
    found = candidates(
        {"a": 0.5, "b": 0.5}, {"a": 0.5, "b": 0.5}, lexical={"b": 7.0}, products=(product("b", title="Red mug"),)
    )

    assert order(fuse(found, Signals(words=axis(0), text="red mug"), PLAIN)) == ["b", "a"]


def test_a_lexical_list_that_says_little_of_what_was_asked_lifts_little() -> None:
    found = candidates(
        {"a": 0.55, "b": 0.5}, {"a": 0.55, "b": 0.5}, lexical={"b": 7.0}, products=(product("b", title="Red"),)
    )
    weights = Calibration(words_mean=0, words_spread=0.1, cross_mean=0, cross_spread=0.1, lexical_weight=0.05)

    text = "red helicopter rescue team poster"

    assert order(fuse(found, Signals(words=axis(0), text=text), weights)) == ["a", "b"]


def test_an_exact_name_comes_first_with_score_one() -> None:
    ranked = fuse(candidates({"a": 0.9, "sku": 0.1}, exact=("sku",)), Signals(words=axis(0), text="sku"), PLAIN)

    assert order(ranked) == ["sku", "a"]
    assert ranked[0].score == 1.0


def test_the_same_picture_comes_first_with_its_cosine_as_score() -> None:
    found = candidates({"same": 0.9999, "near": 0.9}, {"near": 0.9})
    ranked = fuse(found, Signals(photos=rows(0)), Calibration(photo_words_weight=0.9))

    assert order(ranked) == ["same", "near"]
    assert ranked[0].score == pytest.approx(0.9999)
    assert ranked[0].is_same_picture


def test_half_is_the_score_at_the_limit_of_confidence() -> None:
    weights = Calibration(photo_mean=0.0, photo_spread=0.1, photo_words_weight=0.0, confident_photo=4.0)

    [entry] = fuse(candidates({"a": 0.4}), Signals(photos=rows(0)), weights)

    assert entry.score == pytest.approx(0.5, abs=1e-6)


def test_the_limit_of_a_mixed_question_lies_between_both() -> None:
    weights = Calibration(confident_photo=2.0, confident_words=4.0, words_weight=0.25)

    assert confident_value(Signals(photos=rows(0)), weights) == 2.0
    assert confident_value(Signals(words=axis(0)), weights) == 4.0
    assert confident_value(Signals(photos=rows(0), words=axis(1)), weights) == 2.5


def test_only_what_has_both_is_shifted() -> None:
    weights = Calibration(confident_photo=2.0, confident_words=4.0, words_weight=0.25, mixed_shift=-1.0)

    assert confident_value(Signals(photos=rows(0)), weights) == 2.0
    assert confident_value(Signals(photos=rows(0), words=axis(1)), weights) == 1.5


def test_signs_lift_the_whole_list_and_not_the_order() -> None:
    found = candidates({"a": 0.5, "b": 0.4}, {"a": 0.5, "b": 0.4})
    plain = Calibration(photo_words_weight=0.1, confident_photo=3.0)
    weights = Calibration(photo_words_weight=0.1, confident_photo=3.0, photo_signs={"kinds": 2.0})
    without, lifted = (fuse(found, Signals(photos=rows(0)), each) for each in (plain, weights))

    assert order(lifted) == order(without)
    assert [b.value - a.value for a, b in zip(without, lifted, strict=True)] == pytest.approx([2.0, 2.0])
    assert lifted[0].score > without[0].score


def test_of_two_photos_as_near_the_fainter_one_is_surer_where_that_is_worth_something() -> None:
    found = candidates({"a": 0.5})
    weights = Calibration(length_mean=10.0, length_spread=2.0, photo_signs={"faint": 1.5})
    faint, strong, unknown = (
        fuse(found, Signals(photos=rows(0), length=length), weights)[0].value for length in (8.0, 12.0, 0.0)
    )

    assert faint - unknown == pytest.approx(1.5)
    assert strong - unknown == pytest.approx(-1.5)


def test_equals_are_ordered_by_product_id() -> None:
    found = candidates({"b": 0.5, "a": 0.5, "c": 0.5})

    assert order(fuse(found, Signals(photos=rows(0)), PLAIN)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("facts", "negative", "expected"),
    [
        ({"material": "Genuine leather"}, "leather", True),
        ({"material": "Cotton"}, "leather", False),
        ({"color": "red and white"}, "red", True),
        ({"title": "Striped mug"}, "striped", True),
        ({"title": "Mug without a handle"}, "a handle", False),
        ({"title": "Mug with a handle"}, "a handle", True),
        ({"title": "Mug", "material": "Leatherette"}, "leather", False),
        ({"title": "Mugs"}, "mug", True),
        ({"title": "Mug"}, "the", False),
    ],
)
def test_facts_that_say_what_is_not_wanted_contradict(facts: dict[str, str], negative: str, expected: bool) -> None:
    assert contradicts(product("x", **facts), negative) is expected


@pytest.mark.parametrize("negative", ["stripes", "checks", "dots"])
def test_a_title_in_the_adjective_contradicts_the_noun(negative: str) -> None:
    title = {"stripes": "Striped Umbrella", "checks": "Checked Umbrella", "dots": "Dotted Umbrella"}[negative]

    assert contradicts(product("x", title=title), negative)
    assert not contradicts(product("x", title="Plain Umbrella"), negative)


def test_what_contradicts_is_left_out() -> None:
    found = candidates({"a": 0.9, "b": 0.5}, products=(product("a", material="leather"),))

    assert order(fuse(found, Signals(photos=rows(0), negative_texts=("leather",)), PLAIN)) == ["b"]


def test_the_very_colour_that_was_asked_comes_before_its_shades() -> None:
    shades = (product("a", color="Burgundy"), product("b", color="red and white"))
    found = candidates({"a": 0.55, "b": 0.5}, products=shades)
    asked = Signals(words=axis(0), asked=frozenset({("color", "red")}))

    assert order(fuse(found, asked, PLAIN)) == ["b", "a"]
    assert order(fuse(found, Signals(words=axis(0)), PLAIN)) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a red mug", True),
        ("MUGS", True),
        ("mug rack", False),
        ("mug with a lid", True),
        ("something for a mug", False),
        ("cup", False),
        ("", False),
        ("赤いマグカップ", True),
        ("マグカップ", True),
        ("カップ", False),
        ("椅子", False),
    ],
)
def test_words_that_name_a_products_type_are_known(text: str, expected: bool) -> None:
    mug = Product(id="1", title="Olvane Red Mug", category="Mug", titles={"ja-JP": "Olvane マグカップ レッド"})

    assert says_type(text, mug) is expected


def test_a_product_of_the_type_that_is_named_comes_before_an_equal_one() -> None:
    found = candidates({"a": 0.5, "b": 0.5}, products=(product("b", category="mug"),))

    assert order(fuse(found, Signals(words=axis(0), text="mugs"), PLAIN)) == ["b", "a"]


def test_signs_are_told_of_the_type_that_was_named_whatever_lies_nearer() -> None:
    mug, towel = product("a", category="mug"), product("b", category="towel")
    found = candidates({"b": 0.9, "a": 0.1}, products=(mug, towel))
    weights = Calibration(words_signs={"called": 4.0}, type_weight=0.0)
    asked = Signals(words=axis(0), text="mug", named=frozenset({"mug"}))

    without, lifted = (fuse(found, asked, each) for each in (Calibration(type_weight=0.0), weights))

    assert order(lifted) == ["b", "a"]
    assert lifted[0].value - without[0].value == pytest.approx(4.0)


def entry(name: str, title: str, color: str = "") -> Ranked:
    return Ranked(product=product(name, title=title, color=color), value=1.0, score=0.5)


def test_twins_share_words_and_colour() -> None:
    ranked = [
        entry("a", "Red mug", "red"),
        entry("b", "mug, RED", "Red"),
        entry("c", "Red mug", "blue"),
        entry("d", "Bowl"),
    ]

    assert set(twins(ranked)) == {"a", "b"}
    assert set(twins(ranked[3:], seen=[product("e", title="Bowl")])) == {"d", "e"}


def test_twins_that_look_the_same_are_one() -> None:
    ranked = [entry("a", "Red mug"), entry("b", "mug red"), entry("c", "Red mug")]
    vectors = {"a": rows(0), "b": rows(0), "c": rows(1)}

    assert order(collapse(ranked, vectors)) == ["a", "c"]
    assert order(collapse(ranked[1:], vectors, seen=[ranked[0].product])) == ["c"]


def test_a_vector_of_zeros_points_nowhere() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        unit(np.zeros(4, dtype=np.float32))
