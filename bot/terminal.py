"""An answer in; a table with pictures for a terminal, or the document of `looksee search --json`, out."""

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from PIL import Image
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text
from rich_pixels import Pixels

from bot.query import Answer, Hit
from bot.sentences import say

_PICTURE_COLUMNS = 16
"""Half blocks show two pixels a cell, so a picture is 16 cells wide and 8 high."""


def answer_document(answer: Answer) -> dict[str, Any]:
    """What `looksee search --json` prints."""
    return {
        "understood": answer.understood,
        "confident": answer.is_confident,
        "hits": [_hit_document(hit) for hit in answer.hits],
        "relaxations": list(answer.relaxations),
        "timings_ms": {name: round(ms, 2) for name, ms in answer.timings_ms.items()},
    }


def _hit_document(hit: Hit) -> dict[str, Any]:
    product, price = hit.product, hit.product.price
    amount = Decimal(price.minor).scaleb(-get_currency_precision(price.currency)) if price else None
    return {
        "id": product.id,
        "title": product.title,
        "price": {"amount": str(amount), "currency": price.currency} if price else None,
        "score": round(hit.score, 4),
        "picture": product.pictures[hit.picture] if hit.picture < len(product.pictures) else None,
        "why": list(hit.why),
    }


def print_answer(console: Console, answer: Answer, thumbnail: Callable[[Hit], bytes | None]) -> None:
    """Show an answer to a person: pictures where the terminal has colours, else text alone.

    Args:
        console: where to.
        answer: what was found.
        thumbnail: a hit's picture as JPEG bytes; None where it has none that can be read.
    """
    voice = say(answer.query.language)
    console.print(Text(answer.understood, style="bold"))
    if not answer.hits:
        console.print("Nothing found.")
        return
    if not answer.is_confident:
        console.print(Text("Nothing close; this is the closest there is.", style="yellow"))
    for sentence in answer.relaxations:
        console.print(Text(sentence, style="yellow"))
    with_pictures = console.is_terminal and console.color_system in {"truecolor", "256"}
    table = Table(show_header=False, box=None, padding=(0, 2, 1, 0))
    for place, hit in enumerate(answer.hits, 1):
        cells: list[RenderableType] = [f"{place}"]
        if with_pictures:
            cells.append(_picture(thumbnail(hit)))
        cells.append(_facts(hit, voice.money(hit.product.price) if hit.product.price else ""))
        cells.append(f"{hit.score:.2f}")
        table.add_row(*cells)
    console.print(table)
    timings = ", ".join(f"{name} {ms:.1f} ms" for name, ms in answer.timings_ms.items())
    console.print(Text(timings, style="dim"))


def _picture(jpeg: bytes | None) -> RenderableType:
    if jpeg is None:
        return ""
    with Image.open(io.BytesIO(jpeg)) as image:
        image.thumbnail((_PICTURE_COLUMNS, _PICTURE_COLUMNS))
        picture: RenderableType = Pixels.from_image(image.convert("RGB"))
        return picture


def _facts(hit: Hit, price: str) -> Text:
    product = hit.product
    text = Text(product.title, style="bold")
    line = " · ".join(filter(None, (price, product.brand, product.id)))
    text.append(f"\n{line}", style="not bold")
    if hit.why:
        text.append(f"\n{'; '.join(hit.why)}", style="not bold dim")
    return text
