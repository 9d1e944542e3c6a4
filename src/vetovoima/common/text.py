"""Words as search sees them: one list of plain tokens per text and language, the same on both databases.

Finnish by Voikko's base forms with the parts of compounds when the system has it, else by simplemma's dictionary with
compounds taken apart by the same dictionary, which also does Swedish; English by simplemma alone. Of 30 Finnish pairs kept
with the tests Voikko finds 29 and the dictionary 27, of ten that only look alike neither finds any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy, DictionaryLookupStrategy
from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*", re.UNICODE)
PART = re.compile(r"\+?([^()+]+)\(([^()]+)\)")
MAX_WORD = 60
#: languages whose compounds are taken apart by dictionary, and how the first part of one may end
JOINED = {"fi": "n", "sv": "s"}
#: endings after which a word of the dictionary may stand by itself
ENDINGS = {"sv": ("en", "et", "ens", "ets", "ar", "er", "arna", "erna", "na", "n", "s")}
SHORTEST_COMPOUND = 6
#: first parts of two letters that compounds of this field begin with (sv el, fi yö)
SHORT_HEADS = ("el",)
#: endings that dictionaries know as words and that are none here
SUFFIXES = (
    "het",
    "heten",
    "else",
    "ning",
    "ande",
    "are",
    "aren",
    "ten",
    "dom",
    "skap",
    "nen",
    "sta",
    "lla",
    "ssa",
    "lta",
    "ksi",
)


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


@cache
def _dictionary() -> DictionaryLookupStrategy:
    """The same dictionaries asked without guessing: None for a word that is not in them."""
    return DictionaryLookupStrategy(TrieDictionaryFactory(disk_cache_dir=str(settings.VETOVOIMA_LEMMAS_DIR)))


def plain(token: str) -> str:
    """A token as both databases hold it: lower case, composed, letters and digits alone."""
    return "".join(one for one in unicodedata.normalize("NFC", token).lower() if one.isalnum())[:MAX_WORD]


@lru_cache(maxsize=50_000)
def word_bases(word: str, language: str) -> tuple[str, ...]:
    """This will return the base forms that a word may have, and the word itself, as plain tokens: what a query asks for.

    The parts of a compound are not among them: whoever asks for a railway yard does not ask for every yard.
    """
    word = word[:MAX_WORD].lower()
    voikko = _voikko() if language == "fi" else None
    if voikko is not None:
        found = {analysis.get("BASEFORM", word).lower() for analysis in voikko.analyze(word)}
    else:
        found = {_simplemma().lemmatize(word, lang=language).lower(), *_stems(word, language)}
    return _plain({word, *found})


def _stems(word: str, language: str) -> list[str]:
    """Words that an ending was put to: the dictionary names one base form only, and tomten may be a plot or a gnome."""
    stems = [word.removesuffix(ending) for ending in ENDINGS.get(language, ()) if word.endswith(ending)]
    return [stem for stem in stems if len(stem) > 2 and _base(stem, language)]


@lru_cache(maxsize=50_000)
def word_lemmas(word: str, language: str) -> tuple[str, ...]:
    """This will return the lemmas of one word: its base forms and the parts of a compound, what a document is found by."""
    word = word[:MAX_WORD].lower()
    found = set(word_bases(word, language))
    pieces = re.split(r"[-']", word)
    if len(pieces) > 1:
        for piece in pieces:
            found.update(word_lemmas(piece, language))
    voikko = _voikko() if language == "fi" else None
    if voikko is not None:
        for analysis in voikko.analyze(word):
            found.update(_bases_of_parts(analysis.get("WORDBASES", "").lower()))
    elif language in JOINED:
        for base in word_bases(word, language):
            found.update(_parts(base, language))
    return _plain(found)


def _bases_of_parts(described: str) -> set[str]:
    """The parts of a compound as Voikko describes it, `+laskett(laskettaa)+elu(+elu)+keskus(keskus)`: their base forms,
    and a part with the endings that made a word of its own of it (laskettelu)."""
    found: set[str] = set()
    stem = ""
    for piece, base in PART.findall(described):
        if base.startswith("+"):
            stem += piece
            found.add(stem)
        else:
            stem = piece
            found.add(base)
    return found


def _plain(tokens: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({token for token in map(plain, tokens) if token}))


@lru_cache(maxsize=20_000)
def is_word(word: str, language: str) -> bool:
    """Whether a dictionary knows a word. What none knows may be the beginning of a word, a name or a code."""
    word = word[:MAX_WORD].lower()
    voikko = _voikko() if language == "fi" else None
    if voikko is not None:
        return any("BASEFORM" in analysis for analysis in voikko.analyze(word))
    return _base(word, language) is not None


def _base(word: str, language: str) -> str | None:
    return _dictionary().get_lemma(word, language)


def _parts(word: str, language: str) -> set[str]:
    """The parts of a compound by the dictionary alone: the longest last part that leaves a known first part."""
    if len(word) < SHORTEST_COMPOUND:
        return set()
    for at in range(2, len(word) - 2):
        head, tail = word[:at], word[at:]
        if (len(head) < 3 and head not in SHORT_HEADS) or tail in SUFFIXES:
            continue
        first, last = _head(head, language), _base(tail, language)
        if first and last:
            return {first, last.lower()} | _parts(head, language) | _parts(tail, language)
    return set()


def _head(head: str, language: str) -> str | None:
    """The first part of a compound as a word: in its base form, its genitive, or with the letter that joins."""
    if (base := _base(head, language)) is not None and (
        base.lower() == head or head.endswith(JOINED[language])
    ):
        return base.lower()
    if language == "sv" and head.endswith("s") and _base(head[:-1], language) is not None:
        return head[:-1]
    # The dictionary has one base form for each word, and of a noun that is also a form of a verb it may be the verb's.
    return head if language == "sv" and base is not None and len(head) > 3 else None


def words(text: str) -> list[str]:
    """This will split a text into words, in order."""
    return WORD.findall(text)


def lemmas(text: str, language: str) -> str:
    """This will return every lemma of a text, separated by spaces."""
    return " ".join(lemma for word in words(text) for lemma in word_lemmas(word, language))


def query_words(text: str, limit: int = 12) -> list[str]:
    """This will return the first `limit` words asked for, each once, in lower case."""
    return list(dict.fromkeys(word.lower() for word in words(text[:500])))[:limit]
