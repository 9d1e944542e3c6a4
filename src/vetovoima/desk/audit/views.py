"""The self-audit, item by item with its evidence, and how it went night by night."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.desk.requests import DeskRequest
from vetovoima.desk.visits.drawing import line_through
from vetovoima.monitoring.audit import queries
from vetovoima.monitoring.audit.enums import Area, How, Result
from vetovoima.monitoring.audit.items import BY_CODE

if TYPE_CHECKING:
    from vetovoima.monitoring.audit.models import AuditResult

MARKS = {Result.PASS: "good", Result.PART: "warn", Result.FAIL: "bad"}
RESULTS = dict(Result.choices)


@door(Kind.PORTAL, Action.VIEW)
@require_safe
def audit(request: DeskRequest) -> HttpResponse:
    """This will show every item of the checklist with its latest result, part by part."""
    standings, nights = queries.standings(), queries.nights()
    areas = [
        {"area": area, "items": [_item(one) for one in standings if one.item.area == area]} for area in Area
    ]
    shown = {
        "area_name": "pages",
        "parts": areas,
        "night": nights[-1] if nights else None,
        "counts": [
            (RESULTS[one], MARKS[one], (nights[-1].counts if nights else {}).get(one, 0)) for one in Result
        ],
        "line": line_through([one.share for one in nights], highest=100),
        "nights": list(reversed(nights)),
    }
    return render(request, "desk/audit/audit.html", shown)


@door(Kind.PORTAL, Action.VIEW)
@require_safe
def audit_item(request: DeskRequest, item: str) -> HttpResponse:
    """This will show one item night by night."""
    found = BY_CODE.get(item)
    if found is None:
        raise Http404
    rows = [{**_result(one), "day": one.day} for one in queries.history(item)]
    return render(
        request,
        "desk/audit/item.html",
        {"area_name": "pages", "item": found, "rows": rows, "how": How(found.how)},
    )


def _item(one: queries.Standing) -> dict[str, Any]:
    shown = {"item": one.item, "how": How(one.item.how), "change": one.change, "before": one.before}
    return {**shown, **_result(one.latest)} if one.latest else {**shown, "waits": one.item.how == How.MACHINE}


def _result(one: AuditResult) -> dict[str, Any]:
    result = Result(one.result)
    return {"label": RESULTS[result], "mark": MARKS[result], "evidence": [_sentence(part) for part in one.evidence],
            "checked_at": one.checked_at}  # fmt: skip


def _sentence(part: dict[str, Any]) -> dict[str, str]:
    """The evidence in the reader's language. What was stored by an older version keeps its English."""
    return {
        "text": _(part["text"]) % part["values"] if part["values"] else _(part["text"]),
        "url": part["url"],
    }
