"""Who may: the questions that every list, page and service asks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from .models import Membership, User
from .rights import Action, Kind, Reach, reach_of_role

Anybody = User | AnonymousUser


def memberships(user: Any) -> list[Membership]:
    """This will return a person's memberships, read once per request object."""
    if user is None or not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_memberships"):
        user._memberships = list(
            Membership.objects.filter(user=user).select_related("organisation__municipality").order_by("pk")
        )
    found: list[Membership] = user._memberships
    return found


def reach(user: Any, kind: Kind, action: Action) -> Reach:
    """This will return how far a person's right goes: the furthest of all their roles."""
    return max((reach_of_role(one.role, kind, action) for one in memberships(user)), default=Reach.NONE)


def may(user: Any, kind: Kind, action: Action) -> bool:
    """This will say whether a person may do this to anything at all of the kind."""
    return reach(user, kind, action) > Reach.NONE


def organisation_ids(user: Any, *roles: str) -> set[int]:
    """This will return the organisations a person belongs to, in any role or in the named ones."""
    return {one.organisation_id for one in memberships(user) if not roles or one.role in roles}


def municipality_ids(user: Any, kind: Kind, action: Action) -> set[int]:
    """This will return the municipalities for which a person holds the right as their OWN."""
    return {
        one.organisation.municipality_id
        for one in memberships(user)
        if one.organisation.municipality_id and reach_of_role(one.role, kind, action) >= Reach.OWN
    }
