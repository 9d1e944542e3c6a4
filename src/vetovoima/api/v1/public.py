"""What anybody may read: published records, municipalities, sectors. The same documents as the portal's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router
from pydantic import create_model

from vetovoima.api.feeds import absolute
from vetovoima.catalogue.enums import Availability, SiteKind
from vetovoima.common.geo import Box, parse_box
from vetovoima.reference import queries as reference
from vetovoima.syndication.asking import ASKED, Parameter, Shape, read_text, terms_of
from vetovoima.syndication.queries import published_site, search_sites, site_counts
from vetovoima.syndication.questions import several, without_place
from vetovoima.syndication.search.terms import SORTS, SearchTerms

from .doors import OpenDoor
from .lists import Page, data, listed, listed_part
from .payloads import ItemList, PublicRecord
from .problems import Problem, not_found

PUBLISHED = OpenDoor(is_published=True)
OPPORTUNITY = SiteKind.OPPORTUNITY.value
SITES = tuple(kind.value for kind in SiteKind if kind != OPPORTUNITY)
router = Router(tags=["public"])


def _described(one: Parameter) -> tuple[Any, Any]:
    """A parameter of the table that all doors share, as the description of the API names it."""
    if one.shape == Shape.NUMBER:
        return float | None, Field(None, description=one.about, allow_inf_nan=False, ge=one.low, le=one.high)
    if one.shape == Shape.WHOLE:
        return int | None, Field(None, description=one.about, ge=one.low, le=one.high)
    if one.shape == Shape.FLAG:
        return Literal["", "yes", "no", "1", "0"], Field("", description=f"{one.about} yes or no.")
    if one.shape == Shape.CHOICE:
        return Literal["", *one.choices], Field("", description=one.about)
    if one.shape in (Shape.PLACE, Shape.OUTLINE):
        return str, Field("", description=one.about, max_length=4000)
    return str, _several_of(one.choices, one.about)


def _several_of(choices: Iterable[str], about: str) -> Any:
    """A parameter that takes several values of a list, divided by commas."""
    value, names = "|".join(choices), ", ".join(choices)
    return Field("", description=f"{about} {names}.", pattern=f"^(({value})(,({value}))*)?$")


_WISHES: dict[str, Any] = {one.name: _described(one) for one in ASKED}
Asked: Any = create_model("Asked", __base__=Page, **_WISHES)


class RecordQuery(Asked):
    """What may be asked of the published records."""

    q: str = Field("", description="Words to search for, in the language of `lang`.")
    municipality: str = Field(
        "", max_length=500, description="Slugs of municipalities, several divided by commas."
    )
    sector: str = Field("", max_length=500, description="Slugs of sectors, several divided by commas.")
    availability: str = _several_of(Availability.values, "Several divided by commas.")
    bbox: str = Field("", description="west,south,east,north in degrees (WGS84).")
    min_area_m2: float | None = Field(None, ge=0, le=1e12, allow_inf_nan=False)
    min_power_mw: float | None = Field(
        None, ge=0, le=1e6, allow_inf_nan=False, description="An older name of min_power."
    )
    examples: Literal["yes", "no"] = Field(
        "yes", description="Whether labelled examples are among the items."
    )
    sort: Literal[*SORTS] = "code"  # type: ignore[valid-type]


class SiteQuery(RecordQuery):
    """What may be asked of the published sites."""

    kind: str = _several_of(SITES, "Several divided by commas.")


def _records(request: HttpRequest, asked: RecordQuery, kinds: tuple[str, ...]) -> HttpResponse:
    municipalities, sectors = several(asked.municipality), several(asked.sector)
    known("municipality", municipalities, reference.municipalities())
    known("sector", sectors, reference.sectors())
    language = language_of(request)
    terms = SearchTerms(
        text=asked.q, kinds=kinds,
        municipalities=municipalities, sectors=sectors, availabilities=several(asked.availability),
        box=_box(asked.bbox), **{"min_area_m2": asked.min_area_m2, **_asked(asked)},
        examples=asked.examples == "yes", sort=asked.sort, limit=asked.limit, offset=asked.offset,
    )  # fmt: skip
    if lonely := without_place(terms):
        raise Problem("bad-request", _("Say with near from where distance is counted."), parameter=lonely)
    page = search_sites(language, terms, with_facets=False)
    items = (absolute(request, row.card) for row in page.documents)
    return listed(request, items, total=page.total, limit=asked.limit, offset=asked.offset, language=language)


def _asked(asked: Any) -> dict[str, Any]:
    """The wishes of the shared table as search terms."""
    given = {one.name: getattr(asked, one.name) for one in ASKED}
    read = {
        name: read_text(name, value) if isinstance(value, str) else value for name, value in given.items()
    }
    if read["min_power"] is None:
        read["min_power"] = asked.min_power_mw
    return terms_of(read)


def known(name: str, slugs: tuple[str, ...], things: Any, *, by: str = "slug") -> None:
    """This will refuse a slug (or a code: `by`) that names nothing, with those that do; raises Problem."""
    there = set(things.filter(**{f"{by}__in": slugs}).values_list(by, flat=True)) if slugs else set()
    for slug in slugs:
        if slug not in there:
            detail = _("%(name)s %(value)s is not known.") % {"name": name, "value": slug[:60]}
            raise Problem(
                "bad-request", detail, parameter=name, known=sorted(things.values_list(by, flat=True))
            )


def _box(text: str) -> Box | None:
    if not text:
        return None
    try:
        return parse_box(text)
    except ValidationError as error:
        raise Problem("bad-request", " ".join(error.messages), parameter="bbox") from error


def language_of(request: HttpRequest) -> str:
    """The language that the request asks for."""
    return getattr(request, "LANGUAGE_CODE", "en")


def _record(request: HttpRequest, code: str, kinds: tuple[str, ...]) -> HttpResponse:
    found = published_site(code, language_of(request))
    if found is None or found.kind not in kinds:
        raise not_found()
    return data({**found.body, "url": request.build_absolute_uri(found.body["url"])})


@router.get("/sites", auth=PUBLISHED, response=ItemList, url_name="sites", summary="Published sites")
def sites(request: HttpRequest, asked: Query[SiteQuery]) -> HttpResponse:
    """This will list what is published, as cards, without investment opportunities."""
    return _records(request, asked, several(asked.kind) or SITES)


@router.get(
    "/sites/{code}", auth=PUBLISHED, response=PublicRecord, url_name="site", summary="One published site"
)
def site(request: HttpRequest, code: str) -> HttpResponse:
    """This will answer the whole public document of a site in one language."""
    return _record(request, code, SITES)


@router.get(
    "/opportunities",
    auth=PUBLISHED,
    response=ItemList,
    url_name="opportunities",
    summary="Investment opportunities",
)
def opportunities(request: HttpRequest, asked: Query[RecordQuery]) -> HttpResponse:
    """This will list the published investment opportunities, as cards."""
    return _records(request, asked, (OPPORTUNITY,))


@router.get(
    "/opportunities/{code}",
    auth=PUBLISHED,
    response=PublicRecord,
    url_name="opportunity",
    summary="One opportunity",
)
def opportunity(request: HttpRequest, code: str) -> HttpResponse:
    """This will answer the whole public document of an investment opportunity."""
    return _record(request, code, (OPPORTUNITY,))


@router.get(
    "/municipalities", auth=OpenDoor(), response=ItemList, url_name="municipalities", summary="Municipalities"
)
def municipalities(request: HttpRequest, asked: Query[Page]) -> HttpResponse:
    """This will list the region's municipalities with how many sites each offers (examples are not counted)."""
    counts = site_counts()

    def shape(one: Any) -> dict[str, Any]:
        return {
            "slug": one.slug, "name": one.name, "lau_code": one.lau_code, "latitude": one.latitude,
            "longitude": one.longitude, "land_area_km2": one.land_area_km2, "website": one.website,
            "sites": counts.get(one.slug, 0), "source": one.source,
        }  # fmt: skip

    return listed_part(request, reference.municipalities(), asked, shape, licence=reference.licence())


@router.get("/sectors", auth=OpenDoor(), response=ItemList, url_name="sectors", summary="Sectors")
def sectors(request: HttpRequest, asked: Query[Page]) -> HttpResponse:
    """This will list the lead sectors and their sub-sectors."""

    def shape(one: Any) -> dict[str, Any]:
        return {
            "slug": one.slug, "parent": one.parent.slug if one.parent else None, "name": one.name,
            "summary": one.summary, "nace_version": one.nace_version, "nace_codes": one.nace_codes, "source": one.source,
        }  # fmt: skip

    return listed_part(request, reference.sectors(), asked, shape, licence=reference.licence())
