"""The words of a cell: choices, yes and no, absences, in every language at once; and how values become words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from vetovoima.catalogue.enums import Absence, Method, Profile, SiteKind
from vetovoima.catalogue.registry import BY_NAME
from vetovoima.common.fields import LANGUAGES

#: further words that people write for the three absences; the labels of `Absence` stand beside them in each language
ABSENT = {
    Absence.UNKNOWN: (
        "unknown", "not known", "no data", "no information", "ei tiedossa", "ei tietoa", "ei tiedetä", "tuntematon", "okänt", "okänd",
        "inte känt", "ej känt", "uppgift saknas", "?",
    ),
    Absence.NOT_STUDIED: (
        "not studied", "not investigated", "not_studied", "ei selvitetty", "ei tutkittu", "selvittämättä", "ej utrett", "inte utrett",
        "ej undersökt", "inte undersökt",
    ),
    Absence.NONE: ("there is none", "none", "ei ole", "ei lainkaan", "finns inte", "finns ej", "inga", "inget", "ingen", "saknas"),
}  # fmt: skip
CONFIDENCES: dict[str, str | Promise] = {"high": _("high"), "medium": _("medium"), "low": _("low")}
#: a cell with nothing but these says nothing: people fill gaps with dashes
DASHES = frozenset({"", "-", "–", "—", "--", "."})


#: stands in a cell for a value that no cell can hold (a border of thousands of points): it stays as it is
KEPT = "[…]"


def key(text: str) -> str:
    """This will make a word comparable: case and runs of spaces do not matter."""
    return " ".join(text.split()).casefold()


def in_every_language(labels: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """This will map each value's label in every language, and the value itself, to the value; the first one wins."""
    found: dict[str, str] = {}
    pairs = list(labels)
    for value, _label in pairs:
        found.setdefault(key(value), value)
    for language in LANGUAGES:
        with override(language):
            for value, label in pairs:
                found.setdefault(key(str(label)), value)
    return found


@lru_cache(maxsize=512)
def choices_of(name: str) -> dict[str, str]:
    """Every word for every choice of a field → the choice's value."""
    return in_every_language(BY_NAME[name].choices.choices)


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Every word for a kind of record → the kind."""
    found = in_every_language(SiteKind.choices)
    found.update({key(kind.replace("_", "-")): kind for kind in SiteKind.values})
    return found


@lru_cache(maxsize=1)
def profiles() -> dict[str, str]:
    """Every word for a profile → the profile."""
    return in_every_language(Profile.choices)


@lru_cache(maxsize=1)
def methods() -> dict[str, str]:
    """Every word for how values were found → the method."""
    return in_every_language(Method.choices)


@lru_cache(maxsize=1)
def confidences() -> dict[str, str]:
    """Every word for how sure values are → high, medium or low."""
    return in_every_language(CONFIDENCES.items())


@lru_cache(maxsize=1)
def absences() -> dict[str, str]:
    """Every word for an absence → the absence; in square brackets it is one whatever else the word may mean."""
    found = in_every_language(Absence.choices)
    for absence, known in ABSENT.items():
        for word in known:
            found.setdefault(key(word), str(absence.value))
    return found


def absence_of(text: str) -> tuple[str, bool]:
    """This will return (the absence that a cell states or "", whether it stands in brackets)."""
    plain = key(text)
    if plain.startswith("[") and plain.endswith("]"):
        return absences().get(plain[1:-1].strip(), ""), True
    return absences().get(plain, ""), False


def absence_word(absence: str, language: str, name: str) -> str:
    """This will write an absence as a cell does: in brackets where the field has a choice of the same word."""
    with override(language):
        word = str(Absence(absence).label)
    taken = BY_NAME[name].choices is not None and key(word) in choices_of(name)
    return f"[{word}]" if taken else word


def flag_word(value: bool, language: str) -> str:
    """This will write yes or no."""
    with override(language):
        return pgettext("cell", "yes") if value else pgettext("cell", "no")


def choice_word(name: str, value: str, language: str) -> str:
    """This will write a choice; the plain value where two choices share a word."""
    with override(language):
        word = str(BY_NAME[name].choices(value).label)
    return word if choices_of(name).get(key(word)) == value else value
