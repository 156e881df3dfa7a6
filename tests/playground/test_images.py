"""Images of blocks are loaded as Slack loads them: PNG, JPEG and GIF, from public addresses only."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from playground import LocalSlack
from playground.pictures import BadImage, checked
from playground.server import ServerThread, bind
from tests.playground.conftest import Photo

URL = "https://shop.example/mug"


def posted(client: WebClient, url: str = URL) -> list[str]:
    """Post a carousel with one picture; return Slack's complaints, of which `invalid_blocks` has some."""
    hero = {"type": "image", "image_url": url, "alt_text": "a mug"}
    card = {"type": "card", "title": {"type": "mrkdwn", "text": "Mug"}, "hero_image": hero}
    try:
        client.chat_postMessage(channel="#shop", text="x", blocks=[{"type": "carousel", "elements": [card]}])
    except SlackApiError as error:
        return list(error.response["errors"])
    return []


REFUSED = ["downloading image failed [json-pointer:/blocks/0/elements/0/hero_image/image_url]"]


@pytest.mark.parametrize(("kind", "complaints"), [("JPEG", []), ("PNG", []), ("GIF", []), ("WEBP", REFUSED)])
def test_three_kinds_of_picture_are_taken(
    slack: LocalSlack, client: WebClient, photo: Photo, kind: str, complaints: list[str]
) -> None:
    slack.pictures.internet[URL] = photo(kind)

    assert posted(client) == complaints


@pytest.mark.parametrize("data", [b"", b"<html>", b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused(slack: LocalSlack, client: WebClient, data: bytes) -> None:
    slack.pictures.internet[URL] = data

    assert posted(client) == REFUSED


def test_half_a_picture_is_no_picture(photo: Photo) -> None:
    whole = photo("PNG", edge_px=200)

    with pytest.raises(BadImage):
        checked(whole[: len(whole) // 2])


def test_a_good_picture_fails_now_and_then(slack: LocalSlack, client: WebClient, photo: Photo) -> None:
    slack.pictures.internet[URL] = photo()
    slack.misbehave(image_failures=1)

    assert posted(client) == REFUSED
    assert posted(client) == []


@pytest.fixture
def picture_host(photo: Photo) -> Iterator[str]:
    """A picture server on this machine, as a bot's own would be."""

    async def picture(request: Request) -> Response:
        return Response(photo(), media_type="image/jpeg")

    async def elsewhere(request: Request) -> Response:
        return RedirectResponse("http://localhost:1/mug.jpg")

    listener = bind(0)
    server = ServerThread(Starlette(routes=[Route("/mug.jpg", picture), Route("/away", elsewhere)]), listener)
    server.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.stop()


def test_a_local_address_is_refused_unless_it_is_the_bots_own(picture_host: str) -> None:
    def answer(public_base: str | None, url: str) -> Any:
        with LocalSlack(public_base=public_base) as slack:
            return posted(WebClient(token=slack.bot_token, base_url=slack.base_url), url)

    assert answer(None, f"{picture_host}/mug.jpg") == REFUSED
    assert answer(picture_host, f"{picture_host}/mug.jpg") == []
    assert answer(picture_host, f"{picture_host}/away") == REFUSED
