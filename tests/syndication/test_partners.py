"""Partner channels and deliveries: what may be given, kept as given, and what is known of it afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import NOW, make_organisation, make_person
from tests.factories.sites import make_site
from tests.syndication.partners_world import (
    LATER,
    TODAY,
    make_channel,
    make_delivery,
    make_example,
    packed_delivery,
    republish,
    sent_delivery,
    wrong_fields,
)
from vetovoima.accounts.enums import OrganisationKind, Role
from vetovoima.activity.models import Fact
from vetovoima.common.fields import Translated
from vetovoima.directory.models import Contact
from vetovoima.syndication.models import DeliveryFile, PartnerChannel, PartnerDelivery, PartnerTalk
from vetovoima.syndication.partners import noting, queries, services

pytestmark = pytest.mark.django_db


# ------------------------------------------------------------------------------------------------- the register


def test_channels_get_keys_of_their_names_and_are_recorded():
    first, second, third = make_channel("Windy Agency"), make_channel("Windy Agency"), make_channel("New")

    assert [first.key, second.key, third.key] == ["windy-agency", "windy-agency-2", "new-2"]
    fact = Fact.objects.get(type="syndication.partner.created", code=first.key)
    assert (fact.kind, fact.sharing, fact.changes) == ("partner", "owner", {})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": Translated()}, "name"),
        ({"kind": "circus"}, "kind"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"email": "nobody"}, "email"),
        ({"fee": Decimal("-1"), "fee_currency": "EUR", "fee_period": "year"}, "fee"),
        ({"fee": Decimal(5), "fee_currency": "euros", "fee_period": "year"}, "fee_currency"),
        ({"fee": Decimal(5), "fee_currency": "EUR", "fee_period": ""}, "fee_period"),
        ({"kinds": ["castle"]}, "kinds"),
        ({"languages": ["de"]}, "languages"),
        ({"active_from": date(2026, 5, 1), "active_until": date(2026, 4, 1)}, "active_until"),
        ({"answer_days": 0}, "answer_days"),
        ({"talk_months": 99}, "talk_months"),
        ({"purpose": Translated(en="x" * 2001)}, "purpose"),
    ],
)
def test_what_a_channel_cannot_be_is_refused_beside_its_field(values, field):
    with pytest.raises(ValidationError) as refused:
        make_channel(**values)

    assert wrong_fields(refused) == [field]
    assert PartnerChannel.objects.count() == 0


def test_the_council_alone_keeps_the_register():
    channel = make_channel()
    for role in (Role.MUNICIPALITY_OFFICER, Role.BOARD_MEMBER, Role.NATIONAL_PARTNER, Role.ADMIN):
        stranger = make_person(role)
        with pytest.raises(PermissionDenied):
            services.create_partner(values={"name": Translated(en="X"), "kind": "fair"}, by=stranger, now=NOW)
        with pytest.raises(PermissionDenied):
            services.edit_partner(channel=channel, values={"note": "x"}, by=stranger, now=NOW, revision=None)
        with pytest.raises(PermissionDenied):
            services.note_talk(
                channel=channel, happened_on=TODAY, topic="x", next_on=None, by=stranger, now=NOW
            )
    coordinator = make_person(Role.COORDINATOR)
    values = {"fee": 120.5, "fee_currency": "EUR", "fee_period": "year"}
    services.edit_partner(channel=channel, values=values, by=coordinator, now=NOW, revision=1)
    channel.refresh_from_db()
    assert (channel.fee, channel.revision) == (Decimal("120.50"), 2)


def test_the_second_editor_of_a_channel_is_told_and_the_log_has_no_words():
    channel = make_channel()
    services.edit_partner(channel=channel, values={"note": "A secret wish"}, by=None, now=NOW, revision=1)

    with pytest.raises(services.ChangedMeanwhile):
        services.edit_partner(channel=channel, values={"note": "B"}, by=None, now=NOW, revision=1)

    fact = Fact.objects.get(type="syndication.partner.edited")
    assert (fact.data, fact.changes) == ({"fields": ["note"]}, {})


def test_a_conversation_moves_the_plan_on_by_its_rhythm():
    channel = make_channel(talk_months=12, talk_on=date(2026, 1, 31))

    services.note_talk(
        channel=channel, happened_on=date(2026, 2, 28), topic="Leads", next_on=None, by=None, now=NOW
    )
    channel.refresh_from_db()
    assert channel.talk_on == date(2027, 2, 28)
    services.note_talk(
        channel=channel, happened_on=TODAY, topic="More", next_on=date(2026, 6, 1), by=None, now=NOW
    )
    channel.refresh_from_db()

    assert channel.talk_on == date(2026, 6, 1)
    assert [one.topic for one in queries.talks_of(channel)] == ["More", "Leads"]
    with pytest.raises(ValidationError) as refused:
        services.note_talk(
            channel=channel, happened_on=TODAY + timedelta(days=1), topic=" ", next_on=TODAY, by=None, now=NOW
        )
    assert wrong_fields(refused) == ["happened_on", "next_on", "topic"]
    assert PartnerTalk.objects.count() == 2


def test_the_last_day_of_a_month_has_a_next_time_too():
    channel = make_channel(talk_months=1, talk_on=date(2026, 1, 31))

    services.note_talk(
        channel=channel, happened_on=date(2026, 1, 31), topic="X", next_on=None, by=None, now=NOW
    )

    channel.refresh_from_db()
    assert channel.talk_on == date(2026, 2, 28)


# ------------------------------------------------------------------------------------------------- what may be given


def test_deliveries_are_numbered_by_channel_and_nothing_is_packed_yet():
    channel = make_channel()
    first, second = make_delivery(channel=channel), make_delivery(channel=channel)

    assert [first.code, second.code] == ["windy-agency-001", "windy-agency-002"]
    assert (first.state, first.packed_at, first.files.count()) == ("draft", None, 0)


def test_only_published_records_that_the_channel_takes_are_given():
    draft, example = make_site(), make_example()
    plot, area = make_site(state="published"), make_site(kind="business_area", state="published")
    narrow = make_channel(kinds=["business_area"])

    for channel, code in ((None, draft.code), (None, "NO-SUCH"), (None, example), (narrow, plot.code)):
        with pytest.raises(ValidationError) as refused:
            make_delivery(channel=channel, records=[code])
        assert wrong_fields(refused) == ["records"]
        assert code in str(refused.value)
    assert make_delivery(channel=narrow, records=[area.code]).records.count() == 1


def test_examples_go_to_example_channels_alone():
    example = make_example()
    channel = make_channel()
    PartnerChannel.objects.filter(pk=channel.pk).update(is_example=True)

    assert make_delivery(channel=channel, records=[example]).records.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "A\nBcc: everybody@example.org"}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"language": "de"}, "language"),
        ({"message": "x" * 4001}, "message"),
        ({"facts": ["nothing"]}, "facts"),
        ({"records": []}, "records"),
        ({"records": [f"TUU-{number}" for number in range(41)]}, "records"),
    ],
)
def test_what_a_delivery_cannot_be_is_refused_beside_its_field(values, field):
    with pytest.raises(ValidationError) as refused:
        make_delivery(**values)

    assert wrong_fields(refused) == [field]
    assert PartnerDelivery.objects.count() == 0


def test_a_contact_is_public_and_no_example():
    council = make_organisation("the-council", OrganisationKind.COUNCIL)
    other = make_organisation("paltamo", OrganisationKind.MUNICIPALITY)
    person = Contact.objects.create(key="a", name="Ada", organisation=council)
    stranger = Contact.objects.create(key="b", name="Bea", organisation=other)
    invented = Contact.objects.create(key="c", name="Cea", organisation=council, is_example=True)

    for wrong in (stranger, invented):
        with pytest.raises(ValidationError) as refused:
            make_delivery(contact=wrong)
        assert wrong_fields(refused) == ["contact"]
    assert make_delivery(contact=person).contact == person


def test_a_municipality_prepares_its_own_and_the_council_notes_that_it_was_sent():
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    neighbour = make_person(Role.MUNICIPALITY_OFFICER, "paltamo")
    board, agency = make_person(Role.BOARD_MEMBER), make_person(Role.NATIONAL_PARTNER)
    delivery = make_delivery(municipality="kuhmo", by=officer)
    foreign = make_site("paltamo", state="published").code

    for stranger in (neighbour, board, agency):
        with pytest.raises(PermissionDenied):
            make_delivery(municipality="kuhmo", by=stranger)
        for change in (services.pack_delivery, services.cancel_delivery):
            with pytest.raises(PermissionDenied):
                change(delivery=delivery, by=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        make_delivery(by=officer)
    with pytest.raises(ValidationError):
        make_delivery(municipality="kuhmo", by=officer, records=[foreign])
    packed = services.pack_delivery(delivery=delivery, by=officer, now=NOW)
    for stranger in (officer, neighbour, board, agency):
        with pytest.raises(PermissionDenied):
            noting.mark_sent(delivery=packed, sent_on=TODAY, way="mail", sent_to="", by=stranger, now=NOW)
    coordinator = make_person(Role.COORDINATOR)
    sent = noting.mark_sent(delivery=packed, sent_on=TODAY, way="mail", sent_to="", by=coordinator, now=NOW)

    assert (sent.state, sent.sent_by) == ("sent", coordinator)
    seen = {
        one: PartnerDelivery.objects.visible_to(one).count()
        for one in (officer, neighbour, board, agency, coordinator)
    }
    assert list(seen.values()) == [1, 0, 0, 0, 1]


def test_a_municipality_sees_what_the_council_gave_of_its_records_once_it_was_given():
    officer = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    neighbour = make_person(Role.MUNICIPALITY_OFFICER, "paltamo")
    delivery = packed_delivery()
    assert PartnerDelivery.objects.visible_to(officer).count() == 0

    noting.mark_sent(delivery=delivery, sent_on=TODAY, way="form", sent_to="", by=None, now=NOW)

    assert PartnerDelivery.objects.visible_to(officer).count() == 1
    assert PartnerDelivery.objects.visible_to(neighbour).count() == 0
    with pytest.raises(PermissionDenied):
        services.cancel_delivery(delivery=delivery, by=officer, now=NOW)


def test_a_channel_that_is_not_in_use_is_given_nothing():
    channel = make_channel(active_until=TODAY - timedelta(days=1))

    with pytest.raises(services.CannotDeliver):
        make_delivery(channel=channel)


# ------------------------------------------------------------------------------------------------- packed and sent


def test_editing_a_draft_throws_its_files_away_and_the_second_editor_is_told():
    delivery = packed_delivery()
    assert delivery.files.count() == 4

    services.edit_delivery(
        delivery=delivery, values={"title": "Other"}, by=None, now=NOW, revision=delivery.revision
    )

    fresh = PartnerDelivery.objects.get()
    assert (fresh.title, fresh.digest, fresh.packed_at, DeliveryFile.objects.count()) == (
        "Other",
        "",
        None,
        0,
    )
    assert fresh.records.get().version is None
    with pytest.raises(services.ChangedMeanwhile):
        services.edit_delivery(
            delivery=delivery, values={"title": "Mine"}, by=None, now=NOW, revision=delivery.revision
        )


def test_what_was_sent_stays_as_it_was_whatever_becomes_of_the_record():
    site = make_site(state="published")
    delivery = sent_delivery(records=[site.code])
    before = list(DeliveryFile.objects.order_by("pk").values_list("form", "sha256"))

    republish(site, name=Translated(en="Another name"))
    for change in (services.pack_delivery, services.cancel_delivery):
        with pytest.raises(services.CannotDeliver):
            change(delivery=delivery, by=None, now=LATER)
    with pytest.raises(services.CannotDeliver):
        services.edit_delivery(delivery=delivery, values={"title": "X"}, by=None, now=LATER, revision=None)

    assert list(DeliveryFile.objects.order_by("pk").values_list("form", "sha256")) == before
    row = queries.records_of(delivery)[0]
    assert (row.version, row.public_version, row.is_outdated) == (1, 2, True)


def test_sending_is_noted_once():
    delivery = packed_delivery()
    stale = PartnerDelivery.objects.get(pk=delivery.pk)
    noting.mark_sent(delivery=delivery, sent_on=TODAY, way="mail", sent_to="Ada", by=None, now=NOW)

    with pytest.raises(services.CannotDeliver):
        noting.mark_sent(delivery=stale, sent_on=TODAY, way="form", sent_to="Bea", by=None, now=NOW)

    assert PartnerDelivery.objects.get().sent_to == "Ada"
    assert Fact.objects.filter(type="syndication.delivery.sent").count() == 1


def test_only_what_is_packed_is_sent_and_not_before_it_was_packed():
    with pytest.raises(services.CannotDeliver):
        noting.mark_sent(delivery=make_delivery(), sent_on=TODAY, way="mail", sent_to="", by=None, now=NOW)
    packed = packed_delivery()
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(ValidationError) as refused:
            noting.mark_sent(delivery=packed, sent_on=day, way="pigeon", sent_to="a\nb", by=None, now=NOW)
        assert wrong_fields(refused) == ["sent_on", "sent_to", "way"]


def test_a_record_that_changes_while_the_files_are_made_is_not_packed(monkeypatch):
    site = make_site(state="published")
    delivery = make_delivery(records=[site.code])
    make = services.make_files

    def meanwhile(document):
        republish(site, name=Translated(en="Newer"))
        return make(document)

    monkeypatch.setattr(services, "make_files", meanwhile)
    with pytest.raises(services.CannotDeliver):
        services.pack_delivery(delivery=delivery, by=None, now=NOW)
    monkeypatch.undo()

    assert DeliveryFile.objects.count() == 0
    assert services.pack_delivery(delivery=delivery, by=None, now=LATER).records.get().version == 2


def test_two_who_pack_at_once_keep_one_set_of_files():
    delivery = make_delivery()
    stale = PartnerDelivery.objects.get(pk=delivery.pk)
    services.pack_delivery(delivery=delivery, by=None, now=NOW)
    services.pack_delivery(delivery=stale, by=None, now=NOW)

    assert DeliveryFile.objects.count() == 4


def test_a_cancelled_draft_stays_in_the_list_and_cannot_go_on():
    delivery = services.cancel_delivery(delivery=packed_delivery(), by=None, now=NOW)

    assert (delivery.state, delivery.files.count()) == ("cancelled", 0)
    for change in (services.pack_delivery, services.cancel_delivery):
        with pytest.raises(services.CannotDeliver):
            change(delivery=delivery, by=None, now=NOW)
