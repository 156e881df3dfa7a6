"""A run's unanswered manifests in, a SageMaker Processing job's request out: the encoder on several instances at once.

Image, role and model are those that the endpoint has; `infra/processing_entry.py` is what each instance runs. No
instance is in the network of the store: what they write are answers in S3 (docs/adr/0007).
"""

import math
from typing import Any

from indexing.aws_run import Run
from infra.jobs import Served

ROOT = "/opt/ml"
_MANIFEST_S = 900
"""The same patience for 1,000 pictures as a transform's request has."""
_START_S = 1800
_LONGEST_S = 5 * 24 * 3600


def processing_job(run: Run, served: Served, *, name: str, manifests: int, instance: str, count: int) -> dict[str, Any]:
    """What `CreateProcessingJob` is asked for.

    Args:
        run: whose vectors are made; `note_job` has written what this job is given.
        served: the model that the endpoint serves.
        name: of the job.
        manifests: how many it is given.
        instance: their type.
        count: how many share them; fewer start where there are fewer manifests.
    """
    instances = min(count, manifests)
    longest_s = _START_S + _MANIFEST_S * math.ceil(manifests / instances)
    return {
        "ProcessingJobName": name,
        "RoleArn": served.role,
        "AppSpecification": {
            "ImageUri": served.image,
            "ContainerEntrypoint": ["python3", "-m", "infra.processing_entry"],
            "ContainerArguments": [ROOT, run.uri, name, *([served.archive] if served.archive else [])],
        },
        "ProcessingResources": {
            "ClusterConfig": {"InstanceType": instance, "InstanceCount": instances, "VolumeSizeInGB": 30}
        },
        # A job that hangs must end: it is paid for by the hour.
        "StoppingCondition": {"MaxRuntimeInSeconds": min(longest_s, _LONGEST_S)},
    }
