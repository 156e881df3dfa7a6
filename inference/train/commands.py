"""`looksee model train | tune | export | get | list`: arguments in, one call of this package, a table or JSON out.

torch is imported inside the commands only: `list` and every `--help` work without it.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inference.model import BUNDLED, Precision, list_models

if TYPE_CHECKING:
    from rich.console import Console

    from inference.train.examples import Example
    from inference.train.export import Parity
    from inference.train.training import Trained

LEAST_PARITY = {"f32": 0.9999, "f16": 0.999, "int8": 0.99}
"""Cosine to torch below which an export is said to be wrong."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Data = Annotated[
    Path | None, typer.Option("--data", help="Folder for models. Default: LOOKSEE_DATA, else your data folder.")
]
Minutes = Annotated[float, typer.Option(min=0.05, help="How long to train, on the clock.")]
Weights = Annotated[str, typer.Option("--precision", help="Of the written weights: f32, f16 or int8.")]
Views = Annotated[Path | None, typer.Option(help="Folder with further pictures of the products, named by product id.")]
Photos = Annotated[
    list[Path] | None,
    typer.Option("--photos", help="Folder of photos whose folders are labels; may be given several times."),
]
Device = Annotated[str, typer.Option(help="cpu or cuda.")]
VocabularyFile = Annotated[
    Path | None, typer.Option("--tokenizer", help="tokenizer.json of the checkpoint, where it is not OpenAI's.")
]


