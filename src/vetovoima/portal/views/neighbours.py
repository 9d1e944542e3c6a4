"""The joint map: other regions' records beside ours, each under its own name and licence. The list is whole without the
map, and nothing of it enters our search, our counts or our site map."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.portal.languages import current_language
from vetovoima.portal.neighbours import asked_page, asked_wish, kind_options, pages_of, parts_of, point_shapes
from vetovoima.portal.own_views import OWN_VIEWS
from vetovoima.syndication.federation.joint import PAGE, Wish, joint_page, joint_points, kinds_shown
from vetovoima.syndication.federation.queries import joint_title

#: an address longer than this is no question that a person asked
MAX_QUERY = 1000


@public_door
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The joint map and its list."""
    if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY:
        return render(request, "portal/search_too_long.html", status=414)
    language, now = current_language(), timezone.now()
    wish, number = asked_wish(request.GET, language), asked_page(request.GET)
    found = joint_page(wish, now, offset=(number - 1) * PAGE)
    title, title_language = joint_title().best(language)
    context: dict[str, Any] = {
        "heading": title or OWN_VIEWS["neighbours"].title,
        "heading_language": title_language if title and title_language != language else "",
        "wish": wish,
        "found": found,
        "parts": parts_of(found),
        "neighbours": [one for one in found.regions if not one.is_own],
        "kinds": kind_options(kinds_shown(language, now)),
        "points_url": f"{reverse('portal-neighbours-points')}?{_asked(request, wish)}",
        "is_narrowed": bool(request.GET),
        "page": number,
        "pages": pages_of(found.total),
        "previous": _link(request, number - 1) if number > 1 else "",
        "next": _link(request, number + 1) if found.next_offset is not None else "",
    }
    return render(request, "portal/neighbours.html", context)


def _asked(request: HttpRequest, wish: Wish) -> str:
    query = request.GET.copy()
    query.clear()
    for name in ("region", "kind"):
        if value := getattr(wish, name):
            query[name] = value
    return query.urlencode()


def _link(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@public_door
@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """The places of the joint list, for the map."""
    language = current_language()
    found = joint_points(asked_wish(request.GET, language), timezone.now())
    return JsonResponse(
        {"points": point_shapes(found, language)}, headers={"Cache-Control": "public, max-age=60"}
    )
