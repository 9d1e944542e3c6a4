"""Unsaved text: kept on the server while somebody types, gone when it is saved, discarded or a month old.

A draft is its writer's alone and says nothing of the record, so no fact is recorded of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.activity.schedule import chore

from . import rules
from .models import Site, SiteDraft
from .registry import GROUP_LABELS
from .services import CannotChange

MAX_CHARACTERS = 400_000
KEPT_FOR = timedelta(days=30)


def drafts_of(user: User, site: Site) -> list[SiteDraft]:
    """What a person has left unsaved in a record, in the order of its groups."""
    order = list(GROUP_LABELS)
    found = SiteDraft.objects.filter(site=site, user=user)
    return sorted(found, key=lambda one: order.index(one.group) if one.group in order else len(order))


@transaction.atomic
def keep_draft(
    *, site: Site, group: str, data: Mapping[str, Any], revision: int, by: User, now: datetime
) -> SiteDraft | None:
    """This will keep what a person has typed into a group; without anything typed it will forget the draft.

    Raises PermissionDenied, and CannotChange when the text is too long to keep.
    """
    if not rules.can_edit(by, site) or group not in GROUP_LABELS:
        raise PermissionDenied
    if not data:
        SiteDraft.objects.filter(site=site, user=by, group=group).delete()
        return None
    if len(json.dumps(data)) > MAX_CHARACTERS:
        raise CannotChange(_("The text is too long to be kept unsaved. Save it, or shorten it first."))
    draft, _created = SiteDraft.objects.update_or_create(
        site=site, user=by, group=group, defaults={"data": dict(data), "revision": revision, "at": now}
    )
    return draft


@transaction.atomic
def discard_drafts(*, site: Site, by: User, groups: Iterable[str] | None = None) -> int:
    """This will forget what a person has left unsaved in a record, all of it or that of some groups."""
    found = SiteDraft.objects.filter(site=site, user=by)
    if groups is not None:
        found = found.filter(group__in=list(groups))
    count, _details = found.delete()
    return count


@chore("catalogue.drafts", hour=4)
def purge_drafts(now: datetime) -> None:
    """This will forget drafts that nobody has touched for a month."""
    SiteDraft.objects.filter(at__lt=now - KEPT_FOR).delete()
