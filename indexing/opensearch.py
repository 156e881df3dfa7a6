"""Settings and a catalogue's name in, its generations in OpenSearch out: built, verified, promoted, pruned.

A generation is an index `PREFIX.CATALOGUE.NAME`. The alias `PREFIX.CATALOGUE` points at the live one, and
`PREFIX.CATALOGUE-before` at the one before; both move in one call.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from opensearchpy import NotFoundError, OpenSearch, TransportError

from indexing.generation import BuildRefused, Generation
from indexing.opensearch_client import connect, patiently, translated
from indexing.opensearch_index import Analysis, generation_of, index_body, meta_of
from indexing.opensearch_lock import BuildLock
from indexing.opensearch_settings import OpenSearchSettings
from indexing.opensearch_store import OpenSearchStore
from indexing.opensearch_verify import problems_of
from indexing.opensearch_writer import OpenSearchWriter
from indexing.store import NoCatalogue, StoreUnavailable, nothing_indexed

BUILD_TIMEOUT_S = 60.0


class OpenSearchGenerations:
    """The `Generations` of OpenSearch: one index each."""

    def __init__(self, settings: OpenSearchSettings, catalogue: str = "default", *, client: OpenSearch | None = None):
        """Use the OpenSearch of the settings; nothing is asked of it yet.

        Raises:
            ValueError: the name cannot be part of an index's.
            BadSetting: the settings cannot be used.
        """
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", catalogue):
            raise ValueError(
                f"{catalogue!r} cannot name a catalogue in OpenSearch; use small letters, digits, - and _."
            )
        self._settings = settings
        self._catalogue = catalogue
        self._alias = f"{settings.prefix}.{catalogue}"
        self._before = f"{self._alias}-before"
        self._client = client or connect(settings)
        # A person waits for a search; nobody waits for a step of a build, and a busy server takes its time for one.
        self._builder = client or connect(settings, timeout_s=BUILD_TIMEOUT_S)
        self._where = settings.urls[0]

    def live(self) -> Generation | None:
        """See `Generations.live`."""
        with translated(self._where):
            index = self._pointed_at(self._alias, self._client)
            return self._described(index, self._client) if index else None

    def all(self) -> list[Generation]:
        """See `Generations.all`."""
        with translated(self._where):
            live = self._pointed_at(self._alias, self._client)
            mappings = self._client.indices.get_mapping(index=f"{self._alias}.*")
            if not mappings:
                return []
            stats = self._client.indices.stats(index=f"{self._alias}.*", metric="store")["indices"]
        found = []
        for index, told in mappings.items():
            generation = generation_of(told["mappings"])
            if generation is not None and index == self._index(generation.name):
                size = stats.get(index, {}).get("primaries", {}).get("store", {}).get("size_in_bytes", 0)
                found.append(msgspec.structs.replace(generation, is_live=index == live, size_bytes=size))
        return sorted(found, key=lambda generation: generation.name)

    def open(self, name: str | None = None) -> OpenSearchStore:
        """See `Generations.open`."""
        if name is None:
            generation = self.live()
            if generation is None:
                raise nothing_indexed(self._catalogue)
        else:
            generation = self._named(name, self._client)
            if generation is None:
                raise NoCatalogue(f"There is no index {name}; `looksee generations list` names those there are.")
        if not generation.is_complete:
            raise NoCatalogue(f"The index {generation.name} is not finished; run the same `looksee index` again.")
        return OpenSearchStore(self._client, self._settings, index=self._index(generation.name), generation=generation)

    def begin(
        self, *, model_id: str, dim: int, prompt: str, source: str, update: bool, pictures_folder: str = ""
    ) -> OpenSearchWriter:
        """See `Generations.begin`."""
        lock = BuildLock(
            self._builder,
            index=f"{self._settings.prefix}-builds",
            catalogue=self._catalogue,
            source=source,
            where=self._where,
        )
        release = lock.take()
        try:
            wanted = Generation(
                name="",
                catalogue=self._catalogue,
                model_id=model_id,
                dim=dim,
                prompt=prompt,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                source=source,
                pictures_folder=pictures_folder,
            )
            generation = self._begun(wanted, update=update)
        except BaseException:
            release()
            raise
        return OpenSearchWriter(
            self._builder,
            self._settings,
            index=self._index(generation.name),
            generation=generation,
            is_lost=lock.is_lost,
            release=release,
        )

    def verify(self, name: str, *, sample: int = 100) -> list[str]:
        """See `Generations.verify`; the graph's answers are also held against an exact search of the same index."""
        try:
            generation = self.open(name).generation
            patient = replace(self._settings, timeout_s=BUILD_TIMEOUT_S, budget_ms=int(1000 * BUILD_TIMEOUT_S))
            store = OpenSearchStore(self._builder, patient, index=self._index(name), generation=generation)
            return problems_of(self._builder, patient, self._index(name), store, sample=sample)
        except (NoCatalogue, StoreUnavailable) as error:
            return [str(error)]

    def promote(self, name: str) -> Generation:
        """See `Generations.promote`."""
        generation = self._named(name, self._builder)
        if generation is None or not generation.is_complete:
            what = "does not exist" if generation is None else "is not finished; run the same `looksee index` again"
            raise BuildRefused(f"The index {name} {what}.")
        with translated(self._where):
            live = self._pointed_at(self._alias, self._builder)
            if live != self._index(name):
                self._point(self._index(name), live or self._pointed_at(self._before, self._builder))
        return msgspec.structs.replace(generation, is_live=True)

    def rollback(self) -> Generation:
        """See `Generations.rollback`."""
        with translated(self._where):
            lives, before = (
                self._all_pointed_at(self._alias, self._builder),
                self._pointed_at(self._before, self._builder),
            )
            if len(lives) > 1:  # whatever pointed the alias at two: of these, the older one is the earlier index
                before = lives[0]
            generation = self._described(before, self._builder) if before else None
            if not before or generation is None:
                raise BuildRefused(
                    "There is no earlier index to go back to; `looksee generations list` shows those there are."
                )
            self._point(before, lives[-1] if lives else None)
        return msgspec.structs.replace(generation, is_live=True)

    def prune(self, keep: int) -> list[str]:
        """See `Generations.prune`. An unfinished one goes too, unless a build is filling it."""
        lock = BuildLock(
            self._builder,
            index=f"{self._settings.prefix}-builds",
            catalogue=self._catalogue,
            source="prune",
            where=self._where,
        )
        try:
            release = lock.take()
        except BuildRefused:
            release = None
        try:
            others = [g for g in self.all() if not g.is_live and (g.is_complete or release is not None)]
            complete = [g for g in others if g.is_complete]
            kept = {g.name for g in complete[max(len(complete) - max(keep, 0), 0) :]}
            removed = [g.name for g in others if g.name not in kept]
            with translated(self._where):
                for name in removed:
                    self._builder.indices.delete(index=self._index(name))
            return removed
        finally:
            if release is not None:
                release()

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()
        self._builder.close()

    def _index(self, name: str) -> str:
        return f"{self._alias}.{name}"

    def _all_pointed_at(self, alias: str, client: OpenSearch) -> list[str]:
        try:
            return sorted(client.indices.get_alias(name=alias))
        except NotFoundError:
            return []

    def _pointed_at(self, alias: str, client: OpenSearch) -> str | None:
        pointed = self._all_pointed_at(alias, client)
        if len(pointed) > 1:
            raise StoreUnavailable(
                f"The alias {alias} points at {' and '.join(pointed)}; "
                f"`looksee generations rollback`, or remove it from all but one."
            )
        return pointed[0] if pointed else None

    def _point(self, live: str, before: str | None) -> None:
        actions: list[dict[str, Any]] = [
            {"remove": {"index": f"{self._alias}.*", "alias": alias, "must_exist": False}}
            for alias in (self._alias, self._before)
        ]
        actions.append({"add": {"index": live, "alias": self._alias}})
        if before and before != live:
            actions.append({"add": {"index": before, "alias": self._before}})
        self._builder.indices.update_aliases(body={"actions": actions})

    def _named(self, name: str, client: OpenSearch) -> Generation | None:
        if not re.fullmatch(r"[a-z0-9.-]{1,150}", name):
            return None
        with translated(self._where):
            return self._described(self._index(name), client)

    def _described(self, index: str, client: OpenSearch) -> Generation | None:
        try:
            mappings = client.indices.get_mapping(index=index)
        except NotFoundError:
            return None
        generation = generation_of(mappings[index]["mappings"]) if index in mappings else None
        if generation is None or index != self._index(generation.name):
            return None
        live = self._all_pointed_at(self._alias, client)
        size = client.indices.stats(index=index, metric="store")["_all"]["primaries"]["store"]["size_in_bytes"]
        return msgspec.structs.replace(generation, is_live=index in live, size_bytes=int(size))

    def _begun(self, wanted: Generation, *, update: bool) -> Generation:
        """The unfinished generation to go on with, or a new one as wanted, empty or cloned."""
        with translated(self._where):
            self._remove_half_clones()
            there = self.all()
            kin = [g for g in there if (g.model_id, g.dim) == (wanted.model_id, wanted.dim)]
            same = [g for g in kin if not g.is_complete and g.source == wanted.source]
            if same:
                return same[-1]
            begun = msgspec.structs.replace(wanted, name=_fresh_name(wanted.model_id, {g.name for g in there}))
            live = next((g for g in kin if g.is_live), None) if update else None
            if live is not None:
                self._clone(live, begun)
            else:
                body = index_body(self._settings, begun, analysis_of(self._builder))
                patiently(
                    lambda: self._builder.indices.create(
                        index=self._index(begun.name), body=body, params={"request_timeout": 60}
                    ),
                    self._settings.patience_s,
                )
            return begun

    def _clone(self, live: Generation, begun: Generation) -> None:
        index = self._index(begun.name)
        settings = {"index.blocks.write": None, "index.number_of_replicas": 0, "index.refresh_interval": "-1"}
        slow = {"request_timeout": 300, "wait_for_active_shards": "1"}
        self._builder.indices.clone(
            index=self._index(live.name), target=index, body={"settings": settings}, params=slow
        )
        self._builder.cluster.health(
            index=index, params={"wait_for_status": "yellow", "timeout": "300s", "request_timeout": 310}
        )
        # Until this call the clone says that it is the old one, and is taken for the half clone that it is.
        self._builder.indices.put_mapping(index=index, body={"_meta": meta_of(begun)})

    def _remove_half_clones(self) -> None:
        for index, told in self._builder.indices.get_mapping(index=f"{self._alias}.*").items():
            generation = generation_of(told["mappings"])
            if generation is not None and index != self._index(generation.name):
                self._builder.indices.delete(index=index)


def analysis_of(client: OpenSearch) -> Analysis:
    """Which analysers the server has."""

    def has(analyzer: str) -> bool:
        try:
            client.indices.analyze(body={"analyzer": analyzer, "text": "cups"})
        except TransportError as error:
            if error.status_code == 400:
                return False
            raise
        return True

    return Analysis(english=has("english"))


def _fresh_name(model_id: str, taken: set[str]) -> str:
    now = datetime.now(UTC).replace(microsecond=0)
    tail = re.sub(r"[^a-z0-9.-]+", "-", model_id.lower())
    name = f"{now:%Y%m%d-%H%M%S}-{tail}"
    while name in taken:
        now += timedelta(seconds=1)
        name = f"{now:%Y%m%d-%H%M%S}-{tail}"
    return name
