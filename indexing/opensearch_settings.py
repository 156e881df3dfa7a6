"""Environment in, how an OpenSearch is reached and how indexes on it are made out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, cast, get_args
from urllib.parse import urlsplit

from indexing.settings import BadSetting

Access: TypeAlias = Literal["none", "basic", "es", "aoss"]
"""No credentials (a loopback address only), a user and password, AWS signatures for a domain; Serverless is refused."""
Engine: TypeAlias = Literal["faiss", "lucene"]
Compression: TypeAlias = Literal["none", "fp16", "sq", "2x", "4x", "8x", "16x", "32x"]
"""faiss: fp16, or on_disk by 2x to 32x; lucene: sq (7 bits)."""
NO_SERVERLESS = (
    "OpenSearch Serverless cannot hold a catalogue: its vector collections choose document ids themselves, so that a "
    "build could neither be resumed nor updated, and they clone no index. Use an OpenSearch Service domain (access es)."
)
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSearchSettings:
    """How to reach it, what an index is like, and how long anything may take."""

    urls: tuple[str, ...]
    access: Access = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    region: str = ""
    prefix: str = "looksee"
    """What the names of all our indexes begin with; a policy can name it."""
    engine: Engine = "faiss"
    compression: Compression = "none"
    m: int = 16
    """Neighbours of a vector in the graph; memory grows with it: about 1.1 * (4 * dim + 8 * m) bytes a vector."""
    ef_construction: int = 100
    ef_search: int = 100
    """Candidates of a search; recall@10 was .99 at 50 and 1.0 at 100 with 147,702 clustered vectors of 1,024."""
    shards: int = 1
    """One a 30 GB or a 2.5 million vectors of 1,024; each must fit, with its graph, into its node's memory."""
    replicas: int = 1
    timeout_s: float = 5.0
    """The longest a search may take in all."""
    budget_ms: int = 1500
    """Time after which the server answers a search with what it has."""
    patience_s: float = 300.0
    """How long a build waits for a server that is busy or away."""
    bulk_threads: int = 2
    bulk_bytes: int = 8_000_000
    merges: bool = False
    """True merges a finished index to one segment a shard: faster searches, a longer build."""
    compresses: bool = True
    """Whether requests are compressed; a loopback address never is."""

    @property
    def is_loopback(self) -> bool:
        return all(urlsplit(url).hostname in LOOPBACK for url in self.urls)

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "OpenSearchSettings":
        """Read `LOOKSEE_OPENSEARCH_URL` (several parted by spaces) and `LOOKSEE_OPENSEARCH_*` for the rest.

        Raises:
            BadSetting: one is missing or has a value that it may not have.
        """

        def told(name: str, default: str = "") -> str:
            return env.get(f"LOOKSEE_OPENSEARCH_{name}", "").strip() or default

        urls = tuple(url.rstrip("/") for url in told("URL").split())
        if not urls or not all(re.match(r"https?://[^/\s]+$", url) for url in urls):
            raise BadSetting("LOOKSEE_OPENSEARCH_URL must be an address such as https://search.example.com:443.")
        user = told("USER")
        settings = cls(
            urls=urls,
            access=cast("Access", _one_of("ACCESS", told("ACCESS", "basic" if user else "none"), Access)),
            user=user,
            password=told("PASSWORD"),
            region=told("REGION") or env.get("AWS_REGION", "") or env.get("AWS_DEFAULT_REGION", ""),
            prefix=told("PREFIX", "looksee"),
            engine=cast("Engine", _one_of("ENGINE", told("ENGINE", "faiss"), Engine)),
            compression=cast("Compression", _one_of("COMPRESSION", told("COMPRESSION", "none"), Compression)),
            m=_whole("M", told("M", "16"), 2, 100),
            ef_construction=_whole("EF_CONSTRUCTION", told("EF_CONSTRUCTION", "100"), 8, 2000),
            ef_search=_whole("EF_SEARCH", told("EF_SEARCH", "100"), 10, 10_000),
            shards=_whole("SHARDS", told("SHARDS", "1"), 1, 1000),
            replicas=_whole("REPLICAS", told("REPLICAS", "1"), 0, 10),
            bulk_threads=_whole("BULK_THREADS", told("BULK_THREADS", "2"), 1, 64),
            timeout_s=_whole("TIMEOUT_S", told("TIMEOUT_S", "5"), 1, 60),
            budget_ms=_whole("BUDGET_MS", told("BUDGET_MS", "1500"), 10, 60_000),
            merges=told("MERGE", "no").lower() in {"yes", "true", "1", "on"},
        )
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what would send a secret, or a catalogue, where it does not belong.

        Raises:
            BadSetting: the sentence says what to change.
        """
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", self.prefix):
            raise BadSetting("LOOKSEE_OPENSEARCH_PREFIX must be small letters, digits and -, 31 at most.")
        if self.access == "aoss":
            raise BadSetting(NO_SERVERLESS)
        if self.access == "none" and not self.is_loopback:
            raise BadSetting(
                "An OpenSearch without credentials is used on this machine only; "
                "set LOOKSEE_OPENSEARCH_ACCESS to basic or es for another."
            )
        if any(url.startswith("http:") for url in self.urls) and not self.is_loopback:
            raise BadSetting("LOOKSEE_OPENSEARCH_URL must begin with https:// for another machine.")
        if self.access == "basic" and not (self.user and self.password):
            raise BadSetting("Basic access needs LOOKSEE_OPENSEARCH_USER and LOOKSEE_OPENSEARCH_PASSWORD.")
        if self.access == "es" and not self.region:
            raise BadSetting("Access by AWS signature needs LOOKSEE_OPENSEARCH_REGION, for example us-east-1.")
        allowed = {"lucene": {"none", "sq"}, "faiss": {"none", "fp16", "2x", "4x", "8x", "16x", "32x"}}[self.engine]
        if self.compression not in allowed:
            raise BadSetting(
                f"The {self.engine} engine has no compression {self.compression}; it has {', '.join(sorted(allowed))}."
            )


def _one_of(name: str, value: str, kinds: object) -> str:
    if value not in get_args(kinds):
        raise BadSetting(f"LOOKSEE_OPENSEARCH_{name} is {value!r}; it may be {', '.join(get_args(kinds))}.")
    return value


def _whole(name: str, value: str, least: int, most: int) -> int:
    if not re.fullmatch(r"\d{1,9}", value) or not least <= int(value) <= most:
        raise BadSetting(f"LOOKSEE_OPENSEARCH_{name} is {value!r}; write a whole number from {least} to {most}.")
    return int(value)
