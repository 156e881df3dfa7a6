"""Terms asked in, a score for each product out, from SQLite's full-text index."""

import sqlite3
import threading

import numpy as np
from numpy.typing import NDArray

from indexing.lexical import (
    CODE_COUNTS,
    MOST_NEAR_TERMS,
    PAIR_COUNTS,
    SHORT_COUNTS,
    SLIP_COUNTS,
    Asked,
    edits,
    most_edits,
    rarity,
)

TERMS_LOOKED_AT = 200
COMMON = 5_000
"""Products that hold a word from which only the short texts are asked for it: to read them all takes too long."""
SAYS_LITTLE = 0.3
"""Share of the catalogue from which a word is left out beside rarer ones: its rarity counts next to nothing."""
MOST_REMEMBERED = 50_000
MOST_PLACES = 2_000_000
"""Places of products, 8 bytes each, that are remembered for words that are asked again."""


class Lexicon:
    """The words of one generation and how many products hold each. Thread-safe: what it remembers never changes."""

    def __init__(self, positions: NDArray[np.int64], products: int):
        """Take, int64, the place of each product's number in the scores, and how many products there are."""
        self._positions = positions
        self._products = products
        self._held_by: dict[str, int] = {}
        self._holders_of: dict[str, NDArray[np.int64]] = {}
        self._near: dict[str, list[str]] = {}
        self._places_held = 0
        self._lock = threading.Lock()

    def scores(self, connection: sqlite3.Connection, asked: Asked) -> NDArray[np.float32]:
        """What each product says of what was asked, float32 (products,), 0 and up; 0 for nothing."""
        scores = np.zeros(self._products, dtype=np.float32)
        known = [word for word in asked.words if self._count(connection, _in_words(word))]
        for word in self._telling(connection, known):
            is_common = self._count(connection, _in_words(word)) > COMMON
            short = self._holders(connection, _in_short(word))
            anywhere = short if is_common else self._holders(connection, _in_words(word))
            scores[anywhere] += rarity(self._count(connection, _in_words(word)), self._products)
            scores[short] += SHORT_COUNTS * rarity(len(short), self._products)
        for word in asked.words:
            if word not in known:
                for_slips = " OR ".join(map(_in_short, self._near_terms(connection, word)))
                scores[self._holders(connection, for_slips)] += SLIP_COUNTS
        for pair in asked.pairs:
            holders = self._holders(connection, f"pairs : {_quoted(pair)}")
            scores[holders] += PAIR_COUNTS * rarity(len(holders), self._products)
        if asked.is_code:
            begins = "SELECT DISTINCT number FROM names WHERE name >= ? AND name < ?"
            found = connection.execute(begins, (asked.whole, asked.whole + "\U0010ffff")).fetchall()
            scores[self._places(found)] += CODE_COUNTS
        return scores

    def _telling(self, connection: sqlite3.Connection, words: list[str]) -> list[str]:
        most = max(SAYS_LITTLE * self._products, COMMON)
        return [word for word in words if self._count(connection, _in_words(word)) <= most] or words

    def _near_terms(self, connection: sqlite3.Connection, word: str) -> list[str]:
        most = most_edits(word)
        if not most:
            return []
        remembered = self._near.get(word)
        if remembered is not None:
            return remembered
        padded = f"  {word} "
        grams = " OR ".join(_quoted(padded[i : i + 3]) for i in range(len(padded) - 2))
        looked_up = (
            "SELECT term FROM terms WHERE number IN "
            "(SELECT rowid FROM near_terms WHERE near_terms MATCH ? ORDER BY rank LIMIT ?)"
        )
        terms = (term for (term,) in connection.execute(looked_up, (grams, TERMS_LOOKED_AT)))
        near = [(edits(word, term, most), term) for term in terms]
        found = [term for distance, term in sorted(near) if distance <= most][:MOST_NEAR_TERMS]
        if len(self._near) < MOST_REMEMBERED:
            self._near[word] = found
        return found

    def _count(self, connection: sqlite3.Connection, question: str) -> int:
        """How many products hold the term, in any of its endings."""
        if question not in self._held_by:
            if len(self._held_by) > MOST_REMEMBERED:
                self._held_by = {}
            counted = "SELECT count(*) FROM lexical WHERE lexical MATCH ?"
            self._held_by[question] = int(connection.execute(counted, (question,)).fetchone()[0])
        return self._held_by.get(question, 0)

    def _holders(self, connection: sqlite3.Connection, question: str) -> NDArray[np.int64]:
        if not question:
            return np.empty(0, dtype=np.int64)
        holders = self._holders_of.get(question)
        if holders is None:
            # The text is bound, and each of its terms is quoted: nothing a shopper writes is syntax.
            found = connection.execute("SELECT rowid FROM lexical WHERE lexical MATCH ?", (question,)).fetchall()
            holders = self._places(found)
            self._remember(question, holders)
        return holders

    def _remember(self, question: str, holders: NDArray[np.int64]) -> None:
        with self._lock:
            self._places_held += len(holders) + 100  # a question itself takes room too
            if self._places_held > MOST_PLACES:
                self._holders_of, self._places_held = {}, len(holders) + 100
            self._holders_of[question] = holders

    def _places(self, found: list[tuple[int]]) -> NDArray[np.int64]:
        return self._positions[np.array(found, dtype=np.int64).reshape(-1)]


def _in_words(term: str) -> str:
    return f"{{short rest}} : {_quoted(term)}"


def _in_short(term: str) -> str:
    return f"short : {_quoted(term)}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
