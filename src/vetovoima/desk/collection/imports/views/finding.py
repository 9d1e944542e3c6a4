"""What every step begins with: the import, for those who may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from vetovoima.collection.imports import queries

if TYPE_CHECKING:
    from vetovoima.collection.models import Import
    from vetovoima.desk.requests import DeskRequest


def import_or_404(request: DeskRequest, number: int) -> Import:
    """This will return an import that the person may see; absent and hidden are the same 404."""
    try:
        return queries.import_for(request.user, number)
    except queries.NoSuchImport as error:
        raise Http404 from error
