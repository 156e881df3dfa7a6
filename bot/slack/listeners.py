"""Bolt's events in, claimed questions out: each is stored before Slack is told that it came."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from slack_bolt import App, BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.dialogue import examples
from bot.memory import MemoryUnavailable, Person, Place, Thread, Workspace
from bot.slack.answering import Answering
from bot.slack.asking import key_of, question_of
from bot.slack.home import Home
from bot.slack.tools import Tools
from indexing.store import NoCatalogue, StoreUnavailable, WrongModel

log = logging.getLogger(__name__)

Body = dict[str, Any]
CLAIM = "looksee_claim"
EVENTS = ("app_mention", "message", "app_home_opened", "app_uninstalled", "tokens_revoked", "team_access_revoked")
"""What the listeners here listen to; `bot.manifest` names them."""


def workspace_of(context: BoltContext, body: Mapping[str, Any]) -> Workspace:
    """The workspace of a request.

    Where an app is installed org-wide, an event's authorization, which Bolt reads, names the organisation only.
    """
    team = context.team_id or body.get("context_team_id") or body.get("team_id") or ""
    return Workspace(context.enterprise_id or "", str(team))


def register_events(app: App, tools: Tools, answering: Answering, home: Home, *, lease_s: float) -> None:
    """Attach the event listeners, and the middleware that claims questions before them."""

    @app.middleware
    def claim_question(body: Body, context: BoltContext, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's name
        event = body.get("event") or {}
        if body.get("type") == "event_callback" and event.get("type") in {"app_mention", "message"}:
            workspace = workspace_of(context, body)
            catalogue = tools.catalogues.of_channel(str(event.get("channel", "")))
            question = question_of(
                event,
                workspace=workspace,
                bot_user=context.bot_user_id or "",
                thread=lambda place: _thread(tools, place),
                lexicon=catalogue.lexicon_at_hand,
            )
            if question is not None:
                key = key_of(question, workspace, str(body.get("api_app_id", "")))
                payload = msgspec.to_builtins(question)
                try:
                    context[CLAIM] = tools.memory.claim(key, user=question.user, payload=payload, lease_s=lease_s)
                except MemoryUnavailable:
                    log.warning("a question cannot be stored")
                    answering.regret(key, question)
        return next()

    @app.event("app_mention")
    @app.event("message")
    def on_message(context: BoltContext) -> None:
        if claim := context.get(CLAIM):
            answering.take(claim)

    @app.event("app_home_opened")
    def on_home_opened(event: Body, body: Body, context: BoltContext, client: WebClient) -> None:
        person = Person(workspace_of(context, body), str(event["user"]))
        if event.get("tab") == "home":
            home.publish(client, person)
        elif event.get("tab") == "messages":
            suggest(client, tools, person, str(event["channel"]))

    def erase(context: BoltContext, body: Body) -> None:
        here = workspace_of(context, body)
        gone = Workspace(here.enterprise, "") if context.is_enterprise_install else here
        if not gone.enterprise and not gone.team:
            return  # of nobody: nothing is erased
        tools.memory.uninstall(gone)
        tools.installations.forget(gone)
        log.info("uninstalled", extra={"is_organisation": not gone.team})

    @app.event("app_uninstalled")
    def on_uninstalled(context: BoltContext, body: Body) -> None:
        erase(context, body)

    @app.event("tokens_revoked")
    def on_tokens_revoked(event: Body, context: BoltContext, body: Body) -> None:
        if (event.get("tokens") or {}).get("bot"):
            erase(context, body)

    @app.event("team_access_revoked")
    def on_access_revoked(event: Body, context: BoltContext) -> None:
        for team in event.get("team_ids") or ():
            tools.memory.uninstall(Workspace(context.enterprise_id or "", str(team)))
        log.info("taken out of workspaces", extra={"workspaces": len(event.get("team_ids") or ())})


def _thread(tools: Tools, place: Place) -> Thread:
    """A conversation; an empty one where the memory is away: a mention asks all the same."""
    try:
        return tools.memory.thread(place)
    except MemoryUnavailable:
        return Thread()


def suggest(client: WebClient, tools: Tools, person: Person, channel: str) -> None:
    """Offer questions that the live catalogue has answers to, where the person is about to write."""
    try:
        opened = tools.catalogues.of_channel(channel).opened()
    except (NoCatalogue, StoreUnavailable, WrongModel):
        return
    voice = tools.people.voice(client, person)
    prompts = [{"title": text[:75], "message": text} for text in examples(opened.facets, voice)[:4]]
    if not prompts:
        return
    try:  # without thread_ts: with `agent_view` Slack takes it and shows nothing
        client.api_call(
            "assistant.threads.setSuggestedPrompts",
            json={"channel_id": channel, "prompts": prompts, "title": voice.sentence("prompts-title")},
        )
    except SlackApiError as error:
        log.info("no suggested prompts", extra={"slack_error": str(error.response.get("error"))})
