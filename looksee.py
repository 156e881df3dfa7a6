"""The front door: arguments and environment in, one call of a room out, printed for people or as one JSON document.

The environment is read here and nowhere else. Rooms are imported inside the commands, so that `looksee --help` and the
first answer come fast.
"""

import contextlib
import os
import sys
import tempfile
import time
import traceback
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rich.console import Console

    from bot.settings import BotSettings
    from indexing.build import BuildReport
    from indexing.generation import Generations
    from indexing.product_pictures import ProductPictures
    from indexing.settings import IndexSettings
    from indexing.sources import Source
    from indexing.store import VectorStore
    from inference.encoder import Encoder
    from inference.train.examples import Example

app = typer.Typer(
    name="looksee",
    help="Ask in Slack in words, with a photo, or both; get the matching products back in the thread.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
generations_app = typer.Typer(help="List, verify, roll back and prune the built indexes.", no_args_is_help=True)
app.add_typer(generations_app, name="generations")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder for indexes and memory. Default: LOOKSEE_DATA, else your data folder."),
]
CatalogueName = Annotated[str, typer.Option("--catalogue", help="Which catalogue, where you keep several.")]
ModelName = Annotated[
    str, typer.Option("--model", help="A model's name or folder. Default: LOOKSEE_MODEL, else the bundled one.")
]


INTERRUPTED = 130
"""The exit code that shells expect after Ctrl-C."""
SAMPLE = Path(__file__).parent / "examples" / "catalogue"
SAMPLE_QUESTIONS = (
    "a red mug",
    "something to carry my laptop in",
    "blue umbrella under $40",
    "table lamp, but not white",
    "赤いマグカップ",
)

SAMPLE_PHOTOS = (
    ("p-ileb3dtsgo-0.jpg", "a purple soap dispenser"),
    ("p-helrlg0chj-0.jpg", "a pink lantern"),
    ("p-4fap2d39aj-0.jpg", "a green shopping bag"),
    ("p-fa5thnlgia-0.jpg", "an orange toy bus"),
    ("p-nvte23dau8-0.jpg", "grey scissors"),
    ("p-ca54u6k97o-0.jpg", "a white bookcase"),
)


@app.command()
def demo(
    source: Annotated[str, typer.Argument(help="A catalogue of yours. Default: the sample catalogue.")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the local workspace; 0 takes a free one.")] = 8642,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in your browser.")] = True,
    data: Data = None,
    model: ModelName = "",
) -> None:
    """Open a local workspace in which the bot answers, with no account."""
    from bot.app import build_app
    from bot.manifest import manifest
    from bot.settings import BotSettings, SlackSettings
    from bot.web import bind
    from indexing.build import build
    from indexing.sources import open_source
    from playground import LocalSlack, Samples

    if not source and not SAMPLE.is_dir():
        raise UserMistake("The sample catalogue comes with the repository; here, name a catalogue: looksee demo SOURCE")
    settings = _index_settings(data, "demo" if source else "sample")
    generations = _generations(settings)
    encoder = _encoder(settings.data_dir, model)
    found = open_source(source or str(SAMPLE), currency=settings.currency, fetch=settings.fetch)
    pictures = bind("127.0.0.1", 0)
    address = f"http://127.0.0.1:{pictures.getsockname()[1]}"
    samples = Samples(questions=SAMPLE_QUESTIONS if not source else (), photos=_sample_photos() if not source else ())
    try:  # before the build: a port that is taken need not wait for an index
        slack = LocalSlack(port=port, manifest=manifest(), samples=samples, public_base=address)
    except OSError as error:
        raise UserMistake(
            f"Port {port} is taken, perhaps by a demo that is open; a free one: looksee demo --port 0"
        ) from error
    _tell_what_is_unread(found)
    report = _built(lambda: build(found, generations, encoder, settings=settings))
    _say(
        f"{report.indexed + report.unchanged:,} products are searchable; {report.indexed:,} of them are new or changed."
    )
    with slack:
        bot_settings = BotSettings(
            data_dir=settings.data_dir,
            catalogue=settings.catalogue,
            public_url=address,
            slack=SlackSettings(bot_token=slack.bot_token, app_token=slack.app_token, base_url=slack.base_url),
        )
        with build_app(bot_settings, encoder=encoder, generations=generations) as bot:
            bot.start(pictures)
            _say(f"The workspace is open at {slack.origin} (Ctrl-C ends it).")
            if browser:
                _open_browser(slack.origin)
            bot.settle()
            _wait_for_the_end()


