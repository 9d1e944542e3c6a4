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
from vetovoima.portal.facets import (
    chips,
    enquiry_query,
    facet_groups,
    filter_groups,
    kind_options,
    nearest_links,
    relaxation_links,
    without_figures,
)
from vetovoima.portal.languages import current_language
from vetovoima.portal.own_views import OWN_VIEWS
from vetovoima.portal.page_search import find_pages
from vetovoima.portal.search_form import PER_PAGE, SearchForm
from vetovoima.portal.surroundings import layers, place_points
from vetovoima.portal.understood import as_filters, readable, told
from vetovoima.portal.wishes import FIELDS, with_power
from vetovoima.syndication.queries import all_points, search_sites
from vetovoima.syndication.search.terms import SearchPage, SearchTerms

#: an address longer than this is no search that a person made
MAX_QUERY = 6000
#: what an address may say about the page rather than about the search
ABOUT_PAGE = ("fragment", "page", "view", "sort", "read")
#: the parts of the page that an answer in place puts anew, and the list alone
FRAGMENTS = {"parts": "portal/search_parts.html", "results": "portal/search_results.html"}
#: so many pages stand beside the sites
FEW_PAGES = 5
DAY = 24 * 60 * 60


def read_search(request: HttpRequest) -> SearchForm:
    """This will read the search in the address; what is wrong with it is told by its form."""
    form = SearchForm(request.GET, current_language())
    form.is_valid()
    return form


def _query(request: HttpRequest, *without: str) -> QueryDict:
    """The address's own search, without some of it and without what is empty."""
    query = request.GET.copy()
    for name in list(query):
        if name in without or not any(query.getlist(name)):
            del query[name]
    return query


def _page_link(query: QueryDict, page: int) -> str:
    changed = query.copy()
    changed["page"] = str(page)
    return f"?{changed.urlencode()}"


@public_door
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """The search page, or the parts of it that a search in place puts anew."""
    if len(request.META.get("QUERY_STRING", "")) > MAX_QUERY:
        return render(request, "portal/search_too_long.html", status=414)
    short = _query(request)
    if len(short) < len(request.GET) and "fragment" not in request.GET:
        # Without script a form sends its empty fields too: what stands in the address can be passed on.
        return redirect(f"{request.path}?{short.urlencode()}" if short else request.path)
    if meant := as_filters(request.GET, current_language()):
        return redirect(f"{request.path}?{meant.urlencode()}")
    form = read_search(request)
    terms = form.terms()
    found = search_sites(current_language(), terms)
    search = _query(request, *ABOUT_PAGE)
    context = {
        **_filters(form, terms, found),
        **_results(request, form, terms, found),
        **_around(form, terms),
        **_pages(terms.text, found),
        "heading": OWN_VIEWS["opportunities" if terms.kinds == ("opportunity",) else "sites"].title,
        "search": search.urlencode(),
        "points_url": f"{reverse('portal-points')}?{_query(request, *ABOUT_PAGE, 'bbox').urlencode()}",
        "words_only": request.GET.get("words") == "only",
        "is_narrowed": any(name in form.fields for name in search),
        "map_is_open": request.GET.get("view") == "map",
    }
    fragment = FRAGMENTS.get(request.GET.get("fragment", ""), "portal/search.html")
    return render(request, fragment, context, status=400 if form.errors else 200)


def _filters(form: SearchForm, terms: SearchTerms, found: SearchPage) -> dict[str, Any]:
    """What stands beside the list: the filters, each with its numbers."""
    return {
        "form": form,
        "kinds": kind_options(form, terms, found),
        "facets": facet_groups(form, terms, found),
        "filters": filter_groups(form, found),
        "sorts": form.orders(),
        "counts_examples": any(any(counts.values()) for counts in found.example_facets.values()),
    }


def _results(request: HttpRequest, form: SearchForm, terms: SearchTerms, found: SearchPage) -> dict[str, Any]:
    """The list: what was found, what is chosen, what could be dropped, and the way to the other pages."""
    query = _query(request, "fragment")
    search = _query(request, "fragment", "page")
    chosen = chips(form, search)
    page = terms.offset // PER_PAGE + 1
    return {
        "found": found,
        "cards": [_row(form, found, document) for document in found.documents],
        "real_total": found.real_total,
        "example_total": found.example_total,
        "chips": chosen,
        "reading": told(query, form),
        "readable": readable(query, form),
        "enquiry_query": enquiry_query(chosen),
        "relaxations": relaxation_links(form, search, found),
        "nearest": nearest_links(form, search, found),
        "without_figures": without_figures(search),
        "page": page,
        "pages": max(1, -(-found.total // PER_PAGE)),
        "first": _page_link(query, 1),
        "previous": _page_link(query, page - 1) if page > 1 else "",
        "next": _page_link(query, page + 1) if found.next_offset is not None else "",
    }


def _pages(text: str, found: SearchPage) -> dict[str, Any]:
    """The portal's pages that have the words too, and how many there are; those that were meant where none has what was
    written."""
    words = text
    hits = find_pages(text, current_language())
    if text and not hits.total and found.corrected:
        words, hits = found.corrected, find_pages(found.corrected, current_language())
    return {"page_hits": hits.first(FEW_PAGES), "page_total": hits.total, "page_words": words}


def _row(form: SearchForm, found: SearchPage, document: Any) -> dict[str, Any]:
    """A card with what was asked for: those figures first, and the distance from the place that was named."""
    names = [FIELDS[name] for name in FIELDS if form.cleaned_data.get(name)]
    card, code = document.card, document.code
    told = {"asked": names, "distance_km": found.distances.get(code)}
    return {**card, **told, "key_facts": with_power(card["key_facts"], found.powers.get(code), form.language)}


def _around(form: SearchForm, terms: SearchTerms) -> dict[str, Any]:
    """The infrastructure in words, and the place that its distances are counted from."""
    origin, found = layers(form.places, terms.near, form.municipalities_here, current_language())
    return {"origin": origin, "layers": found}


@public_door
@require_safe
def opportunities(request: HttpRequest) -> HttpResponse:
    """The opportunities among all there is: they are searched where sites are."""
    return redirect(f"{reverse('portal-sites')}?kind=opportunity")


@public_door
@require_safe
def points(request: HttpRequest) -> JsonResponse:
    """The places of all results of the same search, for the map; the map area itself does not narrow them."""
    form = read_search(request)
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
        for point in all_points(current_language(), form.terms())
    ]
    return JsonResponse({"points": found}, headers={"Cache-Control": "public, max-age=60"})


@public_door
@require_safe
def places(request: HttpRequest) -> JsonResponse:
    """The region's infrastructure for the map: airports, ports, stations, substations, schools."""
    headers = {"Cache-Control": f"public, max-age={DAY}", "Access-Control-Allow-Origin": "*"}
    return JsonResponse({"places": place_points(current_language())}, headers=headers)
