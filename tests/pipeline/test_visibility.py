"""Who sees which enquiry: the same answer for an object, a list, a search and a count."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from tests.factories import NOW, make_enquiry, make_organisation, make_person
from tests.pipeline.test_transitions import do
from vetovoima.accounts.enums import Role, Sharing
from vetovoima.accounts.models import User
from vetovoima.pipeline import queries, rules, services
from vetovoima.pipeline.enums import EnquiryState, Verb
from vetovoima.pipeline.models import Enquiry

#: what each role sees, of: nobody's, shared with the network, with my organisation, with another, sealed, sealed with
#: me named, held, the one I stand in for, and one that was sealed without me although I stand in for it
SEES = {
    Role.COORDINATOR: {"owner", "network", "mine", "others", "named", "held", "carried"},
    Role.MUNICIPALITY_OFFICER: {"network", "mine", "named", "carried"},
    Role.CLUSTER_LEAD: {"network", "mine", "named", "carried"},
    Role.RDI_PARTNER: {"network", "mine", "named", "carried"},
    Role.NATIONAL_PARTNER: {"network", "mine", "named", "carried"},
    Role.ADMIN: set(),
    Role.BOARD_MEMBER: set(),
    Role.AUDITOR: set(),
    Role.FUNDER: set(),
    Role.COMPANY: set(),
    Role.CAPITAL_INVESTOR: set(),
}


def one_of_each_level(person: User) -> dict[str, Enquiry]:
    mine = person.memberships.get().organisation
    made = {
        "owner": make_enquiry(),
        "network": make_enquiry(sharing=Sharing.NETWORK),
        "mine": make_enquiry(sharing=Sharing.PARTIES),
        "others": make_enquiry(sharing=Sharing.PARTIES),
        "sealed": make_enquiry(sharing=Sharing.SEALED),
        "named": make_enquiry(sharing=Sharing.SEALED),
        "held": make_enquiry(spam_reasons=("links",), sharing=Sharing.NETWORK),
        "carried": make_enquiry(owner=make_person(Role.COORDINATOR), deputy=person),
        "sealed from me": make_enquiry(
            owner=make_person(Role.COORDINATOR), deputy=person, sharing=Sharing.SEALED
        ),
    }
    made["mine"].parties.add(mine)
    made["others"].parties.add(make_organisation("somebody-else"))
    made["named"].sealed_for.add(person)
    made["sealed"].sealed_for.add(make_person(Role.COORDINATOR))
    return made


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_the_sharing_levels_say(region, role):
    person = make_person(role)
    made = one_of_each_level(person)

    seen = {name for name, enquiry in made.items() if rules.can_view(person, enquiry)}

    assert seen == SEES[role]
    assert {one.reference for one in queries.enquiries_for(person)} == {made[name].reference for name in seen}
    assert {one.reference for one in queries.enquiries_for(person, text="matter")} == {
        made[name].reference for name in seen
    }
    assert sum(queries.counts(person).values()) == len(seen)
    assert {item.enquiry.reference for item in queries.waiting_for(person, NOW)} <= {
        made[n].reference for n in seen
    }
    for name, enquiry in made.items():
        if name in seen:
            assert queries.enquiry_for(person, enquiry.reference) == enquiry
        else:
            with pytest.raises(queries.NoSuchEnquiry):
                queries.enquiry_for(person, enquiry.reference)


def test_hidden_and_absent_fail_alike(region):
    hidden = make_enquiry()
    person = make_person(Role.MUNICIPALITY_OFFICER)

    failures = []
    for reference in (hidden.reference, "TUU-2026-9999"):
        with pytest.raises(queries.NoSuchEnquiry) as failed:
            queries.enquiry_for(person, reference)
        failures.append(type(failed.value))

    assert failures == [queries.NoSuchEnquiry] * 2


def test_who_is_not_signed_in_or_not_active_sees_nothing(region):
    make_enquiry(sharing=Sharing.NETWORK)
    gone = make_person(Role.COORDINATOR, is_active=False)

    assert list(queries.enquiries_for(AnonymousUser())) == []
    assert list(queries.enquiries_for(gone)) == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
@pytest.mark.parametrize("verb", Verb)
def test_only_the_coordinator_changes_enquiries(region, role, verb):
    person = make_person(role)
    enquiry = make_enquiry(sharing=Sharing.PARTIES)
    enquiry.parties.add(person.memberships.get().organisation)

    with pytest.raises(PermissionDenied):
        do(verb, enquiry, person)


def test_what_is_sealed_to_others_is_not_changed_by_a_coordinator(coordinator):
    enquiry = make_enquiry(sharing=Sharing.SEALED)

    with pytest.raises(PermissionDenied):
        services.start_screening(enquiry=enquiry, by=coordinator, now=NOW)


def test_sealing_takes_sharing_back_and_keeps_those_who_work_on_it(coordinator):
    deputy = make_person(Role.MUNICIPALITY_OFFICER)
    partner, stranger = make_person(Role.RDI_PARTNER), make_person(Role.COORDINATOR)
    enquiry = make_enquiry(owner=coordinator, deputy=deputy)
    services.share_enquiry(
        enquiry=enquiry,
        level=Sharing.PARTIES,
        parties=[partner.memberships.get().organisation],
        by=coordinator,
        now=NOW,
    )

    services.seal_enquiry(enquiry=enquiry, persons=[], by=coordinator, now=NOW)

    people = {"coordinator": coordinator, "deputy": deputy, "partner": partner, "stranger": stranger}
    assert {name for name, one in people.items() if rules.can_view(one, enquiry)} == {"coordinator", "deputy"}


def test_giving_a_sealed_enquiry_to_others_lets_them_in(coordinator):
    enquiry = make_enquiry()
    services.seal_enquiry(enquiry=enquiry, persons=[], by=coordinator, now=NOW)
    owner, deputy = make_person(Role.COORDINATOR), make_person(Role.MUNICIPALITY_OFFICER)
    assert not rules.can_view(owner, enquiry)

    services.assign_enquiry(enquiry=enquiry, owner=owner, deputy=deputy, by=coordinator, now=NOW)

    assert rules.can_view(owner, enquiry)
    assert rules.can_view(deputy, enquiry)


def test_taking_sharing_back_hides_it_again(coordinator):
    officer = make_person(Role.MUNICIPALITY_OFFICER)
    enquiry = make_enquiry()
    organisation = officer.memberships.get().organisation
    services.share_enquiry(
        enquiry=enquiry, level=Sharing.PARTIES, parties=[organisation], by=coordinator, now=NOW
    )
    assert rules.can_view(officer, enquiry)

    services.share_enquiry(enquiry=enquiry, level=Sharing.OWNER, by=coordinator, now=NOW)

    assert not rules.can_view(officer, enquiry)


def test_counts_name_every_state(coordinator):
    make_enquiry()
    make_enquiry(spam_reasons=("links",))

    assert queries.counts(coordinator) == {**dict.fromkeys(EnquiryState.values, 0), "new": 1, "held": 1}
