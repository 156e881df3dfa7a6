"""The environment in, the same with the tokens and the key that lie in AWS Secrets Manager out; read once, at start.

What the environment says itself wins. Secrets stay out of task definitions and of the container's environment.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from indexing.settings import BadSetting

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

TOKENS = {
    "bot_token": "SLACK_BOT_TOKEN",
    "app_token": "SLACK_APP_TOKEN",
    "signing_secret": "SLACK_SIGNING_SECRET",
    "client_id": "SLACK_CLIENT_ID",
    "client_secret": "SLACK_CLIENT_SECRET",
}
"""Key of the JSON object in the secret that `LOOKSEE_SLACK_SECRET` names -> the setting that it is."""


def with_secrets(env: Mapping[str, str], client: "SecretsManagerClient") -> dict[str, str]:
    """The settings, those in secrets among them.

    Args:
        env: names secrets by ARN or name in `LOOKSEE_SLACK_SECRET` and `LOOKSEE_PICTURE_SECRET`.
        client: reads them.

    Raises:
        BadSetting: a secret cannot be read, or is not what it should be.
    """
    found: dict[str, str] = {}
    if name := env.get("LOOKSEE_SLACK_SECRET", "").strip():
        try:
            stored = json.loads(_read(client, "LOOKSEE_SLACK_SECRET", name))
            found |= {setting: str(stored.get(key) or "") for key, setting in TOKENS.items()}
        except (ValueError, AttributeError) as error:
            raise BadSetting(
                "The secret of LOOKSEE_SLACK_SECRET is no JSON object; `looksee aws deploy` writes it."
            ) from error
    if name := env.get("LOOKSEE_PICTURE_SECRET", "").strip():
        found["LOOKSEE_PICTURE_KEY"] = _read(client, "LOOKSEE_PICTURE_SECRET", name)
    return {**{key: value for key, value in found.items() if value}, **{k: v for k, v in env.items() if v}}


def _read(client: "SecretsManagerClient", setting: str, name: str) -> str:
    try:
        return client.get_secret_value(SecretId=name)["SecretString"]
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        raise BadSetting(f"The secret of {setting} cannot be read ({code}); run `looksee aws deploy` again.") from error
    except (BotoCoreError, KeyError) as error:
        raise BadSetting(f"The secret of {setting} cannot be read ({type(error).__name__}).") from error
