"""The result of a search as a spreadsheet: the same search, every row, each figure with its unit and its source."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.portal.facets import chips
from vetovoima.portal.languages import absolute, current_language
from vetovoima.portal.limits import FILES, seconds_to_wait, too_often
from vetovoima.portal.views.search import read_search
from vetovoima.reference import queries as reference
from vetovoima.syndication.papers.results import Result, every_card, results_csv, results_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _result(request: HttpRequest) -> Result:
    """The search in the address with everything that it finds; what is wrong in it is left out, as on the page."""
    language = current_language()
    form = read_search(request)
    cards, total = every_card(language, form.terms())
    region = reference.region()
    return Result(
        language=language,
        cards=cards,
        total=total,
        chosen=[chip["word"] for chip in chips(form, request.GET)],
        address=absolute(request.get_full_path().replace(request.path, f"/{language}/sites/", 1)),
        base=absolute(""),
        licence=region.licence if region else "",
        publisher=region.site_name.best(language)[0] if region else "",
        made_on=localdate(),
    )


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "public, max-age=60",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


@public_door
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """The result as a workbook: the records, every figure with its source, and what was asked under which licence."""
    if wait := seconds_to_wait(request, FILES):
        return too_often(request, wait)
    found = _result(request)
    return _file(results_workbook(found), XLSX, f"sites-{found.language}-{found.made_on.isoformat()}.xlsx")


@public_door
@require_safe
def csv_file(request: HttpRequest) -> HttpResponse:
    """The result as CSV: the records alone, each with its licence."""
    if wait := seconds_to_wait(request, FILES):
        return too_often(request, wait)
    found = _result(request)
    name = f"sites-{found.language}-{found.made_on.isoformat()}.csv"
    return _file(results_csv(found).encode(), "text/csv; charset=utf-8", name)
