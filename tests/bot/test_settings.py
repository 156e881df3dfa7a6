from pathlib import Path

import pytest

from bot.adapters import encoder_of, generations_of, memory_of
from bot.app import CannotStart, build_app
from bot.memory_sqlite import SqliteMemory
from bot.settings import BotSettings
from indexing.embedded import EmbeddedGenerations
from indexing.opensearch import OpenSearchGenerations
from indexing.settings import BadSetting
from indexing.store import WrongModel

FOLDER = Path("/somewhere")


def test_everything_is_read_from_the_environment() -> None:
    settings = BotSettings.from_env(
        {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "LOOKSEE_WORKSPACES": "T0A, T0B",
            "LOOKSEE_CHANNELS": "C0A=furniture",
            "LOOKSEE_PUBLIC_URL": "https://looksee.example.com/",
            "LOOKSEE_PORT": "9000",
            "LOOKSEE_RETENTION_DAYS": "7",
        },
        data_dir=FOLDER,
    )

    assert settings.slack.workspaces == ("T0A", "T0B")
    assert settings.channel_catalogues == {"C0A": "furniture"}
    assert settings.public_url == "https://looksee.example.com"
    assert (settings.port, settings.retention_days) == (9000, 7)
    assert settings.slack.base_url == "https://slack.com/api/"
    assert settings.memory_file == FOLDER / "memory.sqlite"


def test_a_secret_hides_itself() -> None:
    settings = BotSettings.from_env({"SLACK_BOT_TOKEN": "xoxb-secret", "SLACK_SIGNING_SECRET": "s3"}, data_dir=FOLDER)

    assert "xoxb-secret" not in repr(settings)
    assert "s3" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "hello"),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("LOOKSEE_WORKSPACES", "my workspace"),
        ("LOOKSEE_CHANNELS", "C0A"),
        ("LOOKSEE_PUBLIC_URL", "looksee.example.com"),
        ("LOOKSEE_PORT", "99999"),
        ("LOOKSEE_RETENTION_DAYS", "0"),
        ("LOOKSEE_SLACK_URL", "ftp://x"),
        ("LOOKSEE_MEMORY", "paper"),
        ("LOOKSEE_STORE", "shelf"),
        ("LOOKSEE_ENCODER", "eyes"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        BotSettings.from_env({name: value}, data_dir=FOLDER)


def test_a_bot_without_tokens_says_which_one_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="SLACK_BOT_TOKEN"):
        build_app(BotSettings(data_dir=tmp_path))
    with pytest.raises(CannotStart, match="SLACK_APP_TOKEN"):
        build_app(BotSettings.from_env({"SLACK_BOT_TOKEN": "xoxb-1"}, data_dir=tmp_path))


def test_the_settings_choose_the_adapters(tmp_path: Path) -> None:
    plain = BotSettings(data_dir=tmp_path)
    assert isinstance(memory_of(plain), SqliteMemory)
    assert isinstance(generations_of(plain, "default"), EmbeddedGenerations)

    env = {"LOOKSEE_STORE": "opensearch", "LOOKSEE_OPENSEARCH_URL": "http://127.0.0.1:9200"}
    chosen = BotSettings.from_env(env, data_dir=tmp_path)
    assert isinstance(generations_of(chosen, "default"), OpenSearchGenerations)

    env = {"LOOKSEE_MEMORY": "dynamodb", "LOOKSEE_MEMORY_TABLE": "looksee-memory", "LOOKSEE_ENCODER": "sagemaker"}
    chosen = BotSettings.from_env(env, data_dir=tmp_path)
    assert (chosen.memory, chosen.memory_table, chosen.encoder) == ("dynamodb", "looksee-memory", "sagemaker")


def test_a_model_that_is_not_here_is_the_wrong_one(tmp_path: Path) -> None:
    with pytest.raises(WrongModel):
        encoder_of(BotSettings(data_dir=tmp_path))("nobody-000000")
