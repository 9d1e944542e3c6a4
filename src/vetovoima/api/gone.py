"""A record that is not public, at a machine door: it leads on, says that it was withdrawn, or was never there."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from vetovoima.catalogue.queries import withdrawn_redirect
from vetovoima.syndication.queries import published_site

from .caching import OPEN, problem

#: a record may come back, so no reader may keep the redirect for ever
KEPT_FOR = "max-age=3600"


def not_public(code: str, language: str, ending: str) -> HttpResponse:
    """This will answer as the record's page does: 301 to what took its place, 410 without one, 404 for no record."""
    answer = withdrawn(code, language, f"/{language}/sites/{{code}}.{ending}")
    if answer is None:
        return problem(404, _("Not found"), _("There is no published site %(code)s.") % {"code": code[:30]})
    return answer


def withdrawn(code: str, language: str, address: str) -> HttpResponse | None:
    """This will answer for a record that was public once: 301 to `address` with the code of what took its place, 410
    without one; None for one that never was."""
    found = withdrawn_redirect(code)
    if found is None:
        return None
    if found.leads_to and published_site(found.leads_to, language) is not None:
        response: HttpResponse = redirect(address.format(code=found.leads_to), permanent=True)
        for name, value in {**OPEN, "Cache-Control": KEPT_FOR}.items():
            response.headers[name] = value
        return response
    said = _("The site %(code)s was withdrawn and is no longer public.") % {"code": found.code}
    answer = problem(410, _("Withdrawn"), said, code=found.code)
    answer.headers["Cache-Control"] = "no-store"
    return answer
