"""A fact's value in words: number, unit and exactness as each language writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.common.money import figure

from .enums import Exactness
from .units import UNITS

if TYPE_CHECKING:
    from vetovoima.catalogue.models import KnownFact


def written_number(number: float, unit: str, language: str) -> str:
    """This will write a number with its unit; one without unit as a bare number."""
    found = UNITS.get(unit)
    return found.write(number, language) if found else figure(number, language)


def with_exactness(text: str, exactness: str, language: str) -> str:
    """This will put the source's own caution before a figure: about 3,500, more than 50%."""
    with override(language):
        patterns: dict[str, str] = {
            Exactness.ABOUT: _("about %(figure)s"),
            Exactness.ALMOST: _("almost %(figure)s"),
            Exactness.AT_LEAST: _("at least %(figure)s"),
            Exactness.MORE_THAN: _("more than %(figure)s"),
            Exactness.AT_MOST: _("at most %(figure)s"),
        }
        return patterns.get(exactness, "%(figure)s") % {"figure": text}


def written(fact: KnownFact, language: str, *, number_only: bool = False) -> str:
    """This will write a fact's value: its number with caution and unit, else its words; empty when it has neither."""
    if fact.number is None:
        words: str = fact.text.best(language)[0]
        return words
    if number_only:
        return figure(fact.number, language)
    return with_exactness(written_number(fact.number, fact.unit, language), fact.exactness, language)
