"""Changes of sources: added, edited, paused, asked to be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.outbox import enqueue
from vetovoima.activity.services import field_changes, record
from vetovoima.collection.models.sources import Source, SourceRecord
from vetovoima.reference.models import Municipality

from . import rules
from .validators import clean_columns, clean_source

HARVEST = "collection.harvest"
FIELDS = ("title", "kind", "address", "layer", "record_kind", "licence", "schedule", "ending")
#: what decides what a reading gives: when it changes, the next run reads everything anew
MEANING = ("kind", "address", "layer", "record_kind", "columns", "ending")


class CannotChangeSource(Exception):
    """The source cannot be changed so; the text says why and what to do."""


def _require(user: User | None, municipality_id: int) -> None:
    if user is not None and not rules.can_keep_sources_of(user, municipality_id):
        raise PermissionDenied


def _note(what: str, source: Source, by: User | None, now: datetime, **more: Any) -> None:
    organisation = municipality_organisation(source.municipality_id)
    record(
        f"collection.source.{what}", actor=by, kind="source", code=str(source.pk), now=now,
        organisations=[organisation] if organisation else [], **more,
    )  # fmt: skip


def _refuse_double(source: Source) -> None:
    same = Source.objects.filter(
        municipality_id=source.municipality_id, address=source.address, layer=source.layer,
        record_kind=source.record_kind,
    ).exclude(pk=source.pk)  # fmt: skip
    if same.exists():
        raise ValidationError(
            {"address": _("The municipality has a source with this address, layer and kind already.")}
        )


@transaction.atomic
def add_source(
    *,
    municipality: Municipality,
    values: Mapping[str, Any],
    columns: Any = (),
    by: User | None,
    now: datetime,
) -> Source:
    """This will add a source; its first run is asked for by itself unless it is only read by hand.

    Raises PermissionDenied, and ValidationError by field.
    """
    _require(by, municipality.pk)
    source = Source(municipality=municipality, owner=by, created_at=now, **clean_source(values))
    source.columns = clean_columns(list(columns))
    _refuse_double(source)
    source.save()
    _note("added", source, by, now)
    return source


@transaction.atomic
def edit_source(
    *,
    source: Source,
    values: Mapping[str, Any],
    columns: Any = None,
    by: User | None,
    now: datetime,
    revision: int,
) -> Source:
    """This will change a source; `columns` None keeps the mapping. Raises PermissionDenied, CannotChangeSource when
    somebody else changed it meanwhile, and ValidationError by field."""
    fresh = Source.objects.select_for_update().get(pk=source.pk)
    _require(by, fresh.municipality_id)
    if fresh.revision != revision:
        raise CannotChangeSource(
            _(
                "Somebody else changed this source while you had the page open. Look at it again, then repeat your change."
            )
        )
    before = {name: getattr(fresh, name) for name in (*FIELDS, "columns")}
    for name, value in clean_source(values).items():
        setattr(fresh, name, value)
    if columns is not None:
        fresh.columns = clean_columns(list(columns))
    _refuse_double(fresh)
    changes = field_changes(before, {name: getattr(fresh, name) for name in (*FIELDS, "columns")})
    if not changes:
        return fresh
    if set(changes) & set(MEANING):
        _read_anew(fresh)
    fresh.revision += 1
    fresh.failures = 0
    fresh.save()
    _note("changed", fresh, by, now, changes=changes)
    return fresh


def _read_anew(source: Source) -> None:
    """The next run reads everything, and compares it with nothing that was before."""
    source.etag = source.modified = source.content_hash = ""
    source.shape = {}


@transaction.atomic
def accept_shape(*, source: Source, by: User | None, now: datetime) -> Source:
    """This will have the worker read a source as it is now: its columns or units have changed, and that is right.

    Raises PermissionDenied.
    """
    fresh = Source.objects.select_for_update().get(pk=source.pk)
    _require(by, fresh.municipality_id)
    _read_anew(fresh)
    fresh.revision += 1
    fresh.save()
    _note("accepted", fresh, by, now)
    return ask_for_run(source=fresh, by=by, now=now)


@transaction.atomic
def pause_source(*, source: Source, is_active: bool, by: User | None, now: datetime) -> Source:
    """This will stop the scheduled runs of a source, or begin them again. Raises PermissionDenied."""
    fresh = Source.objects.select_for_update().get(pk=source.pk)
    _require(by, fresh.municipality_id)
    if fresh.is_active != is_active:
        fresh.is_active = is_active
        fresh.failures = 0
        fresh.save(update_fields=["is_active", "failures"])
        _note("resumed" if is_active else "paused", fresh, by, now)
    return fresh


@transaction.atomic
def remove_source(*, source: Source, by: User | None, now: datetime) -> None:
    """This will remove a source with its log; the records that came from it stay. Raises PermissionDenied."""
    fresh = Source.objects.select_for_update().get(pk=source.pk)
    _require(by, fresh.municipality_id)
    _note("removed", fresh, by, now, data={"title": fresh.title, "address": fresh.address})
    fresh.delete()


@transaction.atomic
def ask_for_run(*, source: Source, by: User | None, now: datetime) -> Source:
    """This will have the worker read a source as soon as it can. Raises PermissionDenied."""
    fresh = Source.objects.select_for_update().get(pk=source.pk)
    _require(by, fresh.municipality_id)
    fresh.turn += 1
    fresh.save(update_fields=["turn"])
    payload = {"source": fresh.pk, "by": by.pk if by else None}
    enqueue(HARVEST, f"{HARVEST}:{fresh.pk}:{fresh.turn}", payload, now=now)
    return fresh


@transaction.atomic
def forget_record(*, source: Source, code: str, by: User | None, now: datetime) -> None:
    """This will end the flag on a record that the source no longer has: somebody has decided what becomes of it.

    Raises PermissionDenied.
    """
    _require(by, source.municipality_id)
    found, _what = SourceRecord.objects.filter(source=source, code=code).exclude(missing_since=None).delete()
    if found:
        _note("record_forgotten", source, by, now, data={"record": code})
