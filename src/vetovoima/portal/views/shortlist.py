"""The shortlist: kept by the visitor's browser or said by the address, never stored here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.common.qr import qr_svg
from vetovoima.portal.languages import absolute, current_language
from vetovoima.portal.shortlist_cookie import keep, kept_codes
from vetovoima.syndication.shortlists import MOST, MOST_COMPARED, Shortlist, read_codes, shortlist

DAY = 24 * 3600


def sites_query(codes: list[str]) -> str:
    """A list as it stands in an address."""
    return urlencode({"sites": ",".join(codes)}, safe=",")


@public_door
@csrf_exempt  # nothing rests on a session, and what a stranger's page sends changes nothing (see _changed)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The list of the address, the same for everybody; without one, the visitor's own, kept by no cache."""
    if request.method == "POST":
        return _changed(request)
    is_shared = "sites" in request.GET
    codes = read_codes(request.GET.getlist("sites")) if is_shared else kept_codes(request)
    found = shortlist(codes, current_language())
    response = render(request, "portal/shortlist.html", _context(request, found, is_shared=is_shared))
    if not is_shared:
        response.headers["Cache-Control"] = "no-store"
    return response


def _context(request: HttpRequest, found: Shortlist, *, is_shared: bool) -> dict[str, Any]:
    codes = found.codes
    query = sites_query(codes)
    return {
        "cards": [one.card for one in found.documents],
        "gone": found.gone,
        "codes": ",".join(codes),
        "query": query,
        "is_shared": is_shared,
        "most": MOST,
        "link": absolute(f"{reverse('portal-shortlist')}?{query}"),
        "compare_query": sites_query(codes[:MOST_COMPARED]),
        "compares": min(len(codes), MOST_COMPARED),
        "did": request.GET.get("did", "")[:12],
        "did_code": next(iter(read_codes([request.GET.get("code", "")], 1)), ""),
        "back": _safe(request, request.GET.get("back", "")),
    }


def _safe(request: HttpRequest, path: str) -> str:
    """A way back that stays on this service; nothing for any other."""
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, {request.get_host()})
    return path if is_ours and len(path) <= 2000 else ""


def _changed(request: HttpRequest) -> HttpResponse:
    """Add, remove, keep a list that was shared, or clear; then show the list, and say what happened."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        # The cookie does not come along from there, and a new one would take the place of the visitor's list.
        return redirect("portal-shortlist")
    kept, given = kept_codes(request), request.POST
    if code := next(iter(read_codes([given.get("add", "")], 1)), ""):
        did, codes = ("full", kept) if len(kept) >= MOST and code not in kept else ("added", [*kept, code])
    elif code := next(iter(read_codes([given.get("remove", "")], 1)), ""):
        did, codes = "removed", [one for one in kept if one != code]
    elif "keep" in given:
        did, codes = "kept", [*kept, *read_codes([given["keep"]])]
    elif "clear" in given:
        did, codes = "cleared", []
    else:
        did, codes = "", kept
    here = reverse("portal-shortlist")
    back = _safe(request, given.get("back", ""))
    told = {"did": did, "code": code, "back": "" if back.startswith(here) else back}
    shown = urlencode({name: value for name, value in told.items() if value})
    response = redirect(f"{here}?{shown}" if shown else here)
    keep(response, request, read_codes([",".join(codes)]))
    response.headers["Cache-Control"] = "no-store"
    return response


@public_door
@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The list's address as a QR code: the same for everybody, and for as long as the codes are."""
    codes = read_codes(request.GET.getlist("sites"))
    address = absolute(f"{reverse('portal-shortlist')}?{sites_query(codes)}")
    response = HttpResponse(
        qr_svg(address, _("QR code of this list's address")), content_type="image/svg+xml"
    )
    response.headers["Cache-Control"] = f"public, max-age={DAY}"
    return response
