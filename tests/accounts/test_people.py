"""Invitations: the only way in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories import NOW, make_organisation, make_person
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import Invitation, Membership
from vetovoima.accounts.services import (
    InvitationNotValid,
    SignInFirst,
    accept_invitation,
    invite,
    open_invitation,
)

pytestmark = pytest.mark.django_db
STRONG = "a-long-and-quiet-river"


def invited(**more: object) -> tuple[Invitation, str]:
    given = {
        "email": "New@Example.com",
        "organisation": make_organisation("firm"),
        "role": Role.COMPANY,
        "language": "en",
    }
    return invite(**{**given, "by": None, "now": NOW, **more})  # type: ignore[arg-type]


def test_an_invited_person_comes_in_once_with_the_role() -> None:
    _invitation, secret = invited()
    person = accept_invitation(secret=secret, display_name="New Person", password=STRONG, now=NOW)
    assert person.email == "new@example.com"
    assert person.check_password(STRONG)
    assert [one.role for one in Membership.objects.filter(user=person)] == [Role.COMPANY]
    with pytest.raises(InvitationNotValid):
        accept_invitation(secret=secret, display_name="Again", password=STRONG, now=NOW)


def test_an_invitation_ends_after_two_weeks_and_its_secret_is_not_stored() -> None:
    invitation, secret = invited()
    assert secret not in str(Invitation.objects.filter(pk=invitation.pk).values())
    with pytest.raises(InvitationNotValid):
        open_invitation(secret, NOW + timedelta(days=14, seconds=1))


def test_a_weak_password_is_refused_and_the_invitation_stays_open() -> None:
    _invitation, secret = invited()
    with pytest.raises(ValidationError):
        accept_invitation(secret=secret, display_name="New", password="short", now=NOW)
    assert open_invitation(secret, NOW)


def test_only_the_administrator_invites() -> None:
    organisation = make_organisation("council")
    for role in Role:
        person = make_person(role, organisation)
        if role == Role.ADMIN:
            invited(by=person)
            continue
        with pytest.raises(PermissionDenied):
            invited(by=person)


def accept(secret: str, by: object = None) -> None:
    """This will accept an invitation as who has signed in, or as nobody."""
    accept_invitation(secret=secret, display_name="", password="", now=NOW, by=by)  # type: ignore[arg-type]


def test_the_secret_alone_gives_no_role_to_an_account() -> None:
    invitation, secret = invited(email="there@example.com")
    there = make_person(Role.COMPANY, "elsewhere", email="there@example.com")
    other = make_person(Role.COMPANY, "elsewhere")
    for by in (None, other):
        with pytest.raises(SignInFirst):
            accept(secret, by)
    assert open_invitation(secret, NOW) == invitation, "it stays open for whom it is meant"
    accept(secret, there)
    assert there.memberships.count() == 2


def test_a_closed_account_and_a_key_accept_nothing() -> None:
    _invitation, secret = invited(email="there@example.com")
    there = make_person(Role.COMPANY, "elsewhere", email="there@example.com", is_active=False)
    with pytest.raises(SignInFirst):
        accept(secret, there)
    there.is_active, there.narrowed_to = True, frozenset()
    with pytest.raises(SignInFirst):
        accept(secret, there)


def test_an_accepted_invitation_leaves_one_address_and_that_one_proven() -> None:
    from allauth.account.models import EmailAddress

    _invitation, secret = invited(email="There@Example.com")
    there = make_person(Role.COMPANY, "elsewhere", email="there@example.com")
    EmailAddress.objects.create(user=there, email="victim@example.com", verified=False, primary=True)
    accept(secret, there)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("there@example.com", True, True)
    ]
