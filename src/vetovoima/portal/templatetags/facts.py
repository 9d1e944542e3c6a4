"""Filters and tags that draw facts of the bank into pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.catalogue.knowledge.writing import written, written_number
from vetovoima.portal.drawing import Ask, draw_html, draw_plain, draw_text, is_gone
from vetovoima.portal.languages import current_language

register = template.Library()


def asked_of(context: template.Context) -> Ask:
    """Who is asked for facts: what the page has gathered, or the bank."""
    return _ask(context.get("gathered"))


def _ask(gathered: Any) -> Ask:
    ask: Ask = gathered.known if gathered else drawn
    return ask


@register.filter
def with_facts(html: Any, gathered: Any = None) -> SafeString:
    """Rich text with the values of the facts it names: `{{ page.body|richtext|with_facts:gathered }}`."""
    return draw_html(str(html or ""), _ask(gathered))


@register.filter
def with_facts_text(text: Any, gathered: Any = None) -> SafeString:
    """A plain text with the values of the facts it names."""
    return draw_text(str(text or ""), _ask(gathered))


@register.filter
def with_facts_plain(text: Any, gathered: Any = None) -> str:
    """A plain text with the values of the facts it names, without marks."""
    return draw_plain(str(text or ""), _ask(gathered))


@register.simple_tag(takes_context=True)
def facts_of(context: template.Context, codes: Any) -> list[dict[str, Any]]:
    """The facts that a page or an asset names by their codes, in its order, drawn from the bank; gone ones fall away."""
    wanted = [getattr(one, "value", one) for one in codes or []]
    wanted = [one.get("code") if hasattr(one, "get") else one for one in wanted]
    found = asked_of(context)(wanted)
    return [
        {"fact": found[code], "value": written(found[code], current_language())}
        for code in wanted
        if not is_gone(found.get(code))
    ]


@register.filter
def fact_value(fact: Any) -> str:
    """A fact's value in the page's language."""
    return written(fact, current_language())


@register.filter
def number_with_unit(thing: Any) -> str:
    """A policy's number with its unit; empty when it has none."""
    return "" if thing.number is None else written_number(thing.number, thing.unit, current_language())


@register.filter
def claimed(claim: Any) -> str:
    """What a source claims, its number written with its unit as the page's language does; words as they are."""
    value = str(claim["value"])
    try:
        number = float(value)
    except ValueError:
        return value
    return written_number(number, claim["unit"] or "", current_language())


@register.filter
def is_in_force(policy: Any) -> bool:
    """Whether a policy is in force today."""
    return bool(policy.is_in_force(localdate()))