@app.command()
def bot(data: Data = None, catalogue: CatalogueName = "default") -> None:
    """Answer in Slack until Ctrl-C, over Socket Mode or signed HTTP."""
    from bot.app import run_bot

    run_bot(_bot_settings(data, catalogue), _say)


@app.command()
def doctor(
    live: Annotated[bool, typer.Option("--live", help="Also ask one question, and post each form of answer.")] = False,
    channel: Annotated[str, typer.Option(help="Where --live posts: a channel that the bot is in.")] = "",
    data: Data = None,
    catalogue: CatalogueName = "default",
    as_json: Json = False,
) -> None:
    """Look at settings, model, index, Slack tokens and network: one line each, with the mend."""
    import msgspec

    from bot.doctor import examine, examine_live, is_well, show

    if live and not channel:
        raise UserMistake("Say where to post: looksee doctor --live --channel '#shop'")
    settings = _bot_settings(data, catalogue)
    findings = examine(settings)
    if live and is_well(findings):
        findings += examine_live(settings, channel)
    if as_json:
        _print_json({"findings": msgspec.to_builtins(findings), "well": is_well(findings)})
    else:
        show(_console(), findings)
    if not is_well(findings):
        raise typer.Exit(1)


@app.command()
def index(
    source: Annotated[
        str, typer.Argument(help="An ABO folder, Merchant feed, CSV, JSON lines, or folder of pictures; or its URL.")
    ],
    images: Annotated[Path | None, typer.Option(help="Folder of the pictures, where it is not the source's.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Read this many rows at most.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check the source; change nothing.")] = False,
    data: Data = None,
    catalogue: CatalogueName = "default",
    model: ModelName = "",
    as_json: Json = False,
) -> None:
    """Turn a catalogue into a searchable index, and make it live."""
    from indexing.sources import open_source

    settings = _index_settings(data, catalogue)
    found = open_source(source, images=images, currency=settings.currency, fetch=settings.fetch)
    if dry_run:
        from indexing.check import check_source
        from indexing.terminal import print_check

        check = check_source(found, settings=settings, limit=limit)
        sheet = _written_sheet(check.sheet)
        if as_json:
            _print_json({**_as_document(check), "sheet": sheet})
        else:
            print_check(_console(), check, sheet)
        return
    from indexing.build import build
    from indexing.terminal import print_report

    _tell_what_is_unread(found)
    generations = _generations(settings)
    _tell_what_is_lacking()
    report = _built(
        lambda: build(found, generations, _encoder(settings.data_dir, model), settings=settings, limit=limit)
    )
    if as_json:
        _print_json(_as_document(report))
    elif live := generations.live():
        print_report(_console(), report, live)


@app.command()
def search(
    words: Annotated[list[str] | None, typer.Argument(help='What you look for: "red mug under $40".')] = None,
    photo: Annotated[list[Path] | None, typer.Option("--photo", help="A picture file; may be given 5 times.")] = None,
    k: Annotated[int, typer.Option("--k", min=1, max=100, help="How many products.")] = 5,
    max_price: Annotated[str | None, typer.Option(help="At most this much, in the catalogue's currency.")] = None,
    brand: Annotated[str | None, typer.Option(help="Only this brand.")] = None,
    color: Annotated[str | None, typer.Option(help="Only this colour.")] = None,
    data: Data = None,
    catalogue: CatalogueName = "default",
    as_json: Json = False,
) -> None:
    """Find products by words, photos, or both."""
    from bot.conversation import MOST_PHOTOS
    from bot.once import ask_once
    from bot.terminal import answer_document, print_answer
    from inference.images import UnreadablePhoto

    if photo and len(photo) > MOST_PHOTOS:
        raise UserMistake(f"A question takes {MOST_PHOTOS} photos at most, not {len(photo)}; leave some out.")
    settings = _index_settings(data, catalogue)
    store = _generations(settings).open()
    encoder = _encoder_of(settings.data_dir, store.generation.model_id)
    photos = [_read_photo(path) for path in photo or []]
    conditions = _conditions(store, max_price=max_price, brand=brand, color=color)
    try:
        answer = ask_once(" ".join(words or []), photos, conditions, encoder, store, k=k)
    except UnreadablePhoto as error:
        raise UserMistake(f"{_unreadable(photo or [], photos)}: {error}") from error
    if as_json:
        _print_json(answer_document(answer))
        return
    pictures = _pictures(store, settings)
    print_answer(_console(), answer, lambda hit: pictures.thumbnail(hit.product, hit.picture, px=96))


