"""A model in, docs/quality.md out: how well it finds, on questions about products that it was never trained on.

    python -m benchmarks.quality [catalogue] [photos] [tuning] [training] [--data FOLDER] [--run FOLDER] [--model NAME]

`catalogue` indexes the sample catalogue, tunes the ranking on the dev questions and asks the test questions; `photos`
asks real photos that nobody rendered (FOLDER, see `benchmarks.quality_real_photos`); `tuning` fine-tunes a model on
kinds of thing that it has not seen (see `benchmarks.quality_tuning`); `training` draws the curve of a run (FOLDER, see
`benchmarks.quality_training`). Parts that are not named keep what they say.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks import quality_real_photos, quality_training, quality_tuning
from benchmarks.page import put_section
from bot.evaluate import Judged
from bot.evaluate_run import Evaluation, evaluation, tuned
from bot.evaluate_tune import install
from indexing.advice import advice
from indexing.build import build
from indexing.calibrate import calibrate
from indexing.chosen import chosen_generations
from indexing.generation import Calibration
from indexing.hints import as_hints
from indexing.product_pictures import ProductPictures
from indexing.settings import IndexSettings
from indexing.sources import open_source
from indexing.store import VectorStore
from inference.encoder import Encoder, Pixels
from inference.model import DEFAULT_MODEL, find_model, keep_hints
from inference.onnx import OnnxEncoder

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "examples" / "catalogue"
PAGE = ROOT / "docs" / "quality.md"
HEAD = """# How well Looksee finds

Written by `python -m benchmarks.quality`. The questions are about products whose pictures no model was trained on
(`examples/catalogue/split.csv`); weights and limits were tuned on the dev questions only. In brackets: 95% bootstrap
intervals. *Plain CLIP* is one vector, the plain sum of photo and words, against the pictures; *vectors only* is ours
with the lexical list off.
"""
PARTS = ("catalogue", "photos", "tuning", "training")
NEEDED = {"photos": "data", "training": "run"}
"""What some parts cannot do without."""
WRITTEN = ("words", "words_ja", "negation", "typo", "sku")
NAMES = {"looksee": "Looksee", "plain_clip": "plain CLIP", "vectors_only": "vectors only", "bm25": "BM25"}
Figures = Mapping[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the parts named, or all that can be, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--data", type=Path, help="holds grocery/ and clothing/, for `photos`")
    parser.add_argument("--checkpoint", type=Path, help="weights.pt of a training run, for `tuning`")
    parser.add_argument("--run", type=Path, help="the folder of a finished training run, for `training`")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="a model's name or folder")
    parser.add_argument("--report", type=Path, default=ROOT / "build" / "quality", help="where the page of misses goes")
    parser.add_argument("--keep", action="store_true", help="write the tuned weights into the model's folder")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    args = parser.parse_args(argv)
    if unknown := set(args.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    given = vars(args)
    parts = args.parts or [part for part in PARTS if part not in NEEDED or given[NEEDED[part]]]
    for part, option in NEEDED.items():
        if part in parts and not given[option]:
            parser.error(f"`{part}` needs --{option} FOLDER")
    encoder = OnnxEncoder(find_model(args.model))
    for part in parts:
        started = time.monotonic()
        if part == "catalogue":
            text, weights = catalogue(encoder, args.report, args.page.parent / "quality")
            if args.keep:
                keep_hints(encoder.model, as_hints(weights))
        elif part == "photos":
            text = quality_real_photos.section(args.data, encoder)
        elif part == "training":
            text = quality_training.section(args.run, args.page.parent / "quality" / "training.svg")
        else:
            text = quality_tuning.section(args.checkpoint)
        put_section(args.page, part, text, HEAD)
        print(f"{part}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return 0


def catalogue(encoder: OnnxEncoder, report: Path, plots: Path) -> tuple[str, Calibration]:
    """Index, tune on dev, ask the test questions; the section, with plots beside the page, and the tuned weights."""
    questions = CATALOGUE / "questions"
    sample: list[tuple[str, Pixels]] = []

    def calibrated(store: VectorStore, encoder: Encoder, chosen: Sequence[tuple[str, Pixels]]) -> Calibration:
        sample.extend(chosen)
        return calibrate(store, encoder, chosen)

    with tempfile.TemporaryDirectory(prefix="looksee-quality-") as folder:
        settings = IndexSettings.from_env({}, data_dir=Path(folder), catalogue="sample")
        generations = chosen_generations(None, settings.data_dir, settings.catalogue)
        source = open_source(str(CATALOGUE))
        build(source, generations, encoder, settings=settings, calibrate=calibrated, show_progress=False)
        store = generations.open()
        built = store.generation.calibration
        weights, before, after = tuned(questions, encoder, store, say=lambda line: print(line, file=sys.stderr))
        weights = with_shifts(weights, calibrate(store, encoder, sample, weights=unshifted(weights)))
        install(generations, weights)
        store = generations.open()
        found = evaluation(questions, encoder, store)
        pictures = ProductPictures(store.generation.pictures_folder, settings.fetch)
        page = found.write(report, store, lambda p: pictures.thumbnail(p, 0, px=160), with_plots=True)
        (report / "quality.json").write_text(json.dumps(found.document, indent=2), encoding="utf-8")
        plots.mkdir(parents=True, exist_ok=True)
        drawn = [shutil.copy(plot, plots) for plot in sorted(page.parent.glob("*.png"))]
    lines = [
        f"## The sample catalogue: {found.document['products']} products, `{encoder.model_id}`", "",
        promises(found), "### All figures", "", figures_table(found.document),
        "### By style of question", "", styles_table(found.document),
        "### Not carried", "", confidence_table(found.judged),
        *(f"![{Path(plot).stem.replace('_', ' ')}](quality/{Path(plot).name})" for plot in drawn), "",
        "### What a build says of itself, and what tuning on dev changed", "",
        " ".join(advice(built)), "", f"nDCG@10 over the dev sets: {before:.3f} before tuning, {after:.3f} after.", "",
        weights_table(built, weights),
    ]  # fmt: skip
    return "\n".join(lines), weights


def unshifted(weights: Calibration) -> Calibration:
    """The weights without what was learned of people's own questions."""
    return msgspec.structs.replace(weights, photo_shift=0.0, words_shift=0.0)


