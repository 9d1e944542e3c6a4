"""What an organisation's headers meant last time: confirmed once, guessed for ever."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from vetovoima.accounts.models import Organisation
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.accounts.rules import memberships
from vetovoima.collection.models import ColumnMemory, Import

from .guessing import plain

Remembered = dict[str, tuple[str, str, str]]


def organisation_of(import_: Import) -> Organisation | None:
    """Whose memory an import uses: its municipality's, else that of the person's own organisation."""
    if import_.municipality_id:
        return municipality_organisation(import_.municipality_id)
    found = memberships(import_.by) if import_.by else []
    return found[0].organisation if found else None


def remembered(organisation: Organisation | None, kind: str) -> Remembered:
    """Plain header → (field, unit, rule), as last confirmed; field "" is a column to leave out."""
    if organisation is None:
        return {}
    rows = ColumnMemory.objects.filter(organisation=organisation, kind=kind)
    return {one.header: (one.field, one.unit, one.rule) for one in rows}


def remember(import_: Import, columns: list[Mapping[str, Any]], now: datetime) -> None:
    """This will keep what each header means; a header that a person chose to leave out is left out next time too."""
    organisation = organisation_of(import_)
    if organisation is None:
        return
    for column in columns:
        header = plain(column["header"])[:200]
        if not header or (not column["field"] and column.get("how") != "hand"):
            continue
        values = {
            "field": column["field"],
            "unit": column.get("unit", ""),
            "rule": column.get("rule", ""),
            "used_at": now,
        }
        stored, is_new = ColumnMemory.objects.update_or_create(
            organisation=organisation, kind=import_.kind, header=header, defaults=values
        )
        if not is_new:
            ColumnMemory.objects.filter(pk=stored.pk).update(used=F("used") + 1)
