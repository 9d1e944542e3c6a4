"""One record of the offer."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.portal.languages import absolute, current_language
from vetovoima.portal.linked_data import site_json_ld
from vetovoima.reference import queries as reference
from vetovoima.syndication.queries import published_site


@public_door
@require_safe
def site(request: HttpRequest, code: str) -> HttpResponse:
    """The public document of a site as a page; a code in small letters leads to the right address."""
    language = current_language()
    found = published_site(code.upper(), language)
    if found is None:
        raise Http404
    document = found.body
    place = document["place"]
    point = {
        "code": document["code"],
        "name": document["name"]["text"],
        "url": document["url"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "precision": place["precision"],
        "place": document["municipality"]["name"],
        "precision_label": place["label"],
    }
    first_known = next(
        (group["group"] for group in document["groups"] if any(fact["known"] for fact in group["facts"])), ""
    )
    known = {
        group["group"]: sum(1 for fact in group["facts"] if fact["known"]) for group in document["groups"]
    }
    context = {
        "site": document,
        "map_data": json.dumps({"points": [point], "geometry": place["geometry"]}, separators=(",", ":")),
        "groups": [
            {**group, "known": known[group["group"]], "is_open": group["group"] == first_known}
            for group in document["groups"]
        ],
        "missing_languages": document["missing_languages"],
        "promised_days": reference.promised_working_days(),
        "json_ld": site_json_ld(document, absolute),
    }
    return render(request, "portal/site.html", context)
