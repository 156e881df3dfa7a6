"""Settings and the encoder's model in, what is wrong with OpenSearch out: a sentence each, with the mend.

`looksee doctor` prints them, and the bot asks at its start.
"""

from collections.abc import Mapping
from typing import Any

from opensearchpy import AuthorizationException, NotFoundError, OpenSearch, OpenSearchException

from indexing.opensearch import analysis_of
from indexing.opensearch_client import connect, sentence_of
from indexing.opensearch_index import generation_of, vector_field
from indexing.opensearch_settings import OpenSearchSettings
from indexing.self_check import KINDS
from indexing.settings import BadSetting

LEAST_VERSION = (2, 19)
"""From here on faiss has cosine similarity."""


def check(
    settings: OpenSearchSettings,
    catalogue: str = "default",
    *,
    model_id: str = "",
    dim: int = 0,
    needs_catalogue: bool = True,
    client: OpenSearch | None = None,
) -> list[str]:
    """Problems that would keep the bot from answering, worst first; empty means sound.

    Args:
        settings: how it is reached.
        catalogue: which catalogue the bot serves.
        model_id: the encoder's; empty asks nothing of the index's.
        dim: the encoder's; 0 asks nothing.
        needs_catalogue: False where one that is yet to be made is no problem: the bot starts without.
        client: one that is open already.
    """
    where = settings.urls[0]
    try:
        client = client or connect(settings)
        if problems := _server_problems(client, where):
            return problems
        if not needs_catalogue and not _has_catalogue(client, settings, catalogue):
            return []
        return _index_problems(client, settings, catalogue, model_id, dim)
    except BadSetting as error:
        return [str(error)]
    except OpenSearchException as error:
        return [sentence_of(error, where)]


def lacks(settings: OpenSearchSettings) -> list[str]:
    """What the server does not have and answers are a little worse without, a sentence each.

    Raises:
        BadSetting: the settings cannot be used.
    """
    client = connect(settings)
    try:
        return analysis_of(client).lacks
    except OpenSearchException:
        return []  # `check` says why
    finally:
        client.close()


def _server_problems(client: OpenSearch, where: str) -> list[str]:
    version = client.info().get("version", {})
    number = str(version.get("number", "0"))
    if version.get("distribution") != "opensearch":
        return [f"The server at {where} is not OpenSearch; set LOOKSEE_OPENSEARCH_URL to one that is."]
    if tuple(int(part) for part in number.split(".")[:2]) < LEAST_VERSION:
        return [f"OpenSearch at {where} is {number}; Looksee needs 2.19 or newer: upgrade it."]
    if not _has_knn(client):
        return [f"OpenSearch at {where} has no k-NN plugin; install opensearch-knn on every node and start them again."]
    if client.cluster.health().get("status") == "red":
        return [f"The cluster at {where} is red: some data is on no node; start the nodes that are away."]
    return []


def _has_knn(client: OpenSearch) -> bool:
    try:
        plugins = client.cat.plugins(params={"format": "json", "h": "component"})
    except (AuthorizationException, NotFoundError):
        return True  # a service that hides its plugins has this one
    return any("knn" in str(plugin.get("component")) for plugin in plugins)


def _has_catalogue(client: OpenSearch, settings: OpenSearchSettings, catalogue: str) -> bool:
    """True where anything bears the catalogue's name, be it the alias that it should be or not."""
    return bool(client.indices.exists(index=f"{settings.prefix}.{catalogue}"))


def _index_problems(
    client: OpenSearch, settings: OpenSearchSettings, catalogue: str, model_id: str, dim: int
) -> list[str]:
    alias = f"{settings.prefix}.{catalogue}"
    try:
        pointed = sorted(client.indices.get_alias(name=alias))
    except NotFoundError:
        if client.indices.exists(index=alias):
            return [f"{alias} is an index where Looksee needs an alias; rename or delete that index."]
        return [f"OpenSearch holds no live index of the catalogue {catalogue}; run `looksee index SOURCE`."]
    if len(pointed) > 1:
        named = " and ".join(pointed)
        return [
            f"The alias {alias} points at {named}; remove it from all but one, or run `looksee generations rollback`."
        ]
    (index,) = pointed
    told = client.indices.get(index=index)[index]
    return [*_block_problems(index, told["settings"]), *_meta_problems(index, told["mappings"], model_id, dim)]


def _block_problems(index: str, told: Mapping[str, Any]) -> list[str]:
    blocks = told.get("index", {}).get("blocks", {})
    if any(str(blocks.get(name)).lower() == "true" for name in ("read_only_allow_delete", "read_only", "metadata")):
        return [f"The index {index} is read-only, most often because a disk is full; free space, then clear its block."]
    if str(blocks.get("read")).lower() == "true":
        return [f"The index {index} is blocked for reading; clear index.blocks.read."]
    return []


def _meta_problems(index: str, mappings: Mapping[str, Any], model_id: str, dim: int) -> list[str]:
    generation = generation_of(mappings)
    if generation is None:
        return [f"The index {index} was not made by Looksee, or by a newer one; run `looksee index SOURCE`."]
    problems = []
    if model_id and generation.model_id != model_id:
        problems.append(
            f"The index {index} was built by the model {generation.model_id} and the encoder is {model_id}; "
            f"use that model, or index again."
        )
    fields = mappings.get("properties", {})
    dims = {fields.get(vector_field(kind), {}).get("dimension") for kind in KINDS}
    if dims != {generation.dim} or (dim and dim != generation.dim):
        held = " and ".join(sorted(str(d) for d in dims))
        problems.append(
            f"The index {index} holds vectors of {held} numbers where {dim or generation.dim} are needed; index again."
        )
    return problems
