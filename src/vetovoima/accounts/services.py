"""Changes to people: invitations and memberships."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from .enums import Role
from .models import Invitation, Membership, Organisation, User
from .rights import Action, Kind, Reach, reach_of_role
from .rules import may

INVITATION_DAYS = 14
#: the group that the content editor knows; who is in it follows from the roles
EDITORS = "Content editors"


class InvitationNotValid(Exception):
    """The invitation was used, has expired, or never was."""


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite(
    *, email: str, organisation: Organisation, role: Role, language: str, by: User | None, now: datetime
) -> tuple[Invitation, str]:
    """This will make an invitation and return it with its secret, which is shown once and never stored.

    `by` None is the operator's command line. Raises PermissionDenied when `by` may not invite.
    """
    if by is not None and not may(by, Kind.PEOPLE, Action.INVITE):
        raise PermissionDenied
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        organisation=organisation,
        role=role,
        language=language,
        secret_hash=_hash(secret),
        invited_by=by,
        invited_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    return invitation, secret


def open_invitation(secret: str, now: datetime) -> Invitation:
    """This will find an invitation that can still be accepted; raises InvitationNotValid."""
    found = (
        Invitation.objects.select_related("organisation")
        .filter(secret_hash=_hash(secret), accepted_at=None, expires_at__gt=now)
        .first()
    )
    if found is None:
        raise InvitationNotValid
    return found


@transaction.atomic
def accept_invitation(*, secret: str, display_name: str, password: str, now: datetime) -> User:
    """This will let an invited person in: the account when there is none, and the membership.

    A person who has an account already keeps their password. Raises InvitationNotValid, and ValidationError for a
    password that is too weak.
    """
    invitation = open_invitation(secret, now)
    claimed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(accepted_at=now)
    if not claimed:
        raise InvitationNotValid
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        validate_password(password, User(email=invitation.email, display_name=display_name))
        user = User.objects.create_user(
            invitation.email, password, display_name=display_name, language=invitation.language
        )
    _join(user, invitation.organisation, invitation.role)
    return user


def _join(user: User, organisation: Organisation, role: str) -> None:
    """The membership, and the editors' group when the role may edit pages."""
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    if reach_of_role(role, Kind.PAGES, Action.EDIT) > Reach.NONE:
        user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])


@transaction.atomic
def add_member(
    *,
    email: str,
    display_name: str,
    language: str,
    organisation: Organisation,
    role: Role,
    password: str | None,
) -> User:
    """This will make or complete a person with a role, for the demonstration and the operator's command line.

    A password is set only when given.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User.objects.create_user(email, password, display_name=display_name, language=language)
    elif password is not None:
        user.set_password(password)
        user.save(update_fields=["password"])
    _join(user, organisation, role)
    return user


@transaction.atomic
def edit_profile(*, user: User, display_name: str, language: str) -> User:
    """This will change the name that others see of a person, and the language of their desk and mails."""
    user.display_name, user.language = display_name.strip(), language
    user.save(update_fields=["display_name", "language"])
    return user
