"""Words as search sees them: one list of lemmas per text and language, the same on both databases.

Finnish by Voikko's base forms with the parts of compounds when the system has it, else by simplemma, which also
does Swedish and English. Measured on 30 Finnish pairs: Snowball 7, simplemma 20, Voikko with compounds 28.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*", re.UNICODE)
PART = re.compile(r"\(([^()+]+)\)")
MAX_WORD = 60


@cache
def _voikko() -> Any | None:
    """Voikko for Finnish, or None where the system has no libvoikko or no dictionary."""
    try:
        import libvoikko

        return libvoikko.Voikko("fi")
    except (ImportError, OSError, AttributeError):
        return None
    except Exception as error:  # libvoikko's own exception class exists only when the import succeeds
        if type(error).__name__ == "VoikkoException":
            return None
        raise


@cache
def _simplemma() -> Lemmatizer:
    """Dictionaries as tries on disk, built once: in memory they would cost each process some 400 MB."""
    factory = TrieDictionaryFactory(disk_cache_dir=str(settings.VETOVOIMA_LEMMAS_DIR))
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=factory))


def prepare_dictionaries() -> None:
    """This will build the dictionaries that are not there yet (some seconds, once)."""
    for language in ("sv", "en") if _voikko() else ("fi", "sv", "en"):
        _simplemma().lemmatize("prepare", lang=language)


@lru_cache(maxsize=50_000)
def word_lemmas(word: str, language: str) -> tuple[str, ...]:
    """This will return the lemmas of one word in lower case: its base form, and the parts of a compound."""
    word = word[:MAX_WORD].lower()
    found = {word}
    voikko = _voikko() if language == "fi" else None
    if voikko is not None:
        for analysis in voikko.analyze(word):
            if base := analysis.get("BASEFORM"):
                found.add(base.lower())
            found.update(part.lower() for part in PART.findall(analysis.get("WORDBASES", "")))
    if voikko is None:
        found.add(_simplemma().lemmatize(word, lang=language).lower())
    return tuple(sorted(token for token in found if token.strip("-'")))


def words(text: str) -> list[str]:
    """This will split a text into words, in order."""
    return WORD.findall(text)


def lemmas(text: str, language: str) -> str:
    """This will return every lemma of a text, separated by spaces, ready for the search column."""
    return " ".join(lemma for word in words(text) for lemma in word_lemmas(word, language))


def query_lemmas(text: str, language: str, limit: int = 12) -> list[tuple[str, ...]]:
    """This will return, for each of the first `limit` words asked for, the lemmas any of which may match."""
    return [word_lemmas(word, language) for word in words(text[:500])[:limit]]
