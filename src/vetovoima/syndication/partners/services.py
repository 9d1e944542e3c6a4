"""Changes of deliveries by people: prepared, packed, noted as sent, received, shown and ended.

What is noted are references, days and numbers. A fact about a delivery says which fields changed, never what was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetovoima.accounts.models import User
from vetovoima.accounts.queries import municipality_organisation
from vetovoima.activity.services import record
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.pdf import CannotRender
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipality as municipality_by_slug

from . import rules, validators
from .documents import delivery_document, versions_in
from .enums import DeliveryState
from .models import DeliveredRecord, DeliveryFile, PartnerChannel, PartnerDelivery
from .packing import Made, make_files
from .queries import KIND_DELIVERY, public_rows
from .register import CannotDeliver, ChangedMeanwhile, create_partner, edit_partner, note_talk
from .validators import Errors

__all__ = [
    "CannotDeliver", "ChangedMeanwhile", "cancel_delivery", "create_partner", "edit_delivery", "edit_partner", "held",
    "note_talk", "pack_delivery", "prepare_delivery", "record_delivery",
]  # fmt: skip

PLAIN = ("language", "title", "message", "contact")
FIELDS = (*PLAIN, "facts", "records")


@transaction.atomic
def prepare_delivery(
    *,
    channel: PartnerChannel,
    municipality: Municipality | None,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
) -> PartnerDelivery:
    """This will begin a delivery to a channel: of a municipality's records, or with None of the region's.

    `values` holds `records` and `facts` (lists of codes), `language`, `title`, `message` and `contact`. Nothing leaves
    the house. Raises PermissionDenied, CannotDeliver for a channel that is not in use, and ValidationError by field.
    """
    if by is not None and not rules.can_prepare_for(by, municipality.pk if municipality else None):
        raise PermissionDenied
    # Held, so that two who begin at once get two numbers.
    held_channel = PartnerChannel.objects.select_for_update(of=("self",)).get(pk=channel.pk)
    if not held_channel.is_active(localtime(now).date()):
        raise CannotDeliver(_("The channel is not in use now. Change its days in the register first."))
    number = (held_channel.deliveries.aggregate(last=Max("number"))["last"] or 0) + 1
    delivery = PartnerDelivery(
        channel=held_channel, number=number, code=f"{held_channel.key}-{number:03d}", municipality=municipality, made_by=by,
        created_at=now, updated_at=now,
    )  # fmt: skip
    codes = _take(delivery, {"records": [], **values})
    delivery.save(force_insert=True)
    _put_records(delivery, codes or [])
    record_delivery("prepared", delivery, by=by, now=now)
    return delivery


@transaction.atomic
def edit_delivery(
    *,
    delivery: PartnerDelivery,
    values: Mapping[str, Any],
    by: User | None,
    now: datetime,
    revision: int | None,
) -> PartnerDelivery:
    """This will change a draft; what was packed of it is thrown away, because it says something else.

    Raises PermissionDenied, CannotDeliver for one that was sent, ChangedMeanwhile, and ValidationError by field.
    """
    stored = held_draft(delivery, by)
    if revision is not None and stored.revision != revision:
        raise ChangedMeanwhile(_("Somebody else saved this while you edited it."))
    codes = _take(stored, values)
    if codes is not None:
        _put_records(stored, codes)
    _unpack(stored)
    stored.revision, stored.updated_at = stored.revision + 1, now
    stored.save()
    record_delivery("edited", stored, by=by, now=now, data={"fields": sorted(set(values) & set(FIELDS))})
    return stored


def pack_delivery(*, delivery: PartnerDelivery, by: User | None, now: datetime) -> PartnerDelivery:
    """This will make the files of a draft out of what is public now, and keep them to the byte.

    The PDF takes a second or two, so it is set before anything is held; when somebody changed the draft or a record
    was published or withdrawn meanwhile, nothing is kept. Raises PermissionDenied and CannotDeliver.
    """
    if by is not None and not rules.can_edit(by, delivery):
        raise PermissionDenied
    fresh = PartnerDelivery.objects.complete().get(pk=delivery.pk)
    document = delivery_document(fresh, now)
    _check_whole(fresh, document)
    try:
        made = make_files(document)
    except CannotRender as error:
        raise CannotDeliver(str(error)) from error
    return _keep(fresh, document, made, by, now)


def _check_whole(delivery: PartnerDelivery, document: dict[str, Any]) -> None:
    """Raise CannotDeliver when there is nothing to give, or a chosen record is not public any more."""
    codes = list(delivery.records.values_list("code", flat=True))
    if not codes:
        raise CannotDeliver(_("Choose at least one record first."))
    gone = [code for code in codes if code not in versions_in(document)]
    if gone:
        said = _("%(codes)s is no longer public. Edit the delivery and leave it out.")
        raise CannotDeliver(said % {"codes": ", ".join(gone)})


@transaction.atomic
def _keep(
    delivery: PartnerDelivery, document: dict[str, Any], made: list[Made], by: User | None, now: datetime
) -> PartnerDelivery:
    stored = held_draft(delivery, by)
    versions = versions_in(document)
    public = {one.code: one.version for one in public_rows(versions)}
    if stored.revision != delivery.revision or versions != public:
        raise CannotDeliver(_("Something changed while the files were made. Make them again."))
    _unpack(stored)
    DeliveryFile.objects.bulk_create(
        [
            DeliveryFile(
                delivery=stored, form=one.form, name=one.name, media_type=one.media_type, content=one.content,
                size=len(one.content), sha256=one.sha256,
            )
            for one in made
        ]
    )  # fmt: skip
    for row in stored.records.all():
        row.version = versions[row.code]
        row.save(update_fields=["version"])
    stored.mark, stored.digest, stored.packed_at = document["version"], made[0].sha256, now
    stored.revision, stored.updated_at = stored.revision + 1, now
    stored.save()
    record_delivery("packed", stored, by=by, now=now, data={"digest": stored.digest, "version": stored.mark})
    return stored


@transaction.atomic
def cancel_delivery(*, delivery: PartnerDelivery, by: User | None, now: datetime) -> PartnerDelivery:
    """This will put a draft away that is not sent; it stays in the list. Raises PermissionDenied and CannotDeliver."""
    stored = held_draft(delivery, by)
    _unpack(stored)
    stored.state, stored.updated_at, stored.revision = DeliveryState.CANCELLED, now, stored.revision + 1
    stored.save()
    record_delivery("cancelled", stored, by=by, now=now)
    return stored


def held(delivery: PartnerDelivery) -> PartnerDelivery:
    """This will return the row as it is now, held until the caller's transaction ends."""
    return (
        PartnerDelivery.objects.select_for_update(of=("self",)).select_related("channel").get(pk=delivery.pk)
    )


