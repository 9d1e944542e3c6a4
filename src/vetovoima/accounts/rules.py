"""Who may: the questions that every list, page and service asks."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from .models import ApiKey, Membership, User
from .rights import Action, Kind, Reach, reach_of_role
from .scopes import SCOPES, Scope

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


def lets_through(user: Any, kind: Kind, action: Action) -> bool:
    """This will say whether the API key by which a person acts lets the right through; without a key, all is."""
    narrowed = getattr(user, "narrowed_to", None)
    return narrowed is None or (kind, action) in narrowed


def reach(user: Any, kind: Kind, action: Action) -> Reach:
    """This will return how far a person's right goes: the furthest of all their roles, if their key lets it through."""
    if not lets_through(user, kind, action):
        return Reach.NONE
    return max((reach_of_role(one.role, kind, action) for one in memberships(user)), default=Reach.NONE)


def may(user: Any, kind: Kind, action: Action) -> bool:
    """This will say whether a person may do this to anything at all of the kind."""
    return reach(user, kind, action) > Reach.NONE


def organisation_ids(user: Any, *roles: str) -> set[int]:
    """This will return the organisations a person belongs to, in any role or in the named ones."""
    return {one.organisation_id for one in memberships(user) if not roles or one.role in roles}


def municipality_ids(user: Any, kind: Kind, action: Action) -> set[int]:
    """This will return the municipalities for which a person holds the right as their OWN."""
    if not lets_through(user, kind, action):
        return set()
    return {
        one.organisation.municipality_id
        for one in memberships(user)
        if one.organisation.municipality_id and reach_of_role(one.role, kind, action) >= Reach.OWN
    }


def grantable_scopes(user: Any, organisation_id: int) -> list[Scope]:
    """This will return the scopes that a person can give to a key in an organisation: those whose rights they hold there."""
    roles = [one.role for one in memberships(user) if one.organisation_id == organisation_id]
    held = {
        pair
        for scope in SCOPES.values()
        for pair in scope.pairs
        if any(reach_of_role(role, *pair) > Reach.NONE for role in roles)
    }
    return [scope for scope in SCOPES.values() if scope.pairs <= held]


def can_revoke(user: Any, key: ApiKey) -> bool:
    """Whether a person may end a key: its owner, and whoever answers for all keys. A key ends no key."""
    if user.narrowed_to is not None:
        return False
    return key.owner_id == user.pk or reach(user, Kind.KEYS, Action.EDIT) == Reach.ALL
