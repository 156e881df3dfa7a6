"""A reply in a thread that mentions nobody in, whether it is meant for us out. Pure."""

import re

from bot.grammar import read
from bot.grammar_kinds import kinds_named
from bot.grammar_patterns import HELLO_ALONE
from bot.grammar_reading import Command, Reading
from bot.grammar_words import Lexicon
from indexing.store import Facets
from indexing.wording import is_japanese, words_of

_LONGEST_REPLY = 120
_LONGEST_PHRASE = 6
"""Words."""
_CHATTER = re.compile(
    r"\b(?:lol|haha|thanks|thank\s+you|thx|i'?ll|i\s+will|we\s+(?:should|will|could|can)|we'll|let'?s|tomorrow|yesterday|meeting|"
    r"i\s+(?:think|guess|bought|ordered|already|was|am\s+not|love|agree|know)|s?he(?!\s*(?:'d|would|really|actually|prefers?|wants?|likes?|needs?|says?|said|hates?|does\s?n[o']t))|they\s+(?:said|told)|love\s+(?:it|this|them|that)|"
    r"not\s+(?:sure|now|today|really|yet|bad|for\s+me)|no\s+(?:problem|worries|idea|thanks|way)|good\s+(?:point|morning|idea)|"
    r"what\s+do\s+you\s+(?:think|all\s+think)|who|why|when)\b|ありがと|なるほど|了解|わかりました|いいね|ですね$|思います",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"\b(?:is|are|was|were|looks?|have|has|had|got|will|would)\b|(?:です|ました|ます)ね?[。!！]*$", re.IGNORECASE
)
_AT_AN_ANSWER = re.compile(r"\b(?:this|that|these|those|them|it)\b|これ|それ|どれ", re.IGNORECASE)
_ASKING = re.compile(
    r"^\s*(?:but|with|without|in|only|just|maybe|make|more|less|a\s+(?:bit|little)|slightly|even|same|for|from|something|anything|rather|もっと|もう少し|もうちょっと)",
    re.IGNORECASE,
)
_PLAIN = Lexicon(Facets(values={}, prices={"USD": (0, 0)}, in_stock=0, total=0))


def reads_as_refinement(text: str, lexicon: Lexicon | None = None) -> bool:
    """True where a reply in a thread, which mentions nobody, is meant for us: "cheaper", "in blue?", もっと見る.

    Args:
        text: plain text.
        lexicon: of the live catalogue, where it is at hand: its types and brands are then known words too.
    """
    reading = read(text, lexicon or _PLAIN)
    if HELLO_ALONE.fullmatch(text.strip()):
        return False
    if reading.command is Command.UNHAPPY:
        return _AT_AN_ANSWER.search(text) is not None
    if reading.command is Command.ELSEWHERE:
        return is_japanese(text) or re.search(r"\byou\b", text, re.IGNORECASE) is not None
    if reading.command:
        return reading.command is not Command.THANKS
    plain = text.strip()
    if _CHATTER.search(plain) and not (
        reading.price or reading.is_cheaper or reading.likes or reading.is_new or reading.dropped or reading.lifted
    ):
        return False
    if re.fullmatch(
        r"\d{1,5}[.!?]*|(?:in\s+)?(?:dollars|euros|pounds|yen)(?:\s+(?:then|please))?|(?:something|anything)\s.{3,60}",
        plain,
        re.IGNORECASE,
    ):
        return True
    if reading.is_new or reading.has_condition:
        return len(plain) <= _LONGEST_REPLY
    if reading.is_addition:
        return (0 < len(words_of(reading.words)) <= 5 and bool(_ASKING.match(plain))) or _says_looks(reading)
    return lexicon is not None and not _TELLING.search(plain) and _names_known(reading.words, lexicon)


def _says_looks(reading: Reading) -> bool:
    return bool(reading.words) and len(reading.words.split()) <= 3 and reading.is_addition


def _names_known(words: str, lexicon: Lexicon) -> bool:
    """True for a short phrase that names a type of the catalogue: "lamps", チェア, "pan with a wooden handle"."""
    return len(words.split()) <= _LONGEST_PHRASE and bool(kinds_named(words, lexicon))