def held_draft(delivery: PartnerDelivery, by: User | None) -> PartnerDelivery:
    """This will return a draft, held; raises PermissionDenied, and CannotDeliver for what is none any more."""
    stored = held(delivery)
    if by is not None and not rules.can_edit(by, stored):
        raise PermissionDenied
    if stored.state == DeliveryState.CANCELLED:
        raise CannotDeliver(_("The delivery was put away. Prepare a new one."))
    if stored.state != DeliveryState.DRAFT:
        raise CannotDeliver(_("The delivery was sent and stays as it was. Prepare a new one."))
    return stored


def _unpack(delivery: PartnerDelivery) -> None:
    """Throw away what was packed of a draft; the caller saves."""
    delivery.files.all().delete()
    delivery.records.update(version=None)
    delivery.digest, delivery.mark, delivery.packed_at = "", "", None


def _take(delivery: PartnerDelivery, values: Mapping[str, Any]) -> list[str] | None:
    """Set the values given; returns the codes of the records when they are given. Raises ValidationError by field."""
    kept = list(delivery.facts)
    for name in PLAIN:
        if name in values:
            value = values[name]
            setattr(delivery, name, value.strip() if isinstance(value, str) else value)
    if "facts" in values:
        delivery.facts = list(dict.fromkeys(values["facts"]))
    codes = list(dict.fromkeys(values["records"])) if "records" in values else None
    if errors := _errors(delivery, codes, kept):
        raise ValidationError(errors)
    return codes


def _errors(delivery: PartnerDelivery, codes: list[str] | None, kept: list[str]) -> Errors:
    town = delivery.municipality
    found: Errors = {
        "title": validators.check_line(delivery.title, 160),
        "message": validators.check_note(delivery.message),
        "facts": validators.check_facts(delivery.facts, town, kept),
        "contact": validators.check_contact(delivery, town),
    }
    if not delivery.title:
        found["title"] = [ValidationError(_("Give the delivery a title."), code="required")]
    if delivery.language not in LANGUAGES:
        found["language"] = [ValidationError(_("Choose one of the languages."), code="choice")]
    if codes is not None:
        found["records"] = validators.check_records(delivery, codes, town)
        if not codes:
            found["records"] = [ValidationError(_("Choose at least one record."), code="required")]
    return {name: errors for name, errors in found.items() if errors}


def _put_records(delivery: PartnerDelivery, codes: list[str]) -> None:
    delivery.records.all().delete()
    rows = {one.code: one for one in public_rows(codes)}
    towns = {one.municipality_slug: municipality_by_slug(one.municipality_slug) for one in rows.values()}
    made = []
    for position, code in enumerate(codes):
        town = towns[rows[code].municipality_slug]
        assert town is not None, "a published record is of a municipality"
        made.append(
            DeliveredRecord(
                delivery=delivery, position=position, code=code, name=rows[code].name, municipality=town
            )
        )
    DeliveredRecord.objects.bulk_create(made)


def record_delivery(
    did: str,
    delivery: PartnerDelivery,
    *,
    by: User | None,
    now: datetime,
    data: Mapping[str, Any] | None = None,
) -> None:
    """This will record one fact about a delivery: states, days, numbers and marks, never a word that was written."""
    owner = municipality_organisation(delivery.municipality_id) if delivery.municipality_id else None
    told = {"channel": delivery.channel.key, "state": str(delivery.state), **(data or {})}
    record(
        f"syndication.delivery.{did}", actor=by, kind=KIND_DELIVERY, code=delivery.code, now=now, data=told,
        organisations=[owner] if owner else [],
    )  # fmt: skip


def day_error(day: date, now: datetime, *, not_before: date | None = None) -> list[ValidationError]:
    """This will say what is wrong with a day on which something is said to have happened."""
    if day > localtime(now).date():
        return [ValidationError(_("The day has not come yet."), code="future")]
    if not_before is not None and day < not_before:
        return [ValidationError(_("It was sent after that day."), code="order")]
    return []
