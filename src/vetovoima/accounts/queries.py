"""Questions about people and organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from .enums import OrganisationKind, Role
from .models import ApiKey, Invitation, Membership, Organisation, User
from .rights import Action, Kind, Reach
from .rules import reach


def organisations() -> QuerySet[Organisation]:
    """Every organisation, by slug."""
    return Organisation.objects.select_related("municipality").order_by("slug")


def organisation(slug: str) -> Organisation | None:
    """One organisation, or None."""
    return organisations().filter(slug=slug).first()


def municipality_organisation(municipality_id: int) -> Organisation | None:
    """The organisation that a municipality is, or None."""
    return organisations().filter(kind=OrganisationKind.MUNICIPALITY, municipality_id=municipality_id).first()


def people_with_role(*roles: Role) -> QuerySet[User]:
    """Active people with any of the roles, by name."""
    return (
        User.objects.filter(is_active=True, memberships__role__in=roles)
        .distinct()
        .order_by("display_name", "pk")
    )


def members_of(organisation_ids: set[int]) -> QuerySet[User]:
    """Active people who belong to any of the organisations, by name."""
    return (
        User.objects.filter(is_active=True, memberships__organisation_id__in=organisation_ids)
        .distinct()
        .order_by("display_name", "pk")
    )


def all_memberships() -> QuerySet[Membership]:
    """Every membership with its person and organisation."""
    return Membership.objects.select_related("user", "organisation").order_by("user__email", "pk")


def people_managed_by(user: Any) -> QuerySet[User]:
    """The people whose roles somebody may end and whose accounts they may close: see `rights`."""
    found = User.objects.order_by("display_name", "pk")
    held = reach(user, Kind.PEOPLE, Action.EDIT)
    if held == Reach.ALL:
        return found
    if held < Reach.OWN:
        return found.none()
    others = Membership.objects.exclude(role=Role.MUNICIPALITY_OFFICER)
    of_towns = Membership.objects.filter(role=Role.MUNICIPALITY_OFFICER)
    return found.filter(pk__in=of_towns.values("user")).exclude(pk__in=others.values("user"))


def memberships_of(user: User) -> QuerySet[Membership]:
    """A person's roles, with their organisations."""
    return Membership.objects.filter(user=user).select_related("user", "organisation").order_by("pk")


def open_invitations() -> QuerySet[Invitation]:
    """Invitations not yet accepted, newest first."""
    return Invitation.objects.select_related("organisation").filter(accepted_at=None)


def account_of(email: str) -> User | None:
    """Whoever signs in with an address, open account or closed, or None."""
    return User.objects.filter(email=email.strip().lower()).first()


def person(email: str) -> User | None:
    """The active person who signs in with an address, or None."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def keys_of(user: User) -> QuerySet[ApiKey]:
    """A person's own API keys, newest first."""
    return ApiKey.objects.filter(owner=user).select_related("organisation", "owner")


def valid_keys_of(user: User, now: datetime) -> QuerySet[ApiKey]:
    """A person's API keys that have not ended, newest first."""
    return keys_of(user).filter(revoked_at=None, expires_at__gt=now)


def keys_for(user: Any) -> QuerySet[ApiKey]:
    """Every API key that a person answers for, newest first: all, or none."""
    found = ApiKey.objects.select_related("organisation", "owner", "revoked_by")
    return found if reach(user, Kind.KEYS, Action.VIEW) == Reach.ALL else found.none()


def all_keys() -> QuerySet[ApiKey]:
    """Every API key, newest first: for the operator's command line."""
    return ApiKey.objects.select_related("organisation", "owner")
