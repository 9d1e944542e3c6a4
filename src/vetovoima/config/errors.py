"""A refusal reaches whoever can explain it: the desk for a lost sign-in, the portal for everything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vetovoima.accounts.doors import SignedOut
from vetovoima.desk import errors as desk
from vetovoima.portal import errors as portal


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This will answer 403; a form that came after the sign-in had ended keeps what was typed."""
    if isinstance(exception, SignedOut):
        return desk.signed_out(request)
    return portal.forbidden(request, exception)
