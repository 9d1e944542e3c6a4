"""The search of the portal's pages: what has the words, the likeliest first, and the way to the sites that have them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.portal.languages import current_language
from vetovoima.portal.page_search import find_pages

#: a longer text is no search that a person made
LONGEST = 200
#: more are not looked through; whoever wants them says a further word
MOST = 60


@public_door
@require_safe
def found_pages(request: HttpRequest) -> HttpResponse:
    """The pages, questions and facts of this language that have every word of `q`."""
    text = " ".join(request.GET.get("q", "").split())
    hits = find_pages(text[:LONGEST], current_language())
    context = {"q": text[:LONGEST], "hits": hits.hits[:MOST], "total": hits.total, "most": MOST}
    return render(request, "portal/page_search.html", context)
