"""Questions about imports."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from vetovoima.collection.models import Import, ImportRow


class NoSuchImport(LookupError):
    """There is no such import, or not for this person: both look the same from outside."""


def imports_for(user: Any) -> QuerySet[Import]:
    """The imports that a person may see, newest first."""
    return Import.objects.visible_to(user).select_related("municipality", "by").defer("columns", "mends")


def import_for(user: Any, number: int) -> Import:
    """One import for a person; raises NoSuchImport."""
    related = ("municipality", "by", "round_task__round", "round_task__municipality")
    found = Import.objects.visible_to(user).select_related(*related).filter(pk=number).first()
    if found is None:
        raise NoSuchImport(number)
    return found


def rows_of(import_: Import, *, state: str = "", field: str = "", said: str = "") -> QuerySet[ImportRow]:
    """The rows of an import in the file's order: those in a state, with a field, with something said about them."""
    rows = ImportRow.objects.filter(batch=import_).order_by("number")
    if state:
        rows = rows.filter(state=state)
    if field:
        rows = rows.filter(fields__contains=f" {field} ")
    if said == "any":
        rows = rows.exclude(messages=[])
    elif said:
        rows = rows.filter(Q(messages__icontains=f'"code": "{said}"'))
    return rows.select_related("site", "municipality")


def row_of(import_: Import, number: int) -> ImportRow | None:
    """One row by its number in the file."""
    return (
        ImportRow.objects.filter(batch=import_, number=number).select_related("site", "municipality").first()
    )


def fields_in(import_: Import) -> list[str]:
    """The fields that its columns go to, in the file's order: what the preview is filtered by."""
    paths = [column["field"].partition("@")[0] for column in import_.columns if column["field"]]
    return list(dict.fromkeys(path for path in paths if not path.startswith("source.")))