@app.command("eval")
def evaluate(
    questions: Annotated[
        Path | None,
        typer.Argument(help="A question file or folder; BEIR's layout too. Default: the sample catalogue's."),
    ] = None,
    split: Annotated[str, typer.Option(help="Which questions: test or dev.")] = "test",
    truth: Annotated[
        Path | None, typer.Option(help="Attributes of the products, where answers are told by them.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Folder for a page with plots and the worst misses.")] = None,
    tune: Annotated[bool, typer.Option("--tune", help="Tune the ranking on dev questions and make it live.")] = False,
    data: Data = None,
    catalogue: CatalogueName = "default",
    as_json: Json = False,
) -> None:
    """Measure how well questions with known answers are answered, beside plain CLIP and BM25."""
    from importlib.util import find_spec

    import msgspec

    from bot.evaluate_report import table
    from bot.evaluate_run import evaluation, tuned
    from bot.evaluate_tune import install

    settings = _index_settings(data, catalogue)
    generations = _generations(settings)
    store = generations.open()
    encoder = _encoder_of(settings.data_dir, store.generation.model_id)
    path = questions or SAMPLE / "questions"
    if tune:
        steps = (lambda _: None) if as_json else _console().print
        calibration, before, after = tuned(path, encoder, store, truth=truth, say=steps)
        made = install(generations, calibration)
        result = {"generation": made.name, "ndcg@10": {"before": before, "after": after}}
        if as_json:
            _print_json({**result, "calibration": msgspec.to_builtins(calibration)})
        else:
            _console().print(f"{made.name} is live: nDCG@10 on the dev questions {before:.4f} -> {after:.4f}")
        return
    found = evaluation(path, encoder, store, split=split, truth=truth)
    if report:
        pictures = _pictures(store, settings)
        has_plots = find_spec("matplotlib") is not None
        page = found.write(report, store, lambda p: pictures.thumbnail(p, 0, px=160), with_plots=has_plots)
        if not as_json:
            note = "" if has_plots else " (without plots: pip install -e '.[train]' in the checkout)"
            _console().print(f"Written: {page}{note}", markup=False, soft_wrap=True)
    if as_json:
        _print_json(dict(found.document))
    else:
        _console().print(table(found.document))


@app.command()
def serve(
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Where to listen. Default: LOOKSEE_PORT, else 8080.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen on. Default: LOOKSEE_HOST, else loopback.")] = "",
    model: ModelName = "",
    data: Data = None,
) -> None:
    """Serve a model's encoder over HTTP as SageMaker calls it: /ping and /invocations."""
    import uvicorn

    from inference.decoding import PictureDecoder
    from inference.server import EncodeType, build_server, warm_up

    kinds: dict[str, EncodeType] = {"TEXT": "TEXT", "IMAGE": "IMAGE", "BOTH": "BOTH", "": "BOTH"}
    asked = os.environ.get("ENCODE_TYPE", "").strip().upper()
    if asked not in kinds:
        raise UserMistake(f"ENCODE_TYPE is {asked!r}; write TEXT, IMAGE or BOTH.")
    listener = _listener(host or os.environ.get("LOOKSEE_HOST") or "127.0.0.1", port)
    encoder = _encoder(_data_dir(data), model or os.environ.get("MODEL_NAME", ""))
    warm_up(encoder)
    with PictureDecoder(workers=2) as decoder:
        decoder.warm()
        server = build_server(encoder, decoder, serves=kinds[asked], read=_s3_reader())
        config = uvicorn.Config(server, log_level="warning", access_log=False)
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn has ended in order, and says it once more
            uvicorn.Server(config).run(sockets=[listener])


