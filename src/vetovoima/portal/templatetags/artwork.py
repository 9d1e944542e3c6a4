"""Tags that draw: the picture of a page, and of a sector in a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from vetovoima.portal import artwork as drawn

register = template.Library()


def _tokens(region: Any) -> Mapping[str, Any]:
    found = region.tokens if region else None
    return found if isinstance(found, dict) else {}


@register.simple_tag(takes_context=True)
def page_picture(context: template.Context) -> drawn.Artwork | None:
    """This will return the picture of a page: of its municipality or sector, else of its own name when the pack names a
    motif for it; None for all other pages, which begin with their words."""
    municipality, sector, page = context.get("municipality"), context.get("sector"), context.get("page")
    if hasattr(municipality, "freshwater_area_km2"):
        return drawn.municipal_artwork(municipality, _places(context.get("cards") or ()))
    if hasattr(sector, "parent_id"):
        return _of_sector(context.get("region"), sector)
    tokens, slug = _tokens(context.get("region")), getattr(page, "slug", "")
    if slug in tokens.get("motifs", {}):
        return drawn.subject_artwork(drawn.motif_of(tokens, slug), slug)
    return None


def _places(cards: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Where the real sites lie that the page lists."""
    return [
        card["place"] for card in cards if not card["is_example"] and card["place"]["longitude"] is not None
    ]


def _of_sector(region: Any, sector: Any) -> drawn.Artwork:
    """A sector's motif, that of what it belongs to when it has none, and its own drawing of it."""
    slugs = [sector.slug, *([sector.parent.slug] if sector.parent_id else [])]
    return drawn.subject_artwork(drawn.motif_of(_tokens(region), *slugs), sector.slug)


@register.inclusion_tag("components/artwork.html")
def sector_art(region: Any, sector: Any) -> dict[str, Any]:
    """This will draw a sector in a list."""
    return {"picture": _of_sector(region, sector)}
