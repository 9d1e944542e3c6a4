"""The address of a record that is no longer public: it leads on, or says that the record was withdrawn."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vetovoima.catalogue.queries import withdrawn_redirect
from vetovoima.syndication.queries import published_site

#: a record may come back, so browsers may not keep a permanent redirect for ever
KEPT_FOR = "max-age=3600"


def gone(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """This will answer 301 to the record that took its place, 410 with ways on without one; raises Http404 for a code
    that was never public."""
    found = withdrawn_redirect(code)
    if found is None:
        raise Http404
    target = published_site(found.leads_to, language) if found.leads_to else None
    if target is not None:
        response: HttpResponse = redirect(target.body["url"], permanent=True)
        response.headers["Cache-Control"] = KEPT_FOR
        return response
    municipality = {"slug": found.municipality.slug, "name": found.municipality.name}
    page = {"code": found.code, "municipality": municipality}
    response = render(request, "portal/site_gone.html", page, status=410)
    response.headers["Cache-Control"] = "no-store"
    return response
