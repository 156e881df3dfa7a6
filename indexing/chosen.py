"""Where generations are kept in, the `Generations` of a catalogue out: the one place where the store is chosen."""

from collections.abc import Mapping
from pathlib import Path

from indexing.embedded import EmbeddedGenerations
from indexing.generation import Generations
from indexing.opensearch_settings import OpenSearchSettings
from indexing.settings import BadSetting


def chosen_opensearch(env: Mapping[str, str]) -> OpenSearchSettings | None:
    """What `LOOKSEE_STORE` says: an OpenSearch's settings, or None for the embedded store.

    Raises:
        BadSetting: it is neither, or a setting of the OpenSearch cannot be used.
    """
    store = env.get("LOOKSEE_STORE", "").strip().lower() or "embedded"
    if store not in {"embedded", "opensearch"}:
        raise BadSetting(f"LOOKSEE_STORE is {store!r}; write embedded or opensearch.")
    return OpenSearchSettings.from_env(env) if store == "opensearch" else None


def chosen_generations(opensearch: OpenSearchSettings | None, data_dir: Path, catalogue: str) -> Generations:
    """The generations of a catalogue, in OpenSearch or in the data folder.

    Raises:
        ValueError: the catalogue's name cannot be used there.
    """
    if opensearch is None:
        return EmbeddedGenerations(data_dir, catalogue)
    from indexing.opensearch import OpenSearchGenerations  # a third of a second that the embedded store does not need

    return OpenSearchGenerations(opensearch, catalogue)
