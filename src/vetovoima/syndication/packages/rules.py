"""Who may do what to an offer package (roles and rights: `accounts.rights`)."""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach

from .models import OfferPackage


def _reaches(user: Any, municipality_id: int, action: Action) -> bool:
    furthest = reach(user, Kind.PACKAGE, action)
    if furthest == Reach.OWN:
        return municipality_id in municipality_ids(user, Kind.PACKAGE, action)
    return furthest == Reach.ALL


def can_create_in(user: Any, municipality_id: int) -> bool:
    """Whether a person may make a package of a municipality's offer."""
    return _reaches(user, municipality_id, Action.CREATE)


def can_edit(user: Any, package: OfferPackage) -> bool:
    """Whether a person may change it and its state."""
    return _reaches(user, package.municipality_id, Action.EDIT)
