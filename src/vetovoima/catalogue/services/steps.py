"""What every change of a record begins and ends with: the lock, the refusals, the logged fact."""

from __future__ import annotations

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
from vetovoima.catalogue.quality import completeness, last_checked, readiness_level


class CannotChange(Exception):
    """The record cannot be changed so now; the text says why and what to do."""


class ChangedMeanwhile(Exception):
    """Somebody else saved the record after this person opened it."""


def log(site: Site, verb: str, *, by: User | None, now: datetime, **more: Any) -> Fact:
    """This will record one fact about a site, seen by its municipality and the council."""
    owner = municipality_organisation(site.municipality_id)
    return record(
        f"catalogue.site.{verb}", actor=by, kind="site", code=site.code, now=now,
        sharing=Sharing.OWNER, organisations=[owner] if owner else [], **more,
    )  # fmt: skip


def locked(site: Site, revision: int | None = None) -> Site:
    """The row as it is now, held until the transaction ends; raises ChangedMeanwhile for another revision."""
    fresh = Site.objects.select_for_update().get(pk=site.pk)
    if revision is not None and fresh.revision != revision:
        raise ChangedMeanwhile
    return fresh


def judge(site: Site) -> None:
    """This will compute the quality numbers of a record from what it says now; nothing is saved."""
    site.completeness = completeness(site).percent
    site.readiness = readiness_level(site, localdate())
    site.checked_on = last_checked(site)


def touch(site: Site, now: datetime) -> None:
    """This will note that the working copy differs from what is public, after a change outside its own columns."""
    judge(site)
    site.state = SiteState.DRAFT
    site.revision += 1
    site.updated_at = now
    site.save(update_fields=["state", "revision", "updated_at", "completeness", "readiness"])
