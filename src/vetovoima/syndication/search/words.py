"""The words of the offer in the database: plain tokens, compared in the same way on SQLite and PostgreSQL.

A row for each record, numbered as its entry, with the tokens of all languages: every token begins with a letter for its
language and a figure for where it stands. Those of a record's name stand there once more as names, those of its labels (kind,
place, sectors) as labels: what is found by its name comes first. One long row rather than one for each language: PostgreSQL
keeps long rows' words beside the table, so that reading which records have a word passes a few bytes of each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection

from vetovoima.common.text import is_word, plain, query_words, word_bases

from .offer import Mask, Offer, Whole
from .synonyms import synonyms

SEARCH_TABLE = "syndication_search"
#: the letter that a token of a language begins with, and the figure after it
LANGUAGE_LETTERS = {"fi": "f", "sv": "s", "en": "e"}
ANYWHERE, IN_NAME, IN_LABELS = "0", "1", "2"
POINTS = {IN_NAME: 4, IN_LABELS: 2, ANYWHERE: 1}
SMALL_WORDS = Path(__file__).with_name("small_words.json")
#: so many words with their records are remembered of an offer
REMEMBERED_WORDS = 64
Points = np.ndarray[tuple[int], np.dtype[np.int16]]


@dataclass(frozen=True)
class Tokens:
    """The words of one record in one language."""

    name: frozenset[str]
    labels: frozenset[str]
    text: frozenset[str]

    def stored(self, language: str) -> list[str]:
        """Every token with its marks, as the database keeps it."""
        by_mark = {ANYWHERE: self.name | self.labels | self.text, IN_NAME: self.name, IN_LABELS: self.labels}
        return [_marked(one, mark, language) for mark, some in by_mark.items() for one in sorted(some)]


def _marked(token: str, mark: str, language: str) -> str:
    return LANGUAGE_LETTERS[language] + mark + token


def index_words(rows: Iterable[tuple[int, Mapping[str, Tokens]]]) -> None:
    """This will store the words by language of records that have none yet, under the numbers of their entries."""
    values: list[tuple[int, Any]] = [
        (number, [one for language, tokens in by_language.items() for one in tokens.stored(language)])
        for number, by_language in rows
    ]
    if connection.vendor == "sqlite":
        statement = f"INSERT INTO {SEARCH_TABLE} (rowid, words) VALUES (%s, %s)"
        values = [(number, " ".join(tokens)) for number, tokens in values]
    else:
        statement = f"INSERT INTO {SEARCH_TABLE} (id, words) VALUES (%s, array_to_tsvector(%s::text[]))"
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def forget_words(entries: Iterable[int]) -> None:
    """This will remove the words of records in every language."""
    key = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {SEARCH_TABLE} WHERE {key} = %s", [[entry] for entry in entries])


@dataclass(frozen=True)
class Asked:
    """A word of a query: the tokens any of which will do, and beginnings of tokens that will do as well."""

    word: str
    tokens: tuple[str, ...]
    beginnings: tuple[str, ...] = ()


@cache
def _small_words(language: str) -> frozenset[str]:
    """Words that join others and say nothing of a record: a plot by the railway is asked for as plot and railway."""
    return frozenset(json.loads(SMALL_WORDS.read_text(encoding="utf-8")).get(language, ()))


def telling_words(text: str, language: str) -> list[str]:
    """This will return the words of a query without its small ones; all of them when it has no others."""
    asked = query_words(text)
    return [word for word in asked if word not in _small_words(language)] or asked


def asked_words(text: str, language: str) -> list[Asked]:
    """This will read the words of a query. What no dictionary knows may be the beginning of a word, a name or a code;
    a word that one knows is not taken for the beginning of another: rata (a railway) is no ratas (a wheel)."""
    found = []
    for word in telling_words(text, language):
        bases = word_bases(word, language)
        known = is_word(word, language) or (word.isdigit() and not word.startswith("0"))
        beginnings = () if known or len(plain(word)) < 2 else (plain(word),)
        if bases:
            found.append(Asked(word, (*bases, *synonyms(bases, language)), beginnings))
    return found


def _expression(asked: Asked, mark: str, language: str) -> str:
    tokens = [_marked(one, mark, language) for one in asked.tokens]
    beginnings = [_marked(one, mark, language) for one in asked.beginnings]
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
        cursor.execute(statement, [_expression(asked, mark, language) for mark in POINTS])
        for points, numbers in sorted(cursor.fetchall(), key=lambda one: int(one[0])):
            found[_places(offer, numbers or "")] = points
    return found


def _places(offer: Offer, numbers: str) -> Whole:
    """The places of the records that have these numbers (a text, as the database joined them)."""
    entries = np.fromstring(numbers, dtype=np.int64, sep=",") if numbers else np.zeros(0, dtype=np.int64)
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
