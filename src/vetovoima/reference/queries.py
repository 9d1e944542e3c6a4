"""Questions about the region."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from django.db.models import Prefetch, Q, QuerySet

from vetovoima.common.geo import DEFAULT_BOX, Box, distance_km

from .enums import PlaceKind
from .models import Claim, Municipality, Place, Region, S3Priority, Sector, Theme


def region() -> Region | None:
    """The region of this deployment, or None before its pack is loaded."""
    return Region.objects.order_by("pk").first()


def licence() -> str:
    """The licence under which the region gives its data, by name; "" before its pack is loaded."""
    found = region()
    return found.licence if found else ""


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


def sector_with_children(slug: str) -> tuple[Sector | None, list[Sector]]:
    """One sector, or None, and what it consists of; one question for both."""
    found = list(sectors().filter(Q(slug=slug) | Q(parent__slug=slug)))
    return next((one for one in found if one.slug == slug), None), [one for one in found if one.slug != slug]


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


def position_of(slug: str) -> tuple[float, float] | None:
    """Where a municipality (its centre) or a place of the infrastructure is: (latitude, longitude), or None."""
    for found in (Municipality.objects, Place.objects.exclude(latitude=None).exclude(longitude=None)):
        latitude, longitude = found.filter(slug=slug).values_list("latitude", "longitude").first() or (
            None,
            None,
        )
        if latitude is not None and longitude is not None:
            return latitude, longitude
    return None


def positioned_places() -> list[Place]:
    """Every place of the infrastructure whose position is known, in the order of kinds; the list for `near`."""
    order = list(PlaceKind)
    known = places().exclude(latitude=None).exclude(longitude=None)
    return sorted(known, key=lambda one: (order.index(PlaceKind(one.kind)), not one.in_region, one.slug))


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


class Way(TypedDict):
    """How far it is to the nearest place of a purpose (`to`: rail, port, airport, substation), as the crow flies."""

    to: str
    name: dict[str, str]
    km: float
    approximate: bool


#: what distances are asked to, and the kinds of places that will do
PURPOSES = {
    "rail": (PlaceKind.RAILWAY_STATION, PlaceKind.RAILWAY_TERMINAL), "port": (PlaceKind.PORT,),
    "airport": (PlaceKind.AIRPORT,), "substation": (PlaceKind.SUBSTATION,),
}  # fmt: skip


def ways_from(latitude: float, longitude: float, *, exact: bool) -> list[Way]:
    """This will find the nearest railway, port, airport and substation of a position with the distance in km.

    It is approximate where the position (`exact`) or the place is not known exactly; a purpose without any place whose
    position is known is left out.
    """
    known = list(places().exclude(latitude=None).exclude(longitude=None))
    found: list[Way] = []
    for purpose, kinds in PURPOSES.items():
        away = [
            (distance_km(latitude, longitude, one.latitude or 0.0, one.longitude or 0.0), one.slug, one)
            for one in known
            if one.kind in kinds
        ]
        if away:
            km, _slug, place = min(away, key=lambda one: one[:2])
            rough = not exact or place.precision != "exact"
            found.append({"to": purpose, "name": dict(place.name), "km": round(km, 1), "approximate": rough})
    return found


def with_lead_sectors(slugs: list[str]) -> list[str]:
    """Sectors together with the lead sectors that they belong to."""
    leads = lead_sector_of()
    return sorted({*slugs, *(leads[slug] for slug in slugs if slug in leads)})


def lead_sector_of() -> dict[str, str]:
    """The lead sector of each sub-sector, by their slugs: for whoever asks of many things at once."""
    rows = Sector.objects.filter(parent__isnull=False).order_by()
    return dict(rows.values_list("slug", "parent__slug"))


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
