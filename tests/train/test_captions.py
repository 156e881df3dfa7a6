import random
from pathlib import Path

from inference.train.captions import caption, full_caption, group_key
from inference.train.examples import Example, Fact
from inference.train.words import wordings

RED_MUG = Example(
    picture=Path("mug.jpg"),
    group="MUG1",
    captions=("Olvane Red Ceramic Mug",),
    facts=(
        Fact("kind", "mug", {"ja": ("マグカップ",)}),
        Fact("colour", "red", {"ja": ("レッド",)}),
        Fact("material", "ceramic", {"ja": ("陶器",)}),
    ),
)


def _many(example: Example = RED_MUG, japanese: float = 0.35) -> list[tuple[str, frozenset[str]]]:
    rng = random.Random(3)
    made = [caption(example, rng, japanese=japanese) for _ in range(1000)]
    return [(c.text, c.names) for c in made]


def test_a_caption_names_only_what_the_picture_has() -> None:
    has = {"kind=mug", "colour=red", "material=ceramic", group_key(RED_MUG)}

    assert all(names <= has and names for _, names in _many())


def test_captions_vary_and_use_synonyms_in_both_languages() -> None:
    texts = {text for text, _ in _many()}

    assert len(texts) > 300
    assert any("crimson" in text for text in texts)
    assert any("cup" in text for text in texts)
    assert any("赤い" in text for text in texts)
    assert any("陶器" in text for text in texts)


def test_a_whole_title_fits_its_own_product_only() -> None:
    titled = [names for text, names in _many() if text == "Olvane Red Ceramic Mug"]

    assert titled
    assert set(titled) == {frozenset({"group=MUG1"})}


def test_the_question_for_dev_recall_says_everything_the_same_way_each_time() -> None:
    assert full_caption(RED_MUG).text == "red ceramic mug"
    assert full_caption(RED_MUG, "ja").text == "レッド陶器マグカップ"


def test_japanese_captions_hold_no_english_kind() -> None:
    assert not any("mug" in text for text, names in _many(japanese=1.0) if "group=MUG1" not in names)


def test_a_products_own_words_come_before_synonyms() -> None:
    sofa = Fact("kind", "sofa", {"en": ("sofa", "loveseat")})

    assert wordings(sofa, "en")[:2] == ("sofa", "loveseat")
    assert "couch" in wordings(sofa, "en")


def test_an_unknown_word_stands_for_itself_in_english_and_is_left_out_in_japanese() -> None:
    assert wordings(Fact("kind", "astrolabe"), "en") == ("astrolabe",)
    assert wordings(Fact("kind", "astrolabe"), "ja") == ()
