"""Partner channels and deliveries with a key: read, prepared and packed (what happens to them then: partner_notes)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from vetovoima.accounts.rights import Action, Kind
from vetovoima.common.fields import LANGUAGES
from vetovoima.reference.queries import municipality as municipality_by_slug
from vetovoima.syndication.partners import queries, rules, services
from vetovoima.syndication.partners.enums import ChannelKind, DeliveryState

from .doors import ApiRequest, key_door
from .lists import Page, data, listed
from .offer import moment
from .payloads import ItemList, Strict
from .problems import Problem, not_found

if TYPE_CHECKING:
    from vetovoima.reference.models import Municipality
    from vetovoima.syndication.partners.models import PartnerChannel, PartnerDelivery

router = Router(tags=["deliveries"])
READ_CHANNELS, READ = key_door(Kind.PARTNER, Action.VIEW), key_door(Kind.DELIVERY, Action.VIEW)
MAKE, WRITE = key_door(Kind.DELIVERY, Action.CREATE), key_door(Kind.DELIVERY, Action.EDIT)
LanguageName = Literal[*LANGUAGES]  # type: ignore[valid-type]
StateName = Literal[*DeliveryState.values]  # type: ignore[valid-type]
Code = str
MOST = 2**31 - 1


class ChannelShape(Schema):
    """A channel of the register: what it is, what may be given to it, when it is spoken with next."""

    key: str
    kind: Literal[*ChannelKind.values]  # type: ignore[valid-type]
    name: dict[str, str]
    purpose: dict[str, str]
    organisation: str | None
    website: str
    fee: float | None = Field(description="Null is not known, 0 is free.")
    fee_currency: str
    fee_period: str
    kinds: list[str] = Field(description="Kinds of records that it takes; empty is all.")
    rules: dict[str, str]
    languages: list[str]
    source: dict[str, str]
    active_from: str | None
    active_until: str | None
    answer_days: int
    talk_months: int | None
    talk_on: str | None
    is_example: bool


class DeliveredShape(Schema):
    """One record of a delivery: the version given, the one they show, the one that is public."""

    code: str
    version: int | None
    shown_version: int | None
    public_version: int | None = Field(description="Null: not public any more.")
    withdrawn_at: str | None
    told_on: str | None


class DeliverySummary(Schema):
    """A delivery and how far it has come."""

    code: str
    channel: str
    municipality: str | None = Field(description="Null: the region's.")
    state: StateName
    title: str
    language: str
    revision: int
    created_at: str
    packed_at: str | None
    digest: str = Field(description="SHA-256 of the JSON file; empty before it is packed.")
    version: str = Field(description="Mark of the versions in it.")
    sent_on: str | None
    way: str
    received_on: str | None
    receipt_reference: str
    shown_on: str | None
    shown_url: str
    ended_on: str | None
    outcome: str
    enquiry_count: int | None
    lead_count: int | None
    deal_url: str


class DeliveryShape(DeliverySummary):
    """A delivery with its records; notes are there for those who prepare it and for the council, else null."""

    message: str
    facts: list[str]
    contact: str | None
    records: list[DeliveredShape]
    files: list[dict[str, Any]]
    sent_to: str | None
    receipt_note: str | None
    outcome_note: str | None


class DeliveryDocument(Schema):
    """The JSON file of a delivery (vetovoima.delivery/1): its schema is /schema/delivery.json."""

    model_config = ConfigDict(extra="allow")
    schema_name: str = Field(alias="schema")
    reference: str
    version: str
    records: list[dict[str, Any]]


class DeliveryPage(Page):
    """Which deliveries are asked for."""

    state: Literal["", *DeliveryState.values] = ""  # type: ignore[valid-type]
    channel: str = Field("", max_length=60)


class DeliveryChange(Strict):
    """What is changed of a draft; what is not named stays. Its files are thrown away."""

    title: str | None = Field(None, max_length=160)
    language: LanguageName | None = None
    message: str | None = Field(None, max_length=4000)
    records: list[Code] | None = Field(None, max_length=40)
    facts: list[Code] | None = Field(None, max_length=12)
    contact: str | None = Field(
        None, max_length=80, description="Key of a public contact person; empty for nobody."
    )
    revision: int | None = Field(None, ge=1, le=MOST, description="Refused when somebody saved since.")


class NewDelivery(Strict):
    """A new draft: nothing leaves the house."""

    channel: str = Field(max_length=60)
    municipality: str | None = Field(
        None, max_length=60, description="Slug; null for the region's (council)."
    )
    title: str = Field(min_length=1, max_length=160)
    language: LanguageName = "en"
    message: str = Field("", max_length=4000)
    records: list[Code] = Field(min_length=1, max_length=40)
    facts: list[Code] = Field([], max_length=12)
    contact: str = Field("", max_length=80)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _channel(one: PartnerChannel) -> dict[str, Any]:
    return {
        "key": one.key, "kind": one.kind, "name": dict(one.name), "purpose": dict(one.purpose),
        "organisation": one.organisation.slug if one.organisation else None, "website": one.website,
        "fee": None if one.fee is None else float(one.fee), "fee_currency": one.fee_currency, "fee_period": one.fee_period,
        "kinds": one.kinds, "rules": dict(one.rules), "languages": one.languages, "source": one.source,
        "active_from": _day(one.active_from), "active_until": _day(one.active_until), "answer_days": one.answer_days,
        "talk_months": one.talk_months, "talk_on": _day(one.talk_on), "is_example": one.is_example,
    }  # fmt: skip


def _summary(one: PartnerDelivery) -> dict[str, Any]:
    return {
        "code": one.code, "channel": one.channel.key, "municipality": one.municipality.slug if one.municipality else None,
        "state": one.state, "title": one.title, "language": one.language, "revision": one.revision,
        "created_at": moment(one.created_at), "packed_at": moment(one.packed_at), "digest": one.digest, "version": one.mark,
        "sent_on": _day(one.sent_on), "way": one.way, "received_on": _day(one.received_on),
        "receipt_reference": one.receipt_reference, "shown_on": _day(one.shown_on), "shown_url": one.shown_url,
        "ended_on": _day(one.ended_on), "outcome": one.outcome, "enquiry_count": one.enquiry_count,
        "lead_count": one.lead_count, "deal_url": one.deal_url,
    }  # fmt: skip


def _whole(request: ApiRequest, one: PartnerDelivery) -> dict[str, Any]:
    sees = rules.can_edit(request.user, one)
    records = [
        {
            "code": row.code, "version": row.version, "shown_version": row.shown_version,
            "public_version": row.public_version, "withdrawn_at": moment(row.withdrawn_at), "told_on": _day(row.told_on),
        }
        for row in queries.records_of(one)
    ]  # fmt: skip
    files = [
        {"form": file.form, "name": file.name, "size": file.size, "sha256": file.sha256}
        for file in queries.files_of(one)
    ]
    inner = {
        name: getattr(one, name) if sees else None for name in ("sent_to", "receipt_note", "outcome_note")
    }
    return {
        **_summary(one), "message": one.message, "facts": one.facts, "contact": one.contact.key if one.contact else None,
        "records": records, "files": files, **inner,
    }  # fmt: skip


def delivery_of(request: ApiRequest, code: str) -> PartnerDelivery:
    """This will find a delivery within the key's reach; raises Problem."""
    try:
        return queries.delivery_for(request.user, code)
    except queries.NoSuchDelivery as error:
        raise not_found() from error


