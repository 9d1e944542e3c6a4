"""Events as calendar files: all of them to subscribe to, and each one to take along."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.portal.event_files import calendar_of
from vetovoima.portal.languages import SWITCH, current_language
from vetovoima.portal.models.news import event, events
from vetovoima.reference.queries import municipality, region

CALENDAR = "text/calendar; charset=utf-8"


def _answer(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=CALENDAR)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@public_door
@require_safe
def events_ics(request: HttpRequest) -> HttpResponse:
    """The events of a language (`lang`) and of one municipality or all (`municipality`), as a calendar."""
    language = request.GET.get("lang", current_language())
    town = request.GET.get("municipality", "")[:60]
    if language not in SWITCH or (town and municipality(town) is None):
        raise Http404
    whole = region()
    with override(language):
        name = whole.site_name.best(language)[0] if whole else _("Events")
        return _answer(calendar_of(events(language, town), name=name, language=language), "events")


@public_door
@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as a calendar file."""
    found = event(current_language(), slug)
    if found is None:
        raise Http404
    return _answer(calendar_of([found], name=found.title, language=current_language()), slug)
