"""A whole local Slack in one object: start it, be its people, and wait for what the bot answers."""

import asyncio
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import parse_qsl, urlsplit

from playground import events, interactions, oauth_page, people
from playground.errors import Json, SlackError
from playground.hub import Credentials, Hub, Installation
from playground.ids import Ids
from playground.manifest import DEFAULT_MANIFEST, Manifest
from playground.methods import views
from playground.pictures import Pictures
from playground.samples import Samples
from playground.server import ServerThread, bind, build
from playground.workspace import Channel, File, Message, User, View, Workspace

T = TypeVar("T")
POLL_S = 0.01
"""A claim may be about the bot's side, of whose changes nothing here is told."""
PEOPLE = (
    ("ana", "Ana Duarte", "en-US"),
    ("ben", "Ben Okafor", "en-GB"),
    ("kenji", "Kenji Mori", "ja-JP"),
    ("lena", "Lena Fischer", "de-DE"),
)
CHANNELS = (("shop", "What are you looking for today?"), ("general", "Everything else"))


class LocalSlack:
    """A strict Slack on 127.0.0.1, with one workspace, its people and the app installed.

    It speaks to an unmodified Slack app: give `base_url`, `bot_token`, `app_token` and `signing_secret` to Bolt.
    People act through the methods (`say`, `click`, `submit`, ...); they and the page go the same way.
    Users and channels are given by name: `"ana"`, `"#shop"`; `"@looksee"` in a text becomes a mention.

    Args:
        manifest: the app manifest; its scopes, events, commands and shortcuts hold. A general one if left out.
        port: where to listen; 0 takes a free port.
        bot_token, app_token, signing_secret: fixed credentials; made up if left out.
        request_url: deliver by signed HTTP to this URL instead of Socket Mode.
        public_base: the bot's own address for pictures; image URLs under it are fetched, other local ones refused.
        samples: questions and photos that the page offers.
        now_s: the clock in seconds since 1970; tests may pass their own.
    """

    def __init__(
        self,
        *,
        manifest: Json | None = None,
        port: int = 0,
        bot_token: str | None = None,
        app_token: str | None = None,
        signing_secret: str | None = None,
        request_url: str | None = None,
        public_base: str | None = None,
        samples: Samples | None = None,
        now_s: Callable[[], float] = time.time,
    ) -> None:
        ids = Ids(now_s)
        listener = bind(port)
        self.port: int = listener.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.hub = Hub(
            Manifest.read(manifest or DEFAULT_MANIFEST),
            Credentials(
                app_id=ids.new("A"),
                client_id=f"{ids.new('')}.{ids.new('')}",
                client_secret=ids.secret(""),
                signing_secret=signing_secret or ids.secret(""),
                app_token=app_token or ids.secret("xapp-1-"),
                verification_token=ids.secret(""),
            ),
            origin=self.origin,
            ids=ids,
            request_url=request_url,
            public_base=public_base,
        )
        self.pictures = Pictures(public_base)
        self.team = self._seed(bot_token)
        self._server = ServerThread(build(self.hub, self.pictures, samples or Samples(), self.team.id), listener)

    def _seed(self, bot_token: str | None) -> Workspace:
        team = self.hub.add_workspace("Looksee Shop", "looksee-shop")
        everybody = [self.hub.add_user(team.id, name, real, locale=locale) for name, real, locale in PEOPLE]
        installation = self.hub.install(team.id, token=bot_token)
        members = {user.id for user in everybody} | {installation.bot_user}
        for name, topic in CHANNELS:
            self.hub.add_channel(team.id, name, members).topic = topic
        for user in everybody:
            self.hub.open_direct(user, self.hub.bot(team.id))
        return team

    # --- life ---

    def start(self) -> Self:
        """Start serving; returns when the first request can be answered."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Stop serving."""
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # --- what the bot needs ---

    @property
    def base_url(self) -> str:
        """Return the Web API's address, for `WebClient(base_url=...)`."""
        return f"{self.origin}/api/"

    @property
    def authorize_url(self) -> str:
        """Return the address of the page that allows the app, for Bolt's `authorization_url`."""
        return f"{self.origin}/oauth/v2/authorize"

    @property
    def installation(self) -> Installation:
        """Return the app's installation in the first workspace."""
        return self.hub.installations[self.team.id]

    @property
    def bot_token(self) -> str:
        """Return the bot token of the first workspace."""
        return self.installation.token

    @property
    def app_token(self) -> str:
        """Return the app-level token, for Socket Mode."""
        return self.hub.credentials.app_token

    @property
    def signing_secret(self) -> str:
        """Return the secret that signs HTTP payloads."""
        return self.hub.credentials.signing_secret

    @property
    def bot(self) -> User:
        """Return the bot user."""
        return self.hub.bot(self.team.id)

    # --- finding ---

    def user(self, name: str) -> User:
        """Return a person of the first workspace by name or id."""
        return self.team.user_named(name)

    def channel(self, name: str) -> Channel:
        """Return a channel by `#name` or id, or `@name`'s direct message with the bot."""
        return self.on_loop(lambda: self.channel_now(name))

    def messages(self, channel: str) -> list[Message]:
        """Return every message of a channel, replies too, oldest first."""
        return self.on_loop(lambda: list(self.channel_now(channel).messages.values()))

    def replies(self, message: Message) -> list[Message]:
        """Return the replies in a message's thread, oldest first."""
        return self.on_loop(lambda: self.hub.channel(message.channel).replies(message.root_ts))

    def ephemerals(self, user: str) -> list[Message]:
        """Return the messages that only one person sees, oldest first."""
        wanted = self.user(user).id
        return self.on_loop(lambda: [each for each in self.hub.ephemerals.values() if each.ephemeral_to == wanted])

    def views(self, user: str) -> list[View]:
        """Return a person's open modals, the lowest first."""
        wanted = self.user(user).id
        return self.on_loop(lambda: views.stack(self.team, wanted))

    def home(self, user: str) -> View | None:
        """Return a person's Home tab as last published."""
        key = (self.user(user).id, self.hub.credentials.app_id)
        return self.on_loop(lambda: self.team.homes.get(key))

    def channel_now(self, name: str) -> Channel:
        """Return a channel; to be called on the server's loop."""
        if name.startswith("@"):
            return self.hub.open_direct(self.user(name), self.bot)
        try:
            return self.team.channel_named(name)
        except SlackError:
            return self.hub.channel(name)

    # --- making ---

    def add_user(self, name: str, real_name: str = "", *, locale: str = "en-US") -> User:
        """Add a person to the first workspace."""
        return self.on_loop(lambda: self.hub.add_user(self.team.id, name, real_name or name.title(), locale=locale))

    def add_channel(
        self, name: str, members: Sequence[str] = (), *, private: bool = False, with_bot: bool = True
    ) -> Channel:
        """Add a channel; everybody is in it where no members are named."""

        def add() -> Channel:
            people_in = {self.user(each).id for each in members}
            people_in = people_in or {each.id for each in self.team.users.values() if each.bot_id is None}
            bot = {self.bot.id} if with_bot else set()
            return self.hub.add_channel(self.team.id, name, people_in | bot, private=private)

        return self.on_loop(add)

    def add_workspace(self, name: str, *, people_names: Sequence[str] = ("noor",), enterprise: str = "") -> Workspace:
        """Add a workspace in which the app is not installed yet, of an organisation where its id is given."""

        def add() -> Workspace:
            team = self.hub.add_workspace(name, name.lower().replace(" ", "-"), enterprise=enterprise)
            everybody = [self.hub.add_user(team.id, each, each.title()) for each in people_names]
            self.hub.add_channel(team.id, "shop", {user.id for user in everybody})
            return team

        return self.on_loop(add)

    # --- what people do ---

    def say(
        self,
        user: str,
        channel: str,
        text: str = "",
        *,
        files: Sequence[tuple[str, bytes] | File] = (),
        thread: Message | None = None,
    ) -> Message:
        """Send a message, with files as `(name, bytes)`, in a channel (`#shop`), a DM with the bot (`@`), a thread.

        `channel` may be `"@"`: the direct message with the bot.
        """

        def run() -> Message:
            who = self._anyone(user)
            where = self._place(who, channel)
            return people.say(self.hub, who, where, text, files=files, thread_ts=thread.ts if thread else None)

        return self.on_loop(run)

    def edit(self, user: str, message: Message, text: str) -> None:
        """Edit a message of one's own."""
        self.on_loop(lambda: people.edit(self.hub, self._anyone(user), message, text))

    def delete(self, user: str, message: Message) -> None:
        """Delete a message of one's own."""
        self.on_loop(lambda: people.delete(self.hub, self._anyone(user), message))

    def click(
        self,
        user: str,
        place: Message | View,
        action_id: str,
        value: Any = None,
        *,
        block_id: str | None = None,
        state: Json | None = None,
    ) -> None:
        """Use a control: press a button, choose from a menu, press a thumb; returns when the app has acknowledged.

        `value` is what is chosen; for a button, which one where several share the action_id. `state` holds plain values
        of other inputs: block_id -> action_id -> string, list or None.

        Raises:
            SlackError: `action_not_found`.
            AppDidNotAnswer: no acknowledgement within three seconds.
        """

        async def run() -> None:
            blocks = place.content["blocks"] if isinstance(place, View) else place.blocks
            which = value if isinstance(value, str) else None
            element = interactions.find_element(blocks, action_id, which, block_id)
            values = self._state(blocks, state or {})
            action = interactions.as_action(element, value)
            await interactions.click(self.hub, self._anyone(user), place, action, values)

        self._server.run(run())

    def submit(self, user: str, view: View, values: Json | None = None) -> Json:
        """Hand in a modal; return block_id -> complaint where the app refuses the input.

        `values` are plain: block_id -> action_id -> string, list or None. The others keep their initial value.

        Raises:
            AppDidNotAnswer: no acknowledgement within three seconds.
        """
        state = self._state(view.content["blocks"], values or {})
        return self._server.run(interactions.submit(self.hub, self.pictures, self._anyone(user), view, state))

    def close(self, user: str, view: View) -> None:
        """Close a modal without handing it in."""
        self._server.run(interactions.close(self.hub, self._anyone(user), view))

    def command(self, user: str, channel: str, line: str) -> None:
        """Type a slash command: `/looksee red mug`.

        Raises:
            AppDidNotAnswer: no acknowledgement within three seconds.
        """
        name, _, text = line.partition(" ")
        who = self._anyone(user)
        where = self.on_loop(lambda: self._place(who, channel))
        self._server.run(interactions.command(self.hub, self.pictures, who, where, name, text))

    def shortcut(self, user: str, message: Message, callback_id: str) -> None:
        """Choose an entry of a message's menu.

        Raises:
            AppDidNotAnswer: no acknowledgement within three seconds.
        """
        self._server.run(interactions.message_shortcut(self.hub, self._anyone(user), message, callback_id))

    def global_shortcut(self, user: str, callback_id: str) -> None:
        """Choose an entry of the composer's menu."""
        self._server.run(interactions.global_shortcut(self.hub, self._anyone(user), callback_id))

    def open_home(self, user: str) -> None:
        """Look at the app's Home tab."""
        self.on_loop(lambda: people.open_home(self.hub, self._anyone(user)))

    def open_messages_tab(self, user: str) -> None:
        """Look at the direct message with the app."""
        self.on_loop(lambda: people.open_messages_tab(self.hub, self._anyone(user)))

    def uninstall(self, team: Workspace | None = None) -> None:
        """Remove the app from a workspace, or from its whole organisation where it is there org-wide.

        Its token ends, and it is told.
        """
        team_id = (team or self.team).id

        def run() -> None:
            self.hub.installations[team_id].revoked = True
            events.app_removed(self.hub, team_id, [self.hub.bot(team_id).id])

        self.on_loop(run)

    def take_from(self, team: Workspace) -> None:
        """Take one workspace out of an org-wide installation; the app is told that it may not go there any more."""

        def run() -> None:
            events.access_revoked(self.hub, team.id)
            del self.hub.installations[team.id]

        self.on_loop(run)

    def approve(self, authorize_url: str, team: Workspace | str | None = None) -> str:
        """Allow the app on the page that an install link leads to; return the redirect URL with its code.

        `team` may be the id of an organisation, whose admin installs the app org-wide.
        """
        query = dict(parse_qsl(urlsplit(authorize_url).query))
        allowed = team if isinstance(team, str) else (team or self.team).id
        return self.on_loop(lambda: oauth_page.approve(self.hub, query, allowed))

    # --- waiting ---

    def wait_for(self, claim: Callable[[], T | None], timeout_s: float = 5.0) -> T:
        """Wait until `claim` returns something true; asked on each change, and every few ms, on the loop.

        Raises:
            TimeoutError: it did not, in time.
        """

        async def run() -> T:
            async with asyncio.timeout(timeout_s):
                while True:
                    found = claim()
                    if found:
                        return found
                    await self.hub.change(POLL_S)

        return self._server.run(run(), timeout_s + 5)

    def wait_for_reply(self, message: Message, *, count: int = 1, timeout_s: float = 5.0) -> Message:
        """Wait until the bot has answered `count` times in a message's thread; return its last answer."""

        def claim() -> Message | None:
            replies = self.hub.channel(message.channel).replies(message.root_ts)
            answers = [each for each in replies if each.bot_id and each.ts > message.ts and not each.streaming]
            return answers[-1] if len(answers) >= count else None

        return self.wait_for(claim, timeout_s)

    def wait_for_message(self, channel: str, *, after: Message | None = None, timeout_s: float = 5.0) -> Message:
        """Wait for a message of the bot in a channel, in a thread or not."""

        def claim() -> Message | None:
            since = after.ts if after else ""
            messages = self.channel_now(channel).messages.values()
            return next((each for each in messages if each.bot_id and each.ts > since), None)

        return self.wait_for(claim, timeout_s)

    def wait_for_ephemeral(self, user: str, *, count: int = 1, timeout_s: float = 5.0) -> Message:
        """Wait until one person has been shown `count` private messages; return the last."""
        wanted = self.user(user).id

        def claim() -> Message | None:
            found = [each for each in self.hub.ephemerals.values() if each.ephemeral_to == wanted]
            return found[-1] if len(found) >= count else None

        return self.wait_for(claim, timeout_s)

    def wait_for_view(self, user: str, *, title: str | None = None, timeout_s: float = 5.0) -> View:
        """Wait until a modal is open on a person's screen; return the uppermost."""
        wanted = self.user(user).id

        def claim() -> View | None:
            open_views = views.stack(self.team, wanted)
            fits = open_views and (title is None or open_views[-1].content["title"]["text"] == title)
            return open_views[-1] if fits else None

        return self.wait_for(claim, timeout_s)

    def wait_for_home(self, user: str, *, after_hash: str = "", timeout_s: float = 5.0) -> View:
        """Wait until a person's Home tab is published, or published anew."""
        key = (self.user(user).id, self.hub.credentials.app_id)

        def claim() -> View | None:
            view = self.team.homes.get(key)
            return view if view and view.hash != after_hash else None

        return self.wait_for(claim, timeout_s)

    def wait_for_bot(self, timeout_s: float = 10.0) -> None:
        """Wait until the bot has a Socket Mode connection."""
        deadline = time.monotonic() + timeout_s
        while not self.hub.sockets.connections:
            if time.monotonic() > deadline:
                raise TimeoutError("the bot did not connect")
            time.sleep(0.005)

    # --- misbehaving ---

    def misbehave(self, **switches: Any) -> None:
        """Set switches of `Misbehaviour`: `misbehave(copies=3)`, `misbehave(rate_limits={"chat.postMessage": [1]})`."""
        self.on_loop(lambda: self.hub.misbehaviour.set(switches))

    def drop_sockets(self, *, politely: bool = False) -> None:
        """End every Socket Mode connection."""
        self._server.run(self.hub.sockets.disconnect(politely=politely))

    def clear(self) -> None:
        """Forget every message, file, view and status, as for a new day."""
        self.on_loop(self.hub.clear)

    def calls(self, method: str) -> list[Json]:
        """Return the Web API calls of one method so far: `method`, `error`, `ms`."""
        return [each for each in list(self.hub.log) if each["method"] == method]

    # --- inside ---

    def on_loop(self, work: Callable[[], T]) -> T:
        """Run a function on the server's event loop, where all state lives; before the start, here."""
        if not self._server.loop.is_running():
            return work()

        async def run() -> T:
            return work()

        return self._server.run(run())

    def _anyone(self, name: str) -> User:
        for workspace in self.hub.workspaces.values():
            try:
                return workspace.user_named(name)
            except SlackError:
                continue
        raise SlackError("user_not_found", detail=name)

    def _place(self, user: User, channel: str) -> Channel:
        if channel.startswith("@"):
            return self.hub.open_direct(user, self.hub.bot(user.team_id))
        return self.hub.workspace(user.team_id).channel_named(channel)

    @staticmethod
    def _state(blocks: list[Json], plain: Json) -> Json:
        state = interactions.initial_state(blocks)
        for block_id, actions in plain.items():
            for action_id, value in actions.items():
                element = interactions.find_element(blocks, action_id, block_id=block_id)
                state.setdefault(block_id, {})[action_id] = interactions.typed_value(element, value)
        return state


def serve(
    *,
    port: int = 0,
    bot_token: str | None = None,
    app_token: str | None = None,
    signing_secret: str | None = None,
    manifest: Json | None = None,
    samples: Samples | None = None,
    public_base: str | None = None,
    request_url: str | None = None,
) -> LocalSlack:
    """Start a local Slack with its page and return the running handle; `stop()` ends it.

    Raises:
        OSError: the port is taken.
    """
    return LocalSlack(
        port=port,
        bot_token=bot_token,
        app_token=app_token,
        signing_secret=signing_secret,
        manifest=manifest,
        samples=samples,
        public_base=public_base,
        request_url=request_url,
    ).start()
