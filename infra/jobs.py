"""What SageMaker's API is asked for in, a transform, processing or training job started and followed out, by its SDK.

The SDK is version 3's core (`sagemaker-core`), 300 MB and two seconds to import: an extra of its own, loaded here only.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from botocore.exceptions import ClientError


class NoSdk(Exception):
    """The SageMaker SDK is not installed; the message says how to get it."""


@dataclass(frozen=True, slots=True)
class State:
    """How a job stands."""

    status: str
    """InProgress, Completed, Failed, Stopping, Stopped."""
    reason: str = ""
    """Why it failed, in SageMaker's words."""
    result: str = ""
    """Of a training job that is complete: the address of its model.tar.gz."""

    @property
    def has_ended(self) -> bool:
        return self.status in {"Completed", "Failed", "Stopped"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """What a model of SageMaker's is made of: a job that runs the same is the same encoder."""

    image: str
    role: str
    archive: str = ""
    """Address of its model.tar.gz; empty where the model is in the image."""


class Jobs(Protocol):
    """Starts jobs and tells how they stand."""

    def start_transform(self, request: Mapping[str, Any]) -> None:
        """Start what `CreateTransformJob` describes."""
        ...

    def transform(self, name: str) -> State | None:
        """How a transform job stands; None where there is none of that name."""
        ...

    def start_processing(self, request: Mapping[str, Any]) -> None:
        """Start what `CreateProcessingJob` describes."""
        ...

    def processing(self, name: str) -> State | None:
        """How a processing job stands; None where there is none of that name."""
        ...

    def served(self, model: str) -> Served | None:
        """What a model is made of; None where there is none of that name."""
        ...

    def start_training(self, request: Mapping[str, Any]) -> None:
        """Start what `CreateTrainingJob` describes."""
        ...

    def training(self, name: str) -> State | None:
        """How a training job stands; None where there is none of that name."""
        ...


class SdkJobs:
    """See `Jobs`: the SDK's `TransformJob`, `ProcessingJob` and `TrainingJob`."""

    def __init__(self, session: Any) -> None:
        """Load the SDK.

        Args:
            session: boto3's, with the account and region.

        Raises:
            NoSdk: it is not installed.
        """
        try:
            from sagemaker.core import image_uris, resources
            from sagemaker.core.utils.code_injection.codec import pascal_to_snake
        except ModuleNotFoundError as error:
            raise NoSdk('This needs the SageMaker SDK: pip install -e ".[aws,sagemaker]" in the checkout.') from error
        for name in ("sagemaker", "sagemaker.core", "sagemaker.core.resources"):
            logging.getLogger(name).setLevel(logging.WARNING)  # it tells each call, in colours
        self._session, self._resources, self._image_uris = session, resources, image_uris
        self._snake = pascal_to_snake

    def start_transform(self, request: Mapping[str, Any]) -> None:
        self._resources.TransformJob.create(**self._in_its_words(request), session=self._session)

    def transform(self, name: str) -> State | None:
        job = self._found(self._resources.TransformJob, transform_job_name=name)
        return job and State(job.transform_job_status, _text(job.failure_reason))

    def start_processing(self, request: Mapping[str, Any]) -> None:
        self._resources.ProcessingJob.create(**self._in_its_words(request), session=self._session)

    def processing(self, name: str) -> State | None:
        job = self._found(self._resources.ProcessingJob, processing_job_name=name)
        # What the instances say themselves; SageMaker knows their exit code.
        return job and State(job.processing_job_status, _text(job.exit_message).strip() or _text(job.failure_reason))

    def served(self, model: str) -> Served | None:
        try:
            found = self._session.client("sagemaker").describe_model(ModelName=model)
        except ClientError as error:
            if error.response["Error"]["Code"] in _NO_SUCH:
                return None
            raise
        container = found["PrimaryContainer"]
        return Served(
            image=container["Image"], role=found["ExecutionRoleArn"], archive=container.get("ModelDataUrl", "")
        )

    def start_training(self, request: Mapping[str, Any]) -> None:
        self._resources.TrainingJob.create(**self._in_its_words(request), session=self._session)

    def training(self, name: str) -> State | None:
        job = self._found(self._resources.TrainingJob, training_job_name=name)
        if job is None:
            return None
        status, reason = job.training_job_status, _text(job.failure_reason)
        artifacts = job.model_artifacts if status == "Completed" else None
        return State(status, reason, _text(getattr(artifacts, "s3_model_artifacts", "")))

    def training_image(self, instance: str) -> str:
        """AWS's PyTorch training container for an instance type, in this region."""
        uri: str = self._image_uris.retrieve(
            "pytorch",
            self._session.region_name,
            version="2.8",
            py_version="py312",
            instance_type=instance,
            image_scope="training",
        )
        return uri

    def _found(self, kind: Any, **name: str) -> Any:
        try:
            return kind.get(**name, session=self._session)
        except ClientError as error:
            if error.response["Error"]["Code"] in _NO_SUCH:
                return None
            raise

    def _in_its_words(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The API's names as the SDK's: `MaxPayloadInMB` is `max_payload_in_mb`. What people name stays as it is."""
        return {
            self._snake(name): value if name in _NAMED_BY_PEOPLE else self._renamed(value)
            for name, value in request.items()
        }

    def _renamed(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return self._in_its_words(value)
        return [self._renamed(each) for each in value] if isinstance(value, list) else value


_NO_SUCH = frozenset({"ValidationException", "ResourceNotFound", "ResourceNotFoundException"})
_NAMED_BY_PEOPLE = frozenset({"HyperParameters", "Environment", "Tags"})


def _text(value: Any) -> str:
    """The SDK has an object of its own for what the service left out."""
    return value if isinstance(value, str) else ""
