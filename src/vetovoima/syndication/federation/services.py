"""Changes of what is followed, by people: added, changed, paused, resumed, ended, asked to be read."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vetovoima.accounts.models import User
from vetovoima.activity.services import field_changes, record
from vetovoima.syndication.services import touch_public

from . import rules
from .choosing import is_chosen
from .enums import FollowReason, FollowState
from .models import FollowedSource
from .queries import KIND
from .turns import put_turn
from .validators import FIELDS, clean_followed

#: regions that are followed: more are no joint map any more
MOST_SOURCES = 30
#: what decides what a reading gives: when it changes, the next one reads everything anew
MEANING = ("kind", "address", "layer", "language", "choice", "chosen", "licence")


class CannotChangeFollowed(Exception):
    """What is followed cannot be changed so; the text says why and what to do."""


def record_followed(did: str, source: FollowedSource, *, by: User | None, now: datetime, **more: Any) -> None:
    """This will record one fact about a followed source: its server's name, never its whole address."""
    data = {"title": dict(source.title), "host": source.host, **more.pop("data", {})}
    record(f"syndication.followed.{did}", actor=by, kind=KIND, code=source.key, now=now, data=data, **more)


def _held(source: FollowedSource, by: User | None) -> FollowedSource:
    """The row as it is now, held until the transaction ends; raises PermissionDenied."""
    if by is not None and not rules.can_edit(by):
        raise PermissionDenied
    fresh = FollowedSource.objects.select_for_update(of=("self",)).filter(pk=source.pk).first()
    if fresh is None:
        raise CannotChangeFollowed(_("It is not followed any more."))
    return fresh


def _refuse_double(address: str, layer: str, besides: int = 0) -> None:
    if FollowedSource.objects.filter(address=address, layer=layer).exclude(pk=besides).exists():
        raise ValidationError({"address": _("This address is followed already.")})


@transaction.atomic
def follow_source(*, values: Mapping[str, Any], by: User | None, now: datetime) -> FollowedSource:
    """This will begin to follow a source; its first reading is asked for at once.

    Raises PermissionDenied, and ValidationError by field.
    """
    if by is not None and not rules.can_follow(by):
        raise PermissionDenied
    cleaned = clean_followed(values)
    _refuse_double(cleaned["address"], cleaned["layer"])
    if FollowedSource.objects.count() >= MOST_SOURCES:
        raise ValidationError({"title": _("Thirty sources are followed already. End one first.")})
    source = FollowedSource.objects.create(
        key=_free_key(str(cleaned["title"])), owner=by, state_at=now, created_at=now, due_at=now, **cleaned
    )
    record_followed("added", source, by=by, now=now, data={"kind": source.kind})
    put_turn(source, now)
    return source


def _free_key(title: str) -> str:
    """A key that people can read in an address; with some letters more when it is taken."""
    key = slugify(title)[:40] or "region"
    return key if not FollowedSource.objects.filter(key=key).exists() else f"{key}-{secrets.token_hex(3)}"


@transaction.atomic
def edit_followed(
    *, source: FollowedSource, values: Mapping[str, Any], by: User | None, now: datetime, revision: int | None
) -> FollowedSource:
    """This will change what is followed; where that changes what comes, it is read anew at once.

    `revision` None does not ask whether somebody else changed it. Raises PermissionDenied, CannotChangeFollowed when
    somebody did, and ValidationError by field.
    """
    fresh = _held(source, by)
    if revision is not None and fresh.revision != revision:
        raise CannotChangeFollowed(
            _(
                "Somebody else changed this while you had the page open. Look at it again, then repeat your change."
            )
        )
    before = {name: getattr(fresh, name) for name in FIELDS}
    after = clean_followed({**before, **values})
    _refuse_double(after["address"], after["layer"], fresh.pk)
    changed = sorted(field_changes(before, after))
    if not changed:
        return fresh
    for name, value in after.items():
        setattr(fresh, name, value)
    if {"kind", "address", "layer"} & set(changed):
        fresh.licence_said = ""
    if set(changed) & set(MEANING):
        read_anew(fresh, now)
    if {"choice", "chosen"} & set(changed):
        _drop_unchosen(fresh)
    fresh.revision += 1
    fresh.save()
    # Its records stand under its name and those who answer for it.
    record_followed("changed", fresh, by=by, now=now, data={"fields": changed})
    touch_public()
    if fresh.state == FollowState.ACTIVE and set(changed) & set(MEANING):
        put_turn(fresh, now)
    return fresh


def _drop_unchosen(source: FollowedSource) -> None:
    """What is not wanted any more goes at once, whether the source can be read just now or not."""
    others = [one.pk for one in source.records.all() if not is_chosen(one, source.choice, source.chosen)]
    source.records.filter(pk__in=others).delete()


def read_anew(source: FollowedSource, now: datetime) -> None:
    """This will have the next reading take everything, and what failed before is forgotten. Nothing is saved."""
    source.etag = source.modified = ""
    source.failures = 0
    source.due_at = now


@transaction.atomic
def pause_followed(*, source: FollowedSource, by: User | None, now: datetime) -> FollowedSource:
    """This will read a source no more until somebody resumes. What is shown of it says when it was last seen, and is
    hidden after seven days. Raises PermissionDenied."""
    fresh = _held(source, by)
    if fresh.state == FollowState.ACTIVE:
        stop(fresh, FollowState.PAUSED, FollowReason.PERSON, now)
        record_followed("paused", fresh, by=by, now=now)
    return fresh


def stop(source: FollowedSource, state: FollowState, reason: FollowReason, now: datetime) -> None:
    """This will end reading, by a person or by us, in the caller's transaction."""
    source.state, source.reason, source.state_at = state, reason, now
    source.save(update_fields=["state", "reason", "state_at"])
    touch_public()


@transaction.atomic
def resume_followed(*, source: FollowedSource, by: User | None, now: datetime) -> FollowedSource:
    """This will read a source again, at once and everything. Raises PermissionDenied."""
    fresh = _held(source, by)
    if fresh.state == FollowState.ACTIVE:
        return fresh
    read_anew(fresh, now)
    fresh.state, fresh.reason, fresh.state_at, fresh.owner = FollowState.ACTIVE, "", now, fresh.owner or by
    fresh.save()
    record_followed("resumed", fresh, by=by, now=now)
    put_turn(fresh, now)
    touch_public()
    return fresh


@transaction.atomic
def refresh_followed(*, source: FollowedSource, by: User | None, now: datetime) -> FollowedSource:
    """This will have the worker read a source as soon as it can.

    Raises PermissionDenied, and CannotChangeFollowed for one that is not followed just now.
    """
    fresh = _held(source, by)
    if fresh.state != FollowState.ACTIVE:
        raise CannotChangeFollowed(_("Nothing is read while it is paused. Resume it first."))
    record_followed("asked", fresh, by=by, now=now)
    put_turn(fresh, now, by)
    return fresh


@transaction.atomic
def unfollow_source(*, source: FollowedSource, by: User | None, now: datetime) -> None:
    """This will end following: the source's records go at once, with its log. Raises PermissionDenied."""
    fresh = _held(source, by)
    record_followed("removed", fresh, by=by, now=now, data={"records": fresh.records.count()})
    fresh.delete()
    touch_public()
