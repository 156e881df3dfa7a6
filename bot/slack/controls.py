"""Bolt's buttons, menus, dialogues, command and message menu in; acknowledged at once, then done on other threads."""

import logging
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.memory import Person
from bot.query import Query
from bot.sentences import sorry
from bot.slack.actions import Actions, DialogueOf
from bot.slack.clicks import Click, Responder
from bot.slack.filters import CALLBACK, chosen_filters
from bot.slack.home import PAGE_SIZES, Home
from bot.slack.listeners import workspace_of
from bot.slack.private import answer_privately
from bot.slack.telling import log_failure
from bot.slack.tools import Tools

log = logging.getLogger(__name__)

COMMAND = "/looksee"
FIND_SIMILAR = "find_similar"
Body = dict[str, Any]


def register_controls(app: App, tools: Tools, home: Home) -> Callable[[], None]:
    """Attach the listeners of everything that can be clicked; what comes back ends their threads."""
    actions = Actions(tools=tools, home=home, responder=Responder(tools))
    threads = ThreadPoolExecutor(6, "click")

    def later(work: Callable[[], None]) -> None:
        def run() -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 - the last line of defence of a click
                log_failure(error, tools.figures)

        threads.submit(run)

    def on_click(action_id: str | re.Pattern[str], do: Callable[[Click], None]) -> None:
        @app.action(action_id)
        def listener(ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
            ack()
            click = Click.of(body, workspace_of(context, body), client)

            def work() -> None:
                try:
                    do(click)
                except Exception as error:  # noqa: BLE001 - whatever it is, the person reads a sentence
                    log_failure(error, tools.figures)
                    actions.responder.whisper(click, sorry(error, str(actions.responder.voice(click).locale)))

            later(work)

    on_click(re.compile(r"^without-\d+$"), actions.without)
    on_click("similar", actions.similar)
    on_click("more", actions.more)
    on_click("save", actions.save)
    on_click("feedback", actions.feedback)
    on_click("start_over", actions.start_over)
    on_click("share", actions.share)
    on_click("filters", actions.open_filters)

    def on_home(action_id: str | re.Pattern[str], do: Callable[[WebClient, Person, Mapping[str, Any]], None]) -> None:
        @app.action(action_id)
        def listener(ack: Ack, body: Body, context: BoltContext, client: WebClient) -> None:
            ack()
            person = Person(workspace_of(context, body), str(body["user"]["id"]))
            action = body["actions"][0]
            later(lambda: do(client, person, action))

    def size_of(action: Mapping[str, Any]) -> int:
        size = int(action["selected_option"]["value"])
        return size if size in PAGE_SIZES else PAGE_SIZES[1]

    def locale_of(action: Mapping[str, Any]) -> str:
        chosen = str(action["selected_option"]["value"])
        return "" if chosen == "slack" else chosen

    on_home(re.compile(r"^try-\d+$"), lambda client, person, action: actions.ask(client, person, action["value"]))
    on_home(
        re.compile(r"^again-\d+$"), lambda client, person, action: actions.again(client, person, int(action["value"]))
    )
    on_home("unsave", lambda client, person, action: actions.unsave(client, person, action["value"]))
    on_home("page_size", lambda client, person, action: actions.prefer(client, person, page_size=size_of(action)))
    on_home("language", lambda client, person, action: actions.prefer(client, person, locale=locale_of(action)))
    on_home("forget", lambda client, person, action: actions.forget(client, person))

    @app.action("open")
    def on_open(ack: Ack) -> None:
        ack()  # the link opens by itself; Slack wants to hear that we know

    @app.view(CALLBACK)
    def on_filters(ack: Ack, body: Body, context: BoltContext, client: WebClient, view: Body) -> None:
        person = Person(workspace_of(context, body), str(body["user"]["id"]))
        about = msgspec.json.decode(view["private_metadata"], type=DialogueOf)
        state = view["state"]["values"]
        _filters, errors = chosen_filters(Query().filters, state, about.currency, tools.people.voice(client, person))
        if errors:
            ack(response_action="errors", errors=errors)
            return
        ack()
        later(lambda: actions.filter(about, person, client, state))

    @app.command(COMMAND)
    def on_command(ack: Ack, command: Body, body: Body, context: BoltContext, client: WebClient) -> None:
        ack()
        person = Person(workspace_of(context, body), str(command["user_id"]))
        later(
            lambda: answer_privately(
                tools,
                client,
                person,
                channel=str(command["channel_id"]),
                text=str(command.get("text") or ""),
                response_url=str(command["response_url"]),
            )
        )

    @app.shortcut({"type": "message_action", "callback_id": FIND_SIMILAR})
    def on_find_similar(ack: Ack, shortcut: Body, body: Body, context: BoltContext, client: WebClient) -> None:
        ack()
        message = shortcut.get("message") or {}
        later(
            lambda: answer_privately(
                tools,
                client,
                Person(workspace_of(context, body), str(shortcut["user"]["id"])),
                channel=str(shortcut["channel"]["id"]),
                text=str(message.get("text") or ""),
                response_url=str(shortcut["response_url"]),
                files=message.get("files") or (),
                is_photo_only=True,
            )
        )

    return lambda: threads.shutdown(wait=True, cancel_futures=True)