@generations_app.command("list")
def list_generations(data: Data = None, catalogue: CatalogueName = "default", as_json: Json = False) -> None:
    """Show all built indexes with their sizes and ages."""
    from indexing.terminal import print_generations

    found = _generations(_index_settings(data, catalogue)).all()
    if as_json:
        _print_json({"generations": [_as_document(generation) for generation in found]})
    else:
        print_generations(_console(), found, datetime.now(UTC))


@generations_app.command("verify")
def verify_generation(
    name: Annotated[str | None, typer.Argument(help="The live one, if left out.")] = None,
    data: Data = None,
    catalogue: CatalogueName = "default",
    as_json: Json = False,
) -> None:
    """Check that counts agree and that sampled products find themselves first."""
    generations = _generations(_index_settings(data, catalogue))
    live = generations.live()
    chosen = name or (live.name if live else "")
    if chosen not in {generation.name for generation in generations.all()}:
        raise UserMistake(f"There is no generation {chosen!r}; looksee generations list shows those there are.")
    problems = generations.verify(chosen)
    if as_json:
        _print_json({"generation": chosen, "problems": problems})
    else:
        print("\n".join(problems) or f"{chosen} is sound.")
    if problems:
        raise typer.Exit(1)


@generations_app.command("rollback")
def roll_back(data: Data = None, catalogue: CatalogueName = "default", as_json: Json = False) -> None:
    """Make the index that was live before live again."""
    live = _generations(_index_settings(data, catalogue)).rollback()
    if as_json:
        _print_json({"generation": live.name})
    else:
        print(f"{live.name} is live again.")


@generations_app.command("prune")
def prune_generations(
    keep: Annotated[int, typer.Option(min=0, help="How many to keep beside the live one.")] = 1,
    data: Data = None,
    catalogue: CatalogueName = "default",
    as_json: Json = False,
) -> None:
    """Remove all indexes but the live one and the newest others."""
    removed = _generations(_index_settings(data, catalogue)).prune(keep)
    if as_json:
        _print_json({"removed": removed})
    else:
        print("\n".join(f"Removed {name}." for name in removed) or "Nothing to remove.")


class UserMistake(Exception):
    """Something that the person at the keyboard can mend; its text is the one sentence they read."""


# --- what the commands share ---------------------------------------------------------------------------------------


def _data_dir(data: Path | None) -> Path:
    """The data folder, made private to its owner if it is new."""
    import platformdirs

    chosen = data or Path(os.environ.get("LOOKSEE_DATA") or platformdirs.user_data_path("looksee", appauthor=False))
    folder = chosen.expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UserMistake(f"{folder} cannot be made ({error.strerror}); name another with --data.") from error
    if archive := os.environ.get("LOOKSEE_MODEL_ARCHIVE", "").strip():
        _have_model(archive, folder / "models")
    return folder


def _have_model(archive: str, models: Path) -> None:
    """Fetch the model that an installation on AWS serves, where it is not the bundled one; once."""
    from inference.model_archive import fetched_model

    def read(uri: str) -> bytes:
        from inference.s3 import reader  # boto3 is an extra

        return reader()(uri)

    fetched_model(archive, models, read)


def _bot_settings(data: Path | None, catalogue: str) -> "BotSettings":
    from bot.settings import BotSettings
    from inference.model import DEFAULT_MODEL

    env = _with_secrets(os.environ)
    model = env.get("LOOKSEE_MODEL") or DEFAULT_MODEL
    return BotSettings.from_env(env, data_dir=_data_dir(data), model=model, catalogue=catalogue)


def _with_secrets(env: "Mapping[str, str]") -> "Mapping[str, str]":
    """The environment, with what lies in AWS Secrets Manager where it names secrets."""
    if not (env.get("LOOKSEE_SLACK_SECRET") or env.get("LOOKSEE_PICTURE_SECRET")):
        return env
    from bot.adapters import aws_client
    from bot.secrets_aws import with_secrets

    return with_secrets(env, aws_client("secretsmanager", timeout_s=5.0, attempts=3))


def _sample_photos() -> "list[tuple[Path, str]]":
    """Photos to click in the demo: phone photos of products, taken from the question set."""
    folder = SAMPLE / "questions" / "photos"
    return [(folder / name, shown) for name, shown in SAMPLE_PHOTOS if (folder / name).is_file()]