def build_app(data_dir: Callable[[Path | None], Path], read_source: Callable[[str], Iterable[Example]]) -> typer.Typer:
    """The sub-commands.

    Args:
        data_dir: the data folder that a person's `--data` means.
        read_source: any other catalogue than an ABO folder -> examples.
    """
    app = typer.Typer(help="Train, tune, fetch, export and list models.", no_args_is_help=True)

    def examples(source: str, views: Path | None, photos: list[Path] | None) -> Iterator[Example]:
        from inference.train.abo import abo_examples, is_abo
        from inference.train.examples import labelled_photos

        folder = Path(source).expanduser()
        own = abo_examples(folder, views) if is_abo(folder) else read_source(source)
        return chain(own, *(labelled_photos(photo) for photo in photos or []))

    @app.command("list")
    def list_(data: Data = None, as_json: Json = False) -> None:
        """Show the models that are here, and those that can be fetched."""
        from inference.train.published import PUBLISHED

        models = list_models([data_dir(data) / "models", BUNDLED])
        here = [
            {
                "model_id": m.model_id,
                "dim": m.description.dim,
                "picture_px": m.description.picture_px,
                "bytes": m.size_bytes,
                "precision": m.description.precision,
                "licence": m.description.licence,
                "folder": str(m.folder),
            }
            for m in models
        ]
        get = [
            {"name": p.name, "dim": p.dim, "picture_px": p.picture_px, "download_mb": p.size_mb}
            for p in PUBLISHED.values()
        ]
        if as_json:
            _print_json({"models": here, "published": get})
            return
        rows = [
            [str(m["model_id"]), str(m["dim"]), str(m["picture_px"]), f"{int(str(m['bytes'])) / 1e6:.1f}"] for m in here
        ]
        _print_table("Models here", ["model", "dim", "px", "MB"], rows)
        rows = [[str(p["name"]), str(p["dim"]), str(p["picture_px"]), str(p["download_mb"])] for p in get]
        _print_table("To fetch with looksee model get NAME", ["name", "dim", "px", "MB"], rows)

    @app.command("get")
    def get_(
        checkpoint: Annotated[
            str, typer.Argument(help="RN50, RN101, ViT-B/32, ViT-B/16, ViT-L/14; a path; s3://...; https://...")
        ],
        precision: Weights = "f32",
        trust: Annotated[
            bool, typer.Option("--trust", help="Open a TorchScript archive that OpenAI did not publish.")
        ] = False,
        tokenizer: VocabularyFile = None,
        data: Data = None,
        as_json: Json = False,
    ) -> None:
        """Fetch a checkpoint, verify it, convert it to a model folder, compare it with torch."""
        with _torch(), _download_bar(not as_json) as progress:
            from inference.train.checkpoints import get

            root = data_dir(data)
            model, parity = get(
                checkpoint,
                parent=root / "models",
                downloads=root / "downloads",
                trust=trust,
                tokenizer=tokenizer,
                precision=_precision(precision),
                progress=progress,
            )
        document = {
            "model_id": model.model_id,
            "folder": str(model.folder),
            "bytes": model.size_bytes,
            **_parity(parity),
        }
        _report(document, as_json, f"Next: looksee index YOUR-CATALOGUE --model {model.model_id}")
        _check_parity(parity, precision)

    @app.command("export")
    def export_(
        checkpoint: Annotated[
            str, typer.Argument(help="A state dict in OpenAI's format, for example weights.pt of a training run.")
        ],
        out: Annotated[Path, typer.Option(help="The model folder to write.")],
        tokenizer: VocabularyFile = None,
        precision: Weights = "f16",
        prompt: Annotated[str, typer.Option(help="How words become a text: a format string with one {}.")] = "{}",
        licence: Annotated[str, typer.Option(help="SPDX id of the weights' licence.")] = "",
        trust: Annotated[
            bool, typer.Option("--trust", help="Open a TorchScript archive that OpenAI did not publish.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        """Turn a checkpoint into a model folder: two ONNX towers and a tokenizer."""
        with _torch():
            from inference.model import ModelDescription
            from inference.train.architecture import build
            from inference.train.checkpoints import read, read_tokenizer
            from inference.train.export import export_folder

            found = read(Path(checkpoint).expanduser(), trust=trust)
            model = build(found.weights, found.activation)
            described = ModelDescription(
                name=out.name,
                dim=model.sizes.dim,
                picture_px=model.sizes.picture_px,
                prompt=prompt,
                licence=licence,
                precision=_precision(precision),
                mean=found.mean,
                std=found.std,
                source=found.source,
            )
            vocabulary = read_tokenizer(tokenizer, model.sizes.context_length)
            written, parity = export_folder(
                model, vocabulary, described, parent=out.absolute().parent, folder_name=out.name
            )
        _report(
            {"model_id": written.model_id, "folder": str(out), "bytes": written.size_bytes, **_parity(parity)}, as_json
        )
        _check_parity(parity, precision)

    @app.command("train")
    def train_(
        source: Annotated[
            str, typer.Argument(help="A catalogue: whatever `looksee index` reads, or a folder in ABO's layout.")
        ],
        out: Annotated[
            Path | None, typer.Option(help="The model folder to write. Default: my-model among your models.")
        ] = None,
        minutes: Minutes = 10,
        views: Views = None,
        photos: Photos = None,
        start: Annotated[Path | None, typer.Option(help="weights.pt of another run, to start from.")] = None,
        precision: Weights = "f16",
        licence: Annotated[str, typer.Option(help="SPDX id of the weights' licence, for the card.")] = "",
        device: Device = "cpu",
        work: Annotated[
            Path | None, typer.Option(help="Where the run is kept; the same folder goes on with it.")
        ] = None,
        data: Data = None,
        as_json: Json = False,
    ) -> None:
        """Train a small CLIP from scratch on a catalogue; stopped at any time, the same command goes on."""
        with _torch():
            from inference.train.loop import Schedule
            from inference.train.training import train

            target = (out or data_dir(data) / "models" / "my-model").absolute()
            done = train(
                examples(source, views, photos),
                target,
                minutes=minutes,
                work=_work(work, target, data_dir(data)),
                licence=licence,
                precision=_precision(precision),
                start=start,
                schedule=Schedule(minutes=minutes, device=device),
                source=f"trained on {Path(source).name}",
                shown=not as_json,
                say=_say(as_json),
            )
        _report_training(done, as_json, f"Next: looksee index {source} --model {target}")

    @app.command("tune")
    def tune_(
        checkpoint: Annotated[str, typer.Argument(help="RN50, ViT-B/32, ...; a path; s3://...; https://...")],
        source: Annotated[str, typer.Argument(help="A catalogue: whatever `looksee index` reads.")],
        out: Annotated[
            Path | None, typer.Option(help="The model folder to write. Default: my-model among your models.")
        ] = None,
        minutes: Minutes = 10,
        blocks: Annotated[int, typer.Option(min=0, help="How many of the last blocks of each tower learn.")] = 1,
        prompt: Annotated[
            str, typer.Option(help="How words become a text: a format string with one {}.")
        ] = "this is a {}",
        views: Views = None,
        photos: Photos = None,
        precision: Weights = "f16",
        tokenizer: VocabularyFile = None,
        trust: Annotated[
            bool, typer.Option("--trust", help="Open a TorchScript archive that OpenAI did not publish.")
        ] = False,
        device: Device = "cpu",
        work: Annotated[
            Path | None, typer.Option(help="Where the run is kept; the same folder goes on with it.")
        ] = None,
        data: Data = None,
        as_json: Json = False,
    ) -> None:
        """Fine-tune a checkpoint on a catalogue, and show dev recall before and after."""
        with _torch(), _download_bar(not as_json) as progress:
            from dataclasses import replace

            from inference.train.checkpoints import locate, read, read_tokenizer
            from inference.train.tune import TUNING, tune

            root = data_dir(data)
            found = read(locate(checkpoint, root / "downloads", progress), trust=trust)
            context_length = (
                found.weights["positional_embedding"].shape[0] if "positional_embedding" in found.weights else 77
            )
            target = (out or root / "models" / "my-model").absolute()
            done = tune(
                found,
                read_tokenizer(tokenizer, context_length),
                examples(source, views, photos),
                target,
                minutes=minutes,
                work=_work(work, target, root),
                blocks=blocks,
                prompt=prompt,
                precision=_precision(precision),
                schedule=replace(TUNING, device=device),
                shown=not as_json,
                say=_say(as_json),
            )
        _report_training(done, as_json, f"Next: looksee index {source} --model {target}")

    return app


@contextmanager
def _torch() -> Iterator[None]:
    """What a person can mend, as one sentence and exit code 2."""
    if importlib.util.find_spec("torch") is None:
        _refuse('This needs torch: pip install -e ".[train]" in the checkout.')
    import torch

    from inference.train.checkpoints import BadCheckpoint
    from inference.train.download import DownloadFailed
    from inference.train.examples import NothingToLearn

    # With more threads than idle cores torch waits for itself; the operating system knows how many there are.
    torch.set_num_threads(max(1, torch.get_num_threads()))
    try:
        yield
    except (BadCheckpoint, DownloadFailed, NothingToLearn, ValueError, FileNotFoundError) as error:
        _refuse(str(error))


def _refuse(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    raise typer.Exit(2)


def _precision(text: str) -> Precision:
    if text not in LEAST_PARITY:
        raise typer.BadParameter(f"{text!r} is not f32, f16 or int8.")
    return text  # type: ignore[return-value] # checked above


def _work(work: Path | None, target: Path, root: Path) -> Path:
    return work or root / "training" / target.name


def _say(as_json: bool) -> Callable[[str], None]:
    return lambda line: None if as_json else print(line, file=sys.stderr)


def _parity(parity: Parity) -> dict[str, Any]:
    return {"parity": {"text": round(parity.text, 6), "image": round(parity.image, 6)}}


def _check_parity(parity: Parity, precision: str) -> None:
    if min(parity.text, parity.image) < LEAST_PARITY[precision]:
        print(
            f"The export differs from torch (cosine {min(parity.text, parity.image):.4f}); do not use it.",
            file=sys.stderr,
        )
        raise typer.Exit(1)


def _report(document: Mapping[str, Any], as_json: bool, last_line: str = "") -> None:
    if as_json:
        _print_json(document)
        return
    print(f"{document['model_id']}: {document['bytes'] / 1e6:.1f} MB in {document['folder']}")
    parity = document["parity"]
    print(f"Cosine to torch, at worst: text {parity['text']:.5f}, pictures {parity['image']:.5f}.")
    if last_line:
        print(last_line)


def _report_training(done: Trained, as_json: bool, last_line: str) -> None:
    document = {
        "model_id": done.model.model_id,
        "folder": str(done.model.folder),
        "bytes": done.model.size_bytes,
        **_parity(done.parity),
        "before": dict(done.before),
        "after": dict(done.after),
        "history": [dict(h) for h in done.history],
        "counts": dict(done.counts),
        "seconds": round(done.seconds, 1),
        "steps": done.steps,
        "pictures_seen": done.pictures_seen,
    }
    if as_json:
        _print_json(document)
        return
    from inference.train.model_card import NAMES

    rows = [
        [NAMES[name], f"{done.before.get(name, float('nan')):.3f}", f"{value:.3f}"]
        for name, value in done.after.items()
        if name in NAMES
    ]
    _print_table("Dev products, never trained on: share right", ["question", "before", "after"], rows)
    _report(document, False, last_line)


def _print_table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right")
    for row in rows:
        table.add_row(*row)
    _console().print(table)


def _console() -> Console:
    from rich.console import Console

    return Console()


def _print_json(document: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, indent=2) + "\n")


@contextmanager
def _download_bar(shown: bool) -> Iterator[Callable[[int, int | None], None]]:
    """A bar that appears with the first bytes."""
    if not shown:
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("downloading"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task: list[Any] = []

        def show(done: int, total: int | None) -> None:
            if not task:
                task.append(progress.add_task("", total=total))
            progress.update(task[0], completed=done, total=total)

        yield show
