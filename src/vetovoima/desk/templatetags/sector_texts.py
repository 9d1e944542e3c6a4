"""Texts of a sector's sheet as the desk shows them: with the facts they name, and a word where one is old or gone."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.catalogue.knowledge.tokens import codes_in, replace_tokens
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.common.fields import Translated
from vetovoima.desk.forms import here

register = template.Library()


@register.filter
def drawn_here(text: Translated) -> str:
    """A text in the page's language, or in the next that there is, with the values of the facts it names."""
    words, language = text.best(here())
    codes = codes_in(words)
    if not codes:
        return words
    found = drawn(codes)
    return replace_tokens(words, lambda code, bare: _written(code, found.get(code), language, bare))


def _written(code: str, fact: Any, language: str, bare: bool) -> str:
    if fact is None or fact.state == FactState.RETIRED:
        return _("(%(code)s is no longer kept)") % {"code": code}
    value = written(fact, language, number_only=bare)
    if fact.state == FactState.STALE:
        return _("%(value)s (to be reviewed)") % {"value": value}
    return value
