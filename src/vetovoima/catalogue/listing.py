"""The list of records at the desk: filters on what a record lacks, and the order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from .models import Site, SiteFile
from .queries import NoSuchSite, find_sites

#: a record that nobody has checked for so long waits for a look
STALE_AFTER = timedelta(days=365)
#: what a record may lack, in the words of the filter
LACKS = {
    "position": _("without a position"),
    "checked": _("not checked within a year"),
    "contact": _("without a contact"),
    "half": _("less than half complete"),
    "public": _("not public"),
}
#: the orders of the list; the first is the one without asking
ORDERS = {
    "code": ("code",),
    "-code": ("-code",),
    "-completeness": ("-completeness", "code"),
    "completeness": ("completeness", "code"),
    "-readiness": ("-readiness", "code"),
    "readiness": ("readiness", "code"),
    "-changed": ("-updated_at", "code"),
    "changed": ("updated_at", "code"),
    "checked": (F("checked_on").asc(nulls_first=True), "code"),
    "-checked": (F("checked_on").desc(nulls_last=True), "code"),
}


def list_sites(
    user: Any, *, text: str = "", municipality: str = "", kind: str = "", state: str = "", lacks: str = "",
    order: str = "", today: date | None = None,
) -> QuerySet[Site]:  # fmt: skip
    """The records whose working copies a person may see and that fit, in an order of `ORDERS`; else by code."""
    found = find_sites(user, text=text, municipality=municipality, kind=kind, state=state)
    if lacks in LACKS:
        found = found.filter(_lacking(lacks, today or localdate()))
    related = found.prefetch_related("sectors", "themes", "related_sites")
    return related.order_by(*ORDERS.get(order, ORDERS["code"]))


def _lacking(what: str, today: date) -> Q:
    return {
        "position": Q(geometry__isnull=True),
        "checked": Q(checked_on__isnull=True) | Q(checked_on__lt=today - STALE_AFTER),
        "contact": Q(contact__isnull=True),
        "half": Q(completeness__lt=50),
        "public": Q(published_version=0),
    }[what]


def site_to_edit(user: Any, code: str) -> Site:
    """One record for its form: with its relations, how many photographs there are, and what its documents speak for.

    Raises NoSuchSite.
    """
    files = Prefetch("files", SiteFile.objects.select_related("file"))
    related = ("sectors", "themes", "related_sites", "photos", files)
    seen = Site.objects.visible_to(user).select_related("municipality", "contact__organisation")
    found = seen.prefetch_related(*related).filter(code=code).first()
    if found is None:
        raise NoSuchSite(code)
    return found


def chosen_sites(user: Any, codes: list[str]) -> list[Site]:
    """Of the records that a person may see, those with the given codes, by code."""
    return list(find_sites(user).filter(code__in=codes[:500]).order_by("code"))
