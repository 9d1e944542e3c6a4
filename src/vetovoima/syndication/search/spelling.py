"""Words as they were probably meant, out of the words of the offer."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.models import SearchWord

from .offer import Mask, Offer
from .words import Asked, Points, asked_words, match, points_of, telling_words

#: so many letters may be wrong in a word of fewer letters than
MISTAKES = ((4, 0), (6, 1), (9, 2), (99, 3))
#: of so many likely words the first that gives a result is taken
CANDIDATES = 8


@dataclass(frozen=True)
class Understood:
    """The records that have the words, how well, and how the words were read to find any."""

    fits: Mask
    points: Points
    corrected: str = ""
    read_in: str = ""


def understand(offer: Offer, text: str, language: str) -> Understood | None:
    """This will look for words as they are written; else as words of another language; else as they were probably meant.

    None when nothing is asked.
    """
    asked = asked_words(text, language)
    if not asked:
        return None
    languages = (language, *(one for one in LANGUAGES if one != language))
    first = _matched(offer, asked, language)
    if first.fits.any():
        return first
    for other in languages[1:]:
        found = _matched(offer, asked_words(text, other), other, read_in=other)
        if found.fits.any():
            return found
    for one in languages:
        corrected = _corrected(offer, text, one)
        found = _matched(
            offer, asked_words(corrected, one), one, corrected, read_in="" if one == language else one
        )
        if corrected and found.fits.any():
            return found
    return first


def _matched(
    offer: Offer, asked: list[Asked], language: str, corrected: str = "", read_in: str = ""
) -> Understood:
    fits, points = match(offer, asked, language)
    return Understood(fits, points, corrected, read_in)


def _corrected(offer: Offer, text: str, language: str) -> str:
    """The query with each word that nothing has put right; "" when one of them is like no word of the offer."""
    found = []
    for word in telling_words(text, language):
        meant = word if _is_found(offer, word, language) else _meant(offer, word, language)
        if not meant:
            return ""
        found.append(meant)
    return " ".join(found)


def _is_found(offer: Offer, word: str, language: str) -> bool:
    return any(bool(points_of(offer, one, language).any()) for one in asked_words(word, language))


def _meant(offer: Offer, word: str, language: str) -> str:
    """The likeliest word of the offer that a record still has: fewest letters wrong, the same beginning, the alphabet."""
    allowed = next((number for length, number in MISTAKES if len(word) < length), 0)
    if not allowed:
        return ""
    vocabulary = offer.once(("vocabulary", language), lambda: _vocabulary(language))
    likely = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    likely.sort(key=lambda one: (one[1], one[0][:1] != word[:1], abs(len(one[0]) - len(word)), one[0]))
    for candidate, _distance, _number in likely[:CANDIDATES]:
        if _is_found(offer, candidate, language):
            return str(candidate)
    return ""


def _vocabulary(language: str) -> list[str]:
    """Every word of the offer in a language; also some that no record has any more, which are then not found."""
    return list(SearchWord.objects.filter(language=language).order_by("word").values_list("word", flat=True))
