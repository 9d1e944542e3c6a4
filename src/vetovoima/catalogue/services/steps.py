"""What every change of a record begins and ends with: the lock, the refusals, the logged fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.models import Fact
from vetovoima.activity.services import record
from vetovoima.catalogue.enums import SiteState
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.quality import completeness_percent, last_checked, readiness_level


class CannotChange(Exception):
    """The record cannot be changed so now; the text says why and what to do."""


class NotConfirmed(CannotChange):
    """The record lacks something that is asked before it is public, and nobody has said that it goes without."""


class ChangedMeanwhile(Exception):
    """Somebody else saved the record after this person opened it."""


def log(
    site: Site,
    verb: str,
    *,
    by: User | None,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    **more: Any,
) -> Fact:
    """This will record one fact about a site, seen by its municipality and the council.

    It names the revision that it led to: what happened since somebody opened the record is told by that.
    """
    owner = municipality_organisation(site.municipality_id)
    return record(
        f"catalogue.site.{verb}", actor=by, kind="site", code=site.code, now=now,
        sharing=Sharing.OWNER, organisations=[owner] if owner else [],
        data={**(data or {}), "revision": site.revision}, **more,
    )  # fmt: skip


SCHEDULE = ("publish_at", "publish_by", "publish_revision")


def end_schedule(site: Site) -> bool:
    """This will take back a later publishing; returns whether there was any. Nothing is saved.

    What was reviewed is what is published: every step out of review and every change of what the record says ends it.
    """
    was_scheduled = site.publish_at is not None
    site.publish_at = site.publish_by = None
    site.publish_revision = 0
    return was_scheduled


def locked(site: Site, revision: int | None = None) -> Site:
    """The row as it is now, held until the transaction ends; raises ChangedMeanwhile for another revision."""
    fresh = Site.objects.select_for_update().get(pk=site.pk)
    if revision is not None and fresh.revision != revision:
        raise ChangedMeanwhile
    return fresh


def judge(site: Site) -> None:
    """This will compute the quality numbers of a record from what it says now; nothing is saved."""
    site.completeness = completeness_percent(site)
    site.readiness = readiness_level(site, localdate())
    site.checked_on = last_checked(site)


def touch(site: Site, now: datetime) -> None:
    """This will note that the working copy differs from what is public, after a change outside its own columns."""
    judge(site)
    site.state = SiteState.DRAFT
    end_schedule(site)
    site.revision += 1
    site.updated_at = now
    site.save(update_fields=["state", "revision", "updated_at", "completeness", "readiness", *SCHEDULE])
