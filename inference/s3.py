"""An `s3://bucket/key` URI in, the object's bytes out."""

from collections.abc import Callable
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError


def reader() -> Callable[[str], bytes]:
    """A function that reads objects with the credentials of the place where it runs.

    It raises `OSError` where there is no such object or it may not be read.
    """
    client = boto3.client("s3")

    def read(uri: str) -> bytes:
        parts = urlsplit(uri)
        if parts.scheme != "s3" or not parts.netloc:
            raise OSError("not an s3:// address")
        try:
            content: bytes = client.get_object(Bucket=parts.netloc, Key=parts.path.lstrip("/"))["Body"].read()
        except (ClientError, BotoCoreError) as error:
            raise OSError(f"the object cannot be read: {type(error).__name__}") from error
        return content

    return read
