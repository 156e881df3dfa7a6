"""An installation's name in, nothing left of it out: buckets emptied, stacks deleted, and looked for afterwards."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from infra.stacks import DeployFailed, Stacks

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

Tell = Callable[[str], None]


def remove(prefix: str, stacks: Stacks, s3: "S3Client", tell: Tell) -> None:
    """Delete both stacks and all that is in their buckets. Run again, it goes on where it stopped.

    Raises:
        DeployFailed: something could not be deleted.
    """
    stacks.delete(f"{prefix}-app", tell)
    for bucket in buckets(prefix, s3):
        tell(f"Emptying {bucket}")
        empty(bucket, s3)
    stacks.delete(f"{prefix}-base", tell)


def left_over(prefix: str, client: Callable[[str], Any]) -> list[str]:
    """What an installation still has: a sentence each, none where all is gone."""
    s3, stacks = client("s3"), Stacks(client("cloudformation"))
    found = [f"the stack {name}" for name in (f"{prefix}-app", f"{prefix}-base") if stacks.status(name)]
    found += [f"the bucket {bucket}" for bucket in buckets(prefix, s3)]
    tables = client("dynamodb").get_paginator("list_tables").paginate()
    found += [f"the table {t}" for page in tables for t in page["TableNames"] if t == f"{prefix}-memory"]
    sagemaker = client("sagemaker")
    endpoints = sagemaker.get_paginator("list_endpoints").paginate(NameContains=prefix)
    found += [
        f"the endpoint {e['EndpointName']}"
        for page in endpoints
        for e in page["Endpoints"]
        if e["EndpointName"].startswith(f"{prefix}-")
    ]
    groups = client("logs").get_paginator("describe_log_groups").paginate(logGroupNamePrefix=f"/{prefix}/")
    found += [f"the log group {group['logGroupName']}" for page in groups for group in page["logGroups"]]
    secrets = client("secretsmanager").get_paginator("list_secrets").paginate()
    found += [
        f"the secret {secret['Name']}"
        for page in secrets
        for secret in page["SecretList"]
        if secret["Name"].startswith(f"{prefix}/") and not secret.get("DeletedDate")
    ]
    domains = client("opensearch").list_domain_names()["DomainNames"]
    return found + [f"the OpenSearch domain {prefix}" for domain in domains if domain["DomainName"] == prefix]


def buckets(prefix: str, s3: "S3Client") -> list[str]:
    """The installation's own buckets."""
    names = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    return [name for name in names if name.startswith((f"{prefix}-data-", f"{prefix}-pictures-"))]


def empty(bucket: str, s3: "S3Client") -> None:
    """Delete every object, with its versions.

    Raises:
        DeployFailed: an object could not be deleted.
    """
    # From the start each time, a page of 1,000 at most: what a page ends with is gone before the next is asked for.
    while keys := list(_versions(s3.list_object_versions(Bucket=bucket))):
        done = s3.delete_objects(Bucket=bucket, Delete={"Objects": keys, "Quiet": True})
        if errors := done.get("Errors"):
            raise DeployFailed(f"{bucket} cannot be emptied: {errors[0].get('Message', 'no reason was given')}")


def _versions(page: Any) -> Iterator[Any]:
    for kind in ("Versions", "DeleteMarkers"):
        yield from ({"Key": v["Key"], "VersionId": v["VersionId"]} for v in page.get(kind, []))
