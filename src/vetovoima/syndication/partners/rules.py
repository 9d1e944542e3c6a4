"""Who may do what with partner channels and deliveries (roles and rights: `accounts.rights`).

A municipality prepares deliveries of its own records; what leaves the house is noted by the council, which the strategy
names as the contact point to the national partners (7.1).
"""

from __future__ import annotations

from typing import Any

from vetovoima.accounts.rights import Action, Kind, Reach
from vetovoima.accounts.rules import municipality_ids, reach

from .models import PartnerDelivery


def _reaches(user: Any, municipality_id: int | None, action: Action) -> bool:
    furthest = reach(user, Kind.DELIVERY, action)
    if furthest == Reach.OWN:
        return municipality_id in municipality_ids(user, Kind.DELIVERY, action)
    return furthest == Reach.ALL


def can_keep_channels(user: Any) -> bool:
    """Whether a person may add and change channels, and note conversations with them."""
    return reach(user, Kind.PARTNER, Action.EDIT) == Reach.ALL


def can_prepare_for(user: Any, municipality_id: int | None) -> bool:
    """Whether a person may prepare deliveries of a municipality's records, or with None of the region's."""
    return _reaches(user, municipality_id, Action.CREATE)


def can_edit(user: Any, delivery: PartnerDelivery) -> bool:
    """Whether a person may change and pack it; such a person reads what was noted inside the house too."""
    return _reaches(user, delivery.municipality_id, Action.EDIT)


def can_note(user: Any, delivery: PartnerDelivery) -> bool:
    """Whether a person may note that it was sent, received, shown, and what came of it."""
    return _reaches(user, delivery.municipality_id, Action.SHARE)
