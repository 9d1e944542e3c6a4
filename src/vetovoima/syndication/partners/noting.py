"""What happened to a delivery outside the house, as somebody noted it: sent, received, shown, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.accounts.enums import Sharing
from vetovoima.accounts.models import User
from vetovoima.activity.models import Fact
from vetovoima.activity.registry import subscribe
from vetovoima.common.fields import Translated
from vetovoima.media.files import delete_file, store_file

from . import rules, validators
from .enums import GIVEN, DeliveryState, Outcome, Way
from .models import DeliveredRecord, PartnerDelivery
from .services import CannotDeliver, day_error, held, record_delivery
from .validators import Errors

MOST_COUNTED = 1_000_000


@transaction.atomic
def mark_sent(
    *, delivery: PartnerDelivery, sent_on: date, way: str, sent_to: str, by: User | None, now: datetime
) -> PartnerDelivery:
    """This will note that the packed files were given to the channel: when, how and to which address or person.

    From then on nothing of it changes. Raises PermissionDenied, CannotDeliver for one that is not packed, was sent
    already or holds a record that had been withdrawn before that day, and ValidationError by field.
    """
    stored = _held_for_noting(delivery, by)
    if stored.state != DeliveryState.DRAFT:
        raise CannotDeliver(_("That it was sent is noted already. Somebody else may have done it just now."))
    if stored.packed_at is None:
        raise CannotDeliver(_("Make the files first: what is sent is kept as it was sent."))
    errors: Errors = {
        "sent_on": day_error(sent_on, now, not_before=localtime(stored.packed_at).date()),
        "sent_to": validators.check_line(sent_to, 300),
        "way": [] if way in Way.values else [ValidationError(_("Choose how it was sent."), code="choice")],
    }
    _raise(errors)
    _refuse_withdrawn(stored, sent_on)
    stored.sent_on, stored.way, stored.sent_to = sent_on, way, sent_to.strip()
    stored.sent_by, stored.sent_by_name = by, str(by) if by else ""
    stored.state = DeliveryState.SENT
    return _store(stored, "sent", by, now, {"on": sent_on.isoformat(), "way": way})


def _refuse_withdrawn(delivery: PartnerDelivery, sent_on: date) -> None:
    """Raise CannotDeliver for a record that was not public any more on the day of sending."""
    for row in delivery.records.exclude(withdrawn_at=None):
        assert row.withdrawn_at is not None
        day = localtime(row.withdrawn_at).date()
        # On the day itself it may have gone out before: then they are told at once.
        if day < sent_on:
            said = _(
                "%(code)s was withdrawn on %(date)s. Edit the delivery, leave it out and make the files again."
            )
            raise CannotDeliver(said % {"code": row.code, "date": day.isoformat()})


@transaction.atomic
def note_receipt(
    *,
    delivery: PartnerDelivery,
    received_on: date,
    reference: str,
    note: str,
    by: User | None,
    now: datetime,
    content: bytes | None = None,
    filename: str = "",
) -> PartnerDelivery:
    """This will note that the channel has confirmed the delivery; `content` is their answer as PDF or picture.

    Can be noted again; a new file takes the place of the one before. Raises PermissionDenied, CannotDeliver before it was
    sent, and ValidationError by field.
    """
    stored = _held_given(delivery, by)
    _raise(
        {
            "received_on": day_error(received_on, now, not_before=stored.sent_on),
            "reference": validators.check_line(reference, 120),
            "note": validators.check_note(note),
        }
    )
    before = stored.receipt_file
    if content is not None:
        stored.receipt_file = _kept_file(stored, content, filename, by, now)
    stored.received_on, stored.receipt_reference, stored.receipt_note = (
        received_on,
        reference.strip(),
        note.strip(),
    )
    _reach(stored, DeliveryState.RECEIVED)
    told = {"on": received_on.isoformat(), "with_file": content is not None}
    noted = _store(stored, "received", by, now, told)
    if before is not None and content is not None:
        delete_file(before)
    return noted


def _kept_file(
    delivery: PartnerDelivery, content: bytes, filename: str, by: User | None, now: datetime
) -> Any:
    """The channel's answer, stored for the house alone; raises ValidationError at `file`."""
    said = {
        "title": Translated(en=f"Receipt {delivery.code}"), "description": Translated(en=f"Receipt {delivery.code}"),
        "sharing": Sharing.OWNER,
    }  # fmt: skip
    return store_file(content=content, filename=filename, values=said, by=by, now=now)


@transaction.atomic
def note_shown(
    *,
    delivery: PartnerDelivery,
    shown_on: date,
    url: str,
    versions: Mapping[str, int | None],
    by: User | None,
    now: datetime,
) -> PartnerDelivery:
    """This will note where the channel shows the delivery, and which version of each record was seen there.

    `versions` is by code; None is not seen there. Can be noted again whenever somebody looks. Raises PermissionDenied,
    CannotDeliver before it was sent, and ValidationError by field.
    """
    stored = _held_given(delivery, by)
    rows = {row.code: row for row in stored.records.all()}
    wrong = [
        code for code, version in versions.items()
        if code not in rows or (version is not None and not 1 <= version <= 2**31 - 1)
    ]  # fmt: skip
    seen = [version for version in versions.values() if version is not None]
    errors: Errors = {
        "shown_on": day_error(shown_on, now, not_before=stored.sent_on),
        "url": validators.check_address(url),
        "versions": [ValidationError(_("Say of each record of the delivery which version they show."), code="choice")] if wrong else [],
    }  # fmt: skip
    if not url:
        errors["url"] = [ValidationError(_("Give the address of the page that shows it."), code="required")]
    if not seen and not wrong:
        errors["versions"] = [
            ValidationError(_("Say at least of one record which version they show."), code="required")
        ]
    _raise(errors)
    for code, version in versions.items():
        rows[code].shown_version = version
        rows[code].save(update_fields=["shown_version"])
    stored.shown_on, stored.shown_url = shown_on, url
    _reach(stored, DeliveryState.SHOWN)
    return _store(stored, "shown", by, now, {"on": shown_on.isoformat(), "records": len(seen)})


