"""News and events as feeds."""

from __future__ import annotations

from datetime import date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import override

from vetovoima.api.caching import Refused, problem
from vetovoima.api.doors import text_door
from vetovoima.api.parameters import HappeningRequest, happening_request
from vetovoima.reference.queries import licence
from vetovoima.syndication.happenings import NewsDocument, events, news
from vetovoima.syndication.happenings.calendar import calendar_of

from .answers import answer_atom, answer_json_feed
from .envelopes import base_of, channel_of, linked, next_page, title_of
from .shapes import Channel, of_news

CALENDAR = "text/calendar; charset=utf-8"


def _page(asked: HappeningRequest) -> tuple[list[NewsDocument], int | None]:
    """The news that are asked for, and where the next page begins."""
    found = news(asked.language, municipalities=asked.municipalities, sectors=asked.sectors)
    after = asked.offset + asked.limit
    return found[asked.offset : after], after if after < len(found) else None


def _channel(request: HttpRequest) -> tuple[Channel, list[NewsDocument]]:
    asked = happening_request(request)
    found, after = _page(asked)
    entries = [of_news(one, base_of(request), _begin(one["date"])) for one in found]
    following = next_page(request, asked.given, after, asked.limit)
    return channel_of(request, asked, entries, home=f"/{asked.language}/news/", following=following), found


def _begin(day: str) -> str:
    return make_aware(datetime.combine(date.fromisoformat(day), time.min)).isoformat(timespec="seconds")


@text_door
def news_atom(request: HttpRequest) -> HttpResponse:
    """This will answer the news of a language as Atom, the newest first."""
    channel, _found = _channel(request)
    return answer_atom(channel)


@text_door
def news_json(request: HttpRequest) -> HttpResponse:
    """This will answer the news of a language as a JSON Feed, the newest first."""
    channel, found = _channel(request)
    own = [
        {name: one[name] for name in ("code", "languages", "licence", "municipalities", "sectors", "sources")}
        for one in found
    ]
    return answer_json_feed(channel, own)


@text_door
def events_ics(request: HttpRequest) -> HttpResponse:
    """This will answer the events of a language as a calendar to subscribe to: all of them, past ones too."""
    try:
        asked = happening_request(request, pages=False)
    except Refused as error:
        if error.members.get("parameter") in ("municipality", "sector"):
            # Calendars were subscribed to before the doors had one rule: what is not there is not found.
            return problem(404, _("Not found"), error.detail, **error.members)
        raise
    with override(asked.language):
        name = title_of(asked.language, asked.municipalities, asked.sectors) or _("Events")
        found = events(asked.language, municipalities=asked.municipalities, sectors=asked.sectors)
        body = calendar_of(found, name=name, base=base_of(request))
    response = HttpResponse(body, content_type=CALENDAR)
    response.headers["Content-Disposition"] = 'inline; filename="events.ics"'
    return linked(response, licence=licence())
