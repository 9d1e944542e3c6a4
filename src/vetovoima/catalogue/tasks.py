"""What the worker does for the offer: publish at the time asked for, and judge again what time has changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from vetovoima.activity.schedule import chore

from . import services
from .models import Site
from .quality import readiness_level
from .services.steps import log


@chore("catalogue.publish_scheduled", every=timedelta(minutes=1))
def publish_due(now: datetime) -> None:
    """This will publish the records whose time has come, in the name of the person who chose it."""
    for site in Site.objects.submitted().filter(publish_at__lte=now).select_related("publish_by"):
        publish_scheduled(site, now)


@transaction.atomic
def publish_scheduled(site: Site, now: datetime) -> None:
    """This will publish one record; when its person may not any more, it waits for review again and the log says so."""
    try:
        if site.publish_by is None or not site.publish_by.is_active:
            raise PermissionDenied
        services.publish_site(site=site, by=site.publish_by, now=now)
    except (PermissionDenied, services.CannotChange):
        Site.objects.filter(pk=site.pk).update(publish_at=None, publish_by=None, revision=F("revision") + 1)
        log(site, "unscheduled", by=None, now=now)


@chore("catalogue.judge_again", hour=2)
def judge_all(now: datetime) -> None:
    """This will compute the readiness of every record anew: what was checked lately may be so no longer."""
    today = localtime(now).date()
    for site in Site.objects.complete().iterator(chunk_size=500):
        level = readiness_level(site, today)
        if level != site.readiness:
            Site.objects.filter(pk=site.pk).update(readiness=level)
