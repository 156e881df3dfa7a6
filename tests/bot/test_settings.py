from pathlib import Path

import pytest

from bot.app import CannotStart, build_app
from bot.settings import BotSettings
from indexing.settings import BadSetting

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
