"""`looksee aws encode | ingest | task`: a catalogue encoded in a batch, and what runs inside the network."""

import hashlib
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.asking import Data, Json, Prefix, account, stop

if TYPE_CHECKING:
    from indexing.aws_run import Run
    from indexing.build import BuildReport
    from indexing.settings import IndexSettings
    from infra.installation import Installation

Catalogue = Annotated[str, typer.Option("--catalogue", help="Which catalogue, where you keep several.")]


def add_commands(app: typer.Typer, env: Mapping[str, str], data_dir: Callable[[Path | None], Path]) -> None:
    """Add them to `looksee aws`."""

    def settings_of(data: Path | None, catalogue: str, picture_bucket: str = "") -> "IndexSettings":
        from dataclasses import replace

        from indexing.settings import IndexSettings

        settings = IndexSettings.from_env(env, data_dir=data_dir(data), catalogue=catalogue)
        bucket = picture_bucket or settings.fetch.picture_bucket
        return replace(settings, fetch=replace(settings.fetch, picture_bucket=bucket))

    def ingested(run: "Run", settings: "IndexSettings", s3: Any) -> "BuildReport":
        from indexing.chosen import chosen_generations, chosen_opensearch
        from inference.model import find_model
        from inference.onnx import OnnxEncoder
        from infra.ingest import ingest

        encoder = OnnxEncoder(find_model(run.model_id, settings.data_dir))
        generations = chosen_generations(chosen_opensearch(env), settings.data_dir, settings.catalogue)
        return ingest(run, s3, generations, encoder, settings=settings, tell=_say)

    @app.command()
    def encode(
        source: Annotated[
            str, typer.Argument(help="s3://BUCKET[/PREFIX] in ABO's layout, or what `looksee index` reads.")
        ],
        instance: Annotated[str, typer.Option(help="Type of the instances that encode.")] = "ml.c5.xlarge",
        instances: Annotated[
            int, typer.Option(min=1, max=100, help="How many of them; from 2 on they share one Processing job.")
        ] = 1,
        one_a_request: Annotated[
            bool, typer.Option("--one-a-request", help="As the article does it: a request, and an answer, a picture.")
        ] = False,
        here: Annotated[
            bool,
            typer.Option("--here", help="Index on this machine, in the store of its settings, not in the network."),
        ] = False,
        limit: Annotated[int | None, typer.Option(min=1, help="Read this many rows at most.")] = None,
        poll: Annotated[float, typer.Option(min=0.05, max=300, help="Seconds between two looks at AWS.")] = 15.0,
        data: Data = None,
        catalogue: Catalogue = "default",
        prefix: Prefix = "looksee",
        as_json: Json = False,
    ) -> None:
        """Copy a catalogue's pictures to S3, encode them in a batch, and make the index live. Run again, it goes on."""
        import msgspec

        from infra.encode import encode as run_encode
        from infra.encode_job import EncodeFailed, How
        from infra.installation import NotDeployed, installation
        from infra.jobs import NoSdk, SdkJobs

        session = account()
        try:
            jobs = SdkJobs(session)
            where = installation(prefix, session.client)
            settings = settings_of(data, catalogue, where.picture_bucket)
            s3 = session.client("s3", config=_busy())

            def in_the_network(run: "Run") -> None:
                command = ("aws", "ingest", run.uri, "--catalogue", catalogue, "--json")
                label = f"encode-{hashlib.sha256(run.uri.encode()).hexdigest()[:12]}"
                if code := _run_task(session, where, command, label=label, poll_s=min(poll, 3.0)):
                    stop(f"The index was not made: the task ended with {code}; its log is above.", 1)

            def on_this_machine(run: "Run") -> None:
                ingested(run, settings, s3)

            report = run_encode(
                source,
                where,
                s3,
                jobs,
                on_this_machine if here else in_the_network,
                settings=settings,
                how=How(
                    instance=instance,
                    count=instances,
                    form="article" if one_a_request else "shards" if instances > 1 else "manifests",
                    limit=limit,
                    poll_s=poll,
                ),
                tell=_say,
            )
        except NoSdk as error:
            stop(str(error), 2)
        except (NotDeployed, EncodeFailed) as error:
            stop(str(error), 1)
        except KeyboardInterrupt:
            stop("Stopped here; a job or task that was started goes on. The same command goes on with it.", 1)
        if as_json:
            _print_json(msgspec.json.encode(report))
            return
        live = report.index
        if live is not None:
            print(
                f"{live.generation} is live: {live.indexed:,} indexed, {live.unchanged:,} unchanged, "
                f"{live.rejected:,} rejected, {live.deleted:,} deleted ({report.seconds:,.0f} s)."
            )
            print(f"What was refused, and why: {live.rejects_file}")

    @app.command()
    def ingest(
        run: Annotated[str, typer.Argument(help="Address of a run of `looksee aws encode`.")],
        data: Data = None,
        catalogue: Catalogue = "default",
        as_json: Json = False,
    ) -> None:
        """Index a run of `encode`, where the store can be reached: `encode` starts this inside the network."""
        import msgspec

        from indexing.aws_run import Run

        try:
            found = Run.at(run)
        except ValueError as error:
            stop(str(error), 2)
        settings = settings_of(data, catalogue)
        if not settings.fetch.picture_bucket:
            stop("LOOKSEE_PICTURE_BUCKET is not set; it names the bucket that `looksee aws encode` copied to.", 2)
        report = ingested(found, settings, account().client("s3"))
        if as_json:
            _print_json(msgspec.json.encode(report))
        else:
            print(f"{report.generation} is live: {report.indexed:,} indexed, {report.rejected:,} rejected.")

    @app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
    def task(
        command: Annotated[list[str], typer.Argument(help="What to run, after --: generations list")],
        prefix: Prefix = "looksee",
    ) -> None:
        """Run a `looksee` command inside the network, where OpenSearch is; prints its log, ends with its exit code."""
        from infra.installation import NotDeployed, installation

        session = account()
        try:
            code = _run_task(session, installation(prefix, session.client), command, label=f"person-{time.time_ns():x}")
        except NotDeployed as error:
            stop(str(error), 1)
        raise typer.Exit(code)


def _run_task(session: Any, where: "Installation", command: Sequence[str], *, label: str, poll_s: float = 3.0) -> int:
    from infra.tasks import TaskFailed, Tasks

    _say(f"Running in the network: looksee {' '.join(command)}")
    try:
        return Tasks(session.client, where, poll_s=poll_s).run(command, _say, label=label)
    except TaskFailed as error:
        stop(str(error), 1)


def _busy() -> Any:
    """As many connections as copies at the same time."""
    from botocore.config import Config

    from indexing.aws_copy import WORKERS

    return Config(max_pool_connections=WORKERS, retries={"mode": "adaptive", "total_max_attempts": 8})


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _print_json(document: bytes) -> None:
    import msgspec

    print(msgspec.json.format(document, indent=2).decode())
