"""A message in, a `Reading` out: the commands, prices, facet values and negations in it, and the words that are left.

A small grammar: each rule is a pattern that takes its words out of the text. What a facet value is, the live catalogue
says (`Lexicon`). No rule guesses: what none of them knows goes to the encoder.
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.grammar_chatter import GIFT_ALONE, without_chatter, without_gift
from bot.grammar_kind_names import EVERY_NAME, plain_name
from bot.grammar_kinds import kinds_named
from bot.grammar_money import read_price
from bot.grammar_negations import read_negations
from bot.grammar_objections import forgotten, with_wishes
from bot.grammar_patterns import (
    ADDS,
    ADJECTIVE,
    ALSO,
    ANY_STOCK,
    ASIDE,
    CHEAP,
    CHEAPER,
    CHEAPER_THAN,
    CHEAPEST,
    COMMANDS,
    COMPARATIVE,
    DEARER,
    EDGE,
    FIRM,
    GREETING,
    JA_EDGE,
    JA_FILLER,
    JA_LIKE,
    JA_LIKE_THIS,
    JA_ONE_THAT,
    JA_PART,
    LIFT,
    LIFTED,
    LIKE,
    LIKE_BARE,
    LIKE_THE,
    LIKE_THIS,
    LOOKING_GLASS,
    NEW,
    NOT_COMPARATIVE,
    ORDINALS,
    PARTS,
    SAME,
    STOCK,
    WISH,
)
from bot.grammar_reading import Reading
from bot.grammar_values import read_values
from bot.grammar_words import JA_LOOKS, LOOKS, Lexicon
from indexing.wording import LITTLE_WORDS, is_japanese, stem, words_of

MOST_CHARACTERS = 500
"""Of a message that are read; an encoder takes no more words than that either."""


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read one message.

    Args:
        text: plain text, without Slack's mentions and escapes.
        lexicon: the names of the live catalogue's values.
    """
    text = " ".join(unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).replace("’", "'").split())
    reading = Reading()
    for command, pattern in COMMANDS:
        if pattern.match(text):
            reading.command = command
            return reading
    text = LOOKING_GLASS.sub("mirror", text)  # neither made of glass nor somebody looking
    text = with_wishes(GREETING.sub("", text, count=1))
    text = _read_forgotten(text, reading, lexicon)
    if found := NEW.match(text):
        reading.is_new = not re.search(r"(?:what|how)\s+about", found.group(), re.IGNORECASE)
        text = text[found.end() :]
    elif wish := WISH.match(text):
        reading.is_new = True
        text = text[wish.end() :]
    text = ASIDE.sub("", text) if ASIDE.sub("", text).strip() else text
    reading.is_addition = bool(ADDS.match(text))
    reading.is_also = bool(ALSO.search(text))
    reading.is_firm = bool(FIRM.search(text))
    text = _read_comparison(text, reading, lexicon)
    text = _read_likes(text, reading)
    reading.price, text = read_price(text, lexicon.currencies)
    said = text = without_gift(_read_same(_read_switches(text, reading), reading))
    text, reading.is_chatty = without_chatter(text, is_in_japanese=is_japanese(text))
    text = read_negations(text, reading, lexicon)
    text = read_values(text, reading, lexicon)
    reading.words = _tidy(_telling(text, lexicon))
    if found := JA_ONE_THAT.fullmatch(reading.words):
        reading.words, reading.is_addition, reading.is_clause = found.group("what"), True, True
    reading.is_addition |= _is_part(reading.words) and not kinds_named(reading.words, lexicon)
    if not (reading.words or reading.has_condition) and reading.is_chatty:
        reading.words, reading.is_only_chatter = _tidy(said), True
    if GIFT_ALONE.fullmatch(reading.words):  # names no thing: conditions say enough, and nothing else changes a subject
        is_enough = bool(reading.price or reading.wanted or reading.in_stock)
        reading.words, reading.is_only_chatter = ("", False) if is_enough else (reading.words, True)
    if reading.words and is_look(reading.words):
        reading.is_addition = True
        reading.words = _JA_ONES.sub("", reading.words) if is_japanese(reading.words) else reading.words
    return reading


def _read_forgotten(text: str, reading: Reading, lexicon: Lexicon) -> str:
    names, text = forgotten(text)
    for name in names:
        value = lexicon.find(name)
        if name.lower() in LIFTED:
            reading.lifted |= {LIFTED[name.lower()]}
        elif re.search(r"stock|availab", name, re.IGNORECASE):
            reading.in_stock = False
        elif value:
            reading.dropped[value.field] = (*reading.dropped.get(value.field, ()), *value.values)
        else:
            reading.dropped_words = (*reading.dropped_words, name)
    return text