@transaction.atomic
def note_outcome(
    *, delivery: PartnerDelivery, values: Mapping[str, Any], by: User | None, now: datetime
) -> PartnerDelivery:
    """This will note what came of a delivery: `outcome`, `ended_on`, `enquiry_count`, `lead_count`, `deal_url`, `outcome_note`.

    Enquiries and leads are counted, not told: who asked is in the enquiries, with their own rights. Can be noted again.
    Raises PermissionDenied, CannotDeliver before it was sent, and ValidationError by field.
    """
    stored = _held_given(delivery, by)
    outcome, ended_on = values.get("outcome", ""), values.get("ended_on")
    counts = {name: values.get(name) for name in ("enquiry_count", "lead_count")}
    url, note = str(values.get("deal_url") or ""), str(values.get("outcome_note") or "").strip()
    errors: Errors = {
        "outcome": []
        if outcome in Outcome.values
        else [ValidationError(_("Choose what came of it."), code="choice")],
        "ended_on": [ValidationError(_("Give the day."), code="required")]
        if ended_on is None
        else day_error(ended_on, now, not_before=stored.sent_on),
        "deal_url": validators.check_address(url),
        "outcome_note": validators.check_note(note),
        **{name: _count_errors(count) for name, count in counts.items()},
    }
    if outcome == Outcome.PUBLISHED and not url:
        errors["deal_url"] = [
            ValidationError(_("Give the address where they published it."), code="required")
        ]
    if outcome == Outcome.NOTHING and any(counts.values()):
        errors["outcome"] = [
            ValidationError(_("Enquiries or leads came: then something came of it."), code="order")
        ]
    _raise(errors)
    stored.outcome, stored.ended_on, stored.deal_url, stored.outcome_note = outcome, ended_on, url, note
    stored.enquiry_count, stored.lead_count = counts["enquiry_count"], counts["lead_count"]
    _reach(stored, DeliveryState.ENDED)
    return _store(stored, "ended", by, now, {"outcome": outcome, **counts})


def _count_errors(count: int | None) -> list[ValidationError]:
    if count is None or 0 <= count <= MOST_COUNTED:
        return []
    return [ValidationError(_("Give a whole number of nothing or more."), code="count")]


@transaction.atomic
def note_told(
    *, delivery: PartnerDelivery, codes: Iterable[str], told_on: date, by: User | None, now: datetime
) -> PartnerDelivery:
    """This will note that the channel was told that records of a delivery were withdrawn.

    Raises PermissionDenied, CannotDeliver when none of them is withdrawn and untold, and ValidationError by field.
    """
    stored = _held_given(delivery, by)
    _raise({"told_on": day_error(told_on, now, not_before=stored.sent_on)})
    rows = stored.records.filter(code__in=[code for code in codes if "\x00" not in code], told_on=None)
    told = sorted(rows.exclude(withdrawn_at=None).values_list("code", flat=True))
    if not told:
        raise CannotDeliver(_("There is nothing to tell: no such record is withdrawn, or they know already."))
    stored.records.filter(code__in=told).update(told_on=told_on)
    return _store(stored, "told", by, now, {"codes": told, "on": told_on.isoformat()})


def _held_for_noting(delivery: PartnerDelivery, by: User | None) -> PartnerDelivery:
    stored = held(delivery)
    if by is not None and not rules.can_note(by, stored):
        raise PermissionDenied
    return stored


def _held_given(delivery: PartnerDelivery, by: User | None) -> PartnerDelivery:
    stored = _held_for_noting(delivery, by)
    if stored.state not in GIVEN:
        raise CannotDeliver(_("Note first that it was sent."))
    return stored


def _reach(delivery: PartnerDelivery, state: DeliveryState) -> None:
    """Move on to a state; what came first may be noted later without going back."""
    order = list(GIVEN)
    if order.index(state) > order.index(DeliveryState(delivery.state)):
        delivery.state = state


def _raise(errors: Errors) -> None:
    found = {name: wrong for name, wrong in errors.items() if wrong}
    if found:
        raise ValidationError(found)


def _store(
    delivery: PartnerDelivery, did: str, by: User | None, now: datetime, data: Mapping[str, Any]
) -> PartnerDelivery:
    delivery.revision, delivery.updated_at = delivery.revision + 1, now
    delivery.save()
    record_delivery(did, delivery, by=by, now=now, data=data)
    return delivery


@subscribe("catalogue.site.withdrawn")
def mark_withdrawn(fact: Fact) -> None:
    """This will mark a withdrawn record in every delivery that holds it: whoever was given it is to be told."""
    DeliveredRecord.objects.filter(code=fact.code).update(withdrawn_at=fact.at, told_on=None)


@subscribe("catalogue.site.published")
def mark_public_again(fact: Fact) -> None:
    """This will take the mark away from a record that is public again."""
    DeliveredRecord.objects.filter(code=fact.code).exclude(withdrawn_at=None).update(
        withdrawn_at=None, told_on=None
    )