def answer_whole(request: ApiRequest, code: str, status: int = 200) -> HttpResponse:
    """This will answer a delivery as it is now, with its records."""
    return data(_whole(request, delivery_of(request, code)), status=status)


def _contact(key: str, town: Municipality | None) -> Any:
    """A public person by key; raises Problem."""
    if not key:
        return None
    found = queries.offered_contacts(town).filter(key=key).first()
    if found is None:
        raise Problem("invalid", _("Choose a contact person of the list."))
    return found


@router.get(
    "/partners", auth=READ_CHANNELS, response=ItemList, url_name="partners", summary="Partner channels"
)
def partners(request: ApiRequest, asked: Query[Page]) -> HttpResponse:
    """This will list the register of channels."""
    found = queries.channels_for(request.user)
    items = (_channel(one) for one in found[asked.offset : asked.offset + asked.limit])
    return listed(request, items, total=found.count(), limit=asked.limit, offset=asked.offset)


@router.get(
    "/partners/{key}", auth=READ_CHANNELS, response=ChannelShape, url_name="partner", summary="One channel"
)
def partner(request: ApiRequest, key: str) -> HttpResponse:
    """This will show one channel."""
    try:
        return data(_channel(queries.channel_for(request.user, key)))
    except queries.NoSuchChannel as error:
        raise not_found() from error


