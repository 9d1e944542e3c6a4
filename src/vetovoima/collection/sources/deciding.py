"""Deciding where a source and a person disagree about a field: the source's value is taken, or the person's stays."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.services import edit_site
from vetovoima.collection.imports.applying import AFTER, Related, values_of
from vetovoima.collection.imports.comparing import taken_over
from vetovoima.collection.models.sources import Source, SourceRecord

from . import rules
from .services import CannotChangeSource


@transaction.atomic
def take_said(*, source: Source, code: str, field: str, by: User | None, now: datetime) -> Site:
    """This will change a field of a record to what the source says.

    Raises PermissionDenied, CannotChangeSource when it is decided already, and as `catalogue.services.edit_site`.
    """
    found = _open_conflict(source, code, field, by)
    site = Site.objects.complete().filter(code=code).first()
    if site is None:
        raise CannotChangeSource(_("There is no such record any more."))
    changes = taken_over(site, field, found.conflicts[field]["says"])
    values = values_of(site, changes, AFTER, {}, Related())
    site = edit_site(site=site, values=values, by=by, now=now, revision=None)
    _close(found, field)
    _note("value_taken", source, code, field, by, now)
    return site


@transaction.atomic
def keep_ours(*, source: Source, code: str, field: str, by: User | None, now: datetime) -> None:
    """This will leave a field as a person wrote it; it is told again when the source says something else again.

    Raises PermissionDenied, and CannotChangeSource when it is decided already.
    """
    found = _open_conflict(source, code, field, by)
    _close(found, field)
    _note("value_kept", source, code, field, by, now)


def _open_conflict(source: Source, code: str, field: str, by: User | None) -> SourceRecord:
    if by is not None and not rules.can_keep_sources_of(by, source.municipality_id):
        raise PermissionDenied
    found = SourceRecord.objects.select_for_update().filter(source=source, code=code).first()
    if found is None or field not in found.conflicts:
        raise CannotChangeSource(_("That has been decided already."))
    return found


def _close(found: SourceRecord, field: str) -> None:
    found.conflicts = {name: one for name, one in found.conflicts.items() if name != field}
    found.save(update_fields=["conflicts"])


def _note(what: str, source: Source, code: str, field: str, by: User | None, now: datetime) -> None:
    organisation = municipality_organisation(source.municipality_id)
    record(
        f"collection.source.{what}", actor=by, kind="source", code=str(source.pk), now=now,
        data={"record": code, "field": field}, organisations=[organisation] if organisation else [],
    )  # fmt: skip
