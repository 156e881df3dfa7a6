import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.evaluate import Judged, ask, evaluate, judge
from bot.evaluate_metrics import Outcome, figures_of, summary
from bot.evaluate_questions import (
    BadQuestions,
    ByAttributes,
    Question,
    facts_of,
    matches,
    read_facts,
    read_questions,
    right_answers,
)
from bot.evaluate_report import table, worst, write_page
from bot.evaluate_tune import goodness, install, tune
from indexing.embedded import EmbeddedGenerations
from indexing.embedded_store import EmbeddedStore
from indexing.generation import BuildRefused, Calibration
from tests.shelf import ENCODER, products, row, stocked
from tests.toys import product_picture

FACTS = facts_of(products())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shop")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[EmbeddedStore]:
    opened = stocked(folder, map(row, products()))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> list[Question]:
    photo = tmp_path_factory.mktemp("photos") / "red.png"
    photo.write_bytes(product_picture("red"))
    by_kind = {"category": "mug", "color": "red"}
    return [
        Question(id="1", set="photo", photo=str(photo), relevant=["mug-red"]),
        Question(id="2", set="words", style="plain", text="a red mug", relevant=ByAttributes(attributes=by_kind)),
        Question(id="3", set="words", style="odd", text="navy thing to sit on", relevant=["chair-navy"]),
        Question(
            id="4",
            set="negation",
            text="a mug, not red",
            relevant=ByAttributes(attributes={"category": "mug"}),
            excluded={"color": "red"},
        ),
        Question(id="5", set="composed", text="chair", photo=str(photo), relevant=["chair-red"]),
        Question(id="6", set="sku", text="SKU-CHAIR-004", relevant=["chair-cyan"]),
        Question(id="7", set="absent", text="tractor"),
    ]


@pytest.fixture(scope="module")
def judged(store: EmbeddedStore, questions: list[Question]) -> list[Judged]:
    return judge(ask(questions, ENCODER, store, FACTS), store)


def write_lines(path: Path, *records: object) -> Path:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def test_questions_are_read_from_lines_of_json_one_split_at_a_time(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(product_picture("red"))
    file = write_lines(
        tmp_path / "q.jsonl",
        {"id": "1", "set": "words", "split": "dev", "text": "mug", "relevant": ["a"]},
        {
            "id": "2",
            "set": "photo",
            "split": "test",
            "photo": "p.png",
            "relevant": {"attributes": {"kind": ["mug", "cup"]}},
        },
    )

    assert [question.id for question in read_questions(file, split="dev")] == ["1"]
    [photo] = read_questions(tmp_path, split="test")
    assert Path(photo.photo).is_absolute()
    assert photo.relevant == ByAttributes(attributes={"kind": ["mug", "cup"]})


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ({"id": "1", "set": "colours", "text": "x"}, "line 1 of q.jsonl is no question"),
        ({"id": "1", "set": "words"}, "line 1 of q.jsonl asks nothing"),
        ({"id": "1", "set": "photo", "photo": "gone.png"}, "there is no photo gone.png"),
        ([], "line 1 of q.jsonl is no question"),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, record: object, sentence: str) -> None:
    with pytest.raises(BadQuestions, match=sentence):
        read_questions(write_lines(tmp_path / "q.jsonl", record), split="test")


def test_no_questions_at_all_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(BadQuestions, match="there are no questions"):
        read_questions(tmp_path, split="test")
    with pytest.raises(BadQuestions, match="there are no questions"):
        read_questions(tmp_path / "gone.jsonl", split="test")


def test_a_folder_in_beirs_layout_is_read(tmp_path: Path) -> None:
    write_lines(tmp_path / "queries.jsonl", {"_id": "q1", "text": "mug"}, {"_id": "q2", "text": "not judged"})
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta\t1\nq1\tb\t0\nq1\tc\t2\n")

    assert read_questions(tmp_path, split="test") == [
        Question(id="q1", set="words", split="test", text="mug", relevant=["a", "c"])
    ]
    with pytest.raises(BadQuestions, match="lacks"):
        read_questions(tmp_path, split="dev")


def test_truth_files_are_flattened(tmp_path: Path) -> None:
    record = {"item_id": "a", "kind": "Mug", "colours": ["red", "white"], "options": {"handle": "none"}, "price": 4.5}

    facts = read_facts(write_lines(tmp_path / "a.jsonl", record))

    assert matches(facts["a"], {"kind": "mug", "colours": "White", "options.handle": ["ring", "none"]})
    assert not matches(facts["a"], {"kind": "mug", "colours": "blue"})
    assert not matches(facts["a"], {"size": "large"})
    with pytest.raises(BadQuestions, match="line 1"):
        read_facts(write_lines(tmp_path / "b.jsonl", {"kind": "mug"}))
    with pytest.raises(BadQuestions, match="no truth file"):
        read_facts(tmp_path / "c.jsonl")


def test_right_answers_come_by_id_or_by_attributes() -> None:
    by_attributes = Question(id="1", set="words", text="x", relevant=ByAttributes(attributes={"color": "red"}))

    assert right_answers(by_attributes, FACTS) == {"mug-red", "chair-red", "backpack-red"}
    assert right_answers(Question(id="1", set="words", text="x", relevant=["a"]), FACTS) == {"a"}


