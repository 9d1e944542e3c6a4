"""Other words for the same thing, by language: what investors say and what the offer says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from vetovoima.common.text import word_bases

FILE = Path(__file__).with_name("synonyms.json")


@cache
def _groups(language: str) -> dict[str, frozenset[str]]:
    """Each word of the file as a base form, with the base forms of the words that mean the same."""
    found: dict[str, set[str]] = {}
    for words in json.loads(FILE.read_text(encoding="utf-8")).get(language, []):
        bases = {base for word in words for base in word_bases(word, language)}
        for base in bases:
            found.setdefault(base, set()).update(bases)
    return {word: frozenset(others) for word, others in found.items()}


def synonyms(bases: tuple[str, ...], language: str) -> tuple[str, ...]:
    """This will return the base forms of words that mean the same as one of these."""
    groups = _groups(language)
    return tuple(sorted({other for base in bases for other in groups.get(base, ())} - set(bases)))
