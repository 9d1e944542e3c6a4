"""The offer as files, with a key: what the desk and the command line write, within the key's reach."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue import queries
from vetovoima.catalogue.enums import SiteKind, SiteState
from vetovoima.collection.standard.export import export_csv, export_workbook

from .doors import ApiRequest, key_door
from .offer import as_feature
from .problems import Problem

if TYPE_CHECKING:
    from vetovoima.catalogue.models import Site

router = Router(tags=["offer"])
#: more records than one municipality has are read by pages or written by the command line
MOST = 5000


class ExportQuery(Schema):
    """Which records, and as what."""

    format: Literal["xlsx", "csv", "geojson"] = "xlsx"
    municipality: str = Field("", description="Slug of a municipality.")
    kind: Literal["", *SiteKind.values] = ""  # type: ignore[valid-type]
    state: Literal["", *SiteState.values] = ""  # type: ignore[valid-type]


def _features(sites: list[Site]) -> bytes:
    body = {"type": "FeatureCollection", "features": [as_feature(site) for site in sites]}
    return json.dumps(body, ensure_ascii=False, cls=DjangoJSONEncoder).encode()


WRITERS: dict[str, tuple[str, Callable[[list[Site], str], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export_workbook),
    "csv": ("text/csv; charset=utf-8", lambda sites, language: export_csv(sites, language).encode()),
    "geojson": ("application/geo+json", lambda sites, language: _features(sites)),
}


@router.get("/export", auth=key_door(Kind.SITE, Action.VIEW), url_name="export", summary="Export")
def export(request: ApiRequest, asked: Query[ExportQuery]) -> HttpResponse:
    """This will write the working copies within reach as a workbook or CSV of the standard, or as GeoJSON. Importing an
    unchanged workbook or CSV again changes nothing."""
    found = queries.find_sites(
        request.user, municipality=asked.municipality, kind=asked.kind, state=asked.state
    ).prefetch_related("sectors", "themes", "related_sites", "photos__photo")
    if found.count() > MOST:
        raise Problem(
            "too-large",
            _("An export has at most %(most)s records. Choose a municipality or a kind.") % {"most": MOST},
        )
    media_type, write = WRITERS[asked.format]
    content = write(list(found), _language(request))
    name = f"attachment; filename=offer.{asked.format}"
    return HttpResponse(content, content_type=media_type, headers={"Content-Disposition": name})


def _language(request: HttpRequest) -> Any:
    return getattr(request, "LANGUAGE_CODE", "en")
