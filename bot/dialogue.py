"""What was said so far and a message in, a reply out: an answer, or a sentence. No Slack in it."""

import time
from dataclasses import dataclass, replace

from bot.answer import value_in, without_part
from bot.catalogue import Opened
from bot.conversation import Context, Message, more, refine
from bot.doubts import is_doubtful
from bot.facts import fact_sentence
from bot.grammar_reading import Command
from bot.memory import Thread, Turn
from bot.prices import price_sentence
from bot.query import Answer, Query
from bot.search import embed, search
from bot.search_looks import shown_in
from bot.search_words import search_unencoded
from bot.sentences import Voice, say
from indexing.product import FacetField, Money, Product
from indexing.store import Facets
from indexing.wording import is_japanese
from inference.encoder import EncoderWakingUp


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What is said back."""

    answer: Answer | None = None
    sentence: str = ""
    """Said where there is no answer."""
    query: Query | None = None
    """What the conversation goes on from; empty where it starts over, None where nothing was looked for."""
    before: str = ""
    """`ts` of the turn that this one refined."""
    is_provisional: bool = False
    """True where the encoder is waking up and more can be said when it is there."""


def reply_to(message: Message, *, thread: Thread, previous: Turn | None, opened: Opened, voice: Voice, k: int) -> Reply:
    """Answer a message.

    Args:
        message: with its photos encoded.
        thread: the conversation.
        previous: the turn of it that the message follows; None where it begins one.
        opened: the catalogue.
        voice: of the person who asks.
        k: products an answer.

    Raises:
        EmptyQuery, WrongModel, EncoderUnavailable, StoreUnavailable: see `search`.
    """
    is_beside_photo = bool(message.photos and message.text)  # "like this, but cheaper" is measured by what it shows
    shown = shown_in(message.photos, opened.store) if is_beside_photo else shown_products(previous, opened)
    context = Context(lexicon=opened.lexicon, shown=shown)
    wanted = refine(previous.query if previous else None, message, context)
    before = previous.ts if previous else ""
    voice = say("ja") if is_japanese(message.text) and voice.language != "ja" else voice
    match wanted:
        case Query():
            return Reply(answer=find(wanted, opened, k=k), query=wanted, before=before)
        case Command.BACK:
            target = thread.turn(previous.before) if previous and previous.before else None
            if target is None or target.query is None or target.query.is_empty:
                return Reply(sentence=voice.sentence("nothing-before"))
            return Reply(answer=find(target.query, opened, k=k), query=target.query, before=target.before)
        case Command.START_OVER:
            return Reply(sentence=voice.sentence("started-over"), query=Query(), before=before)
        case Command.PRICE if shown:
            return Reply(sentence=price_sentence(message.text, shown, opened.lexicon, voice))
        case Command.FACT if shown and previous and previous.query:
            said = fact_sentence(message.text, previous.query, shown, opened.store, opened.lexicon, voice)
            return Reply(sentence=said)
        case Command.ELSEWHERE:
            return Reply(sentence=voice.sentence("bought-elsewhere"))
        case Command.THANKS:
            return Reply(sentence=voice.sentence("thanks"))
        case Command.UNHAPPY if previous:
            return Reply(sentence=voice.sentence("what-to-change"))
        case _:
            return Reply(sentence=help_sentence(opened, voice))


def find(query: Query, opened: Opened, *, k: int) -> Answer:
    """Look for a query; each step is timed. While the encoder wakes up, the answer is a provisional one."""
    started = time.perf_counter()
    try:
        embedded = embed(query, opened.encoder)
    except EncoderWakingUp:
        encoded = time.perf_counter()
        answer = search_unencoded(query, opened.store, k=k)
    else:
        encoded = time.perf_counter()
        answer = search(query, embedded, opened.store, k=k)
    ended = time.perf_counter()
    if answer.is_confident and is_doubtful(answer, opened.lexicon):
        answer = replace(answer, is_confident=False)
    seconds = {"encode": encoded - started, "search": ended - encoded, "total": ended - started}
    return replace(answer, timings_ms={name: value * 1000 for name, value in seconds.items()})


def next_query(turn: Turn, opened: Opened) -> Query | None:
    """The query for the page after a turn's; None where the turn looked for nothing."""
    if turn.query is None:
        return None
    return more(turn.query, Context(lexicon=opened.lexicon, shown=shown_products(turn, opened)))


def query_without(turn: Turn, part: str) -> Query | None:
    """The query of a turn without one of its parts; None where the turn looked for nothing."""
    return without_part(turn.query, part) if turn.query is not None else None


def shown_products(turn: Turn | None, opened: Opened) -> tuple[Product, ...]:
    """The products of a turn that are in the catalogue still, in order."""
    if turn is None or not turn.shown:
        return ()
    found = opened.store.products(turn.shown)
    return tuple(found[product] for product in turn.shown if product in found)


def examples(facets: Facets, voice: Voice) -> list[str]:
    """Up to four questions that the live catalogue has answers to, in the person's language where it has its words."""
    kinds = [_spoken(value, "category", voice) for value, _count in facets.values.get("category", ())[:8]]
    colors = [_spoken(value, "color", voice) for value, _count in facets.values.get("color", ())[:4]]
    if not kinds:
        return [voice.sentence("example-kind", kind=value) for value in colors[:4]]
    kinds = (kinds * 4)[:4]
    found = [voice.sentence("example-kind", kind=kinds[0])]
    if colors:
        found.insert(0, voice.sentence("example-color", color=colors[0], kind=kinds[1]))
    if price := _round_price(facets, voice):
        found.append(voice.sentence("example-price", kind=kinds[2], price=price))
    if len(colors) > 1:
        found.append(voice.sentence("example-color", color=colors[1], kind=kinds[3]))
    return list(dict.fromkeys(found))


def help_sentence(opened: Opened, voice: Voice) -> str:
    """What I can do, with questions from the live catalogue."""
    asked = examples(opened.facets, voice) or [voice.sentence("things")]
    price = _round_price(opened.facets, voice) or voice.number(20)
    return voice.sentence("help", first=asked[0], second=asked[-1], price=price)


def _round_price(facets: Facets, voice: Voice) -> str:
    """A round price within the catalogue's range; empty where nothing has a price."""
    for currency, (lowest, highest) in facets.prices.items():
        minor = lowest + (highest - lowest) // 3
        step = voice.whole(currency)
        while minor >= 10 * step:
            step *= 10
        return voice.money(Money(max(minor // step, 1) * step, currency))
    return ""


def _spoken(value: str, field: FacetField, voice: Voice) -> str:
    said = value_in(value, field, voice)
    return said.lower() if said.isascii() else said
