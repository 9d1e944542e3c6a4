"""Tags of a record: a figure with its unit, how fresh it is, a person's initials."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vetovoima.common.digits import whole_number
from vetovoima.common.money import euros, figure, million_euros
from vetovoima.reference.queries import municipalities

register = template.Library()
HECTARE = 10_000
MILLION = 1_000_000
LAND = {"area_m2", "usable_area_m2", "min_parcel_m2", "expansion_area_m2"}
AGEING_AFTER, STALE_AFTER = 12, 24
#: what a list shows of a record, in this order, as far as it is known
IN_LIST = (
    "scale_low_eur",
    "return_low",
    "volume_per_year",
    "area_m2",
    "floor_area_m2",
    "free_capacity_mw",
    "price_eur_m2",
    "rent_eur_m2_month",
    "road_distance_km",
)


@register.filter
def shown(fact: dict[str, Any]) -> dict[str, Any]:
    """A fact as figure and unit for the page: land in hectares from one hectare on, large sums in millions."""
    value, unit, text = fact["value"], fact["unit"], fact["display"]
    language = (get_language() or "en")[:2]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if is_number and fact["field"] in LAND and value >= HECTARE:
        text, unit = figure(value / HECTARE, language, 1), "ha"
    elif is_number and unit == "€":
        text, unit = (million_euros if value >= MILLION else euros)(value, language), ""
    return {"text": text, "unit": unit, "is_number": is_number}


@register.filter
def for_list(card: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts of a card that a list shows: those that were asked for, else the first known ones in the order of what
    investors ask first; two of them, or as many as were asked for, up to four."""
    by_name = {fact["field"]: fact for fact in card["key_facts"] if fact["known"]}
    asked = [name for name in dict.fromkeys(card.get("asked", ())) if name in by_name]
    names = dict.fromkeys([*asked, *IN_LIST])
    return [by_name[name] for name in names if name in by_name][: max(2, min(4, len(asked)))]


def _month_of(text: str) -> int | None:
    parts = [number for part in text.split("T")[0].split("-") if (number := whole_number(part)) is not None]
    if not parts:
        return None
    return parts[0] * 12 + (parts[1] if len(parts) > 1 else 12)


@register.filter
def freshness(text: Any) -> str:
    """How old a date (of any precision) is: an empty word up to a year, then `ageing`, after two years `stale`."""
    month = _month_of(text.isoformat() if isinstance(text, date) else str(text or ""))
    if month is None:
        return ""
    today = localdate()
    age = today.year * 12 + today.month - month
    return "stale" if age > STALE_AFTER else "ageing" if age > AGEING_AFTER else ""


@register.filter
def initials(name: str) -> str:
    """The initials of a name, at most two."""
    return "".join(part[0] for part in name.split()[:2]).upper()


@register.filter
def language_names(codes: list[str]) -> str:
    """Languages in words: Finnish, English."""
    words = {
        "fi": _("Finnish"), "en": _("English"), "sv": _("Swedish"), "de": _("German"), "fr": _("French"),
        "ru": _("Russian"), "no": _("Norwegian"), "et": _("Estonian"), "zh": _("Chinese"), "ja": _("Japanese"),
    }  # fmt: skip
    return ", ".join(str(words.get(code, code)) for code in codes)


@register.simple_tag
def in_its_language(value: dict[str, str]) -> SafeString:
    """A text of a document as paragraphs, marked with its language when that is not the page's."""
    text, language = value.get("text", ""), value.get("language", "")
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    here = (get_language() or "en")[:2]
    attribute = format_html(' lang="{}"', language) if language and language != here else ""
    return format_html_join("", "<p{}>{}</p>", ((attribute, part) for part in paragraphs))


@register.filter
def json_ld(data: Any) -> SafeString:
    """Linked data as a script's text: everything that could end the script is written as an escape."""
    text = (
        json.dumps(data, ensure_ascii=False)
        .replace("<", "\\u003C")
        .replace(">", "\\u003E")
        .replace("&", "\\u0026")
    )
    return mark_safe(text)  # noqa: S308 nothing is left in it that could end the script


@register.simple_tag
def map_labels() -> str:
    """The words of a map, in the page's language."""
    return json.dumps(
        {
            "map": _("Map. The list has the same places."),
            "zoomIn": _("Closer"),
            "zoomOut": _("Farther"),
            "attribution": _("Sources of the map"),
            "chosen": _("Chosen on the map"),
            "close": _("Close"),
            "point": _("Place a point"),
            "area": _("Draw the area"),
            "clear": _("Clear"),
            "drawing": _("Click each corner of the area; click the first one again to finish. Escape stops."),
        },
        ensure_ascii=False,
    )


@register.simple_tag
def map_places() -> str:
    """The municipalities' centres with their names, for a map's own labels."""
    here = (get_language() or "en")[:2]
    places = [
        {"name": one.name.best(here)[0], "latitude": one.latitude, "longitude": one.longitude}
        for one in municipalities()
    ]
    return json.dumps(places, ensure_ascii=False, separators=(",", ":"))


@register.filter
def qualified(observation: Any) -> str:
    """A figure with its qualifier: about 7,000, at least 12, more than 300."""
    text = figure(observation.value, (get_language() or "en")[:2], 1)
    patterns = {
        "about": _("about %(figure)s"),
        "at_least": _("at least %(figure)s"),
        "more_than": _("more than %(figure)s"),
    }
    return str(patterns.get(observation.qualifier, "%(figure)s") % {"figure": text})
