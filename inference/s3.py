"""An `s3://bucket/key` URI in, the object's bytes out."""

from collections.abc import Callable
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

_AT_ONCE = 32
_GONE = frozenset({"NoSuchKey", "NoSuchBucket", "404"})


def reader(*, most_bytes: int | None = None) -> Callable[[str], bytes]:
    """A function that reads objects with the credentials of the place where it runs. Thread-safe.

    It raises `FileNotFoundError` where there is no such object, and another `OSError` where it is larger than
    `most_bytes` or may not be read.
    """
    client = boto3.client("s3", config=Config(max_pool_connections=_AT_ONCE, retries={"mode": "standard"}))

    def read(uri: str) -> bytes:
        parts = urlsplit(uri)
        if parts.scheme != "s3" or not parts.netloc:
            raise OSError("not an s3:// address")
        try:
            found = client.get_object(Bucket=parts.netloc, Key=parts.path.lstrip("/"))
            if most_bytes is not None and found["ContentLength"] > most_bytes:
                raise OSError(f"the object is larger than {most_bytes / 1e6:.0f} MB")
            content: bytes = found["Body"].read()
        except ClientError as error:
            if error.response.get("Error", {}).get("Code", "") in _GONE:
                raise FileNotFoundError("the object is not there") from error
            raise OSError(f"the object cannot be read: {type(error).__name__}") from error
        except BotoCoreError as error:
            raise OSError(f"the object cannot be read: {type(error).__name__}") from error
        return content

    return read
