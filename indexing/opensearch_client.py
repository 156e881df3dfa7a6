"""Settings in, a client of OpenSearch out; its library's errors in, our own with a sentence out."""

import gzip
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import orjson
import tenacity
from opensearchpy import (
    AuthenticationException,
    AuthorizationException,
    ConnectionError,  # noqa: A004 the library's name for it
    ConnectionTimeout,
    JSONSerializer,
    NotFoundError,
    OpenSearch,
    OpenSearchException,
    SSLError,
    TransportError,
    Urllib3AWSV4SignerAuth,
    Urllib3HttpConnection,
)

from indexing.opensearch_settings import OpenSearchSettings
from indexing.settings import BadSetting
from indexing.store import NoCatalogue, StoreUnavailable

Answer = TypeVar("Answer")
BUSY = frozenset((408, 429, 502, 503, 504))
"""What a server answers that may do better in a moment."""


class FastJson(JSONSerializer):
    """JSON by orjson, numpy arrays included."""

    def dumps(self, data: Any) -> Any:
        """The data as JSON text; text and bytes as they are."""
        if isinstance(data, (str, bytes)):
            return data
        return orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: str) -> Any:
        """The value of a JSON text."""
        return orjson.loads(s)


class Connection(Urllib3HttpConnection):
    """Compresses lightly: a body of vectors shrinks as much at level 1 as at 9, in a fifth of the time."""

    def _gzip_compress(self, body: Any) -> bytes:
        return gzip.compress(body, compresslevel=1)


def connect(settings: OpenSearchSettings, *, timeout_s: float | None = None) -> OpenSearch:
    """A client that verifies TLS, compresses, and tries the other nodes of the cluster where one is away.

    A call may take `timeout_s`, else what the settings allow a search.

    Raises:
        BadSetting: the settings cannot be used, or boto3 is missing where AWS signatures are asked for.
    """
    settings.check()
    # The library logs each failed request, some with their bodies; errors are told by us, and texts are never logged.
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    return OpenSearch(
        list(settings.urls),
        http_auth=_credentials(settings),
        verify_certs=True,
        ssl_show_warn=True,
        http_compress=settings.compresses and not settings.is_loopback,
        connection_class=Connection,
        serializer=FastJson(),
        timeout=timeout_s or settings.timeout_s,
        # Another node is asked at once; how often in all is the caller's to decide.
        max_retries=len(settings.urls) - 1,
        retry_on_status=(),
        retry_on_timeout=False,
        pool_maxsize=max(16, 2 * settings.bulk_threads),
    )


def _credentials(settings: OpenSearchSettings) -> Any:
    if settings.access == "basic":
        return (settings.user, settings.password)
    if settings.access == "es":
        try:
            import boto3
        except ImportError as error:
            raise BadSetting("Access by AWS signature needs boto3: pip install -e '.[aws]' in the checkout.") from error
        found = boto3.Session().get_credentials()
        if found is None:
            raise BadSetting("There are no AWS credentials here; run aws configure, or give this machine a role.")
        return Urllib3AWSV4SignerAuth(found, settings.region, settings.access)
    return None


def sentence_of(error: Exception, where: str) -> str:
    """What an error of the library means for the one who runs this, and the mend; no secrets, no bodies."""
    if isinstance(error, AuthenticationException):
        return f"OpenSearch at {where} refused the credentials; check the user and password, or the AWS role."
    if any(sign in reason_of(error) for sign in ("disk usage exceeded", "read-only", "blocked by")):
        return f"OpenSearch at {where} is read-only, most often because its disk is full; free space and try again."
    if isinstance(error, AuthorizationException):
        return f"OpenSearch at {where} does not allow this to these credentials; see infra/policies for what is needed."
    if isinstance(error, SSLError):
        return f"The certificate of OpenSearch at {where} could not be verified; check the address and the certificate."
    if isinstance(error, ConnectionTimeout):
        return f"OpenSearch at {where} did not answer in time."
    if isinstance(error, ConnectionError):
        return f"OpenSearch at {where} cannot be reached; check LOOKSEE_OPENSEARCH_URL and that it is running."
    if isinstance(error, TransportError) and error.status_code in BUSY:
        return f"OpenSearch at {where} is busy ({error.status_code}); try again in a minute."
    return f"OpenSearch at {where} refused the request: {reason_of(error)}."


def reason_of(error: Exception) -> str:
    """The server's own reason, short."""
    info = getattr(error, "info", None)
    told = info.get("error", "") if isinstance(info, dict) else ""
    if isinstance(told, dict):
        causes = told.get("root_cause") or [told]
        told = causes[0].get("reason") or told.get("reason") or told.get("type") or ""
    return str(told or getattr(error, "error", "") or type(error).__name__)[:300].rstrip(".")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn the library's errors into `StoreUnavailable`, or `NoCatalogue` for an index that is not there."""
    try:
        yield
    except NotFoundError as error:
        raise NoCatalogue(f"The index is not there: {reason_of(error)}.") from error
    except OpenSearchException as error:
        raise StoreUnavailable(sentence_of(error, where)) from error


def is_passing(error: BaseException) -> bool:
    """True where the same call may succeed in a moment."""
    if isinstance(error, (AuthenticationException, SSLError)):
        return False
    return isinstance(error, ConnectionError) or (isinstance(error, TransportError) and error.status_code in BUSY)


def patiently(call: Callable[[], Answer], patience_s: float) -> Answer:
    """Call until it succeeds, waiting with jitter while the server is busy or away, `patience_s` at most."""
    retry = tenacity.Retrying(
        retry=tenacity.retry_if_exception(is_passing),
        wait=tenacity.wait_random_exponential(multiplier=0.2, max=10),
        stop=tenacity.stop_after_delay(patience_s),
        reraise=True,
    )
    return retry(call)
