"""Settings of the bot: where data lies, how Slack is reached, what Slack may load, how long things are remembered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from indexing.opensearch_settings import OpenSearchSettings
from indexing.settings import BadSetting, FetchSettings, IndexSettings
from inference.model import DEFAULT_MODEL

SLACK_API = "https://slack.com/api/"


@dataclass(frozen=True, kw_only=True, slots=True)
class SlackSettings:
    """How Slack is reached. Either an app token (Socket Mode) or a signing secret (HTTP) is needed."""

    bot_token: str = field(default="", repr=False)
    """`xoxb-...`: of one workspace. Empty where people install the app themselves (OAuth)."""
    app_token: str = field(default="", repr=False)
    """`xapp-...`: opens Socket Mode connections."""
    signing_secret: str = field(default="", repr=False)
    """Proves that an HTTP request comes from Slack."""
    client_id: str = ""
    """With `client_secret`: people install the app into their workspaces."""
    client_secret: str = field(default="", repr=False)
    workspaces: tuple[str, ...] = ()
    """Ids of the workspaces (`T...`) that are served; empty serves all that install the app."""
    base_url: str = SLACK_API
    """Of the Web API; another one for a local Slack."""
    authorize_url: str = ""
    """Of the page that allows the app; empty is Slack's."""

    @property
    def is_installable(self) -> bool:
        """True where people install the app into workspaces of their own."""
        return bool(self.client_id and self.client_secret)

    @property
    def is_local(self) -> bool:
        """True for a Slack on this machine."""
        return urlsplit(self.base_url).hostname in {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, kw_only=True, slots=True)
class PictureSettings:
    """A bucket of thumbnails, and the CloudFront distribution that Slack loads them from."""

    bucket: str
    address: str
    """Of the distribution, without a slash at the end."""
    key_id: str
    """CloudFront's id of the public key."""
    private_key: str = field(repr=False)
    """RSA, PEM."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BotSettings:
    """What `build_app` needs to know."""

    data_dir: Path
    model: str = DEFAULT_MODEL
    catalogue: str = "default"
    channel_catalogues: Mapping[str, str] = field(default_factory=dict)
    """Channel id -> catalogue, for channels that have one of their own."""
    slack: SlackSettings = field(default_factory=SlackSettings)
    public_url: str = ""
    """Address under which Slack reaches this bot's thumbnails; empty where it cannot."""
    port: int = 8080
    """Where thumbnails, and in HTTP mode Slack's requests, are served."""
    host: str = "127.0.0.1"
    retention_days: int = 30
    workers: int = 8
    """Questions answered at the same time."""
    lease_s: float = 15.0
    """After so long without a sign of life of one process, another answers its questions."""
    fetch: FetchSettings = field(default_factory=lambda: FetchSettings(timeout_s=5.0, deadline_s=10.0, attempts=1))
    """For links to pictures that people send: somebody waits."""

    memory: Literal["sqlite", "dynamodb"] = "sqlite"
    memory_table: str = ""
    """Of DynamoDB."""
    encoder: Literal["onnx", "sagemaker"] = "onnx"
    endpoint_prefix: str = "looksee"
    """A SageMaker endpoint is called by this, a hyphen and the model_id."""
    opensearch: OpenSearchSettings | None = None
    """Where the generations are; None is the embedded store in the data folder."""
    picture_bucket: PictureSettings | None = None
    """Where Slack loads thumbnails from; None has the bot show them itself."""
    backup_days: int = 0
    """For how long what was deleted from the memory can still be brought back from backups; 0 where there are none."""
    emf: str = ""
    """The installation under whose name CloudWatch counts what is written to stdout; empty writes nothing."""
    is_serving: bool = False
    """True listens in Socket Mode too, for health and figures."""

    @property
    def memory_file(self) -> Path:
        return self.data_dir / "memory.sqlite"

    @property
    def installations_file(self) -> Path:
        return self.data_dir / "installations.sqlite"

    @classmethod
    def from_env(
        cls, env: Mapping[str, str], *, data_dir: Path, model: str = DEFAULT_MODEL, catalogue: str = "default"
    ) -> "BotSettings":
        """Read what docs/settings.md lists.

        Raises:
            BadSetting: one of them has a value that it may not have.
        """
        index = IndexSettings.from_env(env, data_dir=data_dir, catalogue=catalogue)
        slack = SlackSettings(
            bot_token=_token(env, "SLACK_BOT_TOKEN", "xox"),
            app_token=_token(env, "SLACK_APP_TOKEN", "xapp-"),
            signing_secret=env.get("SLACK_SIGNING_SECRET", "").strip(),
            client_id=env.get("SLACK_CLIENT_ID", "").strip(),
            client_secret=env.get("SLACK_CLIENT_SECRET", "").strip(),
            workspaces=_listed(env, "LOOKSEE_WORKSPACES", r"[TE][A-Z0-9]+", "T0123ABCD,T0456EFGH"),
            base_url=_address(env, "LOOKSEE_SLACK_URL") + "/"
            if env.get("LOOKSEE_SLACK_URL", "").strip()
            else SLACK_API,
        )
        fetch = FetchSettings(
            allow_private_addresses=index.fetch.allow_private_addresses,
            picture_bucket=index.fetch.picture_bucket,
            timeout_s=5.0,
            deadline_s=10.0,
            attempts=1,
        )
        is_opensearch = _one_of(env, "LOOKSEE_STORE", "embedded", "opensearch")
        bound = _listed(env, "LOOKSEE_CHANNELS", r"[CG][A-Z0-9]+=[\w.-]+", "C0123ABCD=furniture")
        return cls(
            data_dir=data_dir,
            model=model,
            catalogue=catalogue,
            channel_catalogues=dict(pair.split("=", 1) for pair in bound),
            slack=slack,
            public_url=_address(env, "LOOKSEE_PUBLIC_URL"),
            port=_number(env, "LOOKSEE_PORT", 8080, 1, 65535),
            host=env.get("LOOKSEE_HOST", "").strip() or "127.0.0.1",
            retention_days=_number(env, "LOOKSEE_RETENTION_DAYS", 30, 1, 3650),
            fetch=fetch,
            memory="dynamodb" if _one_of(env, "LOOKSEE_MEMORY", "sqlite", "dynamodb") else "sqlite",
            memory_table=env.get("LOOKSEE_MEMORY_TABLE", "").strip() or "looksee",
            encoder="sagemaker" if _one_of(env, "LOOKSEE_ENCODER", "onnx", "sagemaker") else "onnx",
            endpoint_prefix=env.get("LOOKSEE_ENDPOINT_PREFIX", "").strip() or "looksee",
            opensearch=OpenSearchSettings.from_env(env) if is_opensearch else None,
            picture_bucket=_pictures(env),
            backup_days=_number(env, "LOOKSEE_BACKUP_DAYS", 0, 0, 35),
            emf=env.get("LOOKSEE_EMF", "").strip(),
            is_serving=bool(env.get("LOOKSEE_HOST", "").strip() or env.get("LOOKSEE_PORT", "").strip()),
        )


