"""A run's manifests in, their answers out: a job on SageMaker started, or gone on with, and followed to its end."""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError

from indexing import aws_run
from indexing.aws_run import Form, Run
from indexing.aws_transform import transform_job
from infra.bar import bar
from infra.installation import Installation
from infra.jobs import Jobs, State
from infra.processing import processing_job

Tell = Callable[[str], None]
_KINDS: Mapping[Form, str] = {
    "manifests": "manifests of up to 1,000 pictures",
    "article": "pictures, one a request",
    "shards": "manifests of up to 1,000 pictures or words",
}


class EncodeFailed(Exception):
    """A stage did not come to its end; the message says why, and the same command goes on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class How:
    """How a catalogue is encoded."""

    instance: str = "ml.c5.xlarge"
    count: int = 1
    form: Form = "manifests"
    """`shards` is a Processing job whose instances each take their share; the others are transforms."""
    limit: int | None = None
    """Read this many rows at most."""
    poll_s: float = 15.0
    """Seconds between two looks at a job."""


def answered(s3: Any, jobs: Jobs, run: Run, where: Installation, how: How, tell: Tell) -> Iterator[str]:
    """Wait for the job that runs, if one does; then start one for what has no answer, and wait for it.

    Args:
        s3: a client.
        jobs: starts them.
        run: whose manifests are written.
        where: the installation.
        how: form, instances.
        tell: given a line at each stage.

    Yields:
        The name of each job, when it has ended.

    Raises:
        EncodeFailed: SageMaker refuses the job, or it left something without an answer.
    """
    before = aws_run.started_jobs(s3, run)
    last = before[-1] if before else ""
    state = _state(jobs, last) if last else None
    if state is not None and not state.has_ended:
        tell(f"Going on with the job {last}, which is {state.status}.")
        _wait(s3, jobs, run, last, how, tell)
        yield last
    left = aws_run.unanswered(s3, run, how.form)
    if not left:
        tell("Every picture is encoded.")
        return
    name = f"{where.prefix}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    tell(f"Starting the job {name} for {len(left):,} {_KINDS[how.form]} on {how.count} {how.instance}.")
    try:
        _start(s3, jobs, run, where, how, name, left)
    except ClientError as error:
        raise EncodeFailed(f"SageMaker refuses the job: {error.response['Error'].get('Message')}") from error
    state = _wait(s3, jobs, run, name, how, tell)
    yield name
    still = aws_run.unanswered(s3, run, how.form)
    if not still:
        return
    why = " ".join(state.reason.split()).rstrip(".") or "it gave no reason"
    if how.form == "article" and len(still) < len(left):
        # One bad picture fails a job of this form; the rest is good, and the ingest says what is wrong with that one.
        tell(f"{len(still):,} pictures have no answer ({why}); the index is built without the job for them.")
        return
    raise EncodeFailed(
        f"The job {name} ended ({state.status}: {why}) and {len(still):,} of {len(left):,} have no answer; the same "
        "command goes on with those. `looksee aws logs encode` has the container's own words."
    )


def _start(s3: Any, jobs: Jobs, run: Run, where: Installation, how: How, name: str, left: list[str]) -> None:
    if how.form == "shards":
        served = jobs.served(where.model)
        if served is None:
            raise EncodeFailed(f"SageMaker knows no model {where.model}; run `looksee aws deploy` to make it again.")
        aws_run.note_job(s3, run, name, left)
        jobs.start_processing(
            processing_job(run, served, name=name, manifests=len(left), instance=how.instance, count=how.count)
        )
        return
    listed = aws_run.note_job(s3, run, name, left)
    jobs.start_transform(
        transform_job(run, listed, name=name, model=where.model, instance=how.instance, count=how.count, form=how.form)
    )


def _state(jobs: Jobs, name: str) -> State | None:
    """A run's jobs may be of either kind: the next command may name another number of instances."""
    return jobs.transform(name) or jobs.processing(name)


def _wait(s3: Any, jobs: Jobs, run: Run, name: str, how: How, tell: Tell) -> State:
    given = set(aws_run.given(s3, run, name))
    with bar("Encoding", len(given)) as shown:
        while True:
            state = _state(jobs, name)
            if state is None:
                raise EncodeFailed(f"SageMaker knows no job {name}; start the same command again.")
            shown.is_at(len(given) - len(given.intersection(aws_run.unanswered(s3, run, how.form))))
            if state.has_ended:
                tell(f"The job {name} is {state.status}.")
                return state
            time.sleep(how.poll_s)
