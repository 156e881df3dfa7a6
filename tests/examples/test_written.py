import re
from pathlib import Path

import pytest

from bot.evaluate_questions import ByAttributes, Question, read_facts, read_questions, right_answers
from examples.catalogue import texts
from examples.catalogue.records import products_of
from examples.catalogue.specs import KINDS
from examples.catalogue.written.__main__ import FOLDER, catalogue_facts, splits
from examples.catalogue.written.questions import SEED, article, slip, written
from examples.catalogue.written.vocabulary import COLOURS

WRITTEN = ("words", "words_ja", "negation", "typo", "sku")


def questions(name: str) -> list[Question]:
    file = FOLDER / "questions" / f"{name}.jsonl"
    return [question for split in ("dev", "test") for question in read_questions(file, split=split)]


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("name", WRITTEN)
def test_every_question_has_a_name_of_its_own_and_an_answer(name: str) -> None:
    facts = read_facts(FOLDER / "attributes.jsonl.gz")
    asked = questions(name)

    assert asked
    assert len({question.id for question in asked}) == len(asked)
    for question in asked:
        assert question.set == name
        assert right_answers(question, facts) & facts.keys(), question


@pytest.fixture(scope="module")
def told() -> str:
    """All that titles, descriptions and bullet points say."""
    ids = {facts["item_id"] for facts in catalogue_facts()}
    said = (texts.title_en, texts.title_ja, texts.description_en, texts.description_ja)
    products = [product for kind in KINDS.values() for product in products_of(kind) if product.id in ids]
    lines = [text(product) for product in products for text in said]
    lines += [line for product in products for line in (*texts.bullets_en(product), *texts.bullets_ja(product))]
    return "\n".join(map(plain, lines))


@pytest.mark.parametrize("name", ["words", "words_ja", "negation"])
def test_no_question_is_found_in_a_title_or_a_caption(name: str, told: str) -> None:
    assert [question.text for question in questions(name) if plain(question.text) in told] == []


def test_questions_are_only_about_products_that_were_not_trained_on() -> None:
    for name in WRITTEN:
        assert not read_questions(FOLDER / "questions" / f"{name}.jsonl", split="train")


def test_negations_exclude_what_they_say() -> None:
    assert all(question.excluded and isinstance(question.relevant, ByAttributes) for question in questions("negation"))


def test_the_same_catalogue_gives_the_same_questions() -> None:
    assert written(catalogue_facts(), splits()) == written(catalogue_facts(), splits())
    assert SEED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red mug", "a red mug"),
        ("off-white sofa", "an off-white sofa"),
        ("dark blue headphones", "dark blue headphones"),
    ],
)
def test_articles_are_right(text: str, expected: str) -> None:
    assert article(text) == expected


def test_a_slip_changes_a_word_but_little() -> None:
    import random

    for seed in range(200):
        slipped = slip("umbrella", random.Random(seed))
        assert abs(len(slipped) - 8) <= 1
        assert slipped[0] == "u"


def test_every_colour_of_the_catalogue_has_a_word_of_its_own() -> None:
    from examples.catalogue.words import COLOURS as IN_TITLES

    assert set(COLOURS) == set(IN_TITLES)
    assert Path(FOLDER, "attributes.jsonl.gz").is_file()


def test_what_is_not_carried_is_named_by_no_title_and_no_type(told: str) -> None:
    types = {plain(kind.en) for kind in KINDS.values()}
    asked = questions("absent_words")

    assert {question.style for question in asked} == {"words", "nonsense"}
    for question in asked:
        assert plain(question.text) not in told
        assert not any(re.search(rf"\b{re.escape(name)}\b", plain(question.text)) for name in types), question.text
