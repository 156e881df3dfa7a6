"""An answer in, Block Kit out. Pure: the golden files in tests/bot/golden are its specification."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from bot.answer import parts
from bot.query import Answer, Hit
from bot.sentences import Voice
from bot.slack.handle import Handle
from bot.slack.wording import escaped

Block: TypeAlias = dict[str, Any]
MOST_PARTS = 8
"""Removable parts shown; a question with more is told in its sentence all the same."""
MOST_TITLE, MOST_BODY, MOST_BUTTON, MOST_ALT, MOST_URL, MOST_SECTION = 150, 200, 75, 300, 3000, 3000


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One way to show an answer; the next one is tried where Slack refuses it."""

    name: str
    """`cards`, `cards without pictures`, `list`, `list without pictures`, `text`, or `sentence`."""
    text: str
    """Read by notifications and screen readers; shown where there are no blocks."""
    blocks: tuple[Block, ...] = ()


def answer_forms(
    answer: Answer,
    voice: Voice,
    handle: Handle,
    *,
    pictures: Mapping[str, str],
    notes: Sequence[str] = (),
    is_private: bool = False,
) -> list[Form]:
    """The ways to show an answer, best first.

    Args:
        answer: what was found.
        voice: of the person who asked.
        handle: what the buttons carry.
        pictures: product id -> URL of a PNG, JPEG or GIF that Slack may load; products without one are left out.
        notes: sentences to say beside it, plain text.
        is_private: seen by one person only, who may share it.
    """
    text = notification(answer, voice, notes)
    before = list(_before(answer, voice, handle, notes))
    after = list(_after(answer, voice, handle, is_private=is_private))
    forms = []
    has_pictures = any(hit.product.id in pictures for hit in answer.hits)
    if has_pictures:
        shelf = _carousel(answer, voice, handle, pictures)
        forms.append(Form(name="cards", text=text, blocks=(*before, shelf, *after)))
    if answer.hits:
        shelf = _carousel(answer, voice, handle, {})
        forms.append(Form(name="cards without pictures", text=text, blocks=(*before, shelf, *after)))
    if has_pictures:
        rows = _list(answer, voice, handle, pictures)
        forms.append(Form(name="list", text=text, blocks=(*before, *rows, *after)))
    rows = _list(answer, voice, handle, {})
    forms.append(Form(name="list without pictures", text=text, blocks=(*before, *rows, *after)))
    forms.append(Form(name="text", text=_plain(answer, voice, notes)))
    return forms


def notification(answer: Answer, voice: Voice, notes: Sequence[str] = ()) -> str:
    """The answer in one line: what was understood and what was found, escaped."""
    titles = " · ".join(_line(place, hit, voice) for place, hit in enumerate(answer.hits, 1))
    sentence = voice.sentence("answer-notification", understood=answer.understood, titles=titles)
    if not answer.hits:
        sentence = f"{answer.understood}: {_nothing(answer, voice)}"
    return _cut(" ".join([*map(escaped, notes), escaped(sentence)]), MOST_SECTION)


def sentence_blocks(text: str) -> list[Block]:
    """One plain sentence of ours, which may hold Slack's own markup."""
    return [{"type": "section", "text": _mrkdwn(text)}]


def _before(answer: Answer, voice: Voice, handle: Handle, notes: Sequence[str]) -> Iterator[Block]:
    said = _cut(f":mag: *{escaped(answer.understood).replace('*', '∗')}*", MOST_SECTION)
    yield {"type": "context", "block_id": handle.block_id("understood"), "elements": [_mrkdwn(said)]}
    removable = parts(answer.query, str(voice.locale))[:MOST_PARTS]
    if len(removable) > 1:
        buttons = [
            _button(voice.sentence("button-without", part=label), f"without-{place}", key)
            for place, (key, label) in enumerate(removable, 1)
        ]
        yield {"type": "actions", "block_id": handle.block_id("parts"), "elements": buttons}
    told = [*map(escaped, notes), *map(escaped, answer.relaxations)]
    if answer.is_partial:
        told.append(voice.sentence("is-partial"))
    if told:
        yield {"type": "context", "elements": [_mrkdwn(_cut(line, MOST_SECTION)) for line in told[:10]]}
    if not answer.hits:
        yield {"type": "section", "text": _mrkdwn(_nothing(answer, voice))}
    elif not answer.is_confident:
        yield {"type": "section", "text": _mrkdwn(voice.sentence("nothing-close"))}


def _nothing(answer: Answer, voice: Voice) -> str:
    return voice.sentence("nothing-more" if answer.query.page else "nothing-found")


def _after(answer: Answer, voice: Voice, handle: Handle, *, is_private: bool) -> Iterator[Block]:
    steps = [_button(voice.sentence("button-more"), "more", "more")] if answer.has_more else []
    steps.append(_button(voice.sentence("button-filters"), "filters", "filters"))
    steps.append(_button(voice.sentence("button-start-over"), "start_over", "start_over"))
    if is_private and answer.hits:
        steps.append(_button(voice.sentence("button-share"), "share", "share"))
    yield {"type": "actions", "block_id": handle.block_id("steps"), "elements": steps}
    if answer.hits:
        thumbs = {
            "type": "feedback_buttons",
            "action_id": "feedback",
            "positive_button": _thumb(voice.sentence("button-good"), "up"),
            "negative_button": _thumb(voice.sentence("button-bad"), "down"),
        }
        yield {"type": "context_actions", "block_id": handle.block_id("feedback"), "elements": [thumbs]}


