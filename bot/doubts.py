"""An answer that the search is sure of in, whether it is of another kind than what was asked for out. Pure."""

from bot.grammar_kinds import kind_not_had
from bot.grammar_words import Lexicon
from bot.query import Answer
from indexing.coverage import text_of
from indexing.wording import contains_phrase


def is_doubtful(answer: Answer, lexicon: Lexicon) -> bool:
    """True where words alone ask for a kind that the catalogue has nothing of: a red mirror is no red dress."""
    query = answer.query
    if not query.words or query.photos or query.likes or query.types:
        return False
    names = kind_not_had(query.words, lexicon)
    texts = [text_of(hit.product) for hit in answer.hits]
    return bool(names) and not any(contains_phrase(text, name) for text in texts for name in names)
