"""Rows in, one generation's index filled out: bulk requests in several threads, patient, each row accounted for."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeAlias

import msgspec
import orjson
from opensearchpy import OpenSearch, TransportError

from indexing.checked_rows import checked_rows
from indexing.generation import BuildRefused, Calibration, Generation, Reject, Row, RowHashes
from indexing.opensearch_client import BUSY, patiently, translated
from indexing.opensearch_index import documents_of, encoded, meta_of, picture_id, unpacked, words_id
from indexing.opensearch_settings import OpenSearchSettings
from indexing.store import StoreUnavailable

Told: TypeAlias = tuple[dict[str, str], set[str]]
"""Of documents sent: the server's reasons by id for those refused, and the ids that were there before."""

PARTS_A_THREAD = 4
SEGMENT_BYTES = 32_000_000
"""Of vectors, after which a segment is closed where all are merged in the end: a graph is built twice as fast while its
vectors fit the processor's cache."""
PAGE = 10_000
PICTURES_LOOKED_FOR = 4
"""Pictures of a product that are looked for at a time where it may have fewer than before."""
PRODUCTS_LOOKED_FOR = 1_000
BULK_TIMEOUT_S = 60.0
SHARD_TIMEOUT = "20s"
"""How long the server itself waits for a shard whose node is away, before it says that it is."""
MERGE_TIMEOUT_S = 3600.0
SCATTERED = 0.1
"""An update that changes less than this is not merged: a merge writes the whole index anew."""


