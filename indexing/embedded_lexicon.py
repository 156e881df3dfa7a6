"""Terms asked in, numbers of matching products out of SQLite's full-text index, best first."""

import sqlite3
from collections.abc import Iterator

from indexing.embedded_schema import BM25
from indexing.lexical import Asked, edits, is_slip

MOST_NEAR_TERMS = 3
"""Corrections of one misspelt word that are asked for."""
TERMS_LOOKED_AT = 100


def lexical_matches(connection: sqlite3.Connection, asked: Asked) -> Iterator[tuple[int, float]]:
    """Products that hold any of the terms: (number, BM25 score, 0 and up), best first."""
    is_found = False
    if asked.code:
        for match in _matches(connection, f"codes : {_quoted(' '.join(asked.code))} *"):
            is_found = True
            yield match
    if not is_found:
        yield from _matches(connection, fts_question(connection, asked))


def fts_question(connection: sqlite3.Connection, asked: Asked) -> str:
    """The terms in FTS5's syntax, misspelt ones together with what they may have been meant to be; may be empty."""
    parts = [_either(_spellings(connection, word)) for word in asked.words]
    parts += [f"pairs : {_quoted(pair)}" for pair in asked.pairs]
    return " OR ".join(parts)


def _matches(connection: sqlite3.Connection, question: str) -> Iterator[tuple[int, float]]:
    if not question:
        return
    # The text is bound, and each of its terms is quoted: nothing a shopper writes is syntax.
    matches = f"SELECT rowid, {BM25} FROM lexical WHERE lexical MATCH ? ORDER BY 2"  # noqa: S608 our own constant
    for number, score in connection.execute(matches, (question,)):
        yield number, -score


def _spellings(connection: sqlite3.Connection, word: str) -> list[str]:
    if len(word) < 3 or word.isdigit() or _is_known(connection, word):
        return [word]
    padded = f"  {word} "
    grams = " OR ".join(_quoted(padded[i : i + 3]) for i in range(len(padded) - 2))
    asked = (
        "SELECT term FROM terms WHERE number IN "
        "(SELECT rowid FROM near_terms WHERE near_terms MATCH ? ORDER BY rank LIMIT ?)"
    )
    terms = (term for (term,) in connection.execute(asked, (grams, TERMS_LOOKED_AT)) if is_slip(word, term))
    near = sorted(terms, key=lambda term: (edits(word, term, 2), term))
    return [word, *near[:MOST_NEAR_TERMS]]


def _is_known(connection: sqlite3.Connection, word: str) -> bool:
    """True where some product holds the word, in any of its endings."""
    asked = "SELECT 1 FROM lexical WHERE lexical MATCH ? LIMIT 1"
    return connection.execute(asked, (_quoted(word),)).fetchone() is not None


def _either(words: list[str]) -> str:
    return f"({' OR '.join(map(_quoted, words))})" if len(words) > 1 else _quoted(words[0])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
