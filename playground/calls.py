"""A Web API request -> a checked call: method, token, scopes and arguments; and the table of methods."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from playground.errors import Json, SlackError
from playground.hub import Hub, Installation
from playground.pictures import Pictures
from playground.workspace import Channel, User, Workspace

HISTORY_SCOPES = {"channel": "channels:history", "group": "groups:history", "im": "im:history"}
READ_SCOPES = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}


@dataclass(kw_only=True)
class Call:
    """One call of the Web API by the app."""

    hub: Hub
    pictures: Pictures
    method: str
    token: str
    args: Json
    installed: Installation | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def installation(self) -> Installation:
        """Return the installation that the bot token belongs to.

        Raises:
            SlackError: `not_allowed_token_type`, for a call with another token.
        """
        if self.installed is None:
            raise SlackError("not_allowed_token_type")
        return self.installed

    @property
    def workspace(self) -> Workspace:
        """Return the caller's workspace; for an org-wide token, the one that the arguments are of."""
        if self.installation.enterprise:
            return self._named_workspace()
        return self.hub.workspace(self.installation.team_id)

    @property
    def bot(self) -> User:
        """Return the caller: the bot user."""
        return self.workspace.users[self.installation.bot_user]

    def _named_workspace(self) -> Workspace:
        named = {self.text(name) for name in ("channel", "channel_id", "user", "user_id", "file", "view_id", "team_id")}
        trigger = self.hub.triggers.get(self.text("trigger_id"))
        named |= {trigger.user.team_id} if trigger else set()
        mine = [self.hub.workspaces[team] for team, each in self.hub.installations.items() if each is self.installation]
        for workspace in mine:
            if named & {workspace.id, *workspace.channels, *workspace.users, *workspace.files, *workspace.views}:
                return workspace
        return mine[0]

    def text(self, name: str) -> str:
        """Return a string argument, or an empty string."""
        value = self.args.get(name)
        return value if isinstance(value, str) else "" if value is None else str(value)

    def required(self, name: str) -> str:
        """Return a string argument.

        Raises:
            SlackError: `invalid_arguments`, where it is missing.
        """
        value = self.text(name)
        if not value:
            message = f"[ERROR] missing required field: {name}"
            raise SlackError("invalid_arguments", response_metadata={"messages": [message]})
        return value

    def flag(self, name: str) -> bool:
        """Return a true or false argument."""
        return self.args.get(name) in (True, "true", "True", "1", 1)

    def number(self, name: str, default: int) -> int:
        """Return a whole number.

        Raises:
            SlackError: `invalid_arguments`.
        """
        value = self.args.get(name)
        try:
            return default if value in (None, "") else int(str(value))
        except ValueError:
            raise SlackError("invalid_arguments") from None

    def json(self, name: str, error: str = "invalid_arguments") -> Any:
        """Return an argument that is JSON, whether it came as JSON or as a form field.

        Raises:
            SlackError: `error`, where it cannot be read.
        """
        value = self.args.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value) if value else None
            except json.JSONDecodeError:
                raise SlackError(error) from None
        return value

    def need(self, scope: str, *others: str) -> None:
        """Demand a scope, or one of several.

        Raises:
            SlackError: `missing_scope`, with what is needed and what is there.
        """
        provided = self.installation.scopes
        if not provided & {scope, *others}:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(provided)))

    def channel(self, name: str = "channel") -> Channel:
        """Return the channel that an argument names, as far as the bot may see it.

        Raises:
            SlackError: `channel_not_found`.
        """
        channel = self.workspace.channel_named(self.required(name))
        if channel.kind != "channel" and self.bot.id not in channel.members:
            raise SlackError("channel_not_found")
        return channel


Method = Callable[[Call], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A method of the Web API: which scopes (one of them) it asks for, and whose token."""

    run: Method
    scopes: tuple[str, ...]
    caller: str


METHODS: dict[str, Entry] = {}


def method(name: str, *scopes: str, caller: str = "bot") -> Callable[[Method], Method]:
    """Enter a function into the table of methods. `caller` is `bot`, `app`, `any` or `none`."""

    def enter(function: Method) -> Method:
        METHODS[name] = Entry(function, scopes, caller)
        return function

    return enter


def admit(call: Call) -> Entry:
    """Return the method of a call, after its token and scopes have been checked.

    Raises:
        SlackError: `unknown_method`, `not_authed`, `invalid_auth`, `token_expired`, `account_inactive`,
            `not_allowed_token_type` or `missing_scope`.
    """
    entry = METHODS.get(call.method)
    if entry is None:
        raise SlackError("unknown_method", req_method=call.method)
    if entry.caller == "none":
        return entry
    if not call.token:
        raise SlackError("not_authed")
    if call.token == call.hub.credentials.app_token:
        if entry.caller not in ("app", "any"):
            raise SlackError("not_allowed_token_type")
        return entry
    installation = call.hub.tokens.get(call.token)
    if installation is None:
        raise SlackError("invalid_auth")
    if installation.revoked:
        raise SlackError("account_inactive")
    current = call.token == installation.token
    if current and installation.expires_s is not None and call.hub.ids.now_s() > installation.expires_s:
        raise SlackError("token_expired")
    if entry.caller == "app":
        raise SlackError("not_allowed_token_type")
    call.installed = installation
    if entry.scopes:
        call.need(*entry.scopes)
    return entry
