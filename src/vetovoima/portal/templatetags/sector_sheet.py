"""The part of a sector's page that comes from the fact bank and from the sector's reviewed sheet."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vetovoima.common.fields import Translated
from vetovoima.common.templatetags.vetovoima import NAMES
from vetovoima.portal.drawing import draw_text
from vetovoima.portal.languages import current_language

from .facts import asked_of

register = template.Library()


@register.inclusion_tag("portal/sector_sheet.html", takes_context=True)
def sector_sheet(context: template.Context) -> dict[str, Any]:
    """The sector's figures; its strengths, niches and answers when an expert has reviewed them."""
    gathered = context.get("gathered")
    return {**context["evidence"], "LANGUAGE_CODE": current_language(), "gathered": gathered}


@register.simple_tag(takes_context=True)
def drawn_text(context: template.Context, text: Translated) -> SafeString:
    """A text with the facts it names drawn; one in another language than the page says so."""
    words, language = text.best(current_language())
    drawn = draw_text(words, asked_of(context))
    if language == current_language():
        return drawn
    return format_html(
        '<span lang="{}">{}</span> <small class="language-note">({})</small>',
        language,
        drawn,
        NAMES[language],
    )