def _read_comparison(text: str, reading: Reading, lexicon: Lexicon) -> str:
    """Read "cheaper than the second", "like the blue one"."""
    if found := CHEAPER_THAN.search(text):
        reading.compared_to = next(_place(group) for group in found.groups() if group)
        reading.is_cheaper = True
        return f"{text[: found.start()]} {text[found.end() :]}"
    if found := LIKE_THE.search(text):
        said = lexicon.find(found.group("what") or found.group("ja"))
        if said and said.field != "category":
            reading.like_the = (said.field, said.values)
            return f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _read_likes(text: str, reading: Reading) -> str:
    for pattern in (LIKE, JA_LIKE, LIKE_BARE):
        if found := pattern.search(text):
            reading.likes = tuple(_place(group) for group in found.groups() if group)
            return f"{text[: found.start()]} {text[found.end() :]}"
    for pattern in (LIKE_THIS, JA_LIKE_THIS):
        if found := pattern.search(text):
            reading.likes = (0,)
            return f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _place(said: str) -> int:
    return int(said) if said.isdecimal() else ORDINALS[said.lower()]


def _read_switches(text: str, reading: Reading) -> str:
    def take(pattern: re.Pattern[str]) -> bool:
        nonlocal text
        found = pattern.search(text)
        if found:
            text = f"{text[: found.start()]} {text[found.end() :]}"
        return found is not None

    while found := LIFT.search(text):
        name = next(group for group in found.groupdict().values() if group)
        reading.lifted |= {LIFTED[name.lower()]}
        take(LIFT)
    reading.is_cheapest_first = take(CHEAPEST)
    while take(CHEAPER):
        reading.is_cheaper = not reading.is_cheapest_first
    if not reading.is_cheaper and take(CHEAP):
        reading.is_cheapest_first = True
    reading.is_dearer = take(DEARER)
    if take(ANY_STOCK):
        reading.in_stock = False
    elif take(STOCK):
        reading.in_stock = True
    return text


def _read_same(text: str, reading: Reading) -> str:
    while found := SAME.search(text):
        reading.same |= {LIFTED[next(group for group in found.groups() if group).lower()]}
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def is_look(words: str) -> bool:
    """True where the words say only how it looks: "bigger", "a striped one", もっと大きい."""
    if is_japanese(words):
        plain = _JA_ONES.sub("", words)
        return plain in JA_LOOKS or _JA_RATHER.fullmatch(plain) is not None
    tokens = [token.lower().strip(".,;!?") for token in words.split()]
    return bool(tokens) and all(
        token in LOOKS or token in LITTLE_WORDS or _is_comparative(token) or ADJECTIVE.fullmatch(token)
        for token in tokens
    )


_JA_ONES = re.compile(r"(?:の)?(?:もの|やつ|の)?$")
_JA_RATHER = re.compile(r"[一-龯][ぁ-ん]?め")
"""大きめ, 厚め, 短め."""


def _is_part(words: str) -> bool:
    """True where the words say only what a part is like: "blue rim", ふた付き."""
    return JA_PART.fullmatch(words) is not None or (bool(words) and stem(words.split()[-1].lower()) in PARTS)


def _is_comparative(token: str) -> bool:
    is_thing = stem(token) in NOT_COMPARATIVE or plain_name(token) in EVERY_NAME
    return bool(COMPARATIVE.fullmatch(token)) and not is_thing


def _telling(text: str, lexicon: Lexicon) -> str:
    """Of several clauses those that name a type or say more of it: not "I am moving, so a lamp would help"."""
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if clause.strip()]
    named = [is_japanese(text) or bool(kinds_named(_tidy(clause), lexicon)) for clause in clauses]
    if all(named) or not any(named):
        return text
    first = named.index(True)
    kept = (
        clause
        for i, clause in enumerate(clauses)
        if named[i] or ADDS.match(clause) or is_look(_tidy(clause)) or (i > first and len(words_of(clause)) <= 2)
    )
    return " ".join(kept)


_CLAUSE = re.compile(r"[.;!?…]+(?:\s|$)|,\s|\s,")


def _tidy(text: str) -> str:
    """The words without what carries no meaning at their ends."""
    text = GREETING.sub("", text.strip(), count=1) if not is_japanese(text) else text
    if is_japanese(text):
        text = JA_FILLER.sub(" ", text)
        return " ".join(part for part in (JA_EDGE.sub("", piece) for piece in _pieces(text)) if part)
    tokens = [token.strip(',.;:!?"“”()、。「」') for token in text.split()]
    tokens = [token for token in tokens if token]
    while tokens and tokens[0].lower() in EDGE - {"more", "with"}:
        tokens.pop(0)
    while tokens and tokens[-1].lower() in EDGE | {"with"}:
        tokens.pop()
    return " ".join(tokens)


def _pieces(text: str) -> Iterator[str]:
    yield from (piece.strip() for piece in re.split(r"[\s、。,!?！？]+", text) if piece.strip())
