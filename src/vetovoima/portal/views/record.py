"""One record of the offer."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.catalogue.knowledge.enums import Topic
from vetovoima.catalogue.knowledge.queries import public_facts
from vetovoima.catalogue.knowledge.writing import written
from vetovoima.portal.languages import absolute, current_language
from vetovoima.portal.linked_data import site_json_ld
from vetovoima.reference import queries as reference
from vetovoima.reference.enums import PullKind
from vetovoima.syndication.queries import published_site

from .gone import gone

#: gaps that are named at once; the rest unfold
SHOWN_GAPS = 8
#: the truth about the grid that stands beside the megawatts
CONNECTION = ("voltage_kv", "queue_state", "connection_lead_months", "connection_firmness", "feed_count")


@public_door
@require_safe
def site(request: HttpRequest, code: str) -> HttpResponse:
    """The public document of a site as a page; a code in small letters leads to the right address."""
    language = current_language()
    found = published_site(code.upper(), language)
    if found is None:
        return gone(request, code.upper(), language)
    document = found.body
    if request.path != document["url"]:
        # An opportunity asked for among the sites, or a code in small letters: one address for each record.
        return redirect(document["url"], permanent=True)
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
    context = {
        "site": document,
        "map_data": json.dumps({"points": [point], "geometry": place["geometry"]}, separators=(",", ":")),
        "groups": _groups(document["groups"]),
        "power_years": _power_years(document["power"].get("by_year", {})),
        "power_facts": _power_facts(document["groups"]),
        "first_gaps": document["gaps"][:SHOWN_GAPS],
        "more_gaps": document["gaps"][SHOWN_GAPS:],
        "missing_languages": document["missing_languages"],
        "promised_days": reference.promised_working_days(),
        "pull": _pull(document["municipality"]["slug"]),
        "json_ld": site_json_ld(document, absolute),
    }
    return render(request, "portal/site.html", context)


def _power_facts(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is known of the connection beside the megawatts."""
    facts = [fact for group in groups for fact in group["facts"] if fact["known"]]
    return [fact for fact in facts if fact["field"] in CONNECTION]


def _pull(slug: str) -> list[dict[str, Any]]:
    """What draws to the region, kind by kind; under the skills what the bank has of the municipality's own people."""
    named, people = reference.pull_facts(), _people(slug)
    own = {PullKind.SKILLS: people}
    return [
        {"label": kind.label, "codes": named.get(kind, []), "people": own.get(kind, [])}
        for kind in PullKind
        if named or own.get(kind)
    ]


def _people(slug: str) -> list[dict[str, Any]]:
    """What the fact bank has of the municipality's people and work, in words."""
    topics = public_facts(slug)
    facts = [one for topic in topics if topic.topic == Topic.PEOPLE for one in topic.facts]
    return [{"fact": one, "value": written(one, current_language())} for one in facts]


def _groups(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each group with how much of it is known; the first that says anything is open."""
    counted = [{**group, "known": sum(fact["known"] for fact in group["facts"])} for group in groups]
    first = next((group["group"] for group in counted if group["known"]), "")
    return [{**group, "is_open": group["group"] == first} for group in counted]


def _power_years(by_year: dict[str, float]) -> list[dict[str, Any]]:
    """Free power year by year, each with its share of the largest for the bar beside the number; year 0 is now."""
    largest = max(by_year.values(), default=0) or 1
    return [
        {"year": "" if year == "0" else year, "mw": mw, "percent": round(100 * mw / largest)}
        for year, mw in by_year.items()
    ]
