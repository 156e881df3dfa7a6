"""The query so far and a reading in, what of the query still holds out: a message goes on, or begins anew. Pure."""

import re

import msgspec

from bot.grammar_kinds import kinds_named
from bot.grammar_reading import Reading
from bot.grammar_words import Lexicon
from bot.query import Query
from indexing.wording import is_japanese, stem, words_of

MOST_SOFT_WORDS = 3
"""Of a sentence without a condition that stay beside the subject: "does it have a lid?"."""
MOST_OF_A_NOUN = 2


def kept_of(previous: Query | None, reading: Reading, lexicon: Lexicon, *, has_photos: bool) -> Query:
    """What of the query so far still holds: all, unless the message brings another photo or names another thing."""
    if previous is None or (previous.is_empty and not previous.is_cheapest_first):
        return Query()
    kept = msgspec.structs.replace(previous, page=0, seen=())
    if has_photos:
        # A new photo is a new subject, but "like this, but in red" after words goes on with the conditions.
        points_at_it = 0 in reading.likes and not reading.words
        return msgspec.structs.replace(kept, photos=(), likes=()) if points_at_it else Query()
    if not reading.words or reading.is_clause:
        return kept
    if named := kinds_named(reading.words, lexicon):
        if reading.is_cheapest_first and previous.words:
            return Query()  # "what's the cheapest teapot?" is asked of all teapots
        return kept if not previous.words or named & kinds_named(previous.words, lexicon) else Query()
    if previous.types and not reading.is_new and _says_more(reading.words):
        return kept
    if is_aside(reading, lexicon) or (reading.is_chatty and not reading.is_new):
        return kept
    if reading.is_new and not reading.is_addition:
        return Query()
    if reading.is_addition or not previous.words or is_same_subject(previous.words, reading.words):
        return kept
    return Query()


def _says_more(words: str) -> bool:
    """True for two words without a plural beside a known kind: "tortoise shell" after sunglasses, not "blue kayaks"."""
    tokens = words.lower().split()
    return len(tokens) == MOST_OF_A_NOUN and not is_japanese(words) and stem(tokens[-1]) == tokens[-1]


def is_aside(reading: Reading, lexicon: Lexicon) -> bool:
    """True where the words that are left name nothing: a condition was said in a sentence, or only chatter."""
    if not reading.words or kinds_named(reading.words, lexicon):
        return False
    if reading.is_only_chatter or (reading.has_condition and not (reading.is_addition or _is_noun(reading))):
        return True
    return reading.is_chatty and len(words_of(reading.words)) > MOST_SOFT_WORDS


def _is_noun(reading: Reading) -> bool:
    """True for the rest of a bare phrase, "blue basketballs" or 青い花瓶: what it names may be in no table."""
    if (reading.is_chatty and not reading.is_new) or reading.is_cheapest_first or reading.in_stock is not None:
        return False
    if is_japanese(reading.words):
        return not re.fullmatch(r"[ぁ-んー\s]+", reading.words)
    return reading.is_new or len(words_of(reading.words)) <= MOST_OF_A_NOUN


def is_same_subject(before: str, now: str) -> bool:
    """True where both name the same thing: "mugs", "mug with a lid"."""
    ours, theirs = set(words_of(before)), set(words_of(now))
    return bool(ours & theirs) and (ours <= theirs or theirs <= ours or len(ours & theirs) * 2 >= len(ours | theirs))
