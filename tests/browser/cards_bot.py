"""A small shop bot, real Bolt and real pictures: every shape and control that the page has to draw, in few lines.

It knows nine drawn products and finds them by colour and shape; the real bot takes its place where the lead says so.
"""

import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageDraw
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from playground import LocalSlack
from playground.server import ServerThread, bind

Json = dict[str, Any]

COLOURS = {"red": "#d0453a", "blue": "#2f6db3", "green": "#4a8f5a"}
SHAPES = ("mug", "lamp", "chair")
PRODUCTS = [f"{colour} {shape}" for shape in SHAPES for colour in COLOURS]
PRICES = {name: 12 + 5 * number for number, name in enumerate(PRODUCTS)}


def drawing(name: str, edge_px: int = 480, kind: str = "JPEG") -> bytes:
    """Draw a product: a mug, a lamp or a chair in its colour."""
    colour, shape = name.split()
    image = Image.new("RGB", (edge_px, edge_px), "#f4f1ec")
    pen, unit, fill = ImageDraw.Draw(image), edge_px / 12, COLOURS[colour]

    def box(*corners: float) -> tuple[float, float, float, float]:
        left, top, right, bottom = (each * unit for each in corners)
        return left, top, right, bottom

    if shape == "mug":
        pen.ellipse(box(6.5, 4, 10, 8), outline=fill, width=int(unit * 0.7))
        pen.rounded_rectangle(box(3, 3, 8, 9.5), radius=unit, fill=fill)
        pen.ellipse(box(3, 2.5, 8, 3.8), fill="#3a2a20")
    elif shape == "lamp":
        pen.polygon(
            [(4 * unit, 2 * unit), (8 * unit, 2 * unit), (9.5 * unit, 6 * unit), (2.5 * unit, 6 * unit)], fill=fill
        )
        pen.rectangle(box(5.7, 6, 6.3, 9.5), fill="#5c5148")
        pen.rounded_rectangle(box(4, 9.3, 8, 10), radius=unit / 3, fill="#5c5148")
    else:
        pen.rounded_rectangle(box(3.5, 2, 8.5, 6.2), radius=unit / 2, fill=fill)
        pen.rounded_rectangle(box(3, 6.4, 9, 7.4), radius=unit / 3, fill=fill)
        for left in (3.3, 8.2):
            pen.rectangle(box(left, 7.3, left + 0.5, 10.5), fill="#5c5148")
    buffer = io.BytesIO()
    image.save(buffer, kind, quality=90)
    return buffer.getvalue()


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def button(action_id: str, text: str, value: str = "x", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": value} | more


def found(text: str, colour: str | None = None) -> list[str]:
    """Return the products nearest to a text: every shared word counts."""
    wanted = set(text.lower().replace(",", " ").split()) | ({colour} if colour else set())
    return sorted(PRODUCTS, key=lambda name: -len(wanted & set(name.split())))[:5]


def colour_of(photo: bytes) -> str:
    """Return which of our colours a photo's middle is nearest to."""
    with Image.open(io.BytesIO(photo)) as image:
        middle = image.convert("RGB").resize((12, 12)).getpixel((5, 5))
    assert isinstance(middle, tuple)
    rgb = {name: tuple(int(code[at : at + 2], 16) for at in (1, 3, 5)) for name, code in COLOURS.items()}
    return min(rgb, key=lambda name: sum((a - b) ** 2 for a, b in zip(rgb[name], middle, strict=True)))


def answer_blocks(pictures: str, products: list[str], understood: str) -> list[Json]:
    cards = [
        {
            "type": "card",
            "hero_image": {
                "type": "image",
                "image_url": f"{pictures}/{name.replace(' ', '-')}.jpg",
                "alt_text": f"A {name}",
            },
            "title": mrkdwn(name.capitalize()),
            "subtitle": mrkdwn(f"€{PRICES[name]}.00 · Contoso"),
            "body": mrkdwn(f"Matches _{name.split()[0]}_ and _{name.split()[1]}_"),
            "actions": [button("similar", "Similar", name), button("save", "Save", name)],
        }
        for name in products
    ]
    sort = {
        "type": "static_select",
        "action_id": "sort",
        "placeholder": plain("Sort by"),
        "options": [
            {"text": plain(text), "value": value} for text, value in (("Best match", "best"), ("Price", "price"))
        ],
    }
    more = {
        "type": "overflow",
        "action_id": "more",
        "options": [{"text": plain("Start over"), "value": "over"}, {"text": plain("Help"), "value": "help"}],
    }
    thumbs = {
        "type": "feedback_buttons",
        "action_id": "vote",
        "positive_button": {"text": plain("Good answer"), "value": "good"},
        "negative_button": {"text": plain("Bad answer"), "value": "bad"},
    }
    return [
        {"type": "section", "text": mrkdwn(f"*{len(products)} finds* for _{understood}_")},
        {"type": "carousel", "elements": cards},
        {"type": "actions", "elements": [button("next", "Show more"), button("filters", "Filters"), sort, more]},
        {"type": "context_actions", "elements": [thumbs]},
    ]


FILTERS: Json = {
    "type": "modal",
    "callback_id": "filters",
    "title": plain("Filters"),
    "submit": plain("Apply"),
    "close": plain("Cancel"),
    "blocks": [
        {
            "type": "input",
            "block_id": "max",
            "label": plain("Price up to"),
            "hint": plain("In euros"),
            "optional": True,
            "element": {"type": "number_input", "action_id": "value", "is_decimal_allowed": True},
        },
        {
            "type": "input",
            "block_id": "words",
            "label": plain("In other words"),
            "optional": True,
            "element": {"type": "plain_text_input", "action_id": "value", "placeholder": plain("a warm light")},
        },
        {
            "type": "input",
            "block_id": "type",
            "label": plain("Type"),
            "optional": True,
            "element": {
                "type": "static_select",
                "action_id": "value",
                "options": [{"text": plain(shape), "value": shape} for shape in SHAPES],
            },
        },
        {
            "type": "input",
            "block_id": "colours",
            "label": plain("Colours"),
            "optional": True,
            "element": {
                "type": "multi_static_select",
                "action_id": "value",
                "placeholder": plain("Any colour"),
                "options": [{"text": plain(colour), "value": colour} for colour in COLOURS],
            },
        },
        {
            "type": "input",
            "block_id": "stock",
            "label": plain("Availability"),
            "optional": True,
            "element": {
                "type": "checkboxes",
                "action_id": "value",
                "options": [{"text": plain("In stock only"), "value": "in_stock"}],
            },
        },
        {
            "type": "input",
            "block_id": "order",
            "label": plain("Order"),
            "element": {
                "type": "radio_buttons",
                "action_id": "value",
                "initial_option": {"text": plain("Best match"), "value": "best"},
                "options": [{"text": plain("Best match"), "value": "best"}, {"text": plain("Price"), "value": "price"}],
            },
        },
    ],
}


def register(app: App, slack: LocalSlack, pictures: str) -> None:
    """Give a Bolt app its listeners."""
    client = app.client

    def answer(channel: str, thread_ts: str, text: str, photo: bytes | None = None) -> None:
        began = time.perf_counter()
        understood = " ".join(word for word in text.split() if not word.startswith("<@")) or "your photo"
        products = found(understood, colour_of(photo) if photo else None)
        took_ms = (time.perf_counter() - began) * 1000
        client.chat_postMessage(
            channel=channel,
            thread_ts=thread_ts,
            text=f"Found {', '.join(products)}",
            blocks=answer_blocks(pictures, products, understood),
            metadata={
                "event_type": "looksee_answer",
                "event_payload": {
                    "understood": understood + (", like your photo" if photo else ""),
                    "timings_ms": {"encode": took_ms * 0.6, "search": took_ms * 0.4, "total": took_ms},
                    "hits": [
                        {"id": name, "score": round(0.91 - 0.07 * rank, 3), "why": f"colour {name.split()[0]}"}
                        for rank, name in enumerate(products)
                    ],
                },
            },
        )

    def photo_of(files: list[Json]) -> bytes | None:
        return slack.team.files[files[0]["id"]].content if files else None

    @app.event("app_mention")
    def on_mention(event: Json) -> None:
        thread_ts = event.get("thread_ts") or event["ts"]
        status = {"channel_id": event["channel"], "thread_ts": thread_ts, "status": "is looking …"}
        client.assistant_threads_setStatus(**status)
        if "slowly" in event["text"]:
            time.sleep(1.5)
        answer(event["channel"], thread_ts, event["text"], photo_of(event.get("files", [])))

    @app.event("message")
    def on_message(event: Json) -> None:
        mentioned = f"<@{slack.bot.id}>" in event.get("text", "")
        ours = event["channel_type"] == "im" or (event.get("thread_ts") and not mentioned)
        if ours and event.get("subtype") in (None, "file_share") and not event.get("bot_id"):
            thread_ts = event.get("thread_ts") or event["ts"]
            answer(event["channel"], thread_ts, event.get("text", ""), photo_of(event.get("files", [])))

    @app.action("similar")
    def on_similar(ack: Any, body: Json) -> None:
        ack()
        answer(body["channel"]["id"], body["container"]["thread_ts"], body["actions"][0]["value"])

    @app.action("save")
    def on_save(ack: Any, body: Json, respond: Any) -> None:
        ack()
        respond(text=f"Saved the {body['actions'][0]['value']}.", response_type="ephemeral", replace_original=False)

    @app.action("next")
    def on_next(ack: Any, body: Json) -> None:
        ack()
        answer(body["channel"]["id"], body["container"]["thread_ts"], "something else")

    @app.action("sort")
    @app.action("more")
    @app.action("vote")
    def on_choice(ack: Any, body: Json, respond: Any) -> None:
        ack()
        action = body["actions"][0]
        chosen = action.get("selected_option", action).get("value")
        respond(text=f"You chose {chosen}.", response_type="ephemeral", replace_original=False)

    @app.action("filters")
    def on_filters(ack: Any, body: Json) -> None:
        ack()
        place = f"{body['channel']['id']} {body['container']['thread_ts']}"
        client.views_open(trigger_id=body["trigger_id"], view=FILTERS | {"private_metadata": place})

    @app.view("filters")
    def on_apply(ack: Any, view: Json) -> None:
        values = {block: next(iter(state.values())) for block, state in view["state"]["values"].items()}
        price = values["max"]["value"]
        if price and not price.replace(".", "", 1).isdigit():
            ack(response_action="errors", errors={"max": "A price is a number, like 30"})
            return
        ack()
        colours = [option["value"] for option in values["colours"]["selected_options"]]
        shape = (values["type"]["selected_option"] or {"value": ""})["value"]
        channel, thread_ts = view["private_metadata"].split()
        answer(channel, thread_ts, " ".join([*colours, shape, values["words"]["value"] or ""]))

    @app.command("/looksee")
    def on_command(ack: Any, command: Json, respond: Any) -> None:
        ack()
        respond(text=f"Only for you: {', '.join(found(command['text'])[:3])}")

    @app.shortcut("find_similar")
    def on_shortcut(ack: Any, shortcut: Json) -> None:
        ack()
        files = shortcut["message"].get("files", [])
        text = "There is no photo in this message."
        if files:
            text = f"Like that photo: *{found('', colour_of(photo_of(files) or b''))[0]}*"
        view = {"type": "modal", "title": plain("Find similar"), "blocks": [{"type": "section", "text": mrkdwn(text)}]}
        client.views_open(trigger_id=shortcut["trigger_id"], view=view)

    @app.event("app_home_opened")
    def on_home(event: Json) -> None:
        if event["tab"] == "messages":
            prompts = [
                {"title": "A red mug", "message": "a red mug"},
                {"title": "A lamp", "message": "a lamp for my desk"},
            ]
            client.assistant_threads_setSuggestedPrompts(channel_id=event["channel"], title="Try one", prompts=prompts)
            return
        blocks = [
            {"type": "header", "text": plain("What I can do")},
            {"type": "section", "text": mrkdwn("Ask for *a red mug*, show me a photo, or do both.")},
            {"type": "divider"},
            {
                "type": "section",
                "text": mrkdwn("*Language*\nHow I speak to you"),
                "accessory": {
                    "type": "static_select",
                    "action_id": "language",
                    "placeholder": plain("Language"),
                    "options": [{"text": plain("English"), "value": "en"}, {"text": plain("日本語"), "value": "ja"}],
                },
            },
            {"type": "actions", "elements": [button("forget", "Forget me", style="danger")]},
        ]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("language")
    @app.action("forget")
    def on_home_choice(ack: Any, body: Json) -> None:
        ack()
        text = f"Done: {body['actions'][0]['action_id']}"
        view = {"type": "home", "blocks": [{"type": "header", "text": plain(text)}]}
        client.views_publish(user_id=body["user"]["id"], view=view)


@contextmanager
def picture_host() -> Iterator[str]:
    """Serve the drawings as a bot serves its thumbnails; the address is the public base."""

    async def picture(request: Request) -> Response:
        return Response(drawing(request.path_params["name"].replace("-", " ")), media_type="image/jpeg")

    listener = bind(0)
    server = ServerThread(Starlette(routes=[Route("/{name}.jpg", picture)]), listener)
    server.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.stop()


@contextmanager
def running(slack: LocalSlack, pictures: str) -> Iterator[None]:
    """Run the bot against a local Slack."""
    app = App(client=WebClient(token=slack.bot_token, base_url=slack.base_url))
    register(app, slack, pictures)
    handler = SocketModeHandler(app, slack.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_for_bot()
    yield
    handler.client.auto_reconnect_enabled = False
    slack.drop_sockets()
    threading.Thread(target=handler.client.close, daemon=True).start()
