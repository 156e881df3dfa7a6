"""A workspace in, a Web API client with its token out: of one workspace, or of many that installed the app."""

import logging
import os
import threading
from collections.abc import Sequence
from typing import Any

from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize, InstallationStoreAuthorize
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.oauth.installation_store.sqlite3 import SQLite3InstallationStore
from slack_sdk.oauth.state_store.sqlite3 import SQLite3OAuthStateStore

from bot.memory import Workspace
from bot.settings import BotSettings, SlackSettings

log = logging.getLogger(__name__)

TIMEOUT_S = 10
STATE_LIFETIME_S = 600


class NotInstalled(Exception):
    """The app is not installed in a workspace, or not any more; or the workspace is not served here."""


class Installations:
    """Who has installed the app. Thread-safe."""

    def __init__(self, settings: BotSettings, scopes: Sequence[str]) -> None:
        """Ask Slack nothing yet.

        Args:
            settings: tokens, or what is needed to install.
            scopes: what the app asks for where it is installed.
        """
        self._slack = settings.slack
        self.base = web_client(settings.slack)
        self.flow = _flow(settings, scopes, self.base) if settings.slack.is_installable else None
        self.authorize: Authorize
        if self.flow is None:
            self.authorize = _OneWorkspace(settings.slack, self.base)
        else:
            self.authorize = _Listed(settings.slack, self.flow)

    def client(self, workspace: Workspace) -> WebClient:
        """A client for a workspace; its token is renewed where it is about to end.

        Raises:
            NotInstalled: there is no good token for it.
        """
        for is_whole_enterprise in (False, True) if workspace.enterprise else (False,):
            found = self.authorize(
                context=BoltContext({"client": self.base, "is_enterprise_install": is_whole_enterprise}),
                enterprise_id=workspace.enterprise or None,
                team_id=workspace.team or None,
                user_id=None,
            )
            if found is not None and found.bot_token:
                return web_client(self._slack, found.bot_token)
        raise NotInstalled(workspace.team)

    def check(self) -> None:
        """Ask Slack whether the token of the one workspace is good; nothing where people install the app.

        Raises:
            NotInstalled: Slack refuses it.
        """
        if self.flow is None:
            self.client(Workspace("", self._slack.workspaces[0] if self._slack.workspaces else ""))

    def forget(self, workspace: Workspace) -> None:
        """Erase the tokens of a workspace that has removed the app."""
        if self.flow is not None and self.flow.settings.installation_store is not None:
            self.flow.settings.installation_store.delete_all(
                enterprise_id=workspace.enterprise or None, team_id=workspace.team or None
            )


def web_client(slack: SlackSettings, token: str | None = None, *, is_patient: bool = True) -> WebClient:
    """A client whose calls are tried again after Slack's Retry-After, and never otherwise.

    The SDK's own handler sends again after a lost connection, and so posts twice what has arrived.
    """
    retries: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=2)] if is_patient else []
    client = WebClient(token=token, base_url=slack.base_url, timeout=TIMEOUT_S, retry_handlers=retries)
    if slack.is_local:
        client.proxy = None  # read from the environment, which the SDK does not ask about NO_PROXY
    return client


class _OneWorkspace(Authorize):
    """One token. What it is for is asked once."""

    def __init__(self, slack: SlackSettings, client: WebClient) -> None:
        self._slack = slack
        self._client = client
        self._lock = threading.Lock()
        self._found: AuthorizeResult | None = None

    def __call__(
        self, *, context: BoltContext, enterprise_id: str | None, team_id: str | None, user_id: str | None, **_: Any
    ) -> AuthorizeResult | None:
        if not self._is_served(team_id, enterprise_id):
            return None
        with self._lock:
            if self._found is None:
                try:
                    told = self._client.auth_test(token=self._slack.bot_token)
                except SlackApiError as error:
                    log.warning("the token is refused", extra={"slack_error": str(error.response.get("error"))})
                    return None
                self._found = AuthorizeResult.from_auth_test_response(
                    auth_test_response=told, bot_token=self._slack.bot_token
                )
            return self._found

    def _is_served(self, team_id: str | None, enterprise_id: str | None) -> bool:
        return is_served(self._slack, team_id, enterprise_id)


class _Listed(InstallationStoreAuthorize):
    """Bolt's own, with its token rotation, for the workspaces that are served."""

    def __init__(self, slack: SlackSettings, flow: OAuthFlow) -> None:
        settings = flow.settings
        super().__init__(
            logger=logging.getLogger("slack_bolt.authorize"),
            installation_store=settings.installation_store,
            client_id=slack.client_id,
            client_secret=slack.client_secret,
            bot_only=True,  # nobody's user token is asked for
            cache_enabled=True,  # asking Slack at each event would take longer than it waits for us
            client=flow.client,
        )
        self._slack = slack
        self._rotating = threading.Lock()

    def __call__(
        self,
        *,
        context: BoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **others: Any,
    ) -> AuthorizeResult | None:
        if not is_served(self._slack, team_id, enterprise_id):
            return None
        with self._rotating:  # a refresh token is good for one renewal
            return super().__call__(
                context=context, enterprise_id=enterprise_id, team_id=team_id, user_id=user_id, **others
            )


def is_served(slack: SlackSettings, team_id: str | None, enterprise_id: str | None) -> bool:
    """True where the allow-list is empty, or names the workspace or its enterprise."""
    return not slack.workspaces or team_id in slack.workspaces or enterprise_id in slack.workspaces


class _ServedFlow(OAuthFlow):
    """Bolt's flow, which does not let workspaces in that are not served."""

    looksee: SlackSettings

    def store_installation(self, request: Any, installation: Any) -> None:
        if not is_served(self.looksee, installation.team_id, installation.enterprise_id):
            log.warning("a workspace that is not served was not let in")
            raise BoltError("this workspace is not on the list of LOOKSEE_WORKSPACES")
        super().store_installation(request, installation)


def _flow(settings: BotSettings, scopes: Sequence[str], client: WebClient) -> OAuthFlow:
    database = str(settings.installations_file)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))  # it holds tokens
    slack = settings.slack
    flow = _ServedFlow(
        client=client,
        logger=logging.getLogger("slack_bolt.oauth"),
        settings=OAuthSettings(
            client_id=slack.client_id,
            client_secret=slack.client_secret,
            scopes=list(scopes),
            redirect_uri=f"{settings.public_url}/slack/oauth_redirect" if settings.public_url else None,
            installation_store_bot_only=True,
            installation_store=SQLite3InstallationStore(database=database, client_id=slack.client_id),
            state_store=SQLite3OAuthStateStore(expiration_seconds=STATE_LIFETIME_S, database=database),
            authorization_url=slack.authorize_url or None,
            user_scopes=[],
        ),
    )
    flow.looksee = slack
    return flow
