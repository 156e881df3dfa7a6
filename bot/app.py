"""Settings in, a bot out that is ready to start: the one place where its adapters are chosen."""

import contextlib
import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast
from urllib.error import URLError

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.adapters import encoder_of, generations_of, memory_of, pictures_of
from bot.catalogue import Catalogue, Catalogues, EncoderOf
from bot.figures import Figures
from bot.manifest import bot_scopes
from bot.memory import Memory
from bot.settings import BotSettings
from bot.slack.answering import Answering
from bot.slack.controls import register_controls
from bot.slack.delivery import Delivery
from bot.slack.home import Home
from bot.slack.installations import Installations, NotInstalled
from bot.slack.listeners import register_events
from bot.slack.people import People
from bot.slack.photos import Photos
from bot.slack.tools import Tools
from bot.store_at_start import notes, refusal
from bot.thumbnails import OwnPictures, Pictures
from bot.web import WebServer, bind, figures_route, health_route, slack_routes
from indexing.fetch import Fetcher
from indexing.generation import Generations
from inference.decoding import PictureDecoder
from inference.encoder import Encoder

log = logging.getLogger(__name__)

MOST_READ = 2**16
"""Bytes that are read from Slack at once."""
WARMING_S = 30.0


class CannotStart(Exception):
    """The bot cannot be started as it is set up; the message is one sentence that says what to do."""


@dataclass(kw_only=True)
class Bot:
    """A bot with all its parts. `start` it, `close` it; or use it in a `with`."""

    settings: BotSettings
    app: App
    tools: Tools
    answering: Answering
    pictures: Pictures
    parts: contextlib.ExitStack
    """What is closed at the end, last first."""
    web: WebServer | None = None
    socket_mode: SocketModeHandler | None = None
    warming: threading.Thread = field(init=False)

    def start(self, listener: socket.socket | None = None) -> "Bot":
        """Connect to Slack, or wait for its requests; serve thumbnails where the bot has a public address.

        Args:
            listener: a bound port to serve on; one is bound as the settings say where it is left out.

        Raises:
            CannotStart: Slack refuses the tokens, or the port is taken.
        """
        slack = self.settings.slack
        self.warming = threading.Thread(target=self._warm, name="warm", daemon=True)
        self.warming.start()
        self._check_token()
        is_http = bool(slack.signing_secret) and not slack.app_token
        if is_http or self.settings.public_url or self.settings.is_serving or listener is not None:
            routes = [health_route(self._is_well), figures_route(self.tools.figures.exposition)]
            routes += self.pictures.routes() if isinstance(self.pictures, OwnPictures) else []
            routes += slack_routes(self.app) if is_http or slack.is_installable else []
            self.web = WebServer(routes, listener or _bound(self.settings))
            self.web.start()
            self.parts.callback(self.web.stop)
        if not is_http:
            # The SDK hands over what it has read only where a read ends with an event: of a burst, not in a small one.
            self.socket_mode = SocketModeHandler(self.app, slack.app_token, receive_buffer_size=MOST_READ)
            if slack.is_local:
                self.socket_mode.client.proxy = None
            try:
                self.socket_mode.client.connect()
            except SlackApiError as error:
                raise CannotStart(
                    f"Slack refuses SLACK_APP_TOKEN ({error.response.get('error')}); make an app-level token with "
                    "connections:write on the app's page."
                ) from error
            except (SlackClientError, URLError, OSError) as error:
                raise CannotStart("Slack cannot be reached; `looksee doctor` looks for the reason.") from error
            self.parts.callback(_hang_up, self.socket_mode)
        log.info("started", extra={"mode": "http" if is_http else "socket"})
        return self

    def settle(self) -> None:
        """Once warm, tell the garbage collector to leave alone what stays. For a process that runs this bot only.

        To look through it took 40 ms at a time, in which nothing was acknowledged.
        """
        self.warming.join(WARMING_S)
        gc.freeze()

    def close(self) -> None:
        """Stop taking questions, let answers end, give everything back."""
        self.parts.close()

    def __enter__(self) -> "Bot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_token(self) -> None:
        try:
            self.tools.installations.check()
        except NotInstalled as error:
            raise CannotStart("Slack refuses SLACK_BOT_TOKEN; copy it again from the app's page.") from error
        except (SlackClientError, URLError, OSError) as error:
            raise CannotStart("Slack cannot be reached; `looksee doctor` looks for the reason.") from error

    def _warm(self) -> None:
        try:
            self.tools.catalogues.warm()
        except Exception:
            log.exception("the first question will wait")

    def _is_well(self) -> bool:
        return self.socket_mode is None or bool(self.socket_mode.client.is_connected())