class OpenSearchWriter:
    """The `GenerationWriter` of OpenSearch."""

    def __init__(
        self,
        client: OpenSearch,
        settings: OpenSearchSettings,
        *,
        index: str,
        generation: Generation,
        is_lost: threading.Event,
        release: Callable[[], None],
    ):
        """Fill `index`; `is_lost` is set where another build took the lock over, `release` gives the lock back."""
        self._client = client
        self._settings = settings
        self._index = index
        self._generation = generation
        self._is_lost = is_lost
        self._release = release
        self._where = settings.urls[0]
        self._pool = ThreadPoolExecutor(settings.bulk_threads, thread_name_prefix="bulk")
        self._open_bytes = 0

    @property
    def generation(self) -> Generation:
        """See `GenerationWriter.generation`."""
        return self._generation

    def known(self) -> Iterator[tuple[str, RowHashes, tuple[tuple[str, str], ...]]]:
        """See `GenerationWriter.known`."""
        self._patiently(lambda: self._client.indices.refresh(index=self._index, params={"request_timeout": 60}))
        asked = self._pool.submit(self._page, None)
        while True:
            page = asked.result()
            if len(page) == PAGE:  # the server looks for the next one while this one is unpacked
                asked = self._pool.submit(self._page, page[-1]["sort"])
            for hit in page:
                if "fields" in hit:  # an index of before 0.1 has none: its rows are written anew
                    hashes, pictures = unpacked(hit["fields"]["row"][0])
                    yield hit["sort"][0], hashes, pictures
            if len(page) < PAGE:
                return

    def write(self, rows: Sequence[Row]) -> list[Reject]:
        """See `GenerationWriter.write`."""
        good, refused = checked_rows(rows, self._generation.dim)
        problems, existed = _together(self._pool.map(self._write_part, self._parts(good)))
        kept = {picture_id(row.product.id, picture.index) for row in good for picture in row.pictures}
        stale = [row.product.id for row in good if words_id(row.product.id) in existed]
        self._remove([name for name in self._pictures_of(stale) if name not in kept])
        for row in good:
            reason = problems.get(words_id(row.product.id))
            if reason is not None:
                refused.append(Reject(row=0, product_id=row.product.id, reason=reason))
                self._remove([picture_id(row.product.id, picture.index) for picture in row.pictures])
                continue
            for picture in row.pictures:
                reason = problems.get(picture_id(row.product.id, picture.index))
                if reason is not None:
                    uri = row.product.pictures[picture.index]
                    refused.append(Reject(row=0, product_id=row.product.id, reason=reason, picture=uri))
        if self._settings.merges:
            self._close_large_segments(good)
        return refused

    def delete(self, ids: Sequence[str]) -> None:
        """See `GenerationWriter.delete`."""
        self._remove([*map(words_id, ids), *self._pictures_of(ids)])

    def finish(self, calibration: Calibration) -> Generation:
        """See `GenerationWriter.finish`."""
        indices, index = self._client.indices, self._index
        slow = {"request_timeout": MERGE_TIMEOUT_S}
        self._patiently(lambda: indices.refresh(index=index, params={"request_timeout": 120}))
        # Only what is committed is merged without the copy that a node keeps for the recovery of others.
        self._patiently(lambda: indices.flush(index=index, params={"request_timeout": 120}))
        if self._settings.merges and self._is_scattered():
            self._patiently(lambda: indices.forcemerge(index=index, params=slow | {"max_num_segments": 1}))
        vectors = self._count({"match_all": {}})
        products = self._count({"term": {"kind": "words"}})
        self._generation = msgspec.structs.replace(
            self._generation, products=products, vectors=vectors, is_complete=True, calibration=calibration
        )
        finished = {
            "index.number_of_replicas": self._settings.replicas,
            "index.refresh_interval": None,
            "index.merge.policy.segments_per_tier": None,
            "index.blocks.write": True,  # a finished one is never edited, and a clone needs it
        }
        self._patiently(lambda: indices.put_mapping(index=index, body={"_meta": meta_of(self._generation)}))
        self._patiently(lambda: indices.put_settings(index=index, body=finished))
        return self._generation

    def close(self) -> None:
        """See `GenerationWriter.close`."""
        self._pool.shutdown(wait=True)
        self._release()

    def _page(self, after: list[Any] | None) -> list[dict[str, Any]]:
        """Hits of the words' documents, in the order of their products, from where another page ended."""
        body: dict[str, Any] = {
            "size": PAGE,
            "query": {"term": {"kind": "words"}},
            "sort": [{"product_id": "asc"}],
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["row"],
            **({"search_after": after} if after else {}),
        }
        told = self._patiently(
            lambda: self._client.search(index=self._index, body=body, params={"request_timeout": 60})
        )
        hits: list[dict[str, Any]] = told["hits"]["hits"]
        return hits

    def _is_scattered(self) -> bool:
        """True where a merge is worth its time: more than a tenth of a shard lies outside its largest segment."""
        told = self._patiently(lambda: self._client.indices.segments(index=self._index))
        for copies in told["indices"][self._index]["shards"].values():
            counts = [segment["num_docs"] for segment in copies[0]["segments"].values()]
            deleted = sum(segment["deleted_docs"] for segment in copies[0]["segments"].values())
            if sum(counts) - max(counts, default=0) + deleted > SCATTERED * sum(counts):
                return True
        return False

    def _count(self, query: dict[str, Any]) -> int:
        return int(self._patiently(lambda: self._client.count(index=self._index, body={"query": query}))["count"])

    def _close_large_segments(self, rows: Sequence[Row]) -> None:
        self._open_bytes += 4 * self._generation.dim * sum(len(row.pictures) + 1 for row in rows)
        if self._open_bytes >= SEGMENT_BYTES:
            self._open_bytes = 0
            self._patiently(lambda: self._client.indices.refresh(index=self._index, params={"request_timeout": 120}))

    def _parts(self, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        """Several for each thread: while one encodes, the others keep the server busy, and all end at about a time."""
        step = -(-len(rows) // (self._settings.bulk_threads * PARTS_A_THREAD)) or 1
        return (rows[at : at + step] for at in range(0, len(rows), step))

    def _write_part(self, rows: Sequence[Row]) -> Told:
        return self._bulk(
            [(name, encoded(self._index, name, told)) for row in rows for name, told in documents_of(row)]
        )

    def _bulk(self, lines: Sequence[tuple[str, bytes]]) -> Told:
        """Send documents, or deletions; the server's reasons by id, and ids that were there before."""
        return _together(self._bulk_one(chunk) for chunk in self._chunks(lines))

    def _chunks(self, lines: Sequence[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
        chunk: list[tuple[str, bytes]] = []
        size = 0
        for entry in lines:
            chunk.append(entry)
            size += len(entry[1])
            if size >= self._settings.bulk_bytes:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def _bulk_one(self, chunk: list[tuple[str, bytes]]) -> Told:
        problems: dict[str, str] = {}
        existed: set[str] = set()
        left = chunk

        def send() -> None:
            nonlocal left
            self._check_lock()
            body = b"".join(line for _, line in left)
            answer = self._client.bulk(
                index=self._index,
                body=body,
                params={
                    "request_timeout": BULK_TIMEOUT_S,
                    "timeout": SHARD_TIMEOUT,
                    "filter_path": "errors,items.*.status,items.*.result,items.*.error",
                },
            )
            again, reason = [], ""
            for (name, line), item in zip(left, answer["items"], strict=True):
                (told,) = item.values()
                if told["status"] in BUSY:
                    again.append((name, line))
                    reason = _sentence(told.get("error", {}))
                elif "error" in told:
                    problems[name] = _sentence(told["error"])
                elif told.get("result") == "updated":
                    existed.add(name)
            left = again
            if left:
                raise _StillBusy(429, reason, {})

        self._patiently(send)
        return problems, existed

    def _remove(self, names: Sequence[str]) -> None:
        if names:
            lines = [(name, orjson.dumps({"delete": {"_index": self._index, "_id": name}}) + b"\n") for name in names]
            self._bulk(lines)

    def _pictures_of(self, ids: Sequence[str]) -> list[str]:
        """The documents that are there of these products' pictures."""
        found: list[str] = []
        left, first = list(ids), 0
        while left:
            there: set[str] = set()
            for at in range(0, len(left), PRODUCTS_LOOKED_FOR):
                some = left[at : at + PRODUCTS_LOOKED_FOR]
                names = [picture_id(product_id, first + i) for product_id in some for i in range(PICTURES_LOOKED_FOR)]
                answer = self._patiently(
                    lambda names=names: self._client.mget(  # type: ignore[misc]
                        index=self._index, body={"ids": names}, params={"_source": "false"}
                    )
                )
                there.update(name for name, told in zip(names, answer["docs"], strict=True) if told.get("found"))
            found += sorted(there)
            more = range(first, first + PICTURES_LOOKED_FOR)
            left = [product_id for product_id in left if any(picture_id(product_id, i) in there for i in more)]
            first += PICTURES_LOOKED_FOR
        return found

    def _patiently(self, call: Callable[[], Any]) -> Any:
        try:
            with translated(self._where):
                return patiently(call, self._settings.patience_s)
        except StoreUnavailable as error:
            message = f"{error} The build stopped; run the same command again, and it goes on where it was."
            raise StoreUnavailable(message) from error

    def _check_lock(self) -> None:
        if self._is_lost.is_set():
            raise BuildRefused("Another build took this catalogue over while OpenSearch was away; this one stops.")


def _sentence(error: Any) -> str:
    told = error.get("reason", "no reason given") if isinstance(error, dict) else str(error)
    cause = (error.get("caused_by") or {}).get("reason") if isinstance(error, dict) else None
    return f"OpenSearch refused it: {told}{f' ({cause})' if cause else ''}."[:500]


def _together(parts: Iterable[Told]) -> Told:
    problems: dict[str, str] = {}
    existed: set[str] = set()
    for refused, there in parts:
        problems |= refused
        existed |= there
    return problems, existed


class _StillBusy(TransportError):
    """Some documents of a bulk request were put off by the server."""
