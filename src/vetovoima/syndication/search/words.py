"""The words of the offer in the database: plain tokens, compared in the same way on SQLite and PostgreSQL.

A row for each record and language, numbered by both. The tokens of a record's name stand there once more with the mark
of names before them, those of its labels (kind, place, sectors) with theirs: what is found by its name comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db import connection

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.text import is_word, plain, query_words, word_bases

from .offer import Mask, Offer, Whole
from .synonyms import synonyms

SEARCH_TABLE = "syndication_search"
#: a number for each language, for good: they are part of the rows' numbers
LANGUAGE_NUMBERS = {"fi": 0, "sv": 1, "en": 2}
ROWS_OF_AN_ENTRY = 4
#: marks that no token of a text can have
IN_NAME, IN_LABELS = "_1", "_2"
POINTS = {IN_NAME: 4, IN_LABELS: 2, "": 1}
#: so many words with their records are remembered of an offer
REMEMBERED_WORDS = 64
Points = np.ndarray[tuple[int], np.dtype[np.int16]]


@dataclass(frozen=True)
class Tokens:
    """The words of one record in one language."""

    name: frozenset[str]
    labels: frozenset[str]
    text: frozenset[str]

    def stored(self) -> list[str]:
        """Every token with its marks."""
        marked = {IN_NAME + one for one in self.name} | {IN_LABELS + one for one in self.labels}
        return sorted(self.name | self.labels | self.text | marked)


def row_number(entry: int, language: str) -> int:
    """The number of the row of a record's words."""
    return entry * ROWS_OF_AN_ENTRY + LANGUAGE_NUMBERS[language]


def index_words(rows: Iterable[tuple[int, Tokens]]) -> None:
    """This will store the words of rows that have none yet."""
    if connection.vendor == "sqlite":
        statement = f"INSERT INTO {SEARCH_TABLE} (rowid, words) VALUES (%s, %s)"
        values = [(number, " ".join(tokens.stored())) for number, tokens in rows]
    else:
        statement = f"INSERT INTO {SEARCH_TABLE} (id, words) VALUES (%s, array_to_tsvector(%s::text[]))"
        values = [(number, tokens.stored()) for number, tokens in rows]  # type: ignore[misc]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def forget_words(entries: Iterable[int]) -> None:
    """This will remove the words of records in every language."""
    key = "rowid" if connection.vendor == "sqlite" else "id"
    numbers = [[row_number(entry, language)] for entry in entries for language in LANGUAGES]
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {SEARCH_TABLE} WHERE {key} = %s", numbers)


@dataclass(frozen=True)
class Asked:
    """A word of a query: the tokens any of which will do, and beginnings of tokens that will do as well."""

    word: str
    tokens: tuple[str, ...]
    beginnings: tuple[str, ...] = ()


def asked_words(text: str, language: str) -> list[Asked]:
    """This will read the words of a query. What no dictionary knows may be the beginning of a word, a name or a code;
    a word that one knows is not taken for the beginning of another: rata (a railway) is no ratas (a wheel)."""
    found = []
    for word in query_words(text):
        bases = word_bases(word, language)
        known = is_word(word, language) or (word.isdigit() and not word.startswith("0"))
        beginnings = () if known or len(plain(word)) < 2 else (plain(word),)
        if bases:
            found.append(Asked(word, (*bases, *synonyms(bases, language)), beginnings))
    return found


def _expression(asked: Asked, mark: str) -> str:
    tokens = [f"{mark}{one}" for one in asked.tokens]
    beginnings = [f"{mark}{one}" for one in asked.beginnings]
    if connection.vendor == "sqlite":
        return " OR ".join([*(f'"{one}"' for one in tokens), *(f'"{one}"*' for one in beginnings)])
    return " | ".join([*(f"'{one}'" for one in tokens), *(f"'{one}':*" for one in beginnings)])


def _statement(points: int) -> str:
    """All rows that have a word, in one text: many times faster to read than as many rows."""
    if connection.vendor == "sqlite":
        return f"SELECT {points}, group_concat(rowid) FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH %s"
    return f"SELECT {points}, string_agg(id::text, ',') FROM {SEARCH_TABLE} WHERE words @@ %s::tsquery"


def points_of(offer: Offer, asked: Asked, language: str) -> Points:
    """For every record how well it has a word: 0 not at all, 1 in its text, 2 in its labels, 4 in its name."""
    key = ("word", language, asked)
    if key not in offer.remembered:
        words = [one for one in list(offer.remembered) if one[0] == "word"]
        for old in words[: max(0, len(words) - REMEMBERED_WORDS + 1)]:
            offer.remembered.pop(old, None)
        offer.remembered[key] = _points(offer, asked, language)
    found: Points = offer.remembered[key]
    return found


def _points(offer: Offer, asked: Asked, language: str) -> Points:
    found = np.zeros(offer.size, dtype=np.int16)
    with connection.cursor() as cursor:
        statement = " UNION ALL ".join(_statement(points) for points in POINTS.values())
        cursor.execute(statement, [_expression(asked, mark) for mark in POINTS])
        for points, numbers in sorted(cursor.fetchall(), key=lambda one: int(one[0])):
            found[_places(offer, numbers or "", language)] = points
    return found


def _places(offer: Offer, numbers: str, language: str) -> Whole:
    """The places of the records whose rows of a language are among the numbers (a text, as the database joined them)."""
    rows = np.fromstring(numbers, dtype=np.int64, sep=",") if numbers else np.zeros(0, dtype=np.int64)
    entries: Whole = rows[rows % ROWS_OF_AN_ENTRY == LANGUAGE_NUMBERS[language]] // ROWS_OF_AN_ENTRY
    if not offer.size:
        return entries[:0]
    at = np.minimum(np.searchsorted(offer.ids, entries), offer.size - 1)
    found: Whole = at[offer.ids[at] == entries]
    return found


def match(offer: Offer, asked: list[Asked], language: str) -> tuple[Mask, Points]:
    """This will return the records that have every word asked for, and how well each has them."""
    total = np.zeros(offer.size, dtype=np.int16)
    fits = offer.everything()
    for one in asked:
        points = points_of(offer, one, language)
        fits &= points > 0
        total += points
    return fits, total
