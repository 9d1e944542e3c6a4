"""Search: the list first, the map as its twin, filters with numbers; all of it in the address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.catalogue.enums import Precision
from vetovoima.portal.facets import chips, facet_groups, flexible_options, relaxation_links
from vetovoima.portal.forms import PER_PAGE, SORTS, SearchForm
from vetovoima.portal.languages import current_language
from vetovoima.syndication.queries import all_points, search_sites

#: an address longer than this is no search that a person made
MAX_QUERY = 4000


def _read(request: HttpRequest) -> SearchForm:
    form = SearchForm(request.GET, current_language())
    form.is_valid()
    return form


def _page_link(query: QueryDict, page: int) -> str:
    changed = query.copy()
    changed.pop("fragment", None)
    changed["page"] = str(page)
    return f"?{changed.urlencode()}"


@public_door
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """The search page, or only its results (`fragment=results`) for the map."""
    language = current_language()
    if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY:
        return render(request, "portal/search_too_long.html", status=414)
    form = _read(request)
    terms = form.terms()
    found = search_sites(language, terms)
    page = terms.offset // PER_PAGE + 1
    query = request.GET.copy()
    query.pop("fragment", None)
    without_page = query.copy()
    without_page.pop("page", None)
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "cards": [document.card for document in found.documents],
        "real_total": found.real_total,
        "example_total": found.total - found.real_total,
        "facets": facet_groups(form, terms, found),
        "flexible": flexible_options(terms, found),
        "chips": chips(form, without_page),
        "relaxations": relaxation_links(form, without_page, found),
        "page": page,
        "pages": max(1, -(-found.total // PER_PAGE)),
        "first": _page_link(query, 1),
        "previous": _page_link(query, page - 1) if page > 1 else "",
        "next": _page_link(query, page + 1) if found.next_offset is not None else "",
        "sorts": SORTS,
        "points_url": f"{reverse('portal-points')}?{without_page.urlencode()}",
        "is_narrowed": bool(without_page),
    }
    fragment = request.GET.get("fragment") == "results"
    template = "portal/search_results.html" if fragment else "portal/search.html"
    return render(request, template, context, status=400 if form.errors else 200)


@public_door
@require_safe
def opportunities(request: HttpRequest) -> HttpResponse:
    """The opportunities among all there is: they are searched where sites are."""
    return redirect(f"{reverse('portal-sites')}?kind=opportunity")


@public_door
@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """The places of all results of the same search, for the map; the map area itself does not narrow them."""
    language = current_language()
    form = _read(request)
    names = dict(form.municipalities)
    words = {value: str(label) for value, label in Precision.choices}
    example = _("EXAMPLE")
    quality = _("readiness %(level)s/5, %(percent)s %% known")
    found = [
        {
            **point,
            "precision_label": words.get(point["precision"], ""),
            "place": names.get(point.get("municipality", ""), ""),
            "example": example if point["is_example"] else "",
            "quality": quality % {"level": point["readiness"], "percent": point["completeness"]},
        }
        for point in all_points(language, form.terms())
    ]
    return JsonResponse({"points": found}, headers={"Cache-Control": "public, max-age=60"})
