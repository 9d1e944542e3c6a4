"""Charts as files: the drawing, its figures, its metadata. Each is made from the same figures as the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.limits import seconds_to_wait
from vetovoima.common.network import address_of
from vetovoima.monitoring.charts.drawing import as_file, drawing_of, must_be_drawn
from vetovoima.monitoring.charts.files import chart_csv, chart_document
from vetovoima.monitoring.charts.series import FORMS, LINE, MOST_AREAS, Chart, Wish, chart_of
from vetovoima.monitoring.queries import area_names
from vetovoima.reference.queries import region

from .caching import Refused, json_answer, problem
from .doors import text_door
from .feeds.envelopes import linked

if TYPE_CHECKING:
    from vetovoima.reference.models import Region

KNOWN = ("area", "form", "lang")
#: charts nobody asked for before that one network may have drawn in an hour: each costs a process a quarter of a second
DRAWINGS_AN_HOUR, HOUR = 300, 3600
#: a drawing brings its own colours, and nothing in it runs or loads
DRAWING_POLICY = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"]}


@text_door
def chart(request: HttpRequest, subject: str, ending: str) -> HttpResponse:
    """This will answer a chart as svg, csv or json; `area` up to four times, `form` line or bars, `lang`."""
    whole = region()
    found = chart_of(_wish(request, subject), _language(request), whole.code if whole else "")
    if found is None:
        return problem(
            404, _("Not found"), _("There are no figures of %(code)s here.") % {"code": subject[:80]}
        )
    if ending == "svg" and must_be_drawn(found) and (wait := _seconds_to_wait(request)):
        refused = problem(429, _("Too many requests"), _("Try again in an hour."))
        refused.headers["Retry-After"] = str(wait)
        return refused
    return _ANSWERS[ending](found, whole)


def _seconds_to_wait(request: HttpRequest) -> int:
    """How long the visitor's network has to wait for a further drawing; 0 when it need not."""
    name = f"chart:{address_of(request.META)}"
    return seconds_to_wait(name, limit=DRAWINGS_AN_HOUR, window=HOUR, now=timezone.now())


def _wish(request: HttpRequest, code: str) -> Wish:
    unknown = sorted(set(request.GET) - set(KNOWN))
    if unknown:
        names = [name[:60] for name in unknown]
        raise Refused(
            _("Unknown parameters: %(names)s.") % {"names": ", ".join(names)},
            unknown=names,
            known=list(KNOWN),
        )
    areas = {one[:60] for one in request.GET.getlist("area") if one}
    if len(areas) > MOST_AREAS:
        raise Refused(_("Ask for at most %(count)d areas.") % {"count": MOST_AREAS}, parameter="area")
    form = request.GET.get("form", LINE)
    if form not in FORMS:
        raise Refused(
            _("The parameter form must be one of %(names)s.") % {"names": ", ".join(FORMS)}, parameter="form"
        )
    return Wish(code, _areas(areas), form)


def _areas(asked: set[str]) -> tuple[str, ...]:
    """The areas in one order, so that the same areas are the same drawing. Without what is no area; of such alone
    there is nothing to show, and the whole region would not be what was asked for."""
    return tuple(sorted(asked & set(area_names()) or asked))


def _language(request: HttpRequest) -> str:
    language = request.GET.get("lang", request.LANGUAGE_CODE or "en")
    if language not in LANGUAGES:
        raise Refused(_("The parameter lang must be one of %(names)s.") % {"names": ", ".join(LANGUAGES)})
    return language


def _svg(found: Chart, whole: Region | None) -> HttpResponse:
    drawing = drawing_of(found).wide
    if not drawing:
        return problem(404, _("Not found"), _("There are too few figures for a drawing; the CSV has them."))
    source = _("Source: %(source)s") % {"source": ", ".join(one["title"] for one in found.sources)}
    licence = f" · {whole.licence}" if whole and whole.licence else ""
    body = as_file(
        drawing, title=found.finding, description=found.description, source=source + licence,
        tokens=whole.tokens if whole else None,
    )  # fmt: skip
    response = HttpResponse(body, content_type="image/svg+xml; charset=utf-8")
    response._csp_replace = DRAWING_POLICY  # type: ignore[attr-defined]
    return linked(response, licence=whole.licence if whole else "")


def _csv(found: Chart, whole: Region | None) -> HttpResponse:
    body = chart_csv(found, whole.licence if whole else "")
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.code}.csv"'
    return linked(response, licence=whole.licence if whole else "")


def _json(found: Chart, whole: Region | None) -> HttpResponse:
    return json_answer(chart_document(found, whole.licence if whole else ""))


_ANSWERS = {"svg": _svg, "csv": _csv, "json": _json}
