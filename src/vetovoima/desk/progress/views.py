"""The target meter, and the register of investments behind every number of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.forms import here
from vetovoima.desk.requests import DeskRequest
from vetovoima.monitoring import documents, queries
from vetovoima.monitoring.enums import Scope, Stage
from vetovoima.monitoring.filters import InvestmentFilter, filters_from


@door(Kind.INVESTMENT, Action.VIEW)
@require_safe
def progress(request: DeskRequest) -> HttpResponse:
    """This will show the target's sums, each a link to its rows, and the rows that are asked for."""
    wanted = filters_from({name: request.GET.getlist(name) for name in request.GET})
    target = queries.target()
    rows = [documents.investment_document(one, here()) for one in queries.investments(wanted, target=target)]
    shown = {
        "area_name": "progress",
        "rows": rows,
        "wanted": wanted,
        "is_filtered": bool(wanted.query()),
        "stages": Stage.choices,
        "scopes": Scope.choices,
        **_meter(target, wanted),
    }
    return render(request, "desk/progress/progress.html", shown)


def _meter(target: Any, wanted: InvestmentFilter) -> dict[str, Any]:
    if target is None:
        return {}
    found = queries.target_progress(
        target, scope=wanted.reading or None, without_largest=wanted.without_largest
    )
    narrow, broad = queries.readings_of(target)
    return {
        "progress": documents.progress_document(found, here()),
        "meter": documents.meter(found, here()),
        "readings": [documents.reading_label(reading, here()) for reading in (narrow, broad)],
    }
