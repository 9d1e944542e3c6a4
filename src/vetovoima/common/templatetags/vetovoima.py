"""Tags that every page may use: content in its language, figures, dates, the built front end."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language

from vetovoima.common.fields import Translated
from vetovoima.common.money import euros, figure, million_euros

register = template.Library()
NAMES = {"fi": "suomeksi", "en": "in English", "sv": "på svenska"}


def _marked(text: str, language: str) -> SafeString:
    """A text in another language than the page says so, to eyes and to screen readers."""
    if not text or language == get_language():
        return format_html("{}", text)
    return format_html(
        '<span lang="{}">{}</span> <small class="language-note">({})</small>', language, text, NAMES[language]
    )


@register.simple_tag
def translated(value: Any) -> SafeString:
    """This will write translated content in the page's language, or visibly in another."""
    language = (get_language() or "en")[:2]
    if isinstance(value, Translated):
        return _marked(*value.best(language))
    if isinstance(value, dict) and "text" in value:
        return _marked(value["text"], value.get("language", language))
    if isinstance(value, dict):
        return _marked(*Translated(value).best(language))
    return format_html("{}", value or "")


@register.filter
def in_language(value: Any, language: str) -> str:
    """This will write translated content in a named language, or the first there is, without a mark."""
    return Translated(value).best(language)[0] if isinstance(value, dict) else str(value or "")


@register.filter(name="figure")
def figure_filter(value: Any, decimals: int = 2) -> str:
    """This will write a number as the page's language does."""
    return "" if value in (None, "") else figure(value, (get_language() or "en")[:2], decimals)


@register.filter
def euro(value: Any) -> str:
    """This will write an amount of euros as the page's language does."""
    return "" if value in (None, "") else euros(value, (get_language() or "en")[:2])


@register.filter
def million_euro(value: Any) -> str:
    """This will write an amount in millions of euros as the page's language does."""
    return "" if value in (None, "") else million_euros(value, (get_language() or "en")[:2])


@register.filter
def web_address(value: Any) -> str:
    """This will let an address through that leads to the web, and nothing else: a stored one of another scheme would run
    in the page of whoever follows it."""
    text = str(value or "").strip()
    return text if text.lower().startswith(("https://", "http://")) else ""


#: a month of a year, as ISO 8601 writes it
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@register.filter
def day(value: Any) -> str:
    """This will write a day or a month (2024-01) as the page's language does; a year alone stays as it is."""
    if isinstance(value, str) and MONTH.fullmatch(value):
        return date_format(date(int(value[:4]), int(value[5:]), 1), "YEAR_MONTH_FORMAT")
    if isinstance(value, str):
        value = parse_datetime(value) if "T" in value else (parse_date(value) if len(value) == 10 else value)
    if isinstance(value, datetime):
        value = localtime(value).date()
    return date_format(value, "SHORT_DAY") if isinstance(value, date) else str(value or "")


@lru_cache(maxsize=1)
def _manifest(stamp: float) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_manifest_path().read_text(encoding="utf-8"))
    return loaded


def _manifest_path() -> Path:
    return Path(settings.PACKAGE_DIR) / "static" / "build" / "manifest.json"


def build_manifest() -> dict[str, Any]:
    """This will return what the front end was built into: source file → {"file", "css", …}; empty while it is not built."""
    path = _manifest_path()
    return _manifest(path.stat().st_mtime) if path.exists() else {}


@register.simple_tag
def built(entry: str) -> SafeString:
    """This will write the style sheets and the module script of one entry of the front end, e.g. `portal/main.ts`."""
    manifest = build_manifest()
    if not manifest:
        return format_html("{}", "")
    chunk = manifest.get(entry)
    if chunk is None:
        raise template.TemplateSyntaxError(f"The front end has no entry {entry}")
    parts = [
        format_html('<link rel="stylesheet" href="{}">', static(f"build/{sheet}"))
        for sheet in chunk.get("css", [])
    ]
    parts.append(format_html('<script type="module" src="{}"></script>', static(f"build/{chunk['file']}")))
    return mark_safe("\n".join(parts))  # noqa: S308 - each part comes from format_html
