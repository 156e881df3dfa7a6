"""An answer that the search is sure of in, whether it is what was asked for out. Pure."""

from bot.answer import said_in
from bot.grammar_kinds import kind_not_had
from bot.grammar_words import Lexicon
from bot.query import Answer
from indexing.coverage import coverage, text_of
from indexing.wording import contains_phrase, is_japanese

LEAST_OF_THE_UNSAID = 0.7
"""Score, 0 to 1, of the best hit where no product says any of the words: nonsense comes near something, too."""


def is_doubtful(answer: Answer, lexicon: Lexicon) -> bool:
    """True where words alone ask for what the catalogue does not have, though something in it is near them.

    A red mirror is no red dress; gold rings are not for golf, which is no slip of the finger; and nobody says "xkcd".
    """
    query = answer.query
    if not query.words or query.photos or query.likes or query.types or not answer.hits:
        return False
    return _is_another_kind(answer, lexicon) or _is_by_slips(answer) or _is_unsaid(answer)


def _is_another_kind(answer: Answer, lexicon: Lexicon) -> bool:
    names = kind_not_had(answer.query.words, lexicon)
    texts = [text_of(hit.product) for hit in answer.hits]
    return bool(names) and not any(contains_phrase(text, name) for text in texts for name in names)


def _is_by_slips(answer: Answer) -> bool:
    """True where products say words like those asked, and none of them says one of those asked."""
    words = answer.query.words
    if is_japanese(words) or not any(coverage(words, hit.product) > 0 for hit in answer.hits):
        return False
    return not any(said_in(words, text_of(hit.product)) for hit in answer.hits)


def _is_unsaid(answer: Answer) -> bool:
    if any(coverage(answer.query.words, hit.product) > 0 for hit in answer.hits):
        return False
    return max(hit.score for hit in answer.hits) < LEAST_OF_THE_UNSAID
