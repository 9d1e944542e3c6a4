"""Tags of the page's shell: the region, the year of light, the switch of languages, early assets."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import get_language

from vetovoima.accounts.queries import organisation
from vetovoima.common.templatetags.vetovoima import build_manifest
from vetovoima.directory.queries import contacts
from vetovoima.portal.brand import brand_version
from vetovoima.portal.languages import MISSING, NATIVE, SWITCH, in_language
from vetovoima.portal.light import HEIGHTS, hours_above, year_of_light
from vetovoima.reference import queries as reference

register = template.Library()
#: the font of most words of a page, asked for at once; headings wait for theirs in a stand-in of the same widths
FONTS = ("node_modules/@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",)


@register.simple_tag(takes_context=True)
def shell_region(context: template.Context) -> Any:
    """The region of this deployment: the page's own, or asked for where a page has none."""
    return context.get("region") or reference.region()


@register.simple_tag
def council(region: Any) -> dict[str, Any] | None:
    """Who answers: the region's council with its website, and its first named contact when there is one."""
    slug = region.council_slug if region else ""
    if not slug:
        return None
    contact = contacts().filter(organisation__slug=slug).first()
    found = contact.organisation if contact else organisation(slug)
    return {"organisation": found, "contact": contact} if found else None


@register.filter
def brand_mark(region: Any) -> str:
    """The version of the region's style sheet, for its address."""
    return brand_version(region.tokens if region else None)


@register.inclusion_tag("components/light.html")
def light(region: Any, form: str = "divider", label: str = "") -> dict[str, Any]:
    """This will draw the year of light: `form` is mark, divider or figure."""
    today = localdate()
    latitude = round(region.latitude if region else 64.3, 1)
    ribbon = year_of_light(latitude, today.year, {"mark": 18, "divider": 7}.get(form, 3))
    return {"ribbon": ribbon, "form": form, "label": label, "today": (today - date(today.year, 1, 1)).days}


@register.simple_tag
def light_today(region: Any) -> dict[str, Any]:
    """What the caption of the ribbon says: the longest, the shortest and today's day, as hours and minutes."""
    today = localdate()
    latitude = round(region.latitude if region else 64.3, 1)
    ribbon = year_of_light(latitude, today.year, 3)
    now = hours_above(latitude, today, HEIGHTS["day"])
    return {
        "latitude": latitude,
        "today": _clock(now),
        "longest": _clock(ribbon.longest),
        "shortest": _clock(ribbon.shortest),
    }


def _clock(hours: float) -> dict[str, int]:
    minutes = round(hours * 60)
    return {"hours": minutes // 60, "minutes": minutes % 60}


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, Any]]:
    """The same page in each language of the region; a language in which it is missing is named as missing."""
    request = context.get("request")
    here = (get_language() or "en")[:2]
    missing = set(context.get("missing_languages") or ())
    path = request.get_full_path() if request else f"/{here}/"
    return [
        {
            "code": code,
            "name": NATIVE[code],
            "url": in_language(path, code),
            "path": in_language(path, code).partition("?")[0],
            "is_current": code == here,
            "missing": MISSING[code] if code in missing else "",
        }
        for code in SWITCH
    ]


@register.simple_tag
def early_assets() -> SafeString:
    """This will write what must come before the first paint: the font of most words, and the theme's script, which asks for
    the headings' letters once the page stands; without script they are asked for at once."""
    manifest = build_manifest()
    if not manifest:
        return format_html("{}", "")

    def address(name: str) -> str:
        return static(f"build/{manifest[name]['file']}")

    fonts = format_html_join(
        "",
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        ((address(name),) for name in FONTS if name in manifest),
    )
    theme = format_html(
        '<script src="{0}" data-headings="{1}"></script><noscript><link rel="stylesheet" href="{1}"></noscript>',
        address("portal/theme.ts"),
        address("tokens/headings.css"),
    )
    return fonts + theme


@register.filter
def in_page_language(value: Any) -> str:
    """A translated name as plain text, for titles and attributes, where no mark can stand."""
    if not isinstance(value, dict):
        return str(value or "")
    here = (get_language() or "en")[:2]
    return value.get(here) or next((value[code] for code in SWITCH if value.get(code)), "")