def _pictures(env: Mapping[str, str]) -> PictureSettings | None:
    names = ("LOOKSEE_PICTURE_URL", "LOOKSEE_PICTURE_KEY_ID", "LOOKSEE_PICTURE_KEY", "LOOKSEE_PICTURE_BUCKET")
    missing = [name for name in names if not env.get(name, "").strip()]
    if missing[:3] == list(names[:3]):
        return None  # the bucket alone is where a catalogue's pictures are read from
    if missing:
        raise BadSetting(f"{missing[0]} is not set; thumbnails behind CloudFront need {', '.join(names)}.")
    return PictureSettings(
        bucket=env["LOOKSEE_PICTURE_BUCKET"].strip(),
        address=_address(env, "LOOKSEE_PICTURE_URL"),
        key_id=env["LOOKSEE_PICTURE_KEY_ID"].strip(),
        private_key=env["LOOKSEE_PICTURE_KEY"].strip() + "\n",
    )


def _token(env: Mapping[str, str], name: str, start: str) -> str:
    value = env.get(name, "").strip()
    if value and not value.startswith(start):
        raise BadSetting(
            f"{name} does not begin with {start}; copy it again from the app's page at api.slack.com/apps."
        )
    return value


def _listed(env: Mapping[str, str], name: str, form: str, example: str) -> tuple[str, ...]:
    items = tuple(item.strip() for item in env.get(name, "").split(",") if item.strip())
    if not all(re.fullmatch(form, item) for item in items):
        raise BadSetting(f"{name} is {env[name]!r}; write it like {example}.")
    return items


def _address(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip().rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.query):
        raise BadSetting(f"{name} is {value!r}; write an address like https://looksee.example.com.")
    return value


def _one_of(env: Mapping[str, str], name: str, default: str, other: str) -> bool:
    """True where the setting names the other one."""
    value = env.get(name, "").strip().lower() or default
    if value not in {default, other}:
        raise BadSetting(f"{name} is {value!r}; write {default} or {other}.")
    return value == other


def _number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = env.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit() or not least <= int(value) <= most:
        raise BadSetting(f"{name} is {value!r}; write a whole number from {least} to {most}.")
    return int(value)
