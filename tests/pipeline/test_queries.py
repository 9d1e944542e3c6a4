"""What waits, until when, and how the promise was kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import NOW, make_enquiry, make_organisation, make_person
from vetovoima.accounts.enums import Role, Sharing
from vetovoima.pipeline import queries, services
from vetovoima.pipeline.enums import RejectionReason

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def waiting(user, now=NOW) -> list[tuple[str, str, bool]]:
    return [(one.enquiry.reference, one.why, one.is_overdue) for one in queries.waiting_for(user, now)]


def test_the_coordinator_s_day(coordinator):
    deputy = make_person(Role.MUNICIPALITY_OFFICER)
    other = make_person(Role.COORDINATOR)
    held = make_enquiry(spam_reasons=("links",))
    late = make_enquiry(now=NOW - 7 * DAY)
    new = make_enquiry()
    mine, theirs, theirs_late = make_enquiry(), make_enquiry(), make_enquiry(now=NOW - 8 * DAY)
    answered = make_enquiry()
    services.assign_enquiry(enquiry=mine, owner=coordinator, deputy=deputy, by=coordinator, now=NOW)
    services.assign_enquiry(enquiry=theirs, owner=other, deputy=deputy, by=coordinator, now=NOW)
    services.assign_enquiry(enquiry=theirs_late, owner=other, deputy=deputy, by=coordinator, now=NOW)
    services.record_answer(enquiry=answered, text="Yes.", by=coordinator, now=NOW)

    assert waiting(coordinator) == [
        (theirs_late.reference, "answer", True),
        (late.reference, "new", True),
        (new.reference, "new", False),
        (mine.reference, "answer", False),
        (held.reference, "held", False),
    ]
    assert [one for one, _why, _late in waiting(deputy)] == [
        theirs_late.reference,
        mine.reference,
        theirs.reference,
    ]


def test_a_municipality_s_day(region):
    officer, coordinator = make_person(Role.MUNICIPALITY_OFFICER), make_person(Role.COORDINATOR)
    shared, hidden = make_enquiry(), make_enquiry()
    services.share_enquiry(
        enquiry=shared,
        level=Sharing.PARTIES,
        parties=[officer.memberships.get().organisation],
        by=coordinator,
        now=NOW,
    )

    assert waiting(officer) == [(shared.reference, "shared", False)]
    assert hidden.reference not in str(waiting(officer))


def test_what_waits_says_until_when(coordinator):
    enquiry = make_enquiry()

    found = queries.waiting_for(coordinator, NOW)[0]

    assert found.due_at == enquiry.first_answer_due_at


@pytest.mark.parametrize("after, is_late", [(timedelta(0), False), (timedelta(seconds=1), True)])
def test_the_promise_is_broken_after_the_deadline_not_at_it(region, after, is_late):
    enquiry = make_enquiry()

    found = queries.overdue(enquiry.first_answer_due_at + after)

    assert list(found) == ([enquiry] if is_late else [])


def test_first_answer_times_count_the_real_ones(coordinator):
    def answered(after: timedelta, **values):
        enquiry = make_enquiry(**values)
        services.record_answer(enquiry=enquiry, text="Yes.", by=coordinator, now=NOW + after)

    answered(2 * HOUR)
    answered(4 * HOUR)
    answered(7 * DAY)
    answered(HOUR, is_example=True)
    make_enquiry(now=NOW - 3 * DAY)  # its promise breaks while nobody answers
    make_enquiry(spam_reasons=("links",))
    spam = make_enquiry()
    services.mark_as_spam(enquiry=spam, by=coordinator, now=NOW)
    answered_spam = make_enquiry()
    services.record_answer(enquiry=answered_spam, text="Who is this?", by=coordinator, now=NOW)
    services.reject_enquiry(enquiry=answered_spam, reason=RejectionReason.SPAM, by=coordinator, now=NOW)

    times = queries.first_answer_times(NOW + HOUR)

    assert (times.answered, times.in_time, times.overdue) == (3, 2, 0)
    assert times.median_working_hours == 4.0
    assert times.share_in_time == pytest.approx(2 / 3)
    assert queries.first_answer_times(NOW + 30 * DAY).share_in_time == pytest.approx(2 / 4)


def test_without_answers_there_is_no_share_to_show(region):
    times = queries.first_answer_times(NOW)

    assert (times.share_in_time, times.median_working_hours, times.promised_working_days) == (None, None, 2)


@pytest.mark.parametrize("words, found", [("ada matter", 2), ("asker.example", 2), ("ADA nobody", 0)])
def test_words_are_looked_for_in_what_is_seen(coordinator, words, found):
    make_enquiry()
    make_enquiry()
    make_enquiry(sharing=Sharing.SEALED)

    assert queries.enquiries_for(coordinator, text=words).count() == found


def test_a_list_can_be_of_some_states(coordinator):
    make_enquiry()
    gone = make_enquiry()
    services.reject_enquiry(enquiry=gone, reason=RejectionReason.REFERRED, by=coordinator, now=NOW)

    assert list(queries.enquiries_for(coordinator, states=["rejected"])) == [gone]


def test_owners_and_deputies_to_choose_from(coordinator):
    officer = make_person(Role.MUNICIPALITY_OFFICER)
    make_person(Role.FUNDER)

    assert list(queries.possible_owners()) == [coordinator]
    assert set(queries.possible_deputies()) == {coordinator, officer}


def test_a_list_needs_few_queries(coordinator, django_assert_max_num_queries):
    for _number in range(5):
        make_enquiry(sharing=Sharing.PARTIES).parties.add(make_organisation("a-partner"))
    queries.counts(coordinator)

    with django_assert_max_num_queries(3):
        for one in queries.enquiries_for(coordinator):
            str([one.owner, one.sector, one.municipality, one.site, *one.parties.all()])
