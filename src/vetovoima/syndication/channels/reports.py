"""Taking an embed's report: a row is written only when it says something that was not known."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction

from .addresses import origin_of, place_of
from .enums import By, Way
from .expected import note_expected, version_now
from .models import ChannelPage
from .noting import JUDGED, note_state
from .reporting import Report, read_report

#: a report that says the same as the last one is not written again before
SAME_AFTER = timedelta(minutes=5)
#: in so many seconds one report of a page may have asked the search what it should show
ASKED_WITHIN = 5
SEEN = ("reported_at", "version", "version_at", "version_by")


def take_report(given: Any, *, origin: str, now: datetime) -> bool:
    """This will note which version an embed says that it shows; True when something was written.

    What is no report, of no registered page, or of a version that was never to be shown there counts as nothing. It keeps
    nothing of whoever opened the page.
    """
    report = read_report(given, origin)
    page = _page_of(report) if report is not None else None
    if report is None or page is None:
        return False
    is_same = page.version == report.version and page.version_by == By.REPORT
    if is_same and page.reported_at is not None and timedelta() <= now - page.reported_at < SAME_AFTER:
        return False
    return _keep(page, report, now)


def _page_of(report: Report) -> ChannelPage | None:
    """The registered page that a report can be of: by its key or by its address, always from the page's own origin."""
    rows = ChannelPage.objects.filter(way=report.way).select_related("municipality")
    place = place_of(report.address)
    if report.key:
        found = [one for one in rows.filter(key=report.key) if _is_of(one, report)]
    elif report.way == Way.FRAME:
        # A frame knows of the page around it often no more than the origin.
        at = rows.filter(place__startswith=origin_of(report.address))
        found = [one for one in at if _is_of(one, report) and _fits(one, place)]
    else:
        found = [one for one in rows.filter(place=place) if _is_of(one, report)]
        found = found or [
            one for one in rows.exclude(landed="") if place_of(one.landed) == place and _is_of(one, report)
        ]
    return found[0] if len(found) == 1 else None


def _is_of(page: ChannelPage, report: Report) -> bool:
    places = {page.shown_place} if page.municipality else {"", page.shown_place}
    return report.municipality in places and origin_of(report.address) in {origin_of(page.url), page.origin}


def _fits(page: ChannelPage, place: str) -> bool:
    return place in (
        page.place,
        place_of(page.landed) if page.landed else page.place,
        origin_of(page.url),
        page.origin,
    )


def _keep(page: ChannelPage, report: Report, now: datetime) -> bool:
    current = page.versions.filter(until__isnull=True).values_list("version", flat=True).first()
    expected = ""
    if report.version != current and cache.add(f"channel-expected:{page.pk}", 1, ASKED_WITHIN):
        expected = version_now(page)
    with transaction.atomic():
        rows = ChannelPage.objects.select_for_update(of=("self",)).select_related("municipality")
        fresh = rows.filter(pk=page.pk).first()
        if fresh is None:
            return False
        note_expected(fresh, expected, now)
        if not fresh.versions.filter(version=report.version).exists():
            return False
        fresh.reported_at = now
        fresh.version, fresh.version_at, fresh.version_by = report.version, now, By.REPORT
        note_state(fresh, now, by=By.REPORT, is_visit=False)
        fresh.save(update_fields=[*SEEN, *JUDGED])
        return True
