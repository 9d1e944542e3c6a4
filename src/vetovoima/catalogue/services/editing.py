"""Making and changing a working copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.activity.services import field_changes
from vetovoima.catalogue import rules
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import EDITABLE, SiteKind, SiteState
from vetovoima.catalogue.models import Site, SiteNumber
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import region

from .steps import CannotChange, end_schedule, judge, locked, log
from .values import apply_values, relate


def next_codes(municipality: Municipality, count: int = 1) -> list[str]:
    """This will give the next codes of a municipality, such as KAI-KUH-0012; never the same twice."""
    found = region()
    counter, _created = SiteNumber.objects.select_for_update().get_or_create(municipality=municipality)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    prefix = f"{found.code_prefix if found else 'REG'}-{municipality.site_code}"
    return [f"{prefix}-{number:04d}" for number in range(first, first + count)]


@transaction.atomic
def create_site(
    *,
    municipality: Municipality,
    kind: str,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    is_example: bool = False,
    external_key: str = "",
) -> Site:
    """This will make a draft with the given fields. `by` None is the load of a data pack.

    Raises PermissionDenied, and ValidationError by field.
    """
    if by is not None and not rules.can_create_in(by, municipality.pk):
        raise PermissionDenied
    if kind not in SiteKind.values:
        raise ValidationError({"kind": _("Choose one of the list.")})
    site = Site(
        code=next_codes(municipality)[0], kind=kind, municipality=municipality, is_example=is_example,
        external_key=external_key, created_at=now, updated_at=now,
    )  # fmt: skip
    apply_values(site, values)
    site.save()
    relate(site, values)
    judge(site)
    site.save(update_fields=["completeness", "readiness", "checked_on"])
    log(site, "created", by=by, now=now)
    return site


@transaction.atomic
def edit_site(
    *, site: Site, values: Mapping[str, Any], by: User | None, now: datetime, revision: int | None
) -> Site:
    """This will change fields of the working copy; what is public stays until the changes are published.

    `revision` is the one the person opened. Raises PermissionDenied, ChangedMeanwhile, CannotChange while the record
    is under review, and ValidationError by field. Nothing is written when nothing differs.
    """
    fresh = locked(site, revision)
    require_editable(fresh, by)
    before = snapshot(fresh)
    apply_values(fresh, values)
    relate(fresh, values)
    return store_changes(fresh, before, "edited", by=by, now=now)


def require_editable(site: Site, by: User | None) -> None:
    """This will refuse whoever may not edit the record now: PermissionDenied, or CannotChange under review."""
    if by is None or rules.can_edit(by, site):
        return
    if site.state not in EDITABLE and rules.can_view(by, site):
        raise CannotChange(_("The record is being reviewed. It can be edited again when the review is done."))
    raise PermissionDenied


def store_changes(
    site: Site, before: dict[str, Any], verb: str, *, by: User | None, now: datetime, **more: Any
) -> Site:
    """This will save a changed working copy and record what differs; nothing is written when nothing does."""
    changes = field_changes(before, snapshot(site))
    if not changes:
        return site
    judge(site)
    site.state = SiteState.DRAFT
    was_scheduled = end_schedule(site)
    site.revision += 1
    site.updated_at = now
    site.save()
    if was_scheduled:
        log(site, "unscheduled", by=by, now=now, data={"changed": True})
    log(site, verb, by=by, now=now, changes=changes, **more)
    return site
