"""The site finder: one form, whose whole state stands in the address; the sites in order, with reasons."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.portal import finding
from vetovoima.portal.languages import current_language
from vetovoima.reference import queries as reference
from vetovoima.syndication.finder.asking import MAX_ADDRESS, Asked, address, read
from vetovoima.syndication.finder.ranking import Found, find


@public_door
@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """The form alone, or with the sites in order when anything is asked."""
    if len(request.META.get("QUERY_STRING", "")) > MAX_ADDRESS:
        return render(request, "portal/search_too_long.html", status=414)
    language = current_language()
    municipalities, sectors = list(reference.municipalities()), list(reference.sectors())
    asked = read(request.GET, language, [one.slug for one in municipalities], [one.slug for one in sectors])
    wishes = asked.wishes
    context: dict[str, Any] = {
        "wishes": wishes,
        "problems": asked.problems,
        "families": finding.form_rows(request.GET, asked, language),
        "choices": finding.choices(wishes, municipalities, sectors, language),
        "presets": finding.preset_links(wishes),
        "weights": finding.weight_choices(),
        "sorts": finding.sort_choices(wishes),
    }
    if wishes.asks:
        context |= _answer(request, asked, find(language, wishes), language)
    in_place = request.GET.get("fragment") == "parts" and wishes.asks
    template = "portal/finder_parts.html" if in_place else "portal/finder.html"
    return render(request, template, context, status=400 if asked.problems else 200)


def _answer(request: HttpRequest, asked: Asked, found: Found, language: str) -> dict[str, Any]:
    wishes, cards = asked.wishes, finding.cards_for(found, language)
    fitting = finding.listed(found.fitting, wishes, language, cards)
    maybe = finding.listed(found.maybe, wishes, language, cards)
    return {
        "found": found,
        "fitting": fitting,
        "maybe": maybe,
        "told": finding.told([*fitting, *maybe]),
        "now": finding.weights_now(wishes),
        "chips": finding.chips(request.GET, wishes, language),
        "weighings": finding.weighing_rows(found, language),
        "turnings": finding.turning_rows(found, language, cards),
        "misses": finding.miss_rows(found, language, cards),
        "failing": finding.failing_rows(found, request.GET, wishes),
        "requirement": address(wishes),
        "previous": _page(wishes.page - 1, address(wishes)) if wishes.page > 1 else "",
        "next": _page(wishes.page + 1, address(wishes)) if wishes.page < found.pages else "",
    }


def _page(number: int, kept: str) -> str:
    return f"?{kept}&page={number}" if number > 1 else f"?{kept}"
