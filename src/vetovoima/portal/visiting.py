"""Carrying the kind of source of a visit through the enquiry form: sealed, good for a week, about nobody."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.http import HttpRequest
from django.utils.timezone import localdate

from vetovoima.monitoring.visits.counting import counts
from vetovoima.monitoring.visits.enums import Origin, What
from vetovoima.monitoring.visits.queries import is_read
from vetovoima.monitoring.visits.sources import Source
from vetovoima.portal.languages import current_language

SALT = "vetovoima.portal.visit"
FIELD = "visit"
FORM = "enquiry/"
#: a form that is kept open longer is sent by somebody whose visit is long over
GOOD_FOR = timedelta(days=7)


def sealed_visit(request: HttpRequest) -> str:
    """This will seal the source and the page before for the form; "" when this visitor is not counted."""
    if request.method == "POST":
        return request.POST.get(FIELD, "")[:400]
    found: tuple[Source, str] | None = getattr(request, "visit", None)
    if found is None:
        return ""
    source, before = found
    return signing.dumps([source.origin, source.detail, before], salt=SALT, compress=True)


def count_enquiry(request: HttpRequest) -> None:
    """This will count an enquiry that was sent, at the page from which its form was opened; nothing without a seal of ours.

    The page before is what a browser said of itself: one that nobody has read is made up, and counts as the form's own.
    """
    try:
        origin, detail, before = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        return
    if origin in Origin.values:
        today = localdate()
        path = before if before and is_read(before, today) else FORM
        counts.add(today, path, current_language(), Source(origin, detail), What.ENQUIRY)
