"""Changes of partner channels: the register, and the log of conversations with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.activity.services import field_changes, record
from vetovoima.common.fields import as_translated

from . import rules
from .models import PartnerChannel, PartnerTalk
from .queries import KIND_CHANNEL
from .validators import TAKEN_KEYS, Errors, channel_errors, check_line

TEXTS = ("name", "purpose", "rules")
LISTS = ("kinds", "languages")
PLAIN = ("kind", "website", "email", "fee", "fee_currency", "fee_period", "active_from", "active_until", "answer_days",
         "talk_months", "talk_on", "note", "source")  # fmt: skip
RELATED = ("organisation", "contact")
FIELDS = (*TEXTS, *LISTS, *PLAIN, *RELATED)
LONGEST_TOPIC = 500


class CannotDeliver(Exception):
    """The change is refused; the message is a sentence for whoever asked."""


class ChangedMeanwhile(CannotDeliver):
    """Somebody else saved since the person opened the form."""


@transaction.atomic
def create_partner(*, values: Mapping[str, Any], by: User | None, now: datetime) -> PartnerChannel:
    """This will add a channel. Raises PermissionDenied, and ValidationError by field."""
    if by is not None and not rules.can_keep_channels(by):
        raise PermissionDenied
    channel = PartnerChannel(created_at=now, updated_at=now)
    _take(channel, values)
    channel.key = _free_key(str(channel.name))
    channel.save(force_insert=True)
    _note(channel, "created", by, now)
    return channel


@transaction.atomic
def edit_partner(
    *,
    channel: PartnerChannel,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    revision: int | None,
) -> PartnerChannel:
    """This will change a channel; `revision` None does not ask whether somebody else changed it.

    Raises PermissionDenied, ChangedMeanwhile, and ValidationError by field.
    """
    stored = _held(channel, by)
    if revision is not None and stored.revision != revision:
        raise ChangedMeanwhile(_("Somebody else saved this while you edited it."))
    before = _snapshot(stored)
    _take(stored, values)
    changes = field_changes(before, _snapshot(stored))
    if not changes:
        return stored
    stored.revision, stored.updated_at = stored.revision + 1, now
    stored.save()
    # Which fields, not what was in them: the note is the council's own.
    _note(stored, "edited", by, now, {"fields": sorted(changes)})
    return stored


@transaction.atomic
def note_talk(
    *,
    channel: PartnerChannel,
    happened_on: date,
    topic: str,
    next_on: date | None,
    by: User | None,
    now: datetime,
) -> PartnerTalk:
    """This will note a conversation with a channel, and when the next one is.

    Without `next_on` the plan's rhythm says it; without a plan nothing is due. Raises PermissionDenied, and
    ValidationError by field.
    """
    stored = _held(channel, by)
    errors: Errors = {}
    if happened_on > localtime(now).date():
        errors["happened_on"] = [ValidationError(_("The day has not come yet."), code="future")]
    if not topic.strip():
        errors["topic"] = [ValidationError(_("Say what you spoke about."), code="required")]
    elif wrong := check_line(topic, LONGEST_TOPIC):
        errors["topic"] = wrong
    if next_on is not None and next_on <= happened_on:
        errors["next_on"] = [ValidationError(_("The next time comes after this one."), code="order")]
    if errors:
        raise ValidationError(errors)
    talk = PartnerTalk.objects.create(
        channel=stored,
        happened_on=happened_on,
        topic=topic.strip(),
        noted_by=str(by) if by else "",
        noted_at=now,
    )
    planned = next_on or _after(happened_on, stored.talk_months)
    if planned is None or stored.talk_on is None or planned > stored.talk_on or next_on is not None:
        stored.talk_on = planned
        stored.updated_at = now
        stored.save(update_fields=["talk_on", "updated_at"])
    _note(stored, "talked", by, now, {"on": happened_on.isoformat()})
    return talk


def _after(day: date, months: int | None) -> date | None:
    """The same day some months on, or the last of that month."""
    if months is None:
        return None
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, min(day.day, last))
        except ValueError:
            continue
    return None


def _held(channel: PartnerChannel, by: User | None) -> PartnerChannel:
    """The row, held until the transaction ends; raises PermissionDenied."""
    if by is not None and not rules.can_keep_channels(by):
        raise PermissionDenied
    return PartnerChannel.objects.select_for_update(of=("self",)).get(pk=channel.pk)


def _free_key(name: str) -> str:
    """A key made of the name that no channel has."""
    stem = slugify(name)[:50] or "channel"
    taken = (
        set(PartnerChannel.objects.filter(key__startswith=stem).values_list("key", flat=True)) | TAKEN_KEYS
    )
    return next(
        key
        for number in range(1, 10_000)
        if (key := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _take(channel: PartnerChannel, values: Mapping[str, Any]) -> None:
    """Set the values given; raises ValidationError by field."""
    for name, value in values.items():
        if name in TEXTS:
            setattr(channel, name, as_translated(value))
        elif name in LISTS:
            setattr(channel, name, list(dict.fromkeys(value)))
        elif name in FIELDS:
            setattr(channel, name, value)
    if channel.fee is None:
        channel.fee_currency = channel.fee_period = ""
    else:
        channel.fee = Decimal(str(channel.fee)).quantize(Decimal("0.01"))
    if errors := channel_errors(channel):
        raise ValidationError(errors)


def _snapshot(channel: PartnerChannel) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(channel, name) for name in (*PLAIN, *LISTS)}
    found |= {name: dict(getattr(channel, name)) for name in TEXTS}
    return {**found, **{name: getattr(channel, f"{name}_id") for name in RELATED}}


def _note(
    channel: PartnerChannel, did: str, by: User | None, now: datetime, data: Mapping[str, Any] | None = None
) -> None:
    record(
        f"syndication.partner.{did}", actor=by, kind=KIND_CHANNEL, code=channel.key, now=now, data=data or {}
    )
