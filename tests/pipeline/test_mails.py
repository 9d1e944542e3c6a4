"""Who hears of an enquiry, and what nobody hears."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import NOW, enquiry_input, make_enquiry, make_organisation, make_person
from vetovoima.accounts.enums import OrganisationKind, Role, Sharing
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.activity.registry import in_words
from vetovoima.messaging.models import Mail
from vetovoima.pipeline import services
from vetovoima.pipeline.intake import new_submission_token, receive_enquiry
from vetovoima.pipeline.models import Enquiry
from vetovoima.reference.models import Region

CANARY = "kanarialintu"
SECRET = {
    "message": f"{CANARY}message", "name": f"{CANARY}name", "email": f"{CANARY}@asker.example",
    "company": f"{CANARY}company", "role": f"{CANARY}role", "phone": f"{CANARY}phone", "country": f"{CANARY}country",
    "size": f"{CANARY}size",
}  # fmt: skip


def lead_through_everything(coordinator) -> Enquiry:
    """This will do to one enquiry all that can be done, with a canary in every text."""
    receive_enquiry(
        enquiry_input(**SECRET, trap=CANARY), new_submission_token(NOW - timedelta(minutes=1)), NOW
    )
    deputy = make_person(Role.MUNICIPALITY_OFFICER, "marshland")
    party = make_organisation("fenland", OrganisationKind.MUNICIPALITY)
    make_person(Role.MUNICIPALITY_OFFICER, "fenland", language="fi")
    enquiry = Enquiry.objects.get()
    with_note = {"enquiry": enquiry, "by": coordinator, "now": NOW}
    services.release_enquiry(**with_note)
    services.start_screening(**with_note, note=CANARY)
    services.assign_enquiry(**with_note, owner=coordinator, deputy=deputy)
    services.share_enquiry(**with_note, level=Sharing.PARTIES, parties=[party])
    services.add_note(**with_note, text=CANARY)
    services.record_answer(**with_note, text=CANARY)
    services.close_enquiry(**with_note, reason="lost", note=CANARY)
    services.reopen_enquiry(**with_note)
    services.reject_enquiry(**with_note, reason="other", note=CANARY)
    services.seal_enquiry(**with_note, persons=[coordinator])
    return enquiry


def test_no_fact_says_who_asked_or_what(coordinator):
    lead_through_everything(coordinator)

    facts = list(Fact.objects.order_by("pk"))
    assert [fact.type.removeprefix("pipeline.enquiry.") for fact in facts] == [
        "held", "released", "screening_started", "assigned", "shared", "noted", "answered", "closed", "reopened",
        "rejected", "sealed",
    ]  # fmt: skip
    for fact in facts:
        everything = f"{fact.changes}{fact.data}{fact.code}{in_words(fact)}".lower()
        assert CANARY not in everything
        assert in_words(fact) != fact.type
        assert fact.code in in_words(fact)


def test_facts_are_shared_as_the_enquiry_is(coordinator):
    lead_through_everything(coordinator)

    levels = {fact.type.rpartition(".")[2]: fact for fact in Fact.objects.all()}
    assert (levels["released"].sharing, levels["released"].organisations.count()) == ("owner", 0)
    assert (levels["noted"].sharing, levels["noted"].organisations.get().slug) == ("parties", "fenland")
    assert (levels["sealed"].sharing, levels["sealed"].organisations.count()) == ("sealed", 0)


def test_no_mail_repeats_what_was_asked_and_none_of_ours_says_by_whom(coordinator):
    lead_through_everything(coordinator)

    for mail in Mail.objects.all():
        assert CANARY not in f"{mail.subject}{mail.body}{mail.key}".lower()
        assert (CANARY in mail.to) == (mail.template == "enquiry_received")
    assert all(CANARY not in f"{item.key}{item.payload}" for item in OutboxItem.objects.all())


def test_who_hears_what(coordinator):
    lead_through_everything(coordinator)

    told = sorted(Mail.objects.values_list("template", "language"))
    assert told == [
        ("enquiry_arrived", "en"), ("enquiry_assigned", "en"), ("enquiry_received", "en"), ("enquiry_shared", "fi"),
    ]  # fmt: skip


def test_those_who_were_told_are_not_told_again(coordinator):
    enquiry = make_enquiry()
    first, second = (make_person(Role.MUNICIPALITY_OFFICER).memberships.get().organisation for _n in range(2))
    for parties in ([first], [first, second]):
        services.share_enquiry(
            enquiry=enquiry, level=Sharing.PARTIES, parties=parties, by=coordinator, now=NOW
        )

    assert Mail.objects.filter(template="enquiry_shared").count() == 2


def test_who_may_not_see_enquiries_is_not_told_of_them(coordinator):
    funder = make_person(Role.FUNDER)

    services.share_enquiry(
        enquiry=make_enquiry(), level=Sharing.PARTIES, parties=[funder.memberships.get().organisation],
        by=coordinator, now=NOW,
    )  # fmt: skip

    assert Mail.objects.filter(to=funder.email).count() == 0


def test_nobody_gets_mail_about_an_example(coordinator):
    enquiry = make_enquiry(is_example=True)
    Mail.objects.all().delete()

    services.assign_enquiry(
        enquiry=enquiry, owner=make_person(Role.COORDINATOR), deputy=make_person(Role.MUNICIPALITY_OFFICER),
        by=coordinator, now=NOW,
    )  # fmt: skip

    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    "language, promise",
    [
        ("en", "by Thursday 12 March 2026 at 16:00 EET"),
        ("fi", "viimeistään torstaina 12.3.2026 klo 16.00"),
        ("sv", "senast torsdagen den 12 mars 2026 kl. 16.00 EET"),
    ],
)
def test_the_promise_is_written_as_the_language_does(coordinator, language, promise):
    receive_enquiry(enquiry_input(language=language), new_submission_token(NOW - timedelta(minutes=1)), NOW)

    mail = Mail.objects.get(template="enquiry_received")
    assert promise in mail.body
    assert "TUU-2026-0001" in mail.subject
    assert "The-council" in mail.body
    assert mail.language == language


def test_without_a_region_an_enquiry_is_still_kept(db):
    assert Region.objects.count() == 0

    receipt = receive_enquiry(enquiry_input(), new_submission_token(NOW - timedelta(minutes=1)), NOW)

    assert receipt.reference == "REG-2026-0001"
    assert Mail.objects.get().to == "ada@asker.example"


def test_mail_and_enquiry_are_stored_together_or_not_at_all(coordinator, monkeypatch):
    def broken(**_arguments):
        raise RuntimeError("no templates")

    monkeypatch.setattr("vetovoima.pipeline.receivers.queue_mail", broken)

    with pytest.raises(RuntimeError):
        receive_enquiry(enquiry_input(), new_submission_token(NOW - timedelta(minutes=1)), NOW)

    assert (Enquiry.objects.count(), Fact.objects.count(), Mail.objects.count()) == (0, 0, 0)