def with_shifts(weights: Calibration, own: Calibration) -> Calibration:
    """How far the limits learned from people's questions lie from those that a build finds by itself."""
    return msgspec.structs.replace(
        weights,
        photo_shift=round(weights.confident_photo - own.confident_photo, 4),
        words_shift=round(weights.confident_words - own.confident_words, 4),
    )


def promises(found: Evaluation) -> str:
    """What was asked for, beside what is measured."""
    sets: Figures = found.document["sets"]  # type: ignore[assignment]  # a document of JSON
    others: Figures = found.document["baselines"]  # type: ignore[assignment]  # the same
    plain, vectors, lexical = others["plain_clip"], others["vectors_only"], others["bm25"]
    written = [name for name in ("words", "words_ja", "negation", "typo") if name in sets]
    ours = _pooled(sets, written, "ndcg@10")
    alone = max(_pooled(each, written, "ndcg@10") for each in (plain, lexical))
    lists_off = max(_pooled(each, written, "ndcg@10") for each in (vectors, lexical))
    answered, refused = shares(found.judged)
    photo, words, typo = sets["photo"], sets["words"], sets["typo"]
    composed, plain_sum = sets["composed"]["recall@10"], plain["composed"]["recall@10"]
    lead = 100 * (photo["recall@1"] - plain["photo"]["recall@1"])
    behind = 100 * (words["recall@1"] - sets["words_ja"]["recall@1"])
    rows = [
        ("photo: the same product first", _with_interval(photo, "recall@1"), "≥ .75", photo["recall@1"] >= 0.75),
        ("photo: among the first five", _with_interval(photo, "recall@5"), "≥ .92", photo["recall@5"] >= 0.92),
        ("photo: points over plain CLIP, first", f"{lead:+.1f}", "≥ 10", lead >= 10),
        ("words: a right product first", _with_interval(words, "recall@1"), "≥ .90", words["recall@1"] >= 0.9),
        ("Japanese: points behind English words", f"{behind:.1f}", "≤ 3", behind <= 3),
        _closing("photo + words: gap to 1 closed that the plain sum leaves (R@10)", composed, plain_sum),
        (
            "negation: excluded among the first five",
            f"{sets['negation']['excluded@5']:.1%}", "< 5%", sets["negation"]["excluded@5"] < 0.05,
        ),
        _closing("hybrid: gap to 1 closed, nDCG@10, that plain CLIP or BM25 alone leave", ours, alone),
        _closing("the same, that Looksee with its lexical list off leaves", ours, lists_off),
        ("SKU first", f"{sets['sku']['recall@1']:.1%}", "100%", sets["sku"]["recall@1"] == 1),
        ("typos: among the first five", _with_interval(typo, "recall@5"), "≥ .95", typo["recall@5"] >= 0.95),
        ("carried: answered", f"{answered:.1%}", "≥ 98%", answered >= 0.98),
        ("not carried: refused", f"{refused:.1%}", "≥ 90%", refused >= 0.9),
    ]  # fmt: skip
    lines = ["| | measured | asked | |", "|---|---|---|---|"]
    return "\n".join([*lines, *(f"| {a} | {b} | {c} | {'yes' if ok else 'no'} |" for a, b, c, ok in rows), ""])


