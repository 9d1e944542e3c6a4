"""Putting the fact bank's values into texts that name them: the number, its unit, and the date of its source beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.catalogue.knowledge.tokens import codes_in, replace_tokens
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.common.templatetags.vetovoima import day

from .languages import current_language

#: who is asked for facts by their codes: the bank itself, or what a page has gathered of it
Ask = Callable[[Iterable[str]], Mapping[str, Any]]


def draw_html(html: str, ask: Ask = drawn) -> SafeString:
    """This will put the values into rich text, each followed by its date as a link to its source."""
    return mark_safe(_drawn(html, _as_html, ask))  # noqa: S308 the text is rich text already, what is put in is escaped


def draw_text(text: str, ask: Ask = drawn) -> SafeString:
    """This will put the values into a plain text and return it as HTML."""
    return draw_html(escape(text), ask)


def draw_plain(text: str, ask: Ask = drawn) -> str:
    """This will put the values into a plain text without marks, for titles and descriptions."""
    return _drawn(text, _as_words, ask)


def _drawn(text: str, write: Callable[[Any, bool], str], ask: Ask) -> str:
    codes = codes_in(text)
    if not codes:
        return text
    found = ask(codes)
    return replace_tokens(text, lambda code, number_only: write(found.get(code), number_only))


def is_gone(fact: Any) -> bool:
    """Whether there is nothing to show in a fact's place: it is unknown, or retired without a replacement."""
    return fact is None or fact.state == FactState.RETIRED


def _as_words(fact: Any, number_only: bool) -> str:
    if is_gone(fact):
        return _("(figure no longer kept)")
    return written(fact, current_language(), number_only=number_only)


def _as_html(fact: Any, number_only: bool) -> str:
    if is_gone(fact):
        return format_html('<em class="unknown">{}</em>', _("(figure no longer kept)"))
    when = day(fact.as_of) or _("undated")
    source = fact.source.get("title", "")
    # A list of links would else have the same date again and again.
    named = format_html(' aria-label="{}, {}"', when, source) if source else ""
    return format_html(
        '<span class="fact">{}</span> <small class="language-note">(<a href="{}#{}" title="{}"{}>{}</a>)</small>',
        _as_words(fact, number_only),
        reverse("portal-facts"),
        fact.code,
        _("Source: %(source)s") % {"source": source},
        named,
        when,
    )