def _open_browser(address: str) -> None:
    """Open the page where there is a browser; a machine without one has the address on the screen."""
    import webbrowser

    webbrowser.open(address)


def _wait_for_the_end() -> None:
    """Return at Ctrl-C or SIGTERM."""
    import signal
    import threading

    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()


def _say(sentence: str) -> None:
    """Tell a person what goes on; stdout is for what was asked for."""
    print(sentence, file=sys.stderr, flush=True)


def _index_settings(data: Path | None, catalogue: str) -> "IndexSettings":
    from indexing.settings import IndexSettings

    return IndexSettings.from_env(os.environ, data_dir=_data_dir(data), catalogue=catalogue)


def _generations(settings: "IndexSettings") -> "Generations":
    from indexing.chosen import chosen_generations, chosen_opensearch

    try:
        return chosen_generations(chosen_opensearch(os.environ), settings.data_dir, settings.catalogue)
    except ValueError as error:
        raise UserMistake(str(error)) from error


def _tell_what_is_unread(source: "Source") -> None:
    """Say which files of a folder look like listings and are not read, and why."""
    for sentence in source.describe().unread:
        _say(sentence)


def _built(build: "Callable[[], BuildReport]") -> "BuildReport":
    """A build's report; Ctrl-C, at whatever moment, ends with what became of the build."""
    from indexing.build import BuildInterrupted

    try:
        return build()
    except KeyboardInterrupt as interrupt:  # in the moments that the build does not answer for itself
        raise BuildInterrupted from interrupt


def _tell_what_is_lacking() -> None:
    """Say what the OpenSearch does not have that answers would be better for; the embedded store lacks nothing."""
    from indexing.chosen import chosen_opensearch

    if opensearch := chosen_opensearch(os.environ):
        from indexing.opensearch_check import lacks

        for sentence in lacks(opensearch):
            _say(sentence)


def _encoder(data_dir: Path, model: str) -> "Encoder":
    """The encoder that a person names, or that the settings do."""
    from inference.model import DEFAULT_MODEL, find_model
    from inference.onnx import OnnxEncoder

    return OnnxEncoder(find_model(model or os.environ.get("LOOKSEE_MODEL") or DEFAULT_MODEL, data_dir))


def _encoder_of(data_dir: Path, model_id: str) -> "Encoder":
    """The encoder that built an index: index and encoder move together."""
    from inference.model import find_model
    from inference.onnx import OnnxEncoder

    return OnnxEncoder(find_model(model_id, data_dir))


def _listener(host: str, port: int | None) -> "socket.socket":
    """A port taken, not yet listened on, so that nobody waits for a model that cannot be served."""
    import socket

    said = os.environ.get("LOOKSEE_PORT", "").strip()
    if port is None and said and not (said.isascii() and said.isdigit() and 1 <= int(said) <= 65535):
        raise UserMistake(f"LOOKSEE_PORT is {said!r}; write a whole number from 1 to 65535.")
    chosen = port if port is not None else int(said or 8080)
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, chosen))
    except OSError as error:
        listener.close()
        raise UserMistake(
            f"Port {chosen} of {host} cannot be listened on ({error.strerror}); choose another with --port."
        ) from error
    return listener


def _s3_reader() -> "Callable[[str], bytes] | None":
    """How a manifest's s3:// pictures are read; None where boto3 is not installed."""
    try:
        from inference.s3 import reader
    except ModuleNotFoundError:
        return None
    return reader()


def _read_photo(path: Path) -> bytes:
    try:
        return path.expanduser().read_bytes()
    except OSError as error:
        raise UserMistake(f"{path} cannot be read ({error.strerror}); name a picture file.") from error


def _unreadable(paths: "Sequence[Path]", photos: "Sequence[bytes]") -> str:
    """Which of some photos, one of which is no picture that can be read, it is: the first."""
    from inference.images import UnreadablePhoto, thumbnail

    for path, data in zip(paths, photos, strict=True):
        try:
            thumbnail(data, 8)
        except UnreadablePhoto:
            return str(path)
    return ", ".join(map(str, paths))


