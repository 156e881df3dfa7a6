"""One local Slack: its workspaces, the app installed in them, and everybody who wants to hear what changes."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from playground.delivery import Delivery, RequestUrl, SocketMode
from playground.errors import Json, SlackError
from playground.ids import Ids
from playground.manifest import Manifest
from playground.misbehaviour import Misbehaviour
from playground.workspace import Channel, Message, User, Workspace

TRIGGER_LIFETIME_S = 3.0
RESPONSE_URL_LIFETIME_S = 30 * 60
RESPONSE_URL_USES = 5
TOKEN_LIFETIME_S = 12 * 60 * 60


@dataclass(kw_only=True)
class Installation:
    """The app in one workspace: its bot user, scopes and tokens."""

    team_id: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str]
    token: str
    refresh_token: str | None = None
    expires_s: float | None = None
    revoked: bool = False
    enterprise: str = ""
    """Set where the app is installed org-wide: one bot user and one token for all workspaces of an organisation."""


@dataclass(kw_only=True)
class Trigger:
    """A trigger_id: one view may be opened with it, within three seconds."""

    user: User
    made_s: float
    used: bool = False
    view_id: str | None = None


@dataclass(kw_only=True)
class ResponseUrl:
    """A response_url: five answers within thirty minutes, where the app need not be a member."""

    installation: Installation
    channel: Channel
    user: User
    made_s: float
    message: Message | None = None
    thread_ts: str | None = None
    uses: int = 0


@dataclass(kw_only=True)
class Credentials:
    """What identifies the app. Written nowhere."""

    app_id: str
    client_id: str
    client_secret: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(repr=False)
    verification_token: str = field(repr=False)


class Hub:
    """The state of one local Slack. Everything here runs on the server's event loop.

    Args:
        manifest: what the app declares.
        credentials: what identifies the app.
        origin: where the server listens: `http://127.0.0.1:PORT`.
        ids: the source of identifiers and of the time.
        request_url: where to POST signed payloads; None means Socket Mode.
        public_base: the app's own public address; images under it are fetched although it is local.
    """

    def __init__(
        self,
        manifest: Manifest,
        credentials: Credentials,
        *,
        origin: str,
        ids: Ids,
        request_url: str | None = None,
        public_base: str | None = None,
    ) -> None:
        self.manifest = manifest
        self.credentials = credentials
        self.origin = origin
        self.ids = ids
        self.public_base = public_base
        self.misbehaviour = Misbehaviour()
        self.sockets = SocketMode()
        self.delivery = Delivery(self.sockets, self.misbehaviour)
        self.request_url: RequestUrl | None = None
        if request_url:
            self.use_request_url(request_url)
        self.workspaces: dict[str, Workspace] = {}
        self.installations: dict[str, Installation] = {}
        """Team id -> the app's installation there."""
        self.tokens: dict[str, Installation] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.tickets: set[str] = set()
        """Socket Mode links that have been given out and not used."""
        self.codes: dict[str, tuple[str, frozenset[str]]] = {}
        """OAuth code -> team id and scopes."""
        self.ephemerals: dict[str, Message] = {}
        self.statuses: dict[tuple[str, str], Json] = {}
        """(channel id, thread ts) -> the assistant status shown there."""
        self.prompts: dict[str, Json] = {}
        """Channel id -> the suggested prompts."""
        self.log: list[Json] = []
        """Every Web API call: method, error code or None, milliseconds."""
        self._listeners: list[Callable[[Json], None]] = []
        self._changed = asyncio.Event()

    def use_request_url(self, url: str) -> None:
        """Reach the app by signed HTTP from now on."""
        self.request_url = RequestUrl(url, self.credentials.signing_secret, self.ids)
        self.delivery.carrier = self.request_url

    # --- finding ---

    def workspace(self, team_id: str) -> Workspace:
        """Return a workspace by id."""
        return self.workspaces[team_id]

    def bot(self, team_id: str) -> User:
        """Return the app's bot user in a workspace."""
        return self.workspaces[team_id].users[self.installations[team_id].bot_user]

    def channel(self, channel_id: str) -> Channel:
        """Return a channel of any workspace.

        Raises:
            SlackError: `channel_not_found`.
        """
        for workspace in self.workspaces.values():
            if channel_id in workspace.channels:
                return workspace.channels[channel_id]
        raise SlackError("channel_not_found")

    # --- making ---

    def add_workspace(self, name: str, domain: str, *, enterprise: str = "") -> Workspace:
        """Make an empty workspace, of an Enterprise Grid organisation where its id is given."""
        workspace = Workspace(id=self.ids.new("T"), name=name, domain=domain, enterprise=enterprise)
        self.workspaces[workspace.id] = workspace
        return workspace

    def add_user(
        self, team_id: str, name: str, real_name: str, *, locale: str = "en-US", bot_id: str | None = None
    ) -> User:
        """Add a person, or a bot where `bot_id` is given, to a workspace."""
        workspace = self.workspaces[team_id]
        user = User(
            id=self.ids.new("U"),
            team_id=team_id,
            name=name,
            real_name=real_name,
            locale=locale,
            bot_id=bot_id,
            hue=(len(workspace.users) * 137 + 200) % 360,
        )
        workspace.users[user.id] = user
        return user

    def add_channel(self, team_id: str, name: str, members: set[str], *, private: bool = False) -> Channel:
        """Add a channel with its members."""
        channel = Channel(id=self.ids.new("G" if private else "C"), team_id=team_id, name=name, members=set(members))
        self.workspaces[team_id].channels[channel.id] = channel
        return channel

    def open_direct(self, first: User, second: User) -> Channel:
        """Return the direct message of two people, opened if need be."""
        workspace = self.workspaces[first.team_id]
        channel = workspace.direct(first.id, second.id)
        if channel is None:
            channel = Channel(id=self.ids.new("D"), team_id=workspace.id, name="", members={first.id, second.id})
            workspace.channels[channel.id] = channel
        return channel

    def install(self, team_id: str, *, token: str | None = None, scopes: frozenset[str] | None = None) -> Installation:
        """Install the app in a workspace, or renew its tokens and scopes if it is there."""
        workspace = self.workspaces[team_id]
        earlier = self.installations.get(team_id)
        if earlier:
            bot_user, bot_id = earlier.bot_user, earlier.bot_id
            self.tokens = {each: owner for each, owner in self.tokens.items() if owner is not earlier}
        else:
            bot_id = self.ids.new("B")
            bot_user = self.add_user(team_id, self.manifest.bot_name, self.manifest.name, bot_id=bot_id).id
        installation = Installation(
            team_id=workspace.id,
            bot_user=bot_user,
            bot_id=bot_id,
            scopes=self.manifest.scopes if scopes is None else scopes,
            token=token or self.ids.secret("xoxb-"),
        )
        if self.manifest.token_rotation and token is None:
            self.rotate(installation)
        self.installations[team_id] = installation
        self.tokens[installation.token] = installation
        return installation

    def install_org_wide(self, enterprise: str, *, scopes: frozenset[str]) -> Installation:
        """Install the app in all workspaces of an organisation at once."""
        first, *others = (each for each in self.workspaces.values() if each.enterprise == enterprise)
        installation = self.install(first.id, scopes=scopes)
        installation.enterprise = enterprise
        for other in others:
            self.installations[other.id] = installation
            bot = first.users[installation.bot_user]
            other.users.setdefault(bot.id, replace(bot, team_id=other.id))
        return installation

    def rotate(self, installation: Installation) -> None:
        """Give an installation a new token that ends after twelve hours, and a new refresh token."""
        installation.token = self.ids.secret("xoxe.xoxb-1-")
        installation.refresh_token = self.ids.secret("xoxe-1-")
        installation.expires_s = self.ids.now_s() + TOKEN_LIFETIME_S
        self.tokens[installation.token] = installation

    def trigger(self, user: User, *, view_id: str | None = None) -> str:
        """Return a new trigger_id for something that a person just did."""
        name = f"{self.ids.new('')}.{self.ids.secret('')}"
        self.triggers[name] = Trigger(user=user, made_s=self.ids.now_s(), view_id=view_id)
        return name

    def response_url(
        self,
        installation: Installation,
        channel: Channel,
        user: User,
        *,
        message: Message | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """Return a new response_url."""
        secret = self.ids.secret("")
        self.response_urls[secret] = ResponseUrl(
            installation=installation,
            channel=channel,
            user=user,
            made_s=self.ids.now_s(),
            message=message,
            thread_ts=thread_ts,
        )
        return f"{self.origin}/actions/{channel.team_id}/{secret}"

    def clear(self) -> None:
        """Forget every message, file, view and status; people, channels and the installation stay."""
        for workspace in self.workspaces.values():
            for channel in workspace.channels.values():
                channel.messages.clear()
            workspace.files.clear()
            workspace.views.clear()
            workspace.homes.clear()
        self.ephemerals.clear()
        self.statuses.clear()
        self.prompts.clear()
        self.triggers.clear()
        self.response_urls.clear()
        self.tell("cleared")

    # --- telling ---

    def listen(self, listener: Callable[[Json], None]) -> Callable[[], None]:
        """Call `listener` for each change; return the function that ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, kind: str, **facts: object) -> None:
        """Tell the pages, and the tests that wait, what has changed."""
        for listener in list(self._listeners):
            listener({"type": kind, **facts})
        self._changed.set()
        self._changed = asyncio.Event()

    async def change(self, timeout_s: float) -> None:
        """Wait for the next change, `timeout_s` seconds at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._changed.wait()
