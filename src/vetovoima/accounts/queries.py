"""Questions about people and organisations."""

from __future__ import annotations

from django.db.models import QuerySet

from .enums import OrganisationKind, Role
from .models import Invitation, Membership, Organisation, User


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
