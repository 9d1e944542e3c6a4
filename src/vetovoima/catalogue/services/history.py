"""Going back: undoing an edit, restoring a version that was published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.measuring import measure
from vetovoima.catalogue.models import Site, SiteVersion
from vetovoima.catalogue.previews import UNDOABLE, restorable_values, undoable_values
from vetovoima.catalogue.queries import read_back

from .editing import require_editable, store_changes
from .steps import CannotChange, locked
from .values import relate


@transaction.atomic
def undo_edit(*, site: Site, fact_id: int, by: User, now: datetime) -> Site:
    """This will set every field of one edit back to what it said before, where nobody has changed it since.

    Raises PermissionDenied, and CannotChange when there is no such edit or all of it was changed again.
    """
    fresh = locked(site)
    require_editable(fresh, by)
    fact = Fact.objects.filter(pk=fact_id, kind="site", code=site.code, type__in=UNDOABLE).first()
    if fact is None:
        raise CannotChange(_("This change cannot be undone."))
    before = snapshot(fresh)
    wanted = undoable_values(fact, before)
    if not wanted:
        raise CannotChange(_("Everything in this change was changed again later."))
    _set_back(fresh, wanted)
    return store_changes(fresh, before, "undone", by=by, now=now, data={"of": fact.pk})


@transaction.atomic
def restore_version(*, site: Site, number: int, by: User, now: datetime) -> Site:
    """This will make the working copy say what a published version said; photographs and files stay as they are.

    Raises PermissionDenied, and CannotChange when there is no such version.
    """
    fresh = locked(site)
    require_editable(fresh, by)
    version = SiteVersion.objects.filter(site=fresh, number=number).first()
    if version is None:
        raise CannotChange(_("There is no version %(number)s.") % {"number": number})
    before = snapshot(fresh)
    _set_back(fresh, restorable_values(version, before))
    return store_changes(fresh, before, "restored", by=by, now=now, data={"version": number})


def _set_back(site: Site, wanted: dict[str, Any]) -> None:
    """Set the values, store the relations, and measure again when the shape moved."""
    read_back(site, wanted)
    relate(site, site.given)
    site.given = {}
    if "geometry" in wanted:
        measure(site)
