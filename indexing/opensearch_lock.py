"""A catalogue's name in, its build lock out: a document that is taken, kept alive, and given back.

The holder renews it; one that was killed is recognised at once on its own machine, and elsewhere when it has not
renewed the lock for `LEASE_S`.
"""

import logging
import os
import platform
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from opensearchpy import ConflictError, NotFoundError, OpenSearch, OpenSearchException

from indexing.generation import BuildRefused
from indexing.opensearch_client import patiently, translated

log = logging.getLogger(__name__)

LEASE_S = 60.0
RENEW_S = 10.0
BODY = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {"dynamic": "strict", "properties": {"holder": {"type": "object", "enabled": False}}},
}


class BuildLock:
    """The right to build one catalogue."""

    def __init__(self, client: OpenSearch, *, index: str, catalogue: str, source: str, where: str):
        """Prepare to take the lock of `catalogue` in `index`."""
        self._client = client
        self._index = index
        self._catalogue = catalogue
        self._where = where
        self._mine = {
            "machine": platform.node(),
            "process": os.getpid(),
            "thread": f"{threading.get_ident()}-{time.monotonic_ns()}",
            "begun": datetime.now(UTC).isoformat(timespec="seconds"),
            "source": source,
        }
        self._version: dict[str, Any] = {}
        self._ended = threading.Event()
        self.is_lost = threading.Event()
        """Set where another build took the lock over."""

    def take(self) -> Callable[[], None]:
        """Take the lock; what gives it back comes back.

        Raises:
            BuildRefused: another build holds it; the sentence names it.
        """
        with translated(self._where):
            if not self._client.indices.exists(index=self._index):
                self._client.indices.create(index=self._index, body=BODY, params={"ignore": 400})
            try:
                self._keep(self._write(op_type="create"))
            except ConflictError:
                self._take_over()
        threading.Thread(target=self._renew, name="build lock", daemon=True).start()
        return self._give_back

    def _take_over(self) -> None:
        try:
            held = self._client.get(index=self._index, id=self._catalogue)
        except NotFoundError:
            self._keep(self._write(op_type="create"))
            return
        holder = held["_source"]["holder"]
        if not _has_ended(holder):
            raise BuildRefused(
                f"Another build of the catalogue {self._catalogue} is running (process {holder['process']} on "
                f"{holder['machine']}, begun {holder['begun']}, of {holder['source']}); wait until it has ended."
            )
        try:
            self._keep(self._write(if_seq_no=held["_seq_no"], if_primary_term=held["_primary_term"]))
        except ConflictError as error:
            raise BuildRefused(f"Another build of the catalogue {self._catalogue} began just now.") from error

    def _write(self, **condition: Any) -> Any:
        holder = self._mine | {"renewed": time.time()}
        return self._client.index(
            index=self._index, id=self._catalogue, body={"holder": holder}, params={"refresh": "true", **condition}
        )

    def _keep(self, answer: Any) -> None:
        self._version = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}

    def _renew(self) -> None:
        while not self._ended.wait(RENEW_S):
            try:
                self._keep(self._write(**self._version))
            except ConflictError:
                if not self._is_still_mine():
                    self.is_lost.set()
                    return
            except OpenSearchException:
                log.warning("the build lock could not be renewed; it is tried again")

    def _is_still_mine(self) -> bool:
        """A renewal whose answer was lost moved the version on; then the lock is still ours."""
        try:
            held = self._client.get(index=self._index, id=self._catalogue)
        except OpenSearchException:
            return False
        self._keep(held)
        return bool(held["_source"]["holder"]["thread"] == self._mine["thread"])

    def _give_back(self) -> None:
        if self._ended.is_set():
            return
        self._ended.set()
        try:
            if self._is_still_mine():
                patiently(
                    lambda: self._client.delete(index=self._index, id=self._catalogue, params=self._version), 10.0
                )
        except OpenSearchException:
            log.warning("the build lock could not be given back; it ends by itself")


def _has_ended(holder: dict[str, Any]) -> bool:
    if time.time() - float(holder["renewed"]) > LEASE_S:
        return True
    if holder["machine"] != platform.node():
        return False
    try:
        os.kill(int(holder["process"]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
