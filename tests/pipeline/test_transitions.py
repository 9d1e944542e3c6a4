"""The ways between the states of an enquiry, every one of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import NOW, make_enquiry, make_organisation, make_person
from vetovoima.accounts.enums import Role, Sharing
from vetovoima.activity.models import Fact
from vetovoima.pipeline import rules, services
from vetovoima.pipeline.enums import ENDED, OPEN, ClosingReason, EnquiryState, RejectionReason, Verb
from vetovoima.pipeline.models import Enquiry, EnquiryNote
from vetovoima.pipeline.registry import RIGHT_FOR, TRANSITIONS
from vetovoima.pipeline.services import CannotAssign, CannotRecordAnswer, CannotShare, EnquiryChangedMeanwhile

LATER = NOW + timedelta(hours=2)


def do(verb: Verb, enquiry: Enquiry, by, **more):
    """This will call the service of a verb with something valid in every other argument."""
    deputy = make_person(Role.MUNICIPALITY_OFFICER)
    given = {
        Verb.RELEASE: (services.release_enquiry, {}),
        Verb.MARK_AS_SPAM: (services.mark_as_spam, {}),
        Verb.START_SCREENING: (services.start_screening, {}),
        Verb.ASSIGN: (services.assign_enquiry, {"owner": by, "deputy": deputy}),
        Verb.SHARE: (
            services.share_enquiry,
            {"level": Sharing.PARTIES, "parties": [make_organisation("a-partner")]},
        ),
        Verb.SEAL: (services.seal_enquiry, {"persons": [deputy]}),
        Verb.RECORD_ANSWER: (services.record_answer, {"text": "Two sites fit."}),
        Verb.ADD_NOTE: (services.add_note, {"text": "Called back."}),
        Verb.CLOSE: (services.close_enquiry, {"reason": ClosingReason.SATISFIED}),
        Verb.REJECT: (services.reject_enquiry, {"reason": RejectionReason.OUT_OF_SCOPE}),
        Verb.REOPEN: (services.reopen_enquiry, {}),
    }
    service, arguments = given[verb]
    return service(enquiry=enquiry, by=by, now=LATER, **{**arguments, **more})


def in_state(state: EnquiryState) -> Enquiry:
    is_held = state == EnquiryState.HELD
    return make_enquiry(state=state, spam_reasons=("links",) if is_held else ())


@pytest.mark.parametrize("state", EnquiryState)
@pytest.mark.parametrize("verb", Verb)
def test_each_verb_moves_as_the_table_says_or_refuses_with_a_sentence(coordinator, verb, state):
    enquiry = in_state(state)
    after = TRANSITIONS[verb].get(state)
    facts = Fact.objects.filter(code=enquiry.reference).count()

    if after is None:
        refusal, _sentence = services.WRONG_STATE[verb]
        with pytest.raises(refusal) as refused:
            do(verb, enquiry, coordinator)
        assert len(str(refused.value)) > 20
        after, new_facts = state, 0
    else:
        do(verb, enquiry, coordinator)
        new_facts = 1

    enquiry.refresh_from_db()
    assert enquiry.state == after
    assert Fact.objects.filter(code=enquiry.reference).count() == facts + new_facts


@pytest.mark.parametrize("verb", Verb)
def test_the_rule_for_buttons_says_the_same_as_the_service(coordinator, verb):
    for state in EnquiryState:
        enquiry = in_state(state)

        assert getattr(rules, f"can_{verb}")(coordinator, enquiry) == (state in TRANSITIONS[verb])
        assert (verb in rules.possible_verbs(coordinator, enquiry)) == (state in TRANSITIONS[verb])


def test_the_tables_know_every_verb_and_every_state_can_be_left():
    leaving = {before for ways in TRANSITIONS.values() for before, after in ways.items() if before != after}

    assert set(TRANSITIONS) == set(RIGHT_FOR) == set(services.WRONG_STATE) == set(Verb)
    assert leaving == set(EnquiryState)
    assert {*OPEN, *ENDED, EnquiryState.HELD} == set(EnquiryState)


def test_the_whole_way(coordinator):
    deputy = make_person(Role.MUNICIPALITY_OFFICER)
    enquiry = make_enquiry()

    enquiry = services.start_screening(enquiry=enquiry, by=coordinator, now=NOW)
    enquiry = services.assign_enquiry(
        enquiry=enquiry, owner=coordinator, deputy=deputy, by=coordinator, now=NOW
    )
    enquiry = services.record_answer(enquiry=enquiry, text="Yes.", by=coordinator, now=LATER)
    enquiry = services.close_enquiry(
        enquiry=enquiry, reason=ClosingReason.CONTINUES, by=coordinator, now=LATER
    )

    assert (enquiry.state, enquiry.first_answered_at, enquiry.ended_at) == (EnquiryState.CLOSED, LATER, LATER)
    assert (enquiry.owner, enquiry.deputy, enquiry.closing_reason) == (
        coordinator,
        deputy,
        ClosingReason.CONTINUES,
    )
    assert enquiry.revision == 5


def test_the_first_answer_is_measured_once(coordinator):
    enquiry = make_enquiry()

    services.record_answer(enquiry=enquiry, text="First.", by=coordinator, now=LATER, kind="call")
    services.record_answer(enquiry=enquiry, text="Second.", by=coordinator, now=LATER + timedelta(days=1))

    enquiry.refresh_from_db()
    notes = list(EnquiryNote.objects.filter(enquiry=enquiry).values_list("kind", "text", "is_first_answer"))
    assert enquiry.first_answered_at == LATER
    assert notes == [("call", "First.", True), ("answer", "Second.", False)]


def test_an_answer_given_earlier_counts_from_when_the_person_got_it(coordinator):
    enquiry = make_enquiry()
    given_at = NOW + timedelta(minutes=20)

    services.record_answer(enquiry=enquiry, text="By phone.", by=coordinator, now=LATER, answered_at=given_at)

    enquiry.refresh_from_db()
    assert enquiry.first_answered_at == given_at


@pytest.mark.parametrize("moment", [NOW - timedelta(minutes=1), LATER + timedelta(minutes=1)])
def test_an_answer_before_the_question_or_in_the_future_is_refused(coordinator, moment):
    with pytest.raises(CannotRecordAnswer):
        services.record_answer(
            enquiry=make_enquiry(), text="x", by=coordinator, now=LATER, answered_at=moment
        )


def test_an_empty_answer_is_refused(coordinator):
    with pytest.raises(CannotRecordAnswer):
        services.record_answer(enquiry=make_enquiry(), text=" \n", by=coordinator, now=LATER)


def test_owner_and_deputy_are_two_people(coordinator):
    with pytest.raises(CannotAssign):
        services.assign_enquiry(
            enquiry=make_enquiry(), owner=coordinator, deputy=coordinator, by=coordinator, now=NOW
        )


@pytest.mark.parametrize(
    "owner_role, deputy_role",
    [(Role.MUNICIPALITY_OFFICER, Role.COORDINATOR), (Role.COORDINATOR, Role.FUNDER)],
)
def test_who_cannot_answer_owns_nothing_and_who_cannot_see_stands_in_for_nobody(
    coordinator, owner_role, deputy_role
):
    with pytest.raises(CannotAssign):
        services.assign_enquiry(
            enquiry=make_enquiry(),
            owner=make_person(owner_role),
            deputy=make_person(deputy_role),
            by=coordinator,
            now=NOW,
        )


@pytest.mark.parametrize(
    "level, with_party", [(Sharing.PUBLIC, True), (Sharing.SEALED, True), (Sharing.PARTIES, False)]
)
def test_an_enquiry_is_shared_only_with_somebody_and_never_with_everybody(coordinator, level, with_party):
    parties = [make_organisation("a-partner")] if with_party else []

    with pytest.raises(CannotShare):
        services.share_enquiry(enquiry=make_enquiry(), level=level, parties=parties, by=coordinator, now=NOW)


def test_of_two_who_change_at_once_the_second_is_told(coordinator):
    enquiry = make_enquiry()
    seen_by_both = enquiry.revision
    deputy = make_person(Role.MUNICIPALITY_OFFICER)
    services.start_screening(enquiry=enquiry, by=coordinator, now=NOW, revision=seen_by_both)

    with pytest.raises(EnquiryChangedMeanwhile):
        services.assign_enquiry(
            enquiry=enquiry, owner=make_person(Role.COORDINATOR), deputy=deputy, by=coordinator, now=NOW,
            revision=seen_by_both,
        )  # fmt: skip

    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.state, enquiry.revision) == (
        None,
        EnquiryState.SCREENING,
        seen_by_both + 1,
    )


def test_a_note_does_not_make_an_open_form_old(coordinator):
    enquiry = make_enquiry()

    services.add_note(enquiry=enquiry, text="Seen.", by=coordinator, now=NOW)

    services.start_screening(enquiry=enquiry, by=coordinator, now=NOW, revision=enquiry.revision)
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SCREENING


def test_spam_taken_back_gets_its_clock(coordinator):
    held = in_state(EnquiryState.HELD)
    spam = services.mark_as_spam(enquiry=held, by=coordinator, now=NOW)

    reopened = services.reopen_enquiry(enquiry=spam, by=coordinator, now=LATER)

    assert (reopened.state, reopened.rejected_reason, reopened.clock_started_at) == (
        EnquiryState.SCREENING,
        "",
        LATER,
    )
    assert reopened.first_answer_due_at is not None
