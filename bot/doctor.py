"""Settings in, what is well and what is not out: one line each, with the mend. `looksee doctor`."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPException
from typing import Literal

import httpx
import msgspec
from rich.console import Console
from rich.text import Text
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.adapters import encoder_of, generations_of, memory_of
from bot.app import build_app
from bot.catalogue import Catalogue
from bot.dialogue import examples, find
from bot.manifest import SCOPES, bot_scopes
from bot.memory import MemoryUnavailable
from bot.query import Query
from bot.sentences import say
from bot.settings import BotSettings
from bot.slack.delivery import Delivery, Undeliverable
from bot.slack.handle import Handle
from bot.slack.installations import web_client
from bot.slack.pool import Later
from bot.slack.telling import forms_of, sentence_forms
from indexing.product_pictures import ProductPictures
from indexing.store import Filters, NoCatalogue, StoreUnavailable, WrongModel
from inference.decoding import DecoderUnavailable, PictureDecoder
from inference.encoder import EncoderUnavailable
from inference.model import BrokenModel, NoSuchModel, find_model

State = Literal["well", "warning", "ill"]
LEAST_FREE_BYTES = 500_000_000
_SAMPLE = 20
_LOST = (SlackClientError, HTTPException, OSError)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    name: str
    state: State
    said: str
    mend: str = ""
    """What to do; empty where all is well."""


def examine(settings: BotSettings) -> list[Finding]:
    """Look at everything without changing or posting anything."""
    checks: Sequence[Callable[[BotSettings], Iterator[Finding]]] = (
        _settings, _data, _model, _index, _memory, _bot_token, _app_token, _public_url,
    )  # fmt: skip
    return [finding for check in checks for finding in check(settings)]


def examine_live(settings: BotSettings, channel: str) -> list[Finding]:
    """Ask one question of encoder, store and pictures, and post every shape of answer to a channel.

    Args:
        settings: with a bot token.
        channel: an id (`C...`) or a name (`#shop`) of a channel that the bot is in.
    """
    findings = []
    with build_app(settings) as bot:
        tools, voice = bot.tools, say("en")
        try:
            opened = tools.catalogues.default.opened()
            words = (examples(opened.facets, voice) or ["product"])[0]
            answer = find(Query(words=words), opened, k=5)
        except (NoCatalogue, StoreUnavailable, WrongModel, EncoderUnavailable) as error:
            return [_ill("question", f"It cannot be answered ({type(error).__name__}).", "See the lines above.")]
        steps = ", ".join(f"{name} {ms:.0f} ms" for name, ms in answer.timings_ms.items())
        findings.append(_well("question", f"“{words}” finds {len(answer.hits)} products ({steps})."))
        forms = [*forms_of(answer, opened, tools.pictures, voice, Handle("doctor", "0")), *sentence_forms("It works.")]
        client, delivery = web_client(settings.slack, settings.slack.bot_token), Delivery()
        for form in forms:
            try:
                delivery.post(client, channel, [form])
                findings.append(_well(f"post: {form.name}", "Slack takes it."))
            except Undeliverable as error:
                mend = "Invite the bot: /invite @looksee." if error.code in _NOT_THERE else "Please report this."
                findings.append(_ill(f"post: {form.name}", f"Slack refuses it ({error.code}).", mend))
            except Later as later:
                findings.append(
                    _warning(f"post: {form.name}", "Slack is busy.", f"Try again in {later.after_s:.0f} seconds.")
                )
    return findings


_NOT_THERE = frozenset({"not_in_channel", "channel_not_found"})


def show(console: Console, findings: Sequence[Finding]) -> None:
    """Print for people: a mark, the name, what was found, and below it what to do."""
    marks = {"well": ("✓", "green"), "warning": ("!", "yellow"), "ill": ("✗", "red")}
    for finding in findings:
        mark, colour = marks[finding.state]
        console.print(Text.assemble((f"{mark} ", colour), (f"{finding.name}: ", "bold"), finding.said))
        if finding.mend:
            console.print(Text(f"    {finding.mend}", style=colour))


def is_well(findings: Sequence[Finding]) -> bool:
    """True where nothing is ill; warnings are no illness."""
    return all(finding.state != "ill" for finding in findings)


def _settings(settings: BotSettings) -> Iterator[Finding]:
    slack = settings.slack
    if not slack.bot_token and not slack.is_installable:
        yield _ill(
            "settings", "There is no SLACK_BOT_TOKEN.", "Make the app from manifest.json and copy its bot token."
        )
    elif not slack.app_token and not slack.signing_secret:
        yield _ill(
            "settings",
            "There is neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET.",
            "Set SLACK_APP_TOKEN for Socket Mode, which needs no public address.",
        )
    else:
        mode = "Socket Mode" if slack.app_token else "HTTP"
        who = "workspaces that install the app" if slack.is_installable else "one workspace"
        yield _well("settings", f"{mode}, for {who}; catalogue {settings.catalogue}.")


def _data(settings: BotSettings) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield _ill("data", f"{folder} is no folder that can be written to.", "Choose another with LOOKSEE_DATA.")
        return
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        yield _warning("data", f"Others on this machine may read {folder}.", f"chmod 700 {folder}")
        return
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        yield _warning("data", f"Only {free / 1e6:,.0f} MB are free.", "Make room, or prune old indexes.")
    else:
        yield _well("data", f"{folder}, {free / 1e9:,.1f} GB free.")


def _model(settings: BotSettings) -> Iterator[Finding]:
    try:
        model = find_model(settings.model, settings.data_dir)
        encoder_of(settings)(model.model_id).encode_texts([model.description.prompt.format("mug")])
    except (NoSuchModel, BrokenModel) as error:
        yield _ill("model", str(error), "`looksee model list` shows those that are here.")
    except (WrongModel, EncoderUnavailable):
        yield _ill("model", f"{settings.model} cannot be run here.", "Get it again: looksee model get.")
    else:
        yield _well("model", f"{model.model_id} encodes.")


def _index(settings: BotSettings) -> Iterator[Finding]:
    if settings.opensearch is not None:
        from indexing.opensearch_check import check, lacks

        if problems := check(settings.opensearch, settings.catalogue):
            yield _ill("index", problems[0], "docs/opensearch.md says more.")
            return
        for lack in lacks(settings.opensearch):
            yield _warning("search", lack, "docs/opensearch.md says what an analyser does for answers.")
    generations = generations_of(settings, settings.catalogue)
    live = generations.live()
    if live is None:
        yield _ill("index", f"Nothing is indexed in {settings.catalogue} yet.", "looksee index SOURCE")
        return
    if problems := generations.verify(live.name, sample=_SAMPLE):
        yield _ill("index", problems[0], "looksee generations rollback, or index the source again.")
        return
    try:
        opened = Catalogue(settings.catalogue, generations, encoder_of(settings)).opened()
    except WrongModel:
        yield _ill("index", f"Its model {live.model_id} is not here.", f"looksee model get {live.model_id}")
        return
    yield _well("index", f"{live.name}, {live.products:,} products.")
    facets = opened.store.facets(Filters())
    answer = find(Query(words=(examples(facets, say("en")) or ["product"])[0]), opened, k=5)
    hit = next((hit for hit in answer.hits if hit.product.pictures), None)
    if hit is None:
        yield _warning("pictures", "The products found have no pictures.", "Name them in the catalogue.")
        return
    with PictureDecoder() as decoder:
        try:
            pictures = ProductPictures(live.pictures_folder, settings.fetch, decoder)
            jpeg = pictures.thumbnail(hit.product, hit.picture, px=256)
        except DecoderUnavailable:
            yield _ill("pictures", "No process can be started that decodes pictures.", "Give the bot more memory.")
            return
    if jpeg is None:
        yield _warning("pictures", "A catalogue picture cannot be read.", "Are the source's pictures where they were?")
    else:
        yield _well("pictures", "A catalogue picture becomes a thumbnail.")


def _memory(settings: BotSettings) -> Iterator[Finding]:
    try:
        memory_of(settings).close()
    except MemoryUnavailable:
        yield _ill("memory", f"The memory ({settings.memory}) cannot be used.", "Its file or table must be readable.")
    else:
        yield _well("memory", f"Conversations are kept for {settings.retention_days} days.")


def _bot_token(settings: BotSettings) -> Iterator[Finding]:
    slack = settings.slack
    if not slack.bot_token:
        return
    try:
        told = web_client(slack, slack.bot_token).auth_test()
    except SlackApiError as error:
        code = error.response.get("error")
        yield _ill("bot token", f"Slack refuses it ({code}).", "Copy it again from OAuth & Permissions of the app.")
        return
    except _LOST:
        host = httpx.URL(slack.base_url).host
        yield _ill("network", f"{host} cannot be reached.", "Open https to it in the firewall, or set HTTPS_PROXY.")
        return
    yield _well("bot token", f"{told.get('user')} in {told.get('team')}.")
    headers = {name.lower(): str(value) for name, value in (told.headers or {}).items()}
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    missing = [scope for scope in bot_scopes() if scope not in granted] if granted else []
    for scope in missing:
        yield _warning(
            "scopes", f"{scope} is missing: {SCOPES[scope]}.", "Add it to the app and install the app again."
        )
    if granted and not missing:
        yield _well("scopes", f"All {len(SCOPES)} are granted.")


def _app_token(settings: BotSettings) -> Iterator[Finding]:
    slack = settings.slack
    if not slack.app_token:
        return
    try:
        web_client(slack).apps_connections_open(app_token=slack.app_token)
    except SlackApiError as error:
        code = error.response.get("error")
        yield _ill(
            "app token",
            f"Slack opens no Socket Mode connection ({code}).",
            "Make an app-level token with connections:write, and switch Socket Mode on.",
        )
    except _LOST:
        return  # the bot token's line says that Slack cannot be reached
    else:
        yield _well("app token", "Socket Mode opens.")


def _public_url(settings: BotSettings) -> Iterator[Finding]:
    if not settings.public_url:
        yield _warning(
            "pictures in Slack",
            "There is no LOOKSEE_PUBLIC_URL: pictures that are not public come as one sheet.",
            "Set it to an https address that leads to this machine.",
        )
        return
    try:
        response = httpx.get(f"{settings.public_url}/health", timeout=5.0)
        is_ours = response.status_code in {200, 503}
    except (httpx.HTTPError, httpx.InvalidURL):
        is_ours = False
    if is_ours:
        yield _well("pictures in Slack", f"{settings.public_url} leads to a running bot.")
    else:
        yield _warning(
            "pictures in Slack",
            f"No bot answers at {settings.public_url}.",
            f"Start it (looksee bot), and lead the address to port {settings.port}.",
        )


def _well(name: str, said: str) -> Finding:
    return Finding(name=name, state="well", said=said)


def _warning(name: str, said: str, mend: str) -> Finding:
    return Finding(name=name, state="warning", said=said, mend=mend)


def _ill(name: str, said: str, mend: str) -> Finding:
    return Finding(name=name, state="ill", said=said, mend=mend)
