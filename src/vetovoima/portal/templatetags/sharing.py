"""Tags of the page's head: what is said to those who share it, and where the page stands in the site."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vetovoima.portal import linked_data as ld
from vetovoima.portal.brand import theme_colours
from vetovoima.portal.languages import SWITCH, absolute, current_language
from vetovoima.portal.own_views import OWN_VIEWS
from vetovoima.portal.sharing import LOCALES, description_of, look_of_region, picture_of_page

from .menu import who_answers
from .record import json_ld

register = template.Library()
#: the addresses of the fact bank's files
FACT_FILES = (("portal-facts-csv", "text/csv"), ("portal-facts-json", "application/json"))
LICENCES = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}


def _name(context: template.Context) -> str:
    """The name of the address that is shown."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    return (match.url_name or "") if match else ""


def _region(context: template.Context) -> Any:
    return context.get("region") or None


@register.simple_tag(takes_context=True)
def share_marks(context: template.Context) -> dict[str, Any]:
    """This will return type, language, description, picture and frame colours of the page."""
    look = look_of_region(_region(context))
    here = current_language()
    flat: Any = context.flatten()
    is_news = getattr(flat.get("page"), "schema_type", "") == "NewsArticle"
    return {
        "type": "article" if is_news else "website",
        "locale": LOCALES[here],
        "other_locales": [LOCALES[code] for code in SWITCH if code != here],
        "description": description_of(flat, look),
        "image": picture_of_page(flat, _name(context), look),
        "theme_colours": theme_colours(look["tokens"]),
    }


@register.filter
def default_language(links: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Where a visitor is led whose language we do not speak: English, else the first language that has the page."""
    there = [link for link in links if not link["missing"]]
    return next((link for link in there if link["code"] == "en"), there[0] if there else None)


@register.simple_tag(takes_context=True)
def place_in_site(context: template.Context) -> SafeString:
    """This will write the linked data that every page has: the way to it; and what the page's subject adds."""
    found = [
        one
        for one in (_way(context), _website(context), _municipality(context), _dataset(context))
        if one is not None
    ]
    return format_html_join(
        "", '<script type="application/ld+json">{}</script>', ((json_ld(one),) for one in found)
    )


def _is_home(context: template.Context) -> bool:
    request = context.get("request")
    return request is not None and request.path == f"/{current_language()}/"


def _way(context: template.Context) -> dict[str, Any] | None:
    """The steps from the home page to this one; none on the home page itself."""
    request = context.get("request")
    if request is None or _is_home(context):
        return None
    language, look = current_language(), look_of_region(_region(context))
    steps = [(look["site_name"], f"/{language}/")]
    page: Any = context.get("page")
    site = context.get("site")
    if isinstance(site, dict) and "code" in site:
        steps += [
            (str(OWN_VIEWS["sites"].title), reverse("portal-sites")),
            (site["name"]["text"], site["url"]),
        ]
    elif getattr(page, "pk", None) and hasattr(page, "get_parent"):
        parent = page.get_parent()
        if parent is not None and parent.depth > 2:
            steps.append((parent.title, f"/{language}/{parent.url_path.lstrip('/').partition('/')[2]}"))
        steps.append((page.title, request.path))
    elif (name := _name(context).removeprefix("portal-")) in OWN_VIEWS:
        steps.append((str(OWN_VIEWS[name].title), request.path))
    return ld.way_json_ld(steps, absolute) if len(steps) > 1 else None


def _website(context: template.Context) -> dict[str, Any] | None:
    if not _is_home(context):
        return None
    region, look = _region(context), look_of_region(_region(context))
    council = who_answers(context)
    organisation = None
    if council is not None:
        contact = council["contact"]
        # A made-up contact of the demonstration is for eyes, which see its mark; machines would take it for real.
        known = contact is not None and not contact.is_example
        organisation = ld.organisation_json_ld(
            council["organisation"].name.best(current_language())[0],
            council["organisation"].website,
            region.name.best(current_language())[0] if region else "",
            SWITCH,
            {"telephone": contact.phone, "email": contact.email} if known else {},
        )
    return ld.website_json_ld(look["site_name"], current_language(), absolute, organisation)


def _municipality(context: template.Context) -> dict[str, Any] | None:
    municipality: Any = context.get("municipality")
    page = context.get("page")
    if not getattr(page, "pk", None) or not hasattr(municipality, "lau_code"):
        return None
    region, language = _region(context), current_language()
    name = region.name.best(language)[0] if region else ""
    url = absolute(f"/{language}/municipalities/{municipality.slug}/")
    return ld.municipality_json_ld(municipality, municipality.name.best(language)[0], url, name)


def _dataset(context: template.Context) -> dict[str, Any] | None:
    """The fact bank as open data."""
    if _name(context) != "portal-facts":
        return None
    region, council = _region(context), who_answers(context)
    licence = region.licence if region else ""
    return ld.dataset_json_ld(
        _("Facts of %(region)s") % {"region": look_of_region(region)["site_name"]},
        _(
            "One value for each fact, with its source and date. Where a page names a fact, its figure is drawn from here."
        ),
        absolute(reverse("portal-facts")),
        LICENCES.get(licence, ""),
        [(absolute(reverse(name)), media) for name, media in FACT_FILES],
        council["organisation"].name.best(current_language())[0] if council else "",
    )


@register.simple_tag
def linked(data: Any) -> SafeString:
    """This will write linked data of a page's own as a script."""
    return format_html('<script type="application/ld+json">{}</script>', json_ld(data))
