"""A query or a hit in, what is said about it out: the understood line, its parts, reasons, lifted conditions."""

from collections.abc import Iterator, Sequence

import msgspec

from bot.grammar_japanese import in_japanese
from bot.grammar_words import KINDS_OF_MATERIAL, SHADES
from bot.query import Query
from bot.sentences import Voice, say
from indexing.coverage import is_near
from indexing.lexical import edits
from indexing.product import FACET_FIELDS, FacetField, Money, Product
from indexing.ranking import Ranked
from indexing.store import Filters
from indexing.wording import folded, head_component, is_japanese, words_of

MOST_REASONS = 3
LEAST_OF_A_COMPOUND = 3
"""Letters, at least, that stand before a word in a longer one that ends with it."""
LEAST_OF_A_SLIP, LEAST_OF_TWO_SLIPS = 6, 8
"""Letters of a word one of which, or two, may be others: a shorter one is another word then."""
LEAST_OF_A_FAMILY = 3
"""Materials of one kind that are told by its name: wood, for oak, walnut and bamboo."""


def understood(query: Query, locale: str | None = None) -> str:
    """The query as one sentence: `red mugs under $40, like your photo`.

    Args:
        query: any, also an empty one.
        locale: the person's, for example `ja-JP`; the query's language by default.
    """
    voice = say(locale or query.language)
    text = _joined(dict(_parts(query, voice)), voice)
    return voice.sentence("understood-page", text=text, page=query.page + 1) if query.page else text


def _joined(labels: dict[str, str], voice: Voice) -> str:
    if voice.language == "ja":
        return "、".join(labels.values()) or voice.sentence("things")
    keys = set(labels)
    head = [labels.pop(key) for key in ("any:color", "any:material", "any:category", "words") if key in labels]
    if not ({"any:category", "words"} & keys or ({"photo", "like"} & keys and not {"any:brand", "price"} & keys)):
        head.append(voice.sentence("things"))  # "under $40" needs a noun, "like your photo" does not
    noun = " ".join(head)
    close = [labels.pop(key) for key in ("any:brand", "price") if key in labels]
    return ", ".join(filter(None, (" ".join(filter(None, (noun, *close))), *labels.values())))


def parts(query: Query, locale: str | None = None) -> list[tuple[str, str]]:
    """What the query is made of: (key, label) of each part that can be taken out with `without_part`."""
    return list(_parts(query, say(locale or query.language)))


def without_part(query: Query, key: str) -> Query:
    """The query without one of its parts, from the first page; an unknown key changes nothing else."""
    change: dict[str, object] = {"page": 0, "seen": ()}
    what, _, name = key.partition(":")
    if key == "words":
        change |= {"words": "", "types": ()}
    elif key == "photo":
        change["photos"] = ()
    elif key == "like":
        change["likes"] = ()
    elif key == "cheapest":
        change["is_cheapest_first"] = False
    elif what == "without":
        change["negatives"] = tuple(text for text in query.negatives if text != name)
        change["refused_things"] = tuple(text for text in query.refused_things if text != name)
    elif key in {"price", "stock"} or what in {"any", "none"}:
        change["filters"] = without_condition(query.filters, key)
    return msgspec.structs.replace(query, **change)


def without_condition(filters: Filters, key: str) -> Filters:
    """The filters without one condition: `price`, `stock`, `any:<field>` or `none:<field>`."""
    if key == "price":
        return msgspec.structs.replace(filters, currency="", min_price_minor=None, max_price_minor=None)
    if key == "stock":
        return msgspec.structs.replace(filters, in_stock=False)
    what, _, name = key.partition(":")
    if what == "any":
        return msgspec.structs.replace(filters, any_of=tuple(pair for pair in filters.any_of if pair[0] != name))
    return msgspec.structs.replace(filters, none_of=tuple(pair for pair in filters.none_of if pair[0] != name))


