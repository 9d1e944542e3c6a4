"""How the portal is read and what leads to enquiries. Sums of days; nothing about anybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest
from vetovoima.monitoring.visits import queries
from vetovoima.syndication.alerts.queries import followed_searches

from . import shapes
from .drawing import line_through


@door(Kind.PORTAL, Action.VIEW)
@require_safe
def visits(request: DeskRequest) -> HttpResponse:
    """This will show one month: in all, by source, by page; and the year before it."""
    months = queries.months()
    month = shapes.month_of(request.GET.get("month", ""), months, localdate())
    found, trend = queries.month_of_visits(month), queries.trend(month)
    shown: dict[str, Any] = {
        "area_name": "pages",
        "month": month.strftime("%Y-%m"),
        "months": [one.strftime("%Y-%m") for one in months],
        "total": shapes.row("", found.total),
        "sources": shapes.source_rows(found),
        "pages": shapes.page_rows(found),
        "trend": shapes.trend_rows(trend),
        "line": line_through([sums.view for _month, sums in trend]),
        "hint": shapes.hint(),
        "followed": shapes.number(followed_searches()),
    }
    return render(request, "desk/visits/visits.html", shown)


@door(Kind.PORTAL, Action.VIEW)
@require_safe
def visits_csv(request: DeskRequest) -> HttpResponse:
    """This will send the month as CSV, small counts as "<5" too."""
    month = shapes.month_of(request.GET.get("month", ""), queries.months(), localdate())
    response = HttpResponse(
        shapes.as_csv(queries.month_of_visits(month)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="visits-{month:%Y-%m}.csv"'
    return response
