"""Taking back records that an import made: never published, never edited since. Everything else is withdrawn instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from vetovoima.accounts.models import Organisation, User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record_many

from .models import Site
from .services import CannotChange


@transaction.atomic
def remove_unpublished(
    *, sites: Sequence[Site], by: User | None, now: datetime, data: Mapping[str, Any] | None = None
) -> list[str]:
    """This will delete records that were never public; their codes are never given again. Returns the codes.

    Raises CannotChange when one of them was ever published: others may hold its address.
    """
    if any(site.latest_version for site in sites):
        raise CannotChange
    places = {site.municipality_id for site in sites}
    owners = {place: municipality_organisation(place) for place in places}
    entries: list[tuple[str, dict[str, Any], Organisation | None]] = [
        (site.code, {}, owners[site.municipality_id]) for site in sites
    ]
    record_many("catalogue.site.removed", entries, actor=by, kind="site", now=now, data=data)
    keys = [site.pk for site in sites]
    for start in range(0, len(keys), 500):
        Site.objects.filter(pk__in=keys[start : start + 500], latest_version=0).delete()
    return [site.code for site in sites]
