"""The public goals: how far the target is, and the rows behind every number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.monitoring import documents
from vetovoima.monitoring import queries as monitoring
from vetovoima.monitoring.enums import ALL_SCOPES, Scope, Stage
from vetovoima.monitoring.filters import filters_from
from vetovoima.portal.languages import current_language
from vetovoima.reference import queries as reference

STAGES, SCOPES = dict(Stage.choices), dict(Scope.choices)


def _rows(verdicts: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "verdict": one,
            "row": one.investment,
            "stage": STAGES.get(one.investment.stage, one.investment.stage),
            "scope": SCOPES.get(one.investment.scope, one.investment.scope),
            "reasons": [reason.label for reason in one.reasons],
            "places": list(one.investment.municipalities.all()),
        }
        for one in verdicts
        if not one.investment.is_example
    ]


@public_door
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """The target in the asked reading, its rows (narrowed by the numbers' own links), and the region's indicators."""
    filters = filters_from({name: request.GET.getlist(name) for name in request.GET})
    target = monitoring.target()
    reading = filters.reading or (target.scope if target else ALL_SCOPES)
    context: dict[str, Any] = {
        "target": target,
        "reading": reading,
        "all_scopes": ALL_SCOPES,
        "filters": filters,
    }
    if target is not None:
        found = monitoring.target_progress(target, scope=reading)
        context["progress"] = found
        context["meter"] = documents.bars(found, current_language())
        context["reading_labels"] = {"own": SCOPES.get(target.scope, target.scope)}
        context["rows"] = _rows(monitoring.investments(replace(filters, reading=reading), target=target))
        context["is_narrowed"] = bool(
            filters.stages or filters.scopes or filters.group or filters.counted is not None
        )
        context["filter_words"] = [
            *(str(STAGES[stage]) for stage in filters.stages),
            *(str(SCOPES[scope]) for scope in filters.scopes),
        ]
    region = reference.region()
    names = monitoring.area_names()
    latest = monitoring.latest_of_all(region.code) if region else {}
    context["indicators"] = [
        {"indicator": one, "observation": latest[one.code], "area": names.get(region.code) if region else ""}
        for one in monitoring.indicators()
        if one.code in latest
    ]
    context["promised_days"] = reference.promised_working_days()
    context["promise_basis"] = (region.service_promise.get("basis") or {}) if region else {}
    return render(request, "portal/progress.html", context)
