"""The contact log of a municipality: its own, and what it chooses to share."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.factories import NOW, make_municipality, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact
from vetovoima.cooperation.contacts import documents, queries, services
from vetovoima.cooperation.keeping import CannotChange, ChangedMeanwhile
from vetovoima.cooperation.models import CompanyContact

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def officer():
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


def log(officer, **values):
    given = {
        "company_name": "Kites Ltd", "business_id": "", "happened_on": TODAY, "kind": "visit", "our_people": "Olli",
        "subject": "A larger hall", "notes": "They look at a secret plot.", **values,
    }  # fmt: skip
    return services.log_contact(municipality=make_municipality("kuhmo"), values=given, by=officer, now=NOW)


def test_only_the_municipalitys_own_people_read_and_write_it(officer):
    contact = log(officer)
    strangers = [
        make_person(Role.MUNICIPALITY_OFFICER, "paltamo"), make_person(Role.COORDINATOR), make_person(Role.ADMIN),
        make_person(Role.AUDITOR), make_person(Role.BOARD_MEMBER), make_person(Role.CLUSTER_LEAD),
    ]  # fmt: skip

    assert queries.contact_for(officer, contact.code) == contact
    for person in strangers:
        assert list(queries.find_contacts(person)) == []
        with pytest.raises(CannotChange):
            log(person)
        with pytest.raises(CannotChange):
            services.edit_contact(contact=contact, values={"subject": "x"}, by=person, now=NOW)
        with pytest.raises(CannotChange):
            services.share_summary(contact=contact, summary="x", by=person, now=NOW)
        with pytest.raises(CannotChange):
            services.remove_contact(contact=contact, by=person, now=NOW)


def test_a_shared_summary_is_all_that_others_see_and_it_can_be_taken_back(officer):
    contact = log(officer)
    council, neighbour = make_person(Role.COORDINATOR), make_person(Role.MUNICIPALITY_OFFICER, "paltamo")
    assert queries.shared_summaries(council) == []

    contact = services.share_summary(contact=contact, summary="A firm needs a hall.", by=officer, now=NOW)

    for person in (council, neighbour):
        assert [vars(one) for one in queries.shared_summaries(person)] == [
            {
                "municipality": {"fi": "Kuhmo"}, "text": "A firm needs a hall.", "shared_on": TODAY,
                "is_example": False,
            }
        ]  # fmt: skip
    assert queries.shared_summaries(make_person(Role.BOARD_MEMBER)) == []
    services.stop_sharing(contact=contact, by=officer, now=NOW)
    assert queries.shared_summaries(council) == []


def test_a_summary_has_words(officer):
    with pytest.raises(ValidationError):
        services.share_summary(contact=log(officer), summary="  ", by=officer, now=NOW)


@pytest.mark.parametrize("typed, kept", [("FI 01120389", "0112038-9"), ("", "")])
def test_a_business_id_is_tidied(officer, typed, kept):
    assert log(officer, business_id=typed).business_id == kept


@pytest.mark.parametrize(
    "values, field",
    [
        ({"business_id": "0112038-8"}, "business_id"),
        ({"happened_on": TODAY + timedelta(days=1)}, "happened_on"),
        ({"follow_up_on": TODAY - timedelta(days=1)}, "follow_up_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(officer, values, field):
    with pytest.raises(ValidationError) as refused:
        log(officer, **values)
    assert list(refused.value.message_dict) == [field]


def test_a_follow_up_is_given_to_a_person_of_ones_own(officer):
    with pytest.raises(ValidationError):
        log(officer, follow_up_by=make_person(Role.COORDINATOR))


def test_follow_ups_come_a_week_before_and_go_when_they_are_done(officer):
    colleague = make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")
    mine = log(officer, follow_up_on=TODAY + timedelta(days=7), follow_up_by=officer)
    anybodys = log(officer, follow_up_on=TODAY)
    log(officer, follow_up_on=TODAY + timedelta(days=8), follow_up_by=officer)
    log(officer, follow_up_on=TODAY, follow_up_by=colleague)

    assert queries.follow_ups_due(officer, TODAY) == [anybodys, mine]
    services.finish_follow_up(contact=mine, outcome="They buy.", by=officer, now=NOW)

    assert queries.follow_ups_due(officer, TODAY) == [anybodys]
    assert CompanyContact.objects.get(pk=mine.pk).outcome == "They buy."
    assert queries.follow_ups_due(make_person(Role.COORDINATOR), TODAY) == []


def test_a_new_day_of_follow_up_waits_again(officer):
    contact = log(officer, follow_up_on=TODAY)
    contact = services.finish_follow_up(contact=contact, outcome="", by=officer, now=NOW)

    contact = services.edit_contact(
        contact=contact, values={"follow_up_on": TODAY + timedelta(days=3)}, by=officer, now=NOW
    )

    assert contact.waits()


def test_the_second_writer_is_told(officer):
    contact = log(officer)
    services.edit_contact(contact=contact, values={"subject": "One"}, by=officer, now=NOW, revision=1)

    with pytest.raises(ChangedMeanwhile):
        services.edit_contact(contact=contact, values={"subject": "Two"}, by=officer, now=NOW, revision=1)


def test_a_removed_contact_is_gone_and_the_log_keeps_none_of_its_words(officer):
    contact = log(officer)
    services.edit_contact(contact=contact, values={"notes": "Another secret"}, by=officer, now=NOW)
    services.remove_contact(contact=contact, by=officer, now=NOW)

    facts = Fact.objects.filter(kind="company_contact").order_by("pk")

    assert [one.type for one in facts] == [
        "cooperation.contact.logged", "cooperation.contact.edited", "cooperation.contact.removed",
    ]  # fmt: skip
    said = " ".join(f"{one.code} {one.changes} {one.data}" for one in facts)
    assert [word for word in ("Kites", "secret", "hall") if word in said] == []
    assert CompanyContact.objects.count() == 0


def test_the_export_holds_the_whole_log_and_no_formula(officer):
    log(officer, subject='=HYPERLINK("x")', follow_up_on=TODAY)

    head, row = csv.reader(io.StringIO(documents.contacts_csv(queries.find_contacts(officer))), delimiter=";")

    shown = dict(zip(head, row, strict=True))
    assert (shown["Company"], shown["Notes"], shown["Follow-up on"]) == (
        "Kites Ltd", "They look at a secret plot.", TODAY.isoformat(),
    )  # fmt: skip
    assert shown["Subject"] == '\'=HYPERLINK("x")'


def test_search_finds_by_company_and_words(officer):
    log(officer)
    log(officer, company_name="Äijälä Oy", notes="")

    def found(**asked):
        return [one.company_name for one in queries.find_contacts(officer, **asked)]

    assert found(text="äijälä") == ["Äijälä Oy"]
    assert found(text="secret plot") == ["Kites Ltd"]
    assert found(kind="call") == []
