"""The value comparison: this region beside places that the visitor picks, every number with its source."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.common.formulas import safe
from vetovoima.monitoring.benchmarks import documents
from vetovoima.monitoring.benchmarks.asking import MAX_ADDRESS, MOST_PLACES, Asked, address, read
from vetovoima.monitoring.benchmarks.comparing import Comparison, all_places, compare, figure_table
from vetovoima.portal import valuing
from vetovoima.portal.languages import current_language

if TYPE_CHECKING:
    from vetovoima.monitoring.benchmarks.models import BenchmarkPlace


def _asked(request: HttpRequest, stored: list[BenchmarkPlace]) -> Asked:
    places = [one.slug for one in stored]
    destinations = [one.slug for one in stored if one.latitude is not None]
    return read(request.GET, current_language(), places, destinations)


@public_door
@require_safe
def value(request: HttpRequest) -> HttpResponse:
    """The form, and the comparison of this region with the places picked."""
    if len(request.META.get("QUERY_STRING", "")) > MAX_ADDRESS:
        return render(request, "portal/search_too_long.html", status=414)
    language, today, stored = current_language(), localdate(), all_places()
    asked = _asked(request, stored)
    situation = asked.situation
    comparison = compare(situation, stored, today)
    table = figure_table(comparison.places, situation, stored, today)
    context: dict[str, Any] = {
        "situation": situation,
        "problems": asked.problems,
        "inputs": valuing.input_rows(request.GET, asked, language),
        "choices": valuing.place_choices(stored, situation, language),
        "most_places": MOST_PLACES,
        "own_rows": valuing.own_rows(table, comparison.places, request.GET, asked.problems, language),
        "has_own_figures": bool(situation.own),
        "has_picked": bool(situation.places),
        "is_narrowed": bool(request.GET),
        "query": address(situation),
        **_words(comparison, language),
    }
    return render(request, "portal/value.html", context, status=400 if asked.problems else 200)


def _words(comparison: Comparison, language: str) -> dict[str, Any]:
    return {
        "places": valuing.places_shown(comparison, language),
        "lines": valuing.line_rows(comparison, language),
        "total": valuing.total_words(comparison, language),
        "shown": valuing.shown_rows(comparison, language),
        "unknown": valuing.unknown_words(comparison, language),
        "own_hint": valuing.own_hint(),
    }


def _compared(request: HttpRequest) -> Comparison:
    stored = all_places()
    return compare(_asked(request, stored).situation, stored, localdate())


@public_door
@require_safe
def value_json(request: HttpRequest) -> HttpResponse:
    """The same comparison for machines."""
    response = JsonResponse(
        documents.shape(_compared(request), current_language()), json_dumps_params={"ensure_ascii": False}
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public_door
@require_safe
def value_csv(request: HttpRequest) -> HttpResponse:
    """The same comparison as a table; a cell that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, documents.COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in documents.rows(_compared(request), current_language()):
        writer.writerow({name: _cell(one) for name, one in row.items()})
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="value-comparison.csv"'
    return response


def _cell(one: Any) -> Any:
    return safe(one) if isinstance(one, str) else "" if one is None else one