def _closing(name: str, ours: float, theirs: float) -> tuple[str, str, str, bool]:
    share = (ours - theirs) / (1 - theirs) if theirs < 1 else 1.0
    return name, f"{share:.0%} ({theirs:.3f} → {ours:.3f})", "≥ 30%", share >= 0.3


def _pooled(sets: Figures, names: Sequence[str], figure: str) -> float:
    counts = [sets[name]["n"] for name in names]
    return float(np.average([sets[name][figure] for name in names], weights=counts))


def _with_interval(figures: Figures, name: str) -> str:
    low, high = figures["interval"][name]
    return f"{figures[name]:.3f} [{low:.3f}, {high:.3f}]"


def figures_table(document: Figures) -> str:
    """Every set, by us and by the baselines."""
    columns = {"recall@1": "R@1", "recall@5": "R@5", "recall@10": "R@10", "ndcg@10": "nDCG@10", "mrr": "MRR",
               "excluded@5": "excluded@5", "answered": "answered"}  # fmt: skip
    lines = [f"| set | by | n | {' | '.join(columns.values())} |", f"|---|---|---|{'---|' * len(columns)}"]
    for name, figures in document["sets"].items():
        by = {"looksee": figures, **{other: sets[name] for other, sets in document["baselines"].items()}}
        for who, own in by.items():
            cells = [_cell(own, column, with_interval=who == "looksee") for column in columns]
            lines.append(f"| {name if who == 'looksee' else ''} | {NAMES[who]} | {own['n']} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _cell(figures: Figures, name: str, *, with_interval: bool) -> str:
    if name not in figures:
        return ""
    return _with_interval(figures, name) if with_interval else f"{figures[name]:.3f}"


def styles_table(document: Figures) -> str:
    """Looksee's figures by style."""
    lines = ["| set | style | n | R@1 | R@5 | nDCG@10 |", "|---|---|---|---|---|---|"]
    for name, figures in document["sets"].items():
        for style, own in figures.get("styles", {}).items():
            if "recall@1" in own:
                cells = (f"{own[column]:.3f}" for column in ("recall@1", "recall@5", "ndcg@10"))
                lines.append(f"| {name} | {style} | {own['n']} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def shares(judged: Sequence[Judged]) -> tuple[float, float]:
    """Of the carried the share answered, of the others the share refused."""
    answered = [entry.figures["answered"] for entry in judged if entry.asked.question.set != "absent"]
    refused = [entry.figures["refused"] for entry in judged if entry.asked.question.set == "absent"]
    return float(np.mean(answered)), float(np.mean(refused)) if refused else float("nan")


def confidence_table(judged: Sequence[Judged]) -> str:
    """Photos and words apart: what is answered and refused, and what any limit on the score could do."""
    lines = [
        "| | carried | answered | not carried | refused | refused where 98% are answered | AUROC |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, is_photo in (("photos", True), ("words", False)):
        own = [
            e for e in judged if bool(e.asked.question.photo) == is_photo and not (is_photo and e.asked.question.text)
        ]
        answered, refused = shares(own)
        carried = np.array([e.outcome.score for e in own if e.asked.question.set != "absent"])
        absent = np.array([e.outcome.score for e in own if e.asked.question.set == "absent"])
        best = float((absent < np.quantile(carried, 0.02)).mean())
        lines.append(
            f"| {name} | {len(carried)} | {answered:.1%} | {len(absent)} | {refused:.1%} | {best:.1%} "
            f"| {auroc(carried, absent):.3f} |"
        )
    kinds: dict[str, list[float]] = {}
    for entry in judged:
        if entry.asked.question.set == "absent":
            kinds.setdefault(entry.asked.question.style, []).append(entry.figures["refused"])
    told = ", ".join(f"{kind.replace('_', ' ')} {np.mean(values):.0%}" for kind, values in sorted(kinds.items()))
    return "\n".join([*lines, "", f"Refused by kind of thing: {told}.", ""])


def auroc(carried: NDArray[np.float64], absent: NDArray[np.float64]) -> float:
    """The chance that a carried thing scores higher than another one."""
    above = (carried[:, None] > absent[None]).mean() + 0.5 * (carried[:, None] == absent[None]).mean()
    return float(above)


def weights_table(built: Calibration, weights: Calibration) -> str:
    """Weights by which the figures were measured, beside those of the build."""
    names = ("zooms", "words_weight", "words_list_weight", "photo_words_weight", "lexical_weight", "negative_weight",
             "photo_signs", "words_signs", "confident_photo", "confident_words",
             "photo_shift", "words_shift", "mixed_shift")  # fmt: skip
    lines = ["| weight | built | tuned |", "|---|---|---|"]
    lines += [f"| {name} | {getattr(built, name)} | {getattr(weights, name)} |" for name in names]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
