"""A question path, an encoder and a store in; what `looksee eval` prints, writes and installs out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluate import Asked, Judged, ask, evaluate
from bot.evaluate_questions import BadQuestions, ByAttributes, Facts, read_facts, read_questions
from bot.evaluate_report import write_page, write_plots
from bot.evaluate_tune import tune
from indexing.generation import ZOOMS, Calibration
from indexing.product import Product
from indexing.store import VectorStore
from inference.encoder import Encoder

TRUTH = "attributes.jsonl.gz"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """What came out of one run."""

    document: Mapping[str, object]
    judged: tuple[Judged, ...]
    facts: Mapping[str, Facts]

    def write(
        self, folder: Path, store: VectorStore, picture_of: Callable[[Product], bytes | None], *, with_plots: bool
    ) -> Path:
        """Write `index.html` and, where matplotlib is there, the plots; returns the page."""
        folder.mkdir(parents=True, exist_ok=True)
        plots = write_plots(self.judged, self.facts, folder) if with_plots else []
        page = folder / "index.html"
        write_page(self.document, self.judged, store, picture_of, page, plots)
        return page


def evaluation(
    path: Path, encoder: Encoder, store: VectorStore, *, split: str = "test", truth: Path | None = None
) -> Evaluation:
    """Ask the questions of one split.

    Args:
        path: a question file, a folder of them, or a folder in BEIR's layout.
        encoder: the one that built the store's generation.
        store: the generation to ask.
        split: `test`, `dev`, ...
        truth: attributes of every product; by default `attributes.jsonl.gz` beside the questions or above them.

    Raises:
        BadQuestions: no question, answers by attributes without a truth file, or no product of theirs in the store.
    """
    asked, facts = _asked(path, encoder, store, split, truth)
    document, judged = evaluate(asked, store)
    return Evaluation(document={"split": split, **document}, judged=tuple(judged), facts=facts)


def tuned(
    path: Path, encoder: Encoder, store: VectorStore, *, truth: Path | None = None, say: Callable[[str], None]
) -> tuple[Calibration, float, float]:
    """Better weights from the dev questions, and the mean nDCG@10 before and after; see `bot.evaluate_tune.tune`."""
    asked, _ = _asked(path, encoder, store, "dev", truth, ZOOMS)
    return tune(asked, store, say=say)


def _asked(
    path: Path,
    encoder: Encoder,
    store: VectorStore,
    split: str,
    truth: Path | None,
    zooms: Sequence[float] | None = None,
) -> tuple[list[Asked], Mapping[str, Facts]]:
    questions = read_questions(path, split=split)
    if not questions:
        raise BadQuestions(f"there are no {split} questions in {path}")
    found = truth or next((p for p in (path / TRUTH, path.parent / TRUTH) if p.is_file()), None)
    facts = read_facts(found) if found else {}
    if not facts and any(isinstance(q.relevant, ByAttributes) or q.excluded for q in questions):
        raise BadQuestions(f"some answers are told by attributes: name the truth file ({TRUTH}) with --truth")
    known = store.products(list(facts))
    asked = ask(questions, encoder, store, {name: facts[name] for name in known}, zooms)
    expected = sorted({product_id for entry in asked for product_id in entry.right})
    if any(question.set != "absent" for question in questions) and not store.products(expected):
        raise BadQuestions(
            f"The index {store.generation.name} holds none of the products that {path} asks for: "
            "index their catalogue, or name it with --catalogue."
        )
    return asked, facts
