"""The offer as feeds, and each record as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from vetovoima.api.caching import json_answer
from vetovoima.api.doors import record_door, text_door
from vetovoima.api.parameters import FeedRequest, feed_request
from vetovoima.reference.queries import licence
from vetovoima.syndication.documents import feature
from vetovoima.syndication.queries import SearchPage, search_sites
from vetovoima.syndication.search.terms import MAX_PAGE
from vetovoima.syndication.tables import write_csv

from .answers import answer_atom, answer_json_feed, told
from .envelopes import absolute, channel_of, envelope, linked, next_page
from .json_feed import head_of, item_of
from .shapes import Channel, of_record

if TYPE_CHECKING:
    from vetovoima.syndication.models import PublishedDocument

GEOJSON = "application/geo+json"
CSV = "text/csv; charset=utf-8; header=present"
Card = dict[str, Any]


def _found(request: HttpRequest, **usual: Any) -> tuple[FeedRequest, SearchPage, list[Card]]:
    """What is asked for and what is found: the page and its cards with whole addresses."""
    asked = feed_request(request, **usual)
    page = search_sites(asked.language, asked.terms, with_facets=False)
    return asked, page, [absolute(request, row.card) for row in page.documents]


def _following(request: HttpRequest, asked: FeedRequest, page: SearchPage) -> str:
    return next_page(request, asked.given, page.next_offset, asked.terms.limit)


def _channel(request: HttpRequest, asked: FeedRequest, page: SearchPage, cards: list[Card]) -> Channel:
    entries = [of_record(row, card) for row, card in zip(page.documents, cards, strict=True)]
    following = _following(request, asked, page)
    return channel_of(request, asked, entries, home=f"/{asked.language}/sites/", following=following)


def _newest(request: HttpRequest) -> tuple[Channel, list[Card]]:
    """What readers of feeds get: the newest first, and the card of each entry."""
    asked, page, cards = _found(request, sort="updated")
    return _channel(request, asked, page, cards), cards


@text_door
def sites_json(request: HttpRequest) -> HttpResponse:
    """This will answer published sites as cards: {"items": […], "next": address or null, "total": n}.

    Each envelope and card is a JSON Feed's too. One member stays as it was before: `summary` is our text with its
    language; who wants JSON Feed's own members alone asks for `sites.feed.json`.
    """
    asked, page, cards = _found(request)
    channel = _channel(request, asked, page, cards)
    items = [{**item_of(one), **card} for one, card in zip(channel.entries, cards, strict=True)]
    body = {**head_of(channel), **envelope(request, asked, page), "items": items}
    return told(json_answer(body), channel)


@text_door
def sites_feed(request: HttpRequest) -> HttpResponse:
    """This will answer published sites as a JSON Feed and nothing else, the newest first; our cards stand in `_vetovoima`."""
    channel, cards = _newest(request)
    return answer_json_feed(channel, cards)


@text_door
def sites_atom(request: HttpRequest) -> HttpResponse:
    """This will answer published sites as Atom, the newest first."""
    channel, _cards = _newest(request)
    return answer_atom(channel)


@text_door
def sites_csv(request: HttpRequest) -> HttpResponse:
    """This will answer published sites as a table for programs: commas, decimal points, the same columns each time.

    As many rows as there may be at once: a table has no place for the address of the next page but the `Link` header.
    """
    asked, page, cards = _found(request, limit=MAX_PAGE)
    response = HttpResponse(write_csv(cards), content_type=CSV)
    response.headers["Content-Disposition"] = f'inline; filename="sites-{asked.language}.csv"'
    return linked(response, licence=licence(), following=_following(request, asked, page))


@text_door
def sites_geojson(request: HttpRequest) -> HttpResponse:
    """This will answer published sites as a GeoJSON FeatureCollection in WGS84; each tells how exact its place is."""
    asked, page, cards = _found(request)
    features = [feature(card, row.geometry) for row, card in zip(page.documents, cards, strict=True)]
    around = envelope(request, asked, page)
    body = {"type": "FeatureCollection", **around, "features": features}
    return linked(json_answer(body, GEOJSON), licence=around["licence"], following=around["next"] or "")


@record_door("json")
def site_json(request: HttpRequest, found: PublishedDocument) -> HttpResponse:
    """This will answer one record's whole public document."""
    body = found.body
    return json_answer({**body, "url": request.build_absolute_uri(body["url"])})


@record_door("geojson")
def site_geojson(request: HttpRequest, found: PublishedDocument) -> HttpResponse:
    """This will answer one record as a GeoJSON feature."""
    return json_answer(feature(absolute(request, found.card), found.body["place"]["geometry"]), GEOJSON)
