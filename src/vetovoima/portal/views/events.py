"""One event as a calendar file to take along. All of them to subscribe to: `/feeds/events.ics`, among the feeds."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.portal.happenings import one_event
from vetovoima.portal.languages import absolute, current_language
from vetovoima.portal.models.news import event
from vetovoima.syndication.happenings.calendar import calendar_of

CALENDAR = "text/calendar; charset=utf-8"


@public_door
@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as a calendar file."""
    found = event(current_language(), slug)
    if found is None:
        raise Http404
    body = calendar_of([one_event(found, current_language())], name=found.title, base=absolute(""))
    response = HttpResponse(body, content_type=CALENDAR)
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
