"""News and events, as the feeds have them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router

from vetovoima.reference import queries as reference
from vetovoima.syndication import happenings
from vetovoima.syndication.questions import several

from .doors import OpenDoor
from .lists import Page, listed_part
from .payloads import ItemList
from .public import PUBLISHED, known, language_of

router = Router(tags=["public"])


class HappeningQuery(Page):
    """What may be asked of news."""

    municipality: str = Field(
        "", max_length=500, description="Slugs of municipalities, several divided by commas."
    )
    sector: str = Field("", max_length=500, description="Slugs of sectors, several divided by commas.")

    def about(self) -> dict[str, tuple[str, ...]]:
        """This will check and return what they are to be about; raises Problem."""
        municipalities, sectors = several(self.municipality), several(self.sector)
        known("municipality", municipalities, reference.municipalities())
        known("sector", sectors, reference.sectors())
        return {"municipalities": municipalities, "sectors": sectors}


class EventQuery(HappeningQuery):
    """What may be asked of events."""

    when: Literal["", "coming", "past"] = Field("", description="Events that are not over yet, or that are.")


@router.get("/events", auth=OpenDoor(), response=ItemList, url_name="events", summary="Events")
def events(request: HttpRequest, asked: Query[EventQuery]) -> HttpResponse:
    """This will list the events of a language by their beginning; of each, in which languages it is told."""
    found: list[Any] = happenings.events(language_of(request), **asked.about())
    if asked.when:
        now, is_wanted = timezone.now(), asked.when == "coming"
        found = [one for one in found if (datetime.fromisoformat(one["over_at"]) > now) == is_wanted]
    return _listed(request, found, asked)


@router.get("/news", auth=PUBLISHED, response=ItemList, url_name="news", summary="News")
def news(request: HttpRequest, asked: Query[HappeningQuery]) -> HttpResponse:
    """This will list the news of a language, the newest first."""
    found: list[Any] = happenings.news(language_of(request), **asked.about())
    return _listed(request, found, asked)


def _listed(request: HttpRequest, found: list[Any], asked: Page) -> HttpResponse:
    def shape(one: Any) -> dict[str, Any]:
        return {**one, "url": request.build_absolute_uri(one["url"])}

    return listed_part(request, found, asked, shape, language=language_of(request))
