"""What a page says of itself to those who share it: title, description and picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vetovoima.catalogue.knowledge.queries import drawn
from vetovoima.reference import queries as reference

from .drawing import draw_plain
from .languages import absolute, current_language
from .social import HEIGHT, WIDTH, Card, card_of_page, card_of_record, card_of_view, version_of

if TYPE_CHECKING:
    from vetovoima.reference.models import Region

LOCALES = {"fi": "fi_FI", "en": "en_GB", "sv": "sv_FI"}
#: longer descriptions are cut by whoever shows them
LONGEST = 300


def look_of_region(found: Region | None = None) -> dict[str, Any]:
    """This will return how the region's pictures look: name, tagline, latitude, colours and motifs."""
    region = found or reference.region()
    language = current_language()
    if region is None:
        return {"site_name": "Vetovoima", "tagline": "", "latitude": 64.0, "tokens": {}}
    return {
        "site_name": region.site_name.best(language)[0],
        "tagline": region.tagline.best(language)[0],
        "latitude": region.latitude,
        "tokens": region.tokens if isinstance(region.tokens, dict) else {},
    }


def region_eyebrow(look: Mapping[str, Any]) -> str:
    """This will return the line above the title of what is no record."""
    return str(look["tagline"] or look["site_name"])


def card_of(context: Mapping[str, Any], name: str, look: Mapping[str, Any]) -> Card | None:
    """This will return the picture that belongs to what a template shows; `name` is that of its address."""
    language, tokens = current_language(), look["tokens"]
    if isinstance(context.get("site"), dict) and "code" in context["site"]:
        return card_of_record(context["site"], tokens)
    if getattr(context.get("page"), "pk", None):
        return card_of_page(context["page"], language, tokens, region_eyebrow(look))
    short = name.removeprefix("portal-")
    eyebrow = region_eyebrow(look)
    return card_of_view(short, language, tokens, eyebrow) or card_of_view("home", language, tokens, eyebrow)


def picture_of_page(context: Mapping[str, Any], name: str, look: Mapping[str, Any]) -> dict[str, Any] | None:
    """This will return the address, size and words of the picture of what a template shows."""
    card = card_of(context, name, look)
    if card is None:
        return None
    return {
        "address": absolute(f"{card.path}?v={version_of(card, look)}"),
        "width": WIDTH,
        "height": HEIGHT,
        "alt": f"{card.title}. {card.eyebrow}. {look['site_name']}",
    }


def description_of(context: Mapping[str, Any], look: Mapping[str, Any]) -> str:
    """This will return what is said under a shared title: the record's or page's own words, else the region's."""
    site, page = context.get("site"), context.get("page")
    asset: Any = context.get("asset")
    if isinstance(site, dict) and "summary" in site:
        text = site["summary"]["text"] or site["name"]["text"]
    elif getattr(page, "pk", None):
        gathered: Any = context.get("gathered")
        ask = gathered.known if gathered else drawn
        text = getattr(page, "search_description", "") or draw_plain(getattr(page, "lead", ""), ask)
    else:
        text = asset.summary.best(current_language())[0] if hasattr(asset, "summary") else ""
    text = " ".join((text or look["tagline"] or look["site_name"]).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
