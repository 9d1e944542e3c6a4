"""Questions about people and organisations."""

from __future__ import annotations

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


def open_invitations() -> QuerySet[Invitation]:
    """Invitations not yet accepted, newest first."""
    return Invitation.objects.select_related("organisation").filter(accepted_at=None)


def has_account(email: str) -> bool:
    """Whether somebody signs in with this address already."""
    return User.objects.filter(email=email.strip().lower()).exists()


def person(email: str) -> User | None:
    """The active person who signs in with an address, or None."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def keys_of(user: User) -> QuerySet[ApiKey]:
    """A person's own API keys, newest first."""
    return ApiKey.objects.filter(owner=user).select_related("organisation", "owner")


def keys_for(user: Any) -> QuerySet[ApiKey]:
    """Every API key that a person answers for, newest first: all, or none."""
    found = ApiKey.objects.select_related("organisation", "owner", "revoked_by")
    return found if reach(user, Kind.KEYS, Action.VIEW) == Reach.ALL else found.none()


def all_keys() -> QuerySet[ApiKey]:
    """Every API key, newest first: for the operator's command line."""
    return ApiKey.objects.select_related("organisation", "owner")
