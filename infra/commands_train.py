"""`looksee aws train`: a catalogue in, a model trained on SageMaker out, unpacked among the models of this machine."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from infra.asking import Data, Json, Prefix, account, stop


def add_train(app: typer.Typer, data_dir: Callable[[Path | None], Path]) -> None:
    """Add it to `looksee aws`."""

    @app.command()
    def train(
        source: Annotated[str, typer.Argument(help="A catalogue's folder, or its s3:// address in the data bucket.")],
        checkpoint: Annotated[
            str, typer.Option(help="Fine-tune RN50, ViT-B/32, ... instead of training a small model from scratch.")
        ] = "",
        name: Annotated[str, typer.Option(help="The model's: lower-case letters, digits, dots, hyphens.")] = "my-model",
        minutes: Annotated[float, typer.Option(min=0.05, help="How long to train, on the clock.")] = 30,
        precision: Annotated[str, typer.Option(help="Of the written weights: f32, f16 or int8.")] = "f16",
        licence: Annotated[str, typer.Option(help="SPDX id of the weights' licence, where they are your own.")] = "",
        blocks: Annotated[int, typer.Option(min=0, help="Of each tower, that learn when fine-tuning.")] = 1,
        instance: Annotated[
            str, typer.Option(help="Type of the instance; with a GPU the device is cuda.")
        ] = "ml.g5.xlarge",
        spot: Annotated[
            bool, typer.Option("--spot/--no-spot", help="Take a cheaper instance that may be replaced.")
        ] = True,
        poll: Annotated[float, typer.Option(min=0.05, max=300, help="Seconds between two looks at the job.")] = 15.0,
        data: Data = None,
        prefix: Prefix = "looksee",
        as_json: Json = False,
    ) -> None:
        """Train or fine-tune on SageMaker, by the code of `looksee model train` and `tune`, and fetch the model."""
        import re

        import msgspec

        from inference.model_archive import fetched_model
        from inference.s3 import reader
        from infra.installation import NotDeployed, installation
        from infra.jobs import NoSdk, SdkJobs
        from infra.train import TrainFailed, Training, kept_archive
        from infra.train import train as run_train

        if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,30}", name):
            stop(f"--name is {name!r}; write lower-case letters, digits, dots and hyphens, 31 at most.", 2)
        if precision not in {"f32", "f16", "int8"}:
            stop(f"--precision is {precision!r}; write f32, f16 or int8.", 2)
        session = account()
        has_gpu = instance.startswith(("ml.g", "ml.p"))
        options = {"precision": precision, "device": "cuda" if has_gpu else "cpu"}
        options |= {"checkpoint": checkpoint, "blocks": str(blocks)} if checkpoint else {}
        options |= {"licence": licence} if licence and not checkpoint else {}
        try:
            jobs = SdkJobs(session)
            where = installation(prefix, session.client)
            s3 = session.client("s3")
            wanted = Training(
                name=name,
                minutes=minutes,
                instance=instance,
                image=jobs.training_image(instance),
                spot=spot,
                options=options,
            )
            archive = run_train(source, where, s3, jobs, wanted, _say, poll_s=poll)
            model = fetched_model(archive, data_dir(data) / "models", reader())
            kept = kept_archive(archive, model.model_id, where, s3)
        except NoSdk as error:
            stop(str(error), 2)
        except (NotDeployed, TrainFailed) as error:
            stop(str(error), 1)
        except KeyboardInterrupt:
            stop("Stopped here; a job that was started goes on. `looksee aws logs train` shows it.", 1)
        if as_json:
            told = {"model_id": model.model_id, "folder": str(model.folder), "bytes": model.size_bytes, "archive": kept}
            print(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())
            return
        print(f"{model.model_id}: {model.size_bytes / 1e6:.1f} MB in {model.folder}")
        print(f"Next: looksee aws deploy --model {model.model_id} --set ModelArchive={kept}")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
