"""Leaving: a role ends, an account is closed and opened again. What hung on it is closed in the same transaction.

Sessions of the person end, their keys of the organisation are revoked, invitations that are still open are taken back,
the editors' group follows the roles, and `announcing.membership_ended` tells the apps above.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .announcing import announce, membership_ended
from .enums import Role
from .models import ApiKey, Invitation, Membership, Organisation, User
from .queries import people_managed_by
from .rights import Action, Kind
from .rules import may
from .services import revoke_key, set_editing

#: roles without which nobody can run the service, and what is said to whoever would end the last one
NEEDED = {
    Role.ADMIN: _("This is the last administrator. Invite another one first."),
    Role.COORDINATOR: _("This is the last coordinator. Invite another one first."),
}


class CannotEnd(Exception):
    """The role or the account has to stay; the text says why and what to do."""


@transaction.atomic
def end_membership(*, membership: Membership, by: User | None, now: datetime) -> None:
    """This will end one role of a person; one that has ended already stays ended.

    `by` None is the operator's command line. Raises PermissionDenied, and CannotEnd for the last of a needed role.
    """
    person = _managed(membership.user_id, by)
    ending = Membership.objects.filter(pk=membership.pk, user=person).select_related("organisation").first()
    if ending is None:
        return
    _keep_needed(person, [ending])
    organisation, role = ending.organisation, ending.role
    ending.delete()
    _tell("membership.ended", person, [organisation], by=by, now=now, role=role)
    if not person.memberships.filter(organisation=organisation).exists():
        _leave(person, organisation, by=by, now=now)
    _close_ways_in(person, now)


@transaction.atomic
def disable_person(*, person: User, by: User | None, now: datetime) -> User:
    """This will close an account: nobody signs in with it, its keys are revoked. Its roles stand for when it is opened.

    Raises PermissionDenied, and CannotEnd for one's own account and for the last of a needed role.
    """
    found = _managed(person.pk, by)
    if not found.is_active:
        return found
    if by is not None and by.pk == found.pk:
        raise CannotEnd(_("You cannot close your own account. Another administrator can."))
    held = list(found.memberships.select_related("organisation"))
    _keep_needed(found, held)
    found.is_active = False
    found.save(update_fields=["is_active"])
    organisations = list({one.organisation_id: one.organisation for one in held}.values())
    _tell("person.disabled", found, organisations, by=by, now=now)
    for organisation in organisations:
        _leave(found, organisation, by=by, now=now)
    _take_back(Q(email=found.email) | Q(invited_by=found), now)
    _close_ways_in(found, now)
    return found


@transaction.atomic
def enable_person(*, person: User, by: User | None, now: datetime) -> User:
    """This will open a closed account again, with its roles and password; keys and invitations stay ended.

    Raises PermissionDenied.
    """
    found = _managed(person.pk, by)
    if not found.is_active:
        found.is_active = True
        found.save(update_fields=["is_active"])
        organisations = Organisation.objects.filter(memberships__user=found).distinct()
        _tell("person.enabled", found, organisations, by=by, now=now)
    return found


def _managed(pk: int, by: User | None) -> User:
    """The person, read anew and held until the change is done, if `by` may manage them."""
    if by is not None and not people_managed_by(by).filter(pk=pk).exists():
        raise PermissionDenied
    return User.objects.select_for_update().get(pk=pk)


def _keep_needed(person: User, ending: Sequence[Membership]) -> None:
    """Refuse to end the last active membership of a role without which the service stands still."""
    for role, sentence in NEEDED.items():
        if not person.is_active or role not in {one.role for one in ending}:
            continue
        # Held, so that of two who end each other's role one waits and then reads what is left.
        held = Membership.objects.select_for_update(of=("self",)).filter(role=role, user__is_active=True)
        if not {one.pk for one in held} - {one.pk for one in ending}:
            raise CannotEnd(sentence)


def _leave(person: User, organisation: Organisation, *, by: User | None, now: datetime) -> None:
    """What a person held on behalf of an organisation ends."""
    keys = ApiKey.objects.select_related("owner", "organisation")
    for key in keys.filter(owner=person, organisation=organisation, revoked_at=None):
        revoke_key(key=key, by=by, now=now)
    _take_back(Q(email=person.email, organisation=organisation), now)
    membership_ended.send(sender=User, user=person, organisation=organisation, by=by, now=now)


def _close_ways_in(person: User, now: datetime) -> None:
    """The sessions of a person end, the editors' group follows the roles, so do the invitations they wrote."""
    User.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    person.refresh_from_db()
    set_editing(person)
    if not may(User.objects.get(pk=person.pk), Kind.PEOPLE, Action.INVITE):
        _take_back(Q(invited_by=person), now)


def _take_back(which: Q, now: datetime) -> None:
    """Invitations that nobody has accepted yet are over."""
    Invitation.objects.filter(which, accepted_at=None, expires_at__gt=now).update(expires_at=now)


def _tell(
    what: str, person: User, organisations: Iterable[Organisation], *, by: User | None, now: datetime, **data: Any
) -> None:  # fmt: skip
    """One fact about a person, known to the organisations they worked for."""
    announce(
        f"accounts.{what}", actor=by, kind="person", code=str(person.pk), now=now,
        data={"person": str(person), **data}, organisations=organisations,
    )  # fmt: skip
