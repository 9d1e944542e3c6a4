"""What the region says about itself: facts, policies, permit paths, expertise, reference companies."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.catalogue.enums import Profile, SiteKind
from vetovoima.catalogue.knowledge import queries
from vetovoima.catalogue.knowledge.documents import FactDocument, fact_document
from vetovoima.common.formulas import safe
from vetovoima.portal.languages import current_language
from vetovoima.reference import queries as reference

KINDS, PROFILES = dict(SiteKind.choices), dict(Profile.choices)


def _asked_area(request: HttpRequest) -> str:
    """The municipality whose facts are asked for; one that is not there asks for none."""
    slug = request.GET.get("area", "")[:60]
    return slug if slug and reference.municipality(slug) is not None else ""


@public_door
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """The facts by topic, each with its source and date; the policies; and what is no longer kept."""
    area = _asked_area(request)
    today = localdate()
    in_force = [
        one for one in queries.policies_in_force(today) if not area or one.level != "municipality"
        or (one.municipality is not None and one.municipality.slug == area)
    ]  # fmt: skip
    context = {
        "topics": queries.public_facts(area),
        "policies": in_force,
        "retired": queries.retired_facts() if not area else [],
        "municipalities": reference.municipalities(),
        "area": area,
        "query": f"?area={area}" if area else "",
        "region_path": f"/{current_language()}/region/",
    }
    return render(request, "portal/facts.html", context)


def _documents(request: HttpRequest) -> list[FactDocument]:
    region = reference.region()
    code = region.code if region else ""
    return [
        fact_document(one, current_language(), code)
        for topic in queries.public_facts(_asked_area(request))
        for one in topic.facts
    ]


@public_door
@require_safe
def facts_json(request: HttpRequest) -> HttpResponse:
    """The same facts for machines."""
    region = reference.region()
    given = {
        "licence": region.licence if region else "",
        "language": current_language(),
        "facts": _documents(request),
    }
    response = JsonResponse(given, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public_door
@require_safe
def facts_csv(request: HttpRequest) -> HttpResponse:
    """The same facts as a table; a cell that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    columns = (
        "code", "topic", "area", "name", "value", "number", "unit", "as_of", "explanation", "confidence", "method",
        "state", "checked_on", "licence",
    )  # fmt: skip
    region = reference.region()
    usual = region.licence if region else ""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*columns, "source", "source_url", "source_date"])
    for one in _documents(request):
        row: dict[str, Any] = {**one, "licence": one["licence"] or usual}
        source = one["source"]
        writer.writerow(
            [_cell(row[name]) for name in columns]
            + [_cell(source["title"]), _cell(source["url"]), _cell(source["dated"])]
        )
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="facts.csv"'
    return response


def _cell(value: Any) -> Any:
    return safe(value) if isinstance(value, str) else "" if value is None else value


@public_door
@require_safe
def permits(request: HttpRequest) -> HttpResponse:
    """Which permits a kind of project needs, step by step."""
    paths = [
        {
            "path": one,
            "concerns": [
                *(KINDS.get(kind, kind) for kind in one.kinds),
                *(PROFILES.get(p, p) for p in one.profiles),
            ],
            "steps": len(one.steps.all()),
            "timed": sum(
                step.months_from is not None or step.months_to is not None for step in one.steps.all()
            ),
            "priced": sum(bool(step.cost) for step in one.steps.all()),
        }
        for one in queries.permit_paths()
    ]
    return render(request, "portal/permits.html", {"paths": paths})


@public_door
@require_safe
def expertise(request: HttpRequest) -> HttpResponse:
    """Campuses, laboratories and data centres, the strategy's flagships first."""
    return render(request, "portal/expertise.html", {"assets": queries.assets()})


@public_door
@require_safe
def asset(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: what it is, what it does for an investor, its capacity, its facts, whom to ask."""
    found = queries.assets().filter(code=slug).first()
    if found is None:
        raise Http404
    return render(request, "portal/asset.html", {"asset": found})


@public_door
@require_safe
def references(request: HttpRequest) -> HttpResponse:
    """The companies that let themselves be named today."""
    return render(request, "portal/references.html", {"companies": queries.public_references(localdate())})
