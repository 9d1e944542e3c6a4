"""Questions about partner channels and deliveries, and about what may be given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach
from vetovoima.activity.models import Fact
from vetovoima.activity.queries import history_of
from vetovoima.catalogue.knowledge.enums import FactState
from vetovoima.catalogue.knowledge.queries import facts
from vetovoima.catalogue.models import KnownFact
from vetovoima.directory.models import Contact
from vetovoima.directory.queries import contacts
from vetovoima.reference.models import Municipality
from vetovoima.reference.queries import municipalities, region
from vetovoima.syndication.kinds import part_of
from vetovoima.syndication.models import PublishedDocument
from vetovoima.syndication.packages import queries as packages

from .enums import GIVEN, DeliveryState, Due
from .models import DeliveredRecord, DeliveryFile, PartnerChannel, PartnerDelivery, PartnerTalk

KIND_CHANNEL, KIND_DELIVERY = "partner", "delivery"
#: every record has a row in each language: one of them is enough to know it by
ANY_LANGUAGE = "en"


class NoSuchChannel(LookupError):
    """There is none, or the person may not see it: both look the same."""


class NoSuchDelivery(LookupError):
    """There is none, or the person may not see it: both look the same."""


@dataclass(frozen=True)
class DueThing:
    """Something to do: what, about which channel and delivery, since when or until when, and which records."""

    what: Due
    channel: PartnerChannel
    delivery: PartnerDelivery | None
    on: date
    codes: tuple[str, ...] = ()


def channels_for(user: Any) -> QuerySet[PartnerChannel]:
    """The channels that a person may see, by kind and key."""
    rows = PartnerChannel.objects.visible_to(user).select_related("organisation", "contact__organisation")
    return rows.order_by("is_example", "kind", "key")


def channel_for(user: Any, key: str) -> PartnerChannel:
    """One channel; raises NoSuchChannel."""
    found = channels_for(user).filter(key=key).first()
    if found is None:
        raise NoSuchChannel(key)
    return found


def talks_of(channel: PartnerChannel) -> QuerySet[PartnerTalk]:
    """The conversations with a channel, the last one first."""
    return channel.talks.order_by("-happened_on", "-pk")


def deliveries_for(
    user: Any, *, state: str = "", channel: str = "", municipality: str = ""
) -> QuerySet[PartnerDelivery]:
    """The deliveries that a person may see, the newest first, each with `record_count`."""
    found = PartnerDelivery.objects.visible_to(user).complete()
    if state:
        found = found.filter(state=state)
    if channel:
        found = found.filter(channel__key=channel)
    if municipality:
        found = found.filter(municipality__slug=municipality)
    return found.annotate(record_count=Count("records", distinct=True)).order_by("-created_at", "-pk")


def delivery_for(user: Any, code: str) -> PartnerDelivery:
    """One delivery; raises NoSuchDelivery."""
    found = PartnerDelivery.objects.visible_to(user).complete().filter(code=code).first()
    if found is None:
        raise NoSuchDelivery(code)
    return found


def file_of(delivery: PartnerDelivery, form: str) -> DeliveryFile | None:
    """One packed file of a delivery, or None."""
    return delivery.files.filter(form=form).first()


def files_of(delivery: PartnerDelivery) -> QuerySet[DeliveryFile]:
    """The packed files of a delivery without their content (large)."""
    return delivery.files.defer("content").order_by("pk")


def preparable_municipalities(user: Any) -> QuerySet[Municipality]:
    """Of whose records a person may prepare deliveries."""
    furthest = reach(user, Kind.DELIVERY, Action.CREATE)
    if furthest == Reach.ALL:
        return municipalities()
    own = municipality_ids(user, Kind.DELIVERY, Action.CREATE) if furthest == Reach.OWN else set()
    return municipalities().filter(pk__in=own)


def may_prepare_for_region(user: Any) -> bool:
    """Whether a person may prepare deliveries of several municipalities' records."""
    return reach(user, Kind.DELIVERY, Action.CREATE) == Reach.ALL


def public_rows(codes: Iterable[str]) -> QuerySet[PublishedDocument]:
    """What lists and checks need of published records, by code."""
    wanted = [code for code in codes if "\x00" not in code]
    rows = PublishedDocument.objects.in_language(ANY_LANGUAGE).filter(code__in=wanted)
    return rows.only("code", "version", "kind", "municipality_slug", "is_example", "name")


def offered_records(
    channel: PartnerChannel, municipality: Municipality | None, language: str
) -> QuerySet[PublishedDocument]:
    """The published records that a channel takes, of a municipality or of all, by name."""
    rows = PublishedDocument.objects.in_language(language)
    if municipality is not None:
        rows = rows.filter(municipality_slug=municipality.slug)
    if channel.kinds:
        rows = rows.filter(kind__in=channel.kinds)
    if not channel.is_example:
        rows = rows.filter(is_example=False)
    return rows.only("code", "name", "kind", "is_example", "municipality_slug").order_by("sort_name", "code")


