"""What the worker does for the offer: publish at the time asked for, and judge again what time has changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localtime

from vetovoima.activity.schedule import chore

from . import services
from .models import Site
from .quality import readiness_level
from .services.steps import SCHEDULE, end_schedule, locked, log


@chore("catalogue.publish_scheduled", every=timedelta(minutes=1))
def publish_due(now: datetime) -> None:
    """This will publish the records whose time has come, in the name of the person who chose it."""
    for site in Site.objects.submitted().filter(publish_at__lte=now).select_related("publish_by"):
        publish_scheduled(site, now)


@transaction.atomic
def publish_scheduled(site: Site, now: datetime) -> None:
    """This will publish one record as it was when its time was chosen.

    When its person may not any more, or it says something else by now, it waits for review again and the log says so.
    """
    fresh = locked(site)
    if fresh.publish_at is None or fresh.publish_at > now:
        return
    try:
        if fresh.publish_by is None or not fresh.publish_by.is_active:
            raise PermissionDenied
        if fresh.publish_revision != fresh.revision:
            raise services.CannotChange
        services.publish_site(site=fresh, by=fresh.publish_by, now=now)
    except (PermissionDenied, services.CannotChange):
        end_schedule(fresh)
        fresh.revision += 1
        fresh.save(update_fields=["revision", *SCHEDULE])
        log(fresh, "unscheduled", by=None, now=now)


@chore("catalogue.judge_again", hour=2)
def judge_all(now: datetime) -> None:
    """This will compute the readiness of every record anew: what was checked lately may be so no longer."""
    today = localtime(now).date()
    for site in Site.objects.complete().iterator(chunk_size=500):
        level = readiness_level(site, today)
        if level != site.readiness:
            Site.objects.filter(pk=site.pk).update(readiness=level)
