"""The doors of the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import public_door
from vetovoima.api.caching import OPEN, problem
from vetovoima.api.doors import text_door
from vetovoima.api.parameters import given_of
from vetovoima.syndication.bundles.queries import ready_bundles
from vetovoima.syndication.queries import public_state

from .catalogue import SERVICES, File, catalogue_of
from .graph import Graph
from .region import region_of
from .writing import JSON_LD, RDF_XML, TURTLE, write_json_ld, write_rdf_xml, write_turtle

FORMS: dict[str, tuple[str, Callable[[Graph], bytes]]] = {
    "ttl": (TURTLE, write_turtle), "jsonld": (JSON_LD, write_json_ld), "rdf": (RDF_XML, write_rdf_xml),
}  # fmt: skip
#: what a reader without an ending may ask for, the most telling first
WANTED = {
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/xml": "rdf",
    "text/turtle": "ttl",
}


@text_door
def catalogue(request: HttpRequest, form: str) -> HttpResponse:
    """This will answer the catalogue of the open data as Turtle, JSON-LD or RDF/XML: the same in every language."""
    given_of(request, ())
    base = settings.VETOVOIMA_PUBLIC_URL
    region = region_of(base)
    if region is None:
        return problem(404, _("Not found"), _("No region is loaded yet."))
    _version, changed_at = public_state()
    changed = localtime(changed_at).isoformat(timespec="seconds") if changed_at else ""
    media_type, write = FORMS[form]
    found = catalogue_of(base, region, changed, _archives(), [path for path in SERVICES if _is_there(path)])
    return HttpResponse(write(found), content_type=media_type)


def _archives() -> list[File]:
    """The archives that lie ready."""
    return [
        File(
            one.path, "zip",
            gettext_lazy("Everything in one archive (ZIP)") if one.is_whole else gettext_lazy("Pages of one municipality to host (ZIP)"),
            size=one.size, modified=localtime(one.made_at).isoformat(timespec="seconds"),
        )
        for one in ready_bundles()
    ]  # fmt: skip


def _is_there(path: str) -> bool:
    try:
        return resolve(path).url_name != "portal-page"
    except Resolver404:
        return False


@csrf_exempt
@require_safe
@public_door
def by_wish(request: HttpRequest) -> HttpResponse:
    """This will lead from the catalogue's own name to the form that the reader asks for; Turtle when it does not say."""
    accepted = request.headers.get("Accept", "")
    form = next((form for media_type, form in WANTED.items() if media_type in accepted), "ttl")
    response = HttpResponseRedirect(f"/dcat/catalog.{form}")
    for name, value in {**OPEN, "Vary": "Accept", "Cache-Control": "no-store"}.items():
        response.headers[name] = value
    return response
