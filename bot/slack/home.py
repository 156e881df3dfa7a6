"""A person in, their Home tab out: what I can do, last searches, saved products, settings. Blocks here are pure."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answer import understood
from bot.catalogue import Opened
from bot.dialogue import examples
from bot.memory import Person, Preferences, Recent
from bot.sentences import LANGUAGES, Voice, say
from bot.slack.blocks import MOST_BUTTON, Block, is_web_address
from bot.slack.tools import Tools
from bot.slack.wording import escaped
from indexing.product import Product
from indexing.store import NoCatalogue, StoreUnavailable, WrongModel

log = logging.getLogger(__name__)

PAGE_SIZES = (3, 5, 8, 10)
MOST_SHOWN = 10
_LANGUAGE_NAMES = {"en": "English", "ja": "日本語"}


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeContent:
    """All that a person's Home shows."""

    questions: Sequence[str]
    recent: Sequence[Recent]
    saved: Sequence[tuple[Product, str]]
    """With the URL of a picture, or an empty text."""
    preferences: Preferences
    has_catalogue: bool = True
    backup_days: int = 0
    """For how long what is erased can still be brought back from backups; 0 where there are none."""


class Home:
    """Publishes Home. Thread-safe."""

    def __init__(self, tools: Tools, *, backup_days: int = 0) -> None:
        self._tools = tools
        self._backup_days = backup_days

    def publish(self, client: WebClient, person: Person) -> None:
        """Show a person's Home as it is now."""
        memory, people = self._tools.memory, self._tools.people
        voice = people.voice(client, person)
        try:
            opened: Opened | None = self._tools.catalogues.default.opened()
        except (NoCatalogue, StoreUnavailable, WrongModel):
            opened = None
        content = HomeContent(
            questions=examples(opened.facets, voice) if opened else (),
            recent=memory.recent(person)[:5],
            saved=self._saved(person),
            preferences=memory.preferences(person),
            has_catalogue=opened is not None,
            backup_days=self._backup_days,
        )
        for with_pictures in (True, False):
            view = {"type": "home", "blocks": home_blocks(content, voice, with_pictures=with_pictures)}
            try:
                client.views_publish(user_id=person.user, view=view)
            except SlackApiError as error:
                log.warning("home is refused", extra={"slack_error": str(error.response.get("error"))})
            else:
                return

    def _saved(self, person: Person) -> list[tuple[Product, str]]:
        """The saved products that are in their catalogue still, each with a picture if Slack may load one."""
        found: list[tuple[Product, str]] = []
        for saved in self._tools.memory.saved(person):
            catalogue = self._tools.catalogues.named(saved.catalogue)
            try:
                opened = catalogue.opened() if catalogue else None
            except (NoCatalogue, StoreUnavailable, WrongModel):
                opened = None
            product = opened.store.products([saved.product]).get(saved.product) if opened else None
            if opened and product:
                found.append((product, self._tools.pictures.url(opened, product, 0)))
            if len(found) == MOST_SHOWN:
                break
        return found


def home_blocks(content: HomeContent, voice: Voice, *, with_pictures: bool = True) -> list[Block]:
    """The blocks of Home."""
    blocks: list[Block] = [_header(voice.sentence("home-title")), _section(voice.sentence("home-how"))]
    if not content.has_catalogue:
        blocks.append(_section(voice.sentence("home-no-catalogue")))
    if content.questions:
        blocks += [
            _header(voice.sentence("home-try")),
            {
                "type": "actions",
                "block_id": "home-try",
                "elements": [_button(text, f"try-{place}", text) for place, text in enumerate(content.questions, 1)],
            },
        ]
    blocks.append(_header(voice.sentence("home-recent")))
    if content.recent:
        # In the question's own language, as its answer said it: half of it would stay in that language anyway.
        said = [(understood(recent.query), str(place)) for place, recent in enumerate(content.recent)]
        buttons = [_button(text, f"again-{place}", place) for text, place in said]
        blocks.append({"type": "actions", "block_id": "home-recent", "elements": buttons})
    else:
        blocks.append(_context(voice.sentence("home-no-recent")))
    blocks.append(_header(voice.sentence("home-saved")))
    for place, (product, picture) in enumerate(content.saved):
        blocks += _saved_blocks(place, product, picture if with_pictures else "", voice)
    if not content.saved:
        blocks.append(_context(voice.sentence("home-no-saved")))
    settings = _settings(content.preferences, voice, content.backup_days)
    return [*blocks, _header(voice.sentence("home-settings")), *settings]


def _saved_blocks(place: int, product: Product, picture: str, voice: Voice) -> list[Block]:
    title = product.title_in(voice.language) or product.id
    price = voice.money(product.price) if product.price else ""
    facts = " · ".join(filter(None, (price, product.brand)))
    section = _section("\n".join(filter(None, (f"*{escaped(title)[:500]}*", escaped(facts)))))
    if picture:
        alt = voice.sentence("picture-alt", title=title)[:300]
        section["accessory"] = {"type": "image", "image_url": picture, "alt_text": alt}
    buttons = [_button(voice.sentence("home-remove"), "unsave", product.id)]
    if is_web_address(product.url):
        buttons.append(_button(voice.sentence("button-open"), "open", product.id) | {"url": product.url})
    return [section, {"type": "actions", "block_id": f"home-saved-{place}", "elements": buttons}]


def _settings(preferences: Preferences, voice: Voice, backup_days: int) -> list[Block]:
    languages = [_option(voice.sentence("home-follow-slack"), "slack")]
    languages += [_option(_LANGUAGE_NAMES[language], str(say(language).locale)) for language in LANGUAGES]
    sizes = [_option(str(size), str(size)) for size in PAGE_SIZES]
    chosen = next(
        (option for option in languages if option["value"] == preferences.locale.replace("-", "_")), languages[0]
    )
    size = next((option for option in sizes if option["value"] == str(preferences.page_size)), sizes[1])
    erased = voice.sentence("home-forget-text")
    if backup_days:
        apart = "" if voice.language == "ja" else " "
        erased += apart + voice.sentence("home-forget-backups", days=backup_days)
    forget = _button(voice.sentence("home-forget"), "forget", "forget") | {
        "style": "danger",
        "confirm": {
            "title": _plain(voice.sentence("home-forget-title")),
            "text": _plain(erased),
            "confirm": _plain(voice.sentence("home-forget-yes")),
            "deny": _plain(voice.sentence("home-forget-no")),
        },
    }
    return [
        _choice(voice.sentence("home-language"), "language", languages, chosen),
        _choice(voice.sentence("home-page-size"), "page_size", sizes, size),
        {"type": "actions", "block_id": "home-forget", "elements": [forget]},
    ]


def _choice(label: str, action_id: str, options: list[Block], chosen: Block) -> Block:
    menu = {"type": "static_select", "action_id": action_id, "options": options, "initial_option": chosen}
    return {
        "type": "section",
        "block_id": f"home-{action_id}",
        "text": {"type": "mrkdwn", "text": label},
        "accessory": menu,
    }


def _option(text: str, value: str) -> Block:
    return {"text": _plain(text), "value": value}


def _button(text: str, action_id: str, value: str) -> Block:
    short = text if len(text) <= MOST_BUTTON else text[: MOST_BUTTON - 1] + "…"
    return {"type": "button", "action_id": action_id, "text": _plain(short), "value": value}


def _header(text: str) -> Block:
    return {"type": "header", "text": _plain(text)}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text}]}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
