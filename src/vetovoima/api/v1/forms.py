"""What forms with files share."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from .problems import field_error, invalid


def refuse_fields(request: HttpRequest, known: set[str]) -> None:
    """This will refuse a form with a field that nobody reads, naming it; raises Problem."""
    unknown = sorted({*request.POST, *request.FILES} - known)
    if unknown:
        sentence = _("There is no such field.")
        raise invalid(field_error(f"/{name[:60]}", sentence, "extra_forbidden") for name in unknown)
