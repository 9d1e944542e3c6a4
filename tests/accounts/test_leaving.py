"""Leaving: a role that ends leaves nothing open behind it."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories import NOW, make_organisation, make_person, make_region
from vetovoima.accounts.announcing import membership_ended
from vetovoima.accounts.enums import Role
from vetovoima.accounts.leaving import CannotEnd, disable_person, enable_person, end_membership
from vetovoima.accounts.models import Membership, User
from vetovoima.accounts.queries import people_managed_by
from vetovoima.accounts.services import (
    EDITORS,
    InvitationNotValid,
    KeyNotValid,
    add_member,
    create_key,
    invite,
    key_of,
    open_invitation,
)
from vetovoima.activity.models import Fact

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    make_region()
    return make_person(Role.ADMIN)


@pytest.fixture
def officer(admin: User) -> User:
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo", display_name="Olli Officer")


def fresh(person: User) -> User:
    """This will read a person anew."""
    return User.objects.get(pk=person.pk)


def signed_in(person: User) -> Client:
    """This will be a browser in which a person has signed in."""
    client = Client()
    client.force_login(person)
    return client


def end(person: User, by: User | None) -> None:
    """This will end the only role of a person."""
    end_membership(membership=person.memberships.get(), by=by, now=NOW)


def key(person: User) -> str:
    """This will make a key of a person in their organisation and return its text."""
    organisation = person.memberships.get().organisation
    given: Any = {"name": "GIS", "scopes": ["sites:read"], "days": 9, "by": person, "now": NOW}
    return create_key(owner=person, organisation=organisation, **given)[1]


def invitation(**more: Any) -> str:
    """This will make an invitation and return its secret."""
    given = {"organisation": make_organisation("kuhmo"), "role": Role.MUNICIPALITY_OFFICER, "language": "en"}
    return invite(**{**given, "by": None, "now": NOW, **more})[1]


def test_the_end_of_a_role_is_recorded_and_ends_what_hung_on_it(admin: User, officer: User) -> None:
    browser, token = signed_in(officer), key(officer)
    again = invitation(email=officer.email)
    assert browser.get("/desk/sites/").status_code == 200
    end(officer, admin)
    assert browser.get("/desk/sites/").headers["Location"].startswith("/accounts/login/"), "the session ended"
    assert signed_in(fresh(officer)).get("/desk/sites/").status_code == 403, "the person may still sign in"
    with pytest.raises(KeyNotValid):
        key_of(token, NOW)
    with pytest.raises(InvitationNotValid):
        open_invitation(again, NOW)
    fact = Fact.objects.get(type="accounts.membership.ended")
    assert (fact.actor, fact.code, fact.data["person"], fact.data["role"]) == (
        admin, str(officer.pk), "Olli Officer", "municipality_officer",
    )  # fmt: skip
    assert [one.slug for one in fact.organisations.all()] == ["kuhmo"]


def test_a_key_does_not_come_back_with_a_new_role(admin: User, officer: User) -> None:
    token, organisation = key(officer), officer.memberships.get().organisation
    end(officer, admin)
    Membership.objects.create(user=officer, organisation=organisation, role=Role.MUNICIPALITY_OFFICER)
    with pytest.raises(KeyNotValid):
        key_of(token, NOW)


def test_the_apps_above_hear_of_whoever_leaves_an_organisation_altogether(admin: User, officer: User) -> None:
    heard = []

    def receiver(**told: Any) -> None:
        heard.append((told["user"], told["organisation"].slug, told["by"], told["now"]))

    membership_ended.connect(receiver)
    try:
        kuhmo = make_organisation("kuhmo")
        second = Membership.objects.create(user=officer, organisation=kuhmo, role=Role.FUNDER)
        end_membership(membership=second, by=admin, now=NOW)
        assert heard == [], "one role in the organisation is left"
        end(officer, admin)
        other = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo")
        disable_person(person=other, by=None, now=NOW)
    finally:
        membership_ended.disconnect(receiver)
    assert heard == [(officer, "kuhmo", admin, NOW), (other, "sotkamo", None, NOW)]


def test_the_editors_group_follows_the_roles(admin: User) -> None:
    council = make_organisation("the-council", "council")
    made = [
        add_member(
            email=f"{name}@example.org", display_name=name, language="en", organisation=council,
            role=Role.COORDINATOR, password=None,
        )
        for name in ("one", "two")
    ]  # fmt: skip
    assert made[0].groups.filter(name=EDITORS).exists()
    end(made[0], admin)
    assert not made[0].groups.exists()
    assert made[1].groups.exists()


def test_a_role_that_is_gone_opens_no_content_editor_whatever_the_group_says(admin: User) -> None:
    person = add_member(
        email="one@example.org", display_name="One", language="en", password=None, role=Role.COORDINATOR,
        organisation=make_organisation("the-council", "council"),
    )  # fmt: skip
    browser = signed_in(person)
    assert browser.get("/cms/pages/", follow=True).status_code == 200
    Membership.objects.filter(user=person).delete()
    assert fresh(person).groups.exists()
    for address in ("/cms/", "/cms/pages/", "/cms/account/", "/cms/images/", "/cms/api/main/pages/"):
        assert browser.get(address).status_code == 403, address


def test_the_last_administrator_and_the_last_coordinator_stay(admin: User) -> None:
    coordinator = make_person(Role.COORDINATOR)
    for person, sentence in ((admin, "last administrator"), (coordinator, "last coordinator")):
        for by in (None, admin):
            with pytest.raises(CannotEnd, match=sentence):
                end(person, by)
        with pytest.raises(CannotEnd, match=sentence):
            disable_person(person=person, by=None, now=NOW)
    closed = make_person(Role.ADMIN, is_active=False)
    with pytest.raises(CannotEnd):
        end(admin, None)
    end(closed, admin)
    second = make_person(Role.ADMIN)
    end(admin, second)
    assert not admin.memberships.exists()
    assert not Fact.objects.filter(type="accounts.person.disabled").exists()


def test_whoever_may_not_invite_any_more_has_invited_nobody(admin: User) -> None:
    second = make_person(Role.ADMIN)
    back_door = invitation(email="second.address@example.org", by=second)
    standing = invitation(email="new@example.org", by=admin)
    end(second, admin)
    with pytest.raises(InvitationNotValid):
        open_invitation(back_door, NOW)
    assert open_invitation(standing, NOW)


def test_a_closed_account_is_out_and_comes_back_with_its_roles_alone(admin: User, officer: User) -> None:
    browser, token = signed_in(officer), key(officer)
    disable_person(person=officer, by=admin, now=NOW)
    assert browser.get("/desk/").status_code == 302
    with pytest.raises(KeyNotValid):
        key_of(token, NOW)
    enable_person(person=officer, by=admin, now=NOW)
    assert browser.get("/desk/").status_code == 302, "the old session stays ended"
    assert signed_in(fresh(officer)).get("/desk/sites/").status_code == 200
    with pytest.raises(KeyNotValid):
        key_of(token, NOW)
    told = Fact.objects.filter(kind="person").order_by("pk").values_list("type", flat=True)
    assert list(told) == ["accounts.person.disabled", "accounts.person.enabled"]


def test_nobody_closes_their_own_account(admin: User) -> None:
    make_person(Role.ADMIN)
    with pytest.raises(CannotEnd, match="your own account"):
        disable_person(person=admin, by=admin, now=NOW)


def test_the_coordinator_manages_the_municipalities_people_and_nobody_else(
    admin: User, officer: User
) -> None:
    coordinator = make_person(Role.COORDINATOR)
    both = make_person(Role.MUNICIPALITY_OFFICER, "sotkamo")
    Membership.objects.create(user=both, organisation=make_organisation("firm"), role=Role.COMPANY)
    assert list(people_managed_by(coordinator)) == [officer]
    for person in (admin, coordinator, both):
        for change in (disable_person, enable_person):
            with pytest.raises(PermissionDenied):
                change(person=person, by=coordinator, now=NOW)
    with pytest.raises(PermissionDenied):
        end_membership(membership=both.memberships.first(), by=coordinator, now=NOW)  # type: ignore[arg-type]
    end(officer, coordinator)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.COORDINATOR)])
def test_no_other_role_ends_anything(officer: User, role: str) -> None:
    with pytest.raises(PermissionDenied):
        end(officer, make_person(role, "elsewhere"))


def run(*arguments: str) -> str:
    """This will run the operator's command and return what it printed."""
    out = StringIO()
    call_command("people", *arguments, stdout=out)
    return out.getvalue()


def test_the_operator_does_the_same_by_command(admin: User, officer: User) -> None:
    shapes = json.loads(run("list", "--json"))
    assert {one["email"]: one["is_open"] for one in shapes} == {admin.email: True, officer.email: True}
    run("close", officer.email)
    assert not fresh(officer).is_active
    run("open", officer.email)
    run("end", officer.email, "--organisation", "kuhmo", "--role", "municipality_officer")
    assert not officer.memberships.exists()
    with pytest.raises(CommandError, match="is not municipality_officer in kuhmo"):
        run("end", officer.email, "--organisation", "kuhmo", "--role", "municipality_officer")
    with pytest.raises(CommandError, match="Nobody signs in"):
        run("close", "nobody@example.org")
    with pytest.raises(CommandError, match="last administrator"):
        run("close", admin.email)
