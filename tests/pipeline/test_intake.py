"""The public door: one matter is one enquiry, spam is held, and nothing that was typed is lost."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import connection

from tests.factories import NOW, enquiry_input, make_person, make_region
from vetovoima.accounts.enums import Role
from vetovoima.activity.models import Fact, OutboxItem
from vetovoima.messaging.models import Mail
from vetovoima.pipeline import services
from vetovoima.pipeline.enums import EnquiryState, NoteKind
from vetovoima.pipeline.intake import (
    SubmissionExpired,
    new_submission_token,
    read_submission_token,
    receive_enquiry,
)
from vetovoima.pipeline.models import Enquiry, EnquiryNote
from vetovoima.pipeline.queries import answer_deadline

MINUTE = timedelta(minutes=1)


def token(opened: timedelta = MINUTE) -> str:
    """This will make the token of a form that was opened so long before NOW."""
    return new_submission_token(NOW - opened)


def mails_to(address: str) -> list[str]:
    return list(Mail.objects.filter(to=address).values_list("template", flat=True))


def test_an_enquiry_gets_a_reference_and_a_time(coordinator):
    receipt = receive_enquiry(enquiry_input(), token(), NOW)

    enquiry = Enquiry.objects.get()
    assert (receipt.reference, receipt.is_repeat) == ("TUU-2026-0001", False)
    assert receipt.due_at == enquiry.first_answer_due_at == answer_deadline(NOW)
    assert (enquiry.state, enquiry.received_at, enquiry.clock_started_at) == (EnquiryState.NEW, NOW, NOW)
    assert enquiry.sharing == "owner"
    assert list(Fact.objects.values_list("type", "code")) == [("pipeline.enquiry.received", "TUU-2026-0001")]


def test_the_person_and_the_coordinators_are_told(coordinator):
    receive_enquiry(enquiry_input(), token(), NOW)

    assert sorted(Mail.objects.values_list("to", "template")) == sorted(
        [("ada@asker.example", "enquiry_received"), (coordinator.email, "enquiry_arrived")]
    )
    assert OutboxItem.objects.count() == 2


def test_references_are_numbered_by_year_of_the_region(region):
    before_midnight = datetime(2026, 12, 31, 21, 59, tzinfo=UTC)  # 23:59 in Finland
    references = [
        receive_enquiry(
            enquiry_input(message=f"Matter {number}"), new_submission_token(moment - MINUTE), moment
        ).reference
        for number, moment in enumerate([NOW, before_midnight, before_midnight + 2 * MINUTE])
    ]

    assert references == ["TUU-2026-0001", "TUU-2026-0002", "TUU-2027-0001"]


def test_the_same_form_sent_twice_is_one_enquiry(region):
    once = token()
    first = receive_enquiry(enquiry_input(), once, NOW)
    second = receive_enquiry(enquiry_input(), once, NOW + timedelta(hours=1))

    assert (second.reference, second.due_at, second.is_repeat) == (first.reference, first.due_at, True)
    assert Enquiry.objects.count() == 1
    assert mails_to("ada@asker.example") == ["enquiry_received"]


@pytest.mark.parametrize("after, enquiries", [(timedelta(minutes=9), 1), (timedelta(minutes=11), 2)])
def test_the_same_words_from_the_same_address_are_one_matter_for_ten_minutes(region, after, enquiries):
    receive_enquiry(enquiry_input(), token(), NOW)
    receive_enquiry(enquiry_input(email="ADA@asker.example"), new_submission_token(NOW), NOW + after)

    assert Enquiry.objects.count() == enquiries


@pytest.mark.parametrize("other", [{"message": "Another matter."}, {"email": "bo@asker.example"}])
def test_other_words_or_another_person_are_another_matter(region, other):
    receive_enquiry(enquiry_input(), token(), NOW)
    receive_enquiry(enquiry_input(**other), token(), NOW)

    assert Enquiry.objects.count() == 2


def test_what_is_changed_and_sent_again_by_the_same_form_is_kept(region):
    once = token()
    receive_enquiry(enquiry_input(), once, NOW)
    for _time in range(2):
        receive_enquiry(enquiry_input(message="Seven hectares, not six.", phone="+358 1"), once, NOW + MINUTE)

    assert Enquiry.objects.count() == 1
    note = EnquiryNote.objects.get()
    assert (note.kind, note.text) == (
        NoteKind.ADDITION,
        "person_phone: +358 1\nmessage: Seven hectares, not six.",
    )
    assert mails_to("ada@asker.example") == ["enquiry_received"]


def test_changing_and_sending_for_ever_is_bounded(region):
    once = token()
    for number in range(12):
        receive_enquiry(enquiry_input(message=f"Version {number}"), once, NOW)

    assert EnquiryNote.objects.count() == 5


def send_at_once(count: int, make_token, make_input) -> list[object]:
    """This will send from threads that wait for each other, each with its own connection; returns what each got."""
    together = threading.Barrier(count)
    got: list[object] = []

    def send(number: int) -> None:
        try:
            together.wait()
            got.append(receive_enquiry(make_input(number), make_token(number), NOW))
        except Exception as error:  # noqa: BLE001 - an error in a thread must fail the test, not vanish
            got.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return got


@pytest.mark.slow
@pytest.mark.parametrize("case", ["the same token", "the same content"])
def test_twenty_clicks_at_once_are_one_enquiry_and_one_mail(transactional_db, case):
    make_region()
    make_person(Role.COORDINATOR)
    one = token()

    got = send_at_once(20, lambda n: one if case == "the same token" else token(), lambda n: enquiry_input())

    assert [type(item).__name__ for item in got] == ["Receipt"] * 20, got
    assert {item.reference for item in got} == {"TUU-2026-0001"}
    assert Counter(item.is_repeat for item in got) == {False: 1, True: 19}
    assert Enquiry.objects.count() == Fact.objects.count() == 1
    assert (mails_to("ada@asker.example"), Mail.objects.count(), OutboxItem.objects.count()) == (
        ["enquiry_received"],
        2,
        2,
    )


@pytest.mark.slow
def test_twenty_matters_at_once_are_numbered_without_a_gap(transactional_db):
    make_region()

    got = send_at_once(
        20,
        lambda n: token(),
        lambda n: enquiry_input(message=f"Matter {n}", email=f"person{n}@asker.example"),
    )

    assert sorted(item.reference for item in got) == [f"TUU-2026-{number:04d}" for number in range(1, 21)], (
        got
    )


def test_a_number_is_not_used_up_by_what_fails(region):
    with pytest.raises(ValidationError):
        receive_enquiry(enquiry_input(email="nowhere"), token(), NOW)

    assert receive_enquiry(enquiry_input(), token(), NOW).reference == "TUU-2026-0001"


SPAM = {
    "honeypot": {"trap": "http://spam.example"},
    "links": {"message": "http://a.example http://b.example https://c.example www.d.example"},
    "words": {"message": "Buy cheap backlinks today"},
}


@pytest.mark.parametrize("reason", [*SPAM, "too_fast"])
def test_spam_is_held_and_its_sender_sees_an_ordinary_receipt(coordinator, reason):
    opened = timedelta(seconds=2) if reason == "too_fast" else MINUTE
    ordinary = receive_enquiry(enquiry_input(message="An ordinary one."), token(), NOW)

    receipt = receive_enquiry(enquiry_input(**SPAM.get(reason, {})), token(opened), NOW)

    enquiry = Enquiry.objects.get(reference=receipt.reference)
    assert (receipt.reference, receipt.due_at, receipt.is_repeat) == ("TUU-2026-0002", ordinary.due_at, False)
    assert (enquiry.state, enquiry.spam_reasons) == (EnquiryState.HELD, [reason])
    assert (enquiry.clock_started_at, enquiry.first_answer_due_at) == (None, None)
    assert enquiry.message == SPAM.get(reason, {}).get("message", enquiry_input().message)
    assert Mail.objects.filter(about_code=receipt.reference).count() == 0


@pytest.mark.parametrize(
    "message",
    [
        "See https://ours.example, https://plan.example and www.group.example for who we are.",
        "A data centre for crypto mining, 40 MW. Our SEO Mr Seoh asks for sites near the casino hotel.",
        "<script>alert(1)</script> is how our form software tests. We need a hall.",
    ],
)
def test_ordinary_messages_are_not_held(region, message):
    receive_enquiry(enquiry_input(message=message), token(), NOW)

    assert Enquiry.objects.get().state == EnquiryState.NEW
    assert Enquiry.objects.get().message == message


def test_a_released_enquiry_is_acknowledged_and_its_clock_starts(coordinator):
    receipt = receive_enquiry(enquiry_input(trap="x"), token(), NOW)
    later = NOW + timedelta(days=1)

    enquiry = services.release_enquiry(enquiry=Enquiry.objects.get(), by=coordinator, now=later)

    assert (enquiry.state, enquiry.clock_started_at) == (EnquiryState.NEW, later)
    assert enquiry.first_answer_due_at == answer_deadline(later)
    assert sorted(Mail.objects.filter(about_code=receipt.reference).values_list("template", flat=True)) == [
        "enquiry_arrived", "enquiry_received",
    ]  # fmt: skip


def test_a_flood_from_one_address_is_held_not_lost(region):
    for number in range(32):
        receive_enquiry(
            enquiry_input(message=f"Matter {number}", email=f"p{number}@asker.example", network_address="192.0.2.7"),
            token(), NOW,
        )  # fmt: skip

    assert Counter(Enquiry.objects.values_list("state", flat=True)) == {"new": 30, "held": 2}
    assert Enquiry.objects.filter(state="held").first().spam_reasons == ["rate"]


def test_what_is_sent_again_does_not_count_towards_the_rate(region):
    for _click in range(40):
        receive_enquiry(enquiry_input(network_address="192.0.2.7"), token(), NOW)
    receive_enquiry(enquiry_input(message="Another matter.", network_address="192.0.2.7"), token(), NOW)

    assert Counter(Enquiry.objects.values_list("state", flat=True)) == {"new": 2}


def test_a_stranger_cannot_have_us_write_to_somebody_again_and_again(region):
    for number in range(12):
        receive_enquiry(enquiry_input(message=f"Matter {number}"), token(), NOW)

    assert len(mails_to("ada@asker.example")) == 10
    assert Enquiry.objects.count() == 12


def test_a_form_open_for_hours_loses_nothing(region):
    typed = enquiry_input(message="Written over a long lunch.")

    with pytest.raises(SubmissionExpired) as expired:
        receive_enquiry(typed, token(timedelta(hours=4, minutes=1)), NOW)

    assert expired.value.typed == typed
    assert "still here" in str(expired.value)
    assert Enquiry.objects.count() == 0
    receipt = receive_enquiry(expired.value.typed, expired.value.new_token, NOW + timedelta(seconds=1))
    assert Enquiry.objects.get(reference=receipt.reference).state == EnquiryState.NEW


def test_what_was_sent_in_time_still_gets_its_receipt_after_hours(region):
    once = token()
    first = receive_enquiry(enquiry_input(), once, NOW)

    again = receive_enquiry(enquiry_input(), once, NOW + timedelta(hours=9))

    assert (again.reference, again.is_repeat) == (first.reference, True)


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "x",
        "a:b",
        "é" * 40,
        signing.Signer(salt="other").sign_object({"key": "k", "at": 1, "renewal": True}),
    ],
)
def test_a_token_that_is_not_ours_is_no_token(region, made_up):
    with pytest.raises(SubmissionExpired):
        receive_enquiry(enquiry_input(), made_up, NOW)


def test_a_token_from_the_future_is_no_token(region):
    with pytest.raises(SubmissionExpired):
        read_submission_token(new_submission_token(NOW + timedelta(hours=1)), NOW)


def test_two_forms_have_two_tokens(region):
    assert read_submission_token(token(), NOW).key != read_submission_token(token(), NOW).key


@pytest.mark.parametrize("field", ["name", "email", "company", "role", "phone", "country"])
def test_a_header_cannot_be_smuggled_in(coordinator, field):
    with pytest.raises(ValidationError) as refused:
        receive_enquiry(
            enquiry_input(**{field: "ada@asker.example\r\nBcc: victims@example.org"}), token(), NOW
        )

    assert list(refused.value.message_dict) == [field]
    assert Mail.objects.count() == 0


def test_a_long_message_is_refused_with_its_length_and_kept_by_the_form(region):
    with pytest.raises(ValidationError) as refused:
        receive_enquiry(enquiry_input(message="x" * 1_000_000), token(), NOW)

    assert "1000000" in refused.value.message_dict["message"][0]
