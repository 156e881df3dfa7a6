"""Tokens that lie in Secrets Manager are read at start; what cannot be read is a sentence."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bot.secrets_aws import with_secrets
from bot.settings import BotSettings
from indexing.settings import BadSetting


class Vault:
    """Secrets by name."""

    def __init__(self, **secrets: str) -> None:
        self._secrets = secrets

    def get_secret_value(self, SecretId: str) -> dict[str, str]:  # noqa: N803 - as boto3 spells it
        if SecretId not in self._secrets:
            raise ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetSecretValue")
        return {"SecretString": self._secrets[SecretId]}


TOKENS = json.dumps({"bot_token": "xoxb-1", "app_token": "xapp-1", "signing_secret": ""})
NAMED = {"LOOKSEE_SLACK_SECRET": "slack", "LOOKSEE_PICTURE_SECRET": "pictures"}


def test_tokens_come_from_the_secret_and_what_the_environment_says_wins(tmp_path: Any) -> None:
    vault: Any = Vault(slack=TOKENS, pictures="-----BEGIN")
    shown = {"LOOKSEE_PICTURE_BUCKET": "b", "LOOKSEE_PICTURE_URL": "https://d1.example", "LOOKSEE_PICTURE_KEY_ID": "K1"}
    env = with_secrets({**NAMED, **shown, "SLACK_APP_TOKEN": "xapp-2", "SLACK_BOT_TOKEN": ""}, vault)

    settings = BotSettings.from_env(env, data_dir=tmp_path)
    slack = settings.slack
    assert (slack.bot_token, slack.app_token, slack.signing_secret) == ("xoxb-1", "xapp-2", "")
    assert settings.picture_bucket is not None
    assert settings.picture_bucket.private_key == "-----BEGIN\n"
    assert "xoxb-1" not in repr(settings)
    assert "BEGIN" not in repr(settings)


@pytest.mark.parametrize(
    ("vault", "said"),
    [
        (Vault(pictures="x"), "LOOKSEE_SLACK_SECRET cannot be read .ResourceNotFoundException"),
        (Vault(slack=TOKENS), "LOOKSEE_PICTURE_SECRET cannot be read"),
        (Vault(slack="generated"), "LOOKSEE_SLACK_SECRET is no JSON object"),
        (Vault(slack="[]"), "LOOKSEE_SLACK_SECRET is no JSON object"),
    ],
)
def test_a_secret_that_cannot_be_read_is_a_sentence(vault: Any, said: str) -> None:
    with pytest.raises(BadSetting, match=said):
        with_secrets(NAMED, vault)