def _parts(query: Query, voice: Voice) -> Iterator[tuple[str, str]]:
    """In the order of an English sentence; keys are stable and name the part."""
    order: tuple[FacetField, ...] = ("color", "material", "category")
    chosen, refused = dict(query.filters.any_of), dict(query.filters.none_of)
    for field in order:
        if field in chosen:
            yield f"any:{field}", _values(chosen[field], field, voice)
    if query.words:
        yield "words", query.words
    if "brand" in chosen:
        yield "any:brand", voice.sentence("understood-brand", brand=_values(chosen["brand"], "brand", voice))
    if price := price_range(query.filters, voice):
        yield "price", price
    if query.filters.in_stock:
        yield "stock", voice.sentence("understood-stock")
    for field in FACET_FIELDS:
        if field in refused:
            value = _values(refused[field], field, voice)
            if field == "brand" and voice.language == "en":
                value = voice.sentence("understood-brand", brand=value)
            yield f"none:{field}", voice.sentence("understood-not", value=value)
    for negative in query.negatives:
        is_thing = negative in query.refused_things  # "not a boat", "not big"; but "without a handle"
        said = (
            voice.sentence("understood-not", value=negative)
            if is_thing
            else voice.sentence("understood-without", what=negative)
        )
        yield f"without:{negative}", said
    if query.photos:
        yield "photo", voice.sentence("understood-photo", count=len(query.photos))
    if query.likes:
        yield "like", voice.sentence("understood-like", count=len(query.likes))
    if query.is_cheapest_first:
        yield "cheapest", voice.sentence("understood-cheapest")


def price_range(filters: Filters, voice: Voice) -> str:
    """The price condition in words; empty where there is none."""
    low, high = filters.min_price_minor, filters.max_price_minor
    if low is not None and high is not None:
        return voice.sentence("understood-between", low=_money(low, filters, voice), high=_money(high, filters, voice))
    if high is not None:
        return voice.sentence("understood-under", price=_money(high, filters, voice))
    if low is not None:
        return voice.sentence("understood-over", price=_money(low, filters, voice))
    return ""


def _money(minor: int, filters: Filters, voice: Voice) -> str:
    return voice.money(Money(minor, filters.currency or "USD"))


def _values(values: Sequence[str], field: FacetField, voice: Voice) -> str:
    """The values in words, without those that only widen another: red (burgundy, coral) -> `red`."""
    asked = asked_values(values, field)
    if field == "material" and len(asked) >= LEAST_OF_A_FAMILY:
        heads = {head_component(value) for value in asked}
        family = next((name for name, kinds in KINDS_OF_MATERIAL.items() if heads <= {name, *kinds}), None)
        asked = [family] if family else asked
    said = list(dict.fromkeys(_shown(value, field, voice) for value in asked))
    if len(said) == 1:
        return said[0]
    comma = "、" if voice.language == "ja" else ", "
    return voice.sentence("understood-any", first=comma.join(said[:-1]), last=said[-1])


def asked_values(values: Sequence[str], field: FacetField) -> list[str]:
    """Those of a condition's values that were asked for, without those that only widen them: red, but not burgundy."""
    widening = {"color": SHADES, "material": KINDS_OF_MATERIAL}.get(field, {})
    asked: list[str] = []
    for value in values:
        head = head_component(value)
        is_wider = any(
            head == known or head.endswith(f" {known}") or head in widening.get(known, ())
            for known in map(head_component, asked)
        )
        if not is_wider:
            asked.append(value)
    return asked


def value_in(value: str, field: FacetField, voice: Voice) -> str:
    """A catalogue's value as a person reads it: in Japanese where its words are known; a brand as it is."""
    return in_japanese(value, field) if voice.language == "ja" else value


def _shown(value: str, field: FacetField, voice: Voice) -> str:
    return value if field == "brand" else value_in(head_component(value), field, voice)


def why(entry: Ranked, query: Query) -> tuple[str, ...]:
    """Reasons why a product is there, best first, in the query's language; at most three."""
    return tuple(dict.fromkeys(_reasons(entry, query, say(query.language))))[:MOST_REASONS]


def _reasons(entry: Ranked, query: Query, voice: Voice) -> Iterator[str]:
    product = entry.product
    if entry.is_same_picture:
        yield voice.sentence("why-same-picture")
    if entry.is_exact:
        yield voice.sentence("why-exact")
    if query.photos and product.pictures and not entry.is_same_picture:
        yield voice.sentence("why-photo")
    if query.likes:
        yield voice.sentence("why-like")
    in_title = said_in(query.words, product.title_in(query.language))
    in_facts = said_in(query.words, f"{product.category} {product.material} {product.color} {product.description}")
    if in_title:
        yield voice.sentence("why-title", words=in_title)
    elif in_facts:
        yield voice.sentence("why-facts", words=in_facts)
    elif query.words and not entry.is_exact and not query.photos:
        yield voice.sentence("why-words")
    for field, values in query.filters.any_of:
        if product.facet(field) in {folded(value) for value in values}:
            yield voice.sentence("why-value", value=_shown(str(getattr(product, field)), field, voice))
    if product.price and (query.filters.max_price_minor is not None or query.is_cheapest_first):
        yield voice.sentence("why-price", price=voice.money(product.price))


