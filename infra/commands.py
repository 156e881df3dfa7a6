"""`looksee aws ...`: arguments in, an installation on AWS deployed, looked at, priced or removed."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.asking import Prefix, account, stop
from infra.commands_encode import add_commands
from infra.commands_train import add_train

if TYPE_CHECKING:
    from infra.cost import Line, Size

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def build_app(env: Mapping[str, str], data_dir: Callable[[Path | None], Path]) -> typer.Typer:
    """The commands.

    Args:
        env: the environment; Slack's tokens are taken from it. boto3 reads its own settings itself.
        data_dir: the data folder that a person's `--data` means.
    """
    app = typer.Typer(help="Run Looksee on AWS.", no_args_is_help=True)

    @app.command()
    def deploy(
        size: Annotated[str, typer.Option(help="dev, or prod, which survives the loss of a node.")] = "dev",
        model: Annotated[str, typer.Option("--model", help="The model that the endpoint serves.")] = "",
        tag: Annotated[str, typer.Option(help="Of images that are pushed already. Default: build this commit.")] = "",
        parameter: Annotated[
            list[str] | None, typer.Option("--set", help="A parameter of app.yaml: EncoderMemoryMb=3072.")
        ] = None,
        questions: Annotated[int, typer.Option(min=0, help="A day, for the estimate of costs.")] = 1000,
        products: Annotated[int, typer.Option(min=0, help="For the estimate of costs.")] = 1600,
        prefix: Prefix = "looksee",
        yes: Yes = False,
    ) -> None:
        """Make or change the installation: shows the changes and what a month costs, and asks."""
        from inference.model import find_model
        from infra.deploy import Declined, Wanted
        from infra.deploy import deploy as run
        from infra.stacks import DeployFailed

        chosen = _size(size)
        pairs = [pair.partition("=") for pair in parameter or []]
        if wrong := next((name for name, sign, _ in pairs if not sign), None):
            stop(f"--set takes NAME=VALUE, not {wrong!r}.", 2)
        served = find_model(model or env.get("LOOKSEE_MODEL") or "looksee-small", data_dir(None))
        wanted = Wanted(
            prefix=prefix,
            model_id=served.model_id,
            size=chosen,
            tag=tag,
            parameters={name: value for name, _, value in pairs},
            slack={
                key: env.get(f"SLACK_{key.upper()}", "").strip() for key in ("bot_token", "app_token", "signing_secret")
            },
        )
        _print_cost_of_stack(chosen, wanted.parameters, products, questions, served.description.dim)
        try:
            outputs = run(account().client, wanted, tell=print, ask=lambda question: yes or typer.confirm(question))
        except Declined:
            stop("Nothing more was changed.", 1)
        except DeployFailed as error:
            stop(str(error), 1)
        for name, value in sorted(outputs.items()):
            print(f"{name}: {value}")

    @app.command()
    def status(prefix: Prefix = "looksee") -> None:
        """Show both stacks, the encoder's endpoint and the bot."""
        from infra.stacks import Stacks

        client = account().client
        stacks = Stacks(client("cloudformation"))
        for name in (f"{prefix}-base", f"{prefix}-app"):
            print(f"{name}: {stacks.status(name) or 'not deployed'}")
        if not stacks.status(f"{prefix}-app"):
            return
        outputs = stacks.outputs(f"{prefix}-app")
        endpoint = client("sagemaker").describe_endpoint(EndpointName=outputs["Endpoint"])
        print(f"endpoint {outputs['Endpoint']}: {endpoint['EndpointStatus']}")
        services = client("ecs").describe_services(cluster=outputs["Cluster"], services=[outputs["BotService"]])
        for service in services["services"]:
            print(f"bot: {service['runningCount']} of {service['desiredCount']} run")

    @app.command()
    def destroy(prefix: Prefix = "looksee", yes: Yes = False) -> None:
        """Delete everything, pictures and conversations too, and look whether anything is left."""
        from infra.removal import left_over, remove
        from infra.stacks import DeployFailed, Stacks

        client = account().client
        if not yes and typer.prompt(f"Everything of {prefix} goes. Write its name to go on") != prefix:
            stop("Nothing was deleted.", 1)
        try:
            remove(prefix, Stacks(client("cloudformation")), client("s3"), print)
        except DeployFailed as error:
            stop(str(error), 1)
        if left := left_over(prefix, client):
            stop("There is left: " + ", ".join(left) + ".", 1)
        print("Nothing is left.")

    @app.command()
    def logs(
        which: Annotated[str, typer.Argument(help="bot, index, encoder, encode, train or build.")] = "bot",
        minutes: Annotated[int, typer.Option(min=1, help="How far back.")] = 60,
        prefix: Prefix = "looksee",
    ) -> None:
        """Print the newest lines of a log."""
        client = account().client
        groups = {name: [f"/{prefix}/{name}"] for name in ("bot", "index", "build")}
        # SageMaker writes these logs of a whole account; a stream begins with its job's name, and that with the prefix.
        jobs = {
            "encode": ["/aws/sagemaker/TransformJobs", "/aws/sagemaker/ProcessingJobs"],
            "train": ["/aws/sagemaker/TrainingJobs"],
        }
        groups |= jobs
        if which == "encoder":
            from infra.stacks import Stacks

            endpoint = Stacks(client("cloudformation")).outputs(f"{prefix}-app")["Endpoint"]
            groups["encoder"] = [f"/aws/sagemaker/Endpoints/{endpoint}"]
        if which not in groups:
            stop(f"There is no log {which!r}; name bot, index, encoder, encode, train or build.", 2)
        lines = list(_newest(client("logs"), groups[which], minutes, stream=f"{prefix}-" if which in jobs else ""))
        print("\n".join(lines) or f"Nothing was written in the last {minutes} minutes.")

    @app.command()
    def cost(
        size: Annotated[str, typer.Option(help="dev or prod.")] = "dev",
        products: Annotated[int, typer.Option(min=0)] = 1600,
        questions: Annotated[int, typer.Option(min=0, help="A day.")] = 1000,
        dim: Annotated[int, typer.Option(min=1, help="Length of an embedding; 1024 for RN50.")] = 256,
        provisioned: Annotated[int, typer.Option(min=0, help="Containers kept warm.")] = 0,
    ) -> None:
        """Estimate a month's bill; asks AWS nothing."""
        from infra.cost import estimate

        _print_lines(
            estimate(size=_size(size), products=products, questions_a_day=questions, dim=dim, provisioned=provisioned)
        )

    add_commands(app, env, data_dir)
    add_train(app, data_dir)
    return app


