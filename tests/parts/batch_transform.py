"""What a batch transform does with our jobs: each object of the input is posted, its answer stored as `.out`."""

from typing import Any
from urllib.parse import urlsplit

import httpx


def run_transform(s3: Any, job: dict[str, Any], server: str, *, most: int | None = None) -> int:
    """Do a job against a server.

    Args:
        s3: a client.
        job: as `create_transform_job` takes it.
        server: the address of the model's container.
        most: objects after which the instance dies.

    Returns:
        How many objects were answered.
    """
    given, wanted = job["TransformInput"], job["TransformOutput"]
    source, target = urlsplit(given["DataSource"]["S3DataSource"]["S3Uri"]), urlsplit(wanted["S3OutputPath"])
    listed = s3.list_objects_v2(Bucket=source.netloc, Prefix=source.path.lstrip("/")).get("Contents", [])
    for count, found in enumerate(listed):
        if count == most:
            return count
        body = s3.get_object(Bucket=source.netloc, Key=found["Key"])["Body"].read()
        assert len(body) <= job["MaxPayloadInMB"] * 1024**2
        headers = {"content-type": given["ContentType"], "accept": wanted["Accept"]}
        answer = httpx.post(f"{server}/invocations", content=body, headers=headers, timeout=120, trust_env=False)
        assert answer.status_code == 200, answer.text
        name = found["Key"].removeprefix(source.path.lstrip("/"))
        s3.put_object(Bucket=target.netloc, Key=f"{target.path.lstrip('/')}{name}.out", Body=answer.content)
    return len(listed)
