"""Pages that show the offer, with a key: listed with how they stand, registered, changed, visited, removed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from vetovoima.accounts.rights import Action, Kind
from vetovoima.common.fields import LANGUAGES
from vetovoima.monitoring.visits.queries import page_months, shown
from vetovoima.reference.queries import municipality as municipality_by_slug
from vetovoima.syndication.channels import queries, services
from vetovoima.syndication.channels.enums import PageState, Way
from vetovoima.syndication.channels.lines import lines_for

from .doors import ApiRequest, key_door
from .lists import Page, data, listed_part
from .offer import moment
from .payloads import ItemList, Strict
from .problems import Problem, not_found

if TYPE_CHECKING:
    from vetovoima.syndication.channels.models import ChannelPage

router = Router(tags=["channels"])
READ = key_door(Kind.CHANNEL, Action.VIEW)
MAKE, WRITE = key_door(Kind.CHANNEL, Action.CREATE), key_door(Kind.CHANNEL, Action.EDIT)
WayName = Literal[*Way.values]  # type: ignore[valid-type]
LanguageName = Literal[*LANGUAGES]  # type: ignore[valid-type]


class ChannelShape(Schema):
    """A page that shows the offer: where, how, and how it stands."""

    key: str = Field(description="Public: it stands in the embed and in the links out of it.")
    municipality: str | None = Field(description="Whose offer it shows; null is the region's.")
    title: str
    url: str
    way: WayName
    language: str
    question: dict[str, str] = Field(description="The embed's filters by name.")
    contact_email: str
    contact_language: str
    keeper: str = Field(description="Who keeps the page up, as agreed.")
    agreed_on: str | None
    agreement: str
    is_example: bool
    state: Literal[*PageState.values]  # type: ignore[valid-type]
    state_since: str
    finding: str
    reason: str = Field(description="Why, as a sentence that says what to mend.")
    is_origin_allowed: bool
    shown_version: str
    shown_at: str | None
    shown_by: str
    expected_version: str
    visited_at: str | None
    reported_at: str | None
    next_visit_at: str
    month: dict[str, Any] = Field(
        description="What came from it this month: arrivals, views and enquiries; null is fewer than five."
    )
    lines: list[str] = Field(description="What belongs into the page.")


class ChannelChange(Strict):
    """What is changed of a page; what is not named stays."""

    title: str | None = Field(None, min_length=1, max_length=120)
    url: str | None = Field(None, max_length=2000)
    way: WayName | None = None
    language: LanguageName | None = None
    question: dict[str, str] | None = None
    contact_email: str | None = Field(None, max_length=254)
    contact_language: LanguageName | None = None
    keeper: str | None = Field(None, max_length=200)
    agreed_on: date | None = None
    agreement: str | None = Field(None, max_length=2000)


class NewChannel(Strict):
    """A new page."""

    municipality: str | None = Field(None, max_length=60, description="Slug; null for the region's own.")
    title: str = Field(min_length=1, max_length=120)
    url: str = Field(max_length=2000, description="https only.")
    way: WayName = "component"
    language: LanguageName = "fi"
    question: dict[str, str] = {}
    contact_email: str = Field("", max_length=254)
    contact_language: LanguageName = "fi"
    keeper: str = Field("", max_length=200)
    agreed_on: date | None = None
    agreement: str = Field("", max_length=2000)


class ChannelPages(Page):
    """Which pages are asked for."""

    state: Literal["", *PageState.values] = ""  # type: ignore[valid-type]


def _shape(page: ChannelPage) -> dict[str, Any]:
    expected = queries.current_version(page)
    return {
        "key": page.key, "municipality": page.municipality.slug if page.municipality else None, "title": page.title,
        "url": page.url, "way": page.way, "language": page.language, "question": page.question,
        "contact_email": page.contact_email, "contact_language": page.contact_language, "keeper": page.keeper,
        "agreed_on": page.agreed_on.isoformat() if page.agreed_on else None, "agreement": page.agreement,
        "is_example": page.is_example, "state": page.state, "state_since": moment(page.state_at),
        "finding": page.finding, "reason": str(page.reason),
        "is_origin_allowed": page.pk not in queries.origins_not_allowed([page]), "shown_version": page.version,
        "shown_at": moment(page.version_at), "shown_by": page.version_by,
        "expected_version": expected.version if expected else "", "visited_at": moment(page.visited_at),
        "reported_at": moment(page.reported_at), "next_visit_at": moment(page.next_visit_at), "month": _month(page),
        "lines": lines_for(page),
    }  # fmt: skip


def _month(page: ChannelPage) -> dict[str, Any]:
    month, sums = page_months([page.key], timezone.localdate().replace(day=1))[page.key][-1]
    return {
        "month": f"{month:%Y-%m}", "arrivals": shown(sums.entry), "views": shown(sums.view),
        "enquiries": shown(sums.enquiry),
    }  # fmt: skip


def _page(request: ApiRequest, key: str) -> ChannelPage:
    found = queries.page_for(request.user, key[:8])
    if found is None or found.key != key:
        raise not_found()
    return found


@router.get(
    "/channels", auth=READ, response=ItemList, url_name="channels", summary="Pages that show the offer"
)
def channels(request: ApiRequest, asked: Query[ChannelPages]) -> HttpResponse:
    """This will list the pages within the key's reach with how they stand."""
    found = queries.pages_for(request.user)
    return listed_part(request, found.filter(state=asked.state) if asked.state else found, asked, _shape)


@router.post(
    "/channels", auth=MAKE, response={201: ChannelShape}, url_name="channels", summary="Register a page"
)
def register_channel(request: ApiRequest, payload: NewChannel) -> HttpResponse:
    """This will register a page and have it visited at once."""
    place = municipality_by_slug(payload.municipality) if payload.municipality else None
    if payload.municipality and place is None:
        raise Problem("invalid", _("The municipality is not known."))
    values = payload.dict(exclude={"municipality"})
    made = services.create_page(municipality=place, values=values, by=request.user, now=timezone.now())
    return data(_shape(made), status=201)


@router.get("/channels/{key}", auth=READ, response=ChannelShape, url_name="channel", summary="One page")
def channel(request: ApiRequest, key: str) -> HttpResponse:
    """This will show one page and how it stands."""
    return data(_shape(_page(request, key)))


@router.patch(
    "/channels/{key}", auth=WRITE, response=ChannelShape, url_name="channel", summary="Change a page"
)
def change_channel(request: ApiRequest, key: str, payload: ChannelChange) -> HttpResponse:
    """This will change what is said of a page; with another address, way or filter it is looked at anew."""
    values = {name: value for name, value in payload.dict().items() if value is not None}
    services.edit_page(
        page=_page(request, key), values=values, by=request.user, now=timezone.now(), revision=None
    )
    return data(_shape(_page(request, key)))


@router.api_operation(
    ["DELETE"],
    "/channels/{key}",
    auth=WRITE,
    response={204: None},
    url_name="channel",
    summary="Remove a page",
)
def drop_channel(request: ApiRequest, key: str) -> HttpResponse:
    """This will take a page off the board with its history; the embed on it goes on working."""
    services.remove_page(page=_page(request, key), by=request.user, now=timezone.now())
    return HttpResponse(status=204)


@router.post(
    "/channels/{key}/visit",
    auth=WRITE,
    response={202: ChannelShape},
    url_name="channel_visit",
    summary="Visit now",
)
def visit_channel(request: ApiRequest, key: str) -> HttpResponse:
    """This will have a page looked at as soon as the worker can."""
    services.visit_page(page=_page(request, key), by=request.user, now=timezone.now())
    return data(_shape(_page(request, key)), status=202)