def offered_facts(municipality: Municipality | None) -> QuerySet[KnownFact]:
    """The facts that a delivery may show: a municipality's and the region's, or with None every one in use."""
    if municipality is not None:
        return packages.offered_facts(municipality)
    return facts().exclude(state=FactState.RETIRED).exclude(number=None, text={})


def offered_contacts(municipality: Municipality | None) -> QuerySet[Contact]:
    """The published persons who may answer: the municipality's and the council's, or with None the council's."""
    if municipality is not None:
        return packages.offered_contacts(municipality)
    found = region()
    slug = found.council_slug if found else ""
    return contacts().filter(organisation__slug=slug) if slug else contacts().none()


def records_of(delivery: PartnerDelivery) -> list[DeliveredRecord]:
    """The records of a delivery in its order; `public_version` of each is what we publish now, None for nothing."""
    return with_public_versions(list(delivery.records.select_related("municipality")))


def with_public_versions(rows: list[DeliveredRecord]) -> list[DeliveredRecord]:
    """This will set on each row what is public of it now, by which it knows whether they show an older version."""
    now = {one.code: one for one in public_rows({row.code for row in rows})}
    for row in rows:
        if found := now.get(row.code):
            row.public_version, row.public_path = found.version, f"{part_of(found.kind)}/{row.code}/"
    return rows


def due_for(user: Any, today: date) -> list[DueThing]:
    """What is due about the channels and deliveries that a person sees: withdrawn records first, then by day."""
    given = PartnerDelivery.objects.visible_to(user).given().select_related("channel")
    found = [*_to_tell(given), *_unanswered(given, today), *_behind(given)]
    if reach(user, Kind.PARTNER, Action.EDIT) == Reach.ALL:
        rows = PartnerChannel.objects.visible_to(user).active_on(today).filter(talk_on__lte=today)
        found += [DueThing(Due.TALK, one, None, one.talk_on) for one in rows if one.talk_on]
    return sorted(found, key=lambda one: (one.what != Due.TELL, one.on, one.channel.key))


def waiting_for(user: Any, today: date) -> list[DueThing]:
    """What is due, for those who note what happens outside the house: for others it is no work of theirs."""
    return due_for(user, today) if reach(user, Kind.DELIVERY, Action.SHARE) == Reach.ALL else []


def _to_tell(given: QuerySet[PartnerDelivery]) -> list[DueThing]:
    rows = DeliveredRecord.objects.filter(delivery__in=given).exclude(withdrawn_at=None)
    by_delivery: dict[int, list[DeliveredRecord]] = {}
    for row in rows.filter(told_on=None).select_related("delivery__channel"):
        by_delivery.setdefault(row.delivery_id, []).append(row)
    return [
        DueThing(
            Due.TELL, several[0].delivery.channel, several[0].delivery,
            min(row.withdrawn_at.date() for row in several if row.withdrawn_at), tuple(row.code for row in several),
        )
        for several in by_delivery.values()
    ]  # fmt: skip


def _unanswered(given: QuerySet[PartnerDelivery], today: date) -> list[DueThing]:
    rows = given.filter(state=DeliveryState.SENT).exclude(sent_on=None)
    late = [(one, one.answer_by) for one in rows if one.answer_by]
    return [DueThing(Due.ANSWER, one.channel, one, by) for one, by in late if by < today]


def _behind(given: QuerySet[PartnerDelivery]) -> list[DueThing]:
    rows = DeliveredRecord.objects.filter(delivery__in=given, withdrawn_at=None).exclude(shown_version=None)
    by_delivery: dict[int, list[DeliveredRecord]] = {}
    for row in with_public_versions(list(rows.select_related("delivery__channel"))):
        if row.is_behind:
            by_delivery.setdefault(row.delivery_id, []).append(row)
    return [
        DueThing(
            Due.OLD, several[0].delivery.channel, several[0].delivery,
            several[0].delivery.shown_on or several[0].delivery.created_at.date(), tuple(row.code for row in several),
        )
        for several in by_delivery.values()
    ]  # fmt: skip


def results_of(channel: PartnerChannel) -> dict[str, int]:
    """What came of a channel: deliveries given, and the sums of enquiries, leads and published deals."""
    rows = channel.deliveries.filter(state__in=GIVEN)
    numbers = rows.values_list("enquiry_count", "lead_count", "deal_url")
    return {
        "given": len(numbers),
        "enquiries": sum(enquiries or 0 for enquiries, _leads, _deal in numbers),
        "leads": sum(leads or 0 for _enquiries, leads, _deal in numbers),
        "deals": sum(1 for _enquiries, _leads, deal in numbers if deal),
    }


def history(kind: str, code: str) -> QuerySet[Fact]:
    """What happened to a channel or a delivery, newest first."""
    return history_of(kind, code)


def gone_in(delivery: PartnerDelivery) -> list[str]:
    """The codes of its records that are not public any more."""
    return list(delivery.records.filter(~Q(withdrawn_at=None)).values_list("code", flat=True))