def test_the_figures_of_a_question_are_those_of_the_books() -> None:
    outcome = Outcome(ids=("x", "a", "y", "b"), is_confident=True)

    figures = figures_of(outcome, frozenset({"a", "b"}), frozenset({"x"}))

    assert figures["recall@1"] == 0
    assert figures["recall@5"] == 1
    assert figures["mrr"] == 0.5
    assert figures["ndcg@10"] == pytest.approx((0.63093 + 0.43068) / (1 + 0.63093), abs=1e-4)
    assert figures["excluded@5"] == pytest.approx(0.2)
    assert figures["answered"] == 1


def test_a_perfect_list_has_ndcg_one_however_many_are_right() -> None:
    right = frozenset(map(str, range(30)))

    assert figures_of(Outcome(ids=tuple(map(str, range(10))), is_confident=True), right, frozenset())["ndcg@10"] == 1


def test_a_question_without_an_answer_is_only_answered_or_refused() -> None:
    assert figures_of(Outcome(ids=("a",), is_confident=False), frozenset(), frozenset()) == {
        "answered": 0,
        "refused": 1,
    }


def test_intervals_hold_the_mean_and_are_the_same_each_time() -> None:
    rows = [{"recall@1": float(n % 3 == 0)} for n in range(60)]

    figures = summary(rows)

    assert figures == summary(rows)
    assert figures["n"] == 60
    assert isinstance(figures["interval"], dict)
    low, high = figures["interval"]["recall@1"]
    assert low < figures["recall@1"] < high


def test_the_document_has_every_set_and_baseline(store: EmbeddedStore, questions: list[Question]) -> None:
    document, judged = evaluate(ask(questions, ENCODER, store, FACTS), store)

    assert json.loads(json.dumps(document))["model_id"] == ENCODER.model_id
    sets = document["sets"]
    assert isinstance(sets, dict)
    assert list(sets) == ["photo", "words", "composed", "negation", "sku", "absent"]
    assert set(sets["words"]["styles"]) == {"plain", "odd"}
    assert sets["sku"]["recall@1"] == 1
    assert sets["negation"]["excluded@5"] == 0
    assert "recall@1" not in sets["absent"]
    assert set(document["baselines"]) == {"plain_clip", "vectors_only", "bm25"}  # type: ignore[call-overload]
    assert len(judged) == len(questions)


def test_our_search_is_at_least_as_good_as_its_parts_on_the_toy_shop(
    store: EmbeddedStore, questions: list[Question]
) -> None:
    document, _ = evaluate(ask(questions, ENCODER, store, FACTS), store)
    ours, others = document["sets"], document["baselines"]
    assert isinstance(ours, dict)
    assert isinstance(others, dict)

    for other in others.values():
        for name in ("words", "composed", "sku"):
            assert ours[name]["recall@1"] >= other[name]["recall@1"]


def test_tuning_never_makes_the_dev_questions_worse_and_stays_within_its_grid(
    store: EmbeddedStore, questions: list[Question]
) -> None:
    asked = ask(questions, ENCODER, store, FACTS)
    steps: list[str] = []

    tuned, before, after = tune(asked, store, say=steps.append)

    assert after >= before
    assert goodness(judge(asked, store, tuned)) == pytest.approx(after)
    assert steps


def test_a_tuned_calibration_becomes_a_new_live_generation(tmp_path: Path) -> None:
    stocked(tmp_path, map(row, products())).close()
    generations = EmbeddedGenerations(tmp_path)
    before = generations.live()

    made = install(generations, Calibration(words_weight=0.2))

    opened = generations.open()
    assert before is not None
    assert made.name != before.name
    assert opened.generation.calibration.words_weight == 0.2
    assert opened.generation.products == before.products
    opened.close()
    assert generations.rollback().name == before.name


def test_a_tuned_generation_still_knows_where_its_pictures_are(tmp_path: Path) -> None:
    stocked(tmp_path, map(row, products())).close()
    generations = EmbeddedGenerations(tmp_path)
    live = generations.live()
    assert live is not None
    writer = generations.begin(
        model_id=live.model_id, dim=live.dim, prompt=live.prompt, source="a shop", update=True, pictures_folder="/shop"
    )
    generations.promote(writer.finish(Calibration()).name)
    writer.close()

    assert install(generations, Calibration()).pictures_folder == "/shop"


def test_nothing_can_be_tuned_where_nothing_is_live(tmp_path: Path) -> None:
    with pytest.raises(BuildRefused, match="no live generation"):
        install(EmbeddedGenerations(tmp_path), Calibration())


def test_the_page_shows_the_worst_misses_with_their_pictures(
    store: EmbeddedStore, questions: list[Question], tmp_path: Path
) -> None:
    wrong = Question(id="w", set="words", text="<b>nothing like it</b>", relevant=["mug-silver"])
    document, judged = evaluate(ask([*questions, wrong], ENCODER, store, FACTS), store)
    page = tmp_path / "page.html"

    write_page(document, judged, store, lambda product: product_picture(product.color), page)

    text = page.read_text()
    assert "&lt;b&gt;nothing like it" in text
    assert "<b>nothing like it</b></b>" not in text
    assert "data:image/png;base64," in text
    assert wrong.id in {entry.asked.question.id for entry in worst(judged)}


def test_the_table_has_a_line_for_each_set_and_baseline(store: EmbeddedStore, questions: list[Question]) -> None:
    document, _ = evaluate(ask(questions, ENCODER, store, FACTS), store)
    console = Console(width=80, record=True, file=io.StringIO())

    console.print(table(document))

    text = console.export_text()
    assert "negation" in text
    assert "plain_clip" in text
    assert "…" not in text, "a terminal of 80 columns shows each figure whole"
