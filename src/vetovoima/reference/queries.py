"""Questions about the region."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from django.db.models import Prefetch, QuerySet

from vetovoima.common.geo import DEFAULT_BOX, Box, distance_km

from .enums import PlaceKind
from .models import Claim, Municipality, Place, Region, S3Priority, Sector, Theme


def region() -> Region | None:
    """The region of this deployment, or None before its pack is loaded."""
    return Region.objects.order_by("pk").first()


def plausible_box(of: Region | None = None) -> Box:
    """Where a position may lie: (west, south, east, north) in degrees. `of` spares the question which region it is."""
    found = of or region()
    if found is None or len(found.plausible_bounds) != 4:
        return DEFAULT_BOX
    west, south, east, north = found.plausible_bounds
    return west, south, east, north


def promised_working_days() -> int:
    """In how many working days the region promises a first answer; 2 unless its pack says otherwise."""
    found = region()
    return int((found.service_promise if found else {}).get("first_answer_working_days", 2))


def pull_facts() -> dict[str, list[str]]:
    """The facts that draw investors here, {PullKind: codes of the fact bank}; empty when the region's pack names none."""
    found = region()
    return found.pull_facts if found else {}


def municipalities() -> QuerySet[Municipality]:
    """Every municipality, by slug, without its boundary (large)."""
    return Municipality.objects.defer("boundary").order_by("slug")


def municipality(slug: str) -> Municipality | None:
    """One municipality, or None."""
    return municipalities().filter(slug=slug).first()


def lead_sectors() -> QuerySet[Sector]:
    """The lead sectors with their sub-sectors, in the strategy's order."""
    return Sector.objects.filter(parent=None).prefetch_related(
        Prefetch("children", queryset=Sector.objects.order_by("position", "slug"))
    )


def sectors() -> QuerySet[Sector]:
    """Lead sectors and sub-sectors."""
    return Sector.objects.select_related("parent").order_by("position", "slug")


def sector(slug: str) -> Sector | None:
    """One sector, or None."""
    return sectors().filter(slug=slug).first()


def themes() -> QuerySet[Theme]:
    """Cross-cutting themes."""
    return Theme.objects.order_by("position", "slug")


def s3_priorities(sector_slug: str | None = None) -> QuerySet[S3Priority]:
    """Smart-specialisation choices, all or those that serve a sector."""
    found = S3Priority.objects.order_by("period", "position", "code")
    return found.filter(sectors__slug=sector_slug) if sector_slug else found


def places(kind: str | None = None) -> QuerySet[Place]:
    """Infrastructure, all or of one kind."""
    found = Place.objects.select_related("municipality").order_by("kind", "slug")
    return found.filter(kind=kind) if kind else found


class Infrastructure(TypedDict):
    """The places of one kind, those of the region before those outside it."""

    label: str
    places: list[Place]


def infrastructure() -> list[Infrastructure]:
    """Places by kind, in the order in which investors ask for them; kinds without a place are left out."""
    by_kind: dict[str, list[Place]] = {}
    for one in places().order_by("-in_region", "slug"):
        by_kind.setdefault(one.kind, []).append(one)
    return [{"label": str(kind.label), "places": by_kind[kind]} for kind in PlaceKind if kind in by_kind]


class Nearest(TypedDict):
    """The nearest place of a kind, as the crow flies: computed, never taken from anybody's word."""

    kind: str
    label: str
    name: dict[str, str]
    km: float


def nearest_places(latitude: float, longitude: float) -> list[Nearest]:
    """This will find the nearest airport, station, port and so on of a point, with the distance in whole kilometres
    along the earth's surface; places whose position is not known are left out (strategy, section 1: accessibility)."""
    best: dict[str, tuple[float, Place]] = {}
    for one in places().filter(latitude__isnull=False, longitude__isnull=False):
        km = distance_km(latitude, longitude, one.latitude or 0.0, one.longitude or 0.0)
        if one.kind not in best or km < best[one.kind][0]:
            best[one.kind] = (km, one)
    return [
        {"kind": kind, "label": str(kind.label), "name": dict(best[kind][1].name), "km": round(best[kind][0])}
        for kind in PlaceKind
        if kind in best
    ]


class ClaimShape(TypedDict):
    """One source's word on a field."""

    value: str
    unit: str
    canonical: bool
    reason: dict[str, str]
    source: dict[str, Any]


class Disagreement(TypedDict):
    """A field on which sources disagree: what each says, the canonical one first."""

    field: str
    subject: NotRequired[str]
    claims: list[ClaimShape]


def disagreements(subject: str) -> list[Disagreement]:
    """What sources say differently about a subject such as `site:pohjan-sellu`."""
    found: dict[str, Disagreement] = {}
    for claim in Claim.objects.filter(subject=subject).order_by("field", "-is_canonical", "pk"):
        entry = found.setdefault(claim.field, {"field": claim.field, "claims": []})
        entry["claims"].append(
            {
                "value": claim.value,
                "unit": claim.unit,
                "canonical": claim.is_canonical,
                "reason": dict(claim.reason),
                "source": claim.source,
            }
        )
    return list(found.values())


def boundaries() -> dict[str, Any]:
    """The loaded boundaries as a GeoJSON FeatureCollection; without features when none are loaded."""
    found = Municipality.objects.exclude(boundary=None).order_by("slug")
    return {
        "type": "FeatureCollection",
        "credit": next((one.boundary_credit for one in found), ""),
        "features": [
            {
                "type": "Feature",
                "id": one.slug,
                "properties": {"slug": one.slug, "code": one.lau_code, "name": dict(one.name)},
                "geometry": one.boundary,
            }
            for one in found
        ],
    }