def _carousel(answer: Answer, voice: Voice, handle: Handle, pictures: Mapping[str, str]) -> Block:
    cards = [
        _card(place, hit, voice, handle, pictures.get(hit.product.id, "")) for place, hit in enumerate(answer.hits, 1)
    ]
    return {"type": "carousel", "block_id": handle.block_id("cards"), "elements": cards}


def _card(place: int, hit: Hit, voice: Voice, handle: Handle, picture: str) -> Block:
    card: Block = {"type": "card", "block_id": handle.block_id(f"card-{place}")}
    if picture:
        card["hero_image"] = {"type": "image", "image_url": picture, "alt_text": alt_text(hit, voice)}
    card["title"] = _plain_text(f"{place}. {_title(hit, voice)}", MOST_TITLE)
    if facts := _facts(hit, voice):
        card["subtitle"] = _plain_text(facts, MOST_TITLE)
    if hit.why:
        card["body"] = _plain_text(" · ".join(hit.why), MOST_BODY)
    card["actions"] = _card_buttons(hit, voice)
    return card


def _list(answer: Answer, voice: Voice, handle: Handle, pictures: Mapping[str, str]) -> Iterator[Block]:
    for place, hit in enumerate(answer.hits, 1):
        lines = [f"*{place}. {escaped(_title(hit, voice))}*", escaped(_facts(hit, voice)), escaped(" · ".join(hit.why))]
        section: Block = {"type": "section", "text": _mrkdwn(_cut("\n".join(filter(None, lines)), MOST_SECTION))}
        if picture := pictures.get(hit.product.id):
            section["accessory"] = {"type": "image", "image_url": picture, "alt_text": alt_text(hit, voice)}
        yield section
        block_id = handle.block_id(f"card-{place}")
        yield {"type": "actions", "block_id": block_id, "elements": _card_buttons(hit, voice)}


def _card_buttons(hit: Hit, voice: Voice) -> list[Block]:
    title, product = _title(hit, voice), hit.product
    buttons = [
        _button(voice.sentence("button-similar"), "similar", product.id, voice.sentence("label-similar", title=title)),
        _button(voice.sentence("button-save"), "save", product.id, voice.sentence("label-save", title=title)),
    ]
    if is_web_address(product.url):
        label = voice.sentence("label-open", title=title)
        buttons.append(_button(voice.sentence("button-open"), "open", product.id, label) | {"url": product.url})
    return buttons


def _plain(answer: Answer, voice: Voice, notes: Sequence[str]) -> str:
    lines = [*map(escaped, notes), f"*{escaped(answer.understood)}*", *map(escaped, answer.relaxations)]
    if not answer.hits:
        lines.append(_nothing(answer, voice))
    elif not answer.is_confident:
        lines.append(voice.sentence("nothing-close"))
    for place, hit in enumerate(answer.hits, 1):
        link = f" <{hit.product.url}>" if is_web_address(hit.product.url) else ""
        lines.append(escaped(_line(place, hit, voice)) + link)
    return "\n".join(lines)


def alt_text(hit: Hit, voice: Voice) -> str:
    """What a screen reader says of a product's picture."""
    return _cut(voice.sentence("picture-alt", title=_title(hit, voice)), MOST_ALT)


def is_web_address(url: str) -> bool:
    """True for what a button may open: http(s), with a host, not too long, without control characters or spaces."""
    try:
        parts_ = urlsplit(url)
        is_web = parts_.scheme in {"http", "https"} and bool(parts_.hostname)
    except ValueError:
        return False
    return is_web and len(url) <= MOST_URL and url.isprintable() and not any(sign in url for sign in ' <>|"')


def _line(place: int, hit: Hit, voice: Voice) -> str:
    facts = _facts(hit, voice)
    return f"{place}. {_title(hit, voice)}" + (f", {facts}" if facts else "")


def _facts(hit: Hit, voice: Voice) -> str:
    product = hit.product
    price = voice.money(product.price) if product.price else ""
    stock = voice.sentence("out-of-stock") if product.availability == "out_of_stock" else ""
    return " · ".join(filter(None, (price, product.brand, stock)))


def _title(hit: Hit, voice: Voice) -> str:
    title = " ".join(hit.product.title_in(voice.language).split())
    return title or hit.product.id


def _thumb(label: str, value: str) -> Block:
    return {"text": _plain_text(label, MOST_BUTTON), "value": value, "accessibility_label": _cut(label, MOST_BUTTON)}


def _button(text: str, action_id: str, value: str, label: str = "") -> Block:
    button: Block = {"type": "button", "action_id": action_id, "text": _plain_text(text, MOST_BUTTON), "value": value}
    return button | ({"accessibility_label": _cut(label, MOST_BUTTON)} if label else {})


def _plain_text(text: str, most: int) -> Block:
    # Plain text is shown as it is: nothing in it can ping anybody or become a link.
    return {"type": "plain_text", "text": _cut(text, most), "emoji": False}


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
