"""The validator for programs: records against the collection standard, nothing kept."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from vetovoima.accounts.rights import Action, Kind
from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.registry import STANDARD_VERSION
from vetovoima.collection.standard.checking import check_records

from .doors import key_door
from .lists import data
from .payloads import CheckedRows, Strict

router = Router(tags=["standard"])


class RecordsToCheck(Strict):
    """Records in the shape of the published JSON Schema (/schema/site.json)."""

    kind: Literal["", *SiteKind.values] = Field("", description="Empty when each record says its own.")  # type: ignore[valid-type]
    records: list[dict[str, Any]] = Field(max_length=1000)


@router.post(
    "/validate", auth=key_door(Kind.SITE, Action.VIEW), response=CheckedRows, url_name="validate",
    summary="Check records against the standard",
)  # fmt: skip
def validate(request: HttpRequest, payload: RecordsToCheck) -> HttpResponse:
    """This will say of each record what is wrong and how to mend it; nothing is kept."""
    language = getattr(request, "LANGUAGE_CODE", "en")
    report = check_records(payload.records, kind=payload.kind, language=language)
    return data({"standard": STANDARD_VERSION, "counts": report.counts, "rows": report.rows})
