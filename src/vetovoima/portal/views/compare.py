"""Up to six records side by side; all of it in the address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.portal.languages import current_language
from vetovoima.syndication.comparing import compare
from vetovoima.syndication.shortlists import MOST, MOST_COMPARED, read_codes, shortlist

from .shortlist import sites_query

DIFFERENCES = "differences"


@public_door
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The records of `sites` fact by fact; `only=differences` leaves out what is the same everywhere."""
    given = request.GET.getlist("sites")
    asked = read_codes(given, MOST)
    if len(given) > 1:
        # Ticked boxes come one by one; the address that people share has them together.
        return redirect(f"{reverse('portal-compare')}?{sites_query(asked)}")
    found = shortlist(asked[:MOST_COMPARED], current_language(), whole=True)
    only = request.GET.get("only") == DIFFERENCES
    bodies = [one.body for one in found.documents]
    codes = found.codes
    query = sites_query(codes)
    context: dict[str, Any] = {
        "sites": [{"site": body, "without": _without(codes, body["code"], only)} for body in bodies],
        "comparison": compare(bodies, only_differences=only) if bodies else None,
        "gone": found.gone,
        "only": only,
        "query": query,
        "codes": ",".join(codes),
        "all_url": f"?{query}",
        "differences_url": f"?{query}&only={DIFFERENCES}",
        "left_out": len(asked) - MOST_COMPARED if len(asked) > MOST_COMPARED else 0,
        "most": MOST_COMPARED,
        "columns": len(bodies) + 1,
    }
    return render(request, "portal/compare.html", context)


def _without(codes: list[str], code: str, only: bool) -> str:
    """The address of the same comparison without one record."""
    rest = sites_query([one for one in codes if one != code])
    return f"?{rest}&only={DIFFERENCES}" if only else f"?{rest}"
