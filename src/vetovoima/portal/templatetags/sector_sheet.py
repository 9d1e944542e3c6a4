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
from vetovoima.portal.sectors import faq_json_ld, for_sector_page

register = template.Library()


@register.inclusion_tag("portal/sector_sheet.html")
def sector_sheet(slug: str) -> dict[str, Any]:
    """The sector's figures; its strengths, niches and answers when an expert has reviewed them."""
    found = for_sector_page(slug)
    return {**found, "LANGUAGE_CODE": current_language(), "faq": faq_json_ld(found["sheet"])}


@register.simple_tag
def drawn_text(text: Translated) -> SafeString:
    """A text with the facts it names drawn; one in another language than the page says so."""
    words, language = text.best(current_language())
    drawn = draw_text(words)
    if language == current_language():
        return drawn
    return format_html(
        '<span lang="{}">{}</span> <small class="language-note">({})</small>',
        language,
        drawn,
        NAMES[language],
    )
