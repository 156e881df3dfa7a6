"""Settings of the indexing room: where data lies, how pictures are fetched, how large a batch is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class BadSetting(Exception):
    """A setting has a value that cannot be used; the message names it and says what it may be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchSettings:
    """How pictures are read, from files and over http(s)."""

    allow_private_addresses: bool = False
    """True lets links lead to private, loopback and link-local addresses: for shops inside a company's network."""
    allow_outside_files: bool = False
    """True lets a catalogue name files outside its picture folder."""
    max_bytes: int = 20_000_000
    timeout_s: float = 15.0
    """Silence of a server after which an attempt is given up."""
    deadline_s: float = 60.0
    """The longest one attempt may take in all, however slowly bytes drip."""
    attempts: int = 4
    """Tries in all, where the server is busy or away; 1 for a person who waits."""
    longest_pause_s: float = 60.0
    """Between two tries; a Retry-After that asks for more is given up at once."""
    concurrency: int = 16
    """Pictures in work at the same time."""
    picture_bucket: str = ""
    """The installation's own bucket: `s3://` pictures are read from it and from no other. `looksee aws encode` names
    what it puts there by its content, so that what lay behind a name once lies there for good."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexSettings:
    """What a build needs to know beside its source, its encoder and its store."""

    data_dir: Path
    catalogue: str = "default"
    currency: str = "USD"
    """ISO 4217 of prices that name none."""
    picture_batch: int = 32
    text_batch: int = 256
    decoders: int = 2
    """Child processes that decode pictures."""
    fetch: FetchSettings = field(default_factory=FetchSettings)

    @property
    def rejects_dir(self) -> Path:
        return self.data_dir / "catalogues" / self.catalogue / "rejects"

    @property
    def cache_file(self) -> Path:
        return self.data_dir / "embeddings.sqlite"

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, data_dir: Path, catalogue: str = "default") -> "IndexSettings":
        """Read `LOOKSEE_CURRENCY`, `LOOKSEE_PICTURE_BUCKET` and `LOOKSEE_ALLOW_*`, as docs/settings.md lists them.

        Raises:
            BadSetting: one of them has a value that it may not have.
        """
        currency = env.get("LOOKSEE_CURRENCY", "").strip().upper() or "USD"
        if not re.fullmatch(r"[A-Z]{3}", currency):
            raise BadSetting(f"LOOKSEE_CURRENCY is {currency!r}; write three letters, for example USD or JPY.")
        fetch = FetchSettings(
            allow_private_addresses=_is_on(env, "LOOKSEE_ALLOW_PRIVATE_ADDRESSES"),
            allow_outside_files=_is_on(env, "LOOKSEE_ALLOW_OUTSIDE_FILES"),
            picture_bucket=env.get("LOOKSEE_PICTURE_BUCKET", "").strip(),
        )
        return cls(data_dir=data_dir, catalogue=catalogue, currency=currency, fetch=fetch)


def _is_on(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} is {value!r}; write yes or no.")