def _hang_up(socket_mode: SocketModeHandler) -> None:
    """Take no more events. The SDK needs seconds for it, for which nobody waits.

    An event that comes meanwhile is stored, and answered after the next start; or it is not acknowledged, and Slack
    sends it again.
    """
    socket_mode.client.auto_reconnect_enabled = False
    threading.Thread(target=socket_mode.client.close, daemon=True).start()


def build_app(
    settings: BotSettings,
    *,
    encoder: Encoder | None = None,
    generations: Generations | None = None,
    memory: Memory | None = None,
    decoder: PictureDecoder | None = None,
) -> Bot:
    """Wire a bot.

    Args:
        settings: say which adapters are used.
        encoder: instead of the one that each generation names.
        generations: of the default catalogue, instead of those in the data folder.
        memory: instead of the one that the settings name.
        decoder: shared with others, who close it.

    Raises:
        CannotStart: a token is missing, or OpenSearch cannot be answered from.
    """
    slack = settings.slack
    if not slack.bot_token and not slack.is_installable:
        raise CannotStart("SLACK_BOT_TOKEN is not set; docs/slack.md says how to get one.")
    if not slack.app_token and not slack.signing_secret:
        raise CannotStart("Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP); docs/slack.md says how.")
    if generations is None and (reason := refusal(settings, encoder)):
        raise CannotStart(reason)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells addresses, and so the names of people's files
    parts = contextlib.ExitStack()
    memory = memory or memory_of(settings)
    parts.callback(memory.close)
    catalogues = _catalogues(settings, generations, encoder_of(settings, encoder))
    parts.callback(catalogues.close)
    if decoder is None:
        decoder = parts.enter_context(PictureDecoder(workers=2))
        decoder.warm()
    links = parts.enter_context(Fetcher(settings.fetch))
    photos = Photos(decoder, links, base_url=slack.base_url, is_local=slack.is_local)
    parts.callback(photos.close)
    pictures = pictures_of(settings, catalogues, decoder)
    parts.callback(pictures.close)
    installations = Installations(settings, bot_scopes())
    tools = Tools(
        memory=memory,
        catalogues=catalogues,
        photos=photos,
        pictures=pictures,
        installations=installations,
        delivery=Delivery(),
        people=People(memory),
        figures=Figures(installation=settings.emf, write=_print_line if settings.emf else None),
    )
    app = App(
        name="looksee",
        signing_secret=slack.signing_secret,
        client=installations.base,
        authorize=cast("Callable[..., AuthorizeResult]", installations.authorize),  # Bolt takes its own class, too
        oauth_flow=installations.flow,
        request_verification_enabled=True,
    )
    answering = Answering(tools, workers=settings.workers, lease_s=settings.lease_s)
    parts.callback(answering.close)
    home = Home(tools, backup_days=settings.backup_days)
    register_events(app, tools, answering, home, lease_s=settings.lease_s)
    parts.callback(register_controls(app, tools, home))
    return Bot(settings=settings, app=app, tools=tools, answering=answering, pictures=pictures, parts=parts)


def run_bot(settings: BotSettings, say: Callable[[str], None]) -> None:
    """Run until Ctrl-C or SIGTERM, and `say` to whoever started it what they should know.

    Raises as `build_app` and `Bot.start` do.
    """
    ended = threading.Event()
    with build_app(settings) as bot:
        bot.start()
        for note in notes(settings):
            say(note)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        bot.settle()
        ended.wait()


def _catalogues(settings: BotSettings, generations: Generations | None, find: EncoderOf) -> Catalogues:
    def named(name: str) -> Catalogue:
        return Catalogue(name, generations_of(settings, name), find)

    make: Callable[[str], Catalogue] = named
    default = Catalogue(settings.catalogue, generations, find) if generations else make(settings.catalogue)
    known = {settings.catalogue: default}
    by_channel = {}
    for channel, name in settings.channel_catalogues.items():
        known[name] = known.get(name) or make(name)
        by_channel[channel] = known[name]
    return Catalogues(default, by_channel)


def _print_line(line: str) -> None:
    """CloudWatch reads figures from the log that stdout goes to."""
    print(line, flush=True)


def _bound(settings: BotSettings) -> socket.socket:
    try:
        return bind(settings.host, settings.port)
    except OSError as error:
        raise CannotStart(
            f"Port {settings.port} of {settings.host} cannot be listened on; set LOOKSEE_PORT to another."
        ) from error
