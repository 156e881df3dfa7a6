"""Terms asked in, numbers of matching products out of SQLite's full-text index, best first."""

import sqlite3
from collections.abc import Iterator

from indexing.embedded_schema import BM25
from indexing.lexical import Asked, edits, is_slip

MOST_NEAR_TERMS = 3
"""Corrections of one misspelt word that are asked for."""
TERMS_LOOKED_AT = 100
COMMON = 5_000
"""Products that hold a word from which only the short texts are asked for it: to rank them all takes too long."""
SAYS_LITTLE = 0.3
"""Share of the catalogue from which a word is left out beside rarer ones: BM25 counts it next to nothing."""
SHORT_TEXTS = "{title titles brand category color material codes}"
MOST_REMEMBERED = 50_000


class Lexicon:
    """The words of one generation and how many products hold each. Thread-safe: what it remembers never changes."""

    def __init__(self, products: int):
        """Take the number of products in the catalogue."""
        self._says_little_from = max(SAYS_LITTLE * products, COMMON)
        self._held_by: dict[str, int] = {}

    def matches(self, connection: sqlite3.Connection, asked: Asked) -> Iterator[tuple[int, float]]:
        """Products that hold any of the terms: (number, BM25 score, 0 and up), best first."""
        is_found = False
        if asked.code:
            for match in _matches(connection, f"codes : {_quoted(' '.join(asked.code))} *"):
                is_found = True
                yield match
        if not is_found:
            yield from _matches(connection, self.question(connection, asked))

    def question(self, connection: sqlite3.Connection, asked: Asked) -> str:
        """The terms in FTS5's syntax, misspelt ones as what they may have meant; empty where none is known."""
        terms = [term for word in asked.words for term in self._spellings(connection, word)]
        terms += [pair for pair in asked.pairs if self._products_with(connection, pair)]
        telling = [term for term in terms if self._products_with(connection, term) <= self._says_little_from]
        return " OR ".join(self._clause(connection, term) for term in telling or terms)

    def _spellings(self, connection: sqlite3.Connection, word: str) -> list[str]:
        if self._products_with(connection, word):
            return [word]
        if len(word) < 3 or word.isdigit():
            return []
        padded = f"  {word} "
        grams = " OR ".join(_quoted(padded[i : i + 3]) for i in range(len(padded) - 2))
        looked_up = (
            "SELECT term FROM terms WHERE number IN "
            "(SELECT rowid FROM near_terms WHERE near_terms MATCH ? ORDER BY rank LIMIT ?)"
        )
        terms = (term for (term,) in connection.execute(looked_up, (grams, TERMS_LOOKED_AT)) if is_slip(word, term))
        near = sorted(terms, key=lambda term: (edits(word, term, 2), term))
        return [term for term in near if self._products_with(connection, term)][:MOST_NEAR_TERMS]

    def _products_with(self, connection: sqlite3.Connection, term: str) -> int:
        """How many products hold the term, in any of its endings."""
        if term not in self._held_by:
            if len(self._held_by) > MOST_REMEMBERED:
                self._held_by = {}
            counted = "SELECT count(*) FROM lexical WHERE lexical MATCH ?"
            self._held_by[term] = int(connection.execute(counted, (_quoted(term),)).fetchone()[0])
        return self._held_by.get(term, 0)

    def _clause(self, connection: sqlite3.Connection, term: str) -> str:
        if self._products_with(connection, term) > COMMON:
            return f"{SHORT_TEXTS} : {_quoted(term)}"
        return _quoted(term)


def _matches(connection: sqlite3.Connection, question: str) -> Iterator[tuple[int, float]]:
    if not question:
        return
    # The text is bound, and each of its terms is quoted: nothing a shopper writes is syntax.
    matches = f"SELECT rowid, {BM25} FROM lexical WHERE lexical MATCH ? ORDER BY 2"  # noqa: S608 our own constant
    for number, score in connection.execute(matches, (question,)):
        yield number, -score


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
