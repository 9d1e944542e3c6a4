"""What stands around the records of a feed: its names, its addresses, its licence, the next page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from vetovoima.api.parameters import PAGES, FeedRequest, HappeningRequest
from vetovoima.reference.queries import municipalities, region, sectors
from vetovoima.syndication.licences import licence_address
from vetovoima.syndication.queries import SearchPage, public_state

from .shapes import Channel, Entry


def absolute(request: HttpRequest, shown: dict[str, Any]) -> dict[str, Any]:
    """This will give a card addresses that work from another site."""
    found = {**shown, "url": request.build_absolute_uri(shown["url"])}
    if shown.get("photo"):
        photo = shown["photo"]
        found["photo"] = {
            **photo,
            **{name: request.build_absolute_uri(photo[name]) for name in ("url", "thumb_url")},
        }
    return found


def base_of(request: HttpRequest) -> str:
    """The address of the service as this reader knows it, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def next_page(request: HttpRequest, given: Mapping[str, str], offset: int | None, limit: int) -> str:
    """The address of the next page, or ""."""
    if offset is None:
        return ""
    return request.build_absolute_uri(
        f"{request.path}?{urlencode({**given, 'offset': offset, 'limit': limit})}"
    )


def envelope(request: HttpRequest, asked: FeedRequest, page: SearchPage) -> dict[str, Any]:
    """This will return what our own lists say of themselves."""
    found = region()
    return {
        "title": title_of(asked.language, asked.terms.municipalities, asked.terms.sectors),
        "language": asked.language,
        "licence": found.licence if found else "",
        "self": request.build_absolute_uri(),
        "next": next_page(request, asked.given, page.next_offset, asked.terms.limit) or None,
        "total": page.total,
        "examples_included": asked.terms.examples,
    }


def title_of(language: str, towns: Iterable[str], subjects: Iterable[str]) -> str:
    """The name of the region's site; narrowed to municipalities or sectors, with their names."""
    found = region()
    title = found.site_name.best(language)[0] if found else ""
    chosen = (*_names(municipalities(), towns, language), *_names(sectors(), subjects, language))
    return f"{title}: {', '.join(chosen)}" if chosen else title


def _names(things: Any, slugs: Iterable[str], language: str) -> list[str]:
    asked = list(slugs)
    return [one.name.best(language)[0] for one in things.filter(slug__in=asked)] if asked else []


def channel_of(
    request: HttpRequest,
    asked: FeedRequest | HappeningRequest,
    entries: Sequence[Entry],
    *,
    home: str,
    following: str,
) -> Channel:
    """This will make a feed of entries; `home` is the path of the page on which people read the same."""
    found = region()
    towns, subjects = asked.narrowed
    title = title_of(asked.language, towns, subjects)
    without_pages = {name: value for name, value in asked.given.items() if name not in PAGES}
    newest = max((one.updated for one in entries), key=_moment, default="")
    return Channel(
        title=title or "Vetovoima",
        description=found.tagline.best(asked.language)[0] if found else "",
        language=asked.language,
        home=request.build_absolute_uri(home),
        identity=request.build_absolute_uri(f"{request.path}?{urlencode(without_pages)}".rstrip("?")),
        address=request.build_absolute_uri(),
        next=following,
        author=(found.site_name.best(asked.language)[0] if found else "") or "Vetovoima",
        licence=found.licence if found else "",
        licence_url=licence_address(found.licence) if found else "",
        updated=newest or _changed(),
        entries=entries,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _changed() -> str:
    """Of a feed without an entry: when the public side changed last."""
    _version, changed_at = public_state()
    return (changed_at or datetime(2000, 1, 1, tzinfo=UTC)).isoformat(timespec="seconds")


def linked(response: HttpResponse, *, licence: str, following: str = "") -> HttpResponse:
    """This will say the next page and the licence where a body cannot, or where a reader looks before reading it."""
    links = [f'<{following}>; rel="next"'] if following else []
    if address := licence_address(licence):
        links.append(f'<{address}>; rel="license"')
    if links:
        response.headers["Link"] = ", ".join(links)
    return response