@router.get(
    "/deliveries", auth=READ, response=ItemList, url_name="deliveries", summary="Deliveries to partners"
)
def deliveries(request: ApiRequest, asked: Query[DeliveryPage]) -> HttpResponse:
    """This will list the deliveries within the key's reach, the newest first."""
    found = queries.deliveries_for(request.user, state=asked.state, channel=asked.channel)
    items = (_summary(one) for one in found[asked.offset : asked.offset + asked.limit])
    return listed(request, items, total=found.count(), limit=asked.limit, offset=asked.offset)


@router.post(
    "/deliveries",
    auth=MAKE,
    response={201: DeliveryShape},
    url_name="deliveries",
    summary="Prepare a delivery",
)
def make_delivery(request: ApiRequest, payload: NewDelivery) -> HttpResponse:
    """This will begin a draft of published records."""
    town = municipality_by_slug(payload.municipality) if payload.municipality else None
    if payload.municipality and town is None:
        raise Problem("invalid", _("The municipality is not known."))
    try:
        channel = queries.channel_for(request.user, payload.channel)
    except queries.NoSuchChannel as error:
        raise Problem("invalid", _("The channel is not known.")) from error
    values = payload.dict(exclude={"channel", "municipality", "contact"})
    values["contact"] = _contact(payload.contact, town)
    made = services.prepare_delivery(
        channel=channel, municipality=town, values=values, by=request.user, now=timezone.now()
    )
    return answer_whole(request, made.code, 201)


@router.get(
    "/deliveries/{code}", auth=READ, response=DeliveryShape, url_name="delivery", summary="One delivery"
)
def delivery(request: ApiRequest, code: str) -> HttpResponse:
    """This will show one delivery with its records."""
    return answer_whole(request, code)


@router.patch(
    "/deliveries/{code}", auth=WRITE, response=DeliveryShape, url_name="delivery", summary="Change a draft"
)
def change_delivery(request: ApiRequest, code: str, payload: DeliveryChange) -> HttpResponse:
    """This will change a draft; `revision` in the body says which one was read."""
    found = delivery_of(request, code)
    values = {
        name: value for name, value in payload.dict().items() if value is not None and name != "revision"
    }
    if "contact" in values:
        values["contact"] = _contact(values["contact"], found.municipality)
    services.edit_delivery(
        delivery=found, values=values, by=request.user, now=timezone.now(), revision=payload.revision
    )
    return answer_whole(request, code)


@router.post(
    "/deliveries/{code}/pack",
    auth=WRITE,
    response=DeliveryShape,
    url_name="delivery_pack",
    summary="Make its files",
)
def make_files(request: ApiRequest, code: str) -> HttpResponse:
    """This will make and keep the files out of what is public now."""
    services.pack_delivery(delivery=delivery_of(request, code), by=request.user, now=timezone.now())
    return answer_whole(request, code)


@router.post(
    "/deliveries/{code}/cancel",
    auth=WRITE,
    response=DeliveryShape,
    url_name="delivery_cancel",
    summary="Put a draft away",
)
def put_away(request: ApiRequest, code: str) -> HttpResponse:
    """This will put a draft away that is not sent."""
    services.cancel_delivery(delivery=delivery_of(request, code), by=request.user, now=timezone.now())
    return answer_whole(request, code)


@router.get(
    "/deliveries/{code}/document",
    auth=READ,
    response=DeliveryDocument,
    url_name="delivery_document",
    summary="Its JSON file",
)
def delivery_document(request: ApiRequest, code: str) -> HttpResponse:
    """This will answer the JSON file, to the byte as it was packed (schema: /schema/delivery.json)."""
    found = delivery_of(request, code)
    file = queries.file_of(found, "json")
    if file is None or (not found.is_given and queries.gone_in(found)):
        raise Problem(
            "conflict", _("There are no files to give: make them first, of records that are public.")
        )
    return HttpResponse(bytes(file.content), content_type="application/json")
