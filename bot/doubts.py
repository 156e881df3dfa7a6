"""An answer that the search is sure of in, whether it is what was asked for out. Pure."""

from bot.answer import said_in
from bot.grammar_kinds import kind_not_had
from bot.grammar_words import Lexicon
from bot.query import Answer, Query
from indexing.coverage import coverage, text_of
from indexing.wording import contains_phrase, is_japanese


def is_doubtful(answer: Answer, lexicon: Lexicon) -> bool:
    """True where words alone ask for what the catalogue does not have, though something in it is near them.

    A red mirror is no red dress; and gold rings are not for golf, which is no slip of the finger.
    """
    query = answer.query
    if not query.words or query.photos or query.likes or query.types:
        return False
    return _is_another_kind(answer, lexicon) or _is_by_slips(answer, query)


def _is_another_kind(answer: Answer, lexicon: Lexicon) -> bool:
    names = kind_not_had(answer.query.words, lexicon)
    titles = [title for hit in answer.hits for title in (hit.product.title, *hit.product.titles.values())]
    return bool(names) and not any(contains_phrase(title, name) for title in titles for name in names)


def _is_by_slips(answer: Answer, query: Query) -> bool:
    """True where products say words like those asked, and none of them says one of those asked."""
    if is_japanese(query.words) or not any(coverage(query.words, hit.product) > 0 for hit in answer.hits):
        return False
    return not any(said_in(query.words, text_of(hit.product)) for hit in answer.hits)
