"""The workbook back, with what must be mended marked in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from vetovoima.accounts.doors import door
from vetovoima.accounts.rights import Action, Kind
from vetovoima.collection.imports.enums import ImportState
from vetovoima.collection.imports.marking import marked_workbook
from vetovoima.desk.forms import here
from vetovoima.desk.requests import DeskRequest

from .finding import import_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door(Kind.COLLECTION, Action.CREATE)
@require_safe
def marked(request: DeskRequest, number: int) -> HttpResponse:
    """This will give the file back as a workbook with its errors marked."""
    found = import_or_404(request, number)
    if found.state not in (ImportState.READY, ImportState.COMMITTED, ImportState.UNDONE):
        return redirect("desk:import", found.pk)
    headers = {"Content-Disposition": f'attachment; filename="import-{found.pk}-marked.xlsx"'}
    return HttpResponse(marked_workbook(found, here()), content_type=XLSX, headers=headers)
