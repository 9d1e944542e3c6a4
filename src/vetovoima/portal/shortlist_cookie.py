"""The one cookie of the public side: the codes of a visitor's shortlist, set when the visitor asks for the list.

It is the service that was asked for, so nobody has to be asked whether it may be set. It names no person and no visit.
The script sets the same cookie in the same way (frontend/portal/shortlist.ts); both sides know its name.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from vetovoima.syndication.shortlists import MOST, read_codes

NAME = "vetovoima_shortlist"
#: a search for a site takes months
KEPT_SECONDS = 180 * 24 * 3600


def kept_codes(request: HttpRequest) -> list[str]:
    """The codes of the visitor's list."""
    return read_codes([request.COOKIES.get(NAME, "")])


def keep(response: HttpResponse, request: HttpRequest, codes: list[str]) -> None:
    """This will have the browser keep a list; an empty one leaves no cookie behind."""
    if not codes:
        response.delete_cookie(NAME, path="/", samesite="Lax")
        return
    response.set_cookie(
        NAME,
        ".".join(codes[:MOST]),
        max_age=KEPT_SECONDS,
        path="/",
        secure=request.is_secure(),
        httponly=False,  # the script shows what is chosen on pages that are the same for everybody
        samesite="Lax",
    )
