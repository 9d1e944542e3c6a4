"""What the head of a page tells programs: where the same is as a feed, as linked data, as a frame."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from vetovoima.portal.languages import absolute, current_language

register = template.Library()
ATOM, FEED, ICS, OEMBED = (
    "application/atom+xml",
    "application/feed+json",
    "text/calendar",
    "application/json+oembed",
)


class Alternate(NamedTuple):
    """One way to have the same: its media type, name and whole address."""

    type: str
    title: str
    url: str


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[Alternate]:
    """The feeds that belong to what the page shows: of its municipality or sector, of news, of events; and its frame."""
    asked = {"lang": current_language(), **_narrowed(context)}
    found = [
        Alternate(ATOM, _("Sites (Atom)"), _feed("api:sites_atom", asked)),
        Alternate(FEED, _("Sites (JSON Feed)"), _feed("api:sites_feed", asked)),
        Alternate(ATOM, _("News (Atom)"), _feed("api:news_atom", asked)),
        Alternate(ICS, _("Events (iCalendar)"), _feed("api:events_ics", asked)),
    ]
    if frame := _framed(context):
        query = urlencode({"url": absolute(frame), "format": "json"})
        found.append(
            Alternate(OEMBED, _("Frame for your own page"), f"{absolute(reverse('api:oembed'))}?{query}")
        )
    return found


def _feed(name: str, asked: dict[str, str]) -> str:
    return f"{absolute(reverse(name))}?{urlencode(asked)}"


def _narrowed(context: template.Context) -> dict[str, str]:
    """The municipality or the sector that the page is about."""
    page, site = context.get("page"), context.get("site")
    subject = getattr(page, "subject", "")
    kind = type(page).__name__ if subject else ""
    if isinstance(site, dict) and "municipality" in site:
        return {"municipality": site["municipality"]["slug"]}
    return {"MunicipalityPage": {"municipality": subject}, "SectorPage": {"sector": subject}}.get(kind, {})


def _framed(context: template.Context) -> str:
    """The address of a page that can stand in a frame elsewhere: a record, a municipality, the search."""
    request: Any = context.get("request")
    site, page = context.get("site"), context.get("page")
    match = getattr(request, "resolver_match", None)
    if isinstance(site, dict) and "url" in site:
        return str(site["url"])
    if type(page).__name__ == "MunicipalityPage":
        return str(request.path) if request else ""
    if match and match.url_name == "portal-sites":
        return str(request.get_full_path())[:1000]
    return ""