def said_in(asked: str, text: str) -> str:
    """The words asked that the text says, as they were asked."""
    said = set(words_of(text))
    if is_japanese(asked):
        wanted = words_of(asked)
        return asked if wanted and sum(word in said for word in wanted) >= 0.8 * len(wanted) else ""
    return " ".join(
        word
        for word in asked.split()
        if words_of(word) and all(any(_is_surely(w, s) for s in said) for w in words_of(word))
    )


def _is_surely(word: str, other: str) -> bool:
    """True where a text that says the other says the word: "lmap" is a slip of "lamp", "golf" is none of "gold"."""
    if not is_near(word, other):
        return False
    short, long = sorted((word, other), key=len)
    if short in long:  # "paint" in "painted", "ball" in "basketball"; but not "clear" in "nuclear"
        return long.startswith(short) or (long.endswith(short) and len(long) >= len(short) + LEAST_OF_A_COMPOUND)
    if len(word) >= LEAST_OF_TWO_SLIPS:
        return True
    is_other_word = len(word) == len(other) and len(word) < LEAST_OF_A_SLIP and sorted(word) != sorted(other)
    return edits(word, other, 1) <= 1 and not is_other_word


def relaxation(asked: Filters, lifted: Filters, shown: Sequence[Product], language: str) -> tuple[str, ...]:
    """A sentence for each condition of `asked` that `lifted` lacks, as in `None under $20; these are under $35`."""
    return tuple(_lifted(asked, lifted, shown, say(language)))


def _lifted(asked: Filters, lifted: Filters, shown: Sequence[Product], voice: Voice) -> Iterator[str]:
    if (asked.min_price_minor, asked.max_price_minor) != (lifted.min_price_minor, lifted.max_price_minor):
        condition = price_range(asked, voice)
        found = _price_of(asked, shown, voice)
        others = {product.price.currency for product in shown if product.price}
        if found and asked.currency not in others:  # nothing was converted, so nothing is known to cost more
            currency = voice.currency(others.pop())
            yield voice.sentence("relaxed-price-currency", condition=condition, found=found, currency=currency)
        elif found:
            yield voice.sentence("relaxed-price", condition=condition, found=found)
        else:
            yield voice.sentence("relaxed-price-none", condition=condition)
    if asked.in_stock and not lifted.in_stock:
        yield voice.sentence("relaxed-stock")
    kept = {field for field, _ in lifted.any_of}
    for field, values in asked.any_of:
        if field not in kept:
            said = _values(values, field, voice)
            if field == "brand":
                yield voice.sentence("relaxed-brand", brand=said)
            else:
                yield voice.sentence("relaxed-value", value=said)
    kept = {field for field, _ in lifted.none_of}
    for field, values in asked.none_of:
        if field not in kept:
            yield voice.sentence("relaxed-not", value=_values(values, field, voice))


def _price_of(asked: Filters, shown: Sequence[Product], voice: Voice) -> str:
    """What the products shown cost, as one bound; empty where they have several currencies or no price."""
    prices = [product.price for product in shown if product.price]
    currencies = {price.currency for price in prices}
    if not prices or len(currencies) != 1:
        return ""
    currency = currencies.pop()
    highest = max(price.minor for price in prices)
    lowest = min(price.minor for price in prices)
    if asked.max_price_minor is not None and (asked.currency != currency or lowest > asked.max_price_minor):
        return price_range(Filters(currency=currency, max_price_minor=_rounded_up(highest, voice, currency)), voice)
    return price_range(Filters(currency=currency, min_price_minor=lowest, max_price_minor=highest), voice)


def _rounded_up(minor: int, voice: Voice, currency: str) -> int:
    """To the next price that people say: 34.20 -> 35, 341 -> 350."""
    step = voice.whole(currency)
    while minor > 50 * step:
        step *= 10
    step = step if minor <= 10 * step else 5 * step
    return -(-minor // step) * step