def _conditions(store: "VectorStore", *, max_price: str | None, brand: str | None, color: str | None) -> Any:
    """The options of `looksee search` as filters."""
    from babel.numbers import get_currency_precision

    from indexing.product import FacetField
    from indexing.store import Filters

    chosen: list[tuple[FacetField, tuple[str, ...]]] = []
    if brand:
        chosen.append(("brand", (brand,)))
    if color:
        chosen.append(("color", (color,)))
    if max_price is None:
        return Filters(any_of=tuple(chosen))
    currencies = store.facets(Filters()).prices
    currency = next(iter(currencies), "")
    try:
        amount = Decimal(max_price.strip().lstrip("$€£¥"))
        minor = int(amount.scaleb(get_currency_precision(currency or "USD")))
    except (ArithmeticError, ValueError) as error:
        raise UserMistake(f"--max-price takes a number, not {max_price!r}.") from error
    if amount < 0:
        raise UserMistake(f"--max-price takes a number from 0 up, not {max_price!r}.")
    return Filters(any_of=tuple(chosen), max_price_minor=minor, currency=currency)


def _pictures(store: "VectorStore", settings: "IndexSettings") -> "ProductPictures":
    from indexing.product_pictures import ProductPictures

    return ProductPictures(store.generation.pictures_folder, settings.fetch)


def _written_sheet(sheet: bytes) -> str:
    """The path of the contact sheet; empty where there is none."""
    if not sheet:
        return ""
    with tempfile.NamedTemporaryFile(prefix="looksee-", suffix=".jpg", delete=False) as file:
        file.write(sheet)
    return file.name


def _console() -> "Console":
    from rich.console import Console

    return Console()


def _as_document(value: Any) -> dict[str, Any]:
    import msgspec

    document: dict[str, Any] = msgspec.to_builtins(value)
    document.pop("sheet", None)
    return document


def _print_json(document: dict[str, Any]) -> None:
    import orjson

    sys.stdout.write(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n")


def _examples(source: str) -> "Iterable[Example]":
    """What `looksee model train SOURCE` learns from."""
    from indexing.sources import open_source
    from indexing.training_examples import training_examples

    return training_examples(open_source(source))


def main() -> None:
    """Run the command line; a mistake of the user's ends with one sentence and 2, a failure of ours with 1."""
    from inference.train.commands import build_app as model_app
    from infra.commands import build_app as aws_app

    app.add_typer(model_app(_data_dir, _examples), name="model")
    app.add_typer(aws_app(os.environ, _data_dir), name="aws")
    try:
        app()
    except Exception as error:  # noqa: BLE001 - the last line of defence: nobody meets a traceback
        sys.exit(_explained(error))


def _explained(error: Exception) -> int:
    """Say in one sentence what went wrong; the exit code."""
    from bot.app import CannotStart
    from bot.evaluate_questions import BadQuestions
    from bot.query import EmptyQuery
    from indexing.build import BuildFailed, BuildInterrupted, NothingIndexed
    from indexing.cache import CacheBusy
    from indexing.generation import BuildRefused
    from indexing.settings import BadSetting
    from indexing.sources import BadSource
    from indexing.store import NoCatalogue
    from inference.images import UnreadablePhoto
    from inference.model import BrokenModel, NoSuchModel

    mistakes = (UserMistake, BadSetting, BadSource, BuildRefused, NothingIndexed, NoCatalogue, BrokenModel, NoSuchModel)
    if isinstance(error, (*mistakes, BadQuestions, UnreadablePhoto, EmptyQuery, CannotStart, BadQuestions)):
        print(str(error) or "Say what you are looking for, or name a photo with --photo.", file=sys.stderr)
        return 2
    if isinstance(error, BuildInterrupted):
        print(error, file=sys.stderr)
        return INTERRUPTED
    if isinstance(error, BuildFailed | CacheBusy):
        print(error, file=sys.stderr)
        return 1
    if type(error).__module__.startswith("botocore."):  # not imported: it is an extra
        print(f"AWS did not do it: {error}", file=sys.stderr)
        return 1
    report = Path(tempfile.gettempdir()) / f"looksee-failure-{time.strftime('%Y%m%d-%H%M%S')}.txt"
    report.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    print(f"Looksee failed ({type(error).__name__}). Please report it, with {report}.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    main()