def _newest(logs: Any, groups: Sequence[str], minutes: int, *, stream: str) -> Iterator[str]:
    """The lines of log groups; one that nothing was ever written to is not there."""
    pages = logs.get_paginator("filter_log_events")
    since_ms = int((time.time() - minutes * 60) * 1000)
    for group in groups:
        what = {"logGroupName": group, "startTime": since_ms, **({"logStreamNamePrefix": stream} if stream else {})}
        try:
            for page in pages.paginate(**what):
                yield from (event["message"].rstrip() for event in page["events"])
        except logs.exceptions.ResourceNotFoundException:
            continue


def _size(text: str) -> "Size":
    sizes: dict[str, Size] = {"dev": "dev", "prod": "prod"}
    if text not in sizes:
        stop(f"--size is {text!r}; write dev or prod.", 2)
    return sizes[text]


def _print_cost_of_stack(size: "Size", parameters: Mapping[str, str], products: int, questions: int, dim: int) -> None:
    from infra.cost import estimate_of_stack, have_room, nodes_for, nodes_of_stack

    _print_lines(estimate_of_stack(size, parameters, products=products, questions_a_day=questions, dim=dim))
    is_compressed = parameters.get("StoreCompression", "none") != "none"
    if not is_compressed and not have_room(nodes_of_stack(size, parameters), size, products, dim=dim):
        need = nodes_for(size, products, dim=dim)
        print(
            f"That is too small for {products:,} products: "
            f"--set StoreNode={need.kind} --set StoreNodes={need.count} --set StoreDiskGb={need.disk_gb}"
        )


def _print_lines(lines: "Sequence[Line]") -> None:
    print(
        f"About ${sum(line.usd for line in lines):,.0f} a month (list prices, us-east-1; docs/aws.md has the formula):"
    )
    for line in lines:
        print(f"  {line.usd:10,.2f}  {line.what}")
