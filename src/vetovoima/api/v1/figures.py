"""The region in figures: indicators, what sources say of them, and the open register of investments.

The register is public as a whole: what may not be told of a company is not written into it.
"""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from vetovoima.monitoring import queries
from vetovoima.monitoring.documents import indicator_document, investment_document, observation_document
from vetovoima.monitoring.enums import Group, ObservationKind, Scope, Stage
from vetovoima.monitoring.filters import InvestmentFilter
from vetovoima.reference import queries as reference

from .doors import OpenDoor
from .lists import Page, data, listed_part
from .payloads import ItemList
from .problems import not_found
from .public import known, language_of

router = Router(tags=["public"])


class IndicatorQuery(Page):
    """What may be asked of the indicators."""

    area: str = Field(
        "",
        max_length=60,
        description="Of which there are figures: a municipality's slug or the region's code.",
    )


class ObservationQuery(Page):
    """What may be asked of the figures."""

    indicator: str = Field("", max_length=80, description="The code of an indicator.")
    area: str = Field("", max_length=60, description="A municipality's slug or the region's code.")
    kind: Literal["", *ObservationKind.values] = Field(  # type: ignore[valid-type]
        "", description="What was, or what somebody wants, plans or expects."
    )
    period: str = Field(
        "", max_length=20, description="A period as it is written: 2024, 2024-06, 2024-Q2, 2015-2021."
    )
    canonical: Literal["", "yes", "no"] = Field(
        "", description="yes: of sources that disagree only the chosen one; no: only the others."
    )


class InvestmentQuery(Page):
    """What may be asked of the register."""

    municipality: str = Field("", max_length=60, description="The slug of a municipality.")
    sector: str = Field("", max_length=60, description="The slug of a sector.")
    stage: Literal["", *Stage.values] = ""  # type: ignore[valid-type]
    scope: Literal["", *Scope.values] = ""  # type: ignore[valid-type]
    group: Literal["", *Group.values] = Field(  # type: ignore[valid-type]
        "", description="The sums of the meter: secured, realised, pipeline."
    )
    examples: Literal["yes", "no"] = Field(
        "yes", description="Whether labelled examples are among the items."
    )


@router.get("/indicators", auth=OpenDoor(), response=ItemList, url_name="indicators", summary="Indicators")
def indicators(request: HttpRequest, asked: Query[IndicatorQuery]) -> HttpResponse:
    """This will list what is measured, each with the newest figure of every area and its source."""
    names, language, rows = queries.area_names(), language_of(request), queries.observations_by_indicator()
    found = [
        one
        for one in queries.indicators()
        if not asked.area or any(row.area == asked.area for row in rows.get(one.code, ()))
    ]

    def shape(one: Any) -> dict[str, Any]:
        return _short(indicator_document(one, rows.get(one.code, ()), names, language))

    return listed_part(request, found, asked, shape, licence=reference.licence(), language=language)


def _short(document: Any) -> dict[str, Any]:
    """An indicator without its long lists, which have an address of their own."""
    shown = dict(document)
    count, has_conflicts = len(shown.pop("observations")), bool(shown.pop("conflicts"))
    return {**shown, "count": count, "has_conflicts": has_conflicts}


@router.get(
    "/indicators/{code}",
    auth=OpenDoor(),
    response={200: dict[str, Any]},
    url_name="indicator",
    summary="One indicator",
)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """This will answer an indicator with all its figures, and those on which sources disagree."""
    found = queries.indicator(code)
    if found is None:
        raise not_found()
    shown = indicator_document(found, queries.observations(found), queries.area_names(), language_of(request))
    return data({**shown, "licence": reference.licence()})


@router.get("/observations", auth=OpenDoor(), response=ItemList, url_name="observations", summary="Figures")
def observations(request: HttpRequest, asked: Query[ObservationQuery]) -> HttpResponse:
    """This will list what sources say, figure by figure, by indicator, area and period; the chosen one before the others."""
    names, language, licence = queries.area_names(), language_of(request), reference.licence()
    if asked.indicator:
        known("indicator", (asked.indicator,), queries.indicators(), by="code")
    rows = queries.figures(
        indicator=asked.indicator, area=asked.area, kind=asked.kind, period=asked.period,
        is_canonical={"yes": True, "no": False}.get(asked.canonical),
    )  # fmt: skip

    def shape(one: Any) -> dict[str, Any]:
        return {
            "indicator": one.indicator.code, "unit": one.indicator.unit, **observation_document(one, names, language),
            "licence": one.source.get("licence") or licence,
        }  # fmt: skip

    return listed_part(request, rows, asked, shape, language=language)


@router.get(
    "/investments",
    auth=OpenDoor(),
    response=ItemList,
    url_name="investments",
    summary="Register of investments",
)
def investments(request: HttpRequest, asked: Query[InvestmentQuery]) -> HttpResponse:
    """This will list the open register of investments, the largest first, each with whether it counts for the region's goal."""
    known("municipality", tuple(filter(None, [asked.municipality])), reference.municipalities())
    known("sector", tuple(filter(None, [asked.sector])), reference.sectors())
    wanted = InvestmentFilter(
        group=asked.group, stages=tuple(filter(None, [asked.stage])), scopes=tuple(filter(None, [asked.scope])),
        municipality=asked.municipality, sector=asked.sector,
    )  # fmt: skip
    found = queries.investments(wanted, target=queries.target())
    found = [one for one in found if asked.examples == "yes" or not one.investment.is_example]
    language, licence = language_of(request), reference.licence()

    def shape(one: Any) -> dict[str, Any]:
        return {**investment_document(one, language), "licence": licence}

    return listed_part(request, found, asked, shape, licence=licence, language=language)


@router.get(
    "/investments/{slug:code}", auth=OpenDoor(), response={200: dict[str, Any]}, url_name="investment", summary="One investment"
)  # fmt: skip
def investment(request: HttpRequest, code: str) -> HttpResponse:
    """This will answer one row of the open register."""
    found = next(
        (one for one in queries.investments(target=queries.target()) if one.investment.code == code), None
    )
    if found is None:
        raise not_found()
    return data({**investment_document(found, language_of(request)), "licence": reference.licence()})
