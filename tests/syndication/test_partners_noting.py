"""What is noted of a delivery after it was sent: receipt, what they show, outcome, and what is due."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection

from tests.factories import NOW, make_person
from tests.factories.knowledge import make_fact
from tests.factories.sites import make_site
from tests.syndication.partners_world import (
    LATER,
    TODAY,
    make_channel,
    packed_delivery,
    republish,
    sent_delivery,
    withdraw,
    wrong_fields,
)
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact
from vetovoima.catalogue import services as catalogue
from vetovoima.common.fields import Translated
from vetovoima.media.files import content_of
from vetovoima.media.models import StoredFile
from vetovoima.syndication.models import PartnerDelivery
from vetovoima.syndication.partners import noting, queries, services
from vetovoima.syndication.partners.enums import Due

pytestmark = pytest.mark.django_db


def test_nothing_comes_back_before_it_was_sent():
    delivery = packed_delivery()
    code = delivery.records.get().code

    with pytest.raises(services.CannotDeliver):
        noting.note_receipt(delivery=delivery, received_on=TODAY, reference="", note="", by=None, now=NOW)
    with pytest.raises(services.CannotDeliver):
        noting.note_shown(
            delivery=delivery, shown_on=TODAY, url="https://a.example/", versions={code: 1}, by=None, now=NOW
        )
    with pytest.raises(services.CannotDeliver):
        noting.note_outcome(
            delivery=delivery, values={"outcome": "other", "ended_on": TODAY}, by=None, now=NOW
        )


def test_a_receipt_is_kept_with_its_file_inside_the_house():
    delivery = sent_delivery()
    answer = b"%PDF-1.4\nThank you\n%%EOF"

    noted = noting.note_receipt(
        delivery=delivery, received_on=TODAY, reference="BF-77", note="Thanks, we look at it.", content=answer,
        filename="answer.pdf", by=None, now=NOW,
    )  # fmt: skip

    assert (noted.state, noted.receipt_reference) == ("received", "BF-77")
    file = noted.receipt_file
    assert (file.sharing, file.open_to) == ("owner", "owner")
    assert content_of(file).read_bytes() == answer
    fact = Fact.objects.get(type="syndication.delivery.received")
    assert "Thanks" not in str(fact.data)
    again = noting.note_receipt(
        delivery=noted,
        received_on=TODAY,
        reference="BF-78",
        note="",
        content=answer,
        filename="b.pdf",
        by=None,
        now=NOW,
    )
    assert (StoredFile.objects.get(), again.receipt_file.download_name) == (again.receipt_file, "b.pdf")
    for one in (file, again.receipt_file):
        default_storage.delete(f"files/{one.name[:2]}/{one.name}")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"received_on": TODAY - timedelta(days=1)}, "received_on"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"reference": "x" * 121}, "reference"),
        ({"note": "x" * 4001}, "note"),
        ({"content": b"MZ program", "filename": "a.exe"}, "file"),
        ({"content": b"", "filename": "a.pdf"}, "file"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused(values, field):
    delivery = sent_delivery()
    given = {"received_on": TODAY, "reference": "", "note": "", **values}

    with pytest.raises(ValidationError) as refused:
        noting.note_receipt(delivery=delivery, **given, by=None, now=NOW)

    assert wrong_fields(refused) == [field]
    assert PartnerDelivery.objects.get().state == "sent"


def test_what_they_show_is_compared_with_what_we_publish():
    site = make_site(state="published")
    delivery = sent_delivery(records=[site.code])
    url = "https://agency.example/kuhmo"

    noting.note_shown(delivery=delivery, shown_on=TODAY, url=url, versions={site.code: 1}, by=None, now=NOW)
    assert queries.records_of(delivery)[0].is_behind is False
    republish(site, name=Translated(en="Newer"))

    coordinator = make_person(Role.COORDINATOR)
    due = queries.due_for(coordinator, LATER.date())
    assert [(one.what, one.delivery.code, one.codes) for one in due] == [
        (Due.OLD, delivery.code, (site.code,))
    ]
    again = noting.note_shown(
        delivery=delivery, shown_on=LATER.date(), url=url, versions={site.code: 2}, by=None, now=LATER
    )
    assert again.state == "shown"
    assert queries.due_for(coordinator, LATER.date()) == []


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"url": ""}, ["url"]),
        ({"url": "javascript:alert(1)"}, ["url"]),
        ({"versions": {"NO-SUCH": 1}}, ["versions"]),
        ({"versions": {}}, ["versions"]),
        ({"shown_on": TODAY + timedelta(days=9)}, ["shown_on"]),
    ],
)
def test_what_they_show_must_be_of_the_delivery(values, fields):
    delivery = sent_delivery()
    code = delivery.records.get().code
    given = {"shown_on": TODAY, "url": "https://a.example/", "versions": {code: 1}, **values}

    with pytest.raises(ValidationError) as refused:
        noting.note_shown(delivery=delivery, **given, by=None, now=NOW)

    assert wrong_fields(refused) == fields
    for number in (0, -1, 2**31):
        with pytest.raises(ValidationError):
            noting.note_shown(
                delivery=delivery,
                shown_on=TODAY,
                url="https://a.example/",
                versions={code: number},
                by=None,
                now=NOW,
            )


def test_an_outcome_counts_and_a_receipt_noted_later_does_not_go_back():
    delivery = sent_delivery()
    values = {"outcome": "leads", "ended_on": TODAY, "enquiry_count": 3, "lead_count": 1}

    ended = noting.note_outcome(delivery=delivery, values=values, by=None, now=NOW)
    later = noting.note_receipt(delivery=ended, received_on=TODAY, reference="", note="", by=None, now=NOW)

    assert (later.state, later.enquiry_count, later.lead_count) == ("ended", 3, 1)
    found = queries.results_of(delivery.channel)
    assert found == {"given": 1, "enquiries": 3, "leads": 1, "deals": 0}


def test_a_deal_that_they_published_has_its_address():
    delivery = sent_delivery(channel=make_channel("Windy Platform", kind="platform"))
    with pytest.raises(ValidationError) as refused:
        noting.note_outcome(
            delivery=delivery, values={"outcome": "published", "ended_on": TODAY}, by=None, now=NOW
        )
    assert wrong_fields(refused) == ["deal_url"]
    values = {"outcome": "published", "ended_on": TODAY, "deal_url": "https://platform.example/deals/7"}

    noting.note_outcome(delivery=delivery, values=values, by=None, now=NOW)

    assert queries.results_of(delivery.channel)["deals"] == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"outcome": "glory"}, "outcome"),
        ({"outcome": "nothing", "lead_count": 1}, "outcome"),
        ({"outcome": "leads", "enquiry_count": -1}, "enquiry_count"),
        ({"outcome": "leads", "lead_count": 10**9}, "lead_count"),
        ({"outcome": "other", "deal_url": "ftp://a.example/"}, "deal_url"),
        ({"outcome": "other", "ended_on": None}, "ended_on"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(values, field):
    delivery = sent_delivery()

    with pytest.raises(ValidationError) as refused:
        noting.note_outcome(delivery=delivery, values={"ended_on": TODAY, **values}, by=None, now=NOW)

    assert wrong_fields(refused) == [field]


# ------------------------------------------------------------------------------------------------- withdrawn, due


def test_who_was_given_a_withdrawn_record_is_to_be_told():
    site, other = make_site(state="published"), make_site(state="published")
    delivery = sent_delivery(records=[site.code, other.code])
    coordinator = make_person(Role.COORDINATOR)

    withdraw(site)

    due = queries.due_for(coordinator, LATER.date())
    assert [(one.what, one.codes) for one in due] == [(Due.TELL, (site.code,))]
    with pytest.raises(services.CannotDeliver):
        noting.note_told(delivery=delivery, codes=[other.code], told_on=LATER.date(), by=None, now=LATER)
    noting.note_told(delivery=delivery, codes=[site.code], told_on=LATER.date(), by=None, now=LATER)
    assert queries.due_for(coordinator, LATER.date()) == []
    with pytest.raises(services.CannotDeliver):
        noting.note_told(delivery=delivery, codes=[site.code], told_on=LATER.date(), by=None, now=LATER)


def test_a_record_that_is_public_again_needs_no_telling():
    site = make_site(state="published")
    sent_delivery(records=[site.code])
    withdraw(site)
    site.refresh_from_db()

    catalogue.publish_site(site=site, by=None, now=LATER)

    assert queries.due_for(make_person(Role.COORDINATOR), LATER.date()) == []


def test_a_draft_with_a_withdrawn_record_is_neither_packed_nor_sent_later():
    site = make_site(state="published")
    packed = packed_delivery(records=[site.code])
    withdraw(site)
    day_after = LATER + timedelta(days=1)

    with pytest.raises(services.CannotDeliver) as refused:
        noting.mark_sent(
            delivery=packed, sent_on=day_after.date(), way="mail", sent_to="", by=None, now=day_after
        )
    assert site.code in str(refused.value)
    with pytest.raises(services.CannotDeliver):
        services.pack_delivery(delivery=packed, by=None, now=day_after)
    assert queries.due_for(make_person(Role.COORDINATOR), day_after.date()) == []


def test_a_receipt_is_late_after_the_days_of_the_channel():
    delivery = sent_delivery(channel=make_channel(answer_days=5))
    coordinator = make_person(Role.COORDINATOR)

    assert queries.due_for(coordinator, TODAY + timedelta(days=5)) == []
    late = queries.due_for(coordinator, TODAY + timedelta(days=6))
    assert [(one.what, one.delivery) for one in late] == [(Due.ANSWER, delivery)]
    noting.note_receipt(delivery=delivery, received_on=TODAY, reference="", note="", by=None, now=NOW)
    assert queries.due_for(coordinator, TODAY + timedelta(days=99)) == []


def test_the_contact_plan_is_due_to_the_council_alone():
    channel = make_channel(talk_months=12, talk_on=TODAY)
    make_channel("No longer", talk_on=TODAY, active_until=TODAY - timedelta(days=1))

    due = queries.due_for(make_person(Role.COORDINATOR), TODAY)
    assert [(one.what, one.channel) for one in due] == [(Due.TALK, channel)]
    assert queries.due_for(make_person(Role.MUNICIPALITY_OFFICER, "kuhmo"), TODAY) == []
    assert queries.due_for(make_person(Role.COORDINATOR), TODAY - timedelta(days=1)) == []


def test_facts_about_deliveries_carry_no_words():
    make_fact("population-kuhmo", municipality="kuhmo")
    delivery = sent_delivery(
        municipality="kuhmo", title="Secret title", message="Secret words", facts=["population-kuhmo"]
    )
    noting.note_receipt(
        delivery=delivery,
        received_on=TODAY,
        reference="Secret reference",
        note="Secret note",
        by=None,
        now=NOW,
    )
    values = {"outcome": "other", "ended_on": TODAY, "outcome_note": "Secret end"}
    noting.note_outcome(delivery=delivery, values=values, by=None, now=NOW)

    told = str(list(Fact.objects.filter(kind="delivery").values_list("data", "changes")))
    assert "Secret" not in told


def at_once(count: int, do) -> list[object]:
    """This will do something in threads that wait for each other, each with its own connection; returns what each got."""
    together = threading.Barrier(count)
    got: list[object] = []

    def run(number: int) -> None:
        try:
            together.wait()
            got.append(do(number))
        except Exception as error:  # noqa: BLE001 - an error in a thread must fail the test, not vanish
            got.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return got


@pytest.mark.slow
def test_six_who_note_at_once_that_it_was_sent_note_it_once(transactional_db):
    delivery = packed_delivery()

    got = at_once(
        6,
        lambda number: noting.mark_sent(
            delivery=delivery, sent_on=TODAY, way="mail", sent_to=f"Person {number}", by=None, now=NOW
        ),
    )

    assert sorted(type(one).__name__ for one in got) == ["CannotDeliver"] * 5 + ["PartnerDelivery"], got
    assert Fact.objects.filter(type="syndication.delivery.sent").count() == 1


@pytest.mark.slow
def test_six_who_prepare_at_once_get_six_numbers(transactional_db):
    channel = make_channel()
    code = make_site(state="published").code

    got = at_once(
        6,
        lambda number: services.prepare_delivery(
            channel=channel,
            municipality=None,
            values={"title": f"Matter {number}", "records": [code]},
            by=None,
            now=NOW,
        ),
    )

    assert sorted(str(one) for one in got) == [f"windy-agency-{number:03d}" for number in range(1, 7)], got
